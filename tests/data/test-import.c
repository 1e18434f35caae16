/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "import-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <ut-text.h>

#define N_ROWS 80

/* Rows that can be written in every form: negative ones first, as pairs and folders have them. */

static const char * const beginnings[] = {
  "A film, as they say, of \"great\" ideas", "It's a café noir", "Nobody — nobody! — can't like it",
  "Über-clever and naïve", "The plot; the cast; the end", "What a mess",
};
static const char * const ends[] = {
  "that I won't forget.", "and so on...", "but not for me!", "which cost £5?", "in the end.",
};

static char *
make_text (guint i)
{
  return g_strdup_printf ("%s %s Take %u.", beginnings[i % G_N_ELEMENTS (beginnings)],
                          ends[i / 2 % G_N_ELEMENTS (ends)], i * 7919 % 1000);
}

static gboolean
is_positive (guint i)
{
  return i >= N_ROWS / 2;
}

/* Writes @text as a field in quotes; @line_breaks: its third space becomes a line break. */
static void
append_quoted (GString    *out,
               const char *text,
               gboolean    line_breaks)
{
  guint n_spaces = 0;

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      if (line_breaks && *text == ' ' && ++n_spaces == 3)
        g_string_append_c (out, '\n');
      else
        g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

typedef struct
{
  char delimiter;
  gboolean quoting;
  gboolean line_breaks;
  gboolean swapped;          /* the label first, and a further column */
  gboolean headless;
  const char *line_ends[2];  /* in turn */
  const char *labels[2][5];  /* in turn */
  const char *encoding;      /* (nullable) */
  const char *mark;          /* (nullable) */
  gboolean gzip;
} Shape;

#define PLAIN_LABELS { { "0", "0", "0", "0", "0" }, { "1", "1", "1", "1", "1" } }

static char *
encode (const GString *text,
        const Shape   *shape,
        gsize         *length)
{
  g_autoptr (GError) error = NULL;
  char *encoded = shape->encoding != NULL
                  ? g_convert (text->str, (gssize) text->len, shape->encoding, "UTF-8", NULL,
                               length, &error)
                  : g_memdup2 (text->str, text->len);

  g_assert_no_error (error);
  if (shape->encoding == NULL)
    *length = text->len;
  if (shape->mark != NULL)
    {
      gsize n = strlen (shape->mark);
      char *marked = g_malloc (*length + n);

      memcpy (marked, shape->mark, n);
      memcpy (marked + n, encoded, *length);
      g_free (encoded);
      *length += n;
      return marked;
    }

  return encoded;
}

static char *
compress (const char *data,
          gsize       length,
          gsize      *packed_length)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  *packed_length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

static GFile *
write_delimited (Fixture     *self,
                 const char  *name,
                 const Shape *shape)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;

  if (!shape->headless && shape->swapped)
    g_string_append_printf (text, "sentiment%cid%creview%s", shape->delimiter, shape->delimiter,
                            shape->line_ends[0]);
  else if (!shape->headless)
    g_string_append_printf (text, "review%csentiment%s", shape->delimiter, shape->line_ends[0]);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *row = make_text (i);
      const char *label = shape->labels[is_positive (i)][i % 5];

      if (shape->swapped)
        g_string_append_printf (text, "%s%c%u%c", label, shape->delimiter, i, shape->delimiter);
      if (shape->quoting)
        append_quoted (text, row, shape->line_breaks);
      else
        g_string_append (text, row);
      if (!shape->swapped)
        g_string_append_printf (text, "%c%s", shape->delimiter, label);
      g_string_append (text, shape->line_ends[i % 2]);
    }

  g_autofree char *data = encode (text, shape, &length);

  if (shape->gzip)
    {
      gsize packed_length;
      g_autofree char *packed = compress (data, length, &packed_length);

      return fixture_write (self, name, packed, (gssize) packed_length);
    }

  return fixture_write (self, name, data, (gssize) length);
}

static char *
import_source (Fixture              *self,
               const UtImportSource *source,
               guint                 n_threads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) guess = ut_import_guess (source, NULL, UT_IMPORT_FIXED_NONE, NULL,
                                                     &error);

  g_assert_no_error (error);

  UtImportOptions options = *ut_import_guess_get_options (guess);
  g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;

  options.n_threads = n_threads;

  g_autoptr (UtImport) import = ut_import_scan (guess, &options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_problems (import), ==, 0);

  g_autoptr (GFile) folder = ut_import_write (import, &options, "x", self->directory, &report, NULL,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint part = 0; part < UT_N_DATA_PARTS; part++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder,
                                                 ut_data_part_get_file_name ((UtDataPart) part));
      g_autoptr (UtDataset) dataset = report.n_rows[part] > 0
                                      ? ut_dataset_read (file, NULL, NULL, NULL, &error) : NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (dataset != NULL ? ut_dataset_get_n_rows (dataset) : 0, ==,
                        report.n_rows[part]);
    }

  return fixture_read_parts (folder);
}

