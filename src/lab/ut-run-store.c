/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-store.h"

#include "ut-run-backup-private.h"
#include "ut-run-place-private.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

#include <glib/gi18n-lib.h>

/* Deleted runs stay that long. */
#define TRASH_DAYS 30

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UtRunStore, ut_run_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum
{
  PROP_ACTIVE = 1,
  PROP_QUEUE_PAUSED,
  PROP_TROUBLE,
  PROP_MOVING,
} UtRunStoreProperty;

static GParamSpec *properties[PROP_MOVING + 1];

enum
{
  RUN_CHANGED,
  RUN_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* List */

static GType
ut_run_store_get_item_type (GListModel *model)
{
  return UT_TYPE_RUN;
}

static guint
ut_run_store_get_n_items (GListModel *model)
{
  return UT_RUN_STORE (model)->runs->len;
}

static gpointer
ut_run_store_get_item (GListModel *model,
                       guint       position)
{
  UtRunStore *self = UT_RUN_STORE (model);

  return position < self->runs->len ? g_object_ref (g_ptr_array_index (self->runs, position))
  : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ut_run_store_get_item_type;
  iface->get_n_items = ut_run_store_get_n_items;
  iface->get_item = ut_run_store_get_item;
}

/* Troubles */

static void
find_trouble (UtRunStore *self)
{
  const char *trouble = self->halt;

  if (self->moving != NULL)
    _ut_run_store_go_on_moving (self);
  if (trouble == NULL && self->active != NULL)
    trouble = ut_run_get_progress (self->active)->trouble;
  if (g_strcmp0 (self->trouble, trouble) == 0)
    return;

  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
  if (trouble == NULL)
    _ut_run_store_start_next (self);
}

static void
worker_halted (const char *message,
               gpointer    data)
{
  UtRunStore *self = data;

  g_free (self->halt);
  self->halt = g_strdup (message);
  find_trouble (self);
}

static void
tell (UtRun      *run,
      const char *message)
{
  g_autofree char *notice = g_strdup_printf (_("Could not be saved: %s"), message);

  _ut_run_add_notice (run, notice);
  g_signal_emit_by_name (run, "progressed");
}

static void
worker_failed (const char *message,
               gpointer    data)
{
  UtRunStore *self = data;

  /* Of the runs, the one that trains is the likeliest to be looked at. */
  if (self->active != NULL)
    tell (self->active, message);
  else if (self->runs->len > 0)
    tell (g_ptr_array_index (self->runs, 0), message);
}

static const UtStoreWorkerFuncs worker_funcs = { worker_halted, worker_failed };

/* What is saved of a run */

gboolean
_ut_run_is_stored (UtRun *run)
{
  return _ut_run_get_folder (run) != NULL;
}

static void
save_label (UtRunStore *self,
            UtRun      *run)
{
  self->n_edits++;
  if (_ut_run_is_stored (run))
    _ut_store_errands_update (self->worker, run, UT_RUN_FIELDS_LABEL);
}

/* What was read before this would set it back. */
static void
save_course (UtRunStore *self,
             UtRun      *run)
{
  self->n_edits++;
  if (_ut_run_is_stored (run))
    _ut_store_errands_update (self->worker, run, UT_RUN_FIELDS_COURSE);
}

static void
label_changed_cb (UtRun      *run,
                  GParamSpec *pspec,
                  UtRunStore *self)
{
  save_label (self, run);
  g_signal_emit (self, signals[RUN_CHANGED], 0, run);
}

static void
course_changed_cb (UtRun      *run,
                   GParamSpec *pspec,
                   UtRunStore *self)
{
  save_course (self, run);
}

static void
shown_changed_cb (UtRun      *run,
                  GParamSpec *pspec,
                  UtRunStore *self)
{
  if (self->follows_shown && ut_run_get_shown (run))
    ut_run_store_read_points (self, run);
}

/* Puts @run where its time of creation says. */
void
_ut_run_store_connect (UtRunStore *self,
                       UtRun      *run)
{
  static const char * const label[] = { "notify::name", "notify::shown", "notify::tags",
                                        "notify::note" };

  for (gsize i = 0; i < G_N_ELEMENTS (label); i++)
    g_signal_connect_object (run, label[i], G_CALLBACK (label_changed_cb), self, 0);
  g_signal_connect_object (run, "notify::tested", G_CALLBACK (course_changed_cb), self, 0);
  g_signal_connect_object (run, "notify::shown", G_CALLBACK (shown_changed_cb), self, 0);
  if (self->follows_shown && ut_run_get_shown (run))
    ut_run_store_read_points (self, run);
}

void
_ut_run_store_insert (UtRunStore *self,
                      UtRun      *run)
{
  guint position = 0;

  while (position < self->runs->len
         && ut_run_get_created (g_ptr_array_index (self->runs, position)) > ut_run_get_created (run))
    position++;

  g_ptr_array_insert (self->runs, (int) position, g_object_ref (run));
  _ut_run_store_connect (self, run);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = ut_run_get_created (*(UtRun * const *) a);
  gint64 second = ut_run_get_created (*(UtRun * const *) b);

  return first > second ? -1 : first < second;
}

void
_ut_run_store_insert_all (UtRunStore *self,
                          GPtrArray  *runs)
{
  /* Among others each one has its place, which those who follow the list want to keep. */
  if (self->runs->len > 0 || runs->len == 0)
    {
      for (guint i = 0; i < runs->len; i++)
        _ut_run_store_insert (self, g_ptr_array_index (runs, i));
      return;
    }

  for (guint i = 0; i < runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (runs, i);

      g_ptr_array_add (self->runs, g_object_ref (run));
      _ut_run_store_connect (self, run);
    }
  g_ptr_array_sort (self->runs, compare_created);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->runs->len);
}

