/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-explanation.h"

#include "ut-lab-error.h"
#include "ut-worth-readers-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  UtExplanation public;
  UtSentenceWorth *sentences; /* (owned) */
  double *worths;             /* (owned) */
} Explanation;

G_DEFINE_BOXED_TYPE (UtExplanation, ut_explanation, ut_explanation_ref, ut_explanation_unref)

static void
explanation_clear (gpointer data)
{
  Explanation *self = data;

  ut_prediction_unref (self->public.prediction);
  g_free (self->sentences);
  g_free (self->worths);
}

UtExplanation *
ut_explanation_ref (UtExplanation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_explanation_unref (UtExplanation *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, explanation_clear);
}

static Explanation *
explanation_new (UtPrediction  *prediction,
                 UtWorthMethod  method)
{
  Explanation *self = g_atomic_rc_box_new0 (Explanation);

  self->sentences = g_new (UtSentenceWorth, MAX (prediction->n_sentences, 1));
  self->worths = g_new (double, MAX (prediction->n_words, 1));
  for (gsize i = 0; i < prediction->n_sentences; i++)
    self->sentences[i] = (UtSentenceWorth) { NAN, NAN, NAN, 0, TRUE };
  for (gsize i = 0; i < prediction->n_words; i++)
    self->worths[i] = NAN;
  self->public = (UtExplanation) {
    .prediction = ut_prediction_ref (prediction),
    .method = method,
    .sentences = self->sentences,
    .worths = self->worths,
  };

  return self;
}

/* One sentence after the other */

typedef struct
{
  UtWorthReaders *readers;    /* (owned) (nullable): only changes need none */
  const UtPrediction *prediction;
  gsize first_word;           /* of the prediction's, the first that the readers have */
  UtWorthFunc func;           /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable;  /* (nullable) */
} Question;

/* Answers @sentence, whose words' worths go to @worths. */
typedef gboolean (*Answer) (const Question          *question,
                            const UtSentenceAnswer  *sentence,
                            UtSentenceWorth         *answer,
                            double                  *worths,
                            GError                 **error);

/* Where the sentence begins among the words that the readers have. */
static gsize
get_place (const Question         *question,
           const UtSentenceAnswer *sentence)
{
  return sentence->first_word - question->first_word;
}

static void
tell (const Question *question,
      gsize           first_word,
      const double   *worths,
      gsize           n_words)
{
  if (question->func != NULL)
    question->func (first_word, worths, n_words, question->user_data);
}

/* What is too much or too little in the sum of the worths. */
static void
set_gap (UtSentenceWorth *answer,
         const double    *worths,
         gsize            n_words)
{
  double sum = 0;

  for (gsize i = 0; i < n_words; i++)
    sum += worths[i];
  answer->gap = sum - (answer->logit - answer->baseline);
}

static gboolean
answer_change (const Question          *question,
               const UtSentenceAnswer  *sentence,
               UtSentenceWorth         *answer,
               double                  *worths,
               GError                 **error)
{
  const UtWordAnswer *words = question->prediction->words + sentence->first_word;

  answer->baseline = words[0].logit - words[0].change;
  for (gsize i = 0; i < sentence->n_words; i++)
    worths[i] = words[i].change;
  set_gap (answer, worths, sentence->n_words);
  tell (question, sentence->first_word, worths, sentence->n_words);

  return !g_cancellable_set_error_if_cancelled (question->cancellable, error);
}

static gboolean
answer_leave_out (const Question          *question,
                  const UtSentenceAnswer  *sentence,
                  UtSentenceWorth         *answer,
                  double                  *worths,
                  GError                 **error)
{
  gsize batch = _ut_worth_readers_get_batch (question->readers);

  /* Without its only word, a sentence has none. */
  if (sentence->n_words == 1)
    {
      worths[0] = question->prediction->words[sentence->first_word].change;
      tell (question, sentence->first_word, worths, 1);
      return !g_cancellable_set_error_if_cancelled (question->cancellable, error);
    }

  for (gsize first = 0; first < sentence->n_words; first += batch)
    {
      gsize n = MIN (batch, sentence->n_words - first);

      _ut_worth_readers_leave_out (question->readers, get_place (question, sentence),
                                   sentence->n_words, first, n, worths + first);
      for (gsize i = first; i < first + n; i++)
        worths[i] = answer->logit - worths[i];
      if (g_cancellable_set_error_if_cancelled (question->cancellable, error))
        return FALSE;
      tell (question, sentence->first_word + first, worths + first, n);
    }

  return TRUE;
}

