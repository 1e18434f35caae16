/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "text-fixture.h"
#include "ut-dataset.h"

#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "sentence\tlabel\n"

static UtDataset *
read_text (TextFixture *fixture,
           const char  *text)
{
  g_autoptr (GError) error = NULL;
  GFile *file = text_fixture_write (fixture, "data.tsv", text, strlen (text));
  UtDataset *dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (dataset);

  return dataset;
}

static void
assert_sentence (const UtDataset *dataset,
                 gsize            row,
                 const char      *sentence)
{
  g_autofree char *actual = ut_dataset_dup_sentence (dataset, row);

  g_assert_cmpstr (actual, ==, sentence);
}

static void
test_small (TextFixture   *fixture,
            gconstpointer  unused)
{
  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER
                                             "a Good film  \t1\n"
                                             " not   a good Film\t0\n"
                                             "Éclair\t1");
  const gsize offsets[] = { 0, 3, 7, 8 };
  const guint8 labels[] = { 1, 0, 1 };

  g_assert_cmpuint (ut_dataset_get_n_rows (dataset), ==, 3);
  g_assert_cmpuint (ut_dataset_get_n_positive (dataset), ==, 2);
  g_assert_cmpuint (ut_dataset_get_n_words (dataset), ==, 5);
  g_assert_cmpuint (ut_dataset_get_n_tokens (dataset), ==, 8);
  g_assert_cmpuint (ut_dataset_get_max_length (dataset), ==, 4);
  g_assert_cmpuint (ut_dataset_get_label (dataset, 0), ==, 1);
  g_assert_cmpuint (ut_dataset_get_label (dataset, 1), ==, 0);
  g_assert_cmpmem (ut_dataset_get_labels (dataset), 3, labels, sizeof labels);
  g_assert_cmpmem (ut_dataset_get_offsets (dataset), 4 * sizeof (gsize), offsets, sizeof offsets);
  assert_sentence (dataset, 0, "a good film");
  assert_sentence (dataset, 1, "not a good film");
  assert_sentence (dataset, 2, "éclair");
}

static void
test_forms (TextFixture   *fixture,
            gconstpointer  unused)
{
  g_test_summary ("CR LF, a byte order mark and a missing last line end change nothing");

  static const char * const forms[] = {
    HEADER "a film\t1\nbad\t0\n",
    HEADER "a film\t1\nbad\t0",
    "sentence\tlabel\r\na film\t1\r\nbad\t0\r\n",
    "\xef\xbb\xbf" HEADER "a film\t1\nbad\t0\n",
    HEADER "A  Film   \t1\n bad\t0\n",
  };
  g_autofree char *hash = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (UtDataset) dataset = read_text (fixture, forms[i]);

      g_assert_cmpuint (ut_dataset_get_n_rows (dataset), ==, 2);
      assert_sentence (dataset, 0, "a film");
      assert_sentence (dataset, 1, "bad");
      if (hash == NULL)
        hash = g_strdup (ut_dataset_get_hash (dataset));
      g_assert_cmpstr (ut_dataset_get_hash (dataset), ==, hash);
    }

  /* printf '1\ta film\n0\tbad\n' | sha256sum: stored in model files, so it must stay what it is. */
  g_assert_cmpstr (hash, ==, "4ecf3cc038e72b91fdec2b114501d4226d415ce5defbc835904cac75e424bf33");
}

static void
test_lower_case (TextFixture   *fixture,
                 gconstpointer  unused)
{
  g_test_summary ("Lower case goes by code point, under whatever locale");

  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER "IT IS ÀÉÎ ΣΊΣΥΦΟΣ İ K\t1\n");

  assert_sentence (dataset, 0, "it is àéî σίσυφοσ i k");
}

