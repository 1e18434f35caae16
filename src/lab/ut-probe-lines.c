/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-lines-private.h"

#include "ut-json-private.h"
#include "ut-probe-private.h"

#include <string.h>

struct UtProbeLines
{
  GPtrArray *looks;      /* (owned) (element-type UtProbeLook) */
  GPtrArray *texts;      /* (owned) (element-type utf8): of the look that is being put together */
  GArray *probabilities; /* (owned) (element-type double): likewise */
  UtProbes *probes;      /* (owned) (nullable): of the last look */
  guint64 step;
  guint epoch;
  double seconds;
};

UtProbeLines *
_ut_probe_lines_new (GPtrArray *looks)
{
  UtProbeLines *self = g_new0 (UtProbeLines, 1);

  self->looks = g_ptr_array_ref (looks);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->probabilities = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

void
_ut_probe_lines_free (UtProbeLines *self)
{
  g_ptr_array_unref (self->looks);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->probabilities);
  g_clear_pointer (&self->probes, ut_probes_unref);
  g_free (self);
}

static gboolean
has_text (UtProbeLines *self,
          const char   *text)
{
  return g_ptr_array_find_with_equal_func (self->texts, text, g_str_equal, NULL);
}

static char *
read_text (const char *text)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", text);
  g_autoptr (JsonNode) node = _ut_json_parse (quoted, strlen (quoted), 1, NULL);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         ? ut_probe_tidy (json_node_get_string (node), NULL) : NULL;
}

gboolean
_ut_probe_lines_add (UtProbeLines *self,
                     const char   *text,
                     guint64       step,
                     guint         epoch,
                     double        seconds,
                     double        probability)
{
  g_autofree char *tidy = read_text (text);

  if (tidy == NULL || step < self->step)
    return FALSE;

  /* With other sentences there may be two looks after one step. */
  if (step != self->step || self->texts->len == UT_PROBES_MAX || has_text (self, tidy))
    _ut_probe_lines_end (self);
  self->step = step;
  self->epoch = epoch;
  self->seconds = seconds;
  g_ptr_array_add (self->texts, g_steal_pointer (&tidy));
  g_array_append_val (self->probabilities, probability);

  return TRUE;
}

void
_ut_probe_lines_end (UtProbeLines *self)
{
  gsize n_texts = self->texts->len;
  UtProbeLook *look;

  if (n_texts == 0)
    return;

  g_ptr_array_add (self->texts, NULL);

  g_autoptr (UtProbes) probes = ut_probes_new ((const char * const *) self->texts->pdata, NULL);

  /* They are tidy, different and not too many. */
  g_assert (probes != NULL && probes->n_texts == n_texts);

  /* Looks share their sentences, which seldom change. */
  if (self->probes == NULL || !ut_probes_equal (self->probes, probes))
    {
      g_clear_pointer (&self->probes, ut_probes_unref);
      self->probes = g_steal_pointer (&probes);
    }
  look = _ut_probe_look_new (self->probes, self->step, self->epoch, self->seconds);
  memcpy (look->probabilities, self->probabilities->data, n_texts * sizeof (double));
  g_ptr_array_add (self->looks, look);
  g_ptr_array_set_size (self->texts, 0);
  g_array_set_size (self->probabilities, 0);
}
