/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-fetch-private.h"

#include "ut-data-error.h"
#include "ut-download-private.h"
#include "ut-fetch-result-private.h"
#include "ut-hasher-private.h"
#include "ut-meter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <ut-text.h>

#define PIECE_SIZE (64 * 1024)

/* An archive on its way: from the host or from a file. */
typedef struct
{
  UtSource *source;
  UtMeter meter;
  UtDownload *download; /* (owned) (nullable) */
  GInputStream *stream; /* (owned) (nullable) */
  char *name;           /* (owned): of the archive, for messages */
  char *buffer;         /* (owned) (nullable): PIECE_SIZE bytes, for the stream */
  UtHasher *hasher;     /* (owned) (nullable) */
  guint64 n_read;
} Fetch;

static void
fetch_clear (Fetch *self)
{
  g_clear_pointer (&self->download, _ut_download_free);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->hasher, _ut_hasher_free);
  g_free (self->name);
  g_free (self->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetch, fetch_clear)

static gssize
read_file (Fetch         *self,
           const void   **bytes,
           GCancellable  *cancellable,
           GError       **error)
{
  gssize n = g_input_stream_read (self->stream, self->buffer, PIECE_SIZE, cancellable, error);

  if (n < 0 && !g_cancellable_is_cancelled (cancellable))
    g_prefix_error (error, "%s: ", self->name);

  *bytes = self->buffer;
  return n;
}

static gssize
read_cb (gpointer       data,
         const void   **bytes,
         GCancellable  *cancellable,
         GError       **error)
{
  Fetch *self = data;
  gssize n = self->download != NULL
    ? _ut_download_read (self->download, bytes, cancellable, error)
    : read_file (self, bytes, cancellable, error);

  if (n <= 0)
    return n;
  if ((guint64) n > ut_source_get_size (self->source) - self->n_read)
    {
      g_autofree char *expected = g_format_size_full (ut_source_get_size (self->source),
                                                      G_FORMAT_SIZE_LONG_FORMAT);

      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_CHECKSUM,
                   /* Translators: an address, then a size. */
                   _("The file at %s is not the one that was expected: it has more than %s"),
                   self->name, expected);
      return -1;
    }

  self->n_read += (guint64) n;
  if (self->hasher != NULL)
    _ut_hasher_update (self->hasher, *bytes, (gsize) n);
  _ut_meter_count (&self->meter, self->n_read, g_get_monotonic_time ());
  if (self->download != NULL && self->meter.progress.phase == UT_FETCH_AGAIN
      && self->n_read >= _ut_download_get_n_saved (self->download))
    _ut_meter_enter (&self->meter, UT_FETCH_FETCHING);

  return n;
}

/* Reads what is behind the last member, and compares the whole archive. */
static gboolean
read_rest (Fetch         *self,
           GCancellable  *cancellable,
           GError       **error)
{
  const void *bytes;
  gssize n;

  while ((n = read_cb (self, &bytes, cancellable, error)) > 0)
    ;
  if (n < 0)
    return FALSE;

  const char *expected = _ut_source_get_sha256 (self->source);
  g_autofree char *sha256 = self->hasher != NULL ? _ut_hasher_finish (self->hasher) : NULL;

  if (self->n_read != ut_source_get_size (self->source))
    {
      _ut_source_set_size_error (self->name, self->n_read, ut_source_get_size (self->source),
                                 error);
      return FALSE;
    }
  if (sha256 != NULL && !g_str_equal (sha256, expected))
    {
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_CHECKSUM,
                   /* Translators: an address, then two checksums. */
                   _("The file at %s is not the one that was expected: its SHA-256 is %s instead "
                     "of %s"), self->name, sha256, expected);
      return FALSE;
    }

  return TRUE;
}

static gboolean
open_archive (Fetch         *self,
              GCancellable  *cancellable,
              GError       **error)
{
  if (self->download == NULL)
    {
      _ut_meter_enter (&self->meter, UT_FETCH_FETCHING);
      return TRUE;
    }

  _ut_meter_enter (&self->meter, UT_FETCH_CONNECTING);
  if (!_ut_download_connect (self->download, cancellable, error))
    return FALSE;
  _ut_meter_enter (&self->meter, _ut_download_get_n_saved (self->download) > 0
                                   ? UT_FETCH_AGAIN : UT_FETCH_FETCHING);

  return TRUE;
}

/* A data set's archive is small: it is read to its end, for its checksum. One of word vectors is
 * large and holds several: it is read as far as needed, and the member's checksums tell. */
