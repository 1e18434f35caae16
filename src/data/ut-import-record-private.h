/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Where a record of a text file ends, and which fields it has. Pure functions on memory.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest record, in bytes without its line end. A quote that is left open goes no further. */
#define UT_IMPORT_MAX_RECORD (1024 * 1024)

/* The most fields a record may have. */
#define UT_IMPORT_MAX_COLUMNS 1024

/*
 * UtImportDialect:
 * @delimiter: stands between fields; 0: a record is one field.
 * @quoting: whether a field may stand in double quotes and then hold delimiters, line ends and
 *   doubled quotes.
 * @line_end: '\n', before which there may be a '\r', or '\r' alone.
 */
typedef struct
{
  char delimiter;
  gboolean quoting;
  char line_end;
} UtImportDialect;

/*
 * UtImportRecordState:
 * @UT_IMPORT_RECORD_WHOLE: it is all there.
 * @UT_IMPORT_RECORD_CUT: its end is not in the text yet.
 * @UT_IMPORT_RECORD_OPEN_QUOTE: a quote is not closed up to the end or within the longest record.
 * @UT_IMPORT_RECORD_BAD_QUOTE: neither a delimiter nor the end of the line follows a closing quote.
 * @UT_IMPORT_RECORD_LONG: it is longer than the longest record.
 */
typedef enum
{
  UT_IMPORT_RECORD_WHOLE,
  UT_IMPORT_RECORD_CUT,
  UT_IMPORT_RECORD_OPEN_QUOTE,
  UT_IMPORT_RECORD_BAD_QUOTE,
  UT_IMPORT_RECORD_LONG,
} UtImportRecordState;

/*
 * UtImportRecord:
 * @length: bytes without the line end.
 * @next: where the next record begins.
 * @n_lines: lines of the file it takes.
 * @n_fields: how many fields, where quoting is on, else 0: not counted.
 */
typedef struct
{
  gsize length;
  gsize next;
  guint64 n_lines;
  guint n_fields;
} UtImportRecord;

/*
 * UtImportField:
 * @text: (not owned): not terminated.
 * @length: its bytes.
 */
typedef struct
{
  char *text;
  gsize length;
} UtImportField;

/*
 * _ut_import_record_find:
 * @dialect: of the file.
 * @text: (array length=length): from the start of a record on.
 * @length: bytes that are there.
 * @at_end: whether the file has no more.
 * @record: (out): the record, where it is whole.
 *
 * Finds the end of a record. The result does not depend on how much of the text behind it is there.
 */
UtImportRecordState _ut_import_record_find  (const UtImportDialect *dialect,
                                             const char            *text,
                                             gsize                  length,
                                             gboolean               at_end,
                                             UtImportRecord        *record);

/*
 * _ut_import_record_split:
 * @dialect: of the file.
 * @text: (array length=length): a whole record; where quotes are doubled, it is changed.
 * @length: its bytes.
 * @fields: (array length=max_fields): receives the fields without their quotes.
 * @max_fields: the most that are wanted.
 *
 * Returns: how many fields there are, also beyond @max_fields.
 */
guint               _ut_import_record_split (const UtImportDialect *dialect,
                                             char                  *text,
                                             gsize                  length,
                                             UtImportField         *fields,
                                             guint                  max_fields);

/* _ut_import_find_line_end: which line end a file has that starts with @text. */
char                _ut_import_find_line_end (const char           *text,
                                              gsize                 length);

/* _ut_import_replace_controls: makes spaces of tabs, line ends and the like, which divide words of
 * a tokenized text, too. */
void                _ut_import_replace_controls (char              *text,
                                                 gsize              length);

/* _ut_import_field_strip: takes white space off the ends of @field. */
void                _ut_import_field_strip  (UtImportField         *field);

G_END_DECLS