void
_ut_run_store_disconnect (UtRunStore *self,
                          UtRun      *run)
{
  g_signal_handlers_disconnect_by_func (run, label_changed_cb, self);
  g_signal_handlers_disconnect_by_func (run, course_changed_cb, self);
  g_signal_handlers_disconnect_by_func (run, shown_changed_cb, self);
}

void
_ut_run_store_take_out (UtRunStore *self,
                        guint       position)
{
  g_autoptr (UtRun) run = g_ptr_array_steal_index (self->runs, position);

  _ut_run_store_disconnect (self, run);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Points */

typedef struct
{
  UtRunStore *store; /* (owned) */
  UtRun *run;        /* (owned) */
} Reading;

static void
points_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autofree Reading *reading = data;
  g_autoptr (UtRunStore) self = reading->store;
  g_autoptr (UtRun) run = reading->run;
  g_autoptr (GError) error = NULL;
  GPtrArray *looks;
  GArray *points = _ut_store_errands_read_points_finish (result, &looks, &error);

  g_hash_table_remove (self->reading, run);
  /* It may have started meanwhile, which reads them, too. */
  if (_ut_run_has_points (run))
    {
      g_array_unref (points);
      g_ptr_array_unref (looks);
      return;
    }

  if (error != NULL)
    _ut_run_add_notice (run, error->message);
  _ut_run_set_points (run, points, looks);
}

void
ut_run_store_follow_shown (UtRunStore *self)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  self->follows_shown = TRUE;
  for (guint i = 0; i < self->runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (self->runs, i);

      if (ut_run_get_shown (run))
        ut_run_store_read_points (self, run);
    }
}

void
ut_run_store_read_points (UtRunStore *self,
                          UtRun      *run)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  if (_ut_run_has_points (run) || !g_hash_table_add (self->reading, run))
    return;

  Reading *reading = g_new (Reading, 1);

  *reading = (Reading) { g_object_ref (self), g_object_ref (run) };
  _ut_store_errands_read_points_async (self->worker, run, points_read_cb, reading);
}

void
ut_run_store_set_probes (UtRunStore *self,
                         UtProbes   *probes)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  g_autoptr (UtProbes) old = self->probes;

  self->probes = probes != NULL ? ut_probes_ref (probes) : NULL;
  if (self->active != NULL)
    _ut_run_set_probes (self->active, probes);
}

UtProbes *
ut_run_store_get_probes (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  return self->probes;
}

/* Queue */

