/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-mailbox-private.h"
#include "ut-run-private.h"

G_BEGIN_DECLS

/*
 * What the files of #UtRun share: ut-run.c has the type and what is known of a run, ut-run-training.c
 * what becomes of it while it trains or is checked.
 */

struct _UtRun
{
  GObject parent_instance;

  UtRunRecord *record;      /* (owned), points, epochs and looks never NULL */
  GFile *folder;            /* (owned) (nullable) */
  UtModel *model;           /* (owned) (nullable), where no file has it */
  UtTrainerUpdate progress; /* its file and trouble are owned, other pointers are NULL */
  gboolean has_points;      /* those of the record are all there are, and so are its looks */
  guint queue_position;
  double speed;
  UtProbes *probes;         /* (owned) (nullable) */

  gboolean continues;       /* until it is known from where */
  gboolean wants_pause;     /* before it has started */
  gboolean wants_stop;      /* likewise */
  gboolean wants_hold;      /* until it is released */
  guint hold;               /* its number, once the trainer knows of it */
  UtTrainer *trainer;       /* (owned) (nullable), while it trains */
  UtMailbox *mailbox;       /* (owned) (nullable), while an ensemble is checked */
  GCancellable *checking;   /* (owned) (nullable), likewise */
  UtRunEnded ended;
  gpointer ended_data;
  GPtrArray *waiting;       /* (owned) (element-type GTask), for a snapshot */
};

/** _ut_run_fill_progress: what the status line shows of a run that is not under way here. */
void _ut_run_fill_progress (UtRun      *self);
/** _ut_run_set_failure: @failure is nullable. */
void _ut_run_set_failure   (UtRun      *self,
                            const char *failure);

G_END_DECLS
