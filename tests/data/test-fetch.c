/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "data-archive.h"
#include "data-server.h"
#include "ut-fetch-private.h"
#include "ut-part-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <ut-data.h>
#include <ut-text.h>

#define N_ROWS 4000
#define DIMENSION 20

/* What a program was told of, but had not saved yet, when it gave up. */
#define UNSAVED (16 * 1024)

/* What is on its way when a program ends a connection. */
#define SLACK (256 * 1024)

/* A host with an archive, and the source that names it. */
typedef struct
{
  DataServer *server;
  UtSource *source;
  char *train;
} Fixture;

static UtSource *
load (const char *list,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("ut-sources-XXXXXX", &stream, NULL);

  g_assert_true (g_file_replace_contents (file, list, strlen (list), NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));

  g_autoptr (GPtrArray) sources = ut_sources_load (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_delete (file, NULL, NULL));
  return ut_source_ref (ut_sources_find (sources, id));
}

/* Has the host give out @archive, and the source name it. */
static void
serve (Fixture    *self,
       GBytes     *archive,
       const char *sha256,
       const char *more)
{
  g_clear_pointer (&self->server, data_server_free);
  g_clear_pointer (&self->source, ut_source_unref);
  self->server = data_server_new (archive);

  g_autofree char *address = data_server_dup_address (self->server);
  g_autofree char *list = data_list_dataset (address, g_bytes_get_size (archive), sha256, more);

  self->source = load (list, "set");
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->train = data_make_rows (N_ROWS);

  const DataMember members[] = {
    { "set/", "", 0, NULL },
    { "set/test.tsv", "no labels", 0, NULL },
    { "set/train.tsv", self->train, 0, NULL },
    { "../evil.tsv", "evil", 0, NULL },
    { "/tmp/evil.tsv", "evil", 0, NULL },
    { "set/dev.tsv", "sentence\tlabel\ngood\t1\n", 0, NULL },
    { NULL },
  };
  GBytes *archive = data_archive_new (members, "zip:compression=deflate");
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, archive);

  serve (self, archive, sha256, "");
}

static void
delete_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      delete_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

/* Files and folders at @path and below it, hidden ones, too. */
static guint
count_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += 1 + count_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);

  return n;
}

static guint
count_results (void)
{
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "undertone", "data", NULL);
  g_autofree char *words = g_build_filename (g_get_user_data_dir (), "undertone", "vectors", NULL);

  return count_all (data) + count_all (words);
}

static guint
count_saved (void)
{
  g_autofree char *downloads = _ut_part_dup_directory ();

  return count_all (downloads);
}

static void
forget_results (void)
{
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "undertone", NULL);

  delete_all (data);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_autofree char *downloads = _ut_part_dup_directory ();

  forget_results ();
  delete_all (downloads);
  g_clear_pointer (&self->server, data_server_free);
  g_clear_pointer (&self->source, ut_source_unref);
  g_free (self->train);
}

static GFile *
fetch (Fixture  *self,
       GError  **error)
{
  return _ut_fetch (self->source, NULL, 1, NULL, NULL, NULL, error);
}

/* Fetches what must come whole, and forgets it. */
static void
fetch_whole (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = fetch (self, &error);

  g_assert_no_error (error);

  g_autoptr (GFile) file = g_file_get_child (folder, "train.tsv");
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, self->train);
  /* The folder, its two parts and about.json; and nothing for another time. */
  g_assert_cmpuint (count_results (), ==, 4);
  g_assert_cmpuint (count_saved (), ==, 0);
  forget_results ();
}

