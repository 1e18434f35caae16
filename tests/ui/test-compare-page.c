/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-compare-page.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->page, UT_TYPE_COMPARE_PAGE, id);
}

static UtRun *
add (Fixture *fixture)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 2);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_assert_no_error (error);
  return run;
}

/* Another page for the same session. */
static void
open_page (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  fixture->page = g_object_ref_sink (ut_compare_page_new (fixture->session));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1020, 760);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (fixture->page) && gtk_widget_get_width (fixture->page) > 0);
}

static void
close_page (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->page);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  /* Nothing trains unless a test wants it to. */
  ut_run_store_set_queue_paused (fixture->store, TRUE);
  open_page (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_run_store_stop_all (fixture->store);
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  close_page (fixture);
  g_clear_object (&fixture->session);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  GtkStack *pages = find (fixture, "pages");
  GtkWidget *empty = find (fixture, "empty_page");
  UtRun *run;

  g_test_summary ("One run cannot be compared; what to do about it is said.");
  g_assert_true (gtk_stack_get_visible_child (pages) == empty);
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (empty)), ==,
                   "Train a second run, or tick two, to compare.");

  run = add (fixture);
  g_assert_true (gtk_stack_get_visible_child (pages) == empty);
  add (fixture);
  g_assert_true (gtk_stack_get_visible_child (pages) == find (fixture, "paned"));
  g_assert_true (ut_run_store_remove (fixture->store, run));
  g_assert_true (gtk_stack_get_visible_child (pages) == empty);
}

static void
add_panes (Fixture *fixture)
{
  UtComparePage *page = UT_COMPARE_PAGE (fixture->page);

  ut_compare_page_add_pane (page, "first", "First", gtk_label_new ("1"));
  ut_compare_page_add_pane (page, "second", "Second", gtk_label_new ("2"));
}

static void
test_remembers (Fixture       *fixture,
                gconstpointer  data)
{
  GtkStack *panes;

  g_test_summary ("Which pane is in view, and how high the table is, outlive the window.");
  add (fixture);
  add (fixture);
  add_panes (fixture);
  panes = find (fixture, "panes");
  ITER_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (panes)));
  g_assert_true (gtk_widget_get_visible (find (fixture, "lower")));

  gtk_stack_set_visible_child_name (panes, "second");
  gtk_paned_set_position (find (fixture, "paned"), 400);
  close_page (fixture);
  open_page (fixture);
  add_panes (fixture);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (find (fixture, "panes")), ==, "second");
  g_assert_cmpint (gtk_paned_get_position (find (fixture, "paned")), ==, 400);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/compare-page/empty", test_empty);
  ADD ("/compare-page/remembers", test_remembers);

  return g_test_run ();
}
