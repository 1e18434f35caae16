/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-queue-private.h"
#include "ut-run-salvage-private.h"
#include "ut-run-store.h"
#include "ut-store-worker-private.h"

G_BEGIN_DECLS

struct _UtRunStore
{
  GObject parent_instance;

  GFile *directory;      /* (owned): of the runs' folders */
  char *path;            /* (owned): of the database */
  UtStoreWorker *worker; /* (owned) */
  GPtrArray *runs;       /* (owned) (element-type UtRun), newest first */
  GListStore *trash;     /* (owned) (element-type UtRun), the last deleted one first */
  GHashTable *changes;   /* (owned), from ids to the changes of the database that are known */
  GHashTable *reading;   /* (owned), UtRuns whose points are being read */
  UtRunQueue *queue;     /* (owned) */
  gboolean remembers;    /* where the runs lie is remembered */
  gboolean must_remember; /* that could not be written yet */
  GTask *moving;         /* (owned) (nullable): while all runs are copied elsewhere */
  gboolean queue_paused;
  UtProbes *probes;      /* (owned) (nullable): that runs follow */
  UtRun *active;         /* (owned) (nullable) */
  UtCorpus *corpus;      /* (owned) (nullable), of the last run */
  UtCorpus *next_corpus; /* (owned) (nullable), of the one that is about to start */
  char *halt;            /* (owned) (nullable): why the worker has halted */
  char *trouble;         /* (owned) (nullable): that, or what the run that trains cannot save */
  guint poll_source;
  guint n_polls;
  gboolean is_polling;
  guint n_edits;         /* of labels, by this program */
  gboolean must_list;    /* whether a list was not used */
  UtRunSalvage salvage;  /* by the last load */
  gboolean follows_shown; /* whether the points of shown runs are read unasked */
};

/** _ut_run_is_stored: whether the store keeps it; an opened model is only listed. */
gboolean _ut_run_is_stored            (UtRun       *run);

/** _ut_run_store_connect: saves what changes of @run from here on, and reads its points where it is
 * shown and those are followed. */
void     _ut_run_store_connect        (UtRunStore  *self,
                                       UtRun       *run);
/** _ut_run_store_insert: lists @run where its time of creation says, and connects it. */
void     _ut_run_store_insert         (UtRunStore  *self,
                                       UtRun       *run);
/** _ut_run_store_insert_all: (element-type UtRun): the same of many. */
void     _ut_run_store_insert_all     (UtRunStore  *self,
                                       GPtrArray   *runs);
/** _ut_run_store_take_out: takes the run at @position off the list. */
void     _ut_run_store_take_out       (UtRunStore  *self,
                                       guint        position);
/** _ut_run_store_disconnect: what changes of @run from here on is not saved. */
void     _ut_run_store_disconnect     (UtRunStore  *self,
                                       UtRun       *run);
/** _ut_run_store_enqueue: @run waits for its turn, or has it; @corpus is nullable. */
void     _ut_run_store_enqueue        (UtRunStore  *self,
                                       UtRun       *run,
                                       UtCorpus    *corpus);
/** _ut_run_store_choose_folder: (transfer full) (nullable): a name for a run's folder that is not
 * taken; the folder is not made. */
GFile   *_ut_run_store_choose_folder  (UtRunStore  *self,
                                       GError     **error);
/** _ut_run_store_add_read: (transfer none): lists the run of @record (transfer full), which was read
 * from elsewhere and lies in @folder, as a new one. */
UtRun   *_ut_run_store_add_read       (UtRunStore  *self,
                                       UtRunRecord *record,
                                       GFile       *folder);
/** _ut_run_store_add_again: (transfer none) (nullable): adds a run that is to reproduce @run. */
UtRun   *_ut_run_store_add_again      (UtRunStore  *self,
                                       UtRun       *run,
                                       GError     **error);
/** _ut_run_store_find: (transfer none) (nullable): the listed run with that id. */
UtRun   *_ut_run_store_find           (UtRunStore  *self,
                                       const char  *id);
/** _ut_run_store_compare: has a reproduction that has ended compared with what it reproduces. */
void     _ut_run_store_compare        (UtRunStore  *self,
                                       UtRun       *run);
/** _ut_run_store_start_next: starts the first run of the queue, if nothing is against it. */
void     _ut_run_store_start_next     (UtRunStore  *self);
/** _ut_run_store_go_on_moving: now that the run that trains is held, or there is none any more. */
void     _ut_run_store_go_on_moving   (UtRunStore  *self);
/** _ut_run_store_remember: tries to have later programs look for the runs where they are. */
void     _ut_run_store_remember       (UtRunStore  *self);
/** _ut_run_store_is_there: an error where the runs were moved to a place that is not there, as that of
 * a disk that is not connected. */
gboolean _ut_run_store_is_there       (UtRunStore  *self,
                                       GError     **error);
/** _ut_run_store_make_directory: makes the folder that the runs' folders lie in. */
gboolean _ut_run_store_make_directory (UtRunStore  *self,
                                       GError     **error);

G_END_DECLS
