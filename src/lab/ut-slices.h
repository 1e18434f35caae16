/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-answers.h"

G_BEGIN_DECLS

/**
 * UtSliceKind:
 * @UT_SLICE_LENGTH: by the number of words.
 * @UT_SLICE_NEGATION: without and with a word that denies, of an English list.
 * @UT_SLICE_UNKNOWN: by the share of words that the training rows do not have.
 * @UT_SLICE_DISTANCE: by how many words follow the one that decides. It is known for the memory test
 *   alone, where it is the word behind "overall"; see ut_slices_new().
 * @UT_SLICE_EXPRESSION: with and without a match of an expression of one's own.
 *
 * What parts the rows.
 */
typedef enum
{
  UT_SLICE_LENGTH,
  UT_SLICE_NEGATION,
  UT_SLICE_UNKNOWN,
  UT_SLICE_DISTANCE,
  UT_SLICE_EXPRESSION,
} UtSliceKind;

#define UT_N_SLICE_KINDS (UT_SLICE_EXPRESSION + 1)

/** ut_slice_kind_get_title: (transfer none): "Length", translated. */
const char *ut_slice_kind_get_title (UtSliceKind kind);

/**
 * UtSlices:
 *
 * The rows of a data set, parted by what they are like; the same for all runs on these rows whose
 * training rows are the same. Immutable, atomically counted.
 */
typedef struct UtSlices UtSlices;

#define UT_TYPE_SLICES (ut_slices_get_type ())
GType       ut_slices_get_type      (void);

/**
 * ut_slices_new:
 * @answers: of a run, for its rows and what is unknown in them.
 * @kind: what parts the rows.
 * @pattern: (nullable): a regular expression as #GRegex reads it, whatever the case, for
 *   %UT_SLICE_EXPRESSION.
 * @error: what is wrong with @pattern, or that it takes too long to look for; or that there are no
 *   such parts: %UT_LAB_ERROR_DATA.
 *
 * Bins are fixed, so that figures of several data sets compare: 1–5, 6–10, 11–15, 16–20, 21–30,
 * 31–50, 51–100 and more words; no unknown word, up to 10, 20, 40 and 100 of 100; 0–2, 3–5, 6–10,
 * 11–15, 16–20, 21–25, 26–30 and more words behind the one that decides. Which word that is cannot
 * be seen from any data: a model could be asked, leaving out each word in turn, but then it would be
 * a matter of the model. So %UT_SLICE_DISTANCE is for rows that have the word "overall" exactly
 * once, and not at the end, and a data set is refused in which less than nine of ten rows are like
 * that. Blocks for as long as the rows take to be gone through; any thread.
 *
 * Returns: (transfer full) (nullable): the slices; empty ones are there, too.
 */
UtSlices   *ut_slices_new           (UtAnswers      *answers,
                                     UtSliceKind     kind,
                                     const char     *pattern,
                                     GError        **error);
UtSlices   *ut_slices_ref           (UtSlices       *self);
void        ut_slices_unref         (UtSlices       *self);

UtSliceKind ut_slices_get_kind      (const UtSlices *self);
/** ut_slices_get_n_slices: how many slices there are. */
guint       ut_slices_get_n_slices  (const UtSlices *self);
/** ut_slices_get_title: (transfer none): "6 to 10 words", "with a negation", translated. */
const char *ut_slices_get_title     (const UtSlices *self,
                                     guint           slice);
/** ut_slices_get_centre: where a slice lies on an axis: the mean length, share or distance of its rows;
 * NaN for an empty one and for kinds that are no number. */
double      ut_slices_get_centre    (const UtSlices *self,
                                     guint           slice);
/** ut_slices_get_rows: (transfer none) (array length=n_rows): its rows, ascending. */
const guint32 *ut_slices_get_rows   (const UtSlices *self,
                                     guint           slice,
                                     gsize          *n_rows);
/** ut_slices_get_n_left_out: rows that are in no slice: such as have no deciding word. */
gsize       ut_slices_get_n_left_out (const UtSlices *self);

/**
 * UtSliceFigures:
 * @n: how many rows.
 * @n_right: on how many of them the answer is right.
 * @accuracy: the share; NaN of none.
 * @interval: of it, Wilson's.
 */
typedef struct
{
  gsize n;
  gsize n_right;
  double accuracy;
  UtInterval interval;
} UtSliceFigures;

/** ut_slices_measure: how @answers, which are of the same rows, does on a slice. */
UtSliceFigures ut_slices_measure    (const UtSlices  *self,
                                     const UtAnswers *answers,
                                     guint            slice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtSlices, ut_slices_unref)

G_END_DECLS
