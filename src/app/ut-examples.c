/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-examples.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

#define N_EXAMPLES 8
#define MIN_LENGTH 3 /* characters */
#define MAX_TRIES 200

struct _UtExamples
{
  AdwBin parent_instance;

  GtkLabel *text;
  GtkListBox *list;
  GtkWidget *other_button;

  UtDataset *dataset; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtExamples, ut_examples, ADW_TYPE_BIN)

/* A phrase of a letter shows nothing; and GTK 4.8 warns of a title that is narrower than the ellipsis it
 * may be cut to. */
static gboolean
is_telling (const UtDataset *dataset,
            gsize            index)
{
  g_autofree char *sentence = ut_dataset_dup_sentence (dataset, index);

  return g_utf8_strlen (sentence, -1) >= MIN_LENGTH;
}

/* Not an AdwActionRow: GTK 4.8 warns of a title of two or three letters, which its lines shorten. */
static GtkWidget *
make_row (const UtDataset *dataset,
          gsize            index)
{
  g_autofree char *sentence = ut_dataset_dup_sentence (dataset, index);
  gboolean positive = ut_dataset_get_label (dataset, index) == 1;
  GtkWidget *row, *box, *tag, *text;

  tag = g_object_new (GTK_TYPE_LABEL,
                      "label", positive ? C_("label", "positive") : C_("label", "negative"),
                      "width-chars", 9,
                      "valign", GTK_ALIGN_CENTER,
                      NULL);
  gtk_widget_add_css_class (tag, "verdict-tag");
  gtk_widget_add_css_class (tag, positive ? "positive" : "negative");
  text = g_object_new (GTK_TYPE_LABEL,
                       "label", sentence,
                       "xalign", 0.0,
                       "hexpand", TRUE,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       "ellipsize", PANGO_ELLIPSIZE_END,
                       "lines", 2,
                       "width-chars", 3,
                       NULL);
  box = g_object_new (GTK_TYPE_BOX, "spacing", 12, NULL);
  gtk_widget_add_css_class (box, "example");
  gtk_box_append (GTK_BOX (box), tag);
  gtk_box_append (GTK_BOX (box), text);
  row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "activatable", FALSE, "child", box, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);

  return row;
}

static void
deal (UtExamples *self)
{
  gsize n_rows = self->dataset != NULL ? ut_dataset_get_n_rows (self->dataset) : 0;
  guint n_wanted = (guint) MIN (n_rows, N_EXAMPLES);
  gsize chosen[N_EXAMPLES];
  guint n_tries = 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  for (guint n = 0; n < n_wanted; )
    {
      gsize candidate = (gsize) g_random_int_range (0, (gint32) MIN (n_rows, G_MAXINT32));
      /* Where there are no others, those that there are have to do. */
      gboolean is_new = ++n_tries > MAX_TRIES || is_telling (self->dataset, candidate);

      for (guint i = 0; i < n; i++)
        is_new &= chosen[i] != candidate;
      if (!is_new)
        continue;
      chosen[n++] = candidate;
      gtk_list_box_append (self->list, make_row (self->dataset, candidate));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_wanted > 0);
  gtk_widget_set_visible (self->other_button, n_rows > N_EXAMPLES);
}

static void
ut_examples_dispose (GObject *object)
{
  UtExamples *self = UT_EXAMPLES (object);

  g_clear_pointer (&self->dataset, ut_dataset_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_EXAMPLES);

  G_OBJECT_CLASS (ut_examples_parent_class)->dispose (object);
}

static void
ut_examples_class_init (UtExamplesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_examples_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-examples.ui");
  gtk_widget_class_bind_template_child (widget_class, UtExamples, text);
  gtk_widget_class_bind_template_child (widget_class, UtExamples, list);
  gtk_widget_class_bind_template_child (widget_class, UtExamples, other_button);
  gtk_widget_class_bind_template_callback (widget_class, deal);
}

static void
ut_examples_init (UtExamples *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  deal (self);
}

static char *
dup_text (UtDataset *dataset,
          UtConfig  *config)
{
  guint n_rows = (guint) ut_dataset_get_n_rows (dataset);
  const char *data = ut_config_get_data (config);
  g_autofree char *title = NULL;

  if (g_strcmp0 (data, "sample-reviews") == 0)
    return g_strdup_printf (_("Eight of %'u made-up reviews. Start trains three small models on "
                              "them in a few seconds."), n_rows);
  if (data != NULL)
    return g_strdup_printf (_("Eight of %'u made-up sentences."), n_rows);

  title = ut_config_dup_data_title (config);
  /* Translators: a number of sentences and the name of a file. */
  return g_strdup_printf (_("Eight of %'u sentences of %s."), n_rows, title);
}

void
ut_examples_show (UtExamples *self,
                  UtCorpus   *corpus,
                  UtConfig   *config)
{
  UtDataset *dataset = corpus != NULL ? ut_corpus_get_train (corpus) : NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (UT_IS_EXAMPLES (self));

  if (dataset != NULL && config != NULL)
    text = dup_text (dataset, config);
  gtk_label_set_label (self->text,
                       text != NULL ? text : _("Choose data and settings at the left."));

  if (dataset == self->dataset)
    return;

  g_clear_pointer (&self->dataset, ut_dataset_unref);
  self->dataset = dataset != NULL ? ut_dataset_ref (dataset) : NULL;
  deal (self);
}
