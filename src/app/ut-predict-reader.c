/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-reader.h"

#define TYPING_DELAY_MS 50
#define SNAPSHOT_INTERVAL_MS 500
/* An answer that comes sooner never shows its predecessor dimmed: typing would flicker. */
#define LATE_MS 150

struct _UtPredictReader
{
  GObject parent_instance;

  UtRun *run; /* (owned) (nullable) */
  GSignalGroup *run_signals; /* (owned) */
  UtModel *model; /* (owned) (nullable) */
  char *text; /* (owned) */
  UtPrediction *prediction; /* (owned) (nullable) */
  char *answered_text; /* (owned) (nullable): what it answers to, where that is not @text */
  UtReading answered_reading;
  UtModel *answerer; /* (owned) (nullable): who made it */
  char *problem; /* (owned) (nullable) */
  UtReading reading;

  GCancellable *fetching; /* (owned) (nullable): the model under way */
  gint64 fetched; /* when the last model was asked for, in µs; 0 for never */
  guint fetch_source;
  gboolean fetch_due; /* the model has changed since it was asked for */

  GCancellable *asking; /* (owned) (nullable): the answer under way */
  guint ask_source;
  guint late_source;
  guint generation; /* of text and reading */
  gboolean at_work; /* a worker answers, if only until it notices that it is cancelled */
  gboolean ask_due; /* another question waits for the worker */