static char *
import_file (Fixture *self,
             GFile   *file)
{
  const UtImportSource source = { .train = file };

  return import_source (self, &source, 0);
}

static void
test_shapes (Fixture       *self,
             gconstpointer  unused)
{
  static const struct
  {
    const char *name;
    Shape shape;
  } cases[] = {
    { "comma.csv", { ',', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" }, PLAIN_LABELS, NULL, NULL,
      0 } },
    { "breaks.csv", { ',', TRUE, TRUE, FALSE, FALSE, { "\n", "\n" }, PLAIN_LABELS, NULL, NULL,
      0 } },
    { "semicolon.csv", { ';', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" },
      { { "neg", "neg", "neg", "neg", "neg" }, { "pos", "pos", "pos", "pos", "pos" } },
      NULL, NULL, 0 } },
    { "pipe.txt", { '|', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" },
      { { "Negative ", "NEGATIVE", "neg", "negative", " Neg" },
        { "Positive ", "POSITIVE", "pos", "positive", "Pos" } }, NULL, NULL, 0 } },
    { "plain.tsv", { '\t', FALSE, FALSE, FALSE, FALSE, { "\n", "\n" },
      { { "false", "false", "False", "false", "false" },
        { "true", "true", "True", "true", "true" } }, NULL, NULL, 0 } },
    { "crlf.tsv", { '\t', FALSE, FALSE, FALSE, FALSE, { "\r\n", "\r\n" }, PLAIN_LABELS, NULL, NULL,
      0 } },
    { "mixed.csv", { ',', TRUE, FALSE, FALSE, FALSE, { "\r\n", "\n" },
      { { "-1", "-1", "-1", "-1", "-1" }, { "1", "1", "1", "1", "1" } }, NULL, NULL, 0 } },
    { "old.tsv", { '\t', FALSE, FALSE, FALSE, FALSE, { "\r", "\r" }, PLAIN_LABELS, NULL, NULL,
      0 } },
    { "marked.csv", { ',', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" }, PLAIN_LABELS, NULL,
      "\xef\xbb\xbf", 0 } },
    { "little.csv", { ',', TRUE, FALSE, FALSE, FALSE, { "\r\n", "\r\n" }, PLAIN_LABELS, "UTF-16LE",
      "\xff\xfe", 0 } },
    { "big.tsv", { '\t', FALSE, FALSE, FALSE, FALSE, { "\n", "\n" }, PLAIN_LABELS, "UTF-16BE",
      "\xfe\xff", 0 } },
    { "latin.csv", { ';', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" }, PLAIN_LABELS, "WINDOWS-1252",
      NULL, 0 } },
    { "packed.csv.gz", { ',', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" }, PLAIN_LABELS, NULL, NULL,
      TRUE } },
    { "swapped.csv", { ',', TRUE, TRUE, TRUE, FALSE, { "\n", "\n" },
      { { "0", "0", "0", "0", "0" }, { "4", "4", "4", "4", "4" } }, NULL, NULL, 0 } },
    { "headless.csv", { ',', TRUE, FALSE, FALSE, TRUE, { "\n", "\n" }, PLAIN_LABELS, NULL, NULL,
      0 } },
    { "stars.csv", { ',', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" },
      { { "1", "2", "1", "1 star", "2.0" }, { "5", "4", "5 stars", "4", "5" } }, NULL, NULL, 0 } },
    { "ten.csv", { ',', TRUE, FALSE, FALSE, FALSE, { "\n", "\n" },
      { { "1", "2", "3", "4", "1" }, { "7", "8", "9", "10", "10" } }, NULL, NULL, 0 } },
  };
  g_autofree char *expected = NULL;

  g_test_summary ("The same rows in other clothes become the same data set, byte for byte");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = write_delimited (self, cases[i].name, &cases[i].shape);

      g_test_message ("%s", cases[i].name);

      g_autofree char *parts = import_file (self, file);

      if (expected == NULL)
        expected = g_steal_pointer (&parts);
      else
        g_assert_cmpstr (parts, ==, expected);
    }
  g_assert_nonnull (strstr (expected, "\na film , as they say , of `` great '' ideas"));

  /* JSON lines, with what may be escaped escaped. */
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) nested = g_string_new (NULL);
  g_autoptr (GString) negatives = g_string_new (NULL);
  g_autoptr (GString) positives = g_string_new (NULL);

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = make_text (i);
      gboolean positive = is_positive (i);

      g_string_append (json, "{\"label\": ");
      g_string_append (json, i % 3 == 0 ? (positive ? "1" : "0")
                             : i % 3 == 1 ? (positive ? "true" : "false")
                             : (positive ? "\"1.0\"" : "\"0\""));
      g_string_append (json, ", \"text\":");
      ut_json_append_string (json, text);
      g_string_append (json, "}\r\n");

      g_autofree char *ascii = g_convert_with_fallback (text, -1, "ASCII", "UTF-8", NULL, NULL,
                                                        NULL, NULL);

      g_string_append_printf (nested, "{\"meta\":{\"id\":%u,\"tags\":[]},\"text\":", i);
      ut_json_append_string (nested, ascii);
      /* The fallback is already in JSON's form, but its backslash was escaped once more. */
      for (char *p = nested->str; (p = strstr (p, "\\\\u")) != NULL;)
        g_string_erase (nested, p - nested->str, 1);
      g_string_append_printf (nested, ",\"stars\":%s}\n", positive ? "5.0" : "1");

      g_string_append_printf (positive ? positives : negatives, "%s\n", text);

      g_autofree char *name = g_strdup_printf ("aclImdb/train/%s/%03u_7.txt",
                                               positive ? "pos" : "neg", i);
      g_autoptr (GFile) file = fixture_write (self, name, text, -1);
      g_autoptr (GFile) unlabelled = fixture_write (self, "aclImdb/train/unsup/0_0.txt", "no", -1);
    }

  g_autoptr (GFile) lines = fixture_write (self, "rows.jsonl", json->str, -1);
  g_autoptr (GFile) nested_lines = fixture_write (self, "nested.json", nested->str, -1);
  g_autoptr (GFile) negative = fixture_write (self, "snippets.neg", negatives->str, -1);
  g_autoptr (GFile) positive = fixture_write (self, "snippets.pos", positives->str, -1);
  g_autofree char *folder_path = g_build_filename (self->path, "aclImdb", "train", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  const UtImportSource sources[] = {
    { .train = lines }, { .train = nested_lines }, { .train = positive, .second = negative },
    { .train = negative, .second = positive }, { .train = folder },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_test_message ("%s", g_file_peek_path (sources[i].train));

      g_autofree char *parts = import_source (self, &sources[i], 0);

      g_assert_cmpstr (parts, ==, expected);
    }
}

