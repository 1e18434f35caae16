/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-form.h"

#include "ut-axis-row.h"
#include "ut-choice-row.h"
#include "ut-cost.h"
#include "ut-data-chooser.h"
#include "ut-facts.h"
#include "ut-path-row.h"
#include "ut-preset-list.h"
#include "ut-preset-menu.h"
#include "ut-resources.h"
#include "ut-spin-row.h"
#include "ut-switch-row.h"

#include <glib/gi18n.h>

/* Settings of which several values can be tried at once. */
#define N_AXES 2
static const char *const axis_ids[N_AXES] = { "first_axis_row", "second_axis_row" };

/* A time of the day is not to be wrong for long. */
#define CLOCK_SECONDS 20

struct _UtForm
{
  GtkBox parent_instance;

  GtkDropDown *preset;
  UtPresetMenu *preset_menu;
  UtStackedRow *data_row;
  GtkDropDown *data;
  UtPathRow *train_row;
  UtPathRow *dev_row;
  UtPathRow *exclude_row;
  UtPathRow *vectors_row;
  GtkLabel *facts_label;
  UtStackedRow *cells_row;
  GtkCheckButton *cell_rnn;
  GtkCheckButton *cell_lstm;
  GtkCheckButton *cell_gru;
  GtkCheckButton *cell_bag;
  GtkCheckButton *cell_majority;
  AdwExpanderRow *more_row;
  UtAxisRow *axis_rows[N_AXES]; /* of the template */
  GtkLabel *estimate_label;
  GtkLabel *reason_label;
  GtkButton *start_button;
  UtSettingRow *rows[UT_N_ALL_SETTINGS]; /* of the template, whose ids are the keys */

  UtSession *session; /* (owned) (nullable) */
  UtDataChooser *data_chooser; /* (owned) (nullable): with the session */
  UtFacts *facts;     /* (owned) (nullable) */
  gboolean compares;  /* whether rows that differ from the current run are marked */
  gboolean filling;   /* many rows change at once, and are looked at when all have */
  gboolean valid;
  char *refusal;      /* (owned) (nullable): why the last Start came to nothing */
  guint clock;        /* says anew when the runs would be done */
};

G_DEFINE_FINAL_TYPE (UtForm, ut_form, GTK_TYPE_BOX)

typedef enum
{
  PROP_SESSION = 1,
  PROP_VALID,
  PROP_CORPUS,
} UtFormProperty;

static GParamSpec *properties[PROP_CORPUS + 1];

static GtkCheckButton *
get_cell_button (UtForm     *self,
                 UtCellKind  cell)
{
  switch (cell)
    {
    case UT_CELL_RNN:
      return self->cell_rnn;
    case UT_CELL_GRU:
      return self->cell_gru;
    case UT_CELL_BAG:
      return self->cell_bag;
    case UT_CELL_MAJORITY:
      return self->cell_majority;
    case UT_CELL_LSTM:
    default:
      return self->cell_lstm;
    }
}

static const char *
null_if_empty (const char *text)
{
  return *text == '\0' ? NULL : text;
}

/* The data set that is chosen, %NULL for files by name. */
static UtDataEntry *
get_entry (UtForm *self)
{
  return ut_data_chooser_get_entry (self->data_chooser);
}

static void
add_number (UtForm          *self,
            UtSetting        setting,
            UtConfigBuilder *builder)
{
  ut_config_builder_set_number (builder, setting, ut_setting_row_get_number (self->rows[setting]));
}

static void
add_data (UtForm          *self,
          UtConfigBuilder *builder)
{
  if (get_entry (self) != NULL)
    ut_data_entry_apply (get_entry (self), builder);
  else
    ut_config_builder_set_files (builder,
                                 null_if_empty (ut_path_row_get_path (self->train_row)),
                                 null_if_empty (ut_path_row_get_path (self->dev_row)));
  ut_config_builder_set_exclude (builder, null_if_empty (ut_path_row_get_path (self->exclude_row)));
}

static UtConfig *
make_config (UtForm      *self,
             UtCellKind   cell,
             GError     **error)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_cell (builder, cell);
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    add_number (self, i, builder);
  add_data (self, builder);
  ut_config_builder_set_vectors (builder, null_if_empty (ut_path_row_get_path (self->vectors_row)));

  return ut_config_builder_end (builder, error);
}

