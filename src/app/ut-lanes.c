/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lanes.h"

#include "ut-shown-runs.h"
#include "ut-word-spans.h"

#include <glib/gi18n.h>

struct _UtLanes
{
  GObject parent_instance;

  UtSession *session; /* (owned) (nullable) */
  UtShownRuns *shown; /* (owned) (nullable) */
  GPtrArray *readers; /* (owned) (element-type UtPredictReader): the lead first; never empty */
  const UtPrediction *beside[UT_LANES_MAX]; /* (unowned) (nullable): the readers' own */
  char *looks; /* (owned) (nullable): runs, names and styles of the lanes, one line each */
  char *text; /* (owned) */
  UtReading reading;
  guint front;
  guint n_left_out;
  gboolean awake;
  gboolean arranging; /* not every lane has its run yet */
};

G_DEFINE_FINAL_TYPE (UtLanes, ut_lanes, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ANSWERED,
  STATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Whether both have answered to the same words. The tokenizer is the same for all models. */
static gboolean
answer_alike (UtPredictReader *a,
              UtPredictReader *b)
{
  const UtPrediction *p = ut_predict_reader_get_prediction (a);
  const UtPrediction *q = ut_predict_reader_get_prediction (b);

  return p != NULL && q != NULL && p->n_words == q->n_words && p->n_sentences == q->n_sentences &&
         ut_predict_reader_get_answered_reading (a) == ut_predict_reader_get_answered_reading (b) &&
         g_str_equal (ut_predict_reader_get_answered_text (a),
                      ut_predict_reader_get_answered_text (b));
}

/* Finds out who speaks for the words, and who has answered to the same ones. */
static void
compare (UtLanes *self)
{
  UtPredictReader *front;

  self->front = 0;
  for (guint i = 0; i < self->readers->len; i++)
    {
      if (ut_predict_reader_get_prediction (g_ptr_array_index (self->readers, i)) != NULL)
        {
          self->front = i;
          break;
        }
    }

  front = g_ptr_array_index (self->readers, self->front);
  for (guint i = 0; i < UT_LANES_MAX; i++)
    {
      UtPredictReader *reader = i < self->readers->len ? g_ptr_array_index (self->readers, i) : NULL;

      self->beside[i] = reader != NULL && answer_alike (reader, front)
                          ? ut_predict_reader_get_prediction (reader) : NULL;
    }
}

static void
prediction_cb (UtLanes         *self,
               GParamSpec      *pspec,
               UtPredictReader *reader)
{
  guint lane;

  if (self->arranging || !g_ptr_array_find (self->readers, reader, &lane))
    return;

  compare (self);
  g_signal_emit (self, signals[ANSWERED], 0, lane);
}

static void
state_cb (UtLanes         *self,
          GParamSpec      *pspec,
          UtPredictReader *reader)
{
  guint lane;

  if (!self->arranging && g_ptr_array_find (self->readers, reader, &lane))
    g_signal_emit (self, signals[STATE_CHANGED], 0, lane);
}

static UtPredictReader *
add_reader (UtLanes *self)
{
  UtPredictReader *reader = ut_predict_reader_new ();

  ut_predict_reader_set_reading (reader, self->reading);
  ut_predict_reader_set_text (reader, g_strdup (self->text));
  ut_predict_reader_set_awake (reader, self->awake);
  g_signal_connect_object (reader, "notify::prediction", G_CALLBACK (prediction_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reader, "notify::problem", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reader, "notify::stale", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);

  return reader;
}

/* (transfer full) (nullable): takes the reader of @run out of @readers, where NULL is left. */
static UtPredictReader *
take_reader (GPtrArray *readers,
             UtRun     *run)
{
  for (guint i = 0; i < readers->len; i++)
    {
      UtPredictReader *reader = g_ptr_array_index (readers, i);

      if (reader != NULL && ut_predict_reader_get_run (reader) == run)
        return g_steal_pointer (&g_ptr_array_index (readers, i));
    }

  return NULL;
}

/* (transfer full) (element-type UtRun): who answers, the current run first, which may be NULL. */
static GPtrArray *
list_runs (UtLanes *self)
{
  g_autoptr (GPtrArray) shown = ut_shown_runs_list (self->shown);
  UtRun *current = ut_session_get_current (self->session);
  GPtrArray *runs = g_ptr_array_new ();

  g_ptr_array_add (runs, current);
  self->n_left_out = 0;
  for (guint i = 0; i < shown->len; i++)
    {
      UtRun *run = g_ptr_array_index (shown, i);

      if (run == current)
        continue;
      if (runs->len < UT_LANES_MAX)
        g_ptr_array_add (runs, run);
      else
        self->n_left_out++;
    }

  return runs;
}

/* Tells what has changed: the lanes, or only how their runs stand. */
static void
tell (UtLanes *self)
{
  g_autoptr (GString) looks = g_string_new (NULL);

  for (guint i = 0; i < self->readers->len; i++)
    {
      UtRun *run = ut_predict_reader_get_run (g_ptr_array_index (self->readers, i));

      if (run != NULL)
        g_string_append_printf (looks, "%p %u %s\n", (gpointer) run, ut_run_get_style (run),
                                ut_run_get_name (run));
    }
  g_string_append_printf (looks, "%u", self->n_left_out);

  if (g_strcmp0 (looks->str, self->looks) != 0)
    {
      g_free (self->looks);
      self->looks = g_strdup (looks->str);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  for (guint i = 0; i < self->readers->len; i++)
    g_signal_emit (self, signals[STATE_CHANGED], 0, i);
}

/* Gives each run its lane. A run keeps its reader, with model and answers, in whatever place. */
static void
arrange (UtLanes *self)
{
  g_autoptr (GPtrArray) runs = list_runs (self);
  g_autoptr (GPtrArray) old = self->readers;
  UtPredictReader *former = g_ptr_array_index (old, 0);
  UtPredictReader *lead;

  self->arranging = TRUE;
  self->readers = g_ptr_array_new_full (UT_LANES_MAX, g_object_unref);
  for (guint i = 0; i < runs->len; i++)
    g_ptr_array_add (self->readers, take_reader (old, g_ptr_array_index (runs, i)));

  /* Until a run that was no lane answers, the answers of the lead before it stay. */
  if (g_ptr_array_index (self->readers, 0) == NULL)
    {
      lead = g_steal_pointer (&g_ptr_array_index (old, 0));
      if (lead == NULL)
        {
          lead = add_reader (self);
          ut_predict_reader_inherit (lead, former);
        }
      g_ptr_array_index (self->readers, 0) = lead;
    }
  for (guint i = 1; i < runs->len; i++)
    {
      if (g_ptr_array_index (self->readers, i) == NULL)
        g_ptr_array_index (self->readers, i) = add_reader (self);
    }

  /* Who has no lane any more is not asked any more. */
  g_ptr_array_set_free_func (old, NULL);
  for (guint i = 0; i < old->len; i++)
    {
      UtPredictReader *reader = g_ptr_array_index (old, i);

      if (reader == NULL)
        continue;
      g_signal_handlers_disconnect_by_data (reader, self);
      ut_predict_reader_set_awake (reader, FALSE);
      g_object_unref (reader);
    }

  for (guint i = 0; i < runs->len; i++)
    ut_predict_reader_set_run (g_ptr_array_index (self->readers, i), g_ptr_array_index (runs, i));
  self->arranging = FALSE;
  compare (self);
  tell (self);
}

static void
ut_lanes_dispose (GObject *object)
{
  UtLanes *self = UT_LANES (object);

  for (guint i = 0; i < self->readers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->readers, i), self);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_lanes_parent_class)->dispose (object);
}

static void
ut_lanes_finalize (GObject *object)
{
  UtLanes *self = UT_LANES (object);

  g_ptr_array_unref (self->readers);
  g_free (self->looks);
  g_free (self->text);

  G_OBJECT_CLASS (ut_lanes_parent_class)->finalize (object);
}

static void
ut_lanes_class_init (UtLanesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_lanes_dispose;
  G_OBJECT_CLASS (klass)->finalize = ut_lanes_finalize;

  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_LANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", UT_TYPE_LANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", UT_TYPE_LANES, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ut_lanes_init (UtLanes *self)
{
  self->text = g_strdup ("");
  self->readers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->readers, add_reader (self));
}

UtLanes *
ut_lanes_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtLanes *self = g_object_new (UT_TYPE_LANES, NULL);

  self->session = g_object_ref (session);
  self->shown = ut_shown_runs_new (session);
  /* Another current run is followed at once, other ticks when the main loop gets to them. */
  g_signal_connect_object (session, "notify::current", G_CALLBACK (arrange), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "changed", G_CALLBACK (arrange), self, G_CONNECT_SWAPPED);
  arrange (self);

  return self;
}

