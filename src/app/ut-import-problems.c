/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-problems.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtImportProblems
{
  AdwBin parent_instance;

  AdwExpanderRow *expander;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (UtImportProblems, ut_import_problems, ADW_TYPE_BIN)

static void
copy_cb (UtImportProblems *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->text));
}

static void
ut_import_problems_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_PROBLEMS);

  G_OBJECT_CLASS (ut_import_problems_parent_class)->dispose (object);
}

static void
ut_import_problems_class_init (UtImportProblemsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_import_problems_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-problems.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportProblems, expander);
  gtk_widget_class_bind_template_child (widget_class, UtImportProblems, text);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
ut_import_problems_init (UtImportProblems *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_import_problems_show (UtImportProblems      *self,
                         const UtImportProblem *problems,
                         guint                  n_listed,
                         gsize                  n_problems,
                         gsize                  n_rows)
{
  g_return_if_fail (UT_IS_IMPORT_PROBLEMS (self));
  g_return_if_fail (problems != NULL || n_listed == 0);

  gtk_widget_set_visible (GTK_WIDGET (self), n_problems > 0);
  if (n_problems == 0)
    return;

  /* Translators: the number of bad rows, and of all. */
  g_autofree char *title = g_strdup_printf (ngettext ("%'u of %'u rows cannot be used",
                                                      "%'u of %'u rows cannot be used", n_rows),
                                            (guint) n_problems, (guint) n_rows);
  g_autofree char *subtitle = NULL;
  GString *text = g_string_new (NULL);

  if (n_problems > n_listed)
    subtitle = g_strdup_printf (ngettext ("The first %'u is listed", "The first %'u are listed",
                                          n_listed), n_listed);
  for (guint i = 0; i < n_listed; i++)
    g_string_append_printf (text, "%s%s:%" G_GUINT64_FORMAT ": %s", i > 0 ? "\n" : "",
                            problems[i].file, problems[i].line, problems[i].message);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), title);
  adw_expander_row_set_subtitle (self->expander, subtitle != NULL ? subtitle : "");
  gtk_label_set_label (self->text, text->str);
  g_string_free (text, TRUE);
}
