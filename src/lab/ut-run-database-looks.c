/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-database-parts-private.h"

#include "ut-block-private.h"
#include "ut-lab-error.h"
#include "ut-probe-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

gsize
_ut_run_database_count_block (UtProbeLook * const *looks,
                              gsize                n_looks)
{
  gsize n = MIN (n_looks, 1);

  while (n < MIN (n_looks, UT_BLOCK_MAX_LOOKS) && looks[n]->probes == looks[0]->probes)
    n++;

  return n;
}

gboolean
_ut_run_database_put_looks (UtRunDatabase        *self,
                            const char           *id,
                            gint64                number,
                            UtProbeLook * const  *looks,
                            gsize                 n_looks,
                            GError              **error)
{
  g_autoptr (GBytes) data = _ut_block_pack_looks (looks, n_looks);
  g_autoptr (GBytes) sum = _ut_run_database_sum_block (id, "looks", number, data);

  return _ut_database_run (self->database, error,
                           "INSERT OR REPLACE INTO looks (run, number, size, sum, data)"
                           " SELECT key, ?, ?, ?, ? FROM runs WHERE id = ?", "iibbs",
                           number, (gint64) n_looks, sum, data, id);
}

gboolean
_ut_run_database_put_all_looks (UtRunDatabase        *self,
                                const char           *id,
                                UtProbeLook * const  *looks,
                                gsize                 n_looks,
                                GError              **error)
{
  gsize done = 0;

  for (gint64 number = 1; done < n_looks; number++)
    {
      gsize n = _ut_run_database_count_block (looks + done, n_looks - done);

      if (!_ut_run_database_put_looks (self, id, number, looks + done, n, error))
        return FALSE;
      done += n;
    }

  return TRUE;
}

/* Reading */

static guint64
get_last_step (GPtrArray *looks)
{
  return looks->len > 0 ? ((UtProbeLook *) g_ptr_array_index (looks, looks->len - 1))->step : 0;
}

static gboolean
take_looks (sqlite3_stmt  *statement,
            const char    *id,
            GPtrArray     *looks,
            GError       **error)
{
  guint n_before = looks->len;
  guint64 last = get_last_step (looks);
  g_autoptr (GBytes) block = _ut_run_database_take_block (statement, 0, id, "looks");

  if (block != NULL && _ut_block_unpack_looks (block, looks)
      && ((UtProbeLook *) g_ptr_array_index (looks, n_before))->step >= last)
    return TRUE;

  g_ptr_array_set_size (looks, (int) n_before);
  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED,
               _("The answers to followed sentences after step %'" PRIu64 " are damaged."), last);
  return FALSE;
}

gboolean
_ut_run_database_read_looks (UtRunDatabase  *self,
                             const char     *id,
                             GPtrArray      *looks,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT number, sum, data FROM looks"
                          " WHERE run = (SELECT key FROM runs WHERE id = ?) ORDER BY number",
                          "s", id);
  UtDatabaseStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = _ut_database_step (self->database, statement, error)) == UT_DATABASE_ROW)
    {
      if (!take_looks (statement, id, looks, error)
          || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return step == UT_DATABASE_DONE;
}

gboolean
_ut_run_database_count_looks (UtRunDatabase  *self,
                              gint64          key,
                              guint          *n_looks,
                              GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error, "SELECT total (size) FROM looks WHERE run = ?", "i",
                          key);

  if (statement == NULL
      || _ut_database_step (self->database, statement, error) != UT_DATABASE_ROW)
    return FALSE;

  *n_looks = (guint) sqlite3_column_int64 (statement, 0);
  return TRUE;
}

gboolean
_ut_run_database_find_next_looks (UtRunDatabase  *self,
                                  const char     *id,
                                  gint64         *number,
                                  GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT coalesce (max (number), 0) + 1 FROM looks"
                          " WHERE run = (SELECT key FROM runs WHERE id = ?)", "s", id);

  if (statement == NULL
      || _ut_database_step (self->database, statement, error) != UT_DATABASE_ROW)
    return FALSE;

  *number = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

gboolean
_ut_run_database_cut_looks (UtRunDatabase  *self,
                            const char     *id,
                            guint64         step,
                            GError        **error)
{
  g_autoptr (GPtrArray) looks = _ut_probe_looks_new ();
  g_autoptr (GError) local_error = NULL;

  /* Damaged ones end before the damage, as the person was told when they were read. */
  if (!_ut_run_database_read_looks (self, id, looks, NULL, &local_error)
      && !g_error_matches (local_error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (local_error == NULL && get_last_step (looks) <= step)
    return TRUE;

  _ut_probe_looks_cut (looks, step);

  return _ut_database_run (self->database, error,
                           "DELETE FROM looks WHERE run = (SELECT key FROM runs WHERE id = ?)", "s",
                           id)
         && _ut_run_database_put_all_looks (self, id, (UtProbeLook * const *) looks->pdata,
                                            looks->len, error);
}
