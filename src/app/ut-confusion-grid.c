/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-confusion-grid.h"

#include <glib/gi18n.h>
#include <ut-plot-all.h>

struct _UtConfusionGrid
{
  GtkBox parent_instance;

  GtkWidget *swatch;
  GtkLabel *name;
  GtkLabel *accuracy;
  GtkWidget *cells[2][2]; /* buttons: by the label, then by whether the answer is right */
  GtkLabel *counts[2][2]; /* in them */
  GtkLabel *shares[2][2];
};

G_DEFINE_FINAL_TYPE (UtConfusionGrid, ut_confusion_grid, GTK_TYPE_BOX)

enum
{
  CELL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (UtConfusionGrid *self,
            GtkWidget       *button)
{
  for (guint label = 0; label < 2; label++)
    for (guint right = 0; right < 2; right++)
      if (self->cells[label][right] == button)
        g_signal_emit (self, signals[CELL_ACTIVATED], 0, label, right == 1);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);

  return label;
}

/* A number that stays on one line. */
static GtkWidget *
new_figure (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_cell (UtConfusionGrid *self,
          GtkGrid         *grid,
          guint            label,
          guint            right)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new ();
  gboolean says_positive = right == 1 ? label == 1 : label == 0;

  self->counts[label][right] = GTK_LABEL (new_figure ("numeric"));
  self->shares[label][right] = GTK_LABEL (new_figure ("caption"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->counts[label][right]));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->shares[label][right]));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_hexpand (button, TRUE);
  /* What is wrong is told by a frame, too. */
  gtk_widget_add_css_class (button, right == 1 ? "confusion-right" : "confusion-wrong");
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (grid, button, says_positive ? 1 : 2, label == 1 ? 1 : 2, 1, 1);
  self->cells[label][right] = button;
}

static void
ut_confusion_grid_class_init (UtConfusionGridClass *klass)
{
  /** UtConfusionGrid::cell-activated: (label, is-right): a cell was pressed. */
  signals[CELL_ACTIVATED] = g_signal_new ("cell-activated", UT_TYPE_CONFUSION_GRID,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_UINT, G_TYPE_BOOLEAN);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ut_confusion_grid_init (UtConfusionGrid *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->swatch = ut_plot_swatch_new (0);
  gtk_widget_set_valign (self->swatch, GTK_ALIGN_CENTER);
  self->name = GTK_LABEL (new_figure ("caption-heading"));
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (self->name, 3);
  gtk_label_set_xalign (self->name, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  self->accuracy = GTK_LABEL (new_figure ("caption"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->accuracy),
                               _("Accuracy, and between which bounds it may be on all such rows"));
  gtk_widget_add_css_class (GTK_WIDGET (self->accuracy), "numeric");
  gtk_box_append (GTK_BOX (head), self->swatch);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->accuracy));
  gtk_box_append (GTK_BOX (self), head);

  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_set_column_spacing (grid, 6);
  gtk_grid_attach (grid, new_label (_("answered positive"), "caption"), 1, 0, 1, 1);
  gtk_grid_attach (grid, new_label (_("answered negative"), "caption"), 2, 0, 1, 1);
  gtk_grid_attach (grid, new_label (C_("label", "positive"), "caption"), 0, 1, 1, 1);
  gtk_grid_attach (grid, new_label (C_("label", "negative"), "caption"), 0, 2, 1, 1);
  /* In the order in which they are read, which is that of the focus. */
  add_cell (self, grid, 1, 1);
  add_cell (self, grid, 1, 0);
  add_cell (self, grid, 0, 0);
  add_cell (self, grid, 0, 1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (grid));
}

GtkWidget *
ut_confusion_grid_new (void)
{
  return g_object_new (UT_TYPE_CONFUSION_GRID, NULL);
}

static void
set_cell (UtConfusionGrid *self,
          guint            label,
          guint            right,
          gsize            n,
          gsize            n_all)
{
  gboolean says_positive = right == 1 ? label == 1 : label == 0;
  g_autofree char *count = g_strdup_printf ("%'zu", n);
  g_autofree char *share = g_strdup_printf (_("%.1f %%"), 100.0 * (double) n / (double) n_all);
  g_autofree char *name = NULL;

  /* Translators: a label, an answer, a number of rows and which share of all they are. */
  name = g_strdup_printf (ngettext ("label %s, answered %s: %'zu row, %s",
                                    "label %s, answered %s: %'zu rows, %s", n),
                          label == 1 ? C_("label", "positive") : C_("label", "negative"),
                          says_positive ? C_("label", "positive") : C_("label", "negative"), n,
                          share);
  gtk_label_set_text (self->counts[label][right], count);
  gtk_label_set_text (self->shares[label][right], share);
  gtk_widget_set_sensitive (self->cells[label][right], n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cells[label][right]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ut_confusion_grid_set (UtConfusionGrid   *self,
                       UtRun             *run,
                       const UtConfusion *confusion)
{
  g_return_if_fail (UT_IS_CONFUSION_GRID (self));
  g_return_if_fail (UT_IS_RUN (run));
  g_return_if_fail (confusion != NULL);

  gsize n_right = confusion->n[0][1] + confusion->n[1][1];
  gsize n_all = n_right + confusion->n[0][0] + confusion->n[1][0];
  UtInterval interval = ut_wilson_interval (n_right, n_all);
  g_autofree char *accuracy = g_strdup_printf ("%.3f (%.3f–%.3f)",
                                               (double) n_right / (double) n_all, interval.low,
                                               interval.high);
  g_autofree char *name = NULL;

  ut_plot_swatch_set_style (UT_PLOT_SWATCH (self->swatch), ut_run_get_style (run));
  gtk_label_set_text (self->name, ut_run_get_name (run));
  gtk_label_set_text (self->accuracy, accuracy);
  /* Translators: the name of a run. */
  name = g_strdup_printf (_("Confusion matrix of %s"), ut_run_get_name (run));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (guint label = 0; label < 2; label++)
    for (guint right = 0; right < 2; right++)
      set_cell (self, label, right, confusion->n[label][right], n_all);
}
