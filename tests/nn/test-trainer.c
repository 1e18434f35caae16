/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <math.h>
#include <string.h>

#include "test-data.h"
#include "ut-nn.h"

enum { N_SENTENCES = 150, MAX_LENGTH = 19, BATCH = 50 };
enum { VOCABULARY = 1500, EMBEDDING = 50, HIDDEN = 64, N_SUBWORDS = 300 };

static UtNnModel *
new_model_of_shape (const UtNnShape *shape)
{
  const UtNnRandom random = { 4, UT_NN_STREAM_EMBEDDING };
  UtNnModel *model;

  g_assert_cmpint (ut_nn_model_new (shape, &model), ==, UT_NN_OK);
  ut_nn_model_initialize (model, 4);
  float *table = ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, "embedding.weight"));
  for (size_t i = shape->embedding; i < shape->vocabulary * shape->embedding; i++)
    table[i] = (float) (0.5 * ut_nn_random_normal (random, i));
  return model;
}

static UtNnModel *
new_model (UtNnCell cell,
           size_t   vocabulary,
           size_t   embedding,
           size_t   hidden)
{
  const UtNnShape shape = UT_NN_SHAPE_INIT (cell, vocabulary, embedding, hidden);

  return new_model_of_shape (&shape);
}

static UtNnTrainer *
new_trainer_with (UtNnModel          *model,
                  UtNnTrainerOptions  options,
                  size_t              n_threads)
{
  UtNnTrainer *trainer;

  options.max_sentences = BATCH;
  options.max_length = MAX_LENGTH;
  options.n_threads = n_threads;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_OK);
  return trainer;
}

static UtNnTrainer *
new_trainer (UtNnModel *model,
             size_t     n_threads)
{
  return new_trainer_with (model, (UtNnTrainerOptions) UT_NN_TRAINER_OPTIONS_INIT, n_threads);
}

/* Batches of 50, 17, 1 and 33 sentences in turn. */
static void
train (UtNnTrainer    *trainer,
       const TestData *data,
       size_t          first_step,
       size_t          n_steps,
       double         *losses)
{
  static const size_t sizes[] = { 50, 17, 1, 33 };

  for (size_t step = first_step; step < first_step + n_steps; step++)
    {
      uint32_t rows[BATCH];
      UtNnStepResult result;
      size_t n = sizes[step % G_N_ELEMENTS (sizes)];
      size_t n_tokens = 0;

      for (size_t i = 0; i < n; i++)
        {
          rows[i] = (uint32_t) ((step * 37 + i) % data->n_sentences);
          n_tokens += data->offsets[rows[i] + 1] - data->offsets[rows[i]];
        }
      g_assert_cmpint (ut_nn_trainer_step (trainer, &data->view, rows, n, &result), ==, UT_NN_OK);
      g_assert_cmpuint (result.n_tokens, ==, n_tokens);
      g_assert_cmpuint (result.n_correct, <=, n);
      losses[step - first_step] = result.loss;
    }
}

static void
assert_same_parameters (const UtNnModel *a,
                        const UtNnModel *b)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (a, &n_tensors);

  for (size_t i = 0; i < n_tensors; i++)
    g_assert_cmpmem (ut_nn_model_peek_data (a, &tensors[i]), tensors[i].size * sizeof (float),
                     ut_nn_model_peek_data (b, &tensors[i]), tensors[i].size * sizeof (float));
}

/* (transfer full): the parameters after the last step. */
static UtNnModel *
export (const UtNnTrainer *trainer,
        const UtNnModel   *model)
{
  UtNnModel *copy;

  g_assert_cmpint (ut_nn_model_new (ut_nn_model_get_shape (model), &copy), ==, UT_NN_OK);
  ut_nn_trainer_export (trainer, copy);
  return copy;
}

static void
assert_same_bits (const UtNnShape          *shape,
                  const UtNnTrainerOptions *options)
{
  enum { N_STEPS = 8 };
  static const size_t thread_counts[] = { 1, TEST_THREAD_COUNTS };
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 41);
  UtNnModel *models[G_N_ELEMENTS (thread_counts)];
  double losses[G_N_ELEMENTS (thread_counts)][N_STEPS];

  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      models[i] = new_model_of_shape (shape);
      UtNnTrainer *trainer = new_trainer_with (models[i], *options, thread_counts[i]);
      train (trainer, sentences, 0, N_STEPS, losses[i]);
      g_assert_cmpuint (ut_nn_trainer_get_step_count (trainer), ==, N_STEPS);
      ut_nn_trainer_free (trainer);

      assert_same_parameters (models[i], models[0]);
      g_assert_cmpmem (losses[i], sizeof losses[i], losses[0], sizeof losses[0]);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    ut_nn_model_free (models[i]);
}

static void
test_same_bits (gconstpointer data)
{
  UtNnCell cell = (UtNnCell) GPOINTER_TO_INT (data);
  const UtNnShape shape = UT_NN_SHAPE_INIT (cell, VOCABULARY, EMBEDDING, HIDDEN);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

  g_test_summary ("Training twice, and on 1, 2, 3 and 8 threads, gives the same bits, with options, "
                  "too");
  assert_same_bits (&shape, &options);

  options.weight_decay = 0.5f;
  options.max_gradient_norm = 0.05f;
  options.label_smoothing = 0.1f;
  assert_same_bits (&shape, &options);

  options.freezes_embedding = true;
  assert_same_bits (&shape, &options);
}

