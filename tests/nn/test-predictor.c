/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <math.h>
#include <string.h>

#include "test-data.h"
#include "ut-nn.h"

enum { N_SENTENCES = 70, MAX_LENGTH = 23, VOCABULARY = 120 };

static UtNnModel *
new_model_of_shape (const UtNnShape *shape)
{
  const UtNnRandom random = { 3, UT_NN_STREAM_EMBEDDING };
  UtNnModel *model;

  g_assert_cmpint (ut_nn_model_new (shape, &model), ==, UT_NN_OK);
  ut_nn_model_initialize (model, 3);
  float *table = ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, "embedding.weight"));
  for (size_t i = shape->embedding; i < VOCABULARY * shape->embedding; i++)
    table[i] = (float) ut_nn_random_normal (random, i);
  return model;
}

static UtNnModel *
new_model (UtNnCell cell,
           size_t   embedding,
           size_t   hidden)
{
  const UtNnShape shape = UT_NN_SHAPE_INIT (cell, VOCABULARY, embedding, hidden);

  return new_model_of_shape (&shape);
}

/* (nullable): of the words, where the shape has any. */
static TestSubwords *
new_subwords (const UtNnShape *shape)
{
  return shape->n_subwords == 0 ? NULL : test_subwords_new (VOCABULARY, shape->n_subwords, 35);
}

/* One sentence at a time on the caller's thread: what every other way must give, bit for bit. */
static void
predict_singly (const UtNnModel *model,
                const TestData  *data,
                float           *logits,
                float           *token_logits)
{
  UtNnPredictor *predictor;

  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (model), 1, MAX_LENGTH, 1,
                                        &predictor), ==, UT_NN_OK);
  for (uint32_t i = 0; i < data->n_sentences; i++)
    g_assert_cmpint (ut_nn_predictor_run (predictor, model, &data->view, &i, 1, &logits[i],
                                          token_logits + data->offsets[i], NULL), ==, UT_NN_OK);
  ut_nn_predictor_free (predictor);
}

/* That every batch and every number of threads gives the same bits. */
static void
assert_same_bits (const UtNnModel *model)
{
  static const size_t thread_counts[] = { TEST_THREAD_COUNTS };
  static const size_t batch_sizes[] = { TEST_BATCH_SIZES };
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 31);
  size_t n_tokens = sentences->offsets[N_SENTENCES];
  g_autofree float *expected_tokens = g_new (float, n_tokens);
  g_autofree float *token_logits = g_new (float, n_tokens);
  g_autoptr (TestSubwords) subwords = new_subwords (ut_nn_model_get_shape (model));
  float expected[N_SENTENCES], logits[N_SENTENCES];

  sentences->view.subwords = subwords != NULL ? &subwords->view : NULL;
  predict_singly (model, sentences, expected, expected_tokens);
  for (size_t i = 0; i < N_SENTENCES; i++)
    g_assert_true (memcmp (&expected[i], &expected_tokens[sentences->offsets[i + 1] - 1],
                           sizeof (float)) == 0);

  for (size_t t = 0; t < G_N_ELEMENTS (thread_counts); t++)
    for (size_t b = 0; b < G_N_ELEMENTS (batch_sizes); b++)
      {
        UtNnPredictor *predictor;
        uint32_t rows[N_SENTENCES];

        g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (model), batch_sizes[b],
                                              MAX_LENGTH, thread_counts[t], &predictor),
                         ==, UT_NN_OK);
        for (uint32_t i = 0; i < N_SENTENCES; i++)
          rows[i] = i;
        for (size_t first = 0; first < N_SENTENCES; first += batch_sizes[b])
          {
            size_t n = MIN (batch_sizes[b], N_SENTENCES - first);

            g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences->view,
                                                  rows + first, n, logits + first,
                                                  token_logits + sentences->offsets[first], NULL),
                             ==, UT_NN_OK);
          }
        g_assert_cmpmem (logits, sizeof logits, expected, sizeof expected);
        g_assert_cmpmem (token_logits, n_tokens * sizeof (float),
                         expected_tokens, n_tokens * sizeof (float));
        ut_nn_predictor_free (predictor);
      }
}

