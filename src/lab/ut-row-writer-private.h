/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Rows of a file with what was answered on them, as text. Does not change once it is made: workers
 * share it.
 */
#pragma once

#include "ut-asker-private.h"
#include "ut-classification.h"
#include "ut-import-object-private.h"

G_BEGIN_DECLS

typedef struct UtRowWriter UtRowWriter;

/** _ut_row_writer_new: (transfer full): for rows with columns of these @names. */
UtRowWriter *_ut_row_writer_new           (UtRowForm             form,
                                           const char * const   *names);
void         _ut_row_writer_free          (UtRowWriter          *self);

/** _ut_row_writer_append_header: appends what stands before all rows. */
void         _ut_row_writer_append_header (const UtRowWriter    *self,
                                           GString              *out);

/** _ut_row_writer_append_row: appends a row with @cells, one for each name, and the @answer. */
void         _ut_row_writer_append_row    (const UtRowWriter    *self,
                                           GString              *out,
                                           const UtImportValue  *cells,
                                           const UtTextAnswer   *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRowWriter, _ut_row_writer_free)

G_END_DECLS
