/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-table-text.h"

#include <string.h>

typedef struct
{
  char *head;         /* (owned) */
  gboolean is_number;
} Column;

struct UtTableText
{
  GArray *columns; /* (owned) (element-type Column) */
  GPtrArray *rows; /* (owned) (element-type GStrv) */
};

/* Appends @text so that it stands for itself. */
typedef void (*AppendCell) (GString    *line,
                            const char *text,
                            gboolean    is_number);

static const char * const nicks[UT_N_TABLE_FORMATS] = {
  [UT_TABLE_TSV] = "tsv",
  [UT_TABLE_MARKDOWN] = "markdown",
  [UT_TABLE_LATEX] = "latex",
};

const char *
ut_table_format_get_nick (UtTableFormat format)
{
  g_return_val_if_fail ((guint) format < UT_N_TABLE_FORMATS, NULL);

  return nicks[format];
}

gboolean
ut_table_format_from_nick (const char    *nick,
                           UtTableFormat *format)
{
  g_return_val_if_fail (nick != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (UtTableFormat i = 0; i < UT_N_TABLE_FORMATS; i++)
    if (g_str_equal (nick, nicks[i]))
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

static void
clear_column (gpointer data)
{
  g_free (((Column *) data)->head);
}

UtTableText *
ut_table_text_new (void)
{
  UtTableText *self = g_new0 (UtTableText, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  return self;
}

void
ut_table_text_free (UtTableText *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
ut_table_text_add_column (UtTableText *self,
                          const char  *head,
                          gboolean     is_number)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (head != NULL);
  g_return_if_fail (self->rows->len == 0);

  Column column = { g_strdup (head), is_number };

  g_array_append_val (self->columns, column);
}

void
ut_table_text_add_row (UtTableText        *self,
                       const char * const *cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (cells != NULL);
  g_return_if_fail (g_strv_length ((char **) cells) == self->columns->len);

  g_ptr_array_add (self->rows, g_strdupv ((char **) cells));
}

gsize
ut_table_text_get_n_columns (const UtTableText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

const char *
ut_table_text_get_head (const UtTableText *self,
                        guint              column)
{
  g_return_val_if_fail (column < ut_table_text_get_n_columns (self), NULL);

  return g_array_index (self->columns, Column, column).head;
}

gboolean
ut_table_text_is_number (const UtTableText *self,
                         guint              column)
{
  g_return_val_if_fail (column < ut_table_text_get_n_columns (self), FALSE);

  return g_array_index (self->columns, Column, column).is_number;
}

const char * const *
ut_table_text_get_row (const UtTableText *self,
                       guint              row)
{
  g_return_val_if_fail (row < ut_table_text_get_n_rows (self), NULL);

  return g_ptr_array_index (self->rows, row);
}

gsize
ut_table_text_get_n_rows (const UtTableText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

static const Column *
get_column (const UtTableText *self,
            guint              column)
{
  return &g_array_index (self->columns, Column, column);
}

/* Row 0 are the heads. */
static const char *
get_cell (const UtTableText *self,
          guint              row,
          guint              column)
{
  return row == 0 ? get_column (self, column)->head
                  : ((char **) g_ptr_array_index (self->rows, row - 1))[column];
}

/* Whatever a cell holds, a row is a line; tabs part cells. */
static gboolean
is_space (gunichar letter)
{
  return g_unichar_iscntrl (letter) || letter == 0x2028 || letter == 0x2029;
}

static void
append_plain (GString    *line,
              const char *text,
              gboolean    is_number)
{
  if (is_number && g_str_equal (text, "–"))
    return;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (line, is_space (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p));
}

static void
append_markdown (GString    *line,
                 const char *text,
                 gboolean    is_number)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (letter < 0x80 && strchr ("\\`*_{}[]<>#|~&$", (int) letter) != NULL)
        g_string_append_c (line, '\\');
      g_string_append_unichar (line, is_space (letter) ? ' ' : letter);
    }
}

static void
append_latex (GString    *line,
              const char *text,
              gboolean    is_number)
{
  static const struct
  {
    gunichar letter;
    const char *command;
  } commands[] = {
    { '\\', "\\textbackslash{}" }, { '~', "\\textasciitilde{}" }, { '^', "\\textasciicircum{}" },
    { '<', "\\textless{}" }, { '>', "\\textgreater{}" }, { '|', "\\textbar{}" },
    { 0x2013, "--" }, { 0x2014, "---" }, { 0x2248, "$\\approx$" },
    { 0xb1, "$\\pm$" }, { 0x2212, "$-$" }, { 0xa0, "~" }, { 0x202f, "\\," }, { 0x2026, "\\dots{}" },
    { 0xd7, "$\\times$" }, { 0x394, "$\\Delta$" }, { 0x2264, "$\\leq$" }, { 0x2265, "$\\geq$" },
    { '[', "{[}" }, { ']', "{]}" },
  };

  if (is_number && *text == '-')
    {
      g_string_append (line, "$-$");
      text++;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      const char *command = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (commands) && command == NULL; i++)
        if (commands[i].letter == letter)
          command = commands[i].command;

      if (command != NULL)
        g_string_append (line, command);
      else if (letter < 0x80 && strchr ("&%$#_{}", (int) letter) != NULL)
        g_string_append_printf (line, "\\%c", (char) letter);
      else
        g_string_append_unichar (line, is_space (letter) ? ' ' : letter);
    }
}

static gsize
get_width (const char *text)
{
  return (gsize) g_utf8_strlen (text, -1);
}

/* The widths of the columns as @append writes them. */
static gsize *
measure (const UtTableText *self,
         AppendCell         append)
{
  gsize *widths = g_new0 (gsize, self->columns->len);
  g_autoptr (GString) cell = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    for (guint row = 0; row <= self->rows->len; row++)
      {
        g_string_truncate (cell, 0);
        append (cell, get_cell (self, row, i), get_column (self, i)->is_number);
        widths[i] = MAX (widths[i], get_width (cell->str));
      }
  return widths;
}

static void
append_spaces (GString *text,
               gsize    n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_c (text, ' ');
}

/* A row between @start and @end, its cells parted by @between and padded to @widths. */
static void
append_row (const UtTableText *self,
            guint              row,
            AppendCell         append,
            const gsize       *widths,
            const char        *start,
            const char        *between,
            const char        *end,
            GString           *text)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  g_string_append (text, start);
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_string_truncate (cell, 0);
      append (cell, get_cell (self, row, i), get_column (self, i)->is_number);

      gsize room = widths != NULL ? widths[i] - get_width (cell->str) : 0;

      if (i > 0)
        g_string_append (text, between);
      if (get_column (self, i)->is_number)
        append_spaces (text, room);
      g_string_append (text, cell->str);
      if (!get_column (self, i)->is_number)
        append_spaces (text, room);
    }
  g_string_append (text, end);
}

