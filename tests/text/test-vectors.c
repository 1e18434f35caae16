/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "text-fixture.h"
#include "ut-dataset.h"
#include "ut-text-error.h"
#include "ut-vectors.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static UtVocabulary *
make_vocabulary (void)
{
  const char * const words[] = { "[pad]", "[unk]", "good", "new york", "bad", "...", "10" };

  return ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
}

static UtVectors *
read_text (TextFixture *fixture,
           const char  *text,
           guint        dimension)
{
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GError) error = NULL;
  GFile *file = text_fixture_write (fixture, "vectors", text, strlen (text));
  UtVectors *vectors = ut_vectors_read (file, vocabulary, dimension, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_vectors_read_dimension (file, NULL, &error), ==,
                    ut_vectors_get_dimension (vectors));
  g_assert_no_error (error);

  return vectors;
}

static void
test_small (TextFixture   *fixture,
            gconstpointer  unused)
{
  static const char text[] =
    "good 1 -2.5\n"
    "other 7 7\n"
    "new york 0.5 1e-1\n"
    "good 9 9\n"
    "[pad] 8 8\n"
    "new york 3 4";
  g_autoptr (UtVectors) vectors = read_text (fixture, text, 0);
  const float good[] = { 1, -2.5f };
  const float york[] = { 0.5f, 0.1f };
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_assert_cmpuint (ut_vectors_get_dimension (vectors), ==, 2);
  g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, 2);
  g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 2);
  g_assert_cmpmem (ut_vectors_lookup (vectors, 2), sizeof good, good, sizeof good);
  g_assert_cmpmem (ut_vectors_lookup (vectors, 3), sizeof york, york, sizeof york);
  g_assert_null (ut_vectors_lookup (vectors, UT_VOCABULARY_PAD));
  g_assert_null (ut_vectors_lookup (vectors, UT_VOCABULARY_UNKNOWN));
  g_assert_null (ut_vectors_lookup (vectors, 4));
  /* Of 1, -2.5, 0.5 and 0.1: the sum is -0.9, the sum of squares 7.51. */
  g_assert_cmpfloat_with_epsilon (ut_vectors_get_mean (vectors), -0.225, 1e-8);
  g_assert_cmpfloat_with_epsilon (ut_vectors_get_deviation (vectors),
                                  sqrt (7.51 / 4 - 0.225 * 0.225), 1e-8);
  g_assert_cmpstr (ut_vectors_get_hash (vectors), ==, hash);
}

static void
test_forms (TextFixture   *fixture,
            gconstpointer  unused)
{
  static const struct
  {
    const char *text;
    guint dimension;
  } forms[] = {
    { "good 1 2 3\nbad 4 5 6\n", 0 },
    { "good 1 2 3\nbad 4 5 6\n", 3 },
    { "good 1 2 3\r\nbad 4 5 6\r\n", 0 },
    { "2 3\ngood 1 2 3\nbad 4 5 6", 0 },
    { "400000 3 \ngood 1 2 3 \nbad 4 5 6 \n", 3 },
    { "\xef\xbb\xbfgood +1. 2e0 .3e1\nbad 4 5 6\n", 0 },
    { "good  1 2 3\nbad 4 5 6\n", 0 },
    { ". . . 0 0 0\ngood 1 2 3\nbad 4 5 6\n", 0 },
    { "10 20 30 40\ngood 1 2 3\nbad 4 5 6\n", 0 },
  };
  const float good[] = { 1, 2, 3 };
  const float bad[] = { 4, 5, 6 };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (UtVectors) vectors = read_text (fixture, forms[i].text, forms[i].dimension);

      g_assert_cmpuint (ut_vectors_get_dimension (vectors), ==, 3);
      g_assert_cmpmem (ut_vectors_lookup (vectors, 2), sizeof good, good, sizeof good);
      g_assert_cmpmem (ut_vectors_lookup (vectors, 4), sizeof bad, bad, sizeof bad);
      g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 0);
    }
}

