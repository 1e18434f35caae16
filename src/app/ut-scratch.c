/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-scratch.h"

struct UtScratch
{
  GFile *folder; /* (owned) */
};

/* Links are deleted, not followed. */
static void
delete_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    delete_tree (child);
  g_file_delete (file, NULL, NULL);
}

UtScratch *
ut_scratch_new (GError **error)
{
  g_autofree char *path = g_dir_make_tmp ("undertone-XXXXXX", error);
  UtScratch *self;

  if (path == NULL)
    return NULL;

  self = g_new (UtScratch, 1);
  self->folder = g_file_new_for_path (path);

  return self;
}

GFile *
ut_scratch_get_folder (UtScratch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->folder;
}

void
ut_scratch_free (UtScratch *self)
{
  if (self == NULL)
    return;

  delete_tree (self->folder);
  g_object_unref (self->folder);
  g_free (self);
}
