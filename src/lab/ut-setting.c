/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-setting.h"

#include "ut-json-private.h"
#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <ut-nn.h>

G_DEFINE_ENUM_TYPE (UtCellKind, ut_cell_kind,
                    G_DEFINE_ENUM_VALUE (UT_CELL_RNN, "rnn"),
                    G_DEFINE_ENUM_VALUE (UT_CELL_LSTM, "lstm"),
                    G_DEFINE_ENUM_VALUE (UT_CELL_GRU, "gru"),
                    G_DEFINE_ENUM_VALUE (UT_CELL_BAG, "bag"),
                    G_DEFINE_ENUM_VALUE (UT_CELL_MAJORITY, "majority"))

/* 2^53 - 1: a double, which forms and JSON hold a number in, counts exactly as far as that. */
#define MAX_SEED 9007199254740991.0

static const UtSettingChoice schedules[] = {
  [UT_SCHEDULE_CONSTANT] = { "constant", NC_("schedule", "Constant") },
  [UT_SCHEDULE_LINEAR] = { "linear", NC_("schedule", "Linear") },
  [UT_SCHEDULE_COSINE] = { "cosine", NC_("schedule", "Cosine") },
  [UT_SCHEDULE_PLATEAU] = { "plateau", NC_("schedule", "Plateau") },
};

static const UtSettingChoice readouts[] = {
  [UT_READOUT_LAST] = { "last", NC_("readout", "Last state") },
  [UT_READOUT_MEAN] = { "mean", NC_("readout", "Mean") },
  [UT_READOUT_MAX] = { "max", NC_("readout", "Maximum") },
  [UT_READOUT_ATTENTION] = { "attention", NC_("readout", "Attention") },
};

/* As the notebook is documented, and as its code runs. */
static const UtSettingChoice state_lines[] = {
  { "sentence", NC_("state-along", "The sentence") },
  { "batch", NC_("state-along", "The batch") },
};

static const UtSettingChoice losses[] = {
  { "sentence", NC_("loss", "Per sentence") },
  { "positions", NC_("loss", "Over positions") },
};

static const UtSettingChoice paddings[] = {
  { "skip", NC_("padding", "Skipped") },
  { "read", NC_("padding", "Read") },
};