static void
test_form_bits (gconstpointer data)
{
  const TestForm *form = data;
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

  g_test_summary ("So it does with layers, directions, read-outs, dropout and faults");
  options.embedding_dropout = form->dropout;
  options.layer_dropout = 0.5f * form->dropout;
  options.readout_dropout = 0.5f * form->dropout;
  options.word_dropout = form->dropout;
  options.seed = 8;

  g_autoptr (TestSubwords) subwords = test_subwords_new (VOCABULARY, MAX (1, form->n_subwords), 9);

  if (form->n_subwords > 0)
    options.subwords = &subwords->view;
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      const UtNnShape shape = test_form_make_shape (form, (UtNnCell) cell, VOCABULARY, 20, 24);

      assert_same_bits (&shape, &options);
    }
}

enum { N_OUTCOME_STEPS = 3, N_OUTCOMES = N_OUTCOME_STEPS * BATCH };

/* Of the sentences of each step's batch, whose rows are in no order. */
static void
collect_outcomes (const UtNnShape          *shape,
                  const UtNnTrainerOptions *options,
                  const TestData           *data,
                  size_t                    n_threads,
                  UtNnOutcome              *stepped,
                  UtNnOutcome              *forward)
{
  UtNnModel *model = new_model_of_shape (shape);
  UtNnTrainer *trainer = new_trainer_with (model, *options, n_threads);
  UtNnPredictor *predictor;

  g_assert_cmpint (ut_nn_predictor_new (shape, BATCH, MAX_LENGTH, n_threads, &predictor), ==,
                   UT_NN_OK);
  for (size_t step = 0; step < N_OUTCOME_STEPS; step++)
    {
      UtNnModel *before = export (trainer, model);
      UtNnStepResult result;
      uint32_t rows[BATCH];
      double loss = 0.0;
      size_t n_counted = 0;
      size_t n_correct = 0;

      for (size_t i = 0; i < BATCH; i++)
        rows[i] = (uint32_t) ((step * 41 + i * 53) % data->n_sentences);
      g_assert_cmpint (ut_nn_predictor_compare (predictor, before, &data->view, rows, BATCH,
                                                forward + step * BATCH), ==, UT_NN_OK);
      g_assert_cmpint (ut_nn_trainer_step (trainer, &data->view, rows, BATCH, &result), ==,
                       UT_NN_OK);
      memcpy (stepped + step * BATCH, result.outcomes, BATCH * sizeof *stepped);
      for (size_t i = 0; i < BATCH; i++)
        {
          loss += result.outcomes[i].loss;
          n_counted += result.outcomes[i].counts;
          n_correct += (uint8_t) result.outcomes[i].answer == data->labels[rows[i]];
        }
      g_assert_cmpfloat_with_epsilon (result.loss, loss / (double) MAX (n_counted, 1), 1e-12);
      g_assert_cmpuint (result.n_correct, ==, n_correct);
      ut_nn_model_free (before);
    }
  ut_nn_predictor_free (predictor);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
}

/* Bit by bit; the structures have gaps. */
static void
assert_same_outcomes (const UtNnOutcome *a,
                      const UtNnOutcome *b)
{
  for (size_t i = 0; i < N_OUTCOMES; i++)
    {
      g_assert_cmpint (a[i].answer, ==, b[i].answer);
      g_assert_cmpint (a[i].counts, ==, b[i].counts);
      g_assert_cmpfloat (a[i].loss, ==, b[i].loss);
    }
}

static void
check_outcomes (const UtNnShape          *shape,
                const UtNnTrainerOptions *options)
{
  static const size_t thread_counts[] = { 1, 2, 3, 8 };
  g_autoptr (TestData) data = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 41);
  bool drops = options->embedding_dropout > 0.0f;
  UtNnOutcome first[N_OUTCOMES];

  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      UtNnOutcome stepped[N_OUTCOMES];
      UtNnOutcome forward[N_OUTCOMES];

      collect_outcomes (shape, options, data, thread_counts[i], i == 0 ? first : stepped, forward);
      if (i > 0)
        assert_same_outcomes (stepped, first);
      if (!drops)
        assert_same_outcomes (first, forward);
      else
        g_assert_cmpfloat (first[0].loss, !=, forward[0].loss);
    }
}

static void
test_outcomes (gconstpointer data)
{
  UtNnCell cell = (UtNnCell) GPOINTER_TO_INT (data);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnShape shape = UT_NN_SHAPE_INIT (cell, VOCABULARY, 20, 24);

  g_test_summary ("A step tells each sentence's outcome in the order of the rows: that of the "
                  "forward pass before it, with the same bits for every number of threads");
  check_outcomes (&shape, &options);
  options.label_smoothing = 0.2f;
  check_outcomes (&shape, &options);
  options.label_smoothing = 0.0f;
  for (UtNnFaults faults = 1; faults < 8; faults++)
    {
      shape.faults = faults;
      check_outcomes (&shape, &options);
    }
  shape.faults = 0;
  options.embedding_dropout = 0.3f;
  check_outcomes (&shape, &options);
}

static void
test_bag_outcomes (void)
{
  const UtNnShape shape = UT_NN_SHAPE_BAG_INIT (VOCABULARY, 500);
  const UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

  g_test_summary ("So it does of a bag");
  check_outcomes (&shape, &options);
}

static void
test_bag (void)
{
  enum { N_BIGRAMS = 500 };
  const UtNnShape shape = UT_NN_SHAPE_BAG_INIT (VOCABULARY, N_BIGRAMS);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

  g_test_summary ("A bag gives the same bits, too, and without bigrams others");
  assert_same_bits (&shape, &options);
  options.max_gradient_norm = 0.01f;
  assert_same_bits (&shape, &options);

  const UtNnShape words = UT_NN_SHAPE_BAG_INIT (VOCABULARY, 0);
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 49);
  double losses[2][8];

  assert_same_bits (&words, &options);
  for (size_t i = 0; i < 2; i++)
    {
      UtNnModel *model = new_model_of_shape (i == 0 ? &shape : &words);
      UtNnTrainer *trainer = new_trainer (model, 2);

      train (trainer, sentences, 0, 8, losses[i]);
      ut_nn_trainer_free (trainer);
      ut_nn_model_free (model);
    }
  g_assert_cmpfloat (losses[0][0], ==, losses[1][0]);
  g_assert_cmpfloat (losses[0][7], !=, losses[1][7]);
}

