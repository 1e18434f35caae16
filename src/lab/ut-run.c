/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-parts-private.h"

#include "ut-members-private.h"
#include "ut-probe-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (UtRun, ut_run, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (UtRunState, ut_run_state,
                    G_DEFINE_ENUM_VALUE (UT_RUN_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_TRAINING, "training"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_STOPPING, "stopping"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_FINISHED, "finished"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_INTERRUPTED, "interrupted"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_OPENED, "opened"),
                    G_DEFINE_ENUM_VALUE (UT_RUN_ENSEMBLE, "ensemble"))

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_CONFIG,
  PROP_STATE,
  PROP_SHOWN,
  PROP_STYLE,
  PROP_BEST_ACCURACY,
  PROP_BEST_EPOCH,
  PROP_FAILURE,
  PROP_PROGRESS,
  PROP_QUEUE_POSITION,
  PROP_TESTED,
  PROP_TAGS,
  PROP_NOTE,
  PROP_ELSEWHERE,
  PROP_REPRODUCTION,
} UtRunProperty;

static GParamSpec *properties[PROP_REPRODUCTION + 1];

enum
{
  PROGRESSED,
  REWOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* GObject */

static void
ut_run_get_property (GObject    *object,
                     guint       id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  UtRun *self = UT_RUN (object);
  const UtEpoch *best;

  switch ((UtRunProperty) id)
    {
    case PROP_ID:
      g_value_set_string (value, self->record->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->record->name);
      break;
    case PROP_CONFIG:
      g_value_set_boxed (value, self->record->config);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->record->state);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, self->record->shown);
      break;
    case PROP_STYLE:
      g_value_set_uint (value, self->record->style);
      break;
    case PROP_BEST_ACCURACY:
      best = ut_run_get_best (self);
      g_value_set_double (value, ut_run_get_evaluation (self) != NULL
                                   ? self->record->evaluation.accuracy
                                   : best != NULL ? best->val_accuracy : -1);
      break;
    case PROP_BEST_EPOCH:
      best = ut_run_get_best (self);
      g_value_set_int (value, best != NULL ? (int) best->epoch : -1);
      break;
    case PROP_FAILURE:
      g_value_set_string (value, self->record->failure);
      break;
    case PROP_PROGRESS:
      /* While preparing, the fraction is that of a file. */
      if (self->progress.phase != UT_TRAINER_PREPARING)
        g_value_set_double (value, self->progress.fraction);
      break;
    case PROP_QUEUE_POSITION:
      g_value_set_uint (value, self->queue_position);
      break;
    case PROP_TESTED:
      g_value_set_boolean (value, ut_run_get_test (self, NULL) != NULL);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->record->tags);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->record->note);
      break;
    case PROP_REPRODUCTION:
      g_value_set_string (value, self->record->reproduction);
      break;
    case PROP_ELSEWHERE:
      g_value_set_boolean (value, self->record->is_elsewhere);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_run_set_property (GObject      *object,
                     guint         id,
                     const GValue *value,
                     GParamSpec   *pspec)
{
  UtRun *self = UT_RUN (object);

  switch (id)
    {
    case PROP_NAME:
      ut_run_set_name (self, g_value_get_string (value));
      break;
    case PROP_SHOWN:
      ut_run_set_shown (self, g_value_get_boolean (value));
      break;
    case PROP_TAGS:
      ut_run_set_tags (self, g_value_get_boxed (value));
      break;
    case PROP_NOTE:
      ut_run_set_note (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_run_finalize (GObject *object)
{
  UtRun *self = UT_RUN (object);

  g_clear_pointer (&self->record, _ut_run_record_free);
  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->probes, ut_probes_unref);
  g_clear_object (&self->folder);
  g_clear_object (&self->trainer);
  g_clear_pointer (&self->mailbox, _ut_mailbox_unref);
  g_clear_object (&self->checking);
  g_free ((char *) self->progress.file);
  g_free ((char *) self->progress.trouble);

  G_OBJECT_CLASS (ut_run_parent_class)->finalize (object);
}

static void
ut_run_class_init (UtRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = ut_run_get_property;
  object_class->set_property = ut_run_set_property;
  object_class->finalize = ut_run_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, readable);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, writable);
  properties[PROP_CONFIG] = g_param_spec_boxed ("config", NULL, NULL, UT_TYPE_CONFIG, readable);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, UT_TYPE_RUN_STATE, UT_RUN_QUEUED,
                                              readable);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, writable);
  properties[PROP_STYLE] = g_param_spec_uint ("style", NULL, NULL, 0, G_MAXUINT, 0, readable);
  /* Negative where nothing was checked yet. */
  properties[PROP_BEST_ACCURACY] = g_param_spec_double ("best-accuracy", NULL, NULL, -1, 1, -1,
                                                        readable);
  properties[PROP_BEST_EPOCH] = g_param_spec_int ("best-epoch", NULL, NULL, -1, G_MAXINT, -1,
                                                  readable);
  properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, readable);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, readable);
  properties[PROP_QUEUE_POSITION] = g_param_spec_uint ("queue-position", NULL, NULL, 0, G_MAXUINT,
                                                       0, readable);
  /** UtRun:tested: whether its model has answered the test rows. */
  properties[PROP_TESTED] = g_param_spec_boolean ("tested", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, writable);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, writable);
  /** UtRun:elsewhere: whether another program trains it. */
  properties[PROP_ELSEWHERE] = g_param_spec_boolean ("elsewhere", NULL, NULL, FALSE, readable);
  properties[PROP_REPRODUCTION] = g_param_spec_string ("reproduction", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtRun::rewound:
   * @self: the run.
   *
   * Points or epochs that were there are not there any more, or others in their place;
   * ::progressed follows.
   */
  signals[REWOUND] = g_signal_new ("rewound", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * UtRun::progressed:
   * @self: the run.
   *
   * Points, epochs or figures changed.
   */
  signals[PROGRESSED] = g_signal_new ("progressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
}

static void
ut_run_init (UtRun *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* What the status line shows of a run that is not under way here. */
void
_ut_run_fill_progress (UtRun *self)
{
  UtRunRecord *record = self->record;

  g_free ((char *) self->progress.file);
  g_free ((char *) self->progress.trouble);
  self->progress = (UtTrainerUpdate) {
    .phase = record->last_step > 0 ? UT_TRAINER_TRAINING : UT_TRAINER_PREPARING,
    .epoch = record->last_epoch,
    .step = record->last_step,
    .n_epochs = (guint) ut_config_get_int (record->config, UT_SETTING_EPOCHS),
    .remaining = -1,
  };
  self->progress.fraction = record->state == UT_RUN_FINISHED
                            ? 1 : MIN (1, (double) record->epochs->len / self->progress.n_epochs);
}

/* The record's arrays are never NULL here. */
static void
adopt_record (UtRun       *self,
              UtRunRecord *record)
{
  self->record = record;
  self->has_points = record->points != NULL || record->last_step == 0;
  if (record->points == NULL)
    record->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  if (record->epochs == NULL)
    record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  if (record->looks == NULL)
    record->looks = _ut_probe_looks_new ();
  _ut_run_fill_progress (self);
}

UtRun *
_ut_run_new (UtRunRecord *record,
             GFile       *folder,
             UtModel     *model)
{
  UtRun *self = g_object_new (UT_TYPE_RUN, NULL);

  adopt_record (self, record);
  g_set_object (&self->folder, folder);
  self->model = model != NULL ? ut_model_ref (model) : NULL;

  return self;
}

GFile *
_ut_run_get_folder (UtRun *self)
{
  return self->folder;
}

void
_ut_run_set_folder (UtRun *self,
                    GFile *folder)
{
  g_set_object (&self->folder, folder);
}

UtRunRecord *
_ut_run_get_record (UtRun *self)
{
  return self->record;
}

void
_ut_run_take_record (UtRun       *self,
                     UtRunRecord *record)
{
  g_autoptr (UtRunRecord) old = self->record;
  gboolean same_points = old->last_step == record->last_step && old->n_looks == record->n_looks;

  g_object_freeze_notify (G_OBJECT (self));
  if (same_points && self->has_points)
    {
      record->points = g_steal_pointer (&old->points);
      record->looks = g_steal_pointer (&old->looks);
    }
  adopt_record (self, record);
  for (UtRunProperty id = PROP_NAME; id <= PROP_REPRODUCTION; id++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  g_object_thaw_notify (G_OBJECT (self));
  if (!same_points)
    g_signal_emit (self, signals[REWOUND], 0);
  g_signal_emit (self, signals[PROGRESSED], 0);
}

gboolean
_ut_run_has_points (UtRun *self)
{
  return self->has_points;
}

void
_ut_run_set_points (UtRun     *self,
                    GArray    *points,
                    GPtrArray *looks)
{
  g_array_unref (self->record->points);
  self->record->points = points;
  g_ptr_array_unref (self->record->looks);
  self->record->looks = looks;
  self->has_points = TRUE;
  g_signal_emit (self, signals[REWOUND], 0);
  g_signal_emit (self, signals[PROGRESSED], 0);
}

void
_ut_run_set_probes (UtRun    *self,
                    UtProbes *probes)
{
  g_autoptr (UtProbes) old = self->probes;

  self->probes = probes != NULL ? ut_probes_ref (probes) : NULL;
  if (self->trainer != NULL)
    ut_trainer_set_probes (self->trainer, probes);
}

void
_ut_run_set_failure (UtRun      *self,
                     const char *failure)
{
  if (g_strcmp0 (self->record->failure, failure) == 0)
    return;

  g_free (self->record->failure);
  self->record->failure = g_strdup (failure);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

void
_ut_run_set_plan (UtRun    *self,
                  UtConfig *config,
                  gboolean  from_best)
{
  ut_config_ref (config);
  ut_config_unref (self->record->config);
  self->record->config = config;
  self->record->from_best = from_best;
  _ut_run_fill_progress (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFIG]);
}

void
_ut_run_set_state (UtRun      *self,
                   UtRunState  state)
{
  if (self->record->state == state)
    return;

  self->record->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
_ut_run_set_queue_position (UtRun *self,
                            guint  position)
{
  if (self->queue_position == position)
    return;

  self->queue_position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUEUE_POSITION]);
}

void
_ut_run_add_notice (UtRun      *self,
                    const char *notice)
{
  char *notices = self->record->notices != NULL
                  ? g_strconcat (self->record->notices, "\n", notice, NULL)
                  : g_strdup (notice);

  g_free (self->record->notices);
  self->record->notices = notices;
}

/* Public */

const char *
ut_run_get_id (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->id;
}

const char *
ut_run_get_name (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->name;
}

void
ut_run_set_name (UtRun      *self,
                 const char *name)
{
  g_return_if_fail (UT_IS_RUN (self));
  g_return_if_fail (name != NULL);

  if (g_str_equal (self->record->name, name))
    return;

  g_free (self->record->name);
  self->record->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const char * const *
ut_run_get_tags (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return (const char * const *) self->record->tags;
}

static char **
tidy_tags (const char * const *tags)
{
  g_autoptr (GPtrArray) tidy = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      char *tag = g_strstrip (g_strdup (tags[i]));

      if (*tag == '\0' || g_ptr_array_find_with_equal_func (tidy, tag, g_str_equal, NULL))
        g_free (tag);
      else
        g_ptr_array_add (tidy, tag);
    }
  g_ptr_array_add (tidy, NULL);

  return (char **) g_ptr_array_steal (tidy, NULL);
}

void
ut_run_set_tags (UtRun              *self,
                 const char * const *tags)
{
  g_return_if_fail (UT_IS_RUN (self));

  static const char * const none[] = { NULL };
  g_auto (GStrv) tidy = tidy_tags (tags);
  const char * const *old = ut_run_get_tags (self);

  if (g_strv_equal ((const char * const *) tidy, old != NULL ? old : none))
    return;

  g_strfreev (self->record->tags);
  self->record->tags = g_steal_pointer (&tidy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAGS]);
}

const char *
ut_run_get_note (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->note;
}

void
ut_run_set_note (UtRun      *self,
                 const char *note)
{
  g_return_if_fail (UT_IS_RUN (self));

  if (note != NULL && *note == '\0')
    note = NULL;
  if (g_strcmp0 (self->record->note, note) == 0)
    return;

  g_free (self->record->note);
  self->record->note = g_strdup (note);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

const char *
ut_run_get_reproduction (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->reproduction;
}

void
_ut_run_set_reproduction (UtRun      *self,
                          const char *text)
{
  g_free (self->record->reproduction);
  self->record->reproduction = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPRODUCTION]);
  g_signal_emit (self, signals[PROGRESSED], 0);
}

gint64
ut_run_get_created (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->record->created;
}

gint64
ut_run_get_deleted (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->record->trashed;
}

gboolean
ut_run_is_elsewhere (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);

  return self->record->is_elsewhere;
}

