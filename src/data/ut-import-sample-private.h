/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The start of a file as text, and the rows that it holds.
 */
#pragma once

#include "ut-import-columns-private.h"
#include "ut-import-input-private.h"
#include "ut-import-record-private.h"

G_BEGIN_DECLS

/* How much of a file is looked at. */
#define UT_IMPORT_SAMPLE_SIZE (256 * 1024)

/*
 * UtImportStart:
 * @text: (owned): text, perhaps with bytes that are no UTF-8.
 * @length: its bytes.
 * @complete: whether that is all of the file.
 */
typedef struct
{
  char *text;
  gsize length;
  gboolean complete;
} UtImportStart;

void      _ut_import_start_clear     (UtImportStart         *self);

/*
 * _ut_import_start_read:
 * @self: (out caller-allocates): _ut_import_start_clear() it.
 * @input: the file.
 * @max_size: the most bytes of text.
 * @encoding: (inout): what to read it as; set where it is guessed.
 * @chosen: whether @encoding was chosen.
 * @cancellable: (nullable): to give up.
 * @error: names the file, also where it is empty or no text.
 *
 * Returns: whether @self was filled.
 */
gboolean  _ut_import_start_read      (UtImportStart         *self,
                                      const UtImportInput   *input,
                                      gsize                  max_size,
                                      UtImportEncoding      *encoding,
                                      gboolean               chosen,
                                      GCancellable          *cancellable,
                                      GError               **error);

/* _ut_import_start_is_json: whether it begins with a JSON object. */
gboolean  _ut_import_start_is_json   (const UtImportStart   *self);

/* _ut_import_start_guess_dialect: sets delimiter and quoting where they were not chosen; returns
 * how many columns most rows have. */
guint     _ut_import_start_guess_dialect (const UtImportStart *self,
                                          UtImportFixed        fixed,
                                          UtImportOptions     *options);

/* _ut_import_start_split: (transfer full): the rows, as @options say. */
GPtrArray *_ut_import_start_split (const UtImportStart   *self,
                                        const UtImportOptions *options);

/* _ut_import_start_take_whole: (transfer full): one row, whose only field is the whole text. */
GPtrArray *_ut_import_start_take_whole (const UtImportStart  *self);

/* _ut_import_start_parse: (transfer full): the rows of JSON lines; @keys receives the keys in order
 * of appearance, (element-type utf8). A line that is no object has no row. */
GPtrArray *_ut_import_start_parse (const UtImportStart *self,
                                        GPtrArray           *keys);

G_END_DECLS