/* Fetches what must fail with @words in the message, leaving nothing that looks like a result. */
static void
fetch_fails (Fixture    *self,
             int         code,
             const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = fetch (self, &error);

  g_assert_null (file);
  g_test_message ("%s", error->message);
  g_assert_error (error, UT_DATA_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpuint (count_results (), ==, 0);
}

static void
test_good (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;
  g_autoptr (GFile) folder = fetch (self, &error);

  g_assert_no_error (error);
  g_assert_true (ut_data_about_read (&about, folder, NULL, &error));
  g_assert_cmpint (about.unit, ==, UT_DATA_UNIT_REVIEW);
  g_assert_cmpstr (about.source, ==, "archive.zip");
  g_assert_cmpstr (about.address, ==, ut_source_get_address (self->source));
  g_assert_cmpstr (about.licence, ==, "free");
  g_assert_cmpstr (about.citation, ==, "somebody");
  g_assert_cmpuint (count_results (), ==, 4);
  g_assert_cmpuint (count_saved (), ==, 0);
  g_assert_cmpuint (self->server->n_sent, ==, ut_source_get_size (self->source));

  /* A second time there is nothing to do. */
  g_autoptr (GFile) again = fetch (self, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_equal (folder, again));
  g_assert_cmpint (self->server->n_requests, ==, 1);
}

static void
test_manners (Fixture       *self,
              gconstpointer  unused)
{
  g_test_summary ("Hosts that say no length or no version, or are slow, serve as well");

  self->server->says_no_length = TRUE;
  fetch_whole (self);
  self->server->says_no_length = FALSE;
  self->server->etag = NULL;
  fetch_whole (self);
  self->server->etag = "W/\"weak\"";
  fetch_whole (self);
  self->server->pause = 2000;
  fetch_whole (self);
}

static void
test_broken_off (Fixture       *self,
                 gconstpointer  unused)
{
  gsize size = ut_source_get_size (self->source);
  gsize sum = 0;

  g_test_summary ("What came is not fetched again, however often the connection breaks off");

  self->server->break_after = (gint64) size / 7;
  for (gsize i = 1; i <= 6; i++)
    {
      fetch_fails (self, UT_DATA_ERROR_NETWORK, "127.0.0.1 broke off");
      g_assert_cmpuint (count_saved (), ==, 2);
      g_assert_cmpuint (self->server->last_start, ==, sum);
      sum += size / 7;
    }
  self->server->break_after = -1;
  fetch_whole (self);
  g_assert_cmpuint (self->server->n_sent, ==, size);
  g_assert_cmpint (self->server->n_requests, ==, 7);
}

static void
test_by_date (Fixture       *self,
              gconstpointer  unused)
{
  gsize size = ut_source_get_size (self->source);

  g_test_summary ("A host whose versions have no ETag is gone on with by Last-Modified");

  self->server->etag = "W/\"weak\"";
  self->server->modified = "Sat, 01 Jan 2022 00:00:00 GMT";
  self->server->break_after = (gint64) size / 2;
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "broke off");
  self->server->break_after = -1;
  fetch_whole (self);
  g_assert_cmpuint (self->server->n_sent, ==, size);
}

static void
test_restart (Fixture       *self,
              gconstpointer  unused)
{
  gsize size = ut_source_get_size (self->source);

  g_test_summary ("A host that does not go on, or has another version, is asked from the start");

  for (guint i = 0; i < 5; i++)
    {
      self->server->etag = i == 3 ? NULL : "\"one\"";
      self->server->break_after = (gint64) size / 2;
      fetch_fails (self, UT_DATA_ERROR_NETWORK, "broke off");

      self->server->break_after = -1;
      self->server->ignores_range = i == 0;
      self->server->etag = i == 1 ? "\"two\"" : self->server->etag;
      self->server->answers_other_range = i == 2;
      self->server->n_sent = 0;
      if (i == 4)
        {
          g_autofree char *downloads = _ut_part_dup_directory ();
          g_autoptr (GDir) dir = g_dir_open (downloads, 0, NULL);
          const char *name;

          while ((name = g_dir_read_name (dir)) != NULL)
            {
              g_autofree char *path = g_build_filename (downloads, name, NULL);

              if (g_str_has_suffix (name, ".json"))
                g_assert_true (g_file_set_contents (path, "{\"address\": 7", -1, NULL));
            }
        }
      fetch_whole (self);
      g_assert_cmpuint (self->server->n_sent, >=, size);
      self->server->ignores_range = FALSE;
      self->server->answers_other_range = FALSE;
    }
}

