/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-editor.h"

#include "ut-text-change.h"
#include "ut-what-if-text.h"
#include "ut-word-table.h"

#include <string.h>

/* What a lane was asked last, and what it answered last. */
typedef struct
{
  GCancellable *asking; /* (owned) (nullable) */
  UtModel *asked;       /* (owned) (nullable) */
  guint64 asked_key;
  UtWhatIf *what_if;    /* (owned) (nullable) */
  char *problem;        /* (owned) (nullable): why there is none */
  UtModel *model;       /* (owned) (nullable): who answered */
  guint64 key;
} Lane;

struct _UtWordEditor
{
  GObject parent_instance;

  UtReviewView *view; /* (unowned) (nullable): a weak pointer */
  UtLanes *lanes;     /* (owned) */
  UtEditTrail *trail; /* (owned) (nullable) */
  GtkTextMark *start; /* (owned) (nullable): of the trail's sentence */
  GArray *answers;    /* (owned) (element-type Lane) */
  guint serial;       /* of the edits */
};

G_DEFINE_FINAL_TYPE (UtWordEditor, ut_word_editor, G_TYPE_OBJECT)

static guint changed_signal;

/* The callback of a lane that was asked. */
typedef struct
{
  UtWordEditor *self; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  guint lane;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->self);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
lane_stop (Lane *lane)
{
  if (lane->asking != NULL)
    g_cancellable_cancel (lane->asking);
  g_clear_object (&lane->asking);
  g_clear_pointer (&lane->asked, ut_model_unref);
}

static void
lane_clear (gpointer data)
{
  Lane *lane = data;

  lane_stop (lane);
  g_clear_pointer (&lane->what_if, ut_what_if_unref);
  g_clear_pointer (&lane->problem, g_free);
  g_clear_pointer (&lane->model, ut_model_unref);
}

static GtkTextBuffer *
get_buffer (UtWordEditor *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

/* (transfer none): whose words are edited. */
static UtPredictReader *
get_front (UtWordEditor *self)
{
  return ut_lanes_get_reader (self->lanes, ut_lanes_get_front (self->lanes));
}

/* (transfer none) (nullable): the front's answers to the present text, if it has answered yet. */
static const UtPrediction *
get_prediction (UtWordEditor *self)
{
  UtPredictReader *front = get_front (self);

  if (strcmp (ut_predict_reader_get_text (front), ut_lanes_get_text (self->lanes)) != 0)
    return NULL;

  return ut_predict_reader_get_prediction (front);
}

static void
emit_changed (UtWordEditor *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Forgets the comparison and tells nobody. */
static void
forget (UtWordEditor *self)
{
  g_array_set_size (self->answers, 0);
  g_clear_pointer (&self->trail, ut_edit_trail_free);
  if (self->start != NULL && self->view != NULL)
    gtk_text_buffer_delete_mark (get_buffer (self), self->start);
  g_clear_object (&self->start);
}

/* What the edits are that lanes are asked about. */
static guint64
get_key (UtWordEditor *self)
{
  return ((guint64) self->serial << 32) | ut_edit_trail_get_stage (self->trail);
}

static gboolean
has_edits (UtWordEditor *self)
{
  gsize n_edits = 0;

  if (self->trail != NULL)
    ut_edit_trail_get_edits (self->trail, &n_edits);

  return n_edits > 0;
}

/* Asking */

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtWhatIf) what_if = ut_edit_trail_ask_finish (result, &error);
  UtWordEditor *self = request->self;

  if (request->lane >= self->answers->len)
    return;

  Lane *lane = &g_array_index (self->answers, Lane, request->lane);

  if (lane->asking != request->cancellable)
    return;

  g_clear_object (&lane->asking);
  g_clear_pointer (&lane->what_if, ut_what_if_unref);
  g_clear_pointer (&lane->problem, g_free);
  g_clear_pointer (&lane->model, ut_model_unref);
  if (what_if == NULL)
    lane->problem = g_strdup (error->message);
  lane->what_if = g_steal_pointer (&what_if);
  lane->model = g_steal_pointer (&lane->asked);
  lane->key = lane->asked_key;
  emit_changed (self);
}

/* Has @index read both sentences, unless it has, or does. */
static void
ask (UtWordEditor *self,
     guint         index)
{
  Lane *lane = &g_array_index (self->answers, Lane, index);
  UtModel *model = ut_predict_reader_get_model (ut_lanes_get_reader (self->lanes, index));
  guint64 key = get_key (self);
  Request *request;

  if (model == NULL || (lane->asking != NULL && lane->asked == model && lane->asked_key == key) ||
      (lane->asking == NULL && lane->model == model && lane->key == key))
    return;

  lane_stop (lane);
  lane->asking = g_cancellable_new ();
  lane->asked = ut_model_ref (model);
  lane->asked_key = key;
  request = g_new (Request, 1);
  *request = (Request) { g_object_ref (self), g_object_ref (lane->asking), index };
  ut_edit_trail_ask_async (self->trail, model, lane->asking, answer_cb, request);
}

