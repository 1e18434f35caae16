/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-answer.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Tints bring their own text colour, so that they can be read on light and dark terminals. Blue and
 * orange can be told apart by nearly everyone; positive words are also underlined. */
static const char * const positive_tints[] = { "4;38;5;16;48;5;153", "4;38;5;16;48;5;75",
                                               "4;38;5;231;48;5;25" };
static const char * const negative_tints[] = { "38;5;16;48;5;223", "38;5;16;48;5;214",
                                               "38;5;231;48;5;130" };
#define FAINT "2"
/* The underline that could be dashed stands for positive words. */
#define SLANTED "3"

/* Changes of the logit at which the tints begin: 0.25 moves a probability of one half by 0.06. */
static const double tint_limits[] = { 0.25, 0.75, 1.75 };

void
ut_cli_answer_append_sentence (const UtCliAnswer *answer,
                               GString           *json)
{
  g_autofree char *text = g_strndup (answer->text + answer->start, answer->end - answer->start);

  g_string_append (json, "\"text\":");
  ut_json_append_string (json, text);
  g_string_append_printf (json, ",\"label\":%d,\"probability\":",
                          answer->n_words > 0 && answer->logit > 0);
  ut_json_append_number (json, answer->probability);
}

void
ut_cli_answer_append_word (const UtCliAnswer *answer,
                           gsize              i,
                           GString           *json)
{
  const UtWordAnswer *word = &answer->words[i];

  g_string_append (json, "\"token\":");
  ut_json_append_string (json, word->word);
  g_string_append_printf (json,
                          ",\"start\":%" G_GSIZE_FORMAT ",\"end\":%" G_GSIZE_FORMAT
                          ",\"known\":%s",
                          word->start + (gsize) answer->shift, word->end + (gsize) answer->shift,
                          word->known ? "true" : "false");
  if (answer->guesses)
    g_string_append_printf (json, ",\"guessed\":%s", word->guessed ? "true" : "false");
}

void
ut_cli_answer_write_json (const UtCliAnswer *answer,
                          UtCliOutput       *output)
{
  g_autoptr (GString) json = g_string_new ("{");

  ut_cli_answer_append_sentence (answer, json);
  g_string_append (json, ",\"tokens\":[");
  for (gsize i = 0; i < answer->n_words; i++)
    {
      const UtWordAnswer *word = &answer->words[i];

      g_string_append (json, i > 0 ? ",{" : "{");
      ut_cli_answer_append_word (answer, i, json);
      g_string_append (json, ",\"probability\":");
      ut_json_append_number (json, word->probability);
      if (!isnan (word->attention))
        {
          g_string_append (json, ",\"attention\":");
          ut_json_append_number (json, word->attention);
        }
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}\n");
  ut_cli_output_write (output, json->str, json->len);
}

static const char *
choose_tint (double change)
{
  const char * const *tints = change > 0 ? positive_tints : negative_tints;
  const char *tint = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tint_limits); i++)
    if (fabs (change) >= tint_limits[i])
      tint = tints[i];
  return tint;
}

static void
print_tinted (UtCliOutput *output,
              const char  *tint,
              const char  *text,
              gsize        length)
{
  if (tint != NULL)
    ut_cli_output_printf (output, "\033[%sm", tint);
  ut_cli_output_print_safely (output, text, length);
  if (tint != NULL)
    ut_cli_output_print (output, "\033[0m");
}

/* Returns how a word looks where there are colours, or NULL for plain. */
static char *
choose_style (const UtCliAnswer *answer,
              gsize              i)
{
  const UtWordAnswer *word = &answer->words[i];
  const char *tint = choose_tint (answer->worths != NULL ? answer->worths[i] : word->change);

  if (!word->guessed)
    return g_strdup (tint);

  return tint != NULL ? g_strconcat (SLANTED ";", tint, NULL) : g_strdup (SLANTED);
}

