/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

#include "ut-nn-batch.h"

/* Sentences that hold tokens drawn from the vocabulary but for the last id, which never occurs. */
typedef struct
{
  size_t n_sentences;
  size_t max_length;
  uint32_t *tokens;
  size_t *offsets;
  uint8_t *labels;
  UtNnSentences view;
} TestData;

/* Up to four subwords for each of the words but the pad and the unknown one. */
typedef struct
{
  size_t *offsets;
  uint32_t *rows;
  UtNnSubwords view;
} TestSubwords;

TestSubwords *test_subwords_new  (size_t        n_words,
                                  size_t        n_rows,
                                  guint32       seed);

void          test_subwords_free (TestSubwords *subwords);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestSubwords, test_subwords_free)

/* @seed makes them; lengths 1 to @max_length, both of which occur. */
TestData *test_data_new   (size_t    n_sentences,
                           size_t    max_length,
                           size_t    vocabulary,
                           guint32   seed);

void      test_data_free  (TestData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestData, test_data_free)

/* Layers, directions, read-out, dropout and faults that are tested together, and what they are
 * called. */
typedef struct
{
  const char *name;
  size_t n_layers;
  bool bidirectional;
  UtNnReadout readout;
  float dropout;                /* of words and vectors; half of it elsewhere */
  size_t n_subwords;
  UtNnFaults faults;
} TestForm;

extern const TestForm test_forms[];
extern const size_t test_n_forms;

UtNnShape test_form_make_shape (const TestForm *form,
                                UtNnCell        cell,
                                size_t          vocabulary,
                                size_t          embedding,
                                size_t          hidden);

/* On how many threads and in batches of how many sentences the same is computed once more. That the bits
 * are the same is for the ordinary build to say; what AddressSanitizer looks for shows in fewer rounds. */
#ifdef __SANITIZE_ADDRESS__
#define TEST_THREAD_COUNTS 3
#define TEST_BATCH_SIZES 70, 33, 17, 5
#else
#define TEST_THREAD_COUNTS 1, 2, 3, 8
#define TEST_BATCH_SIZES 70, 33, 32, 17, 16, 5, 2
#endif

/* The three cells' names in the order of UtNnCell. */
extern const char *const test_cell_names[3];