static void
test_other_tools (TextFixture   *fixture,
                  gconstpointer  unused)
{
  g_test_summary ("Files of word2vec and fastText: spaces at line ends, odd words, capitals");

  const char * const words[] = { "[pad]", "[unk]", "</s>", "new\xc2\xa0york", "us", "\x1f", "1" };
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("7 3 \n"
                                           "</s> 0.1 0.2 0.3 \n"
                                           "new\xc2\xa0york 1 2 3 \n"
                                           "US 4 4 4 \n"
                                           "us 5 5 5 \n"
                                           "Us 6 6 6 \n"
                                           "1 8 8 8 \n"
                                           "\x1f 7 7 7 \n");
  GFile *file = text_fixture_write (fixture, "vectors", text->str, text->len);
  g_autoptr (UtVectors) vectors = ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_vectors_get_dimension (vectors), ==, 3);
  g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, 5);
  g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 0);
  g_assert_cmpfloat (ut_vectors_lookup (vectors, 2)[2], ==, 0.3f);
  g_assert_cmpfloat (ut_vectors_lookup (vectors, 3)[0], ==, 1);
  g_assert_cmpfloat (ut_vectors_lookup (vectors, 4)[0], ==, 5);
  g_assert_cmpfloat (ut_vectors_lookup (vectors, 5)[0], ==, 7);
  g_assert_cmpfloat (ut_vectors_lookup (vectors, 6)[0], ==, 8);
}

static void
test_none_found (TextFixture   *fixture,
                 gconstpointer  unused)
{
  g_autoptr (UtVectors) vectors = read_text (fixture, "other 1 2\n", 0);

  g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, 0);
  g_assert_null (ut_vectors_lookup (vectors, 2));
  g_assert_cmpfloat (ut_vectors_get_mean (vectors), ==, 0.0165);
  g_assert_cmpfloat (ut_vectors_get_deviation (vectors), ==, 0.6834);
}

