/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-details.h"

#include "ut-label-bar.h"
#include "ut-map-pane.h"
#include "ut-resources.h"
#include "ut-row-losses.h"
#include "ut-row-table.h"
#include "ut-test-line.h"

#include <glib/gi18n.h>
#include <ut-plot-all.h>

struct _UtDataDetails
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner_page;
  GtkWidget *error_page;
  GtkLabel *error_label;
  GtkWidget *facts_page;
  GtkLabel *title_label;
  GtkLabel *origin_label;
  GtkToggleButton *map_button;
  GtkWidget *use_button;
  GtkWidget *trash_button;
  GtkGrid *grid;
  UtHistogram *histogram;
  GtkLabel *coverage_label;
  UtTestLine *test_line;
  UtMapPane *map;
  UtRowTable *rows;

  UtSession *session;       /* (owned) (nullable) */
  UtDataEntry *entry;       /* (owned) (nullable) */
  UtInspection *inspection; /* (owned) (nullable) */
  UtRowLosses *losses;      /* (owned) (nullable): with the session */
  GCancellable *reading;    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtDataDetails, ut_data_details, GTK_TYPE_WIDGET)

/* Where it came from */

static void
add_sentence (GString    *text,
              const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
add_split (GString           *text,
           const UtDataAbout *about)
{
  g_autofree char *split = NULL;

  if (about->split_seed < 0)
    return;

  split = g_strdup_printf (_("Split by seed %lu."), (gulong) about->split_seed);
  add_sentence (text, split);
}

static char *
dup_origin (UtDataEntry *entry)
{
  const UtDataAbout *about = ut_data_entry_get_about (entry);
  g_autoptr (GString) text = g_string_new (NULL);

  if (ut_data_entry_get_id (entry) != NULL)
    return g_strdup (_("Comes along with Undertone; made-up sentences, free to use."));

  if (about->source != NULL)
    {
      /* Translators: the name of a file or folder. */
      g_autofree char *source = g_strdup_printf (_("Made of %s."), about->source);

      add_sentence (text, source);
    }
  if (about->address != NULL)
    {
      /* Translators: an internet address. */
      g_autofree char *address = g_strdup_printf (_("Fetched from %s."), about->address);

      add_sentence (text, address);
    }
  add_sentence (text, about->unit == UT_DATA_UNIT_REVIEW ? _("A row is a review.")
                                                         : _("A row is a sentence."));
  add_split (text, about);
  if (about->n_left_out > 0)
    {
      gulong n = (gulong) about->n_left_out;
      g_autofree char *left_out = g_strdup_printf (ngettext ("%'lu row is left out.",
                                                             "%'lu rows are left out.", n), n);

      add_sentence (text, left_out);
    }
  if (about->licence != NULL)
    {
      /* Translators: under which licence data may be used. */
      g_autofree char *licence = g_strdup_printf (_("Licence: %s."), about->licence);

      add_sentence (text, licence);
    }
  if (about->citation != NULL)
    add_sentence (text, about->citation);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Numbers */

static GtkWidget *
attach (UtDataDetails *self,
        const char    *text,
        int            column,
        int            row)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "xalign", column == 0 ? 0.0 : 1.0,
                                   "valign", GTK_ALIGN_CENTER,
                                   NULL);

  gtk_grid_attach (self->grid, label, column, row, 1, 1);

  return label;
}

static void
attach_balance (UtDataDetails       *self,
                const UtPartSummary *summary,
                int                  column,
                int                  row)
{
  double share = (double) summary->n_positive / (double) summary->n_rows;
  g_autofree char *text = g_strdup_printf (_("%.1f %%"), 100 * share);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bar = ut_label_bar_new ();
  GtkWidget *label = gtk_label_new (text);

  ut_label_bar_set_share (UT_LABEL_BAR (bar), share);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_grid_attach (self->grid, box, column, row, 1, 1);
}

