/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UtCellKind:
 * @UT_CELL_RNN: "rnn".
 * @UT_CELL_LSTM: "lstm", the default.
 * @UT_CELL_GRU: "gru".
 * @UT_CELL_BAG: "bag": no cell but logistic regression on words and pairs of neighbours.
 * @UT_CELL_MAJORITY: "majority": the commoner label, whatever the sentence.
 *
 * The recurrent cell, as settings, files and the command line name it (the nick); and two baselines
 * that stand in a cell's place, to which all that tells of layers and word vectors does not apply.
 */
typedef enum
{
  UT_CELL_RNN,
  UT_CELL_LSTM,
  UT_CELL_GRU,
  UT_CELL_BAG,
  UT_CELL_MAJORITY,
} UtCellKind;

#define UT_N_CELLS (UT_CELL_MAJORITY + 1)

#define UT_TYPE_CELL_KIND (ut_cell_kind_get_type ())
GType       ut_cell_kind_get_type  (void);

/** ut_cell_kind_get_nick: "rnn", "lstm", "gru", "bag" or "majority". */
const char *ut_cell_kind_get_nick  (UtCellKind   cell);
/** ut_cell_kind_get_title: "RNN", "LSTM" or "GRU", or the translated name of a baseline. */
const char *ut_cell_kind_get_title (UtCellKind   cell);
/** ut_cell_kind_is_recurrent: whether it is a cell rather than a baseline. */
gboolean    ut_cell_kind_is_recurrent (UtCellKind cell);
/** ut_cell_kind_from_nick: whether @nick names a cell; @cell receives it. */
gboolean    ut_cell_kind_from_nick (const char  *nick,
                                    UtCellKind  *cell);

/**
 * UtScheduleKind:
 * @UT_SCHEDULE_CONSTANT: "constant", the default.
 * @UT_SCHEDULE_LINEAR: "linear": falls in a straight line towards 0 at the end.
 * @UT_SCHEDULE_COSINE: "cosine": falls along half a cosine wave towards 0 at the end.
 * @UT_SCHEDULE_PLATEAU: "plateau": halved after an epoch whose accuracy is no better than before.
 *
 * How the learning rate goes on once it is warm.
 */
typedef enum
{
  UT_SCHEDULE_CONSTANT,
  UT_SCHEDULE_LINEAR,
  UT_SCHEDULE_COSINE,
  UT_SCHEDULE_PLATEAU,
} UtScheduleKind;

/**
 * UtReadoutKind:
 * @UT_READOUT_LAST: "last", the default: the state after the last word.
 * @UT_READOUT_MEAN: "mean": the mean of all states.
 * @UT_READOUT_MAX: "max": the largest of each of the states' numbers.
 * @UT_READOUT_ATTENTION: "attention": a mean whose weights are learned.
 *
 * What the classifier sees of a sentence, by the nick of its choice.
 */
typedef enum
{
  UT_READOUT_LAST,
  UT_READOUT_MEAN,
  UT_READOUT_MAX,
  UT_READOUT_ATTENTION,
} UtReadoutKind;

/**
 * UtSetting:
 *
 * The settings of a run, and how many seeds a form makes runs of. Each is a number: a switch is 0
 * or 1, a choice the place in its list. Range, step and default of each stand in one table, which
 * the form, the command line and the file readers use.
 */