static void
format_tsv (const UtTableText *self,
            GString           *text)
{
  for (guint row = 0; row <= self->rows->len; row++)
    append_row (self, row, append_plain, NULL, "", "\t", "\n", text);
}

static void
format_markdown (const UtTableText *self,
                 GString           *text)
{
  g_autofree gsize *widths = measure (self, append_markdown);

  for (guint i = 0; i < self->columns->len; i++)
    widths[i] = MAX (widths[i], 3);
  append_row (self, 0, append_markdown, widths, "| ", " | ", " |\n", text);
  for (guint i = 0; i < self->columns->len; i++)
    {
      gboolean is_number = get_column (self, i)->is_number;

      g_string_append (text, i == 0 ? "| " : " | ");
      for (gsize j = is_number ? 1 : 0; j < widths[i]; j++)
        g_string_append_c (text, '-');
      if (is_number)
        g_string_append_c (text, ':');
    }
  g_string_append (text, " |\n");
  for (guint row = 1; row <= self->rows->len; row++)
    append_row (self, row, append_markdown, widths, "| ", " | ", " |\n", text);
}

static void
format_latex (const UtTableText *self,
              GString           *text)
{
  g_autofree gsize *widths = measure (self, append_latex);

  g_string_append (text, "\\begin{tabular}{");
  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_c (text, get_column (self, i)->is_number ? 'r' : 'l');
  g_string_append (text, "}\n\\hline\n");
  for (guint row = 0; row <= self->rows->len; row++)
    {
      append_row (self, row, append_latex, widths, "", " & ", " \\\\\n", text);
      if (row == 0)
        g_string_append (text, "\\hline\n");
    }
  g_string_append (text, "\\hline\n\\end{tabular}\n");
}

char *
ut_table_text_format (const UtTableText *self,
                      UtTableFormat      format)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) format < UT_N_TABLE_FORMATS, NULL);

  GString *text = g_string_new (NULL);

  switch (format)
    {
    case UT_TABLE_MARKDOWN:
      format_markdown (self, text);
      break;
    case UT_TABLE_LATEX:
      format_latex (self, text);
      break;
    case UT_TABLE_TSV:
    default:
      format_tsv (self, text);
    }
  return g_string_free (text, FALSE);
}
