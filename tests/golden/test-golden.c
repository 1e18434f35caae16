/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Compares the engine with PyTorch's numbers in the files that make-golden.py and make-as-coded.py
 * write.
 */
#include <math.h>
#include <string.h>

#include "golden.h"
#include "ut-nn-dropout-private.h"

/* Two libraries that add up in another order differ by a few units in the last place of the sums'
 * largest terms: logits are sums of tens of terms near 1, gradients of hundreds. */
#define LOGIT_TOLERANCE 1e-5
/* Largest difference over the tensor's largest entry; single entries may cancel to nearly
 * nothing. */
#define GRADIENT_TOLERANCE 1e-4
/* A tensor's gradient may cancel as a whole: attention's does where tokens are much alike. */
#define MIN_GRADIENT 1e-5
/* Ten steps of at most 1e-3 each; Adam divides by the gradient's own size, so that a gradient which
 * cancels to rounding errors may step the other way. */
#define PARAMETER_TOLERANCE 5e-5
#define LOSS_TOLERANCE 1e-5
/* The script's. */
#define LEARNING_RATE 1e-3f
#define N_STEPS 10
#define DROPOUT_SEED UINT64_C (0x123456789A)

/* Over positions, the bias moves all scores alike: its gradient is nothing but rounding, of which
 * Adam makes whole steps. */
static bool
is_comparable (const Golden     *golden,
               const UtNnTensor *tensor)
{
  return !golden_has_fault (golden, UT_NN_FAULT_LOSS) || strcmp (tensor->name, "fc.bias") != 0;
}

/* (transfer full): what the predictor shall say of each token of the first @n_rows sentences, from
 * the logits at their positions, and of the sentences themselves. Over positions that is the second
 * one's less the first one's, once there are two. */
static float *
read_token_logits (const Golden *golden,
                   size_t        n_rows,
                   float        *logits)
{
  size_t n_positions;
  size_t longest = 0;
  size_t first = 0;
  g_autofree float *positions = golden_copy_floats (golden, "", "token_logits", &n_positions);
  float *token_logits = g_new (float, golden->offsets[n_rows]);

  for (size_t i = 0; i < n_rows; i++)
    longest = MAX (longest, golden->offsets[i + 1] - golden->offsets[i]);
  for (size_t i = 0; i < n_rows; i++)
    {
      size_t length = golden->offsets[i + 1] - golden->offsets[i];
      size_t n = golden_has_fault (golden, UT_NN_FAULT_PADDING) ? longest : length;
      float *own = positions + first;

      first += n;
      g_assert_cmpuint (first, <=, n_positions);
      if (golden_has_fault (golden, UT_NN_FAULT_LOSS))
        {
          float difference = n > 1 ? own[1] - own[0] : 0.0f;

          for (size_t t = 0; t < n; t++)
            own[t] = t > 0 ? difference : 0.0f;
        }
      memcpy (token_logits + golden->offsets[i], own, length * sizeof (float));
      logits[i] = own[n - 1];
    }
  g_assert_cmpuint (first, ==, n_positions);
  return token_logits;
}

static void
check_logits (const Golden *golden,
              size_t        n_rows,
              size_t        max_length)
{
  size_t n;
  size_t n_tokens = golden->offsets[n_rows];
  g_autofree float *expected = g_new (float, n_rows);
  g_autofree float *expected_tokens = read_token_logits (golden, n_rows, expected);
  g_autofree float *logits = g_new (float, n_rows);
  g_autofree float *token_logits = g_new (float, n_tokens);
  UtNnPredictor *predictor;

  if (!golden_has_fault (golden, UT_NN_FAULT_LOSS))
    {
      g_free (expected);
      expected = golden_copy_floats (golden, "", "logits", &n);
      g_assert_cmpuint (n, ==, n_rows);
    }
  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (golden->model), n_rows, max_length,
                                        1, &predictor), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, golden->model, &golden->sentences, NULL, n_rows,
                                        logits, token_logits, NULL), ==, UT_NN_OK);
  golden_assert_close ("logits", logits, expected, n_rows, 1.0, LOGIT_TOLERANCE);
  golden_assert_close ("token_logits", token_logits, expected_tokens, n_tokens, 1.0,
                       LOGIT_TOLERANCE);
  ut_nn_predictor_free (predictor);
}

/* The first batch's mean loss, and how many are right. */
static void
check_outcomes (const Golden *golden,
                size_t        n_rows,
                size_t        max_length,
                float         expected_loss,
                size_t        n_expected)
{
  g_autofree UtNnOutcome *outcomes = g_new (UtNnOutcome, n_rows);
  UtNnPredictor *predictor;
  double sum = 0.0;
  size_t n_counted = 0;
  size_t n_correct = 0;

  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (golden->model), n_rows, max_length,
                                        2, &predictor), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_compare (predictor, golden->model, &golden->sentences, NULL,
                                            n_rows, outcomes), ==, UT_NN_OK);
  for (size_t i = 0; i < n_rows; i++)
    {
      sum += outcomes[i].loss;
      n_counted += outcomes[i].counts;
      n_correct += outcomes[i].answer == golden->labels[i];
    }
  float loss = (float) (sum / (double) n_counted);
  golden_assert_close ("loss of outcomes", &loss, &expected_loss, 1, 1.0, LOSS_TOLERANCE);
  g_assert_cmpuint (n_correct, ==, n_expected);
  ut_nn_predictor_free (predictor);
}

