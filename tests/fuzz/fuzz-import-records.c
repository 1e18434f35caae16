/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any text falls into records, one behind the other; where one ends does not depend on how much of
 * the text behind it is there; and the fields are inside. The first byte chooses the dialect. */

#include "config.h"

#include "fuzz.h"
#include "ut-import-record-private.h"

static void
check_fields (const UtImportDialect *dialect,
              const char            *text,
              const UtImportRecord  *record)
{
  UtImportField fields[16];
  g_autofree char *copy = g_memdup2 (text, record->length + 1);
  guint n = _ut_import_record_split (dialect, copy, record->length, fields, G_N_ELEMENTS (fields));

  if (record->n_fields > 0)
    g_assert_cmpuint (n, ==, record->n_fields);
  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (fields)); i++)
    {
      g_assert_true (fields[i].text >= copy);
      g_assert_true (fields[i].text + fields[i].length <= copy + record->length);
      _ut_import_field_strip (&fields[i]);
      g_assert_true (fields[i].text + fields[i].length <= copy + record->length);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char delimiters[] = { ',', '\t', ';', 0 };

  if (size < 2)
    return 0;

  UtImportDialect dialect = {
    .delimiter = delimiters[data[0] % G_N_ELEMENTS (delimiters)],
    .quoting = (data[0] & 4) != 0,
  };
  /* Exactly as much memory as there is text, so that a step beyond is noticed. */
  gsize length = size - 1;
  g_autofree char *text = g_memdup2 (data + 1, length);
  gsize at = 0;

  dialect.line_end = _ut_import_find_line_end (text, length);
  while (at < length)
    {
      UtImportRecord record = { 0 };
      UtImportRecordState state = _ut_import_record_find (&dialect, text + at, length - at, TRUE,
                                                          &record);

      g_assert_cmpint (state, !=, UT_IMPORT_RECORD_CUT);
      for (gsize there = 0; there <= MIN (length - at, 64); there++)
        {
          UtImportRecord part = { 0 };
          UtImportRecordState part_state = _ut_import_record_find (&dialect, text + at, there,
                                                                   FALSE, &part);

          if (part_state == UT_IMPORT_RECORD_CUT)
            continue;
          g_assert_cmpint (part_state, ==, state);
          g_assert_cmpuint (part.length, ==, record.length);
          g_assert_cmpuint (part.next, ==, record.next);
        }
      if (state != UT_IMPORT_RECORD_WHOLE)
        {
          at++;
          continue;
        }
      g_assert_cmpuint (record.length, <=, record.next);
      g_assert_cmpuint (record.next, >, 0);
      g_assert_cmpuint (record.next, <=, length - at);
      g_assert_cmpuint (record.n_lines, >, 0);

      if (at + record.length < length)
        check_fields (&dialect, text + at, &record);
      at += record.next;
    }

  return 0;
}