static void
test_threads (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr (GString) quoted = g_string_new ("text,label\n");
  g_autoptr (GString) plain = g_string_new ("text\tlabel\n");
  g_autofree char *expected = NULL;

  g_test_summary ("Neither the number of threads nor where batches end is seen in the data set");

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree char *text = make_text (i % 997);
      g_autofree char *row = g_strdup_printf ("%s %u%s", text, i, i % 10000 == 77 ? text : "");

      append_quoted (quoted, row, TRUE);
      g_string_append_printf (quoted, ",%u\n", i % 2);
      g_string_append_printf (plain, "%s\t%u\n", row, i % 2);
    }

  g_autoptr (GFile) file = fixture_write (self, "quoted.csv", quoted->str, (gssize) quoted->len);
  g_autoptr (GFile) other = fixture_write (self, "plain.tsv", plain->str, (gssize) plain->len);

  for (guint n_threads = 1; n_threads <= 5; n_threads++)
    {
      const UtImportSource source = { .train = n_threads < 5 ? file : other };
      g_autofree char *parts = import_source (self, &source, n_threads);

      if (expected == NULL)
        expected = g_steal_pointer (&parts);
      else
        g_assert_true (g_str_equal (parts, expected));
    }
}

/* Bad rows */

typedef struct
{
  const char *name;
  const char *text;
  gssize length;      /* 0: up to the NUL */
  gsize n_rows;
  gsize n_problems;
  guint64 line;       /* of the first one */
  const char *reason; /* of the first one */
} BadCase;

