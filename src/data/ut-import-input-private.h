/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The files that belong to a source, and what their places say of their rows.
 */
#pragma once

#include "ut-import-guess.h"

G_BEGIN_DECLS

/*
 * UtImportInput:
 * @place: (owned): the file, or the folder it lies in.
 * @name: (owned) (nullable): of the file in the folder.
 * @part: what it was given as.
 * @label: (owned) (nullable): of all its rows, where its name or its folder says it.
 */
typedef struct
{
  GFile *place;
  char *name;
  UtDataPart part;
  char *label;
} UtImportInput;

/*
 * _ut_import_inputs_list:
 * @source: where to look.
 * @form: (inout): what @source is; of a single file %UT_IMPORT_DELIMITED or %UT_IMPORT_JSON_LINES
 *   stays as it is.
 * @fixed: whether @form was chosen, so that another one is an error.
 * @cancellable: (nullable): to give up.
 * @error: names what cannot be read.
 *
 * Looks into folders no deeper than their layout asks for, so no link can lead astray. The negative
 * texts of a pair or folder come first, the files of a folder by name.
 *
 * Returns: (transfer full) (nullable) (element-type UtImportInput): at least one.
 */
GArray  *_ut_import_inputs_list   (const UtImportSource *source,
                                   UtImportForm         *form,
                                   gboolean              fixed,
                                   GCancellable         *cancellable,
                                   GError              **error);

/* _ut_import_input_dup_file: (transfer full): the file. */
GFile   *_ut_import_input_dup_file (const UtImportInput *self);

/* _ut_import_dup_stem: (transfer full): @name without ".gz", ".csv", ".txt" and the like. */
char    *_ut_import_dup_stem      (const char           *name);

G_END_DECLS