/* The sentences after the last batch, with words that are not in the vocabulary. */
static void
check_open_logits (const Golden *golden,
                   size_t        first)
{
  size_t n;
  UtNnPredictor *predictor;

  if (golden->subwords == NULL)
    return;

  g_autofree float *expected = golden_copy_floats (golden, "", "open_logits", &n);
  g_autofree float *logits = g_new (float, n);
  g_autofree uint32_t *rows = g_new (uint32_t, n);

  for (size_t i = 0; i < n; i++)
    rows[i] = (uint32_t) (first + i);
  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (golden->model), n, 7, 2, &predictor),
                   ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, golden->model, &golden->sentences, rows, n,
                                        logits, NULL, NULL), ==, UT_NN_OK);
  golden_assert_close ("open_logits", logits, expected, n, 1.0, LOGIT_TOLERANCE);
  ut_nn_predictor_free (predictor);
}

static void
check_gradients (const Golden *golden,
                 UtNnTrainer  *trainer)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (golden->model, &n_tensors);

  for (size_t i = 0; i < n_tensors; i++)
    {
      size_t n;
      g_autofree float *expected = golden_copy_floats (golden, "gradient.", tensors[i].name, &n);
      g_autofree float *gradient = g_new (float, tensors[i].size);
      g_autofree char *what = g_strconcat ("gradient of ", tensors[i].name, NULL);

      ut_nn_trainer_copy_gradient (trainer, &tensors[i], gradient);
      if (is_comparable (golden, &tensors[i]))
        golden_assert_close (what, gradient, expected, n,
                             fmax (golden_get_largest (expected, n), MIN_GRADIENT),
                             GRADIENT_TOLERANCE);
    }
}

static void
check_parameters (const Golden *golden)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (golden->model, &n_tensors);

  for (size_t i = 0; i < n_tensors; i++)
    {
      size_t n;
      g_autofree float *expected = golden_copy_floats (golden, "after.", tensors[i].name, &n);

      if (is_comparable (golden, &tensors[i]))
        golden_assert_close (tensors[i].name, ut_nn_model_peek_data (golden->exported, &tensors[i]),
                             expected, n, 1.0, PARAMETER_TOLERANCE);
    }
}

/* The options of the file, where it has any. */
static void
read_options (const Golden       *golden,
              UtNnTrainerOptions *options)
{
  size_t n;

  options->subwords = golden->subwords;
  options->seed = DROPOUT_SEED;
  if (golden->subwords != NULL)
    {
      g_autofree float *rate = golden_copy_floats (golden, "", "word_rate", &n);

      options->word_dropout = *rate;
    }
  if (json_object_has_member (golden->header, "rates"))
    {
      g_autofree float *rates = golden_copy_floats (golden, "", "rates", &n);

      g_assert_cmpuint (n, ==, 3);
      options->embedding_dropout = rates[0];
      options->layer_dropout = rates[1];
      options->readout_dropout = rates[2];
    }
  if (json_object_has_member (golden->header, "decay"))
    {
      g_autofree float *decay = golden_copy_floats (golden, "", "decay", &n);

      options->weight_decay = *decay;
    }
  if (!json_object_has_member (golden->header, "options"))
    return;

  g_autofree float *numbers = golden_copy_floats (golden, "", "options", &n);

  g_assert_cmpuint (n, ==, 3);
  options->max_gradient_norm = numbers[0];
  options->label_smoothing = numbers[1];
  options->freezes_embedding = numbers[2] != 0;
}

/* The masks of the first step are those in the file. */
static void
check_masks (const Golden    *golden,
             const char      *name,
             UtNnDropoutSite  site,
             float            rate,
             size_t           n_sentences)
{
  const UtNnDropout dropout = { DROPOUT_SEED, 1 };
  size_t n;
  size_t row = 0;

  if (!json_object_has_member (golden->header, name))
    {
      g_assert_cmpfloat (rate, ==, 0.0f);
      return;
    }

  g_autofree float *expected = golden_copy_floats (golden, "", name, &n);
  size_t columns = (size_t) json_array_get_int_element (golden_get_dims (golden, name), 1);
  size_t width = _ut_nn_round_up (columns);
  g_autofree float *mask = g_new (float, width);

  for (size_t i = 0; i < n_sentences; i++)
    {
      size_t length = site == UT_NN_DROPOUT_READOUT ? 1
                                                    : golden->offsets[i + 1] - golden->offsets[i];

      for (size_t t = 0; t < length; t++, row++)
        {
          _ut_nn_dropout_draw (&dropout, site, i, t, (double) rate, width, mask);
          g_assert_cmpmem (mask, columns * sizeof (float), expected + row * columns,
                           columns * sizeof (float));
        }
    }
  g_assert_cmpuint (row * columns, ==, n);
}

