/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "text-fixture.h"
#include "ut-vectors-cache-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char small_text[] =
  "good 1 -2.5\n"
  "other 7 7\n"
  "new york 0.5 1e-1\n"
  "good 9 9\n"
  "[pad] 8 8\n"
  "clich\xc3\xa9 0.25 1e-30\n"
  "new york 3 4";

static UtVocabulary *
make_vocabulary (void)
{
  const char * const words[] = { "[pad]", "[unk]", "good", "new york", "bad", "clich\xc3\xa9" };

  return ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
}

/* Sets the time of @file back, as that of a file that has been there for a while. */
static void
set_age (GFile  *file,
         gint64  seconds)
{
  g_autoptr (GError) error = NULL;
  gint64 modified = g_get_real_time () / G_USEC_PER_SEC - seconds;

  g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, (guint64) modified,
                               G_FILE_QUERY_INFO_NONE, NULL, &error);
  g_assert_no_error (error);
}

static GFile *
write_text (TextFixture *fixture,
            const char  *text)
{
  GFile *file = text_fixture_write (fixture, "vectors", text, strlen (text));

  set_age (file, 60);

  return file;
}

static UtVectors *
read_file (GFile              *file,
           const UtVocabulary *vocabulary)
{
  g_autoptr (GError) error = NULL;
  UtVectors *vectors = ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return vectors;
}

static void
assert_equal (const UtVectors    *a,
              const UtVectors    *b,
              const UtVocabulary *vocabulary)
{
  gsize size = ut_vectors_get_dimension (a) * sizeof (float);

  g_assert_cmpuint (ut_vectors_get_dimension (a), ==, ut_vectors_get_dimension (b));
  g_assert_cmpuint (ut_vectors_get_n_found (a), ==, ut_vectors_get_n_found (b));
  g_assert_cmpuint (ut_vectors_get_n_duplicates (a), ==, ut_vectors_get_n_duplicates (b));
  g_assert_cmpfloat (ut_vectors_get_mean (a), ==, ut_vectors_get_mean (b));
  g_assert_cmpfloat (ut_vectors_get_deviation (a), ==, ut_vectors_get_deviation (b));
  g_assert_cmpstr (ut_vectors_get_hash (a), ==, ut_vectors_get_hash (b));
  for (guint id = 0; id < ut_vocabulary_get_size (vocabulary); id++)
    {
      const float *x = ut_vectors_lookup (a, id);
      const float *y = ut_vectors_lookup (b, id);

      g_assert_true ((x == NULL) == (y == NULL));
      if (x != NULL)
        g_assert_cmpmem (x, size, y, size);
    }
}

static char *
dup_cache_path (GFile *file)
{
  UtVectorsKey key;

  g_assert_true (_ut_vectors_key_init (&key, file));

  return _ut_vectors_cache_dup_path (&key);
}

/* What the cache holds of @file, and its key. */
static char *
dup_cache (GFile        *file,
           gsize        *length,
           UtVectorsKey *key)
{
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (UtVectors) vectors = read_file (file, vocabulary);
  g_autofree char *path = dup_cache_path (file);
  g_autoptr (GError) error = NULL;
  char *data;

  g_assert_true (_ut_vectors_key_init (key, file));
  g_file_get_contents (path, &data, length, &error);
  g_assert_no_error (error);

  return data;
}

static UtVectors *
read_cache (const char         *data,
            gsize               length,
            const UtVectorsKey *key,
            guint               dimension)
{
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  int fd = memfd_create ("cache", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, length), ==, (gssize) length);

  UtVectors *vectors = _ut_vectors_cache_read_fd (fd, key, vocabulary, dimension);

  close (fd);

  return vectors;
}

