/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-search.h"

#include <glib/gi18n.h>

struct UtRowSearch
{
  gpointer table;
  UtRowSearchBegin begin;
  guint waiting;         /* source that begins */
  GCancellable *running; /* (owned) (nullable): the search that began last */
};

static gboolean
begin_cb (gpointer data)
{
  UtRowSearch *self = data;

  self->waiting = 0;
  self->begin (self->table);

  return G_SOURCE_REMOVE;
}

UtRowSearch *
ut_row_search_new (gpointer         table,
                   UtRowSearchBegin begin)
{
  g_return_val_if_fail (G_IS_OBJECT (table), NULL);
  g_return_val_if_fail (begin != NULL, NULL);

  UtRowSearch *self = g_new0 (UtRowSearch, 1);

  self->table = table;
  self->begin = begin;

  return self;
}

void
ut_row_search_free (UtRowSearch *self)
{
  g_return_if_fail (self != NULL);

  ut_row_search_cancel (self);
  g_free (self);
}

void
ut_row_search_wait (UtRowSearch *self,
                    guint        delay)
{
  g_return_if_fail (self != NULL);

  if (self->waiting == 0)
    self->waiting = g_timeout_add (delay, begin_cb, self);
}

void
ut_row_search_cancel (UtRowSearch *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->waiting, g_source_remove);
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

void
ut_row_search_run (UtRowSearch         *self,
                   GTaskThreadFunc      thread,
                   gpointer             order,
                   GDestroyNotify       free_order,
                   GAsyncReadyCallback  found)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (thread != NULL);

  ut_row_search_cancel (self);
  self->running = g_cancellable_new ();

  g_autoptr (GTask) task = g_task_new (self->table, self->running, found, NULL);

  g_task_set_source_tag (task, ut_row_search_run);
  g_task_set_name (task, "[undertone] search rows");
  g_task_set_task_data (task, order, free_order);
  g_task_run_in_thread (task, thread);
}

char *
ut_row_search_dup_count (guint n_found,
                         guint n_rows)
{
  if (n_found == n_rows)
    return g_strdup_printf (ngettext ("%'u row", "%'u rows", n_found), n_found);

  /* Translators: how many rows were found, and how many there are. */
  return g_strdup_printf (_("%'u of %'u rows"), n_found, n_rows);
}

char *
ut_row_search_dup_nothing (const char *pattern)
{
  g_return_val_if_fail (pattern != NULL, NULL);

  if (*pattern == '\0')
    return g_strdup (_("No rows."));

  return g_markup_printf_escaped (_("Nothing matches <i>%s</i>."), pattern);
}
