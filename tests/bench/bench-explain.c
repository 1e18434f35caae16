/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How long it takes to say what the words of a sentence are worth, by each method, and what another
 * word in a place would do: from the prediction to the numbers, on one thread. Without a model named
 * on the command line, networks with random weights of the default size read 50 words; with one, it
 * reads these words, which it may not know, or the text named behind it. Prints for each the median
 * of several rounds, and with how many steps the integral was taken.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <ut-lab.h>

#define N_ROUNDS 11
#define N_WORDS 50
#define VOCABULARY 1000

static void
check (const GError *error)
{
  if (error == NULL)
    return;

  g_printerr ("bench-explain: %s\n", error->message);
  exit (1);
}

static UtVocabulary *
make_vocabulary (void)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (words, g_strdup ("[pad]"));
  g_ptr_array_add (words, g_strdup ("[unk]"));
  while (words->len < VOCABULARY)
    g_ptr_array_add (words, g_strdup_printf ("w%u", words->len));

  UtVocabulary *vocabulary = ut_vocabulary_new ((const char **) words->pdata, words->len, &error);

  check (error);
  return vocabulary;
}

static UtModel *
make_model (UtNnCell cell,
            gboolean bidirectional)
{
  UtNnShape shape = UT_NN_SHAPE_INIT (cell, VOCABULARY, 50, 64);
  const UtNnRandom random = { 1, UT_NN_STREAM_EMBEDDING };
  const UtDataFacts facts = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtConfig) config = ut_config_builder_end (ut_config_builder_new (NULL), &error);
  g_autoptr (UtVocabulary) vocabulary = make_vocabulary ();
  UtNnModel *weights;

  check (error);
  shape.bidirectional = bidirectional;
  if (ut_nn_model_new (&shape, &weights) != UT_NN_OK)
    exit (1);
  ut_nn_model_initialize (weights, 1);

  const UtNnTensor *embedding = ut_nn_model_find_tensor (weights, "embedding.weight");
  float *numbers = ut_nn_model_get_data (weights, embedding);

  for (gsize i = embedding->dims[1]; i < embedding->size; i++)
    numbers[i] = 0.68f * (float) ut_nn_random_normal (random, i);

  return ut_model_new (config, vocabulary, NULL, weights, &facts);
}

static char *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_WORDS; i++)
    g_string_append_printf (text, "%sw%u", i > 0 ? " " : "", 2 + i * 19 % (VOCABULARY - 2));

  return g_string_free (text, FALSE);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
get_median (double *times)
{
  qsort (times, N_ROUNDS, sizeof *times, compare);
  return times[N_ROUNDS / 2];
}

static double
explain (UtModel       *model,
         UtPrediction  *prediction,
         UtWorthMethod  method,
         guint         *n_steps)
{
  double times[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      g_autoptr (UtExplanation) explanation =
        ut_explanation_new (model, prediction, method, 0, 1, NULL, NULL, NULL, &error);

      check (error);
      times[i] = (double) (g_get_monotonic_time () - start) / 1000.0;
      *n_steps = explanation->sentences[0].n_steps;
    }

  return get_median (times);
}

static double
strike_out (UtModel      *model,
            UtPrediction *prediction)
{
  const UtEdit edit = { prediction->n_words / 2, UT_EDIT_STRIKE_OUT, NULL };
  double times[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      g_autoptr (UtWhatIf) what_if = ut_what_if_new (model, prediction, 0, &edit, 1, NULL, &error);

      check (error);
      times[i] = (double) (g_get_monotonic_time () - start) / 1000.0;
    }

  return get_median (times);
}

static void
measure (const char *name,
         UtModel    *model,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (model, text, strlen (text),
                                                           UT_READING_WHOLE, NULL, &error);

  check (error);
  if (prediction->n_words == 0)
    return;
  g_print ("%-20s %4zu words", name, prediction->sentences[0].n_words);
  for (UtWorthMethod method = UT_WORTH_LEAVE_OUT; method < UT_N_WORTH_METHODS; method++)
    {
      guint n_steps = 0;

      if (ut_worth_method_get_objection (method, model) != NULL)
        continue;
      g_print ("  %s %.2f ms", ut_worth_method_get_nick (method),
               explain (model, prediction, method, &n_steps));
      if (n_steps > 0)
        g_print (" (%u steps)", n_steps);
    }
  g_print ("  striking out %.2f ms\n", strike_out (model, prediction));
}

int
main (int    argc,
      char **argv)
{
  static const char * const names[] = { "RNN", "LSTM", "GRU" };
  g_autofree char *text = argc > 2 ? g_strdup (argv[2]) : make_text ();

  if (argc > 1)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[1]);
      g_autoptr (UtModel) model = ut_model_load (file, NULL, &error);

      check (error);
      measure (argv[1], model, text);
      return 0;
    }

  for (guint cell = UT_NN_CELL_RNN; cell <= UT_NN_CELL_GRU; cell++)
    for (guint n_directions = 1; n_directions <= 2; n_directions++)
      {
        g_autofree char *name = g_strdup_printf ("%s, %u direction%s", names[cell], n_directions,
                                                 n_directions > 1 ? "s" : "");
        g_autoptr (UtModel) model = make_model ((UtNnCell) cell, n_directions == 2);

        measure (name, model, text);
      }

  return 0;
}
