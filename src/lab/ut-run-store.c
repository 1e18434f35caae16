/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-store.h"

#include "ut-members-private.h"
#include "ut-file-queue-private.h"
#include "ut-lab-error.h"
#include "ut-run-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A dot keeps it from being taken for a run. */
#define TRASH_NAME ".trash"
/* Two programs may choose the same name at the same time. */
#define MAX_ATTEMPTS 100

struct _UtRunStore
{
  GObject parent_instance;

  GFile *directory;   /* (owned) */
  GPtrArray *runs;    /* (owned) (element-type UtRun), newest first */
  GPtrArray *removed; /* (owned) (element-type UtRun), may be restored */
  GQueue queue;       /* (element-type UtRun), each with a reference */
  GHashTable *data;   /* (owned), UtRun to the UtCorpus it was given while queued */
  UtRun *active;      /* (owned) (nullable) */
  UtCorpus *corpus;   /* (owned) (nullable), of the last run */
  UtFileQueue *files; /* (owned) */
  guint n_restoring;  /* queued runs whose folders are on their way back from the trash */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UtRunStore, ut_run_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum
{
  PROP_ACTIVE = 1,
} UtRunStoreProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

enum
{
  RUN_CHANGED,
  RUN_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* List */

static GType
ut_run_store_get_item_type (GListModel *model)
{
  return UT_TYPE_RUN;
}

static guint
ut_run_store_get_n_items (GListModel *model)
{
  return UT_RUN_STORE (model)->runs->len;
}

static gpointer
ut_run_store_get_item (GListModel *model,
                       guint       position)
{
  UtRunStore *self = UT_RUN_STORE (model);

  return position < self->runs->len ? g_object_ref (g_ptr_array_index (self->runs, position))
  : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ut_run_store_get_item_type;
  iface->get_n_items = ut_run_store_get_n_items;
  iface->get_item = ut_run_store_get_item;
}

/* Files */

static void
save (UtRunStore *self,
      UtRun      *run)
{
  GFile *folder = _ut_run_get_folder (run);

  /* The folder of a removed run is elsewhere. */
  if (folder == NULL || g_ptr_array_find (self->removed, run, NULL))
    return;

  g_autoptr (GFile) file = g_file_get_child (folder, _ut_run_get_file_name (run));
  g_autofree char *text = _ut_run_to_text (run);

  _ut_file_queue_write (self->files, file, text);
}

static void
run_changed_cb (UtRun      *run,
                GParamSpec *pspec,
                UtRunStore *self)
{
  save (self, run);
  g_signal_emit (self, signals[RUN_CHANGED], 0, run);
}

static void
files_failed (const char *message,
              gpointer    data)
{
  UtRunStore *self = data;
  g_autofree char *notice = g_strdup_printf (_("Could not be saved: %s"), message);

  /* The message has the path; of the runs, the one that trains is the likeliest to be looked at. */
  UtRun *run = self->active;

  if (run == NULL && self->runs->len > 0)
    run = g_ptr_array_index (self->runs, 0);
  if (run != NULL)
    {
      _ut_run_add_notice (run, notice);
      g_signal_emit_by_name (run, "progressed");
    }
}

static GFile *
get_trash (UtRunStore *self,
           UtRun      *run)
{
  g_autoptr (GFile) trash = g_file_get_child (self->directory, TRASH_NAME);

  return g_file_get_child (trash, ut_run_get_id (run));
}

/* Puts @run where its time of creation says. */
static void
insert (UtRunStore *self,
        UtRun      *run)
{
  guint position = 0;

  while (position < self->runs->len
         && _ut_run_get_created (g_ptr_array_index (self->runs,
                                                    position)) > _ut_run_get_created (run))
    position++;

  g_ptr_array_insert (self->runs, (int) position, g_object_ref (run));
  g_signal_connect_object (run, "notify::name", G_CALLBACK (run_changed_cb), self, 0);
  g_signal_connect_object (run, "notify::shown", G_CALLBACK (run_changed_cb), self, 0);
  g_signal_connect_object (run, "notify::tested", G_CALLBACK (run_changed_cb), self, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/* Queue */

static void
number_queue (UtRunStore *self)
{
  guint position = 1;

  for (GList *l = self->queue.head; l != NULL; l = l->next)
    _ut_run_set_queue_position (l->data, position++);
}

static void
set_active (UtRunStore *self,
            UtRun      *run)
{
  if (g_set_object (&self->active, run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void run_ended (UtRun    *run,
                       UtCorpus *corpus,
                       gpointer  data);

static void
start_next (UtRunStore *self)
{
  /* The next run may be one whose folder is not there yet; the wait is a matter of milliseconds. */
  if (self->active != NULL || self->n_restoring > 0 || g_queue_is_empty (&self->queue))
    return;

  g_autoptr (UtRun) run = g_queue_pop_head (&self->queue);
  UtCorpus *given = g_hash_table_lookup (self->data, run);
  g_autoptr (UtCorpus) corpus = given != NULL ? ut_corpus_ref (given) : NULL;

  g_hash_table_remove (self->data, run);
  if (corpus == NULL && self->corpus != NULL && ut_corpus_matches (self->corpus,
                                                                   ut_run_get_config (run)))
    corpus = ut_corpus_ref (self->corpus);

  _ut_run_set_queue_position (run, 0);
  number_queue (self);
  /* The store stays until the worker is done, whoever lets go of it. */
  _ut_run_start (run, corpus, run_ended, g_object_ref (self));
  set_active (self, run);
  save (self, run);
}

static void
run_ended (UtRun    *run,
           UtCorpus *corpus,
           gpointer  data)
{
  g_autoptr (UtRunStore) self = data;

  if (corpus != NULL && corpus != self->corpus)
    {
      g_clear_pointer (&self->corpus, ut_corpus_unref);
      self->corpus = ut_corpus_ref (corpus);
    }
  set_active (self, NULL);
  save (self, run);
  g_signal_emit (self, signals[RUN_ENDED], 0, run);
  start_next (self);
}

static void
enqueue (UtRunStore *self,
         UtRun      *run,
         UtCorpus   *corpus)
{
  if (corpus != NULL)
    g_hash_table_insert (self->data, g_object_ref (run), ut_corpus_ref (corpus));
  g_queue_push_tail (&self->queue, g_object_ref (run));
  number_queue (self);
  start_next (self);
}

static gboolean
dequeue (UtRunStore *self,
         UtRun      *run)
{
  if (!g_queue_remove (&self->queue, run))
    return FALSE;

  g_hash_table_remove (self->data, run);
  _ut_run_set_queue_position (run, 0);
  number_queue (self);
  g_object_unref (run);
  return TRUE;
}

/* GObject */

static void
ut_run_store_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  UtRunStore *self = UT_RUN_STORE (object);

  switch ((UtRunStoreProperty) id)
    {
    case PROP_ACTIVE:
      g_value_set_object (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_run_store_finalize (GObject *object)
{
  UtRunStore *self = UT_RUN_STORE (object);

  g_clear_pointer (&self->files, _ut_file_queue_free);
  g_clear_pointer (&self->data, g_hash_table_unref);
  g_queue_clear_full (&self->queue, g_object_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  g_clear_object (&self->active);
  g_clear_object (&self->directory);

  G_OBJECT_CLASS (ut_run_store_parent_class)->finalize (object);
}

static void
ut_run_store_class_init (UtRunStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ut_run_store_get_property;
  object_class->finalize = ut_run_store_finalize;

  properties[PROP_ACTIVE] = g_param_spec_object ("active", NULL, NULL, UT_TYPE_RUN,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                 | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtRunStore::run-changed:
   * @self: the store.
   * @run: a run that got another name, or is shown or hidden now.
   */
  signals[RUN_CHANGED] = g_signal_new ("run-changed", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, UT_TYPE_RUN);

  /**
   * UtRunStore::run-ended:
   * @self: the store.
   * @run: a run that finished, stopped or failed, or an ensemble that was checked.
   */
  signals[RUN_ENDED] = g_signal_new ("run-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, UT_TYPE_RUN);
}

static void
ut_run_store_init (UtRunStore *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  self->removed = g_ptr_array_new_with_free_func (g_object_unref);
  self->data = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) ut_corpus_unref);
  self->files = _ut_file_queue_new (files_failed, self);
  g_queue_init (&self->queue);
}

UtRunStore *
ut_run_store_new (GFile *directory)
{
  g_return_val_if_fail (directory == NULL || G_IS_FILE (directory), NULL);

  UtRunStore *self = g_object_new (UT_TYPE_RUN_STORE, NULL);

  if (directory != NULL)
    self->directory = g_object_ref (directory);
  else
    self->directory = g_file_new_build_filename (g_get_user_data_dir (), "undertone", "runs", NULL);

  return self;
}

/* Loading */

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  const UtRunRecord *first = *(UtRunRecord * const *) a;
  const UtRunRecord *second = *(UtRunRecord * const *) b;

  return first->created > second->created ? -1 : first->created < second->created;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GFile *directory = data;
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _ut_run_record_free);
  GError *error = NULL;
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (directory,
                               G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, &error);

  /* At the first start there is no folder yet. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_clear_error (&error);

  while (children != NULL && error == NULL)
    {
      GFileInfo *info;
      GFile *child;

      if (!g_file_enumerator_iterate (children, &info, &child, cancellable, &error) || info == NULL)
        break;
      if (g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY
          || g_file_info_get_name (info)[0] == '.')
        continue;

      UtRunRecord *record = _ut_run_record_read (child, cancellable);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_sort (records, compare_created);
  g_task_return_pointer (task, g_steal_pointer (&records), (GDestroyNotify) g_ptr_array_unref);
}

void
ut_run_store_load_async (UtRunStore          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ut_run_store_load_async);
  g_task_set_task_data (task, g_object_ref (self->directory), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

static gboolean
has_id (UtRunStore *self,
        const char *id)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      if (g_str_equal (ut_run_get_id (g_ptr_array_index (self->runs, i)), id))
        return TRUE;
    }

  return FALSE;
}

gboolean
ut_run_store_load_finish (UtRunStore    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autoptr (GPtrArray) records = g_task_propagate_pointer (G_TASK (result), error);

  if (records == NULL)
    return FALSE;

  while (records->len > 0)
    {
      g_autoptr (UtRunRecord) record = g_ptr_array_steal_index (records, 0);

      /* A run that was added meanwhile has its folder already. */
      if (has_id (self, record->id))
        continue;

      g_autoptr (GFile) folder = g_file_get_child (self->directory, record->id);
      g_autoptr (UtRun) run = _ut_run_new (g_steal_pointer (&record), folder, NULL);

      insert (self, run);
    }

  return TRUE;
}

/* Adding */

/* The least number that no run's colour and dash have. */
static guint
choose_style (UtRunStore *self)
{
  for (guint style = 0;; style++)
    {
      gboolean taken = FALSE;

      for (guint i = 0; i < self->runs->len && !taken; i++)
        taken = ut_run_get_style (g_ptr_array_index (self->runs, i)) == style;
      for (guint i = 0; i < self->removed->len && !taken; i++)
        taken = ut_run_get_style (g_ptr_array_index (self->removed, i)) == style;
      if (!taken)
        return style;
    }
}

static guint64
get_number (UtRun      *run,
            const char *title)
{
  const char *name = ut_run_get_name (run);
  gsize length = strlen (title);
  guint64 number;

  if (strncmp (name, title, length) != 0 || name[length] != ' '
      || !g_ascii_string_to_unsigned (name + length + 1, 10, 1, G_MAXUINT32, &number, NULL))
    return 0;

  return number;
}

static char *
choose_name (UtRunStore *self,
             UtConfig   *config)
{
  const char *title = ut_cell_kind_get_title (ut_config_get_cell (config));
  guint64 last = 0;

  for (guint i = 0; i < self->runs->len; i++)
    last = MAX (last, get_number (g_ptr_array_index (self->runs, i), title));
  for (guint i = 0; i < self->removed->len; i++)
    last = MAX (last, get_number (g_ptr_array_index (self->removed, i), title));

  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, title, last + 1);
}

static void
set_save_error (const char  *directory,
                GError     **error)
{
  int code = errno;

  /* Translators: a folder, and what the system says of it. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("Cannot save to %s: %s"),
               directory, g_strerror (code));
}

static GFile *
make_folder (UtRunStore  *self,
             gint64       created,
             GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (created / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  const char *directory = g_file_peek_path (self->directory);

  if (g_mkdir_with_parents (directory, 0777) != 0)
    {
      set_save_error (directory, error);
      return NULL;
    }

  for (guint attempt = 1;; attempt++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%06x", time, g_random_int_range (0, 1 << 24));
      g_autoptr (GFile) folder = g_file_get_child (self->directory, id);

      if (g_mkdir (g_file_peek_path (folder), 0777) == 0)
        return g_steal_pointer (&folder);
      if (errno != EEXIST || attempt == MAX_ATTEMPTS)
        {
          set_save_error (directory, error);
          return NULL;
        }
    }
}

/* Newer than any other run, also where the clock was set back or is too coarse. */
static gint64
choose_created (UtRunStore *self)
{
  gint64 created = g_get_real_time ();

  if (self->runs->len > 0)
    created = MAX (created, _ut_run_get_created (g_ptr_array_index (self->runs, 0)) + 1);

  return created;
}

static UtRunRecord *
make_record (UtRunStore *self,
             char       *id,
             char       *name,
             UtConfig   *config)
{
  UtRunRecord *record = g_new0 (UtRunRecord, 1);

  record->id = id;
  record->name = name;
  record->config = ut_config_ref (config);
  record->created = choose_created (self);
  record->style = choose_style (self);
  record->shown = TRUE;
  record->state = UT_RUN_QUEUED;
  record->majority = NAN;

  return record;
}

UtRun *
ut_run_store_add (UtRunStore  *self,
                  UtConfig    *config,
                  UtCorpus    *corpus,
                  GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GFile) folder = make_folder (self, g_get_real_time (), error);

  if (folder == NULL)
    return NULL;

  UtRunRecord *record = make_record (self, g_file_get_basename (folder), choose_name (self, config),
                                     config);
  g_autoptr (UtRun) run = _ut_run_new (record, folder, NULL);

  insert (self, run);
  save (self, run);
  enqueue (self, run, corpus);

  return run;
}

/* "Ensemble of 5", with a number behind it where there is one already. */
static char *
choose_ensemble_name (UtRunStore *self,
                      guint       n_members)
{
  g_autofree char *first = g_strdup_printf (ngettext ("Ensemble of %u", "Ensemble of %u",
                                                      n_members), n_members);

  for (guint number = 1;; number++)
    {
      g_autofree char *name = number == 1 ? g_strdup (first)
                                          : g_strdup_printf ("%s (%u)", first, number);
      gboolean taken = FALSE;

      for (guint i = 0; i < self->runs->len && !taken; i++)
        taken = g_str_equal (ut_run_get_name (g_ptr_array_index (self->runs, i)), name);
      if (!taken)
        return g_steal_pointer (&name);
    }
}

UtRun *
ut_run_store_add_ensemble (UtRunStore  *self,
                           GPtrArray   *members,
                           GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (members != NULL, NULL);
  g_return_val_if_fail (members->len >= 1 && members->len <= UT_MODEL_MAX_MEMBERS, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GFile) folder = make_folder (self, g_get_real_time (), error);

  if (folder == NULL)
    return NULL;

  UtRunRecord *record = make_record (self, g_file_get_basename (folder),
                                     choose_ensemble_name (self, members->len),
                                     ut_run_get_config (g_ptr_array_index (members, 0)));

  record->members = _ut_members_new ();
  for (guint i = 0; i < members->len; i++)
    {
      UtRun *member = g_ptr_array_index (members, i);

      _ut_members_add (record->members, ut_run_get_id (member), ut_run_get_name (member));
    }

  g_autoptr (UtRun) run = _ut_run_new (record, folder, NULL);

  insert (self, run);
  save (self, run);
  enqueue (self, run, NULL);

  return run;
}

UtRun *
ut_run_store_add_model (UtRunStore *self,
                        UtModel    *model,
                        const char *name)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  UtRunRecord *record = make_record (self, g_uuid_string_random (), g_strdup (name),
                                     ut_model_get_config (model));

  record->state = UT_RUN_OPENED;

  g_autoptr (UtRun) run = _ut_run_new (record, NULL, model);

  insert (self, run);
  return run;
}

UtRun *
ut_run_store_get_active (UtRunStore *self)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);

  return self->active;
}

void
ut_run_store_start_now (UtRunStore *self,
                        UtRun      *run)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  if (!g_queue_remove (&self->queue, run))
    return;

  g_queue_push_head (&self->queue, run);
  number_queue (self);
}

/* Removing */

gboolean
ut_run_store_remove (UtRunStore *self,
                     UtRun      *run)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);