/* Another text of the same size and time: only who reads the cache does not see it. */
static void
change_unseen (TextFixture *fixture,
               GFile       *file,
               char       **text)
{
  g_autofree char *path = g_file_get_path (file);
  GStatBuf status;
  FILE *stream = g_fopen (path, "r+be");

  g_assert_nonnull (stream);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  (*text)[0] = 'G';
  g_assert_cmpuint (fwrite (*text, 1, strlen (*text), stream), ==, strlen (*text));
  fclose (stream);

  struct timespec times[] = { status.st_atim, status.st_mtim };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_same (TextFixture   *fixture,
           gconstpointer  unused)
{
  g_test_summary ("The cache gives the same bits as the text, warnings included, and to another "
                  "vocabulary, too");

  const char * const words[] = { "[pad]", "[unk]", "other", "good" };
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (UtVocabulary) small = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  g_autofree char *text = g_strdup (small_text);
  GFile *file = write_text (fixture, text);
  g_autofree char *path = dup_cache_path (file);
  g_autoptr (UtVectors) parsed = read_file (file, vocabulary);
  g_autofree char *fresh_text = g_strconcat (small_text, "\n", NULL);

  g_assert_cmpuint (ut_vectors_get_n_found (parsed), ==, 3);
  g_assert_cmpuint (ut_vectors_get_n_duplicates (parsed), ==, 2);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));

  change_unseen (fixture, file, &text);

  g_autoptr (UtVectors) cached = read_file (file, vocabulary);
  g_autoptr (UtVectors) cached_small = read_file (file, small);

  assert_equal (cached, parsed, vocabulary);

  /* The last text is one more line end, so that it is parsed. */
  file = write_text (fixture, fresh_text);

  g_autoptr (UtVectors) parsed_small = read_file (file, small);

  g_assert_cmpuint (ut_vectors_get_n_found (cached_small), ==, 2);
  g_assert_cmpuint (ut_vectors_get_n_duplicates (cached_small), ==, 1);
  g_assert_cmpfloat (ut_vectors_get_mean (cached_small), ==, ut_vectors_get_mean (parsed_small));
  g_assert_cmpfloat (ut_vectors_get_deviation (cached_small), ==,
                     ut_vectors_get_deviation (parsed_small));
}

static void
test_many (TextFixture   *fixture,
           gconstpointer  unused)
{
  g_test_summary ("Rows near and far, words short and long, are found in a large file");

  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *long_word = g_strnfill (100000, 'x');

  g_ptr_array_add (words, g_strdup ("[pad]"));
  g_ptr_array_add (words, g_strdup ("[unk]"));
  g_ptr_array_add (words, g_strdup (long_word));
  for (guint i = 0; i < 60000; i++)
    {
      if (i == 20000 || i == 50000)
        g_string_append (text, long_word);
      else
        g_string_append_printf (text, "word%u", i % 59990);
      g_string_append_printf (text, " %u.37 %u -0.%05u\n", i, 7 * i, i);
      if ((i < 20000 && i % 7 == 0) || i % 1999 == 0)
        g_ptr_array_add (words, g_strdup_printf ("word%u", i));
    }

  g_autoptr (UtVocabulary) vocabulary =
    ut_vocabulary_new ((const char * const *) words->pdata, words->len, NULL);
  GFile *file = write_text (fixture, text->str);
  g_autoptr (UtVectors) parsed = read_file (file, vocabulary);

  change_unseen (fixture, file, &text->str);

  g_autoptr (UtVectors) cached = read_file (file, vocabulary);

  g_assert_cmpuint (ut_vectors_get_n_found (parsed), ==, words->len - 2);
  g_assert_cmpuint (ut_vectors_get_n_duplicates (parsed), ==, 3);
  assert_equal (cached, parsed, vocabulary);
}

