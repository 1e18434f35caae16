/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-object-private.h"

#include "ut-data-error.h"
#include "ut-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The most keys that a simple object has. */
#define MAX_KEYS 64

/* The most digits of a number that is written in one way only. */
#define MAX_DIGITS 15

void
_ut_import_value_clear (UtImportValue *self)
{
  g_free (self->owned);
  *self = (UtImportValue) { .kind = UT_IMPORT_VALUE_MISSING };
}

static void
set_owned (UtImportValue     *self,
           UtImportValueKind  kind,
           char              *text)
{
  _ut_import_value_clear (self);
  self->kind = kind;
  self->owned = text;
  self->text = text;
  self->length = strlen (text);
}

void
_ut_import_value_set_node (UtImportValue *self,
                           JsonNode      *node)
{
  g_autoptr (GString) json = NULL;

  _ut_import_value_clear (self);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      set_owned (self, UT_IMPORT_VALUE_STRING, json_node_dup_string (node));
      return;
    }

  json = g_string_new (NULL);
  _ut_json_append_node (json, node);
  set_owned (self, JSON_NODE_HOLDS_VALUE (node) ? UT_IMPORT_VALUE_PLAIN : UT_IMPORT_VALUE_NESTED,
             g_string_free (g_steal_pointer (&json), FALSE));
}

JsonNode *
_ut_import_object_parse (const char  *line,
                         gsize        length,
                         GError     **error)
{
  g_autoptr (JsonNode) root = _ut_json_parse (line, length, UT_IMPORT_MAX_VALUES, error);

  if (root != NULL && !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("no JSON object"));
      return NULL;
    }

  return g_steal_pointer (&root);
}

/* Simple objects. Whatever is unusual or wrong is left to the complete parser, so these functions
 * only say that they cannot read it. */

typedef struct
{
  const char *at;
  const char *end;
} Scan;

typedef struct
{
  const char *text; /* behind the opening quote */
  gsize length;
  gboolean escaped;
} String;

