/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-item.h"

#include "ut-worth-text.h"

#include <glib/gi18n.h>

#include <math.h>

typedef struct
{
  const char *name; /* (nullable): interned, for names of runs are few */
  double probability;
} Lane;

struct _UtWordItem
{
  GObject parent_instance;

  char *word; /* (owned) */
  double probability;
  double change;
  double attention;
  double left_out;
  UtWorthMethod method; /* of @gradient */
  double gradient;
  UtWordMark mark;
  gboolean disputed;
  Lane lanes[UT_WORD_ITEM_N_LANES];
};

G_DEFINE_FINAL_TYPE (UtWordItem, ut_word_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
ut_word_item_finalize (GObject *object)
{
  g_free (UT_WORD_ITEM (object)->word);

  G_OBJECT_CLASS (ut_word_item_parent_class)->finalize (object);
}

static void
ut_word_item_class_init (UtWordItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_word_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_WORD_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
ut_word_item_init (UtWordItem *self)
{
  self->left_out = NAN;
  self->gradient = NAN;
}

UtWordItem *
ut_word_item_new (const UtWordAnswer *answer)
{
  g_return_val_if_fail (answer != NULL, NULL);

  UtWordItem *self = g_object_new (UT_TYPE_WORD_ITEM, NULL);

  ut_word_item_set_answer (self, answer);

  return self;
}

static gboolean
same_number (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

void
ut_word_item_set_answer (UtWordItem         *self,
                         const UtWordAnswer *answer)
{
  g_return_if_fail (UT_IS_WORD_ITEM (self));
  g_return_if_fail (answer != NULL);

  UtWordMark mark = ut_word_mark_choose (answer->known, answer->guessed);

  if (g_strcmp0 (self->word, answer->word) == 0 && self->mark == mark &&
      self->probability == answer->probability && same_number (self->change, answer->change) &&
      same_number (self->attention, answer->attention))
    return;

  g_free (self->word);
  self->word = g_strdup (answer->word);
  self->probability = answer->probability;
  self->change = answer->change;
  self->attention = answer->attention;
  self->mark = mark;
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
ut_word_item_get_word (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  return self->word;
}

double
ut_word_item_get_probability (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NAN);

  return self->probability;
}

double
ut_word_item_get_change (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NAN);

  return self->change;
}

double
ut_word_item_get_left_out (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NAN);

  return self->left_out;
}

double
ut_word_item_get_gradient (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NAN);

  return self->gradient;
}

void
ut_word_item_set_worths (UtWordItem    *self,
                         double         left_out,
                         UtWorthMethod  method,
                         double         gradient)
{
  g_return_if_fail (UT_IS_WORD_ITEM (self));

  if (same_number (left_out, self->left_out) && method == self->method &&
      same_number (gradient, self->gradient))
    return;

  self->left_out = left_out;
  self->method = method;
  self->gradient = gradient;
  g_signal_emit (self, signals[CHANGED], 0);
}

UtWordMark
ut_word_item_get_mark (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), UT_WORD_MARK_NONE);

  return self->mark;
}

gboolean
ut_word_item_get_disputed (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), FALSE);

  return self->disputed;
}

void
ut_word_item_set_disputed (UtWordItem *self,
                           gboolean    disputed)
{
  g_return_if_fail (UT_IS_WORD_ITEM (self));

  if (self->disputed == disputed)
    return;

  self->disputed = disputed;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
ut_word_item_set_lane (UtWordItem *self,
                       guint       lane,
                       const char *name,
                       double      probability)
{
  g_return_if_fail (UT_IS_WORD_ITEM (self));
  g_return_if_fail (lane < UT_WORD_ITEM_N_LANES);

  Lane *old = &self->lanes[lane];
  if (old->name == name && old->probability == probability)
    return;

  *old = (Lane) { name, probability };
  g_signal_emit (self, signals[CHANGED], 0);
}

char *
ut_word_item_dup_lane (UtWordItem *self,
                       guint       lane)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);
  g_return_val_if_fail (lane < UT_WORD_ITEM_N_LANES, NULL);

  return self->lanes[lane].name != NULL ? g_strdup_printf ("%.2f", self->lanes[lane].probability)
                                        : g_strdup ("");
}