/* What presets leave to the person. The other rows are not asked, as they may be at odds with each
 * other; nor are files that are still to be named. */
static UtConfig *
make_base (UtForm     *self,
           UtCellKind  cell)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_cell (builder, cell);
  add_number (self, UT_SETTING_SEED, builder);
  add_number (self, UT_SETTING_THREADS, builder);
  if (get_entry (self) != NULL || *ut_path_row_get_path (self->train_row) != '\0')
    add_data (self, builder);
  ut_config_builder_set_vectors (builder, null_if_empty (ut_path_row_get_path (self->vectors_row)));

  return ut_config_builder_end (builder, NULL);
}

static guint
get_n_seeds (UtForm *self)
{
  return (guint) ut_setting_row_get_number (self->rows[UT_SETTING_N_SEEDS]);
}

/* @axes receives the settings of which several values are tried; those that cannot be read are left
 * out. */
static gsize
list_axes (UtForm      *self,
           UtSweepAxis *axes)
{
  gsize n_axes = 0;

  for (gsize i = 0; i < N_AXES; i++)
    {
      UtSweepAxis *axis = &axes[n_axes];

      axis->values = ut_axis_row_get_values (self->axis_rows[i], &axis->n_values);
      if (axis->values != NULL && ut_axis_row_get_setting (self->axis_rows[i], &axis->setting))
        n_axes++;
    }

  return n_axes;
}

static GPtrArray *
make_configs (UtForm  *self,
              GError **error)
{
  UtCellKind cells[UT_N_CELLS];
  UtSweepAxis axes[N_AXES];
  gsize n_axes = list_axes (self, axes);
  gsize n_cells = 0;
  g_autoptr (UtConfig) base = NULL;

  for (UtCellKind cell = 0; cell < UT_N_CELLS; cell++)
    if (gtk_check_button_get_active (get_cell_button (self, cell)))
      cells[n_cells++] = cell;
  if (n_cells == 0)
    return g_ptr_array_new ();

  base = make_config (self, cells[0], error);

  return base != NULL
           ? ut_sweep_expand (base, cells, n_cells, axes, n_axes, get_n_seeds (self), error) : NULL;
}

/* How many cells are ticked; @first receives the first of them. */
static guint
count_cells (UtForm     *self,
             UtCellKind *first)
{
  guint n_cells = 0;

  *first = UT_CELL_LSTM;
  for (UtCellKind cell = UT_N_CELLS; cell-- > 0;)
    if (gtk_check_button_get_active (get_cell_button (self, cell)))
      {
        *first = cell;
        n_cells++;
      }

  return n_cells;
}

/* Writes @config into the rows; its cell only where @with_cell. */
static void
fill (UtForm   *self,
      UtConfig *config,
      gboolean  with_cell)
{
  UtDataEntry *entry = ut_data_list_find (ut_session_get_data (self->session), config);

  self->filling = TRUE;
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    ut_setting_row_set_number (self->rows[i], ut_config_get_number (config, i));
  ut_data_chooser_select (self->data_chooser, entry);
  if (entry == NULL)
    {
      ut_path_row_set_path (self->train_row, ut_config_get_train_path (config));
      ut_path_row_set_path (self->dev_row, ut_config_get_dev_path (config));
    }
  ut_path_row_set_path (self->exclude_row, ut_config_get_exclude_path (config));
  ut_path_row_set_path (self->vectors_row, ut_config_get_vectors_path (config));
  for (UtCellKind cell = 0; with_cell && cell < UT_N_CELLS; cell++)
    gtk_check_button_set_active (get_cell_button (self, cell), cell == ut_config_get_cell (config));
  self->filling = FALSE;
}

static void
mark_text (UtStackedRow *row,
           gboolean      differs,
           const char   *was)
{
  const char *mark = !differs ? NULL : was != NULL ? was : C_("data or word vectors", "none");

  ut_stacked_row_set_was (row, mark);
}

