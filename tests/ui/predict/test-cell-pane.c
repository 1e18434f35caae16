/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-cell-pane.h"
#include "ut-text-table.h"
#include "ut-unit-pane.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <ut-heat-map.h>

typedef struct
{
  UtModel *model;
  UtConfig *config;
  char *train_path;
  GtkWidget *window;
  UtCellPane *pane;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  UtConfigBuilder *builder;
  g_autoptr (GError) error = NULL;

  fixture->model = fixture_model_new ((FixtureParts) GPOINTER_TO_UINT (data));
  fixture->train_path = g_build_filename (g_test_get_dir (G_TEST_BUILT), "cell-pane.tsv", NULL);
  g_file_set_contents (fixture->train_path,
                       "sentence\tlabel\nthe film is good\t1\nbad and dull\t0\nnot great\t0\n"
                       "great , great film\t1\nfilm\t1\nthe film\t0\nis it\t0\nnot bad\t1\n"
                       "dull .\t0\ngood\t1\n", -1, &error);
  g_assert_no_error (error);
  builder = ut_config_builder_new (ut_model_get_config (fixture->model));
  ut_config_builder_set_files (builder, fixture->train_path, fixture->train_path);
  fixture->config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  fixture->pane = g_object_new (UT_TYPE_CELL_PANE, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (fixture->pane)));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ut_model_unref (fixture->model);
  ut_config_unref (fixture->config);
  g_remove (fixture->train_path);
  g_free (fixture->train_path);
}

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  GObject *child = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane), UT_TYPE_CELL_PANE,
                                                  name);

  if (child == NULL)
    {
      GObject *unit = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane), UT_TYPE_CELL_PANE,
                                                     "unit_pane");

      child = gtk_widget_get_template_child (GTK_WIDGET (unit), UT_TYPE_UNIT_PANE, name);
    }
  g_assert_nonnull (child);

  return child;
}

static const char *
get_text (Fixture    *fixture,
          const char *name)
{
  return gtk_label_get_text (get_child (fixture, name));
}

static gboolean
shows (Fixture    *fixture,
       const char *stack,
       const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (get_child (fixture, stack)), page) == 0;
}

static UtPrediction *
predict (UtModel    *model,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text), UT_READING_SENTENCES,
                                                NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

/* Shows the first sentence of @text, once it is read. */
static void
show (Fixture    *fixture,
      const char *text)
{
  g_autoptr (UtPrediction) prediction = predict (fixture->model, text);

  ut_cell_pane_show_sentence (fixture->pane, fixture->model, fixture->config, prediction, 0);
  ITER_UNTIL (shows (fixture, "pages", "cell"));
}

static void
test_finalize (void)
{
  GtkWidget *pane = g_object_ref_sink (g_object_new (UT_TYPE_CELL_PANE, NULL));

  g_assert_finalize_object (pane);
}

static void
count_cb (UtCellPane *pane,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static void
test_cursor (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtPrediction) prediction = predict (fixture->model, "The film is not good.");
  g_autoptr (UtCellTrace) trace = ut_cell_trace_new (fixture->model, prediction, 0, 0, 0, NULL,
                                                     NULL);
  g_autofree char *state = g_strdup_printf ("unit 3 at “not”: state %.2f · adds %+.2f to the "
                                            "logit if the text ended here",
                                            (double) ut_cell_trace_get (trace, UT_NN_SIGNAL_STATE,
                                                                        3, 2),
                                            ut_cell_trace_get_share (trace, 3, 2));
  g_autofree char *update = g_strdup_printf ("unit 3 at “not”: update gate %.2f",
                                             (double) ut_cell_trace_get (trace,
                                                                         UT_NN_SIGNAL_UPDATE, 3,
                                                                         2));
  guint notified = 0;

  g_test_summary ("The cursor is where the word is, and says what the unit does there");

  g_signal_connect (fixture->pane, "notify::word", G_CALLBACK (count_cb), &notified);
  show (fixture, "The film is not good.");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (get_child (
                        fixture, "signal_choice"))), ==, 4);
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "place_choice")));
  ut_cell_pane_set_word (fixture->pane, 1);
  g_assert_cmpint (ut_heat_map_get_word (get_child (fixture, "map")), ==, 1);
  ut_heat_map_set_word (get_child (fixture, "map"), 3);
  g_assert_cmpint (ut_cell_pane_get_word (fixture->pane), ==, 3);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_cmpstr (get_text (fixture, "reading_label"), ==,
                   "Choose a cell, and with Return its unit");
  ut_heat_map_set_unit (get_child (fixture, "map"), 2);
  g_assert_cmpstr (get_text (fixture, "reading_label"), ==, state);
  g_assert_true (g_str_has_prefix (get_text (fixture, "legend_label"), "Blue is above 0"));

  gtk_drop_down_set_selected (get_child (fixture, "signal_choice"), 2);
  g_assert_true (g_str_has_prefix (get_text (fixture, "reading_label"), update));
  g_assert_true (g_str_has_prefix (get_text (fixture, "legend_label"), "Blank is 0"));
}