static void
test_bad_rows (Fixture       *self,
               gconstpointer  unused)
{
  static const BadCase cases[] = {
    { "ragged.csv", "text,label\ngood,1\nbad\nfine,1\n", 0, 2, 1, 3, "1 column" },
    { "many.csv", "text,label\ngood,1\nbad,0,0,0\nfine,1\n", 0, 2, 1, 3, "4 columns" },
    { "open.csv", "text,label\n\"good\",1\n\"bad,0\nfine,1\nbad,0\n", 0, 3, 1, 3, "not closed" },
    { "stray.csv", "text,label\n\"good\",1\n\"bad\"x,0\nfine,1\nbad,0\n", 0, 3, 1, 3, "closing" },
    { "takes.csv", "text,label\n\"good\",1\n\"bad,0\nfine\",1,2\nbad,0\n", 0, 2, 2, 3,
      "other rows" },
    { "label.csv", "text,label\ngood,1\nbad,\nfine,1\n", 0, 2, 1, 3, "label is empty" },
    { "blank.csv", "text,label\ngood,1\n\"  \",0\nfine,1\n", 0, 2, 1, 3, "blank" },
    { "bytes.csv", "text,label\ngo\xc3\xb6\xc3\xb6""d,1\nb\xff""d,0\nfine,1\n", 0, 2, 1, 3,
      "encoding" },
    { "nul.csv", "text,label\ngood,1\nb\0d,0\nfine,1\n", 31, 2, 1, 3, "NUL" },
    { "empty-lines.csv", "text,label\n\ngood,1\n\n\nbad,0,1\nfine,1\n\n", 0, 2, 1, 6, "columns" },
    { "breaks.csv", "text,label\n\"go\nod\",1\nbad,0,1\nfine,1\n", 0, 2, 1, 4, "columns" },
    { "json.jsonl", "{\"text\":\"good\",\"label\":1}\n{\"text\":\"bad\",\"label\":0\n"
      "{\"text\":\"fine\",\"label\":1}\n", 0, 2, 1, 2, "JSON" },
    { "key.jsonl", "{\"text\":\"good\",\"label\":1}\n{\"text\":\"bad\"}\n", 0, 1, 1, 2, "label" },
    { "twice.jsonl", "{\"text\":\"good\",\"label\":1}\n"
      "{\"text\":\"a\",\"text\":\"b\",\"label\":0}\n",
      0, 1, 1, 2, "twice" },
    { "number.jsonl", "{\"text\":\"good\",\"label\":1}\n{\"text\":12,\"label\":0}\n", 0, 1, 1, 2,
      "not text" },
    { "control.jsonl", "{\"text\":\"good\",\"label\":1}\n"
      "{\"text\":\"a\tb\",\"label\":0}\n", 0, 1, 1,
      2, "control" },
    { "list.jsonl", "{\"text\":\"good\",\"label\":1}\n[\"bad\",0]\n", 0, 1, 1, 2, "object" },
  };

  g_test_summary ("A bad row is counted and named; the others are offered");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = fixture_write (self, cases[i].name, cases[i].text,
                                              cases[i].length > 0 ? cases[i].length : -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (UtImport) import = fixture_scan (file, NULL, UT_IMPORT_FIXED_NONE, &error);
      guint n_listed;

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);

      const UtImportProblem *problems = ut_import_get_problems (import, &n_listed);

      g_assert_cmpuint (ut_import_get_n_rows (import), ==, cases[i].n_rows);
      g_assert_cmpuint (ut_import_get_n_problems (import), ==, cases[i].n_problems);
      g_assert_cmpuint (n_listed, ==, cases[i].n_problems);
      g_assert_cmpuint (problems[0].line, ==, cases[i].line);
      g_assert_nonnull (strstr (problems[0].file, cases[i].name));
      g_test_message ("%s", problems[0].message);
      g_assert_nonnull (strstr (problems[0].message, cases[i].reason));
    }
}

static void
test_long_rows (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new ("text,label\n\"first\",1\n\"never closed,0\n");
  g_autofree char *words = g_strnfill (3 * 4200, 'a');
  g_autofree char *line = g_strnfill (3 * 1024 * 1024, 'b');
  g_autoptr (GError) error = NULL;
  guint n_listed;

  g_test_summary ("A quote that is left open, or a long line, takes no other rows with it");

  for (gsize i = 2; i < 3 * 4200; i += 3)
    words[i] = ' ';
  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "row number %u,%u\n", i, i % 2);
  g_string_append_printf (text, "%s,1\n%s,0\nlast,1\n", words, line);

  g_autoptr (GFile) file = fixture_write (self, "long.csv", text->str, (gssize) text->len);
  g_autoptr (UtImport) import = fixture_scan (file, NULL, UT_IMPORT_FIXED_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_rows (import), ==, 200002);

  const UtImportProblem *problems = ut_import_get_problems (import, &n_listed);

  g_assert_cmpuint (n_listed, ==, 3);
  g_assert_cmpuint (problems[0].line, ==, 3);
  g_assert_nonnull (strstr (problems[0].message, "not closed"));
  g_assert_cmpuint (problems[1].line, ==, 200004);
  g_assert_nonnull (strstr (problems[1].message, "4096 words"));
  g_assert_cmpuint (problems[2].line, ==, 200005);
  g_assert_nonnull (strstr (problems[2].message, "million bytes"));
}

