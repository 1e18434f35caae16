/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-figure-private.h"

#include "ut-export-file.h"
#include "ut-png-private.h"
#include "ut-svg-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define POINTS (72 / 25.4)
#define MM_PER_INCH 25.4

/* In vectors lines are snapped to a grid of so many places a point. */
#define VECTOR_SCALE 4

/* A picture of more pixels than these takes more memory than a figure is worth. */
#define MAX_PIXELS 1e8

static cairo_status_t
write_to_array (void                *closure,
                const unsigned char *data,
                unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_on (UtRunFigure     *self,
         const UtPaper   *paper,
         cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  ut_run_figure_draw (self, paper, cr, VECTOR_SCALE);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
}

/* A file's date would make each of them another one; that of the last run says more, too. */
static char *
dup_date (UtRunFigure *self)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->date / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static cairo_status_t
write_pdf (UtRunFigure   *self,
           const UtPaper *paper,
           GByteArray    *array)
{
  g_autofree char *title = _ut_run_figure_dup_title (self);
  g_autofree char *date = dup_date (self);
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write_to_array, array,
                                             paper->numbers[UT_PAPER_WIDTH] * POINTS,
                                             ut_paper_get_height (paper) * POINTS);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Undertone " PACKAGE_VERSION);
  if (date != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  draw_on (self, paper, surface);

  cairo_status_t status = cairo_surface_status (surface);

  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
write_svg (UtRunFigure   *self,
           const UtPaper *paper,
           GByteArray    *array)
{
  g_autoptr (GByteArray) drawn = g_byte_array_new ();
  g_autofree char *title = _ut_run_figure_dup_title (self);
  cairo_surface_t *surface
      = cairo_svg_surface_create_for_stream (write_to_array, drawn,
                                             paper->numbers[UT_PAPER_WIDTH] * POINTS,
                                             ut_paper_get_height (paper) * POINTS);

  draw_on (self, paper, surface);

  cairo_status_t status = cairo_surface_status (surface);

  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    _ut_svg_finish ((const char *) drawn->data, drawn->len, title, array);
  return status;
}

static cairo_status_t
write_png (UtRunFigure   *self,
           const UtPaper *paper,
           GByteArray    *array)
{
  double dots = paper->numbers[UT_PAPER_DPI] / MM_PER_INCH;
  double width = round (paper->numbers[UT_PAPER_WIDTH] * dots);
  double height = round (ut_paper_get_height (paper) * dots);

  if (width * height > MAX_PIXELS)
    return CAIRO_STATUS_INVALID_SIZE;

  cairo_surface_t *surface = ut_run_figure_draw_image (self, paper, (int) width, (int) height);
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, write_to_array, array);

  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    _ut_png_set_resolution (array, paper->numbers[UT_PAPER_DPI]);
  return status;
}

GBytes *
ut_run_figure_write (UtRunFigure    *self,
                     const UtPaper  *paper,
                     UtPaperFormat   format,
                     GError        **error)
{
  g_return_val_if_fail (self != NULL && paper != NULL, NULL);

  g_autoptr (GByteArray) array = g_byte_array_new ();
  cairo_status_t status = format == UT_PAPER_PDF   ? write_pdf (self, paper, array)
                          : format == UT_PAPER_SVG ? write_svg (self, paper, array)
                                                   : write_png (self, paper, array);

  if (status == CAIRO_STATUS_INVALID_SIZE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("So large a figure has too many pixels at this resolution."));
      return NULL;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The figure could not be drawn: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

gboolean
ut_run_figure_save (UtRunFigure    *self,
                    const UtPaper  *paper,
                    UtPaperFormat   format,
                    GFile          *file,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (GBytes) bytes = ut_run_figure_write (self, paper, format, error);

  return bytes != NULL && ut_export_save (file, bytes, cancellable, error);
}
