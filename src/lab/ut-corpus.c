/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-corpus-private.h"

#include "ut-data.h"
#include "ut-lab-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <ut-data.h>
#include <ut-nn.h>

static const UtBundledData bundled[] = {
  { "sample-reviews", N_("Sample reviews (synthetic)") },
  { "memory-test", N_("Memory test (synthetic)") },
};

struct UtCorpus
{
  UtDataset *train;         /* (owned) */
  UtDataset *dev;           /* (owned) */
  UtVocabulary *vocabulary; /* (owned) */
  char *identity;           /* (owned): of the files as they were when they were read */
  gboolean held_out;
  gsize n_excluded;
  UtDataUnit unit;
};

G_DEFINE_BOXED_TYPE (UtCorpus, ut_corpus, ut_corpus_ref, ut_corpus_unref)

const UtBundledData *
ut_bundled_data_get (gsize *n_data)
{
  g_return_val_if_fail (n_data != NULL, NULL);

  *n_data = G_N_ELEMENTS (bundled);
  return bundled;
}

char *
ut_bundled_data_dup_path (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return ut_package_data_dup_path ("samples", id, NULL);
}

static void
corpus_clear (gpointer data)
{
  UtCorpus *self = data;

  g_clear_pointer (&self->train, ut_dataset_unref);
  g_clear_pointer (&self->dev, ut_dataset_unref);
  g_clear_pointer (&self->vocabulary, ut_vocabulary_unref);
  g_free (self->identity);
}

UtCorpus *
ut_corpus_ref (UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_corpus_unref (UtCorpus *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, corpus_clear);
}

static char *
dup_bundled_part (const char *id,
                  UtDataPart  part)
{
  g_autofree char *folder = ut_bundled_data_dup_path (id);

  return g_build_filename (folder, ut_data_part_get_file_name (part), NULL);
}

static char *
dup_train_path (const UtConfig *config)
{
  const char *data = ut_config_get_data (config);

  if (data != NULL)
    return dup_bundled_part (data, UT_DATA_TRAIN);

  return g_strdup (ut_config_get_train_path (config));
}

static char *
dup_dev_path (const UtConfig *config)
{
  const char *data = ut_config_get_data (config);

  if (data != NULL)
    return dup_bundled_part (data, UT_DATA_DEV);

  return g_strdup (ut_config_get_dev_path (config));
}

/* A failure shows when the file is read. */
static void
append_source (GString    *identity,
               const char *path)
{
  GStatBuf status;

  if (path != NULL && g_stat (path, &status) == 0)
    g_string_append_printf (identity,
                            "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ",
                            (gint64) status.st_size, (gint64) status.st_mtim.tv_sec,
                            (gint64) status.st_mtim.tv_nsec);
  g_string_append (identity, path != NULL ? path : "");
  g_string_append_c (identity, '\n');
}

char *
_ut_corpus_dup_identity (const UtConfig *config)
{
  GString *identity = g_string_new (NULL);
  g_autofree char *train_path = dup_train_path (config);
  g_autofree char *dev_path = dup_dev_path (config);

  append_source (identity, train_path);
  append_source (identity, dev_path);
  append_source (identity, ut_config_get_exclude_path (config));
  /* Of the held-out rows. */
  if (dev_path == NULL)
    g_string_append_printf (identity, "%" G_GINT64_FORMAT,
                            ut_config_get_int (config, UT_SETTING_SEED));

  return g_string_free (identity, FALSE);
}

char *
_ut_corpus_dup_dev_path (const UtConfig *config)
{
  char *dev_path = dup_dev_path (config);

  return dev_path != NULL ? dev_path : dup_train_path (config);
}

gboolean
_ut_corpus_holds_out (const UtConfig *config)
{
  return ut_config_get_data (config) == NULL && ut_config_get_dev_path (config) == NULL;
}

typedef struct
{
  UtCorpusProgress progress; /* (nullable) */
  gpointer data;
  char *name; /* (owned) */
} Reading;

static void
reading_cb (double   fraction,
            gpointer data)
{
  Reading *reading = data;

  if (reading->progress != NULL)
    reading->progress (reading->name, fraction, reading->data);
}

static UtDataset *
read_part (const char        *path,
           UtCorpusProgress   progress,
           gpointer           progress_data,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Reading reading = { progress, progress_data, g_filename_display_basename (path) };

  reading_cb (0, &reading);

  UtDataset *dataset = ut_dataset_read (file, reading_cb, &reading, cancellable, error);

  g_free (reading.name);
  return dataset;
}

/* Of each label a seeded tenth is held out, at least one row where there are two; both parts keep
   the
 * file's order. */
static gboolean
hold_out (UtDataset   *all,
          gint64       seed,
          const char  *path,
          UtDataset  **train,
          UtDataset  **dev,
          GError     **error)
{
  gsize n_rows = ut_dataset_get_n_rows (all);
  UtNnRandom random = { (guint64) seed, UT_NN_STREAM_SPLIT };
  g_autofree guint32 *order = g_new (guint32, n_rows);
  g_autofree guint8 *held = g_new0 (guint8, n_rows);
  gsize n_held = 0;

  for (gsize i = 0; i < n_rows; i++)
    order[i] = (guint32) i;
  ut_nn_random_shuffle (random, order, n_rows);

  for (guint8 label = 0; label <= 1; label++)
    {
      gsize n_positive = ut_dataset_get_n_positive (all);
      gsize n_label = label == 1 ? n_positive : n_rows - n_positive;
      gsize quota = n_label < 2 ? 0 : MAX (1, (n_label + 5) / 10);

      for (gsize i = 0; i < n_rows && quota > 0; i++)
        {
          if (ut_dataset_get_label (all, order[i]) == label)
            {
              held[order[i]] = 1;
              n_held++;
              quota--;
            }
        }
    }

  if (n_held == 0)
    {
      g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_EMPTY,
                   _("%s: too few rows to hold some out; add rows or name a development file"),
                   path);
      return FALSE;
    }

  g_autofree guint32 *rows = g_new (guint32, n_rows);
  gsize n_train = 0;
  gsize n_dev = n_rows - n_held;

  for (gsize i = 0; i < n_rows; i++)
    rows[held[i] ? n_dev++ : n_train++] = (guint32) i;

  *train = ut_dataset_subset (all, rows, n_train);
  *dev = ut_dataset_subset (all, rows + n_train, n_held);
  return TRUE;
}

