/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-folder-private.h"

#include "ut-file-private.h"
#include "ut-json-private.h"
#include "ut-log-private.h"
#include "ut-metadata-private.h"

#include <string.h>

static GFile *
get_description (GFile *folder)
{
  g_autoptr (GFile) ensemble = g_file_get_child (folder, UT_RUN_ENSEMBLE_NAME);

  return g_file_query_exists (ensemble, NULL) ? g_steal_pointer (&ensemble)
                                              : g_file_get_child (folder, UT_RUN_CONFIG_NAME);
}

static gboolean
read_description (UtRunRecord   *record,
                  GFile         *file,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (JsonNode) root = _ut_json_read_file (file, UT_RUN_RECORD_MAX_LENGTH,
                                                  UT_RUN_RECORD_MAX_VALUES, cancellable, error);

  if (root == NULL)
    return FALSE;
  if (!_ut_run_record_fill (record, root, error))
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  return TRUE;
}

/* Without a log it has not begun; of a damaged one the lines before the wrong one stay. */
static gboolean
read_log (UtRunRecord   *record,
          GFile         *folder,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GFile) log = g_file_get_child (folder, UT_RUN_LOG_NAME);
  g_autoptr (GError) local_error = NULL;
  UtLogContents contents = { 0 };
  gboolean read = _ut_log_read (log, &contents, cancellable, &local_error)
                  || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  record->points = contents.points;
  record->epochs = contents.epochs;
  record->looks = contents.looks;
  record->n_looks = contents.looks->len;
  if (record->points->len > 0)
    {
      const UtPoint *last = &g_array_index (record->points, UtPoint, record->points->len - 1);

      record->last_step = last->step;
      record->last_epoch = last->epoch;
    }
  if (!read)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return read;
}

/* A folder of an earlier version does not say which rows the run was checked on, or how large its
 * model is, but the model does. One that cannot be read is a matter of those who want to use it. */
static void
read_facts (UtRunRecord  *record,
            GFile        *folder,
            GCancellable *cancellable)
{
  g_autoptr (GFile) model = g_file_get_child (folder, UT_RUN_MODEL_NAME);
  g_autoptr (UtSafetensors) file = _ut_safetensors_open (model, cancellable, NULL);
  g_auto (UtDataFacts) facts = { 0 };

  if (file == NULL || !_ut_metadata_read_facts (file, &facts, NULL))
    return;

  record->train_rows = facts.train_rows;
  record->dev_rows = facts.dev_rows;
  g_free (record->train_hash);
  record->train_hash = g_strdup (facts.train_hash);
  g_free (record->dev_hash);
  record->dev_hash = g_strdup (facts.dev_hash);
  g_free (record->vectors_hash);
  record->vectors_hash = g_strdup (facts.vectors_hash);
  record->n_weights = _ut_safetensors_count (file);
}

UtRunRecord *
_ut_run_folder_read (GFile        *folder,
                     GCancellable *cancellable)
{
  g_autofree char *id = g_file_get_basename (folder);
  g_autoptr (GFile) description = get_description (folder);
  g_autofree char *name = g_file_get_basename (description);
  g_autoptr (UtRunRecord) record = _ut_run_record_new (id, g_str_equal (name,
                                                                        UT_RUN_ENSEMBLE_NAME));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) log_error = NULL;
  gboolean described = read_description (record, description, cancellable, &error);
  gboolean logged = read_log (record, folder, cancellable, &log_error);

  if ((record->dev_hash == NULL || record->n_weights == 0) && record->members == NULL)
    read_facts (record, folder, cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;

  _ut_run_record_mark_interrupted (record);
  if (!described)
    _ut_run_record_mark_damaged (record, error->message);
  else if (!logged)
    _ut_run_record_mark_damaged (record, log_error->message);
  /* Nobody waits for its turn who came from elsewhere. */
  else if (record->state == UT_RUN_QUEUED)
    record->state = UT_RUN_STOPPED;

  return g_steal_pointer (&record);
}

gboolean
_ut_run_folder_is_described (GFile *folder)
{
  g_autoptr (GFile) description = get_description (folder);

  return g_file_query_exists (description, NULL);
}

/* Writing */

static gboolean
write_text (GFile       *folder,
            const char  *name,
            const char  *text,
            gsize        length,
            GError     **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);

  return writer != NULL && _ut_file_writer_write (writer, text, length, NULL, error)
         && _ut_file_writer_commit (writer, error);
}

