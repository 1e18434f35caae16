/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <stdatomic.h>
#include <stdlib.h>

#include "test-data.h"
#include "ut-nn.h"

#ifdef UT_TEST_COUNT_ALLOCATIONS

/* A program's own malloc() takes precedence over the C library's in every library it loads. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *memory, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

static atomic_uint n_allocations;

void *
malloc (size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_malloc (size);
}

void *
calloc (size_t n,
        size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_calloc (n, size);
}

void *
realloc (void   *memory,
         size_t  size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_realloc (memory, size);
}

void *
aligned_alloc (size_t alignment,
               size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_memalign (alignment, size);
}

int
posix_memalign (void   **memory,
                size_t   alignment,
                size_t   size)
{
  atomic_fetch_add (&n_allocations, 1);
  *memory = __libc_memalign (alignment, size);
  return *memory == NULL ? 12 /* ENOMEM */ : 0;
}

static void
test_steps (gconstpointer data)
{
  enum { BATCH = 40, VOCABULARY = 300 };
  UtNnCell cell = (UtNnCell) (GPOINTER_TO_INT (data) % 3);
  UtNnShape shape = UT_NN_SHAPE_INIT (cell, VOCABULARY, 50, 64);
  g_autoptr (TestData) sentences = test_data_new (120, 20, VOCABULARY, 21);
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnModel *model;
  UtNnModel *copy;
  UtNnTrainer *trainer;
  UtNnPredictor *predictor;
  UtNnDifferentiator *differentiator = NULL;
  uint32_t rows[BATCH];
  float logits[BATCH];
  float token_logits[BATCH * 20];
  float vectors[BATCH * 20 * 50];
  float gradients[BATCH * 20 * 50];
  UtNnOutcome outcomes[BATCH];
  unsigned n_before = atomic_load (&n_allocations);

  g_test_summary ("Steps of training, copying the parameters, predicting and differentiating "
                  "allocate nothing");
  if (GPOINTER_TO_INT (data) >= 3)
    shape.faults = UT_NN_FAULT_STATE | UT_NN_FAULT_LOSS | UT_NN_FAULT_PADDING;
  options.max_sentences = BATCH;
  options.max_length = 20;
  options.n_threads = 2;
  g_assert_cmpint (ut_nn_model_new (&shape, &model), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_model_new (&shape, &copy), ==, UT_NN_OK);
  ut_nn_model_initialize (model, 1);
  g_assert_cmpint (ut_nn_trainer_new (model, &options, &trainer), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_new (&shape, BATCH, 20, 2, &predictor), ==, UT_NN_OK);
  if (shape.faults == 0)
    g_assert_cmpint (ut_nn_differentiator_new (&shape, BATCH, 20, 2, &differentiator), ==,
                     UT_NN_OK);
  g_assert_cmpuint (atomic_load (&n_allocations), >, n_before);

  n_before = atomic_load (&n_allocations);
  for (uint32_t step = 0; step < 9; step++)
    {
      UtNnStepResult result;
      UtNnStatus status;

      for (uint32_t i = 0; i < BATCH; i++)
        rows[i] = (step * BATCH + i) % 120;
      status = ut_nn_trainer_step (trainer, &sentences->view, rows, BATCH - step, &result);
      ut_nn_trainer_export (trainer, copy);
      if (status == UT_NN_OK)
        status = ut_nn_predictor_run (predictor, copy, &sentences->view, rows, BATCH - step,
                                      logits, token_logits, NULL);
      if (status == UT_NN_OK)
        status = ut_nn_predictor_compare (predictor, copy, &sentences->view, rows, BATCH - step,
                                          outcomes);
      if (status == UT_NN_OK && differentiator != NULL)
        status = ut_nn_differentiator_run (differentiator, copy, &sentences->view, rows,
                                           BATCH - step, NULL, logits, vectors, gradients);
      if (status != UT_NN_OK)
        g_error ("step %u: status %d", step, status);
    }
  g_assert_cmpuint (atomic_load (&n_allocations), ==, n_before);

  ut_nn_differentiator_free (differentiator);
  ut_nn_predictor_free (predictor);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
  ut_nn_model_free (copy);
}

#else

static void
test_steps (gconstpointer data)
{
  g_test_skip ("a sanitizer owns malloc()");
}

#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The cells, and once more as coded. */
  for (int i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("/nn/allocations/%s/%s", test_cell_names[i % 3],
                                               i < 3 ? "plain" : "as-coded");

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_steps);
    }
  return g_test_run ();
}