static void
test_many_problems (Fixture       *self,
                    gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new ("text,label\ngood,1\n");
  g_autoptr (GError) error = NULL;
  guint n_listed;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i % 2 == 0 ? "bad\n" : "fine,0\n");

  g_autoptr (GFile) file = fixture_write (self, "many.csv", text->str, -1);
  UtImportOptions options = UT_IMPORT_OPTIONS_INIT;
  g_autoptr (UtImport) import = fixture_scan (file, &options, UT_IMPORT_FIXED_DELIMITER, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_problems (import), ==, 2500);

  const UtImportProblem *problems = ut_import_get_problems (import, &n_listed);

  g_assert_cmpuint (n_listed, ==, UT_IMPORT_MAX_PROBLEMS);
  for (guint i = 0; i < n_listed; i++)
    g_assert_cmpuint (problems[i].line, ==, 3 + 2 * i);
}

/* Errors */

static void
assert_fails (GFile      *file,
              const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImport) import = fixture_scan (file, NULL, UT_IMPORT_FIXED_NONE, &error);

  g_assert_null (import);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, reason));
}

static void
test_errors (Fixture       *self,
             gconstpointer  unused)
{
  static const struct
  {
    const char *name;
    const char *text;
    gssize length;
    const char *reason;
  } cases[] = {
    { "empty.csv", "", 0, "empty.csv: The file is empty" },
    { "header.csv", "text,label\n", -1, "header.csv: Nothing follows" },
    { "one.txt", "good\nbad\nfine\n", -1, "one.txt: There is one column" },
    { "binary.bin", "PK\3\4\0\0\0\0\0\0\0\0\0\0a\0\0\0\0b\n", 22, "binary.bin: This is no text" },
    { "array.json", "[{\"text\":\"good\",\"label\":1}]\n", -1, "JSON lines" },
    { "blanks.csv", "text,label\n ,1\n ,0\n", -1, "blanks.csv:2: The text is blank" },
  };
  g_autoptr (GString) many = g_string_new ("text,label\n");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = fixture_write (self, cases[i].name, cases[i].text, cases[i].length);

      assert_fails (file, cases[i].reason);
    }

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, "good %u,kind %u\n", i, i);

  g_autoptr (GFile) file = fixture_write (self, "many.csv", many->str, -1);

  assert_fails (file, "“label” has more than 64");
}

static void
test_special_files (Fixture       *self,
                    gconstpointer  unused)
{
  g_autofree char *pipe_path = g_build_filename (self->path, "pipe", NULL);
  g_autofree char *loop_path = g_build_filename (self->path, "loop", NULL);
  g_autofree char *locked_path = g_build_filename (self->path, "locked", NULL);
  g_autofree char *inside_path = g_build_filename (self->path, "round", "pos", NULL);
  g_autoptr (GFile) fifo = g_file_new_for_path (pipe_path);
  g_autoptr (GFile) loop = g_file_new_for_path (loop_path);
  g_autoptr (GFile) locked = g_file_new_for_path (locked_path);
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/at/all.csv");
  g_autoptr (GFile) text = fixture_write (self, "round/neg/1.txt", "bad", -1);
  g_autoptr (GFile) folder = g_file_new_build_filename (self->path, "round", NULL);

  g_test_summary ("What is no file or folder of texts is an error, and never waited for");

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (symlink (loop_path, loop_path), ==, 0);
  assert_fails (fifo, "not a regular file");
  assert_fails (device, "not a regular file");
  assert_fails (loop, "loop: This link leads nowhere or to itself");
  assert_fails (missing, "no such file");

  /* "pos" is the folder itself: its files are those of "neg" and no deeper ones. */
  g_assert_cmpint (symlink (".", inside_path), ==, 0);

  g_autoptr (GError) error = NULL;
  g_autoptr (UtImport) import = fixture_scan (folder, NULL, UT_IMPORT_FIXED_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_rows (import), ==, 1);

  g_assert_cmpint (g_mkdir (locked_path, 0), ==, 0);
  assert_fails (locked, geteuid () == 0 ? "no folders" : "locked: ");
  g_assert_cmpint (g_chmod (locked_path, 0700), ==, 0);
}

static void
test_gzip (Fixture       *self,
           gconstpointer  unused)
{
  static const char first[] = "text,label\ngood,1\n";
  static const char second[] = "bad,0\nfine,1\n";
  gsize first_length, second_length;
  g_autofree char *a = compress (first, strlen (first), &first_length);
  g_autofree char *b = compress (second, strlen (second), &second_length);
  g_autofree char *both = g_malloc0 (first_length + second_length + 100);
  g_autoptr (GError) error = NULL;

  g_test_summary ("All members of a gzip file count, padding does not, and a cut is noticed");

  memcpy (both, a, first_length);
  memcpy (both + first_length, b, second_length);

  g_autoptr (GFile) file = fixture_write (self, "rows.csv.gz", both,
                                          (gssize) (first_length + second_length + 100));
  g_autoptr (UtImport) import = fixture_scan (file, NULL, UT_IMPORT_FIXED_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_rows (import), ==, 3);

  g_autoptr (GFile) cut = fixture_write (self, "cut.csv.gz", both,
                                         (gssize) (first_length + second_length - 5));

  assert_fails (cut, "cut.csv.gz: The compressed file is damaged");
}

