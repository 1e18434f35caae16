/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-sample-private.h"

#include "ut-data-error.h"
#include "ut-import-object-private.h"
#include "ut-import-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A file with so many NULs among so many bytes is no text. */
#define MAX_NULS_SHARE 1000

static const char delimiters[] = { '\t', ';', '|', ',' };

void
_ut_import_start_clear (UtImportStart *self)
{
  g_clear_pointer (&self->text, g_free);
}

static gboolean
read_text (UtImportStart        *self,
           GFile                *file,
           gsize                 max_size,
           UtImportEncoding     *encoding,
           gboolean             *marked,
           GCancellable         *cancellable,
           GError              **error)
{
  g_autoptr (UtImportReader) reader =
    _ut_import_reader_open (file, *encoding, UT_IMPORT_MAX_TEXT, cancellable, error);

  if (reader == NULL)
    return FALSE;

  g_free (self->text);
  self->text = g_malloc (max_size + 1);
  self->length = 0;
  self->complete = FALSE;
  while (!self->complete && max_size - self->length >= 16)
    {
      gsize n_read;

      if (!_ut_import_reader_read (reader, self->text + self->length, max_size - self->length,
                                   &n_read, cancellable, error))
        return FALSE;
      self->length += n_read;
      self->complete = n_read == 0;
    }
  *encoding = _ut_import_reader_get_encoding (reader);
  *marked = _ut_import_reader_is_marked (reader);

  return TRUE;
}

/* Single bytes that are no UTF-8 in a text that has characters of several bytes are faults of it;
 * in one that has none they are the characters of another encoding. */
static gboolean
is_utf_8 (const UtImportStart *self)
{
  const char *p = self->text;
  const char *end = self->text + self->length;
  gsize n_valid = 0;
  gsize n_invalid = 0;

  while (p < end)
    {
      if ((guchar) *p < 0x80)
        {
          p++;
          continue;
        }

      gunichar c = g_utf8_get_char_validated (p, (gssize) (end - p));

      if (c == (gunichar) -2 && !self->complete)
        break;
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          n_invalid++;
          p++;
        }
      else
        {
          n_valid++;
          p = g_utf8_next_char (p);
        }
    }

  return n_invalid == 0 || n_valid > n_invalid;
}

static gboolean
check_text (const UtImportStart  *self,
            GFile                *file,
            GError              **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  gsize n_nuls = 0;

  for (gsize i = 0; i < self->length; i++)
    n_nuls += self->text[i] == '\0';

  if (self->length == 0)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("%s: The file is empty"), name);
  else if (n_nuls > 2 && n_nuls > self->length / MAX_NULS_SHARE)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT,
                 _("%s: This is no text, or text in another encoding"), name);
  else
    return TRUE;

  return FALSE;
}

gboolean
_ut_import_start_read (UtImportStart        *self,
                       const UtImportInput  *input,
                       gsize                 max_size,
                       UtImportEncoding     *encoding,
                       gboolean              chosen,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_autoptr (GFile) file = _ut_import_input_dup_file (input);
  gboolean marked = FALSE;

  *self = (UtImportStart) { .text = NULL };
  if (!chosen)
    *encoding = UT_IMPORT_UTF_8;
  if (!read_text (self, file, max_size, encoding, &marked, cancellable, error))
    return FALSE;
  if (!chosen && !marked && !is_utf_8 (self))
    {
      *encoding = UT_IMPORT_WINDOWS_1252;
      if (!read_text (self, file, max_size, encoding, &marked, cancellable, error))
        return FALSE;
    }

  return check_text (self, file, error);
}

gboolean
_ut_import_start_is_json (const UtImportStart *self)
{
  gsize at = 0;

  while (at < self->length && g_ascii_isspace (self->text[at]))
    at++;
  if (at == self->length || self->text[at] != '{')
    return FALSE;

  const char *end = memchr (self->text + at, '\n', self->length - at);
  gsize length = end != NULL ? (gsize) (end - self->text) - at : self->length - at;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = _ut_import_object_parse (self->text + at, length, &error);

  /* Where even the first line goes on beyond what was read, its start has to do. */
  return node != NULL || (end == NULL && !self->complete);
}