UtConfig *
ut_run_get_config (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->config;
}

UtRunState
ut_run_get_state (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), UT_RUN_FAILED);

  return self->record->state;
}

gboolean
ut_run_is_active (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);

  return self->record->state >= UT_RUN_PREPARING && self->record->state <= UT_RUN_STOPPING;
}

gboolean
ut_run_get_shown (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);

  return self->record->shown;
}

void
ut_run_set_shown (UtRun    *self,
                  gboolean  shown)
{
  g_return_if_fail (UT_IS_RUN (self));

  shown = !!shown;
  if (self->record->shown == shown)
    return;

  self->record->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

guint
ut_run_get_style (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->record->style;
}

guint
ut_run_get_queue_position (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->queue_position;
}

const char *
ut_run_get_failure (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->failure;
}

const char *
ut_run_get_notices (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->notices;
}

const UtTrainerUpdate *
ut_run_get_progress (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return &self->progress;
}

const UtPoint *
ut_run_get_points (UtRun *self,
                   gsize *n_points)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (n_points != NULL, NULL);

  *n_points = self->record->points->len;
  return (const UtPoint *) (void *) self->record->points->data;
}

UtProbeLook * const *
ut_run_get_looks (UtRun *self,
                  gsize *n_looks)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (n_looks != NULL, NULL);

  *n_looks = self->record->looks->len;
  return (UtProbeLook * const *) self->record->looks->pdata;
}

