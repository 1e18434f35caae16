/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any file is either refused with an error, or becomes rows that a data set can hold; the same ones
 * however it is read. */

#include "config.h"

#include "fuzz.h"
#include "ut-import-private.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <ut-data.h>

static void
check (const UtImport *import)
{
  guint n_labels, n_problems;
  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);
  const UtImportProblem *problems = ut_import_get_problems (import, &n_problems);
  gsize n = 0;

  g_assert_cmpuint (ut_import_get_n_rows (import), >, 0);
  g_assert_cmpuint (n_labels, >, 0);
  g_assert_cmpuint (n_labels, <=, UT_IMPORT_MAX_LABELS);
  for (guint i = 0; i < n_labels; i++)
    {
      g_assert_true (g_utf8_validate (labels[i].value, -1, NULL));
      n += labels[i].count;
    }
  g_assert_cmpuint (n, ==, ut_import_get_n_rows (import));
  g_assert_cmpuint (n_problems, ==,
                    MIN (ut_import_get_n_problems (import), UT_IMPORT_MAX_PROBLEMS));
  for (guint i = 0; i < n_problems; i++)
    {
      g_assert_cmpuint (problems[i].line, >, i > 0 ? problems[i - 1].line : 0);
      g_assert_true (g_utf8_validate (problems[i].message, -1, NULL));
    }

  for (gsize row = 0; row < ut_import_get_n_rows (import); row++)
    {
      g_autofree char *sentence = ut_import_dup_sentence (import, row);
      gsize length = strlen (sentence);
      guint n_words = 1;

      g_assert_cmpuint (length, ==, _ut_import_get_row (import, row)->length);
      g_assert_true (g_utf8_validate (sentence, -1, NULL));
      g_assert_cmpuint (length, >, 0);
      g_assert_true (sentence[0] != ' ' && sentence[length - 1] != ' ');
      for (gsize i = 0; i < length; i++)
        {
          g_assert_true (sentence[i] != '\t' && sentence[i] != '\n' && sentence[i] != '\r');
          n_words += sentence[i] == ' ';
          g_assert_true (sentence[i] != ' ' || sentence[i + 1] != ' ');
        }
      g_assert_cmpuint (n_words, ==, _ut_import_get_row (import, row)->n_words);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const UtImportSource source = { .train = file };
  UtImportOptions chosen = UT_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (size > 0 ? write (fd, data, size) : 0, ==, size);

  g_autoptr (UtImportGuess) guess = ut_import_guess (&source, &chosen, UT_IMPORT_FIXED_NONE, NULL,
                                                     &error);

  g_assert_true ((guess == NULL) == (error != NULL));
  if (guess != NULL)
    {
      UtImportOptions options = *ut_import_guess_get_options (guess);

      options.n_threads = 1;
      g_assert_cmpuint (ut_import_guess_get_n_columns (guess), >=, 2);
      for (guint i = 0; i < ut_import_guess_get_n_columns (guess); i++)
        g_assert_true (g_utf8_validate (ut_import_guess_get_column (guess, i), -1, NULL));

      g_autoptr (UtImport) import = ut_import_scan (guess, &options, NULL, NULL, NULL, &error);

      g_assert_true ((import == NULL) == (error != NULL));
      if (import != NULL)
        check (import);
    }
  close (fd);

  return 0;
}
