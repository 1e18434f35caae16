/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-notes.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

/* What belongs into a file of its own would only make the list slow. */
#define MAX_NOTE 20000

struct _UtRunNotes
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *save_button;
  GtkEditable *tags_entry;
  GtkTextBuffer *note_buffer;
  GtkLabel *problem_label;

  UtRun *run; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UtRunNotes, ut_run_notes, ADW_TYPE_WINDOW)

static void
note_changed_cb (UtRunNotes *self)
{
  gboolean fits = gtk_text_buffer_get_char_count (self->note_buffer) <= MAX_NOTE;

  if (!fits)
    {
      g_autofree char *text = g_strdup_printf (_("A note has at most %'d characters."), MAX_NOTE);

      gtk_label_set_label (self->problem_label, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), !fits);
  gtk_widget_set_sensitive (self->save_button, fits);
}

static void
save_cb (UtRunNotes *self)
{
  g_auto (GStrv) tags = g_strsplit (gtk_editable_get_text (self->tags_entry), ",", -1);
  g_autofree char *note = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->note_buffer, &start, &end);
  note = gtk_text_buffer_get_text (self->note_buffer, &start, &end, FALSE);
  ut_run_set_tags (self->run, (const char * const *) tags);
  ut_run_set_note (self->run, g_strstrip (note));
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
save_key_cb (GtkWidget *widget,
             GVariant  *unused,
             gpointer   user_data)
{
  UtRunNotes *self = UT_RUN_NOTES (widget);

  /* Too long a note keeps it insensitive. */
  return gtk_widget_activate (self->save_button);
}

static void
ut_run_notes_finalize (GObject *object)
{
  g_clear_object (&UT_RUN_NOTES (object)->run);

  G_OBJECT_CLASS (ut_run_notes_parent_class)->finalize (object);
}

static void
ut_run_notes_class_init (UtRunNotesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_run_notes_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-run-notes.ui");
  gtk_widget_class_bind_template_child (widget_class, UtRunNotes, window_title);
  gtk_widget_class_bind_template_child (widget_class, UtRunNotes, save_button);
  gtk_widget_class_bind_template_child (widget_class, UtRunNotes, tags_entry);
  gtk_widget_class_bind_template_child (widget_class, UtRunNotes, note_buffer);
  gtk_widget_class_bind_template_child (widget_class, UtRunNotes, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, note_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, save_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, save_key_cb,
                                NULL);
}

static void
ut_run_notes_init (UtRunNotes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ut_run_notes_new (GtkWindow *parent,
                  UtRun     *run)
{
  UtRunNotes *self;
  const char * const *tags;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  self = g_object_new (UT_TYPE_RUN_NOTES, "transient-for", parent, "destroy-with-parent", TRUE,
                       NULL);
  self->run = g_object_ref (run);
  adw_window_title_set_subtitle (self->window_title, ut_run_get_name (run));
  tags = ut_run_get_tags (run);
  if (tags != NULL)
    {
      g_autofree char *joined = g_strjoinv (", ", (char **) tags);

      gtk_editable_set_text (self->tags_entry, joined);
    }
  if (ut_run_get_note (run) != NULL)
    gtk_text_buffer_set_text (self->note_buffer, ut_run_get_note (run), -1);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->tags_entry));

  return GTK_WINDOW (self);
}
