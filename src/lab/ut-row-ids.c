/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-ids-private.h"

#include "ut-model-private.h"

gboolean
_ut_row_ids_init (UtRowIds      *self,
                  UtDataset     *dataset,
                  UtVocabulary  *vocabulary,
                  UtSubwords    *subwords,
                  GError       **error)
{
  g_autoptr (GPtrArray) extra = NULL;

  self->dataset = ut_dataset_ref (dataset);
  if (subwords == NULL)
    {
      self->ids = ut_dataset_encode (dataset, vocabulary, NULL);
      return TRUE;
    }

  self->ids = ut_dataset_encode_open_vocabulary (dataset, vocabulary, NULL, &extra);
  self->subwords = ut_subwords_ref (subwords);
  self->extra_subwords = ut_subwords_new (ut_subwords_get_rule (subwords), NULL,
                                          (const char * const *) extra->pdata, extra->len, error);
  if (self->extra_subwords == NULL)
    return FALSE;

  self->views[0] = _ut_subwords_get_view (self->subwords);
  self->views[1] = _ut_subwords_get_view (self->extra_subwords);
  return TRUE;
}

void
_ut_row_ids_clear (UtRowIds *self)
{
  g_clear_pointer (&self->dataset, ut_dataset_unref);
  g_clear_pointer (&self->subwords, ut_subwords_unref);
  g_clear_pointer (&self->extra_subwords, ut_subwords_unref);
  g_clear_pointer (&self->ids, g_free);
}

UtNnSentences
_ut_row_ids_make_sentences (const UtRowIds *self)
{
  UtNnSentences sentences = {
    self->ids, ut_dataset_get_offsets (self->dataset), ut_dataset_get_labels (self->dataset),
  };

  if (self->subwords != NULL)
    {
      sentences.subwords = &self->views[0];
      sentences.extra_subwords = &self->views[1];
    }

  return sentences;
}