static GFile *
fetch (Fetch         *self,
       guint64        n_needed,
       GCancellable  *cancellable,
       GError       **error)
{
  gboolean to_end = ut_source_get_kind (self->source) == UT_SOURCE_DATASET;
  UtUnpackInput input = { read_cb, self, self->name };
  g_autoptr (UtFetchResult) result = _ut_fetch_result_new (self->source, error);

  self->meter.progress.n_total = to_end ? ut_source_get_size (self->source)
                                        : ut_source_get_fetch_size (self->source);
  if (to_end && _ut_source_get_sha256 (self->source) != NULL)
    self->hasher = _ut_hasher_new ();

  if (result == NULL
      || !_ut_fetch_result_check_space (result, n_needed, cancellable, error)
      || !open_archive (self, cancellable, error)
      || !_ut_unpack (&input, result->targets, result->n_targets, to_end, cancellable, error)
      || (to_end && !read_rest (self, cancellable, error)))
    return NULL;

  _ut_meter_enter (&self->meter, UT_FETCH_CHECKING);
  return _ut_fetch_result_commit (result, cancellable, error);
}

/* Whether going on with what was saved would only lead here again. */
static gboolean
is_useless (const GError *error)
{
  return error->domain == UT_TEXT_ERROR
         || g_error_matches (error, UT_DATA_ERROR, UT_DATA_ERROR_ARCHIVE)
         || g_error_matches (error, UT_DATA_ERROR, UT_DATA_ERROR_CHECKSUM)
         || g_error_matches (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT)
         || g_error_matches (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE);
}

static GFile *
fetch_from_address (UtSource      *source,
                    UtPart        *part,
                    guint          stall_seconds,
                    UtMeter       *meter,
                    GCancellable  *cancellable,
                    GError       **error)
{
  guint64 n_saved = _ut_part_get_length (part);
  guint64 n_total = ut_source_get_fetch_size (source);
  const char *address = ut_source_get_address (source);
  g_auto (Fetch) self = {
    .source = source,
    .meter = *meter,
    .download = _ut_download_new (address, ut_source_get_size (source), stall_seconds, part),
    .name = g_strdup (address),
  };
  g_autoptr (GError) local_error = NULL;
  GFile *file = fetch (&self, n_total > n_saved ? n_total - n_saved : 0, cancellable,
                       &local_error);

  if (file != NULL || is_useless (local_error))
    _ut_download_delete (g_steal_pointer (&self.download));
  if (file == NULL && is_useless (local_error))
    /* Translators: what is wrong with a file that was fetched. */
    g_set_error (error, local_error->domain, local_error->code,
                 _("%s. What was saved of it is deleted."), local_error->message);
  else if (file == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return file;
}

static GFile *
fetch_from_file (UtSource      *source,
                 GFile         *archive,
                 UtMeter       *meter,
                 GCancellable  *cancellable,
                 GError       **error)
{
  guint64 size;
  g_auto (Fetch) self = {
    .source = source,
    .meter = *meter,
    .stream = _ut_file_open_regular (archive, &size, cancellable, error),
    .name = g_file_get_parse_name (archive),
    .buffer = g_malloc (PIECE_SIZE),
  };

  return self.stream != NULL ? fetch (&self, 0, cancellable, error) : NULL;
}

GFile *
_ut_fetch (UtSource             *source,
           GFile                *archive,
           guint                 stall_seconds,
           UtFetchProgressFunc   progress,
           gpointer              progress_data,
           GCancellable         *cancellable,
           GError              **error)
{
  UtMeter meter = { .func = progress, .data = progress_data };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  /* Looked for under the lock, too: the program that had it may have been fetching this. */
  GFile *present = ut_source_dup_present (source);

  if (present != NULL)
    return present;

  g_autoptr (UtPart) part = _ut_part_open (ut_source_get_address (source),
                                           ut_source_get_size (source), error);

  if (part == NULL)
    return NULL;

  present = ut_source_dup_present (source);
  if (present != NULL)
    return present;
  if (archive == NULL)
    return fetch_from_address (source, g_steal_pointer (&part), stall_seconds, &meter,
                               cancellable, error);

  GFile *file = fetch_from_file (source, archive, &meter, cancellable, error);

  if (file != NULL)
    _ut_part_delete (g_steal_pointer (&part));
  return file;
}

GFile *
ut_fetch (UtSource             *source,
          UtFetchProgressFunc   progress,
          gpointer              progress_data,
          GCancellable         *cancellable,
          GError              **error)
{
  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return _ut_fetch (source, NULL, UT_FETCH_STALL_SECONDS, progress, progress_data, cancellable,
                    error);
}

GFile *
ut_fetch_from_file (UtSource             *source,
                    GFile                *archive,
                    UtFetchProgressFunc   progress,
                    gpointer              progress_data,
                    GCancellable         *cancellable,
                    GError              **error)
{
  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (archive), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return _ut_fetch (source, archive, UT_FETCH_STALL_SECONDS, progress, progress_data, cancellable,
                    error);
}
