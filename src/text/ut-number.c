/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-number-private.h"

#include <math.h>

/* Powers of ten that a double holds exactly. */
static const double powers[] = {
  1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* Every integer up to here is a double, too. */
#define MAX_EXACT (G_GUINT64_CONSTANT (1) << 53)

/* Decimal digits that fit into 64 bits, whatever they are. */
#define MAX_DIGITS 19

/* An exponent this large or small has no more influence on whether the result is finite or zero. */
#define MAX_EXPONENT 100000

static gboolean
is_digit (char c)
{
  return (guchar) (c - '0') < 10;
}

static const char *
parse_exponent (const char *p,
                int        *exponent)
{
  gboolean negative = FALSE;
  int value = 0;

  if (*p == '+' || *p == '-')
    negative = *p++ == '-';
  if (!is_digit (*p))
    return NULL;

  for (; is_digit (*p); p++)
    value = MIN (value * 10 + (*p - '0'), MAX_EXPONENT);

  *exponent = negative ? -value : value;

  return p;
}

/* Appends the digits from @p on to @digits, which wraps around where there are more than 19. */
static const char *
parse_digits (const char *p,
              guint64    *digits)
{
  guint64 value = *digits;

  for (; is_digit (*p); p++)
    value = value * 10 + (guint64) (*p - '0');
  *digits = value;

  return p;
}

/* W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990: where the digits and
 * the power of ten are both doubles, one multiplication or division rounds once and so is right.
 * That covers all of GloVe's numbers; the others go to g_ascii_strtod(), which is right as well,
 * but ten times slower. */
gboolean
_ut_number_parse (const char **text,
                  double      *value)
{
  const char *p = *text;
  gboolean negative = FALSE;
  guint64 digits = 0;
  int exponent = 0;

  if (*p == '+' || *p == '-')
    negative = *p++ == '-';

  const char *start = p;

  p = parse_digits (p, &digits);

  gsize n_digits = (gsize) (p - start);
  gsize n_decimals = 0;

  if (*p == '.')
    {
      start = p + 1;
      p = parse_digits (start, &digits);
      n_decimals = (gsize) (p - start);
      n_digits += n_decimals;
    }
  if (n_digits == 0)
    return FALSE;
  if (*p == 'e' || *p == 'E')
    {
      p = parse_exponent (p + 1, &exponent);
      if (p == NULL)
        return FALSE;
    }

  /* With so few digits nothing wrapped around, and the difference is an int. */
  gboolean exact = n_digits <= MAX_DIGITS && digits <= MAX_EXACT;

  if (exact)
    exponent -= (int) n_decimals;
  if (exact && exponent >= -22 && exponent <= 22)
    {
      double result = (double) digits;

      result = exponent < 0 ? result / powers[-exponent] : result * powers[exponent];
      *value = negative ? -result : result;
    }
  else
    {
      *value = g_ascii_strtod (*text, NULL);
    }

  *text = p;

  return isfinite (*value);
}
