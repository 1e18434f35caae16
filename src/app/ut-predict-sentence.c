/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-sentence.h"

#include <glib/gi18n.h>

#include <math.h>

/* More than the widest list has room for. */
#define EXCERPT_CHARS 120

struct _UtPredictSentence
{
  GObject parent_instance;

  char *excerpt; /* (owned) */
  double probability;
  guint index;
  UtPredictOpinion opinion;
  UtPredictLane lanes[UT_PREDICT_SENTENCE_N_LANES];
};

G_DEFINE_FINAL_TYPE (UtPredictSentence, ut_predict_sentence, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The first words of (@n) bytes of @text. */
static char *
excerpt_new (const char *text,
             gsize       n)
{
  GString *excerpt = g_string_new (NULL);
  const char *end = text + n;
  gboolean space = FALSE;
  guint n_chars = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = TRUE;
          continue;
        }
      if (n_chars++ >= EXCERPT_CHARS)
        {
          g_string_append (excerpt, "…");
          break;
        }
      if (space && excerpt->len > 0)
        g_string_append_c (excerpt, ' ');
      space = FALSE;
      g_string_append_unichar (excerpt, c);
    }

  return g_string_free (excerpt, FALSE);
}

static void
ut_predict_sentence_finalize (GObject *object)
{
  g_free (UT_PREDICT_SENTENCE (object)->excerpt);

  G_OBJECT_CLASS (ut_predict_sentence_parent_class)->finalize (object);
}

static void
ut_predict_sentence_class_init (UtPredictSentenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_predict_sentence_finalize;

  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_PREDICT_SENTENCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_predict_sentence_init (UtPredictSentence *self)
{
}

UtPredictSentence *
ut_predict_sentence_new (const UtPrediction *prediction,
                         guint               index,
                         const char         *text)
{
  g_return_val_if_fail (prediction != NULL && index < prediction->n_sentences, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  const UtSentenceAnswer *answer = &prediction->sentences[index];
  UtPredictSentence *self = g_object_new (UT_TYPE_PREDICT_SENTENCE, NULL);

  self->index = index;
  self->probability = answer->probability;
  self->opinion = ut_predict_opinion (answer->probability, answer->n_words, answer->n_unknown);
  self->excerpt = excerpt_new (text + answer->start, answer->end - answer->start);

  return self;
}

/* Gives @self what the lead makes of the sentence of @other, which is not needed any more. */
static void
take_answer (UtPredictSentence *self,
             UtPredictSentence *other)
{
  if (ut_predict_sentence_equal (self, other))
    return;

  g_free (self->excerpt);
  self->excerpt = g_steal_pointer (&other->excerpt);
  self->probability = other->probability;
  self->index = other->index;
  self->opinion = other->opinion;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
ut_predict_sentence_equal (UtPredictSentence *a,
                           UtPredictSentence *b)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (a) && UT_IS_PREDICT_SENTENCE (b), FALSE);

  return a->index == b->index && a->opinion == b->opinion &&
         (a->probability == b->probability || (isnan (a->probability) && isnan (b->probability))) &&
         g_str_equal (a->excerpt, b->excerpt);
}

guint
ut_predict_sentence_get_index (UtPredictSentence *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (self), 0);

  return self->index;
}

const char *
ut_predict_sentence_get_excerpt (UtPredictSentence *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (self), NULL);

  return self->excerpt;
}

double
ut_predict_sentence_get_probability (UtPredictSentence *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (self), NAN);

  return self->probability;
}

UtPredictOpinion
ut_predict_sentence_get_opinion (UtPredictSentence *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (self), UT_PREDICT_NOTHING);

  return self->opinion;
}

const UtPredictLane *
ut_predict_sentence_get_lane (UtPredictSentence *self,
                              guint              lane)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (self), NULL);
  g_return_val_if_fail (lane < UT_PREDICT_SENTENCE_N_LANES, NULL);

  return &self->lanes[lane];
}