UtSession *
ut_lanes_get_session (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), NULL);

  return self->session;
}

guint
ut_lanes_get_n (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), 0);

  return self->readers->len;
}

guint
ut_lanes_get_n_left_out (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), 0);

  return self->n_left_out;
}

UtPredictReader *
ut_lanes_get_lead (UtLanes *self)
{
  return ut_lanes_get_reader (self, 0);
}

UtPredictReader *
ut_lanes_get_reader (UtLanes *self,
                     guint    lane)
{
  g_return_val_if_fail (UT_IS_LANES (self), NULL);
  g_return_val_if_fail (lane < self->readers->len, NULL);

  return g_ptr_array_index (self->readers, lane);
}

guint
ut_lanes_get_front (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), 0);

  return self->front;
}

const UtPrediction *
ut_lanes_get_prediction (UtLanes *self,
                         guint    lane)
{
  g_return_val_if_fail (UT_IS_LANES (self), NULL);
  g_return_val_if_fail (lane < self->readers->len, NULL);

  return self->beside[lane];
}

const char *
ut_lanes_get_text (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), NULL);

  return ut_predict_reader_get_answered_text (g_ptr_array_index (self->readers, self->front));
}

gboolean
ut_lanes_is_expected (UtLanes *self,
                      guint    lane)
{
  UtPredictReader *reader;

  g_return_val_if_fail (UT_IS_LANES (self), FALSE);
  g_return_val_if_fail (lane < self->readers->len, FALSE);

  reader = g_ptr_array_index (self->readers, lane);

  return ut_predict_reader_get_problem (reader) == NULL &&
         ut_predict_reader_get_prediction (reader) != NULL &&
         (ut_predict_reader_get_answered_reading (reader) != self->reading ||
          !g_str_equal (ut_predict_reader_get_answered_text (reader), self->text));
}

