/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-paper-settings.h"

char *
ut_paper_settings_dup_key (UtPaperNumber number)
{
  return g_strconcat ("figure-", ut_paper_get_number_info (number)->option, NULL);
}

/* The schema lets nothing but the names in. */
static guint
read_choice (GSettings         *settings,
             const char        *key,
             const char *const *names)
{
  g_autofree char *name = g_settings_get_string (settings, key);
  guint index = 0;

  ut_paper_find_name (names, name, &index);
  return index;
}

void
ut_paper_settings_read (GSettings *settings,
                        UtPaper   *paper)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (paper != NULL);

  g_autofree char *font = g_settings_get_string (settings, "figure-font");

  ut_paper_init (paper);
  if (*font != '\0')
    {
      g_free (paper->font);
      paper->font = g_steal_pointer (&font);
    }
  for (guint i = 0; i < UT_N_PAPER_NUMBERS; i++)
    {
      g_autofree char *key = ut_paper_settings_dup_key ((UtPaperNumber) i);

      paper->numbers[i] = g_settings_get_double (settings, key);
    }
  paper->what = (UtPaperWhat) read_choice (settings, "figure-what", ut_paper_list_whats ());
  paper->labels = (UtFigureLabels) read_choice (settings, "figure-labels", ut_paper_list_labels ());
  paper->grey = g_settings_get_boolean (settings, "figure-grey");
}

UtPaperFormat
ut_paper_settings_get_format (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), UT_PAPER_PDF);

  return (UtPaperFormat) read_choice (settings, "figure-format", ut_paper_list_formats ());
}