  guint position;

  if (run == self->active || !g_ptr_array_find (self->runs, run, &position))
    return FALSE;

  g_autoptr (UtRun) kept = g_object_ref (run);

  dequeue (self, run);
  if (_ut_run_get_folder (run) != NULL)
    {
      g_autoptr (GFile) trash = get_trash (self, run);

      _ut_file_queue_move (self->files, _ut_run_get_folder (run), trash);
    }
  g_ptr_array_add (self->removed, g_object_ref (run));
  g_ptr_array_remove_index (self->runs, position);
  g_signal_handlers_disconnect_by_func (run, run_changed_cb, self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return TRUE;
}

static void
restored (gpointer data)
{
  UtRunStore *self = data;

  self->n_restoring--;
  start_next (self);
}

void
ut_run_store_restore (UtRunStore *self,
                      UtRun      *run)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  guint position;

  if (!g_ptr_array_find (self->removed, run, &position))
    return;

  g_autoptr (UtRun) kept = g_ptr_array_steal_index (self->removed, position);

  if (_ut_run_get_folder (run) != NULL)
    {
      g_autoptr (GFile) trash = get_trash (self, run);

      _ut_file_queue_move (self->files, trash, _ut_run_get_folder (run));
    }
  insert (self, run);
  /* It may have been changed while it was away. */
  save (self, run);
  if (ut_run_get_state (run) == UT_RUN_QUEUED)
    {
      self->n_restoring++;
      _ut_file_queue_reach (self->files, restored);
      enqueue (self, run, NULL);
    }
}

void
ut_run_store_purge (UtRunStore *self,
                    UtRun      *run)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  guint position;

  if (!g_ptr_array_find (self->removed, run, &position))
    return;

  if (_ut_run_get_folder (run) != NULL)
    {
      g_autoptr (GFile) trash = get_trash (self, run);

      _ut_file_queue_remove (self->files, trash);
    }
  g_ptr_array_remove_index (self->removed, position);
}

void
ut_run_store_stop_all (UtRunStore *self)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  while (!g_queue_is_empty (&self->queue))
    {
      g_autoptr (UtRun) run = g_object_ref (g_queue_peek_head (&self->queue));

      dequeue (self, run);
      _ut_run_set_state (run, ut_run_get_n_members (run) > 0 ? UT_RUN_ENSEMBLE : UT_RUN_STOPPED);
      save (self, run);
    }
  if (self->active != NULL)
    ut_run_stop (self->active);
}