static const UtProbeLook *
get_look (const UtRunRecord *record,
          guint              index)
{
  return g_ptr_array_index (record->looks, index);
}

/* The lines of an epoch follow those of its steps, and those of a look what came before it, as they do
 * where a log is written while a run trains. */
static GString *
make_log (UtRunRecord *record)
{
  GString *log = g_string_new (NULL);
  guint n_epochs = 0;
  guint n_looks = 0;

  for (guint i = 0; i <= record->points->len; i++)
    {
      const UtPoint *point = i < record->points->len ? &g_array_index (record->points, UtPoint, i)
                                                     : NULL;

      while (n_epochs < record->epochs->len
             && (point == NULL
                 || g_array_index (record->epochs, UtEpoch, n_epochs).step < point->step))
        ut_log_append_epoch (log, &g_array_index (record->epochs, UtEpoch, n_epochs++));
      while (n_looks < record->looks->len
             && (point == NULL || get_look (record, n_looks)->step < point->step))
        ut_log_append_look (log, get_look (record, n_looks++));
      if (point != NULL)
        ut_log_append_point (log, point);
    }

  return log;
}

gboolean
_ut_run_folder_describe (GFile        *folder,
                         UtRunRecord  *record,
                         GError      **error)
{
  g_autofree char *text = _ut_run_record_to_text (record);
  g_autoptr (GString) log = make_log (record);

  return write_text (folder, UT_RUN_CONFIG_NAME, text, strlen (text), error)
         && write_text (folder, UT_RUN_LOG_NAME, log->str, log->len, error);
}

/* Those that are not there are no error. */
static gboolean
delete_files (GFile               *folder,
              const char * const  *names,
              GError             **error)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, names[i]);
      g_autoptr (GError) local_error = NULL;

      if (!g_file_delete (file, NULL, &local_error)
          && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
_ut_run_folder_forget (GFile   *folder,
                       GError **error)
{
  static const char * const names[] = {
    UT_RUN_CONFIG_NAME, UT_RUN_ENSEMBLE_NAME, UT_RUN_LOG_NAME, NULL
  };

  return delete_files (folder, names, error);
}

gboolean
_ut_run_folder_delete_states (GFile   *folder,
                              GError **error)
{
  static const char * const names[] = { UT_RUN_STATE_NAME, UT_RUN_BEST_STATE_NAME, NULL };

  return delete_files (folder, names, error);
}

/* The whole */

static GFileEnumerator *
list_files (GFile   *folder,
            GError **error)
{
  return g_file_enumerate_children (folder,
                                    G_FILE_ATTRIBUTE_STANDARD_NAME ","
                                    G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                                    G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
}

static gboolean
copy_files (GFile         *from,
            GFile         *to,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GFileEnumerator) files = list_files (from, error);

  if (files == NULL)
    return FALSE;

  for (;;)
    {
      GFileInfo *info;
      GFile *file;

      if (!g_file_enumerator_iterate (files, &info, &file, cancellable, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
        continue;

      g_autoptr (GFile) copy = g_file_get_child (to, g_file_info_get_name (info));

      if (!g_file_copy (file, copy, G_FILE_COPY_NOFOLLOW_SYMLINKS, cancellable, NULL, NULL, error))
        return FALSE;
    }
}

gboolean
_ut_run_folder_copy (GFile         *from,
                     GFile         *to,
                     GCancellable  *cancellable,
                     GError       **error)
{
  if (!g_file_make_directory (to, cancellable, error))
    return FALSE;
  if (copy_files (from, to, cancellable, error))
    return TRUE;

  _ut_run_folder_delete (to, NULL);
  return FALSE;
}

gboolean
_ut_run_folder_delete (GFile   *folder,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileEnumerator) files = list_files (folder, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (files == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  for (;;)
    {
      GFile *file;

      if (!g_file_enumerator_iterate (files, NULL, &file, NULL, error))
        return FALSE;
      if (file == NULL)
        break;
      if (!g_file_delete (file, NULL, error))
        return FALSE;
    }

  return g_file_delete (folder, NULL, error);
}

guint64
_ut_run_folder_get_size (GFile *folder)
{
  g_autoptr (GFileEnumerator) files = list_files (folder, NULL);
  guint64 size = 0;
  GFileInfo *info;

  while (files != NULL && g_file_enumerator_iterate (files, &info, NULL, NULL, NULL)
         && info != NULL)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        size += (guint64) g_file_info_get_size (info);
    }

  return size;
}
