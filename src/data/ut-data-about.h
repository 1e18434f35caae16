/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtDataUnit:
 * @UT_DATA_UNIT_SENTENCE: a row is a sentence or a phrase.
 * @UT_DATA_UNIT_REVIEW: a row is a whole review, which may have many sentences.
 */
typedef enum
{
  UT_DATA_UNIT_SENTENCE,
  UT_DATA_UNIT_REVIEW,
} UtDataUnit;

/**
 * UtDataPart:
 * @UT_DATA_TRAIN: to learn from.
 * @UT_DATA_DEV: to validate each epoch on.
 * @UT_DATA_TEST: to be looked at once, at the end.
 */
typedef enum
{
  UT_DATA_TRAIN,
  UT_DATA_DEV,
  UT_DATA_TEST,
} UtDataPart;

#define UT_N_DATA_PARTS (UT_DATA_TEST + 1)

/** UT_DATA_ABOUT_NAME: the file in a data set's folder that says where it came from. */
#define UT_DATA_ABOUT_NAME "about.json"

/** ut_data_part_get_file_name: (transfer none): "train.tsv", "dev.tsv" or "test.tsv". */
const char  *ut_data_part_get_file_name (UtDataPart         part);

/**
 * UtDataAbout:
 * @unit: what a row is.
 * @source: (owned) (nullable): base name of the file or folder it was made of.
 * @address: (owned) (nullable): where it was fetched.
 * @licence: (owned) (nullable): under which it may be used.
 * @citation: (owned) (nullable): whom to name.
 * @split_seed: of the split, -1 where the parts were given.
 * @n_left_out: rows of the source that could not be used or were not wanted.
 *
 * What about.json says of a data set. A plain value.
 */
typedef struct
{
  UtDataUnit unit;
  char *source;
  char *address;
  char *licence;
  char *citation;
  gint64 split_seed;
  guint64 n_left_out;
} UtDataAbout;

#define UT_DATA_ABOUT_INIT { .split_seed = -1 }

/**
 * ut_data_about_read:
 * @self: (out caller-allocates): ut_data_about_clear() it.
 * @folder: of a data set; where it has no about.json, @self receives the defaults.
 * @error: names the file.
 *
 * Returns: whether @self was filled; it is cleared otherwise.
 */
gboolean     ut_data_about_read         (UtDataAbout       *self,
                                         GFile             *folder,
                                         GCancellable      *cancellable,
                                         GError           **error);

/** ut_data_about_to_text: (transfer full): about.json's text; the same value gives the same text. */
char        *ut_data_about_to_text      (const UtDataAbout *self);

void         ut_data_about_clear        (UtDataAbout       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtDataAbout, ut_data_about_clear)

G_END_DECLS
