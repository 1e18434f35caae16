/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-worth.h"

#include <glib/gi18n.h>
#include <math.h>

static void
append_number (GString    *json,
               const char *key,
               double      number)
{
  g_string_append_printf (json, ",\"%s\":", key);
  ut_json_append_number (json, number);
}

void
ut_cli_worth_write_json (const UtCliAnswer *answer,
                         UtCliOutput       *output)
{
  const UtSentenceWorth nothing = { NAN, NAN, NAN, 0, TRUE };
  const UtSentenceWorth *worth = answer->worth != NULL ? answer->worth : &nothing;
  g_autoptr (GString) json = g_string_new ("{");

  ut_cli_answer_append_sentence (answer, json);
  g_string_append_printf (json, ",\"method\":\"%s\"", ut_worth_method_get_nick (answer->method));
  append_number (json, "logit", worth->logit);
  append_number (json, "baseline", worth->baseline);
  append_number (json, "gap", worth->gap);
  g_string_append_printf (json, ",\"steps\":%u,\"tokens\":[", worth->n_steps);
  for (gsize i = 0; i < answer->n_words; i++)
    {
      g_string_append (json, i > 0 ? ",{" : "{");
      ut_cli_answer_append_word (answer, i, json);
      append_number (json, "worth", answer->worths[i]);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}\n");
  ut_cli_output_write (output, json->str, json->len);
}

static void
print_rows (const UtCliAnswer *answer,
            UtCliOutput       *output)
{
  for (gsize i = 0; i < answer->n_words; i++)
    {
      const UtWordAnswer *word = &answer->words[i];

      ut_cli_output_printf (output, "  %+8.3f  ", answer->worths[i]);
      ut_cli_output_print_safely (output, answer->text + word->start, word->end - word->start);
      ut_cli_output_print (output, "\n");
    }
}

void
ut_cli_worth_print (const UtCliAnswer *answer,
                    UtCliOutput       *output)
{
  ut_cli_answer_print (answer, output);
  if (answer->n_words > 0 && !ut_cli_output_has_colors (output))
    print_rows (answer, output);
  if (answer->worth != NULL && !answer->worth->converged)
    {
      ut_cli_output_printf (output, _("  The sum of these numbers is off by %+.3f after %u steps."),
                            answer->worth->gap, answer->worth->n_steps);
      ut_cli_output_print (output, "\n");
    }
}
