/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtLabError:
 * @UT_LAB_ERROR_SETTING: a setting is outside its range.
 * @UT_LAB_ERROR_MODEL: a model file is damaged, hostile or of another kind.
 * @UT_LAB_ERROR_RUN: a run's folder cannot be read.
 * @UT_LAB_ERROR_NOT_FINITE: the loss or a gradient was not a number.
 * @UT_LAB_ERROR_MEMORY: the model does not fit into memory.
 * @UT_LAB_ERROR_DAMAGED: the store, or a part of it, is not as it was written.
 * @UT_LAB_ERROR_NEWER: the store is one of a later version.
 * @UT_LAB_ERROR_DATA: files that a run learned from are gone, or not what they were.
 */
typedef enum
{
  UT_LAB_ERROR_SETTING,
  UT_LAB_ERROR_MODEL,
  UT_LAB_ERROR_RUN,
  UT_LAB_ERROR_NOT_FINITE,
  UT_LAB_ERROR_MEMORY,
  UT_LAB_ERROR_DAMAGED,
  UT_LAB_ERROR_NEWER,
  UT_LAB_ERROR_DATA,
} UtLabError;

#define UT_LAB_ERROR (ut_lab_error_quark ())
GQuark ut_lab_error_quark (void);

G_END_DECLS
