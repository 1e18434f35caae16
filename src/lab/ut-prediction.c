/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-prediction.h"

#include "ut-lab-error.h"
#include "ut-memory-private.h"
#include "ut-prediction-private.h"
#include "ut-reading-private.h"
#include "ut-word-ids-private.h"

#include <math.h>
#include <string.h>

/* A batch of pieces; small enough to be cancelled soon, large enough for the matrix products. */
#define BATCH_PIECES 64
/* Below this a second thread costs more than it gives. */
#define MIN_TOKENS_FOR_THREADS 2048

typedef struct
{
  UtPrediction public;
  GArray *sentences; /* (owned) (element-type UtSentenceAnswer) */
  GArray *words;     /* (owned) (element-type UtWordAnswer) */
  GPtrArray *tokens; /* (owned) (element-type UtTokens), owns the words' texts */
} Prediction;

G_DEFINE_BOXED_TYPE (UtPrediction, ut_prediction, ut_prediction_ref, ut_prediction_unref)

static void
prediction_clear (gpointer data)
{
  Prediction *self = data;

  g_array_unref (self->sentences);
  g_array_unref (self->words);
  g_ptr_array_unref (self->tokens);
}

UtPrediction *
ut_prediction_ref (UtPrediction *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_prediction_unref (UtPrediction *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, prediction_clear);
}

/* Cutting the text into sentences and words */

/* Of an ensemble one member that knows the word, or guesses it, is enough. */
static void
look_up (UtModel      *model,
         UtWordAnswer *word)
{
  gsize n_members;
  UtModel * const *members = ut_model_get_members (model, &n_members);

  for (gsize i = 0; i < n_members; i++)
    {
      word->known |= ut_vocabulary_lookup (ut_model_get_vocabulary (members[i]), word->word)
                     != UT_VOCABULARY_UNKNOWN;
      word->guessed |= ut_model_get_subwords (members[i]) != NULL;
    }
  word->guessed &= !word->known;
}

static void
add_sentence (Prediction *self,
              UtModel    *model,
              const char *text,
              gsize       start,
              gsize       end,
              UtReading   reading)
{
  UtTokens *tokens = reading == UT_READING_TOKENIZED_LINES
                     ? ut_tokens_new_from_spaces (text, start, end)
                     : ut_tokens_new (text, start, end);

  g_ptr_array_add (self->tokens, tokens);

  /* A sentence that no run could have been trained on is read in pieces. */
  gsize i = 0;

  do
    {
      gsize n = MIN (tokens->n_items - i, UT_DATASET_MAX_TOKENS);
      gboolean whole = n == tokens->n_items;
      UtSentenceAnswer sentence = {
        .start = whole ? start : tokens->items[i].start,
        .end = whole ? end : tokens->items[i + n - 1].end,
        .first_word = self->words->len,
        .n_words = n,
        .logit = NAN,
        .probability = NAN,
      };

      for (gsize stop = i + n; i < stop; i++)
        {
          const UtToken *token = &tokens->items[i];
          UtWordAnswer word = {
            .start = token->start,
            .end = token->end,
            .word = token->word,
            .attention = NAN,
          };

          look_up (model, &word);
          sentence.n_unknown += !word.known && !word.guessed;
          sentence.n_guessed += word.guessed;
          g_array_append_val (self->words, word);
        }
      g_array_append_val (self->sentences, sentence);
    }
  while (i < tokens->n_items);
}

static void
cut (Prediction *self,
     UtModel    *model,
     const char *text,
     gsize       length,
     UtReading   reading)
{
  g_autoptr (GArray) spans = _ut_reading_cut (reading, text, length);

  for (guint i = 0; i < spans->len; i++)
    {
      const UtSpan *span = &g_array_index (spans, UtSpan, i);

      add_sentence (self, model, text, span->start, span->end, reading);
    }
}

/* Answering */

typedef struct
{
  UtWordIds words;  /* of all words */
  gsize *offsets;   /* (owned) (n + 1), where the sentences with words start */
  guint32 *indices; /* (owned) (n), which sentence each of them is */
  gsize n;
  gsize max_length;
} Input;