static void
test_stall (Fixture       *self,
            gconstpointer  unused)
{
  self->server->stall_after = 10000;
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "127.0.0.1 has sent nothing for 1 second");
  self->server->stall_after = -1;
  fetch_whole (self);
  g_assert_cmpuint (self->server->n_sent, ==, ut_source_get_size (self->source));
}

static void
test_wrong_size (Fixture       *self,
                 gconstpointer  unused)
{
  GBytes *whole = g_bytes_ref (self->server->body);
  gsize size = g_bytes_get_size (whole);

  g_test_summary ("No more and no fewer bytes are accepted than were expected");

  self->server->body = g_bytes_new_from_bytes (whole, 0, size - 1);
  fetch_fails (self, UT_DATA_ERROR_CHECKSUM, "instead of");
  g_assert_cmpuint (count_saved (), ==, 0);
  g_bytes_unref (self->server->body);
  self->server->body = whole;
  g_bytes_unref (whole);

  self->server->says_no_length = TRUE;
  self->server->n_surplus = 1;
  fetch_fails (self, UT_DATA_ERROR_CHECKSUM, "more than");
  g_assert_cmpuint (count_saved (), ==, 0);

  /* Without end. What the two ends of the connection hold is sent, too. */
  self->server->n_sent = 0;
  self->server->n_surplus = G_MAXSIZE / 2;
  fetch_fails (self, UT_DATA_ERROR_CHECKSUM, "more than");
  g_assert_cmpuint (self->server->n_sent, <, size + (64 << 20));
}

static void
test_wrong_checksum (Fixture       *self,
                     gconstpointer  unused)
{
  const char *sum = "0123456789012345678901234567890123456789012345678901234567890123";
  g_autofree char *more = g_strdup_printf (", \"sha256\": \"%s\"", sum);

  serve (self, g_bytes_ref (self->server->body), sum, "");
  fetch_fails (self, UT_DATA_ERROR_CHECKSUM, "is deleted");
  g_assert_cmpuint (count_saved (), ==, 0);

  serve (self, g_bytes_ref (self->server->body), NULL, more);
  fetch_fails (self, UT_DATA_ERROR_CHECKSUM, "“set/train.tsv” in the archive is not the file");
  g_assert_cmpuint (count_saved (), ==, 0);

  serve (self, g_bytes_ref (self->server->body), NULL, ", \"size\": 1000000");
  fetch_fails (self, UT_DATA_ERROR_CHECKSUM, "(1000000 bytes)");
  serve (self, g_bytes_ref (self->server->body), NULL, ", \"size\": 1000");
  fetch_fails (self, UT_DATA_ERROR_SIZE, "“set/train.tsv” in the archive is larger");
}

static void
test_redirects (Fixture       *self,
                gconstpointer  unused)
{
  g_autofree char *address = data_server_dup_address (self->server);
  DataServer *front = data_server_new (g_bytes_new_static ("", 0));
  g_autofree char *front_address = data_server_dup_address (front);
  g_autofree char *list = data_list_dataset (front_address, ut_source_get_size (self->source),
                                             NULL, "");

  ut_source_unref (self->source);
  self->source = load (list, "set");

  front->status = 302;
  front->redirect = address;
  fetch_whole (self);

  front->redirect = "/elsewhere.zip";
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "from one address to the next");
  g_assert_cmpint (front->n_requests, <, 20);

  front->redirect = "http://host.invalid/archive.zip";
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "not secure");
  front->redirect = "file:///etc/passwd";
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "not secure");
  front->redirect = NULL;
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "not secure");
  g_assert_cmpuint (count_saved (), ==, 0);

  data_server_free (front);
}

