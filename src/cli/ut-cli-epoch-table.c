/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-epoch-table.h"

#include "ut-cli-text.h"

#include <glib/gi18n.h>

/* The table: each column is as wide as its title, translated or not, and at least so wide. */
static const struct
{
  const char *title;
  glong width;
} columns[] = {
  { N_("Epoch"), 5 },
  { N_("Train loss"), 10 },
  { N_("Accuracy"), 8 },
  { N_("Validation loss"), 12 },
  { N_("Accuracy"), 8 },
  { N_("Steps/s"), 7 },
  { N_("Time"), 6 },
};

UtCliTable *
ut_cli_epoch_table_new (UtCliOutput *output)
{
  UtCliColumn translated[G_N_ELEMENTS (columns)];

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    translated[i] = (UtCliColumn) { _(columns[i].title), columns[i].width };

  UtCliTable *table = ut_cli_table_new (output, translated, G_N_ELEMENTS (columns));

  ut_cli_table_print_titles (table);
  return table;
}

void
ut_cli_epoch_table_print (UtCliTable    *table,
                          const UtEpoch *epoch,
                          gboolean       best)
{
  g_autofree char *number = g_strdup_printf ("%u", epoch->epoch);
  g_autofree char *train_loss = ut_cli_text_dup_number (epoch->train_loss, 4);
  g_autofree char *train_accuracy = ut_cli_text_dup_number (epoch->train_accuracy, 4);
  g_autofree char *val_loss = ut_cli_text_dup_number (epoch->val_loss, 4);
  g_autofree char *val_accuracy = ut_cli_text_dup_number (epoch->val_accuracy, 4);
  g_autofree char *speed = ut_cli_text_dup_number (epoch->steps_per_second, 0);
  g_autofree char *seconds = ut_cli_text_dup_duration (epoch->seconds);
  const char * const texts[G_N_ELEMENTS (columns)] = {
    number, train_loss, train_accuracy, val_loss, val_accuracy, speed, seconds,
  };

  ut_cli_table_print_row (table, texts, best ? _("best") : NULL);
}
