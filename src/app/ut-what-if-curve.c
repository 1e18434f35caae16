/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-what-if-curve.h"

#include <math.h>

/* (transfer full): which of the edited sentence's words each step has; -1 for none. */
static GArray *
number_words (const UtWhatIf *what_if)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (int));
  int next = 0;

  for (gsize i = 0; i < what_if->n_steps; i++)
    {
      int number = what_if->steps[i].after != NULL ? next++ : -1;

      g_array_append_val (numbers, number);
    }

  return numbers;
}

static gsize
count_after (const UtWhatIf *what_if)
{
  gsize n = 0;

  for (gsize i = 0; i < what_if->n_steps; i++)
    n += what_if->steps[i].after != NULL;

  return n;
}

static void
show_words (UtWordCurve        *curve,
            const UtWhatIf     *what_if,
            const GArray       *numbers,
            const UtWordAnswer *words)
{
  g_autofree const char **texts = g_new (const char *, what_if->n_steps);
  g_autofree UtWordMark *marks = g_new (UtWordMark, what_if->n_steps);

  for (gsize i = 0; i < what_if->n_steps; i++)
    {
      const UtWhatIfStep *step = &what_if->steps[i];
      int number = g_array_index (numbers, int, i);

      texts[i] = number >= 0 ? step->after : step->before;
      marks[i] = number >= 0 ? ut_word_mark_choose (words[number].known, words[number].guessed)
                             : UT_WORD_MARK_NONE;
    }
  ut_word_curve_set_words (curve, texts, marks, what_if->n_steps);
}

/* Shows in the curve's @slot what @lane makes of the edited sentence. */
static void
show_lane (UtWordCurve  *curve,
           guint         slot,
           UtWordEditor *editor,
           UtLanes      *lanes,
           guint         lane,
           gsize         n_steps)
{
  const UtWhatIf *what_if = ut_word_editor_get_what_if (editor, lane);
  UtModel *model = ut_word_editor_get_model (editor, lane);
  UtRun *run = ut_predict_reader_get_run (ut_lanes_get_reader (lanes, lane));
  g_autofree double *values = g_new (double, n_steps);

  /* All models see the same words, so that their steps are the same; one may still be reading. */
  if (what_if == NULL || model == NULL || run == NULL || what_if->n_steps != n_steps)
    return;

  for (gsize i = 0; i < n_steps; i++)
    values[i] = ut_model_get_probability (model, what_if->steps[i].logit_after);
  ut_word_curve_set_lane (curve, slot, ut_run_get_name (run), ut_run_get_style (run), values,
                          n_steps);
}

static void
show_before (UtWordCurve    *curve,
             const UtWhatIf *what_if,
             UtModel        *model)
{
  g_autofree UtWordEdit *edits = g_new (UtWordEdit, what_if->n_steps);
  g_autofree const char **replaced = g_new0 (const char *, what_if->n_steps);
  g_autofree double *values = g_new (double, what_if->n_steps);

  for (gsize i = 0; i < what_if->n_steps; i++)
    {
      const UtWhatIfStep *step = &what_if->steps[i];

      edits[i] = !step->edited ? UT_WORD_EDIT_NONE
                 : step->after == NULL ? UT_WORD_EDIT_STRUCK_OUT : UT_WORD_EDIT_PUT_IN;
      if (edits[i] == UT_WORD_EDIT_PUT_IN)
        replaced[i] = step->before;
      values[i] = ut_model_get_probability (model, step->logit_before);
    }

  const UtWordBefore before = {
    .edits = edits,
    .replaced = replaced,
    .probabilities = values,
    .first = what_if->last_edited + 1,
    .n_remembered = what_if->n_remembered,
    .to_the_end = what_if->to_the_end,
  };
  ut_word_curve_set_before (curve, &before);
}

/* The attention that the words get that are there. */
static void
show_attention (UtWordCurve        *curve,
                const GArray       *numbers,
                const UtWordAnswer *words,
                gsize               n_words)
{
  g_autofree double *weights = g_new (double, numbers->len);

  if (n_words == 0 || isnan (words[0].attention))
    return;

  for (guint i = 0; i < numbers->len; i++)
    {
      int number = g_array_index (numbers, int, i);

      weights[i] = number >= 0 ? words[number].attention : NAN;
    }
  ut_word_curve_set_weights (curve, weights, numbers->len);
}

GArray *
ut_what_if_curve_show (UtWordCurve        *curve,
                       UtWordEditor       *editor,
                       UtLanes            *lanes,
                       const UtWordAnswer *words,
                       gsize               n_words)
{
  g_return_val_if_fail (UT_IS_WORD_CURVE (curve), NULL);
  g_return_val_if_fail (UT_IS_WORD_EDITOR (editor), NULL);
  g_return_val_if_fail (UT_IS_LANES (lanes), NULL);
  g_return_val_if_fail (words != NULL || n_words == 0, NULL);

  guint front = ut_lanes_get_front (lanes);
  const UtWhatIf *what_if = ut_word_editor_get_what_if (editor, front);
  UtModel *model = ut_word_editor_get_model (editor, front);
  guint slot = 1;

  if (what_if == NULL || model == NULL || count_after (what_if) != n_words)
    return NULL;

  GArray *numbers = number_words (what_if);
  g_autofree char *text = ut_word_editor_dup_text (editor);

  show_words (curve, what_if, numbers, words);
  show_lane (curve, 0, editor, lanes, front, what_if->n_steps);
  for (guint i = 0; i < ut_lanes_get_n (lanes) && slot < UT_WORD_CURVE_N_LANES; i++)
    if (i != front)
      show_lane (curve, slot++, editor, lanes, i, what_if->n_steps);
  show_before (curve, what_if, model);
  show_attention (curve, numbers, words, n_words);
  g_object_set (curve, "summary", text, NULL);

  return numbers;
}
