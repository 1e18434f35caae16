/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-fault-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

UtImportFault
_ut_import_fault_find (const char *text,
                       gsize       length)
{
  if (memchr (text, '\0', length) != NULL)
    return UT_IMPORT_FAULT_NUL;
  if (!g_utf8_validate_len (text, length, NULL))
    return UT_IMPORT_FAULT_ENCODING;

  return UT_IMPORT_FAULT_NONE;
}

const char *
_ut_import_fault_get_message (UtImportFault fault)
{
  switch (fault)
    {
    case UT_IMPORT_FAULT_OPEN_QUOTE:
      return _("A quote is opened here and not closed");
    case UT_IMPORT_FAULT_BAD_QUOTE:
      return _("Something stands between a closing quote and the next column");
    case UT_IMPORT_FAULT_LONG:
      return _("The row has more than a million bytes");
    case UT_IMPORT_FAULT_COLUMNS:
      return _("A quote that is opened here takes in other rows");
    case UT_IMPORT_FAULT_NUL:
      return _("The row has a NUL byte");
    case UT_IMPORT_FAULT_ENCODING:
      return _("The row has bytes that are no text in the file’s encoding");
    case UT_IMPORT_FAULT_BLANK:
      return _("The text is blank");
    case UT_IMPORT_FAULT_NONE:
    default:
      g_assert_not_reached ();
    }
}

char *
_ut_import_fault_dup_columns (guint n,
                              guint n_wanted)
{
  g_autofree char *found = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u column", "%u columns",
                                                         n), n);

  /* Translators: "3 columns", then how many there should be. */
  return g_strdup_printf (_("The row has %s instead of %u"), found, n_wanted);
}

char *
_ut_import_fault_dup_missing (const char *key)
{
  g_autofree char *shown = g_utf8_make_valid (key, -1);

  return g_strdup_printf (_("There is no “%s”"), shown);
}

char *
_ut_import_fault_dup_no_text (const char *key)
{
  g_autofree char *shown = g_utf8_make_valid (key, -1);

  return g_strdup_printf (_("“%s” is not text"), shown);
}
