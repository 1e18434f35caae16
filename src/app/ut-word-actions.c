/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-actions.h"

#include "ut-what-if-popover.h"

#include <glib/gi18n.h>

/* More of a word makes a menu too wide. */
#define MOST_CHARACTERS 24

struct _UtWordActions
{
  GObject parent_instance;

  GtkWidget *page;       /* (unowned) (nullable): until this is disposed of */
  UtReviewView *view;    /* (owned) (nullable) */
  UtSentencePane *pane;  /* (owned) (nullable) */
  UtLanes *lanes;        /* (owned) (nullable) */
  UtWordEditor *editor;  /* (owned) (nullable) */
  GtkWidget *popover;    /* (owned) (nullable): a child of the page */
  GtkWidget *focus;      /* (unowned) (nullable): a weak pointer: what had it before the popover */
  guint refocus_source;
  GMenu *menu;           /* (owned) */
  GActionMap *actions;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (UtWordActions, ut_word_actions, G_TYPE_OBJECT)

/* (transfer none) (nullable): what the front says of word @index. */
static const UtWordAnswer *
get_answer (UtWordActions *self,
            int            index)
{
  const UtPrediction *prediction =
    ut_lanes_get_prediction (self->lanes, ut_lanes_get_front (self->lanes));

  if (prediction == NULL || index < 0 || (gsize) index >= prediction->n_words)
    return NULL;

  return &prediction->words[index];
}

/* (transfer full): @word as a menu names it. */
static char *
shorten (const char *word)
{
  if (g_utf8_strlen (word, -1) <= MOST_CHARACTERS)
    return g_strdup (word);

  g_autofree char *start = g_utf8_substring (word, 0, MOST_CHARACTERS - 1);

  return g_strconcat (start, "…", NULL);
}

static void
add_item (GMenu      *menu,
          const char *format,
          const char *word,
          const char *action)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *label = g_strjoin (word, parts[0], parts[1], NULL);
  /* An underscore would be taken for that of a mnemonic. */
  g_auto (GStrv) pieces = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", pieces);

  g_menu_append (menu, escaped, action);
}

/* Names the word at the caret in the context menu. */
static void
update (UtWordActions *self)
{
  static const char *const names[] = { "strike-out", "negate", "replace" };
  const UtWordAnswer *answer = get_answer (self, ut_review_view_get_word (self->view));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (self->actions,
                                                                             names[i])),
                                 answer != NULL);

  g_menu_remove_all (self->menu);
  if (answer == NULL)
    return;

  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *word = shorten (answer->word);

  add_item (section, _("Strike Out “%s”"), word, "word.strike-out");
  add_item (section, _("Put “not” before “%s”"), word, "word.negate");
  add_item (section, _("Replace “%s”…"), word, "word.replace");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (section));
}

/* Offers the edits of word @index beside @area of @widget. */
static void
open_popover (UtWordActions      *self,
              int                 index,
              GtkWidget          *widget,
              const GdkRectangle *area)
{
  const UtWordAnswer *answer = get_answer (self, index);
  UtPredictReader *front = ut_lanes_get_reader (self->lanes, ut_lanes_get_front (self->lanes));
  UtModel *model = ut_predict_reader_get_model (front);
  double x, y;

  if (answer == NULL || model == NULL ||
      !gtk_widget_translate_coordinates (widget, self->page, area->x, area->y, &x, &y))
    return;

  GdkRectangle rectangle = { (int) x, (int) y, MAX (area->width, 1), MAX (area->height, 1) };
  const GdkRectangle bounds = { 0, 0, gtk_widget_get_width (self->page),
                                gtk_widget_get_height (self->page) };

  /* GTK has no place for a popover beside what lies outside the window, as a word does that has been
   * scrolled out of sight. */
  if (!gdk_rectangle_intersect (&rectangle, &bounds, &rectangle))
    rectangle = (GdkRectangle) { bounds.width / 2, bounds.height / 2, 1, 1 };

  g_set_weak_pointer (&self->focus, gtk_root_get_focus (gtk_widget_get_root (self->page)));
  ut_what_if_popover_set_word (UT_WHAT_IF_POPOVER (self->popover), model, (guint) index,
                               answer->word);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &rectangle);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static gboolean
refocus_cb (gpointer data)
{
  UtWordActions *self = data;

  self->refocus_source = 0;
  if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);

  return G_SOURCE_REMOVE;
}

/* GTK takes the focus away from what is in the popover, after this, and gives it to nobody. */
static void
closed_cb (UtWordActions *self)
{
  if (self->refocus_source == 0)
    self->refocus_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refocus_cb, self, NULL);
}

static void
edit_cb (UtWordActions *self,
         guint          word,
         guint          kind,
         const char    *text)
{
  ut_word_editor_edit (self->editor, word, (UtEditKind) kind, text);
}

/* Word @index was activated in the pane. */
static void
pane_activated_cb (UtWordActions *self,
                   guint          index)
{
  GdkRectangle area;
  GtkWidget *widget = ut_sentence_pane_get_word_area (self->pane, &area);

  open_popover (self, (int) index, widget, &area);
}

static void
pane_struck_out_cb (UtWordActions *self,
                    guint          index)
{
  edit_cb (self, index, UT_EDIT_STRIKE_OUT, NULL);
}

/* Actions */

static void
strike_out_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  UtWordActions *self = data;

  edit_cb (self, (guint) ut_review_view_get_word (self->view), UT_EDIT_STRIKE_OUT, NULL);
}

static void
negate_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  UtWordActions *self = data;

  edit_cb (self, (guint) ut_review_view_get_word (self->view), UT_EDIT_NEGATE, NULL);
}

