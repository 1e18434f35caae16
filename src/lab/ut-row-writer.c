/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-writer-private.h"

#include <string.h>
#include <ut-text.h>

/* What is written of an answer. */
static const char * const own_names[] = { "label", "probability", "n_words", "n_unknown" };

#define TAKEN_PREFIX "predicted_"

struct UtRowWriter
{
  UtRowForm form;
  GPtrArray *names; /* (owned) (element-type utf8): of all columns, the answer's last */
  gsize n_columns;  /* of the file */
};

static gboolean
is_taken (const UtRowWriter *self,
          const char        *name)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->names, i), name))
        return TRUE;
    }

  return FALSE;
}

/* Adds a column whose name, where another one has it, is changed. */
static void
add_unlike (UtRowWriter *self,
            const char  *name,
            const char  *before,
            const char  *behind)
{
  char *unlike = g_strdup (name);

  while (is_taken (self, unlike))
    {
      char *next = g_strconcat (before, unlike, behind, NULL);

      g_free (unlike);
      unlike = next;
    }
  g_ptr_array_add (self->names, unlike);
}

UtRowWriter *
_ut_row_writer_new (UtRowForm           form,
                    const char * const *names)
{
  UtRowWriter *self = g_new0 (UtRowWriter, 1);

  self->form = form;
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (; *names != NULL; names++)
    {
      /* A key of an object, too, may be written with half a character. */
      g_autofree char *name = g_utf8_make_valid (*names, -1);

      /* A table may have two columns of one name, an object not. */
      if (form == UT_ROWS_JSON_LINES)
        add_unlike (self, name, "", "_");
      else
        g_ptr_array_add (self->names, g_steal_pointer (&name));
    }
  self->n_columns = self->names->len;
  for (gsize i = 0; i < G_N_ELEMENTS (own_names); i++)
    add_unlike (self, own_names[i], TAKEN_PREFIX, "");

  return self;
}

void
_ut_row_writer_free (UtRowWriter *self)
{
  g_ptr_array_unref (self->names);
  g_free (self);
}

static char
get_delimiter (const UtRowWriter *self)
{
  return self->form == UT_ROWS_TSV ? '\t' : ',';
}

/* A field in quotes, if it must, with those inside doubled. */
static void
append_field (const UtRowWriter *self,
              GString           *out,
              const char        *text,
              gsize              length)
{
  const char special[] = { get_delimiter (self), '"', '\r', '\n' };
  gboolean quoted = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (special) && !quoted; i++)
    quoted = memchr (text, special[i], length) != NULL;
  if (!quoted)
    {
      g_string_append_len (out, text, (gssize) length);
      return;
    }

  const char *end = text + length;
  const char *quote;

  g_string_append_c (out, '"');
  while ((quote = memchr (text, '"', (gsize) (end - text))) != NULL)
    {
      g_string_append_len (out, text, quote + 1 - text);
      g_string_append_c (out, '"');
      text = quote + 1;
    }
  g_string_append_len (out, text, end - text);
  g_string_append_c (out, '"');
}

void
_ut_row_writer_append_header (const UtRowWriter *self,
                              GString           *out)
{
  if (self->form == UT_ROWS_JSON_LINES)
    return;

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);

      if (i > 0)
        g_string_append_c (out, get_delimiter (self));
      append_field (self, out, name, strlen (name));
    }
  g_string_append_c (out, '\n');
}

static void
append_answer (const UtRowWriter  *self,
               GString            *out,
               gsize               column,
               const UtTextAnswer *answer)
{
  switch (column - self->n_columns)
    {
    case 0:
      g_string_append_c (out, answer->positive ? '1' : '0');
      break;
    case 1:
      ut_json_append_number (out, answer->probability);
      break;
    case 2:
      g_string_append_printf (out, "%" G_GSIZE_FORMAT, answer->n_words);
      break;
    default:
      g_string_append_printf (out, "%" G_GSIZE_FORMAT, answer->n_unknown);
      break;
    }
}

static void
append_cells (const UtRowWriter   *self,
              GString             *out,
              const UtImportValue *cells,
              const UtTextAnswer  *answer)
{
  for (gsize i = 0; i < self->names->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, get_delimiter (self));
      if (i >= self->n_columns)
        append_answer (self, out, i, answer);
      else if (cells[i].kind != UT_IMPORT_VALUE_MISSING)
        append_field (self, out, cells[i].text, cells[i].length);
    }
}

/* What is missing in a row is not there. */
static void
append_members (const UtRowWriter   *self,
                GString             *out,
                const UtImportValue *cells,
                const UtTextAnswer  *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (gsize i = 0; i < self->names->len; i++)
    {
      gboolean own = i >= self->n_columns;

      if (!own && cells[i].kind == UT_IMPORT_VALUE_MISSING)
        continue;
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      ut_json_append_string (out, g_ptr_array_index (self->names, i));
      g_string_append_c (out, ':');
      if (own)
        {
          append_answer (self, out, i, answer);
        }
      else if (cells[i].kind == UT_IMPORT_VALUE_STRING)
        {
          g_string_truncate (text, 0);
          g_string_append_len (text, cells[i].text, (gssize) cells[i].length);
          ut_json_append_string (out, text->str);
        }
      else
        {
          g_string_append_len (out, cells[i].text, (gssize) cells[i].length);
        }
    }
  g_string_append_c (out, '}');
}

void
_ut_row_writer_append_row (const UtRowWriter   *self,
                           GString             *out,
                           const UtImportValue *cells,
                           const UtTextAnswer  *answer)
{
  if (self->form == UT_ROWS_JSON_LINES)
    append_members (self, out, cells, answer);
  else
    append_cells (self, out, cells, answer);
  g_string_append_c (out, '\n');
}
