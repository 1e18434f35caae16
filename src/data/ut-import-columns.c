/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-columns-private.h"

#include "ut-import-label.h"
#include "ut-sentences.h"

#include <string.h>

/* What people call the columns, in lower case. */
static const char * const text_names[] = {
  "text", "sentence", "review", "content", "comment", "body", "tweet", "message", "phrase",
  "document", "review_text", "reviewtext", "review_body", "review text", "sentence1", "post",
};
static const char * const label_names[] = {
  "label", "sentiment", "polarity", "class", "target", "rating", "stars", "score", "category",
  "overall", "labels", "star_rating", "airline_sentiment", "label_text", "y", "reviews.rating",
};

/* A review has more words in the middle of all. */
#define MAX_SENTENCE_WORDS 40
/* Sentences are found in so much of a text; two are enough to know. */
#define MAX_LOOK 2000
/* Of so many texts. */
#define MAX_TEXTS 200
/* Values that are known to be labels, as numbers are, are sure to be some where so many rows have
 * one that occurred before. */
#define MIN_REPEATED 0.5

static gboolean
is_among (const char         *name,
          const char * const *names,
          gsize               n_names)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  g_strstrip (folded);
  for (gsize i = 0; i < n_names; i++)
    {
      if (g_str_equal (folded, names[i]))
        return TRUE;
    }

  return FALSE;
}

/* Returns a row's field, or NULL where it has too few. */
static const char *
get_field (const GPtrArray *rows,
           guint                 row,
           guint                 column)
{
  const char * const *fields = g_ptr_array_index (rows, row);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (i == column)
        return fields[i];
    }

  return NULL;
}

/* How much a column is one of labels, 0: it is not. Few values count, known ones more, and so does
 * its name. @sure tells whether it is one even where there need not be any. */
static double
rate_label (const GPtrArray *rows,
            guint                 first,
            guint                 column,
            const char           *name,
            gboolean             *sure)
{
  UtImportLabel labels[UT_IMPORT_MAX_LABELS] = { 0 };
  guint n_labels = 0;
  guint n_rows = 0;
  guint n_known = 0;
  gboolean few = TRUE;

  for (guint row = first; row < rows->len && few; row++)
    {
      const char *field = get_field (rows, row, column);
      guint i = 0;

      if (field == NULL || *field == '\0')
        continue;

      g_autofree char *value = g_strstrip (g_strdup (field));

      n_rows++;
      while (i < n_labels && !g_str_equal (labels[i].value, value))
        i++;
      if (i == UT_IMPORT_MAX_LABELS)
        {
          few = FALSE;
          break;
        }
      if (i == n_labels)
        labels[n_labels++].value = g_steal_pointer (&value);
      labels[i].count++;
    }

  ut_import_labels_propose (labels, n_labels);
  for (guint i = 0; i < n_labels; i++)
    {
      n_known += labels[i].known ? (guint) labels[i].count : 0;
      g_free (labels[i].value);
    }
  *sure = FALSE;
  if (!few || n_rows == 0)
    return 0;

  gboolean named = name != NULL && is_among (name, label_names, G_N_ELEMENTS (label_names));
  double known = (double) n_known / n_rows;
  double repeated = 1 - (double) n_labels / n_rows;

  *sure = named || (known > 0.5 && repeated >= MIN_REPEATED);
  return (known > 0.5 ? 1 + known : 0) + (named ? 1.5 : 0) + 0.5 * repeated;
}

static double
rate_text (const GPtrArray *rows,
           guint                 first,
           guint                 column,
           const char           *name)
{
  gsize length = 0;
  guint n = 0;

  for (guint row = first; row < rows->len; row++)
    {
      const char *field = get_field (rows, row, column);

      if (field != NULL)
        length += strlen (field);
      n++;
    }

  double mean = n > 0 ? (double) length / n : 0;

  return (1 + mean)
         * (name != NULL && is_among (name, text_names, G_N_ELEMENTS (text_names)) ? 4 : 1);
}