static void
test_asleep (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtPrediction) first = predict (fixture->model, "The film is good.");
  g_autoptr (UtPrediction) second = predict (fixture->model, "Dull.");

  g_test_summary ("Nothing is read while nobody looks, and then what was asked for last");

  gtk_widget_set_visible (GTK_WIDGET (fixture->pane), FALSE);
  ut_cell_pane_show_sentence (fixture->pane, fixture->model, fixture->config, first, 0);
  ut_cell_pane_set_word (fixture->pane, 1);
  ut_cell_pane_show_sentence (fixture->pane, fixture->model, fixture->config, second, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (shows (fixture, "pages", "cell"));
  gtk_widget_set_visible (GTK_WIDGET (fixture->pane), TRUE);
  ITER_UNTIL (shows (fixture, "pages", "cell"));
  g_assert_cmpint (ut_heat_map_get_word (get_child (fixture, "map")), ==, 1);
}

static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  UtTextTable *table = get_child (fixture, "table");
  double before = INFINITY;

  g_test_summary ("The table has the units at the word, and their order is the one that is chosen");

  show (fixture, "The film is not good.");
  gtk_toggle_button_set_active (get_child (fixture, "table_button"), TRUE);
  g_assert_true (shows (fixture, "views", "table"));
  g_assert_cmpuint (ut_text_table_get_n_rows (table), ==, 8);
  g_assert_cmpstr (ut_text_table_get_text (table, 0, 0), ==, "unit 1");
  g_assert_cmpstr (ut_text_table_get_text (table, 7, 0), ==, "unit 8");

  gtk_drop_down_set_selected (get_child (fixture, "order_choice"), 2);
  for (guint i = 0; i < 8; i++)
    {
      double share = fabs (g_strtod (ut_text_table_get_text (table, i, 5), NULL));

      g_assert_cmpfloat (share, <=, before);
      before = share;
    }
  g_assert_cmpfloat (before, <, fabs (g_strtod (ut_text_table_get_text (table, 0, 5), NULL)));

  /* By the state at another word. */
  gtk_drop_down_set_selected (get_child (fixture, "order_choice"), 1);
  ut_cell_pane_set_word (fixture->pane, 0);
  before = INFINITY;
  for (guint i = 0; i < 8; i++)
    {
      double state = fabs (g_strtod (ut_text_table_get_text (table, i, 1), NULL));

      g_assert_cmpfloat (state, <=, before);
      before = state;
    }

  g_autofree char *title = g_strdup (ut_text_table_get_text (table, 0, 0));

  g_signal_emit_by_name (table, "row-activated", 0u);
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "unit_pane")));
  g_assert_cmpint (g_ascii_strcasecmp (get_text (fixture, "title"), title), ==, 0);
}

static void
test_directions (Fixture       *fixture,
                 gconstpointer  data)
{
  GListModel *places;
  g_autofree char *forward = NULL;

  g_test_summary ("Each direction is a choice; its weights do not add up at each word");

  show (fixture, "The film is not good.");
  places = gtk_drop_down_get_model (get_child (fixture, "place_choice"));
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "place_choice")));
  g_assert_cmpuint (g_list_model_get_n_items (places), ==, 2);
  ut_heat_map_set_unit (get_child (fixture, "map"), 0);
  ut_heat_map_set_word (get_child (fixture, "map"), 0);
  forward = g_strdup (get_text (fixture, "reading_label"));
  g_assert_nonnull (strstr (forward, " · weight times state: "));
  gtk_drop_down_set_selected (get_child (fixture, "place_choice"), 1);
  /* The units of another direction are others. */
  ITER_UNTIL (ut_heat_map_get_unit (get_child (fixture, "map")) < 0);
  ut_heat_map_set_unit (get_child (fixture, "map"), 0);
  ITER_UNTIL (strcmp (forward, get_text (fixture, "reading_label")) != 0);
}

