/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What the headers of models and of training states have in common: the configuration and the facts
 * of the data, each a JSON object under a key of its own; and the calibration, of models alone.
 */
#pragma once

#include "ut-model.h"
#include "ut-safetensors-private.h"

G_BEGIN_DECLS

#define UT_METADATA_CONFIG "undertone.config"
#define UT_METADATA_DATA "undertone.data"
#define UT_METADATA_CALIBRATION "undertone.calibration"

/** _ut_metadata_parse: (transfer full) (nullable): the JSON text of @key, which has at most
 * @max_values values; @error says that it is not there, or what is wrong with it. */
JsonNode *_ut_metadata_parse       (UtSafetensors     *file,
                                    const char        *key,
                                    gsize              max_values,
                                    GError           **error);
/** _ut_metadata_set_damaged: sets @error: the text of @key is damaged, and how. */
void      _ut_metadata_set_damaged (UtSafetensors     *file,
                                    const char        *key,
                                    const char        *how,
                                    GError           **error);

/** _ut_metadata_make_config: (transfer full): the text, without files. */
char     *_ut_metadata_make_config (UtConfig          *config);
/** _ut_metadata_read_config: (transfer full) (nullable): the configuration of @file. */
UtConfig *_ut_metadata_read_config (UtSafetensors     *file,
                                    GError           **error);

/** _ut_metadata_make_facts: (transfer full): the text. */
char     *_ut_metadata_make_facts  (const UtDataFacts *facts);
/** _ut_metadata_read_facts: what @file says into @facts, to be cleared with _ut_data_facts_clear()
 * where that succeeds. */
gboolean  _ut_metadata_read_facts  (UtSafetensors     *file,
                                    UtDataFacts       *facts,
                                    GError           **error);

/** _ut_metadata_make_calibration: (transfer full): the text. */
char     *_ut_metadata_make_calibration (const UtCalibration *calibration);
/** _ut_metadata_read_calibration: what @file, of a model of @config, says into @calibration, to be
 * cleared with _ut_calibration_clear(); @present tells whether it says something. */
gboolean  _ut_metadata_read_calibration (UtSafetensors  *file,
                                         UtConfig       *config,
                                         UtCalibration  *calibration,
                                         gboolean       *present,
                                         GError        **error);
void      _ut_calibration_clear         (UtCalibration  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCalibration, _ut_calibration_clear)

/** _ut_data_facts_copy: a copy that owns its texts. */
UtDataFacts _ut_data_facts_copy    (const UtDataFacts *facts);
void      _ut_data_facts_clear     (UtDataFacts       *facts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtDataFacts, _ut_data_facts_clear)

G_END_DECLS