static void
set_active (UtRunStore *self,
            UtRun      *run)
{
  if (self->active != NULL)
    g_signal_handlers_disconnect_by_func (self->active, find_trouble, self);
  if (run != NULL)
    g_signal_connect_object (run, "progressed", G_CALLBACK (find_trouble), self,
                             G_CONNECT_SWAPPED);
  if (g_set_object (&self->active, run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  find_trouble (self);
}

/* Others see whether it trains or is paused; more would be written too often. */
static void
state_changed_cb (UtRun      *run,
                  GParamSpec *pspec,
                  UtRunStore *self)
{
  UtRunState state = ut_run_get_state (run);

  if (state == UT_RUN_PAUSED || state == UT_RUN_TRAINING)
    save_course (self, run);
}

static void
run_ended (UtRun    *run,
           UtCorpus *corpus,
           gpointer  data)
{
  g_autoptr (UtRunStore) self = data;

  if (corpus != NULL && corpus != self->corpus)
    {
      g_clear_pointer (&self->corpus, ut_corpus_unref);
      self->corpus = ut_corpus_ref (corpus);
    }
  set_active (self, NULL);
  g_signal_handlers_disconnect_by_func (run, state_changed_cb, self);
  save_course (self, run);
  _ut_store_errands_release (self->worker, run);
  _ut_run_store_compare (self, run);
  g_signal_emit (self, signals[RUN_ENDED], 0, run);
  _ut_run_store_start_next (self);
}

static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtRunStore) self = data;
  g_autoptr (UtCorpus) corpus = g_steal_pointer (&self->next_corpus);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtRun) run = g_object_ref (self->active);
  GArray *points;
  GPtrArray *looks;
  gboolean claimed = _ut_store_errands_claim_finish (result, &points, &looks, &error);

  if (claimed)
    {
      if (points != NULL)
        _ut_run_set_points (run, points, looks);
      g_signal_connect_object (run, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
      save_course (self, run);
      _ut_run_set_probes (run, self->probes);
      /* The store stays until the worker is done, whoever lets go of it. */
      _ut_run_start (run, self->path, corpus, run_ended, g_object_ref (self));
      return;
    }

  g_clear_pointer (&points, g_array_unref);
  g_clear_pointer (&looks, g_ptr_array_unref);
  /* A store that could not be written does not know the run. */
  _ut_run_fail (run, self->halt != NULL ? self->halt : error->message);
  set_active (self, NULL);
  /* What another program trains is as it says. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    self->must_list = TRUE;
  else
    save_course (self, run);
  g_signal_emit (self, signals[RUN_ENDED], 0, run);
  _ut_run_store_start_next (self);
}

void
_ut_run_store_start_next (UtRunStore *self)
{
  if (self->active != NULL || self->moving != NULL || self->queue_paused || self->trouble != NULL
      || _ut_run_queue_peek (self->queue) == NULL)
    return;

  g_autoptr (UtRun) run = _ut_run_queue_pop (self->queue, &self->next_corpus);

  if (self->next_corpus == NULL && self->corpus != NULL
      && ut_corpus_matches (self->corpus, ut_run_get_config (run)))
    self->next_corpus = ut_corpus_ref (self->corpus);

  _ut_run_prepare (run);
  set_active (self, run);
  _ut_store_errands_claim_async (self->worker, run, claimed_cb, g_object_ref (self));
}

void
_ut_run_store_enqueue (UtRunStore *self,
                       UtRun      *run,
                       UtCorpus   *corpus)
{
  if (_ut_run_is_stored (run))
    _ut_store_errands_claim (self->worker, run);
  _ut_run_queue_add (self->queue, run, corpus);
  _ut_run_store_start_next (self);
}

/* GObject */

static void
ut_run_store_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  UtRunStore *self = UT_RUN_STORE (object);

  switch ((UtRunStoreProperty) id)
    {
    case PROP_ACTIVE:
      g_value_set_object (value, self->active);
      break;
    case PROP_QUEUE_PAUSED:
      g_value_set_boolean (value, self->queue_paused);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    case PROP_MOVING:
      g_value_set_boolean (value, self->moving != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_run_store_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  UtRunStore *self = UT_RUN_STORE (object);

  switch (id)
    {
    case PROP_QUEUE_PAUSED:
      ut_run_store_set_queue_paused (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_run_store_dispose (GObject *object)
{
  UtRunStore *self = UT_RUN_STORE (object);

  g_clear_handle_id (&self->poll_source, g_source_remove);

  G_OBJECT_CLASS (ut_run_store_parent_class)->dispose (object);
}

static void
ut_run_store_finalize (GObject *object)
{
  UtRunStore *self = UT_RUN_STORE (object);

  g_clear_pointer (&self->worker, _ut_store_worker_free);
  g_clear_pointer (&self->queue, _ut_run_queue_free);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_object (&self->trash);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_clear_pointer (&self->reading, g_hash_table_unref);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  g_clear_pointer (&self->next_corpus, ut_corpus_unref);
  g_clear_pointer (&self->probes, ut_probes_unref);
  g_clear_object (&self->active);
  g_clear_object (&self->directory);
  g_free (self->path);
  g_free (self->halt);
  g_free (self->trouble);

  G_OBJECT_CLASS (ut_run_store_parent_class)->finalize (object);
}

static void
ut_run_store_class_init (UtRunStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_run_store_get_property;
  object_class->set_property = ut_run_store_set_property;
  object_class->dispose = ut_run_store_dispose;
  object_class->finalize = ut_run_store_finalize;

  properties[PROP_ACTIVE] = g_param_spec_object ("active", NULL, NULL, UT_TYPE_RUN, readable);
  /** UtRunStore:queue-paused: whether runs that wait go on waiting. */
  properties[PROP_QUEUE_PAUSED] = g_param_spec_boolean ("queue-paused", NULL, NULL, FALSE,
                                                        readable | G_PARAM_WRITABLE);
  /** UtRunStore:trouble: why nothing can be saved at the moment, %NULL where it can. */
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, readable);
  /** UtRunStore:moving: whether all runs are being copied to another place. */
  properties[PROP_MOVING] = g_param_spec_boolean ("moving", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtRunStore::run-changed:
   * @self: the store.
   * @run: a run that got another name, tags or note, or is shown or hidden now.
   */
  signals[RUN_CHANGED] = g_signal_new ("run-changed", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, UT_TYPE_RUN);

  /**
   * UtRunStore::run-ended:
   * @self: the store.
   * @run: a run that finished, stopped or failed, or an ensemble that was checked.
   */
  signals[RUN_ENDED] = g_signal_new ("run-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, UT_TYPE_RUN);
}

static void
ut_run_store_init (UtRunStore *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  self->trash = g_list_store_new (UT_TYPE_RUN);
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reading = g_hash_table_new (NULL, NULL);
  self->queue = _ut_run_queue_new ();
}

UtRunStore *
ut_run_store_new (GFile *directory)
{
  g_return_val_if_fail (directory == NULL || G_IS_FILE (directory), NULL);

  UtRunStore *self = g_object_new (UT_TYPE_RUN_STORE, NULL);
  g_autofree char *place = _ut_run_place_dup_remembered ();
  g_autofree char *usual = _ut_run_place_dup_usual ();
  g_autoptr (GFile) parent = directory != NULL
                             ? g_object_ref (directory)
                             : g_file_new_for_path (place != NULL ? place : usual);
  g_autoptr (GFile) database = g_file_get_child (parent, UT_RUN_DATABASE_NAME);

  self->remembers = directory == NULL;
  self->directory = g_file_get_child (parent, UT_RUN_FOLDERS_NAME);
  self->path = g_file_get_path (database);
  self->worker = _ut_store_worker_new (self->path, &worker_funcs, self);

  return self;
}

/* The queue from outside */

UtRun *
ut_run_store_get_active (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  return self->active;
}

void
ut_run_store_start_now (UtRunStore *self,
                        UtRun      *run)
{
  ut_run_store_move_queued (self, run, 1);
}

void
ut_run_store_move_queued (UtRunStore *self,
                          UtRun      *run,
                          guint       position)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));
  g_return_if_fail (position > 0);

  _ut_run_queue_move (self->queue, run, position);
}

guint
ut_run_store_get_n_queued (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), 0);

  return _ut_run_queue_get_length (self->queue);
}

gboolean
ut_run_store_get_queue_paused (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);

  return self->queue_paused;
}