static void
update_marks (UtForm   *self,
              UtConfig *config)
{
  UtRun *current = ut_session_get_current (self->session);
  UtConfig *other = self->compares && current != NULL ? ut_run_get_config (current) : NULL;
  g_autofree char *title = other != NULL ? ut_config_dup_data_title (other) : NULL;
  gboolean own_files = get_entry (self) == NULL;
  gboolean differs;
  UtCellKind cell;

  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      double number = other != NULL ? ut_config_get_number (other, i) : 0;
      g_autofree char *was = NULL;

      if (other != NULL && number != ut_setting_row_get_number (self->rows[i]))
        was = ut_setting_describe (i, number);
      ut_form_row_set_was (UT_FORM_ROW (self->rows[i]), was);
    }

  differs = other != NULL &&
            ut_data_list_find (ut_session_get_data (self->session), other) != get_entry (self);
  mark_text (self->data_row, differs, title);
  differs = other != NULL && own_files && config != NULL &&
            g_strcmp0 (ut_config_get_train_path (other), ut_config_get_train_path (config)) != 0;
  mark_text (UT_STACKED_ROW (self->train_row), differs,
             other != NULL ? ut_config_get_train_path (other) : NULL);
  differs = other != NULL && own_files && config != NULL &&
            g_strcmp0 (ut_config_get_dev_path (other), ut_config_get_dev_path (config)) != 0;
  mark_text (UT_STACKED_ROW (self->dev_row), differs,
             other != NULL ? ut_config_get_dev_path (other) : NULL);
  differs = other != NULL && config != NULL &&
            g_strcmp0 (ut_config_get_exclude_path (other),
                       ut_config_get_exclude_path (config)) != 0;
  mark_text (UT_STACKED_ROW (self->exclude_row), differs,
             other != NULL ? ut_config_get_exclude_path (other) : NULL);
  differs = other != NULL && config != NULL &&
            g_strcmp0 (ut_config_get_vectors_path (other),
                       ut_config_get_vectors_path (config)) != 0;
  mark_text (UT_STACKED_ROW (self->vectors_row), differs,
             other != NULL ? ut_config_get_vectors_path (other) : NULL);

  cell = other != NULL ? ut_config_get_cell (other) : UT_CELL_LSTM;
  differs = FALSE;
  for (UtCellKind i = 0; i < UT_N_CELLS; i++)
    differs |= other != NULL && gtk_check_button_get_active (get_cell_button (self, i)) !=
               (i == cell);
  mark_text (self->cells_row, differs, ut_cell_kind_get_title (cell));
}

static void
update_facts_label (UtForm *self)
{
  UtCorpus *corpus = ut_facts_get_corpus (self->facts);
  g_autofree char *text = NULL;

  if (corpus != NULL)
    {
      gsize n_train = ut_dataset_get_n_rows (ut_corpus_get_train (corpus));
      gsize n_dev = ut_dataset_get_n_rows (ut_corpus_get_dev (corpus));
      guint n_words = ut_vocabulary_get_size (ut_corpus_get_vocabulary (corpus)) - 2;

      if (ut_corpus_get_held_out (corpus))
        /* Translators: numbers of sentences and of different words. */
        text = g_strdup_printf (_("%'u to train, %'u held out to validate, %'u words"),
                                (guint) n_train, (guint) n_dev, n_words);
      else
        /* Translators: numbers of sentences and of different words. */
        text = g_strdup_printf (_("%'u to train, %'u to validate, %'u words"),
                                (guint) n_train, (guint) n_dev, n_words);
      if (ut_corpus_get_n_excluded (corpus) > 0)
        {
          g_autofree char *facts = g_steal_pointer (&text);

          /* Translators: numbers of sentences to train and so on, and how many are left out. */
          text = g_strdup_printf (_("%s; %'u left out"), facts,
                                  (guint) ut_corpus_get_n_excluded (corpus));
        }
    }
  else if (ut_facts_is_reading (self->facts))
    {
      text = g_strdup (_("Reading…"));
    }

  gtk_label_set_label (self->facts_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), text != NULL);
}

/* A row whose setting takes several values has nothing to say meanwhile. */
static void
update_axes (UtForm *self)
{
  gboolean vectors = *ut_path_row_get_path (self->vectors_row) != '\0';
  gboolean varied[UT_N_ALL_SETTINGS] = { FALSE };
  UtSetting setting;

  for (gsize i = 0; i < N_AXES; i++)
    {
      g_autofree char *reason = NULL;

      if (!ut_axis_row_get_setting (self->axis_rows[i], &setting))
        continue;

      if (varied[setting])
        reason = g_strdup_printf (_("%s is there twice"), ut_setting_get_title (setting));
      else if (setting == UT_SETTING_EMBEDDING_SIZE && vectors)
        reason = g_strdup_printf (_("%s: as the file has it"), ut_setting_get_title (setting));
      ut_axis_row_refuse (self->axis_rows[i], reason);
      varied[setting] = TRUE;
    }
  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i]),
                              !varied[i] && !(i == UT_SETTING_EMBEDDING_SIZE && vectors));
}