static const struct
{
  const char *name;
  const char *text;
  gsize length; /* 0: up to the NUL */
  guint dimension;
  UtTextError code;
  guint line;
  const char *fragment;
} bad_files[] = {
  { "empty", "", 0, 0, UT_TEXT_ERROR_EMPTY, 1, "empty" },
  { "counts-only", "5 3\n", 0, 0, UT_TEXT_ERROR_EMPTY, 1, "Nothing follows" },
  { "dimension-0", "5 0\ngood\n", 0, 0, UT_TEXT_ERROR_DIMENSION, 1, "1 to 4096" },
  { "dimension-huge", "5 99999999999999999999\ngood 1\n", 0, 0, UT_TEXT_ERROR_DIMENSION, 1,
    "1 to 4096" },
  { "other-dimension", "good 1 2 3\n", 0, 2, UT_TEXT_ERROR_DIMENSION, 1, "is 3; 2 was" },
  { "other-counts", "5 3\ngood 1 2 3\n", 0, 2, UT_TEXT_ERROR_DIMENSION, 1, "is 3; 2 was" },
  { "word-only", "good\n", 0, 0, UT_TEXT_ERROR_ROW, 1, "No number" },
  { "blank", "\n", 0, 0, UT_TEXT_ERROR_ROW, 1, "No number" },
  { "short", "good 1 2\nbad 1\n", 0, 0, UT_TEXT_ERROR_ROW, 2,
    "too few fields, 2; a word and its numbers, 2" },
  { "short-counts", "5 2\nbad 1\n", 0, 0, UT_TEXT_ERROR_ROW, 2,
    "too few fields, 2; a word and its numbers, 2" },
  { "long", "good 1 2\nbad 1 2 3\n", 0, 0, UT_TEXT_ERROR_DIMENSION, 2, "too many numbers" },
  { "long-nan", "good 1 2\nbad nan 2 3\n", 0, 0, UT_TEXT_ERROR_DIMENSION, 2, "too many numbers" },
  { "empty-line", "good 1 2\n\nbad 1 2\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "too few fields, 0" },
  { "no-word", "good 1 2\n 1 2\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "no word" },
  { "no-number", "good 1 2\nbad 1 x2\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“x2” is not a number" },
  { "no-number-1", "good 1 2 x 4\n", 0, 0, UT_TEXT_ERROR_ROW, 1, "“x” is not a number" },
  { "no-number-0", "good 1 2x\nbad 1 2\n", 0, 0, UT_TEXT_ERROR_ROW, 1, "“2x” is not a number" },
  { "nan", "good 1 2\nother 1 nan\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“nan” is not a number" },
  { "nan-1", "good 1 NaN\n", 0, 0, UT_TEXT_ERROR_ROW, 1, "“NaN” is not a number" },
  { "infinity", "good 1 2\nbad -inf 2\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“-inf” is not a number" },
  { "overflow", "good 1 2\nbad 1e999 2\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“1e999” is not a number" },
  { "float-overflow", "good 1 2\nbad 1 1e39\n", 0, 0, UT_TEXT_ERROR_ROW, 2,
    "“1e39” is not a number" },
  { "hexadecimal", "good 1 2\nbad 1 0x10\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“0x10” is not a number" },
  { "comma", "good 1 2\nbad 1 0,5\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“0,5” is not a number" },
  { "tabs", "good\t1\t2\n", 0, 0, UT_TEXT_ERROR_ROW, 1, "divided by spaces" },
  { "spaces", "good 1 2\nbad x  2\n", 0, 0, UT_TEXT_ERROR_ROW, 2, "“” is not a number" },
  { "latin-1", "good 1 2\nclich\xe9 1 2\n", 0, 0, UT_TEXT_ERROR_ENCODING, 2, "0xE9" },
  { "nul", "good 1 2\nb\0d 1 2\n", 17, 0, UT_TEXT_ERROR_ENCODING, 2, "Byte 2 of the line is NUL" },
};

static void
test_bad (TextFixture   *fixture,
          gconstpointer  unused)
{
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length = bad_files[i].length != 0 ? bad_files[i].length : strlen (bad_files[i].text);
      GFile *file = text_fixture_write (fixture, bad_files[i].name, bad_files[i].text, length);

      g_assert_null (ut_vectors_read (file, vocabulary, bad_files[i].dimension, NULL, NULL, NULL,
                                      &error));
      text_assert_error (error, UT_TEXT_ERROR, bad_files[i].code, bad_files[i].name,
                         bad_files[i].line, bad_files[i].fragment);
    }
}

static void
test_large (TextFixture   *fixture,
            gconstpointer  unused)
{
  g_test_summary ("The largest dimension is read; one more, and a line without end, is refused");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GString) text = g_string_new ("good");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < UT_VECTORS_MAX_DIMENSION; i++)
    g_string_append (text, " -0.00066023");

  g_autoptr (UtVectors) vectors = read_text (fixture, text->str, 0);
  g_assert_cmpuint (ut_vectors_get_dimension (vectors), ==, UT_VECTORS_MAX_DIMENSION);
  g_assert_cmpfloat (ut_vectors_lookup (vectors, 2)[4095], ==, -0.00066023f);

  g_string_append (text, " 1");
  GFile *file = text_fixture_write (fixture, "wide", text->str, text->len);
  g_assert_cmpuint (ut_vectors_read_dimension (file, NULL, &error), ==, 0);
  text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_DIMENSION, "wide", 1, "4097");
  g_clear_error (&error);

  g_autofree char *line = g_strnfill (1024 * 1024, '1');
  file = text_fixture_write (fixture, "line", line, 1024 * 1024);
  g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error));
  text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE, "line", 1, "262144 bytes");
  g_clear_error (&error);

  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_assert_null (ut_vectors_read (folder, vocabulary, 0, NULL, NULL, NULL, &error));
  text_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, fixture->folder, 0, "folder");
}

