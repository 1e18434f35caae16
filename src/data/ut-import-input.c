/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-input-private.h"

#include "ut-data-error.h"
#include "ut-import-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The most files a folder's layout may have. */
#define MAX_INPUTS 5000000

static const char * const label_folders[] = { "neg", "negative", "pos", "positive" };

static const struct
{
  const char *name;
  UtDataPart part;
} part_folders[] = {
  { "train", UT_DATA_TRAIN },
  { "dev", UT_DATA_DEV },
  { "valid", UT_DATA_DEV },
  { "validation", UT_DATA_DEV },
  { "val", UT_DATA_DEV },
  { "test", UT_DATA_TEST },
};

static void
clear_input (gpointer data)
{
  UtImportInput *input = data;

  g_clear_object (&input->place);
  g_free (input->name);
  g_free (input->label);
}

GFile *
_ut_import_input_dup_file (const UtImportInput *self)
{
  return self->name != NULL ? g_file_get_child (self->place, self->name)
                            : g_object_ref (self->place);
}

char *
_ut_import_dup_stem (const char *name)
{
  static const char * const endings[] = {
    ".gz", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".tab", ".psv",
  };
  char *stem = g_strdup (name);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize length = strlen (stem);
      gsize ending = strlen (endings[i]);

      if (length > ending && g_ascii_strcasecmp (stem + length - ending, endings[i]) == 0)
        stem[length - ending] = '\0';
    }

  return stem;
}

static void
add_input (GArray     *inputs,
           GFile      *place,
           const char *name,
           UtDataPart  part,
           const char *label)
{
  UtImportInput input = {
    .place = g_object_ref (place),
    .name = g_strdup (name),
    .part = part,
    .label = g_strdup (label),
  };

  g_array_append_val (inputs, input);
}

/* Returns the kind of a file that somebody named; what cannot be looked at is an error. */
static gboolean
is_folder (GFile         *file,
           gboolean      *folder,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autofree char *name = g_file_get_parse_name (file);

  if (info == NULL)
    {
      if (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_clear_error (error);
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("%s: There is no such file"),
                       name);
        }
      else
        {
          g_prefix_error (error, "%s: ", name);
        }
      return FALSE;
    }
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_SYMBOLIC_LINK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("%s: This link leads nowhere or to itself"), name);
      return FALSE;
    }

  *folder = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;
  return TRUE;
}

/* Folders */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Returns the names of the folders in @folder, or of everything else that is not hidden, in
 * order. */
static GPtrArray *
list_names (GFile         *folder,
            gboolean       folders,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME ","
                               G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                               cancellable, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder_name = g_file_get_parse_name (folder);

  for (;;)
    {
      GFileInfo *info = NULL;

      if (children == NULL
          || !g_file_enumerator_iterate (children, &info, NULL, cancellable, error))
        {
          g_prefix_error (error, "%s: ", folder_name);
          return NULL;
        }
      if (info == NULL)
        break;

      const char *name = g_file_info_get_name (info);
      gboolean is_dir = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

      if (is_dir == folders && *name != '.')
        g_ptr_array_add (names, g_strdup (name));
      if (names->len > MAX_INPUTS)
        {
          g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE,
                       _("%s: The folder has more than %u files, the most that are read"),
                       folder_name, MAX_INPUTS);
          return NULL;
        }
    }
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static gboolean
find_name (GPtrArray   *names,
           const char  *wanted,
           const char **name)
{
  for (guint i = 0; i < names->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (names, i), wanted) == 0)
        {
          *name = g_ptr_array_index (names, i);
          return TRUE;
        }
    }

  return FALSE;
}

/* Adds the files of the folders "neg" and "pos" among @names in @folder; @found tells whether one
 * of them is there. */
static gboolean
add_labelled (GArray        *inputs,
              GFile         *folder,
              GPtrArray     *names,
              UtDataPart     part,
              gboolean      *found,
              GCancellable  *cancellable,
              GError       **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (label_folders); i++)
    {
      const char *name;

      if (!find_name (names, label_folders[i], &name))
        continue;
      *found = TRUE;

      g_autoptr (GFile) child = g_file_get_child (folder, name);
      g_autoptr (GPtrArray) files = list_names (child, FALSE, cancellable, error);

      if (files == NULL)
        return FALSE;
      for (guint j = 0; j < files->len; j++)
        add_input (inputs, child, g_ptr_array_index (files, j), part, label_folders[i]);
    }

  return TRUE;
}

/* @part is what rows of the folder are where it does not say so itself. */
static gboolean
add_folder (GArray        *inputs,
            GFile         *folder,
            UtDataPart     part,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GPtrArray) names = list_names (folder, TRUE, cancellable, error);
  guint n_before = inputs->len;
  gboolean found = FALSE;

  if (names == NULL || !add_labelled (inputs, folder, names, part, &found, cancellable, error))
    return FALSE;

  gboolean has_parts = !found && part == UT_DATA_TRAIN;

  for (gsize i = 0; i < G_N_ELEMENTS (part_folders) && has_parts; i++)
    {
      const char *name;

      if (!find_name (names, part_folders[i].name, &name))
        continue;

      g_autoptr (GFile) child = g_file_get_child (folder, name);
      g_autoptr (GPtrArray) children = list_names (child, TRUE, cancellable, error);

      if (children == NULL
          || !add_labelled (inputs, child, children, part_folders[i].part, &found, cancellable,
                            error))
        return FALSE;
    }

  if (inputs->len == n_before)
    {
      g_autofree char *name = g_file_get_parse_name (folder);

      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT,
                   found ? _("%s: The folders “pos” and “neg” have no files")
                         : _("%s: The folder has no folders “pos” and “neg”, nor “train” with "
                             "these in it"),
                   name);
      return FALSE;
    }

  return TRUE;
}

