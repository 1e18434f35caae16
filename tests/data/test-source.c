/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <string.h>
#include <ut-data.h>

#define GOOD \
  "{\"archives\": [{\"address\": \"https://host.example/a/b.zip\", \"size\": 100," \
  "\"licence\": \"l\", \"citation\": \"c\", \"sources\": [" \
  "{\"id\": \"set\", \"title\": \"Set\", \"kind\": \"dataset\", \"unit\": \"review\"," \
  "\"members\": [{\"name\": \"t\", \"part\": \"train\"}]}," \
  "{\"id\": \"words\", \"title\": \"Words\", \"kind\": \"vectors\", \"fetch-size\": 60," \
  "\"members\": [{\"name\": \"v\", \"file\": \"v.txt\", \"size\": 7}]}]}]}"

static GPtrArray *
load (const char  *text,
      GError     **error)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("ut-sources-XXXXXX", &stream, NULL);

  g_assert_true (g_file_replace_contents (file, text, strlen (text), NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));

  GPtrArray *sources = ut_sources_load (file, NULL, error);

  g_assert_true (g_file_delete (file, NULL, NULL));
  return sources;
}

static void
test_bundled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = ut_sources_load (NULL, NULL, &error);

  g_test_summary ("The list that comes along is whole, and all of it by https");

  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 5);
  for (guint i = 0; i < sources->len; i++)
    {
      UtSource *source = g_ptr_array_index (sources, i);

      g_assert_true (g_str_has_prefix (ut_source_get_address (source), "https://"));
      g_assert_nonnull (ut_source_get_page (source));
      g_assert_cmpuint (ut_source_get_fetch_size (source), <=, ut_source_get_size (source));
      g_assert_null (ut_source_dup_present (source));
    }

  UtSource *set = ut_sources_find (sources, "sst-2");
  UtSource *words = ut_sources_find (sources, "glove-50");

  g_assert_cmpstr (ut_source_get_title (set), ==, "SST-2");
  g_assert_cmpint (ut_source_get_kind (set), ==, UT_SOURCE_DATASET);
  g_assert_cmpstr (ut_source_get_host (set), ==, "dl.fbaipublicfiles.com");
  g_assert_cmpuint (ut_source_get_size (set), ==, 7439277);
  g_assert_cmpuint (ut_source_get_unpacked_size (set), ==, 3806081 + 94931);
  g_assert_cmpint (ut_source_get_kind (words), ==, UT_SOURCE_VECTORS);
  g_assert_cmpuint (ut_source_get_size (words), ==, 862182613);
  g_assert_nonnull (strstr (ut_source_get_licence (words), "PDDL"));
  g_assert_nonnull (strstr (ut_source_get_citation (set), "Socher"));
  g_assert_null (ut_sources_find (sources, "SST-2"));
}

static void
test_present (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = load (GOOD, &error);
  g_autoptr (UtDataFolder) folder = ut_data_folder_new (NULL, &error);
  g_autofree char *words = g_build_filename (g_get_user_data_dir (), "undertone", "vectors",
                                             "v.txt", NULL);
  g_autofree char *directory = g_path_get_dirname (words);
  UtDataAbout about = { .address = (char *) "https://host.example/a/b.zip" };

  g_test_summary ("A data set is found by its address, whatever it is called");

  g_assert_no_error (error);
  g_assert_null (ut_source_dup_present (g_ptr_array_index (sources, 0)));
  g_assert_null (ut_source_dup_present (g_ptr_array_index (sources, 1)));

  g_autoptr (GFile) train = ut_data_folder_dup_part (folder, UT_DATA_TRAIN);

  g_assert_true (g_file_set_contents (g_file_peek_path (train), "sentence\tlabel\n", -1, NULL));
  /* What is not committed is not there. */
  g_assert_null (ut_source_dup_present (g_ptr_array_index (sources, 0)));

  g_autoptr (GFile) made = ut_data_folder_commit (folder, "Renamed", &about, &error);
  g_autoptr (GFile) present = ut_source_dup_present (g_ptr_array_index (sources, 0));

  g_assert_no_error (error);
  g_assert_true (g_file_equal (made, present));

  g_assert_cmpint (g_mkdir_with_parents (directory, 0777), ==, 0);
  g_assert_true (g_file_set_contents (words, "a 1\n", -1, NULL));

  g_autoptr (GFile) file = ut_source_dup_present (g_ptr_array_index (sources, 1));

  g_assert_cmpstr (g_file_peek_path (file), ==, words);
}