static void
test_dropout (void)
{
  enum { N_STEPS = 4 };
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 48);
  const UtNnShape shape = test_form_make_shape (&test_forms[5], UT_NN_CELL_GRU, VOCABULARY, 20, 24);
  static const struct
  {
    float rates[3];
    uint64_t seed;
    bool same;
  } cases[] = {
    { { 0.0f, 0.0f, 0.0f }, 1, true }, { { 0.0f, 0.0f, 0.0f }, 2, true },
    { { 0.2f, 0.0f, 0.0f }, 1, false }, { { 0.0f, 0.2f, 0.0f }, 1, false },
    { { 0.0f, 0.0f, 0.2f }, 1, false }, { { 0.0f, 0.0f, 0.2f }, 2, false },
  };
  double losses[G_N_ELEMENTS (cases)][N_STEPS];

  g_test_summary ("Each rate of dropout and its seed change what is trained; without one the seed "
                  "does not");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtNnModel *model = new_model_of_shape (&shape);
      UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

      options.embedding_dropout = cases[i].rates[0];
      options.layer_dropout = cases[i].rates[1];
      options.readout_dropout = cases[i].rates[2];
      options.seed = cases[i].seed;
      UtNnTrainer *trainer = new_trainer_with (model, options, 2);
      train (trainer, sentences, 0, N_STEPS, losses[i]);
      g_assert_cmpint (memcmp (losses[i], losses[0], sizeof losses[0]) == 0, ==, cases[i].same);
      if (i > 0 && !cases[i].same)
        g_assert_cmpint (memcmp (losses[i], losses[i - 1], sizeof losses[0]), !=, 0);
      ut_nn_trainer_free (trainer);
      ut_nn_model_free (model);
    }
}

static void
test_clipping (void)
{
  g_autoptr (TestData) sentences = test_data_new (BATCH, MAX_LENGTH, VOCABULARY, 47);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  double norms[3] = { 0 };

  g_test_summary ("A gradient is scaled down to the norm, but not up to it");
  for (size_t i = 0; i < G_N_ELEMENTS (norms); i++)
    {
      UtNnModel *model = new_model (UT_NN_CELL_GRU, VOCABULARY, EMBEDDING, HIDDEN);
      size_t n_tensors;
      const UtNnTensor *tensors = ut_nn_model_get_tensors (model, &n_tensors);
      UtNnStepResult result;

      options.max_gradient_norm = i == 0 ? 0.0f : (float) norms[0] * (i == 1 ? 0.5f : 2.0f);
      UtNnTrainer *trainer = new_trainer_with (model, options, 2);
      g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences->view, NULL, BATCH, &result), ==,
                       UT_NN_OK);
      for (size_t tensor = 0; tensor < n_tensors; tensor++)
        {
          g_autofree float *gradient = g_new (float, tensors[tensor].size);

          ut_nn_trainer_copy_gradient (trainer, &tensors[tensor], gradient);
          for (size_t k = 0; k < tensors[tensor].size; k++)
            norms[i] += (double) gradient[k] * (double) gradient[k];
        }
      norms[i] = sqrt (norms[i]);
      ut_nn_trainer_free (trainer);
      ut_nn_model_free (model);
    }
  g_assert_cmpfloat (norms[0], >, 0.0);
  g_assert_cmpfloat_with_epsilon (norms[1], 0.5 * norms[0], 1e-4 * norms[0]);
  g_assert_cmpfloat (norms[2], ==, norms[0]);
}

static void
test_decay (void)
{
  enum { N_STEPS = 3 };
  uint32_t tokens[] = { 2, UT_NN_PAD, 3 };
  size_t offsets[] = { 0, 3 };
  uint8_t labels[] = { 1 };
  const UtNnSentences sentences = { tokens, offsets, labels };
  UtNnModel *before = new_model (UT_NN_CELL_GRU, 6, 5, 4);
  UtNnModel *after[4];
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  const UtNnTensor *tensor = ut_nn_model_find_tensor (before, "embedding.weight");
  const float *table = ut_nn_model_peek_data (before, tensor);

  g_test_summary ("Decay takes its share of every parameter, also of words that never occur, but "
                  "none of a frozen embedding; the pad row stays zero");
  options.learning_rate = 0.1f;
  for (size_t i = 0; i < G_N_ELEMENTS (after); i++)
    {
      UtNnModel *model = new_model (UT_NN_CELL_GRU, 6, 5, 4);
      uint32_t row = 0;

      options.weight_decay = i == 0 ? 0.0f : 0.5f;
      /* Momentum this short is not postponed. */
      options.beta2 = i == 2 ? 0.99f : 0.999f;
      options.freezes_embedding = i == 3;
      UtNnTrainer *trainer = new_trainer_with (model, options, 2);
      for (size_t step = 0; step < N_STEPS; step++)
        {
          UtNnStepResult result;

          g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, &row, 1, &result), ==,
                           UT_NN_OK);
        }
      after[i] = export (trainer, model);
      ut_nn_trainer_free (trainer);
      ut_nn_model_free (model);
    }

  for (size_t i = 1; i < G_N_ELEMENTS (after); i++)
    {
      double share = i == 3 ? 1.0 : pow (0.95, N_STEPS);
      const float *decayed = ut_nn_model_peek_data (after[i], tensor);

      for (size_t k = 0; k < 5; k++)
        {
          g_assert_cmpfloat (decayed[k], ==, 0.0f);
          g_assert_cmpfloat_with_epsilon ((double) decayed[4 * 5 + k],
                                          share * (double) table[4 * 5 + k], 1e-6);
          g_assert_cmpfloat_with_epsilon ((double) decayed[5 * 5 + k],
                                          share * (double) table[5 * 5 + k], 1e-6);
          g_assert_cmpint (decayed[2 * 5 + k] == table[2 * 5 + k], ==, i == 3);
        }
      const UtNnTensor *weights = ut_nn_model_find_tensor (before, "rnn.weight_hh_l0");
      g_assert_cmpint (memcmp (ut_nn_model_peek_data (after[i], weights),
                               ut_nn_model_peek_data (after[0], weights),
                               weights->size * sizeof (float)), !=, 0);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (after); i++)
    ut_nn_model_free (after[i]);
  ut_nn_model_free (before);
}

