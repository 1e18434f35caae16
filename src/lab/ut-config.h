/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-setting.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UtConfig:
 *
 * Everything that determines a run: cell, settings, data, word vectors. Immutable,
 * atomically counted, always within range; made by a #UtConfigBuilder.
 */
typedef struct UtConfig UtConfig;

#define UT_TYPE_CONFIG (ut_config_get_type ())
GType       ut_config_get_type       (void);

UtConfig   *ut_config_ref            (UtConfig       *self);
void        ut_config_unref          (UtConfig       *self);

UtCellKind  ut_config_get_cell       (const UtConfig *self);
double      ut_config_get_number     (const UtConfig *self,
                                      UtSetting       setting);
/** ut_config_get_int: ut_config_get_number() of a whole setting. */
gint64      ut_config_get_int        (const UtConfig *self,
                                      UtSetting       setting);

/** ut_config_get_data: (nullable): id of a bundled data set, NULL where files are named. */
const char *ut_config_get_data       (const UtConfig *self);
/** ut_config_get_train_path: (nullable): the training file, where data is NULL. */
const char *ut_config_get_train_path (const UtConfig *self);
/**
 * ut_config_get_dev_path: (nullable): the development file; NULL holds a tenth of the training out.
 */
const char *ut_config_get_dev_path   (const UtConfig *self);
/** ut_config_get_vectors_path: (nullable): the word vectors; NULL draws all words at random. */
const char *ut_config_get_vectors_path (const UtConfig *self);
/**
 * ut_config_get_exclude_path: (nullable): a file in a data set's form, whose rows are left out of
 * the training; NULL leaves none out.
 */
const char *ut_config_get_exclude_path (const UtConfig *self);

/**
 * ut_config_dup_data_title: (transfer full): what a person calls the data: its title or file name.
 */
char       *ut_config_dup_data_title (const UtConfig *self);

/**
 * ut_config_is_as_coded: whether it has any of the faults of the notebook's code. The figures of such
 * a run are no match for those of others, and must not be ranked with them.
 */
gboolean    ut_config_is_as_coded    (const UtConfig *self);

/**
 * ut_config_dup_setting: (transfer full): all that determines a run but its seed, as a text to compare:
 * runs of one setting differ in the seed alone.
 */
char       *ut_config_dup_setting    (const UtConfig *self);

/** ut_config_equal: whether all is the same. */
gboolean    ut_config_equal          (const UtConfig *a,
                                      const UtConfig *b);

/**
 * ut_config_to_json:
 * @self: the configuration.
 * @with_files: whether paths and settings that do not change the result are included.
 *
 * Returns: (transfer full): a JSON object whose keys have a fixed order.
 */
JsonNode   *ut_config_to_json        (const UtConfig *self,
                                      gboolean        with_files);

/**
 * ut_config_from_json:
 * @node: a JSON node; missing keys take their defaults, unknown ones are passed over.
 * @error: names the setting.
 *
 * Returns: (transfer full) (nullable): the configuration.
 */
UtConfig   *ut_config_from_json      (JsonNode       *node,
                                      GError        **error);

/**
 * UtConfigBuilder:
 *
 * A configuration in the making. Setters never fail; ut_config_builder_end() checks everything.
 */
typedef struct UtConfigBuilder UtConfigBuilder;

/**
 * ut_config_builder_new: starts from @base, or from the notebook's values and the bundled sample.
 */
UtConfigBuilder *ut_config_builder_new         (const UtConfig  *base);
void             ut_config_builder_set_cell    (UtConfigBuilder *self,
                                                UtCellKind       cell);
void             ut_config_builder_set_number  (UtConfigBuilder *self,
                                                UtSetting        setting,
                                                double           value);
/** ut_config_builder_set_data: a bundled data set; takes paths away. */
void             ut_config_builder_set_data    (UtConfigBuilder *self,
                                                const char      *data);
/** ut_config_builder_set_files: @dev_path may be NULL. */
void             ut_config_builder_set_files   (UtConfigBuilder *self,
                                                const char      *train_path,
                                                const char      *dev_path);
/** ut_config_builder_set_vectors: NULL for random vectors. */
void             ut_config_builder_set_vectors (UtConfigBuilder *self,
                                                const char      *vectors_path);
/** ut_config_builder_set_exclude: NULL to leave no rows out. */
void             ut_config_builder_set_exclude (UtConfigBuilder *self,
                                                const char      *exclude_path);
/**
 * ut_config_builder_end: (transfer full) (nullable): the configuration; frees the builder either
 * way.
 */
UtConfig        *ut_config_builder_end         (UtConfigBuilder *self,
                                                GError         **error);
void             ut_config_builder_free        (UtConfigBuilder *self);

/**
 * UtPreset:
 * @id: "quick-look", "notebook", "as-coded" or "better".
 * @title: to be translated.
 *
 * Settings with a name. #UtPreset is static data.
 */
typedef struct
{
  const char *id;
  const char *title;
} UtPreset;

/**
 * ut_presets_get: (transfer none) (array length=n_presets): all presets, the one for a first start
 * first.
 */
const UtPreset  *ut_presets_get                (gsize           *n_presets);
/**
 * ut_preset_apply: writes the preset's values (never the cell) into @builder; FALSE for an unknown
 * id.
 */
gboolean         ut_preset_apply               (const char      *id,
                                                UtConfigBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtConfig, ut_config_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtConfigBuilder, ut_config_builder_free)

G_END_DECLS