static void
update_errors (UtForm *self)
{
  const char *data_error = ut_facts_get_error (self->facts, UT_FACTS_TRAIN);
  const char *train_error = NULL;
  UtCellKind cell;

  if (get_entry (self) == NULL)
    {
      train_error = *ut_path_row_get_path (self->train_row) == '\0' ? _("Choose a training file.")
                                                                    : data_error;
      data_error = NULL;
    }
  ut_stacked_row_set_error (self->data_row, data_error);
  ut_stacked_row_set_error (UT_STACKED_ROW (self->train_row), train_error);
  ut_stacked_row_set_error (UT_STACKED_ROW (self->dev_row),
                            ut_facts_get_error (self->facts, UT_FACTS_DEV));
  ut_stacked_row_set_error (UT_STACKED_ROW (self->exclude_row),
                            ut_facts_get_error (self->facts, UT_FACTS_EXCLUDE));
  ut_stacked_row_set_error (UT_STACKED_ROW (self->vectors_row),
                            ut_facts_get_error (self->facts, UT_FACTS_VECTORS));
  ut_stacked_row_set_error (self->cells_row, count_cells (self, &cell) > 0
                                               ? NULL : _("Tick at least one cell."));
}

/* What is wrong first, the data before the settings; %NULL where nothing is. */
static const char *
get_reason (UtForm       *self,
            const GError *error)
{
  UtStackedRow *const stacked[] = {
    self->data_row, UT_STACKED_ROW (self->train_row), UT_STACKED_ROW (self->dev_row),
    UT_STACKED_ROW (self->exclude_row), UT_STACKED_ROW (self->vectors_row), self->cells_row,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stacked); i++)
    if (ut_stacked_row_get_error (stacked[i]) != NULL)
      return ut_stacked_row_get_error (stacked[i]);

  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    if (ut_form_row_get_error (UT_FORM_ROW (self->rows[i])) != NULL)
      return ut_form_row_get_error (UT_FORM_ROW (self->rows[i]));

  for (gsize i = 0; i < N_AXES; i++)
    if (ut_stacked_row_get_error (UT_STACKED_ROW (self->axis_rows[i])) != NULL)
      return ut_stacked_row_get_error (UT_STACKED_ROW (self->axis_rows[i]));

  return error != NULL ? error->message : NULL;
}

static char *
dup_start_label (UtForm *self,
                 guint   n_runs)
{
  UtRunStore *store = ut_session_get_store (self->session);
  gboolean waits = ut_run_store_get_active (store) != NULL ||
                   ut_run_store_get_queue_paused (store) ||
                   ut_run_store_get_trouble (store) != NULL;

  if (waits && n_runs > 1)
    return g_strdup_printf (ngettext ("Add %'u to the queue", "Add %'u to the queue", n_runs),
                            n_runs);
  if (waits)
    return g_strdup (_("Add to queue"));
  if (n_runs > 1)
    return g_strdup_printf (ngettext ("Start %'u run", "Start %'u runs", n_runs), n_runs);

  return g_strdup (_("Start"));
}

static char *
dup_cost (UtForm    *self,
          GPtrArray *configs)
{
  UtRunStore *store = ut_session_get_store (self->session);
  UtQueueList *queue = ut_session_get_queue (self->session);
  gboolean paused = ut_run_store_get_queue_paused (store);
  /* Nobody knows when a paused queue goes on. */
  double wait = paused ? -1 : ut_queue_list_get_wait (queue, ut_run_store_get_n_queued (store));

  return ut_cost_dup_text (configs, ut_facts_get_corpus (self->facts), G_LIST_MODEL (store), wait);
}

static void
update_start (UtForm *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) configs = make_configs (self, &error);
  g_autofree char *estimate = NULL;
  g_autofree char *label = NULL;
  guint n_runs = configs != NULL ? configs->len : 0;
  const char *reason;
  gboolean valid;

  update_errors (self);
  reason = get_reason (self, error);
  valid = reason == NULL;
  if (valid)
    reason = self->refusal;
  if (configs != NULL && reason == NULL)
    estimate = dup_cost (self, configs);
  gtk_label_set_label (self->estimate_label, estimate != NULL ? estimate : "");
  gtk_widget_set_visible (GTK_WIDGET (self->estimate_label), reason == NULL);
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);

  label = dup_start_label (self, n_runs);
  if (g_strcmp0 (label, gtk_button_get_label (self->start_button)) != 0)
    gtk_button_set_label (self->start_button, label);

  if (self->valid != valid)
    {
      self->valid = valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
}