static void
test_stale (TextFixture   *fixture,
            gconstpointer  unused)
{
  g_test_summary ("A text that changed is read anew; one that changed just now is not cached");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  GFile *file = write_text (fixture, "good 1\n");
  g_autoptr (UtVectors) first = read_file (file, vocabulary);
  g_autofree char *path = dup_cache_path (file);
  g_autofree char *file_path = g_file_get_path (file);
  FILE *stream = g_fopen (file_path, "r+be");

  /* The same inode, and the same size. */
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (fputs ("good 2\n", stream), >=, 0);
  fclose (stream);
  set_age (file, 59);

  g_autoptr (UtVectors) second = read_file (file, vocabulary);

  g_assert_cmpfloat (ut_vectors_lookup (first, 2)[0], ==, 1);
  g_assert_cmpfloat (ut_vectors_lookup (second, 2)[0], ==, 2);

  g_assert_cmpint (g_unlink (path), ==, 0);
  set_age (file, 0);

  g_autoptr (UtVectors) third = read_file (file, vocabulary);

  g_assert_cmpfloat (ut_vectors_lookup (third, 2)[0], ==, 2);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_forget (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_test_summary ("What is forgotten is parsed and kept again; forgetting what is not kept is none");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  GFile *file = write_text (fixture, "good 1\n");
  g_autofree char *path = dup_cache_path (file);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (UtVectors) vectors = read_file (file, vocabulary);

      g_assert_cmpfloat (ut_vectors_lookup (vectors, 2)[0], ==, 1);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
      ut_vectors_forget (file);
      ut_vectors_forget (file);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_errors (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_test_summary ("Errors are those of the text, cached or not, and a bad text leaves nothing");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GFile *file = write_text (fixture, small_text);
  g_autofree char *path = dup_cache_path (file);
  g_autoptr (UtVectors) vectors = read_file (file, vocabulary);

  g_assert_null (ut_vectors_read (file, vocabulary, 3, NULL, NULL, NULL, &error));
  text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_DIMENSION, "vectors", 1, "is 2; 3 was");
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_vectors_read (file, vocabulary, 2, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (path), ==, 0);

  file = write_text (fixture, "good 1\nbad x\n");

  g_autofree char *bad_path = dup_cache_path (file);

  g_assert_null (ut_vectors_read (file, vocabulary, 0, NULL, NULL, NULL, &error));
  text_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_ROW, "vectors", 2, "“x”");
  g_assert_false (g_file_test (bad_path, G_FILE_TEST_EXISTS));
}

static void
test_damaged (TextFixture   *fixture,
              gconstpointer  unused)
{
  g_test_summary ("A file of which any byte is another, or that is cut short anywhere, is not used "
                  "where that matters, and replaced");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  GFile *file = write_text (fixture, small_text);
  UtVectorsKey key;
  gsize length;
  g_autofree char *data = dup_cache (file, &length, &key);
  g_autoptr (UtVectors) whole = read_cache (data, length, &key, 2);
  guint n_refused = 0;

  g_assert_nonnull (whole);
  for (gsize i = 0; i < length; i++)
    {
      data[i] ^= (char) (1 << i % 8);

      g_autoptr (UtVectors) vectors = read_cache (data, length, &key, 2);
      g_autoptr (UtVectors) cut = read_cache (data, i, &key, 2);

      data[i] ^= (char) (1 << i % 8);
      n_refused += vectors == NULL;
      if (vectors != NULL)
        assert_equal (vectors, whole, vocabulary);
      g_assert_null (cut);
    }
  /* Only rows that nobody wants may be anything. */
  g_assert_cmpuint (length - n_refused, <=, 2 * (sizeof (UtVectorsCacheRow) + 2 * 4 + 8) + 7 * 7);

  g_autofree char *path = dup_cache_path (file);
  g_autoptr (GError) error = NULL;

  memset (data + 8, 0, length / 2);
  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);

  g_autoptr (UtVectors) again = read_file (file, vocabulary);
  g_autofree char *rebuilt = NULL;
  gsize rebuilt_length;

  assert_equal (again, whole, vocabulary);
  g_file_get_contents (path, &rebuilt, &rebuilt_length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rebuilt_length, ==, length);

  g_autoptr (UtVectors) from_rebuilt = read_cache (rebuilt, rebuilt_length, &key, 2);

  assert_equal (from_rebuilt, whole, vocabulary);
}

