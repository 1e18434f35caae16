/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-asker-private.h"

#include "ut-import-record-private.h"
#include "ut-memory-private.h"
#include "ut-model-private.h"
#include "ut-reading-private.h"
#include "ut-tokens-private.h"
#include "ut-vocabulary-private.h"

#include <math.h>
#include <string.h>

/* A batch of sentences; enough for the matrix products. */
#define BATCH_SENTENCES 64
/* Most sentences are no longer; what serves them is made once. */
#define COMMON_LENGTH 64
/* As much as one batch may plan for. */
#define MAX_WORKSPACE (64u << 20)

/* What works through sentences up to a length. */
typedef struct
{
  UtNnPredictor *predictor; /* (owned) (nullable) */
  gsize batch;
  gsize length;
} Reader;

/* A model that is no ensemble, and what it sees. */
typedef struct
{
  UtModel *model;         /* (not owned) */
  GArray *ids;            /* (owned) (element-type guint32): of all words */
  UtGuessedWords guessed;
  Reader common;          /* for sentences up to COMMON_LENGTH */
  Reader large;           /* for longer ones, as long as there were */
} Member;

typedef struct
{
  guint32 text;
  double sum;             /* of the members' logits */
} Sentence;

struct UtAsker
{
  UtModel *model;         /* (owned) */
  UtReading reading;
  gsize most;             /* sentences of a batch */
  Member *members;        /* (owned) (n_members) */
  gsize n_members;
  UtTokenizer *tokenizer; /* (owned) */
  GString *joined;        /* (owned): words of one sentence */
  GString *line;          /* (owned): a text that is divided at spaces alone */
  GArray *offsets;        /* (owned) (element-type gsize): where the words of each sentence start */
  GArray *sentences;      /* (owned) (element-type Sentence): with words */
  GArray *answers;        /* (owned) (element-type UtTextAnswer) */
  GArray *order;          /* (owned) (element-type guint32): sentences, the longest first */
};

static void
reader_clear (Reader *self)
{
  ut_nn_predictor_free (self->predictor);
  *self = (Reader) { NULL };
}

UtAsker *
_ut_asker_new (UtModel   *model,
               UtReading  reading)
{
  UtAsker *self = g_new0 (UtAsker, 1);
  UtModel * const *members = ut_model_get_members (model, &self->n_members);

  self->model = ut_model_ref (model);
  self->reading = reading;
  self->most = BATCH_SENTENCES;
  self->members = g_new0 (Member, self->n_members);
  for (gsize i = 0; i < self->n_members; i++)
    {
      self->members[i].model = members[i];
      self->members[i].ids = g_array_new (FALSE, FALSE, sizeof (guint32));
      _ut_guessed_words_init (&self->members[i].guessed);
    }
  self->tokenizer = _ut_tokenizer_new ();
  self->joined = g_string_new (NULL);
  self->line = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->sentences = g_array_new (FALSE, FALSE, sizeof (Sentence));
  self->answers = g_array_new (FALSE, FALSE, sizeof (UtTextAnswer));
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  _ut_asker_clear (self);

  return self;
}

void
_ut_asker_set_few (UtAsker *self,
                   gsize    n_sentences)
{
  self->most = CLAMP (n_sentences, 1, BATCH_SENTENCES);
}

void
_ut_asker_free (UtAsker *self)
{
  for (gsize i = 0; i < self->n_members; i++)
    {
      g_array_unref (self->members[i].ids);
      _ut_guessed_words_clear (&self->members[i].guessed);
      reader_clear (&self->members[i].common);
      reader_clear (&self->members[i].large);
    }
  g_free (self->members);
  _ut_tokenizer_free (self->tokenizer);
  g_string_free (self->joined, TRUE);
  g_string_free (self->line, TRUE);
  g_array_unref (self->offsets);
  g_array_unref (self->sentences);
  g_array_unref (self->answers);
  g_array_unref (self->order);
  ut_model_unref (self->model);
  g_free (self);
}

void
_ut_asker_clear (UtAsker *self)
{
  const gsize start = 0;

  for (gsize i = 0; i < self->n_members; i++)
    {
      g_array_set_size (self->members[i].ids, 0);
      _ut_guessed_words_truncate (&self->members[i].guessed);
    }
  g_array_set_size (self->offsets, 0);
  g_array_append_val (self->offsets, start);
  g_array_set_size (self->sentences, 0);
  g_array_set_size (self->answers, 0);
}