/* A preset is what the form shows as long as applying it would change nothing; @config is %NULL
 * where own files are still to be named. */
static void
update_preset (UtForm   *self,
               UtConfig *config)
{
  UtPresetStore *presets = ut_session_get_presets (self->session);
  GSettings *settings = ut_session_get_settings (self->session);
  g_autofree char *chosen = g_settings_get_string (settings, "preset");
  UtCellKind cell;
  gboolean one_cell = count_cells (self, &cell) == 1;
  guint position = ut_preset_list_find (presets, config, one_cell, chosen);
  const char *id = ut_preset_list_get_id (presets, position);
  const UtOwnPreset *own = ut_preset_list_get_own (presets, position);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->preset, position);
  self->filling = FALSE;
  /* The next start applies the preset: it must not take changes of it back. */
  if (!g_str_equal (id, chosen))
    g_settings_set_string (settings, "preset", id);
  ut_preset_menu_update (self->preset_menu, config, one_cell, own != NULL ? own->name : NULL);
}

static void
update (UtForm *self)
{
  g_autoptr (UtConfig) config = NULL;
  gboolean own_files = get_entry (self) == NULL;
  gboolean vectors = *ut_path_row_get_path (self->vectors_row) != '\0';
  UtCellKind cell;

  if (self->session == NULL || self->filling)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->train_row), own_files);
  gtk_widget_set_visible (GTK_WIDGET (self->dev_row), own_files);
  ut_form_row_set_hint (UT_FORM_ROW (self->rows[UT_SETTING_EMBEDDING_SIZE]),
                        vectors ? _("as the file has it") : NULL);

  count_cells (self, &cell);
  config = make_config (self, cell, NULL);
  update_axes (self);
  update_preset (self, config);
  ut_facts_ask (self->facts, config);
  update_marks (self, config);
  update_start (self);
}

static void
value_changed_cb (UtForm *self)
{
  g_clear_pointer (&self->refusal, g_free);
  update (self);
}

static gboolean
clock_cb (gpointer data)
{
  update_start (data);

  return G_SOURCE_CONTINUE;
}

static void
preset_selected_cb (UtForm *self)
{
  UtPresetStore *presets;
  guint selected = gtk_drop_down_get_selected (self->preset);
  const UtOwnPreset *own;
  g_autoptr (UtConfig) base = NULL;
  g_autoptr (UtConfig) config = NULL;
  UtCellKind cell;

  if (self->session == NULL || self->filling)
    return;

  presets = ut_session_get_presets (self->session);
  own = ut_preset_list_get_own (presets, selected);
  g_settings_set_string (ut_session_get_settings (self->session), "preset",
                         ut_preset_list_get_id (presets, selected));
  count_cells (self, &cell);
  base = make_base (self, cell);
  config = ut_preset_list_apply (presets, selected, base);
  if (config != NULL)
    fill (self, config, own != NULL && own->with_cell);
  update (self);
}

static void
facts_changed_cb (UtForm *self)
{
  guint dimension = ut_facts_get_dimension (self->facts);

  update_facts_label (self);
  if (dimension != 0)
    ut_setting_row_set_number (self->rows[UT_SETTING_EMBEDDING_SIZE], dimension);
  update_start (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CORPUS]);
}

static void
bind_settings (UtForm *self)
{
  GSettings *settings = ut_session_get_settings (self->session);

  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    ut_setting_row_bind (self->rows[i], settings);
  g_settings_bind (settings, "train-path", self->train_row, "path", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "dev-path", self->dev_row, "path", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "exclude-path", self->exclude_row, "path", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "vectors-path", self->vectors_row, "path", G_SETTINGS_BIND_DEFAULT);
  for (UtCellKind cell = 0; cell < UT_N_CELLS; cell++)
    {
      g_autofree char *key = g_strconcat ("cell-", ut_cell_kind_get_nick (cell), NULL);

      g_settings_bind (settings, key, get_cell_button (self, cell), "active",
                       G_SETTINGS_BIND_DEFAULT);
    }
}