static void
ask_all (UtWordEditor *self)
{
  guint n_lanes = ut_lanes_get_n (self->lanes);

  if (self->answers->len != n_lanes)
    g_array_set_size (self->answers, n_lanes);
  for (guint i = 0; i < n_lanes && has_edits (self); i++)
    ask (self, i);
}

/* Following */

/* Which sentence of @prediction holds the trail's beginning; -1 for none. */
static int
find_sentence (UtWordEditor       *self,
               const UtPrediction *prediction,
               const char         *text)
{
  GtkTextIter start;
  int found = -1;

  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &start, self->start);

  gsize at = (gsize) (g_utf8_offset_to_pointer (text, gtk_text_iter_get_offset (&start)) - text);

  for (gsize i = 0; i < prediction->n_sentences; i++)
    if (i == 0 || prediction->sentences[i].start <= at)
      found = (int) i;

  return found;
}

/* Finds the stage that the text is at, if the front has answered to it. */
static void
follow (UtWordEditor *self)
{
  const UtPrediction *prediction = get_prediction (self);

  if (self->trail == NULL || prediction == NULL)
    return;

  int sentence = find_sentence (self, prediction, ut_lanes_get_text (self->lanes));

  if (ut_edit_trail_follow (self->trail, prediction, sentence))
    ask_all (self);
  else
    ut_word_editor_end (self);
}

static void
answered_cb (UtWordEditor *self,
             guint         lane)
{
  if (self->view != NULL)
    follow (self);
}

/* The lanes are others: what they said is nobody's. */
static void
lanes_cb (UtWordEditor *self)
{
  g_array_set_size (self->answers, 0);
  if (self->view != NULL)
    follow (self);
}

static void
ut_word_editor_dispose (GObject *object)
{
  UtWordEditor *self = UT_WORD_EDITOR (object);

  forget (self);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->lanes);

  G_OBJECT_CLASS (ut_word_editor_parent_class)->dispose (object);
}

static void
ut_word_editor_finalize (GObject *object)
{
  g_array_unref (UT_WORD_EDITOR (object)->answers);

  G_OBJECT_CLASS (ut_word_editor_parent_class)->finalize (object);
}

static void
ut_word_editor_class_init (UtWordEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_word_editor_dispose;
  object_class->finalize = ut_word_editor_finalize;

  changed_signal = g_signal_new ("changed", UT_TYPE_WORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
ut_word_editor_init (UtWordEditor *self)
{
  self->answers = g_array_new (FALSE, TRUE, sizeof (Lane));
  g_array_set_clear_func (self->answers, lane_clear);
}

UtWordEditor *
ut_word_editor_new (UtReviewView *view,
                    UtLanes      *lanes)
{
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (view), NULL);
  g_return_val_if_fail (UT_IS_LANES (lanes), NULL);

  UtWordEditor *self = g_object_new (UT_TYPE_WORD_EDITOR, NULL);

  g_set_weak_pointer (&self->view, view);
  self->lanes = g_object_ref (lanes);
  g_signal_connect_object (lanes, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanes, "changed", G_CALLBACK (lanes_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* Editing */

/* The iterator at the byte @at of @text, which is the buffer's. */
static void
get_iter (UtWordEditor *self,
          const char   *text,
          gsize         at,
          GtkTextIter  *iter)
{
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), iter,
                                      (int) g_utf8_pointer_to_offset (text, text + at));
}

/* Changes the text, as one step of its history. */
static void
apply (UtWordEditor       *self,
       const char         *text,
       const UtTextChange *change)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end, caret;
  int caret_offset = (int) g_utf8_pointer_to_offset (text, text + change->start)
                     + (int) g_utf8_strlen (change->text,
                                            (gssize) (change->caret - change->start));

  get_iter (self, text, change->start, &start);
  get_iter (self, text, change->end, &end);
  gtk_text_buffer_begin_user_action (buffer);
  if (change->end > change->start)
    gtk_text_buffer_delete (buffer, &start, &end);
  if (*change->text != '\0')
    gtk_text_buffer_insert (buffer, &start, change->text, -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &caret, caret_offset);
  gtk_text_buffer_place_cursor (buffer, &caret);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view),
                                      gtk_text_buffer_get_insert (buffer));
}

static gsize
get_sentence_of (const UtPrediction *prediction,
                 gsize               word)
{
  gsize i = 0;

  while (i + 1 < prediction->n_sentences &&
         word >= prediction->sentences[i].first_word + prediction->sentences[i].n_words)
    i++;

  return i;
}

