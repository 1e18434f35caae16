/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * One line of a JSON lines file.
 */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The most values, keys among them, that a line may hold. */
#define UT_IMPORT_MAX_VALUES 4096

/*
 * UtImportValueKind:
 * @UT_IMPORT_VALUE_MISSING: there is no such key, or null.
 * @UT_IMPORT_VALUE_STRING: a string.
 * @UT_IMPORT_VALUE_PLAIN: a number or a boolean.
 * @UT_IMPORT_VALUE_NESTED: an object or an array.
 */
typedef enum
{
  UT_IMPORT_VALUE_MISSING,
  UT_IMPORT_VALUE_STRING,
  UT_IMPORT_VALUE_PLAIN,
  UT_IMPORT_VALUE_NESTED,
} UtImportValueKind;

/*
 * UtImportValue:
 * @kind: what it is.
 * @text: (not owned) (nullable): not terminated; inside the line or @owned.
 * @length: its bytes.
 * @owned: (owned) (nullable): where the line does not hold it as it is meant.
 */
typedef struct
{
  UtImportValueKind kind;
  const char *text;
  gsize length;
  char *owned;
} UtImportValue;

void        _ut_import_value_clear  (UtImportValue  *self);

/*
 * _ut_import_object_read:
 * @line: (array length=length): valid UTF-8 without NUL.
 * @length: its bytes.
 * @keys: (array length=n_keys): what is wanted.
 * @n_keys: how many.
 * @values: (array length=n_keys): _ut_import_value_clear() them, also after an error.
 * @error: why it is no JSON object, without a file's name.
 *
 * As strict as _ut_json_parse(), which reads all lines that are not simple; those that are, objects
 * of strings, numbers and words, are read here, many times as fast.
 *
 * Returns: whether the line is a JSON object.
 */
gboolean    _ut_import_object_read  (const char          *line,
                                     gsize                length,
                                     const char * const  *keys,
                                     guint                n_keys,
                                     UtImportValue       *values,
                                     GError             **error);

/* _ut_import_object_parse: (transfer full) (nullable): all of the object in @line. */
JsonNode   *_ut_import_object_parse (const char          *line,
                                     gsize                length,
                                     GError             **error);

/* _ut_import_value_set_node: makes a value of @node, which may be %NULL. */
void        _ut_import_value_set_node (UtImportValue     *self,
                                       JsonNode          *node);

G_END_DECLS
