/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How many training steps a second the engine does on SST-2's shape: V = 14,816, I = 50, H = 64,
 * batches of 32. The sentences come from a file that compare-pytorch.py writes, or are drawn with
 * lengths and word frequencies like those of SST-2. Prints one line a cell and thread count.
 */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ut-nn.h"

#define VOCABULARY 14818
#define EMBEDDING 50
#define HIDDEN 64
#define BATCH 32
#define N_SENTENCES 8192
#define SEED 1

/* Mean length of SST-2's training phrases; their lengths fall off about geometrically. */
#define MEAN_LENGTH 9.4
#define MAX_LENGTH 52

typedef struct
{
  size_t n_sentences;
  size_t max_length;
  uint32_t *tokens;
  size_t *offsets;
  uint8_t *labels;
} Data;

typedef struct
{
  const char *file;             /* (nullable) */
  const char *cell;             /* (nullable): only this one */
  size_t n_steps;
  size_t n_rounds;
  size_t n_threads;             /* 0: one and two */
} Arguments;

static const char *const cell_names[] = { "RNN", "LSTM", "GRU" };

static void
fail (const char *what)
{
  fprintf (stderr, "bench-train: %s\n", what);
  exit (1);
}

static void *
allocate (size_t n,
          size_t size)
{
  void *memory = calloc (n, size);

  if (memory == NULL)
    fail ("out of memory");
  return memory;
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
draw_data (Data *data)
{
  const UtNnRandom random = { SEED, UT_NN_STREAM_EXAMPLES };
  uint64_t n = 0;

  data->n_sentences = N_SENTENCES;
  data->max_length = MAX_LENGTH;
  data->tokens = allocate ((size_t) N_SENTENCES * MAX_LENGTH, sizeof *data->tokens);
  data->offsets = allocate (N_SENTENCES + 1, sizeof *data->offsets);
  data->labels = allocate (N_SENTENCES, sizeof *data->labels);
  for (size_t i = 0; i < N_SENTENCES; i++)
    {
      double u = ut_nn_random_uniform (random, n++);
      size_t length = 1 + (size_t) (log (1.0 - u) / log (1.0 - 1.0 / MEAN_LENGTH));

      if (length > MAX_LENGTH)
        length = MAX_LENGTH;
      data->offsets[i + 1] = data->offsets[i] + length;
      data->labels[i] = (uint8_t) (ut_nn_random_bits (random, n++) & 1);

      /* Zipf's law: a word's frequency is inverse to its rank, so that rank = V^u. */
      for (size_t t = data->offsets[i]; t < data->offsets[i + 1]; t++)
        data->tokens[t] = (uint32_t) pow (VOCABULARY - 1, ut_nn_random_uniform (random, n++));
    }
}

static void
read_items (FILE   *file,
            void   *items,
            size_t  size,
            size_t  n)
{
  if (fread (items, size, n, file) != n)
    fail ("the file of sentences is too short");
}

/* The number of sentences and their n + 1 offsets (64 bits), the tokens (32 bits), the labels
 * (8). */
static void
read_data (Data       *data,
           const char *path)
{
  FILE *file = fopen (path, "rbe");
  uint64_t n;

  if (file == NULL)
    fail ("the file of sentences cannot be opened");
  read_items (file, &n, sizeof n, 1);
  if (n == 0 || n > 1u << 24)
    fail ("the file of sentences has no sensible number of sentences");
  data->n_sentences = (size_t) n;
  data->offsets = allocate (data->n_sentences + 1, sizeof *data->offsets);
  data->labels = allocate (data->n_sentences, sizeof *data->labels);
  read_items (file, data->offsets, sizeof *data->offsets, data->n_sentences + 1);
  for (size_t i = 0; i < data->n_sentences; i++)
    {
      size_t length = data->offsets[i + 1] - data->offsets[i];

      if (length > data->max_length)
        data->max_length = length;
    }
  data->tokens = allocate (data->offsets[data->n_sentences], sizeof *data->tokens);
  read_items (file, data->tokens, sizeof *data->tokens, data->offsets[data->n_sentences]);
  read_items (file, data->labels, sizeof *data->labels, data->n_sentences);
  fclose (file);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static UtNnModel *
new_model (UtNnCell cell)
{
  const UtNnShape shape = { cell, VOCABULARY, EMBEDDING, HIDDEN };
  const UtNnRandom random = { SEED, UT_NN_STREAM_EMBEDDING };
  UtNnModel *model;

  if (ut_nn_model_new (&shape, &model) != UT_NN_OK)
    fail ("out of memory");
  ut_nn_model_initialize (model, SEED);
  float *table = ut_nn_model_get_data (model, ut_nn_model_find_tensor (model, "embedding.weight"));
  for (size_t i = EMBEDDING; i < (size_t) VOCABULARY * EMBEDDING; i++)
    table[i] = (float) (0.4 * ut_nn_random_normal (random, i));
  return model;
}

static void
measure (UtNnCell         cell,
         size_t           n_threads,
         const Arguments *arguments,
         const Data      *data)
{
  const UtNnSentences sentences = { data->tokens, data->offsets, data->labels };
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  UtNnModel *model = new_model (cell);
  UtNnTrainer *trainer;
  double *rates = allocate (arguments->n_rounds, sizeof *rates);
  size_t n_tokens = 0;
  size_t next = 0;

  options.max_sentences = BATCH;
  options.max_length = data->max_length;
  options.n_threads = n_threads;
  if (ut_nn_trainer_new (model, &options, &trainer) != UT_NN_OK)
    fail ("a trainer cannot be made");

  /* Round 0 warms up. */
  for (size_t round = 0; round <= arguments->n_rounds; round++)
    {
      double start = now ();

      n_tokens = 0;
      for (size_t step = 0; step < arguments->n_steps; step++)
        {
          uint32_t rows[BATCH];
          UtNnStepResult result;

          for (size_t i = 0; i < BATCH; i++)
            rows[i] = (uint32_t) (next++ % data->n_sentences);
          if (ut_nn_trainer_step (trainer, &sentences, rows, BATCH, &result) != UT_NN_OK)
            fail ("a step failed");
          n_tokens += result.n_tokens;
        }
      if (round > 0)
        rates[round - 1] = (double) arguments->n_steps / (now () - start);
    }

  qsort (rates, arguments->n_rounds, sizeof *rates, compare_doubles);
  printf ("%-4s threads %zu: %7.1f steps/s, median of %zu rounds of %zu steps (%.1f to %.1f); "
          "%.0f tokens a step\n", cell_names[cell], n_threads, rates[arguments->n_rounds / 2],
          arguments->n_rounds, arguments->n_steps, rates[0], rates[arguments->n_rounds - 1],
          (double) n_tokens / (double) arguments->n_steps);
  fflush (stdout);
  free (rates);
  ut_nn_trainer_free (trainer);
  ut_nn_model_free (model);
}

static size_t
read_number (const char *text)
{
  char *end;
  unsigned long value = strtoul (text, &end, 10);

  if (value == 0 || *end != '\0')
    fail ("a number must be a positive integer");
  return value;
}

static Arguments
read_arguments (int    argc,
                char **argv)
{
  static const struct option options[] = {
    { "sentences", required_argument, NULL, 'f' },
    { "cell", required_argument, NULL, 'c' },
    { "steps", required_argument, NULL, 's' },
    { "rounds", required_argument, NULL, 'r' },
    { "threads", required_argument, NULL, 't' },
    { NULL },
  };
  Arguments arguments = { .n_steps = 1000, .n_rounds = 5 };
  int option;

  while ((option = getopt_long (argc, argv, "", options, NULL)) != -1)
    switch (option)
      {
      case 'f':
        arguments.file = optarg;
        break;
      case 'c':
        arguments.cell = optarg;
        break;
      case 's':
        arguments.n_steps = read_number (optarg);
        break;
      case 'r':
        arguments.n_rounds = read_number (optarg);
        break;
      case 't':
        arguments.n_threads = read_number (optarg);
        break;
      default:
        fail ("usage: bench-train [--sentences FILE] [--cell RNN|LSTM|GRU] [--steps N] "
              "[--rounds N] [--threads N]");
      }
  return arguments;
}

int
main (int    argc,
      char **argv)
{
  Arguments arguments = read_arguments (argc, argv);
  Data data = { 0 };

  if (arguments.file != NULL)
    read_data (&data, arguments.file);
  else
    draw_data (&data);

  for (UtNnCell cell = UT_NN_CELL_RNN; cell <= UT_NN_CELL_GRU; cell++)
    for (size_t n_threads = 1; n_threads <= 2; n_threads++)
      if (arguments.cell == NULL || strcmp (arguments.cell, cell_names[cell]) == 0)
        {
          if (arguments.n_threads == 0)
            measure (cell, n_threads, &arguments, &data);
          else if (n_threads == 1)
            measure (cell, arguments.n_threads, &arguments, &data);
        }

  free (data.tokens);
  free (data.offsets);
  free (data.labels);
  return 0;
}