static void
test_hash (TextFixture   *fixture,
           gconstpointer  unused)
{
  g_test_summary ("The hash is that of the file also where it is computed in many pieces");

  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 800000; i++)
    g_string_append_printf (text, "word%u 0.5\n", i);

  g_autoptr (UtVectors) vectors = read_text (fixture, text->str, 0);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);

  g_assert_cmpstr (ut_vectors_get_hash (vectors), ==, hash);
}

/* So many rows that they are read in several pieces, on several threads. */
#define N_MANY_ROWS 200000

static GString *
write_many_rows (const char *line_end)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_MANY_ROWS; i++)
    {
      /* Each line is of another length than the next. */
      g_string_append_printf (text, "word%u %u.5 %u%s", i, i, i * i, line_end);
      if (i % 50000 == 40000)
        g_string_append_printf (text, "good %u -0.1%s", i, line_end);
    }

  return text;
}

static void
test_pieces (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_test_summary ("Of a word in several pieces of a file the first counts");

  const char * const ends[] = { "\n", "\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GString) text = write_many_rows (ends[i]);
      g_autoptr (UtVectors) vectors = read_text (fixture, text->str, 0);

      g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, 1);
      g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 3);
      g_assert_cmpfloat (ut_vectors_lookup (vectors, 2)[0], ==, 40000);
    }
}

static void
test_first_error (TextFixture   *fixture,
                  gconstpointer  unused)
{
  g_test_summary ("The first bad line is told, whichever thread is the first to see one");

  static const struct
  {
    guint line;
    const char *text;
    const char *fragment;
  } bad[] = {
    { 1, "bad 1 x", "“x”" },
    { 77, "b\xe4""d 1 1", "0xE4" },
    { 99999, "bad 1", "too few fields" },
    { N_MANY_ROWS, "", "too few fields" },
  };
  g_autofree char *long_line = g_strnfill (1024 * 1024, '7');
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) text = g_string_new ("the 0 0\n");
      g_autoptr (GError) error = NULL;

      for (guint k = 1; k < N_MANY_ROWS + 50000; k++)
        {
          /* Others follow close and far, and in the end a line that is too long to take apart. */
          if (k >= bad[i].line && (k - bad[i].line) % 40000 < 2)
            g_string_append_printf (text, "%s\n", bad[i].text);
          else
            g_string_append_printf (text, "word%u 0.5 %u\n", k, k);
        }
      g_string_append (text, long_line);

      GFile *file = text_fixture_write (fixture, "many", text->str, text->len);

      g_assert_null (ut_vectors_read (file, vocabulary, 2, NULL, NULL, NULL, &error));
      text_assert_error (error, UT_TEXT_ERROR, error->code, "many", bad[i].line + 1,
                         bad[i].fragment);
    }

  g_autoptr (GString) text = write_many_rows ("\n");
  g_autoptr (GError) error = NULL;

  g_string_append (text, long_line);

  GFile *file = text_fixture_write (fixture, "many", text->str, text->len);

  g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error));
  text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE, "many", N_MANY_ROWS + 4 + 1,
                     "262144 bytes");
}

typedef struct
{
  double last;
  guint n;
  double cancel_at;
  GCancellable *cancellable;
} Progress;

