/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-list.h"

#include "ut-corpus.h"


/* Between two looks at a folder that changes all the time, in milliseconds. */
#define RATE_LIMIT 500

struct _UtDataEntry
{
  GObject parent_instance;

  const char *id; /* (nullable): of static data */
  char *key;      /* (owned) */
  char *title;    /* (owned) */
  GFile *folder;  /* (owned) */
  UtDataAbout about;
  gboolean has_part[UT_N_DATA_PARTS];
};

G_DEFINE_FINAL_TYPE (UtDataEntry, ut_data_entry, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
} UtDataEntryProperty;

static GParamSpec *properties[PROP_TITLE + 1];

static void
ut_data_entry_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch ((UtDataEntryProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, UT_DATA_ENTRY (object)->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_data_entry_finalize (GObject *object)
{
  UtDataEntry *self = UT_DATA_ENTRY (object);

  g_free (self->key);
  g_free (self->title);
  g_object_unref (self->folder);
  ut_data_about_clear (&self->about);

  G_OBJECT_CLASS (ut_data_entry_parent_class)->finalize (object);
}

static void
ut_data_entry_class_init (UtDataEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ut_data_entry_get_property;
  object_class->finalize = ut_data_entry_finalize;

  /** UtDataEntry:title: (not nullable): what a person calls it. */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ut_data_entry_init (UtDataEntry *self)
{
  self->about = (UtDataAbout) UT_DATA_ABOUT_INIT;
}

/* Looks which parts are there, and what is said of them; a worker does so for the person's own. */
static UtDataEntry *
new_entry (const char  *id,
           char        *title,
           GFile       *folder,
           GError     **error)
{
  g_autoptr (UtDataEntry) self = g_object_new (UT_TYPE_DATA_ENTRY, NULL);

  g_autofree char *name = g_file_get_basename (folder);

  self->id = id;
  self->key = id != NULL ? g_strdup (id) : g_strconcat ("own/", name, NULL);
  self->title = title;
  self->folder = g_object_ref (folder);
  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, ut_data_part_get_file_name (part));

      self->has_part[part] = g_file_query_exists (file, NULL);
    }
  if (!ut_data_about_read (&self->about, folder, NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
ut_data_entry_get_title (UtDataEntry *self)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), NULL);

  return self->title;
}

const char *
ut_data_entry_get_id (UtDataEntry *self)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), NULL);

  return self->id;
}

const char *
ut_data_entry_get_key (UtDataEntry *self)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), NULL);

  return self->key;
}

GFile *
ut_data_entry_get_folder (UtDataEntry *self)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), NULL);

  return self->folder;
}

const UtDataAbout *
ut_data_entry_get_about (UtDataEntry *self)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), NULL);

  return &self->about;
}

GFile *
ut_data_entry_dup_part (UtDataEntry *self,
                        UtDataPart   part)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), NULL);
  g_return_val_if_fail ((guint) part < UT_N_DATA_PARTS, NULL);

  return self->has_part[part]
         ? g_file_get_child (self->folder, ut_data_part_get_file_name (part)) : NULL;
}

static const char *
peek_path (GFile *file)
{
  return file != NULL ? g_file_peek_path (file) : NULL;
}

void
ut_data_entry_apply (UtDataEntry     *self,
                     UtConfigBuilder *builder)
{
  g_return_if_fail (UT_IS_DATA_ENTRY (self));
  g_return_if_fail (builder != NULL);

  g_autoptr (GFile) train = ut_data_entry_dup_part (self, UT_DATA_TRAIN);
  g_autoptr (GFile) dev = ut_data_entry_dup_part (self, UT_DATA_DEV);

  if (self->id != NULL)
    ut_config_builder_set_data (builder, self->id);
  else
    ut_config_builder_set_files (builder, peek_path (train), peek_path (dev));
}

gboolean
ut_data_entry_matches (UtDataEntry    *self,
                       const UtConfig *config)
{
  g_return_val_if_fail (UT_IS_DATA_ENTRY (self), FALSE);
  g_return_val_if_fail (config != NULL, FALSE);

  g_autoptr (GFile) train = ut_data_entry_dup_part (self, UT_DATA_TRAIN);
  g_autoptr (GFile) dev = ut_data_entry_dup_part (self, UT_DATA_DEV);

  if (self->id != NULL || ut_config_get_data (config) != NULL)
    return g_strcmp0 (self->id, ut_config_get_data (config)) == 0;

  return g_strcmp0 (peek_path (train), ut_config_get_train_path (config)) == 0
         && g_strcmp0 (peek_path (dev), ut_config_get_dev_path (config)) == 0;
}

