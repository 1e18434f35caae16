/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-json-private.h"
#include "ut-text-error.h"

#include <string.h>

static void
test_hostile (void)
{
  g_autoptr (GString) nested = g_string_new (NULL);
  static const char * const bad[] = {
    "", "{", "]", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "[1,]", "{\"a\" 1}", "[01]",
    "[1.]", "[.5]",
    "[0x10]", "[NaN]", "['a']", "[\"\\q\"]", "[\"\\u00g0\"]", "[\"\\u0000\"]", "[\"a\nb\"]", "[\"a",
    "# x\n[]",
    "/* \" */ [[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]", "// \"\n[]", "[\xff]",
    "[true false]", "nul",
    "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]",
  };

  g_test_summary ("Brackets by the hundred thousand, comments, double keys: an error, no crash");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_autofree char *escaped = g_strescape (bad[i], NULL);

      g_test_message ("%s", escaped);
      g_assert_null (_ut_json_parse (bad[i], strlen (bad[i]), 100, &error));
      g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_JSON);
    }

  for (guint i = 0; i < 400000; i++)
    g_string_append_c (nested, '[');

  g_autoptr (GError) error = NULL;

  g_assert_null (_ut_json_parse (nested->str, nested->len, 1000000, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_JSON);
  g_clear_error (&error);
  g_assert_null (_ut_json_parse ("[1,2,3]", 7, 3, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_JSON);
  g_clear_error (&error);

  const char *good = "{\"b\":[1,-2.5e-3,\"\\u00e9\\n\\\"\"],\"a\":null}";
  g_autoptr (JsonNode) node = _ut_json_parse (good, strlen (good), 100, &error);

  g_assert_no_error (error);

  g_autoptr (GString) text = g_string_new (NULL);

  _ut_json_append_node (text, node);
  g_assert_cmpstr (text->str, ==, "{\"b\":[1,-0.0025,\"é\\n\\\"\"],\"a\":null}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/hostile", test_hostile);

  return g_test_run ();
}
