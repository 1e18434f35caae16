/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-store-loader.h"

#include "ut-moment.h"

#include <glib/gi18n.h>
#include <stdio.h>

struct _UtStoreLoader
{
  GObject parent_instance;

  UtRunStore *store; /* (owned) */
  char *damage;      /* (owned) (nullable) */
  char *refusal;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtStoreLoader, ut_store_loader, G_TYPE_OBJECT)

typedef enum
{
  PROP_DAMAGE = 1,
  PROP_REFUSAL,
} UtStoreLoaderProperty;

static GParamSpec *properties[PROP_REFUSAL + 1];

enum
{
  LOADED,
  FAILED,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_text (UtStoreLoader          *self,
          UtStoreLoaderProperty   property,
          char                  **member,
          const char             *text)
{
  if (g_strcmp0 (*member, text) == 0)
    return;

  g_free (*member);
  *member = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (UtStoreLoader) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ut_run_store_load_finish (UT_RUN_STORE (source), result, &error))
    {
      g_autofree char *recovered = ut_run_store_dup_recovered (UT_RUN_STORE (source));

      g_signal_emit (self, signals[LOADED], 0, ut_run_store_tend (UT_RUN_STORE (source)));
      if (recovered != NULL)
        g_signal_emit (self, signals[TOLD], 0, recovered);
    }
  else if (g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED))
    set_text (self, PROP_DAMAGE, &self->damage, error->message);
  else if (g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_NEWER))
    set_text (self, PROP_REFUSAL, &self->refusal, error->message);
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
ut_store_loader_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  UtStoreLoader *self = UT_STORE_LOADER (object);

  switch ((UtStoreLoaderProperty) property_id)
    {
    case PROP_DAMAGE:
      g_value_set_string (value, self->damage);
      break;
    case PROP_REFUSAL:
      g_value_set_string (value, self->refusal);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_store_loader_finalize (GObject *object)
{
  UtStoreLoader *self = UT_STORE_LOADER (object);

  g_clear_object (&self->store);
  g_free (self->damage);
  g_free (self->refusal);

  G_OBJECT_CLASS (ut_store_loader_parent_class)->finalize (object);
}

static void
ut_store_loader_class_init (UtStoreLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_store_loader_get_property;
  object_class->finalize = ut_store_loader_finalize;

  /** UtStoreLoader:damage: (nullable): why the store cannot be read. */
  properties[PROP_DAMAGE] = g_param_spec_string ("damage", NULL, NULL, NULL, readable);
  /** UtStoreLoader:refusal: (nullable): why the store must not be touched. */
  properties[PROP_REFUSAL] = g_param_spec_string ("refusal", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /** UtStoreLoader::loaded: (number): the runs are there; so many were left over in a queue. */
  signals[LOADED] = g_signal_new ("loaded", UT_TYPE_STORE_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  /** UtStoreLoader::failed: (text): another reason why there are no runs. */
  signals[FAILED] = g_signal_new ("failed", UT_TYPE_STORE_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /** UtStoreLoader::told: (text): what became of a damaged store. */
  signals[TOLD] = g_signal_new ("told", UT_TYPE_STORE_LOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ut_store_loader_init (UtStoreLoader *self)
{
}

UtStoreLoader *
ut_store_loader_new (UtRunStore *store)
{
  UtStoreLoader *self;

  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  self = g_object_new (UT_TYPE_STORE_LOADER, NULL);
  self->store = g_object_ref (store);

  return self;
}

void
ut_store_loader_load (UtStoreLoader *self)
{
  g_return_if_fail (UT_IS_STORE_LOADER (self));

  ut_run_store_load_async (self->store, NULL, load_cb, g_object_ref (self));
}

const char *
ut_store_loader_get_damage (UtStoreLoader *self)
{
  g_return_val_if_fail (UT_IS_STORE_LOADER (self), NULL);

  return self->damage;
}

const char *
ut_store_loader_get_refusal (UtStoreLoader *self)
{
  g_return_val_if_fail (UT_IS_STORE_LOADER (self), NULL);

  return self->refusal;
}

char *
ut_store_loader_dup_backup_day (UtStoreLoader *self)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  g_return_val_if_fail (UT_IS_STORE_LOADER (self), NULL);

  path = ut_run_store_dup_backup (self->store);
  if (path == NULL)
    return NULL;

  /* Copies are named after their day. */
  name = g_path_get_basename (path);
  if (sscanf (name, "%*[^0-9]%4d-%2d-%2d", &year, &month, &day) == 3)
    date = g_date_time_new_local (year, month, day, 12, 0, 0);

  return date != NULL ? ut_moment_dup_day (g_date_time_to_unix (date) * G_USEC_PER_SEC)
                      : g_steal_pointer (&name);
}

gboolean
ut_store_loader_recover (UtStoreLoader  *self,
                         GError        **error)
{
  g_autofree char *backup = NULL;
  UtRun *active;

  g_return_val_if_fail (UT_IS_STORE_LOADER (self), FALSE);

  active = ut_run_store_get_active (self->store);
  if (active != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, _("%s is training. Stop it first."),
                   ut_run_get_name (active));
      return FALSE;
    }

  backup = ut_run_store_dup_backup (self->store);
  if (!(backup != NULL ? ut_run_store_restore_backup (self->store, error)
                       : ut_run_store_set_aside (self->store, error)))
    return FALSE;

  set_text (self, PROP_DAMAGE, &self->damage, NULL);
  ut_store_loader_load (self);
  return TRUE;
}
