/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <string.h>

/* What ut_classify() tells of a file. */
typedef struct
{
  GString *text;
  GArray *rows;     /* (element-type UtClassifiedRow): without texts */
  GPtrArray *texts; /* (element-type utf8) */
} Told;

static gboolean
write_cb (const char  *text,
          gsize        length,
          gpointer     data,
          GError     **error)
{
  g_string_append_len (((Told *) data)->text, text, (gssize) length);
  return TRUE;
}

static void
take_cb (const UtClassifiedRow *rows,
         gsize                  n_rows,
         gpointer               data)
{
  Told *told = data;

  for (gsize i = 0; i < n_rows; i++)
    {
      UtClassifiedRow row = rows[i];

      g_ptr_array_add (told->texts, g_strndup (row.text, row.length));
      row.text = NULL;
      g_array_append_val (told->rows, row);
    }
}

static void
told_init (Told *told)
{
  *told = (Told) {
    .text = g_string_new (NULL),
    .rows = g_array_new (FALSE, FALSE, sizeof (UtClassifiedRow)),
    .texts = g_ptr_array_new_with_free_func (g_free),
  };
}

static void
told_clear (Told *told)
{
  g_string_free (told->text, TRUE);
  g_array_unref (told->rows);
  g_ptr_array_unref (told->texts);
}

static const UtClassifiedRow *
get_told (const Told *told,
          guint       row)
{
  return &g_array_index (told->rows, UtClassifiedRow, row);
}

static UtModel *
train (Fixture *fixture)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 2);

  return fixture_train (fixture, config, "model");
}

static UtImportGuess *
guess_file (Fixture    *fixture,
            const char *name,
            const char *contents)
{
  g_autofree char *path = fixture_write (fixture, name, contents, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtImportGuess *guess = ut_import_guess_texts (file, NULL, UT_IMPORT_FIXED_NONE, NULL, &error);

  g_assert_no_error (error);
  return guess;
}

/* Rows for several batches, in quotes where they must, with four labels and some without. */
static char *
make_rows (guint n)
{
  static const char * const words[] = { "good", "bad", "film", "the", "zebra", "plot", "“so”" };
  static const char * const stars[] = { "1", "2", "4", "5", "" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  GString *rows = g_string_new ("note,stars,review\n");

  for (guint i = 0; i < n; i++)
    {
      g_string_append (rows, i % 7 == 0 ? "\"a, \"\"b\"\"\"," : ",");
      g_string_append_printf (rows, "%s,\"", stars[g_rand_int_range (rand, 0, 5)]);
      for (int j = g_rand_int_range (rand, 1, 40); j > 0; j--)
        g_string_append_printf (rows, "%s%s", words[g_rand_int_range (rand, 0, 7)],
                                j == 20 ? ",\n \"\"The\"\" " : " ");
      g_string_append (rows, "\"\n");
    }

  return g_string_free (rows, FALSE);
}

static void
progress_cb (double   fraction,
             guint64  n_rows,
             gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (n_rows, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = n_rows;
}

static UtClassifiedRows *
classify (UtModel       *model,
          UtImportGuess *guess,
          Told          *told)
{
  static const UtClassifyFuncs funcs = { write_cb, take_cb, NULL };
  const UtClassifyOptions options = { .form = UT_ROWS_CSV };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtClassification) classification =
    ut_classify (model, guess, &options, NULL, &funcs, told, NULL, &error);
  guint64 n_rows = 0;
  UtClassifiedRows *rows = ut_classified_rows_new (model, guess, &options, progress_cb, &n_rows,
                                                   NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, told->rows->len);
  g_assert_cmpuint (ut_classified_rows_get_n_rows (rows), ==, told->rows->len);
  g_assert_cmpuint (ut_classification_get_n_positive (ut_classified_rows_get_classification (rows)),
                    ==, ut_classification_get_n_positive (classification));

  return rows;
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture);
  g_autofree char *contents = make_rows (5000);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "many.csv", contents);
  Told told;

  g_test_summary ("Each row is what was told of it, and as it was written.");

  told_init (&told);

  g_autoptr (UtClassifiedRows) rows = classify (model, guess, &told);
  g_autofree char *header = ut_classified_rows_dup_header (rows);
  gsize at = strlen (header);

  g_assert_cmpuint (told.rows->len, ==, 5000);
  g_assert_true (g_str_has_prefix (told.text->str, header));
  g_assert_cmpstr (header, ==, "note,stars,review,label,probability,n_words,n_unknown\n");
  for (guint i = 0; i < told.rows->len; i++)
    {
      const UtClassifiedRow *expected = get_told (&told, i);
      g_autofree char *record = ut_classified_rows_dup_record (rows, i);
      g_autofree char *text = ut_classified_rows_dup_text (rows, i, G_MAXSIZE);
      UtClassifiedRow row;

      g_assert_true (ut_classified_rows_get (rows, i, &row));
      g_assert_cmpuint (row.line, ==, expected->line);
      g_assert_cmpfloat (row.probability, ==, expected->probability);
      g_assert_cmpint (row.positive, ==, expected->positive);
      g_assert_cmpuint (row.n_words, ==, expected->n_words);
      g_assert_cmpuint (row.n_unknown, ==, expected->n_unknown);
      g_assert_cmpuint (row.label, ==, expected->label);
      g_assert_cmpstr (text, ==, g_ptr_array_index (told.texts, i));
      g_assert_cmpuint (strlen (record), ==, expected->n_written);
      g_assert_cmpmem (record, strlen (record), told.text->str + at, expected->n_written);
      at += expected->n_written;
    }
  g_assert_cmpuint (at, ==, told.text->len);
  told_clear (&told);
}

