/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-dataset-private.h"

#include "ut-lower-case-private.h"
#include "ut-vocabulary-private.h"
#include "ut-words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FILE_SIZE (G_GUINT64_CONSTANT (2) << 30)

struct UtDataset
{
  gatomicrefcount ref_count;
  UtWords *words;       /* (owned) */
  guint32 *ids;         /* (owned): (n_tokens) numbers in words */
  gsize *offsets;       /* (owned): (n_rows + 1) into ids */
  guint8 *labels;       /* (owned): (n_rows) 0 or 1 */
  gsize n_rows;
  gsize n_tokens;
  gsize n_positive;
  gsize max_length;
  GChecksum *checksum;  /* (owned): of every row as "LABEL<TAB>WORD WORD …<LF>" */

  gsize ids_size;       /* room in ids, in offsets and in labels while the set is being made */
  gsize rows_size;
};

G_DEFINE_BOXED_TYPE (UtDataset, ut_dataset, ut_dataset_ref, ut_dataset_unref)

static UtDataset *
dataset_new (void)
{
  UtDataset *self = g_new0 (UtDataset, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->words = _ut_words_new ();
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->rows_size = 1024;
  self->offsets = g_new (gsize, self->rows_size + 1);
  self->offsets[0] = 0;
  self->labels = g_new (guint8, self->rows_size);

  return self;
}

static void
add_token (UtDataset *self,
           guint32    id)
{
  if (self->n_tokens == self->ids_size)
    {
      self->ids_size = MAX (self->ids_size * 2, 8192);
      self->ids = g_renew (guint32, self->ids, self->ids_size);
    }
  self->ids[self->n_tokens++] = id;
}

/* Makes a row of the tokens added since the last one; @text is those tokens joined by spaces. */
static void
end_row (UtDataset  *self,
         guint8      label,
         const char *text,
         gsize       length)
{
  if (self->n_rows == self->rows_size)
    {
      self->rows_size *= 2;
      self->offsets = g_renew (gsize, self->offsets, self->rows_size + 1);
      self->labels = g_renew (guint8, self->labels, self->rows_size);
    }

  g_checksum_update (self->checksum, (const guchar *) (label == 1 ? "1\t" : "0\t"), 2);
  g_checksum_update (self->checksum, (const guchar *) text, (gssize) length);
  g_checksum_update (self->checksum, (const guchar *) "\n", 1);

  self->max_length = MAX (self->max_length, self->n_tokens - self->offsets[self->n_rows]);
  self->n_positive += label;
  self->labels[self->n_rows++] = label;
  self->offsets[self->n_rows] = self->n_tokens;
}

/* Gives back the room that is left over, and settles the hash, which ut_dataset_get_hash() then
 * only reads. */
static UtDataset *
finish (UtDataset *self)
{
  self->ids = g_renew (guint32, self->ids, self->n_tokens);
  self->offsets = g_renew (gsize, self->offsets, self->n_rows + 1);
  self->labels = g_renew (guint8, self->labels, self->n_rows);
  g_checksum_get_string (self->checksum);

  return self;
}

/* Puts the words of @sentence, lower-cased, into @joined with one space between them, and adds
 * them. */
static gboolean
parse_sentence (UtDataset   *self,
                UtLines     *lines,
                const char  *sentence,
                gsize        length,
                GString     *joined,
                GError     **error)
{
  const char *word = sentence;
  const char *end = sentence + length;
  gsize n_words = 0;

  g_string_truncate (joined, 0);
  while (word < end)
    {
      const char *stop = memchr (word, ' ', (gsize) (end - word));

      if (stop == NULL)
        stop = end;
      if (stop > word)
        {
          if (joined->len > 0)
            g_string_append_c (joined, ' ');

          gsize at = joined->len;

          _ut_lower_case_append (joined, word, (gsize) (stop - word));

          guint32 id = _ut_words_add (self->words, joined->str + at, joined->len - at);

          if (id == UT_WORDS_NONE)
            {
              _ut_lines_set_error (lines, error, UT_TEXT_ERROR_SIZE,
                                   _("The file has more than %u different words"),
                                   UT_VOCABULARY_MAX);
              return FALSE;
            }
          if (++n_words > UT_DATASET_MAX_TOKENS)
            {
              _ut_lines_set_error (lines, error, UT_TEXT_ERROR_SIZE,
                                   _("The sentence has more than %d words, "
                                     "the most that are accepted"),
                                   UT_DATASET_MAX_TOKENS);
              return FALSE;
            }

          add_token (self, id);
        }
      word = stop + 1;
    }

  if (n_words == 0)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The sentence is blank; at least one word was expected"));
      return FALSE;
    }

  return TRUE;
}