/* Labels */

static void
test_proposals (void)
{
  static const struct
  {
    const char *values[12];
    const char *meanings; /* of each: -, +, 0 left out, ? not known */
  } cases[] = {
    { { "0", "1" }, "-+" },
    { { "neg", "POS" }, "-+" },
    { { "Negative", "positive", "Neutral" }, "-+0" },
    { { "-1", "1" }, "-+" },
    { { "-1", "0", "+1" }, "-0+" },
    { { "True", "FALSE" }, "+-" },
    { { "1", "2", "3", "4", "5" }, "--0++" },
    { { "5", "1", "4.0", "3.5" }, "+-++" },
    { { "1 star", "5 stars", "3 Stars" }, "-+0" },
    { { "1/5", "5/5" }, "-+" },
    { { "1", "4", "5", "6", "7", "10" }, "--00++" },
    { { "0", "4" }, "-+" },
    { { "0", "2", "4" }, "-0+" },
    { { "1", "2" }, "-+" },
    { { "0", "1", "neg", "pos", "maybe" }, "-+-+?" },
    { { "11", "12" }, "??" },
    { { "spam", "ham" }, "??" },
    { { "★", "★★★★★" }, "-+" },
    { { "nan", "inf", "0x1", "1e1", "" }, "?????" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtImportLabel labels[12] = { 0 };
      guint n = 0;

      for (; n < G_N_ELEMENTS (labels) && cases[i].values[n] != NULL; n++)
        labels[n].value = (char *) cases[i].values[n];
      ut_import_labels_propose (labels, n);
      g_assert_cmpuint (n, ==, strlen (cases[i].meanings));
      for (guint j = 0; j < n; j++)
        {
          char mark = labels[j].meaning == UT_IMPORT_NEGATIVE ? '-'
                      : labels[j].meaning == UT_IMPORT_POSITIVE ? '+'
                      : labels[j].known ? '0' : '?';

          g_test_message ("%s", labels[j].value);
          g_assert_cmpint (mark, ==, cases[i].meanings[j]);
        }
    }
}

static void
test_meanings (Fixture       *self,
               gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new ("text,label\n");
  g_autoptr (GError) error = NULL;
  g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;
  guint n_labels;

  g_test_summary ("What labels mean may change without reading again");

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "row %u,%s\n", i,
                            i % 3 == 0 ? "gut" : i % 3 == 1 ? "mies" : "so");

  g_autoptr (GFile) file = fixture_write (self, "labels.csv", text->str, -1);
  g_autoptr (UtImport) import = fixture_scan (file, NULL, UT_IMPORT_FIXED_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_usable (import), ==, 0);
  g_assert_null (ut_import_write (import, NULL, "x", self->directory, NULL, NULL, NULL, NULL,
                                  &error));
  g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS);
  g_clear_error (&error);
  g_assert_cmpuint (fixture_count_sets (self), ==, 0);

  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);

  g_assert_cmpuint (n_labels, ==, 3);
  g_assert_cmpstr (labels[0].value, ==, "gut");
  g_assert_cmpuint (labels[0].count, ==, 10);
  ut_import_set_meaning (import, 0, UT_IMPORT_POSITIVE);
  ut_import_set_meaning (import, 1, UT_IMPORT_NEGATIVE);
  g_assert_cmpuint (ut_import_get_n_usable (import), ==, 20);

  g_autoptr (GFile) folder = ut_import_write (import, NULL, "x", self->directory, &report, NULL,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report.n_rows[UT_DATA_TRAIN], ==, 16);
  g_assert_cmpuint (report.n_rows[UT_DATA_DEV], ==, 2);
  g_assert_cmpuint (report.n_rows[UT_DATA_TEST], ==, 2);
  g_assert_cmpuint (report.n_left_out, ==, 10);
  g_assert_cmpuint (g_strv_length (report.warnings), ==, 1);
  g_assert_nonnull (strstr (report.warnings[0], "“so”"));

  g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;

  g_assert_true (ut_data_about_read (&about, folder, NULL, &error));
  g_assert_cmpstr (about.source, ==, "labels.csv");
  g_assert_cmpint (about.split_seed, ==, 1);
  g_assert_cmpuint (about.n_left_out, ==, 10);
}

/* Other things */