/* Adding */

/* Looks a word up, which ends in NUL; returns whether a member knows or guesses it. */
static gboolean
add_word (UtAsker    *self,
          const char *word,
          gsize       length)
{
  gboolean read = FALSE;

  for (gsize i = 0; i < self->n_members; i++)
    {
      Member *member = &self->members[i];
      const UtSubwords *subwords = ut_model_get_subwords (member->model);
      guint32 id = _ut_vocabulary_lookup (ut_model_get_vocabulary (member->model), word, length);

      read |= id != UT_VOCABULARY_UNKNOWN || subwords != NULL;
      if (id == UT_VOCABULARY_UNKNOWN && subwords != NULL)
        id = _ut_guessed_words_add (&member->guessed, subwords, word);
      g_array_append_val (member->ids, id);
    }

  return read;
}

/* A sentence that no run could have been trained on is read in pieces. */
static void
end_piece (UtAsker *self)
{
  gsize end = self->members[0].ids->len;
  Sentence sentence = { .text = self->answers->len - 1 };

  if (end == g_array_index (self->offsets, gsize, self->offsets->len - 1))
    return;
  g_array_append_val (self->offsets, end);
  g_array_append_val (self->sentences, sentence);
}

static void
add_sentence (UtAsker      *self,
              UtTextAnswer *answer,
              const char   *text,
              gsize         length,
              gsize        *longest_word)
{
  g_string_truncate (self->joined, 0);

  gsize n_words = _ut_tokenizer_append (self->tokenizer, text, length,
                                        self->reading == UT_READING_TOKENIZED_LINES, self->joined);
  char *word = self->joined->str;

  for (gsize i = 0; i < n_words; i++)
    {
      gsize n = strcspn (word, " ");

      word[n] = '\0';
      answer->n_unknown += !add_word (self, word, n);
      *longest_word = MAX (*longest_word, n);
      word += n + 1;
      if ((i + 1) % UT_DATASET_MAX_TOKENS == 0)
        end_piece (self);
    }
  end_piece (self);
  answer->n_words += n_words;
}

gsize
_ut_asker_add (UtAsker    *self,
               const char *text,
               gsize       length,
               gsize      *longest_word)
{
  UtReading cut = self->reading == UT_READING_SENTENCES ? UT_READING_SENTENCES : UT_READING_WHOLE;

  if (self->reading == UT_READING_TOKENIZED_LINES)
    {
      g_string_truncate (self->line, 0);
      g_string_append_len (self->line, text, (gssize) length);
      _ut_import_replace_controls (self->line->str, length);
      text = self->line->str;
    }

  g_autoptr (GArray) spans = _ut_reading_cut (cut, text, length);
  UtTextAnswer answer = { .probability = NAN };

  *longest_word = 0;
  g_array_append_val (self->answers, answer);
  for (guint i = 0; i < spans->len; i++)
    {
      const UtSpan *span = &g_array_index (spans, UtSpan, i);

      add_sentence (self, &answer, text + span->start, span->end - span->start, longest_word);
    }
  g_array_index (self->answers, UtTextAnswer, self->answers->len - 1) = answer;

  return answer.n_words;
}

void
_ut_asker_drop (UtAsker *self)
{
  guint text = self->answers->len - 1;
  guint n = self->sentences->len;

  while (n > 0 && g_array_index (self->sentences, Sentence, n - 1).text == text)
    n--;

  gsize end = g_array_index (self->offsets, gsize, n);

  for (gsize i = 0; i < self->n_members; i++)
    g_array_set_size (self->members[i].ids, (guint) end);
  g_array_set_size (self->offsets, n + 1);
  g_array_set_size (self->sentences, n);
  g_array_set_size (self->answers, text);
}

/* Asking */

static gsize
get_length (const UtAsker *self,
            guint32        sentence)
{
  const gsize *offsets = (const gsize *) (void *) self->offsets->data;

  return offsets[sentence + 1] - offsets[sentence];
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;
  gsize first_length = get_length (data, first);
  gsize second_length = get_length (data, second);

  if (first_length != second_length)
    return first_length > second_length ? -1 : 1;

  return first < second ? -1 : first > second;
}

