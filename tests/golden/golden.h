/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <json-glib/json-glib.h>

#include "ut-nn.h"

/* A file that one of the scripts here wrote. */
typedef struct
{
  char *data;
  gsize size;
  JsonParser *parser;
  JsonObject *header;           /* (unowned) */
  const char *numbers;

  /* Of a file with a model. */
  UtNnModel *model;
  UtNnModel *exported;          /* what the trainer makes of it */
  uint32_t *tokens;
  size_t *offsets;
  uint8_t *labels;
  size_t *part_offsets;         /* (nullable) as the next two: subwords */
  uint32_t *parts;
  UtNnSubwords *subwords;       /* (2): of the vocabulary, and of the words that follow it */
  UtNnSentences sentences;
} Golden;

/* Opens a file with a model, its parameters before training and its sentences. */
void       golden_open         (Golden       *golden,
                                const char   *file_name);

/* Opens a file for its tensors alone. */
void       golden_open_tensors (Golden       *golden,
                                const char   *file_name);

void       golden_close        (Golden       *golden);

/* The numbers of the tensor called @prefix and @name; @n receives how many. */
float     *golden_copy_floats  (const Golden *golden,
                                const char   *prefix,
                                const char   *name,
                                size_t       *n);

/* Those of a tensor of whole numbers. */
size_t    *golden_copy_sizes   (const Golden *golden,
                                const char   *name,
                                size_t       *n);

JsonArray *golden_get_dims     (const Golden *golden,
                                const char   *name);

bool       golden_has_fault    (const Golden *golden,
                                UtNnFaults    fault);

/* Fails where a difference exceeds @tolerance times @scale; a NaN exceeds everything. */
void       golden_assert_close (const char   *what,
                                const float  *numbers,
                                const float  *expected,
                                size_t        n,
                                double        scale,
                                double        tolerance);

/* The largest absolute value. */
double     golden_get_largest  (const float  *numbers,
                                size_t        n);
