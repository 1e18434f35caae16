/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-predict-page.h"
#include "ut-review-view.h"
#include "ut-sentence-pane.h"
#include "ut-what-if-bar.h"
#include "ut-what-if-popover.h"
#include "ut-word-table.h"

#include <string.h>
#include <ut-word-curve.h>

typedef struct
{
  UtModel *model;
  UtRunStore *store;
  GSettings *settings;
  UtSession *session;
  GtkWidget *window;
  GtkWidget *page;
  UtReviewView *view;  /* (unowned) */
  UtWordCurve *curve;  /* (unowned) */
  UtWordTable *table;  /* (unowned) */
  GtkLabel *line;      /* (unowned) */
  GtkWidget *bar;      /* (unowned) */
} Fixture;

static gpointer
get_child (gpointer    widget,
           const char *name)
{
  GObject *child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (child);
  return child;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->model = fixture_model_new ((FixtureParts) GPOINTER_TO_UINT (data));
  fixture->store = fixture_store_new (g_test_get_dir (G_TEST_BUILT));
  fixture->settings = g_settings_new (APPLICATION_ID);
  g_settings_reset (fixture->settings, "read-text");
  fixture->session = ut_session_new (fixture->store, fixture->settings);
  fixture->page = ut_predict_page_new (fixture->session);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1040, 760);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (fixture->page));

  GtkWidget *pane = get_child (fixture->page, "sentence_pane");
  fixture->view = get_child (fixture->page, "view");
  fixture->curve = get_child (pane, "curve");
  fixture->table = get_child (pane, "table");
  fixture->bar = get_child (pane, "what_if_bar");
  fixture->line = get_child (fixture->bar, "label");
  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, fixture->model, "Tiny"));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->store);
  ut_model_unref (fixture->model);
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
}

static void
assert_text (Fixture    *fixture,
             const char *expected)
{
  g_autofree char *text = ut_review_view_dup_text (fixture->view);

  g_assert_cmpstr (text, ==, expected);
}

/* Types @text and waits until word @word of it is at the caret. */
static void
type (Fixture    *fixture,
      const char *text,
      int         word)
{
  GtkTextBuffer *buffer = get_buffer (fixture);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  ITER_UNTIL (ut_review_view_get_word (fixture->view) >= word);
  ut_review_view_set_word (fixture->view, word);
  g_assert_cmpint (ut_review_view_get_word (fixture->view), ==, word);
}

static gboolean
is_comparing (Fixture *fixture)
{
  return gtk_widget_get_visible (fixture->bar);
}

static gboolean
says (Fixture    *fixture,
      const char *start)
{
  return is_comparing (fixture) && g_str_has_prefix (gtk_label_get_text (fixture->line), start);
}

/* Does what a key does, or an item of the menu. */
static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL));
}

/* Whether Escape does something on the page. */
static gboolean
press_escape (Fixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->page);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (
              gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, "Escape"))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                                 GTK_SHORTCUT_ACTION_EXCLUSIVE, fixture->page,
                                                 NULL);
        }
    }

  g_assert_not_reached ();
}

static double
predict (Fixture    *fixture,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (fixture->model, text, strlen (text),
                                                           UT_READING_SENTENCES, NULL, &error);

  g_assert_no_error (error);
  return prediction->probability;
}

/* What the curve says of word @word. */
static char *
read_word (Fixture *fixture,
           int      word)
{
  ut_word_curve_set_selected (fixture->curve, word);

  return ut_word_curve_dup_reading (fixture->curve);
}

