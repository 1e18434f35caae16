/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-row-search.h>

/* Of a search that waits, in ms. */
#define DELAY 10

typedef struct
{
  GObject *table;
  UtRowSearch *search;
  guint n_begun;
  guint n_found;
  guint n_cancelled;
} Fixture;

static void
begin_cb (gpointer table)
{
  Fixture *fixture = g_object_get_data (table, "fixture");

  fixture->n_begun++;
}

static void
found_cb (GObject      *table,
          GAsyncResult *result,
          gpointer      data)
{
  Fixture *fixture = g_object_get_data (table, "fixture");
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      fixture->n_found++;
      return;
    }

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture->n_cancelled++;
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

/* Looks until it is cancelled. */
static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GPollFD fd;

  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_poll (&fd, 1, -1);
  g_cancellable_release_fd (cancellable);
  g_task_return_boolean (task, TRUE);
}

static gboolean
passed_cb (gpointer passed)
{
  *(gboolean *) passed = TRUE;

  return G_SOURCE_REMOVE;
}

/* Until a search would have begun that waits already. */
static void
let_delay_pass (void)
{
  gboolean passed = FALSE;

  g_timeout_add (DELAY, passed_cb, &passed);
  ITER_UNTIL (passed);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->table = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (fixture->table, "fixture", fixture);
  fixture->search = ut_row_search_new (fixture->table, begin_cb);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->search, ut_row_search_free);
  g_assert_finalize_object (fixture->table);
}

static void
test_wait (Fixture       *fixture,
           gconstpointer  data)
{
  g_test_summary ("What is typed while a search waits has no search of its own");

  ut_row_search_wait (fixture->search, DELAY);
  ut_row_search_wait (fixture->search, DELAY);
  g_assert_cmpuint (fixture->n_begun, ==, 0);
  let_delay_pass ();
  g_assert_cmpuint (fixture->n_begun, ==, 1);
  let_delay_pass ();
  g_assert_cmpuint (fixture->n_begun, ==, 1);

  ut_row_search_wait (fixture->search, DELAY);
  let_delay_pass ();
  g_assert_cmpuint (fixture->n_begun, ==, 2);
}

static void
test_run (Fixture       *fixture,
          gconstpointer  data)
{
  g_test_summary ("A search cancels the one before, and the one that waits");

  ut_row_search_run (fixture->search, look_thread, NULL, NULL, found_cb);
  ut_row_search_wait (fixture->search, DELAY);
  ut_row_search_run (fixture->search, find_thread, g_strdup ("order"), g_free, found_cb);
  ITER_UNTIL (fixture->n_found == 1 && fixture->n_cancelled == 1);
  let_delay_pass ();
  g_assert_cmpuint (fixture->n_begun, ==, 0);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_test_summary ("Nothing is found after it was cancelled or freed");

  ut_row_search_run (fixture->search, look_thread, NULL, NULL, found_cb);
  ut_row_search_wait (fixture->search, DELAY);
  ut_row_search_cancel (fixture->search);
  ITER_UNTIL (fixture->n_cancelled == 1);

  ut_row_search_run (fixture->search, look_thread, NULL, NULL, found_cb);
  ut_row_search_wait (fixture->search, DELAY);
  g_clear_pointer (&fixture->search, ut_row_search_free);
  ITER_UNTIL (fixture->n_cancelled == 2);
  let_delay_pass ();
  g_assert_cmpuint (fixture->n_begun, ==, 0);
  g_assert_cmpuint (fixture->n_found, ==, 0);
}

static void
test_texts (void)
{
  g_autofree char *all = ut_row_search_dup_count (1, 1);
  g_autofree char *some = ut_row_search_dup_count (2, 3);
  g_autofree char *none = ut_row_search_dup_nothing ("");
  g_autofree char *nothing = ut_row_search_dup_nothing ("a < b");

  g_assert_cmpstr (all, ==, "1 row");
  g_assert_cmpstr (some, ==, "2 of 3 rows");
  g_assert_cmpstr (none, ==, "No rows.");
  g_assert_cmpstr (nothing, ==, "Nothing matches <i>a &lt; b</i>.");
}

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);
  g_test_add ("/ui/row-search/wait", Fixture, NULL, set_up, test_wait, tear_down);
  g_test_add ("/ui/row-search/run", Fixture, NULL, set_up, test_run, tear_down);
  g_test_add ("/ui/row-search/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add_func ("/ui/row-search/texts", test_texts);

  return g_test_run ();
}