static void
progress_cb (double   fraction,
             gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  progress->last = fraction;
  progress->n++;
  if (fraction >= progress->cancel_at)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress (TextFixture   *fixture,
               gconstpointer  unused)
{
  g_test_summary ("Progress goes from piece to piece up to the end, or to where it was cancelled");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) text = write_many_rows ("\n");
  g_autoptr (GError) error = NULL;
  GFile *file = text_fixture_write (fixture, "many", text->str, text->len);
  Progress progress = { .cancel_at = 2, .cancellable = cancellable };
  g_autoptr (UtVectors) vectors = ut_vectors_read (file, vocabulary, 0, progress_cb, &progress,
                                                   cancellable, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, ==, 1);
  g_assert_cmpuint (progress.n, >, 3);

  progress = (Progress) { .cancel_at = 0.3, .cancellable = cancellable };
  g_assert_null (ut_vectors_read (file, vocabulary, 0, progress_cb, &progress, cancellable,
                                  &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (progress.last, <, 0.6);
}

static void
test_cancel (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GFile *file = text_fixture_write (fixture, "vectors", "good 1\n", 7);

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Packed files */

static GByteArray *
pack (const char *text,
      gsize       length)
{
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, (gssize) length,
                                                                        NULL);
  g_autoptr (GConverter) converter =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, converter);
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (packed, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, buffer, (guint) n);
  g_assert_cmpint (n, ==, 0);

  return bytes;
}

static void
test_packed (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_test_summary ("A gzip file gives what its text gives, also packed in several pieces in a row");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GString) text = write_many_rows ("\n");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);

  for (guint n_pieces = 1; n_pieces <= 3; n_pieces++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < n_pieces; i++)
        {
          gsize start = text->len * i / n_pieces;
          g_autoptr (GByteArray) piece = pack (text->str + start,
                                               text->len * (i + 1) / n_pieces - start);

          g_byte_array_append (bytes, piece->data, piece->len);
        }

      GFile *file = text_fixture_write (fixture, "packed.gz", bytes->data, bytes->len);
      Progress progress = { .cancel_at = 2 };
      g_autoptr (UtVectors) vectors = ut_vectors_read (file, vocabulary, 2, progress_cb, &progress,
                                                       NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, 1);
      g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 3);
      g_assert_cmpfloat (ut_vectors_lookup (vectors, 2)[0], ==, 40000);
      g_assert_cmpstr (ut_vectors_get_hash (vectors), ==, hash);
      g_assert_cmpuint (ut_vectors_read_dimension (file, NULL, &error), ==, 2);
      g_assert_cmpfloat (progress.last, ==, 1);
      g_assert_cmpuint (progress.n, >, 3);
    }
}

static void
test_packed_badly (TextFixture   *fixture,
                   gconstpointer  unused)
{
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GString) text = write_many_rows ("\n");
  g_autoptr (GByteArray) bytes = pack (text->str, text->len);
  g_autoptr (GError) error = NULL;
  const gsize lengths[] = { 2, 9, 100, bytes->len / 2, bytes->len - 1 };

  g_test_summary ("A gzip file that is cut short or damaged, or goes on as something else, is refused");

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      GFile *file = text_fixture_write (fixture, "cut.gz", bytes->data, lengths[i]);

      g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error));
      g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_FORM);
      g_assert_nonnull (strstr (error->message, "cut.gz:"));
      g_assert_nonnull (strstr (error->message, "damaged or cut short"));
      g_clear_error (&error);
    }

  /* Of the text's checksum, the first of the last eight bytes. */
  bytes->data[bytes->len - 8] ^= 1;

  GFile *file = text_fixture_write (fixture, "damaged.gz", bytes->data, bytes->len);

  g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_FORM);
  g_clear_error (&error);

  bytes->data[bytes->len - 8] ^= 1;
  g_byte_array_append (bytes, (const guint8 *) "more", 4);
  file = text_fixture_write (fixture, "more.gz", bytes->data, bytes->len);
  g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_FORM);
}

