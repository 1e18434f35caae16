/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-preset-store.h"

#include "ut-file-private.h"
#include "ut-file-queue-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* More than a menu can offer. */
#define MAX_PRESETS 256
#define MAX_FILE_SIZE (4u << 20)
#define MAX_VALUES (MAX_PRESETS * 256)

struct _UtPresetStore
{
  GObject parent_instance;

  GFile *file;        /* (owned) */
  GArray *presets;    /* (owned) (element-type UtOwnPreset), by name */
  UtFileQueue *files; /* (owned) */
  gboolean loaded;    /* whether the file was read; otherwise it must not be written */
};

G_DEFINE_FINAL_TYPE (UtPresetStore, ut_preset_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
preset_clear (gpointer data)
{
  UtOwnPreset *preset = data;

  g_free ((char *) preset->name);
  ut_config_unref (preset->config);
}

static GArray *
new_presets (void)
{
  GArray *presets = g_array_new (FALSE, FALSE, sizeof (UtOwnPreset));

  g_array_set_clear_func (presets, preset_clear);
  return presets;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const UtOwnPreset *first = a;
  const UtOwnPreset *second = b;
  int order = g_utf8_collate (first->name, second->name);

  return order != 0 ? order : strcmp (first->name, second->name);
}

static UtOwnPreset *
find (GArray     *presets,
      const char *name)
{
  for (guint i = 0; i < presets->len; i++)
    {
      UtOwnPreset *preset = &g_array_index (presets, UtOwnPreset, i);

      if (g_str_equal (preset->name, name))
        return preset;
    }

  return NULL;
}

static void
add (GArray     *presets,
     const char *name,
     UtConfig   *config,
     gboolean    with_cell)
{
  const UtOwnPreset preset = { g_strdup (name), ut_config_ref (config), with_cell };

  g_array_append_val (presets, preset);
  g_array_sort (presets, compare_names);
}

static gboolean
set_error (GError     **error,
           const char  *message)
{
  g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, message);
  return FALSE;
}

static gboolean
check_length (const char  *name,
              GError     **error)
{
  if (*name == '\0')
    return set_error (error, _("A preset needs a name"));
  if (g_utf8_strlen (name, -1) > UT_PRESET_MAX_NAME)
    return set_error (error, _("The name of a preset has at most 40 characters"));

  return TRUE;
}

/* Reading */

static gboolean
read_preset (GArray    *presets,
             JsonNode  *node,
             GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *name_node = object != NULL ? json_object_get_member (object, "name") : NULL;
  JsonNode *config_node = object != NULL ? json_object_get_member (object, "config") : NULL;

  if (name_node == NULL || config_node == NULL || !JSON_NODE_HOLDS_VALUE (name_node)
      || json_node_get_value_type (name_node) != G_TYPE_STRING)
    return set_error (error, _("each preset must have a name and a configuration"));

  const char *name = json_node_get_string (name_node);

  if (!check_length (name, error))
    return FALSE;
  if (find (presets, name) != NULL)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("“%s” stands twice in it"), name);
      return FALSE;
    }

  g_autoptr (UtConfig) config = ut_config_from_json (config_node, error);

  if (config == NULL)
    {
      g_prefix_error (error, "“%s”: ", name);
      return FALSE;
    }

  add (presets, name, config,
       json_object_has_member (json_node_get_object (config_node), "cell"));
  return TRUE;
}

static gboolean
read_presets (GArray        *presets,
              GInputStream  *stream,
              GCancellable  *cancellable,
              GError       **error)
{
  /* One byte more than allowed tells a file that is too large. */
  g_autofree char *text = g_malloc (MAX_FILE_SIZE + 1);
  gsize length;

  if (!g_input_stream_read_all (stream, text, MAX_FILE_SIZE + 1, &length, cancellable, error))
    return FALSE;
  if (length > MAX_FILE_SIZE)
    return set_error (error, _("it has more than 4 MB"));

  g_autoptr (JsonNode) root = _ut_json_parse (text, length, MAX_VALUES, error);

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    return set_error (error, _("it must be a JSON array"));

  JsonArray *array = json_node_get_array (root);
  guint n = json_array_get_length (array);

  if (n > MAX_PRESETS)
    return set_error (error, _("there are more than 256 presets"));
  for (guint i = 0; i < n; i++)
    {
      if (!read_preset (presets, json_array_get_element (array, i), error))
        return FALSE;
    }

  return TRUE;
}

