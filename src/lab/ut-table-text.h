/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtTableFormat:
 * @UT_TABLE_TSV: "tsv": a line a row, cells parted by tabs, for spreadsheets.
 * @UT_TABLE_MARKDOWN: "markdown": as GitHub's dialect has it, columns of even width.
 * @UT_TABLE_LATEX: "latex": a tabular that needs no package.
 */
typedef enum
{
  UT_TABLE_TSV,
  UT_TABLE_MARKDOWN,
  UT_TABLE_LATEX,
} UtTableFormat;

#define UT_N_TABLE_FORMATS (UT_TABLE_LATEX + 1)

/** ut_table_format_get_nick: "tsv", "markdown" or "latex". */
const char  *ut_table_format_get_nick  (UtTableFormat  format);
/** ut_table_format_from_nick: whether @nick names one; @format receives it. */
gboolean     ut_table_format_from_nick (const char    *nick,
                                        UtTableFormat *format);

/**
 * UtTableText:
 *
 * A small table of texts, to be copied or printed. Owned by one thread.
 */
typedef struct UtTableText UtTableText;

/** ut_table_text_new: (transfer full): a table without columns. */
UtTableText *ut_table_text_new         (void);
void         ut_table_text_free        (UtTableText   *self);

/** ut_table_text_add_column: @is_number aligns its cells at the right; before the first row. */
void         ut_table_text_add_column  (UtTableText   *self,
                                        const char    *head,
                                        gboolean       is_number);

/** ut_table_text_add_row: @cells (array zero-terminated=1): one text for each column. */
void         ut_table_text_add_row     (UtTableText        *self,
                                        const char * const *cells);

gsize        ut_table_text_get_n_columns (const UtTableText *self);
/** ut_table_text_get_head: (transfer none): the head of a column. */
const char  *ut_table_text_get_head    (const UtTableText *self,
                                        guint              column);
/** ut_table_text_is_number: whether a column is aligned at the right. */
gboolean     ut_table_text_is_number   (const UtTableText *self,
                                        guint              column);
/** ut_table_text_get_row: (transfer none) (array zero-terminated=1): its cells. */
const char * const *ut_table_text_get_row (const UtTableText *self,
                                        guint              row);
/** ut_table_text_get_n_rows: without the heads. */
gsize        ut_table_text_get_n_rows  (const UtTableText *self);

/**
 * ut_table_text_format:
 * @self: the table.
 * @format: how to write it.
 *
 * What has a meaning in @format is written so that it stands for itself. Line feeds and tabs become
 * spaces. In a column of numbers TSV leaves out the dash of what is missing, and LaTeX has a proper
 * minus. In LaTeX a dash for what is missing and the signs ≈, ± and − become commands that need no
 * package; other characters stay as UTF-8, which LaTeX reads since 2018.
 *
 * Returns: (transfer full): the text; each line ends with a line feed.
 */
char        *ut_table_text_format      (const UtTableText *self,
                                        UtTableFormat      format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtTableText, ut_table_text_free)

G_END_DECLS
