/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worth-reader.h"

#include "ut-word-painter.h"

#include <math.h>
#include <string.h>

#define TELL_INTERVAL_MS 100
/* What comes sooner is not announced: with every key a line would flicker. */
#define LATE_MS 150
/* Words of one job: few, so that a caret that has moved does not wait long, and enough for a worker
 * to be worth its start. A longer sentence is a job by itself. */
#define JOB_WORDS 512

/* What is known of the words of one prediction. */
typedef struct
{
  UtPrediction *prediction; /* (owned) */
  double *worths; /* (owned): for each word; NaN where it is not known */
  UtSentenceWorth *sentences; /* (owned) */
  gboolean *known; /* (owned): for each sentence, whether its words have worths */
  gboolean *done; /* (owned): whether these are the present model's */
  UtWorthProgress progress;
} Pass;

struct _UtWorthReader
{
  GObject parent_instance;

  UtWorthScope scope;
  UtWorthMethod method;
  UtRun *run; /* (owned) (nullable) */
  UtModel *model; /* (owned) (nullable): whom the pass asks */
  Pass *pass; /* (owned) (nullable) */

  /* Answers to the same words by the same run, for the next pass. */
  UtModel *next_model; /* (owned) (nullable) */
  UtPrediction *next_prediction; /* (owned) (nullable) */

  int sentence;
  gsize first_in_sight;
  gsize last_in_sight;

  GCancellable *cancellable; /* (owned) (nullable): of the job under way */
  gsize job_first;
  gsize job_n;
  gsize n_streamed; /* words of the job that came already */
  gboolean at_work; /* a worker is at it, if only until it notices that it is cancelled */
  gboolean stopped; /* the answers are out of date */
  gboolean awake;

  guint late_source;
  gboolean late;
  guint tell_source;
  gint64 told; /* µs */
  char *problem; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtWorthReader, ut_worth_reader, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  UtWorthReader *self; /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->self);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* Sentences by their words */

typedef struct
{
  const UtPrediction *prediction;
  gsize sentence;
} Sentence;

static guint
sentence_hash (gconstpointer key)
{
  const Sentence *self = key;
  const UtSentenceAnswer *sentence = &self->prediction->sentences[self->sentence];
  guint hash = 5381;

  for (gsize i = 0; i < sentence->n_words; i++)
    hash = hash * 33 + g_str_hash (self->prediction->words[sentence->first_word + i].word);

  return hash;
}

static gboolean
sentence_equal (gconstpointer a,
                gconstpointer b)
{
  const Sentence *one = a;
  const Sentence *other = b;
  const UtSentenceAnswer *first = &one->prediction->sentences[one->sentence];
  const UtSentenceAnswer *second = &other->prediction->sentences[other->sentence];

  if (first->n_words != second->n_words)
    return FALSE;

  for (gsize i = 0; i < first->n_words; i++)
    if (!g_str_equal (one->prediction->words[first->first_word + i].word,
                      other->prediction->words[second->first_word + i].word))
      return FALSE;

  return TRUE;
}

static gboolean
same_words (const UtPrediction *a,
            const UtPrediction *b)
{
  if (a->n_sentences != b->n_sentences || a->n_words != b->n_words)
    return FALSE;

  for (gsize i = 0; i < a->n_sentences; i++)
    {
      const Sentence one = { a, i };
      const Sentence other = { b, i };

      if (!sentence_equal (&one, &other))
        return FALSE;
    }

  return TRUE;
}

/* Passes */

static void
pass_free (Pass *self)
{
  ut_prediction_unref (self->prediction);
  g_free (self->worths);
  g_free (self->sentences);
  g_free (self->known);
  g_free (self->done);
  g_free (self);
}

static Pass *
pass_new (UtPrediction *prediction)
{
  Pass *self = g_new0 (Pass, 1);

  self->prediction = ut_prediction_ref (prediction);
  self->worths = g_new (double, MAX (prediction->n_words, 1));
  self->sentences = g_new0 (UtSentenceWorth, MAX (prediction->n_sentences, 1));
  self->known = g_new0 (gboolean, MAX (prediction->n_sentences, 1));
  self->done = g_new0 (gboolean, MAX (prediction->n_sentences, 1));
  for (gsize i = 0; i < prediction->n_words; i++)
    self->worths[i] = NAN;

  return self;
}

