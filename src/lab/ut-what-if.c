/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-what-if.h"

#include <math.h>
#include <string.h>

typedef struct
{
  UtWhatIf public;
  UtPrediction *before; /* (owned): owns the sentence's words */
  UtPrediction *after;  /* (owned) (nullable): those of the edited one, once it was read */
  GArray *steps;        /* (owned) (element-type UtWhatIfStep) */
  GString *text;        /* (owned) */
} WhatIf;

G_DEFINE_BOXED_TYPE (UtWhatIf, ut_what_if, ut_what_if_ref, ut_what_if_unref)

static void
what_if_clear (gpointer data)
{
  WhatIf *self = data;

  ut_prediction_unref (self->before);
  g_clear_pointer (&self->after, ut_prediction_unref);
  g_array_unref (self->steps);
  g_string_free (self->text, TRUE);
}

UtWhatIf *
ut_what_if_ref (UtWhatIf *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_what_if_unref (UtWhatIf *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, what_if_clear);
}

/* Editing */

static void
add_step (WhatIf     *self,
          gsize       word,
          gboolean    has_before,
          gboolean    edited,
          const char *after)
{
  const UtWhatIfStep step = {
    .before = has_before ? self->before->words[word].word : NULL,
    /* To be replaced by the text that the edited sentence's prediction owns. */
    .after = after,
    .word = word,
    .edited = edited,
    .known = TRUE,
  };

  g_array_append_val (self->steps, step);
  if (after == NULL)
    return;
  if (self->text->len > 0)
    g_string_append_c (self->text, ' ');
  g_string_append (self->text, after);
}

/* The first of the words stands beside the one that they replace. */
static void
replace (WhatIf     *self,
         gsize       word,
         const char *text)
{
  g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, strlen (text));

  for (gsize i = 0; i < tokens->n_items; i++)
    add_step (self, word + (i > 0), i == 0, TRUE, tokens->items[i].word);
  if (tokens->n_items == 0)
    add_step (self, word, TRUE, TRUE, NULL);
}

static void
apply (WhatIf       *self,
       const UtEdit *edit)
{
  switch (edit->kind)
    {
    case UT_EDIT_REPLACE:
      replace (self, edit->word, edit->text);
      break;

    case UT_EDIT_NEGATE:
      add_step (self, edit->word, FALSE, TRUE, "not");
      add_step (self, edit->word, TRUE, FALSE, self->before->words[edit->word].word);
      break;

    case UT_EDIT_STRIKE_OUT:
    default:
      add_step (self, edit->word, TRUE, TRUE, NULL);
      break;
    }
}

static void
edit_sentence (WhatIf                 *self,
               const UtSentenceAnswer *sentence,
               const UtEdit           *edits,
               gsize                   n_edits)
{
  gsize edit = 0;

  for (gsize word = sentence->first_word; word < sentence->first_word + sentence->n_words; word++)
    {
      if (edit < n_edits && edits[edit].word == word)
        apply (self, &edits[edit++]);
      else
        add_step (self, word, TRUE, FALSE, self->before->words[word].word);
    }
}

/* Answering */

/* Both curves, with the words of the edited sentence as its prediction has them. */
static void
fill_steps (WhatIf *self,
            double  empty_logit)
{
  UtWhatIf *public = &self->public;
  gsize next = 0;
  double before = empty_logit;
  double after = empty_logit;

  for (guint i = 0; i < self->steps->len; i++)
    {
      UtWhatIfStep *step = &g_array_index (self->steps, UtWhatIfStep, i);

      if (step->before != NULL)
        before = self->before->words[step->word].logit;
      if (step->after != NULL && next < self->after->n_words)
        {
          const UtWordAnswer *word = &self->after->words[next++];

          after = word->logit;
          step->after = word->word;
          step->known = word->known || word->guessed;
        }
      else
        {
          /* Struck out, or a carriage return that has become the line's end. */
          step->after = NULL;
        }
      step->logit_before = before;
      step->logit_after = after;
      step->gap = after - before;
    }

  public->logit_before = before;
  public->logit_after = after;
}

