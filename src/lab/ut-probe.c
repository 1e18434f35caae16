/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-private.h"

#include "ut-asker-private.h"
#include "ut-file-private.h"
#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Whatever is in it, the sentences fit into less. */
#define MAX_FILE_SIZE (1u << 20)

/* Sentences */

static gboolean
set_error (GError     **error,
           const char  *message)
{
  g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, message);
  return FALSE;
}

static char *
join_words (const char *text)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
        g_string_append_unichar (joined, c);
      else if (joined->len > 0 && joined->str[joined->len - 1] != ' ')
        g_string_append_c (joined, ' ');
    }
  if (joined->len > 0 && joined->str[joined->len - 1] == ' ')
    g_string_truncate (joined, joined->len - 1);

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

char *
ut_probe_tidy (const char  *text,
               GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      set_error (error, _("The sentence is not UTF-8 text"));
      return NULL;
    }

  g_autofree char *tidy = join_words (text);

  if (*tidy == '\0')
    set_error (error, _("A sentence to follow needs a word"));
  else if (strlen (tidy) > UT_PROBE_MAX_LENGTH)
    set_error (error, _("A sentence to follow has at most 1,000 bytes"));
  else
    return g_steal_pointer (&tidy);

  return NULL;
}

static gboolean
contains (GPtrArray  *texts,
          const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

static gboolean
add_text (GPtrArray   *texts,
          const char  *text,
          GError     **error)
{
  g_autofree char *tidy = ut_probe_tidy (text, error);

  if (tidy == NULL)
    return FALSE;
  if (contains (texts, tidy))
    return TRUE;
  if (texts->len == UT_PROBES_MAX)
    return set_error (error, _("At most 32 sentences are followed; leave one out first"));

  g_ptr_array_add (texts, g_steal_pointer (&tidy));
  return TRUE;
}

static UtProbes *
take_texts (GPtrArray *texts)
{
  UtProbes *self = g_atomic_rc_box_new (UtProbes);
  gsize n_texts = texts->len;

  g_ptr_array_add (texts, NULL);
  self->texts = (const char * const *) g_ptr_array_free (texts, FALSE);
  self->n_texts = n_texts;

  return self;
}

UtProbes *
ut_probes_new (const char * const  *texts,
               GError             **error)
{
  g_return_val_if_fail (texts != NULL, NULL);

  g_autoptr (GPtrArray) tidy = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      if (!add_text (tidy, texts[i], error))
        return NULL;
    }

  return take_texts (g_steal_pointer (&tidy));
}

static void
probes_clear (gpointer data)
{
  UtProbes *self = data;

  g_strfreev ((char **) self->texts);
}

UtProbes *
ut_probes_ref (UtProbes *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ut_probes_unref (UtProbes *self)
{
  g_atomic_rc_box_release_full (self, probes_clear);
}

gboolean
ut_probes_equal (const UtProbes *self,
                 const UtProbes *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self == other || g_strv_equal (self->texts, other->texts);
}

gssize
ut_probes_find (const UtProbes *self,
                const char     *text)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (text != NULL, -1);

  for (gsize i = 0; i < self->n_texts; i++)
    {
      if (g_str_equal (self->texts[i], text))
        return (gssize) i;
    }

  return -1;
}

/* From a file */

static gboolean
read_text (GFile         *file,
           GString       *text,
           GCancellable  *cancellable,
           GError       **error)
{
  guint64 size;
  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, error);
  gsize length;

  if (stream == NULL)
    return FALSE;

  /* One byte more than allowed tells a file that is too large. */
  g_string_set_size (text, MAX_FILE_SIZE + 1);
  if (!g_input_stream_read_all (stream, text->str, MAX_FILE_SIZE + 1, &length, cancellable, error))
    return FALSE;
  if (length > MAX_FILE_SIZE)
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                   _("%s: A file of sentences to follow has at most 1 MB"), name);
      return FALSE;
    }

  g_string_truncate (text, length);
  return TRUE;
}