static void
attach_part (UtDataDetails       *self,
             UtDataPart           part,
             const UtPartSummary *summary,
             int                  row)
{
  static const char * const titles[UT_N_DATA_PARTS] = {
    [UT_DATA_TRAIN] = NC_("part of a data set", "Training"),
    [UT_DATA_DEV] = NC_("part of a data set", "Development"),
    [UT_DATA_TEST] = NC_("part of a data set", "Test"),
  };
  g_autofree char *n_rows = g_strdup_printf ("%'zu", summary->n_rows);
  /* Translators: words of the middling and of the longest sentence. */
  g_autofree char *length = g_strdup_printf (_("%'u to %'u"), summary->median_length,
                                             summary->max_length);
  g_autofree char *n_words = g_strdup_printf ("%'zu", summary->n_words);
  g_autofree char *unknown =
    g_strdup_printf (_("%.1f %%"), 100 * (double) summary->n_unknown_tokens
                     / (double) summary->n_tokens);

  attach (self, g_dpgettext2 (NULL, "part of a data set", titles[part]), 0, row);
  attach (self, n_rows, 1, row);
  attach_balance (self, summary, 2, row);
  attach (self, length, 3, row);
  attach (self, n_words, 4, row);
  attach (self, part == UT_DATA_TRAIN ? "" : unknown, 5, row);
}

static void
fill_grid (UtDataDetails *self)
{
  const struct
  {
    const char *title;
    const char *meaning; /* (nullable) */
  } heads[] = {
    { "", NULL },
    { _("Rows"), NULL },
    { _("Positive"), NULL },
    { _("Length"), _("Words of the middling and of the longest row") },
    { _("Vocabulary"), _("Different words") },
    { _("Unknown"), _("Words that the training rows do not have, as a share of all words") },
  };
  GtkWidget *child;
  int row = 1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  for (int i = 0; i < (int) G_N_ELEMENTS (heads); i++)
    {
      GtkWidget *head = attach (self, heads[i].title, i, 0);

      gtk_widget_add_css_class (head, "dim-label");
      gtk_widget_add_css_class (head, "caption");
      gtk_widget_set_tooltip_text (head, heads[i].meaning);
    }
  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    {
      const UtInspectedPart *inspected = ut_inspection_get_part (self->inspection, part);

      if (inspected != NULL)
        attach_part (self, part, &inspected->summary, row++);
    }
}

static void
update_histogram (UtDataDetails *self)
{
  const UtInspectedPart *part = ut_inspection_get_part (self->inspection,
                                                        ut_row_table_get_part (self->rows));
  const UtPartSummary *summary = &part->summary;
  guint n_bins = (summary->max_length + summary->bin_width - 1) / summary->bin_width;
  /* Translators: half of the sentences have at most so many words, the longest has so many. */
  g_autofree char *description = g_strdup_printf (_("Half of the rows have at most %'u words, the "
                                                    "longest has %'u."),
                                                  summary->median_length, summary->max_length);

  ut_histogram_set_bins (self->histogram, summary->bins, n_bins, 1, summary->bin_width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->histogram),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lengths of the rows"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
update_coverage (UtDataDetails *self)
{
  const char *failure = ut_inspection_get_vectors_error (self->inspection);
  g_autofree char *path = g_settings_get_string (ut_session_get_settings (self->session),
                                                 "vectors-path");
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = NULL;
  gsize n_words;
  double share;

  if (failure != NULL)
    text = g_strdup (failure);
  else if (ut_inspection_get_coverage (self->inspection, &n_words, &share))
    /* Translators: the name of a file, numbers of different words, a percentage of all words. */
    text = g_strdup_printf (_("%s has vectors of %'zu of the %'zu different training words, "
                              "%.1f %% of all words."), name, n_words,
                            ut_inspection_get_part (self->inspection,
                                                    UT_DATA_TRAIN)->summary.n_words, 100 * share);

  gtk_label_set_label (self->coverage_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->coverage_label), text != NULL);
  if (failure != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->coverage_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->coverage_label), "error");
}

/* Losses */

static void
losses_changed_cb (UtDataDetails *self)
{
  if (self->inspection != NULL)
    ut_row_table_set_losses (self->rows, ut_row_losses_get (self->losses),
                             ut_row_losses_get_run (self->losses));
}

