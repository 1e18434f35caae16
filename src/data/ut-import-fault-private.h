/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * UtImportFault:
 * @UT_IMPORT_FAULT_NONE: the record is whole.
 * @UT_IMPORT_FAULT_COLUMNS: it takes several lines and has not the right number of fields.
 * @UT_IMPORT_FAULT_NUL: it has a NUL byte.
 * @UT_IMPORT_FAULT_ENCODING: it is not UTF-8.
 * @UT_IMPORT_FAULT_BLANK: its text has no words.
 *
 * Why a record is a bad row.
 */
typedef enum
{
  UT_IMPORT_FAULT_NONE,
  UT_IMPORT_FAULT_OPEN_QUOTE,
  UT_IMPORT_FAULT_BAD_QUOTE,
  UT_IMPORT_FAULT_LONG,
  UT_IMPORT_FAULT_COLUMNS,
  UT_IMPORT_FAULT_NUL,
  UT_IMPORT_FAULT_ENCODING,
  UT_IMPORT_FAULT_BLANK,
} UtImportFault;

/* _ut_import_fault_find: whether the bytes of a record are text at all. */
UtImportFault  _ut_import_fault_find        (const char     *text,
                                             gsize           length);

/* _ut_import_fault_get_message: (transfer none): what is wrong, translated; not for
 * %UT_IMPORT_FAULT_NONE. */
const char    *_ut_import_fault_get_message (UtImportFault   fault);

/* _ut_import_fault_dup_columns: (transfer full): that a record has @n fields instead of @n_wanted,
 * translated. */
char          *_ut_import_fault_dup_columns (guint           n,
                                             guint           n_wanted);

/* _ut_import_fault_dup_missing: (transfer full): that there is no value of @key, which may have
 * been written with half a character, translated. */
char          *_ut_import_fault_dup_missing (const char     *key);

/* _ut_import_fault_dup_no_text: (transfer full): that the value of @key is not text, translated. */
char          *_ut_import_fault_dup_no_text (const char     *key);

G_END_DECLS
