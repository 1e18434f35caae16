/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Where data comes from: the person's data sets, files of many forms that become one, public data
 * fetched from its address.
 *
 * This layer uses GLib, GIO, json-glib, libsoup, libarchive and the text layer, and no other. A data
 * set is a folder: train.tsv, and where there are such rows dev.tsv and test.tsv, all in SST-2's form
 * as ut_dataset_read() has it, beside about.json, which says where they came from. It appears whole
 * or not at all. Files, archives and servers are hostile: sizes are bounded before anything is
 * allocated or written, an error says what is wrong and where. Functions that read, write or fetch
 * block and may be called on any thread, unless their names end in _async.
 */
#pragma once

#include "ut-data-about.h"
#include "ut-data-error.h"
#include "ut-data-folder.h"
#include "ut-fetch.h"
#include "ut-import-guess.h"
#include "ut-import-label.h"
#include "ut-import-options.h"
#include "ut-import-write.h"
#include "ut-import.h"
#include "ut-package-data.h"
#include "ut-source.h"
