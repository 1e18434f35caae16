/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <glib/gstdio.h>
#include <ut-import-dialog.h>
#include <ut-import-fields.h>
#include <ut-import-format.h>
#include <ut-import-label-row.h>
#include <ut-import-labels.h>
#include <ut-import-parts.h>
#include <ut-import-preview-row.h>
#include <ut-import-preview.h>
#include <ut-import-problems.h>
#include <ut-path-row.h>
#include <ut-text.h>

typedef struct
{
  char *folder;          /* (owned): where the files lie */
  UtImportDialog *dialog; /* (owned) (nullable) */
  GFile *imported;       /* (owned) (nullable): what ::imported said */
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->dialog, UT_TYPE_IMPORT_DIALOG, id);
}

static gpointer
find_in (Fixture    *fixture,
         const char *part,
         const char *id)
{
  GtkWidget *widget = find (fixture, part);

  return ut_ui_test_find (widget, G_OBJECT_TYPE (widget), id);
}

static const char *
label (Fixture    *fixture,
       const char *id)
{
  return gtk_label_get_label (find (fixture, id));
}

static const char *
get_selected (Fixture    *fixture,
              const char *part,
              const char *id)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (find_in (fixture, part,
                                                                                 id)));
}

static gboolean
is_ready (Fixture *fixture)
{
  return gtk_widget_get_sensitive (find (fixture, "import_button"));
}

static gboolean
has_failed (Fixture *fixture)
{
  return gtk_info_bar_get_revealed (find (fixture, "error_bar"));
}

static gboolean
is_busy (Fixture *fixture)
{
  return gtk_widget_get_visible (find (fixture, "progress_bar"));
}

static void
press (Fixture    *fixture,
       const char *id)
{
  g_signal_emit_by_name (find (fixture, id), "clicked");
}

/* The nth visible descendant of @type of @widget. */
static gpointer
find_child (GtkWidget *widget,
            GType      type,
            guint     *nth)
{
  gpointer found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*nth)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type, nth);

  return found;
}

static UtImportLabelRow *
get_label_row (Fixture *fixture,
               guint    nth)
{
  return find_child (find (fixture, "labels"), UT_TYPE_IMPORT_LABEL_ROW, &nth);
}

/* What the nth row of the preview says; @id is "tag" or "text". */
static const char *
get_preview (Fixture    *fixture,
             guint       nth,
             const char *id)
{
  UtImportPreviewRow *row = find_child (find (fixture, "preview"), UT_TYPE_IMPORT_PREVIEW_ROW,
                                        &nth);

  if (row == NULL)
    return NULL;
  return gtk_label_get_label (ut_ui_test_find (row, UT_TYPE_IMPORT_PREVIEW_ROW, id));
}

static char *
write_bytes (Fixture    *fixture,
             const char *name,
             const char *bytes,
             gssize      length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);

  return path;
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  return write_bytes (fixture, name, text, -1);
}

/* @n_rows reviews, whose stars are one to five in turn, with commas in their texts. */
static char *
write_stars (Fixture    *fixture,
             const char *name,
             guint       n_rows)
{
  g_autoptr (GString) text = g_string_new ("review,stars,id\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "\"It is film number %u, and worth %u stars.\",%u,%u\n", i,
                            i % 5 + 1, i % 5 + 1, i);

  return write_file (fixture, name, text->str);
}

static void
imported_cb (Fixture *fixture,
             GFile   *folder)
{
  g_set_object (&fixture->imported, folder);
}

/* Opens the dialog on one or two paths, @second being %NULL for one. */
static void
open_dialog (Fixture    *fixture,
             const char *first,
             const char *second)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  const char *paths[] = { first, second };

  for (gsize i = 0; i < G_N_ELEMENTS (paths) && paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      g_list_store_append (files, file);
    }
  fixture->dialog = g_object_ref (UT_IMPORT_DIALOG (ut_import_dialog_new (NULL,
                                                                          G_LIST_MODEL (files))));
  g_signal_connect_swapped (fixture->dialog, "imported", G_CALLBACK (imported_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->dialog));
}

static void
close_dialog (Fixture *fixture)
{
  if (fixture->dialog == NULL)
    return;

  gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->dialog);
  fixture->dialog = NULL;
  g_clear_object (&fixture->imported);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("undertone-import-XXXXXX", &error);
  g_assert_no_error (error);
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

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) directory = ut_data_get_directory ();

  close_dialog (fixture);
  remove_tree (fixture->folder);
  remove_tree (g_file_peek_path (directory));
  g_free (fixture->folder);
}

