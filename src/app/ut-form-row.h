/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtFormRow:
 *
 * A row of the form. Its subtitle says, in this order: what is wrong with the value
 * (#UtFormRow:error), what the current run has instead (#UtFormRow:was, with a dot beside the
 * value), or what the value means (#UtFormRow:hint). All three are text and nullable.
 */
#define UT_TYPE_FORM_ROW (ut_form_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (UtFormRow, ut_form_row, UT, FORM_ROW, AdwActionRow)

struct _UtFormRowClass
{
  AdwActionRowClass parent_class;
};

const char *ut_form_row_get_error (UtFormRow  *self);
void        ut_form_row_set_error (UtFormRow  *self,
                                   const char *error);
const char *ut_form_row_get_was   (UtFormRow  *self);
/** ut_form_row_set_was: @was is the other value alone, as "64". */
void        ut_form_row_set_was   (UtFormRow  *self,
                                   const char *was);
const char *ut_form_row_get_hint  (UtFormRow  *self);
void        ut_form_row_set_hint  (UtFormRow  *self,
                                   const char *hint);

/** ut_form_row_dup_subtitle: (transfer full): what a row says; all three are nullable. */
char       *ut_form_row_dup_subtitle (const char *error,
                                      const char *was,
                                      const char *hint);

G_END_DECLS