static void
pass_space (Scan *scan)
{
  while (scan->at < scan->end
         && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r' || *scan->at == '\n'))
    scan->at++;
}

static gboolean
pass_mark (Scan *scan,
           char  mark)
{
  pass_space (scan);
  if (scan->at == scan->end || *scan->at != mark)
    return FALSE;
  scan->at++;

  return TRUE;
}

static gboolean
pass_string (Scan   *scan,
             String *string)
{
  if (!pass_mark (scan, '"'))
    return FALSE;

  *string = (String) { .text = scan->at };
  for (; scan->at < scan->end; scan->at++)
    {
      guchar c = (guchar) *scan->at;

      if (c == '"')
        {
          string->length = (gsize) (scan->at - string->text);
          scan->at++;
          return TRUE;
        }
      if (c < 0x20)
        return FALSE;
      if (c == '\\')
        {
          scan->at++;
          if (scan->at == scan->end || *scan->at == '\0'
              || strchr ("\"\\/bfnrtu", *scan->at) == NULL)
            return FALSE;
          string->escaped = TRUE;
        }
    }

  return FALSE;
}

static gsize
count_digits (const Scan *scan)
{
  const char *p = scan->at;

  while (p < scan->end && g_ascii_isdigit (*p))
    p++;

  return (gsize) (p - scan->at);
}

/* A whole number, or with decimals. */
static gboolean
pass_number (Scan     *scan,
             gboolean *plain)
{
  gboolean negative = *scan->at == '-';

  scan->at += negative;

  gsize n = count_digits (scan);

  if (n == 0 || n > MAX_DIGITS || (n > 1 && *scan->at == '0'))
    return FALSE;
  *plain = !(negative && n == 1 && *scan->at == '0');
  scan->at += n;
  if (scan->at < scan->end && *scan->at == '.')
    {
      *plain = FALSE;
      scan->at++;
      n = count_digits (scan);
      if (n == 0 || n > MAX_DIGITS)
        return FALSE;
      scan->at += n;
    }

  return scan->at == scan->end || (*scan->at != 'e' && *scan->at != 'E');
}

static gboolean
pass_word (Scan       *scan,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return FALSE;
  scan->at += length;

  return TRUE;
}

/* Writes what a string with escapes means to @out; FALSE where it has a code that is half a
 * character or none. */
static gboolean
unescape (const String *string,
          char         *out,
          gsize        *length)
{
  static const char marks[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *end = string->text + string->length;
  char *to = out;

  for (const char *p = string->text; p < end; p++)
    {
      if (*p != '\\')
        {
          *to++ = *p;
          continue;
        }
      p++;
      if (*p != 'u')
        {
          *to++ = meanings[strchr (marks, *p) - marks];
          continue;
        }

      gunichar c = 0;

      if (end - p < 5)
        return FALSE;
      for (int i = 1; i <= 4; i++)
        {
          if (!g_ascii_isxdigit (p[i]))
            return FALSE;
          c = c << 4 | (gunichar) g_ascii_xdigit_value (p[i]);
        }
      if (c == 0 || (c >= 0xd800 && c < 0xe000))
        return FALSE;
      to += g_unichar_to_utf8 (c, to);
      p += 4;
    }
  *length = (gsize) (to - out);

  return TRUE;
}

static gboolean
pass_value (Scan          *scan,
            UtImportValue *value)
{
  String string;
  gboolean plain = TRUE;

  pass_space (scan);
  if (scan->at == scan->end)
    return FALSE;

  const char *start = scan->at;

  if (*start == '"')
    {
      if (!pass_string (scan, &string))
        return FALSE;

      *value = (UtImportValue) { .kind = UT_IMPORT_VALUE_STRING, string.text, string.length, NULL };
      if (string.escaped)
        {
          /* An escape is never shorter than what it stands for. */
          value->owned = g_malloc (string.length + 1);
          value->text = value->owned;
          return unescape (&string, value->owned, &value->length);
        }
      return TRUE;
    }
  if (*start == 'n')
    return pass_word (scan, "null");
  if (*start != 't' && *start != 'f' && !pass_number (scan, &plain))
    return FALSE;
  if ((*start == 't' && !pass_word (scan, "true")) || (*start == 'f' && !pass_word (scan, "false")))
    return FALSE;

  *value = (UtImportValue) {
    .kind = UT_IMPORT_VALUE_PLAIN, .text = start, .length = (gsize) (scan->at - start),
  };
  if (!plain)
    {
      /* 1.0 and 1 are the same label. */
      g_autofree char *digits = g_strndup (value->text, value->length);

      set_owned (value, UT_IMPORT_VALUE_PLAIN,
                 _ut_json_number_to_text (g_ascii_strtod (digits, NULL)));
    }

  return TRUE;
}

static gboolean
is_repeated (const String *names,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      if (names[i].length == names[n].length
          && memcmp (names[i].text, names[n].text, names[n].length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_simple (const char          *line,
             gsize                length,
             const char * const  *keys,
             guint                n_keys,
             UtImportValue       *values)
{
  Scan scan = { line, line + length };
  String names[MAX_KEYS];
  guint n = 0;

  if (!pass_mark (&scan, '{'))
    return FALSE;
  do
    {
      UtImportValue value = { .kind = UT_IMPORT_VALUE_MISSING };
      UtImportValue *target = &value;

      if (n == MAX_KEYS || !pass_string (&scan, &names[n]) || names[n].escaped
          || is_repeated (names, n) || !pass_mark (&scan, ':'))
        return FALSE;
      for (guint i = 0; i < n_keys; i++)
        {
          if (strlen (keys[i]) == names[n].length
              && memcmp (keys[i], names[n].text, names[n].length) == 0)
            target = &values[i];
        }

      gboolean passed = pass_value (&scan, target);

      if (target == &value)
        g_free (value.owned);
      if (!passed)
        return FALSE;
      n++;
    }
  while (pass_mark (&scan, ','));

  if (!pass_mark (&scan, '}'))
    return FALSE;
  pass_space (&scan);

  return scan.at == scan.end;
}

gboolean
_ut_import_object_read (const char          *line,
                        gsize                length,
                        const char * const  *keys,
                        guint                n_keys,
                        UtImportValue       *values,
                        GError             **error)
{
  for (guint i = 0; i < n_keys; i++)
    values[i] = (UtImportValue) { .kind = UT_IMPORT_VALUE_MISSING };
  if (read_simple (line, length, keys, n_keys, values))
    return TRUE;

  for (guint i = 0; i < n_keys; i++)
    _ut_import_value_clear (&values[i]);

  g_autoptr (JsonNode) root = _ut_import_object_parse (line, length, error);

  if (root == NULL)
    return FALSE;
  for (guint i = 0; i < n_keys; i++)
    _ut_import_value_set_node (&values[i],
                               json_object_get_member (json_node_get_object (root), keys[i]));

  return TRUE;
}
