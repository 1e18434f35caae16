/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-html-private.h"

/* HTML's standard, "control" and "noncharacter": what no page may have. */
static gboolean
is_allowed (gunichar c)
{
  if (c < 0x20)
    return c == '\t' || c == '\n';
  return !(c >= 0x7f && c < 0xa0) && !(c >= 0xfdd0 && c <= 0xfdef) && (c & 0xfffe) != 0xfffe;
}

static void
append_character (GString  *html,
                  gunichar  c)
{
  switch (c)
    {
    case '&':
      g_string_append (html, "&amp;");
      break;
    case '<':
      g_string_append (html, "&lt;");
      break;
    case '>':
      g_string_append (html, "&gt;");
      break;
    case '"':
      g_string_append (html, "&quot;");
      break;
    case '\'':
      g_string_append (html, "&#39;");
      break;
    default:
      g_string_append_unichar (html, is_allowed (c) ? c : 0xfffd);
    }
}

void
_ut_html_append_text (GString    *html,
                      const char *text)
{
  g_assert (html != NULL && text != NULL);

  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    append_character (html, g_utf8_get_char (c));
}

void
_ut_html_append_element (GString    *html,
                         const char *tag,
                         const char *attributes,
                         const char *text)
{
  g_string_append_printf (html, "<%s%s%s>", tag, attributes != NULL ? " " : "",
                          attributes != NULL ? attributes : "");
  _ut_html_append_text (html, text);
  g_string_append_printf (html, "</%s>", tag);
}