  gboolean awake;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (UtPredictReader, ut_predict_reader, G_TYPE_OBJECT)

typedef enum
{
  PROP_RUN = 1,
  PROP_READING,
  PROP_AWAKE,
  PROP_PREDICTION,
  PROP_STALE,
  PROP_PROBLEM,
} UtPredictReaderProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

typedef struct
{
  UtPredictReader *self; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  UtModel *model; /* (owned) (nullable): who is asked */
  guint generation;
} Request;

static Request *
request_new (UtPredictReader *self,
             GCancellable    *cancellable)
{
  Request *request = g_new (Request, 1);

  request->self = g_object_ref (self);
  request->cancellable = g_object_ref (cancellable);
  request->model = self->model != NULL ? ut_model_ref (self->model) : NULL;
  request->generation = self->generation;

  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->self);
  g_object_unref (request->cancellable);
  g_clear_pointer (&request->model, ut_model_unref);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
set_stale (UtPredictReader *self,
           gboolean         stale)
{
  g_clear_handle_id (&self->late_source, g_source_remove);
  if (stale == self->stale)
    return;

  self->stale = stale;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

static gboolean
late_cb (gpointer data)
{
  UtPredictReader *self = data;

  self->late_source = 0;
  set_stale (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* The last answers are out of date; they show it if the new ones take long. */
static void
expect_answer (UtPredictReader *self)
{
  if (!self->stale && self->late_source == 0 && self->prediction != NULL)
    self->late_source = g_timeout_add (LATE_MS, late_cb, self);
}

static void
set_problem (UtPredictReader *self,
             const char      *problem)
{
  if (g_strcmp0 (problem, self->problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* Takes both, or neither. */
static void
take_prediction (UtPredictReader *self,
                 UtPrediction    *prediction,
                 UtModel         *answerer)
{
  g_clear_pointer (&self->prediction, ut_prediction_unref);
  g_clear_pointer (&self->answerer, ut_model_unref);
  g_clear_pointer (&self->answered_text, g_free);
  self->prediction = prediction;
  self->answerer = answerer;
  self->answered_reading = self->reading;
  set_stale (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
}

/* Ends the answer under way; its callback finds that it is nobody's. */
static void
stop_asking (UtPredictReader *self)
{
  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->ask_due = FALSE;
}

static void
stop_fetching (UtPredictReader *self)
{
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
}

static void ask (UtPredictReader *self);

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtPrediction) prediction = ut_prediction_new_finish (result, &error);
  UtPredictReader *self = request->self;

  self->at_work = FALSE;

  /* A cancellation may come too late to stop the worker: the generation decides what is out of
   * date. */
  if (self->asking == request->cancellable && request->generation == self->generation)
    {
      g_clear_object (&self->asking);
      if (prediction != NULL)
        {
          set_problem (self, NULL);
          take_prediction (self, g_steal_pointer (&prediction), g_steal_pointer (&request->model));
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_problem (self, error->message);
    }

  if (self->ask_due)
    ask (self);
}

/* Has the present model read the present text, now. */
static void
ask (UtPredictReader *self)
{
  stop_asking (self);
  if (self->model == NULL || !self->awake)
    return;

  /* A worker is cancelled between sentences only, and a long one may take seconds: another one
   * beside it would make both slower, and with every key there would be one more. */
  if (self->at_work)
    {
      self->ask_due = TRUE;
      return;
    }

  self->at_work = TRUE;
  self->asking = g_cancellable_new ();
  ut_prediction_new_async (self->model, self->text, self->reading, self->asking, answer_cb,
                           request_new (self, self->asking));
}

static gboolean
ask_cb (gpointer data)
{
  UtPredictReader *self = data;

  self->ask_source = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

/* What shall be read has changed. */
static void
queue_ask (UtPredictReader *self)
{
  self->generation++;
  if (self->model == NULL || !self->awake)
    return;

  /* The first of several changes sets the clock, so that a key held down does not put the answer
   * off. */
  expect_answer (self);
  if (self->ask_source == 0)
    self->ask_source = g_timeout_add (TYPING_DELAY_MS, ask_cb, self);
}

static gboolean
run_may_have_model (UtRun *run)
{
  return run != NULL && ut_run_get_state (run) != UT_RUN_QUEUED &&
         ut_run_get_state (run) != UT_RUN_PREPARING;
}

static void queue_fetch (UtPredictReader *self);

static void
model_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = ut_run_get_model_finish (UT_RUN (source), result, &error);
  UtPredictReader *self = request->self;

  if (self->fetching != request->cancellable)
    return;

  g_clear_object (&self->fetching);
  if (model != NULL)
    {
      g_clear_pointer (&self->model, ut_model_unref);
      self->model = g_steal_pointer (&model);
      set_problem (self, NULL);
      /* An answer under way is still one to this text: let it come, then ask again, or a long text
       * read by a model in training would never be answered. */
      if (self->asking != NULL)
        self->ask_due = TRUE;
      else
        ask (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* A model that answered before goes on answering. */
      if (self->model == NULL)
        {
          take_prediction (self, NULL, NULL);
          set_problem (self, error->message);
        }
    }

  if (self->fetch_due)
    queue_fetch (self);
}

static gboolean
fetch_cb (gpointer data)
{
  UtPredictReader *self = data;

  self->fetch_source = 0;
  self->fetch_due = FALSE;
  self->fetched = g_get_monotonic_time ();
  self->fetching = g_cancellable_new ();
  ut_run_get_model_async (self->run, self->fetching, model_cb, request_new (self, self->fetching));

  return G_SOURCE_REMOVE;
}

/* The run's model is another one now. */
static void
queue_fetch (UtPredictReader *self)
{
  self->fetch_due = TRUE;
  if (!self->awake || self->fetching != NULL || self->fetch_source != 0 ||
      !run_may_have_model (self->run))
    return;

  gint64 waited = (g_get_monotonic_time () - self->fetched) / 1000;
  if (self->fetched == 0 || waited >= SNAPSHOT_INTERVAL_MS)
    fetch_cb (self);
  else
    self->fetch_source = g_timeout_add ((guint) (SNAPSHOT_INTERVAL_MS - waited), fetch_cb, self);
}

static void
run_changed_cb (UtPredictReader *self)
{
  queue_fetch (self);
}

static void
ut_predict_reader_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  UtPredictReader *self = UT_PREDICT_READER (object);

  switch ((UtPredictReaderProperty) id)
    {
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_READING:
      g_value_set_uint (value, self->reading);
      break;
    case PROP_AWAKE:
      g_value_set_boolean (value, self->awake);
      break;
    case PROP_PREDICTION:
      g_value_set_boxed (value, self->prediction);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_predict_reader_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  UtPredictReader *self = UT_PREDICT_READER (object);

  switch ((UtPredictReaderProperty) id)
    {
    case PROP_RUN:
      ut_predict_reader_set_run (self, g_value_get_object (value));
      break;
    case PROP_READING:
      ut_predict_reader_set_reading (self, (UtReading) g_value_get_uint (value));
      break;
    case PROP_AWAKE:
      ut_predict_reader_set_awake (self, g_value_get_boolean (value));
      break;
    case PROP_PREDICTION:
    case PROP_STALE:
    case PROP_PROBLEM:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_predict_reader_dispose (GObject *object)
{
  UtPredictReader *self = UT_PREDICT_READER (object);

  stop_asking (self);
  stop_fetching (self);
  g_clear_handle_id (&self->late_source, g_source_remove);
  g_clear_object (&self->run_signals);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (ut_predict_reader_parent_class)->dispose (object);
}

static void
ut_predict_reader_finalize (GObject *object)
{
  UtPredictReader *self = UT_PREDICT_READER (object);

  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->prediction, ut_prediction_unref);
  g_free (self->answered_text);
  g_clear_pointer (&self->answerer, ut_model_unref);
  g_free (self->problem);
  g_free (self->text);

  G_OBJECT_CLASS (ut_predict_reader_parent_class)->finalize (object);
}

static void
ut_predict_reader_class_init (UtPredictReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags flags = readable | G_PARAM_WRITABLE;

  object_class->get_property = ut_predict_reader_get_property;
  object_class->set_property = ut_predict_reader_set_property;
  object_class->dispose = ut_predict_reader_dispose;
  object_class->finalize = ut_predict_reader_finalize;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, UT_TYPE_RUN, flags);
  properties[PROP_READING] = g_param_spec_uint ("reading", NULL, NULL, UT_READING_SENTENCES,
                                                UT_READING_LINES, UT_READING_SENTENCES, flags);
  properties[PROP_AWAKE] = g_param_spec_boolean ("awake", NULL, NULL, FALSE, flags);
  properties[PROP_PREDICTION] = g_param_spec_boxed ("prediction", NULL, NULL, UT_TYPE_PREDICTION,
                                                    readable);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ut_predict_reader_init (UtPredictReader *self)
{
  self->text = g_strdup ("");
  self->run_signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->run_signals, "progressed", G_CALLBACK (run_changed_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->run_signals, "notify::state", G_CALLBACK (run_changed_cb),
                                 self, G_CONNECT_SWAPPED);
}

UtPredictReader *
ut_predict_reader_new (void)
{
  return g_object_new (UT_TYPE_PREDICT_READER, NULL);
}

UtRun *
ut_predict_reader_get_run (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->run;
}

void
ut_predict_reader_set_run (UtPredictReader *self,
                           UtRun           *run)
{
  g_return_if_fail (UT_IS_PREDICT_READER (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  if (!g_set_object (&self->run, run))
    return;

  /* The old run's answers stay, dimmed, until the new one's are there, if there will be any. */
  stop_asking (self);
  stop_fetching (self);
  g_clear_pointer (&self->model, ut_model_unref);
  self->generation++;
  self->fetched = 0;
  g_signal_group_set_target (self->run_signals, run);
  set_problem (self, NULL);
  if (run_may_have_model (run))
    expect_answer (self);
  else if (self->prediction != NULL)
    take_prediction (self, NULL, NULL);
  queue_fetch (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

UtReading
ut_predict_reader_get_reading (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), UT_READING_SENTENCES);

  return self->reading;
}

void
ut_predict_reader_set_reading (UtPredictReader *self,
                               UtReading        reading)
{
  g_return_if_fail (UT_IS_PREDICT_READER (self));

  if (reading == self->reading)
    return;

  self->reading = reading;
  queue_ask (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

gboolean
ut_predict_reader_get_awake (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), FALSE);

  return self->awake;
}

void
ut_predict_reader_set_awake (UtPredictReader *self,
                             gboolean         awake)
{
  g_return_if_fail (UT_IS_PREDICT_READER (self));

  awake = !!awake;
  if (awake == self->awake)
    return;

  self->awake = awake;
  if (awake && self->fetch_due)
    queue_fetch (self);
  if (awake)
    queue_ask (self);
  else
    stop_asking (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AWAKE]);
}

void
ut_predict_reader_set_text (UtPredictReader *self,
                            char            *text)
{
  g_return_if_fail (UT_IS_PREDICT_READER (self));
  g_return_if_fail (text != NULL);

  /* The last answers stay those to the text that they were made from. */
  if (self->prediction != NULL && self->answered_text == NULL)
    self->answered_text = g_steal_pointer (&self->text);
  g_free (self->text);
  self->text = text;
  queue_ask (self);
}

const char *
ut_predict_reader_get_text (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->text;
}

const char *
ut_predict_reader_get_answered_text (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->answered_text != NULL ? self->answered_text : self->text;
}

UtReading
ut_predict_reader_get_answered_reading (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), UT_READING_SENTENCES);

  return self->answered_reading;
}

void
ut_predict_reader_inherit (UtPredictReader *self,
                           UtPredictReader *other)
{
  g_return_if_fail (UT_IS_PREDICT_READER (self) && UT_IS_PREDICT_READER (other));

  if (other->prediction == NULL)
    return;

  g_clear_pointer (&self->prediction, ut_prediction_unref);
  g_clear_pointer (&self->answerer, ut_model_unref);
  g_free (self->answered_text);
  self->prediction = ut_prediction_ref (other->prediction);
  self->answerer = ut_model_ref (other->answerer);
  self->answered_text = g_strdup (ut_predict_reader_get_answered_text (other));
  self->answered_reading = other->answered_reading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
}

UtModel *
ut_predict_reader_get_model (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->model;
}

UtModel *
ut_predict_reader_get_answerer (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->answerer;
}

UtPrediction *
ut_predict_reader_get_prediction (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->prediction;
}

gboolean
ut_predict_reader_get_stale (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), FALSE);

  return self->stale;
}

const char *
ut_predict_reader_get_problem (UtPredictReader *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_READER (self), NULL);

  return self->problem;
}