/* Rows */

typedef struct
{
  const UtImportStart *start;
  UtImportDialect dialect;
  gsize at;
} Walk;

static Walk
walk_begin (const UtImportStart *start,
            char                 delimiter,
            gboolean             quoting)
{
  return (Walk) {
    .start = start,
    .dialect = {
      .delimiter = delimiter,
      .quoting = quoting,
      .line_end = _ut_import_find_line_end (start->text, start->length),
    },
  };
}

/* Returns the next record that is not empty, or NULL at the end; one whose quotes are wrong is a
 * line of its own, with @state set. */
static const char *
walk_next (Walk                *walk,
           gsize               *length,
           UtImportRecordState *state)
{
  const UtImportStart *start = walk->start;

  while (walk->at < start->length)
    {
      const char *text = start->text + walk->at;
      UtImportRecord record;

      *state = _ut_import_record_find (&walk->dialect, text, start->length - walk->at,
                                       start->complete, &record);
      if (*state == UT_IMPORT_RECORD_CUT)
        return NULL;
      if (*state != UT_IMPORT_RECORD_WHOLE)
        {
          const char *end = memchr (text, walk->dialect.line_end, start->length - walk->at);

          if (end == NULL)
            return NULL;
          record.length = (gsize) (end - text);
          record.next = record.length + 1;
        }
      walk->at += record.next;
      *length = record.length;
      if (record.length > 0)
        return text;
    }

  return NULL;
}

/* How well a dialect fits. */
typedef struct
{
  guint n_columns; /* of most rows */
  double share;    /* of the rows that have them */
  guint n_quoted;  /* fields in quotes */
  guint n_bad;     /* rows whose quotes are wrong */
} Fit;

static Fit
rate_dialect (const UtImportStart *start,
              char                 delimiter,
              gboolean             quoting)
{
  Walk walk = walk_begin (start, delimiter, quoting);
  g_autofree guint *counts = g_new0 (guint, UT_IMPORT_MAX_COLUMNS + 1);
  g_autofree UtImportField *fields = g_new (UtImportField, UT_IMPORT_MAX_COLUMNS);
  UtImportRecordState state;
  const char *record;
  gsize length;
  guint n_rows = 0;
  Fit fit = { .share = 0 };

  while ((record = walk_next (&walk, &length, &state)) != NULL)
    {
      n_rows++;
      if (state != UT_IMPORT_RECORD_WHOLE)
        {
          fit.n_bad++;
          continue;
        }

      g_autofree char *copy = g_memdup2 (record, length);
      guint n = _ut_import_record_split (&walk.dialect, copy, length, fields,
                                         UT_IMPORT_MAX_COLUMNS);

      counts[MIN (n, UT_IMPORT_MAX_COLUMNS)]++;
      for (guint i = 0; i < MIN (n, UT_IMPORT_MAX_COLUMNS); i++)
        fit.n_quoted += quoting && fields[i].text > copy && fields[i].text[-1] == '"';
    }

  fit.n_columns = 1;
  for (guint i = 2; i <= UT_IMPORT_MAX_COLUMNS; i++)
    {
      if (counts[i] > 0 && (fit.n_columns == 1 || counts[i] > counts[fit.n_columns]))
        fit.n_columns = i;
    }
  if (fit.n_columns > 1)
    fit.share = (double) counts[fit.n_columns] / n_rows;

  return fit;
}

/* In tab-separated files a quote is more often an ordinary character. */
static gboolean
is_quoting (char       delimiter,
            const Fit *quoted,
            const Fit *plain)
{
  if (delimiter == '\t')
    return quoted->n_quoted > 0 && quoted->n_bad == 0 && quoted->share >= plain->share;

  return quoted->n_quoted >= quoted->n_bad;
}