static void
test_labels (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture);
  g_autofree char *contents = make_rows (5000);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "many.csv", contents);
  gsize counts[UT_IMPORT_MAX_LABELS] = { 0 };
  guint n_labels;
  gsize n_without = 0;
  Told told;

  g_test_summary ("The rows of each label are as many as its count says.");

  told_init (&told);

  g_autoptr (UtClassifiedRows) rows = classify (model, guess, &told);
  const UtImportLabel *labels
    = ut_classification_get_labels (ut_classified_rows_get_classification (rows), &n_labels);

  g_assert_cmpuint (n_labels, ==, 4);
  for (guint i = 0; i < told.rows->len; i++)
    {
      UtClassifiedRow row;

      ut_classified_rows_get (rows, i, &row);
      if (row.label == UT_CLASSIFIED_NO_LABEL)
        {
          n_without++;
          continue;
        }

      g_autofree char *record = ut_classified_rows_dup_record (rows, i);
      g_autofree char *field = g_strdup_printf (",%s,", labels[row.label].value);

      g_assert_nonnull (strstr (record, field));
      counts[row.label]++;
    }
  for (guint i = 0; i < n_labels; i++)
    g_assert_cmpuint (counts[i], ==, labels[i].count);
  g_assert_cmpuint (n_without, >, 0);
  told_clear (&told);
}

static gboolean
accept_positive (const UtClassifiedRow *row,
                 gconstpointer          data)
{
  return row->positive == *(const gboolean *) data;
}

static float
get_length (const UtClassifiedRow *row)
{
  return (float) row->n_words;
}

static void
check_found (const Told *told,
             guint32    *found,
             gsize       n_found,
             int         positive,
             int         direction)
{
  gsize n_expected = 0;

  for (guint i = 0; i < told->rows->len; i++)
    n_expected += positive < 0 || get_told (told, i)->positive == positive;
  g_assert_nonnull (found);
  g_assert_cmpuint (n_found, ==, n_expected);
  for (gsize i = 0; i < n_found; i++)
    {
      const UtClassifiedRow *row = get_told (told, found[i]);

      g_assert_true (positive < 0 || row->positive == positive);
      if (i == 0)
        continue;

      const UtClassifiedRow *before = get_told (told, found[i - 1]);

      if (direction == 0 || row->n_words == before->n_words)
        g_assert_cmpuint (found[i], >, found[i - 1]);
      else
        g_assert_cmpint (row->n_words > before->n_words ? 1 : -1, ==, direction);
    }
}

