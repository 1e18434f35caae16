/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-figure-preview.h"

#include <glib/gi18n.h>
#include <math.h>

/* Around the paper, in pixels. */
#define MARGIN 18

/* What is asked for. Only plain memory and what is atomically counted: the last reference to the
 * task may fall in the worker. */
typedef struct
{
  UtRunFigure *figure; /* (owned) */
  UtPaper paper;
  UtPaperFormat format;
  int width;  /* device pixels of the paper */
  int height;
  guint serial;
} Order;

typedef struct
{
  cairo_surface_t *picture; /* (owned) */
  gsize n_bytes;            /* of the file */
} Proof;

struct _UtFigurePreview
{
  GtkWidget parent_instance;

  UtRunFigure *figure;      /* (owned) (nullable) */
  UtPaper paper;  /* where there is a figure */
  UtPaperFormat format;
  guint serial;             /* of what was asked for last */
  guint drawn_serial;       /* of the picture */
  gboolean drawing;         /* a worker is at it */
  GdkTexture *picture;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtFigurePreview, ut_figure_preview, GTK_TYPE_WIDGET)

static guint drawn_signal;

static void draw_later (UtFigurePreview *self);

static void
order_free (gpointer data)
{
  Order *order = data;

  ut_run_figure_unref (order->figure);
  ut_paper_clear (&order->paper);
  g_free (order);
}

static void
proof_free (gpointer data)
{
  Proof *proof = data;

  cairo_surface_destroy (proof->picture);
  g_free (proof);
}

/* The largest paper of the figure's form that fits. */
static gboolean
find_paper (UtFigurePreview *self,
            double          *width,
            double          *height)
{
  double room_x = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN;
  double room_y = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * MARGIN;

  if (self->figure == NULL || room_x < 1 || room_y < 1)
    return FALSE;

  double paper_x = self->paper.numbers[UT_PAPER_WIDTH];
  double paper_y = ut_paper_get_height (&self->paper);
  double scale = MIN (room_x / paper_x, room_y / paper_y);

  *width = paper_x * scale;
  *height = paper_y * scale;
  return TRUE;
}

static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                                         stride * (gsize) height,
                                                         (GDestroyNotify) cairo_surface_destroy,
                                                         cairo_surface_reference (surface));

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
draw_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = ut_run_figure_write (order->figure, &order->paper, order->format,
                                                  &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  Proof *proof = g_new0 (Proof, 1);

  proof->n_bytes = g_bytes_get_size (bytes);
  proof->picture = ut_run_figure_draw_image (order->figure, &order->paper, order->width,
                                             order->height);
  g_task_return_pointer (task, proof, proof_free);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtFigurePreview) self = g_weak_ref_get (data);
  const Order *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  Proof *proof = g_task_propagate_pointer (G_TASK (result), &error);

  g_weak_ref_clear (data);
  g_free (data);
  if (self != NULL)
    {
      self->drawing = FALSE;
      self->drawn_serial = order->serial;
      g_clear_object (&self->picture);
      if (proof != NULL)
        self->picture = make_texture (proof->picture);
      else
        g_warning ("The figure could not be drawn: %s", error->message);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      if (self->serial != self->drawn_serial)
        draw_later (self);
      else if (proof != NULL)
        g_signal_emit (self, drawn_signal, 0, (guint64) proof->n_bytes);
    }
  g_clear_pointer (&proof, proof_free);
}

/* One drawing at a time; what was asked for meanwhile is next. */
static void
draw_later (UtFigurePreview *self)
{
  double width = 0, height = 0;

  if (self->drawing || !find_paper (self, &width, &height))
    return;

  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  Order *order = g_new0 (Order, 1);

  order->figure = ut_run_figure_ref (self->figure);
  ut_paper_copy (&order->paper, &self->paper);
  order->format = self->format;
  order->width = MAX (1, (int) lround (width * scale));
  order->height = MAX (1, (int) lround (height * scale));
  order->serial = self->serial;

  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);

  g_autoptr (GTask) task = g_task_new (NULL, NULL, drawn_cb, reference);

  g_task_set_source_tag (task, draw_later);
  g_task_set_name (task, "[undertone] draw figure");
  g_task_set_task_data (task, order, order_free);
  self->drawing = TRUE;
  g_task_run_in_thread (task, draw_thread);
}

static void
ask (UtFigurePreview *self)
{
  self->serial++;
  draw_later (self);
}

static void
ut_figure_preview_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  ask (UT_FIGURE_PREVIEW (widget));
}

static void
ut_figure_preview_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = 240;
  *natural = 480;
}

static void
ut_figure_preview_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  UtFigurePreview *self = UT_FIGURE_PREVIEW (widget);
  const GdkRGBA shade = { 0, 0, 0, 0.35f };
  double width = 0, height = 0;

  if (self->picture == NULL || !find_paper (self, &width, &height))
    return;

  graphene_rect_t paper
      = GRAPHENE_RECT_INIT ((float) round ((gtk_widget_get_width (widget) - width) / 2),
                            (float) round ((gtk_widget_get_height (widget) - height) / 2),
                            (float) width, (float) height);
  GskRoundedRect edge;

  gsk_rounded_rect_init_from_rect (&edge, &paper, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &edge, &shade, 0, 1, 0, 4);
  gtk_snapshot_append_texture (snapshot, self->picture, &paper);
}

static void
forget_figure (UtFigurePreview *self)
{
  if (self->figure != NULL)
    ut_paper_clear (&self->paper);
  g_clear_pointer (&self->figure, ut_run_figure_unref);
}

static void
ut_figure_preview_finalize (GObject *object)
{
  UtFigurePreview *self = UT_FIGURE_PREVIEW (object);

  forget_figure (self);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (ut_figure_preview_parent_class)->finalize (object);
}

static void
ut_figure_preview_class_init (UtFigurePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_figure_preview_finalize;
  widget_class->measure = ut_figure_preview_measure;
  widget_class->size_allocate = ut_figure_preview_size_allocate;
  widget_class->snapshot = ut_figure_preview_snapshot;

  drawn_signal = g_signal_new ("drawn", UT_TYPE_FIGURE_PREVIEW, G_SIGNAL_RUN_FIRST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "figurepreview");
}

static void
ut_figure_preview_init (UtFigurePreview *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Preview of the figure"), -1);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (ask), NULL);
}

void
ut_figure_preview_show (UtFigurePreview *self,
                        UtRunFigure     *figure,
                        const UtPaper   *paper,
                        UtPaperFormat    format)
{
  g_return_if_fail (UT_IS_FIGURE_PREVIEW (self));
  g_return_if_fail (figure != NULL && paper != NULL);

  UtRunFigure *shown = ut_run_figure_ref (figure);

  forget_figure (self);
  self->figure = shown;
  ut_paper_copy (&self->paper, paper);
  self->format = format;
  ask (self);
}