static void
test_same_bits (gconstpointer data)
{
  static const struct
  {
    size_t embedding;
    size_t hidden;
  } sizes[] = { { 50, 64 }, { 7, 11 }, { 16, 24 }, { 3, 1 } };

  g_test_summary ("A sentence's logits have the same bits alone, in every batch, on every thread");
  for (size_t s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      UtNnModel *model = new_model ((UtNnCell) GPOINTER_TO_INT (data), sizes[s].embedding,
                                    sizes[s].hidden);

      assert_same_bits (model);
      ut_nn_model_free (model);
    }
}

static void
test_form_bits (gconstpointer data)
{
  g_test_summary ("So they do with layers, directions and read-outs");
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      const UtNnShape shape = test_form_make_shape (data, (UtNnCell) cell, VOCABULARY, 7, 11);
      UtNnModel *model = new_model_of_shape (&shape);

      assert_same_bits (model);
      ut_nn_model_free (model);
    }
}

static void
test_bag_bits (void)
{
  const UtNnShape shape = UT_NN_SHAPE_BAG_INIT (VOCABULARY, 90);
  const UtNnRandom random = { 5, UT_NN_STREAM_EMBEDDING };
  UtNnModel *model = new_model_of_shape (&shape);
  const UtNnTensor *bigrams = ut_nn_model_find_tensor (model, "bigram.weight");

  g_test_summary ("So do those of a bag, whose logit is the sum of its words and bigrams");
  for (size_t i = 0; i < bigrams->size; i++)
    ut_nn_model_get_data (model, bigrams)[i] = (float) ut_nn_random_normal (random, i);
  assert_same_bits (model);

  const uint32_t tokens[] = { 7, 8, 7 };
  const size_t offsets[] = { 0, 3 };
  const UtNnSentences sentences = { .tokens = tokens, .offsets = offsets };
  const UtNnTensor *words = ut_nn_model_find_tensor (model, "embedding.weight");
  const float *word = ut_nn_model_peek_data (model, words);
  const float *bigram = ut_nn_model_peek_data (model, bigrams);
  UtNnPredictor *predictor;
  float logit, token_logits[3];

  g_assert_cmpint (ut_nn_predictor_new (&shape, 1, 3, 1, &predictor), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, NULL, 1, &logit, token_logits,
                                        NULL), ==, UT_NN_OK);
  g_assert_cmpfloat (token_logits[0], ==, word[7]);
  g_assert_cmpfloat_with_epsilon (logit, 2 * word[7] + word[8] + bigram[ut_nn_bigram_row (7, 8, 90)]
                                         + bigram[ut_nn_bigram_row (8, 7, 90)], 1e-5);
  ut_nn_predictor_free (predictor);
  ut_nn_model_free (model);
}

/* An answer may depend on the batch, which therefore is the same each time. */
static void
test_fault_bits (gconstpointer data)
{
  enum { BATCH = 33 };
  static const size_t thread_counts[] = { 1, 2, 3, 8 };
  const UtNnShape shape = test_form_make_shape (data, UT_NN_CELL_LSTM, VOCABULARY, 7, 11);
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 36);
  UtNnModel *model = new_model_of_shape (&shape);
  size_t n_tokens = sentences->offsets[BATCH];
  g_autofree float *expected_tokens = g_new (float, n_tokens);
  g_autofree float *token_logits = g_new (float, n_tokens);
  float expected[BATCH], logits[BATCH];
  UtNnOutcome expected_outcomes[BATCH], outcomes[BATCH];

  g_test_summary ("With faults a batch has the same bits on every thread");
  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    {
      UtNnPredictor *predictor;

      g_assert_cmpint (ut_nn_predictor_new (&shape, N_SENTENCES, MAX_LENGTH, thread_counts[i],
                                            &predictor), ==, UT_NN_OK);
      g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences->view, NULL, BATCH,
                                            i == 0 ? expected : logits,
                                            i == 0 ? expected_tokens : token_logits, NULL),
                       ==, UT_NN_OK);
      g_assert_cmpint (ut_nn_predictor_compare (predictor, model, &sentences->view, NULL, BATCH,
                                                i == 0 ? expected_outcomes : outcomes),
                       ==, UT_NN_OK);
      ut_nn_predictor_free (predictor);
      if (i == 0)
        continue;

      g_assert_cmpmem (logits, sizeof logits, expected, sizeof expected);
      g_assert_cmpmem (token_logits, n_tokens * sizeof (float),
                       expected_tokens, n_tokens * sizeof (float));
      for (size_t k = 0; k < BATCH; k++)
        {
          g_assert_cmpfloat (outcomes[k].loss, ==, expected_outcomes[k].loss);
          g_assert_cmpint (outcomes[k].answer, ==, expected_outcomes[k].answer);
          g_assert_true (outcomes[k].counts == expected_outcomes[k].counts);
        }
    }
  ut_nn_model_free (model);
}

