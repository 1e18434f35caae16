/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-source-private.h"

#include "ut-data-error.h"
#include "ut-data-folder.h"
#include "ut-data-json-private.h"
#include "ut-json-private.h"
#include "ut-package-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <ut-text.h>

#define MAX_SIZE (1u << 20)
#define MAX_VALUES 10000
#define MAX_NAME_LENGTH 200

/* Where nothing is known of a member, it may be as many times larger than the whole archive; text
 * packs to a third or a quarter. */
#define MAX_RATIO 16

struct UtSource
{
  gatomicrefcount ref_count;
  char *id;          /* (owned) */
  char *title;       /* (owned) */
  UtSourceKind kind;
  UtDataUnit unit;
  char *address;     /* (owned) */
  char *host;        /* (owned) */
  char *page;        /* (owned) (nullable) */
  char *licence;     /* (owned) */
  char *citation;    /* (owned) */
  guint64 size;
  guint64 fetch_size;
  guint64 unpacked_size; /* 0 where it is that of the members */
  char *sha256;      /* (owned) (nullable) */
  guint dimension;
  UtSourceMember members[UT_SOURCE_MAX_MEMBERS];
  gsize n_members;
};

G_DEFINE_BOXED_TYPE (UtSource, ut_source, ut_source_ref, ut_source_unref)

UtSource *
ut_source_ref (UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ut_source_unref (UtSource *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (gsize i = 0; i < self->n_members; i++)
    {
      g_free (self->members[i].name);
      g_free (self->members[i].file);
      g_free (self->members[i].sha256);
    }
  g_free (self->id);
  g_free (self->title);
  g_free (self->address);
  g_free (self->host);
  g_free (self->page);
  g_free (self->licence);
  g_free (self->citation);
  g_free (self->sha256);
  g_free (self);
}

/* Reading */

gboolean
_ut_address_is_here (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

GUri *
_ut_address_check (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE,
                                      NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0'
      || !(g_str_equal (g_uri_get_scheme (uri), "https")
           || (g_str_equal (g_uri_get_scheme (uri), "http") && _ut_address_is_here (uri))))
    return NULL;

  return g_steal_pointer (&uri);
}

static gboolean
is_file_name (const char *name)
{
  return *name != '\0' && *name != '.' && strlen (name) <= MAX_NAME_LENGTH
         && strchr (name, '/') == NULL;
}

static gboolean
is_id (const char *id)
{
  return is_file_name (id) && id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0';
}

/* Reads a text that must be there and, with @is_good, of a form. */
static gboolean
need_text (JsonObject  *object,
           const char  *key,
           gboolean   (*is_good) (const char *text),
           char       **text,
           GError     **error)
{
  if (!_ut_data_json_text (object, key, text, error))
    return FALSE;
  if (*text == NULL || **text == '\0' || (is_good != NULL && !is_good (*text)))
    return _ut_data_json_fail (key, error);

  return TRUE;
}

static gboolean
read_checksum (JsonObject  *object,
               char       **sha256,
               GError     **error)
{
  if (!_ut_data_json_text (object, "sha256", sha256, error))
    return FALSE;
  if (*sha256 != NULL
      && (strlen (*sha256) != 64 || strspn (*sha256, "0123456789abcdef") != 64))
    return _ut_data_json_fail ("sha256", error);

  return TRUE;
}

/* Reads one of @n_names words, which must be there, as its number. */
static gboolean
read_choice (JsonObject         *object,
             const char         *key,
             const char * const *names,
             guint               n_names,
             guint              *choice,
             GError            **error)
{
  g_autofree char *name = NULL;

  if (!need_text (object, key, NULL, &name, error))
    return FALSE;
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (name, names[i]))
      {
        *choice = i;
        return TRUE;
      }

  return _ut_data_json_fail (key, error);
}

static gboolean
read_member (UtSource        *self,
             UtSourceMember  *member,
             JsonObject      *object,
             GError         **error)
{
  static const char * const parts[] = { "train", "dev", "test" };
  guint part = 0;
  gint64 size = 0;

  if (!need_text (object, "name", NULL, &member->name, error)
      || !_ut_data_json_integer (object, "size", &size, error)
      || !read_checksum (object, &member->sha256, error)
      || (self->kind == UT_SOURCE_DATASET
          && !read_choice (object, "part", parts, G_N_ELEMENTS (parts), &part, error))
      || (self->kind == UT_SOURCE_VECTORS
          && !need_text (object, "file", is_file_name, &member->file, error)))
    return FALSE;

  member->part = (UtDataPart) part;
  member->size = (guint64) size;
  if (member->size > (self->kind == UT_SOURCE_DATASET ? UT_SOURCE_MAX_DATASET_SIZE
                                                      : UT_SOURCE_MAX_VECTORS_SIZE))
    return _ut_data_json_fail ("size", error);

  return TRUE;
}

