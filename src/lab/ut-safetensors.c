/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-safetensors-private.h"

#include "ut-file-private.h"
#include "ut-hash-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* The format is little-endian, and numbers are read and written as they lie in memory. */
G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
G_STATIC_ASSERT (sizeof (float) == 4);

#define ALIGNMENT 8
/* Far more than any classifier's header has, far less than would hurt. */
#define MAX_VALUES 65536
/* The last entry of the metadata: two sums of 64 bits, as hexadecimal digits, of the header, in
 * which these digits are zeros, and of the numbers. Where a byte of the key or of the mark before
 * the digits is damaged, the other of the two still says that there are sums. */
#define CHECKSUM_KEY "undertone.checksum"
#define CHECKSUM_MARK "mf64:"
#define CHECKSUM_DIGITS 16
#define NO_CHECKSUM CHECKSUM_MARK "0000000000000000" "0000000000000000"
/* Any odd number with its bits well mixed, and any other; files depend on them. */
#define CHECKSUM_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define CHECKSUM_SEED G_GUINT64_CONSTANT (0x756e646572746f6e)
/* Between two looks at the cancellable. */
#define PIECE (4u << 20)

struct UtSafetensors
{
  char *name;           /* (owned), of the file */
  GInputStream *stream; /* (owned) */
  JsonNode *header;     /* (owned) */
  JsonObject *metadata; /* (nullable), of the header */
  GArray *entries;      /* (owned) (element-type UtSafetensorsEntry), sorted by offset */
  guint64 data_size;
  guint next;           /* entry to be read */
  gboolean has_checksum;  /* older files, and those of others, have none */
  guint64 checksum;     /* that the numbers are to have */
  guint64 sum;          /* of those that were read */
  const char *not_finite; /* (nullable): a tensor that holds something that is not a number */
};

/* Writing */

static gsize
entry_get_size (const UtSafetensorsEntry *entry)
{
  return entry->dims[0] * (entry->n_dims == 2 ? entry->dims[1] : 1) * sizeof (float);
}

static guint64
sum_up (guint64     sum,
        const void *data,
        gsize       length)
{
  return _ut_hash_add (sum, CHECKSUM_FACTOR, data, length);
}

/* @header has %NO_CHECKSUM in it; its place was @place. */
static void
write_checksum (GString                  *header,
                gsize                     place,
                const UtSafetensorsEntry *entries,
                gsize                     n_entries)
{
  guint64 header_sum = sum_up (CHECKSUM_SEED, header->str, header->len);
  guint64 sum = CHECKSUM_SEED;

  for (gsize i = 0; i < n_entries; i++)
    sum = sum_up (sum, entries[i].data, entry_get_size (&entries[i]));

  g_autofree char *digits = g_strdup_printf ("%016" PRIx64 "%016" PRIx64, header_sum, sum);

  memcpy (header->str + place + strlen (CHECKSUM_MARK), digits, strlen (digits));
}

static GString *
make_header (const char * const       *metadata,
             const UtSafetensorsEntry *entries,
             gsize                     n_entries)
{
  GString *json = g_string_new ("{\"__metadata__\":{");
  gsize offset = 0;

  for (gsize i = 0; metadata[i] != NULL; i += 2)
    {
      ut_json_append_string (json, metadata[i]);
      g_string_append_c (json, ':');
      ut_json_append_string (json, metadata[i + 1]);
      g_string_append_c (json, ',');
    }
  g_string_append (json, "\"" CHECKSUM_KEY "\":\"");

  gsize place = json->len;

  g_string_append (json, NO_CHECKSUM "\"}");

  for (gsize i = 0; i < n_entries; i++)
    {
      const UtSafetensorsEntry *entry = &entries[i];

      g_string_append_c (json, ',');
      ut_json_append_string (json, entry->name);
      g_string_append_printf (json, ":{\"dtype\":\"F32\",\"shape\":[%" G_GSIZE_FORMAT,
                              entry->dims[0]);
      if (entry->n_dims == 2)
        g_string_append_printf (json, ",%" G_GSIZE_FORMAT, entry->dims[1]);
      g_string_append_printf (json, "],\"data_offsets\":[%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT "]}",
                              offset, offset + entry_get_size (entry));
      offset += entry_get_size (entry);
    }
  g_string_append_c (json, '}');

  while (json->len % ALIGNMENT != 0)
    g_string_append_c (json, ' ');
  write_checksum (json, place, entries, n_entries);

  return json;
}

