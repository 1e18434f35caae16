/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-record-private.h"

#include <string.h>

char
_ut_import_find_line_end (const char *text,
                          gsize       length)
{
  return memchr (text, '\n', length) == NULL && memchr (text, '\r', length) != NULL ? '\r' : '\n';
}

void
_ut_import_replace_controls (char  *text,
                             gsize  length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] < 0x20 || text[i] == 0x7f)
        text[i] = ' ';
    }
}

void
_ut_import_field_strip (UtImportField *field)
{
  while (field->length > 0 && g_ascii_isspace (field->text[field->length - 1]))
    field->length--;
  while (field->length > 0 && g_ascii_isspace (*field->text))
    {
      field->text++;
      field->length--;
    }
}

static guint64
count_lines (const UtImportDialect *dialect,
             const char            *text,
             gsize                  length)
{
  const char *end = text + length;
  guint64 n = 0;

  while ((text = memchr (text, dialect->line_end, (gsize) (end - text))) != NULL)
    {
      text++;
      n++;
    }

  return n;
}

/* Ends a record at @at, where there is a line end or the end of the file. */
static UtImportRecordState
end_record (const UtImportDialect *dialect,
            const char            *text,
            gsize                  at,
            gsize                  length,
            gboolean               quoted,
            UtImportRecord        *record)
{
  record->next = at < length ? at + 1 : at;
  record->length = at;
  if (at < length && dialect->line_end == '\n' && at > 0 && text[at - 1] == '\r')
    record->length--;
  record->n_lines = quoted ? MAX (count_lines (dialect, text, record->next), 1) : 1;

  return UT_IMPORT_RECORD_WHOLE;
}

static UtImportRecordState
find_line (const UtImportDialect *dialect,
           const char            *text,
           gsize                  length,
           gboolean               at_end,
           UtImportRecord        *record)
{
  gsize limit = MIN (length, UT_IMPORT_MAX_RECORD + 1);
  const char *end = memchr (text, dialect->line_end, limit);

  record->n_fields = 0;
  if (end != NULL)
    return end_record (dialect, text, (gsize) (end - text), length, FALSE, record);
  if (limit > UT_IMPORT_MAX_RECORD)
    return UT_IMPORT_RECORD_LONG;
  if (!at_end)
    return UT_IMPORT_RECORD_CUT;

  return end_record (dialect, text, length, length, FALSE, record);
}

/* Returns the byte behind the closing quote of the field whose opening one is at @at, or 0. */
static gsize
pass_quoted (const char *text,
             gsize       at,
             gsize       limit)
{
  for (at++; at < limit; at += 2)
    {
      const char *quote = memchr (text + at, '"', limit - at);

      if (quote == NULL)
        return 0;
      at = (gsize) (quote - text);
      if (at + 1 == limit || text[at + 1] != '"')
        return at + 1;
    }

  return 0;
}

UtImportRecordState
_ut_import_record_find (const UtImportDialect *dialect,
                        const char            *text,
                        gsize                  length,
                        gboolean               at_end,
                        UtImportRecord        *record)
{
  if (!dialect->quoting || dialect->delimiter == 0)
    return find_line (dialect, text, length, at_end, record);

  gsize limit = MIN (length, UT_IMPORT_MAX_RECORD + 1);
  gboolean whole = at_end && limit == length;
  gboolean quoted = FALSE;
  gsize at = 0;

  record->n_fields = 1;
  for (;;)
    {
      if (at < limit && text[at] == '"')
        {
          at = pass_quoted (text, at, limit);
          quoted = TRUE;
          if (at == 0 && !whole && limit <= UT_IMPORT_MAX_RECORD)
            return UT_IMPORT_RECORD_CUT;
          if (at == 0)
            return UT_IMPORT_RECORD_OPEN_QUOTE;
          /* What follows the quote tells whether it is a doubled one, and a CR whether it is the
           * line's end. */
          if (!whole && at + 1 >= limit)
            return limit <= UT_IMPORT_MAX_RECORD ? UT_IMPORT_RECORD_CUT : UT_IMPORT_RECORD_LONG;
          if (at < limit && text[at] != dialect->delimiter && text[at] != dialect->line_end
              && !(text[at] == '\r' && at + 1 < limit && text[at + 1] == '\n'))
            return UT_IMPORT_RECORD_BAD_QUOTE;
        }
      while (at < limit && text[at] != dialect->delimiter && text[at] != dialect->line_end)
        at++;
      if (at == limit && !whole)
        return limit <= UT_IMPORT_MAX_RECORD ? UT_IMPORT_RECORD_CUT : UT_IMPORT_RECORD_LONG;
      if (at == limit || text[at] == dialect->line_end)
        return end_record (dialect, text, at, length, quoted, record);
      record->n_fields++;
      at++;
    }
}

/* Takes the quotes off a field that begins with one, and halves those inside. */
static UtImportField
unquote (char *text,
         gsize length)
{
  UtImportField field = { text + 1, length - 2 };
  const char *from = memchr (field.text, '"', field.length);

  if (from == NULL)
    return field;

  char *to = (char *) from;
  const char *end = field.text + field.length;

  while (from < end)
    {
      *to++ = *from;
      from += *from == '"' ? 2 : 1;
    }
  field.length = (gsize) (to - field.text);

  return field;
}

guint
_ut_import_record_split (const UtImportDialect *dialect,
                         char                  *text,
                         gsize                  length,
                         UtImportField         *fields,
                         guint                  max_fields)
{
  guint n = 0;
  gsize at = 0;

  for (;;)
    {
      gsize start = at;
      gboolean quoted = dialect->quoting && dialect->delimiter != 0
                        && at < length && text[at] == '"';

      if (quoted)
        at = pass_quoted (text, at, length);
      else if (dialect->delimiter != 0)
        {
          const char *end = memchr (text + at, dialect->delimiter, length - at);

          at = end != NULL ? (gsize) (end - text) : length;
        }
      else
        {
          at = length;
        }

      if (n < max_fields)
        fields[n] = quoted ? unquote (text + start, at - start)
                           : (UtImportField) { text + start, at - start };
      n++;
      if (at >= length)
        return n;
      at++;
    }
}