/* The elements of the array @key, all of them objects; from one to @max. */
static gboolean
read_array (JsonObject  *object,
            const char  *key,
            guint        max,
            JsonArray  **array,
            GError     **error)
{
  JsonNode *node = json_object_get_member (object, key);

  *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (*array == NULL || json_array_get_length (*array) == 0
      || json_array_get_length (*array) > max)
    return _ut_data_json_fail (key, error);
  for (guint i = 0; i < json_array_get_length (*array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (*array, i)))
      return _ut_data_json_fail (key, error);

  return TRUE;
}

static gboolean
read_members (UtSource    *self,
              JsonObject  *object,
              GError     **error)
{
  JsonArray *array;
  guint max = self->kind == UT_SOURCE_DATASET ? UT_N_DATA_PARTS : 1;
  gboolean has_train = self->kind == UT_SOURCE_VECTORS;

  if (!read_array (object, "members", max, &array, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      UtSourceMember *member = &self->members[self->n_members++];

      if (!read_member (self, member, json_array_get_object_element (array, i), error))
        return FALSE;
      has_train = has_train || member->part == UT_DATA_TRAIN;
      for (guint j = 0; j < i; j++)
        if (self->members[j].part == member->part
            || g_str_equal (self->members[j].name, member->name))
          return _ut_data_json_fail ("members", error);
    }

  return has_train || _ut_data_json_fail ("members", error);
}

/* What all sources of an archive have in common. */
static gboolean
read_archive (UtSource    *self,
              JsonObject  *object,
              GError     **error)
{
  gint64 size = 0;

  if (!need_text (object, "address", NULL, &self->address, error)
      || !need_text (object, "licence", NULL, &self->licence, error)
      || !need_text (object, "citation", NULL, &self->citation, error)
      || !_ut_data_json_text (object, "page", &self->page, error)
      || !_ut_data_json_integer (object, "size", &size, error)
      || !read_checksum (object, &self->sha256, error))
    return FALSE;

  g_autoptr (GUri) uri = _ut_address_check (self->address);

  if (uri == NULL)
    return _ut_data_json_fail ("address", error);
  if (size == 0)
    return _ut_data_json_fail ("size", error);

  self->host = g_strdup (g_uri_get_host (uri));
  self->size = (guint64) size;
  self->fetch_size = self->size;
  return TRUE;
}

static gboolean
read_source (UtSource    *self,
             JsonObject  *object,
             GError     **error)
{
  static const char * const kinds[] = { "dataset", "vectors" };
  static const char * const units[] = { "sentence", "review" };
  gint64 dimension = 0;
  gint64 fetch_size = (gint64) self->size;
  gint64 unpacked_size = 0;
  guint kind = 0;
  guint unit = 0;

  if (!need_text (object, "id", is_id, &self->id, error)
      || !need_text (object, "title", NULL, &self->title, error)
      || !read_choice (object, "kind", kinds, G_N_ELEMENTS (kinds), &kind, error)
      || (kind == UT_SOURCE_DATASET
          && !read_choice (object, "unit", units, G_N_ELEMENTS (units), &unit, error))
      || !_ut_data_json_integer (object, "dimension", &dimension, error)
      || !_ut_data_json_integer (object, "fetch-size", &fetch_size, error)
      || !_ut_data_json_integer (object, "unpacked-size", &unpacked_size, error))
    return FALSE;
  if (dimension > UT_VECTORS_MAX_DIMENSION)
    return _ut_data_json_fail ("dimension", error);
  if (fetch_size == 0 || (guint64) fetch_size > self->size)
    return _ut_data_json_fail ("fetch-size", error);

  self->kind = (UtSourceKind) kind;
  self->unit = (UtDataUnit) unit;
  self->dimension = (guint) dimension;
  self->fetch_size = (guint64) fetch_size;
  self->unpacked_size = (guint64) unpacked_size;
  return read_members (self, object, error);
}

static gboolean
read_sources (GPtrArray   *sources,
              JsonObject  *root,
              GError     **error)
{
  JsonArray *archives;

  if (!read_array (root, "archives", MAX_VALUES, &archives, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (archives); i++)
    {
      JsonObject *archive = json_array_get_object_element (archives, i);
      JsonArray *array;

      if (!read_array (archive, "sources", MAX_VALUES, &array, error))
        return FALSE;
      for (guint j = 0; j < json_array_get_length (array); j++)
        {
          g_autoptr (UtSource) self = g_new0 (UtSource, 1);

          g_atomic_ref_count_init (&self->ref_count);
          if (!read_archive (self, archive, error)
              || !read_source (self, json_array_get_object_element (array, j), error))
            return FALSE;
          if (ut_sources_find (sources, self->id) != NULL)
            return _ut_data_json_fail ("id", error);
          g_ptr_array_add (sources, g_steal_pointer (&self));
        }
    }

  return TRUE;
}

GPtrArray *
ut_sources_load (GFile         *file,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autofree char *path = ut_package_data_dup_path ("sources.json", NULL);
  g_autoptr (GFile) list = file != NULL ? g_object_ref (file) : g_file_new_for_path (path);
  g_autoptr (JsonNode) root = _ut_json_read_file (list, MAX_SIZE, MAX_VALUES, cancellable, error);
  g_autoptr (GPtrArray) sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ut_source_unref);
  g_autoptr (GError) local_error = NULL;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    g_set_error_literal (&local_error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("no JSON object"));
  if (local_error != NULL || !read_sources (sources, json_node_get_object (root), &local_error))
    {
      g_autofree char *name = g_file_get_parse_name (list);

      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", name);
      return NULL;
    }

  return g_steal_pointer (&sources);
}

UtSource *
ut_sources_find (GPtrArray  *sources,
                 const char *id)
{
  g_return_val_if_fail (sources != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < sources->len; i++)
    {
      UtSource *source = g_ptr_array_index (sources, i);

      if (g_str_equal (source->id, id))
        return source;
    }

  return NULL;
}

/* What is there already */

GFile *
_ut_source_dup_vectors_file (const UtSource *self)
{
  g_assert (self->kind == UT_SOURCE_VECTORS);

  return g_file_new_build_filename (g_get_user_data_dir (), "undertone", "vectors",
                                    self->members[0].file, NULL);
}

/* The person may have given the data set another name. A folder that cannot be read is none of
 * ours. */
static GFile *
find_dataset (const UtSource *self)
{
  g_autoptr (GFile) directory = ut_data_get_directory ();
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (directory), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GFile) folder = g_file_get_child (directory, name);
      g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;

      if (*name != '.' && ut_data_about_read (&about, folder, NULL, NULL)
          && g_strcmp0 (about.address, self->address) == 0)
        return g_steal_pointer (&folder);
    }

  return NULL;
}