/* Takes over from @old what it knows of sentences with the same words, as far as the tints reach; they
 * are done if the same model answers. */
static void
pass_inherit (Pass       *self,
              const Pass *old,
              gboolean    same_model)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (sentence_hash, sentence_equal, g_free, NULL);

  for (gsize i = 0; i < old->prediction->n_sentences &&
                    old->prediction->sentences[i].first_word < UT_WORD_TINTED_MAX; i++)
    if (old->known[i])
      {
        Sentence *key = g_new (Sentence, 1);

        *key = (Sentence) { old->prediction, i };
        g_hash_table_replace (known, key, key);
      }

  for (gsize i = 0; i < self->prediction->n_sentences &&
                    self->prediction->sentences[i].first_word < UT_WORD_TINTED_MAX; i++)
    {
      const UtSentenceAnswer *sentence = &self->prediction->sentences[i];
      const Sentence key = { self->prediction, i };
      const Sentence *found = sentence->n_words > 0 ? g_hash_table_lookup (known, &key) : NULL;

      if (found == NULL)
        continue;
      memcpy (self->worths + sentence->first_word,
              old->worths + old->prediction->sentences[found->sentence].first_word,
              sentence->n_words * sizeof *self->worths);
      self->sentences[i] = old->sentences[found->sentence];
      self->known[i] = TRUE;
      self->done[i] = same_model && old->done[found->sentence];
    }
}

static gboolean
is_asked (UtWorthReader *self,
          gsize          sentence)
{
  const UtSentenceAnswer *answer = &self->pass->prediction->sentences[sentence];

  if (answer->n_words == 0)
    return FALSE;

  return (int) sentence == self->sentence ||
         (self->scope == UT_WORTH_TEXT && answer->first_word < UT_WORD_TINTED_MAX);
}

static gboolean
is_pending (UtWorthReader *self,
            gsize          sentence)
{
  return is_asked (self, sentence) && !self->pass->done[sentence];
}

/* The changes stand in the answers themselves. */
static void
take_changes (Pass *self)
{
  const UtPrediction *prediction = self->prediction;

  for (gsize i = 0; i < prediction->n_words; i++)
    self->worths[i] = prediction->words[i].change;
  for (gsize i = 0; i < prediction->n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &prediction->sentences[i];
      double baseline = NAN;

      if (sentence->n_words > 0)
        baseline = prediction->words[sentence->first_word].logit -
                   prediction->words[sentence->first_word].change;
      self->sentences[i] = (UtSentenceWorth) { sentence->logit, baseline, 0, 0, TRUE };
      self->known[i] = TRUE;
      self->done[i] = TRUE;
    }
}

/* Telling */