gboolean
_ut_import_guess_columns (const GPtrArray *rows,
                          guint                 first,
                          const char * const   *names,
                          guint                 n_columns,
                          UtImportFixed         fixed,
                          UtImportOptions      *options)
{
  double best_label = 0;
  double best_text = 0;
  gboolean label_chosen = (fixed & UT_IMPORT_FIXED_LABEL_COLUMN) != 0;
  gboolean text_chosen = (fixed & UT_IMPORT_FIXED_TEXT_COLUMN) != 0;
  gboolean known = label_chosen;

  for (guint column = 0; column < n_columns && !label_chosen; column++)
    {
      gboolean sure;
      double rate = rate_label (rows, first, column, names != NULL ? names[column] : NULL, &sure);

      if ((text_chosen && column == options->text_column) || rate <= best_label)
        continue;
      best_label = rate;
      known = sure;
      options->label_column = column;
    }
  label_chosen |= best_label > 0;

  for (guint column = 0; column < n_columns && !text_chosen; column++)
    {
      double rate = rate_text (rows, first, column, names != NULL ? names[column] : NULL);

      if ((label_chosen && column == options->label_column) || rate <= best_text)
        continue;
      best_text = rate;
      options->text_column = column;
    }
  if (!label_chosen)
    options->label_column = options->text_column == n_columns - 1 ? 0 : n_columns - 1;

  return known;
}

gboolean
_ut_import_guess_header (const GPtrArray *rows,
                         guint                 label_column)
{
  const char * const *fields = g_ptr_array_index (rows, 0);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (is_among (fields[i], text_names, G_N_ELEMENTS (text_names))
          || (is_among (fields[i], label_names, G_N_ELEMENTS (label_names))))
        return TRUE;
    }

  /* Otherwise its label is none that other rows have, or is known to be one. */
  const char *value = get_field (rows, 0, label_column);
  UtImportLabel label = { .value = (char *) value };

  if (value == NULL || rows->len < 2)
    return FALSE;
  ut_import_labels_propose (&label, 1);
  for (guint row = 1; row < rows->len; row++)
    {
      if (g_strcmp0 (get_field (rows, row, label_column), value) == 0)
        return FALSE;
    }

  return !label.known && *value != '\0';
}

gboolean
_ut_import_guess_tokenized (const char * const *texts,
                            guint               n_texts)
{
  gsize n_apart = 0;
  gsize n_attached = 0;
  gsize n_capitals = 0;
  gsize n_letters = 0;

  for (guint i = 0; i < n_texts; i++)
    {
      for (const char *p = texts[i]; *p != '\0'; p++)
        {
          gboolean ends = p[1] == ' ' || p[1] == '\0';

          n_capitals += g_ascii_isupper (*p);
          n_letters += g_ascii_isalpha (*p) != 0;
          if (p > texts[i] && ends && strchr (".,!?;:", *p) != NULL)
            {
              n_apart += p[-1] == ' ';
              n_attached += g_ascii_isalnum (p[-1]) != 0;
            }
        }
    }

  return n_apart > 0 && n_apart >= 10 * n_attached && n_capitals * 100 <= n_letters;
}

static gboolean
has_sentences (const char *text,
               gboolean    tokenized)
{
  gsize length = strlen (text);

  if (length > MAX_LOOK)
    {
      length = MAX_LOOK;
      while ((text[length] & 0xc0) == 0x80)
        length--;
    }
  if (tokenized)
    {
      /* What is in lower case has no sentences that could be found by their capitals. */
      for (const char *p = text; (p = strstr (p, " . ")) != NULL && p[3] != '\0'; p++)
        {
          if ((gsize) (p + 3 - text) < length)
            return TRUE;
        }
      return FALSE;
    }

  g_autoptr (GArray) sentences = ut_sentences_split (text, length);

  return sentences->len > 1;
}

static guint
count_words (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += !g_ascii_isspace (*p) && (p == text || g_ascii_isspace (p[-1]));

  return n;
}

UtDataUnit
_ut_import_guess_unit (const char * const *texts,
                       guint               n_texts,
                       gboolean            tokenized)
{
  guint n_reviews = 0;

  n_texts = MIN (n_texts, MAX_TEXTS);
  for (guint i = 0; i < n_texts; i++)
    n_reviews += count_words (texts[i]) > MAX_SENTENCE_WORDS || has_sentences (texts[i], tokenized);

  return n_reviews * 2 > n_texts ? UT_DATA_UNIT_REVIEW : UT_DATA_UNIT_SENTENCE;
}