/* The logit of zero vectors. */
static double
get_zero_logit (const Question         *question,
                const UtSentenceAnswer *sentence)
{
  const float zero = 0;
  double logit;

  _ut_worth_readers_differentiate (question->readers, get_place (question, sentence),
                                   sentence->n_words, &zero, 1, &logit, NULL);

  return logit;
}

static gboolean
answer_gradient (const Question          *question,
                 const UtSentenceAnswer  *sentence,
                 UtSentenceWorth         *answer,
                 double                  *worths,
                 GError                 **error)
{
  const float one = 1;
  double logit;

  memset (worths, 0, sentence->n_words * sizeof *worths);
  _ut_worth_readers_differentiate (question->readers, get_place (question, sentence),
                                   sentence->n_words, &one, 1, &logit, worths);
  answer->baseline = get_zero_logit (question, sentence);
  set_gap (answer, worths, sentence->n_words);
  if (g_cancellable_set_error_if_cancelled (question->cancellable, error))
    return FALSE;
  tell (question, sentence->first_word, worths, sentence->n_words);

  return TRUE;
}

/* The integral over the path by the midpoint rule with @n_steps points. */
static gboolean
integrate (const Question          *question,
           const UtSentenceAnswer  *sentence,
           guint                    n_steps,
           double                  *worths,
           GError                 **error)
{
  guint batch = (guint) MIN (_ut_worth_readers_get_batch (question->readers), UT_WORTH_MAX_STEPS);

  memset (worths, 0, sentence->n_words * sizeof *worths);
  for (guint first = 0; first < n_steps; first += batch)
    {
      float scales[UT_WORTH_MAX_STEPS];
      double logits[UT_WORTH_MAX_STEPS];
      guint n = MIN (batch, n_steps - first);

      for (guint i = 0; i < n; i++)
        scales[i] = (float) ((first + i + 0.5) / n_steps);
      _ut_worth_readers_differentiate (question->readers, get_place (question, sentence),
                                       sentence->n_words, scales, n, logits, worths);
      if (g_cancellable_set_error_if_cancelled (question->cancellable, error))
        return FALSE;
    }
  for (gsize i = 0; i < sentence->n_words; i++)
    worths[i] /= n_steps;

  return TRUE;
}

static gboolean
answer_integrated (const Question          *question,
                   const UtSentenceAnswer  *sentence,
                   UtSentenceWorth         *answer,
                   double                  *worths,
                   GError                 **error)
{
  answer->baseline = get_zero_logit (question, sentence);
  answer->converged = FALSE;

  double limit = UT_WORTH_MAX_GAP * MAX (fabs (answer->logit - answer->baseline), 1);

  for (guint n_steps = UT_WORTH_MIN_STEPS; n_steps <= UT_WORTH_MAX_STEPS && !answer->converged;
       n_steps *= 2)
    {
      if (!integrate (question, sentence, n_steps, worths, error))
        return FALSE;
      answer->n_steps = n_steps;
      set_gap (answer, worths, sentence->n_words);
      answer->converged = fabs (answer->gap) <= limit;
    }
  tell (question, sentence->first_word, worths, sentence->n_words);

  return TRUE;
}

static gboolean
answer_all (Explanation     *self,
            const Question  *question,
            gsize            first_sentence,
            gsize            n_sentences,
            GError         **error)
{
  static const Answer answers[UT_N_WORTH_METHODS] = {
    [UT_WORTH_CHANGE] = answer_change,
    [UT_WORTH_LEAVE_OUT] = answer_leave_out,
    [UT_WORTH_GRADIENT] = answer_gradient,
    [UT_WORTH_INTEGRATED] = answer_integrated,
  };

  for (gsize i = first_sentence; i < first_sentence + n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &question->prediction->sentences[i];

      if (sentence->n_words == 0)
        continue;
      self->sentences[i].logit = sentence->logit;
      if (!answers[self->public.method] (question, sentence, &self->sentences[i],
                                         self->worths + sentence->first_word, error))
        return FALSE;
    }

  return TRUE;
}

/* What reads the sentences that are asked for. */
static gboolean
question_init (Question       *self,
               UtModel        *model,
               UtWorthMethod   method,
               gsize           first_sentence,
               gsize           n_sentences,
               GError        **error)
{
  const UtSentenceAnswer *sentences = self->prediction->sentences + first_sentence;
  gsize longest = 0;
  gsize end = 0;

  for (gsize i = 0; i < n_sentences; i++)
    {
      longest = MAX (longest, sentences[i].n_words);
      end = sentences[i].first_word + sentences[i].n_words;
    }
  if (method == UT_WORTH_CHANGE || longest == 0)
    return TRUE;

  self->first_word = sentences[0].first_word;
  self->readers = _ut_worth_readers_new (model, self->prediction->words + self->first_word,
                                         end - self->first_word, longest, method, error);

  return self->readers != NULL;
}

