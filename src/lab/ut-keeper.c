/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-keeper-private.h"

#include "ut-data-map-private.h"
#include "ut-journal-private.h"
#include "ut-log-private.h"
#include "ut-run-database-private.h"

struct UtKeeper
{
  GFile *log;             /* (owned) (nullable) */
  GFile *model;           /* (owned) (nullable) */
  GFile *state;           /* (owned) (nullable) */
  GFile *map;             /* (owned) (nullable) */
  char *store;            /* (owned) (nullable): path */
  char *run_id;           /* (owned) (nullable): in the store */
  UtLogWriter *writer;    /* (owned) (nullable): of the log, once it was started */
  UtJournal *journal;     /* (owned) (nullable): likewise, of the run in the store */
  gboolean state_is_best; /* what the state's file holds */
  char *model_checksum;   /* (owned) (nullable): of the model's file, once it was written */
};

UtKeeper *
_ut_keeper_new (GFile *log,
                GFile *model,
                GFile *state,
                GFile *map)
{
  UtKeeper *self = g_new0 (UtKeeper, 1);

  g_set_object (&self->log, log);
  g_set_object (&self->model, model);
  g_set_object (&self->state, state);
  g_set_object (&self->map, map);

  return self;
}

void
_ut_keeper_free (UtKeeper *self)
{
  g_clear_pointer (&self->writer, _ut_log_writer_free);
  g_clear_pointer (&self->journal, _ut_journal_free);
  g_free (self->store);
  g_free (self->run_id);
  g_free (self->model_checksum);
  g_clear_object (&self->log);
  g_clear_object (&self->model);
  g_clear_object (&self->state);
  g_clear_object (&self->map);
  g_free (self);
}

void
_ut_keeper_set_journal (UtKeeper   *self,
                        const char *path,
                        const char *id)
{
  self->store = g_strdup (path);
  self->run_id = g_strdup (id);
}

static void
move_file (GFile **file,
           GFile  *folder)
{
  g_autofree char *name = *file != NULL ? g_file_get_basename (*file) : NULL;

  if (name == NULL)
    return;

  g_object_unref (*file);
  *file = g_file_get_child (folder, name);
}

void
_ut_keeper_move (UtKeeper   *self,
                 const char *path)
{
  g_autoptr (GFile) folder = _ut_run_database_dup_folder_in (path, self->run_id);

  move_file (&self->model, folder);
  move_file (&self->state, folder);
  move_file (&self->map, folder);
  g_free (self->store);
  self->store = g_strdup (path);
  if (self->journal != NULL)
    _ut_journal_move (self->journal, path);
}

/* The course */

static gboolean
begin_journal (UtKeeper  *self,
               guint64    step,
               guint      n_epochs,
               GError   **error)
{
  if (self->store == NULL)
    return TRUE;

  self->journal = _ut_journal_new (self->store, self->run_id, error);
  return self->journal != NULL && _ut_journal_begin (self->journal, step, n_epochs, error);
}

gboolean
_ut_keeper_start_log (UtKeeper  *self,
                      GError   **error)
{
  if (self->log == NULL)
    return TRUE;

  self->writer = _ut_log_writer_new (self->log, error);
  return self->writer != NULL;
}

gboolean
_ut_keeper_forget (UtKeeper  *self,
                   GError   **error)
{
  return begin_journal (self, 0, 0, error)
         && (self->state == NULL || _ut_state_remove (self->state, error));
}

gboolean
_ut_keeper_continue (UtKeeper          *self,
                     GFile             *start,
                     const UtProgress  *progress,
                     GError           **error)
{
  self->state_is_best = self->state != NULL && g_file_equal (self->state, start)
                        && _ut_progress_is_best (progress);
  if (!begin_journal (self, progress->step, progress->n_checked, error))
    return FALSE;
  if (self->log == NULL)
    return TRUE;

  self->writer = _ut_log_writer_continue (self->log, progress->step, progress->n_checked, error);
  return self->writer != NULL;
}

void
_ut_keeper_add_point (UtKeeper      *self,
                      const UtPoint *point)
{
  if (self->writer != NULL)
    _ut_log_writer_add_point (self->writer, point);
  if (self->journal != NULL)
    _ut_journal_add_point (self->journal, point);
}

void
_ut_keeper_add_epoch (UtKeeper      *self,
                      const UtEpoch *epoch)
{
  if (self->writer != NULL)
    _ut_log_writer_add_epoch (self->writer, epoch);
  if (self->journal != NULL)
    _ut_journal_add_epoch (self->journal, epoch);
}

void
_ut_keeper_add_look (UtKeeper    *self,
                     UtProbeLook *look)
{
  if (self->writer != NULL)
    _ut_log_writer_add_look (self->writer, look);
  if (self->journal != NULL)
    _ut_journal_add_look (self->journal, look);
}

void
_ut_keeper_add_answers (UtKeeper *self,
                        guint     epoch,
                        float    *logits,
                        gsize     n_rows)
{
  if (self->journal != NULL)
    _ut_journal_add_answers (self->journal, epoch, logits, n_rows);
  else
    g_free (logits);
}

void
_ut_keeper_add_error (UtKeeper   *self,
                      const char *message)
{
  if (self->writer != NULL)
    _ut_log_writer_add_error (self->writer, message);
}

void
_ut_keeper_add_done (UtKeeper      *self,
                     const UtEpoch *best,
                     double         seconds)
{
  if (self->writer != NULL)
    _ut_log_writer_add_done (self->writer, best, seconds);
}

gboolean
_ut_keeper_flush_log (UtKeeper  *self,
                      GError   **error)
{
  return (self->journal == NULL || _ut_journal_flush (self->journal, error))
         && (self->writer == NULL || _ut_log_writer_flush (self->writer, error));
}

/* What is written as a whole */

/* The state will say by it which model it goes with. */
static gboolean
read_checksum (UtKeeper  *self,
               GError   **error)
{
  g_autoptr (UtSafetensors) file = _ut_safetensors_open (self->model, NULL, error);

  if (file == NULL)
    return FALSE;

  self->model_checksum = g_strdup (_ut_safetensors_get_checksum (file));
  return TRUE;
}

gboolean
_ut_keeper_save_model (UtKeeper  *self,
                       UtModel   *model,
                       gboolean  *saved,
                       GError   **error)
{
  g_clear_pointer (&self->model_checksum, g_free);
  *saved = self->model != NULL && ut_model_save (model, self->model, NULL, error)
           && read_checksum (self, error);

  return self->model == NULL || *saved;
}

const char *
_ut_keeper_get_model_checksum (const UtKeeper *self)
{
  return self->model_checksum;
}

gboolean
_ut_keeper_save_state (UtKeeper          *self,
                       const UtEngine    *engine,
                       const UtProgress  *progress,
                       GError           **error)
{
  if (self->state == NULL)
    return TRUE;
  if (!_ut_keeper_flush_log (self, error)
      || (self->writer != NULL && !_ut_log_writer_sync (self->writer, error)))
    return FALSE;
  if (!_ut_state_save (self->state, engine, progress, self->state_is_best, error))
    return FALSE;

  self->state_is_best = _ut_progress_is_best (progress);
  return TRUE;
}

gboolean
_ut_keeper_save_map (UtKeeper   *self,
                     UtDataMap  *map,
                     GError    **error)
{
  return self->map == NULL || _ut_data_map_save (map, self->map, NULL, error);
}