static void
test_bad (void)
{
  const struct
  {
    const char *from;
    const char *to;
    const char *key;
  } cases[] = {
    { "https://host.example/a/b.zip", "http://host.example/a/b.zip", "address" },
    { "https://host.example/a/b.zip", "file:///etc/passwd", "address" },
    { "https://host.example/a/b.zip", "https:///b.zip", "address" },
    { "https://host.example/a/b.zip", "b.zip", "address" },
    { "\"size\": 100", "\"size\": 0", "size" },
    { "\"size\": 100", "\"size\": -5", "size" },
    { "\"size\": 100", "\"size\": \"5\"", "size" },
    { "\"size\": 100", "\"size\": 1e300", "size" },
    { "\"size\": 100", "\"size\": 100, \"sha256\": \"abc\"", "sha256" },
    { "\"licence\": \"l\"", "\"licence\": \"\"", "licence" },
    { "\"licence\": \"l\"", "\"licence\": null", "licence" },
    { "\"id\": \"words\"", "\"id\": \"set\"", "id" },
    { "\"id\": \"words\"", "\"id\": \"../words\"", "id" },
    { "\"kind\": \"vectors\"", "\"kind\": \"program\"", "kind" },
    { "\"unit\": \"review\"", "\"unit\": \"book\"", "unit" },
    { "\"part\": \"train\"", "\"part\": \"dev\"", "members" },
    { "\"part\": \"train\"", "\"part\": \"../train\"", "part" },
    { "\"file\": \"v.txt\"", "\"file\": \"../v.txt\"", "file" },
    { "\"file\": \"v.txt\"", "\"file\": \"/v.txt\"", "file" },
    { "\"file\": \"v.txt\"", "\"file\": \".v.txt\"", "file" },
    { "\"file\": \"v.txt\"", "\"file\": 7", "file" },
    { "\"size\": 7", "\"size\": 99999999999999", "size" },
    { "\"fetch-size\": 60", "\"fetch-size\": 101", "fetch-size" },
    { "\"fetch-size\": 60", "\"dimension\": 5000", "dimension" },
    { "[{\"name\": \"v\"", "[7, {\"name\": \"v\"", "members" },
    { "\"archives\"", "\"other\"", "archives" },
  };

  g_test_summary ("A list leads to no insecure address and to no place outside of the program's");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (GOOD);
      g_autoptr (GError) error = NULL;
      g_autofree char *quoted = g_strdup_printf ("“%s”", cases[i].key);

      g_test_message ("%s", cases[i].to);
      g_assert_cmpuint (g_string_replace (text, cases[i].from, cases[i].to, 1), ==, 1);
      g_assert_null (load (text->str, &error));
      g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, quoted));
      g_assert_nonnull (strstr (error->message, "ut-sources-"));
    }

  g_autoptr (GError) error = NULL;

  g_assert_null (load ("[]", &error));
  g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (load ("", &error));
  g_assert_nonnull (error);

  /* This very machine may be asked without encryption. */
  g_autoptr (GString) text = g_string_new (GOOD);

  g_clear_error (&error);
  g_string_replace (text, "https://host.example/", "http://127.0.0.1:8000/", 0);

  g_autoptr (GPtrArray) sources = load (text->str, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/source/bundled", test_bundled);
  g_test_add_func ("/source/present", test_present);
  g_test_add_func ("/source/bad", test_bad);

  return g_test_run ();
}