/* How many data sets there are, hidden ones in the making included. */
static guint
count_data_sets (void)
{
  g_autoptr (GFile) directory = ut_data_get_directory ();
  GDir *dir = g_dir_open (g_file_peek_path (directory), 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  g_clear_pointer (&dir, g_dir_close);

  return n;
}

static gsize
count_rows (GFile      *folder,
            UtDataPart  part)
{
  g_autoptr (GFile) file = g_file_get_child (folder, ut_data_part_get_file_name (part));
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return ut_dataset_get_n_rows (dataset);
}

/* Whether @widget's window is gone. */
static gboolean
is_closed (Fixture *fixture)
{
  return !gtk_widget_get_mapped (GTK_WIDGET (fixture->dialog));
}

static void
test_stars (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = write_stars (fixture, "films.csv", 100);

  g_test_summary ("Everything is proposed of a file with stars, and one press imports it.");
  open_dialog (fixture, path, NULL);
  ITER_UNTIL (is_ready (fixture));
  g_assert_false (has_failed (fixture));
  g_assert_cmpstr (gtk_editable_get_text (find (fixture, "title_entry")), ==, "films");
  g_assert_cmpstr (get_selected (fixture, "format", "form"), ==, "CSV or TSV");
  g_assert_cmpstr (get_selected (fixture, "format", "encoding"), ==, "UTF-8");
  g_assert_cmpstr (get_selected (fixture, "format", "delimiter"), ==, "comma");
  g_assert_true (gtk_switch_get_active (find_in (fixture, "format", "quoting")));
  g_assert_true (gtk_switch_get_active (find_in (fixture, "format", "header")));
  g_assert_cmpstr (get_selected (fixture, "fields", "text"), ==, "review");
  g_assert_cmpstr (get_selected (fixture, "fields", "label"), ==, "stars");
  for (guint i = 0; i < 5; i++)
    {
      const UtImportMeaning meanings[] = {
        UT_IMPORT_NEGATIVE, UT_IMPORT_NEGATIVE, UT_IMPORT_LEAVE_OUT,
        UT_IMPORT_POSITIVE, UT_IMPORT_POSITIVE,
      };

      g_assert_cmpint (ut_import_label_row_get_meaning (get_label_row (fixture, i)), ==,
                       meanings[i]);
    }
  g_assert_cmpstr (label (fixture, "status_label"), ==, "40 positive, 40 negative, 20 left out");
  g_assert_cmpstr (gtk_button_get_label (find (fixture, "import_button")), ==, "Import 80 rows");
  g_assert_cmpstr (get_preview (fixture, 0, "tag"), ==, "negative");
  g_assert_cmpstr (get_preview (fixture, 0, "text"), ==,
                   "it is film number 0 , and worth 1 stars .");
  g_assert_nonnull (get_preview (fixture, 7, "text"));
  g_assert_null (get_preview (fixture, 8, "text"));
  g_assert_false (gtk_widget_get_visible (find (fixture, "problems")));

  press (fixture, "import_button");
  ITER_UNTIL (is_closed (fixture));
  g_assert_nonnull (fixture->imported);
  g_assert_cmpuint (count_rows (fixture->imported, UT_DATA_TRAIN), ==, 64);
  g_assert_cmpuint (count_rows (fixture->imported, UT_DATA_DEV), ==, 8);
  g_assert_cmpuint (count_rows (fixture->imported, UT_DATA_TEST), ==, 8);
}

static void
test_mapping (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = write_stars (fixture, "films.csv", 50);

  g_test_summary ("Other meanings change the counts at once, and outlive another reading.");
  open_dialog (fixture, path, NULL);
  ITER_UNTIL (is_ready (fixture));

  ut_import_label_row_set_meaning (get_label_row (fixture, 2), UT_IMPORT_POSITIVE);
  g_assert_cmpstr (label (fixture, "status_label"), ==, "30 positive, 20 negative");
  ut_import_label_row_set_meaning (get_label_row (fixture, 0), UT_IMPORT_LEAVE_OUT);
  g_assert_cmpstr (get_preview (fixture, 0, "tag"), ==, "left out");
  ut_import_label_row_set_meaning (get_label_row (fixture, 1), UT_IMPORT_LEAVE_OUT);
  g_assert_false (is_ready (fixture));
  g_assert_cmpstr (label (fixture, "status_label"), ==, "No label is negative yet.");
  ut_import_label_row_set_meaning (get_label_row (fixture, 1), UT_IMPORT_NEGATIVE);
  g_assert_true (is_ready (fixture));
  g_assert_false (is_busy (fixture));

  gtk_editable_set_text (find (fixture, "title_entry"), "  ");
  g_assert_false (is_ready (fixture));
  g_assert_cmpstr (label (fixture, "status_label"), ==, "Give the data set a name.");
  gtk_editable_set_text (find (fixture, "title_entry"), "My films");
  g_assert_true (is_ready (fixture));

  gtk_switch_set_active (find_in (fixture, "fields", "tokenized"), TRUE);
  g_assert_true (is_busy (fixture));
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (label (fixture, "status_label"), ==, "30 positive, 10 negative, 10 left out");
  g_assert_cmpstr (get_preview (fixture, 0, "text"), ==,
                   "it is film number 0, and worth 1 stars.");
  g_assert_cmpstr (gtk_editable_get_text (find (fixture, "title_entry")), ==, "My films");

  gtk_drop_down_set_selected (find_in (fixture, "parts", "split"), UT_IMPORT_SPLIT_FILES);
  gtk_drop_down_set_selected (find_in (fixture, "fields", "unit"), UT_DATA_UNIT_REVIEW);
  g_assert_false (is_busy (fixture));
  press (fixture, "import_button");
  ITER_UNTIL (fixture->imported != NULL);

  g_autofree char *name = g_file_get_basename (fixture->imported);
  g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (name, ==, "My films");
  g_assert_cmpuint (count_rows (fixture->imported, UT_DATA_TRAIN), ==, 40);
  g_assert_true (ut_data_about_read (&about, fixture->imported, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (about.unit, ==, UT_DATA_UNIT_REVIEW);
}

static void
test_format (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "a.csv",
                                      "text;label\nGood, truly;1\nBad, truly;0\nFine;1\nDull;0\n");
  GtkDropDown *delimiter;

  g_test_summary ("A wrong choice says what is wrong, and what was chosen can be chosen again.");
  open_dialog (fixture, path, NULL);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (get_selected (fixture, "format", "delimiter"), ==, "semicolon");

  delimiter = find_in (fixture, "format", "delimiter");
  gtk_drop_down_set_selected (delimiter, 3);
  g_assert_false (is_ready (fixture));
  ITER_UNTIL (!is_busy (fixture));
  g_assert_true (has_failed (fixture));
  g_assert_nonnull (strstr (label (fixture, "error_label"), "a.csv"));
  g_assert_true (gtk_label_get_selectable (find (fixture, "error_label")));
  g_assert_false (is_ready (fixture));
  g_assert_true (adw_expander_row_get_expanded (find_in (fixture, "format", "expander")));

  gtk_drop_down_set_selected (delimiter, 2);
  ITER_UNTIL (is_ready (fixture));
  g_assert_false (has_failed (fixture));

  gtk_switch_set_active (find_in (fixture, "format", "header"), FALSE);
  ITER_UNTIL (!is_busy (fixture));
  g_assert_cmpstr (get_selected (fixture, "fields", "text"), ==, "Column 1");
}

/* Several questions in a row have one answer, that to the last. */
static void
test_last_question (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = write_stars (fixture, "films.csv", 20000);
  GtkSwitch *tokenized;

  open_dialog (fixture, path, NULL);
  tokenized = find_in (fixture, "fields", "tokenized");
  ITER_UNTIL (is_ready (fixture));
  for (guint i = 0; i < 5; i++)
    {
      gtk_switch_set_active (tokenized, i % 2 == 0);
      ut_ui_test_iterate ();
    }
  g_assert_true (gtk_switch_get_active (tokenized));
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (get_preview (fixture, 0, "text"), ==,
                   "it is film number 0, and worth 1 stars.");
}

static void
test_json (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "a.jsonl",
                                      "{\"text\": \"A fine film.\", \"sentiment\": \"positive\"}\n"
                                      "{\"text\": \"A bad film.\", \"sentiment\": \"negative\"}\n"
                                      "{\"text\": \"A dull film.\", \"sentiment\": \"negative\"}\n"
                                      "{\"text\": 7}\n");

  open_dialog (fixture, path, NULL);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (get_selected (fixture, "format", "form"), ==, "JSON lines");
  g_assert_false (gtk_widget_get_visible (find_in (fixture, "format", "delimiter_row")));
  g_assert_cmpstr (get_selected (fixture, "fields", "text"), ==, "text");
  g_assert_cmpstr (get_selected (fixture, "fields", "label"), ==, "sentiment");
  g_assert_true (gtk_widget_get_visible (find (fixture, "problems")));
  g_assert_cmpstr (adw_preferences_row_get_title (find_in (fixture, "problems", "expander")), ==,
                   "1 of 4 rows cannot be used");
  g_assert_nonnull (strstr (gtk_label_get_label (find_in (fixture, "problems", "text")),
                            "a.jsonl:4: "));
  g_assert_cmpstr (label (fixture, "status_label"), ==,
                   "1 positive, 2 negative, 1 cannot be used");
}

static void
test_pair (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *negative = write_file (fixture, "rt.neg", "a dull film\na bad film\nboring\n");
  g_autofree char *positive = write_file (fixture, "rt.pos", "a fine film\na good film\n");

  g_test_summary ("One file of a pair brings the other one; both at once are the same.");
  open_dialog (fixture, positive, NULL);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (label (fixture, "status_label"), ==, "2 positive, 3 negative");
  g_assert_false (gtk_widget_get_visible (find_in (fixture, "format", "form_row")));
  g_assert_false (gtk_widget_get_visible (find_in (fixture, "fields", "text_row")));
  g_assert_false (gtk_widget_get_visible (find_in (fixture, "parts", "dev_row")));
  close_dialog (fixture);

  open_dialog (fixture, negative, positive);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (label (fixture, "status_label"), ==, "2 positive, 3 negative");
}

static void
test_folder (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const names[] = {
    "set/train/pos/1.txt", "set/train/pos/2.txt", "set/train/neg/1.txt", "set/train/neg/2.txt",
    "set/test/pos/1.txt", "set/test/neg/1.txt",
  };
  g_autofree char *folder = g_build_filename (fixture->folder, "set", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf ("Film %u of them.", (guint) i);
      g_autofree char *path = write_file (fixture, names[i], text);
    }
  open_dialog (fixture, folder, NULL);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (label (fixture, "status_label"), ==, "3 positive, 3 negative");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_in (fixture, "parts", "split")), ==,
                    UT_IMPORT_SPLIT_FILES);
}

