/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import.h"

G_BEGIN_DECLS

/* The most rows that are read. */
#define UT_IMPORT_MAX_ROWS 50000000

/* The longest row in words joined by spaces, so that ut_dataset_read() takes its line. */
#define UT_IMPORT_MAX_LENGTH (255 * 1024)

/* Bytes behind a row's text that may be read, whatever they are. */
#define UT_IMPORT_SLACK 8

#define UT_IMPORT_CHUNK_BITS 16
#define UT_IMPORT_CHUNK_ROWS (1u << UT_IMPORT_CHUNK_BITS)

/*
 * UtImportRow:
 * @text: (not owned): words joined by single spaces, not terminated; %UT_IMPORT_SLACK bytes more
 *   may be read.
 * @length: its bytes.
 * @n_words: how many words.
 * @label: number of the label's value.
 * @part: what its file was given as.
 */
typedef struct
{
  const char *text;
  guint32 length;
  guint16 n_words;
  guint8 label;
  guint8 part;
} UtImportRow;

/* Neither text nor rows ever move: growing by copying would need them twice. */
struct UtImport
{
  UtImportGuess *guess;    /* (owned) */
  UtImportOptions options;
  GPtrArray *blocks;       /* (owned) (element-type char*): text */
  char *free_text;         /* in the last block */
  gsize free_length;
  GPtrArray *chunks;       /* (owned) (element-type UtImportRow*): UT_IMPORT_CHUNK_ROWS each */
  gsize n_rows;
  gsize n_part_rows[UT_N_DATA_PARTS];
  UtImportLabel labels[UT_IMPORT_MAX_LABELS];
  guint n_labels;
  GArray *problems;        /* (owned) (element-type UtImportProblem) */
  gsize n_problems;
  guint median_length;
  guint max_length;
};

static inline UtImportRow *
_ut_import_get_row (const UtImport *self,
                    gsize           row)
{
  UtImportRow *chunk = g_ptr_array_index (self->chunks, row >> UT_IMPORT_CHUNK_BITS);

  return chunk + (row & (UT_IMPORT_CHUNK_ROWS - 1));
}

/* _ut_import_new: (transfer full): without rows. */
UtImport  *_ut_import_new         (UtImportGuess         *guess,
                                   const UtImportOptions *options);

/* _ut_import_add_row: adds @row, whose text is copied. */
void       _ut_import_add_row     (UtImport              *self,
                                   const UtImportRow     *row);

/* _ut_import_add_label: returns the number of @value; %UT_IMPORT_MAX_LABELS: there are too many. */
guint      _ut_import_add_label   (UtImport              *self,
                                   const char            *value);

/* _ut_import_add_problem: counts a bad row, and lists it as long as there is room. */
void       _ut_import_add_problem (UtImport              *self,
                                   const char            *file,
                                   guint64                line,
                                   const char            *message);

/* _ut_import_problem_fail: sets @error: no row can be used, the first because of @problem; always
 * FALSE. */
gboolean   _ut_import_problem_fail (const UtImportProblem *problem,
                                   GError                **error);

/* _ut_import_end: settles lengths and proposes what the labels mean. */
void       _ut_import_end         (UtImport              *self);

G_END_DECLS
