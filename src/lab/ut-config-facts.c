/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-config-facts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Where a setting does not apply. */
#define NONE "–"

/* Of sizes as far apart as this the ratio counts. */
#define MANY 8

typedef struct
{
  int setting;     /* -1 for what is none */
  const char *key;
  const char *title;
  gboolean differs;
  gboolean log;
  char **texts;    /* (owned) (array length=n_configs) */
  double *numbers; /* (owned) (array length=n_configs) */
  char **choices;  /* (owned) (nullable) */
} Fact;

struct UtConfigFacts
{
  guint n_configs;
  GArray *facts; /* (owned) (element-type Fact) */
};

static void
fact_clear (gpointer data)
{
  Fact *fact = data;

  g_strfreev (fact->texts);
  g_free (fact->numbers);
  g_strfreev (fact->choices);
}

/* A baseline has neither layers nor word vectors. */
static gboolean
applies (const UtConfig *config,
         int             setting)
{
  switch (setting)
    {
    case UT_SETTING_HIDDEN_SIZE:
    case UT_SETTING_EMBEDDING_SIZE:
    case UT_SETTING_LAYERS:
    case UT_SETTING_BIDIRECTIONAL:
    case UT_SETTING_READOUT:
    case UT_SETTING_EMBEDDING_DROPOUT:
    case UT_SETTING_LAYER_DROPOUT:
    case UT_SETTING_READOUT_DROPOUT:
    case UT_SETTING_SUBWORDS:
    case UT_SETTING_TRAIN_UNKNOWN:
    case UT_SETTING_TRAIN_EMBEDDING:
    case UT_SETTING_STATE_ALONG:
    case UT_SETTING_LOSS:
    case UT_SETTING_PADDING:
      return ut_cell_kind_is_recurrent (ut_config_get_cell (config));
    case UT_SETTING_WORD_DROPOUT:
      return ut_cell_kind_is_recurrent (ut_config_get_cell (config))
             && ut_config_get_number (config, UT_SETTING_SUBWORDS) != 0;
    default:
      return TRUE;
    }
}

static char **
dup_choices (UtSetting setting)
{
  const UtSettingInfo *info = ut_setting_get_info (setting);

  if (info->kind != UT_SETTING_KIND_SWITCH && info->kind != UT_SETTING_KIND_CHOICE)
    return NULL;

  guint n_choices = (guint) info->maximum + 1;
  char **choices = g_new0 (char *, n_choices + 1);

  for (guint i = 0; i < n_choices; i++)
    choices[i] = ut_setting_describe (setting, i);

  return choices;
}

static gboolean
is_log (const Fact *fact,
        guint       n_configs)
{
  double least = INFINITY, greatest = -INFINITY;

  if (fact->setting < 0 || fact->setting == UT_SETTING_SEED || fact->choices != NULL)
    return FALSE;
  if (ut_setting_get_info ((UtSetting) fact->setting)->logarithmic)
    return TRUE;

  for (guint i = 0; i < n_configs; i++)
    {
      least = fmin (least, fact->numbers[i]);
      greatest = fmax (greatest, fact->numbers[i]);
    }
  return ut_setting_get_info ((UtSetting) fact->setting)->kind == UT_SETTING_KIND_INTEGER
         && least > 0 && greatest >= MANY * least;
}

static void
add (UtConfigFacts *self,
     Fact           fact)
{
  const char *first = NULL;

  /* That a setting does not apply follows from what differs elsewhere, as the cell. */
  for (guint i = 0; i < self->n_configs; i++)
    if (!g_str_equal (fact.texts[i], NONE))
      {
        fact.differs = fact.differs || (first != NULL && !g_str_equal (fact.texts[i], first));
        first = fact.texts[i];
      }
  fact.log = is_log (&fact, self->n_configs);
  g_array_append_val (self->facts, fact);
}

static void
add_setting (UtConfigFacts  *self,
             UtConfig * const *configs,
             UtSetting       setting)
{
  Fact fact = {
    .setting = (int) setting,
    .key = ut_setting_get_info (setting)->key,
    .title = ut_setting_get_title (setting),
    .texts = g_new0 (char *, self->n_configs + 1),
    .numbers = g_new (double, self->n_configs),
    .choices = dup_choices (setting),
  };

  for (guint i = 0; i < self->n_configs; i++)
    {
      gboolean has_it = applies (configs[i], (int) setting);

      fact.numbers[i] = has_it ? ut_config_get_number (configs[i], setting) : NAN;
      fact.texts[i] = has_it ? ut_setting_describe (setting, fact.numbers[i]) : g_strdup (NONE);
    }
  add (self, fact);
}

/* What has no number by itself: how a person says it, and what tells two of the same name apart. */
typedef struct
{
  char *text; /* (owned) */
  const char *path; /* (nullable) */
} Name;

static Name
name_file (const char *path,
           const char *none)
{
  return (Name) {
    .text = path != NULL ? g_filename_display_basename (path) : g_strdup (none),
    .path = path,
  };
}

static Name
name_data (UtConfig *config)
{
  return (Name) {
    .text = ut_config_dup_data_title (config),
    .path = ut_config_get_train_path (config),
  };
}

