/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-fetch-result-private.h"

#include "ut-data-error.h"
#include "ut-part-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <ut-text.h>

/* Deletes what a program that was killed has written of @file, which the writer named. */
static void
delete_leftovers (GFile *file)
{
  g_autoptr (GFile) directory = g_file_get_parent (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *prefix = g_strdup_printf (".%s.", base);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (directory), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      {
        g_autofree char *path = g_build_filename (g_file_peek_path (directory), name, NULL);

        g_unlink (path);
      }
}

static GFile *
open_place (UtFetchResult         *self,
            const UtSourceMember  *member,
            GError               **error)
{
  if (self->folder != NULL)
    return ut_data_folder_dup_part (self->folder, member->part);

  g_autoptr (GFile) file = _ut_source_dup_vectors_file (self->source);
  g_autoptr (GFile) directory = g_file_get_parent (file);

  if (g_mkdir_with_parents (g_file_peek_path (directory), 0777) != 0)
    {
      _ut_file_set_error (directory, errno, error);
      return NULL;
    }
  delete_leftovers (file);

  return g_steal_pointer (&file);
}

UtFetchResult *
_ut_fetch_result_new (UtSource  *source,
                      GError   **error)
{
  g_autoptr (UtFetchResult) self = g_new0 (UtFetchResult, 1);
  gsize n_members;
  const UtSourceMember *members = _ut_source_get_members (source, &n_members);

  self->source = ut_source_ref (source);
  if (ut_source_get_kind (source) == UT_SOURCE_DATASET)
    {
      self->folder = ut_data_folder_new (NULL, error);
      if (self->folder == NULL)
        return NULL;
    }

  for (gsize i = 0; i < n_members; i++)
    {
      g_autoptr (GFile) file = open_place (self, &members[i], error);
      UtFileWriter *writer = file != NULL ? _ut_file_writer_new (file, error) : NULL;

      if (writer == NULL)
        return NULL;
      self->targets[self->n_targets++] = (UtUnpackTarget) {
        .name = members[i].name,
        .size = members[i].size,
        .max_size = _ut_source_get_max_size (source, &members[i]),
        .sha256 = members[i].sha256,
        .writer = writer,
      };
    }

  return g_steal_pointer (&self);
}

void
_ut_fetch_result_free (UtFetchResult *self)
{
  for (gsize i = 0; i < self->n_targets; i++)
    _ut_file_writer_free (self->targets[i].writer);
  g_clear_pointer (&self->folder, ut_data_folder_free);
  ut_source_unref (self->source);
  g_free (self);
}

/* Room */

typedef struct
{
  char *id;     /* (owned) (nullable): of the file system */
  guint64 free; /* G_MAXUINT64 where it does not say */
} Room;

static Room
look_at_room (const char   *directory,
              GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (directory);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILESYSTEM, G_FILE_QUERY_INFO_NONE, cancellable,
                       NULL);
  g_autoptr (GFileInfo) system =
    g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, cancellable, NULL);
  Room room = { NULL, G_MAXUINT64 };

  if (info != NULL)
    room.id = g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILESYSTEM));
  if (system != NULL && g_file_info_has_attribute (system, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    room.free = g_file_info_get_attribute_uint64 (system, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);

  return room;
}

static gboolean
check_room (const char  *directory,
            guint64      needed,
            const Room  *room,
            GError     **error)
{
  if (needed <= room->free)
    return TRUE;

  g_autofree char *name = g_filename_display_name (directory);
  g_autofree char *wanted = g_format_size (needed);
  g_autofree char *there = g_format_size (room->free);

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_SPACE,
               /* Translators: a folder, then two sizes such as "1.2 GB". */
               _("%s: There is too little room: %s are needed and %s are free. Make room and try "
                 "again"), name, wanted, there);
  return FALSE;
}

gboolean
_ut_fetch_result_check_space (UtFetchResult  *self,
                              guint64         n_saved,
                              GCancellable   *cancellable,
                              GError        **error)
{
  guint64 unpacked = ut_source_get_unpacked_size (self->source);
  g_autofree char *downloads = _ut_part_dup_directory ();
  g_autoptr (GFile) place = self->folder != NULL ? ut_data_get_directory ()
                                                 : _ut_source_dup_vectors_file (self->source);
  g_autofree char *directory = self->folder != NULL ? g_file_get_path (place)
                                                    : g_path_get_dirname (g_file_peek_path (place));
  Room there = look_at_room (downloads, cancellable);
  Room here = look_at_room (directory, cancellable);
  gboolean is_same = g_strcmp0 (there.id, here.id) == 0;
  gboolean good = check_room (directory, is_same ? unpacked + n_saved : unpacked, &here, error)
                  && (is_same || check_room (downloads, n_saved, &there, error));

  g_free (there.id);
  g_free (here.id);
  return good;
}

/* Letting it appear */

static GFile *
commit_dataset (UtFetchResult  *self,
                GCancellable   *cancellable,
                GError        **error)
{
  gsize n_members;
  const UtSourceMember *members = _ut_source_get_members (self->source, &n_members);

  for (gsize i = 0; i < n_members; i++)
    {
      g_autoptr (GFile) file = ut_data_folder_dup_part (self->folder, members[i].part);

      if (!_ut_file_writer_commit (self->targets[i].writer, error))
        return NULL;

      g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, cancellable, error);

      if (dataset == NULL)
        return NULL;
    }

  g_autofree char *name = _ut_source_dup_base_name (self->source);
  const UtDataAbout about = {
    .unit = _ut_source_get_unit (self->source),
    .source = name,
    .address = (char *) ut_source_get_address (self->source),
    .licence = (char *) ut_source_get_licence (self->source),
    .citation = (char *) ut_source_get_citation (self->source),
    .split_seed = -1,
  };

  return ut_data_folder_commit (self->folder, ut_source_get_title (self->source), &about, error);
}

/* Where no checksum tells that these are the vectors that were meant, each row is read. */
static gboolean
check_vectors (const UtFetchResult  *self,
               GFile                *file,
               GCancellable         *cancellable,
               GError              **error)
{
  guint expected = _ut_source_get_dimension (self->source);
  guint dimension = ut_vectors_read_dimension (file, cancellable, error);

  if (dimension == 0)
    return FALSE;
  if (expected != 0 && dimension != expected)
    {
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT,
                   _("%s: The dimension of the vectors is %u; %u was expected"),
                   self->targets[0].name, dimension, expected);
      return FALSE;
    }
  if (self->targets[0].sha256 != NULL)
    return TRUE;

  const char * const words[] = { "[pad]", "[unk]" };
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), error);
  g_autoptr (UtVectors) vectors = vocabulary == NULL
    ? NULL : ut_vectors_read (file, vocabulary, 0, NULL, NULL, cancellable, error);

  return vectors != NULL;
}

static GFile *
commit_vectors (UtFetchResult  *self,
                GCancellable   *cancellable,
                GError        **error)
{
  UtFileWriter *writer = self->targets[0].writer;
  g_autoptr (GFile) file = g_file_new_for_path (_ut_file_writer_get_new_path (writer));

  if (!check_vectors (self, file, cancellable, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error)
      || !_ut_file_writer_commit (writer, error))
    return NULL;

  return _ut_source_dup_vectors_file (self->source);
}

GFile *
_ut_fetch_result_commit (UtFetchResult  *self,
                         GCancellable   *cancellable,
                         GError        **error)
{
  return self->folder != NULL ? commit_dataset (self, cancellable, error)
                              : commit_vectors (self, cancellable, error);
}
