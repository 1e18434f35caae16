/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "import-fixture.h"

#include <string.h>

static UtImportGuess *
guess (Fixture       *self,
       const char    *name,
       const char    *contents,
       UtImportForm   form,
       gboolean       form_fixed,
       GError       **error)
{
  g_autoptr (GFile) file = fixture_write (self, name, contents, -1);
  UtImportOptions options = UT_IMPORT_OPTIONS_INIT;

  options.form = form;
  return ut_import_guess_texts (file, &options,
                                form_fixed ? UT_IMPORT_FIXED_FORM : UT_IMPORT_FIXED_NONE, NULL,
                                error);
}

/* Fails the test unless the file is read as @columns, with commas between them; a label is marked
 * by a star. */
static void
assert_guess (Fixture      *self,
              const char   *name,
              const char   *contents,
              UtImportForm  form,
              const char   *columns,
              gboolean      header)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) found = guess (self, name, contents, 0, FALSE, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);

  const UtImportOptions *options = ut_import_guess_get_options (found);

  for (guint i = 0; i < ut_import_guess_get_n_columns (found); i++)
    g_string_append_printf (names, "%s%s%s%s", i > 0 ? "," : "",
                            ut_import_guess_get_column (found, i),
                            i == options->text_column ? "!" : "",
                            i == options->label_column ? "*" : "");
  g_assert_cmpstr (names->str, ==, columns);
  g_assert_cmpint (options->form, ==, form);
  g_assert_cmpint (options->header, ==, header);
}

static void
test_forms (Fixture       *self,
            gconstpointer  unused)
{
  g_test_summary ("The name tells first what a file is, then its header and tabs; never commas.");

  assert_guess (self, "a.txt", "Good, indeed.\nBad, indeed.\n", UT_IMPORT_LINES, "text!", FALSE);
  assert_guess (self, "b", "Good, indeed.\nBad, indeed.\n", UT_IMPORT_LINES, "text!", FALSE);
  assert_guess (self, "c", "Good.\n", UT_IMPORT_LINES, "text!", FALSE);
  assert_guess (self, "d.txt", "text\tlabel\nGood.\t1\n", UT_IMPORT_LINES, "text!", FALSE);
  assert_guess (self, "e", "id,review\n1,Good film.\n2,Bad film.\n", UT_IMPORT_DELIMITED,
                "id,review!", TRUE);
  assert_guess (self, "f.csv", "review\n\"Good, indeed.\"\nBad.\n", UT_IMPORT_DELIMITED, "review!",
                TRUE);
  assert_guess (self, "g.csv", "Good film,pos\nBad film,neg\nGood one,pos\nPoor one,neg\n",
                UT_IMPORT_DELIMITED, "Column 1!,Column 2*", FALSE);
  assert_guess (self, "h", "One good film.\t7\nOne bad film.\t8\n", UT_IMPORT_DELIMITED,
                "Column 1!,Column 2", FALSE);
  assert_guess (self, "i.tsv", "sentence\tlabel\ngood\t1\nbad\t0\n", UT_IMPORT_DELIMITED,
                "sentence!,label*", TRUE);
  assert_guess (self, "j", "{\"text\":\"Good.\",\"n\":3}\n{\"text\":\"Bad.\"}\n",
                UT_IMPORT_JSON_LINES, "text!,n", FALSE);
  assert_guess (self, "k.jsonl", "{\"review\":\"Good.\"}\n", UT_IMPORT_JSON_LINES, "review!",
                FALSE);
}

static void
test_whole (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) found = guess (self, "a.csv", "Good, indeed.\n\nBad.\n",
                                           UT_IMPORT_WHOLE, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ut_import_guess_get_options (found)->form, ==, UT_IMPORT_WHOLE);
  g_assert_cmpuint (ut_import_guess_get_options (found)->label_column, ==, UT_IMPORT_NO_COLUMN);
  g_assert_cmpuint (ut_import_guess_get_n_rows (found), ==, 1);
  g_assert_cmpstr (ut_import_guess_get_fields (found, 0)[0], ==, "Good, indeed.\n\nBad.\n");
}

static void
assert_refused (Fixture    *self,
                const char *name,
                const char *contents,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) found = guess (self, name, contents, 0, FALSE, &error);

  g_assert_null (found);
  g_assert_nonnull (error);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” does not say “%s”", error->message, message);
}

static void
test_refused (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->path);
  g_autoptr (GError) error = NULL;

  assert_refused (self, "a.csv", "", "empty");
  assert_refused (self, "b.csv", "text,label\n", "Nothing follows the header");
  assert_refused (self, "c.json", "[{\"text\":\"Good.\"}]\n", "JSON lines");

  g_assert_null (ut_import_guess_texts (folder, NULL, UT_IMPORT_FIXED_NONE, NULL, &error));
  g_assert_nonnull (strstr (error->message, "This is a folder"));
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/texts/forms", test_forms);
  ADD ("/texts/whole", test_whole);
  ADD ("/texts/refused", test_refused);

  return g_test_run ();
}
