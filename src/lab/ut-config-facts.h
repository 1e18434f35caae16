/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

G_BEGIN_DECLS

/**
 * UtConfigFacts:
 *
 * What several configurations say about each setting, and whether they say the same: a fact for each
 * of the settings that belong to a run's result, and for cell, data, word vectors and rows left out,
 * in the order of the form. Immutable; any thread.
 */
typedef struct UtConfigFacts UtConfigFacts;

/** ut_config_facts_new: (transfer full): of @configs (array length=n_configs). */
UtConfigFacts     *ut_config_facts_new         (UtConfig * const     *configs,
                                                guint                n_configs);
void               ut_config_facts_free        (UtConfigFacts       *self);

/** ut_config_facts_get_n_facts: how many there are, whether they differ or not. */
guint              ut_config_facts_get_n_facts (const UtConfigFacts *self);

/** ut_config_facts_get_setting: which setting @fact is, -1 for what is none. */
int                ut_config_facts_get_setting (const UtConfigFacts *self,
                                                guint                fact);

/** ut_config_facts_get_key: (transfer none): "hidden-size", "cell", "data", "dev", "vectors" or
 * "exclude": as options of the command line are called. */
const char        *ut_config_facts_get_key     (const UtConfigFacts *self,
                                                guint                fact);

/** ut_config_facts_get_title: (transfer none): "Hidden size", translated. */
const char        *ut_config_facts_get_title   (const UtConfigFacts *self,
                                                guint                fact);

/** ut_config_facts_differs: whether two configurations that @fact applies to say different things. */
gboolean           ut_config_facts_differs     (const UtConfigFacts *self,
                                                guint                fact);

/**
 * ut_config_facts_get_text: (transfer none): what @config says, for a person; "–" where the setting
 * does not apply to its cell.
 */
const char        *ut_config_facts_get_text    (const UtConfigFacts *self,
                                                guint                fact,
                                                guint                config);

/**
 * ut_config_facts_get_number: what @config says as a number, which is the place among the choices where
 * there are any; NaN where the setting does not apply.
 */
double             ut_config_facts_get_number  (const UtConfigFacts *self,
                                                guint                fact,
                                                guint                config);

/**
 * ut_config_facts_get_choices: (transfer none) (nullable) (array zero-terminated=1): what the numbers
 * from 0 on are called, where @fact is not a number by itself.
 */
const char *const *ut_config_facts_get_choices (const UtConfigFacts *self,
                                                guint                fact);

/**
 * ut_config_facts_is_log: whether equal ratios are what counts: the table of settings says so, or the
 * greatest size is many times the least.
 */
gboolean           ut_config_facts_is_log      (const UtConfigFacts *self,
                                                guint                fact);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtConfigFacts, ut_config_facts_free)

G_END_DECLS