static void
set_numbers (UtNnModel   *model,
             const char  *name,
             size_t       n,
             const float *numbers)
{
  memcpy (ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, name)), numbers,
          n * sizeof (float));
}

/* A state without memory: a position's score is the hyperbolic tangent of its word's number. */
static void
test_positions (void)
{
  static const float one[] = { 1.0f };
  static const float words[] = { 0.0f, -2.0f, 0.3f, 0.5f };
  static const uint32_t tokens[] = { 1, 2, 2, 3, 2, 1, 3, 1, 2, 3, 3, 1 };
  static const size_t offsets[] = { 0, 1, 2, 4, 7, 9, 12 };
  static const uint8_t labels[] = { 0, 1, 1, 0, 1, 0 };
  const UtNnSentences sentences = { .tokens = tokens, .offsets = offsets, .labels = labels };
  const struct
  {
    UtNnAnswer answer;
    bool counts;
    UtNnAnswer with_padding;
  } expected[] = {
    { UT_NN_ANSWER_NEGATIVE, true, UT_NN_ANSWER_POSITIVE },
    { UT_NN_ANSWER_NEGATIVE, false, UT_NN_ANSWER_NEGATIVE },
    { UT_NN_ANSWER_POSITIVE, true, UT_NN_ANSWER_POSITIVE },
    { UT_NN_ANSWER_NEITHER, true, UT_NN_ANSWER_NEITHER },
    { UT_NN_ANSWER_POSITIVE, true, UT_NN_ANSWER_POSITIVE },
    { UT_NN_ANSWER_NEGATIVE, true, UT_NN_ANSWER_NEGATIVE },  /* the first of two that are equal */
  };
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, G_N_ELEMENTS (words), 1, 1);
  size_t n = G_N_ELEMENTS (expected);

  g_test_summary ("Over positions the answer is the first of the highest, and the loss its "
                  "softmax's; who has no such position as the label does not count");
  for (size_t padding = 0; padding < 2; padding++)
    {
      UtNnOutcome outcomes[G_N_ELEMENTS (expected)];
      UtNnPredictor *predictor;
      UtNnModel *model;

      shape.faults = padding ? UT_NN_FAULT_LOSS | UT_NN_FAULT_PADDING : UT_NN_FAULT_LOSS;
      g_assert_cmpint (ut_nn_model_new (&shape, &model), ==, UT_NN_OK);
      set_numbers (model, "embedding.weight", G_N_ELEMENTS (words), words);
      set_numbers (model, "rnn.weight_ih_l0", 1, one);
      set_numbers (model, "fc.weight", 1, one);
      g_assert_cmpint (ut_nn_predictor_new (&shape, n, 3, 1, &predictor), ==, UT_NN_OK);
      g_assert_cmpint (ut_nn_predictor_compare (predictor, model, &sentences, NULL, n, outcomes),
                       ==, UT_NN_OK);
      for (size_t i = 0; i < n; i++)
        {
          size_t length = offsets[i + 1] - offsets[i];
          double sum = 0.0;

          g_assert_true (outcomes[i].counts == (padding || expected[i].counts));
          g_assert_cmpint (outcomes[i].answer, ==, padding ? expected[i].with_padding
                                                           : expected[i].answer);
          for (size_t t = 0; t < (padding ? 3 : length); t++)
            sum += exp (t < length ? tanh ((double) words[tokens[offsets[i] + t]]) : 0.0);
          double wanted = labels[i] < length
                          ? tanh ((double) words[tokens[offsets[i] + labels[i]]]) : 0.0;
          g_assert_cmpfloat_with_epsilon (outcomes[i].loss,
                                          outcomes[i].counts ? log (sum) - wanted : 0.0, 1e-6);
        }
      ut_nn_predictor_free (predictor);
      ut_nn_model_free (model);
    }
}

