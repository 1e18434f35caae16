/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-cutter-private.h"

#include <string.h>

static void
take_header (UtImportCutter *self,
             const char     *record,
             gsize           length)
{
  UtImportField fields[UT_IMPORT_MAX_COLUMNS];
  g_autofree char *copy = g_memdup2 (record, length);
  guint n = _ut_import_record_split (&self->layout->dialect, copy, length, fields,
                                     UT_IMPORT_MAX_COLUMNS);
  GStrvBuilder *names = g_strv_builder_new ();

  for (guint i = 0; i < MIN (n, UT_IMPORT_MAX_COLUMNS); i++)
    {
      _ut_import_field_strip (&fields[i]);

      g_autofree char *field = g_strndup (fields[i].text, fields[i].length);
      g_autofree char *name = g_utf8_make_valid (field, -1);

      g_strv_builder_add (names, name);
    }
  self->header = g_strv_builder_end (names);
  g_strv_builder_unref (names);
  self->layout->n_columns = n;
  self->wants_header = FALSE;
}

static UtImportFault
judge (const UtImportCutter *self,
       UtImportRecordState   state,
       const UtImportRecord *record)
{
  switch (state)
    {
    case UT_IMPORT_RECORD_OPEN_QUOTE:
      return UT_IMPORT_FAULT_OPEN_QUOTE;
    case UT_IMPORT_RECORD_BAD_QUOTE:
      return UT_IMPORT_FAULT_BAD_QUOTE;
    case UT_IMPORT_RECORD_LONG:
      return UT_IMPORT_FAULT_LONG;
    case UT_IMPORT_RECORD_WHOLE:
    case UT_IMPORT_RECORD_CUT:
    default:
      return record->n_lines > 1 && record->n_fields > 0 && !self->wants_header
             && record->n_fields != self->layout->n_columns
             ? UT_IMPORT_FAULT_COLUMNS : UT_IMPORT_FAULT_NONE;
    }
}

/* Moves to the next line of the file; returns where it begins. */
static gsize
pass_line (UtImportCutter      *self,
           const UtImportBatch *batch,
           gsize                at)
{
  const char *end = memchr (batch->text + at, self->layout->dialect.line_end, batch->length - at);

  self->skipping = end == NULL;
  if (end == NULL)
    return batch->length;
  self->line++;

  return (gsize) (end - batch->text) + 1;
}

gsize
_ut_import_cutter_run (UtImportCutter *self,
                       UtImportBatch  *batch,
                       gsize           at,
                       gboolean        at_end)
{
  while (at < batch->length)
    {
      if (self->skipping)
        {
          at = pass_line (self, batch, at);
          continue;
        }

      const char *text = batch->text + at;
      UtImportRecord record = { 0 };
      UtImportRecordState state = _ut_import_record_find (&self->layout->dialect, text,
                                                          batch->length - at, at_end, &record);

      if (state == UT_IMPORT_RECORD_CUT)
        break;

      UtImportFault fault = judge (self, state, &record);

      if (fault != UT_IMPORT_FAULT_NONE)
        {
          _ut_import_batch_add (batch, at, 0, fault, self->input, self->line);
          self->wants_header = FALSE;
          at = pass_line (self, batch, at);
          continue;
        }
      if (record.length > 0 && self->wants_header)
        take_header (self, text, record.length);
      else if (record.length > 0)
        _ut_import_batch_add (batch, at, record.length, fault, self->input, self->line);
      self->line += record.n_lines;
      at += record.next;
    }

  return at;
}