/* Makes a forged file's checksums right; that of the row at @row as well, if that is not 0. */
static void
sign (char  *data,
      gsize  length,
      gsize  row,
      gsize  row_size)
{
  UtVectorsCacheTrailer trailer;
  gsize start = length - sizeof trailer;

  memcpy (&trailer, data + start, sizeof trailer);
  if (row > 0)
    {
      guint64 checksum = _ut_vectors_cache_checksum (trailer.seed, data + row + 8, row_size - 8);

      memcpy (data + row, &checksum, sizeof checksum);
    }
  trailer.index_checksum =
    _ut_vectors_cache_checksum (trailer.seed, data + trailer.index_offset,
                                start - trailer.index_offset);
  trailer.checksum =
    _ut_vectors_cache_checksum (0, &trailer, G_STRUCT_OFFSET (UtVectorsCacheTrailer, checksum));
  memcpy (data + start, &trailer, sizeof trailer);
}

static void
test_forged (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_test_summary ("Bounds hold where the checksums are right");

  GFile *file = write_text (fixture, "good 1 2\n");
  UtVectorsKey key;
  gsize length;
  g_autofree char *data = dup_cache (file, &length, &key);
  const gsize row = 8;
  const gsize row_size = sizeof (UtVectorsCacheRow) + 2 * sizeof (float) + 4;
  const gsize index = row + 32;
  const gsize trailer = index + sizeof (UtVectorsCacheEntry);
  const float nan = NAN;
  const struct
  {
    gsize offset;
    guint64 value;
  } changes[] = {
    { row + 8, 5 },                      /* the word's length */
    { row + 8, 1000 },
    { row + 8, G_MAXUINT64 },
    { row + 8, G_MAXUINT64 - 24 },
    { row + 24, 0x646f00 },              /* the word */
    { index + 8, 0 },                    /* the row's offset */
    { index + 8, 7 },
    { index + 8, 16 },
    { index + 8, index },
    { index + 8, G_MAXUINT64 - 7 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, dimension), 0 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, dimension), 1 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, dimension), 4096 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, dimension), G_MAXUINT64 / 4 + 3 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, n_rows), 0 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, n_rows), G_MAXUINT64 / 16 + 2 },
    { trailer + G_STRUCT_OFFSET (UtVectorsCacheTrailer, hash), 0 },
  };

  g_assert_cmpuint (length, ==, trailer + sizeof (UtVectorsCacheTrailer));
  sign (data, length, row, row_size);

  g_autoptr (UtVectors) good = read_cache (data, length, &key, 0);

  g_assert_nonnull (good);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *forged = g_memdup2 (data, length);

      memcpy (forged + changes[i].offset, &changes[i].value, sizeof changes[i].value);
      sign (forged, length, row, row_size);
      g_assert_null (read_cache (forged, length, &key, 0));
    }

  memcpy (data + row + 16, &nan, sizeof nan);
  sign (data, length, row, row_size);
  g_assert_null (read_cache (data, length, &key, 0));
}

static void
test_no_room (TextFixture   *fixture,
              gconstpointer  unused)
{
  g_test_summary ("Where the cache cannot be written there is none, without a word");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  GFile *file = write_text (fixture, small_text);
  g_autofree char *path = dup_cache_path (file);
  g_autofree char *folder = g_path_get_dirname (path);
  struct rlimit unlimited;
  struct rlimit limited;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  limited = unlimited;
  limited.rlim_cur = 100;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limited), ==, 0);

  g_autoptr (UtVectors) full = read_file (file, vocabulary);

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Nothing is left behind: the folder is empty. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));

  g_autoptr (UtVectors) none = read_file (file, vocabulary);

  g_assert_cmpint (g_unlink (folder), ==, 0);
  assert_equal (full, none, vocabulary);
}

