/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-page.h"
#include "ut-keep-awake.h"
#include "ut-notifier.h"
#include "ut-run-list.h"
#include "ut-store-bar.h"
#include "ut-train-page.h"
#include "ut-window.h"

G_BEGIN_DECLS

struct _UtWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar;
  GtkWidget *separator;
  GtkWidget *content;
  GtkToggleButton *list_button;
  UtRunList *run_list;
  UtStoreBar *store_bar;
  AdwViewStack *stack;
  UtTrainPage *train_page;

  GtkInfoBar *trouble_bar;
  GtkLabel *trouble_label;
  GtkWidget *retry_button;
  GtkWidget *place_button;
  GtkWidget *keep_place_button;
  GtkInfoBar *waiting_bar;
  GtkLabel *waiting_label;

  UtDataPage *data_page;         /* (nullable): with the session */

  UtSession *session;            /* (owned) (nullable) */
  GSignalGroup *signals;         /* (owned): of the current run */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GtkWidget *notebook_page;      /* (unowned) (nullable): while it is open */
  GtkWindow *queue_window;       /* (unowned) (nullable): while it is open */
  UtNotifier *notifier;          /* (owned) (nullable): with the session */
  UtKeepAwake *keep_awake;       /* (owned) (nullable): with the session */
  GCancellable *moving;          /* (owned) (nullable): while all runs are copied elsewhere */
  GQueue deleted;                /* (element-type AdwToast) (owned): deletions that can be undone,
                                  * newest first; each toast holds its run */
  gboolean comes_back;           /* to Predict, when the sample is trained */
  gboolean closing;              /* the person said Quit; the worker is awaited */
  int font_scale;                /* gtk-xft-dpi before class-room, 0 outside of it */
};

/** _ut_window_install_actions: adds the actions of the window itself. */
void   _ut_window_install_actions     (UtWindow *self);

/** _ut_window_install_run_actions: adds the actions that name a run. */
void   _ut_window_install_run_actions (UtWindow *self);

/** _ut_window_install_steering: adds the actions that have runs go on and the queue wait, and says
 * in bars over the pages what keeps runs from going on. */
void   _ut_window_install_steering    (UtWindow *self);

/** _ut_window_tell_stopped: says of @run, if it was stopped, how far it came, and lets it go on. */
void   _ut_window_tell_stopped        (UtWindow *self,
                                       UtRun    *run);

/** _ut_window_install_place: adds the actions that have the runs lie somewhere else. */
void   _ut_window_install_place       (UtWindow *self);

/** _ut_window_update_trouble: says in the bar over the pages what cannot be saved, or what is done
 * about it. */
void   _ut_window_update_trouble      (UtWindow *self);

/** _ut_window_install_exchange: adds the actions that hand runs over, and the one that repeats one. */
void   _ut_window_install_exchange    (UtWindow *self);

/** _ut_window_install_export: adds the actions that write the shown runs down for others: a figure, a
 * report. */
void   _ut_window_install_export      (UtWindow *self);

/** _ut_window_install_store: adds the actions that are about all that is stored, and says what is
 * wrong with it. */
void   _ut_window_install_store       (UtWindow *self);

/** _ut_window_install_data: adds the actions that open data, and has files dropped on the window. */
void   _ut_window_install_data        (UtWindow *self);

/** _ut_window_is_model: whether @file is a model, by its name; all others are data. */
gboolean _ut_window_is_model          (GFile    *file);

/** _ut_window_open_files: opens files (element-type GFile) that somebody dropped: models, and data to
 * be imported. */
void   _ut_window_open_files          (UtWindow *self,
                                       GSList   *dropped);

/** _ut_window_install_classify: adds the actions that have the current run classify a file. */
void   _ut_window_install_classify    (UtWindow *self);

/** _ut_window_classify_dropped: has files that are dropped on @page classified. */
void   _ut_window_classify_dropped    (UtWindow  *self,
                                       GtkWidget *page);

/** _ut_window_show_data: shows the data set that has just appeared in @folder. */
void   _ut_window_show_data           (UtWindow *self,
                                       GFile    *folder);

/** _ut_window_update_actions: enables what the current run and the form allow. */
void   _ut_window_update_actions      (UtWindow *self);

/** _ut_window_update_notebook_page: lets the page about the notebook's code, while it is open, be
 * about the current run. */
void   _ut_window_update_notebook_page (UtWindow *self);

/** _ut_window_show_run_list: makes the run list visible, whether or not there is room beside it. */
void   _ut_window_show_run_list       (UtWindow *self);

/** _ut_window_save_model: asks for a file and writes the model of @run to it. */
void   _ut_window_save_model          (UtWindow *self,
                                       UtRun    *run);

/** _ut_window_open_chooser: (transfer none): asks for a folder; closed by _ut_window_close_chooser()
 * on the signal "response", to which @response_cb is connected with @self first. */
GtkFileChooserNative *_ut_window_open_chooser (UtWindow   *self,
                                               const char *title,
                                               const char *accept,
                                               GCallback   response_cb);
/** _ut_window_close_chooser: (transfer full) (nullable): what was chosen. */
GFile *_ut_window_close_chooser       (UtWindow *self,
                                       int       response);

/** _ut_window_find_run: (transfer none) (nullable): the run that an action's parameter names. */
UtRun *_ut_window_find_run            (UtWindow *self,
                                       GVariant *id);

/** _ut_window_forget_deleted: deletions cannot be undone any more; the runs are in the trash. */
void   _ut_window_forget_deleted      (UtWindow *self);

G_END_DECLS
