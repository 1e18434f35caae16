/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-guess-private.h"

#include "ut-data-error.h"
#include "ut-import-sample-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters of a field that are shown. */
#define MAX_SHOWN 400
/* Files of a folder that are looked at, and how much of each. */
#define N_LOOKED_AT 40
#define LOOK_SIZE (16 * 1024)

struct UtImportGuess
{
  gatomicrefcount ref_count;
  UtImportOptions options;
  gboolean labelled;     /* whether each row must have a label */
  GArray *inputs;        /* (owned) (element-type UtImportInput) */
  char *title;           /* (owned) */
  char *source;          /* (owned): base name of what was named first */
  GPtrArray *columns;    /* (owned) (element-type utf8): names */
  GPtrArray *rows;  /* (owned): those to be shown */
};

G_DEFINE_BOXED_TYPE (UtImportGuess, ut_import_guess, ut_import_guess_ref, ut_import_guess_unref)

static gboolean
fail (const UtImportInput  *input,
      const char           *message,
      GError              **error)
{
  g_autoptr (GFile) file = _ut_import_input_dup_file (input);
  g_autofree char *name = g_file_get_parse_name (file);

  /* Translators: a file name, then what is wrong with it. */
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("%s: %s"), name, message);
  return FALSE;
}

/* What a row shows of itself. */
static char **
dup_shown (const char * const *fields)
{
  GStrvBuilder *row = g_strv_builder_new ();

  for (; *fields != NULL; fields++)
    {
      gboolean is_long = g_utf8_strlen (*fields, -1) > MAX_SHOWN;
      g_autofree char *start = is_long ? g_utf8_substring (*fields, 0, MAX_SHOWN) : NULL;
      g_autofree char *shown = is_long ? g_strconcat (start, "…", NULL) : g_strdup (*fields);

      g_strv_builder_add (row, shown);
    }

  char **shown = g_strv_builder_end (row);

  g_strv_builder_unref (row);
  return shown;
}

/* Sets what the texts say. */
static void
guess_text (UtImportGuess *self,
            GPtrArray     *texts,
            UtImportFixed  fixed)
{
  const char * const *items = (const char * const *) texts->pdata;

  if ((fixed & UT_IMPORT_FIXED_TOKENIZED) == 0)
    self->options.tokenized = _ut_import_guess_tokenized (items, texts->len);
  if ((fixed & UT_IMPORT_FIXED_UNIT) == 0)
    self->options.unit = _ut_import_guess_unit (items, texts->len, self->options.tokenized);
}

/* Columns */

/* Takes the rows of a file with columns; the first @first of them are none. */
static void
take_rows (UtImportGuess  *self,
           GPtrArray *rows,
           guint           first,
           UtImportFixed   fixed)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = first; i < rows->len; i++)
    {
      char **fields = g_ptr_array_index (rows, i);

      if (self->rows->len < UT_IMPORT_N_PREVIEW)
        g_ptr_array_add (self->rows, dup_shown ((const char * const *) fields));
      if (g_strv_length (fields) > self->options.text_column)
        g_ptr_array_add (texts, fields[self->options.text_column]);
    }
  guess_text (self, texts, fixed);
}

static gboolean
check_columns (const UtImportGuess  *self,
               GError              **error)
{
  const UtImportInput *input = &g_array_index (self->inputs, UtImportInput, 0);
  guint label_column = self->options.label_column;
  gboolean has_label = self->labelled || label_column != UT_IMPORT_NO_COLUMN;
  g_autofree char *message = NULL;

  if (self->labelled && self->columns->len < 2)
    return fail (input, _("There is one column only; a text and a label were expected"), error);
  if (self->options.text_column >= self->columns->len
      || (has_label && label_column >= self->columns->len))
    message = g_strdup_printf (_("There are %u columns only"), self->columns->len);
  else if (self->options.text_column == label_column)
    message = g_strdup (_("Text and label cannot be the same column"));

  return message == NULL || fail (input, message, error);
}

static void
name_columns (UtImportGuess *self,
              GStrv          header,
              guint          n_columns)
{
  guint n = header != NULL ? g_strv_length (header) : 0;

  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < (header != NULL ? n : n_columns); i++)
    g_ptr_array_add (self->columns, header != NULL && *g_strstrip (header[i]) != '\0'
                     ? g_strdup (header[i]) : g_strdup_printf (_("Column %u"), i + 1));
}

