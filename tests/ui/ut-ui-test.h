/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-session.h>

G_BEGIN_DECLS

/** Turns the main loop until @condition holds; fails after a minute. */
#define ITER_UNTIL(condition)                                                  \
  G_STMT_START                                                                 \
    {                                                                          \
      gint64 ut_deadline = g_get_monotonic_time () + G_TIME_SPAN_MINUTE;       \
      while (!(condition))                                                     \
        {                                                                      \
          g_assert_cmpint (g_get_monotonic_time (), <, ut_deadline);           \
          ut_ui_test_iterate ();                                               \
        }                                                                      \
    }                                                                          \
  G_STMT_END

/** ut_ui_test_init: g_test_init() and GTK; without a display the program ends as skipped. */
void       ut_ui_test_init         (int         *argc,
                                    char      ***argv);

/** ut_ui_test_iterate: one turn of the main loop, at most 10 ms. */
void       ut_ui_test_iterate      (void);

/** ut_ui_test_session: (transfer full): a session with an empty store in a temporary folder. */
UtSession *ut_ui_test_session      (void);

/**
 * ut_ui_test_config: (transfer full): a run of the bundled sample with the sizes that train
 * fastest.
 */
UtConfig  *ut_ui_test_config       (UtCellKind   cell,
                                    guint        n_epochs);

/** ut_ui_test_config_as_coded: (transfer full): likewise, as the notebook's code runs. */
UtConfig  *ut_ui_test_config_as_coded (UtCellKind cell,
                                    guint        n_epochs);

/** ut_ui_test_config_of_seed: (transfer full): a run of two epochs with @seed. */
UtConfig  *ut_ui_test_config_of_seed (UtCellKind cell,
                                      guint      seed);

/** ut_ui_test_add_run: (transfer none): adds a run of @config to @store. */
UtRun     *ut_ui_test_add_run      (UtRunStore  *store,
                                    UtConfig    *config);

/** ut_ui_test_train_queue: has all runs of a queue that is paused train, and returns when they have. */
void       ut_ui_test_train_queue  (UtRunStore  *store);

/** ut_ui_test_end_runs: returns when nothing trains in @store and nothing is left for the main loop. */
void       ut_ui_test_end_runs     (UtRunStore  *store);

/** ut_ui_test_find: (transfer none) (nullable): the template child @id of @widget's type. */
gpointer   ut_ui_test_find         (gpointer     widget,
                                    GType        type,
                                    const char  *id);

G_END_DECLS
