/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any file is either refused with an error, or its rows are answered or named; and what is written
 * has the rows that were answered. */

#include "config.h"

#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <ut-lab.h>

static UtModel *
make_model (void)
{
  static const char * const words[] = { "[pad]", "[unk]", "good", "bad", "." };
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_cell (builder, UT_CELL_RNN);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 1);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 1);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), &error);
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, G_N_ELEMENTS (words), 1, 1);
  UtDataFacts facts = { 0 };
  UtNnModel *weights;

  g_assert_no_error (error);
  g_assert_cmpint (ut_nn_model_new (&shape, &weights), ==, UT_NN_OK);
  ut_nn_model_initialize (weights, 1);

  return ut_model_new (config, vocabulary, NULL, weights, &facts);
}

/* Lines of JSON have no line end inside, so that they can be counted. */
static gboolean
count_cb (const char  *text,
          gsize        length,
          gpointer     data,
          GError     **error)
{
  g_assert_true (g_utf8_validate_len (text, length, NULL));
  for (gsize i = 0; i < length; i++)
    *(guint64 *) data += text[i] == '\n';

  return TRUE;
}

static void
check (UtModel       *model,
       UtImportGuess *guess)
{
  static const UtClassifyFuncs funcs = { count_cb, NULL, NULL };
  const UtClassifyOptions options = { .form = UT_ROWS_JSON_LINES, .n_threads = 1 };
  g_autoptr (GError) error = NULL;
  guint64 n_lines = 0;
  guint n_problems;
  g_autoptr (UtClassification) found = ut_classify (model, guess, &options, NULL, &funcs, &n_lines,
                                                    NULL, &error);

  g_assert_true ((found == NULL) == (error != NULL));
  if (found == NULL)
    return;

  const UtImportProblem *problems = ut_classification_get_problems (found, &n_problems);

  g_assert_cmpuint (ut_classification_get_n_rows (found), ==, n_lines);
  g_assert_cmpuint (n_problems, ==, MIN (ut_classification_get_n_problems (found),
                                         UT_IMPORT_MAX_PROBLEMS));
  for (guint i = 0; i < n_problems; i++)
    {
      g_assert_cmpuint (problems[i].line, >, i > 0 ? problems[i - 1].line : 0);
      g_assert_true (g_utf8_validate (problems[i].message, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const UtImportForm forms[] = {
    UT_IMPORT_DELIMITED, UT_IMPORT_JSON_LINES, UT_IMPORT_LINES, UT_IMPORT_WHOLE,
  };
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (UtModel) model = make_model ();

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (size > 0 ? write (fd, data, size) : 0, ==, size);

  /* As it is guessed first, then as each form. */
  for (gsize i = 0; i <= G_N_ELEMENTS (forms); i++)
    {
      UtImportOptions options = UT_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;

      options.form = i > 0 ? forms[i - 1] : UT_IMPORT_DELIMITED;

      g_autoptr (UtImportGuess) guess =
        ut_import_guess_texts (file, &options,
                               i > 0 ? UT_IMPORT_FIXED_FORM : UT_IMPORT_FIXED_NONE, NULL, &error);

      g_assert_true ((guess == NULL) == (error != NULL));
      if (guess != NULL)
        check (model, guess);
    }
  close (fd);

  return 0;
}