static void
test_frozen (void)
{
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 53);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  double losses[8];

  g_test_summary ("A frozen embedding stays as it is, also where nothing is postponed; the rest "
                  "does not");
  options.freezes_embedding = true;
  for (size_t i = 0; i < 2; i++)
    {
      UtNnModel *before = new_model (UT_NN_CELL_LSTM, VOCABULARY, EMBEDDING, HIDDEN);
      UtNnModel *model = new_model (UT_NN_CELL_LSTM, VOCABULARY, EMBEDDING, HIDDEN);
      UtNnTrainer *trainer = new_trainer_with (model, options, 2);

      train (trainer, sentences, 0, G_N_ELEMENTS (losses), losses);
      UtNnModel *after = export (trainer, model);
      const UtNnTensor *embedding = ut_nn_model_find_tensor (model, "embedding.weight");
      const UtNnTensor *fc = ut_nn_model_find_tensor (model, "fc.weight");

      g_assert_cmpmem (ut_nn_model_peek_data (before, embedding), embedding->size * sizeof (float),
                       ut_nn_model_peek_data (after, embedding), embedding->size * sizeof (float));
      g_assert_cmpint (memcmp (ut_nn_model_peek_data (before, fc), ut_nn_model_peek_data (after, fc),
                               fc->size * sizeof (float)), !=, 0);
      ut_nn_trainer_free (trainer);
      ut_nn_model_free (before);
      ut_nn_model_free (model);
      ut_nn_model_free (after);

      /* Momentum this long is not caught up at once. */
      options.beta1 = 0.999f;
    }
}

/* What a run's batches told, and when they were to stop. */
typedef struct
{
  size_t n_batches;
  size_t n_wanted;
  double losses[16];
} Told;

static bool
note_batch (void                 *data,
            const UtNnStepResult *result)
{
  Told *told = data;

  g_assert_cmpuint (told->n_batches, <, G_N_ELEMENTS (told->losses));
  told->losses[told->n_batches++] = result->loss;
  return told->n_batches < told->n_wanted;
}

static void
test_run (gconstpointer data)
{
  enum { N_ROWS = 90, SIZE = 20 };
  static const size_t thread_counts[] = { 1, 2 };
  UtNnCell cell = (UtNnCell) GPOINTER_TO_INT (data);
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 43);
  UtNnModel *model = new_model (cell, VOCABULARY, EMBEDDING, HIDDEN);
  UtNnTrainer *trainer = new_trainer (model, 1);
  uint32_t rows[N_ROWS];
  double losses[5];

  g_test_summary ("Batches in one run are steps one by one; a run stops when told, and before a "
                  "batch that is wrong");
  for (uint32_t i = 0; i < N_ROWS; i++)
    rows[i] = (i * 7) % N_SENTENCES;
  for (size_t step = 0; step < 5; step++)
    {
      UtNnStepResult result;

      g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences->view, rows + step * SIZE,
                                           MIN (SIZE, N_ROWS - step * SIZE), &result),
                       ==, UT_NN_OK);
      losses[step] = result.loss;
    }
  ut_nn_trainer_free (trainer);

  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      UtNnModel *other = new_model (cell, VOCABULARY, EMBEDDING, HIDDEN);
      Told told = { .n_wanted = 2 };

      trainer = new_trainer (other, thread_counts[i]);
      g_assert_cmpint (ut_nn_trainer_run (trainer, &sentences->view, rows, N_ROWS, SIZE, note_batch,
                                          &told), ==, UT_NN_OK);
      g_assert_cmpuint (told.n_batches, ==, 2);
      told.n_wanted = 16;
      g_assert_cmpint (ut_nn_trainer_run (trainer, &sentences->view, rows + 2 * SIZE,
                                          N_ROWS - 2 * SIZE, SIZE, note_batch, &told),
                       ==, UT_NN_OK);
      g_assert_cmpuint (told.n_batches, ==, 5);
      g_assert_cmpmem (told.losses, sizeof losses, losses, sizeof losses);
      assert_same_parameters (model, other);
      ut_nn_trainer_free (trainer);
      ut_nn_model_free (other);
    }

  UtNnModel *other = new_model (cell, VOCABULARY, EMBEDDING, HIDDEN);
  Told told = { .n_wanted = 16 };

  trainer = new_trainer (other, 2);
  sentences->labels[rows[3 * SIZE]] = 2;
  g_assert_cmpint (ut_nn_trainer_run (trainer, &sentences->view, rows, N_ROWS, SIZE, note_batch,
                                      &told), ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpuint (told.n_batches, ==, 3);
  g_assert_cmpuint (ut_nn_trainer_get_step_count (trainer), ==, 3);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (other);
  ut_nn_model_free (model);
}

/* For a long while only some of the sentences are shown; the words of the others come back later.
 */
