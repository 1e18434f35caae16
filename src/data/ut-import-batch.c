/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-batch-private.h"

#include "ut-import-object-private.h"
#include "ut-tokens-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <ut-text.h>

/* The longest value of a label, in bytes. */
#define MAX_LABEL_LENGTH 1000

/* What a record says, where it says it properly. */
typedef struct
{
  UtImportField text;
  UtImportField label;
  UtImportValue values[2]; /* (owned): what the fields of a JSON object lie in */
} Content;

static void
clear_bad_row (gpointer data)
{
  g_free (((UtImportBadRow *) data)->message);
}

UtImportBatch *
_ut_import_batch_new (const UtImportGuess *guess)
{
  UtImportBatch *self = g_new0 (UtImportBatch, 1);

  self->guess = guess;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (UtImportPiece));
  self->joined = g_string_new (NULL);
  self->rows = g_array_new (FALSE, FALSE, sizeof (UtImportRow));
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->bad_rows = g_array_new (FALSE, FALSE, sizeof (UtImportBadRow));
  g_array_set_clear_func (self->bad_rows, clear_bad_row);

  return self;
}

void
_ut_import_batch_free (UtImportBatch *self)
{
  g_free (self->text);
  g_array_unref (self->pieces);
  g_string_free (self->joined, TRUE);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->labels);
  g_array_unref (self->bad_rows);
  g_free (self);
}

void
_ut_import_batch_reserve (UtImportBatch *self,
                          gsize          size)
{
  if (size <= self->size)
    return;

  self->size = size;
  self->text = g_realloc (self->text, size);
}

void
_ut_import_batch_clear (UtImportBatch *self)
{
  self->length = 0;
  g_array_set_size (self->pieces, 0);
  g_string_truncate (self->joined, 0);
  g_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->labels, 0);
  g_array_set_size (self->bad_rows, 0);
  self->n_bad_rows = 0;
}

void
_ut_import_batch_add (UtImportBatch *self,
                      gsize          start,
                      gsize          length,
                      UtImportFault  fault,
                      guint          input,
                      guint64        line)
{
  UtImportPiece piece = {
    .start = start, .length = (guint32) length, .fault = fault, .input = input, .line = line,
  };

  g_array_append_val (self->pieces, piece);
}

/* Bad rows */

/* Takes @message; always FALSE. */
static gboolean
reject (UtImportBatch       *self,
        const UtImportPiece *piece,
        char                *message)
{
  UtImportBadRow row = { .input = piece->input, .line = piece->line, .message = message };

  self->n_bad_rows++;
  g_array_append_val (self->bad_rows, row);

  return FALSE;
}

/* Whether a bad row still has to say why it is one. */
static gboolean
is_listed (const UtImportBatch *self)
{
  return self->bad_rows->len < UT_IMPORT_MAX_PROBLEMS;
}

static gboolean
refuse (UtImportBatch       *self,
        const UtImportPiece *piece,
        const char          *message)
{
  if (is_listed (self))
    return reject (self, piece, g_strdup (message));

  self->n_bad_rows++;
  return FALSE;
}

static gboolean
refuse_fault (UtImportBatch       *self,
              const UtImportPiece *piece,
              UtImportFault        fault)
{
  return refuse (self, piece, _ut_import_fault_get_message (fault));
}

/* Records */

static gboolean
find_fields (UtImportBatch       *self,
             const UtImportPiece *piece,
             char                *text,
             Content             *content)
{
  const UtImportLayout *layout = self->layout;
  UtImportField fields[UT_IMPORT_MAX_COLUMNS];
  guint n_wanted = MAX (layout->text_column, layout->label_column) + 1;
  guint n = _ut_import_record_split (&layout->dialect, text, piece->length, fields, n_wanted);

  if (n != layout->n_columns)
    return is_listed (self)
           ? reject (self, piece, _ut_import_fault_dup_columns (n, layout->n_columns))
           : refuse (self, piece, NULL);

  content->text = fields[layout->text_column];
  content->label = fields[layout->label_column];

  return TRUE;
}

static gboolean
find_values (UtImportBatch       *self,
             const UtImportPiece *piece,
             char                *text,
             Content             *content)
{
  const char * const keys[] = { self->layout->text_name, self->layout->label_name };
  g_autoptr (GError) error = NULL;

  if (!_ut_import_object_read (text, piece->length, keys, G_N_ELEMENTS (keys), content->values,
                               &error))
    return refuse (self, piece, error->message);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      UtImportValueKind kind = content->values[i].kind;
      g_autofree char *message = NULL;

      if (kind == UT_IMPORT_VALUE_MISSING)
        message = is_listed (self) ? _ut_import_fault_dup_missing (keys[i]) : NULL;
      else if (kind == UT_IMPORT_VALUE_NESTED || (i == 0 && kind != UT_IMPORT_VALUE_STRING))
        message = is_listed (self) ? _ut_import_fault_dup_no_text (keys[i]) : NULL;
      else
        continue;
      return refuse (self, piece, message);
    }
  content->text = (UtImportField) { (char *) content->values[0].text, content->values[0].length };
  content->label = (UtImportField) { (char *) content->values[1].text, content->values[1].length };

  return TRUE;
}