void
ut_predict_sentence_set_lane (UtPredictSentence   *self,
                              guint                lane,
                              const UtPredictLane *answer)
{
  g_return_if_fail (UT_IS_PREDICT_SENTENCE (self));
  g_return_if_fail (lane < UT_PREDICT_SENTENCE_N_LANES);

  UtPredictLane *old = &self->lanes[lane];
  if (old->name == answer->name && old->style == answer->style &&
      old->opinion == answer->opinion &&
      (old->probability == answer->probability ||
       (isnan (old->probability) && isnan (answer->probability))))
    return;

  *old = *answer;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* "positive 0.78". */
static char *
dup_opinion (UtPredictOpinion opinion,
             double           probability)
{
  switch (opinion)
    {
    case UT_PREDICT_NEGATIVE:
      return g_strdup_printf (_("negative %.2f"), probability);
    case UT_PREDICT_UNSURE:
      return g_strdup_printf (_("unsure %.2f"), probability);
    case UT_PREDICT_POSITIVE:
      return g_strdup_printf (_("positive %.2f"), probability);
    case UT_PREDICT_CANNOT_SAY:
    case UT_PREDICT_NOTHING:
    default:
      return g_strdup (_("cannot say"));
    }
}

char *
ut_predict_sentence_dup_label (UtPredictSentence *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_SENTENCE (self), NULL);

  g_autofree char *lead = dup_opinion (self->opinion, self->probability);
  GString *label = g_string_new (lead);

  for (guint i = 0; i < UT_PREDICT_SENTENCE_N_LANES; i++)
    {
      const UtPredictLane *lane = &self->lanes[i];

      if (lane->name != NULL)
        {
          g_autofree char *opinion = dup_opinion (lane->opinion, lane->probability);

          g_string_append_printf (label, ", %s %s", lane->name, opinion);
        }
    }
  g_string_append_printf (label, ", %s", self->excerpt);

  return g_string_free (label, FALSE);
}

static int
compare_strength (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const UtPrediction *prediction = data;
  guint i = *(const guint *) a;
  guint j = *(const guint *) b;
  /* A sentence without words is the weakest. */
  double x = prediction->sentences[i].n_words > 0 ? fabs (prediction->sentences[i].logit) : -1;
  double y = prediction->sentences[j].n_words > 0 ? fabs (prediction->sentences[j].logit) : -1;

  if (x != y)
    return x > y ? -1 : 1;

  return i < j ? -1 : i > j;
}

void
ut_predict_sentences_update (GListStore         *store,
                             const UtPrediction *prediction,
                             const char         *text,
                             gboolean            strongest_first)
{
  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (prediction == NULL || text != NULL);

  guint n = prediction != NULL ? (guint) prediction->n_sentences : 0;
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  g_autofree guint *order = g_new (guint, n);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, g_object_unref);
  guint n_kept = MIN (n, n_old);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (strongest_first && n > 0)
    g_qsort_with_data (order, (int) n, sizeof (guint), compare_strength, (gpointer) prediction);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, ut_predict_sentence_new (prediction, order[i], text));

  /* Rows are not made anew where they can show another sentence, which takes far less time. */
  for (guint i = 0; i < n_kept; i++)
    {
      g_autoptr (UtPredictSentence) old = g_list_model_get_item (G_LIST_MODEL (store), i);

      take_answer (old, rows->pdata[i]);
    }
  if (n != n_old)
    g_list_store_splice (store, n_kept, n_old - n_kept, rows->pdata + n_kept, n - n_kept);
}

void
ut_predict_sentences_set_lane (GListStore         *store,
                               guint               lane,
                               const UtPrediction *prediction,
                               const char         *name,
                               guint               style)
{
  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (lane < UT_PREDICT_SENTENCE_N_LANES);
  g_return_if_fail (prediction == NULL || name != NULL);

  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  const char *interned = g_intern_string (name);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtPredictSentence) row = g_list_model_get_item (G_LIST_MODEL (store), i);
      UtPredictLane answer = { NULL, 0, 0, UT_PREDICT_NOTHING };

      if (prediction != NULL && row->index < prediction->n_sentences)
        {
          const UtSentenceAnswer *sentence = &prediction->sentences[row->index];

          answer = (UtPredictLane) { interned, style, sentence->probability,
                                     ut_predict_opinion (sentence->probability, sentence->n_words,
                                                         sentence->n_unknown) };
        }
      ut_predict_sentence_set_lane (row, lane, &answer);
    }
}