char *
ut_word_item_dup_dispute (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  return g_strdup (self->disputed ? C_("models about a word", "disagree") : "");
}

char *
ut_word_item_dup_probability (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  return g_strdup_printf ("%.2f", self->probability);
}

char *
ut_word_item_dup_change (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  return ut_worth_text_dup_number (self->change);
}

char *
ut_word_item_dup_left_out (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  return ut_worth_text_dup_number (self->left_out);
}

char *
ut_word_item_dup_gradient (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  return ut_worth_text_dup_number (self->gradient);
}

char *
ut_word_item_dup_attention (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  /* A share, in percent. */
  return isnan (self->attention) ? g_strdup ("")
                                 : g_strdup_printf (_("%.1f %%"), 100 * self->attention);
}

char *
ut_word_item_dup_known (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  switch (self->mark)
    {
    case UT_WORD_MARK_GUESSED:
      return g_strdup (C_("word is known", "from its parts"));
    case UT_WORD_MARK_UNKNOWN:
      return g_strdup (C_("word is known", "no"));
    case UT_WORD_MARK_NONE:
    default:
      return g_strdup (C_("word is known", "yes"));
    }
}

/* The row without worths and attention. */
static char *
dup_answer_label (UtWordItem *self)
{
  g_autofree char *probability = ut_word_item_dup_probability (self);
  g_autofree char *change = ut_word_item_dup_change (self);

  switch (self->mark)
    {
    case UT_WORD_MARK_GUESSED:
      /* Translators: a word, the answer if the text ended there, how far the word moved it. */
      return g_strdup_printf (_("%s: %s, change %s, guessed from its parts"), self->word,
                              probability, change);
    case UT_WORD_MARK_UNKNOWN:
      return g_strdup_printf (_("%s: %s, change %s, unknown to the model"), self->word,
                              probability, change);
    case UT_WORD_MARK_NONE:
    default:
      return g_strdup_printf (_("%s: %s, change %s"), self->word, probability, change);
    }
}

/* The row without other lanes. */
static char *
dup_lead_label (UtWordItem *self)
{
  g_autofree char *answer = dup_answer_label (self);
  g_autoptr (GString) label = g_string_new (answer);

  if (!isnan (self->left_out))
    {
      g_autofree char *worth = ut_word_item_dup_left_out (self);

      /* Translators: goes on after what else is said of a word. */
      g_string_append_printf (label, _(", left out %s"), worth);
    }
  if (!isnan (self->gradient))
    {
      g_autofree char *worth = ut_word_item_dup_gradient (self);

      /* Translators: goes on after what else is said of a word: "gradient × input +0.20". */
      g_string_append_printf (label, _(", %s %s"), ut_worth_method_get_title (self->method), worth);
    }
  if (!isnan (self->attention))
    /* Translators: goes on after what else is said of a word: the share of the attention that it
     * gets. */
    g_string_append_printf (label, _(", attention %.1f %%"), 100 * self->attention);

  return g_string_free (g_steal_pointer (&label), FALSE);
}

char *
ut_word_item_dup_label (UtWordItem *self)
{
  g_return_val_if_fail (UT_IS_WORD_ITEM (self), NULL);

  g_autofree char *lead = dup_lead_label (self);
  GString *label = g_string_new (lead);

  for (guint i = 0; i < UT_WORD_ITEM_N_LANES; i++)
    {
      if (self->lanes[i].name != NULL)
        g_string_append_printf (label, ", %s %.2f", self->lanes[i].name,
                                self->lanes[i].probability);
    }
  if (self->disputed)
    g_string_append_printf (label, ", %s", _("models disagree"));

  return g_string_free (label, FALSE);
}