static GArray *
read_file (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GArray) presets = new_presets ();
  g_autoptr (GError) local_error = NULL;
  guint64 size;
  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_steal_pointer (&presets);
  if (stream == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!read_presets (presets, stream, cancellable, &local_error))
    {
      g_autofree char *name = g_file_get_parse_name (file);

      /* Translators: a file, and what is wrong with it. */
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                   _("%s: The presets cannot be read: %s. The file stays as it is; repair it or "
                     "move it away."),
                   name, local_error->message);
      return NULL;
    }

  return g_steal_pointer (&presets);
}

static void
take_presets (UtPresetStore *self,
              GArray        *presets)
{
  g_array_unref (self->presets);
  self->presets = presets;
  self->loaded = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *presets = read_file (data, cancellable, &error);

  if (presets != NULL)
    g_task_return_pointer (task, presets, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/* Writing */

static void
append_preset (GString           *text,
               const UtOwnPreset *preset)
{
  g_autoptr (JsonNode) config = ut_config_to_json (preset->config, TRUE);
  JsonObject *object = json_node_get_object (config);

  json_object_remove_member (object, ut_setting_get_info (UT_SETTING_SEED)->key);
  json_object_remove_member (object, ut_setting_get_info (UT_SETTING_THREADS)->key);
  if (!preset->with_cell)
    json_object_remove_member (object, "cell");

  g_string_append (text, "{\"name\":");
  ut_json_append_string (text, preset->name);
  g_string_append (text, ",\"config\":");
  _ut_json_append_node (text, config);
  g_string_append_c (text, '}');
}

static void
save (UtPresetStore *self)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < self->presets->len; i++)
    {
      g_string_append (text, i > 0 ? ",\n" : "\n");
      append_preset (text, &g_array_index (self->presets, UtOwnPreset, i));
    }
  g_string_append (text, "\n]\n");
  _ut_file_queue_write (self->files, self->file, text->str);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
files_failed (const char *message,
              gpointer    data)
{
  g_autofree char *text = g_strdup_printf (_("Could not be saved: %s"), message);

  g_signal_emit (data, signals[FAILED], 0, text);
}

/* What the file holds must be known, lest it be lost; a damaged one may have been put right. */
static gboolean
prepare_to_write (UtPresetStore  *self,
                  GError        **error)
{
  if (!self->loaded && !ut_preset_store_load (self, error))
    return FALSE;

  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  const char *path = g_file_peek_path (folder);

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

/* GObject */

static void
ut_preset_store_finalize (GObject *object)
{
  UtPresetStore *self = UT_PRESET_STORE (object);

  g_clear_pointer (&self->files, _ut_file_queue_free);
  g_clear_pointer (&self->presets, g_array_unref);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (ut_preset_store_parent_class)->finalize (object);
}

static void
ut_preset_store_class_init (UtPresetStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_preset_store_finalize;

  /** UtPresetStore::changed: presets were read, set or removed. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** UtPresetStore::failed: (text): they could not be written, and why. */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ut_preset_store_init (UtPresetStore *self)
{
  self->presets = new_presets ();
  self->files = _ut_file_queue_new (files_failed, self);
}

/* Public */

void
ut_own_preset_apply (const UtOwnPreset *self,
                     UtConfigBuilder   *builder)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (builder != NULL);

  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      if (i != UT_SETTING_SEED && i != UT_SETTING_THREADS)
        ut_config_builder_set_number (builder, i, ut_config_get_number (self->config, i));
    }
  if (self->with_cell)
    ut_config_builder_set_cell (builder, ut_config_get_cell (self->config));
  if (ut_config_get_data (self->config) != NULL)
    ut_config_builder_set_data (builder, ut_config_get_data (self->config));
  else
    ut_config_builder_set_files (builder, ut_config_get_train_path (self->config),
                                 ut_config_get_dev_path (self->config));
  ut_config_builder_set_vectors (builder, ut_config_get_vectors_path (self->config));
  ut_config_builder_set_exclude (builder, ut_config_get_exclude_path (self->config));
}

UtPresetStore *
ut_preset_store_new (GFile *file)
{
  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);

  UtPresetStore *self = g_object_new (UT_TYPE_PRESET_STORE, NULL);

  if (file != NULL)
    self->file = g_object_ref (file);
  else
    self->file = g_file_new_build_filename (g_get_user_config_dir (), "undertone", "presets.json",
                                            NULL);

  return self;
}

