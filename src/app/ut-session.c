/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-session.h"

struct _UtSession
{
  GObject parent_instance;

  UtRunStore *store;      /* (owned) */
  UtStoreLoader *loader;  /* (owned): of the store */
  UtPresetStore *presets; /* (owned) */
  UtProbeList *probes;    /* (owned) */
  UtDataList *data;       /* (owned) */
  GSettings *settings;    /* (owned) */
  UtPlotView *view;       /* (owned): of the plots of all pages */
  UtCurves *curves;       /* (owned) (nullable): once somebody draws them */
  UtRun *current;         /* (owned) (nullable) */
  UtRun *active;          /* (owned) (nullable): the run that trained at the last look */
  UtQueueList *queue;     /* (owned): of the store */
  UtRun *missed;          /* (owned) (nullable): the current run of before, which has left the list
                           * and may be back at once */
  guint missed_idle;
  guint n_left_over;
};

G_DEFINE_FINAL_TYPE (UtSession, ut_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_STORE = 1,
  PROP_SETTINGS,
  PROP_CURRENT,
  PROP_LEFT_OVER,
} UtSessionProperty;

static GParamSpec *properties[PROP_LEFT_OVER + 1];

enum
{
  REQUEST_TRAINING,
  MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_ticked (UtSession  *self,
           UtCellKind  cell)
{
  g_autofree char *key = g_strconcat ("cell-", ut_cell_kind_get_nick (cell), NULL);

  return g_settings_get_boolean (self->settings, key);
}

static UtConfig *
new_sample_config (UtCellKind cell)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  gsize n_presets;
  UtConfig *config;

  ut_preset_apply (ut_presets_get (&n_presets)[0].id, builder);
  ut_config_builder_set_cell (builder, cell);
  config = ut_config_builder_end (builder, &error);
  g_assert (config != NULL);

  return config;
}

/* Who watches the run that trains goes on to the next one of the queue; who looks at another run is
 * left alone. */
static void
active_changed_cb (UtSession *self)
{
  UtRun *active = ut_run_store_get_active (self->store);
  gboolean follows = self->current == NULL || self->current == self->active;

  if (active == NULL)
    return;

  if (follows)
    ut_session_set_current (self, active);
  g_set_object (&self->active, active);
}

static gboolean
forget_missed_cb (gpointer data)
{
  UtSession *self = data;

  self->missed_idle = 0;
  g_clear_object (&self->missed);

  return G_SOURCE_REMOVE;
}

/* A run that another program changed leaves the list and is put back in the same turn. */
static void
miss (UtSession *self,
      UtRun     *run)
{
  g_set_object (&self->missed, run);
  if (self->missed_idle == 0)
    self->missed_idle = g_idle_add_full (G_PRIORITY_HIGH, forget_missed_cb, self, NULL);
}

static void
runs_changed_cb (UtSession  *self,
                 guint       position,
                 guint       removed,
                 guint       added,
                 GListModel *model)
{
  guint n_runs = g_list_model_get_n_items (model);

  for (guint i = 0; i < added && self->missed != NULL; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (model, position + i);

      if (run == self->missed)
        {
          ut_session_set_current (self, run);
          g_clear_object (&self->missed);
        }
    }

  /* The current run is one of the list; where it was removed its neighbour takes over. */
  for (guint i = 0; i < n_runs && self->current != NULL; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (model, i);

      if (run == self->current)
        return;
    }

  if (removed > 0 && self->current != NULL)
    miss (self, self->current);
  if (n_runs == 0)
    {
      ut_session_set_current (self, NULL);
    }
  else
    {
      g_autoptr (UtRun) run = g_list_model_get_item (model, MIN (position, n_runs - 1));

      ut_session_set_current (self, run);
    }
}

static void
queue_paused_cb (UtSession *self)
{
  if (!ut_run_store_get_queue_paused (self->store))
    ut_session_set_left_over (self, 0);
}

static void
probes_changed_cb (UtSession *self)
{
  ut_run_store_set_probes (self->store, ut_probe_list_get (self->probes));
}

