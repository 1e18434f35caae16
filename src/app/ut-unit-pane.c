/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-unit-pane.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <string.h>

struct _UtUnitPane
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkDropDown *end_choice;
  GtkLabel *caption;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkProgressBar *progress;
  GtkLabel *failure_label;

  UtModel *model;          /* (owned) (nullable) */
  UtConfig *config;        /* (owned) (nullable) */
  UtUnitPhrases *phrases;  /* (owned) (nullable) */
  UtModel *source;         /* (owned) (nullable): the model that they are of, or will be */
  GCancellable *reading;   /* (owned) (nullable): while they are being found */
  GPtrArray *texts;        /* (owned) (element-type utf8): of the rows of the list */
  guint layer;
  guint direction;
  int unit;                /* -1 for none */
};

G_DEFINE_FINAL_TYPE (UtUnitPane, ut_unit_pane, GTK_TYPE_BOX)

static guint closed_signal;

/* Finds word @index between the spaces of @text. */
static void
find_word (const char *text,
           guint32     index,
           gsize      *start,
           gsize      *end)
{
  const char *word = text;

  for (guint32 i = 0; i < index; i++)
    {
      const char *space = strchr (word, ' ');

      if (space == NULL)
        break;
      word = space + 1;
    }
  *start = (gsize) (word - text);
  *end = *start + strcspn (word, " ");
}

/* A row of the list: the phrase with the word where the unit peaks, and how far. */
static GtkWidget *
make_row (const char         *text,
          const UtUnitPhrase *phrase)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *number = g_strdup_printf ("%+.2f", (double) phrase->value);
  GtkWidget *value = gtk_label_new (number);
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  g_autofree char *name = NULL;
  g_autofree char *word = NULL;
  gsize start, end;

  find_word (text, phrase->word, &start, &end);
  bold->start_index = (guint) start;
  bold->end_index = (guint) end;
  pango_attr_list_insert (attributes, bold);
  word = g_strndup (text + start, end - start);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (value, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "dim-label");
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* Translators: a phrase, how far a unit goes and the word after which. */
  name = g_strdup_printf (_("%s: %+.2f after “%s”"), text, (double) phrase->value, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static UtUnitEnd
get_end (UtUnitPane *self)
{
  return gtk_drop_down_get_selected (self->end_choice) == 1 ? UT_UNIT_LOWEST : UT_UNIT_HIGHEST;
}

static void
clear_list (UtUnitPane *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_ptr_array_set_size (self->texts, 0);
}

static void
fill_list (UtUnitPane *self)
{
  UtDataset *train = ut_unit_phrases_get_train (self->phrases);
  gsize n;
  const UtUnitPhrase *phrases = ut_unit_phrases_get (self->phrases, self->layer, self->direction,
                                                     (gsize) self->unit, get_end (self), &n);

  clear_list (self);
  for (gsize i = 0; i < n; i++)
    {
      char *text = ut_dataset_dup_sentence (train, phrases[i].row);

      g_ptr_array_add (self->texts, text);
      gtk_list_box_append (self->list, make_row (text, &phrases[i]));
    }
  gtk_label_set_text (self->caption, get_end (self) == UT_UNIT_HIGHEST
                                       ? _("Training phrases that raise its state most, "
                                           "up to the bold word")
                                       : _("Training phrases that lower its state most, "
                                           "up to the bold word"));
  gtk_widget_set_visible (GTK_WIDGET (self->caption), n > 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  UtUnitPane *self = data;

  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtUnitPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtUnitPhrases) phrases = ut_unit_phrases_new_finish (result, &error);

  /* Whoever cancels has forgotten this already, and may be looking for others. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  if (phrases == NULL)
    {
      g_clear_pointer (&self->source, ut_model_unref);
      gtk_label_set_text (self->failure_label, error->message);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }

  self->phrases = g_steal_pointer (&phrases);
  if (self->unit >= 0)
    fill_list (self);
}

static void
stop_reading (UtUnitPane *self)
{
  if (self->reading == NULL)
    return;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->source, ut_model_unref);
}

static void
find_phrases (UtUnitPane *self)
{
  stop_reading (self);
  clear_list (self);
  g_clear_pointer (&self->phrases, ut_unit_phrases_unref);
  g_clear_pointer (&self->source, ut_model_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), FALSE);
  if (self->model == NULL || self->config == NULL)
    return;

  self->source = ut_model_ref (self->model);
  self->reading = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  ut_unit_phrases_new_async (self->model, self->config, progress_cb, self, self->reading, found_cb,
                             g_object_ref (self));
}

static void
end_cb (UtUnitPane *self)
{
  if (self->phrases != NULL && self->unit >= 0)
    fill_list (self);
}

static void
activated_cb (UtUnitPane    *self,
              GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);

  if (index >= 0 && (guint) index < self->texts->len)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.ask", "s",
                                g_ptr_array_index (self->texts, index));
}

static void
close_cb (UtUnitPane *self)
{
  ut_unit_pane_hide_unit (self);
  g_signal_emit (self, closed_signal, 0);
}

static void
ut_unit_pane_dispose (GObject *object)
{
  UtUnitPane *self = UT_UNIT_PANE (object);

  stop_reading (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_UNIT_PANE);
  g_clear_pointer (&self->phrases, ut_unit_phrases_unref);
  g_clear_pointer (&self->source, ut_model_unref);
  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->config, ut_config_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);

  G_OBJECT_CLASS (ut_unit_pane_parent_class)->dispose (object);
}

static void
ut_unit_pane_class_init (UtUnitPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_unit_pane_dispose;

  /** UtUnitPane::closed: the person is done with the unit. */
  closed_signal = g_signal_new ("closed", UT_TYPE_UNIT_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-unit-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, title);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, end_choice);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, caption);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, stack);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, list);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, progress);
  gtk_widget_class_bind_template_child (widget_class, UtUnitPane, failure_label);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_cb);
}

static void
ut_unit_pane_init (UtUnitPane *self)
{
  self->unit = -1;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_unit_pane_set_model (UtUnitPane *self,
                        UtModel    *model,
                        UtConfig   *config)
{
  g_return_if_fail (UT_IS_UNIT_PANE (self));

  gboolean is_same_run = config == self->config && model != NULL;

  if (model == self->model && config == self->config)
    return;

  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->config, ut_config_unref);
  self->model = model != NULL ? ut_model_ref (model) : NULL;
  self->config = config != NULL ? ut_config_ref (config) : NULL;
  if (is_same_run)
    return;

  ut_unit_pane_hide_unit (self);
  g_clear_pointer (&self->phrases, ut_unit_phrases_unref);
  g_clear_pointer (&self->source, ut_model_unref);
}

void
ut_unit_pane_show_unit (UtUnitPane *self,
                        guint       layer,
                        guint       direction,
                        guint       unit)
{
  g_autofree char *title = g_strdup_printf (_("Unit %u"), unit + 1);

  g_return_if_fail (UT_IS_UNIT_PANE (self));

  self->layer = layer;
  self->direction = direction;
  self->unit = (int) unit;
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (self->source != self->model)
    find_phrases (self);
  else if (self->phrases != NULL)
    fill_list (self);
}

void
ut_unit_pane_hide_unit (UtUnitPane *self)
{
  g_return_if_fail (UT_IS_UNIT_PANE (self));

  stop_reading (self);
  clear_list (self);
  self->unit = -1;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