static Name
name_development (UtConfig *config)
{
  return name_file (ut_config_get_dev_path (config),
                    ut_config_get_data (config) != NULL ? NONE : _("a tenth held out"));
}

static Name
name_vectors (UtConfig *config)
{
  if (!ut_cell_kind_is_recurrent (ut_config_get_cell (config)))
    return name_file (NULL, NONE);
  return name_file (ut_config_get_vectors_path (config), _("random"));
}

static Name
name_left_out (UtConfig *config)
{
  return name_file (ut_config_get_exclude_path (config), C_("data or word vectors", "none"));
}

static Name
name_cell (UtConfig *config)
{
  return name_file (NULL, ut_cell_kind_get_title (ut_config_get_cell (config)));
}

/* Files of the same name in different folders are told with their folders. */
static void
tell_apart (char       **texts,
            const Name  *names,
            guint        n)
{
  for (guint i = 0; i < n; i++)
    {
      gboolean ambiguous = FALSE;

      for (guint j = 0; j < n && !ambiguous; j++)
        ambiguous = g_str_equal (names[i].text, names[j].text)
                    && g_strcmp0 (names[i].path, names[j].path) != 0;
      texts[i] = ambiguous && names[i].path != NULL ? g_filename_display_name (names[i].path)
                                                    : g_strdup (names[i].text);
    }
}

/* Adds a fact whose texts are numbered as they first appear. */
static void
add_names (UtConfigFacts  *self,
           UtConfig * const *configs,
           const char     *key,
           const char     *title,
           Name          (*name) (UtConfig *config))
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  g_autofree Name *names = g_new (Name, self->n_configs);
  Fact fact = {
    .setting = -1,
    .key = key,
    .title = title,
    .texts = g_new0 (char *, self->n_configs + 1),
    .numbers = g_new (double, self->n_configs),
  };

  for (guint i = 0; i < self->n_configs; i++)
    names[i] = name (configs[i]);
  tell_apart (fact.texts, names, self->n_configs);
  for (guint i = 0; i < self->n_configs; i++)
    {
      guint place;

      g_free (names[i].text);
      if (!g_ptr_array_find_with_equal_func (choices, fact.texts[i], g_str_equal, &place))
        {
          place = choices->len;
          g_ptr_array_add (choices, g_strdup (fact.texts[i]));
        }
      fact.numbers[i] = place;
    }
  g_ptr_array_add (choices, NULL);
  fact.choices = (char **) g_ptr_array_free (g_steal_pointer (&choices), FALSE);
  add (self, fact);
}

UtConfigFacts *
ut_config_facts_new (UtConfig * const *configs,
                     guint      n_configs)
{
  g_return_val_if_fail (configs != NULL || n_configs == 0, NULL);

  UtConfigFacts *self = g_new0 (UtConfigFacts, 1);

  self->n_configs = n_configs;
  self->facts = g_array_new (FALSE, TRUE, sizeof (Fact));
  g_array_set_clear_func (self->facts, fact_clear);
  add_names (self, configs, "data", _("Data"), name_data);
  add_names (self, configs, "dev", _("Development file"), name_development);
  add_names (self, configs, "vectors", _("Word vectors"), name_vectors);
  add_names (self, configs, "exclude", _("Rows left out"), name_left_out);
  add_names (self, configs, "cell", _("Cell"), name_cell);
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    if (ut_setting_get_info (i)->recorded)
      add_setting (self, configs, i);

  return self;
}

void
ut_config_facts_free (UtConfigFacts *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->facts);
  g_free (self);
}

guint
ut_config_facts_get_n_facts (const UtConfigFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->len;
}

static const Fact *
get_fact (const UtConfigFacts *self,
          guint                fact)
{
  return &g_array_index (self->facts, Fact, fact);
}

int
ut_config_facts_get_setting (const UtConfigFacts *self,
                             guint                fact)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, -1);

  return get_fact (self, fact)->setting;
}

const char *
ut_config_facts_get_key (const UtConfigFacts *self,
                         guint                fact)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, NULL);

  return get_fact (self, fact)->key;
}

const char *
ut_config_facts_get_title (const UtConfigFacts *self,
                           guint                fact)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, NULL);

  return get_fact (self, fact)->title;
}

gboolean
ut_config_facts_differs (const UtConfigFacts *self,
                         guint                fact)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, FALSE);

  return get_fact (self, fact)->differs;
}

const char *
ut_config_facts_get_text (const UtConfigFacts *self,
                          guint                fact,
                          guint                config)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, NULL);
  g_return_val_if_fail (config < self->n_configs, NULL);

  return get_fact (self, fact)->texts[config];
}

double
ut_config_facts_get_number (const UtConfigFacts *self,
                            guint                fact,
                            guint                config)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, NAN);
  g_return_val_if_fail (config < self->n_configs, NAN);

  return get_fact (self, fact)->numbers[config];
}

const char *const *
ut_config_facts_get_choices (const UtConfigFacts *self,
                             guint                fact)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, NULL);

  return (const char *const *) get_fact (self, fact)->choices;
}

gboolean
ut_config_facts_is_log (const UtConfigFacts *self,
                        guint                fact)
{
  g_return_val_if_fail (self != NULL && fact < self->facts->len, FALSE);

  return get_fact (self, fact)->log;
}