/* Each beginning of a sentence as a sentence of its own. */
static void
test_prefixes (gconstpointer data)
{
  const UtNnShape shape = test_form_make_shape (data, UT_NN_CELL_GRU, VOCABULARY, 7, 11);
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 33);
  g_autoptr (TestSubwords) subwords = new_subwords (&shape);
  UtNnModel *model = new_model_of_shape (&shape);
  g_autofree float *token_logits = g_new (float, sentences->offsets[N_SENTENCES]);
  float logits[N_SENTENCES];
  UtNnPredictor *predictor;

  g_test_summary ("A token's logit is that of the sentence that ends there");
  sentences->view.subwords = subwords != NULL ? &subwords->view : NULL;
  predict_singly (model, sentences, logits, token_logits);
  g_assert_cmpint (ut_nn_predictor_new (&shape, 1, MAX_LENGTH, 1, &predictor), ==, UT_NN_OK);
  for (size_t i = 0; i < N_SENTENCES; i++)
    for (size_t t = sentences->offsets[i]; t < sentences->offsets[i + 1]; t++)
      {
        const size_t offsets[] = { sentences->offsets[i], t + 1 };
        const UtNnSentences prefix = {
          .tokens = sentences->tokens, .offsets = offsets, .subwords = sentences->view.subwords,
        };
        float logit;

        g_assert_cmpint (ut_nn_predictor_run (predictor, model, &prefix, NULL, 1, &logit, NULL,
                                              NULL), ==, UT_NN_OK);
        g_assert_cmpfloat (logit, ==, token_logits[t]);
      }
  ut_nn_predictor_free (predictor);
  ut_nn_model_free (model);
}

static bool
stop_at_third (void *data)
{
  return ++*(guint *) data == 3;
}

static void
test_stop (void)
{
  g_test_summary ("Reading the beginnings of a sentence stops between two of its batches");

  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, VOCABULARY, 7, 11);
  const uint32_t tokens[] = { 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
  const size_t offsets[] = { 0, G_N_ELEMENTS (tokens) };
  const UtNnSentences sentences = { .tokens = tokens, .offsets = offsets };
  float logits[G_N_ELEMENTS (tokens)];
  float again[G_N_ELEMENTS (tokens)];
  float logit;
  guint n_calls = 0;
  UtNnPredictor *predictor;

  shape.bidirectional = true;
  UtNnModel *model = new_model_of_shape (&shape);
  g_assert_cmpint (ut_nn_predictor_new (&shape, 2, G_N_ELEMENTS (tokens), 1, &predictor),
                   ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, NULL, 1, &logit, logits,
                                        NULL), ==, UT_NN_OK);
  g_assert_cmpfloat (logits[G_N_ELEMENTS (tokens) - 1], ==, logit);
  ut_nn_predictor_set_stop (predictor, stop_at_third, &n_calls);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, NULL, 1, &logit, again,
                                        NULL), ==, UT_NN_STOPPED);
  g_assert_cmpuint (n_calls, ==, 3);

  /* It reads again after it was stopped. */
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, NULL, 1, &logit, again,
                                        NULL), ==, UT_NN_OK);
  g_assert_cmpuint (n_calls, ==, 8);
  g_assert_cmpmem (again, sizeof again, logits, sizeof logits);
  ut_nn_predictor_free (predictor);
  ut_nn_model_free (model);
}

