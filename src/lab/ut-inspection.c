/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-inspection.h"

struct UtInspection
{
  gatomicrefcount ref_count;
  UtInspectedPart parts[UT_N_DATA_PARTS]; /* without an index where there is none */
  gboolean has_coverage;
  gsize n_covered_words;
  double token_share;
  char *vectors_error; /* (owned) (nullable) */
};

G_DEFINE_BOXED_TYPE (UtInspection, ut_inspection, ut_inspection_ref, ut_inspection_unref)

static UtInspection *
inspection_new (void)
{
  UtInspection *self = g_new0 (UtInspection, 1);

  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

UtInspection *
ut_inspection_ref (UtInspection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_inspection_unref (UtInspection *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    {
      g_clear_pointer (&self->parts[part].index, ut_row_index_unref);
      g_free (self->parts[part].lengths);
      g_free (self->parts[part].unknown);
      g_free (self->parts[part].no_vector);
    }
  g_free (self->vectors_error);
  g_free (self);
}

/* Reading */

typedef struct
{
  GFile *files[UT_N_DATA_PARTS]; /* (owned) (nullable) */
  GFile *vectors;                /* (owned) (nullable) */
} Order;

static void
order_free (Order *self)
{
  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    g_clear_object (&self->files[part]);
  g_clear_object (&self->vectors);
  g_free (self);
}

static void
cover (UtInspection    *self,
       UtDataset       *train,
       UtVocabulary    *vocabulary,
       const UtVectors *vectors)
{
  gsize n_tokens = ut_dataset_get_n_tokens (train);
  g_autofree guint32 *ids = ut_dataset_encode (train, vocabulary, NULL);
  gsize n_covered = 0;

  for (gsize i = 0; i < n_tokens; i++)
    n_covered += ut_vectors_lookup (vectors, ids[i]) != NULL;

  self->has_coverage = TRUE;
  self->n_covered_words = ut_vectors_get_n_found (vectors);
  self->token_share = (double) n_covered / (double) n_tokens;
}

static gboolean
read_vectors (UtInspection  *self,
              Order         *order,
              UtDataset     *train,
              UtVocabulary  *vocabulary,
              UtVectors    **vectors,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  *vectors = NULL;
  if (order->vectors == NULL)
    return TRUE;

  *vectors = ut_vectors_read (order->vectors, vocabulary, 0, NULL, NULL, cancellable, &local_error);
  if (*vectors != NULL)
    cover (self, train, vocabulary, *vectors);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    self->vectors_error = g_strdup (local_error->message);

  return *vectors != NULL || self->vectors_error != NULL;
}

static void
fill_part (UtInspectedPart    *self,
           UtDataset          *dataset,
           UtDataPart          part,
           const UtVocabulary *vocabulary,
           const UtVectors    *vectors)
{
  const UtVocabulary *known = part == UT_DATA_TRAIN ? NULL : vocabulary;

  ut_part_summary_init (&self->summary, dataset, known);
  self->index = ut_row_index_new (dataset);
  self->lengths = ut_dataset_get_lengths (dataset);
  if (known != NULL)
    self->unknown = ut_dataset_get_unknown_shares (dataset, known, NULL);
  if (vectors != NULL)
    self->no_vector = ut_dataset_get_unknown_shares (dataset, vocabulary, vectors);
}

static UtInspection *
inspect (Order         *order,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (UtInspection) self = inspection_new ();
  g_autoptr (UtDataset) train = ut_dataset_read (order->files[UT_DATA_TRAIN], NULL, NULL,
                                                 cancellable, error);

  if (train == NULL)
    return NULL;

  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (train);
  g_autoptr (UtVectors) vectors = NULL;

  if (!read_vectors (self, order, train, vocabulary, &vectors, cancellable, error))
    return NULL;

  fill_part (&self->parts[UT_DATA_TRAIN], train, UT_DATA_TRAIN, vocabulary, vectors);
  for (UtDataPart part = UT_DATA_DEV; part <= UT_DATA_TEST; part++)
    {
      g_autoptr (UtDataset) dataset = NULL;

      if (order->files[part] == NULL)
        continue;
      dataset = ut_dataset_read (order->files[part], NULL, NULL, cancellable, error);
      if (dataset == NULL)
        return NULL;
      fill_part (&self->parts[part], dataset, part, vocabulary, vectors);
    }

  return g_steal_pointer (&self);
}

static void
inspect_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  UtInspection *inspection = inspect (data, cancellable, &error);

  if (inspection != NULL)
    g_task_return_pointer (task, inspection, (GDestroyNotify) ut_inspection_unref);
  else
    g_task_return_error (task, error);
}

void
ut_inspect_async (UtDataEntry         *entry,
                  const char          *vectors_path,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_return_if_fail (UT_IS_DATA_ENTRY (entry));

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    order->files[part] = ut_data_entry_dup_part (entry, part);
  /* A list made of folders may be older than what became of them: reading says so. */
  if (order->files[UT_DATA_TRAIN] == NULL)
    order->files[UT_DATA_TRAIN] = g_file_get_child (ut_data_entry_get_folder (entry),
                                                    ut_data_part_get_file_name (UT_DATA_TRAIN));
  if (vectors_path != NULL)
    order->vectors = g_file_new_for_path (vectors_path);

  g_task_set_source_tag (task, ut_inspect_async);
  g_task_set_name (task, "[undertone] inspect data");
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, inspect_thread);
}

UtInspection *
ut_inspect_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const UtInspectedPart *
ut_inspection_get_part (const UtInspection *self,
                        UtDataPart          part)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) part < UT_N_DATA_PARTS, NULL);

  return self->parts[part].index != NULL ? &self->parts[part] : NULL;
}

gboolean
ut_inspection_get_coverage (const UtInspection *self,
                            gsize              *n_words,
                            double             *token_share)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (n_words != NULL && token_share != NULL, FALSE);

  *n_words = self->n_covered_words;
  *token_share = self->token_share;
  return self->has_coverage;
}

const char *
ut_inspection_get_vectors_error (const UtInspection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->vectors_error;
}