/* What was cut off is what one wants to see first; there is a button to go on with it. */
static void
loaded_cb (UtSession *self,
           guint      n_waiting)
{
  GListModel *runs = G_LIST_MODEL (self->store);

  ut_session_set_left_over (self, n_waiting);
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      if (ut_run_get_state (run) == UT_RUN_INTERRUPTED)
        {
          ut_session_set_current (self, run);
          return;
        }
    }
}

static void
ut_session_constructed (GObject *object)
{
  const char *const kept[] = { "smoothing", "y-log", "x-axis", "spread" };
  UtSession *self = UT_SESSION (object);

  G_OBJECT_CLASS (ut_session_parent_class)->constructed (object);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_settings_bind (self->settings, kept[i], self->view, kept[i], G_SETTINGS_BIND_DEFAULT);
  self->queue = ut_queue_list_new (self->store);
  g_signal_connect_object (self->store, "notify::queue-paused", G_CALLBACK (queue_paused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->probes, "changed", G_CALLBACK (probes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->loader = ut_store_loader_new (self->store);
  g_signal_connect_object (self->loader, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "failed", G_CALLBACK (ut_session_send_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader, "told", G_CALLBACK (ut_session_send_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "notify::active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->store)) > 0)
    runs_changed_cb (self, 0, 0, 0, G_LIST_MODEL (self->store));
}

static void
ut_session_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  UtSession *self = UT_SESSION (object);

  switch ((UtSessionProperty) property_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_CURRENT:
      g_value_set_object (value, self->current);
      break;
    case PROP_LEFT_OVER:
      g_value_set_uint (value, self->n_left_over);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_session_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  UtSession *self = UT_SESSION (object);

  switch ((UtSessionProperty) property_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_CURRENT:
      ut_session_set_current (self, g_value_get_object (value));
      break;
    case PROP_LEFT_OVER:
      ut_session_set_left_over (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_session_dispose (GObject *object)
{
  UtSession *self = UT_SESSION (object);

  g_clear_handle_id (&self->missed_idle, g_source_remove);
  g_clear_object (&self->missed);
  g_clear_object (&self->current);
  g_clear_object (&self->active);
  g_clear_object (&self->curves);
  g_clear_object (&self->view);
  g_clear_object (&self->queue);
  g_clear_object (&self->settings);
  g_clear_object (&self->data);
  g_clear_object (&self->presets);
  g_clear_object (&self->probes);
  g_clear_object (&self->loader);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (ut_session_parent_class)->dispose (object);
}

static void
ut_session_class_init (UtSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = ut_session_constructed;
  object_class->get_property = ut_session_get_property;
  object_class->set_property = ut_session_set_property;
  object_class->dispose = ut_session_dispose;

  /** UtSession:store: (not nullable): all runs. */
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, UT_TYPE_RUN_STORE, construct);
  /** UtSession:settings: (not nullable): what the program remembers. */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   construct);
  /** UtSession:current: (nullable): the selected run. */
  properties[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, UT_TYPE_RUN,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  /** UtSession:left-over: how many runs wait since the program ended the last time. */
  properties[PROP_LEFT_OVER] = g_param_spec_uint ("left-over", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtSession::request-training: a page had the sample trained; it comes back when that is done.
   */
  signals[REQUEST_TRAINING] = g_signal_new ("request-training", UT_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** UtSession::message: (text): something a person should know and need not answer. */
  signals[MESSAGE] = g_signal_new ("message", UT_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ut_session_init (UtSession *self)
{
  self->view = ut_plot_view_new ();
  self->presets = ut_preset_store_new (NULL);
  g_signal_connect_object (self->presets, "failed", G_CALLBACK (ut_session_send_message), self,
                           G_CONNECT_SWAPPED);
  self->probes = ut_probe_list_new (NULL);
  g_signal_connect_object (self->probes, "failed", G_CALLBACK (ut_session_send_message), self,
                           G_CONNECT_SWAPPED);
  self->data = ut_data_list_new (NULL);
  g_signal_connect_object (self->data, "failed", G_CALLBACK (ut_session_send_message), self,
                           G_CONNECT_SWAPPED);
}

UtSession *
ut_session_new (UtRunStore *store,
                GSettings  *settings)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  /* Shown runs are drawn. */
  ut_run_store_follow_shown (store);

  return g_object_new (UT_TYPE_SESSION, "store", store, "settings", settings, NULL);
}

UtRunStore *
ut_session_get_store (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->store;
}

UtStoreLoader *
ut_session_get_loader (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->loader;
}

UtPresetStore *
ut_session_get_presets (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->presets;
}

UtProbeList *
ut_session_get_probes (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->probes;
}

UtDataList *
ut_session_get_data (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->data;
}

GSettings *
ut_session_get_settings (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->settings;
}

UtRun *
ut_session_get_current (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->current;
}

void
ut_session_set_current (UtSession *self,
                        UtRun     *run)
{
  g_return_if_fail (UT_IS_SESSION (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  if (!g_set_object (&self->current, run))
    return;

  if (self->curves != NULL)
    ut_curves_set_current (self->curves, run);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

UtPlotView *
ut_session_get_plot_view (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->view;
}

UtCurves *
ut_session_get_curves (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  if (self->curves == NULL)
    {
      self->curves = ut_curves_new (G_LIST_MODEL (self->store));
      ut_curves_set_current (self->curves, self->current);
    }
  return self->curves;
}

UtRun *
ut_session_find_run (UtSession  *self,
                     const char *id)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (strcmp (ut_run_get_id (run), id) == 0)
        return run; /* the store keeps it */
    }

  return NULL;
}

UtQueueList *
ut_session_get_queue (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), NULL);

  return self->queue;
}

guint
ut_session_get_left_over (UtSession *self)
{
  g_return_val_if_fail (UT_IS_SESSION (self), 0);

  return self->n_left_over;
}

void
ut_session_set_left_over (UtSession *self,
                          guint      n_runs)
{
  g_return_if_fail (UT_IS_SESSION (self));

  if (self->n_left_over == n_runs)
    return;

  self->n_left_over = n_runs;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEFT_OVER]);
}

gboolean
ut_session_start (UtSession  *self,
                  GPtrArray  *configs,
                  UtCorpus   *corpus,
                  GError    **error)
{
  UtRun *first = NULL;

  g_return_val_if_fail (UT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (configs != NULL && configs->len > 0, FALSE);

  for (guint i = 0; i < configs->len; i++)
    {
      UtConfig *config = g_ptr_array_index (configs, i);
      UtCorpus *fitting = corpus != NULL && ut_corpus_matches (corpus, config) ? corpus : NULL;
      UtRun *run = ut_run_store_add (self->store, config, fitting, error);

      if (run == NULL)
        return FALSE;
      if (first == NULL)
        first = run;
    }

  /* Of several the one that trains first is the one to look at; the others follow it. */
  ut_session_set_current (self, first);
  return TRUE;
}

void
ut_session_train_sample (UtSession *self)
{
  g_autoptr (GPtrArray) configs = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (UT_IS_SESSION (self));

  configs = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_config_unref);
  for (UtCellKind cell = UT_CELL_RNN; cell <= UT_CELL_GRU; cell++)
    if (is_ticked (self, cell))
      g_ptr_array_add (configs, new_sample_config (cell));
  if (configs->len == 0)
    g_ptr_array_add (configs, new_sample_config (UT_CELL_LSTM));

  if (!ut_session_start (self, configs, NULL, &error))
    ut_session_send_message (self, error->message);
  else
    g_signal_emit (self, signals[REQUEST_TRAINING], 0);
}

void
ut_session_send_message (UtSession  *self,
                         const char *text)
{
  g_return_if_fail (UT_IS_SESSION (self));
  g_return_if_fail (text != NULL);

  g_signal_emit (self, signals[MESSAGE], 0, text);
}