static void
test_refusals (Fixture       *self,
               gconstpointer  unused)
{
  const struct
  {
    guint status;
    const char *words;
  } cases[] = {
    { 404, "127.0.0.1 does not have the file any more (404 Whatever)" },
    { 410, "127.0.0.1 does not have the file any more (410 Whatever)" },
    { 403, "127.0.0.1 does not give out the file (403 Whatever)" },
    { 429, "127.0.0.1 cannot give the file at the moment (429 Whatever)" },
    { 500, "127.0.0.1 cannot give the file at the moment (500 Whatever)" },
    { 503, "127.0.0.1 cannot give the file at the moment (503 Whatever)" },
    { 204, "127.0.0.1 answered “204 Whatever”" },
    { 418, "127.0.0.1 answered “418 Whatever”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      self->server->status = cases[i].status;
      fetch_fails (self, UT_DATA_ERROR_NETWORK, cases[i].words);
      g_assert_cmpuint (count_saved (), ==, 0);
    }
}

static void
test_unreachable (Fixture       *self,
                  gconstpointer  unused)
{
  g_autofree char *address = data_server_dup_address (self->server);
  g_autofree char *expected =
    g_strdup_printf ("Could not reach 127.0.0.1. Save the file from %s and open it here.", address);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->server, data_server_free);
  g_assert_null (fetch (self, &error));
  g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_cmpuint (count_results (), ==, 0);
}

/* Archives */

static void
archive_fails (Fixture          *self,
               const DataMember *members,
               const char       *options,
               int               code,
               const char       *words)
{
  serve (self, data_archive_new (members, options), NULL, "");
  fetch_fails (self, code, words);
  g_assert_cmpuint (count_saved (), ==, 0);
}

static void
test_hostile (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *zeros = g_malloc0 (20 << 20);
  const char *rows = "sentence\tlabel\ngood\t1\n";
  const DataMember dev = { "set/dev.tsv", rows, 0, NULL };
  const DataMember train = { "set/train.tsv", rows, 0, NULL };
  const DataMember twice[] = { train, train, dev, { NULL } };
  const DataMember missing[] = { dev, { "set/train.tsv/", "", 0, NULL },
                                 { "../set/train.tsv", rows, 0, NULL },
                                 { "/set/train.tsv", rows, 0, NULL }, { NULL } };
  const DataMember link[] = { { "set/train.tsv", "", 0, "/etc/passwd" }, dev, { NULL } };
  const DataMember bomb[] = { { "set/train.tsv", zeros, 20 << 20, NULL }, dev, { NULL } };
  const DataMember skipped_bomb[] = { { "zeros", zeros, 20 << 20, NULL }, train, dev, { NULL } };
  const DataMember secret[] = { train, dev, { NULL } };
  const DataMember no_rows[] = { { "set/train.tsv", "a\nb\n", 0, NULL }, dev, { NULL } };

  archive_fails (self, twice, "zip:compression=deflate", UT_DATA_ERROR_ARCHIVE, "twice");
  archive_fails (self, missing, "zip:compression=deflate", UT_DATA_ERROR_ARCHIVE,
                 "There is no “set/train.tsv”");
  archive_fails (self, bomb, "zip:compression=deflate", UT_DATA_ERROR_SIZE, "larger");
  archive_fails (self, secret, "zip:encryption=traditional", UT_DATA_ERROR_ARCHIVE, "encrypted");
  archive_fails (self, secret, "zip:encryption=aes256", UT_DATA_ERROR_ARCHIVE, "encrypted");

  /* What is not asked for may be as large as it likes. */
  g_autoptr (GError) error = NULL;

  serve (self, data_archive_new (skipped_bomb, "zip:compression=deflate"), NULL, "");

  g_autoptr (GFile) folder = fetch (self, &error);

  g_assert_no_error (error);
  forget_results ();

  /* A link as a stream of bytes looks like a file with its target in it, and so fails as a table. */
  serve (self, data_archive_new (link, "zip:compression=deflate"), NULL, "");
  g_assert_null (fetch (self, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_results (), ==, 0);
  g_clear_error (&error);

  serve (self, data_archive_new (no_rows, "zip:compression=deflate"), NULL, "");
  g_assert_null (fetch (self, &error));
  g_assert_cmpint (error->domain, ==, UT_TEXT_ERROR);
  g_assert_cmpuint (count_results (), ==, 0);
  g_assert_cmpuint (count_saved (), ==, 0);
}

static void
test_damaged (Fixture       *self,
              gconstpointer  unused)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->server->body, &size);
  g_autoptr (GBytes) whole = g_bytes_new (bytes, size);

  g_test_summary ("A byte that changed is found by the zip archive's own checksum");

  for (gsize i = 1; i < 8; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);

      copy[size * i / 9] ^= 0x10;
      serve (self, g_bytes_new_take (copy, size), NULL, "");
      fetch_fails (self, UT_DATA_ERROR_ARCHIVE, "damaged");
      g_assert_cmpuint (count_saved (), ==, 0);
    }

  /* Cut off, by somebody who says that this is all; then no archive at all. */
  serve (self, g_bytes_new_from_bytes (whole, 0, size / 2), NULL, "");
  fetch_fails (self, UT_DATA_ERROR_ARCHIVE, "damaged");
  serve (self, g_bytes_new_static ("<html>Not found</html>", 22), NULL, "");
  fetch_fails (self, UT_DATA_ERROR_ARCHIVE, "a zip archive was expected");
  serve (self, g_bytes_new_static ("P", 1), NULL, "");
  fetch_fails (self, UT_DATA_ERROR_ARCHIVE, "a zip archive was expected");
}