UtProbes *
ut_probes_read (GFile         *file,
                GCancellable  *cancellable,
                GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!read_text (file, text, cancellable, error))
    return NULL;

  /* A NUL would hide what follows it. */
  for (gsize i = 0; i < text->len; i++)
    {
      if (text->str[i] == '\0')
        text->str[i] = (char) 0xff;
    }

  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (*g_strstrip (lines[i]) != '\0' && !add_text (texts, lines[i], &local_error))
        {
          g_autofree char *name = g_file_get_parse_name (file);

          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, "%s:%u: %s", name, i + 1,
                       local_error->message);
          return NULL;
        }
    }

  return take_texts (g_steal_pointer (&texts));
}

/* Looks */

UtProbeLook *
_ut_probe_look_new (UtProbes *probes,
                    guint64   step,
                    guint     epoch,
                    double    seconds)
{
  UtProbeLook *self = g_atomic_rc_box_alloc0 (sizeof (UtProbeLook)
                                              + probes->n_texts * sizeof (double));

  self->probes = ut_probes_ref (probes);
  self->step = step;
  self->epoch = epoch;
  self->seconds = seconds;

  return self;
}

UtProbeLook *
_ut_probe_look_ask (UtModel   *model,
                    UtProbes  *probes,
                    guint64    step,
                    guint      epoch,
                    double     seconds,
                    GError   **error)
{
  g_autoptr (UtAsker) asker = _ut_asker_new (model, UT_READING_LINES);
  const int stop = 0;
  gsize longest_word;

  /* Most of a look would be making room for more. */
  _ut_asker_set_few (asker, probes->n_texts);

  for (gsize i = 0; i < probes->n_texts; i++)
    _ut_asker_add (asker, probes->texts[i], strlen (probes->texts[i]), &longest_word);
  if (!_ut_asker_run (asker, &stop, error))
    return NULL;

  UtProbeLook *self = _ut_probe_look_new (probes, step, epoch, seconds);

  for (gsize i = 0; i < probes->n_texts; i++)
    self->probabilities[i] = _ut_asker_get_answer (asker, i)->probability;

  return self;
}

static void
look_clear (gpointer data)
{
  UtProbeLook *self = data;

  ut_probes_unref (self->probes);
}

UtProbeLook *
ut_probe_look_ref (UtProbeLook *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ut_probe_look_unref (UtProbeLook *self)
{
  g_atomic_rc_box_release_full (self, look_clear);
}

GPtrArray *
_ut_probe_looks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ut_probe_look_unref);
}

static gpointer
copy_look (gconstpointer look,
           gpointer      data)
{
  return ut_probe_look_ref ((UtProbeLook *) look);
}

GPtrArray *
_ut_probe_looks_dup (GPtrArray *looks)
{
  GPtrArray *copy = _ut_probe_looks_new ();

  g_ptr_array_extend (copy, looks, copy_look, NULL);
  return copy;
}

void
_ut_probe_looks_cut (GPtrArray *looks,
                     guint64    step)
{
  guint n_looks = looks->len;

  while (n_looks > 0 && ((UtProbeLook *) g_ptr_array_index (looks, n_looks - 1))->step > step)
    n_looks--;
  g_ptr_array_set_size (looks, (int) n_looks);
}

GPtrArray *
ut_probe_looks_list_texts (UtProbeLook * const *looks,
                           gsize                n_looks)
{
  g_return_val_if_fail (looks != NULL || n_looks == 0, NULL);

  GPtrArray *texts = g_ptr_array_new ();

  for (gsize i = 0; i < n_looks; i++)
    {
      const UtProbes *probes = looks[i]->probes;

      /* They seldom change. */
      if (i > 0 && looks[i - 1]->probes == probes)
        continue;
      for (gsize j = 0; j < probes->n_texts; j++)
        {
          if (!contains (texts, probes->texts[j]))
            g_ptr_array_add (texts, (gpointer) probes->texts[j]);
        }
    }

  return texts;
}
