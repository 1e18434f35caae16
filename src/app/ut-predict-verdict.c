/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-verdict.h"

#include <glib/gi18n.h>

#include <math.h>

/* Interaction rules: 0.40 to 0.60, as it is printed, is unsure. */
#define UNSURE_FROM 0.395
#define UNSURE_TO 0.605
#define SAMPLE_NOTE_SHARE 0.3

UtPredictOpinion
ut_predict_opinion (double probability,
                    gsize  n_words,
                    gsize  n_unknown)
{
  if (n_words == 0 || isnan (probability))
    return UT_PREDICT_NOTHING;
  if (n_unknown >= n_words - n_unknown)
    return UT_PREDICT_CANNOT_SAY;
  if (probability >= UNSURE_FROM && probability < UNSURE_TO)
    return UT_PREDICT_UNSURE;

  return probability > 0.5 ? UT_PREDICT_POSITIVE : UT_PREDICT_NEGATIVE;
}

/* "mean of 27 sentences, 19 of them positive" */
static char *
rule_new (const UtPrediction *prediction,
          UtReading           reading)
{
  gsize n_positive = 0;
  gsize n = 0;

  if (reading == UT_READING_WHOLE)
    return g_strdup (_("the whole text read as one sentence"));

  /* The mean leaves out sentences without words. */
  for (gsize i = 0; i < prediction->n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &prediction->sentences[i];
      UtPredictOpinion opinion = ut_predict_opinion (sentence->probability, sentence->n_words,
                                                     sentence->n_unknown);

      n += opinion != UT_PREDICT_NOTHING;
      n_positive += opinion == UT_PREDICT_POSITIVE;
    }

  if (n == 1)
    return g_strdup (_("one sentence"));

  return g_strdup_printf (ngettext ("mean of %'u sentence, %'u of them positive",
                                    "mean of %'u sentences, %'u of them positive", n),
                          (guint) n, (guint) n_positive);
}

static char *
coverage_new (const UtPrediction *prediction)
{
  guint n_words = (guint) prediction->n_words;
  guint n_unknown = (guint) prediction->n_unknown;
  guint n_guessed = (guint) prediction->n_guessed;
  g_autofree char *unknown = NULL;
  g_autofree char *guessed = NULL;

  if (n_unknown == 0 && n_guessed == 0)
    return g_strdup_printf (ngettext ("The only word is known.", "All %'u words are known.",
                                      n_words),
                            n_words);

  unknown = g_strdup_printf (ngettext ("%'u of %'u word unknown (shown dotted).",
                                       "%'u of %'u words unknown (shown dotted).", n_words),
                             n_unknown, n_words);
  guessed = g_strdup_printf (ngettext ("%'u of %'u word guessed from its parts (shown dashed).",
                                       "%'u of %'u words guessed from their parts (shown dashed).",
                                       n_words),
                             n_guessed, n_words);
  if (n_guessed == 0)
    return g_steal_pointer (&unknown);
  if (n_unknown == 0)
    return g_steal_pointer (&guessed);

  return g_strjoin (" ", unknown, guessed, NULL);
}

char *
ut_predict_verdict_new (const UtPrediction *prediction,
                        UtReading           reading,
                        gsize              *n_head)
{
  g_autofree char *head = NULL;

  g_return_val_if_fail (prediction != NULL, NULL);

  switch (ut_predict_opinion (prediction->probability, prediction->n_words, prediction->n_unknown))
    {
    case UT_PREDICT_NOTHING:
      if (n_head != NULL)
        *n_head = 0;
      return g_strdup (_("There is no word to read yet."));

    case UT_PREDICT_CANNOT_SAY:
      head = g_strdup (_("Cannot say"));
      if (n_head != NULL)
        *n_head = strlen (head);
      /* Translators: the first %s is "Cannot say". */
      return g_strdup_printf (ngettext ("%s: %'u of %'u word is unknown to this model",
                                        "%s: %'u of %'u words are unknown to this model",
                                        prediction->n_words),
                              head, (guint) prediction->n_unknown, (guint) prediction->n_words);

    case UT_PREDICT_UNSURE:
      head = g_strdup_printf (_("Unsure %.2f"), prediction->probability);
      break;

    case UT_PREDICT_POSITIVE:
      head = g_strdup_printf (_("Positive %.2f"), prediction->probability);
      break;

    case UT_PREDICT_NEGATIVE:
      head = g_strdup_printf (_("Negative %.2f"), prediction->probability);
      break;

    default:
      g_assert_not_reached ();
    }

  if (n_head != NULL)
    *n_head = strlen (head);

  g_autofree char *rule = rule_new (prediction, reading);
  g_autofree char *coverage = coverage_new (prediction);

  /* Translators: "Positive 0.78", "mean of 27 sentences, 19 of them positive", "31 of 612 words
   * unknown (shown dotted)." The first must stay first. */
  return g_strdup_printf (_("%s: %s. %s"), head, rule, coverage);
}

char *
ut_predict_limit_new (gsize n_words,
                      gsize n_tinted)
{
  if (n_words <= n_tinted)
    return NULL;

  return g_strdup_printf (_("%'u of %'u words are tinted; the rest is read, too."),
                          (guint) n_tinted, (guint) n_words);
}

const char *
ut_predict_get_hint (const UtConfig *config)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (ut_config_get_int (config, UT_SETTING_BIDIRECTIONAL) != 0)
    return _("This model reads from both ends: for each word the text was read again as if it "
             "ended there.");

  switch ((UtReadoutKind) ut_config_get_int (config, UT_SETTING_READOUT))
    {
    case UT_READOUT_MEAN:
      return _("This model averages over the words: each value is the answer to the words so far.");
    case UT_READOUT_MAX:
      return _("This model takes maxima over the words: each value is the answer to the words so "
               "far.");
    case UT_READOUT_ATTENTION:
      return _("This model weighs the words: each value is the answer to the words so far.");
    case UT_READOUT_LAST:
    default:
      return NULL;
    }
}

char *
ut_predict_sample_note_new (const UtPrediction *prediction)
{
  g_return_val_if_fail (prediction != NULL, NULL);

  if ((double) prediction->n_unknown <= SAMPLE_NOTE_SHARE * (double) prediction->n_words)
    return NULL;

  return g_strdup_printf (ngettext ("This model learned from made-up reviews and does not know "
                                    "%'u of %'u word.",
                                    "This model learned from made-up reviews and does not know "
                                    "%'u of %'u words.",
                                    prediction->n_words),
                          (guint) prediction->n_unknown, (guint) prediction->n_words);
}
