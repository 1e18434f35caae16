/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "classify-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <ut-classify-summary.h>
#include <ut-classify-table.h>
#include <ut-confusion-grid.h>
#include <ut-import-format.h>
#include <ut-import-label-row.h>
#include <ut-import-problems.h>

static gpointer
get_part (ClassifyFixture *fixture,
          const char      *id)
{
  return classify_fixture_find (fixture->window, id);
}

static gpointer
in_summary (ClassifyFixture *fixture,
            const char      *id)
{
  return classify_fixture_find (get_part (fixture, "summary"), id);
}

static gpointer
in_table (ClassifyFixture *fixture,
          const char      *id)
{
  return classify_fixture_find (get_part (fixture, "table"), id);
}

static guint
get_n_listed (ClassifyFixture *fixture)
{
  return ut_classify_table_get_n_listed (get_part (fixture, "table"));
}

static const char *
get_count (ClassifyFixture *fixture)
{
  return gtk_label_get_label (in_table (fixture, "count_label"));
}

static void
filter (ClassifyFixture  *fixture,
        UtClassifyFilter  choice)
{
  gtk_drop_down_set_selected (in_table (fixture, "filter_drop_down"), choice);
}

/* How many of @n_rows rows are listed by a filter that does not let all pass. */
static guint
count_listed (ClassifyFixture  *fixture,
              UtClassifyFilter  choice,
              guint             n_rows)
{
  filter (fixture, UT_CLASSIFY_ALL);
  g_assert_cmpuint (get_n_listed (fixture), ==, n_rows);
  filter (fixture, choice);
  ITER_UNTIL (get_n_listed (fixture) < n_rows);

  return get_n_listed (fixture);
}

static guint
count_compared (ClassifyFixture *fixture,
                guint            n_rows)
{
  guint n = 0;

  for (UtClassifyFilter cell = UT_CLASSIFY_WRONG_POSITIVE; cell <= UT_CLASSIFY_RIGHT_NEGATIVE;
       cell++)
    n += count_listed (fixture, cell, n_rows);

  return n;
}

/* The nth descendant of @type of @widget. */
static gpointer
find_child (GtkWidget *widget,
            GType      type,
            guint     *nth)
{
  gpointer found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*nth)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type, nth);

  return found;
}

static char *
save (ClassifyFixture *fixture,
      const char      *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *contents = NULL;

  ut_classify_window_save (fixture->window, file);
  ITER_UNTIL (gtk_widget_get_sensitive (get_part (fixture, "save_button")));
  g_file_get_contents (path, &contents, NULL, NULL);

  return contents;
}

static void
test_labels (ClassifyFixture *fixture,
             gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 100);
  UtConfusionGrid *grid;
  guint nth = 2;

  g_test_summary ("Answers are compared with labels; cells list their rows; meanings can change.");
  classify_fixture_classify (fixture, path);
  g_assert_true (classify_fixture_shows (fixture, "result_page"));
  g_assert_cmpstr (gtk_label_get_label (in_summary (fixture, "counts_label")), ==, "100 texts");
  g_assert_cmpuint (get_n_listed (fixture), ==, 100);
  g_assert_cmpstr (get_count (fixture), ==, "100 rows");
  grid = in_summary (fixture, "grid");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (grid)));
  g_assert_false (gtk_widget_get_visible (in_summary (fixture, "problems")));

  /* Three stars are left out. */
  g_assert_cmpuint (count_compared (fixture, 100), ==, 80);
  g_assert_cmpuint (count_listed (fixture, UT_CLASSIFY_WRONG, 100), ==,
                    count_listed (fixture, UT_CLASSIFY_WRONG_POSITIVE, 100)
                    + count_listed (fixture, UT_CLASSIFY_WRONG_NEGATIVE, 100));

  /* A cell of the matrix lists its rows. */
  g_signal_emit_by_name (grid, "cell-activated", 1, TRUE);
  g_assert_cmpuint (gtk_drop_down_get_selected (in_table (fixture, "filter_drop_down")), ==,
                    UT_CLASSIFY_RIGHT_POSITIVE);
  g_signal_emit_by_name (grid, "cell-activated", 0, FALSE);
  g_assert_cmpuint (gtk_drop_down_get_selected (in_table (fixture, "filter_drop_down")), ==,
                    UT_CLASSIFY_WRONG_NEGATIVE);

  /* Three stars are positive now, and twenty rows more are compared. */
  ut_import_label_row_set_meaning (find_child (in_summary (fixture, "labels"),
                                               UT_TYPE_IMPORT_LABEL_ROW, &nth),
                                   UT_IMPORT_POSITIVE);
  g_assert_cmpuint (count_compared (fixture, 100), ==, 100);
  g_assert_cmpuint (count_listed (fixture, UT_CLASSIFY_WRONG_POSITIVE, 100)
                    + count_listed (fixture, UT_CLASSIFY_RIGHT_POSITIVE, 100), ==, 60);
}

