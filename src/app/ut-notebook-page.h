/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtNotebookFault:
 * @UT_NOTEBOOK_FAULT_STATE: the state runs along the batch.
 * @UT_NOTEBOOK_FAULT_LOSS: the loss is a softmax over the positions.
 * @UT_NOTEBOOK_FAULT_PADDING: padding is read.
 *
 * Where the code of the course notebook departs from its documentation.
 */
typedef enum
{
  UT_NOTEBOOK_FAULT_STATE = 1 << 0,
  UT_NOTEBOOK_FAULT_LOSS = 1 << 1,
  UT_NOTEBOOK_FAULT_PADDING = 1 << 2,
} UtNotebookFault;

#define UT_TYPE_NOTEBOOK_FAULT (ut_notebook_fault_get_type ())
GType ut_notebook_fault_get_type (void) G_GNUC_CONST;

/**
 * UtNotebookPage:
 *
 * A window beside the main one that says, with a drawing, what each fault of the notebook's code
 * does, and explains the words that Undertone uses. Composite template `ui/ut-notebook-page.ui`.
 *
 * Signal ::repair (fault): the person wants a run like the present one with that #UtNotebookFault
 * put right.
 *
 * Keys: Escape and Ctrl+W close it; Page Up, Page Down and Ctrl+Up, Ctrl+Down scroll.
 */
#define UT_TYPE_NOTEBOOK_PAGE (ut_notebook_page_get_type ())
G_DECLARE_FINAL_TYPE (UtNotebookPage, ut_notebook_page, UT, NOTEBOOK_PAGE, AdwWindow)

/** ut_notebook_page_new: the page, of no run. */
GtkWidget *ut_notebook_page_new          (void);

/**
 * ut_notebook_page_set_faults:
 * @self: the page.
 * @faults: which the current run has.
 *
 * Offers to repair what the run has, and says of the others that they are repaired.
 */
void       ut_notebook_page_set_faults   (UtNotebookPage  *self,
                                          UtNotebookFault  faults);

/**
 * ut_notebook_page_unset_faults:
 *
 * There is no run that the page is about: it offers no repair. So it is at first.
 */
void       ut_notebook_page_unset_faults (UtNotebookPage  *self);

G_END_DECLS