/* Texts may do without a label: a column is one only where it was chosen, or is known to be. */
static void
guess_text_and_label (UtImportGuess  *self,
                      GPtrArray      *rows,
                      guint           first,
                      gboolean        named,
                      guint           n_columns,
                      UtImportFixed   fixed)
{
  UtImportOptions *options = &self->options;
  const char * const *names = named ? (const char * const *) self->columns->pdata : NULL;
  gboolean known = _ut_import_guess_columns (rows, first, names, n_columns, fixed, options);
  gboolean chosen = (fixed & UT_IMPORT_FIXED_LABEL_COLUMN) != 0;

  if (!self->labelled && !chosen && (!known || options->label_column == options->text_column))
    options->label_column = UT_IMPORT_NO_COLUMN;
}

static gboolean
guess_delimited (UtImportGuess        *self,
                 const UtImportStart  *start,
                 UtImportFixed         fixed,
                 GError              **error)
{
  const UtImportInput *input = &g_array_index (self->inputs, UtImportInput, 0);
  guint n_columns = _ut_import_start_guess_dialect (start, fixed, &self->options);
  g_autoptr (GPtrArray) rows = _ut_import_start_split (start, &self->options);

  if (rows->len == 0)
    return fail (input, start->complete
                 ? _("The file has no row whose quotes are right")
                 : _("The first row is longer than what is looked at"), error);

  /* The first row may be a header: labels are looked for below it. */
  guint first = rows->len > 1 ? 1 : 0;

  guess_text_and_label (self, rows, first, FALSE, n_columns, fixed);
  if ((fixed & UT_IMPORT_FIXED_HEADER) == 0)
    self->options.header = _ut_import_guess_header (rows, self->options.label_column);
  name_columns (self, self->options.header ? g_ptr_array_index (rows, 0) : NULL, n_columns);
  first = self->options.header ? 1 : 0;
  if (first == rows->len && start->complete && self->columns->len > 1)
    return fail (input, _("Nothing follows the header"), error);
  if (self->columns->len > 1 || !self->labelled)
    guess_text_and_label (self, rows, first, self->options.header, self->columns->len, fixed);
  if (!check_columns (self, error))
    return FALSE;
  take_rows (self, rows, first, fixed);

  return TRUE;
}

static gboolean
guess_json (UtImportGuess        *self,
            const UtImportStart  *start,
            UtImportFixed         fixed,
            GError              **error)
{
  g_autoptr (GPtrArray) rows = _ut_import_start_parse (start, self->columns);

  self->options.header = FALSE;
  if (rows->len == 0)
    return fail (&g_array_index (self->inputs, UtImportInput, 0),
                 _("No line is a JSON object; one was expected on each"), error);
  if (self->columns->len > 1 || !self->labelled)
    guess_text_and_label (self, rows, 0, TRUE, self->columns->len, fixed);
  if (!check_columns (self, error))
    return FALSE;
  take_rows (self, rows, 0, fixed);

  return TRUE;
}

/* "[{…}, …]" is JSON, but not JSON lines. */
static gboolean
is_json_array (const UtImportStart *start)
{
  gsize at = 0;

  while (at < start->length && g_ascii_isspace (start->text[at]))
    at++;
  if (at == start->length || start->text[at++] != '[')
    return FALSE;
  while (at < start->length && g_ascii_isspace (start->text[at]))
    at++;

  return at < start->length && start->text[at] == '{';
}

static gboolean
fail_array (const UtImportInput  *input,
            GError              **error)
{
  return fail (input, _("This is one JSON text; JSON lines, one object a line, were expected"),
               error);
}