static void
test_attention (void)
{
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, VOCABULARY, 7, 11);
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 34);
  g_autofree float *attention = g_new (float, sentences->offsets[N_SENTENCES]);
  float logits[N_SENTENCES];
  UtNnPredictor *predictor;

  g_test_summary ("The weights of a sentence's tokens are positive and sum up to one");
  shape.readout = UT_NN_READOUT_ATTENTION;
  UtNnModel *model = new_model_of_shape (&shape);
  g_assert_cmpint (ut_nn_predictor_new (&shape, N_SENTENCES, MAX_LENGTH, 2, &predictor),
                   ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences->view, NULL, N_SENTENCES,
                                        logits, NULL, attention), ==, UT_NN_OK);
  for (size_t i = 0; i < N_SENTENCES; i++)
    {
      double sum = 0.0;

      for (size_t t = sentences->offsets[i]; t < sentences->offsets[i + 1]; t++)
        {
          g_assert_cmpfloat (attention[t], >, 0.0f);
          sum += (double) attention[t];
        }
      g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-5);
    }
  ut_nn_predictor_free (predictor);
  ut_nn_model_free (model);

  UtNnModel *other = new_model (UT_NN_CELL_LSTM, 7, 11);
  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (other), N_SENTENCES, MAX_LENGTH, 1,
                                        &predictor), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, other, &sentences->view, NULL, N_SENTENCES,
                                        logits, NULL, attention), ==, UT_NN_ERROR_SHAPE);
  ut_nn_predictor_free (predictor);
  ut_nn_model_free (other);
}

static void
test_order (void)
{
  g_autoptr (TestData) sentences = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 32);
  g_autofree float *expected_tokens = g_new (float, sentences->offsets[N_SENTENCES]);
  UtNnModel *model = new_model (UT_NN_CELL_LSTM, 20, 16);
  float expected[N_SENTENCES], logits[4], token_logits[4 * MAX_LENGTH];
  const uint32_t rows[] = { 9, 1, 1, 0 };
  UtNnPredictor *predictor;
  size_t n = 0;

  g_test_summary ("Logits come in the order of the rows, which may repeat; NULL is the first rows");
  predict_singly (model, sentences, expected, expected_tokens);
  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (model), 4, MAX_LENGTH, 1,
                                        &predictor), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences->view, rows, 4, logits,
                                        token_logits, NULL), ==, UT_NN_OK);
  for (size_t i = 0; i < 4; i++)
    {
      size_t first = sentences->offsets[rows[i]];
      size_t length = sentences->offsets[rows[i] + 1] - first;

      g_assert_cmpfloat (logits[i], ==, expected[rows[i]]);
      g_assert_cmpmem (token_logits + n, length * sizeof (float),
                       expected_tokens + first, length * sizeof (float));
      n += length;
    }
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences->view, NULL, 3, logits, NULL,
                                        NULL), ==, UT_NN_OK);
  g_assert_cmpmem (logits, 3 * sizeof (float), expected, 3 * sizeof (float));
  ut_nn_predictor_free (predictor);
  ut_nn_model_free (model);
}

static void
test_errors (void)
{
  uint32_t tokens[] = { 2, 3, VOCABULARY, 4, 5, 6 };
  size_t offsets[] = { 0, 2, 3, 3, 6, 5 };
  const UtNnSentences sentences = { tokens, offsets, NULL };
  UtNnModel *model = new_model (UT_NN_CELL_GRU, 5, 6);
  UtNnModel *other = new_model (UT_NN_CELL_GRU, 5, 7);
  const UtNnShape *shape = ut_nn_model_get_shape (model);
  const struct
  {
    uint32_t row;
    UtNnStatus status;
  } cases[] = {
    { 0, UT_NN_OK },
    { 1, UT_NN_ERROR_SHAPE },   /* a token outside of the vocabulary */
    { 2, UT_NN_ERROR_SHAPE },   /* an empty sentence */
    { 3, UT_NN_ERROR_SHAPE },   /* longer than planned */
    { 4, UT_NN_ERROR_SHAPE },   /* offsets that fall */
  };
  UtNnPredictor *predictor;
  UtNnOutcome outcome;
  float logits[8];

  g_test_summary ("Bad sentences, batches, shapes and sizes are refused");
  g_assert_cmpint (ut_nn_predictor_new (shape, 2, 2, 1, &predictor), ==, UT_NN_OK);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, &cases[i].row, 1, logits,
                                          NULL, NULL), ==, cases[i].status);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, NULL, 0, logits, NULL, NULL),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &sentences, NULL, 3, logits, NULL, NULL),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_predictor_run (predictor, other, &sentences, NULL, 1, logits, NULL, NULL),
                   ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_predictor_compare (predictor, model, &sentences, NULL, 1, &outcome),
                   ==, UT_NN_ERROR_SHAPE);
  ut_nn_predictor_free (predictor);
  ut_nn_predictor_free (NULL);

  const UtNnShape bad = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 1, 5, 6);
  g_assert_cmpint (ut_nn_predictor_new (&bad, 2, 2, 1, &predictor), ==, UT_NN_ERROR_SHAPE);
  g_assert_null (predictor);
  g_assert_cmpint (ut_nn_predictor_new (shape, 0, 2, 1, &predictor), ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_predictor_new (shape, 2, 0, 1, &predictor), ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_predictor_new (shape, SIZE_MAX, 2, 1, &predictor), ==, UT_NN_ERROR_MEMORY);
  g_assert_cmpint (ut_nn_predictor_new (shape, 2, SIZE_MAX, 1, &predictor), ==, UT_NN_ERROR_MEMORY);
  g_assert_cmpint (ut_nn_predictor_new (shape, SIZE_MAX, SIZE_MAX, 1, &predictor),
                   ==, UT_NN_ERROR_MEMORY);
  g_assert_cmpint (ut_nn_predictor_new (shape, 1u << 20, (size_t) 1 << 34, 1, &predictor),
                   ==, UT_NN_ERROR_MEMORY);
  g_assert_null (predictor);
  ut_nn_model_free (model);
  ut_nn_model_free (other);
}