static void
test_find (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture);
  g_autofree char *contents = make_rows (5000);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "many.csv", contents);
  Told told;

  g_test_summary ("Rows are found as one by one, and come in the order that was wanted.");

  told_init (&told);

  g_autoptr (UtClassifiedRows) rows = classify (model, guess, &told);

  for (int positive = -1; positive < 2; positive++)
    for (int direction = -1; direction < 2; direction++)
      {
        const UtClassifiedQuery query = {
          .accept = positive >= 0 ? accept_positive : NULL,
          .key = direction != 0 ? get_length : NULL,
          .descending = direction < 0,
          .data = &positive,
        };
        g_autoptr (GError) error = NULL;
        gsize n_found;
        g_autofree guint32 *found = ut_classified_rows_find (rows, &query, NULL, &n_found, &error);

        g_assert_no_error (error);
        check_found (&told, found, n_found, positive, direction);
      }

  const gboolean neither = 2;
  const UtClassifiedQuery query = { .accept = accept_positive, .data = &neither };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gsize n_found;
  g_autofree guint32 *none = ut_classified_rows_find (rows, &query, NULL, &n_found, &error);

  g_assert_no_error (error);
  g_assert_nonnull (none);
  g_assert_cmpuint (n_found, ==, 0);
  g_cancellable_cancel (cancelled);
  g_assert_null (ut_classified_rows_find (rows, &query, cancelled, &n_found, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  told_clear (&told);
}

static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  static const char contents[] =
    "note,text\n"
    "x,\"good \"\"good\"\", é film\"\n"
    "\"long, long\",bad film\n";
  static const char whole[] = "good \"good\", é film";
  g_autoptr (UtModel) model = train (fixture);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "cut.csv", contents);
  Told told;

  g_test_summary ("A text of which only a part is looked at begins like the whole, wherever it is "
                  "cut.");

  told_init (&told);

  g_autoptr (UtClassifiedRows) rows = classify (model, guess, &told);

  for (gsize length = 0; length < 80; length++)
    {
      g_autofree char *first = ut_classified_rows_dup_text (rows, 0, length);
      g_autofree char *second = ut_classified_rows_dup_text (rows, 1, length);
      /* Half a character becomes a sign for that. */
      const char *half = strstr (first, "\xef\xbf\xbd");

      g_assert_true (g_utf8_validate (first, -1, NULL));
      g_assert_true (strncmp (first, whole, half != NULL ? (gsize) (half - first)
                                                         : strlen (first)) == 0);
      g_assert_true (g_str_has_prefix ("bad film", second));
      if (length >= 60)
        g_assert_cmpstr (first, ==, whole);
    }
  told_clear (&told);
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture);
  g_autofree char *contents = make_rows (5000);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "many.csv", contents);
  g_autofree char *path = fixture_write (fixture, "out.csv", "precious", -1);
  g_autofree char *missing_path = fixture_path (fixture, "missing/out.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path (missing_path);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = NULL;
  gsize length;
  Told told;

  g_test_summary ("What is saved has the bytes that were told; without success nothing changes.");

  told_init (&told);

  g_autoptr (UtClassifiedRows) rows = classify (model, guess, &told);

  g_cancellable_cancel (cancelled);
  g_assert_false (ut_classified_rows_save (rows, file, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_file_get_contents (path, &saved, NULL, NULL);
  g_assert_cmpstr (saved, ==, "precious");
  g_clear_pointer (&saved, g_free);

  g_assert_false (ut_classified_rows_save (rows, missing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "missing/out.csv"));
  g_clear_error (&error);

  g_assert_true (ut_classified_rows_save (rows, file, NULL, &error));
  g_assert_no_error (error);
  g_file_get_contents (path, &saved, &length, NULL);
  g_assert_cmpmem (saved, length, told.text->str, told.text->len);
  told_clear (&told);
}

static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "a.txt", "good film\n");
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "undertone", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Where the rows cannot lie, that place is named.");

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  g_file_delete (file, NULL, NULL);
  g_assert_true (g_file_set_contents (path, "in the way", -1, &error));
  g_assert_null (ut_classified_rows_new (model, guess, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture);
  g_autoptr (UtImportGuess) guess = guess_file (fixture, "gone.txt", "good film\n");
  g_autofree char *path = fixture_path (fixture, "gone.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_test_summary ("A file that has vanished since it was looked at is named; nothing is left "
                  "behind.");

  g_cancellable_cancel (cancelled);
  g_assert_null (ut_classified_rows_new (model, guess, NULL, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_null (ut_classified_rows_new (model, guess, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "gone.txt"));

  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "undertone", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "rows."));
}

static void
add (const char *path,
     void      (*function) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/classified-rows/rows", test_rows);
  add ("/classified-rows/labels", test_labels);
  add ("/classified-rows/find", test_find);
  add ("/classified-rows/cut", test_cut);
  add ("/classified-rows/save", test_save);
  add ("/classified-rows/no-room", test_no_room);
  add ("/classified-rows/refused", test_refused);

  return g_test_run ();
}
