/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Compares the gradients of logits with PyTorch's in the files that make-worth.py writes. */
#include <math.h>
#include <string.h>

#include "golden.h"

#define LOGIT_TOLERANCE 1e-5
/* Largest difference over the largest entry. */
#define WORTH_TOLERANCE 1e-4
/* The script's. */
#define N_POINTS 64

typedef struct
{
  Golden model;                 /* weights and sentences */
  Golden worth;                 /* what is expected */
  size_t n_rows;
  uint32_t *rows;
  size_t columns;               /* I */
  size_t max_length;
  size_t n_numbers;             /* N·I, of all rows together */
} Files;

static void
files_open (Files      *files,
            const char *name)
{
  g_autofree char *model_name = g_strconcat (name, ".safetensors", NULL);
  g_autofree char *worth_name = g_strconcat ("worth-", model_name, NULL);

  golden_open (&files->model, model_name);
  golden_open_tensors (&files->worth, worth_name);
  files->columns = ut_nn_model_get_shape (files->model.model)->embedding;

  g_autofree size_t *rows = golden_copy_sizes (&files->worth, "rows", &files->n_rows);

  files->rows = g_new (uint32_t, files->n_rows);
  for (size_t i = 0; i < files->n_rows; i++)
    {
      const size_t *offset = files->model.offsets + rows[i];

      files->rows[i] = (uint32_t) rows[i];
      files->max_length = MAX (files->max_length, offset[1] - offset[0]);
      files->n_numbers += (offset[1] - offset[0]) * files->columns;
    }
}

static void
files_close (Files *files)
{
  golden_close (&files->model);
  golden_close (&files->worth);
  g_free (files->rows);
}

static void
compare (const Files *files,
         const char  *name,
         const float *numbers,
         size_t       n_numbers,
         double       tolerance)
{
  size_t n;
  g_autofree float *expected = golden_copy_floats (&files->worth, "", name, &n);

  g_assert_cmpuint (n, ==, n_numbers);
  golden_assert_close (name, numbers, expected, n, golden_get_largest (expected, n), tolerance);
}

static void
test_gradient (gconstpointer data)
{
  Files files = { 0 };
  UtNnDifferentiator *differentiator;

  g_test_summary ("Logits, those of the baseline, and gradient times input are PyTorch's");
  files_open (&files, data);

  g_autofree float *logits = g_new (float, files.n_rows);
  g_autofree float *scales = g_new0 (float, files.n_rows);
  g_autofree float *vectors = g_new (float, files.n_numbers);
  g_autofree float *gradients = g_new (float, files.n_numbers);

  g_assert_cmpint (ut_nn_differentiator_new (ut_nn_model_get_shape (files.model.model),
                                             files.n_rows, files.max_length, 1, &differentiator),
                   ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, files.model.model,
                                             &files.model.sentences, files.rows, files.n_rows,
                                             scales, logits, NULL, NULL), ==, UT_NN_OK);
  compare (&files, "baselines", logits, files.n_rows, LOGIT_TOLERANCE);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, files.model.model,
                                             &files.model.sentences, files.rows, files.n_rows,
                                             NULL, logits, vectors, gradients), ==, UT_NN_OK);
  compare (&files, "logits", logits, files.n_rows, LOGIT_TOLERANCE);
  for (size_t i = 0; i < files.n_numbers; i++)
    gradients[i] *= vectors[i];
  compare (&files, "gradient_input", gradients, files.n_numbers, WORTH_TOLERANCE);

  ut_nn_differentiator_free (differentiator);
  files_close (&files);
}

/* From the points of all rows' paths to integrated gradients; the points of a path are a batch. */
static void
integrate (Files *files,
           float *integrated)
{
  const UtNnModel *model = files->model.model;
  g_autofree float *gradients = g_new (float, N_POINTS * files->max_length * files->columns);
  g_autofree float *vectors = g_new (float, N_POINTS * files->max_length * files->columns);
  UtNnDifferentiator *differentiator;
  uint32_t rows[N_POINTS];
  float scales[N_POINTS];
  float logits[N_POINTS];

  g_assert_cmpint (ut_nn_differentiator_new (ut_nn_model_get_shape (model), N_POINTS,
                                             files->max_length, 2, &differentiator), ==, UT_NN_OK);
  for (size_t i = 0; i < files->n_rows; i++)
    {
      const size_t *offset = files->model.offsets + files->rows[i];
      size_t n = (offset[1] - offset[0]) * files->columns;

      for (size_t k = 0; k < N_POINTS; k++)
        {
          rows[k] = files->rows[i];
          scales[k] = ((float) k + 0.5f) / N_POINTS;
        }
      g_assert_cmpint (ut_nn_differentiator_run (differentiator, model, &files->model.sentences,
                                                 rows, N_POINTS, scales, logits, vectors,
                                                 gradients), ==, UT_NN_OK);
      for (size_t j = 0; j < n; j++)
        {
          double sum = 0.0;

          for (size_t k = 0; k < N_POINTS; k++)
            sum += (double) gradients[k * n + j];
          *integrated++ = (float) (sum / N_POINTS * (double) vectors[j]);
        }
    }
  ut_nn_differentiator_free (differentiator);
}

static void
test_integrated (gconstpointer data)
{
  Files files = { 0 };

  g_test_summary ("Integrated gradients are PyTorch's");
  files_open (&files, data);

  g_autofree float *integrated = g_new (float, files.n_numbers);

  integrate (&files, integrated);
  compare (&files, "integrated", integrated, files.n_numbers, WORTH_TOLERANCE);
  files_close (&files);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = {
    "rnn-0", "lstm-0", "gru-0", "rnn-1", "lstm-1", "gru-1", "lstm-mean", "gru-max",
    "rnn-attention", "gru-directions", "lstm-deep", "rnn-dropout", "gru-wide", "lstm-wide",
    "lstm-subwords", "gru-subwords", "rnn-subwords", "bag",
  };

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *gradient = g_strdup_printf ("/worth/%s/gradient", names[i]);
      g_autofree char *integrated = g_strdup_printf ("/worth/%s/integrated", names[i]);

      g_test_add_data_func (gradient, names[i], test_gradient);
      g_test_add_data_func (integrated, names[i], test_integrated);
    }
  return g_test_run ();
}
