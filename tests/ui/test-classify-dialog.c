/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "classify-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <ut-import-fields.h>
#include <ut-import-format.h>

static gpointer
find_in (ClassifyFixture *fixture,
         const char      *part,
         const char      *id)
{
  return classify_fixture_find (classify_fixture_find (fixture->dialog, part), id);
}

static const char *
get_selected (ClassifyFixture *fixture,
              const char      *part,
              const char      *id)
{
  GtkDropDown *drop_down = find_in (fixture, part, id);

  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down));
}

static gboolean
is_ready (ClassifyFixture *fixture)
{
  return gtk_widget_get_sensitive (classify_fixture_find (fixture->dialog, "classify_button"));
}

static const char *
get_error (ClassifyFixture *fixture)
{
  if (!gtk_info_bar_get_revealed (classify_fixture_find (fixture->dialog, "error_bar")))
    return NULL;

  return gtk_label_get_label (classify_fixture_find (fixture->dialog, "error_label"));
}

static gboolean
is_shown (ClassifyFixture *fixture,
          const char      *part,
          const char      *id)
{
  return gtk_widget_get_visible (find_in (fixture, part, id));
}

static void
test_columns (ClassifyFixture *fixture,
              gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 20);

  g_test_summary ("Columns are guessed, a label is not needed, and a sentence is read at once.");
  classify_fixture_open (fixture, path);
  g_assert_null (get_error (fixture));
  g_assert_true (is_ready (fixture));
  g_assert_cmpstr (gtk_label_get_label (classify_fixture_find (fixture->dialog, "run_label")), ==,
                   ut_run_get_name (fixture->run));
  g_assert_cmpstr (get_selected (fixture, "format", "form"), ==, "CSV or TSV");
  g_assert_cmpstr (get_selected (fixture, "fields", "text"), ==, "review");
  g_assert_cmpstr (get_selected (fixture, "fields", "label"), ==, "stars");
  g_assert_cmpstr (get_selected (fixture, "fields", "unit"), ==, "each sentence");

  /* Without labels. */
  gtk_drop_down_set_selected (find_in (fixture, "fields", "label"), 0);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (get_selected (fixture, "fields", "label"), ==, "none");
  g_assert_cmpstr (get_selected (fixture, "fields", "text"), ==, "review");

  /* What is cut into words already is not cut into sentences. */
  g_assert_true (gtk_widget_get_sensitive (find_in (fixture, "fields", "unit")));
  gtk_switch_set_active (find_in (fixture, "fields", "tokenized"), TRUE);
  ITER_UNTIL (is_ready (fixture));
  g_assert_false (gtk_widget_is_sensitive (find_in (fixture, "fields", "unit")));
}

static void
test_lines (ClassifyFixture *fixture,
            gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write (fixture, "films.txt",
                                                  "A good film.\nA bad one.\n", -1);

  g_test_summary ("A text a line has no columns; the file can be one text, or columns after all.");
  classify_fixture_open (fixture, path);
  g_assert_cmpstr (get_selected (fixture, "format", "form"), ==, "One text a line");
  g_assert_false (is_shown (fixture, "fields", "text_row"));
  g_assert_false (is_shown (fixture, "fields", "label_row"));
  g_assert_true (is_shown (fixture, "fields", "unit_row"));

  gtk_drop_down_set_selected (find_in (fixture, "format", "form"), 3);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (get_selected (fixture, "format", "form"), ==, "One text, the whole file");
  gtk_drop_down_set_selected (find_in (fixture, "format", "form"), 0);
  ITER_UNTIL (is_ready (fixture));
  g_assert_cmpstr (get_selected (fixture, "format", "form"), ==, "CSV or TSV");
}

static void
test_hostile (ClassifyFixture *fixture,
              gconstpointer    data)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    gssize length;
    const char *message;
  } files[] = {
    { "empty.csv", "", 0, "empty.csv" },
    { "binary.csv", "a\0b\0\1\2\3\0\0", 9, "binary.csv" },
    { "array.jsonl", "[{\"text\": \"good\"}]\n", -1, "array.jsonl" },
    { "missing.csv", NULL, 0, "missing.csv" },
  };

  g_test_summary ("A file that cannot be read is named, with the reason, and nothing can be "
                  "asked.");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = classify_fixture_write (fixture, files[i].name,
                                                      files[i].bytes != NULL ? files[i].bytes : "",
                                                      files[i].length);

      if (files[i].bytes == NULL)
        g_remove (path);
      classify_fixture_open (fixture, path);
      g_test_message ("%s", get_error (fixture));
      g_assert_nonnull (get_error (fixture));
      g_assert_nonnull (strstr (get_error (fixture), files[i].message));
      g_assert_false (is_ready (fixture));
      classify_fixture_close (fixture);
    }

  /* A folder. */
  classify_fixture_open (fixture, fixture->folder);
  g_assert_nonnull (get_error (fixture));
  g_assert_false (is_ready (fixture));
}

static void
test_closed (ClassifyFixture *fixture,
             gconstpointer    data)
{
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 20);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_test_summary ("A dialog that is closed before it knows anything leaves nothing behind.");
  fixture->dialog = g_object_ref (UT_CLASSIFY_DIALOG (ut_classify_dialog_new (NULL, fixture->run,
                                                                              file)));
  gtk_window_present (GTK_WINDOW (fixture->dialog));
  classify_fixture_close (fixture);
}

static void
test_accessibility (ClassifyFixture *fixture,
                    gconstpointer    data)
{
  static const struct { const char *part; const char *id; } named[] = {
    { "format", "form" }, { "format", "encoding" }, { "format", "delimiter" },
    { "format", "quoting" }, { "format", "header" }, { "fields", "text" }, { "fields", "label" },
    { "fields", "unit" }, { "fields", "tokenized" },
  };
  g_autofree char *path = classify_fixture_write_stars (fixture, "films.csv", 10);

  classify_fixture_open (fixture, path);
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    g_assert_true (gtk_test_accessible_has_relation (find_in (fixture, named[i].part, named[i].id),
                                                     GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_role (classify_fixture_find (fixture->dialog, "error_label"),
                                   GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_role (classify_fixture_find (fixture->dialog, "status_label"),
                                   GTK_ACCESSIBLE_ROLE_STATUS);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)));
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
    { "/ui/classify-dialog/columns", test_columns },
    { "/ui/classify-dialog/lines", test_lines },
    { "/ui/classify-dialog/hostile", test_hostile },
    { "/ui/classify-dialog/closed", test_closed },
    { "/ui/classify-dialog/accessibility", test_accessibility },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ClassifyFixture, NULL, classify_fixture_set_up, tests[i].test,
                classify_fixture_tear_down);

  return g_test_run ();
}
