/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-slice-report.h"

#include <glib/gi18n.h>
#include <math.h>

struct UtSliceReport
{
  UtSlices *slices;        /* (owned) */
  guint n_runs;
  UtSliceFigures *figures; /* (owned): (slices, runs) */
};

UtSliceReport *
ut_slice_report_new (GPtrArray     *answers,
                     UtSliceKind    kind,
                     const char    *pattern,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (answers != NULL && answers->len > 0, NULL);

  UtSlices *slices = ut_slices_new (g_ptr_array_index (answers, 0), kind, pattern, error);

  if (slices == NULL)
    return NULL;

  g_autoptr (UtSliceReport) self = g_new0 (UtSliceReport, 1);

  self->slices = slices;
  self->n_runs = answers->len;
  self->figures = g_new0 (UtSliceFigures, (gsize) ut_slices_get_n_slices (slices) * answers->len);
  for (guint i = 0; i < ut_slices_get_n_slices (slices); i++)
    for (guint j = 0; j < answers->len; j++)
      {
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return NULL;
        self->figures[i * answers->len + j]
          = ut_slices_measure (slices, g_ptr_array_index (answers, j), i);
      }

  return g_steal_pointer (&self);
}

void
ut_slice_report_free (UtSliceReport *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->slices, ut_slices_unref);
  g_free (self->figures);
  g_free (self);
}

UtSlices *
ut_slice_report_get_slices (const UtSliceReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->slices;
}

const UtSliceFigures *
ut_slice_report_get_figures (const UtSliceReport *self,
                             guint                slice,
                             guint                run)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (slice < ut_slices_get_n_slices (self->slices) && run < self->n_runs, NULL);

  return &self->figures[slice * self->n_runs + run];
}

static void
add_slice (const UtSliceReport *self,
           UtTextTable         *table,
           guint                slice)
{
  g_autofree UtTextTableCell *cells = g_new (UtTextTableCell, self->n_runs + 2);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gsize n = ut_slice_report_get_figures (self, slice, 0)->n;
  g_autofree char *count = g_strdup_printf ("%'zu", n);

  cells[0] = (UtTextTableCell) { ut_slices_get_title (self->slices, slice), slice, NAN, NAN };
  cells[1] = (UtTextTableCell) { count, (double) n, NAN, NAN };
  for (guint j = 0; j < self->n_runs; j++)
    {
      const UtSliceFigures *figures = ut_slice_report_get_figures (self, slice, j);
      const UtInterval *interval = &figures->interval;
      char *text = n == 0 ? g_strdup ("–")
                   : g_strdup_printf ("%.3f (%.2f–%.2f)", figures->accuracy, interval->low,
                                      interval->high);

      g_ptr_array_add (texts, text);
      cells[j + 2] = (UtTextTableCell) { text, figures->accuracy, interval->low, interval->high };
    }
  ut_text_table_add_row (table, cells, -1, FALSE);
}

void
ut_slice_report_fill (const UtSliceReport *self,
                      UtTextTable         *table,
                      const char * const  *names)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (UT_IS_TEXT_TABLE (table));
  g_return_if_fail (g_strv_length ((char **) names) == self->n_runs);

  ut_text_table_begin (table);
  ut_text_table_add_column (table, ut_slice_kind_get_title (ut_slices_get_kind (self->slices)), FALSE,
                            FALSE);
  ut_text_table_add_column (table, _("Rows"), TRUE, FALSE);
  for (guint j = 0; j < self->n_runs; j++)
    ut_text_table_add_column (table, names[j], TRUE, TRUE);
  for (guint i = 0; i < ut_slices_get_n_slices (self->slices); i++)
    add_slice (self, table, i);
  ut_text_table_end (table);
}
