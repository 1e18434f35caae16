/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-number-private.h"

#include <locale.h>
#include <string.h>

static const char * const numbers[] = {
  "0", "-0", "+1", "1.", ".5", "-.5e1", "0.418", "-0.00066023", "1e22", "1e23", "1E-22", "1e-23",
  "123456789012345678901234567890", "9007199254740993", "0.1000000000000000055511151231257827",
  "1e308", "4.9e-324", "1e-400", "1e-999999999999",
  "0.0000000000000000000000000000000000000000000000000000000000001e60", "8.41e21",
  "900719925474099.3e-22", "5e-5",
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *p = numbers[i];
      double value;

      g_assert_true (_ut_number_parse (&p, &value));
      g_assert_cmpstr (p, ==, "");
      g_assert_cmpfloat (value, ==, g_ascii_strtod (numbers[i], NULL));
    }
}

static void
test_random (void)
{
  g_test_summary ("Any decimal number is read to the last bit");

  for (guint i = 0; i < 200000; i++)
    {
      char text[64];
      int digits = g_test_rand_int_range (1, 20);
      double number = g_test_rand_double_range (-1, 1) * (i % 2 == 0 ? 1 : 1e9);
      char form = i % 3 == 0 ? 'e' : 'f';
      char format[] = { '%', '.', (char) ('0' + digits / 10), (char) ('0' + digits % 10), form, 0 };
      const char *p = g_ascii_formatd (text, sizeof text, format, number);
      double value;

      g_assert_true (_ut_number_parse (&p, &value));
      g_assert_cmpstr (p, ==, "");
      g_assert_cmpfloat (value, ==, g_ascii_strtod (text, NULL));
    }
}

static void
test_not_numbers (void)
{
  static const char * const bad[] = {
    "", "-", "+", ".", "-.", "e5", "1e", "1e+", "nan", "-nan", "inf", "Infinity", "x", "--1", " 1",
    "1e309", "-1e999999999",
  };
  static const struct
  {
    const char *text;
    const char *rest;
  } parts[] = {
    { "0x10", "x10" }, { "1,5", ",5" }, { "1.5.2", ".2" }, { "1 2", " 2" },
    { "1e5e", "e" }, { "1_000", "_000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *p = bad[i];
      double value;

      g_assert_false (_ut_number_parse (&p, &value));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *p = parts[i].text;
      double value;

      g_assert_true (_ut_number_parse (&p, &value));
      g_assert_cmpstr (p, ==, parts[i].rest);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/numbers", test_numbers);
  g_test_add_func ("/number/random", test_random);
  g_test_add_func ("/number/not-numbers", test_not_numbers);

  return g_test_run ();
}