static void
test_looking (gconstpointer data)
{
  enum { N_STEPS = 1300, FIRST_PAUSE = 520, LAST_PAUSE = 1100, N_EXPORTS = 50 };
  static const size_t thread_counts[] = { 1, TEST_THREAD_COUNTS };
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 45);
  g_autoptr (GRand) random = g_rand_new_with_seed (46);
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, VOCABULARY, 5, 4);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  g_autoptr (TestSubwords) subwords = test_subwords_new (VOCABULARY, N_SUBWORDS, 10);
  UtNnModel *models[G_N_ELEMENTS (thread_counts)];
  UtNnModel *exports[G_N_ELEMENTS (thread_counts)];
  double losses[N_STEPS];

  g_test_summary ("Whoever looks at the parameters while they are trained changes nothing, and "
                  "neither does the number of threads");
  if (data != NULL)
    {
      shape.n_subwords = N_SUBWORDS;
      options.subwords = &subwords->view;
    }
  if (g_strcmp0 (data, "decay") == 0)
    options.weight_decay = 0.5f;
  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      models[i] = new_model_of_shape (&shape);
      UtNnTrainer *trainer = new_trainer_with (models[i], options, thread_counts[i]);

      for (size_t step = 0; step < N_STEPS;)
        {
          size_t n = i == 0 ? N_STEPS
                            : (size_t) g_rand_int_range (random, 1, 2 * N_STEPS / N_EXPORTS);

          size_t end = step < FIRST_PAUSE ? FIRST_PAUSE : step < LAST_PAUSE ? LAST_PAUSE : N_STEPS;

          sentences->n_sentences = end == LAST_PAUSE ? N_SENTENCES / 3 : N_SENTENCES;
          n = MIN (n, end - step);
          train (trainer, sentences, step, n, losses);
          step += n;
          exports[i] = export (trainer, models[i]);
          if (step < N_STEPS)
            ut_nn_model_free (exports[i]);
        }
      assert_same_parameters (models[i], models[0]);
      assert_same_parameters (exports[i], exports[0]);
      ut_nn_trainer_free (trainer);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      ut_nn_model_free (models[i]);
      ut_nn_model_free (exports[i]);
    }
}

static void
test_continue (gconstpointer data)
{
  enum { N_STEPS = 6 };
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 42);
  g_autoptr (TestSubwords) subwords = test_subwords_new (VOCABULARY, N_SUBWORDS, 10);
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, VOCABULARY, EMBEDDING, HIDDEN);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

  if (data != NULL)
    {
      shape.n_subwords = N_SUBWORDS;
      options.subwords = &subwords->view;
      options.word_dropout = 0.3f;
      options.readout_dropout = 0.2f;
    }
  if (g_strcmp0 (data, "decay") == 0)
    options.weight_decay = 0.5f;

  UtNnModel *whole = new_model_of_shape (&shape);
  UtNnModel *parts = new_model_of_shape (&shape);
  UtNnTrainer *trainer = new_trainer_with (whole, options, 1);
  UtNnTrainer *first = new_trainer_with (parts, options, 1);
  UtNnTrainer *second = new_trainer_with (parts, options, 2);
  double losses[2 * N_STEPS];
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (parts, &n_tensors);

  g_test_summary ("Step counts, moments and rates carry a training over into another trainer");
  for (size_t i = 0; i < 2; i++)
    {
      UtNnTrainer *one = i == 0 ? trainer : first;

      train (one, sentences, 0, N_STEPS - 1, losses);
      g_assert_cmpint (ut_nn_trainer_set_learning_rate (one, 5e-4f), ==, UT_NN_OK);
      train (one, sentences, N_STEPS - 1, 1, losses);
    }
  train (trainer, sentences, N_STEPS, N_STEPS, losses);

  size_t n_rates;
  const UtNnRate *rates = ut_nn_trainer_get_rates (first, &n_rates);
  const uint64_t *last_steps = ut_nn_trainer_get_last_steps (first, &tensors[0]);
  const UtNnTensor *table = ut_nn_model_find_tensor (parts, "subword.weight");
  const uint64_t *subword_steps = NULL;
  const UtNnRate bad_rates[] = { { 1, 1e-3f }, { 1, 5e-4f } };

  if (table != NULL)
    subword_steps = ut_nn_trainer_get_last_steps (first, table);
  g_assert_cmpuint (n_rates, ==, 2);
  g_assert_cmpuint (rates[1].first_step, ==, N_STEPS);
  g_assert_cmpint (ut_nn_trainer_restore (second, N_STEPS - 1, last_steps, subword_steps, rates,
                                          2),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_trainer_restore (second, N_STEPS, last_steps, subword_steps, bad_rates, 2),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_trainer_restore (second, N_STEPS, last_steps, subword_steps, rates, 0),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpuint (ut_nn_trainer_get_step_count (second), ==, 0);
  g_assert_cmpint (ut_nn_trainer_restore (second, ut_nn_trainer_get_step_count (first),
                                          last_steps, subword_steps, rates, n_rates),
                   ==, UT_NN_OK);
  g_assert_cmpuint (ut_nn_trainer_get_step_count (second), ==, N_STEPS);
  for (size_t i = 0; i < n_tensors; i++)
    for (UtNnMoment moment = UT_NN_MOMENT_FIRST; moment <= UT_NN_MOMENT_SECOND; moment++)
      memcpy (ut_nn_trainer_get_moment (second, moment, &tensors[i]),
              ut_nn_trainer_get_moment (first, moment, &tensors[i]),
              tensors[i].size * sizeof (float));
  train (second, sentences, N_STEPS, N_STEPS, losses);
  assert_same_parameters (whole, parts);
  UtNnModel *whole_export = export (trainer, whole);
  UtNnModel *parts_export = export (second, parts);
  assert_same_parameters (whole_export, parts_export);

  ut_nn_trainer_free (trainer);
  ut_nn_trainer_free (first);
  ut_nn_trainer_free (second);
  ut_nn_model_free (whole_export);
  ut_nn_model_free (parts_export);
  ut_nn_model_free (whole);
  ut_nn_model_free (parts);
}