static void
test_guess (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) treebank =
    fixture_write (self, "sst/train.tsv", "sentence\tlabel\nit 's , well , good . \t1\n"
                   "\" bad \t0\nnot bad , not good . \t0\n", -1);
  const UtImportSource source = { .train = treebank };
  g_autoptr (UtImportGuess) guess = ut_import_guess (&source, NULL, UT_IMPORT_FIXED_NONE, NULL,
                                                     &error);
  g_autofree char *title = NULL;

  g_assert_no_error (error);

  const UtImportOptions *options = ut_import_guess_get_options (guess);

  title = ut_import_guess_dup_title (guess);
  g_assert_cmpstr (title, ==, "sst");
  g_assert_cmpint (options->form, ==, UT_IMPORT_DELIMITED);
  g_assert_cmpint (options->delimiter, ==, '\t');
  g_assert_false (options->quoting);
  g_assert_true (options->header);
  g_assert_true (options->tokenized);
  g_assert_cmpint (options->unit, ==, UT_DATA_UNIT_SENTENCE);
  g_assert_cmpuint (ut_import_guess_get_n_columns (guess), ==, 2);
  g_assert_cmpstr (ut_import_guess_get_column (guess, 0), ==, "sentence");
  g_assert_cmpuint (ut_import_guess_get_n_rows (guess), ==, 3);
  g_assert_cmpstr (ut_import_guess_get_fields (guess, 1)[0], ==, "\" bad ");

  g_autoptr (GFile) reviews =
    fixture_write (self, "reviews.csv", "id,rating,title,comment\n"
                   "1,5,Great,I liked it. It was long. We stayed.\n"
                   "2,1,No,Never again. The end is bad. Go home.\n", -1);
  const UtImportSource others = { .train = reviews };
  g_autoptr (UtImportGuess) other = ut_import_guess (&others, NULL, UT_IMPORT_FIXED_NONE, NULL,
                                                     &error);

  g_assert_no_error (error);
  options = ut_import_guess_get_options (other);
  g_assert_cmpuint (options->text_column, ==, 3);
  g_assert_cmpuint (options->label_column, ==, 1);
  g_assert_cmpint (options->unit, ==, UT_DATA_UNIT_REVIEW);
  g_assert_false (options->tokenized);

  UtImportOptions chosen = *options;

  chosen.text_column = 2;
  chosen.header = FALSE;
  g_autoptr (UtImportGuess) again =
    ut_import_guess (&others, &chosen, UT_IMPORT_FIXED_TEXT_COLUMN | UT_IMPORT_FIXED_HEADER, NULL,
                     &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_guess_get_options (again)->text_column, ==, 2);
  g_assert_cmpstr (ut_import_guess_get_column (again, 1), ==, "Column 2");
  g_assert_cmpuint (ut_import_guess_get_n_rows (again), ==, 3);
}

static void
test_parts (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr (GFile) train =
    fixture_write (self, "train.csv", "text,label\none two three four five,1\nbad film,0\n"
                   "a b c d,1\n", -1);
  g_autoptr (GFile) dev =
    fixture_write (self, "dev.csv", "label,id,text\n0,1,bad film\n1,2,two three four five\n"
                   "1,3,film\n0,4,x a b c d\n1,5,wholly other words here\n", -1);
  g_autoptr (GFile) wrong = fixture_write (self, "wrong.csv", "label,words\n0,bad film\n", -1);
  const UtImportSource source = { .train = train, .dev = dev };
  const UtImportSource wrong_source = { .train = train, .dev = wrong };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) guess = ut_import_guess (&source, NULL, UT_IMPORT_FIXED_NONE, NULL,
                                                     &error);
  g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;

  g_test_summary ("Given parts stay as they are, and what they share with training is counted");

  g_assert_no_error (error);
  g_assert_true (ut_import_guess_has_parts (guess));

  g_autoptr (UtImport) import = ut_import_scan (guess, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_get_n_part_rows (import, UT_DATA_DEV), ==, 5);

  g_autoptr (GFile) folder = ut_import_write (import, NULL, "x", self->directory, &report, NULL,
                                              NULL, NULL, &error);

  g_assert_no_error (error);

  g_autofree char *parts = fixture_read_parts (folder);

  g_assert_cmpstr (parts, ==,
                   "== train.tsv\nsentence\tlabel\none two three four five\t1\nbad film\t0\n"
                   "a b c d\t1\n"
                   "== dev.tsv\nsentence\tlabel\nbad film\t0\ntwo three four five\t1\nfilm\t1\n"
                   "x a b c d\t0\nwholly other words here\t1\n== test.tsv\nnone\n");
  g_assert_cmpuint (g_strv_length (report.warnings), ==, 2);
  g_assert_true (g_str_has_prefix (report.warnings[0], "1 of 5 development rows also stands"));
  g_assert_true (g_str_has_prefix (report.warnings[1], "2 of 5 development rows are phrases"));

  g_autoptr (UtImportGuess) wrong_guess = ut_import_guess (&wrong_source, NULL,
                                                           UT_IMPORT_FIXED_NONE, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (ut_import_scan (wrong_guess, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "wrong.csv: There is no column “text”"));
}