/* Adds the edit to the trail of its sentence. */
static void
record (UtWordEditor       *self,
        const UtPrediction *prediction,
        const char         *text,
        gsize               sentence,
        gsize               word,
        UtEditKind          kind,
        const char         *replacement)
{
  const UtSentenceAnswer *answer = &prediction->sentences[sentence];

  if (self->trail != NULL && find_sentence (self, prediction, text) != (int) sentence)
    forget (self);
  /* What is not shown cannot be compared either. */
  if (answer->n_words > UT_WORD_TABLE_MAX)
    return;

  if (self->trail == NULL)
    {
      GtkTextIter start;

      get_iter (self, text, answer->start, &start);
      self->trail = ut_edit_trail_new (prediction, sentence);
      self->start = g_object_ref (gtk_text_buffer_create_mark (get_buffer (self), NULL, &start,
                                                               TRUE));
    }
  ut_edit_trail_add (self->trail, word - answer->first_word, kind, replacement);
  self->serial++;
}

gboolean
ut_word_editor_edit (UtWordEditor *self,
                     guint         word,
                     UtEditKind    kind,
                     const char   *text)
{
  g_return_val_if_fail (UT_IS_WORD_EDITOR (self), FALSE);
  g_return_val_if_fail (self->view != NULL, FALSE);

  const UtPrediction *prediction = get_prediction (self);

  if (prediction == NULL || word >= prediction->n_words)
    {
      gtk_widget_error_bell (GTK_WIDGET (self->view));
      return FALSE;
    }

  /* The change of the text takes the reader's away. */
  g_autofree char *old = g_strdup (ut_lanes_get_text (self->lanes));
  const UtWordAnswer *answer = &prediction->words[word];
  gsize sentence = get_sentence_of (prediction, word);
  g_auto (UtTextChange) change = { 0 };

  ut_text_change_init (&change, old, prediction->sentences[sentence].start, answer->start,
                       answer->end, kind, text);
  record (self, prediction, old, sentence, word, kind, text);
  apply (self, old, &change);

  return TRUE;
}

void
ut_word_editor_end (UtWordEditor *self)
{
  g_return_if_fail (UT_IS_WORD_EDITOR (self));

  if (self->trail == NULL)
    return;

  forget (self);
  emit_changed (self);
}

gboolean
ut_word_editor_is_active (UtWordEditor *self)
{
  g_return_val_if_fail (UT_IS_WORD_EDITOR (self), FALSE);

  const UtPrediction *prediction = get_prediction (self);

  /* While the text changes the last answers stay, and the last comparison is not one of theirs. */
  return has_edits (self) && self->view != NULL && prediction != NULL &&
         find_sentence (self, prediction, ut_lanes_get_text (self->lanes)) ==
         ut_review_view_get_sentence (self->view);
}

const UtWhatIf *
ut_word_editor_get_what_if (UtWordEditor *self,
                            guint         lane)
{
  g_return_val_if_fail (UT_IS_WORD_EDITOR (self), NULL);

  if (!ut_word_editor_is_active (self) || lane >= self->answers->len)
    return NULL;

  const Lane *answer = &g_array_index (self->answers, Lane, lane);

  /* That of an older snapshot stays until there is a new one. */
  return answer->key == get_key (self) ? answer->what_if : NULL;
}

UtModel *
ut_word_editor_get_model (UtWordEditor *self,
                          guint         lane)
{
  g_return_val_if_fail (UT_IS_WORD_EDITOR (self), NULL);

  return lane < self->answers->len ? g_array_index (self->answers, Lane, lane).model : NULL;
}

char *
ut_word_editor_dup_text (UtWordEditor *self)
{
  g_return_val_if_fail (UT_IS_WORD_EDITOR (self), NULL);

  guint front = ut_lanes_get_front (self->lanes);
  const UtWhatIf *what_if = ut_word_editor_get_what_if (self, front);

  if (what_if == NULL)
    {
      const Lane *lane = ut_word_editor_is_active (self) && front < self->answers->len
                           ? &g_array_index (self->answers, Lane, front) : NULL;

      return lane != NULL && lane->key == get_key (self) ? g_strdup (lane->problem) : NULL;
    }

  return ut_what_if_text_new (self->trail, what_if, ut_word_editor_get_model (self, front));
}

char *
ut_word_editor_dup_details (UtWordEditor *self)
{
  g_return_val_if_fail (UT_IS_WORD_EDITOR (self), NULL);

  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; i < self->answers->len; i++)
    {
      const UtWhatIf *what_if = ut_word_editor_get_what_if (self, i);
      UtRun *run = ut_predict_reader_get_run (ut_lanes_get_reader (self->lanes, i));

      if (what_if == NULL || run == NULL)
        continue;

      UtModel *model = ut_word_editor_get_model (self, i);
      g_autofree char *line = ut_what_if_text_new_lane (what_if, model, ut_run_get_name (run));

      g_strv_builder_add (lines, line);
      n++;
    }
  if (n < 2)
    return NULL;

  g_auto (GStrv) all = g_strv_builder_end (lines);

  return g_strjoinv ("\n", all);
}
