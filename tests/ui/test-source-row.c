/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include "data-archive.h"
#include "data-server.h"

#include <string.h>
#include <ut-source-list.h>
#include <ut-source-row.h>

#define N_ROWS 2000

typedef struct
{
  UtSession *session;
  DataServer *server;
  GtkWidget *window;
  UtSourceList *list;
  UtSourceRow *row;
  GFile *fetched;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->row, UT_TYPE_SOURCE_ROW, id);
}

static const char *
get_status (Fixture *fixture)
{
  return gtk_label_get_text (find (fixture, "status_label"));
}

static const char *
get_button (Fixture *fixture)
{
  return gtk_button_get_label (find (fixture, "button"));
}

static void
fetched_cb (Fixture *fixture,
            GFile   *file)
{
  g_set_object (&fixture->fetched, file);
}

/* Lists the one source of @text; what the list had before goes. */
static void
list_source (Fixture    *fixture,
             const char *text)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "sources.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *before = gtk_widget_get_first_child (GTK_WIDGET (fixture->list));

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  ut_source_list_load (fixture->list, file, fixture->session);
  ITER_UNTIL (gtk_widget_get_first_child (GTK_WIDGET (fixture->list)) != before);
  fixture->row = UT_SOURCE_ROW (gtk_widget_get_first_child (GTK_WIDGET (fixture->list)));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *rows = data_make_rows (N_ROWS);
  const DataMember members[] = {
    { "set/train.tsv", rows, 0, NULL },
    { "set/dev.tsv", "sentence\tlabel\ngood\t1\n", 0, NULL },
    { NULL },
  };
  GBytes *archive = data_archive_new (members, "zip:compression=deflate");
  gsize size = g_bytes_get_size (archive);

  fixture->server = data_server_new (archive);

  g_autofree char *address = data_server_dup_address (fixture->server);
  g_autofree char *list = data_list_dataset (address, size, NULL, "");

  fixture->session = ut_ui_test_session ();
  fixture->window = gtk_window_new ();
  fixture->list = g_object_ref_sink (g_object_new (UT_TYPE_SOURCE_LIST, NULL));
  g_signal_connect_swapped (fixture->list, "fetched", G_CALLBACK (fetched_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_present (GTK_WINDOW (fixture->window));
  list_source (fixture, list);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->list);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->fetched);
  data_server_free (fixture->server);
}

static void
test_fetch (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GFile) train = NULL;
  g_autoptr (UtDataset) dataset = NULL;

  g_assert_cmpstr (get_button (fixture), ==, "Get…");
  g_assert_false (gtk_widget_get_visible (find (fixture, "progress_bar")));
  ut_source_row_fetch (fixture->row, NULL);
  g_assert_cmpstr (get_button (fixture), ==, "Cancel");
  g_assert_true (gtk_widget_get_visible (find (fixture, "progress_bar")));
  ITER_UNTIL (fixture->fetched != NULL);

  g_test_message ("What is there needs no row any more");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->row)));
  train = g_file_get_child (fixture->fetched, "train.tsv");
  dataset = ut_dataset_read (train, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (ut_dataset_get_n_rows (dataset), ==, N_ROWS);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_test_summary ("The button gives a fetch up, and it can be begun again");

  fixture->server->stall_after = 100;
  ut_source_row_fetch (fixture->row, NULL);
  ITER_UNTIL (g_atomic_int_get (&fixture->server->n_requests) > 0);
  g_signal_emit_by_name (find (fixture, "button"), "clicked");
  ITER_UNTIL (g_str_equal (get_button (fixture), "Get…"));
  g_assert_false (gtk_widget_has_css_class (find (fixture, "status_label"), "error"));
  g_assert_null (fixture->fetched);

  fixture->server->stall_after = -1;
  ut_source_row_fetch (fixture->row, NULL);
  ITER_UNTIL (fixture->fetched != NULL);
}

static void
test_no_network (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *list = data_list_dataset ("http://127.0.0.1:1/set.zip", 1000, NULL, "");

  list_source (fixture, list);
  ut_source_row_fetch (fixture->row, NULL);
  ITER_UNTIL (gtk_widget_has_css_class (find (fixture, "status_label"), "error"));
  g_assert_cmpstr (get_status (fixture), ==,
                   "Could not reach 127.0.0.1. Save the file from http://127.0.0.1:1/set.zip and "
                   "open it here.");
  g_assert_cmpstr (get_button (fixture), ==, "Get…");
}

static void
test_saved (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "saved.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gsize size;
  const char *bytes = g_bytes_get_data (fixture->server->body, &size);

  g_test_summary ("An archive that the person saved serves as well");

  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  ut_source_row_fetch (fixture->row, file);
  ITER_UNTIL (fixture->fetched != NULL);
  g_assert_cmpint (g_atomic_int_get (&fixture->server->n_requests), ==, 0);
}

static void
test_bundled_list (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *before = gtk_widget_get_first_child (GTK_WIDGET (fixture->list));
  guint n_rows = 0;

  g_test_summary ("What comes along is listed, and nothing is fetched unasked");

  ut_source_list_load (fixture->list, NULL, fixture->session);
  ITER_UNTIL (gtk_widget_get_first_child (GTK_WIDGET (fixture->list)) != before);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n_rows++;
  g_assert_cmpuint (n_rows, ==, 5);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/source-row/fetch", test_fetch);
  ADD ("/source-row/cancel", test_cancel);
  ADD ("/source-row/no-network", test_no_network);
  ADD ("/source-row/saved", test_saved);
  ADD ("/source-row/bundled-list", test_bundled_list);

  return g_test_run ();
}