void
ut_run_store_set_queue_paused (UtRunStore *self,
                               gboolean    paused)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  if (self->queue_paused == !!paused)
    return;

  self->queue_paused = !!paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUEUE_PAUSED]);
  _ut_run_store_start_next (self);
}

static void
empty_old_trash (UtRunStore *self)
{
  gint64 oldest = g_get_real_time () - TRASH_DAYS * G_TIME_SPAN_DAY;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i > 0; i--)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (self->trash), i - 1);

      if (_ut_run_get_record (run)->trashed < oldest)
        ut_run_store_purge (self, run);
    }
}

guint
ut_run_store_tend (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), 0);

  guint n_adopted = 0;

  empty_old_trash (self);
  _ut_store_errands_back_up (self->worker);

  /* The oldest first: they were added first. */
  for (guint i = self->runs->len; i > 0; i--)
    {
      UtRun *run = g_ptr_array_index (self->runs, i - 1);

      if (ut_run_get_state (run) != UT_RUN_QUEUED || ut_run_is_elsewhere (run)
          || ut_run_get_queue_position (run) > 0)
        continue;
      if (n_adopted++ == 0)
        ut_run_store_set_queue_paused (self, TRUE);
      _ut_store_errands_claim (self->worker, run);
      _ut_run_queue_add (self->queue, run, NULL);
    }

  return n_adopted;
}

/* Removing */