static void
test_strike_out (Fixture       *fixture,
                 gconstpointer  data)
{
  g_test_summary ("The word goes from the text, in one step that undoes and redoes; the line and the "
                  "curve compare with what was");
  double before = predict (fixture, "The film is not bad and dull.");
  double after = predict (fixture, "The film is bad and dull.");
  g_autofree char *start = g_strdup_printf ("Without “not”: positive %.2f → %.2f. ", before, after);

  type (fixture, "Great film. The film is not bad and dull.", 6);
  g_assert_false (is_comparing (fixture));
  act (fixture, "word.strike-out");
  assert_text (fixture, "Great film. The film is bad and dull.");
  ITER_UNTIL (says (fixture, start));
  g_test_message ("%s", gtk_label_get_text (fixture->line));
  g_assert_nonnull (strstr (gtk_label_get_text (fixture->line), "This model "));
  gtk_test_accessible_assert_role (fixture->line, GTK_ACCESSIBLE_ROLE_STATUS);

  g_autofree char *struck = read_word (fixture, 3);
  g_autofree char *behind = read_word (fixture, 4);
  g_test_message ("%s; %s", struck, behind);
  g_assert_true (g_str_has_prefix (struck, "not (struck out) · Tiny: "));
  g_assert_nonnull (strstr (struck, " · before: "));
  g_assert_true (g_str_has_prefix (behind, "bad · Tiny: "));
  g_test_message ("the selection of the curve is that of the text's words");
  g_assert_cmpint (ut_word_table_get_selected (fixture->table), ==, 3);

  g_test_message ("undo and redo");
  gtk_text_buffer_undo (get_buffer (fixture));
  assert_text (fixture, "Great film. The film is not bad and dull.");
  ITER_UNTIL (!is_comparing (fixture));
  g_assert_false (gtk_text_buffer_get_can_undo (get_buffer (fixture)) == FALSE);
  gtk_text_buffer_redo (get_buffer (fixture));
  assert_text (fixture, "Great film. The film is bad and dull.");
  ITER_UNTIL (says (fixture, start));

  g_test_message ("another sentence, and back");
  ut_review_view_set_sentence (fixture->view, 0);
  g_assert_false (is_comparing (fixture));
  ut_review_view_set_sentence (fixture->view, 1);
  g_assert_true (says (fixture, start));

  g_test_message ("Escape");
  g_assert_true (press_escape (fixture));
  g_assert_false (is_comparing (fixture));
  assert_text (fixture, "Great film. The film is bad and dull.");
}

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  g_test_summary ("Edits add up; each undo takes one off; typing in the sentence ends the comparison");

  type (fixture, "The film is bad and dull.", 3);
  act (fixture, "word.negate");
  assert_text (fixture, "The film is not bad and dull.");
  ITER_UNTIL (says (fixture, "With “not” before “bad”: "));
  g_assert_cmpint (ut_review_view_get_word (fixture->view), ==, 4);
  ut_review_view_set_word (fixture->view, 6);
  act (fixture, "word.strike-out");
  assert_text (fixture, "The film is not bad and.");
  ITER_UNTIL (says (fixture, "After 2 edits: "));
  gtk_text_buffer_undo (get_buffer (fixture));
  ITER_UNTIL (says (fixture, "With “not” before “bad”: "));
  gtk_text_buffer_redo (get_buffer (fixture));
  ITER_UNTIL (says (fixture, "After 2 edits: "));

  gtk_text_buffer_insert_at_cursor (get_buffer (fixture), "x", -1);
  ITER_UNTIL (!is_comparing (fixture));
  g_test_message ("and it does not come back");
  gtk_text_buffer_undo (get_buffer (fixture));
  assert_text (fixture, "The film is not bad and.");
  for (int i = 0; i < 3; i++)
    ITER_UNTIL (!g_main_context_pending (NULL));
  g_assert_false (is_comparing (fixture));
}

static void
test_only_word (Fixture       *fixture,
                gconstpointer  data)
{
  g_test_summary ("The only word of the text may go");

  type (fixture, "bad", 0);
  act (fixture, "word.strike-out");
  assert_text (fixture, "");
  ITER_UNTIL (says (fixture, "Without “bad”: "));
  g_assert_nonnull (strstr (gtk_label_get_text (fixture->line), "No word is left"));
  gtk_text_buffer_undo (get_buffer (fixture));
  assert_text (fixture, "bad");
  ITER_UNTIL (!is_comparing (fixture));
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("The whole text read as one is compared as a whole");

  gtk_drop_down_set_selected (get_child (fixture->page, "reading_choice"), 1);
  type (fixture, "Great film. Not bad.", 3);
  act (fixture, "word.strike-out");
  assert_text (fixture, "Great film. Bad.");
  ITER_UNTIL (says (fixture, "Without “not”: "));
  g_autofree char *first = read_word (fixture, 0);
  g_assert_true (g_str_has_prefix (first, "great · "));
  g_test_message ("read otherwise, it is another sentence");
  gtk_drop_down_set_selected (get_child (fixture->page, "reading_choice"), 0);
  ITER_UNTIL (!is_comparing (fixture));
}

