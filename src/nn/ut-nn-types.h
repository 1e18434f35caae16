/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * UtNnStatus:
 * @UT_NN_OK: done.
 * @UT_NN_ERROR_MEMORY: memory could not be had, or a size overflowed.
 * @UT_NN_ERROR_SHAPE: a size, token id or batch is outside what the object was created for.
 * @UT_NN_ERROR_NOT_FINITE: the loss or a gradient was infinite or not a number; the parameters are
 *   those from before the step.
 *
 * How a call ended.
 */
typedef enum
{
  UT_NN_OK,
  UT_NN_ERROR_MEMORY,
  UT_NN_ERROR_SHAPE,
  UT_NN_ERROR_NOT_FINITE,
} UtNnStatus;

/**
 * UtNnCell:
 * @UT_NN_CELL_RNN: the simple recurrent cell with tanh.
 * @UT_NN_CELL_LSTM: long short-term memory; gates i, f, g, o.
 * @UT_NN_CELL_GRU: gated recurrent unit; gates r, z, n.
 *
 * The recurrent cell. Equations and gate order are PyTorch's.
 */
typedef enum
{
  UT_NN_CELL_RNN,
  UT_NN_CELL_LSTM,
  UT_NN_CELL_GRU,
} UtNnCell;

/** UT_NN_PAD: id of the padding token, whose embedding row is zero and stays zero. */
#define UT_NN_PAD 0u
/** UT_NN_UNKNOWN: id of the unknown word. */
#define UT_NN_UNKNOWN 1u

/**
 * UtNnShape:
 * @cell: the recurrent cell.
 * @vocabulary: V, rows of the embedding with pad and unknown; 2 to 2^24.
 * @embedding: I, columns of the embedding; 1 to 4,096.
 * @hidden: H, hidden size; 1 to 4,096.
 *
 * What determines the tensors of a model.
 */
typedef struct
{
  UtNnCell cell;
  size_t vocabulary;
  size_t embedding;
  size_t hidden;
} UtNnShape;