static void
print_words (const UtCliAnswer *answer,
             UtCliOutput       *output)
{
  gboolean colors = ut_cli_output_has_colors (output);
  gsize position = answer->start;

  for (gsize i = 0; i < answer->n_words; i++)
    {
      const UtWordAnswer *word = &answer->words[i];
      g_autofree char *style = colors ? choose_style (answer, i) : NULL;

      if (word->start > position)
        ut_cli_output_print_safely (output, answer->text + position, word->start - position);
      print_tinted (output, style, answer->text + word->start, word->end - word->start);
      if (colors && answer->worths != NULL)
        ut_cli_output_printf (output, "\033[%sm%+.2f\033[0m", FAINT, answer->worths[i]);
      position = word->end;
    }
  if (answer->end > position)
    ut_cli_output_print_safely (output, answer->text + position, answer->end - position);
}

/* Returns what keeps the answer from being one, or NULL. */
static char *
describe_doubt (const UtCliAnswer *answer)
{
  if (2 * answer->n_unknown >= answer->n_words)
    return g_strdup_printf (ngettext ("cannot say: %1$zu of %2$zu word unknown",
                                      "cannot say: %1$zu of %2$zu words unknown",
                                      answer->n_words),
                            answer->n_unknown, answer->n_words);
  if (answer->probability >= 0.4 && answer->probability <= 0.6)
    return g_strdup (_("unsure"));
  if (2 * answer->n_guessed >= answer->n_words)
    return g_strdup_printf (ngettext ("%1$zu of %2$zu word guessed from its parts",
                                      "%1$zu of %2$zu words guessed from their parts",
                                      answer->n_words),
                            answer->n_guessed, answer->n_words);
  return NULL;
}

static void
print_padded (UtCliOutput *output,
              const char  *text,
              glong        columns)
{
  int gap = (int) MAX (columns - g_utf8_strlen (text, -1), 0);

  ut_cli_output_printf (output, "%s%*s", text, gap, "");
}

void
ut_cli_answer_print (const UtCliAnswer *answer,
                     UtCliOutput       *output)
{
  if (answer->n_words == 0)
    {
      ut_cli_output_print (output, "\n");
      return;
    }

  const char *positive = C_("answer", "positive");
  const char *negative = C_("answer", "negative");
  gboolean is_positive = answer->logit > 0;
  /* No model of this kind is ever certain: 99.9 is the most that is said. */
  double sure = is_positive ? answer->probability : 1 - answer->probability;

  print_padded (output, is_positive ? positive : negative,
                MAX (g_utf8_strlen (positive, -1), g_utf8_strlen (negative, -1)));
  ut_cli_output_printf (output, " %4.1f %%  ", MIN (sure * 100, 99.9));
  print_words (answer, output);

  g_autofree char *doubt = describe_doubt (answer);

  if (doubt != NULL)
    {
      g_autofree char *remark = g_strdup_printf ("  (%s)", doubt);

      const char *tint = ut_cli_output_has_colors (output) ? FAINT : NULL;

      print_tinted (output, tint, remark, strlen (remark));
    }
  ut_cli_output_print (output, "\n");
}

void
ut_cli_answer_print_legend (UtCliOutput   *output,
                            const char    *title,
                            const UtModel *model)
{
  g_autofree char *calibration = ut_model_dup_calibration_text (model);

  if (!ut_cli_output_has_colors (output))
    return;

  const char *positive = _("towards positive");
  const char *negative = _("towards negative");
  const char *guessed = _("guessed from its parts");

  ut_cli_output_printf (output, "\033[%sm%s \033[0m", FAINT, title);
  print_tinted (output, positive_tints[1], positive, strlen (positive));
  ut_cli_output_print (output, "  ");
  print_tinted (output, negative_tints[1], negative, strlen (negative));
  if (ut_model_get_subwords (model) != NULL)
    {
      ut_cli_output_print (output, "  ");
      print_tinted (output, SLANTED, guessed, strlen (guessed));
    }
  if (calibration != NULL)
    {
      ut_cli_output_print (output, "  ");
      print_tinted (output, FAINT, calibration, strlen (calibration));
    }
  ut_cli_output_print (output, "\n");
}