static void
tell (UtWorthReader *self)
{
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->told = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
tell_cb (gpointer data)
{
  UtWorthReader *self = data;

  self->tell_source = 0;
  tell (self);

  return G_SOURCE_REMOVE;
}

static void
queue_tell (UtWorthReader *self)
{
  gint64 waited = (g_get_monotonic_time () - self->told) / 1000;

  if (self->tell_source == 0)
    self->tell_source = g_timeout_add ((guint) CLAMP (TELL_INTERVAL_MS - waited, 0,
                                                      TELL_INTERVAL_MS), tell_cb, self);
}

/* Whether a person wonders where the worths are; FALSE also takes back that they will. */
static void
set_late (UtWorthReader *self,
          gboolean       late)
{
  g_clear_handle_id (&self->late_source, g_source_remove);
  self->late = late;
}

static gboolean
late_cb (gpointer data)
{
  UtWorthReader *self = data;

  self->late_source = 0;
  self->late = self->awake && self->problem == NULL;
  queue_tell (self);

  return G_SOURCE_REMOVE;
}

static void
count_progress (UtWorthReader *self)
{
  UtWorthProgress progress = { 0 };

  for (gsize i = 0; self->pass != NULL && i < self->pass->prediction->n_sentences; i++)
    {
      gsize n_words = self->pass->prediction->sentences[i].n_words;

      if (!is_asked (self, i))
        continue;
      progress.n_sentences++;
      progress.n_words += n_words;
      if (self->pass->known[i])
        {
          progress.n_sentences_known++;
          progress.n_words_known += n_words;
        }
    }
  if (self->pass != NULL)
    self->pass->progress = progress;
  if (progress.n_sentences_known == progress.n_sentences)
    set_late (self, FALSE);
}

/* Jobs */

static void
end_job (UtWorthReader *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Finds the sentences that are to be answered next: @n from @first on; FALSE when all are. */
static gboolean
choose_job (UtWorthReader *self,
            gsize         *first,
            gsize         *n)
{
  gsize n_sentences = self->pass->prediction->n_sentences;
  gsize i = 0;
  gsize n_words = 0;

  if (self->sentence >= 0 && (gsize) self->sentence < n_sentences &&
      is_pending (self, (gsize) self->sentence))
    {
      *first = (gsize) self->sentence;
      *n = 1;
      return TRUE;
    }

  for (i = self->first_in_sight; i <= self->last_in_sight && i < n_sentences; i++)
    if (is_pending (self, i))
      break;
  if (i > self->last_in_sight || i >= n_sentences)
    for (i = 0; i < n_sentences && !is_pending (self, i); i++)
      ;
  if (i == n_sentences)
    return FALSE;

  *first = i;
  *n = 0;
  for (; i < n_sentences && is_pending (self, i); i++)
    {
      n_words += self->pass->prediction->sentences[i].n_words;
      if (*n > 0 && n_words > JOB_WORDS)
        break;
      (*n)++;
    }

  return TRUE;
}

static void words_cb (gsize         first_word,
                      const double *worths,
                      gsize         n_words,
                      gpointer      data);
static void explained_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      data);
static void take_next (UtWorthReader *self);

/* Has a worker answer what is still to be answered, if none is at it. */
static void
work (UtWorthReader *self)
{
  if (self->pass == NULL || !self->awake || self->stopped || self->at_work ||
      self->problem != NULL)
    return;

  if (!choose_job (self, &self->job_first, &self->job_n))
    {
      if (self->next_prediction != NULL)
        take_next (self);
      return;
    }

  Request *request = g_new (Request, 1);

  self->cancellable = g_cancellable_new ();
  self->at_work = TRUE;
  self->n_streamed = 0;
  request->self = g_object_ref (self);
  request->cancellable = g_object_ref (self->cancellable);
  ut_explanation_new_async (self->model, self->pass->prediction, self->method, self->job_first,
                            self->job_n, words_cb, self, self->cancellable, explained_cb, request);
}

static void
words_cb (gsize         first_word,
          const double *worths,
          gsize         n_words,
          gpointer      data)
{
  UtWorthReader *self = data;

  /* Whoever ends a job cancels it, after which nothing comes. */
  memcpy (self->pass->worths + first_word, worths, n_words * sizeof *worths);
  self->n_streamed += n_words;
  queue_tell (self);
}

static void
take_explanation (UtWorthReader       *self,
                  const UtExplanation *explanation)
{
  for (gsize i = self->job_first; i < self->job_first + self->job_n; i++)
    {
      self->pass->sentences[i] = explanation->sentences[i];
      self->pass->known[i] = TRUE;
      self->pass->done[i] = TRUE;
    }
  count_progress (self);
}

static void
explained_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtExplanation) explanation = ut_explanation_new_finish (result, &error);
  UtWorthReader *self = request->self;

  self->at_work = FALSE;
  if (self->cancellable == request->cancellable)
    {
      g_clear_object (&self->cancellable);
      self->n_streamed = 0;
      if (explanation != NULL)
        take_explanation (self, explanation);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->problem = g_strdup (error->message);
      queue_tell (self);
    }

  work (self);
  if (!self->at_work && self->tell_source != 0)
    tell (self);
}