static void
test_subset (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER "a b\t1\nc a\t0\nd e f\t1\n");
  const guint32 rows[] = { 2, 1, 1 };
  const guint32 all[] = { 0, 1, 2 };
  g_autoptr (UtDataset) subset = ut_dataset_subset (dataset, rows, G_N_ELEMENTS (rows));
  g_autoptr (UtDataset) same = ut_dataset_subset (dataset, all, G_N_ELEMENTS (all));
  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (subset);

  g_assert_cmpuint (ut_dataset_get_n_rows (subset), ==, 3);
  g_assert_cmpuint (ut_dataset_get_n_positive (subset), ==, 1);
  g_assert_cmpuint (ut_dataset_get_n_words (subset), ==, 5);
  g_assert_cmpuint (ut_dataset_get_n_tokens (subset), ==, 7);
  g_assert_cmpuint (ut_dataset_get_max_length (subset), ==, 3);
  assert_sentence (subset, 0, "d e f");
  assert_sentence (subset, 2, "c a");
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "d"), ==, 2);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "b"), ==, UT_VOCABULARY_UNKNOWN);
  g_assert_cmpstr (ut_dataset_get_hash (same), ==, ut_dataset_get_hash (dataset));
  g_assert_cmpstr (ut_dataset_get_hash (subset), !=, ut_dataset_get_hash (dataset));
}

static void
test_encode (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER "a [unk] b\t1\nb [pad] a\t0\n");
  g_autoptr (UtVocabulary) own = ut_dataset_make_vocabulary (dataset);
  const char * const words[] = { "[pad]", "[unk]", "b" };
  g_autoptr (UtVocabulary) other = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  const guint32 own_ids[] = { 2, 1, 3, 3, 1, 2 };
  const guint32 other_ids[] = { 1, 1, 2, 2, 1, 1 };
  gsize n_unknown = 0;
  g_autofree guint32 *ids = ut_dataset_encode (dataset, own, &n_unknown);

  /* "[pad]" and "[unk]" in a text are unknown words, not the two ids that mean something else. */
  g_assert_cmpuint (ut_vocabulary_get_size (own), ==, 4);
  g_assert_cmpmem (ids, sizeof own_ids, own_ids, sizeof own_ids);
  g_assert_cmpuint (n_unknown, ==, 2);

  g_free (ids);
  ids = ut_dataset_encode (dataset, other, &n_unknown);
  g_assert_cmpmem (ids, sizeof other_ids, other_ids, sizeof other_ids);
  g_assert_cmpuint (n_unknown, ==, 4);
}

static void
test_encode_open_vocabulary (TextFixture   *fixture,
                             gconstpointer  unused)
{
  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER
                                             "a [unk] b\t1\nc b a\t0\n[pad] c d\t0\n");
  g_autoptr (UtVocabulary) own = ut_dataset_make_vocabulary (dataset);
  const char * const words[] = { "[pad]", "[unk]", "d", "b" };
  g_autoptr (UtVocabulary) other = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  const guint32 own_ids[] = { 2, 6, 3, 4, 3, 2, 7, 4, 5 };
  const guint32 other_ids[] = { 4, 5, 3, 6, 3, 4, 7, 6, 2 };
  const char * const other_words[] = { "a", "[unk]", "c", "[pad]" };
  g_autoptr (GPtrArray) extra_words = NULL;
  gsize n_unknown = 0;
  g_autofree guint32 *ids = ut_dataset_encode_open_vocabulary (dataset, own, &n_unknown,
                                                               &extra_words);

  g_assert_cmpmem (ids, ut_dataset_get_n_tokens (dataset) * sizeof *ids, own_ids, sizeof own_ids);
  g_assert_cmpuint (n_unknown, ==, 2);
  g_assert_cmpuint (extra_words->len, ==, 2);

  g_free (ids);
  g_clear_pointer (&extra_words, g_ptr_array_unref);
  ids = ut_dataset_encode_open_vocabulary (dataset, other, &n_unknown, &extra_words);
  g_assert_cmpmem (ids, ut_dataset_get_n_tokens (dataset) * sizeof *ids, other_ids,
                   sizeof other_ids);
  g_assert_cmpuint (n_unknown, ==, 6);
  g_assert_cmpuint (extra_words->len, ==, G_N_ELEMENTS (other_words));
  for (guint k = 0; k < extra_words->len; k++)
    g_assert_cmpstr (extra_words->pdata[k], ==, other_words[k]);
}

