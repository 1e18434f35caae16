/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-what-if-popover.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

#define N_SUGGESTIONS 8

struct _UtWhatIfPopover
{
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkWidget *strike_button;
  GtkEditable *entry;
  GtkWidget *replace_button;
  GtkLabel *status;
  GtkFlowBox *suggestions;

  GCancellable *asking; /* (owned) (nullable) */
  guint word;
};

G_DEFINE_FINAL_TYPE (UtWhatIfPopover, ut_what_if_popover, GTK_TYPE_POPOVER)

static guint edit_signal;

static void
edit (UtWhatIfPopover *self,
      UtEditKind       kind,
      const char      *text)
{
  /* The entry is emptied when it closes. */
  g_autofree char *copy = g_strdup (text);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, edit_signal, 0, self->word, (guint) kind, copy);
}

static void
strike_cb (UtWhatIfPopover *self)
{
  edit (self, UT_EDIT_STRIKE_OUT, NULL);
}

static void
negate_cb (UtWhatIfPopover *self)
{
  edit (self, UT_EDIT_NEGATE, NULL);
}

static gboolean
has_text (UtWhatIfPopover *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  return *text != '\0';
}

static void
replace_cb (UtWhatIfPopover *self)
{
  if (has_text (self))
    edit (self, UT_EDIT_REPLACE, gtk_editable_get_text (self->entry));
}

static void
typed_cb (UtWhatIfPopover *self)
{
  gtk_widget_set_sensitive (self->replace_button, has_text (self));
}

static void
suggestion_cb (GtkButton *button,
               gpointer   data)
{
  edit (data, UT_EDIT_REPLACE, gtk_button_get_label (button));
}

/* Suggestions */

static void
clear_suggestions (UtWhatIfPopover *self)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->suggestions, 0)) != NULL)
    gtk_flow_box_remove (self->suggestions, GTK_WIDGET (child));
  gtk_widget_set_visible (GTK_WIDGET (self->suggestions), FALSE);
}

static void
show_suggestions (UtWhatIfPopover    *self,
                  const char *const  *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (words[i]);
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 3);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
      g_signal_connect_object (button, "clicked", G_CALLBACK (suggestion_cb), self,
                               G_CONNECT_DEFAULT);
      gtk_flow_box_append (self->suggestions, button);
      /* The button takes the focus, and is named. */
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->suggestions), TRUE);
  /* It does not grow by itself. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_present (GTK_POPOVER (self));
}

typedef struct
{
  UtModel *model; /* (owned) */
  char *word;     /* (owned) */
} Question;

static void
question_free (Question *self)
{
  ut_model_unref (self->model);
  g_free (self->word);
  g_free (self);
}

static void
suggest_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;
  /* What was near before the training does not matter here. */
  g_autoptr (UtNeighbours) neighbours = ut_neighbours_new (question->model, NULL, cancellable,
                                                           &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  UtNeighbour items[N_SUGGESTIONS];

  if (neighbours == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  gsize n_items = ut_neighbours_find (neighbours, question->word, FALSE, items, N_SUGGESTIONS);

  for (gsize i = 0; i < n_items; i++)
    g_strv_builder_add (words, items[i].word);
  g_task_return_pointer (task, g_strv_builder_end (words), (GDestroyNotify) g_strfreev);
}

static void
suggest_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtWhatIfPopover) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->asking)
    return;

  g_clear_object (&self->asking);
  if (words == NULL)
    {
      gtk_label_set_text (self->status, error->message);
      return;
    }

  if (words[0] == NULL)
    {
      gtk_label_set_text (self->status,
                          _("The model does not know this word, so it has no nearest words."));
      return;
    }

  gtk_label_set_text (self->status, _("Nearest words of this model:"));
  show_suggestions (self, (const char *const *) words);
}

static void
stop_asking (UtWhatIfPopover *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ut_what_if_popover_closed (GtkPopover *popover)
{
  UtWhatIfPopover *self = UT_WHAT_IF_POPOVER (popover);

  stop_asking (self);
  gtk_editable_set_text (self->entry, "");
}

static void
ut_what_if_popover_dispose (GObject *object)
{
  UtWhatIfPopover *self = UT_WHAT_IF_POPOVER (object);

  stop_asking (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_WHAT_IF_POPOVER);

  G_OBJECT_CLASS (ut_what_if_popover_parent_class)->dispose (object);
}

static void
ut_what_if_popover_class_init (UtWhatIfPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_what_if_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = ut_what_if_popover_closed;

  edit_signal = g_signal_new ("edit", UT_TYPE_WHAT_IF_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-what-if-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfPopover, title);
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfPopover, strike_button);
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfPopover, replace_button);
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfPopover, status);
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfPopover, suggestions);
  gtk_widget_class_bind_template_callback (widget_class, negate_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, strike_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
ut_what_if_popover_init (UtWhatIfPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_what_if_popover_new (void)
{
  return g_object_new (UT_TYPE_WHAT_IF_POPOVER, NULL);
}

void
ut_what_if_popover_set_word (UtWhatIfPopover *self,
                             UtModel         *model,
                             guint            index,
                             const char      *word)
{
  g_return_if_fail (UT_IS_WHAT_IF_POPOVER (self));
  g_return_if_fail (model != NULL);
  g_return_if_fail (word != NULL);

  g_autofree char *title = g_strdup_printf (_("“%s”"), word);
  g_autofree char *label = g_strdup_printf (_("What if “%s” were another word"), word);
  g_autoptr (GTask) task = NULL;
  Question *question = g_new (Question, 1);

  self->word = index;
  stop_asking (self);
  clear_suggestions (self);
  gtk_editable_set_text (self->entry, "");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->status, _("Looking for the nearest words…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_grab_focus (self->strike_button);

  *question = (Question) { ut_model_ref (model), g_strdup (word) };
  self->asking = g_cancellable_new ();
  /* Not as the task's source, which a worker may be the last to let go. */
  task = g_task_new (NULL, self->asking, suggest_cb, g_object_ref (self));
  g_task_set_source_tag (task, ut_what_if_popover_set_word);
  g_task_set_name (task, "[undertone] nearest words");
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, suggest_thread);
}