static void
test_controls (Fixture       *self,
               gconstpointer  unused)
{
  g_autoptr (GFile) file =
    fixture_write (self, "controls.csv", "text,label\n\"a\tb\r\nc\x01""d \xe2\x80\xa8 e\",1\n"
                   "\"x\vy\fz\",0\n", -1);
  UtImportOptions options = UT_IMPORT_OPTIONS_INIT;

  g_test_summary ("Whatever a text holds, the data set can be read");

  options.split = UT_IMPORT_SPLIT_FILES;
  for (guint tokenized = 0; tokenized < 2; tokenized++)
    {
      g_autoptr (GError) error = NULL;

      options.tokenized = tokenized == 1;

      g_autoptr (UtImport) import =
        fixture_scan (file, &options, UT_IMPORT_FIXED_TOKENIZED | UT_IMPORT_FIXED_SPLIT, &error);

      g_assert_no_error (error);

      g_autoptr (GFile) folder = ut_import_write (import, NULL, "x", self->directory, NULL, NULL,
                                                  NULL, NULL, &error);

      g_assert_no_error (error);

      g_autoptr (GFile) train = g_file_get_child (folder, "train.tsv");
      g_autoptr (UtDataset) dataset = ut_dataset_read (train, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ut_dataset_get_n_rows (dataset), ==, 2);

      g_autofree char *sentence = ut_dataset_dup_sentence (dataset, 1);

      g_assert_cmpstr (sentence, ==, "x y z");
    }
}

typedef struct
{
  GCancellable *cancellable;
  guint n_calls;
  guint n_until_cancel;
} Canceller;

static void
cancel_cb (double   fraction,
           gpointer data)
{
  Canceller *self = data;

  g_assert_cmpfloat (fraction, >=, 0);
  g_assert_cmpfloat (fraction, <=, 1);
  if (self->n_calls++ == self->n_until_cancel)
    g_cancellable_cancel (self->cancellable);
}

/* Returns whether all was done before the cancellable was cancelled. */
static gboolean
import_cancelled (Fixture *self,
                  GFile   *file,
                  guint    n_until_cancel)
{
  const UtImportSource source = { .train = file };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Canceller canceller = { cancellable, 0, n_until_cancel };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) guess = ut_import_guess (&source, NULL, UT_IMPORT_FIXED_NONE,
                                                     cancellable, &error);

  g_assert_no_error (error);

  g_autoptr (UtImport) import = ut_import_scan (guess, NULL, cancel_cb, &canceller, cancellable,
                                                &error);
  g_autoptr (GFile) folder =
    import != NULL ? ut_import_write (import, NULL, "x", self->directory, NULL, cancel_cb,
                                      &canceller, cancellable, &error) : NULL;

  if (folder != NULL)
    {
      g_assert_cmpuint (fixture_count_sets (self), ==, 1);
      return TRUE;
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture_count_sets (self), ==, 0);

  return FALSE;
}

static void
test_cancel (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new ("text,label\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_test_summary ("Whenever it is cancelled, nothing is left behind");

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "this is row number %u of a file that takes some time,%u\n", i,
                            i % 2);

  g_autoptr (GFile) file = fixture_write (self, "rows.csv", text->str, (gssize) text->len);
  const UtImportSource source = { .train = file };

  while (!import_cancelled (self, file, n))
    n++;
  g_test_message ("cancelled %u times", n);
  g_assert_cmpuint (n, >, 20);

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_import_guess (&source, NULL, UT_IMPORT_FIXED_NONE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/import/shapes", test_shapes);
  ADD ("/import/threads", test_threads);
  ADD ("/import/bad-rows", test_bad_rows);
  ADD ("/import/long-rows", test_long_rows);
  ADD ("/import/many-problems", test_many_problems);
  ADD ("/import/errors", test_errors);
  ADD ("/import/special-files", test_special_files);
  ADD ("/import/gzip", test_gzip);
  g_test_add_func ("/import/proposals", test_proposals);
  ADD ("/import/meanings", test_meanings);
  ADD ("/import/guess", test_guess);
  ADD ("/import/parts", test_parts);
  ADD ("/import/controls", test_controls);
  ADD ("/import/cancel", test_cancel);

  return g_test_run ();
}