static void
test_embedding (void)
{
  uint32_t tokens[] = { 2, UT_NN_PAD, 3 };
  size_t offsets[] = { 0, 2, 3 };
  uint8_t labels[] = { 1, 0 };
  const UtNnSentences sentences = { tokens, offsets, labels };
  UtNnModel *model = new_model (UT_NN_CELL_GRU, 6, 5, 4);
  const UtNnTensor *tensor = ut_nn_model_find_tensor (model, "embedding.weight");
  UtNnTrainer *trainer = new_trainer (model, 1);
  const float *stored = ut_nn_model_peek_data (model, tensor);
  UtNnModel *present;
  UtNnStepResult result;
  float before[30], stored_before[30], gradient[30];
  uint32_t row = 0;

  g_test_summary ("The pad row stays zero; a word without gradient moves on by its momentum, but "
                  "is not written");
  memcpy (before, stored, sizeof before);
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, &row, 1, &result), ==, UT_NN_OK);
  ut_nn_trainer_copy_gradient (trainer, tensor, gradient);
  present = export (trainer, model);
  const float *table = ut_nn_model_peek_data (present, tensor);
  g_assert_cmpmem (table, sizeof before, stored, sizeof before);
  for (size_t i = 0; i < 5; i++)
    {
      g_assert_cmpfloat (table[i], ==, 0.0f);
      g_assert_cmpfloat (gradient[i], ==, 0.0f);
      g_assert_cmpfloat (gradient[2 * 5 + i], !=, 0.0f);
      g_assert_cmpfloat (table[2 * 5 + i], !=, before[2 * 5 + i]);
      g_assert_cmpfloat (table[3 * 5 + i], ==, before[3 * 5 + i]);
    }

  memcpy (before, table, sizeof before);
  memcpy (stored_before, stored, sizeof stored_before);
  row = 1;
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, &row, 1, &result), ==, UT_NN_OK);
  ut_nn_trainer_copy_gradient (trainer, tensor, gradient);
  ut_nn_trainer_export (trainer, present);
  g_assert_cmpmem (stored + 2 * 5, 5 * sizeof (float), stored_before + 2 * 5, 5 * sizeof (float));
  for (size_t i = 0; i < 5; i++)
    {
      g_assert_cmpfloat (table[i], ==, 0.0f);
      g_assert_cmpfloat (gradient[2 * 5 + i], ==, 0.0f);
      g_assert_cmpfloat (gradient[3 * 5 + i], !=, 0.0f);
      g_assert_cmpfloat (table[2 * 5 + i], !=, before[2 * 5 + i]);
      g_assert_cmpfloat (table[3 * 5 + i], !=, before[3 * 5 + i]);
      g_assert_cmpfloat (table[4 * 5 + i], ==, before[4 * 5 + i]);
    }
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (present);
  ut_nn_model_free (model);
}

static void
test_not_postponed (void)
{
  uint32_t tokens[] = { 2, 3 };
  size_t offsets[] = { 0, 1, 2 };
  uint8_t labels[] = { 1, 0 };
  const UtNnSentences sentences = { tokens, offsets, labels };
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnModel *model = new_model (UT_NN_CELL_LSTM, 200, 5, 4);
  const UtNnTensor *tensor = ut_nn_model_find_tensor (model, "embedding.weight");
  const float *table = ut_nn_model_peek_data (model, tensor);
  UtNnModel *before;
  UtNnTrainer *trainer;
  UtNnStepResult result;

  g_test_summary ("Where the decays do not let work be postponed, each step writes every word");
  options.beta2 = 0.99f;
  options.max_sentences = 1;
  options.max_length = 1;
  options.n_threads = 2;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_OK);
  for (uint32_t row = 0; row < 2; row++)
    {
      g_assert_cmpint (ut_nn_model_copy (model, &before), ==, UT_NN_OK);
      const float *table_before = ut_nn_model_peek_data (before, tensor);
      g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, &row, 1, &result), ==, UT_NN_OK);
      for (size_t i = 0; i < tensor->size; i++)
        {
          size_t id = i / 5;

          if (id == 2 || (id == 3 && row == 1))
            g_assert_cmpfloat (table[i], !=, table_before[i]);
          else
            g_assert_cmpfloat (table[i], ==, table_before[i]);
        }
      ut_nn_model_free (before);
    }

  before = export (trainer, model);
  assert_same_parameters (before, model);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (before);
  ut_nn_model_free (model);
}

/* Label 1 where the first token is one of the upper half: the state must carry it to the end. */
static void
test_learns (gconstpointer data)
{
  enum { N = 200, LENGTH = 6, WORDS = 12 };
  g_autoptr (TestData) sentences = test_data_new (N, LENGTH, WORDS, 43);
  UtNnModel *model = new_model ((UtNnCell) GPOINTER_TO_INT (data), WORDS, 8, 16);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnTrainer *trainer;
  size_t n_correct = 0;

  g_test_summary ("Learns to remember a sentence's first word, without a mistake");
  for (size_t i = 0; i < N; i++)
    sentences->labels[i] = sentences->tokens[sentences->offsets[i]] >= WORDS / 2;
  options.learning_rate = 1e-2f;
  options.max_sentences = 20;
  options.max_length = LENGTH;
  options.n_threads = 1;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_OK);
  for (size_t epoch = 0; epoch < 40; epoch++)
    {
      n_correct = 0;
      for (uint32_t first = 0; first < N; first += 20)
        {
          uint32_t rows[20];
          UtNnStepResult result;

          for (uint32_t i = 0; i < 20; i++)
            rows[i] = first + i;
          g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences->view, rows, 20, &result),
                           ==, UT_NN_OK);
          n_correct += result.n_correct;
        }
    }
  g_assert_cmpuint (n_correct, ==, N);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
}