static void
replace_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  UtWordActions *self = data;
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GdkRectangle area;

  gtk_text_view_get_cursor_locations (view, NULL, &area, NULL);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, area.x, area.y, &area.x,
                                         &area.y);
  area.x = CLAMP (area.x, 0, gtk_widget_get_width (GTK_WIDGET (view)));
  area.y = CLAMP (area.y, 0, gtk_widget_get_height (GTK_WIDGET (view)));
  open_popover (self, ut_review_view_get_word (self->view), GTK_WIDGET (view), &area);
}

/* Escape goes on to others where there is nothing to end. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  UtWordActions *self = data;

  if (self->editor == NULL || !ut_word_editor_is_active (self->editor))
    return FALSE;

  ut_word_editor_end (self->editor);
  return TRUE;
}

static const GActionEntry entries[] = {
  { .name = "strike-out", .activate = strike_out_cb },
  { .name = "negate", .activate = negate_cb },
  { .name = "replace", .activate = replace_cb },
};

/* The menu is about the word at the caret: a click for it takes the caret along, unless it is on
 * what is selected. */
static void
menu_pressed_cb (UtWordActions   *self,
                 int              n_press,
                 double           x,
                 double           y,
                 GtkGestureClick *gesture)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter, start, end;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);
  gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y);
  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end) &&
      gtk_text_iter_in_range (&iter, &start, &end))
    return;

  gtk_text_buffer_place_cursor (buffer, &iter);
}

/* Has @widget and what it holds listen to a key. */
static void
add_key (GtkWidget           *widget,
         GtkPropagationPhase  phase,
         const char          *trigger,
         GtkShortcutAction   *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), action));
  gtk_widget_add_controller (widget, controller);
}

static void
add_keys (UtWordActions *self)
{
  static const struct
  {
    const char *trigger;
    const char *action;
  } keys[] = {
    { "<Alt>Delete|<Alt>KP_Delete", "word.strike-out" },
    { "<Alt>Insert|<Alt>KP_Insert", "word.negate" },
    { "<Alt>Return|<Alt>KP_Enter", "word.replace" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *widgets[] = { GTK_WIDGET (self->view), GTK_WIDGET (self->pane) };

      /* Before the text takes Return for itself. */
      for (gsize k = 0; k < G_N_ELEMENTS (widgets); k++)
        add_key (widgets[k], GTK_PHASE_CAPTURE, keys[i].trigger,
                 gtk_named_action_new (keys[i].action));
    }
  add_key (self->page, GTK_PHASE_BUBBLE, "Escape",
           gtk_callback_action_new (escape_cb, g_object_ref (self), g_object_unref));
}

static void
add_menu (UtWordActions *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (menu_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self->view), G_MENU_MODEL (self->menu));
}

static void
ut_word_actions_dispose (GObject *object)
{
  UtWordActions *self = UT_WORD_ACTIONS (object);

  /* The key of the page holds this for longer than the page holds what it is told by. */
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  if (self->lanes != NULL)
    g_signal_handlers_disconnect_by_data (self->lanes, self);
  if (self->pane != NULL)
    g_signal_handlers_disconnect_by_data (self->pane, self);
  if (self->popover != NULL)
    gtk_widget_unparent (self->popover);
  g_clear_handle_id (&self->refocus_source, g_source_remove);
  g_clear_object (&self->popover);
  g_clear_weak_pointer (&self->focus);
  if (self->page != NULL)
    gtk_widget_insert_action_group (self->page, "word", NULL);
  self->page = NULL;
  g_clear_object (&self->view);
  g_clear_object (&self->pane);
  g_clear_object (&self->lanes);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (ut_word_actions_parent_class)->dispose (object);
}

static void
ut_word_actions_finalize (GObject *object)
{
  UtWordActions *self = UT_WORD_ACTIONS (object);

  g_clear_object (&self->menu);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (ut_word_actions_parent_class)->finalize (object);
}

static void
ut_word_actions_class_init (UtWordActionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_word_actions_dispose;
  object_class->finalize = ut_word_actions_finalize;
}

static void
ut_word_actions_init (UtWordActions *self)
{
  self->menu = g_menu_new ();
  self->actions = G_ACTION_MAP (g_simple_action_group_new ());
  g_action_map_add_action_entries (self->actions, entries, G_N_ELEMENTS (entries), self);
}

UtWordActions *
ut_word_actions_new (GtkWidget      *page,
                     UtReviewView   *view,
                     UtSentencePane *pane,
                     UtLanes        *lanes,
                     UtWordEditor   *editor)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (view), NULL);
  g_return_val_if_fail (UT_IS_SENTENCE_PANE (pane), NULL);
  g_return_val_if_fail (UT_IS_LANES (lanes), NULL);
  g_return_val_if_fail (UT_IS_WORD_EDITOR (editor), NULL);

  UtWordActions *self = g_object_new (UT_TYPE_WORD_ACTIONS, NULL);

  self->page = page;
  self->view = g_object_ref (view);
  self->pane = g_object_ref (pane);
  self->lanes = g_object_ref (lanes);
  self->editor = g_object_ref (editor);
  self->popover = g_object_ref_sink (ut_what_if_popover_new ());
  gtk_widget_set_parent (self->popover, page);
  gtk_widget_insert_action_group (page, "word", G_ACTION_GROUP (self->actions));
  add_keys (self);
  add_menu (self);

  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::word", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanes, "answered", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (pane, "word-activated", G_CALLBACK (pane_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "word-struck-out", G_CALLBACK (pane_struck_out_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}