/* Word vectors */

static void
serve_vectors (Fixture    *self,
               const char *text,
               guint       dimension,
               const char *more)
{
  g_autofree char *large = data_make_rows (10 * N_ROWS);
  const DataMember members[] = {
    { "small.txt", "a 1 2\n", 0, NULL },
    { "words.txt", text, 0, NULL },
    { "large.txt", large, 0, NULL },
    { NULL },
  };
  GBytes *archive = data_archive_new (members, "zip:compression=deflate");

  g_clear_pointer (&self->server, data_server_free);
  g_clear_pointer (&self->source, ut_source_unref);
  self->server = data_server_new (archive);

  g_autofree char *address = data_server_dup_address (self->server);
  g_autofree char *list = data_list_vectors (address, g_bytes_get_size (archive), dimension, more);

  self->source = load (list, "words");
}

static void
test_vectors (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *words = data_make_vectors (500, DIMENSION);
  g_autofree char *bad = g_strconcat (words, "word 1 2 three\n", NULL);
  g_autofree char *text = NULL;
  g_autofree char *temporary = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);
  g_autofree char *more = g_strdup_printf (", \"size\": %zu, \"sha256\": \"%s\"", strlen (words), sum);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Word vectors are fetched as far as they are needed, and checked");

  serve_vectors (self, words, DIMENSION, "");
  self->server->pause = 500;

  g_autoptr (GFile) file = fetch (self, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (g_file_peek_path (file), "undertone/vectors/words.txt"));
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, words);
  g_assert_cmpuint (count_saved (), ==, 0);
  g_assert_cmpuint (count_results (), ==, 1);
  g_assert_cmpuint (self->server->n_sent, <, strlen (words) + SLACK);
  g_assert_cmpuint (strlen (words) + SLACK, <, ut_source_get_size (self->source) / 2);

  /* A program that was killed leaves its temporary file, which the next one deletes. */
  forget_results ();

  g_autofree char *directory = g_path_get_dirname (g_file_peek_path (file));

  g_assert_cmpint (g_mkdir_with_parents (directory, 0777), ==, 0);
  temporary = g_build_filename (directory, ".words.txt.ABCDEF", NULL);
  g_assert_true (g_file_set_contents (temporary, "half", -1, NULL));
  serve_vectors (self, words, DIMENSION, more);

  g_autoptr (GFile) again = fetch (self, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_equal (file, again));
  g_assert_cmpuint (count_results (), ==, 1);
  forget_results ();

  serve_vectors (self, words, DIMENSION + 1, more);
  fetch_fails (self, UT_DATA_ERROR_FORMAT, "The dimension of the vectors is 20; 21 was expected");
  serve_vectors (self, bad, DIMENSION, "");
  g_assert_null (fetch (self, &error));
  g_assert_cmpint (error->domain, ==, UT_TEXT_ERROR);
  g_assert_cmpuint (count_results (), ==, 0);
  g_assert_cmpuint (count_saved (), ==, 0);
}