/* Pairs */

/* Returns what the last word of a name says, or the name. */
static char *
dup_pair_label (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *stem = _ut_import_dup_stem (shown);
  g_auto (GStrv) words = g_strsplit_set (stem, ".-_ ", -1);

  for (guint i = g_strv_length (words); i > 0; i--)
    {
      UtImportLabel label = { .value = words[i - 1] };

      ut_import_labels_propose (&label, 1);
      if (label.known && label.meaning != UT_IMPORT_LEAVE_OUT && !g_ascii_isdigit (*label.value))
        return g_strdup (label.value);
    }

  return g_strdup (stem);
}

static gboolean
add_pair (GArray                *inputs,
          const UtImportSource  *source,
          GError               **error)
{
  GFile * const files[] = { source->train, source->second };
  UtImportLabel labels[] = {
    { .value = dup_pair_label (source->train) }, { .value = dup_pair_label (source->second) },
  };
  gboolean same = g_str_equal (labels[0].value, labels[1].value);

  ut_import_labels_propose (labels, G_N_ELEMENTS (labels));

  /* The same rows in the same order, whichever file was named first. */
  guint first = labels[1].meaning == UT_IMPORT_NEGATIVE
                && labels[0].meaning != UT_IMPORT_NEGATIVE ? 1 : 0;

  for (guint i = 0; i < G_N_ELEMENTS (labels) && !same; i++)
    {
      guint j = i == 0 ? first : 1 - first;

      add_input (inputs, files[j], NULL, UT_DATA_TRAIN, labels[j].value);
    }
  if (same)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
                 _("The names of both files say “%s”; one of negative and one of positive texts "
                   "were expected"), labels[0].value);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_free (labels[i].value);

  return !same;
}

static gboolean
add_part (GArray        *inputs,
          GFile         *file,
          UtDataPart     part,
          gboolean       folder_wanted,
          GCancellable  *cancellable,
          GError       **error)
{
  gboolean folder;

  if (!is_folder (file, &folder, cancellable, error))
    return FALSE;
  if (folder != folder_wanted)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
                   folder ? _("%s: This is a folder; a file was expected")
                          : _("%s: This is a file; a folder was expected"), name);
      return FALSE;
    }
  if (folder)
    return add_folder (inputs, file, part, cancellable, error);

  add_input (inputs, file, NULL, part, NULL);
  return TRUE;
}

static gboolean
find_form (const UtImportSource  *source,
           UtImportForm          *form,
           gboolean               fixed,
           GCancellable          *cancellable,
           GError               **error)
{
  gboolean folder;

  if (!is_folder (source->train, &folder, cancellable, error))
    return FALSE;
  if (source->second != NULL && (source->dev != NULL || source->test != NULL))
    {
      g_set_error_literal (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
                           _("A pair of files has no development or test files; their rows are "
                             "drawn"));
      return FALSE;
    }
  if (!fixed && (source->second != NULL || folder))
    *form = source->second != NULL ? UT_IMPORT_PAIR : UT_IMPORT_FOLDER;
  if ((*form == UT_IMPORT_PAIR) != (source->second != NULL))
    {
      g_set_error_literal (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
                           *form == UT_IMPORT_PAIR
                           ? _("A pair is two files, one of negative and one of positive texts")
                           : _("Two files are read as a pair only, one of negative and one of "
                               "positive texts"));
      return FALSE;
    }

  return TRUE;
}

GArray *
_ut_import_inputs_list (const UtImportSource  *source,
                        UtImportForm          *form,
                        gboolean               fixed,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_autoptr (GArray) inputs = g_array_new (FALSE, FALSE, sizeof (UtImportInput));
  GFile * const files[UT_N_DATA_PARTS] = {
    [UT_DATA_TRAIN] = source->train,
    [UT_DATA_DEV] = source->dev,
    [UT_DATA_TEST] = source->test,
  };

  g_array_set_clear_func (inputs, clear_input);
  if (!find_form (source, form, fixed, cancellable, error))
    return NULL;
  if (*form == UT_IMPORT_PAIR)
    return add_pair (inputs, source, error) ? g_steal_pointer (&inputs) : NULL;

  for (guint part = 0; part < UT_N_DATA_PARTS; part++)
    {
      if (files[part] != NULL
          && !add_part (inputs, files[part], (UtDataPart) part, *form == UT_IMPORT_FOLDER,
                        cancellable, error))
        return NULL;
    }

  return g_steal_pointer (&inputs);
}
