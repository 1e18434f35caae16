/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Which rows have the same words, and which are phrases of others.
 */
#pragma once

#include "ut-import-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A row of fewer words is no phrase: it is in too many others. Equal rows are equal at any
 * length. tests/bench/README.md has the figures. */
#define UT_IMPORT_MIN_PHRASE 4

/*
 * UtImportFound:
 * @phrase: number of a row.
 * @row: number of a row that holds @phrase.
 * @data: what was given.
 *
 * Told of the same two rows more than once, perhaps.
 */
typedef void (*UtImportFound) (guint32  phrase,
                               guint32  row,
                               gpointer data);

/*
 * UtImportSearch:
 * @import: the rows.
 * @rows: (array length=n_rows): which of them; what follows counts in this array.
 * @n_rows: how many.
 * @first: (array length=n_rows): the first row that has the same words as each.
 * @min_words: the shortest phrase, at most %UT_IMPORT_MAX_GRAM.
 * @found: told of each phrase.
 * @may_guess: whether @found may be told of rows that were not compared, where many have all of
 *   their phrases in common and comparing them would take for ever; otherwise some are not found
 *   then.
 * @data: for @found.
 * @n_threads: 0 is one for each core.
 * @progress: (nullable): told how far it is.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled.
 */
typedef struct
{
  const UtImport *import;
  const guint32 *rows;
  guint32 n_rows;
  guint32 *first;
  guint min_words;
  UtImportFound found;
  gboolean may_guess;
  gpointer data;
  guint n_threads;
  UtReadProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} UtImportSearch;

/* _ut_import_find_equal: fills in first; FALSE where it was cancelled, or where there are more
 * different words than a data set may have. */
gboolean _ut_import_find_equal   (UtImportSearch        *search,
                                  GError               **error);

/* _ut_import_find_phrases: finds rows that hold others, word for word, among those that are the
 * first of their words; FALSE where it was cancelled. */
gboolean _ut_import_find_phrases (const UtImportSearch  *search,
                                  GError               **error);

G_END_DECLS