static void
test_other_run (Fixture       *fixture,
                gconstpointer  data)
{
  g_test_summary ("Another run compares the same edits");
  g_autoptr (UtModel) other = fixture_model_new (FIXTURE_BIDIRECTIONAL);

  type (fixture, "The film is not bad.", 3);
  act (fixture, "word.strike-out");
  ITER_UNTIL (says (fixture, "Without “not”: "));
  g_autofree char *first = g_strdup (gtk_label_get_text (fixture->line));
  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, other, "Other"));
  ITER_UNTIL (says (fixture, "Without “not”: ") &&
              strcmp (gtk_label_get_text (fixture->line), first) != 0);
}

static void
edited_cb (UtWhatIfPopover *popover,
           guint            word,
           guint            kind,
           const char      *text,
           gpointer         data)
{
  char **told = data;

  g_free (*told);
  *told = g_strdup_printf ("%u %u %s", word, kind, text != NULL ? text : "-");
}

/* (transfer none) (nullable): what is said under the entry. */
static const char *
get_status (GtkWidget *popover)
{
  return gtk_label_get_text (get_child (popover, "status"));
}

static void
test_popover (Fixture       *fixture,
              gconstpointer  data)
{
  g_test_summary ("The popover suggests the nearest words, says where there are none, and tells of "
                  "what is chosen");
  GtkWidget *popover = g_object_ref_sink (ut_what_if_popover_new ());
  g_autofree char *told = NULL;

  gtk_widget_set_parent (popover, fixture->window);
  g_signal_connect (popover, "edit", G_CALLBACK (edited_cb), &told);

  g_test_message ("a word that the model knows");
  ut_what_if_popover_set_word (UT_WHAT_IF_POPOVER (popover), fixture->model, 5, "good");
  GtkFlowBox *suggestions = get_child (popover, "suggestions");
  ITER_UNTIL (gtk_widget_get_visible (GTK_WIDGET (suggestions)));
  g_assert_nonnull (gtk_flow_box_get_child_at_index (suggestions, 7));
  g_assert_null (gtk_flow_box_get_child_at_index (suggestions, 8));
  GtkWidget *first = gtk_flow_box_child_get_child (gtk_flow_box_get_child_at_index (suggestions, 0));
  g_autofree char *expected = g_strdup_printf ("5 %d %s", UT_EDIT_REPLACE,
                                               gtk_button_get_label (GTK_BUTTON (first)));
  g_signal_emit_by_name (first, "clicked");
  g_assert_cmpstr (told, ==, expected);

  g_test_message ("what is typed, but for nothing");
  GtkEditable *entry = get_child (popover, "entry");
  gtk_editable_set_text (entry, "  ");
  g_assert_false (gtk_widget_get_sensitive (get_child (popover, "replace_button")));
  g_clear_pointer (&told, g_free);
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (told);
  gtk_editable_set_text (entry, "rather good");
  g_assert_true (gtk_widget_get_sensitive (get_child (popover, "replace_button")));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (told, ==, "5 1 rather good");

  g_test_message ("a word that it does not know");
  ut_what_if_popover_set_word (UT_WHAT_IF_POPOVER (popover), fixture->model, 6, "xyzzy");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (suggestions)));
  ITER_UNTIL (strstr (get_status (popover), "does not know this word") != NULL);
  g_signal_emit_by_name (get_child (popover, "strike_button"), "clicked");
  g_assert_cmpstr (told, ==, "6 0 -");

  g_test_message ("an answer that nobody waits for");
  ut_what_if_popover_set_word (UT_WHAT_IF_POPOVER (popover), fixture->model, 7, "bad");
  gtk_widget_unparent (popover);
  g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *) &popover);
  g_object_unref (popover);
  ITER_UNTIL (popover == NULL);
}