GFile *
ut_source_dup_present (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == UT_SOURCE_DATASET)
    return find_dataset (self);

  g_autoptr (GFile) file = _ut_source_dup_vectors_file (self);

  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR
         ? g_steal_pointer (&file) : NULL;
}

/* What is known of it */

const char *
ut_source_get_id (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
ut_source_get_title (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

UtSourceKind
ut_source_get_kind (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, UT_SOURCE_DATASET);

  return self->kind;
}

const char *
ut_source_get_address (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

const char *
ut_source_get_host (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

const char *
ut_source_get_page (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->page;
}

const char *
ut_source_get_licence (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->licence;
}

const char *
ut_source_get_citation (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->citation;
}

guint64
ut_source_get_size (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

guint64
ut_source_get_fetch_size (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fetch_size;
}

guint64
ut_source_get_unpacked_size (const UtSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->unpacked_size > 0)
    return self->unpacked_size;

  guint64 size = 0;

  /* Text packs to a third. */
  for (gsize i = 0; i < self->n_members; i++)
    size += self->members[i].size > 0 ? self->members[i].size : self->fetch_size * 3;

  return size;
}

const UtSourceMember *
_ut_source_get_members (const UtSource *self,
                        gsize          *n_members)
{
  *n_members = self->n_members;
  return self->members;
}

guint64
_ut_source_get_max_size (const UtSource       *self,
                         const UtSourceMember *member)
{
  guint64 limit = self->kind == UT_SOURCE_DATASET ? UT_SOURCE_MAX_DATASET_SIZE
                                                  : UT_SOURCE_MAX_VECTORS_SIZE;

  return member->size > 0 ? member->size : MIN (self->size * MAX_RATIO, limit);
}

const char *
_ut_source_get_sha256 (const UtSource *self)
{
  return self->sha256;
}

guint
_ut_source_get_dimension (const UtSource *self)
{
  return self->dimension;
}

UtDataUnit
_ut_source_get_unit (const UtSource *self)
{
  return self->unit;
}

char *
_ut_source_dup_base_name (const UtSource *self)
{
  g_autoptr (GUri) uri = _ut_address_check (self->address);
  g_autofree char *name = g_path_get_basename (g_uri_get_path (uri));

  return is_file_name (name) ? g_steal_pointer (&name) : g_strdup ("archive");
}

void
_ut_source_set_size_error (const char  *address,
                           guint64      size,
                           guint64      expected,
                           GError     **error)
{
  g_autofree char *there = g_format_size_full (size, G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char *wanted = g_format_size_full (expected, G_FORMAT_SIZE_LONG_FORMAT);

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_CHECKSUM,
               /* Translators: an address, then two sizes. */
               _("The file at %s is not the one that was expected: it has %s instead of %s"),
               address, there, wanted);
}