static void
assert_not_finite (const char *tensor_name,
                   size_t      index,
                   float       value)
{
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 44);
  UtNnModel *model = new_model (UT_NN_CELL_RNN, VOCABULARY, EMBEDDING, HIDDEN);
  UtNnModel *before;
  UtNnTrainer *trainer = new_trainer (model, 2);
  UtNnStepResult result;
  uint32_t rows[BATCH];
  double loss;

  train (trainer, sentences, 0, 1, &loss);
  ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, tensor_name))[index] = value;
  g_assert_cmpint (ut_nn_model_copy (model, &before), ==, UT_NN_OK);
  for (uint32_t i = 0; i < BATCH; i++)
    rows[i] = i;
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences->view, rows, BATCH, &result),
                   ==, UT_NN_ERROR_NOT_FINITE);
  g_assert_false (isfinite (result.loss));
  assert_same_parameters (model, before);
  g_assert_cmpuint (ut_nn_trainer_get_step_count (trainer), ==, 1);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
  ut_nn_model_free (before);
}

static void
test_not_finite (void)
{
  g_test_summary ("A loss that is not finite is reported and leaves the model as it was");
  assert_not_finite ("fc.bias", 0, NAN);
  assert_not_finite ("fc.bias", 0, INFINITY);
  assert_not_finite ("rnn.bias_ih_l0", 3, NAN);
}

/* A gradient that overflows while the loss does not: the embedding's, through huge input
 * weights. */
static void
test_gradient_not_finite (void)
{
  uint32_t tokens[] = { 2 };
  size_t offsets[] = { 0, 1 };
  uint8_t labels[] = { 1 };
  const UtNnSentences sentences = { tokens, offsets, labels };
  UtNnModel *model = new_model (UT_NN_CELL_RNN, 4, 8, 8);
  UtNnModel *before;
  UtNnTrainer *trainer = new_trainer (model, 1);
  UtNnStepResult result;
  uint32_t row = 0;

  g_test_summary ("An infinite gradient behind a finite loss leaves the model as it was");
  memset (ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, "embedding.weight")), 0,
          4 * 8 * sizeof (float));
  float *input = ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, "rnn.weight_ih_l0"));
  float *output = ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, "fc.weight"));
  for (size_t i = 0; i < 64; i++)
    input[i] = 3e38f;
  for (size_t i = 0; i < 8; i++)
    output[i] = 2.0f;
  g_assert_cmpint (ut_nn_model_copy (model, &before), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, &row, 1, &result),
                   ==, UT_NN_ERROR_NOT_FINITE);
  g_assert_true (isfinite (result.loss));
  assert_same_parameters (model, before);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
  ut_nn_model_free (before);
}

static void
test_errors (void)
{
  uint32_t tokens[] = { 2, 3, 6, 4, 5 };
  size_t offsets[] = { 0, 2, 3, 3, 4, 5 };
  uint8_t labels[] = { 1, 0, 1, 2, 0 };
  const UtNnSentences sentences = { tokens, offsets, labels };
  const UtNnSentences unlabelled = { tokens, offsets, NULL };
  UtNnModel *model = new_model (UT_NN_CELL_LSTM, 6, 5, 4);
  UtNnModel *before;
  UtNnTrainer *trainer = new_trainer (model, 1);
  UtNnStepResult result;
  uint32_t many[BATCH + 1] = { 0 };

  g_test_summary ("Bad batches are refused, and the model stays as it was");
  g_assert_cmpint (ut_nn_model_copy (model, &before), ==, UT_NN_OK);
  for (uint32_t row = 1; row <= 3; row++)
    g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, &row, 1, &result),
                     ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_trainer_step (trainer, &unlabelled, many, 1, &result),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, many, 0, &result),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, many, BATCH + 1, &result),
                   ==, UT_NN_ERROR_SHAPE);
  assert_same_parameters (model, before);
  g_assert_cmpuint (ut_nn_trainer_get_step_count (trainer), ==, 0);
  g_assert_cmpint (ut_nn_trainer_step (trainer, &sentences, many, BATCH, &result), ==, UT_NN_OK);
  ut_nn_trainer_free (trainer);
  ut_nn_trainer_free (NULL);
  ut_nn_model_free (model);
  ut_nn_model_free (before);
}

static void
test_subwords (void)
{
  size_t offsets[] = { 0, 0, 0, 2, 3, 3, 4 };
  uint32_t rows[] = { 0, 1, 1, 2 };
  UtNnSubwords subwords = { offsets, rows, 6 };
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, 6, 5, 4);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnTrainer *trainer;

  g_test_summary ("Lists of subwords that do not fit the shape are refused");
  UtNnModel *plain = new_model_of_shape (&shape);
  shape.n_subwords = 3;
  UtNnModel *model = new_model_of_shape (&shape);
  options.max_sentences = 2;
  options.max_length = 3;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_ERROR_SHAPE);
  options.subwords = &subwords;
  g_assert_cmpint (ut_nn_trainer_new (plain, &options, &trainer), ==, UT_NN_ERROR_SHAPE);
  rows[3] = 3;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_ERROR_SHAPE);
  rows[3] = 2;
  offsets[4] = 1;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_ERROR_SHAPE);
  offsets[4] = 3;
  subwords.n_words = 5;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_ERROR_SHAPE);
  subwords.n_words = 6;
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_OK);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
  ut_nn_model_free (plain);
}