static const struct
{
  const char *name;
  const char *text;
  gsize length; /* 0: up to the NUL */
  UtTextError code;
  guint line;
  const char *fragment;
} bad_files[] = {
  { "empty", "", 0, UT_TEXT_ERROR_EMPTY, 1, "sentence<TAB>label" },
  { "header-only", HEADER, 0, UT_TEXT_ERROR_EMPTY, 1, "Nothing follows" },
  { "no-header", "a film\t1\n", 0, UT_TEXT_ERROR_ROW, 1, "“a film�1”" },
  { "blank-header", "\n", 0, UT_TEXT_ERROR_ROW, 1, "sentence<TAB>label" },
  { "no-tab", HEADER "a\t1\nb 1\n", 0, UT_TEXT_ERROR_ROW, 3, "no tab" },
  { "empty-line", HEADER "a\t1\n\nb\t1\n", 0, UT_TEXT_ERROR_ROW, 3, "empty" },
  { "third-column", HEADER "a\t1\t1\n", 0, UT_TEXT_ERROR_ROW, 2, "two columns" },
  { "label-2", HEADER "a\t2\n", 0, UT_TEXT_ERROR_ROW, 2, "“2”; 0 or 1" },
  { "label-01", HEADER "a\t01\n", 0, UT_TEXT_ERROR_ROW, 2, "“01”; 0 or 1" },
  { "label-space", HEADER "a\t1 \n", 0, UT_TEXT_ERROR_ROW, 2, "“1 ”; 0 or 1" },
  { "label-long", HEADER "a\t0123456789012345678901234567890123456789x\n", 0, UT_TEXT_ERROR_ROW, 2,
    "6789…”" },
  { "no-label", HEADER "a\t\n", 0, UT_TEXT_ERROR_ROW, 2, "label is missing" },
  { "blank", HEADER "a\t1\n   \t0\n", 0, UT_TEXT_ERROR_ROW, 3, "blank" },
  { "no-sentence", HEADER "\t0\n", 0, UT_TEXT_ERROR_ROW, 2, "blank" },
  { "latin-1", HEADER "a\t1\nclich\xe9s\t0\n", 0, UT_TEXT_ERROR_ENCODING, 3,
    "Byte 6 of the line, 0xE9" },
  { "cut-utf-8", HEADER "a\t1\nclich\xc3", 0, UT_TEXT_ERROR_ENCODING, 3, "UTF-8" },
  { "surrogate", HEADER "\xed\xa0\x80\t1\n", 0, UT_TEXT_ERROR_ENCODING, 2, "UTF-8" },
  { "utf-16", "\xff\xfes\0e\0", 6, UT_TEXT_ERROR_ENCODING, 1, "NUL" },
  { "nul", HEADER "a\0b\t1\n", sizeof HEADER + 5, UT_TEXT_ERROR_ENCODING, 2,
    "Byte 2 of the line is NUL" },
};

static void
test_bad (TextFixture   *fixture,
          gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length = bad_files[i].length != 0 ? bad_files[i].length : strlen (bad_files[i].text);
      GFile *file = text_fixture_write (fixture, bad_files[i].name, bad_files[i].text, length);

      g_assert_null (ut_dataset_read (file, NULL, NULL, NULL, &error));
      text_assert_error (error, UT_TEXT_ERROR, bad_files[i].code, bad_files[i].name,
                         bad_files[i].line, bad_files[i].fragment);
    }
}