static const UtSettingInfo settings[UT_N_ALL_SETTINGS] = {
  [UT_SETTING_HIDDEN_SIZE] = {
    .key = "hidden-size", .title = N_("Hidden size"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = 4096, .step = 1, .fallback = 64, .recorded = TRUE,
  },
  [UT_SETTING_EMBEDDING_SIZE] = {
    .key = "embedding-size", .title = N_("Embedding size"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = 4096, .step = 1, .fallback = 50, .recorded = TRUE,
  },
  [UT_SETTING_BATCH_SIZE] = {
    .key = "batch-size", .title = N_("Batch size"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = 4096, .step = 1, .fallback = 32, .recorded = TRUE,
  },
  [UT_SETTING_EVAL_BATCH_SIZE] = {
    .key = "eval-batch-size", .title = N_("Validation batch size"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = 65536, .step = 1, .fallback = 128, .recorded = TRUE,
  },
  [UT_SETTING_LEARNING_RATE] = {
    .key = "learning-rate", .title = N_("Learning rate"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 1e-7, .maximum = 10, .step = 1.1, .fallback = 1e-3, .logarithmic = TRUE,
    .recorded = TRUE,
  },
  [UT_SETTING_EPOCHS] = {
    .key = "epochs", .title = N_("Epochs"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = 10000, .step = 1, .fallback = 16, .recorded = TRUE,
  },
  [UT_SETTING_SEED] = {
    .key = "seed", .title = N_("Seed"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 0, .maximum = MAX_SEED, .step = 1, .fallback = 1, .recorded = TRUE,
  },
  [UT_SETTING_LAYERS] = {
    .key = "layers", .title = N_("Layers"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = UT_NN_MAX_LAYERS, .step = 1, .fallback = 1, .recorded = TRUE,
  },
  [UT_SETTING_BIDIRECTIONAL] = {
    .key = "bidirectional", .title = N_("Bidirectional"), .kind = UT_SETTING_KIND_SWITCH,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_READOUT] = {
    .key = "readout", .title = N_("Read-out"), .kind = UT_SETTING_KIND_CHOICE,
    .minimum = 0, .maximum = G_N_ELEMENTS (readouts) - 1, .step = 1,
    .fallback = UT_READOUT_LAST, .recorded = TRUE, .choices = readouts,
  },
  [UT_SETTING_EMBEDDING_DROPOUT] = {
    .key = "embedding-dropout", .title = N_("Embedding dropout"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 0.95, .step = 0.05, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_LAYER_DROPOUT] = {
    .key = "layer-dropout", .title = N_("Layer dropout"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 0.95, .step = 0.05, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_READOUT_DROPOUT] = {
    .key = "readout-dropout", .title = N_("Read-out dropout"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 0.95, .step = 0.05, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_SUBWORDS] = {
    .key = "subwords", .title = N_("Subwords"), .kind = UT_SETTING_KIND_SWITCH,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_WORD_DROPOUT] = {
    .key = "word-dropout", .title = N_("Word dropout"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 0.95, .step = 0.05, .fallback = 0.25, .recorded = TRUE,
  },
  [UT_SETTING_TRAIN_UNKNOWN] = {
    .key = "train-unknown", .title = N_("Train the unknown word"), .kind = UT_SETTING_KIND_SWITCH,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_TRAIN_EMBEDDING] = {
    .key = "train-embedding", .title = N_("Train the embedding"), .kind = UT_SETTING_KIND_SWITCH,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 1, .recorded = TRUE,
  },
  [UT_SETTING_GRADIENT_CLIPPING] = {
    .key = "gradient-clipping", .title = N_("Gradient clipping"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 1000, .step = 0.25, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_WEIGHT_DECAY] = {
    .key = "weight-decay", .title = N_("Weight decay"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 1, .step = 0.01, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_LABEL_SMOOTHING] = {
    .key = "label-smoothing", .title = N_("Label smoothing"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 0.5, .step = 0.05, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_PATIENCE] = {
    .key = "patience", .title = N_("Patience"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 0, .maximum = 10000, .step = 1, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_MIN_DELTA] = {
    .key = "min-delta", .title = N_("Minimum delta"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 1, .step = 0.001, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_SCHEDULE] = {
    .key = "schedule", .title = N_("Learning-rate schedule"), .kind = UT_SETTING_KIND_CHOICE,
    .minimum = 0, .maximum = G_N_ELEMENTS (schedules) - 1, .step = 1,
    .fallback = UT_SCHEDULE_CONSTANT, .recorded = TRUE, .choices = schedules,
  },
  [UT_SETTING_WARM_UP] = {
    .key = "warm-up", .title = N_("Warm-up share"), .kind = UT_SETTING_KIND_REAL,
    .minimum = 0, .maximum = 0.5, .step = 0.01, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_AVERAGED_EPOCHS] = {
    .key = "averaged-epochs", .title = N_("Averaged epochs"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 0, .maximum = 64, .step = 1, .fallback = 0, .recorded = TRUE,
  },
  [UT_SETTING_STATE_ALONG] = {
    .key = "state-along", .title = N_("State runs along"), .kind = UT_SETTING_KIND_CHOICE,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 0, .recorded = TRUE, .choices = state_lines,
  },
  [UT_SETTING_LOSS] = {
    .key = "loss", .title = N_("Loss"), .kind = UT_SETTING_KIND_CHOICE,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 0, .recorded = TRUE, .choices = losses,
  },
  [UT_SETTING_PADDING] = {
    .key = "padding", .title = N_("Padding"), .kind = UT_SETTING_KIND_CHOICE,
    .minimum = 0, .maximum = 1, .step = 1, .fallback = 0, .recorded = TRUE, .choices = paddings,
  },
  [UT_SETTING_THREADS] = {
    .key = "threads", .title = N_("Threads"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 0, .maximum = 256, .step = 1, .fallback = 0, .recorded = FALSE,
  },
  [UT_SETTING_N_SEEDS] = {
    .key = "n-seeds", .title = N_("Number of seeds"), .kind = UT_SETTING_KIND_INTEGER,
    .minimum = 1, .maximum = 100, .step = 1, .fallback = 1, .recorded = FALSE,
  },
};

const char *
ut_cell_kind_get_nick (UtCellKind cell)
{
  static const char * const nicks[UT_N_CELLS] = { "rnn", "lstm", "gru", "bag", "majority" };

  g_return_val_if_fail ((guint) cell < G_N_ELEMENTS (nicks), NULL);

  return nicks[cell];
}

const char *
ut_cell_kind_get_title (UtCellKind cell)
{
  static const char * const titles[UT_N_CELLS] = {
    "RNN", "LSTM", "GRU", N_("Bag of words"), N_("Commoner label"),
  };

  g_return_val_if_fail ((guint) cell < G_N_ELEMENTS (titles), NULL);

  return ut_cell_kind_is_recurrent (cell) ? titles[cell] : _(titles[cell]);
}

gboolean
ut_cell_kind_is_recurrent (UtCellKind cell)
{
  return cell <= UT_CELL_GRU;
}

gboolean
ut_cell_kind_from_nick (const char *nick,
                        UtCellKind *cell)
{
  g_return_val_if_fail (cell != NULL, FALSE);

  for (UtCellKind i = 0; i < UT_N_CELLS; i++)
    {
      if (g_strcmp0 (nick, ut_cell_kind_get_nick (i)) == 0)
        {
          *cell = i;
          return TRUE;
        }
    }

  return FALSE;
}

const UtSettingInfo *
ut_setting_get_info (UtSetting setting)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, NULL);

  return &settings[setting];
}

const char *
ut_setting_get_title (UtSetting setting)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, NULL);

  return _(settings[setting].title);
}

/* A bound as a person reads it: with the locale's thousands separators where it is whole. */
static char *
format_bound (const UtSettingInfo *info,
              double               value)
{
  if (info->kind == UT_SETTING_KIND_REAL)
    return _ut_json_number_to_text (value);

  return g_strdup_printf ("%'" G_GINT64_FORMAT, (gint64) value);
}

char *
ut_setting_list_choices (UtSetting setting)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, NULL);
  g_return_val_if_fail (settings[setting].kind == UT_SETTING_KIND_CHOICE, NULL);

  const UtSettingInfo *info = &settings[setting];
  GString *list = g_string_new (info->choices[0].nick);

  for (guint i = 1; i <= info->maximum; i++)
    /* Translators: the last of several names in a row. */
    g_string_append_printf (list, i < info->maximum ? ", %s" : _(" or %s"), info->choices[i].nick);

  return g_string_free (list, FALSE);
}

static void
set_range_error (UtSetting   setting,
                 GError    **error)
{
  const UtSettingInfo *info = &settings[setting];

  if (info->kind == UT_SETTING_KIND_SWITCH)
    {
      /* Translators: %s is the name of a setting. */
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("%s: on or off"),
                   ut_setting_get_title (setting));
    }
  else if (info->kind == UT_SETTING_KIND_CHOICE)
    {
      g_autofree char *choices = ut_setting_list_choices (setting);

      /* Translators: the name of a setting and what it can be. */
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("%s: %s"),
                   ut_setting_get_title (setting), choices);
    }
  else
    {
      g_autofree char *minimum = format_bound (info, info->minimum);
      g_autofree char *maximum = format_bound (info, info->maximum);

      /* Translators: the name of a setting, its least and its greatest value. */
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("%s: %s to %s"),
                   ut_setting_get_title (setting), minimum, maximum);
    }
}

gboolean
ut_setting_check (UtSetting   setting,
                  double      value,
                  GError    **error)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  const UtSettingInfo *info = &settings[setting];

  /* Written so that what is not a number fails. */
  if (!(value >= info->minimum && value <= info->maximum)
      || (info->kind != UT_SETTING_KIND_REAL && value != floor (value)))
    {
      set_range_error (setting, error);
      return FALSE;
    }

  return TRUE;
}

/* Hexadecimal numbers, "nan" and "inf" are numbers for strtod(), but not for a person. */
static gboolean
read_number (const char *text,
             double     *value)
{
  if (*text == '\0' || text[strcspn (text, "xXnNiIpP")] != '\0')
    return FALSE;

  char *end;

  *value = g_ascii_strtod (text, &end);
  if (*end != '\0')
    *value = strtod (text, &end);

  return *end == '\0' && isfinite (*value);
}

static gboolean
read_switch (const char *text,
             double     *value)
{
  static const struct { const char *word; double value; } words[] = {
    { "0", 0 }, { "1", 1 }, { "off", 0 }, { "on", 1 },
    { "false", 0 }, { "true", 1 }, { "no", 0 }, { "yes", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (text, words[i].word) == 0)
        {
          *value = words[i].value;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
read_choice (const UtSettingInfo *info,
             const char          *text,
             double              *value)
{
  for (guint i = 0; i <= info->maximum; i++)
    {
      if (g_str_equal (text, info->choices[i].nick))
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
read_text (const UtSettingInfo *info,
           const char          *text,
           double              *value)
{
  switch (info->kind)
    {
    case UT_SETTING_KIND_SWITCH:
      return read_switch (text, value);
    case UT_SETTING_KIND_CHOICE:
      return read_choice (info, text, value);
    case UT_SETTING_KIND_INTEGER:
    case UT_SETTING_KIND_REAL:
    default:
      return read_number (text, value);
    }
}

gboolean
ut_setting_parse (UtSetting    setting,
                  const char  *text,
                  double      *value,
                  GError     **error)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofree char *stripped = g_strstrip (g_strdup (text));
  double number;

  if (!read_text (&settings[setting], stripped, &number))
    {
      set_range_error (setting, error);
      return FALSE;
    }
  if (!ut_setting_check (setting, number, error))
    return FALSE;

  *value = number;
  return TRUE;
}

char *
ut_setting_format (UtSetting setting,
                   double    value)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, NULL);

  const UtSettingInfo *info = &settings[setting];

  if (info->kind != UT_SETTING_KIND_CHOICE)
    return _ut_json_number_to_text (value);

  g_return_val_if_fail (ut_setting_check (setting, value, NULL), NULL);
  return g_strdup (info->choices[(guint) value].nick);
}

char *
ut_setting_describe (UtSetting setting,
                     double    value)
{
  g_return_val_if_fail ((guint) setting < UT_N_ALL_SETTINGS, NULL);

  const UtSettingInfo *info = &settings[setting];

  if (info->kind == UT_SETTING_KIND_SWITCH)
    return g_strdup (value != 0 ? _("on") : _("off"));
  if (info->kind != UT_SETTING_KIND_CHOICE)
    return ut_setting_format (setting, value);

  g_return_val_if_fail (ut_setting_check (setting, value, NULL), NULL);
  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, info->key, info->choices[(guint) value].title));
}