/* Finds text and label of a record that is text at all. */
static gboolean
read_record (UtImportBatch       *self,
             const UtImportPiece *piece,
             Content             *content)
{
  char *text = self->text + piece->start;
  UtImportFault fault = _ut_import_fault_find (text, piece->length);

  if (fault != UT_IMPORT_FAULT_NONE)
    return refuse_fault (self, piece, fault);

  switch (self->layout->form)
    {
    case UT_IMPORT_DELIMITED:
      return find_fields (self, piece, text, content);

    case UT_IMPORT_JSON_LINES:
      return find_values (self, piece, text, content);

    case UT_IMPORT_PAIR:
    case UT_IMPORT_FOLDER:
    case UT_IMPORT_LINES:
    case UT_IMPORT_WHOLE:
    default:
      {
        char *label = _ut_import_guess_get_input (self->guess, piece->input)->label;

        content->text = (UtImportField) { text, piece->length };
        content->label = (UtImportField) { label, strlen (label) };
        return TRUE;
      }
    }
}

/* Returns the number of a label; the same few come again and again. */
static guint
find_label (UtImportBatch       *self,
            const UtImportField *label)
{
  for (guint i = 0; i < self->labels->len; i++)
    {
      const char *value = g_ptr_array_index (self->labels, i);

      if (memcmp (value, label->text, MIN (label->length, strlen (value) + 1)) == 0
          && value[label->length] == '\0')
        return i;
    }
  g_ptr_array_add (self->labels, g_strndup (label->text, label->length));

  return self->labels->len - 1;
}

static gboolean
add_row (UtImportBatch       *self,
         UtTokenizer         *tokenizer,
         const UtImportPiece *piece,
         Content             *content)
{
  gsize start = self->joined->len;

  _ut_import_field_strip (&content->label);
  if (content->label.length == 0)
    return refuse (self, piece, _("The label is empty"));
  if (content->label.length > MAX_LABEL_LENGTH)
    return refuse (self, piece, _("The label has more than a thousand bytes"));

  /* A data set's lines cannot hold them. */
  if (self->layout->tokenized)
    _ut_import_replace_controls (content->text.text, content->text.length);

  gsize n_words = _ut_tokenizer_append (tokenizer, content->text.text, content->text.length,
                                        self->layout->tokenized, self->joined);
  gsize length = self->joined->len - start;

  if (n_words == 0 || n_words > UT_DATASET_MAX_TOKENS || length > UT_IMPORT_MAX_LENGTH)
    {
      g_string_truncate (self->joined, start);
      if (n_words == 0)
        return refuse_fault (self, piece, UT_IMPORT_FAULT_BLANK);
      if (length > UT_IMPORT_MAX_LENGTH && n_words <= UT_DATASET_MAX_TOKENS)
        return refuse (self, piece, _("The text is too long"));
      if (!is_listed (self))
        return refuse (self, piece, NULL);
      return reject (self, piece, g_strdup_printf (_("The text has more than %d words, the most "
                                                     "that are accepted"), UT_DATASET_MAX_TOKENS));
    }

  UtImportRow row = {
    .length = (guint32) length,
    .n_words = (guint16) n_words,
    .label = (guint8) find_label (self, &content->label),
    .part = (guint8) _ut_import_guess_get_input (self->guess, piece->input)->part,
  };

  g_array_append_val (self->rows, row);
  return TRUE;
}

void
_ut_import_batch_run (UtImportBatch *self,
                      const int     *stop)
{
  g_autoptr (UtTokenizer) tokenizer = _ut_tokenizer_new ();

  for (guint i = 0; i < self->pieces->len && !g_atomic_int_get (stop); i++)
    {
      const UtImportPiece *piece = &g_array_index (self->pieces, UtImportPiece, i);
      Content content = { .values = { { 0 } } };

      if (piece->fault != UT_IMPORT_FAULT_NONE)
        refuse_fault (self, piece, (UtImportFault) piece->fault);
      else if (read_record (self, piece, &content))
        add_row (self, tokenizer, piece, &content);
      _ut_import_value_clear (&content.values[0]);
      _ut_import_value_clear (&content.values[1]);
      if (self->labels->len > UT_IMPORT_MAX_LABELS)
        return;
    }

  /* The joined text, one row behind the other, has stopped moving. */
  const char *text = self->joined->str;

  for (guint i = 0; i < self->rows->len; i++)
    {
      UtImportRow *row = &g_array_index (self->rows, UtImportRow, i);

      row->text = text;
      text += row->length;
    }
}