static void
test_two_writers (TextFixture   *fixture,
                  gconstpointer  unused)
{
  g_test_summary ("Two programs that cache the same text at once do not disturb each other");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  GFile *file = write_text (fixture, "good 1\n");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "good 1\n", -1);
  UtVectorsKey key;
  const float one = 1;

  g_assert_true (_ut_vectors_key_init (&key, file));

  g_autoptr (UtVectorsCacheWriter) a = _ut_vectors_cache_writer_new (&key);
  g_autoptr (UtVectorsCacheWriter) b = _ut_vectors_cache_writer_new (&key);

  _ut_vectors_cache_writer_add (a, "good", 4, &one, 1);
  _ut_vectors_cache_writer_add (b, "good", 4, &one, 1);
  g_assert_null (_ut_vectors_cache_read (&key, vocabulary, 1));
  _ut_vectors_cache_writer_commit (a, hash, 1);

  g_autoptr (UtVectors) of_a = _ut_vectors_cache_read (&key, vocabulary, 1);

  _ut_vectors_cache_writer_commit (b, hash, 1);

  g_autoptr (UtVectors) of_b = _ut_vectors_cache_read (&key, vocabulary, 1);

  g_assert_nonnull (of_a);
  g_assert_nonnull (of_b);
  assert_equal (of_a, of_b, vocabulary);
}

static GFile *
make_large_file (const char *folder,
                 const char *name,
                 gint64      age)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  FILE *stream = g_fopen (path, "wbe");

  /* Without a byte in it, it takes no room on the disk. */
  g_assert_nonnull (stream);
  g_assert_cmpint (ftruncate (fileno (stream), (off_t) 3 << 30), ==, 0);
  fclose (stream);

  GFile *file = g_file_new_for_path (path);

  set_age (file, age);

  return file;
}

static void
test_bounded (TextFixture   *fixture,
              gconstpointer  unused)
{
  g_test_summary ("What was not used for the longest time makes room, and so do left-overs");

  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  GFile *file = write_text (fixture, small_text);
  g_autofree char *path = dup_cache_path (file);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  g_autoptr (GFile) old = make_large_file (folder, "vectors-1-1", 2000);
  g_autoptr (GFile) young = make_large_file (folder, "vectors-1-2", 1000);
  g_autoptr (GFile) other = make_large_file (folder, "notes", 3000);
  g_autoptr (GFile) left_over = make_large_file (folder, ".vectors-1-3.ABCDEF", 2 * 24 * 60 * 60);
  g_autoptr (GFile) writing = make_large_file (folder, ".vectors-1-4.ABCDEF", 60);
  g_autoptr (UtVectors) vectors = read_file (file, vocabulary);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_query_exists (old, NULL));
  g_assert_false (g_file_query_exists (left_over, NULL));
  g_assert_true (g_file_delete (young, NULL, NULL));
  g_assert_true (g_file_delete (other, NULL, NULL));
  g_assert_true (g_file_delete (writing, NULL, NULL));
}

/* Empties the cache, so that the next test begins without one. */
static void
tear_down (TextFixture   *fixture,
           gconstpointer  unused)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "undertone", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_rmdir (folder);
  text_fixture_tear_down (fixture, unused);
}

#define ADD(path, function) \
  g_test_add (path, TextFixture, NULL, text_fixture_set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("ut-cache-XXXXXX", &error);

  g_assert_no_error (error);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  ADD ("/vectors-cache/same", test_same);
  ADD ("/vectors-cache/many", test_many);
  ADD ("/vectors-cache/stale", test_stale);
  ADD ("/vectors-cache/forget", test_forget);
  ADD ("/vectors-cache/errors", test_errors);
  ADD ("/vectors-cache/damaged", test_damaged);
  ADD ("/vectors-cache/forged", test_forged);
  ADD ("/vectors-cache/no-room", test_no_room);
  ADD ("/vectors-cache/two-writers", test_two_writers);
  ADD ("/vectors-cache/bounded", test_bounded);

  int status = g_test_run ();

  g_rmdir (folder);

  return status;
}