/* Sentences of about the same length are read together. */
static void
sort_sentences (UtAsker *self)
{
  g_array_set_size (self->order, self->sentences->len);
  for (guint32 i = 0; i < self->sentences->len; i++)
    g_array_index (self->order, guint32, i) = i;
  g_array_sort_with_data (self->order, compare_lengths, self);
}

/* Returns what reads sentences of @length, or NULL with @error set. */
static Reader *
get_reader (UtAsker *self,
            Member  *member,
            gsize    length,
            GError **error)
{
  const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (member->model));
  Reader *reader = length <= COMMON_LENGTH ? &member->common : &member->large;

  if (reader->length >= length)
    return reader;

  gsize room = COMMON_LENGTH;

  while (room < length)
    room *= 2;

  guint64 bytes = ut_nn_shape_count_workspace (shape, NULL, 1, room);

  reader_clear (reader);
  /* As the notebook's code runs, a sentence must not have others beside it: it would depend on
     them. */
  reader->batch = shape->faults != 0 ? 1 : MAX (1, MIN (self->most, MAX_WORKSPACE / bytes));
  if (ut_nn_predictor_new (shape, reader->batch, room, 1, &reader->predictor) != UT_NN_OK)
    {
      _ut_memory_set_error (reader->batch * bytes, error);
      return NULL;
    }
  reader->length = room;

  return reader;
}

static gboolean
ask_member (UtAsker    *self,
            Member     *member,
            const int  *stop,
            GError    **error)
{
  const UtSubwords *subwords = ut_model_get_subwords (member->model);
  UtNnSentences sentences = {
    .tokens = (const guint32 *) (void *) member->ids->data,
    .offsets = (const gsize *) (void *) self->offsets->data,
  };
  UtNnSubwords own;
  const UtNnSubwords guessed = _ut_guessed_words_get_view (&member->guessed);
  const guint32 *order = (const guint32 *) (void *) self->order->data;
  float logits[BATCH_SENTENCES];

  if (subwords != NULL)
    {
      own = _ut_subwords_get_view (subwords);
      sentences.subwords = &own;
      sentences.extra_subwords = &guessed;
    }

  for (gsize start = 0, n; start < self->order->len; start += n)
    {
      Reader *reader = get_reader (self, member, get_length (self, order[start]), error);

      if (reader == NULL || g_atomic_int_get (stop))
        return FALSE;
      n = MIN (reader->batch, self->order->len - start);

      UtNnStatus status = ut_nn_predictor_run (reader->predictor,
                                               ut_model_get_weights (member->model), &sentences,
                                               order + start, n, logits, NULL, NULL);

      /* The sizes were taken from these very sentences. */
      g_assert (status == UT_NN_OK);
      for (gsize i = 0; i < n; i++)
        g_array_index (self->sentences, Sentence, order[start + i]).sum += logits[i];
    }

  return TRUE;
}

/* The sentences of a text follow each other. */
static void
sum_up (UtAsker *self)
{
  for (guint i = 0, next; i < self->sentences->len; i = next)
    {
      guint32 text = g_array_index (self->sentences, Sentence, i).text;
      UtTextAnswer *answer = &g_array_index (self->answers, UtTextAnswer, text);
      UtTextMean mean = { 0 };
      double logit = 0;

      for (next = i; next < self->sentences->len
                     && g_array_index (self->sentences, Sentence, next).text == text; next++)
        {
          logit = g_array_index (self->sentences, Sentence, next).sum / (double) self->n_members;
          _ut_text_mean_add (&mean, get_length (self, next),
                             ut_model_get_probability (self->model, logit));
        }
      answer->n_sentences = mean.n;
      answer->probability = _ut_text_mean_get (&mean);
      /* A single sentence is what its logit says; a probability may be rounded to 0.5. */
      answer->positive = mean.n == 1 ? logit > 0 : answer->probability > 0.5;
    }
}

gboolean
_ut_asker_run (UtAsker    *self,
               const int  *stop,
               GError    **error)
{
  sort_sentences (self);
  for (gsize i = 0; i < self->n_members; i++)
    {
      if (!ask_member (self, &self->members[i], stop, error))
        return FALSE;
    }
  sum_up (self);

  return TRUE;
}

const UtTextAnswer *
_ut_asker_get_answer (const UtAsker *self,
                      gsize          text)
{
  return &g_array_index (self->answers, UtTextAnswer, text);
}