static gboolean
guess_columns (UtImportGuess  *self,
               UtImportFixed   fixed,
               GCancellable   *cancellable,
               GError        **error)
{
  gboolean done = TRUE;

  for (guint i = 0; i < self->inputs->len && done; i++)
    {
      const UtImportInput *input = &g_array_index (self->inputs, UtImportInput, i);
      UtImportEncoding encoding = self->options.encoding;
      UtImportStart start;

      done = _ut_import_start_read (&start, input, UT_IMPORT_SAMPLE_SIZE,
                                    i == 0 ? &self->options.encoding : &encoding,
                                    i > 0 || (fixed & UT_IMPORT_FIXED_ENCODING) != 0,
                                    cancellable, error);
      if (done && i == 0)
        {
          if ((fixed & UT_IMPORT_FIXED_FORM) == 0)
            self->options.form = _ut_import_start_is_json (&start) ? UT_IMPORT_JSON_LINES
                                                                   : UT_IMPORT_DELIMITED;
          if (self->options.form == UT_IMPORT_JSON_LINES)
            done = guess_json (self, &start, fixed, error);
          else if ((fixed & UT_IMPORT_FIXED_FORM) == 0 && is_json_array (&start))
            done = fail_array (input, error);
          else
            done = guess_delimited (self, &start, fixed, error);
        }
      _ut_import_start_clear (&start);
    }

  return done;
}

/* Pairs and folders */

static void
take_texts (UtImportGuess       *self,
            const UtImportInput *input,
            const UtImportStart *start,
            GPtrArray           *texts)
{
  g_autoptr (GPtrArray) rows = NULL;
  guint n_shown = 0;

  if (self->options.form == UT_IMPORT_PAIR)
    {
      rows = _ut_import_start_split (start, &self->options);
    }
  else
    {
      rows = _ut_import_start_take_whole (start);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      char **fields = g_ptr_array_index (rows, i);
      const char * const shown[] = { fields[0], input->label, NULL };

      if (n_shown++ < UT_IMPORT_N_PREVIEW / 2 && self->rows->len < UT_IMPORT_N_PREVIEW)
        g_ptr_array_add (self->rows, dup_shown (shown));
      g_ptr_array_add (texts, g_steal_pointer (&fields[0]));
    }
}

/* Looks at both files of a pair, or at some of a folder, from its start to its end. */
static gboolean
guess_labelled (UtImportGuess  *self,
                UtImportFixed   fixed,
                GCancellable   *cancellable,
                GError        **error)
{
  gboolean folder = self->options.form == UT_IMPORT_FOLDER;
  guint n = folder ? MIN (self->inputs->len, N_LOOKED_AT) : self->inputs->len;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  UtImportEncoding encoding = self->options.encoding;
  gboolean chosen = (fixed & UT_IMPORT_FIXED_ENCODING) != 0;

  for (guint i = 0; i < n; i++)
    {
      guint at = (guint) ((guint64) i * self->inputs->len / n);
      const UtImportInput *input = &g_array_index (self->inputs, UtImportInput, at);
      UtImportEncoding own = encoding;
      g_autoptr (GError) local_error = NULL;
      UtImportStart start;
      gboolean done = _ut_import_start_read (&start, input,
                                             folder ? LOOK_SIZE : UT_IMPORT_SAMPLE_SIZE,
                                             &own, chosen, cancellable, &local_error);

      if (done)
        {
          take_texts (self, input, &start, texts);
          /* One that is not UTF-8 tells more than one that is ASCII. */
          if (!chosen && (i == 0 || own != UT_IMPORT_UTF_8))
            self->options.encoding = own;
        }
      _ut_import_start_clear (&start);
      /* Of many files one may be empty; it is a bad row. */
      if (!done && !(folder && g_error_matches (local_error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT)))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  guess_text (self, texts, fixed);

  return TRUE;
}

/* Texts without labels */

static gboolean
has_ending (const char         *name,
            const char * const *endings,
            gsize               n_endings)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  if (g_str_has_suffix (folded, ".gz"))
    folded[strlen (folded) - strlen (".gz")] = '\0';
  for (gsize i = 0; i < n_endings; i++)
    {
      if (g_str_has_suffix (folded, endings[i]))
        return TRUE;
    }

  return FALSE;
}