/* From a file */

static void
test_from_file (Fixture       *self,
                gconstpointer  unused)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->server->body, &size);
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "saved.zip", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) archive = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const struct
  {
    gsize length;
    int code;
  } cases[] = {
    { size - 1, UT_DATA_ERROR_CHECKSUM },
    { size / 2, UT_DATA_ERROR_ARCHIVE },
    { 0, UT_DATA_ERROR_ARCHIVE },
  };

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0777), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (g_file_set_contents (path, bytes, (gssize) cases[i].length, NULL));
      g_assert_null (ut_fetch_from_file (self->source, archive, NULL, NULL, NULL, &error));
      g_assert_error (error, UT_DATA_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, "saved.zip"));
      g_clear_error (&error);
      g_assert_cmpuint (count_results (), ==, 0);
      g_assert_true (g_file_query_exists (archive, NULL));
    }

  /* What an attempt by the network left is of no use any more. */
  self->server->break_after = 100;
  fetch_fails (self, UT_DATA_ERROR_NETWORK, "broke off");
  g_assert_cmpuint (count_saved (), ==, 2);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));

  g_autoptr (GFile) folder = ut_fetch_from_file (self->source, archive, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_results (), ==, 4);
  g_assert_cmpuint (count_saved (), ==, 0);
  g_assert_true (g_file_query_exists (archive, NULL));
  g_assert_cmpint (self->server->n_requests, ==, 1);
  forget_results ();

  g_autoptr (GFile) directory = g_file_new_for_path (g_get_user_cache_dir ());

  g_assert_null (ut_fetch_from_file (self->source, directory, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

/* Giving up */

typedef struct
{
  GCancellable *cancellable;
  guint64 n_bytes;
} Wish;

static void
cancel_cb (const UtFetchProgress *progress,
           gpointer               data)
{
  Wish *wish = data;

  g_assert_cmpuint (progress->n_bytes, <=, progress->n_total);
  if (progress->n_bytes >= wish->n_bytes)
    g_cancellable_cancel (wish->cancellable);
}

static void
test_cancel (Fixture       *self,
             gconstpointer  unused)
{
  gsize size = ut_source_get_size (self->source);

  g_test_summary ("Cancelled at many points, the fetch goes on and fetches nothing twice");

  self->server->pause = 2000;
  for (guint i = 1; i <= 10; i++)
    {
      Wish wish = { g_cancellable_new (), size * i / 11 };
      int n_before = self->server->n_requests;
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = _ut_fetch (self->source, NULL, 5, cancel_cb, &wish,
                                          wish.cancellable, &error);

      g_object_unref (wish.cancellable);
      g_assert_null (file);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      /* On a slow machine so much may have come the time before that this one asks for nothing. */
      if (self->server->n_requests > n_before)
        g_assert_cmpuint (self->server->last_start + UNSAVED, >=, size * (i - 1) / 11);
      g_assert_cmpuint (count_results (), ==, 0);
      g_assert_cmpuint (count_saved (), ==, 2);
    }

  int n_requests = self->server->n_requests;

  fetch_whole (self);
  /* On a slow machine all that is left may come in one piece, and be there before it is cancelled. */
  if (self->server->n_requests > n_requests)
    g_assert_cmpuint (self->server->last_start + UNSAVED, >=, size * 10 / 11);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel_waiting (Fixture       *self,
                     gconstpointer  unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_test_summary ("A host that sends nothing is given up before its time is over");

  self->server->stall_after = 5000;

  GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);
  gint64 start = g_get_monotonic_time ();

  g_assert_null (_ut_fetch (self->source, NULL, 20, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_clear_error (&error);

  g_assert_null (_ut_fetch (self->source, NULL, 20, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Others, room, progress */

static void
test_busy (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  UtPart *other = _ut_part_open (ut_source_get_address (self->source),
                                 ut_source_get_size (self->source), &error);

  g_assert_no_error (error);
  g_assert_null (fetch (self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, ut_source_get_address (self->source)));
  _ut_part_free (other);
  fetch_whole (self);
}

static void
test_space (Fixture       *self,
            gconstpointer  unused)
{
  g_autofree char *address = data_server_dup_address (self->server);
  g_autofree char *list = data_list_dataset (address, (gsize) 1 << 53, NULL, "");

  ut_source_unref (self->source);
  self->source = load (list, "set");
  fetch_fails (self, UT_DATA_ERROR_SPACE, "are needed and");
  g_assert_cmpint (self->server->n_requests, ==, 0);
  g_assert_cmpuint (count_saved (), ==, 0);
}

typedef struct
{
  GMainLoop *loop;
  GThread *thread;
  GFile *file;
  guint n_told;
  guint64 n_bytes;
  double rate;
  gboolean done;
} Watch;

static void
watch_cb (const UtFetchProgress *progress,
          gpointer               data)
{
  Watch *watch = data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_false (watch->done);
  g_assert_cmpuint (progress->n_bytes, >=, watch->n_bytes);
  g_assert_cmpuint (progress->n_bytes, <=, progress->n_total);
  watch->n_bytes = progress->n_bytes;
  watch->rate = MAX (watch->rate, progress->rate);
  watch->n_told++;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Watch *watch = data;
  g_autoptr (GError) error = NULL;

  watch->file = ut_fetch_finish (result, &error);
  g_assert_no_error (error);
  watch->done = TRUE;
  g_main_loop_quit (watch->loop);
}

static void
test_async (Fixture       *self,
            gconstpointer  unused)
{
  Watch watch = { g_main_loop_new (NULL, FALSE), g_thread_self () };

  g_test_summary ("Progress comes to the thread that asked for it, and never after the end");

  self->server->pause = 20000;
  ut_fetch_async (self->source, NULL, watch_cb, &watch, NULL, done_cb, &watch);
  g_main_loop_run (watch.loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (watch.file);
  g_assert_cmpuint (watch.n_told, >=, 3);
  g_assert_cmpfloat (watch.rate, >, 0);
  g_object_unref (watch.file);
  g_main_loop_unref (watch.loop);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/fetch/good", test_good);
  ADD ("/fetch/manners", test_manners);
  ADD ("/fetch/broken-off", test_broken_off);
  ADD ("/fetch/by-date", test_by_date);
  ADD ("/fetch/restart", test_restart);
  ADD ("/fetch/stall", test_stall);
  ADD ("/fetch/wrong-size", test_wrong_size);
  ADD ("/fetch/wrong-checksum", test_wrong_checksum);
  ADD ("/fetch/redirects", test_redirects);
  ADD ("/fetch/refusals", test_refusals);
  ADD ("/fetch/unreachable", test_unreachable);
  ADD ("/fetch/hostile", test_hostile);
  ADD ("/fetch/damaged", test_damaged);
  ADD ("/fetch/vectors", test_vectors);
  ADD ("/fetch/from-file", test_from_file);
  ADD ("/fetch/cancel", test_cancel);
  ADD ("/fetch/cancel-waiting", test_cancel_waiting);
  ADD ("/fetch/busy", test_busy);
  ADD ("/fetch/space", test_space);
  ADD ("/fetch/async", test_async);

  return g_test_run ();
}
