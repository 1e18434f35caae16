/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-journal-private.h"

#include "ut-block-private.h"
#include "ut-probe-private.h"
#include "ut-run-database-parts-private.h"

struct UtJournal
{
  UtRunDatabase *database; /* (owned) (nullable): NULL until it is opened at @path */
  char *path;              /* (owned) */
  char *id;                /* (owned) */
  GArray *points;          /* (owned) (element-type UtPoint): the last block, and what follows it */
  guint n_written;         /* of @points, at their start */
  GArray *epochs;          /* (owned) (element-type UtEpoch): that are not written yet */
  GPtrArray *looks;        /* (owned) (element-type UtProbeLook): the last block, and what follows it */
  guint n_written_looks;   /* of @looks, at their start */
  gint64 look_block;       /* the number of that block */
  float *answers;          /* (owned) (nullable) (n_answers): likewise */
  gsize n_answers;
  guint answers_epoch;
};

UtJournal *
_ut_journal_new (const char  *path,
                 const char  *id,
                 GError     **error)
{
  UtRunDatabase *database = _ut_run_database_open (path, error);

  if (database == NULL)
    return NULL;

  UtJournal *self = g_new (UtJournal, 1);

  *self = (UtJournal) {
    .database = database,
    .path = g_strdup (path),
    .id = g_strdup (id),
    .points = g_array_new (FALSE, FALSE, sizeof (UtPoint)),
    .epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch)),
    .looks = _ut_probe_looks_new (),
  };

  return self;
}

void
_ut_journal_free (UtJournal *self)
{
  g_clear_pointer (&self->database, _ut_run_database_free);
  g_free (self->path);
  g_free (self->id);
  g_array_unref (self->points);
  g_array_unref (self->epochs);
  g_ptr_array_unref (self->looks);
  g_free (self->answers);
  g_free (self);
}

gboolean
_ut_journal_begin (UtJournal  *self,
                   guint64     step,
                   guint       epoch,
                   GError    **error)
{
  if (!_ut_run_database_claim (self->database, self->id, error)
      || !_ut_run_database_cut (self->database, self->id, step, epoch, error)
      || !_ut_run_database_find_next_looks (self->database, self->id, &self->look_block, error))
    return FALSE;

  GArray *points = _ut_run_database_read_block (self->database, self->id, step, error);

  if (points == NULL)
    return FALSE;

  g_array_unref (self->points);
  self->points = points;
  self->n_written = points->len;
  g_array_set_size (self->epochs, 0);
  g_ptr_array_set_size (self->looks, 0);
  self->n_written_looks = 0;

  return TRUE;
}

void
_ut_journal_add_point (UtJournal     *self,
                       const UtPoint *point)
{
  g_array_append_val (self->points, *point);
}

void
_ut_journal_add_epoch (UtJournal     *self,
                       const UtEpoch *epoch)
{
  g_array_append_val (self->epochs, *epoch);
}

void
_ut_journal_add_look (UtJournal   *self,
                      UtProbeLook *look)
{
  g_ptr_array_add (self->looks, ut_probe_look_ref (look));
}

void
_ut_journal_add_answers (UtJournal *self,
                         guint      epoch,
                         float     *logits,
                         gsize      n_rows)
{
  g_free (self->answers);
  self->answers = logits;
  self->n_answers = n_rows;
  self->answers_epoch = epoch;
}

/* After the first @n_looks were written; a block that takes no more is let go of. */
static void
count_looks (UtJournal *self,
             gsize      n_looks)
{
  if (n_looks == self->looks->len && n_looks < UT_BLOCK_MAX_LOOKS)
    {
      self->n_written_looks = (guint) n_looks;
      return;
    }

  g_ptr_array_remove_range (self->looks, 0, (guint) n_looks);
  self->n_written_looks = 0;
  self->look_block++;
}

/* The last blocks, with the points and looks that they still take; full ones are let go of. */
static gboolean
write_block (UtJournal  *self,
             GError    **error)
{
  guint n_points = MIN (self->points->len, UT_BLOCK_MAX_POINTS);
  gboolean is_last = n_points == self->points->len;
  UtProbeLook * const *looks = (UtProbeLook * const *) self->looks->pdata;
  gsize n_looks = self->looks->len > self->n_written_looks
                  ? _ut_run_database_count_block (looks, self->looks->len) : 0;

  /* Epochs are not seen before their points. */
  if (!_ut_run_database_write_course (self->database, self->id,
                                      (const UtPoint *) (void *) self->points->data, n_points,
                                      (const UtEpoch *) (void *) self->epochs->data,
                                      is_last ? self->epochs->len : 0, self->look_block, looks,
                                      n_looks, error))
    return FALSE;

  if (n_looks > 0)
    count_looks (self, n_looks);

  if (is_last)
    g_array_set_size (self->epochs, 0);
  if (n_points == UT_BLOCK_MAX_POINTS)
    {
      g_array_remove_range (self->points, 0, n_points);
      n_points = 0;
    }
  self->n_written = n_points;

  return TRUE;
}

void
_ut_journal_move (UtJournal  *self,
                  const char *path)
{
  /* Opening it may fail, which a flush tells. */
  g_clear_pointer (&self->database, _ut_run_database_free);
  g_free (self->path);
  self->path = g_strdup (path);
}

gboolean
_ut_journal_flush (UtJournal  *self,
                   GError    **error)
{
  if (self->database == NULL)
    self->database = _ut_run_database_open (self->path, error);
  if (self->database == NULL)
    return FALSE;
  while (self->points->len > self->n_written || self->epochs->len > 0
         || self->looks->len > self->n_written_looks)
    {
      if (!write_block (self, error))
        return FALSE;
    }
  if (self->answers == NULL)
    return TRUE;
  if (!_ut_run_database_write_answers (self->database, self->id, self->answers_epoch, self->answers,
                                       self->n_answers, error))
    return FALSE;

  g_clear_pointer (&self->answers, g_free);
  return TRUE;
}