static void
test_other_forms (TextFixture   *fixture,
                  gconstpointer  unused)
{
  g_test_summary ("A file of another form is named, packed or not, with what to do about it");

  static const float numbers[300] = { 0.1f, -0.2f, 1e-3f };
  g_autofree char *tar = g_strdup_printf ("%-257sustar  ", "vectors.txt");
  g_autoptr (GString) word2vec = g_string_new ("3000000 300\n</s> ");
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      /* As pseudo-random as numbers are. */
      float number = numbers[i] + (float) i / 7919;

      g_string_append_len (word2vec, (const char *) &number, sizeof number);
    }

  const struct
  {
    const char *bytes;
    gsize length;
    const char *fragment;
  } forms[] = {
    { "PK\003\004\024", 5, "a zip archive; unpack it" },
    { tar, strlen (tar), "a tar archive; unpack it" },
    { "\x93NUMPY\001", 7, "a NumPy array" },
    { "\xba\x16\x4f\x2f\x0c\0\0\0", 8, "fastText’s binary model; take the .vec" },
    { "BZh91AY", 7, "bzip2" },
    { "\xfd" "7zXZ\0", 6, "xz" },
    { "\x28\xb5\x2f\xfd\x04", 5, "zstd" },
    { word2vec->str, word2vec->len, "word2vec’s binary vectors; convert them" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GByteArray) packed = pack (forms[i].bytes, forms[i].length);
      GFile *files[] = {
        text_fixture_write (fixture, "plain", forms[i].bytes, forms[i].length),
        text_fixture_write (fixture, "packed", packed->data, packed->len),
      };

      for (gsize k = 0; k < G_N_ELEMENTS (files); k++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (ut_vectors_read (files[k], vocabulary, 0, NULL, NULL, NULL, &error));
          text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_FORM, k == 0 ? "plain" : "packed",
                             1, forms[i].fragment);
          g_clear_error (&error);
          g_assert_cmpuint (ut_vectors_read_dimension (files[k], NULL, &error), ==, 0);
          g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_FORM);
        }
    }
}

static void
test_glove (void)
{
  g_test_summary ("SST-2's words in the real vectors");

  g_autoptr (GFile) train_file = text_find_data ("sst-2/train.tsv");
  g_autoptr (GFile) file = text_find_data ("vectors/glove.6B.50d.13k.txt");

  if (train_file == NULL || file == NULL)
    return;

  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) train = ut_dataset_read (train_file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (train);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (UtVectors) vectors = ut_vectors_read (file, vocabulary, 50, NULL, NULL, NULL, &error);
  double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  g_assert_no_error (error);
  g_test_message ("%u of %u words found in %.3f s, mean %.4f, deviation %.4f",
                  ut_vectors_get_n_found (vectors), ut_vocabulary_get_size (vocabulary) - 2,
                  seconds, ut_vectors_get_mean (vectors), ut_vectors_get_deviation (vectors));
  g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 0);
  g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, 5987);
  g_assert_cmpfloat_with_epsilon (ut_vectors_get_mean (vectors), 0.0165, 5e-5);
  g_assert_cmpfloat_with_epsilon (ut_vectors_get_deviation (vectors), 0.6834, 5e-5);

  guint the = ut_vocabulary_lookup (vocabulary, "the");
  g_assert_cmpfloat (ut_vectors_lookup (vectors, the)[0], ==, 0.418f);
}

#define ADD(path, function) \
  g_test_add (path, TextFixture, NULL, text_fixture_set_up, function, text_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  ADD ("/vectors/small", test_small);
  ADD ("/vectors/forms", test_forms);
  ADD ("/vectors/other-tools", test_other_tools);
  ADD ("/vectors/none-found", test_none_found);
  ADD ("/vectors/bad", test_bad);
  ADD ("/vectors/large", test_large);
  ADD ("/vectors/hash", test_hash);
  ADD ("/vectors/pieces", test_pieces);
  ADD ("/vectors/first-error", test_first_error);
  ADD ("/vectors/progress", test_progress);
  ADD ("/vectors/cancel", test_cancel);
  ADD ("/vectors/packed", test_packed);
  ADD ("/vectors/packed-badly", test_packed_badly);
  ADD ("/vectors/other-forms", test_other_forms);
  g_test_add_func ("/vectors/glove", test_glove);

  return g_test_run ();
}
