/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** UT_PROBES_MAX: most sentences that are followed at once. */
#define UT_PROBES_MAX 32
/** UT_PROBE_MAX_LENGTH: bytes of the longest of them. */
#define UT_PROBE_MAX_LENGTH 1000

/**
 * UtProbes:
 * @texts: (array length=n_texts zero-terminated=1): as ut_probe_tidy() leaves them, each of them
 *   once.
 * @n_texts: at most %UT_PROBES_MAX.
 *
 * Sentences whose answers are followed while a run trains. They are no part of its configuration.
 * Immutable, atomically counted; read the members directly.
 */
typedef struct
{
  const char * const *texts;
  gsize n_texts;
} UtProbes;

/**
 * ut_probe_tidy:
 * @text: what somebody typed or a file holds.
 * @error: why it cannot be followed: it is empty, too long, or not UTF-8.
 *
 * Returns: (transfer full) (nullable): the text in one line, with single spaces.
 */
char     *ut_probe_tidy       (const char          *text,
                               GError             **error);

/**
 * ut_probes_new:
 * @texts: (array zero-terminated=1): the sentences.
 * @error: which of them cannot be followed and why, or that they are too many.
 *
 * Repeated ones count once.
 *
 * Returns: (transfer full) (nullable): the sentences.
 */
UtProbes *ut_probes_new       (const char * const  *texts,
                               GError             **error);
UtProbes *ut_probes_ref       (UtProbes            *self);
void      ut_probes_unref     (UtProbes            *self);

/** ut_probes_equal: whether they are the same sentences in the same order. */
gboolean  ut_probes_equal     (const UtProbes      *self,
                               const UtProbes      *other);
/** ut_probes_find: the index of @text; -1 where it is not among them. */
gssize    ut_probes_find      (const UtProbes      *self,
                               const char          *text);

/**
 * ut_probes_read:
 * @file: a text file with a sentence on each line; empty lines count for nothing.
 * @error: names file and line.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): its sentences.
 */
UtProbes *ut_probes_read      (GFile               *file,
                               GCancellable        *cancellable,
                               GError             **error);

/**
 * UtProbeLook:
 * @probes: (owned): what was asked.
 * @step: after which step of the run.
 * @epoch: the epoch of that step, from 1.
 * @seconds: since the start of the run, without pauses.
 * @probabilities: (array length=probes.n_texts): of the positive class, as ut_prediction_new() has
 *   them for the sentence as a whole; NaN for one without words.
 *
 * What a run that trains answered at one moment: about once a second with its weights as they stood,
 * and at the end of each epoch with those that were checked. Immutable, atomically counted; read the
 * members directly.
 */
typedef struct
{
  UtProbes *probes;
  guint64 step;
  guint epoch;
  double seconds;
  double probabilities[];
} UtProbeLook;

UtProbeLook *ut_probe_look_ref   (UtProbeLook *self);
void         ut_probe_look_unref (UtProbeLook *self);

/**
 * ut_probe_looks_list_texts:
 * @looks: (array length=n_looks): of one run, in order.
 * @n_looks: how many.
 *
 * Returns: (transfer container) (element-type utf8): the sentences that were asked, in the order in
 *   which they came up; they belong to the looks.
 */
GPtrArray   *ut_probe_looks_list_texts (UtProbeLook * const *looks,
                                        gsize                n_looks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtProbes, ut_probes_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtProbeLook, ut_probe_look_unref)

G_END_DECLS