gboolean
ut_run_store_remove (UtRunStore *self,
                     UtRun      *run)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);

  guint position;

  if (run == self->active || ut_run_is_elsewhere (run)
      || !g_ptr_array_find (self->runs, run, &position))
    return FALSE;

  g_autoptr (UtRun) kept = g_object_ref (run);

  self->n_edits++;
  _ut_run_get_record (run)->trashed = g_get_real_time ();
  if (_ut_run_queue_remove (self->queue, run))
    _ut_store_errands_release (self->worker, run);
  if (_ut_run_is_stored (run))
    _ut_store_errands_set_trashed (self->worker, run);
  _ut_run_store_take_out (self, position);
  g_list_store_insert (self->trash, 0, run);

  return TRUE;
}

void
ut_run_store_restore (UtRunStore *self,
                      UtRun      *run)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  guint position;

  if (!g_list_store_find (self->trash, run, &position))
    return;

  g_autoptr (UtRun) kept = g_object_ref (run);

  self->n_edits++;
  _ut_run_get_record (run)->trashed = 0;
  g_list_store_remove (self->trash, position);
  if (_ut_run_is_stored (run))
    _ut_store_errands_set_trashed (self->worker, run);
  _ut_run_store_insert (self, run);
  /* It may have been changed while it was away. */
  save_label (self, run);
  if (ut_run_get_state (run) == UT_RUN_QUEUED)
    _ut_run_store_enqueue (self, run, NULL);
}

void
ut_run_store_purge (UtRunStore *self,
                    UtRun      *run)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  guint position;

  if (!g_list_store_find (self->trash, run, &position))
    return;

  self->n_edits++;
  if (_ut_run_is_stored (run))
    _ut_store_errands_delete (self->worker, run);
  g_list_store_remove (self->trash, position);
}

GListModel *
ut_run_store_get_trash (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  return G_LIST_MODEL (self->trash);
}

void
ut_run_store_stop_all (UtRunStore *self)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  UtRun *run;

  while ((run = _ut_run_queue_peek (self->queue)) != NULL)
    {
      g_autoptr (UtRun) kept = g_object_ref (run);

      _ut_run_queue_remove (self->queue, run);
      _ut_run_set_state (run, ut_run_get_n_members (run) > 0 ? UT_RUN_ENSEMBLE : UT_RUN_STOPPED);
      save_course (self, run);
      _ut_store_errands_release (self->worker, run);
    }
  if (self->active != NULL)
    ut_run_stop (self->active);
}

/* Troubles from outside */

const char *
ut_run_store_get_trouble (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  return self->trouble;
}

void
ut_run_store_retry (UtRunStore *self)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  _ut_store_worker_retry (self->worker);
  if (self->active != NULL && ut_run_get_progress (self->active)->trouble != NULL)
    ut_run_set_paused (self->active, FALSE);
}

void
ut_run_store_close (UtRunStore *self)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  g_clear_handle_id (&self->poll_source, g_source_remove);
  _ut_store_worker_finish (self->worker);
}

char *
ut_run_store_dup_backup (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  return _ut_run_backup_find (self->path);
}

static gboolean
replace_database (UtRunStore *self,
                  gboolean (*replace) (const char *path, GError **error),
                  GError    **error)
{
  /* What was not written is of the damaged store. */
  _ut_store_worker_free (self->worker);

  gboolean replaced = replace (self->path, error);

  self->worker = _ut_store_worker_new (self->path, &worker_funcs, self);
  worker_halted (NULL, self);
  return replaced;
}

gboolean
ut_run_store_restore_backup (UtRunStore  *self,
                             GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  g_return_val_if_fail (self->active == NULL, FALSE);

  return replace_database (self, _ut_run_backup_restore, error);
}

gboolean
ut_run_store_set_aside (UtRunStore  *self,
                        GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  g_return_val_if_fail (self->active == NULL, FALSE);

  return replace_database (self, _ut_run_backup_set_aside, error);
}

char *
ut_run_store_dup_recovered (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  guint n_read = self->salvage.n_read;
  guint n_rebuilt = self->salvage.n_rebuilt;
  g_autofree char *read = g_strdup_printf (ngettext ("%'u run was recovered from the damaged store.",
                                                     "%'u runs were recovered from the damaged store.",
                                                     n_read), n_read);
  g_autofree char *rebuilt =
    g_strdup_printf (ngettext ("Of %'u run only its files were left.",
                               "Of %'u runs only their files were left.", n_rebuilt), n_rebuilt);

  if (n_read == 0)
    return n_rebuilt > 0 ? g_steal_pointer (&rebuilt) : NULL;

  return n_rebuilt > 0 ? g_strconcat (read, " ", rebuilt, NULL) : g_steal_pointer (&read);
}
