/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-about.h"

G_BEGIN_DECLS

/**
 * UtImportForm:
 * @UT_IMPORT_DELIMITED: columns with a delimiter between them: CSV, TSV.
 * @UT_IMPORT_JSON_LINES: one JSON object a line, whose keys are the columns.
 * @UT_IMPORT_PAIR: two files, one text a line, the label being the file's name.
 * @UT_IMPORT_FOLDER: folders "pos" and "neg", one text a file, perhaps each for "train" and "test".
 * @UT_IMPORT_LINES: one text a line, without labels; as the next one, never imported.
 * @UT_IMPORT_WHOLE: the file is one text.
 */
typedef enum
{
  UT_IMPORT_DELIMITED,
  UT_IMPORT_JSON_LINES,
  UT_IMPORT_PAIR,
  UT_IMPORT_FOLDER,
  UT_IMPORT_LINES,
  UT_IMPORT_WHOLE,
} UtImportForm;

/**
 * UtImportEncoding:
 * @UT_IMPORT_UTF_8: UTF-8; bytes that are not make a bad row.
 * @UT_IMPORT_UTF_16_LE: UTF-16, the less significant byte first.
 * @UT_IMPORT_UTF_16_BE: UTF-16, the more significant byte first.
 * @UT_IMPORT_WINDOWS_1252: Windows-1252, and so Latin-1; any bytes are text.
 *
 * How bytes become text. A byte order mark at the start of a file counts more.
 */
typedef enum
{
  UT_IMPORT_UTF_8,
  UT_IMPORT_UTF_16_LE,
  UT_IMPORT_UTF_16_BE,
  UT_IMPORT_WINDOWS_1252,
} UtImportEncoding;

/**
 * UtImportSplit:
 * @UT_IMPORT_SPLIT_FILES: each row goes where its file was given.
 * @UT_IMPORT_SPLIT_80_10_10: all rows, in three parts drawn by the seed.
 * @UT_IMPORT_SPLIT_90_10: all rows, in training and development rows drawn by the seed.
 */
typedef enum
{
  UT_IMPORT_SPLIT_FILES,
  UT_IMPORT_SPLIT_80_10_10,
  UT_IMPORT_SPLIT_90_10,
} UtImportSplit;

/** UT_IMPORT_NO_COLUMN: the number of a column that is not there. */
#define UT_IMPORT_NO_COLUMN G_MAXUINT

/**
 * UtImportOptions:
 * @form: of the files.
 * @encoding: of the files.
 * @delimiter: ',', '\t', ';' or '|'; of delimited files, as are the next two.
 * @quoting: whether a field may stand in double quotes, as RFC 4180 has it.
 * @header: whether the first row names the columns.
 * @text_column: which column is the text, from 0; as the next one, not for pairs and folders.
 * @label_column: which one is the label; %UT_IMPORT_NO_COLUMN where there is none.
 * @tokenized: whether words are split at spaces alone, as in SST-2's files.
 * @unit: what a row is; for ut_import_write() only, as are the next two.
 * @split: how rows become parts.
 * @seed: of the split.
 * @n_threads: 0 is one for each core. Has no influence on the result.
 *
 * How files are read and what becomes of their rows. A plain value; ut_import_guess() proposes one.
 */
typedef struct
{
  UtImportForm form;
  UtImportEncoding encoding;
  char delimiter;
  gboolean quoting;
  gboolean header;
  guint text_column;
  guint label_column;
  gboolean tokenized;
  UtDataUnit unit;
  UtImportSplit split;
  guint32 seed;
  guint n_threads;
} UtImportOptions;

#define UT_IMPORT_OPTIONS_INIT \
  { .delimiter = ',', .quoting = TRUE, .header = TRUE, .label_column = 1, \
    .split = UT_IMPORT_SPLIT_80_10_10, .seed = 1 }

/**
 * UtImportFixed:
 * @UT_IMPORT_FIXED_FORM: @form is not to be guessed; the others likewise.
 *
 * Which members of #UtImportOptions somebody chose.
 */
typedef enum
{
  UT_IMPORT_FIXED_NONE = 0,
  UT_IMPORT_FIXED_FORM = 1 << 0,
  UT_IMPORT_FIXED_ENCODING = 1 << 1,
  UT_IMPORT_FIXED_DELIMITER = 1 << 2,
  UT_IMPORT_FIXED_QUOTING = 1 << 3,
  UT_IMPORT_FIXED_HEADER = 1 << 4,
  UT_IMPORT_FIXED_TEXT_COLUMN = 1 << 5,
  UT_IMPORT_FIXED_LABEL_COLUMN = 1 << 6,
  UT_IMPORT_FIXED_TOKENIZED = 1 << 7,
  UT_IMPORT_FIXED_UNIT = 1 << 8,
  UT_IMPORT_FIXED_SPLIT = 1 << 9,
} UtImportFixed;

G_END_DECLS