static void
test_development_file (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *train = write_file (fixture, "train.csv",
                                       "text,label\nGood.,1\nBad.,0\nDull.,0\n");
  g_autofree char *dev = write_file (fixture, "dev.csv", "text,label\nGood.,1\nBoring.,0\n");
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.csv", NULL);
  UtPathRow *row;

  g_test_summary ("An own development file is read with the rest; a row in both is told of.");
  open_dialog (fixture, train, NULL);
  ITER_UNTIL (is_ready (fixture));
  row = find_in (fixture, "parts", "dev_row");
  ut_path_row_set_path (row, missing);
  ITER_UNTIL (has_failed (fixture));
  g_assert_nonnull (strstr (label (fixture, "error_label"), "missing.csv"));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (row)));

  ut_path_row_set_path (row, dev);
  ITER_UNTIL (is_ready (fixture) && !has_failed (fixture));
  g_assert_cmpuint (gtk_drop_down_get_selected (find_in (fixture, "parts", "split")), ==,
                    UT_IMPORT_SPLIT_FILES);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (find_in (fixture, "parts", "split_row")),
                            "3 to train, 2 to validate"));
  press (fixture, "import_button");
  ITER_UNTIL (fixture->imported != NULL);
  g_assert_cmpuint (count_rows (fixture->imported, UT_DATA_DEV), ==, 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (find (fixture, "stack")), ==, "done");
  g_assert_cmpstr (label (fixture, "warnings_label"), !=, "");
  g_assert_cmpstr (gtk_button_get_label (find (fixture, "cancel_button")), ==, "Close");
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { const char *name; const char *bytes; gssize length; } files[] = {
    { "binary.csv", "\0\1\2\3PNG\0\0\xff\xfe\0", 12 },
    { "empty.csv", "", 0 },
    { "one-column.csv", "text\ngood\nbad\n", -1 },
    { "broken.jsonl", "{\"text\": \n[[[[\n", -1 },
  };
  g_autofree char *missing = g_build_filename (fixture->folder, "not-there.csv", NULL);
  g_autofree char *nothing = g_build_filename (fixture->folder, "nothing", NULL);

  g_test_summary ("What is no data says so in place, by name, and nothing is imported.");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_bytes (fixture, files[i].name, files[i].bytes, files[i].length);

      open_dialog (fixture, path, NULL);
      ITER_UNTIL (has_failed (fixture) && !is_busy (fixture));
      g_test_message ("%s", label (fixture, "error_label"));
      g_assert_nonnull (strstr (label (fixture, "error_label"), files[i].name));
      g_assert_false (is_ready (fixture));
      g_assert_true (gtk_widget_is_sensitive (find_in (fixture, "format", "encoding")));
      close_dialog (fixture);
    }

  open_dialog (fixture, missing, NULL);
  ITER_UNTIL (has_failed (fixture));
  g_assert_nonnull (strstr (label (fixture, "error_label"), "not-there.csv"));
  close_dialog (fixture);

  g_mkdir (nothing, 0700);
  open_dialog (fixture, nothing, NULL);
  ITER_UNTIL (has_failed (fixture));
  g_assert_nonnull (strstr (label (fixture, "error_label"), "nothing"));
  close_dialog (fixture);
  g_assert_cmpuint (count_data_sets (), ==, 0);
}