/* Guesses the form, and the columns of a file that has some. */
static gboolean
guess_rows (UtImportGuess        *self,
            const UtImportStart  *start,
            UtImportFixed         fixed,
            GError              **error)
{
  static const char * const lines[] = { ".txt", ".text", ".md", ".log" };
  static const char * const columns[] = { ".csv", ".tsv", ".tab", ".psv" };
  UtImportOptions *options = &self->options;
  gboolean are_lines = has_ending (self->source, lines, G_N_ELEMENTS (lines));
  gboolean are_columns = has_ending (self->source, columns, G_N_ELEMENTS (columns));
  gboolean form_fixed = (fixed & UT_IMPORT_FIXED_FORM) != 0;

  if (!form_fixed && is_json_array (start))
    return fail_array (&g_array_index (self->inputs, UtImportInput, 0), error);
  if (!form_fixed)
    options->form = _ut_import_start_is_json (start) ? UT_IMPORT_JSON_LINES
                    : are_lines ? UT_IMPORT_LINES : UT_IMPORT_DELIMITED;
  if (options->form == UT_IMPORT_JSON_LINES)
    return guess_json (self, start, fixed, error);
  if (options->form != UT_IMPORT_DELIMITED)
    return TRUE;

  /* Of one column any delimiter is as good as any other; so it is what the name says. */
  UtImportOptions tried = *options;
  g_autoptr (GError) local_error = NULL;

  if (_ut_import_start_guess_dialect (start, fixed, &tried) < 2
      && (fixed & UT_IMPORT_FIXED_DELIMITER) == 0)
    {
      static const char * const tabs[] = { ".tsv", ".tab" };

      options->delimiter = has_ending (self->source, tabs, G_N_ELEMENTS (tabs)) ? '\t' : ',';
      fixed |= UT_IMPORT_FIXED_DELIMITER;
    }
  if (!guess_delimited (self, start, fixed, &local_error))
    {
      if (form_fixed || are_columns)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      options->form = UT_IMPORT_LINES;
    }
  else if (!form_fixed && !are_columns && !options->header && options->delimiter != '\t')
    {
      options->form = UT_IMPORT_LINES;
    }

  return TRUE;
}

/* Takes texts that stand each on a line, or are the whole file. */
static void
take_lines (UtImportGuess       *self,
            const UtImportStart *start,
            UtImportFixed        fixed)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_add (self->columns, g_strdup ("text"));
  self->options.text_column = 0;
  self->options.label_column = UT_IMPORT_NO_COLUMN;
  self->options.header = FALSE;
  if (self->options.form == UT_IMPORT_LINES)
    rows = _ut_import_start_split (start, &self->options);
  else
    rows = _ut_import_start_take_whole (start);
  take_rows (self, rows, 0, fixed);
}

static gboolean
guess_unlabelled (UtImportGuess  *self,
                  UtImportFixed   fixed,
                  GCancellable   *cancellable,
                  GError        **error)
{
  const UtImportInput *input = &g_array_index (self->inputs, UtImportInput, 0);
  UtImportStart start;
  gboolean done = _ut_import_start_read (&start, input, UT_IMPORT_SAMPLE_SIZE,
                                         &self->options.encoding,
                                         (fixed & UT_IMPORT_FIXED_ENCODING) != 0, cancellable,
                                         error)
                  && guess_rows (self, &start, fixed, error);

  if (done && (self->options.form == UT_IMPORT_LINES || self->options.form == UT_IMPORT_WHOLE))
    take_lines (self, &start, fixed);
  _ut_import_start_clear (&start);

  return done;
}

/* The title */

static char *
dup_base_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static char *
dup_title (const UtImportSource *source,
           GArray               *inputs)
{
  g_autofree char *shown = dup_base_name (source->train);
  g_autofree char *stem = _ut_import_dup_stem (shown);
  g_autoptr (GFile) parent = g_file_get_parent (source->train);

  if (source->second != NULL)
    {
      for (guint i = 0; i < inputs->len; i++)
        {
          const char *label = g_array_index (inputs, UtImportInput, i).label;
          gsize length = strlen (stem);
          gsize n = strlen (label);

          if (length > n + 1 && g_str_has_suffix (stem, label)
              && strchr (".-_ ", stem[length - n - 1]) != NULL)
            stem[length - n - 1] = '\0';
        }
    }
  if (parent != NULL
      && (g_ascii_strcasecmp (stem, "train") == 0 || g_ascii_strcasecmp (stem, "training") == 0))
    return dup_base_name (parent);

  return g_steal_pointer (&stem);
}

/* Public API */

