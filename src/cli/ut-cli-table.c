/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-table.h"

#include "ut-cli-text.h"

#include <string.h>

#define GAP 2

struct UtCliTable
{
  UtCliOutput *output;  /* (not owned) */
  UtCliColumn *columns; /* (owned) (n_columns), as wide as they are printed */
  gsize n_columns;
  glong pending;        /* spaces that are printed if anything follows in the row */
  gboolean narrow;
};

UtCliTable *
ut_cli_table_new (UtCliOutput       *output,
                  const UtCliColumn *columns,
                  gsize              n_columns)
{
  UtCliTable *self = g_new0 (UtCliTable, 1);
  glong width = 0;

  self->output = output;
  self->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  self->n_columns = n_columns;
  for (gsize i = 0; i < n_columns; i++)
    {
      UtCliColumn *column = &self->columns[i];

      column->width = MAX (column->width, g_utf8_strlen (column->title, -1));
      width += GAP + column->width;
    }
  self->narrow = ut_cli_output_is_terminal (output)
                 && width > (glong) ut_cli_output_get_width (output);
  return self;
}

void
ut_cli_table_free (UtCliTable *self)
{
  g_free (self->columns);
  g_free (self);
}

/* A row has no spaces at its end. */
static void
print_text (UtCliTable *self,
            const char *text)
{
  ut_cli_output_printf (self->output, "%*s", (int) self->pending, "");
  ut_cli_output_print_safely (self->output, text, strlen (text));
  self->pending = 0;
}

/* printf counts bytes, translations have characters. */
static void
print_cell (UtCliTable *self,
            gsize       column,
            const char *text)
{
  glong gap = MAX (self->columns[column].width - g_utf8_strlen (text, -1), 0);
  gboolean left = self->columns[column].left;

  self->pending += left ? GAP : GAP + gap;
  if (*text != '\0')
    print_text (self, text);
  if (left)
    self->pending += gap;
}

static void
end_row (UtCliTable *self)
{
  self->pending = 0;
  ut_cli_output_print (self->output, "\n");
}

void
ut_cli_table_print_titles (UtCliTable *self)
{
  if (self->narrow)
    return;

  for (gsize i = 0; i < self->n_columns; i++)
    print_cell (self, i, self->columns[i].title);
  end_row (self);
}

void
ut_cli_table_print_row (UtCliTable         *self,
                        const char * const *texts,
                        const char         *remark)
{
  g_autoptr (GString) paragraph = g_string_new (NULL);

  if (!self->narrow)
    {
      for (gsize i = 0; i < self->n_columns; i++)
        print_cell (self, i, texts[i]);
      if (remark != NULL)
        {
          self->pending += GAP;
          print_text (self, remark);
        }
      end_row (self);
      return;
    }

  for (gsize i = 0; i < self->n_columns; i++)
    g_string_append_printf (paragraph, "%s%s %s", i > 0 ? ", " : "", self->columns[i].title,
                            texts[i]);
  if (remark != NULL)
    g_string_append_printf (paragraph, ", %s", remark);

  g_autofree char *safe = ut_cli_text_dup_safe (paragraph->str, paragraph->len);

  ut_cli_output_print_wrapped (self->output, safe);
}