static void
fill_presets (UtForm *self)
{
  g_autoptr (GListModel) list = ut_preset_list_new (ut_session_get_presets (self->session));

  gtk_drop_down_set_model (self->preset, list);
}

static void
presets_changed_cb (UtForm *self)
{
  self->filling = TRUE;
  fill_presets (self);
  self->filling = FALSE;
  update (self);
}

/* The presets, although the button of their menu stands higher. */
static gboolean
ut_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (UT_FORM (widget)->preset));
}

static void
ut_form_get_property (GObject    *object,
                      guint       property_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  UtForm *self = UT_FORM (object);

  switch ((UtFormProperty) property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    case PROP_CORPUS:
      g_value_set_boxed (value, ut_form_get_corpus (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_form_set_property (GObject      *object,
                      guint         property_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  UtForm *self = UT_FORM (object);

  switch ((UtFormProperty) property_id)
    {
    case PROP_SESSION:
      if (g_value_get_object (value) != NULL)
        ut_form_set_session (self, g_value_get_object (value));
      break;
    case PROP_VALID:
    case PROP_CORPUS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_form_dispose (GObject *object)
{
  UtForm *self = UT_FORM (object);

  /* Rows that go away must not ask for a new look at them. */
  self->filling = TRUE;
  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->facts);
  g_clear_object (&self->data_chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_FORM);
  g_clear_object (&self->session);
  g_clear_pointer (&self->refusal, g_free);

  G_OBJECT_CLASS (ut_form_parent_class)->dispose (object);
}

static void
ut_form_class_init (UtFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_form_get_property;
  object_class->set_property = ut_form_set_property;
  object_class->dispose = ut_form_dispose;
  widget_class->grab_focus = ut_form_grab_focus;

  /** UtForm:session: (nullable): what the form belongs to. */
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, UT_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  /** UtForm:valid: whether Start can be pressed. */
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /** UtForm:corpus: (nullable): the data, once it is read. */
  properties[PROP_CORPUS] = g_param_spec_boxed ("corpus", NULL, NULL, UT_TYPE_CORPUS,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UT_TYPE_AXIS_ROW);
  g_type_ensure (UT_TYPE_CHOICE_ROW);
  g_type_ensure (UT_TYPE_FORM_ROW);
  g_type_ensure (UT_TYPE_PATH_ROW);
  g_type_ensure (UT_TYPE_PRESET_MENU);
  g_type_ensure (UT_TYPE_SPIN_ROW);
  g_type_ensure (UT_TYPE_SWITCH_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-form.ui");
  gtk_widget_class_bind_template_child (widget_class, UtForm, preset);
  gtk_widget_class_bind_template_child (widget_class, UtForm, preset_menu);
  gtk_widget_class_bind_template_child (widget_class, UtForm, data_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, data);
  gtk_widget_class_bind_template_child (widget_class, UtForm, train_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, dev_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, exclude_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, vectors_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, facts_label);
  gtk_widget_class_bind_template_child (widget_class, UtForm, cells_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, cell_rnn);
  gtk_widget_class_bind_template_child (widget_class, UtForm, cell_lstm);
  gtk_widget_class_bind_template_child (widget_class, UtForm, cell_gru);
  gtk_widget_class_bind_template_child (widget_class, UtForm, cell_bag);
  gtk_widget_class_bind_template_child (widget_class, UtForm, cell_majority);
  gtk_widget_class_bind_template_child (widget_class, UtForm, more_row);
  gtk_widget_class_bind_template_child (widget_class, UtForm, estimate_label);
  gtk_widget_class_bind_template_child (widget_class, UtForm, reason_label);
  gtk_widget_class_bind_template_child (widget_class, UtForm, start_button);
  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, ut_setting_get_info (i)->key, FALSE,
                                               0);
  for (gsize i = 0; i < N_AXES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, axis_ids[i], FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, preset_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
}

static void
find_rows (UtForm *self)
{
  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    {
      GObject *row = gtk_widget_get_template_child (GTK_WIDGET (self), UT_TYPE_FORM,
                                                    ut_setting_get_info (i)->key);

      self->rows[i] = UT_SETTING_ROW (row);
      g_signal_connect_object (row, "notify::number", G_CALLBACK (value_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "notify::error", G_CALLBACK (value_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  for (gsize i = 0; i < N_AXES; i++)
    {
      GObject *row = gtk_widget_get_template_child (GTK_WIDGET (self), UT_TYPE_FORM, axis_ids[i]);

      self->axis_rows[i] = UT_AXIS_ROW (row);
      g_signal_connect_object (row, "changed", G_CALLBACK (value_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

/* A long name is cut off in the button, lest it widen the form, and stands whole in the list. */
static void
shorten_presets (UtForm *self)
{
  g_autoptr (GtkListItemFactory) titles =
    gtk_builder_list_item_factory_new_from_resource (NULL, UT_RESOURCES "ui/ut-preset-title.ui");

  gtk_drop_down_set_list_factory (self->preset, gtk_drop_down_get_factory (self->preset));
  gtk_drop_down_set_factory (self->preset, titles);
}

static void
ut_form_init (UtForm *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  find_rows (self);
  shorten_presets (self);
  self->filling = FALSE;

  self->facts = ut_facts_new ();
  g_signal_connect_object (self->facts, "changed", G_CALLBACK (facts_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
ut_form_set_session (UtForm    *self,
                     UtSession *session)
{
  g_autofree char *preset = NULL;

  g_return_if_fail (UT_IS_FORM (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->filling = TRUE;
  self->session = g_object_ref (session);
  self->data_chooser = ut_data_chooser_new (self->data, session);
  bind_settings (self);
  ut_preset_menu_set_session (self->preset_menu, session);
  fill_presets (self);

  /* The defaults of the settings are the notebook's; a first start shows its preset. */
  preset = g_settings_get_string (ut_session_get_settings (session), "preset");
  if (*preset != '\0')
    {
      g_autoptr (UtConfig) base = make_base (self, UT_CELL_LSTM);
      g_autoptr (UtConfigBuilder) builder = ut_config_builder_new (base);
      g_autoptr (UtConfig) config = NULL;

      if (ut_preset_apply (preset, builder))
        config = ut_config_builder_end (g_steal_pointer (&builder), NULL);
      if (config != NULL)
        fill (self, config, FALSE);
    }
  self->filling = FALSE;

  g_signal_connect_object (self->data_chooser, "changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_store (session), "notify::active", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_store (session), "notify::queue-paused",
                           G_CALLBACK (update_start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_store (session), "notify::trouble",
                           G_CALLBACK (update_start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_queue (session), "items-changed",
                           G_CALLBACK (update_start), self, G_CONNECT_SWAPPED);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  g_signal_connect_object (ut_session_get_presets (session), "changed",
                           G_CALLBACK (presets_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

gboolean
ut_form_get_valid (UtForm *self)
{
  g_return_val_if_fail (UT_IS_FORM (self), FALSE);

  return self->valid;
}

UtCorpus *
ut_form_get_corpus (UtForm *self)
{
  g_return_val_if_fail (UT_IS_FORM (self), NULL);

  return self->facts != NULL ? ut_facts_get_corpus (self->facts) : NULL;
}

UtConfig *
ut_form_dup_config (UtForm *self)
{
  g_autoptr (GPtrArray) configs = NULL;

  g_return_val_if_fail (UT_IS_FORM (self), NULL);

  configs = make_configs (self, NULL);

  if (configs == NULL || configs->len == 0)
    return NULL;

  return ut_config_ref (g_ptr_array_index (configs, 0));
}

gboolean
ut_form_start (UtForm *self)
{
  g_autoptr (GPtrArray) configs = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (UT_IS_FORM (self), FALSE);

  if (!self->valid)
    return FALSE;

  g_clear_pointer (&self->refusal, g_free);
  configs = make_configs (self, &error);
  if (configs == NULL ||
      !ut_session_start (self->session, configs, ut_facts_get_corpus (self->facts), &error))
    self->refusal = g_strdup (error->message);
  update_start (self);

  return self->refusal == NULL;
}

void
ut_form_use (UtForm   *self,
             UtConfig *config)
{
  g_return_if_fail (UT_IS_FORM (self));
  g_return_if_fail (config != NULL);

  self->compares = TRUE;
  fill (self, config, TRUE);
  ut_setting_row_set_number (self->rows[UT_SETTING_N_SEEDS], 1);
  for (gsize i = 0; i < N_AXES; i++)
    ut_axis_row_set (self->axis_rows[i], 0, NULL);
  update (self);
}