static void
test_too_many (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path ("a.csv");

  for (guint i = 0; i < 3; i++)
    g_list_store_append (files, file);
  fixture->dialog = g_object_ref (UT_IMPORT_DIALOG (ut_import_dialog_new (NULL,
                                                                          G_LIST_MODEL (files))));
  g_assert_true (has_failed (fixture));
  g_assert_false (is_ready (fixture));
}

/* Closing gives up what is under way, whatever that is; nothing is left behind. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = write_stars (fixture, "films.csv", 100000);

  g_test_summary ("Cancelled while it is read or written, nothing is there afterwards.");
  open_dialog (fixture, path, NULL);
  close_dialog (fixture);

  open_dialog (fixture, path, NULL);
  ITER_UNTIL (g_str_has_prefix (gtk_button_get_label (find (fixture, "import_button")), "Import"));
  /* A machine that is busy with other things may tell of reading only when it is over. */
  ITER_UNTIL (gtk_progress_bar_get_fraction (find (fixture, "progress_bar")) > 0
              || is_ready (fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "window.close", NULL);
  close_dialog (fixture);

  open_dialog (fixture, path, NULL);
  ITER_UNTIL (is_ready (fixture));
  press (fixture, "import_button");
  g_assert_true (is_busy (fixture));
  g_assert_false (gtk_widget_is_sensitive (find (fixture, "title_entry")));
  press (fixture, "cancel_button");
  close_dialog (fixture);
  g_assert_null (fixture->imported);
  /* The worker has nobody left to tell that it has ended. */
  for (guint i = 0; i < 50; i++)
    ut_ui_test_iterate ();
  g_assert_cmpuint (count_data_sets (), ==, 0);
}