static void
assert_words_accepted (TextFixture *fixture,
                       gsize        n_words,
                       gsize        n_letters,
                       const char  *fragment)
{
  g_autoptr (GString) text = g_string_new (HEADER "a\t1\n");
  g_autofree char *word = g_strnfill (n_letters, 'w');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s ", word);
  g_string_append (text, "\t1\r\n");

  GFile *file = text_fixture_write (fixture, "long", text->str, text->len);
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  if (fragment == NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (ut_dataset_get_max_length (dataset), ==, n_words);
    }
  else
    {
      g_assert_null (dataset);
      text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE, "long", 3, fragment);
    }
}

static void
test_sizes (TextFixture   *fixture,
            gconstpointer  unused)
{
  assert_words_accepted (fixture, UT_DATASET_MAX_TOKENS, 2, NULL);
  assert_words_accepted (fixture, UT_DATASET_MAX_TOKENS + 1, 2, "4096 words");
  /* With space, tab and label exactly the longest line, and one byte more. */
  assert_words_accepted (fixture, 1, 256 * 1024 - 3, NULL);
  assert_words_accepted (fixture, 1, 256 * 1024 - 2, "262144 bytes");
  assert_words_accepted (fixture, 1, 1024 * 1024, "262144 bytes");
}

static void
test_not_files (TextFixture   *fixture,
                gconstpointer  unused)
{
  g_test_summary ("What is no regular file is refused before it is opened");

  g_autofree char *absent = g_build_filename (fixture->folder, "absent", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *sparse = g_build_filename (fixture->folder, "sparse", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_ptr_array_add (fixture->files, g_file_new_for_path (pipe));

  GFile *large = text_fixture_write (fixture, "sparse", "", 0);
  g_assert_cmpint (truncate (sparse, (G_GINT64_CONSTANT (2) << 30) + 1), ==, 0);

  const struct
  {
    const char *path;
    GQuark domain;
    int code;
    const char *fragment;
  } cases[] = {
    { absent, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such file" },
    { fixture->folder, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "folder" },
    { pipe, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "regular" },
    { "/dev/zero", G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "regular" },
    { g_file_peek_path (large), UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE, "too large" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (cases[i].path);
      g_autoptr (GError) error = NULL;

      g_assert_null (ut_dataset_read (file, NULL, NULL, NULL, &error));
      text_assert_error (error, cases[i].domain, cases[i].code, cases[i].path, 0,
                         cases[i].fragment);
    }
}

typedef struct
{
  double last;
  guint n_calls;
  GCancellable *cancellable; /* (nullable): cancelled at the first call */
} Progress;

static void
progress_cb (double   fraction,
             gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <=, 1);
  progress->last = fraction;
  progress->n_calls++;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress (TextFixture   *fixture,
               gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "word %u\t1\n", i);

  GFile *file = text_fixture_write (fixture, "data.tsv", text->str, text->len);
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, progress_cb, &progress, cancellable,
                                                   &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_dataset_get_n_rows (dataset), ==, 200000);
  g_assert_cmpuint (progress.n_calls, >, 3);
  g_assert_cmpfloat (progress.last, ==, 1);

  progress = (Progress) { .cancellable = cancellable };
  g_assert_null (ut_dataset_read (file, progress_cb, &progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (progress.n_calls, ==, 1);
}

static void
test_write (TextFixture   *fixture,
            gconstpointer  unused)
{
  static const guint32 rows[] = { 3, 0, 3 };
  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER
                                             "a Good\r film  \t1\nx\t0\nX x\t0\n\"İI\" Éclair\t1");
  g_autoptr (UtDataset) subset = ut_dataset_subset (dataset, rows, G_N_ELEMENTS (rows));
  GFile *file = text_fixture_write (fixture, "rows.tsv", "old", 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;

  g_test_summary ("Rows that are written are read as the same rows; a writing that fails leaves "
                  "the file as it was");

  g_cancellable_cancel (cancellable);
  g_assert_false (ut_dataset_write (dataset, rows, G_N_ELEMENTS (rows), file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_file_get_contents (g_file_peek_path (file), &old, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (old, ==, "old");

  g_assert_true (ut_dataset_write (dataset, rows, G_N_ELEMENTS (rows), file, NULL, &error));
  g_assert_no_error (error);

  g_autoptr (UtDataset) written = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ut_dataset_get_hash (written), ==, ut_dataset_get_hash (subset));

  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/rows.tsv");

  g_assert_false (ut_dataset_write (dataset, rows, 1, nowhere, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/rows.tsv"));
}

static void
test_unlisted (TextFixture   *fixture,
               gconstpointer  unused)
{
  g_autoptr (UtDataset) dataset = read_text (fixture, HEADER
                                             "a b\t1\na b\t0\nab\t1\nA  b\t1\nc\t0\n");
  g_autoptr (UtDataset) list = read_text (fixture, HEADER "c\t1\na B \t1\nelsewhere\t0\n");
  gsize n_rows;
  g_autofree guint32 *rows = ut_dataset_find_unlisted (dataset, list, &n_rows);

  g_test_summary ("A row is listed where label and words are the same, however often it occurs");

  g_assert_cmpuint (n_rows, ==, 3);
  g_assert_cmpuint (rows[0], ==, 1);
  g_assert_cmpuint (rows[1], ==, 2);
  g_assert_cmpuint (rows[2], ==, 4);

  g_autofree guint32 *none = ut_dataset_find_unlisted (dataset, dataset, &n_rows);

  g_assert_cmpuint (n_rows, ==, 0);
}

static void
test_sst_2 (void)
{
  g_autoptr (GFile) train_file = text_find_data ("sst-2/train.tsv");
  g_autoptr (GFile) dev_file = text_find_data ("sst-2/dev.tsv");

  if (train_file == NULL || dev_file == NULL)
    return;

  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (UtDataset) train = ut_dataset_read (train_file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (train);
  g_autofree guint32 *ids = ut_dataset_encode (train, vocabulary, NULL);

  g_test_message ("train.tsv read and encoded in %.3f s",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);

  g_autoptr (UtDataset) dev = ut_dataset_read (dev_file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  gsize n_unknown;
  g_autofree guint32 *dev_ids = ut_dataset_encode (dev, vocabulary, &n_unknown);

  g_assert_cmpuint (ut_dataset_get_n_rows (train), ==, 67349);
  g_assert_cmpuint (ut_dataset_get_n_positive (train), ==, 37569);
  g_assert_cmpuint (ut_dataset_get_n_rows (dev), ==, 872);
  g_assert_cmpuint (ut_dataset_get_n_positive (dev), ==, 444);
  g_test_message ("%" G_GSIZE_FORMAT " words, %" G_GSIZE_FORMAT " tokens, longest %" G_GSIZE_FORMAT
                  "; dev: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " unknown",
                  ut_dataset_get_n_words (train), ut_dataset_get_n_tokens (train),
                  ut_dataset_get_max_length (train), n_unknown, ut_dataset_get_n_tokens (dev));
}

#define ADD(path, function) \
  g_test_add (path, TextFixture, NULL, text_fixture_set_up, function, text_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  ADD ("/dataset/small", test_small);
  ADD ("/dataset/forms", test_forms);
  ADD ("/dataset/lower-case", test_lower_case);
  ADD ("/dataset/subset", test_subset);
  ADD ("/dataset/encode", test_encode);
  ADD ("/dataset/encode-open-vocabulary", test_encode_open_vocabulary);
  ADD ("/dataset/write", test_write);
  ADD ("/dataset/unlisted", test_unlisted);
  ADD ("/dataset/bad", test_bad);
  ADD ("/dataset/sizes", test_sizes);
  ADD ("/dataset/not-files", test_not_files);
  ADD ("/dataset/progress", test_progress);
  g_test_add_func ("/dataset/sst-2", test_sst_2);

  return g_test_run ();
}