/* Finds the label of a row, and where its sentence ends. */
static gboolean
parse_columns (UtLines     *lines,
               const char  *line,
               gsize        length,
               gsize       *sentence_length,
               guint8      *label,
               GError     **error)
{
  if (length == 0)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line is empty; "
                             "a sentence, a tab and the label 0 or 1 were expected"));
      return FALSE;
    }

  const char *tab = memchr (line, '\t', length);

  if (tab == NULL)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line has no tab; "
                             "a sentence, a tab and the label 0 or 1 were expected"));
      return FALSE;
    }

  const char *field = tab + 1;
  gsize field_length = length - (gsize) (field - line);

  if (memchr (field, '\t', field_length) != NULL)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line has more than two columns; "
                             "a sentence, a tab and the label 0 or 1 were expected"));
      return FALSE;
    }
  if (field_length == 0)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The label is missing; 0 or 1 was expected after the tab"));
      return FALSE;
    }
  if (field_length != 1 || (*field != '0' && *field != '1'))
    {
      g_autofree char *excerpt = _ut_lines_excerpt (field, field_length);

      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The label is “%s”; 0 or 1 was expected"), excerpt);
      return FALSE;
    }

  *sentence_length = (gsize) (tab - line);
  *label = *field == '1' ? 1 : 0;

  return TRUE;
}

static gboolean
parse_header (UtLines  *lines,
              GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  const char *line = _ut_lines_next (lines, &length, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (line == NULL)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_EMPTY,
                           _("The file is empty; "
                             "the header line “sentence<TAB>label” was expected"));
      return FALSE;
    }
  if (!g_str_equal (line, UT_DATASET_HEADER))
    {
      g_autofree char *excerpt = _ut_lines_excerpt (line, length);

      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The first line is “%s”; "
                             "the header line “sentence<TAB>label” was expected"),
                           excerpt);
      return FALSE;
    }

  return TRUE;
}

UtDataset *
_ut_dataset_parse (UtLines  *lines,
                   GError  **error)
{
  if (!parse_header (lines, error))
    return NULL;

  g_autoptr (UtDataset) self = dataset_new ();
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  const char *line;
  gsize length;

  while ((line = _ut_lines_next (lines, &length, &local_error)) != NULL)
    {
      gsize sentence_length;
      guint8 label;

      if (!parse_columns (lines, line, length, &sentence_length, &label, error)
          || !parse_sentence (self, lines, line, sentence_length, joined, error))
        return NULL;

      end_row (self, label, joined->str, joined->len);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self->n_rows == 0)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_EMPTY,
                           _("Nothing follows the header; lines with a sentence, a tab and "
                             "the label 0 or 1 were expected"));
      return NULL;
    }

  return finish (g_steal_pointer (&self));
}

UtDataset *
ut_dataset_read (GFile          *file,
                 UtReadProgress  progress,
                 gpointer        progress_data,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtLines) lines = _ut_lines_open (file, MAX_FILE_SIZE, progress, progress_data,
                                              cancellable, error);

  return lines != NULL ? _ut_dataset_parse (lines, error) : NULL;
}

UtDataset *
ut_dataset_ref (UtDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_dataset_unref (UtDataset *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  _ut_words_free (self->words);
  g_free (self->ids);
  g_free (self->offsets);
  g_free (self->labels);
  g_checksum_free (self->checksum);
  g_free (self);
}

gsize
ut_dataset_get_n_rows (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

gsize
ut_dataset_get_n_positive (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_positive;
}

gsize
ut_dataset_get_n_words (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return _ut_words_get_n (self->words);
}

gsize
ut_dataset_get_n_tokens (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_tokens;
}

gsize
ut_dataset_get_max_length (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_length;
}

guint8
ut_dataset_get_label (const UtDataset *self,
                      gsize            row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->n_rows, 0);

  return self->labels[row];
}

void
ut_dataset_append_sentence (const UtDataset *self,
                            gsize            row,
                            GString         *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (row < self->n_rows);
  g_return_if_fail (text != NULL);

  for (gsize i = self->offsets[row]; i < self->offsets[row + 1]; i++)
    {
      if (i > self->offsets[row])
        g_string_append_c (text, ' ');
      g_string_append (text, _ut_words_get (self->words, self->ids[i]));
    }
}

char *
ut_dataset_dup_sentence (const UtDataset *self,
                         gsize            row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->n_rows, NULL);

  GString *joined = g_string_new (NULL);

  ut_dataset_append_sentence (self, row, joined);

  return g_string_free (joined, FALSE);
}