typedef enum
{
  UT_SETTING_HIDDEN_SIZE,
  UT_SETTING_EMBEDDING_SIZE,
  UT_SETTING_BATCH_SIZE,
  UT_SETTING_EVAL_BATCH_SIZE,
  UT_SETTING_LEARNING_RATE,
  UT_SETTING_EPOCHS,
  UT_SETTING_SEED,
  UT_SETTING_LAYERS,
  UT_SETTING_BIDIRECTIONAL,
  UT_SETTING_READOUT,
  UT_SETTING_EMBEDDING_DROPOUT,
  UT_SETTING_LAYER_DROPOUT,
  UT_SETTING_READOUT_DROPOUT,
  UT_SETTING_SUBWORDS,
  UT_SETTING_WORD_DROPOUT,
  UT_SETTING_TRAIN_UNKNOWN,
  UT_SETTING_TRAIN_EMBEDDING,
  UT_SETTING_GRADIENT_CLIPPING,
  UT_SETTING_WEIGHT_DECAY,
  UT_SETTING_LABEL_SMOOTHING,
  UT_SETTING_PATIENCE,
  UT_SETTING_MIN_DELTA,
  UT_SETTING_SCHEDULE,
  UT_SETTING_WARM_UP,
  UT_SETTING_AVERAGED_EPOCHS,
  UT_SETTING_STATE_ALONG,
  UT_SETTING_LOSS,
  UT_SETTING_PADDING,
  UT_SETTING_THREADS,
  UT_SETTING_N_SEEDS,
} UtSetting;

/** UT_N_SETTINGS: those of a run; the ones behind them say what a form makes of its settings. */
#define UT_N_SETTINGS (UT_SETTING_THREADS + 1)
#define UT_N_ALL_SETTINGS (UT_SETTING_N_SEEDS + 1)

typedef enum
{
  UT_SETTING_KIND_INTEGER,
  UT_SETTING_KIND_REAL,
  UT_SETTING_KIND_SWITCH,
  UT_SETTING_KIND_CHOICE,
} UtSettingKind;

/**
 * UtSettingChoice:
 * @nick: "cosine": what files, settings and the command line call it.
 * @title: "Cosine", to be translated in the context of the setting's key.
 */
typedef struct
{
  const char *nick;
  const char *title;
} UtSettingChoice;

/**
 * UtSettingInfo:
 * @key: "hidden-size": the option of the command line, the key of settings and files.
 * @title: "Hidden size", to be translated with ut_setting_get_title().
 * @kind: how it is entered.
 * @minimum: least value.
 * @maximum: greatest value.
 * @step: what one press adds; a factor where @logarithmic.
 * @fallback: the notebook's value.
 * @logarithmic: whether steps multiply.
 * @recorded: whether it belongs to the run's results, as all but the number of threads do.
 * @choices: (nullable): what the numbers from 0 to @maximum stand for, where it is a choice.
 */
typedef struct
{
  const char *key;
  const char *title;
  UtSettingKind kind;
  double minimum;
  double maximum;
  double step;
  double fallback;
  gboolean logarithmic;
  gboolean recorded;
  const UtSettingChoice *choices;
} UtSettingInfo;

/** ut_setting_get_info: (transfer none): the row of the table. */
const UtSettingInfo *ut_setting_get_info  (UtSetting     setting);

/** ut_setting_get_title: (transfer none): the translated title. */
const char          *ut_setting_get_title (UtSetting     setting);

/**
 * ut_setting_list_choices: (transfer full): the nicks of a choice: "constant, linear or cosine".
 */
char                *ut_setting_list_choices (UtSetting  setting);

/**
 * ut_setting_check: whether @value is in range (and whole); otherwise "Hidden size: 1 to 4,096".
 */
gboolean             ut_setting_check     (UtSetting     setting,
                                           double        value,
                                           GError      **error);

/**
 * ut_setting_parse: reads "64", "1e-3", "0.001" (C locale, then the person's), "on", or the nick of
 * a choice; checks the range.
 */
gboolean             ut_setting_parse     (UtSetting     setting,
                                           const char   *text,
                                           double       *value,
                                           GError      **error);

/** ut_setting_format: (transfer full): @value as ut_setting_parse() reads it, shortest form. */
char                *ut_setting_format    (UtSetting     setting,
                                           double        value);

/** ut_setting_describe: (transfer full): @value for a person: as ut_setting_format(), "on", or
 * the title of a choice. */
char                *ut_setting_describe  (UtSetting     setting,
                                           double        value);

G_END_DECLS