gboolean
ut_preset_store_load (UtPresetStore  *self,
                      GError        **error)
{
  g_return_val_if_fail (UT_IS_PRESET_STORE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GArray *presets = read_file (self->file, NULL, error);

  if (presets == NULL)
    return FALSE;
  take_presets (self, presets);

  return TRUE;
}

void
ut_preset_store_load_async (UtPresetStore       *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (UT_IS_PRESET_STORE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ut_preset_store_load_async);
  _ut_file_queue_load (task, self->file, load_thread, (GDestroyNotify) g_array_unref);
}

gboolean
ut_preset_store_load_finish (UtPresetStore  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (UT_IS_PRESET_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autoptr (GArray) presets = g_task_propagate_pointer (G_TASK (result), error);

  if (presets == NULL)
    return FALSE;
  /* What was set meanwhile is newer. */
  if (!self->loaded)
    take_presets (self, g_steal_pointer (&presets));

  return TRUE;
}

const UtOwnPreset *
ut_preset_store_get_presets (UtPresetStore *self,
                             gsize         *n_presets)
{
  g_return_val_if_fail (UT_IS_PRESET_STORE (self), NULL);
  g_return_val_if_fail (n_presets != NULL, NULL);

  *n_presets = self->presets->len;
  return (const UtOwnPreset *) (void *) self->presets->data;
}

const UtOwnPreset *
ut_preset_store_find (UtPresetStore *self,
                      const char    *name)
{
  g_return_val_if_fail (UT_IS_PRESET_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find (self->presets, name);
}

gboolean
ut_preset_store_check_name (const char  *name,
                            GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  gsize n_presets;
  const UtPreset *presets = ut_presets_get (&n_presets);
  g_autofree char *folded = g_utf8_casefold (name, -1);

  if (!check_length (name, error))
    return FALSE;
  for (gsize i = 0; i < n_presets; i++)
    {
      g_autofree char *title = g_utf8_casefold (presets[i].title, -1);
      g_autofree char *translated = g_utf8_casefold (_(presets[i].title), -1);

      if (g_str_equal (folded, presets[i].id) || g_str_equal (folded, title)
          || g_str_equal (folded, translated))
        {
          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                       _("“%s” is a built-in preset; choose another name"), name);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
ut_preset_store_set (UtPresetStore  *self,
                     const char     *name,
                     UtConfig       *config,
                     gboolean        with_cell,
                     GError        **error)
{
  g_return_val_if_fail (UT_IS_PRESET_STORE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (config != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!ut_preset_store_check_name (name, error) || !prepare_to_write (self, error))
    return FALSE;

  UtOwnPreset *preset = find (self->presets, name);

  if (preset == NULL && self->presets->len == MAX_PRESETS)
    return set_error (error, _("There are 256 presets already; delete one first"));
  if (preset == NULL)
    {
      add (self->presets, name, config, with_cell);
    }
  else
    {
      ut_config_ref (config);
      ut_config_unref (preset->config);
      preset->config = config;
      preset->with_cell = with_cell;
    }
  save (self);

  return TRUE;
}

gboolean
ut_preset_store_remove (UtPresetStore *self,
                        const char    *name)
{
  g_return_val_if_fail (UT_IS_PRESET_STORE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  UtOwnPreset *preset = find (self->presets, name);

  if (preset == NULL)
    return FALSE;

  /* A preset in the list was read from the file or written to it. */
  g_array_remove_index (self->presets,
                        (guint) (preset - (UtOwnPreset *) (void *) self->presets->data));
  save (self);

  return TRUE;
}