/* How large the gap becomes, and how long it stays open. */
static void
measure (WhatIf *self)
{
  UtWhatIf *public = &self->public;
  gsize first = 0;

  while (!public->steps[first].edited)
    first++;
  public->first_edited = first;
  for (gsize i = first; i < public->n_steps; i++)
    {
      if (public->steps[i].edited)
        public->last_edited = i;
      if (fabs (public->steps[i].gap) > fabs (public->largest_gap))
        public->largest_gap = public->steps[i].gap;
    }

  double limit = UT_WHAT_IF_FORGOTTEN * fabs (public->largest_gap);

  if (limit == 0)
    return;
  for (gsize i = public->last_edited + 1; i < public->n_steps; i++)
    if (fabs (public->steps[i].gap) >= limit)
      public->n_remembered = i - public->last_edited;
  public->to_the_end = fabs (public->steps[public->n_steps - 1].gap) >= limit;
}

static gboolean
edits_are_valid (const UtSentenceAnswer *sentence,
                 const UtEdit           *edits,
                 gsize                   n_edits)
{
  for (gsize i = 0; i < n_edits; i++)
    {
      if (edits[i].word < sentence->first_word
          || edits[i].word >= sentence->first_word + sentence->n_words
          || (i > 0 && edits[i].word <= edits[i - 1].word)
          || (edits[i].kind == UT_EDIT_REPLACE) != (edits[i].text != NULL))
        return FALSE;
    }

  return n_edits > 0;
}

UtWhatIf *
ut_what_if_new (UtModel       *model,
                UtPrediction  *prediction,
                gsize          sentence,
                const UtEdit  *edits,
                gsize          n_edits,
                GCancellable  *cancellable,
                GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (prediction != NULL, NULL);
  g_return_val_if_fail (sentence < prediction->n_sentences, NULL);
  g_return_val_if_fail (edits != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const UtSentenceAnswer *answer = &prediction->sentences[sentence];

  g_return_val_if_fail (edits_are_valid (answer, edits, n_edits), NULL);

  const UtWordAnswer *first = &prediction->words[answer->first_word];
  g_autoptr (UtWhatIf) public = NULL;
  WhatIf *self = g_atomic_rc_box_new0 (WhatIf);

  public = &self->public;
  self->before = ut_prediction_ref (prediction);
  self->steps = g_array_new (FALSE, FALSE, sizeof (UtWhatIfStep));
  self->text = g_string_new (NULL);
  edit_sentence (self, answer, edits, n_edits);
  self->after = ut_prediction_new (model, self->text->str, self->text->len,
                                   UT_READING_TOKENIZED_LINES, cancellable, error);
  if (self->after == NULL)
    return NULL;

  public->steps = (const UtWhatIfStep *) (void *) self->steps->data;
  public->n_steps = self->steps->len;
  public->text = self->text->str;
  fill_steps (self, first->logit - first->change);
  measure (self);

  return g_steal_pointer (&public);
}

/* On a worker */

typedef struct
{
  UtModel *model;           /* (owned) */
  UtPrediction *prediction; /* (owned) */
  gsize sentence;
  UtEdit *edits;            /* (owned), and their texts */
  gsize n_edits;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  ut_model_unref (job->model);
  ut_prediction_unref (job->prediction);
  for (gsize i = 0; i < job->n_edits; i++)
    g_free ((char *) job->edits[i].text);
  g_free (job->edits);
  g_free (job);
}

static void
new_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  UtWhatIf *what_if = ut_what_if_new (job->model, job->prediction, job->sentence, job->edits,
                                      job->n_edits, cancellable, &error);

  if (what_if != NULL)
    g_task_return_pointer (task, what_if, (GDestroyNotify) ut_what_if_unref);
  else
    g_task_return_error (task, error);
}

void
ut_what_if_new_async (UtModel             *model,
                      UtPrediction        *prediction,
                      gsize                sentence,
                      const UtEdit        *edits,
                      gsize                n_edits,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (model != NULL);
  g_return_if_fail (prediction != NULL);
  g_return_if_fail (sentence < prediction->n_sentences);
  g_return_if_fail (edits != NULL);
  g_return_if_fail (edits_are_valid (&prediction->sentences[sentence], edits, n_edits));

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job) {
    .model = ut_model_ref (model),
    .prediction = ut_prediction_ref (prediction),
    .sentence = sentence,
    .edits = g_memdup2 (edits, n_edits * sizeof *edits),
    .n_edits = n_edits,
  };
  for (gsize i = 0; i < n_edits; i++)
    job->edits[i].text = g_strdup (edits[i].text);
  g_task_set_source_tag (task, ut_what_if_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, new_thread);
}

UtWhatIf *
ut_what_if_new_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