static void
test_all_left_out (ClassifyFixture *fixture,
                   gconstpointer    data)
{
  static const char contents[] = "review,label\ngood film,x\nbad film,y\n";
  g_autofree char *path = classify_fixture_write (fixture, "films.csv", contents, -1);
  guint nth = 0;

  g_test_summary ("Labels that mean nothing yet are asked about, and then compared.");
  classify_fixture_classify (fixture, path);
  g_assert_false (gtk_widget_get_visible (in_summary (fixture, "grid")));
  g_assert_true (gtk_widget_get_visible (in_summary (fixture, "no_labels_label")));
  ut_import_label_row_set_meaning (find_child (in_summary (fixture, "labels"),
                                               UT_TYPE_IMPORT_LABEL_ROW, &nth),
                                   UT_IMPORT_POSITIVE);
  g_assert_true (gtk_widget_get_visible (in_summary (fixture, "grid")));
  g_assert_false (gtk_widget_get_visible (in_summary (fixture, "no_labels_label")));
}

static void
test_lines (ClassifyFixture *fixture,
            gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write (fixture, "films.txt",
                                                  "A good film.\n\nA bad one.\n", -1);
  GtkDropDown *filters;
  g_autofree char *saved = NULL;

  g_test_summary ("Without labels nothing is compared; blank lines are problems with their line.");
  classify_fixture_classify (fixture, path);
  g_assert_cmpuint (get_n_listed (fixture), ==, 2);
  g_assert_false (gtk_widget_get_visible (in_summary (fixture, "grid")));
  g_assert_false (gtk_widget_get_visible (in_summary (fixture, "no_labels_label")));
  g_assert_false (gtk_widget_get_visible (in_summary (fixture, "labels")));
  filters = in_table (fixture, "filter_drop_down");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (filters)), ==, 4);
  saved = save (fixture, "out.csv");
  g_assert_true (g_str_has_prefix (saved, "text,label,probability,n_words,n_unknown\n"
                                   "A good film.,"));
}

static void
test_problems (ClassifyFixture *fixture,
               gconstpointer    data)
{
  static const char contents[] =
    "review,label\n"
    "a good film,1\n"
    "ragged,1,2\n"
    "bytes \xff\xfe,0\n"
    "\"a \"\"bad\"\" film\",0\n"
    "\"left open,0\n"
    "a dull film,0\n";
  g_autofree char *path = classify_fixture_write (fixture, "bad.csv", contents,
                                                  (gssize) strlen (contents));
  UtImportProblems *problems;
  const char *text;

  g_test_summary ("Rows that cannot be used are counted and listed, and the others answered.");
  /* Bytes that are no UTF-8 have another encoding guessed, in which they are text. */
  classify_fixture_open (fixture, path);
  gtk_drop_down_set_selected (classify_fixture_find (classify_fixture_find (fixture->dialog,
                                                                            "format"),
                                                     "encoding"), UT_IMPORT_UTF_8);
  ITER_UNTIL (gtk_widget_get_sensitive (classify_fixture_find (fixture->dialog,
                                                               "classify_button")));
  classify_fixture_go (fixture);
  g_assert_true (classify_fixture_shows (fixture, "result_page"));
  problems = in_summary (fixture, "problems");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (problems)));
  text = gtk_label_get_label (classify_fixture_find (problems, "text"));
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "bad.csv:3: "));
  g_assert_nonnull (strstr (text, "bad.csv:4: "));
  g_assert_nonnull (strstr (text, "bad.csv:6: "));
  g_assert_null (strstr (text, "bad.csv:2: "));
  g_assert_null (strstr (text, "bad.csv:5: "));
}

static void
test_failed (ClassifyFixture *fixture,
             gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "gone.csv", 20);
  g_autofree char *blank_path = classify_fixture_write (fixture, "blank.csv",
                                                        "review,label\n ,1\n  ,0\n", -1);
  const char *text;

  g_test_summary ("A file that vanishes is named where its rows would be, and can be read anew.");
  classify_fixture_open (fixture, path);
  g_remove (path);
  classify_fixture_go (fixture);
  g_assert_true (classify_fixture_shows (fixture, "failed_page"));
  text = gtk_label_get_label (get_part (fixture, "failed_label"));
  g_assert_nonnull (strstr (text, "gone.csv"));
  g_assert_false (gtk_widget_get_sensitive (get_part (fixture, "save_button")));
  g_signal_emit_by_name (get_part (fixture, "again_button"), "clicked");
  g_assert_nonnull (fixture->again);
  g_assert_cmpstr (g_file_peek_path (fixture->again), ==, path);
  classify_fixture_close (fixture);

  classify_fixture_classify (fixture, blank_path);
  g_assert_true (classify_fixture_shows (fixture, "failed_page"));
  text = gtk_label_get_label (get_part (fixture, "failed_label"));
  g_assert_nonnull (strstr (text, "blank.csv:2"));
}

