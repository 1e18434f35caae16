/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-what-if-text.h"

#include <glib/gi18n.h>

/* What was done. */
static char *
edits_new (const UtEditTrail *trail)
{
  gsize n_edits;
  const UtEdit *edits = ut_edit_trail_get_edits (trail, &n_edits);

  if (n_edits != 1)
    return g_strdup_printf (ngettext ("After %'u edit", "After %'u edits", n_edits),
                            (guint) n_edits);

  const char *word = ut_edit_trail_get_word (trail, edits->word);

  switch (edits->kind)
    {
    case UT_EDIT_REPLACE:
      return g_strdup_printf (_("With “%s” in place of “%s”"), edits->text, word);
    case UT_EDIT_NEGATE:
      return g_strdup_printf (_("With “not” before “%s”"), word);
    case UT_EDIT_STRIKE_OUT:
    default:
      return g_strdup_printf (_("Without “%s”"), word);
    }
}

/* Which words of the edited sentence that came in by an edit the model does not know. */
static char *
unknown_new (const UtWhatIf *what_if)
{
  GString *words = g_string_new (NULL);

  for (gsize i = 0; i < what_if->n_steps; i++)
    {
      const UtWhatIfStep *step = &what_if->steps[i];

      if (step->edited && !step->known)
        {
          g_string_append (words, words->len > 0 ? ", " : "");
          g_string_append_printf (words, "“%s”", step->after);
        }
    }

  return g_string_free (words, FALSE);
}

static gboolean
has_words (const UtWhatIf *what_if)
{
  for (gsize i = 0; i < what_if->n_steps; i++)
    if (what_if->steps[i].after != NULL)
      return TRUE;

  return FALSE;
}

char *
ut_what_if_text_new_memory (const UtWhatIf *what_if)
{
  g_return_val_if_fail (what_if != NULL, NULL);

  gsize n_behind = what_if->n_steps - 1 - what_if->last_edited;

  if (!has_words (what_if))
    return g_strdup (_("No word is left; that is what this model says without any."));
  if (what_if->largest_gap == 0)
    return g_strdup (_("That makes no difference to this model."));
  if (n_behind == 0)
    return g_strdup (_("No word follows that could make this model forget the change."));
  if (what_if->to_the_end)
    return g_strdup_printf (ngettext ("This model remembers the change to the end, for %'u word.",
                                      "This model remembers the change to the end, for %'u words.",
                                      n_behind),
                            (guint) n_behind);
  if (what_if->n_remembered == 0)
    return g_strdup (_("This model forgets the change at once."));

  return g_strdup_printf (ngettext ("This model remembers the change for %'u of %'u word.",
                                    "This model remembers the change for %'u of %'u words.",
                                    n_behind),
                          (guint) what_if->n_remembered, (guint) n_behind);
}

char *
ut_what_if_text_new (const UtEditTrail *trail,
                     const UtWhatIf    *what_if,
                     UtModel           *model)
{
  g_return_val_if_fail (trail != NULL, NULL);
  g_return_val_if_fail (what_if != NULL, NULL);
  g_return_val_if_fail (model != NULL, NULL);

  g_autofree char *edits = edits_new (trail);
  g_autofree char *memory = ut_what_if_text_new_memory (what_if);
  g_autofree char *unknown = unknown_new (what_if);
  GString *text = g_string_new (NULL);

  /* Translators: what was done, as "Without “not”", and the probability before and after. */
  g_string_append_printf (text, _("%s: positive %.2f → %.2f. %s"), edits,
                          ut_model_get_probability (model, what_if->logit_before),
                          ut_model_get_probability (model, what_if->logit_after), memory);
  if (*unknown != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: one or several words in quotation marks. */
      g_string_append_printf (text, _("Unknown to this model: %s."), unknown);
    }

  return g_string_free (text, FALSE);
}

char *
ut_what_if_text_new_lane (const UtWhatIf *what_if,
                          UtModel        *model,
                          const char     *name)
{
  g_return_val_if_fail (what_if != NULL, NULL);
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *memory = ut_what_if_text_new_memory (what_if);

  return g_strdup_printf (_("%s: positive %.2f → %.2f. %s"), name,
                          ut_model_get_probability (model, what_if->logit_before),
                          ut_model_get_probability (model, what_if->logit_after), memory);
}