/* A guess that knows its files alone. */
static UtImportGuess *
new_guess (const UtImportSource   *source,
           const UtImportOptions  *options,
           UtImportFixed           fixed,
           gboolean                labelled,
           GCancellable           *cancellable,
           GError                **error)
{
  g_autoptr (UtImportGuess) self = g_new0 (UtImportGuess, 1);
  UtImportForm file_form = UT_IMPORT_DELIMITED;

  g_atomic_ref_count_init (&self->ref_count);
  self->options = options != NULL ? *options : (UtImportOptions) UT_IMPORT_OPTIONS_INIT;
  self->labelled = labelled;
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if ((fixed & UT_IMPORT_FIXED_FORM) == 0)
    self->options.form = UT_IMPORT_DELIMITED;
  /* Texts without labels are one file, of whatever form. */
  self->inputs = _ut_import_inputs_list (source, labelled ? &self->options.form : &file_form,
                                         !labelled || (fixed & UT_IMPORT_FIXED_FORM) != 0,
                                         cancellable, error);
  if (self->inputs == NULL)
    return NULL;
  self->title = dup_title (source, self->inputs);
  self->source = dup_base_name (source->train);

  return g_steal_pointer (&self);
}

UtImportGuess *
ut_import_guess (const UtImportSource   *source,
                 const UtImportOptions  *options,
                 UtImportFixed           fixed,
                 GCancellable           *cancellable,
                 GError                **error)
{
  g_return_val_if_fail (source != NULL && G_IS_FILE (source->train), NULL);
  g_return_val_if_fail (options != NULL || fixed == UT_IMPORT_FIXED_NONE, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtImportGuess) self = new_guess (source, options, fixed, TRUE, cancellable, error);

  if (self == NULL)
    return NULL;
  if ((fixed & UT_IMPORT_FIXED_SPLIT) == 0)
    self->options.split = ut_import_guess_has_parts (self) ? UT_IMPORT_SPLIT_FILES
                                                           : UT_IMPORT_SPLIT_80_10_10;

  gboolean has_columns = self->options.form == UT_IMPORT_DELIMITED
                         || self->options.form == UT_IMPORT_JSON_LINES;

  if (has_columns ? !guess_columns (self, fixed, cancellable, error)
                  : !guess_labelled (self, fixed, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

UtImportGuess *
ut_import_guess_texts (GFile                  *file,
                       const UtImportOptions  *options,
                       UtImportFixed           fixed,
                       GCancellable           *cancellable,
                       GError                **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (options != NULL || fixed == UT_IMPORT_FIXED_NONE, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const UtImportSource source = { .train = file };
  g_autoptr (UtImportGuess) self = new_guess (&source, options, fixed, FALSE, cancellable, error);

  if (self == NULL || !guess_unlabelled (self, fixed, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

UtImportGuess *
ut_import_guess_ref (UtImportGuess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_import_guess_unref (UtImportGuess *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->inputs, g_array_unref);
  g_free (self->title);
  g_free (self->source);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const UtImportOptions *
ut_import_guess_get_options (const UtImportGuess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->options;
}

char *
ut_import_guess_dup_title (const UtImportGuess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->title);
}

gboolean
ut_import_guess_has_parts (const UtImportGuess *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->inputs->len; i++)
    {
      if (g_array_index (self->inputs, UtImportInput, i).part != UT_DATA_TRAIN)
        return TRUE;
    }

  return FALSE;
}

guint
ut_import_guess_get_n_columns (const UtImportGuess *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

const char *
ut_import_guess_get_column (const UtImportGuess *self,
                            guint                column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, column);
}

guint
ut_import_guess_get_n_rows (const UtImportGuess *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const char * const *
ut_import_guess_get_fields (const UtImportGuess *self,
                            guint                row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, row);
}

const UtImportInput *
_ut_import_guess_get_input (const UtImportGuess *self,
                            guint                input)
{
  return &g_array_index (self->inputs, UtImportInput, input);
}

guint
_ut_import_guess_get_n_inputs (const UtImportGuess *self)
{
  return self->inputs->len;
}

gboolean
_ut_import_guess_is_labelled (const UtImportGuess *self)
{
  return self->labelled;
}

char *
_ut_import_guess_dup_source (const UtImportGuess *self)
{
  return g_strdup (self->source);
}

char *
_ut_import_guess_dup_input_name (const UtImportGuess *self,
                                 guint                input)
{
  g_autoptr (GFile) file = _ut_import_input_dup_file (_ut_import_guess_get_input (self, input));

  return g_file_get_parse_name (file);
}
