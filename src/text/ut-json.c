/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-json-private.h"

#include "ut-file-private.h"
#include "ut-text-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Reading */

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
} Scan;

static gboolean
fail (const Scan  *scan,
      const char  *what,
      GError     **error)
{
  /* Translators: what is wrong, and how many bytes into the text. */
  g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_JSON,
               _("%s at byte %zu of the JSON text"),
               what, scan->at);
  return FALSE;
}

static gboolean
scan_string (Scan    *scan,
             GError **error)
{
  for (scan->at++; scan->at < scan->length; scan->at++)
    {
      guchar c = (guchar) scan->text[scan->at];

      if (c == '"')
        {
          scan->at++;
          return TRUE;
        }
      if (c < 0x20)
        return fail (scan, _("a control character in a string"), error);
      if (c != '\\')
        continue;

      scan->at++;
      if (scan->at == scan->length)
        break;
      if (scan->text[scan->at] == 'u')
        {
          gunichar unit = 0;

          for (int i = 1; i <= 4; i++)
            {
              if (scan->at + i >= scan->length || !g_ascii_isxdigit (scan->text[scan->at + i]))
                return fail (scan, _("a wrong escape"), error);
              unit = unit << 4 | (gunichar) g_ascii_xdigit_value (scan->text[scan->at + i]);
            }
          /* A string that C reads would end there. */
          if (unit == 0)
            return fail (scan, _("a NUL character"), error);
          scan->at += 4;
        }
      else if (strchr ("\"\\/bfnrt", scan->text[scan->at]) == NULL)
        {
          return fail (scan, _("a wrong escape"), error);
        }
    }

  return fail (scan, _("an unfinished string"), error);
}

static gboolean
scan_digits (Scan *scan)
{
  gsize start = scan->at;

  while (scan->at < scan->length && g_ascii_isdigit (scan->text[scan->at]))
    scan->at++;

  return scan->at > start;
}

static gboolean
scan_number (Scan    *scan,
             GError **error)
{
  if (scan->text[scan->at] == '-')
    scan->at++;

  gsize start = scan->at;

  if (!scan_digits (scan) || (scan->text[start] == '0' && scan->at > start + 1))
    return fail (scan, _("a wrong number"), error);
  if (scan->at < scan->length && scan->text[scan->at] == '.')
    {
      scan->at++;
      if (!scan_digits (scan))
        return fail (scan, _("a wrong number"), error);
    }
  if (scan->at < scan->length && (scan->text[scan->at] | 0x20) == 'e')
    {
      scan->at++;
      if (scan->at < scan->length && (scan->text[scan->at] == '+' || scan->text[scan->at] == '-'))
        scan->at++;
      if (!scan_digits (scan))
        return fail (scan, _("a wrong number"), error);
    }

  return TRUE;
}

static gboolean
scan_word (Scan    *scan,
           GError **error)
{
  static const char * const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if (scan->length - scan->at >= length
          && memcmp (scan->text + scan->at, words[i], length) == 0)
        {
          scan->at += length;
          return TRUE;
        }
    }

  return fail (scan, _("an unexpected character"), error);
}

/* Lexical only: json-glib checks how the tokens follow each other. But it accepts comments and
   other
 * kinds of strings, in which brackets would hide from a scan less strict than this one. */
static gboolean
scan_text (Scan    *scan,
           gsize    max_values,
           GError **error)
{
  guint depth = 0;
  gsize n_values = 0;

  while (scan->at < scan->length)
    {
      char c = scan->text[scan->at];

      if (strchr (" \t\r\n,:", c) != NULL && c != '\0')
        {
          scan->at++;
          continue;
        }
      if (c == ']' || c == '}')
        {
          if (depth == 0)
            return fail (scan, _("a bracket too many"), error);
          depth--;
          scan->at++;
          continue;
        }

      if (++n_values > max_values)
        return fail (scan, _("too many values"), error);

      if (c == '[' || c == '{')
        {
          if (++depth > UT_JSON_MAX_DEPTH)
            return fail (scan, _("too deep nesting"), error);
          scan->at++;
        }
      else if (c == '"')
        {
          if (!scan_string (scan, error))
            return FALSE;
        }
      else if (c == '-' || g_ascii_isdigit (c))
        {
          if (!scan_number (scan, error))
            return FALSE;
        }
      else if (!scan_word (scan, error))
        {
          return FALSE;
        }
    }

  return depth == 0 || fail (scan, _("an unfinished text"), error);
}

static void
object_member_cb (JsonParser *parser,
                  JsonObject *object,
                  const char *name,
                  gsize      *n_members)
{
  (*n_members)++;
}

/* Depth is bounded by the scan, so this may recurse. */
static gsize
count_members (JsonNode *node)
{
  gsize n = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        n += 1 + count_members (member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint length = json_array_get_length (array);

      for (guint i = 0; i < length; i++)
        n += count_members (json_array_get_element (array, i));
    }

  return n;
}