static void
test_problem (Fixture       *fixture,
              gconstpointer  data)
{
  const UtNnShape shape = UT_NN_SHAPE_BAG_INIT (14, 31);
  const UtDataFacts facts = { 0 };
  UtNnModel *weights;

  g_test_summary ("A model without a cell says so in place, and one with a cell takes it back");

  g_assert_cmpint (ut_nn_model_new (&shape, &weights), ==, UT_NN_OK);

  g_autoptr (UtModel) bag = ut_model_new (fixture->config,
                                          ut_model_get_vocabulary (fixture->model), NULL, weights,
                                          &facts);
  g_autoptr (UtPrediction) prediction = predict (bag, "Good film.");

  ut_cell_pane_show_sentence (fixture->pane, bag, fixture->config, prediction, 0);
  g_assert_true (shows (fixture, "pages", "problem"));
  g_assert_cmpstr (get_text (fixture, "problem_label"), ==, ut_cell_trace_get_objection (bag));
  show (fixture, "Good film.");
}

static guint
count_rows (Fixture *fixture)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (get_child (fixture, "list"), (int) n) != NULL)
    n++;

  return n;
}

static void
test_unit (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *unit_pane = get_child (fixture, "unit_pane");
  g_autoptr (GError) error = NULL;
  g_autoptr (UtCorpus) corpus = ut_corpus_read (fixture->config, NULL, NULL, NULL, &error);
  g_autoptr (UtUnitPhrases) phrases = NULL;
  const UtUnitPhrase *first;
  gsize n;

  g_test_summary ("A unit that is chosen has its phrases beside it, at either end of its range");

  g_assert_no_error (error);
  phrases = ut_unit_phrases_new (fixture->model, ut_corpus_get_train (corpus), NULL, NULL, NULL,
                                 &error);
  g_assert_no_error (error);
  show (fixture, "The film is not good.");
  g_assert_false (gtk_widget_get_visible (unit_pane));
  g_signal_emit_by_name (get_child (fixture, "map"), "unit-activated", 4u);
  g_assert_true (gtk_widget_get_visible (unit_pane));
  g_assert_cmpstr (get_text (fixture, "title"), ==, "Unit 5");
  g_assert_true (shows (fixture, "stack", "progress"));
  ITER_UNTIL (shows (fixture, "stack", "list"));

  first = ut_unit_phrases_get (phrases, 0, 0, 4, UT_UNIT_HIGHEST, &n);
  g_assert_cmpuint (count_rows (fixture), ==, n);

  g_autofree char *text = ut_dataset_dup_sentence (ut_corpus_get_train (corpus), first->row);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *name = g_strdup_printf ("%s: %+.2f after “%s”", text, (double) first->value,
                                           words[first->word]);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (get_child (fixture, "list"), 0);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  gtk_drop_down_set_selected (get_child (fixture, "end_choice"), 1);
  g_assert_nonnull (strstr (get_text (fixture, "caption"), "lower"));
  ut_unit_phrases_get (phrases, 0, 0, 4, UT_UNIT_LOWEST, &n);
  g_assert_cmpuint (count_rows (fixture), ==, n);

  /* They are all known now. */
  g_signal_emit_by_name (get_child (fixture, "map"), "unit-activated", 1u);
  g_assert_true (shows (fixture, "stack", "list"));
  g_assert_cmpstr (get_text (fixture, "title"), ==, "Unit 2");
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  g_test_summary ("Training rows that are gone are named in place");

  show (fixture, "The film is not good.");
  g_assert_cmpint (g_remove (fixture->train_path), ==, 0);
  g_signal_emit_by_name (get_child (fixture, "map"), "unit-activated", 4u);
  ITER_UNTIL (shows (fixture, "stack", "problem"));
  g_assert_nonnull (strstr (get_text (fixture, "failure_label"), "cell-pane.tsv"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!fixture_has_display ())
    return 0;

  g_test_add_func ("/cell-pane/finalize", test_finalize);
  g_test_add ("/cell-pane/cursor", Fixture, NULL, set_up, test_cursor, tear_down);
  g_test_add ("/cell-pane/asleep", Fixture, NULL, set_up, test_asleep, tear_down);
  g_test_add ("/cell-pane/table", Fixture, NULL, set_up, test_table, tear_down);
  g_test_add ("/cell-pane/directions", Fixture, GUINT_TO_POINTER (FIXTURE_BIDIRECTIONAL), set_up,
              test_directions, tear_down);
  g_test_add ("/cell-pane/problem", Fixture, NULL, set_up, test_problem, tear_down);
  g_test_add ("/cell-pane/unit", Fixture, NULL, set_up, test_unit, tear_down);
  g_test_add ("/cell-pane/gone", Fixture, NULL, set_up, test_gone, tear_down);

  return g_test_run ();
}
