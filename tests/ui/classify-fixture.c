/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "classify-fixture.h"

#include <glib/gstdio.h>

void
classify_fixture_set_up (ClassifyFixture *fixture,
                         gconstpointer    data)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 2);
  g_autoptr (GError) error = NULL;
  UtRunStore *store;

  fixture->folder = g_dir_make_tmp ("undertone-classify-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->session = ut_ui_test_session ();
  store = ut_session_get_store (fixture->session);
  fixture->run = ut_ui_test_add_run (store, config);
  fixture->asked = g_string_new (NULL);
  ITER_UNTIL (ut_run_get_state (fixture->run) == UT_RUN_FINISHED);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

void
classify_fixture_close (ClassifyFixture *fixture)
{
  if (fixture->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  ut_ui_test_end_runs (ut_session_get_store (fixture->session));
  if (fixture->dialog != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->dialog));
  if (fixture->window != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->window));
}

void
classify_fixture_tear_down (ClassifyFixture *fixture,
                            gconstpointer    data)
{
  classify_fixture_close (fixture);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_string_free (fixture->asked, TRUE);
  g_clear_object (&fixture->again);
  g_assert_finalize_object (fixture->session);
}

char *
classify_fixture_write (ClassifyFixture *fixture,
                        const char      *name,
                        const char      *contents,
                        gssize           length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);

  return path;
}

char *
classify_fixture_write_stars (ClassifyFixture *fixture,
                              const char      *name,
                              guint            n_rows)
{
  g_autoptr (GString) text = g_string_new ("review,stars,id\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "\"It is film number %u, and a %s one.\",%u,%u\n", i,
                            i % 3 == 0 ? "dull" : "wonderful", i % 5 + 1, i);

  return classify_fixture_write (fixture, name, text->str, (gssize) text->len);
}

gpointer
classify_fixture_find (gpointer    widget,
                       const char *id)
{
  gpointer found = ut_ui_test_find (widget, G_OBJECT_TYPE (widget), id);

  g_assert_nonnull (found);
  return found;
}

static void
asked_cb (ClassifyFixture *fixture,
          const char      *text)
{
  g_string_assign (fixture->asked, text);
}

static void
again_cb (ClassifyFixture *fixture,
          GFile           *file)
{
  g_set_object (&fixture->again, file);
}

static void
started_cb (ClassifyFixture  *fixture,
            UtClassifyWindow *window)
{
  fixture->window = g_object_ref (window);
  g_signal_connect_swapped (window, "ask", G_CALLBACK (asked_cb), fixture);
  g_signal_connect_swapped (window, "again", G_CALLBACK (again_cb), fixture);
}

/* Whether nothing is under way any more. */
static gboolean
is_settled (ClassifyFixture *fixture)
{
  GtkLabel *status = classify_fixture_find (fixture->dialog, "status_label");

  return !g_str_has_prefix (gtk_label_get_label (status), "Reading");
}

void
classify_fixture_open (ClassifyFixture *fixture,
                       const char      *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  fixture->dialog = g_object_ref (UT_CLASSIFY_DIALOG (ut_classify_dialog_new (NULL, fixture->run,
                                                                              file)));
  g_signal_connect_swapped (fixture->dialog, "started", G_CALLBACK (started_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->dialog));
  ITER_UNTIL (is_settled (fixture));
}

gboolean
classify_fixture_shows (ClassifyFixture *fixture,
                        const char      *page)
{
  GtkStack *stack = classify_fixture_find (fixture->window, "stack");

  return gtk_stack_get_visible_child (stack) == classify_fixture_find (fixture->window, page);
}

void
classify_fixture_go (ClassifyFixture *fixture)
{
  GtkWidget *button = classify_fixture_find (fixture->dialog, "classify_button");

  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (fixture->window);
  ITER_UNTIL (!classify_fixture_shows (fixture, "reading_page"));
}

void
classify_fixture_classify (ClassifyFixture *fixture,
                           const char      *path)
{
  classify_fixture_open (fixture, path);
  classify_fixture_go (fixture);
}