static void
test_options (void)
{
  UtNnModel *model = new_model (UT_NN_CELL_RNN, 6, 5, 4);
  UtNnTrainerOptions good = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnTrainer *trainer;

  g_test_summary ("Options outside of their ranges and sizes that overflow are refused");
  good.max_sentences = 2;
  good.max_length = 3;

#define REFUSES(field, value, error) \
  G_STMT_START \
    { \
      UtNnTrainerOptions options = good; \
      options.field = value; \
      g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, error); \
      g_assert_null (trainer); \
    } \
  G_STMT_END

  REFUSES (learning_rate, 0.0f, UT_NN_ERROR_SHAPE);
  REFUSES (learning_rate, -1.0f, UT_NN_ERROR_SHAPE);
  REFUSES (learning_rate, 11.0f, UT_NN_ERROR_SHAPE);
  REFUSES (learning_rate, NAN, UT_NN_ERROR_SHAPE);
  REFUSES (beta1, 1.0f, UT_NN_ERROR_SHAPE);
  REFUSES (beta2, -0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (epsilon, 0.0f, UT_NN_ERROR_SHAPE);
  REFUSES (embedding_dropout, -0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (layer_dropout, 0.96f, UT_NN_ERROR_SHAPE);
  REFUSES (readout_dropout, NAN, UT_NN_ERROR_SHAPE);
  REFUSES (weight_decay, -0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (weight_decay, 1.1f, UT_NN_ERROR_SHAPE);
  REFUSES (weight_decay, NAN, UT_NN_ERROR_SHAPE);
  REFUSES (max_gradient_norm, -1.0f, UT_NN_ERROR_SHAPE);
  REFUSES (max_gradient_norm, INFINITY, UT_NN_ERROR_SHAPE);
  REFUSES (max_gradient_norm, NAN, UT_NN_ERROR_SHAPE);
  REFUSES (label_smoothing, -0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (label_smoothing, 0.6f, UT_NN_ERROR_SHAPE);
  REFUSES (label_smoothing, NAN, UT_NN_ERROR_SHAPE);
  REFUSES (max_sentences, 0, UT_NN_ERROR_SHAPE);
  REFUSES (max_length, 0, UT_NN_ERROR_SHAPE);
  REFUSES (max_sentences, SIZE_MAX, UT_NN_ERROR_MEMORY);
  REFUSES (max_length, SIZE_MAX, UT_NN_ERROR_MEMORY);
  REFUSES (max_length, (size_t) 1 << 44, UT_NN_ERROR_MEMORY);

  UtNnShape as_coded = UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, 6, 5, 4);
  UtNnModel *plain = model;

  as_coded.faults = UT_NN_FAULT_STATE;
  model = new_model_of_shape (&as_coded);
  REFUSES (label_smoothing, 0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (embedding_dropout, 0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (layer_dropout, 0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (readout_dropout, 0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (word_dropout, 0.1f, UT_NN_ERROR_SHAPE);
  REFUSES (max_sentences, SIZE_MAX, UT_NN_ERROR_MEMORY);
  ut_nn_model_free (model);
  model = plain;
#undef REFUSES

  good.n_threads = SIZE_MAX;
  g_assert_cmpint (ut_nn_trainer_new (model, &good, &trainer), ==, UT_NN_OK);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      g_autofree char *same_bits = g_strdup_printf ("/nn/trainer/same-bits/%s",
                                                    test_cell_names[cell]);
      g_autofree char *runs = g_strdup_printf ("/nn/trainer/run/%s", test_cell_names[cell]);
      g_autofree char *outcomes = g_strdup_printf ("/nn/trainer/outcomes/%s",
                                                   test_cell_names[cell]);
      g_autofree char *learns = g_strdup_printf ("/nn/trainer/learns/%s", test_cell_names[cell]);

      g_test_add_data_func (same_bits, GINT_TO_POINTER (cell), test_same_bits);
      g_test_add_data_func (runs, GINT_TO_POINTER (cell), test_run);
      g_test_add_data_func (outcomes, GINT_TO_POINTER (cell), test_outcomes);
      g_test_add_data_func (learns, GINT_TO_POINTER (cell), test_learns);
    }
  for (size_t i = 1; i < test_n_forms; i++)
    {
      g_autofree char *path = g_strdup_printf ("/nn/trainer/form-bits/%s", test_forms[i].name);

      g_test_add_data_func (path, &test_forms[i], test_form_bits);
    }
  g_test_add_func ("/nn/trainer/bag", test_bag);
  g_test_add_func ("/nn/trainer/bag-outcomes", test_bag_outcomes);
  g_test_add_func ("/nn/trainer/dropout", test_dropout);
  g_test_add_func ("/nn/trainer/clipping", test_clipping);
  g_test_add_func ("/nn/trainer/decay", test_decay);
  g_test_add_func ("/nn/trainer/frozen", test_frozen);
  g_test_add_data_func ("/nn/trainer/looking/words", NULL, test_looking);
  g_test_add_data_func ("/nn/trainer/looking/subwords", "subwords", test_looking);
  g_test_add_data_func ("/nn/trainer/looking/decay", "decay", test_looking);
  g_test_add_data_func ("/nn/trainer/continue/words", NULL, test_continue);
  g_test_add_data_func ("/nn/trainer/continue/subwords", "subwords", test_continue);
  g_test_add_data_func ("/nn/trainer/continue/decay", "decay", test_continue);
  g_test_add_func ("/nn/trainer/embedding", test_embedding);
  g_test_add_func ("/nn/trainer/not-postponed", test_not_postponed);
  g_test_add_func ("/nn/trainer/not-finite", test_not_finite);
  g_test_add_func ("/nn/trainer/gradient-not-finite", test_gradient_not_finite);
  g_test_add_func ("/nn/trainer/errors", test_errors);
  g_test_add_func ("/nn/trainer/subwords", test_subwords);
  g_test_add_func ("/nn/trainer/options", test_options);
  return g_test_run ();
}
