/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-labels.h"

#include "ut-import-label-row.h"
#include "ut-resources.h"

struct _UtImportLabels
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;

  GPtrArray *rows;    /* (owned): (element-type UtImportLabelRow): in the import's order */
  GArray *counts;     /* (owned): (element-type gsize): of each */
  GHashTable *chosen; /* (owned): from values to the meanings somebody gave them */
};

G_DEFINE_FINAL_TYPE (UtImportLabels, ut_import_labels, ADW_TYPE_BIN)

static guint meaning_changed_signal;

/* Numbers by their size, before what is none. */
static int
compare_values (const char *a,
                const char *b)
{
  char *a_end;
  char *b_end;
  double a_number = g_ascii_strtod (a, &a_end);
  double b_number = g_ascii_strtod (b, &b_end);
  gboolean a_is_number = a_end != a && *a_end == '\0';
  gboolean b_is_number = b_end != b && *b_end == '\0';

  if (a_is_number && b_is_number && a_number != b_number)
    return a_number < b_number ? -1 : 1;
  if (a_is_number != b_is_number)
    return a_is_number ? -1 : 1;

  return g_utf8_collate (a, b);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  return compare_values (ut_import_label_row_get_value (*(UtImportLabelRow * const *) a),
                         ut_import_label_row_get_value (*(UtImportLabelRow * const *) b));
}

static void
meaning_changed_cb (UtImportLabels   *self,
                    GParamSpec       *pspec,
                    UtImportLabelRow *row)
{
  UtImportMeaning meaning = ut_import_label_row_get_meaning (row);
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;

  g_hash_table_insert (self->chosen, g_strdup (ut_import_label_row_get_value (row)),
                       GUINT_TO_POINTER (meaning));
  g_signal_emit (self, meaning_changed_signal, 0, index, (guint) meaning);
}

static void
ut_import_labels_dispose (GObject *object)
{
  /* A bin does not notice when the template takes its child away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_LABELS);

  G_OBJECT_CLASS (ut_import_labels_parent_class)->dispose (object);
}

static void
ut_import_labels_finalize (GObject *object)
{
  UtImportLabels *self = UT_IMPORT_LABELS (object);

  g_ptr_array_unref (self->rows);
  g_array_unref (self->counts);
  g_hash_table_unref (self->chosen);

  G_OBJECT_CLASS (ut_import_labels_parent_class)->finalize (object);
}

static void
ut_import_labels_class_init (UtImportLabelsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_import_labels_dispose;
  object_class->finalize = ut_import_labels_finalize;

  /** UtImportLabels::meaning-changed: (index, meaning): somebody gave the value number index
   * another #UtImportMeaning. */
  meaning_changed_signal = g_signal_new ("meaning-changed", UT_TYPE_IMPORT_LABELS,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-labels.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportLabels, group);
}

static void
ut_import_labels_init (UtImportLabels *self)
{
  self->rows = g_ptr_array_new ();
  self->counts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_import_labels_show (UtImportLabels      *self,
                       const UtImportLabel *labels,
                       guint                n_labels)
{
  g_return_if_fail (UT_IS_IMPORT_LABELS (self));
  g_return_if_fail (labels != NULL || n_labels == 0);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_array_set_size (self->counts, 0);

  for (guint i = 0; i < n_labels; i++)
    {
      GtkWidget *row = ut_import_label_row_new (&labels[i]);
      gpointer chosen;

      if (g_hash_table_lookup_extended (self->chosen, labels[i].value, NULL, &chosen))
        ut_import_label_row_set_meaning (UT_IMPORT_LABEL_ROW (row), GPOINTER_TO_UINT (chosen));
      g_signal_connect_object (row, "notify::meaning", G_CALLBACK (meaning_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      g_array_append_val (self->counts, labels[i].count);
    }

  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->rows, NULL, NULL);

  g_ptr_array_sort (sorted, compare_rows);
  for (guint i = 0; i < sorted->len; i++)
    adw_preferences_group_add (self->group, sorted->pdata[i]);
}

void
ut_import_labels_forget (UtImportLabels *self)
{
  g_return_if_fail (UT_IS_IMPORT_LABELS (self));

  g_hash_table_remove_all (self->chosen);
}

UtImportMeaning
ut_import_labels_get_meaning (UtImportLabels *self,
                              guint           label)
{
  g_return_val_if_fail (UT_IS_IMPORT_LABELS (self), UT_IMPORT_LEAVE_OUT);
  g_return_val_if_fail (label < self->rows->len, UT_IMPORT_LEAVE_OUT);

  return ut_import_label_row_get_meaning (self->rows->pdata[label]);
}

gsize
ut_import_labels_get_count (UtImportLabels  *self,
                            UtImportMeaning  meaning)
{
  gsize count = 0;

  g_return_val_if_fail (UT_IS_IMPORT_LABELS (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    if (ut_import_label_row_get_meaning (self->rows->pdata[i]) == meaning)
      count += g_array_index (self->counts, gsize, i);

  return count;
}
