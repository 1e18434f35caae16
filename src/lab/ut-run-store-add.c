/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-members-private.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Two programs may choose the same name at the same time. */
#define MAX_ATTEMPTS 100

/* The least number that no run's colour and dash have. */
static guint
choose_style (UtRunStore *self)
{
  for (guint style = 0;; style++)
    {
      gboolean taken = FALSE;

      for (guint i = 0; i < self->runs->len && !taken; i++)
        taken = ut_run_get_style (g_ptr_array_index (self->runs, i)) == style;
      if (!taken)
        return style;
    }
}

static guint64
get_number (UtRun      *run,
            const char *title)
{
  const char *name = ut_run_get_name (run);
  gsize length = strlen (title);
  guint64 number;

  if (strncmp (name, title, length) != 0 || name[length] != ' '
      || !g_ascii_string_to_unsigned (name + length + 1, 10, 1, G_MAXUINT32, &number, NULL))
    return 0;

  return number;
}

static char *
choose_name (UtRunStore *self,
             UtConfig   *config)
{
  const char *title = ut_cell_kind_get_title (ut_config_get_cell (config));
  guint64 last = 0;

  for (guint i = 0; i < self->runs->len; i++)
    last = MAX (last, get_number (g_ptr_array_index (self->runs, i), title));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (self->trash), i);

      last = MAX (last, get_number (run, title));
    }

  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, title, last + 1);
}

static gboolean
has_name (UtRunStore *self,
          const char *name)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      if (g_str_equal (ut_run_get_name (g_ptr_array_index (self->runs, i)), name))
        return TRUE;
    }

  return FALSE;
}

/* @name, with a number behind it where it is taken. */
static char *
make_unique (UtRunStore *self,
             const char *name)
{
  g_autofree char *unique = g_strdup (name);

  for (guint number = 2; has_name (self, unique); number++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s (%u)", name, number);
    }

  return g_steal_pointer (&unique);
}

static void
set_save_error (const char  *directory,
                GError     **error)
{
  int code = errno;

  /* Translators: a folder, and what the system says of it. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("Cannot save to %s: %s"),
               directory, g_strerror (code));
}

gboolean
_ut_run_store_make_directory (UtRunStore  *self,
                GError     **error)
{
  const char *directory = g_file_peek_path (self->directory);

  if (g_mkdir_with_parents (directory, 0777) == 0)
    return TRUE;

  set_save_error (directory, error);
  return FALSE;
}

static GFile *
make_folder (UtRunStore  *self,
             GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  const char *directory = g_file_peek_path (self->directory);

  if (!_ut_run_store_is_there (self, error) || !_ut_run_store_make_directory (self, error))
    return NULL;

  for (guint attempt = 1;; attempt++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%06x", time, g_random_int_range (0, 1 << 24));
      g_autoptr (GFile) folder = g_file_get_child (self->directory, id);

      if (g_mkdir (g_file_peek_path (folder), 0777) == 0)
        return g_steal_pointer (&folder);
      if (errno != EEXIST || attempt == MAX_ATTEMPTS)
        {
          set_save_error (directory, error);
          return NULL;
        }
    }
}

/* Newer than any other run, also where the clock was set back or is too coarse. */
static gint64
choose_created (UtRunStore *self)
{
  gint64 created = g_get_real_time ();

  if (self->runs->len > 0)
    created = MAX (created, ut_run_get_created (g_ptr_array_index (self->runs, 0)) + 1);

  return created;
}

static UtRunRecord *
make_record (UtRunStore *self,
             char       *id,
             char       *name,
             UtConfig   *config)
{
  UtRunRecord *record = g_new0 (UtRunRecord, 1);

  record->id = id;
  record->name = name;
  record->config = ut_config_ref (config);
  record->created = choose_created (self);
  record->style = choose_style (self);
  record->shown = TRUE;
  record->state = UT_RUN_QUEUED;
  record->majority = NAN;

  return record;
}

static UtRun *
add_record (UtRunStore  *self,
            UtRunRecord *record,
            GFile       *folder,
            UtCorpus    *corpus)
{
  g_autoptr (UtRun) run = _ut_run_new (record, folder, NULL);

  self->n_edits++;
  _ut_store_errands_add (self->worker, run);
  _ut_run_store_insert (self, run);
  _ut_run_store_enqueue (self, run, corpus);

  return run;
}

UtRun *
ut_run_store_add (UtRunStore  *self,
                  UtConfig    *config,
                  UtCorpus    *corpus,
                  GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GFile) folder = make_folder (self, error);

  if (folder == NULL)
    return NULL;

  return add_record (self, make_record (self, g_file_get_basename (folder),
                                        choose_name (self, config), config), folder, corpus);
}

UtRun *
ut_run_store_add_ensemble (UtRunStore  *self,
                           GPtrArray   *members,
                           GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (members != NULL, NULL);
  g_return_val_if_fail (members->len >= 1 && members->len <= UT_MODEL_MAX_MEMBERS, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GFile) folder = make_folder (self, error);

  if (folder == NULL)
    return NULL;

  g_autofree char *name = g_strdup_printf (ngettext ("Ensemble of %u", "Ensemble of %u",
                                                     members->len), members->len);
  UtRunRecord *record = make_record (self, g_file_get_basename (folder), make_unique (self, name),
                                     ut_run_get_config (g_ptr_array_index (members, 0)));

  record->members = _ut_members_new ();
  for (guint i = 0; i < members->len; i++)
    {
      UtRun *member = g_ptr_array_index (members, i);

      _ut_members_add (record->members, ut_run_get_id (member), ut_run_get_name (member));
    }

  return add_record (self, record, folder, NULL);
}

UtRun *
ut_run_store_add_model (UtRunStore *self,
                        UtModel    *model,
                        const char *name)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  UtRunRecord *record = make_record (self, g_uuid_string_random (), g_strdup (name),
                                     ut_model_get_config (model));

  record->state = UT_RUN_OPENED;

  g_autoptr (UtRun) run = _ut_run_new (record, NULL, model);

  _ut_run_store_insert (self, run);
  return run;
}

GFile *
_ut_run_store_choose_folder (UtRunStore  *self,
                             GError     **error)
{
  GFile *folder = make_folder (self, error);

  /* Made and deleted: nobody else has the name, and whoever copies makes the folder. */
  if (folder != NULL)
    g_rmdir (g_file_peek_path (folder));

  return folder;
}

UtRun *
_ut_run_store_add_read (UtRunStore  *self,
                        UtRunRecord *record,
                        GFile       *folder)
{
  char *name = make_unique (self, record->name);

  g_free (record->id);
  record->id = g_file_get_basename (folder);
  g_free (record->name);
  record->name = name;
  record->created = choose_created (self);
  record->style = choose_style (self);
  record->shown = TRUE;

  g_autoptr (UtRun) run = _ut_run_new (record, folder, NULL);

  self->n_edits++;
  _ut_store_errands_add (self->worker, run);
  _ut_run_store_insert (self, run);

  return run;
}

UtRun *
_ut_run_store_add_again (UtRunStore  *self,
                         UtRun       *run,
                         GError     **error)
{
  g_autoptr (GFile) folder = make_folder (self, error);

  if (folder == NULL)
    return NULL;

  /* Translators: a run that repeats another one, as "GRU 3 again". */
  g_autofree char *name = g_strdup_printf (_("%s again"), ut_run_get_name (run));
  UtRunRecord *record = make_record (self, g_file_get_basename (folder), make_unique (self, name),
                                     ut_run_get_config (run));

  record->reproduces = g_strdup (ut_run_get_id (run));
  return add_record (self, record, folder, NULL);
}