static void
test_accessibility (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct { const char *part; const char *id; } named[] = {
    { "format", "form" }, { "format", "encoding" }, { "format", "delimiter" },
    { "format", "quoting" }, { "format", "header" }, { "fields", "text" }, { "fields", "label" },
    { "fields", "unit" }, { "fields", "tokenized" }, { "parts", "split" }, { "parts", "seed" },
  };
  g_autofree char *path = write_stars (fixture, "films.csv", 10);

  open_dialog (fixture, path, NULL);
  ITER_UNTIL (is_ready (fixture));
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    g_assert_true (gtk_test_accessible_has_relation (find_in (fixture, named[i].part, named[i].id),
                                                     GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_true (gtk_test_accessible_has_relation (find (fixture, "title_entry"),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_role (find (fixture, "error_label"), GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_role (find (fixture, "status_label"), GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_test_accessible_assert_property (find (fixture, "progress_bar"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Progress");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)) != NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)),
                                         find (fixture, "title_entry")));
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture       *fixture,
                  gconstpointer  data);
  } tests[] = {
    { "/ui/import-dialog/stars", test_stars },
    { "/ui/import-dialog/mapping", test_mapping },
    { "/ui/import-dialog/format", test_format },
    { "/ui/import-dialog/last-question", test_last_question },
    { "/ui/import-dialog/json", test_json },
    { "/ui/import-dialog/pair", test_pair },
    { "/ui/import-dialog/folder", test_folder },
    { "/ui/import-dialog/development-file", test_development_file },
    { "/ui/import-dialog/hostile", test_hostile },
    { "/ui/import-dialog/too-many", test_too_many },
    { "/ui/import-dialog/cancel", test_cancel },
    { "/ui/import-dialog/accessibility", test_accessibility },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
