/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Where sentences end by Unicode's rules (UAX #29, section 5), character by character and without
 * any memory of its own, so that a text takes time in proportion to its length.
 *
 * Three things differ from the standard: an ellipsis in one character is three full stops; line
 * breaks and other controls are spaces; and of what is said in quotes, "Is it good?" he asked, the
 * sentence goes on in lower case.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a character is to the rules: the property Sentence_Break. */
typedef enum
{
  UT_SENTENCE_OTHER,
  UT_SENTENCE_EXTEND, /* extend and format: belongs to the character before */
  UT_SENTENCE_SEPARATOR,
  UT_SENTENCE_SPACE,
  UT_SENTENCE_LOWER,
  UT_SENTENCE_UPPER,
  UT_SENTENCE_LETTER,
  UT_SENTENCE_NUMERIC,
  UT_SENTENCE_STOP,   /* ATerm: "." */
  UT_SENTENCE_END,    /* STerm: "!", "?" */
  UT_SENTENCE_GOES_ON,
  UT_SENTENCE_CLOSE,
} UtSentenceClass;

UtSentenceClass _ut_sentence_class (gunichar c);

/* Between two characters. */
typedef struct
{
  UtSentenceClass previous;
  UtSentenceClass term;        /* UT_SENTENCE_STOP or UT_SENTENCE_END behind one, else OTHER */
  gboolean after_letter;       /* whether that stop stands behind a letter with case */
  gboolean closed;             /* after the term there was a bracket or quote */
  gboolean spaced;             /* after that there was a space */
  gboolean pending;            /* there is a boundary at @place unless lower case comes next */
  gsize place;
} UtSentenceRules;

/*
 * _ut_sentence_rules_next:
 * @self: all zero at the start of a text.
 * @class: of the next character.
 * @at: where it is.
 * @boundary: (out): the boundary that this character proves; only the last is left at the end, if
 *   @self has one pending.
 *
 * Returns: whether there is one. Boundaries come in order; the start and the end of the text are
 *   none.
 */
gboolean        _ut_sentence_rules_next (UtSentenceRules *self,
                                         UtSentenceClass  class,
                                         gsize            at,
                                         gsize           *boundary);

G_END_DECLS