gboolean *
ut_lanes_dup_disputed (UtLanes *self)
{
  const UtPrediction *front;
  g_autofree gboolean *disputed = NULL;
  guint n_compared = 0;

  g_return_val_if_fail (UT_IS_LANES (self), NULL);

  for (guint i = 0; i < self->readers->len; i++)
    n_compared += self->beside[i] != NULL;
  if (n_compared < 2)
    return NULL;

  front = self->beside[self->front];
  disputed = g_new (gboolean, front->n_words + 1);
  for (gsize word = 0; word < front->n_words; word++)
    {
      gboolean up = FALSE;
      gboolean down = FALSE;

      for (guint i = 0; i < self->readers->len; i++)
        {
          int step = self->beside[i] != NULL ? ut_word_step (self->beside[i]->words[word].change) : 0;

          up = up || step > 0;
          down = down || step < 0;
        }
      disputed[word] = up && down;
    }

  return g_steal_pointer (&disputed);
}

char *
ut_lanes_dup_trouble (UtLanes *self,
                      guint    lane)
{
  UtPredictReader *reader;
  UtRun *run;

  g_return_val_if_fail (UT_IS_LANES (self), NULL);
  g_return_val_if_fail (lane < self->readers->len, NULL);

  reader = g_ptr_array_index (self->readers, lane);
  run = ut_predict_reader_get_run (reader);
  if (ut_predict_reader_get_problem (reader) != NULL)
    return g_strdup (ut_predict_reader_get_problem (reader));
  if (run == NULL || ut_predict_reader_get_model (reader) != NULL)
    return NULL;

  if (ut_run_get_state (run) == UT_RUN_QUEUED)
    return g_strdup (_("It waits in the queue. It answers once it trains."));
  if (ut_run_get_state (run) == UT_RUN_PREPARING)
    return g_strdup (_("It reads its data. It answers once it trains."));

  return NULL;
}

void
ut_lanes_set_text (UtLanes *self,
                   char    *text)
{
  g_return_if_fail (UT_IS_LANES (self));
  g_return_if_fail (text != NULL);

  g_free (self->text);
  self->text = text;
  for (guint i = 0; i < self->readers->len; i++)
    ut_predict_reader_set_text (g_ptr_array_index (self->readers, i), g_strdup (text));
}

void
ut_lanes_set_reading (UtLanes   *self,
                      UtReading  reading)
{
  g_return_if_fail (UT_IS_LANES (self));

  self->reading = reading;
  for (guint i = 0; i < self->readers->len; i++)
    ut_predict_reader_set_reading (g_ptr_array_index (self->readers, i), reading);
}

void
ut_lanes_set_awake (UtLanes  *self,
                    gboolean  awake)
{
  g_return_if_fail (UT_IS_LANES (self));

  self->awake = awake;
  ut_shown_runs_set_watched (self->shown, awake);
  for (guint i = 0; i < self->readers->len; i++)
    ut_predict_reader_set_awake (g_ptr_array_index (self->readers, i), awake);
}