/* Nobody waits for what is not to be seen. */
static void
update_losses (UtDataDetails *self)
{
  const UtInspectedPart *part = NULL;

  if (self->losses == NULL)
    return;
  if (self->inspection != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    part = ut_inspection_get_part (self->inspection, ut_row_table_get_part (self->rows));
  ut_row_losses_set_data (self->losses,
                          part != NULL ? ut_row_index_get_dataset (part->index) : NULL);
}

/* The map is of the training rows. */
static void
part_changed_cb (UtDataDetails *self)
{
  if (self->inspection == NULL)
    return;

  if (ut_row_table_get_part (self->rows) != UT_DATA_TRAIN)
    gtk_toggle_button_set_active (self->map_button, FALSE);
  update_histogram (self);
  update_losses (self);
}

/* Map */

/* Without a selection all rows are listed. */
static void
map_selection_changed_cb (UtDataDetails *self)
{
  gsize n_rows = 0;
  const guint32 *rows = NULL;

  if (gtk_toggle_button_get_active (self->map_button) && ut_map_pane_get_available (self->map))
    rows = ut_map_pane_get_selection (self->map, &n_rows);
  if (self->inspection != NULL && ut_row_table_get_part (self->rows) == UT_DATA_TRAIN)
    ut_row_table_set_subset (self->rows, n_rows > 0 ? rows : NULL, n_rows);
}

static void
map_toggled_cb (UtDataDetails *self)
{
  gboolean active = gtk_toggle_button_get_active (self->map_button);

  if (active)
    ut_row_table_set_part (self->rows, UT_DATA_TRAIN);
  gtk_widget_set_visible (GTK_WIDGET (self->map), active);
  map_selection_changed_cb (self);
}

static void
map_available_cb (UtDataDetails *self)
{
  if (!ut_map_pane_get_available (self->map))
    gtk_toggle_button_set_active (self->map_button, FALSE);
}

static void
row_selected_cb (UtDataDetails *self,
                 int            row)
{
  if (gtk_toggle_button_get_active (self->map_button))
    ut_map_pane_point_at (self->map, row);
}

static void
row_activated_cb (UtDataDetails *self,
                  const char    *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.ask", "s", sentence);
}

/* Reading */

static void
set_inspection (UtDataDetails *self,
                UtInspection  *inspection)
{
  const UtInspectedPart *part = NULL;

  g_clear_pointer (&self->inspection, ut_inspection_unref);
  /* The losses belong to the rows that go. */
  update_losses (self);
  self->inspection = inspection;
  if (inspection != NULL)
    part = ut_inspection_get_part (inspection, UT_DATA_TRAIN);
  ut_row_table_set_inspection (self->rows, inspection);
  ut_map_pane_set_data (self->map, self->entry,
                        part != NULL ? ut_row_index_get_dataset (part->index) : NULL);
  if (inspection == NULL)
    return;

  fill_grid (self);
  update_histogram (self);
  update_coverage (self);
  update_losses (self);
}

static void
inspected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (UtDataDetails) self = data;
  g_autoptr (GError) error = NULL;
  UtInspection *inspection = ut_inspect_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      g_clear_pointer (&inspection, ut_inspection_unref);
      return;
    }

  g_clear_object (&self->reading);
  set_inspection (self, inspection);
  if (inspection == NULL)
    gtk_label_set_label (self->error_label, error->message);
  gtk_stack_set_visible_child (self->stack,
                               inspection != NULL ? self->facts_page : self->error_page);
}

static void
read_entry (UtDataDetails *self)
{
  g_autofree char *vectors = NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->entry == NULL || self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  vectors = g_settings_get_string (ut_session_get_settings (self->session), "vectors-path");
  self->reading = g_cancellable_new ();
  ut_inspect_async (self->entry, *vectors != '\0' ? vectors : NULL, self->reading, inspected_cb,
                    g_object_ref (self));
}

static void
vectors_changed_cb (UtDataDetails *self)
{
  read_entry (self);
}