/* List */

struct _UtDataList
{
  GObject parent_instance;

  GFile *directory;      /* (owned) */
  GPtrArray *entries;    /* (owned) (element-type UtDataEntry) */
  guint n_bundled;       /* of entries, at their head */
  GFileMonitor *monitor; /* (owned) (nullable): from the first load on */
  GCancellable *loading; /* (owned) (nullable): of a load of its own */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UtDataList, ut_data_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
ut_data_list_get_item_type (GListModel *model)
{
  return UT_TYPE_DATA_ENTRY;
}

static guint
ut_data_list_get_n_items (GListModel *model)
{
  return UT_DATA_LIST (model)->entries->len;
}

static gpointer
ut_data_list_get_item (GListModel *model,
                       guint       position)
{
  UtDataList *self = UT_DATA_LIST (model);

  return position < self->entries->len ? g_object_ref (self->entries->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ut_data_list_get_item_type;
  iface->get_n_items = ut_data_list_get_n_items;
  iface->get_item = ut_data_list_get_item;
}

static void
ut_data_list_dispose (GObject *object)
{
  UtDataList *self = UT_DATA_LIST (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (ut_data_list_parent_class)->dispose (object);
}

static void
ut_data_list_finalize (GObject *object)
{
  UtDataList *self = UT_DATA_LIST (object);

  g_ptr_array_unref (self->entries);
  g_object_unref (self->directory);

  G_OBJECT_CLASS (ut_data_list_parent_class)->finalize (object);
}

static void
ut_data_list_class_init (UtDataListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_data_list_dispose;
  object_class->finalize = ut_data_list_finalize;

  /** UtDataList::failed: (text): what cannot be read. */
  signals[FAILED] = g_signal_new ("failed", UT_TYPE_DATA_LIST, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ut_data_list_init (UtDataList *self)
{
  gsize n_bundled;
  const UtBundledData *bundled = ut_bundled_data_get (&n_bundled);

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < n_bundled; i++)
    {
      g_autofree char *path = ut_bundled_data_dup_path (bundled[i].id);
      g_autoptr (GFile) folder = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      UtDataEntry *entry = new_entry (bundled[i].id, g_strdup (g_dgettext (GETTEXT_PACKAGE, bundled[i].title)), folder,
                                      &error);

      /* They have no about.json that could be damaged. */
      g_assert_no_error (error);
      g_ptr_array_add (self->entries, entry);
    }
  self->n_bundled = self->entries->len;
}

UtDataList *
ut_data_list_new (GFile *directory)
{
  g_return_val_if_fail (directory == NULL || G_IS_FILE (directory), NULL);

  UtDataList *self = g_object_new (UT_TYPE_DATA_LIST, NULL);

  self->directory = directory != NULL ? g_object_ref (directory) : ut_data_get_directory ();

  return self;
}

/* Loading */

typedef struct
{
  GPtrArray *entries;  /* (owned) (element-type UtDataEntry) */
  GPtrArray *failures; /* (owned) (element-type utf8) */
} Found;

static void
found_free (Found *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->failures);
  g_free (self);
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  UtDataEntry *left = *(UtDataEntry *const *) a;
  UtDataEntry *right = *(UtDataEntry *const *) b;

  return g_utf8_collate (left->title, right->title);
}

static void
look_at_child (Found     *found,
               GFile     *folder,
               GFileInfo *info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataEntry) entry = NULL;

  /* What is hidden is still being written. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY || g_file_info_get_is_hidden (info))
    return;

  entry = new_entry (NULL, g_strdup (g_file_info_get_display_name (info)), folder, &error);
  if (entry == NULL)
    g_ptr_array_add (found->failures, g_strdup (error->message));
  else if (entry->has_part[UT_DATA_TRAIN])
    g_ptr_array_add (found->entries, g_steal_pointer (&entry));
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GFile *directory = data;
  Found *found = g_new0 (Found, 1);
  g_autoptr (GError) error = NULL;
  GFile *child;
  GFileInfo *info;

  found->entries = g_ptr_array_new_with_free_func (g_object_unref);
  found->failures = g_ptr_array_new_with_free_func (g_free);

  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (directory, "standard::*", G_FILE_QUERY_INFO_NONE, cancellable,
                               &error);

  while (children != NULL
         && g_file_enumerator_iterate (children, &info, &child, cancellable, &error)
         && info != NULL)
    look_at_child (found, child, info);

  /* Who has no data set of their own has no folder, either. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_autofree char *name = g_file_get_parse_name (directory);

      found_free (found);
      g_prefix_error (&error, "%s: ", name);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_ptr_array_sort (found->entries, compare_titles);
  g_task_return_pointer (task, found, (GDestroyNotify) found_free);
}

static void
reloaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  UtDataList *self = UT_DATA_LIST (object);
  g_autoptr (GError) error = NULL;

  if (!ut_data_list_load_finish (self, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
folder_changed_cb (UtDataList *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  ut_data_list_load_async (self, self->loading, reloaded_cb, NULL);
}

static void
start_monitor (UtDataList *self)
{
  if (self->monitor != NULL)
    return;

  self->monitor = g_file_monitor_directory (self->directory, G_FILE_MONITOR_WATCH_MOVES, NULL,
                                            NULL);
  /* Without one the list is still read when this program changes it. */
  if (self->monitor == NULL)
    return;

  g_file_monitor_set_rate_limit (self->monitor, RATE_LIMIT);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
ut_data_list_load_async (UtDataList          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (UT_IS_DATA_LIST (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  start_monitor (self);
  g_task_set_source_tag (task, ut_data_list_load_async);
  g_task_set_task_data (task, g_object_ref (self->directory), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

static gboolean
entry_equal (UtDataEntry *a,
             UtDataEntry *b)
{
  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    {
      if (a->has_part[part] != b->has_part[part])
        return FALSE;
    }

  return g_file_equal (a->folder, b->folder);
}

/* Keeps the entries that are there already, so that who selected one keeps it. */
static void
take_own (UtDataList *self,
          GPtrArray  *own)
{
  guint n_old = self->entries->len - self->n_bundled;
  UtDataEntry **old = (UtDataEntry **) self->entries->pdata + self->n_bundled;
  guint head = 0;
  guint tail = 0;

  while (head < n_old && head < own->len && entry_equal (old[head], own->pdata[head]))
    head++;
  while (tail < n_old - head && tail < own->len - head
         && entry_equal (old[n_old - 1 - tail], own->pdata[own->len - 1 - tail]))
    tail++;

  guint n_removed = n_old - head - tail;
  guint n_added = own->len - head - tail;

  if (n_removed > 0)
    g_ptr_array_remove_range (self->entries, self->n_bundled + head, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->entries, (int) (self->n_bundled + head + i),
                        g_object_ref (own->pdata[head + i]));
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_bundled + head, n_removed, n_added);
}

gboolean
ut_data_list_load_finish (UtDataList    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (UT_IS_DATA_LIST (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  Found *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found == NULL)
    return FALSE;

  take_own (self, found->entries);
  for (guint i = 0; i < found->failures->len; i++)
    g_signal_emit (self, signals[FAILED], 0, found->failures->pdata[i]);
  found_free (found);
  return TRUE;
}

UtDataEntry *
ut_data_list_find (UtDataList     *self,
                   const UtConfig *config)
{
  g_return_val_if_fail (UT_IS_DATA_LIST (self), NULL);
  g_return_val_if_fail (config != NULL, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (ut_data_entry_matches (self->entries->pdata[i], config))
        return self->entries->pdata[i];
    }

  return NULL;
}

UtDataEntry *
ut_data_list_find_folder (UtDataList *self,
                          GFile      *folder)
{
  g_return_val_if_fail (UT_IS_DATA_LIST (self), NULL);
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtDataEntry *entry = self->entries->pdata[i];

      if (g_file_equal (entry->folder, folder))
        return entry;
    }

  return NULL;
}

/* Trash */

static void
trashed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  GFile *folder = G_FILE (object);
  g_autoptr (GTask) task = data;
  UtDataList *self = g_task_get_source_object (task);
  UtDataEntry *entry = ut_data_list_find_folder (self, folder);
  GError *error = NULL;
  guint position;

  if (!g_file_trash_finish (folder, result, &error))
    {
      g_autofree char *name = g_file_get_parse_name (folder);

      g_prefix_error (&error, "%s: ", name);
      g_task_return_error (task, error);
      return;
    }

  if (entry != NULL && g_ptr_array_find (self->entries, entry, &position))
    {
      g_ptr_array_remove_index (self->entries, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  g_task_return_boolean (task, TRUE);
}

void
ut_data_list_trash_async (UtDataList          *self,
                          UtDataEntry         *entry,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (UT_IS_DATA_LIST (self));
  g_return_if_fail (UT_IS_DATA_ENTRY (entry) && entry->id == NULL);

  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ut_data_list_trash_async);
  g_file_trash_async (entry->folder, G_PRIORITY_DEFAULT, NULL, trashed_cb, task);
}

gboolean
ut_data_list_trash_finish (UtDataList    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (UT_IS_DATA_LIST (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
