/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-figure-private.h"

#include "ut-export-file.h"

#include <math.h>
#include <string.h>

/* So much is written at a time. */
#define CHUNK (256 * 1024)

static const char header[]
    = "run,part,step,epoch,loss,loss_smoothed,accuracy,accuracy_smoothed\n";

static void
append_text (GString    *csv,
             const char *text)
{
  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

/* The shortest text that reads back as the same number; infinity as C's strtod() reads it. */
static void
append_number (GString *csv,
               double   value)
{
  g_string_append_c (csv, ',');
  if (isfinite (value))
    ut_json_append_number (csv, value);
  else if (!isnan (value))
    g_string_append (csv, value > 0 ? "inf" : "-inf");
}

static gboolean
flush (GString        *csv,
       gsize           limit,
       GOutputStream  *stream,
       GCancellable   *cancellable,
       GError        **error)
{
  gboolean done = csv->len <= limit
                  || g_output_stream_write_all (stream, csv->str, csv->len, NULL, cancellable,
                                                error);

  if (csv->len > limit)
    g_string_truncate (csv, 0);
  return done;
}

static void
append_start (GString    *csv,
              const char *name,
              const char *part,
              guint64     step,
              guint       epoch)
{
  g_string_append_printf (csv, "%s,%s,%" G_GUINT64_FORMAT ",%u", name, part, step, epoch);
}

static gboolean
write_run (const UtRunNumbers  *run,
           double               smoothing,
           GString             *csv,
           GOutputStream       *stream,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autoptr (GString) name = g_string_new (NULL);
  UtSmooth loss, accuracy;

  append_text (name, run->name);
  ut_smooth_init (&loss, smoothing);
  ut_smooth_init (&accuracy, smoothing);
  for (gsize i = 0; i < run->n_points; i++)
    {
      const UtPoint *point = &run->points[i];

      append_start (csv, name->str, "training", point->step, point->epoch);
      append_number (csv, point->loss);
      append_number (csv, ut_smooth_next (&loss, point->loss));
      append_number (csv, point->accuracy);
      append_number (csv, ut_smooth_next (&accuracy, point->accuracy));
      g_string_append_c (csv, '\n');
      if (!flush (csv, CHUNK, stream, cancellable, error))
        return FALSE;
    }
  for (gsize i = 0; i < run->n_epochs; i++)
    {
      const UtEpoch *epoch = &run->epochs[i];

      append_start (csv, name->str, "validation", epoch->step, epoch->epoch);
      append_number (csv, epoch->val_loss);
      append_number (csv, NAN);
      append_number (csv, epoch->val_accuracy);
      append_number (csv, NAN);
      g_string_append_c (csv, '\n');
    }
  return TRUE;
}

gboolean
ut_run_figure_write_csv (UtRunFigure    *self,
                         GOutputStream  *stream,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  g_autoptr (GString) csv = g_string_new (header);
  double smoothing = self->options[UT_RUN_CHANNEL_LOSS].smoothing;
  gboolean done = TRUE;

  for (guint i = 0; i < self->numbers->len && done; i++)
    done = write_run (g_ptr_array_index (self->numbers, i), smoothing, csv, stream, cancellable,
                      error);
  return done && flush (csv, 0, stream, cancellable, error);
}

gboolean
ut_run_figure_save_csv (UtRunFigure   *self,
                        GFile         *file,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GOutputStream) stream = ut_export_open (file, cancellable, error);

  return stream != NULL
         && ut_export_close (file, stream,
                             ut_run_figure_write_csv (self, stream, cancellable, error), error);
}

GFile *
ut_run_figure_find_csv (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  char *dot = strrchr (name, '.');

  /* A name that begins with its only dot has no extension. */
  if (dot != NULL && dot != name)
    *dot = '\0';

  g_autofree char *csv = g_strconcat (name, ".csv", NULL);

  return folder != NULL ? g_file_get_child (folder, csv) : g_file_new_for_path (csv);
}