gboolean
_ut_safetensors_write (GFile                     *file,
                       const char * const        *metadata,
                       const UtSafetensorsEntry  *entries,
                       gsize                      n_entries,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);

  if (writer == NULL)
    return FALSE;

  g_autoptr (GString) header = make_header (metadata, entries, n_entries);
  guint64 length = GUINT64_TO_LE (header->len);

  if (!_ut_file_writer_write (writer, &length, sizeof length, cancellable, error)
      || !_ut_file_writer_write (writer, header->str, header->len, cancellable, error))
    return FALSE;
  for (gsize i = 0; i < n_entries; i++)
    {
      if (!_ut_file_writer_write (writer, entries[i].data, entry_get_size (&entries[i]),
                                  cancellable, error))
        return FALSE;
    }

  return _ut_file_writer_commit (writer, error);
}

/* Reading */

void
_ut_safetensors_set_error (const UtSafetensors  *self,
                           GError              **error,
                           const char           *format,
                           ...)
{
  va_list args;

  va_start (args, format);

  g_autofree char *message = g_strdup_vprintf (format, args);

  va_end (args);
  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL, "%s: %s", self->name, message);
}

static gboolean
read_bytes (UtSafetensors  *self,
            void           *data,
            gsize           length,
            GCancellable   *cancellable,
            GError        **error)
{
  guchar *bytes = data;

  while (length > 0)
    {
      gsize n_read;
      gsize piece = MIN (length, PIECE);

      if (!g_input_stream_read_all (self->stream, bytes, piece, &n_read, cancellable, error))
        {
          if (!g_error_matches (error != NULL ? *error : NULL, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_prefix_error (error, "%s: ", self->name);
          return FALSE;
        }
      if (n_read < piece)
        {
          _ut_safetensors_set_error (self, error, _("the file ends too early"));
          return FALSE;
        }
      bytes += piece;
      length -= piece;
    }

  return TRUE;
}

/* A whole number of @array that is not negative. */
static gboolean
read_size (JsonArray *array,
           guint      index,
           guint64   *value)
{
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 0)
    return FALSE;

  *value = (guint64) json_node_get_int (node);
  return TRUE;
}

static JsonArray *
get_array (JsonObject *object,
           const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
read_shape (UtSafetensors       *self,
            JsonObject          *object,
            UtSafetensorsEntry  *entry,
            GError             **error)
{
  JsonArray *shape = get_array (object, "shape");

  if (shape == NULL || json_array_get_length (shape) < 1 || json_array_get_length (shape) > 2)
    {
      _ut_safetensors_set_error (self, error, _("the tensor “%s” has not one or two dimensions"),
                                 entry->name);
      return FALSE;
    }

  entry->n_dims = json_array_get_length (shape);
  entry->dims[1] = 1;
  for (guint i = 0; i < entry->n_dims; i++)
    {
      guint64 dim;

      if (!read_size (shape, i, &dim) || dim == 0 || dim > G_MAXSIZE)
        {
          _ut_safetensors_set_error (self, error, _("the tensor “%s” has an impossible shape"),
                                     entry->name);
          return FALSE;
        }
      entry->dims[i] = (gsize) dim;
    }

  return TRUE;
}

static gboolean
read_entry (UtSafetensors  *self,
            const char     *name,
            JsonNode       *node,
            GError        **error)
{
  UtSafetensorsEntry entry = { .name = name };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      _ut_safetensors_set_error (self, error, _("the tensor “%s” has no description"), name);
      return FALSE;
    }

  JsonObject *object = json_node_get_object (node);
  JsonNode *type = json_object_get_member (object, "dtype");

  if (type == NULL || !JSON_NODE_HOLDS_VALUE (type)
      || g_strcmp0 (json_node_get_string (type), "F32") != 0)
    {
      _ut_safetensors_set_error (self, error, _("the tensor “%s” is not of type F32"), name);
      return FALSE;
    }
  if (!read_shape (self, object, &entry, error))
    return FALSE;

  JsonArray *offsets = get_array (object, "data_offsets");
  guint64 begin, end;
  gsize size;

  if (offsets == NULL || json_array_get_length (offsets) != 2
      || !read_size (offsets, 0, &begin) || !read_size (offsets, 1, &end)
      || begin > end || end > self->data_size)
    {
      _ut_safetensors_set_error (self, error, _("the tensor “%s” lies outside the file"), name);
      return FALSE;
    }
  if (!g_size_checked_mul (&size, entry.dims[0], entry.dims[1])
      || !g_size_checked_mul (&size, size, sizeof (float))
      || size != end - begin)
    {
      _ut_safetensors_set_error (self, error, _("shape and size of the tensor “%s” do not fit each "
                                                "other"), name);
      return FALSE;
    }

  entry.offset = begin;
  g_array_append_val (self->entries, entry);
  return TRUE;
}

static gboolean
read_metadata (UtSafetensors  *self,
               JsonNode       *node,
               GError        **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      _ut_safetensors_set_error (self, error, _("“__metadata__” is not a map of texts"));
      return FALSE;
    }

  JsonObjectIter iter;
  JsonNode *member;

  self->metadata = json_node_get_object (node);
  json_object_iter_init (&iter, self->metadata);
  while (json_object_iter_next (&iter, NULL, &member))
    {
      if (!JSON_NODE_HOLDS_VALUE (member) || json_node_get_value_type (member) != G_TYPE_STRING)
        {
          _ut_safetensors_set_error (self, error, _("“__metadata__” is not a map of texts"));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
set_damaged_error (UtSafetensors  *self,
                   GError        **error)
{
  _ut_safetensors_set_error (self, error, _("the file is damaged: it is not as it was written. "
                                            "Use a copy of it, or train it again"));
  return FALSE;
}

/* Where mark and digits stand in the header; NULL where there are none. No text in a text looks
   like that: its quotes have a backslash. */
static char *
find_checksum (char  *header,
               gsize  length)
{
  static const char key[] = "\"" CHECKSUM_KEY "\":\"";
  static const char mark[] = ":\"" CHECKSUM_MARK;
  char *place = g_strrstr_len (header, (gssize) length, key);

  if (place != NULL)
    return place + strlen (key);

  place = g_strrstr_len (header, (gssize) length, mark);
  return place != NULL ? place + strlen (":\"") : NULL;
}

/* Whether the header, which is overwritten, is as it was written; what the numbers are to have is
   kept. */
static gboolean
check_header (UtSafetensors  *self,
              char           *header,
              gsize           length,
              GError        **error)
{
  char *place = find_checksum (header, length);

  if (place == NULL)
    return TRUE;

  g_autofree char *value = g_strndup (place, MIN (strlen (NO_CHECKSUM),
                                                  length - (gsize) (place - header)));
  char *digits = value + strlen (CHECKSUM_MARK);

  if (!g_str_has_prefix (value, CHECKSUM_MARK)
      || strspn (digits, "0123456789abcdef") != 2 * CHECKSUM_DIGITS)
    return set_damaged_error (self, error);

  self->has_checksum = TRUE;
  self->checksum = g_ascii_strtoull (digits + CHECKSUM_DIGITS, NULL, 16);
  self->sum = CHECKSUM_SEED;
  digits[CHECKSUM_DIGITS] = '\0';
  memcpy (place, NO_CHECKSUM, strlen (NO_CHECKSUM));

  return sum_up (CHECKSUM_SEED, header, length) == g_ascii_strtoull (digits, NULL, 16)
         || set_damaged_error (self, error);
}

static int
compare_offsets (gconstpointer a,
                 gconstpointer b)
{
  const UtSafetensorsEntry *first = a;
  const UtSafetensorsEntry *second = b;

  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

/* Tensors are never empty, so equal offsets are an overlap. */
static gboolean
check_layout (UtSafetensors  *self,
              GError        **error)
{
  guint64 end = 0;

  g_array_sort (self->entries, compare_offsets);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const UtSafetensorsEntry *entry = &g_array_index (self->entries, UtSafetensorsEntry, i);

      if (entry->offset != end)
        {
          _ut_safetensors_set_error (self, error, entry->offset < end
                                     ? _("the tensor “%s” overlaps another one")
                                     : _("there is a gap before the tensor “%s”"), entry->name);
          return FALSE;
        }
      end += entry_get_size (entry);
    }

  if (end != self->data_size)
    {
      _ut_safetensors_set_error (self, error, _("the file has %" PRIu64 " bytes of numbers, its "
                                                "header speaks of %" PRIu64),
                                 self->data_size, end);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_header (UtSafetensors  *self,
             guint64         size,
             GCancellable   *cancellable,
             GError        **error)
{
  guint64 length;

  if (size < sizeof length)
    {
      _ut_safetensors_set_error (self, error, _("the file is too short for a model"));
      return FALSE;
    }
  if (!read_bytes (self, &length, sizeof length, cancellable, error))
    return FALSE;
  length = GUINT64_FROM_LE (length);
  if (length > UT_JSON_MAX_LENGTH || length > size - sizeof length)
    {
      _ut_safetensors_set_error (self, error, _("this is not a safetensors file, or it is damaged: "
                                                "its header would have %" PRIu64
                                                " bytes; use a copy of it"), length);
      return FALSE;
    }
  self->data_size = size - sizeof length - length;

  g_autofree char *text = g_try_malloc ((gsize) length + 1);

  if (text == NULL)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY, _("%s: not enough memory"),
                   self->name);
      return FALSE;
    }
  if (!read_bytes (self, text, (gsize) length, cancellable, error))
    return FALSE;

  self->header = _ut_json_parse (text, (gsize) length, MAX_VALUES, error);
  if (self->header == NULL)
    {
      /* Translators: stands before the reason. */
      g_prefix_error (error, _("%s: the header is damaged, use a copy of it: "), self->name);
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (self->header))
    {
      _ut_safetensors_set_error (self, error, _("the header is not a JSON object"));
      return FALSE;
    }

  if (!check_header (self, text, (gsize) length, error))
    return FALSE;

  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, json_node_get_object (self->header));
  while (json_object_iter_next (&iter, &name, &member))
    {
      if (strcmp (name, "__metadata__") == 0 ? !read_metadata (self, member, error)
                                             : !read_entry (self, name, member, error))
        return FALSE;
    }

  return check_layout (self, error);
}

UtSafetensors *
_ut_safetensors_open_stream (const char    *name,
                             GInputStream  *stream,
                             guint64        size,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (UtSafetensors) self = g_new0 (UtSafetensors, 1);

  self->name = g_strdup (name);
  self->stream = g_object_ref (stream);
  self->entries = g_array_new (FALSE, FALSE, sizeof (UtSafetensorsEntry));
  if (!read_header (self, size, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

UtSafetensors *
_ut_safetensors_open (GFile         *file,
                      GCancellable  *cancellable,
                      GError       **error)
{
  guint64 size;
  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, error);

  if (stream == NULL)
    return NULL;

  g_autofree char *name = g_file_get_parse_name (file);

  return _ut_safetensors_open_stream (name, stream, size, cancellable, error);
}

void
_ut_safetensors_free (UtSafetensors *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->header, json_node_unref);
  g_array_unref (self->entries);
  g_free (self->name);
  g_free (self);
}

const UtSafetensorsEntry *
_ut_safetensors_get_entries (const UtSafetensors *self,
                             gsize               *n_entries)
{
  *n_entries = self->entries->len;
  return (const UtSafetensorsEntry *) (void *) self->entries->data;
}

const UtSafetensorsEntry *
_ut_safetensors_find (const UtSafetensors *self,
                      const char          *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const UtSafetensorsEntry *entry = &g_array_index (self->entries, UtSafetensorsEntry, i);

      if (strcmp (entry->name, name) == 0)
        return entry;
    }

  return NULL;
}

guint64
_ut_safetensors_count (const UtSafetensors *self)
{
  return self->data_size / sizeof (float);
}

const char *
_ut_safetensors_get_checksum (const UtSafetensors *self)
{
  const char *checksum = self->has_checksum
                         ? _ut_safetensors_get_metadata (self, CHECKSUM_KEY) : NULL;

  return checksum != NULL && strlen (checksum) <= UT_SAFETENSORS_MAX_CHECKSUM ? checksum : NULL;
}

/* Its last digits are those of the numbers. */
gboolean
_ut_safetensors_has_numbers_of (const UtSafetensors *self,
                                const char          *checksum)
{
  const char *own = _ut_safetensors_get_checksum (self);
  gsize length = strlen (checksum);

  return own != NULL && strlen (own) == length && length > CHECKSUM_DIGITS
         && g_str_equal (own + length - CHECKSUM_DIGITS, checksum + length - CHECKSUM_DIGITS);
}

const char *
_ut_safetensors_get_metadata (const UtSafetensors *self,
                              const char          *key)
{
  if (self->metadata == NULL)
    return NULL;

  return json_object_get_string_member_with_default (self->metadata, key, NULL);
}

/* That the file is damaged tells more than that a tensor of it is. */
static gboolean
check_numbers (UtSafetensors  *self,
               const float    *data,
               gsize           size,
               GError        **error)
{
  if (self->has_checksum)
    {
      self->sum = sum_up (self->sum, data, size);
      if (self->next < self->entries->len)
        return TRUE;
      if (self->sum != self->checksum)
        return set_damaged_error (self, error);
    }
  if (self->not_finite == NULL)
    return TRUE;

  _ut_safetensors_set_error (self, error, _("the tensor “%s” holds something that is not a "
                                            "number"), self->not_finite);
  return FALSE;
}

gboolean
_ut_safetensors_read_next (UtSafetensors  *self,
                           float          *data,
                           GCancellable   *cancellable,
                           GError        **error)
{
  g_assert (self->next < self->entries->len);

  const UtSafetensorsEntry *entry = &g_array_index (self->entries, UtSafetensorsEntry,
                                                    self->next++);
  gsize size = entry_get_size (entry);

  if (!read_bytes (self, data, size, cancellable, error))
    return FALSE;

  for (gsize i = 0; i < size / sizeof (float) && self->not_finite == NULL; i++)
    {
      if (!isfinite (data[i]))
        self->not_finite = entry->name;
    }

  return check_numbers (self, data, size, error);
}
