/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worth-text.h"

#include <glib/gi18n.h>
#include <math.h>

const char *
ut_worth_text_get_meaning (UtWorthMethod method)
{
  switch (method)
    {
    case UT_WORTH_CHANGE:
      return _("Coloured by how far the answer moves when the model reads the word.");
    case UT_WORTH_LEAVE_OUT:
      return _("Coloured by what the answer of the sentence would lose without the word.");
    case UT_WORTH_GRADIENT:
      return _("Coloured by the slope of the answer along the word: flat where the answer is sure.");
    case UT_WORTH_INTEGRATED:
      return _("Coloured by the word’s share of the way from empty words to the answer.");
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
ut_worth_text_new_gap (const UtSentenceWorth *worth)
{
  g_return_val_if_fail (worth != NULL, NULL);

  if (worth->gap < 0)
    return g_strdup_printf (_("In this sentence the words add up to %.2f less than they should, "
                              "after %u steps."), -worth->gap, worth->n_steps);

  return g_strdup_printf (_("In this sentence the words add up to %.2f more than they should, after "
                            "%u steps."), worth->gap, worth->n_steps);
}

/* How far the colours got. */
static char *
new_progress (UtWorthReader *reader)
{
  UtWorthProgress progress = ut_worth_reader_get_progress (reader);
  const char *title = ut_worth_method_get_title (ut_worth_reader_get_method (reader));

  if (progress.n_sentences > 1)
    return g_strdup_printf (ngettext ("%'u of %'u sentence so far: %s",
                                      "%'u of %'u sentences so far: %s",
                                      (unsigned long) progress.n_sentences),
                            (guint) progress.n_sentences_known, (guint) progress.n_sentences, title);
  /* Only where they come one after the other do they say how far it is. */
  if (ut_worth_reader_get_method (reader) == UT_WORTH_LEAVE_OUT)
    return g_strdup_printf (ngettext ("%'u of %'u word so far: %s", "%'u of %'u words so far: %s",
                                      (unsigned long) progress.n_words),
                            (guint) progress.n_words_known, (guint) progress.n_words, title);

  return g_strdup_printf (_("Being computed: %s"), title);
}

char *
ut_worth_text_new (UtWorthReader *reader,
                   int            sentence)
{
  const UtSentenceWorth *worth = NULL;
  const char *problem;

  g_return_val_if_fail (UT_IS_WORTH_READER (reader), NULL);

  problem = ut_worth_reader_get_problem (reader);
  if (problem != NULL)
    return g_strdup (problem);
  if (ut_worth_reader_is_late (reader))
    return new_progress (reader);
  if (sentence >= 0)
    worth = ut_worth_reader_get_sentence (reader, (gsize) sentence);
  if (worth != NULL && !worth->converged)
    return ut_worth_text_new_gap (worth);

  return g_strdup (ut_worth_text_get_meaning (ut_worth_reader_get_method (reader)));
}

char *
ut_worth_text_new_legend (UtWorthReader *reader,
                          gboolean       guesses,
                          gboolean       compares)
{
  g_return_val_if_fail (reader == NULL || UT_IS_WORTH_READER (reader), NULL);

  const char *signs = guesses
    ? _("Legend: orange with a wavy line pulls to negative, blue with a straight line pulls to "
        "positive, dashes are words guessed from their parts")
    : _("Legend: orange with a wavy line pulls to negative, blue with a straight line pulls to "
        "positive, dots are unknown words");

  g_autoptr (GString) label = g_string_new (signs);

  if (compares)
    /* Translators: goes on after the rest of the legend. */
    g_string_append (label, _(", a line above is a word that models disagree on"));
  if (reader != NULL)
    /* Translators: goes on after the rest of the legend. */
    g_string_append_printf (label, _(". Coloured by: %s"),
                            ut_worth_method_get_title (ut_worth_reader_get_method (reader)));

  return g_string_free (g_steal_pointer (&label), FALSE);
}

char *
ut_worth_text_new_tip (UtWorthReader *reader)
{
  g_return_val_if_fail (UT_IS_WORTH_READER (reader), NULL);

  return g_strdup_printf (_("%s The numbers are the least of each colour, in units of the logit, the "
                            "same for all ways to colour: 1 multiplies the odds by 2.7."),
                          ut_worth_text_get_meaning (ut_worth_reader_get_method (reader)));
}

char *
ut_worth_text_dup_number (double worth)
{
  if (isnan (worth))
    return g_strdup ("…");

  g_autofree char *size = g_strdup_printf ("%.2f", fabs (worth));

  /* A true minus sign is as wide as the plus, so that the columns of figures stand in line; what is
   * printed as nothing has no sign. */
  if (fabs (worth) < 0.005)
    return g_steal_pointer (&size);

  return g_strconcat (worth < 0 ? "−" : "+", size, NULL);
}
