/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Some hundred kilobytes of records, and the rows that a worker makes of them. One thread at a
 * time.
 */
#pragma once

#include "ut-import-fault-private.h"
#include "ut-import-guess-private.h"
#include "ut-import-layout-private.h"
#include "ut-import-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of text, unless a single record is longer. */
#define UT_IMPORT_BATCH_SIZE (256 * 1024)

/*
 * UtImportPiece:
 * @start: first byte in the batch's text.
 * @length: its bytes.
 * @fault: what is known of it before anybody looks into it.
 * @input: which file it is from.
 * @line: where it begins there.
 */
typedef struct
{
  gsize start;
  guint32 length;
  guint32 fault; /* UtImportFault */
  guint32 input;
  guint64 line;
} UtImportPiece;

/* A bad row, whose file is known by number still. */
typedef struct
{
  guint32 input;
  guint64 line;
  char *message; /* (owned) */
} UtImportBadRow;

typedef struct
{
  /* Filled in by who reads: */
  const UtImportGuess *guess;   /* (not owned) */
  const UtImportLayout *layout; /* (not owned) */
  char *text;                   /* (owned): read, and changed while it is cut */
  gsize length;
  gsize size;
  GArray *pieces;               /* (owned) (element-type UtImportPiece) */
  double fraction;              /* of all text that was read with it */

  /* Filled in by _ut_import_batch_run(): */
  GString *joined;              /* (owned): texts of the rows */
  GArray *rows;                 /* (owned) (element-type UtImportRow) */
  GPtrArray *labels;            /* (owned) (element-type utf8): what the rows' label counts */
  GArray *bad_rows;             /* (owned) (element-type UtImportBadRow): the first ones */
  gsize n_bad_rows;
} UtImportBatch;

UtImportBatch *_ut_import_batch_new     (const UtImportGuess *guess);
void           _ut_import_batch_free    (UtImportBatch       *self);

/* _ut_import_batch_reserve: makes room for @size bytes of text. */
void           _ut_import_batch_reserve (UtImportBatch       *self,
                                         gsize                size);

/* _ut_import_batch_clear: for further records; keeps the room. */
void           _ut_import_batch_clear   (UtImportBatch       *self);

/* _ut_import_batch_add: adds a record. */
void           _ut_import_batch_add     (UtImportBatch       *self,
                                         gsize                start,
                                         gsize                length,
                                         UtImportFault        fault,
                                         guint                input,
                                         guint64              line);

/* _ut_import_batch_run: makes rows of the records, until @stop is set. Ends early where there are
 * more than %UT_IMPORT_MAX_LABELS labels. */
void           _ut_import_batch_run     (UtImportBatch       *self,
                                         const int           *stop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtImportBatch, _ut_import_batch_free)

G_END_DECLS