static void
test_many_labels (ClassifyFixture *fixture,
                  gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 100);
  GtkWidget *fields;

  g_test_summary ("A column of labels that somebody chose and that is none is named.");
  classify_fixture_open (fixture, path);
  fields = classify_fixture_find (fixture->dialog, "fields");
  gtk_drop_down_set_selected (classify_fixture_find (fields, "label"), 3);
  ITER_UNTIL (gtk_widget_get_sensitive (classify_fixture_find (fixture->dialog,
                                                               "classify_button")));
  classify_fixture_go (fixture);
  g_assert_true (classify_fixture_shows (fixture, "failed_page"));
  g_assert_nonnull (strstr (gtk_label_get_label (get_part (fixture, "failed_label")), "id"));
}

static void
test_save (ClassifyFixture *fixture,
           gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 50);
  g_autofree char *before = classify_fixture_write (fixture, "out.csv", "precious", -1);
  g_autofree char *saved = NULL;
  g_autofree char *missing = NULL;
  g_auto (GStrv) lines = NULL;

  g_test_summary ("All rows are saved, whatever is listed; where they cannot be, nothing is lost.");
  classify_fixture_classify (fixture, path);
  filter (fixture, UT_CLASSIFY_UNSURE);
  missing = save (fixture, "missing/out.csv");
  g_assert_null (missing);
  g_assert_true (gtk_info_bar_get_revealed (get_part (fixture, "error_bar")));
  g_assert_nonnull (strstr (gtk_label_get_label (get_part (fixture, "error_label")),
                            "missing/out.csv"));

  saved = save (fixture, "out.csv");
  g_assert_false (gtk_info_bar_get_revealed (get_part (fixture, "error_bar")));
  lines = g_strsplit (saved, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 52);
  g_assert_cmpstr (lines[0], ==, "review,stars,id,label,probability,n_words,n_unknown");
  g_assert_true (g_str_has_prefix (lines[50],
                                   "\"It is film number 49, and a wonderful one.\",5,49,"));
}

static void
test_order (ClassifyFixture *fixture,
            gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write (fixture, "films.csv",
                                                  "note,review\n"
                                                  "a,one film\n"
                                                  "b,a longer text about one film\n"
                                                  "c,the film\n", -1);
  GtkColumnView *view;
  GtkDropDown *orders;

  g_test_summary ("Rows come in the order that was chosen; the one that is activated is asked "
                  "about.");
  classify_fixture_classify (fixture, path);
  view = in_table (fixture, "view");
  orders = in_table (fixture, "order_drop_down");
  g_signal_emit_by_name (view, "activate", 0);
  g_assert_cmpstr (fixture->asked->str, ==, "one film");
  gtk_drop_down_set_selected (orders, UT_CLASSIFY_LONGEST);
  for (g_string_assign (fixture->asked, "");
       !g_str_equal (fixture->asked->str, "a longer text about one film"); ut_ui_test_iterate ())
    g_signal_emit_by_name (view, "activate", 0);
  g_signal_emit_by_name (view, "activate", 2);
  g_assert_cmpstr (fixture->asked->str, ==, "the film");
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (ClassifyFixture *fixture,
           gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write (fixture, "films.txt",
                                                  "A good film.\nA bad one.\nA third.\n", -1);
  GdkClipboard *clipboard;
  GtkSelectionModel *selection;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_test_summary ("Copied rows are those that are selected, as they are saved, under their names.");
  classify_fixture_classify (fixture, path);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  gdk_clipboard_set_text (clipboard, "");
  selection = gtk_column_view_get_model (in_table (fixture, "view"));
  gtk_selection_model_select_item (selection, 0, TRUE);
  gtk_selection_model_select_item (selection, 2, FALSE);
  gtk_widget_activate_action (get_part (fixture, "table"), "table.copy", NULL);
  do
    {
      g_clear_pointer (&text, g_free);
      gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, &text);
      ITER_UNTIL (text != NULL);
    }
  while (*text == '\0');
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], ==, "text,label,probability,n_words,n_unknown");
  g_assert_true (g_str_has_prefix (lines[1], "A good film.,"));
  g_assert_true (g_str_has_prefix (lines[2], "A third.,"));
}

static void
test_cancel (ClassifyFixture *fixture,
             gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 20000);

  g_test_summary ("A window that is closed while it reads gives up and leaves nothing behind.");
  classify_fixture_open (fixture, path);
  g_signal_emit_by_name (classify_fixture_find (fixture->dialog, "classify_button"), "clicked");
  g_assert_nonnull (fixture->window);
  g_assert_true (classify_fixture_shows (fixture, "reading_page"));
  classify_fixture_close (fixture);
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (ClassifyFixture *fixture,
                  gconstpointer    data);
  } tests[] = {
    { "/ui/classify-window/labels", test_labels },
    { "/ui/classify-window/all-left-out", test_all_left_out },
    { "/ui/classify-window/lines", test_lines },
    { "/ui/classify-window/problems", test_problems },
    { "/ui/classify-window/failed", test_failed },
    { "/ui/classify-window/many-labels", test_many_labels },
    { "/ui/classify-window/save", test_save },
    { "/ui/classify-window/order", test_order },
    { "/ui/classify-window/copy", test_copy },
    { "/ui/classify-window/cancel", test_cancel },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ClassifyFixture, NULL, classify_fixture_set_up, tests[i].test,
                classify_fixture_tear_down);

  return g_test_run ();
}