static void
test_ways_in (Fixture       *fixture,
              gconstpointer  data)
{
  g_test_summary ("Return in curve and table opens the popover; Delete in the table strikes out; "
                  "without a word the actions rest");
  GMenuModel *menu = gtk_text_view_get_extra_menu (GTK_TEXT_VIEW (fixture->view));

  g_assert_false (press_escape (fixture));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 0);
  type (fixture, "The film is not bad.", 3);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 1);
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_autofree char *label = NULL;
  g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_LABEL, "s", &label);
  g_assert_cmpstr (label, ==, "Strike Out “not”");

  GtkWidget *popover = gtk_widget_get_last_child (fixture->page);
  g_assert_true (UT_IS_WHAT_IF_POPOVER (popover));
  ITER_UNTIL (gtk_widget_get_height (GTK_WIDGET (fixture->curve)) > 1);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->curve));
  g_signal_emit_by_name (fixture->curve, "word-activated", 4);
  ITER_UNTIL (gtk_widget_get_mapped (popover));
  g_assert_cmpstr (gtk_label_get_text (get_child (popover, "title")), ==, "“bad”");
  gtk_popover_popdown (GTK_POPOVER (popover));
  ITER_UNTIL (!gtk_widget_get_mapped (popover));
  g_test_message ("who had the focus gets it back");
  ITER_UNTIL (gtk_root_get_focus (GTK_ROOT (fixture->window)) == GTK_WIDGET (fixture->curve));
  g_signal_emit_by_name (fixture->table, "word-struck-out", 3);
  assert_text (fixture, "The film is bad.");
  ITER_UNTIL (says (fixture, "Without “not”: "));

  g_test_message ("a word that was struck out has nothing to be done to");
  g_signal_emit_by_name (fixture->curve, "word-activated", 3);
  g_assert_false (gtk_widget_get_visible (popover));
  g_test_message ("the cross");
  g_signal_emit_by_name (fixture->bar, "closed");
  g_assert_false (is_comparing (fixture));
}

static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_test_summary ("A sentence of 4,096 words is compared");
  g_autoptr (GString) text = g_string_new ("not");

  for (int i = 0; i < 4094; i++)
    g_string_append (text, i % 7 == 0 ? " bad" : " film");
  g_string_append (text, ".");
  type (fixture, text->str, 0);
  act (fixture, "word.strike-out");
  ITER_UNTIL (says (fixture, "Without “not”: "));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!fixture_has_display ())
    return 0;

  g_test_add ("/word-editor/strike-out", Fixture, NULL, set_up, test_strike_out, tear_down);
  g_test_add ("/word-editor/strike-out/both-ends", Fixture, GUINT_TO_POINTER (FIXTURE_BIDIRECTIONAL),
              set_up, test_strike_out, tear_down);
  g_test_add ("/word-editor/strike-out/attention", Fixture, GUINT_TO_POINTER (FIXTURE_ATTENTION),
              set_up, test_strike_out, tear_down);
  g_test_add ("/word-editor/several", Fixture, NULL, set_up, test_several, tear_down);
  g_test_add ("/word-editor/only-word", Fixture, NULL, set_up, test_only_word, tear_down);
  g_test_add ("/word-editor/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/word-editor/other-run", Fixture, NULL, set_up, test_other_run, tear_down);
  g_test_add ("/word-editor/popover", Fixture, NULL, set_up, test_popover, tear_down);
  g_test_add ("/word-editor/ways-in", Fixture, NULL, set_up, test_ways_in, tear_down);
  g_test_add ("/word-editor/long", Fixture, NULL, set_up, test_long, tear_down);
  return g_test_run ();
}
