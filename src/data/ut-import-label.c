/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-label.h"

#include <math.h>
#include <string.h>

/* What words mean, in lower case. */
static const struct
{
  const char *word;
  UtImportMeaning meaning;
} words[] = {
  { "neg", UT_IMPORT_NEGATIVE },
  { "negative", UT_IMPORT_NEGATIVE },
  { "very negative", UT_IMPORT_NEGATIVE },
  { "false", UT_IMPORT_NEGATIVE },
  { "bad", UT_IMPORT_NEGATIVE },
  { "pos", UT_IMPORT_POSITIVE },
  { "positive", UT_IMPORT_POSITIVE },
  { "very positive", UT_IMPORT_POSITIVE },
  { "true", UT_IMPORT_POSITIVE },
  { "good", UT_IMPORT_POSITIVE },
  { "neutral", UT_IMPORT_LEAVE_OUT },
  { "mixed", UT_IMPORT_LEAVE_OUT },
};

/* How people mark what is good and bad with numbers: up to @negative is negative, from @positive on
 * positive. A scale fits where all numbers lie on it and the two ends, if they have to, occur. The
 * first that fits counts. */
static const struct
{
  double first;
  double last;
  gboolean whole; /* whether it has whole numbers only */
  gboolean first_occurs;
  gboolean last_occurs;
  double negative;
  double positive;
} scales[] = {
  { 0, 1, TRUE, FALSE, FALSE, 0, 1 },
  { -1, 1, TRUE, TRUE, FALSE, -1, 1 },
  { 1, 2, TRUE, TRUE, TRUE, 1, 2 },
  { 0, 2, TRUE, TRUE, TRUE, 0, 2 },
  { -2, 2, TRUE, FALSE, FALSE, -1, 1 },
  { 0, 4, TRUE, TRUE, TRUE, 1, 3 },
  { 0, 5, FALSE, FALSE, FALSE, 2.5, 3.5 },
  { 0, 10, FALSE, FALSE, FALSE, 4.5, 6.5 },
};

/* Reads "4", "4.0", "4 stars", "4/5", "★★★★"; returns NAN where @text, in lower case, is no
 * such thing. @top receives the end of its scale where it tells. */
static double
read_number (const char *text,
             double     *top)
{
  if (g_str_has_prefix (text, "★"))
    {
      double n = 0;

      for (; g_str_has_prefix (text, "★"); text += strlen ("★"))
        n++;
      text += strspn (text, "☆");
      *top = 5;
      return *text == '\0' ? n : (double) NAN;
    }
  if (!g_ascii_isdigit (text[*text == '-' || *text == '+' ? 1 : 0]))
    return (double) NAN;

  /* Neither hexadecimal numbers nor exponents. */
  gsize length = 1 + strspn (text + 1, "0123456789.");
  g_autofree char *digits = g_strndup (text, length);
  char *end;
  double number = g_ascii_strtod (digits, &end);
  const char *unit = text + length;

  if (*end != '\0')
    return (double) NAN;
  while (*unit == ' ' || *unit == '-')
    unit++;
  if (g_str_equal (unit, "star") || g_str_equal (unit, "stars") || g_str_equal (unit, "/5")
      || g_str_equal (unit, "/ 5"))
    *top = 5;
  else if (g_str_equal (unit, "/10") || g_str_equal (unit, "/ 10"))
    *top = 10;
  else if (*unit != '\0')
    return (double) NAN;

  return number;
}

static gboolean
fits (gsize         scale,
      const double *numbers,
      guint         n,
      double        top)
{
  gboolean first = FALSE;
  gboolean last = FALSE;

  if (top > 0 && scales[scale].last < top)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (isnan (numbers[i]))
        continue;
      if (numbers[i] < scales[scale].first || numbers[i] > scales[scale].last
          || (scales[scale].whole && numbers[i] != floor (numbers[i])))
        return FALSE;
      first |= numbers[i] == scales[scale].first;
      last |= numbers[i] == scales[scale].last;
    }

  return (first || !scales[scale].first_occurs) && (last || !scales[scale].last_occurs);
}

void
ut_import_labels_propose (UtImportLabel *labels,
                          guint          n_labels)
{
  g_return_if_fail (labels != NULL || n_labels == 0);

  g_autofree double *numbers = g_new (double, MAX (n_labels, 1));
  double top = 0;
  gsize scale = 0;

  for (guint i = 0; i < n_labels; i++)
    {
      g_autofree char *folded = g_utf8_casefold (labels[i].value, -1);
      const char *text = g_strstrip (folded);

      numbers[i] = read_number (text, &top);
      labels[i].known = FALSE;
      labels[i].meaning = UT_IMPORT_LEAVE_OUT;
      for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
        {
          if (g_str_equal (text, words[j].word))
            {
              labels[i].known = TRUE;
              labels[i].meaning = words[j].meaning;
            }
        }
    }

  while (scale < G_N_ELEMENTS (scales) && !fits (scale, numbers, n_labels, top))
    scale++;
  if (scale == G_N_ELEMENTS (scales))
    return;

  for (guint i = 0; i < n_labels; i++)
    {
      if (isnan (numbers[i]))
        continue;
      labels[i].known = TRUE;
      if (numbers[i] <= scales[scale].negative)
        labels[i].meaning = UT_IMPORT_NEGATIVE;
      else if (numbers[i] >= scales[scale].positive)
        labels[i].meaning = UT_IMPORT_POSITIVE;
    }
}
