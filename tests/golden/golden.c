/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "golden.h"

#include <math.h>
#include <string.h>

/* The file is our own, beside the test: a damaged one may end the test. */
static const void *
find (const Golden *golden,
      const char   *name,
      const char   *dtype,
      size_t       *n)
{
  g_assert_true (json_object_has_member (golden->header, name));
  JsonObject *entry = json_object_get_object_member (golden->header, name);
  JsonArray *range = json_object_get_array_member (entry, "data_offsets");
  JsonArray *shape = json_object_get_array_member (entry, "shape");
  gint64 start = json_array_get_int_element (range, 0);
  gint64 end = json_array_get_int_element (range, 1);

  g_assert_cmpstr (json_object_get_string_member (entry, "dtype"), ==, dtype);
  g_assert_cmpint (golden->numbers - golden->data + end, <=, golden->size);
  *n = 1;
  for (guint i = 0; i < json_array_get_length (shape); i++)
    *n *= (size_t) json_array_get_int_element (shape, i);
  g_assert_cmpint (end - start, ==, (gint64) (*n * (strcmp (dtype, "F32") == 0 ? 4 : 8)));
  return golden->numbers + start;
}

float *
golden_copy_floats (const Golden *golden,
                    const char   *prefix,
                    const char   *name,
                    size_t       *n)
{
  g_autofree char *full_name = g_strconcat (prefix, name, NULL);
  const void *numbers = find (golden, full_name, "F32", n);

  return g_memdup2 (numbers, *n * sizeof (float));
}

size_t *
golden_copy_sizes (const Golden *golden,
                   const char   *name,
                   size_t       *n)
{
  const char *numbers = find (golden, name, "I64", n);
  size_t *sizes = g_new (size_t, *n);

  for (size_t i = 0; i < *n; i++)
    {
      gint64 value;

      memcpy (&value, numbers + i * sizeof value, sizeof value);
      sizes[i] = (size_t) value;
    }
  return sizes;
}

static UtNnCell
read_cell (const char *file_name)
{
  if (g_str_has_prefix (file_name, "bag"))
    return UT_NN_CELL_BAG;
  if (g_str_has_prefix (file_name, "lstm"))
    return UT_NN_CELL_LSTM;
  return g_str_has_prefix (file_name, "gru") ? UT_NN_CELL_GRU : UT_NN_CELL_RNN;
}

static void
read_sentences (Golden *golden)
{
  size_t n_tokens, n_sentences, n_labels;
  g_autofree size_t *tokens = golden_copy_sizes (golden, "tokens", &n_tokens);
  g_autofree size_t *lengths = golden_copy_sizes (golden, "lengths", &n_sentences);
  g_autofree size_t *labels = golden_copy_sizes (golden, "labels", &n_labels);

  g_assert_cmpuint (n_labels, ==, n_sentences);
  golden->tokens = g_new (uint32_t, n_tokens);
  golden->offsets = g_new0 (size_t, n_sentences + 1);
  golden->labels = g_new (uint8_t, n_sentences);
  for (size_t i = 0; i < n_tokens; i++)
    golden->tokens[i] = (uint32_t) tokens[i];
  for (size_t i = 0; i < n_sentences; i++)
    {
      golden->offsets[i + 1] = golden->offsets[i] + lengths[i];
      golden->labels[i] = (uint8_t) labels[i];
    }
  g_assert_cmpuint (golden->offsets[n_sentences], ==, n_tokens);
  golden->sentences = (UtNnSentences) {
    .tokens = golden->tokens, .offsets = golden->offsets, .labels = golden->labels,
  };
}

JsonArray *
golden_get_dims (const Golden *golden,
                 const char   *name)
{
  JsonObject *entry = json_object_get_object_member (golden->header, name);

  return json_object_get_array_member (entry, "shape");
}

/* The subwords of each id, where the file has them. */
static void
read_subwords (Golden    *golden,
               UtNnShape *shape)
{
  size_t n_words, n_parts;

  if (!json_object_has_member (golden->header, "parts"))
    return;

  g_autofree size_t *counts = golden_copy_sizes (golden, "n_parts", &n_words);
  g_autofree size_t *parts = golden_copy_sizes (golden, "parts", &n_parts);
  JsonArray *dims = golden_get_dims (golden, "before.subword.weight");

  golden->part_offsets = g_new0 (size_t, n_words + 1);
  golden->parts = g_new (uint32_t, n_parts);
  for (size_t i = 0; i < n_words; i++)
    golden->part_offsets[i + 1] = golden->part_offsets[i] + counts[i];
  for (size_t i = 0; i < n_parts; i++)
    golden->parts[i] = (uint32_t) parts[i];
  golden->subwords = g_new (UtNnSubwords, 2);
  golden->subwords[0] = (UtNnSubwords) { golden->part_offsets, golden->parts, shape->vocabulary };
  golden->subwords[1] = (UtNnSubwords) {
    golden->part_offsets + shape->vocabulary, golden->parts, n_words - shape->vocabulary,
  };
  golden->sentences.subwords = &golden->subwords[0];
  golden->sentences.extra_subwords = &golden->subwords[1];
  shape->n_subwords = (size_t) json_array_get_int_element (dims, 0);
}

