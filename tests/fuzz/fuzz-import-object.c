/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* The quick reader of JSON objects says of any line what the complete one says. */

#include "config.h"

#include "fuzz.h"
#include "ut-import-object-private.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const keys[] = { "text", "label" };

  /* Who reads lines has looked for these. */
  if (memchr (data != NULL ? (const char *) data : "", '\0', size) != NULL
      || !g_utf8_validate_len ((const char *) data, size, NULL))
    return 0;

  g_autofree char *line = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) complete_error = NULL;
  UtImportValue values[G_N_ELEMENTS (keys)];
  gboolean read = _ut_import_object_read (line != NULL ? line : "", size, keys, G_N_ELEMENTS (keys),
                                          values, &error);
  g_autoptr (JsonNode) node = _ut_import_object_parse (line != NULL ? line : "", size,
                                                       &complete_error);

  g_assert_true (read == (error == NULL));
  g_assert_true (read == (node != NULL));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      UtImportValue expected = { .kind = UT_IMPORT_VALUE_MISSING };

      if (read)
        _ut_import_value_set_node (&expected, json_object_get_member (json_node_get_object (node),
                                                                      keys[i]));
      g_assert_cmpint (values[i].kind, ==, expected.kind);
      g_assert_cmpmem (values[i].text, values[i].length, expected.text, expected.length);
      _ut_import_value_clear (&expected);
      _ut_import_value_clear (&values[i]);
    }

  return 0;
}