/* Begins a pass over @prediction, of which some may be known. */
static void
begin_pass (UtWorthReader *self,
            UtModel       *model,
            UtPrediction  *prediction,
            gboolean       same_run)
{
  g_autoptr (UtModel) old_model = g_steal_pointer (&self->model);
  Pass *old = g_steal_pointer (&self->pass);

  end_job (self);
  g_clear_pointer (&self->next_model, ut_model_unref);
  g_clear_pointer (&self->next_prediction, ut_prediction_unref);
  g_clear_pointer (&self->problem, g_free);
  set_late (self, FALSE);
  self->late_source = g_timeout_add (LATE_MS, late_cb, self);
  self->stopped = FALSE;
  self->n_streamed = 0;
  if (model != NULL && prediction != NULL)
    {
      self->model = ut_model_ref (model);
      self->pass = pass_new (prediction);
      self->problem = g_strdup (ut_worth_method_get_objection (self->method, model));
      if (self->method == UT_WORTH_CHANGE)
        take_changes (self->pass);
      else if (old != NULL && same_run)
        pass_inherit (self->pass, old, old_model == model);
      count_progress (self);
    }
  else
    set_late (self, FALSE);
  g_clear_pointer (&old, pass_free);
  work (self);
}

static void
take_next (UtWorthReader *self)
{
  g_autoptr (UtModel) model = g_steal_pointer (&self->next_model);
  g_autoptr (UtPrediction) prediction = g_steal_pointer (&self->next_prediction);

  begin_pass (self, model, prediction, TRUE);
}

static void
ut_worth_reader_dispose (GObject *object)
{
  UtWorthReader *self = UT_WORTH_READER (object);

  end_job (self);
  set_late (self, FALSE);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->awake = FALSE;
  g_clear_object (&self->run);

  G_OBJECT_CLASS (ut_worth_reader_parent_class)->dispose (object);
}

static void
ut_worth_reader_finalize (GObject *object)
{
  UtWorthReader *self = UT_WORTH_READER (object);

  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->pass, pass_free);
  g_clear_pointer (&self->next_model, ut_model_unref);
  g_clear_pointer (&self->next_prediction, ut_prediction_unref);
  g_free (self->problem);

  G_OBJECT_CLASS (ut_worth_reader_parent_class)->finalize (object);
}

static void
ut_worth_reader_class_init (UtWorthReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_worth_reader_dispose;
  object_class->finalize = ut_worth_reader_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_worth_reader_init (UtWorthReader *self)
{
  self->sentence = -1;
}

UtWorthReader *
ut_worth_reader_new (UtWorthScope scope)
{
  UtWorthReader *self = g_object_new (UT_TYPE_WORTH_READER, NULL);

  self->scope = scope;

  return self;
}

UtWorthMethod
ut_worth_reader_get_method (UtWorthReader *self)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), UT_WORTH_CHANGE);

  return self->method;
}

void
ut_worth_reader_set_method (UtWorthReader *self,
                            UtWorthMethod  method)
{
  g_return_if_fail (UT_IS_WORTH_READER (self));
  g_return_if_fail ((guint) method < UT_N_WORTH_METHODS);

  if (method == self->method)
    return;

  self->method = method;
  if (self->pass == NULL)
    return;

  /* The latest answers are what the new method is to explain. */
  UtModel *latest = self->next_model != NULL ? self->next_model : self->model;
  UtPrediction *answers = self->next_prediction != NULL ? self->next_prediction
                                                        : self->pass->prediction;
  g_autoptr (UtModel) model = ut_model_ref (latest);
  g_autoptr (UtPrediction) prediction = ut_prediction_ref (answers);
  gboolean stopped = self->stopped;

  begin_pass (self, model, prediction, FALSE);
  if (stopped)
    ut_worth_reader_stop (self);
}

