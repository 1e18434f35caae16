/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * An experiment: settings, configuration, corpus, trainer, runs, models, predictions, evaluation.
 *
 * This layer uses `nn`, `text`, `data`, GObject, GIO and json-glib; never GTK. GObjects belong to the main
 * thread. Values (#UtConfig, #UtCorpus, #UtModel, #UtPrediction) are immutable and atomically
 * counted: any thread may read and release them. A worker owns plain memory and such values only;
 * it speaks to the main thread through the trainer's mailbox.
 */
#pragma once

#include "ut-answer-lists.h"
#include "ut-answers.h"
#include "ut-benchmark.h"
#include "ut-comparison-table.h"
#include "ut-comparison.h"
#include "ut-config-facts.h"
#include "ut-calibration.h"
#include "ut-cell-trace.h"
#include "ut-classification.h"
#include "ut-classified-rows.h"
#include "ut-config.h"
#include "ut-corpus.h"
#include "ut-data-list.h"
#include "ut-data-map.h"
#include "ut-differences.h"
#include "ut-ensemble.h"
#include "ut-estimate.h"
#include "ut-evaluation.h"
#include "ut-explanation.h"
#include "ut-inspection.h"
#include "ut-lab-error.h"
#include "ut-log.h"
#include "ut-metrics.h"
#include "ut-model.h"
#include "ut-neighbours.h"
#include "ut-prediction.h"
#include "ut-preset-store.h"
#include "ut-run-calibration.h"
#include "ut-probe-list.h"
#include "ut-probe.h"
#include "ut-run-store.h"
#include "ut-run.h"
#include "ut-setting.h"
#include "ut-slices.h"
#include "ut-statistics.h"
#include "ut-sweep.h"
#include "ut-table-text.h"
#include "ut-trainer.h"
#include "ut-unit-phrases.h"
#include "ut-verdict.h"
#include "ut-what-if.h"
#include "ut-worth-method.h"