/* What it holds was read when it was last to be seen. */
static void
ut_data_details_map (GtkWidget *widget)
{
  UtDataDetails *self = UT_DATA_DETAILS (widget);

  GTK_WIDGET_CLASS (ut_data_details_parent_class)->map (widget);
  if (self->inspection == NULL)
    read_entry (self);
  update_losses (self);
}

/* Buttons */

static void
use_cb (UtDataDetails *self)
{
  g_settings_set_string (ut_session_get_settings (self->session), "data",
                         ut_data_entry_get_key (self->entry));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "train");
}

static void
trashed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtSession) session = data;
  g_autoptr (GError) error = NULL;

  if (!ut_data_list_trash_finish (UT_DATA_LIST (source), result, &error))
    ut_session_send_message (session, error->message);
  else
    ut_session_send_message (session, _("The data set is in the trash."));
}

static void
trash_cb (UtDataDetails *self)
{
  ut_data_list_trash_async (ut_session_get_data (self->session), self->entry, trashed_cb,
                            g_object_ref (self->session));
}

/* GObject */

static void
ut_data_details_dispose (GObject *object)
{
  UtDataDetails *self = UT_DATA_DETAILS (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->losses);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_DATA_DETAILS);
  g_clear_object (&self->session);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (ut_data_details_parent_class)->dispose (object);
}

static void
ut_data_details_finalize (GObject *object)
{
  g_clear_pointer (&UT_DATA_DETAILS (object)->inspection, ut_inspection_unref);

  G_OBJECT_CLASS (ut_data_details_parent_class)->finalize (object);
}

static void
ut_data_details_class_init (UtDataDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_data_details_dispose;
  object_class->finalize = ut_data_details_finalize;
  widget_class->map = ut_data_details_map;

  g_type_ensure (UT_TYPE_HISTOGRAM);
  g_type_ensure (UT_TYPE_MAP_PANE);
  g_type_ensure (UT_TYPE_ROW_TABLE);
  g_type_ensure (UT_TYPE_TEST_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-data-details.ui");
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, spinner_page);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, error_page);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, error_label);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, facts_page);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, title_label);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, origin_label);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, map_button);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, use_button);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, trash_button);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, grid);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, histogram);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, coverage_label);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, map);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, test_line);
  gtk_widget_class_bind_template_child (widget_class, UtDataDetails, rows);
  gtk_widget_class_bind_template_callback (widget_class, map_available_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, part_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, trash_cb);
}

static void
ut_data_details_init (UtDataDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* One that turns has the window make every frame, even where it cannot be seen. */
  g_signal_connect (self->spinner_page, "map", G_CALLBACK (gtk_spinner_start), NULL);
  g_signal_connect (self->spinner_page, "unmap", G_CALLBACK (gtk_spinner_stop), NULL);
}

void
ut_data_details_set_session (UtDataDetails *self,
                             UtSession     *session)
{
  g_return_if_fail (UT_IS_DATA_DETAILS (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->losses = ut_row_losses_new (session);
  ut_map_pane_set_session (self->map, session);
  ut_test_line_set_session (self->test_line, session);
  g_signal_connect_object (self->losses, "changed", G_CALLBACK (losses_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_settings (session), "changed::vectors-path",
                           G_CALLBACK (vectors_changed_cb), self, G_CONNECT_SWAPPED);
}

void
ut_data_details_set_entry (UtDataDetails *self,
                           UtDataEntry   *entry)
{
  g_autofree char *origin = NULL;

  g_return_if_fail (UT_IS_DATA_DETAILS (self));
  g_return_if_fail (entry == NULL || UT_IS_DATA_ENTRY (entry));

  if (!g_set_object (&self->entry, entry))
    return;

  set_inspection (self, NULL);
  ut_test_line_set_entry (self->test_line, entry);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->spinner_page));
  if (entry == NULL)
    return;

  origin = dup_origin (entry);
  gtk_label_set_label (self->title_label, ut_data_entry_get_title (entry));
  gtk_label_set_label (self->origin_label, origin);
  gtk_widget_set_visible (self->trash_button, ut_data_entry_get_id (entry) == NULL);
  read_entry (self);
}