static void
test_file (gconstpointer data)
{
  Golden golden = { 0 };
  size_t n_batches, n_losses;
  size_t first = 0;
  size_t max_sentences = 0;
  size_t max_length = 0;
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnTrainer *trainer;
  g_autofree size_t *n_correct = NULL;

  g_test_summary ("Logits, loss, gradients and ten steps of Adam are those of PyTorch");
  golden_open (&golden, data);
  g_autofree size_t *sizes = golden_copy_sizes (&golden, "sizes", &n_batches);
  g_autofree float *losses = golden_copy_floats (&golden, "", "losses", &n_losses);
  g_assert_cmpuint (n_batches, ==, N_STEPS);
  g_assert_cmpuint (n_losses, ==, N_STEPS);
  if (json_object_has_member (golden.header, "n_correct"))
    n_correct = golden_copy_sizes (&golden, "n_correct", &n_losses);
  g_assert_cmpuint (n_losses, ==, N_STEPS);
  for (size_t i = 0; i < n_batches; i++)
    {
      for (size_t row = first; row < first + sizes[i]; row++)
        max_length = MAX (max_length, golden.offsets[row + 1] - golden.offsets[row]);
      first += sizes[i];
      max_sentences = MAX (max_sentences, sizes[i]);
    }

  check_logits (&golden, sizes[0], max_length);
  if (n_correct != NULL)
    check_outcomes (&golden, sizes[0], max_length, losses[0], n_correct[0]);
  check_open_logits (&golden, first);

  read_options (&golden, &options);
  check_masks (&golden, "mask.embedding", UT_NN_DROPOUT_EMBEDDING, options.embedding_dropout,
               sizes[0]);
  check_masks (&golden, "mask.layer", UT_NN_DROPOUT_LAYER + 1, options.layer_dropout, sizes[0]);
  check_masks (&golden, "mask.readout", UT_NN_DROPOUT_READOUT, options.readout_dropout, sizes[0]);
  options.learning_rate = LEARNING_RATE;
  options.max_sentences = max_sentences;
  options.max_length = max_length;
  options.n_threads = 2;
  g_assert_cmpint (ut_nn_trainer_new (golden.model, &options, &trainer), ==, UT_NN_OK);
  first = 0;
  for (size_t step = 0; step < N_STEPS; step++)
    {
      g_autofree uint32_t *rows = g_new (uint32_t, sizes[step]);
      UtNnStepResult result;

      for (size_t i = 0; i < sizes[step]; i++)
        rows[i] = (uint32_t) (first + i);
      g_assert_cmpint (ut_nn_trainer_step (trainer, &golden.sentences, rows, sizes[step], &result),
                       ==, UT_NN_OK);
      float loss = (float) result.loss;
      golden_assert_close ("loss", &loss, &losses[step], 1, 1.0, step == 0 ? LOSS_TOLERANCE
                                                                           : PARAMETER_TOLERANCE);
      if (n_correct != NULL)
        g_assert_cmpuint (result.n_correct, ==, n_correct[step]);
      if (step == 0)
        check_gradients (&golden, trainer);
      first += sizes[step];
    }
  ut_nn_trainer_export (trainer, golden.exported);
  check_parameters (&golden);

  ut_nn_trainer_free (trainer);
  golden_close (&golden);
}

int
main (int    argc,
      char **argv)
{
  static const char *const files[] = {
    "rnn-0.safetensors", "rnn-1.safetensors",
    "lstm-0.safetensors", "lstm-1.safetensors",
    "gru-0.safetensors", "gru-1.safetensors",
    "gru-clipped.safetensors", "rnn-smoothed.safetensors",
    "lstm-frozen.safetensors", "lstm-all.safetensors",
    "lstm-mean.safetensors", "gru-max.safetensors",
    "rnn-attention.safetensors", "gru-directions.safetensors",
    "lstm-deep.safetensors", "rnn-dropout.safetensors",
    "gru-wide.safetensors", "lstm-wide.safetensors",
    "lstm-subwords.safetensors", "gru-subwords.safetensors",
    "rnn-subwords.safetensors", "bag.safetensors",
    "lstm-decay.safetensors", "gru-decay.safetensors",
    "rnn-as-coded.safetensors", "lstm-as-coded.safetensors",
    "gru-as-coded.safetensors",
    "lstm-fault-state.safetensors", "lstm-repaired-state.safetensors",
    "lstm-fault-loss.safetensors", "lstm-repaired-loss.safetensors",
    "lstm-fault-padding.safetensors", "lstm-repaired-padding.safetensors",
  };

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/golden/", files[i], NULL);

      g_test_add_data_func (path, files[i], test_file);
    }
  return g_test_run ();
}