const UtEpoch *
ut_run_get_epochs (UtRun *self,
                   gsize *n_epochs)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (n_epochs != NULL, NULL);

  *n_epochs = self->record->epochs->len;
  return (const UtEpoch *) (void *) self->record->epochs->data;
}

const UtEpoch *
ut_run_get_best (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (self, &n_epochs);
  gssize best = ut_epochs_find_best (epochs, n_epochs);

  return best >= 0 ? &epochs[best] : NULL;
}

const UtEvaluation *
ut_run_get_evaluation (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->evaluation.n_examples > 0 ? &self->record->evaluation : NULL;
}

const UtEvaluation *
ut_run_get_test (UtRun  *self,
                 gint64 *date)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  if (date != NULL)
    *date = self->record->tested;
  return self->record->test.n_examples > 0 ? &self->record->test : NULL;
}

void
_ut_run_set_test (UtRun              *self,
                  const UtEvaluation *evaluation)
{
  self->record->test = *evaluation;
  self->record->tested = g_get_real_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTED]);
}

guint
ut_run_get_n_members (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->record->members != NULL ? self->record->members->len : 0;
}

const char *
ut_run_get_member_name (UtRun *self,
                        guint  member)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (member < ut_run_get_n_members (self), NULL);

  return ((const UtMember *) g_ptr_array_index (self->record->members, member))->name;
}

gboolean
ut_run_has_member (UtRun *self,
                   UtRun *run)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);

  for (guint i = 0; i < ut_run_get_n_members (self); i++)
    {
      const UtMember *member = g_ptr_array_index (self->record->members, i);

      if (g_str_equal (member->id, run->record->id))
        return TRUE;
    }

  return FALSE;
}

const char *
ut_run_get_development (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->dev_hash;
}

gsize
ut_run_get_n_development_rows (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->record->dev_rows;
}

guint64
ut_run_get_n_weights (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->record->n_weights;
}

double
ut_run_get_majority (UtRun  *self,
                     guint8 *label)
{
  g_return_val_if_fail (UT_IS_RUN (self), NAN);
  g_return_val_if_fail (label != NULL, NAN);

  *label = self->record->majority_label;
  return self->record->majority;
}

UtDataFacts
ut_run_get_data_facts (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), (UtDataFacts) { 0 });

  return (UtDataFacts) {
    .train_rows = self->record->train_rows,
    .dev_rows = self->record->dev_rows,
    .train_hash = self->record->train_hash,
    .dev_hash = self->record->dev_hash,
    .vectors_hash = self->record->vectors_hash,
  };
}

const char *
ut_run_get_version (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->record->version;
}