UtExplanation *
ut_explanation_new (UtModel       *model,
                    UtPrediction  *prediction,
                    UtWorthMethod  method,
                    gsize          first_sentence,
                    gsize          n_sentences,
                    UtWorthFunc    func,
                    gpointer       user_data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (prediction != NULL, NULL);
  g_return_val_if_fail ((guint) method < UT_N_WORTH_METHODS, NULL);
  g_return_val_if_fail (first_sentence <= prediction->n_sentences, NULL);
  g_return_val_if_fail (n_sentences <= prediction->n_sentences - first_sentence, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const char *objection = ut_worth_method_get_objection (method, model);

  if (objection != NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL, objection);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  Question question = {
    .prediction = prediction, .func = func, .user_data = user_data, .cancellable = cancellable,
  };
  g_autoptr (UtExplanation) public = NULL;

  if (!question_init (&question, model, method, first_sentence, n_sentences, error))
    return NULL;

  Explanation *self = explanation_new (prediction, method);
  gboolean answered = answer_all (self, &question, first_sentence, n_sentences, error);

  public = &self->public;
  g_clear_pointer (&question.readers, _ut_worth_readers_free);

  return answered ? g_steal_pointer (&public) : NULL;
}

/* On a worker */

typedef struct
{
  UtModel *model;           /* (owned) */
  UtPrediction *prediction; /* (owned) */
  UtWorthMethod method;
  gsize first_sentence;
  gsize n_sentences;
  UtWorthFunc func;         /* (nullable) */
  gpointer func_data;
  GMainContext *context;    /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
} Job;

/* Words that are done, on their way to who asked. */
typedef struct
{
  UtWorthFunc func;
  gpointer func_data;
  GCancellable *cancellable; /* (owned) (nullable) */
  gsize first_word;
  gsize n_words;
  double worths[];
} Parcel;

static void
job_free (gpointer data)
{
  Job *job = data;

  ut_model_unref (job->model);
  ut_prediction_unref (job->prediction);
  g_main_context_unref (job->context);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  g_clear_object (&parcel->cancellable);
  g_free (parcel);
}

static gboolean
deliver_cb (gpointer data)
{
  Parcel *parcel = data;

  if (!g_cancellable_is_cancelled (parcel->cancellable))
    parcel->func (parcel->first_word, parcel->worths, parcel->n_words, parcel->func_data);

  return G_SOURCE_REMOVE;
}

/* Sources of one priority are called in the order in which they came, so the task's own, which
   tells that all is done, is the last. */
static void
send_cb (gsize         first_word,
         const double *worths,
         gsize         n_words,
         gpointer      data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  Parcel *parcel = g_malloc (sizeof *parcel + n_words * sizeof *worths);

  *parcel = (Parcel) {
    .func = job->func,
    .func_data = job->func_data,
    .cancellable = job->cancellable != NULL ? g_object_ref (job->cancellable) : NULL,
    .first_word = first_word,
    .n_words = n_words,
  };
  memcpy (parcel->worths, worths, n_words * sizeof *worths);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, parcel, parcel_free);
  g_source_set_static_name (source, "ut_explanation_new_async words");
  g_source_attach (source, job->context);
}

static void
new_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  UtExplanation *explanation =
    ut_explanation_new (job->model, job->prediction, job->method, job->first_sentence,
                        job->n_sentences, job->func != NULL ? send_cb : NULL, job, cancellable,
                        &error);

  if (explanation != NULL)
    g_task_return_pointer (task, explanation, (GDestroyNotify) ut_explanation_unref);
  else
    g_task_return_error (task, error);
}

void
ut_explanation_new_async (UtModel             *model,
                          UtPrediction        *prediction,
                          UtWorthMethod        method,
                          gsize                first_sentence,
                          gsize                n_sentences,
                          UtWorthFunc          func,
                          gpointer             func_data,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (model != NULL);
  g_return_if_fail (prediction != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job) {
    .model = ut_model_ref (model),
    .prediction = ut_prediction_ref (prediction),
    .method = method,
    .first_sentence = first_sentence,
    .n_sentences = n_sentences,
    .func = func,
    .func_data = func_data,
    .context = g_main_context_ref_thread_default (),
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
  };
  g_task_set_source_tag (task, ut_explanation_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, new_thread);
}

UtExplanation *
ut_explanation_new_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