gboolean
ut_worth_reader_get_awake (UtWorthReader *self)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), FALSE);

  return self->awake;
}

void
ut_worth_reader_set_awake (UtWorthReader *self,
                           gboolean       awake)
{
  g_return_if_fail (UT_IS_WORTH_READER (self));

  awake = !!awake;
  if (awake == self->awake)
    return;

  self->awake = awake;
  if (awake)
    work (self);
  else
    end_job (self);
}

void
ut_worth_reader_set_answers (UtWorthReader *self,
                             UtRun         *run,
                             UtModel       *model,
                             UtPrediction  *prediction)
{
  g_return_if_fail (UT_IS_WORTH_READER (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  gboolean same_run = run == self->run;
  gboolean same_text = self->pass != NULL && model != NULL && prediction != NULL && same_run &&
                       same_words (self->pass->prediction, prediction);

  g_set_object (&self->run, run);

  /* What is under way is of use: of the very model, or of what it was a moment ago. */
  if (same_text && !self->stopped && self->problem == NULL &&
      (model == self->model || self->cancellable != NULL))
    {
      g_clear_pointer (&self->next_model, ut_model_unref);
      g_clear_pointer (&self->next_prediction, ut_prediction_unref);
      if (model != self->model)
        {
          self->next_model = ut_model_ref (model);
          self->next_prediction = ut_prediction_ref (prediction);
        }
      work (self);
      return;
    }

  begin_pass (self, model, prediction, same_run);
}

void
ut_worth_reader_stop (UtWorthReader *self)
{
  g_return_if_fail (UT_IS_WORTH_READER (self));

  end_job (self);
  set_late (self, FALSE);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->stopped = TRUE;
}

void
ut_worth_reader_set_sentence (UtWorthReader *self,
                              int            sentence)
{
  g_return_if_fail (UT_IS_WORTH_READER (self));

  if (sentence == self->sentence)
    return;

  self->sentence = sentence;
  count_progress (self);
  /* Nobody waits for another sentence's words any more. */
  if (self->scope == UT_WORTH_SENTENCE)
    end_job (self);
  work (self);
}

void
ut_worth_reader_set_in_sight (UtWorthReader *self,
                              gsize          first,
                              gsize          last)
{
  g_return_if_fail (UT_IS_WORTH_READER (self));
  g_return_if_fail (first <= last);

  self->first_in_sight = first;
  self->last_in_sight = last;
}

const double *
ut_worth_reader_get_worths (UtWorthReader *self,
                            gsize         *n_worths)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), NULL);

  if (n_worths != NULL)
    *n_worths = self->pass != NULL ? self->pass->prediction->n_words : 0;

  return self->pass != NULL ? self->pass->worths : NULL;
}

const UtSentenceWorth *
ut_worth_reader_get_sentence (UtWorthReader *self,
                              gsize          sentence)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), NULL);

  if (self->pass == NULL || sentence >= self->pass->prediction->n_sentences ||
      !self->pass->done[sentence] || self->pass->prediction->sentences[sentence].n_words == 0)
    return NULL;

  return &self->pass->sentences[sentence];
}

UtWorthProgress
ut_worth_reader_get_progress (UtWorthReader *self)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), (UtWorthProgress) { 0 });

  if (self->pass == NULL)
    return (UtWorthProgress) { 0 };

  UtWorthProgress progress = self->pass->progress;

  /* What the words of the job had before does not count twice. */
  if (self->n_streamed > 0 && !self->pass->known[self->job_first])
    progress.n_words_known += self->n_streamed;

  return progress;
}

gboolean
ut_worth_reader_is_busy (UtWorthReader *self)
{
  gsize first, n;

  g_return_val_if_fail (UT_IS_WORTH_READER (self), FALSE);

  return self->pass != NULL && self->problem == NULL && choose_job (self, &first, &n);
}

gboolean
ut_worth_reader_is_late (UtWorthReader *self)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), FALSE);

  return self->late;
}

const char *
ut_worth_reader_get_problem (UtWorthReader *self)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (self), NULL);

  return self->problem;
}
