/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Text becomes numbers: data sets, vocabulary, word vectors, sentences and words of raw text.
 *
 * This layer uses GLib, GIO and json-glib, and no other layer. Its types are immutable once made and
 * atomically counted, so that any thread may read and release them. Every reader treats its file as
 * hostile: sizes are checked before allocation, an error names file, line and what was expected, and
 * nothing is half-loaded. Functions that read files block; they are called on a worker.
 */
#pragma once

#include "ut-dataset.h"
#include "ut-json.h"
#include "ut-part-summary.h"
#include "ut-row-index.h"
#include "ut-sentences.h"
#include "ut-subwords.h"
#include "ut-text-error.h"
#include "ut-tokens.h"
#include "ut-vectors.h"
#include "ut-vocabulary.h"