JsonNode *
_ut_json_parse (const char  *text,
                gsize        length,
                gsize        max_values,
                GError     **error)
{
  Scan scan = { text, length, 0 };

  if (length > UT_JSON_MAX_LENGTH)
    {
      fail (&scan, _("more than 100 MB"), error);
      return NULL;
    }

  const char *invalid;

  if (!g_utf8_validate_len (text, length, &invalid))
    {
      scan.at = (gsize) (invalid - text);
      fail (&scan, _("no UTF-8"), error);
      return NULL;
    }
  if (!scan_text (&scan, max_values, error))
    return NULL;

  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;
  gsize n_members = 0;

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), &n_members);
  if (!json_parser_load_from_data (parser, text, (gssize) length, &local_error))
    {
      g_set_error_literal (error, UT_TEXT_ERROR, UT_TEXT_ERROR_JSON, local_error->message);
      return NULL;
    }

  JsonNode *root = json_parser_get_root (parser);

  if (root == NULL)
    {
      scan.at = 0;
      fail (&scan, _("no value"), error);
      return NULL;
    }
  /* A later member silently takes the place of an earlier one of its name. */
  if (count_members (root) != n_members)
    {
      g_set_error_literal (error, UT_TEXT_ERROR, UT_TEXT_ERROR_JSON,
                           _("a key stands twice in the JSON text"));
      return NULL;
    }

  return json_node_ref (root);
}

JsonNode *
_ut_json_read_file (GFile         *file,
                    gsize          max_size,
                    gsize          max_values,
                    GCancellable  *cancellable,
                    GError       **error)
{
  guint64 size;
  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, error);

  if (stream == NULL)
    return NULL;

  /* What the file grew by since it was looked at does not count. */
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *text = size <= max_size ? g_malloc (size + 1) : NULL;
  gsize length;

  if (text == NULL)
    {
      g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE,
                   _("%s: The file has more than %zu bytes, the most that are read"),
                   name, max_size);
      return NULL;
    }

  g_autoptr (JsonNode) root =
    g_input_stream_read_all (stream, text, size, &length, cancellable, error)
    ? _ut_json_parse (text, length, max_values, error) : NULL;

  if (root == NULL)
    g_prefix_error (error, "%s: ", name);

  return g_steal_pointer (&root);
}

/* Writing */

void
ut_json_append_string (GString    *json,
                       const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", c);
      else if (c == '\n')
        g_string_append (json, "\\n");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (json, "\\u%04x", c);
      else
        g_string_append_c (json, (char) c);
    }
  g_string_append_c (json, '"');
}

char *
_ut_json_number_to_text (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (fabs (value) < 1e15 && value == floor (value))
    {
      /* "%g" would write 4096000000 as 4.096e9; a negative zero has no use here. */
      return g_strdup_printf ("%.0f", value + 0.0);
    }

  char format[] = "%.17g";

  /* "%g" drops trailing zeros, so 15 digits give the shortest form of whatever 15 digits can hold.
     */
  for (int digits = 15; digits <= 17; digits++)
    {
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  /* 1e-07 is 1e-7. */
  char *exponent = strchr (buffer, 'e');

  if (exponent != NULL)
    {
      char *digits = exponent + (exponent[1] == '-' || exponent[1] == '+' ? 2 : 1);
      char *first = digits + strspn (digits, "0");

      memmove (digits, first, strlen (first) + 1);
      if (exponent[1] == '+')
        memmove (exponent + 1, exponent + 2, strlen (exponent + 2) + 1);
    }

  return g_strdup (buffer);
}

void
ut_json_append_number (GString *json,
                       double   value)
{
  if (!isfinite (value))
    {
      g_string_append (json, "null");
      return;
    }

  g_autofree char *text = _ut_json_number_to_text (value);

  g_string_append (json, text);
}

static void
append_object (GString    *json,
               JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  const char *separator = "";

  g_string_append_c (json, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_string_append (json, separator);
      ut_json_append_string (json, name);
      g_string_append_c (json, ':');
      _ut_json_append_node (json, member);
      separator = ",";
    }
  g_string_append_c (json, '}');
}

static void
append_array (GString   *json,
              JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (json, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      _ut_json_append_node (json, json_array_get_element (array, i));
    }
  g_string_append_c (json, ']');
}

void
_ut_json_append_node (GString  *json,
                      JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (json, json_node_get_object (node));
      break;

    case JSON_NODE_ARRAY:
      append_array (json, json_node_get_array (node));
      break;

    case JSON_NODE_VALUE:
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        ut_json_append_string (json, json_node_get_string (node));
      else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        g_string_append (json, json_node_get_boolean (node) ? "true" : "false");
      else if (json_node_get_value_type (node) == G_TYPE_INT64)
        g_string_append_printf (json, "%" G_GINT64_FORMAT, json_node_get_int (node));
      else
        ut_json_append_number (json, json_node_get_double (node));
      break;

    case JSON_NODE_NULL:
    default:
      g_string_append (json, "null");
      break;
    }
}