/* Layers, directions and read-out, where the file has them. */
static void
read_form (const Golden *golden,
           UtNnShape    *shape)
{
  size_t n;

  if (!json_object_has_member (golden->header, "form"))
    return;

  g_autofree size_t *form = golden_copy_sizes (golden, "form", &n);

  g_assert_cmpuint (n, ==, 3);
  shape->n_layers = form[0];
  shape->bidirectional = form[1] == 2;
  shape->readout = (UtNnReadout) form[2];
}

static size_t
get_dim (const Golden *golden,
         const char   *name,
         guint         i)
{
  return (size_t) json_array_get_int_element (golden_get_dims (golden, name), i);
}

static UtNnShape
read_shape (const Golden *golden,
            UtNnCell      cell)
{
  size_t vocabulary = get_dim (golden, "before.embedding.weight", 0);

  if (cell == UT_NN_CELL_BAG)
    return (UtNnShape) UT_NN_SHAPE_BAG_INIT (vocabulary, get_dim (golden, "before.bigram.weight", 0));

  return (UtNnShape) UT_NN_SHAPE_INIT (cell, vocabulary,
                                       get_dim (golden, "before.embedding.weight", 1),
                                       get_dim (golden, "before.rnn.weight_hh_l0", 1));
}

/* The notebook's faults, where the file has them. */
static void
read_faults (const Golden *golden,
             UtNnShape    *shape)
{
  size_t n;

  if (!json_object_has_member (golden->header, "faults"))
    return;

  g_autofree size_t *faults = golden_copy_sizes (golden, "faults", &n);

  g_assert_cmpuint (n, ==, 3);
  shape->faults = (UtNnFaults) ((faults[0] ? UT_NN_FAULT_STATE : 0)
                                | (faults[1] ? UT_NN_FAULT_LOSS : 0)
                                | (faults[2] ? UT_NN_FAULT_PADDING : 0));
}

bool
golden_has_fault (const Golden *golden,
                  UtNnFaults    fault)
{
  return (ut_nn_model_get_shape (golden->model)->faults & fault) != 0;
}

void
golden_open_tensors (Golden     *golden,
                     const char *file_name)
{
  g_autofree char *path = g_build_filename (GOLDEN_DIR, file_name, NULL);
  g_autoptr (GError) error = NULL;
  guint64 header_size;

  g_file_get_contents (path, &golden->data, &golden->size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (golden->size, >, sizeof header_size);
  memcpy (&header_size, golden->data, sizeof header_size);
  header_size = GUINT64_FROM_LE (header_size);
  g_assert_cmpuint (header_size, <=, golden->size - sizeof header_size);

  golden->parser = json_parser_new ();
  json_parser_load_from_data (golden->parser, golden->data + sizeof header_size,
                              (gssize) header_size, &error);
  g_assert_no_error (error);
  golden->header = json_node_get_object (json_parser_get_root (golden->parser));
  golden->numbers = golden->data + sizeof header_size + header_size;
}

void
golden_open (Golden     *golden,
             const char *file_name)
{
  golden_open_tensors (golden, file_name);
  read_sentences (golden);

  UtNnShape shape = read_shape (golden, read_cell (file_name));

  read_form (golden, &shape);
  read_faults (golden, &shape);
  read_subwords (golden, &shape);
  g_assert_cmpint (ut_nn_model_new (&shape, &golden->model), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_model_new (&shape, &golden->exported), ==, UT_NN_OK);

  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (golden->model, &n_tensors);
  for (size_t i = 0; i < n_tensors; i++)
    {
      size_t n;
      g_autofree float *numbers = golden_copy_floats (golden, "before.", tensors[i].name, &n);

      g_assert_cmpuint (n, ==, tensors[i].size);
      memcpy (ut_nn_model_get_data (golden->model, &tensors[i]), numbers, n * sizeof (float));
    }
}

void
golden_close (Golden *golden)
{
  ut_nn_model_free (golden->model);
  ut_nn_model_free (golden->exported);
  g_object_unref (golden->parser);
  g_free (golden->data);
  g_free (golden->tokens);
  g_free (golden->offsets);
  g_free (golden->labels);
  g_free (golden->part_offsets);
  g_free (golden->parts);
  g_free (golden->subwords);
}

void
golden_assert_close (const char  *what,
                     const float *numbers,
                     const float *expected,
                     size_t       n,
                     double       scale,
                     double       tolerance)
{
  size_t worst = 0;
  double largest = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      double difference = fabs ((double) numbers[i] - (double) expected[i]);

      if (!(difference <= largest))
        {
          largest = difference;
          worst = i;
        }
      if (isnan (largest))
        break;
    }
  g_test_message ("%s: largest difference %.3g of %.3g", what, largest, tolerance * scale);
  if (!(largest <= tolerance * scale))
    {
      g_test_message ("%s[%zu] is %.9g, PyTorch has %.9g: difference %.3g, allowed %.3g", what,
                      worst, (double) numbers[worst], (double) expected[worst], largest,
                      tolerance * scale);
      g_test_fail ();
    }
}

double
golden_get_largest (const float *numbers,
                    size_t       n)
{
  double largest = 0.0;

  for (size_t i = 0; i < n; i++)
    largest = fmax (largest, fabs ((double) numbers[i]));
  return largest;
}
