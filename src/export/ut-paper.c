/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-paper.h"

#include <string.h>

/* From this width on two plots side by side are wide enough to be read. */
#define WIDE 140

static const UtPaperNumberInfo infos[UT_N_PAPER_NUMBERS] = {
  [UT_PAPER_WIDTH] = { "width", 40, 500, 1, UT_PAPER_ONE_COLUMN },
  [UT_PAPER_HEIGHT] = { "height", 25, 400, 1, 55 },
  [UT_PAPER_FONT_SIZE] = { "font-size", 4, 24, 0.5, 8 },
  [UT_PAPER_LINE_WIDTH] = { "line-width", 0.25, 4, 0.25, 1 },
  [UT_PAPER_DPI] = { "dpi", 72, 1200, 50, 300 },
};

const UtPaperNumberInfo *
ut_paper_get_number_info (UtPaperNumber number)
{
  g_return_val_if_fail ((guint) number < UT_N_PAPER_NUMBERS, NULL);

  return &infos[number];
}

void
ut_paper_init (UtPaper *self)
{
  g_return_if_fail (self != NULL);

  *self = (UtPaper) { .what = UT_PAPER_BOTH, .labels = UT_FIGURE_LABELS_ENDS };
  self->font = g_strdup (UT_PAPER_FONT);
  for (guint i = 0; i < UT_N_PAPER_NUMBERS; i++)
    self->numbers[i] = infos[i].fallback;
}

void
ut_paper_copy (UtPaper       *self,
               const UtPaper *from)
{
  g_return_if_fail (self != NULL && from != NULL);

  *self = *from;
  self->font = g_strdup (from->font);
}

void
ut_paper_clear (UtPaper *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->font, g_free);
}

gboolean
ut_paper_is_wide (const UtPaper *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->what == UT_PAPER_BOTH && self->numbers[UT_PAPER_WIDTH] >= WIDE;
}

double
ut_paper_get_height (const UtPaper *self)
{
  g_return_val_if_fail (self != NULL, 0);

  gboolean stacked = self->what == UT_PAPER_BOTH && !ut_paper_is_wide (self);

  return self->numbers[UT_PAPER_HEIGHT] * (stacked ? 2 : 1);
}

const char *const *
ut_paper_list_whats (void)
{
  static const char *const names[] = { "both", "loss", "accuracy", NULL };

  return names;
}

const char *const *
ut_paper_list_labels (void)
{
  static const char *const names[] = { "ends", "legend", "none", NULL };

  return names;
}

const char *const *
ut_paper_list_formats (void)
{
  static const char *const names[] = { "pdf", "svg", "png", NULL };

  return names;
}

gboolean
ut_paper_find_name (const char *const *names,
                    const char        *name,
                    guint             *index)
{
  g_return_val_if_fail (names != NULL && name != NULL && index != NULL, FALSE);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
ut_paper_find_format (const char    *file,
                      UtPaperFormat *format)
{
  g_return_val_if_fail (file != NULL && format != NULL, FALSE);

  const char *dot = strrchr (file, '.');
  guint index = 0;

  if (dot == NULL || !ut_paper_find_name (ut_paper_list_formats (), dot + 1, &index))
    return FALSE;
  *format = (UtPaperFormat) index;
  return TRUE;
}
