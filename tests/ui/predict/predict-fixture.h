/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

/* Runs the main loop until @condition holds; the test fails where that takes over a minute. */
#define ITER_UNTIL(condition) \
  G_STMT_START \
    { \
      gboolean late_ = FALSE; \
      guint source_ = g_timeout_add_seconds (60, fixture_late_cb, &late_); \
\
      while (!(condition) && !late_) \
        g_main_context_iteration (NULL, TRUE); \
      g_assert_false (late_); \
      g_source_remove (source_); \
    } \
  G_STMT_END

gboolean      fixture_late_cb        (gpointer            data);

/* What a model may have besides. */
typedef enum
{
  FIXTURE_PLAIN = 0,
  FIXTURE_SUBWORDS = 1 << 0,
  FIXTURE_BIDIRECTIONAL = 1 << 1,
  FIXTURE_MEAN = 1 << 2,
  FIXTURE_ATTENTION = 1 << 3,
  FIXTURE_REVIEWS = 1 << 4, /* it learned from whole reviews */
  FIXTURE_OTHER = 1 << 5, /* it has other weights */
  FIXTURE_PADDING = 1 << 6, /* it reads padding, as the notebook's code does */
} FixtureParts;

/* (transfer full): a tiny model with random weights that knows a dozen words and changes its mind
 * with each of them. */
UtModel      *fixture_model_new      (FixtureParts        parts);

/* (transfer full): an empty store below @folder. */
UtRunStore   *fixture_store_new      (const char         *folder);

/* Fills an answer for each word between spaces and line breaks of @text, which has one sentence;
 * the changes are taken from @changes in turn; words that begin with a q are unknown, those with an
 * x guessed. */
void          fixture_prediction_init (UtPrediction      *prediction,
                                       const char        *text,
                                       const double      *changes,
                                       gsize              n_changes);
void          fixture_prediction_clear (UtPrediction     *prediction);

/* gtk_init_check(); where it fails the test program has said that it is skipped. */
gboolean      fixture_has_display    (void);