const guint8 *
ut_dataset_get_labels (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->labels;
}

const gsize *
ut_dataset_get_offsets (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->offsets;
}

const char *
ut_dataset_get_hash (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_checksum_get_string (self->checksum);
}

UtVocabulary *
ut_dataset_make_vocabulary (const UtDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  guint32 n_words = _ut_words_get_n (self->words);
  g_autofree const char **words = g_new (const char *, n_words + 2);
  gsize n = 0;

  words[n++] = UT_VOCABULARY_PAD_WORD;
  words[n++] = UT_VOCABULARY_UNKNOWN_WORD;

  for (guint32 id = 0; id < n_words; id++)
    {
      const char *word = _ut_words_get (self->words, id);

      if (!g_str_equal (word, UT_VOCABULARY_PAD_WORD)
          && !g_str_equal (word, UT_VOCABULARY_UNKNOWN_WORD))
        words[n++] = word;
    }

  /* A data set's words are valid, and few enough, and none is there twice. */
  g_autoptr (GError) error = NULL;
  UtVocabulary *vocabulary = ut_vocabulary_new (words, n, &error);

  g_assert_no_error (error);

  return vocabulary;
}

/* The words that @vocabulary does not know are %UT_VOCABULARY_UNKNOWN, or, where @extra_words is not
 * NULL, go there and have the ids behind the vocabulary's. */
static guint32 *
encode (const UtDataset    *self,
        const UtVocabulary *vocabulary,
        gsize              *n_unknown,
        GPtrArray          *extra_words)
{
  /* Each word is looked up once, however often it occurs. */
  guint32 n_words = _ut_words_get_n (self->words);
  guint32 size = ut_vocabulary_get_size (vocabulary);
  g_autofree guint32 *map = g_new (guint32, n_words);

  for (guint32 id = 0; id < n_words; id++)
    {
      const char *word = _ut_words_get (self->words, id);

      map[id] = ut_vocabulary_lookup (vocabulary, word);
      if (map[id] == UT_VOCABULARY_UNKNOWN && extra_words != NULL)
        {
          map[id] = size + extra_words->len;
          g_ptr_array_add (extra_words, (gpointer) word);
        }
    }

  guint32 *ids = g_new (guint32, self->n_tokens);
  gsize unknown = 0;

  for (gsize i = 0; i < self->n_tokens; i++)
    {
      ids[i] = map[self->ids[i]];
      unknown += ids[i] == UT_VOCABULARY_UNKNOWN || ids[i] >= size;
    }

  if (n_unknown != NULL)
    *n_unknown = unknown;

  return ids;
}

guint32 *
ut_dataset_encode (const UtDataset    *self,
                   const UtVocabulary *vocabulary,
                   gsize              *n_unknown)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (vocabulary != NULL, NULL);

  return encode (self, vocabulary, n_unknown, NULL);
}

guint32 *
ut_dataset_encode_open_vocabulary (const UtDataset     *self,
                                   const UtVocabulary  *vocabulary,
                                   gsize               *n_unknown,
                                   GPtrArray          **extra_words)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (vocabulary != NULL, NULL);
  g_return_val_if_fail (extra_words != NULL, NULL);

  *extra_words = g_ptr_array_new ();

  return encode (self, vocabulary, n_unknown, *extra_words);
}

UtDataset *
ut_dataset_subset (const UtDataset *self,
                   const guint32   *rows,
                   gsize            n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (rows != NULL && n_rows > 0, NULL);

  g_autoptr (UtDataset) subset = dataset_new ();
  g_autoptr (GString) joined = g_string_new (NULL);

  for (gsize i = 0; i < n_rows; i++)
    {
      gsize row = rows[i];

      g_return_val_if_fail (row < self->n_rows, NULL);

      for (gsize k = self->offsets[row]; k < self->offsets[row + 1]; k++)
        {
          const char *word = _ut_words_get (self->words, self->ids[k]);

          add_token (subset, _ut_words_add (subset->words, word, strlen (word)));
        }

      g_string_truncate (joined, 0);
      ut_dataset_append_sentence (self, row, joined);
      end_row (subset, self->labels[row], joined->str, joined->len);
    }

  return finish (g_steal_pointer (&subset));
}