/* Leaves out of the training part what the list has. */
static gboolean
exclude (UtCorpus          *self,
         const char        *path,
         UtCorpusProgress   progress,
         gpointer           progress_data,
         GCancellable      *cancellable,
         GError           **error)
{
  g_autoptr (UtDataset) list = read_part (path, progress, progress_data, cancellable, error);

  if (list == NULL)
    return FALSE;

  gsize n_rows;
  g_autofree guint32 *rows = ut_dataset_find_unlisted (self->train, list, &n_rows);

  if (n_rows == 0)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_EMPTY,
                   _("%s: the list has every training row, so that none is left; take rows from "
                     "the list or name another one"),
                   name);
      return FALSE;
    }

  self->n_excluded = ut_dataset_get_n_rows (self->train) - n_rows;
  if (self->n_excluded > 0)
    {
      g_autoptr (UtDataset) all = g_steal_pointer (&self->train);

      self->train = ut_dataset_subset (all, rows, n_rows);
    }

  return TRUE;
}

/* Files that lie anywhere are not said anything about. */
static gboolean
read_unit (UtCorpus      *self,
           const char    *train_path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *title = ut_data_dup_title (train_path);
  g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;

  if (title == NULL)
    return TRUE;

  g_autoptr (GFile) train = g_file_new_for_path (train_path);
  g_autoptr (GFile) folder = g_file_get_parent (train);

  if (!ut_data_about_read (&about, folder, cancellable, error))
    return FALSE;

  self->unit = about.unit;
  return TRUE;
}

UtCorpus *
ut_corpus_read (const UtConfig    *config,
                UtCorpusProgress   progress,
                gpointer           progress_data,
                GCancellable      *cancellable,
                GError           **error)
{
  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtCorpus) self = g_atomic_rc_box_new0 (UtCorpus);
  g_autofree char *train_path = dup_train_path (config);
  g_autofree char *dev_path = dup_dev_path (config);
  const char *exclude_path = ut_config_get_exclude_path (config);

  if (train_path == NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                           _("Data: choose a data set or a training file"));
      return NULL;
    }
  /* Looked at before reading: a change in between is then seen as one. */
  self->identity = _ut_corpus_dup_identity (config);
  self->held_out = _ut_corpus_holds_out (config);

  if (!read_unit (self, train_path, cancellable, error))
    return NULL;
  self->train = read_part (train_path, progress, progress_data, cancellable, error);
  if (self->train == NULL)
    return NULL;

  if (dev_path != NULL)
    {
      self->dev = read_part (dev_path, progress, progress_data, cancellable, error);
      if (self->dev == NULL)
        return NULL;
    }
  else
    {
      g_autoptr (UtDataset) all = g_steal_pointer (&self->train);

      if (!hold_out (all, ut_config_get_int (config, UT_SETTING_SEED), train_path, &self->train,
                     &self->dev, error))
        return NULL;
    }

  /* After holding out, so that the same rows validate with and without a list. */
  if (exclude_path != NULL
      && !exclude (self, exclude_path, progress, progress_data, cancellable, error))
    return NULL;

  self->vocabulary = ut_dataset_make_vocabulary (self->train);
  return g_steal_pointer (&self);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  UtCorpus *corpus = ut_corpus_read (data, NULL, NULL, cancellable, &error);

  if (corpus != NULL)
    g_task_return_pointer (task, corpus, (GDestroyNotify) ut_corpus_unref);
  else
    g_task_return_error (task, error);
}

void
ut_corpus_read_async (UtConfig            *config,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (config != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ut_corpus_read_async);
  g_task_set_task_data (task, ut_config_ref (config), (GDestroyNotify) ut_config_unref);
  g_task_run_in_thread (task, read_thread);
}

UtCorpus *
ut_corpus_read_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
ut_corpus_matches (const UtCorpus *self,
                   const UtConfig *config)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (config != NULL, FALSE);

  g_autofree char *identity = _ut_corpus_dup_identity (config);

  return g_str_equal (self->identity, identity);
}

UtDataset *
ut_corpus_get_train (const UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->train;
}

UtDataset *
ut_corpus_get_dev (const UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dev;
}

UtVocabulary *
ut_corpus_get_vocabulary (const UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->vocabulary;
}

UtDataUnit
ut_corpus_get_unit (const UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, UT_DATA_UNIT_SENTENCE);

  return self->unit;
}

gboolean
ut_corpus_get_held_out (const UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->held_out;
}

gsize
ut_corpus_get_n_excluded (const UtCorpus *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_excluded;
}

double
ut_corpus_get_majority (const UtCorpus *self,
                        guint8         *label)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (label != NULL, NAN);

  double n_rows = (double) ut_dataset_get_n_rows (self->dev);
  double positive = (double) ut_dataset_get_n_positive (self->dev) / n_rows;

  *label = positive >= 0.5;
  return MAX (positive, 1 - positive);
}
