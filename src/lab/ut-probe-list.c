/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-list.h"

#include "ut-file-queue-private.h"
#include "ut-lab-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _UtProbeList
{
  GObject parent_instance;

  GFile *file;        /* (owned) */
  UtProbes *probes;   /* (owned) */
  UtFileQueue *files; /* (owned) */
  gboolean loaded;    /* whether the file was read; otherwise it must not be written */
};

G_DEFINE_FINAL_TYPE (UtProbeList, ut_probe_list, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static UtProbes *
new_empty (void)
{
  const char * const none[] = { NULL };

  return ut_probes_new (none, NULL);
}

/* Reading */

static UtProbes *
read_file (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  UtProbes *probes = ut_probes_read (file, cancellable, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return new_empty ();
  if (probes == NULL)
    g_set_error (error, local_error->domain, local_error->code,
                 /* Translators: a file, and what is wrong with it. */
                 _("%s. The file stays as it is; repair it or move it away."), local_error->message);

  return probes;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  UtProbes *probes = read_file (data, cancellable, &error);

  if (probes != NULL)
    g_task_return_pointer (task, probes, (GDestroyNotify) ut_probes_unref);
  else
    g_task_return_error (task, error);
}

static void
take_probes (UtProbeList *self,
             UtProbes    *probes)
{
  ut_probes_unref (self->probes);
  self->probes = probes;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Writing */

static void
files_failed (const char *message,
              gpointer    data)
{
  g_autofree char *text = g_strdup_printf (_("Could not be saved: %s"), message);

  g_signal_emit (data, signals[FAILED], 0, text);
}

/* What the file holds must be known, lest it be lost; a damaged one may have been put right. */
static gboolean
prepare_to_write (UtProbeList  *self,
                  GError      **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  const char *path = g_file_peek_path (folder);

  if (!self->loaded)
    {
      UtProbes *probes = read_file (self->file, NULL, error);

      if (probes == NULL)
        return FALSE;
      self->loaded = TRUE;
      take_probes (self, probes);
    }
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      int code = errno;

      /* Translators: a folder, and what the system says of it. */
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("Cannot save to %s: %s"),
                   path, g_strerror (code));
      return FALSE;
    }

  return TRUE;
}

static void
save (UtProbeList *self,
      UtProbes    *probes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < probes->n_texts; i++)
    g_string_append_printf (text, "%s\n", probes->texts[i]);
  _ut_file_queue_write (self->files, self->file, text->str);
  take_probes (self, probes);
}

/* GObject */

static void
ut_probe_list_finalize (GObject *object)
{
  UtProbeList *self = UT_PROBE_LIST (object);

  g_clear_pointer (&self->files, _ut_file_queue_free);
  g_clear_pointer (&self->probes, ut_probes_unref);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (ut_probe_list_parent_class)->finalize (object);
}

static void
ut_probe_list_class_init (UtProbeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_probe_list_finalize;

  /** UtProbeList::changed: the sentences were read or set. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** UtProbeList::failed: (text): they could not be written, and why. */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ut_probe_list_init (UtProbeList *self)
{
  self->probes = new_empty ();
  self->files = _ut_file_queue_new (files_failed, self);
}

/* Public */

GFile *
ut_probe_list_dup_default_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "undertone", "probes.txt", NULL);
}

UtProbeList *
ut_probe_list_new (GFile *file)
{
  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);

  UtProbeList *self = g_object_new (UT_TYPE_PROBE_LIST, NULL);

  self->file = file != NULL ? g_object_ref (file) : ut_probe_list_dup_default_file ();
  return self;
}

void
ut_probe_list_load_async (UtProbeList         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (UT_IS_PROBE_LIST (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ut_probe_list_load_async);
  _ut_file_queue_load (task, self->file, load_thread, (GDestroyNotify) ut_probes_unref);
}

gboolean
ut_probe_list_load_finish (UtProbeList   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (UT_IS_PROBE_LIST (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autoptr (UtProbes) probes = g_task_propagate_pointer (G_TASK (result), error);

  if (probes == NULL)
    return FALSE;
  /* What was set meanwhile is newer. */
  if (self->loaded)
    return TRUE;
  self->loaded = TRUE;
  take_probes (self, g_steal_pointer (&probes));

  return TRUE;
}

UtProbes *
ut_probe_list_get (UtProbeList *self)
{
  g_return_val_if_fail (UT_IS_PROBE_LIST (self), NULL);

  return self->probes;
}

gboolean
ut_probe_list_set (UtProbeList  *self,
                   UtProbes     *probes,
                   GError      **error)
{
  g_return_val_if_fail (UT_IS_PROBE_LIST (self), FALSE);
  g_return_val_if_fail (probes != NULL, FALSE);

  if (!prepare_to_write (self, error))
    return FALSE;
  if (!ut_probes_equal (self->probes, probes))
    save (self, ut_probes_ref (probes));

  return TRUE;
}

gboolean
ut_probe_list_replace (UtProbeList  *self,
                       const char   *old,
                       const char   *text,
                       GError      **error)
{
  g_return_val_if_fail (UT_IS_PROBE_LIST (self), FALSE);
  g_return_val_if_fail (old != NULL || text != NULL, FALSE);

  if (!prepare_to_write (self, error))
    return FALSE;

  gssize place = old != NULL ? ut_probes_find (self->probes, old) : -1;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (gsize i = 0; i < self->probes->n_texts; i++)
    {
      if ((gssize) i != place)
        g_ptr_array_add (texts, (gpointer) self->probes->texts[i]);
      else if (text != NULL)
        g_ptr_array_add (texts, (gpointer) text);
    }
  if (place < 0 && text != NULL)
    g_ptr_array_add (texts, (gpointer) text);
  g_ptr_array_add (texts, NULL);

  g_autoptr (UtProbes) probes = ut_probes_new ((const char * const *) texts->pdata, error);

  return probes != NULL && ut_probe_list_set (self, probes, error);
}