static void
test_loss (void)
{
  g_test_summary ("Cross-entropy and probability of a logit, without overflow");
  g_assert_cmpfloat_with_epsilon (ut_nn_loss (0.0, 0), log (2), 1e-15);
  g_assert_cmpfloat_with_epsilon (ut_nn_loss (0.0, 1), log (2), 1e-15);
  g_assert_cmpfloat_with_epsilon (ut_nn_loss (2.0, 1), -log (1 / (1 + exp (-2.0))), 1e-15);
  g_assert_cmpfloat_with_epsilon (ut_nn_loss (2.0, 0), -log (1 - 1 / (1 + exp (-2.0))), 1e-14);
  g_assert_cmpfloat_with_epsilon (ut_nn_loss (-40.0, 0), exp (-40.0), 1e-30);
  g_assert_cmpfloat (ut_nn_loss (1e4, 0), ==, 1e4);
  g_assert_cmpfloat (ut_nn_loss (-1e4, 1), ==, 1e4);
  g_assert_cmpfloat (ut_nn_loss (1e4, 1), ==, 0.0);
  g_assert_true (isnan (ut_nn_loss (NAN, 1)));
  g_assert_cmpfloat (ut_nn_sigmoid (0.0), ==, 0.5);
  g_assert_cmpfloat (ut_nn_sigmoid (1e4), ==, 1.0);
  g_assert_cmpfloat (ut_nn_sigmoid (-1e4), ==, 0.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      g_autofree char *path = g_strdup_printf ("/nn/predictor/same-bits/%s", test_cell_names[cell]);

      g_test_add_data_func (path, GINT_TO_POINTER (cell), test_same_bits);
    }
  for (size_t i = 1; i < test_n_forms; i++)
    {
      g_autofree char *bits = g_strdup_printf ("/nn/predictor/form-bits/%s", test_forms[i].name);
      g_autofree char *prefixes = g_strdup_printf ("/nn/predictor/prefixes/%s", test_forms[i].name);

      g_test_add_data_func (bits, &test_forms[i],
                            test_forms[i].faults == 0 ? test_form_bits : test_fault_bits);
      g_test_add_data_func (prefixes, &test_forms[i], test_prefixes);
    }
  g_test_add_func ("/nn/predictor/bag", test_bag_bits);
  g_test_add_func ("/nn/predictor/attention", test_attention);
  g_test_add_func ("/nn/predictor/stop", test_stop);
  g_test_add_func ("/nn/predictor/positions", test_positions);
  g_test_add_func ("/nn/predictor/order", test_order);
  g_test_add_func ("/nn/predictor/errors", test_errors);
  g_test_add_func ("/nn/predictor/loss", test_loss);
  return g_test_run ();
}
