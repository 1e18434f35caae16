/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtTextError:
 * @UT_TEXT_ERROR_EMPTY: the file holds nothing, or only a header.
 * @UT_TEXT_ERROR_ENCODING: not UTF-8, or a NUL byte.
 * @UT_TEXT_ERROR_ROW: a row has not the form it must have.
 * @UT_TEXT_ERROR_DIMENSION: a word vector has another dimension than asked for.
 * @UT_TEXT_ERROR_SIZE: a file, line or sentence is larger than the limit.
 * @UT_TEXT_ERROR_JSON: not JSON, or deeper or longer than what is read.
 * @UT_TEXT_ERROR_FORM: the file is of another kind than what is read, or damaged.
 */
typedef enum
{
  UT_TEXT_ERROR_EMPTY,
  UT_TEXT_ERROR_ENCODING,
  UT_TEXT_ERROR_ROW,
  UT_TEXT_ERROR_DIMENSION,
  UT_TEXT_ERROR_SIZE,
  UT_TEXT_ERROR_JSON,
  UT_TEXT_ERROR_FORM,
} UtTextError;

#define UT_TEXT_ERROR (ut_text_error_quark ())
GQuark ut_text_error_quark (void);

/**
 * UtReadProgress:
 * @fraction: 0 to 1.
 * @data: what the caller gave.
 *
 * Called now and then while a file is read, on the reading thread.
 */
typedef void (*UtReadProgress) (double   fraction,
                                gpointer data);

G_END_DECLS