guint
_ut_import_start_guess_dialect (const UtImportStart *self,
                                UtImportFixed        fixed,
                                UtImportOptions     *options)
{
  const UtImportOptions chosen = *options;
  Fit best = { .share = -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      char delimiter = (fixed & UT_IMPORT_FIXED_DELIMITER) != 0 ? chosen.delimiter : delimiters[i];
      Fit quoted = rate_dialect (self, delimiter, TRUE);
      Fit plain = rate_dialect (self, delimiter, FALSE);
      gboolean quoting = (fixed & UT_IMPORT_FIXED_QUOTING) != 0
                         ? chosen.quoting : is_quoting (delimiter, &quoted, &plain);
      const Fit *fit = quoting ? &quoted : &plain;

      if (fit->share > best.share)
        {
          best = *fit;
          options->delimiter = delimiter;
          options->quoting = quoting;
        }
    }

  return best.n_columns;
}

static char *
dup_field (const char *text,
           gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);

  return g_utf8_make_valid (copy, -1);
}

GPtrArray *
_ut_import_start_split (const UtImportStart   *self,
                        const UtImportOptions *options)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  Walk walk = options->form == UT_IMPORT_DELIMITED
              ? walk_begin (self, options->delimiter, options->quoting)
              : walk_begin (self, 0, FALSE);
  g_autofree UtImportField *fields = g_new (UtImportField, UT_IMPORT_MAX_COLUMNS);
  UtImportRecordState state;
  const char *record;
  gsize length;

  while ((record = walk_next (&walk, &length, &state)) != NULL)
    {
      if (state != UT_IMPORT_RECORD_WHOLE)
        continue;

      g_autofree char *copy = g_memdup2 (record, length);
      guint n = _ut_import_record_split (&walk.dialect, copy, length, fields,
                                         UT_IMPORT_MAX_COLUMNS);
      GStrvBuilder *row = g_strv_builder_new ();

      for (guint i = 0; i < MIN (n, UT_IMPORT_MAX_COLUMNS); i++)
        {
          g_autofree char *field = dup_field (fields[i].text, fields[i].length);

          g_strv_builder_add (row, field);
        }
      g_ptr_array_add (rows, g_strv_builder_end (row));
      g_strv_builder_unref (row);
    }

  return rows;
}

GPtrArray *
_ut_import_start_take_whole (const UtImportStart *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char **row = g_new0 (char *, 2);

  row[0] = dup_field (self->text, self->length);
  g_ptr_array_add (rows, row);

  return rows;
}

static guint
find_key (GPtrArray  *keys,
          const char *name)
{
  for (guint i = 0; i < keys->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (keys, i), name))
        return i;
    }
  g_ptr_array_add (keys, g_strdup (name));

  return keys->len - 1;
}

static void
add_object (GPtrArray *rows,
            GPtrArray      *keys,
            JsonObject     *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (keys->len < UT_IMPORT_MAX_COLUMNS)
        find_key (keys, name);
    }

  GStrvBuilder *row = g_strv_builder_new ();

  for (guint i = 0; i < keys->len; i++)
    {
      UtImportValue value = { .kind = UT_IMPORT_VALUE_MISSING };

      _ut_import_value_set_node (&value,
                                 json_object_get_member (object, g_ptr_array_index (keys, i)));
      g_strv_builder_add (row, value.text != NULL ? value.text : "");
      _ut_import_value_clear (&value);
    }
  g_ptr_array_add (rows, g_strv_builder_end (row));
  g_strv_builder_unref (row);
}

GPtrArray *
_ut_import_start_parse (const UtImportStart *self,
                        GPtrArray           *keys)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  Walk walk = walk_begin (self, 0, FALSE);
  UtImportRecordState state;
  const char *record;
  gsize length;

  while ((record = walk_next (&walk, &length, &state)) != NULL)
    {
      g_autoptr (JsonNode) node = state == UT_IMPORT_RECORD_WHOLE
                                  ? _ut_import_object_parse (record, length, NULL) : NULL;

      if (node != NULL)
        add_object (rows, keys, json_node_get_object (node));
    }

  return rows;
}