static void
input_clear (Input *input)
{
  _ut_word_ids_clear (&input->words);
  g_free (input->offsets);
  g_free (input->indices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

static void
input_fill (Input            *input,
            const Prediction *self,
            UtModel          *model)
{
  const UtWordAnswer *words = (const UtWordAnswer *) (void *) self->words->data;

  _ut_word_ids_init (&input->words, model, words, self->words->len);
  input->offsets = g_new0 (gsize, self->sentences->len + 1);
  input->indices = g_new (guint32, MAX (self->sentences->len, 1));
  for (guint i = 0; i < self->sentences->len; i++)
    {
      const UtSentenceAnswer *sentence = &g_array_index (self->sentences, UtSentenceAnswer, i);

      if (sentence->n_words == 0)
        continue;
      input->indices[input->n] = i;
      input->offsets[input->n] = sentence->first_word;
      input->offsets[++input->n] = sentence->first_word + sentence->n_words;
      input->max_length = MAX (input->max_length, sentence->n_words);
    }
}

/* Adds the logits of the words of one sentence, each the answer if the text ended there, and takes
   their weights, where there are any. */
static void
take_answer (Prediction  *self,
             guint        index,
             const float *logits,
             const float *attention)
{
  const UtSentenceAnswer *sentence = &g_array_index (self->sentences, UtSentenceAnswer, index);

  for (gsize i = 0; i < sentence->n_words; i++)
    {
      UtWordAnswer *word = &g_array_index (self->words, UtWordAnswer, sentence->first_word + i);

      word->logit += logits[i];
      if (attention != NULL)
        word->attention = attention[i];
    }
}

static bool
is_cancelled (void *data)
{
  return g_cancellable_is_cancelled (data);
}

/* Has @model, which is no ensemble, answer; its logits are added to those there are. */
static gboolean
answer (Prediction    *self,
        UtModel       *model,
        gboolean       attentive,
        double        *empty_logit,
        GCancellable  *cancellable,
        GError       **error)
{
  const UtNnModel *weights = ut_model_get_weights (model);
  const UtNnShape *shape = ut_nn_model_get_shape (weights);
  g_auto (Input) input = { 0 };

  input_fill (&input, self, model);
  if (input.n == 0)
    return TRUE;

  guint64 bytes_per_piece = ut_nn_shape_count_workspace (shape, NULL, 1, input.max_length);
  /* With two directions each beginning of a sentence is a piece. */
  gsize n_pieces = shape->bidirectional ? MAX (input.n, input.max_length) : input.n;
  gsize batch = MAX (1, MIN (MIN (BATCH_PIECES, n_pieces),
                             UT_PREDICTION_MAX_WORKSPACE / bytes_per_piece));

  /* As the notebook's code runs, a sentence must not have others beside it: it would depend on
     them. */
  if (shape->faults != 0)
    batch = 1;

  gsize n_threads = self->words->len < MIN_TOKENS_FOR_THREADS ? 1 : 0;
  UtNnPredictor *predictor;

  if (ut_nn_predictor_new (shape, batch, input.max_length, n_threads, &predictor) != UT_NN_OK)
    {
      _ut_memory_set_error (batch * bytes_per_piece, error);
      return FALSE;
    }

  /* A sentence without words leaves the classifier its bias alone, and no positions to choose
     from. */
  const UtNnTensor *bias = ut_nn_model_find_tensor (weights, "fc.bias");
  gboolean chooses = (shape->faults & UT_NN_FAULT_LOSS) != 0;
  UtNnSentences sentences = _ut_word_ids_make_sentences (&input.words, input.words.ids,
                                                         input.offsets);
  g_autofree guint32 *rows = g_new (guint32, batch);
  g_autofree float *logits = g_new (float, batch);
  g_autofree float *token_logits = g_new (float, batch * input.max_length);
  g_autofree float *attention = NULL;
  gboolean cancelled = FALSE;

  /* Of a long sentence, with two directions, the words take long. */
  ut_nn_predictor_set_stop (predictor, is_cancelled, cancellable);
  *empty_logit += chooses ? 0 : ut_nn_model_peek_data (weights, bias)[0];
  if (attentive && shape->readout == UT_NN_READOUT_ATTENTION)
    attention = g_new (float, batch * input.max_length);

  for (gsize start = 0; start < input.n && !cancelled; start += batch)
    {
      gsize n = MIN (batch, input.n - start);

      for (gsize i = 0; i < n; i++)
        rows[i] = (guint32) (start + i);

      UtNnStatus status = ut_nn_predictor_run (predictor, weights, &sentences, rows, n, logits,
                                               token_logits, attention);

      /* The sizes were taken from these very sentences. */
      g_assert (status == UT_NN_OK || status == UT_NN_STOPPED);

      gsize first = input.offsets[start];

      for (gsize i = 0; i < n && status == UT_NN_OK; i++)
        {
          gsize place = input.offsets[start + i] - first;

          take_answer (self, input.indices[start + i], token_logits + place,
                       attention != NULL ? attention + place : NULL);
        }
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  ut_nn_predictor_free (predictor);

  return !cancelled;
}

/* The sums of the logits become their means, and what follows from them. */
static void
average (Prediction    *self,
         const UtModel *model,
         double         empty_logit,
         double         n_members)
{
  for (guint i = 0; i < self->sentences->len; i++)
    {
      UtSentenceAnswer *sentence = &g_array_index (self->sentences, UtSentenceAnswer, i);
      double before = empty_logit / n_members;

      if (sentence->n_words == 0)
        continue;
      for (gsize j = 0; j < sentence->n_words; j++)
        {
          UtWordAnswer *word = &g_array_index (self->words, UtWordAnswer, sentence->first_word + j);

          word->logit /= n_members;
          word->probability = ut_model_get_probability (model, word->logit);
          word->change = word->logit - before;
          before = word->logit;
        }
      sentence->logit = before;
      sentence->probability = ut_model_get_probability (model, before);
    }
}

static gboolean
answer_all (Prediction    *self,
            UtModel       *model,
            GCancellable  *cancellable,
            GError       **error)
{
  gsize n_members;
  UtModel * const *members = ut_model_get_members (model, &n_members);
  double empty_logit = 0;

  for (gsize i = 0; i < n_members; i++)
    {
      /* Weights of several models have no common meaning. */
      if (!answer (self, members[i], n_members == 1, &empty_logit, cancellable, error))
        return FALSE;
    }
  average (self, model, empty_logit, (double) n_members);

  return TRUE;
}

static void
sum_up (Prediction *self)
{
  UtPrediction *public = &self->public;
  UtTextMean mean = { 0 };

  public->sentences = (const UtSentenceAnswer *) (void *) self->sentences->data;
  public->n_sentences = self->sentences->len;
  public->words = (const UtWordAnswer *) (void *) self->words->data;
  public->n_words = self->words->len;
  for (gsize i = 0; i < public->n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &public->sentences[i];

      public->n_unknown += sentence->n_unknown;
      public->n_guessed += sentence->n_guessed;
      _ut_text_mean_add (&mean, sentence->n_words, sentence->probability);
    }
  public->probability = _ut_text_mean_get (&mean);
}

UtPrediction *
ut_prediction_new (UtModel       *model,
                   const char    *text,
                   gsize          length,
                   UtReading      reading,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  Prediction *self = g_atomic_rc_box_new0 (Prediction);

  self->sentences = g_array_new (FALSE, FALSE, sizeof (UtSentenceAnswer));
  self->words = g_array_new (FALSE, FALSE, sizeof (UtWordAnswer));
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_tokens_unref);
  cut (self, model, text, length, reading);
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !answer_all (self, model, cancellable, error))
    {
      ut_prediction_unref (&self->public);
      return NULL;
    }
  sum_up (self);

  return &self->public;
}

/* On a worker */

typedef struct
{
  UtModel *model; /* (owned) */
  char *text;     /* (owned) */
  UtReading reading;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  ut_model_unref (question->model);
  g_free (question->text);
  g_free (question);
}

static void
new_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Question *question = data;
  GError *error = NULL;
  UtPrediction *prediction = ut_prediction_new (question->model, question->text,
                                                strlen (question->text),
                                                question->reading, cancellable, &error);

  if (prediction != NULL)
    g_task_return_pointer (task, prediction, (GDestroyNotify) ut_prediction_unref);
  else
    g_task_return_error (task, error);
}

void
ut_prediction_new_async (UtModel             *model,
                         const char          *text,
                         UtReading            reading,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (model != NULL);
  g_return_if_fail (text != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new (Question, 1);

  *question = (Question) { ut_model_ref (model), g_strdup (text), reading };
  g_task_set_source_tag (task, ut_prediction_new_async);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, new_thread);
}

UtPrediction *
ut_prediction_new_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
