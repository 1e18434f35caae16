/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-request-private.h"

#include "ut-data-error.h"
#include "ut-source-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define MAX_REDIRECTS 8

/* RFC 6585; libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429

struct UtRequest
{
  char *address;         /* (owned): the one that was asked for */
  char *host;            /* (owned): of the address that answered */
  guint64 size;
  guint64 offset;
  guint64 n_read;        /* of the whole file, with those before the offset */
  guint stall_seconds;
  SoupSession *session;  /* (owned) */
  SoupMessage *message;  /* (owned) (nullable) */
  GInputStream *stream;  /* (owned) (nullable) */
  GCancellable *inner;   /* (owned): ends the answer without reading the rest of it */
  GCancellable *outer;   /* (owned) (nullable) */
  gulong outer_handler;
  char *etag;            /* (owned) (nullable) */
  char *modified;        /* (owned) (nullable) */
};

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static UtRequest *
request_new (const UtRequestWish *wish,
             GCancellable        *cancellable)
{
  UtRequest *self = g_new0 (UtRequest, 1);
  g_autoptr (GUri) uri = _ut_address_check (wish->address);

  self->address = g_strdup (wish->address);
  self->size = wish->size;
  self->stall_seconds = wish->stall_seconds;
  self->session = soup_session_new_with_options ("timeout", wish->stall_seconds,
                                                 "user-agent", "undertone/" PACKAGE_VERSION, NULL);
  /* No proxy leads to this very machine. */
  if (_ut_address_is_here (uri))
    soup_session_set_proxy_resolver (self->session, NULL);
  /* The archive is wanted as it lies there, and its bytes are counted. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  self->inner = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                   g_object_ref (self->inner), g_object_unref);
    }

  return self;
}

/* Ends the answer at hand. Closing it would read what is left of it first. */
static void
drop_answer (UtRequest *self)
{
  if (self->stream == NULL)
    return;

  g_cancellable_cancel (self->inner);
  g_input_stream_close (self->stream, self->inner, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  /* A wish to give up that came in between must not get lost. */
  g_cancellable_reset (self->inner);
  if (g_cancellable_is_cancelled (self->outer))
    g_cancellable_cancel (self->inner);
}

void
_ut_request_free (UtRequest *self)
{
  g_cancellable_disconnect (self->outer, self->outer_handler);
  drop_answer (self);
  soup_session_abort (self->session);
  g_clear_object (&self->message);
  g_object_unref (self->session);
  g_object_unref (self->inner);
  g_clear_object (&self->outer);
  g_free (self->address);
  g_free (self->host);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}

static void
set_reach_error (const UtRequest  *self,
                 const char       *host,
                 GError          **error)
{
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
               /* Translators: the name of a machine, then an address. */
               _("Could not reach %s. Save the file from %s and open it here."),
               host, self->address);
}

static void
set_send_error (const UtRequest  *self,
                const char       *host,
                const GError     *cause,
                GError          **error)
{
  if (g_cancellable_set_error_if_cancelled (self->outer, error))
    return;

  g_debug ("%s: %s", host, cause->message);
  if (cause->domain == G_TLS_ERROR)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, what is wrong, then an address. */
                 _("The connection to %s is not secure: %s. Save the file from %s and open it "
                   "here."), host, cause->message, self->address);
  else
    set_reach_error (self, host, error);
}

/* What a status that is no success means to a person. */
static void
set_status_error (const UtRequest  *self,
                  GError          **error)
{
  guint status = soup_message_get_status (self->message);
  const char *phrase = soup_message_get_reason_phrase (self->message);

  if (phrase == NULL || *phrase == '\0')
    phrase = soup_status_get_phrase (status);

  g_autofree char *valid = g_utf8_make_valid (phrase, -1);
  g_autofree char *answer = g_strdup_printf ("%u %s", status, valid);

  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, its answer, then an address. */
                 _("%s does not have the file any more (%s): %s. If you find it elsewhere, save it "
                   "and open it here."), self->host, answer, self->address);
  else if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN
           || status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, its answer, then an address. */
                 _("%s does not give out the file (%s). Save it from %s and open it here."),
                 self->host, answer, self->address);
  else if (status >= 500 || status == TOO_MANY_REQUESTS
           || status == SOUP_STATUS_REQUEST_TIMEOUT)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, its answer, then an address. */
                 _("%s cannot give the file at the moment (%s). Try again later, or save it from "
                   "%s and open it here."), self->host, answer, self->address);
  else
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, its answer, then an address. */
                 _("%s answered “%s”, which was not expected. Save the file from %s and open it "
                   "here."), self->host, answer, self->address);
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND
         || status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT
         || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

static void
ask_to_go_on (SoupMessage         *message,
              const UtRequestWish *wish)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *range = g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-", wish->offset);

  soup_message_headers_replace (headers, "Range", range);
  soup_message_headers_replace (headers, "If-Range",
                                wish->etag != NULL ? wish->etag : wish->modified);
}

/* Asks until an answer is no redirection. Each address on the way is held to the same rules, so that
 * nobody leads from a secure one to another. */
static gboolean
send (UtRequest            *self,
      const UtRequestWish  *wish,
      gboolean              go_on,
      GError              **error)
{
  g_autoptr (GUri) uri = _ut_address_check (self->address);

  for (guint i = 0; i <= MAX_REDIRECTS; i++)
    {
      g_autoptr (GError) local_error = NULL;

      drop_answer (self);
      g_free (self->host);
      self->host = g_strdup (g_uri_get_host (uri));
      g_clear_object (&self->message);
      self->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
      soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
      soup_message_headers_replace (soup_message_get_request_headers (self->message),
                                    "Accept-Encoding", "identity");
      if (go_on)
        ask_to_go_on (self->message, wish);

      self->stream = soup_session_send (self->session, self->message, self->inner, &local_error);
      if (self->stream == NULL)
        {
          set_send_error (self, self->host, local_error, error);
          return FALSE;
        }
      if (!is_redirect (soup_message_get_status (self->message)))
        return TRUE;

      const char *location =
        soup_message_headers_get_one (soup_message_get_response_headers (self->message),
                                      "Location");
      g_autoptr (GUri) next = location != NULL
        ? g_uri_parse_relative (uri, location, G_URI_FLAGS_ENCODED, NULL) : NULL;
      g_autofree char *text = next != NULL ? g_uri_to_string (next) : NULL;

      g_clear_pointer (&uri, g_uri_unref);
      uri = text != NULL ? _ut_address_check (text) : NULL;
      if (uri == NULL)
        {
          g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                       /* Translators: the name of a machine, then an address. */
                       _("%s leads to an address that is not secure. Save the file from %s and "
                         "open it here."), self->host, self->address);
          return FALSE;
        }
    }

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
               /* Translators: the name of a machine, then an address. */
               _("%s leads from one address to the next without end. Save the file from %s and "
                 "open it here."), self->host, self->address);
  return FALSE;
}

static char *
dup_header (UtRequest  *self,
            const char *name)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *value = soup_message_headers_get_one (headers, name);

  return value != NULL && g_utf8_validate (value, -1, NULL) ? g_strdup (value) : NULL;
}

/* Whether the answer goes on with the version that was asked for, from where it was asked for. */
static gboolean
goes_on (UtRequest           *self,
         const UtRequestWish *wish)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  goffset start;
  goffset end;
  goffset total;

  if (!soup_message_headers_get_content_range (headers, &start, &end, &total)
      || start < 0 || (guint64) start != wish->offset
      || end < start || (guint64) end >= wish->size
      || (total >= 0 && (guint64) total != wish->size))
    return FALSE;

  const char *etag = soup_message_headers_get_one (headers, "ETag");

  return wish->etag == NULL || etag == NULL || g_str_equal (wish->etag, etag);
}

static gboolean
check_whole (UtRequest  *self,
             GError    **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  if (soup_message_get_status (self->message) != SOUP_STATUS_OK)
    {
      set_status_error (self, error);
      return FALSE;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (guint64) soup_message_headers_get_content_length (headers) != self->size)
    {
      _ut_source_set_size_error (self->address,
                                 (guint64) soup_message_headers_get_content_length (headers),
                                 self->size, error);
      return FALSE;
    }

  return TRUE;
}

UtRequest *
_ut_request_send (const UtRequestWish  *wish,
                  GCancellable         *cancellable,
                  GError              **error)
{
  g_autoptr (UtRequest) self = request_new (wish, cancellable);
  gboolean go_on = wish->offset > 0 && (wish->etag != NULL || wish->modified != NULL);

  if (!send (self, wish, go_on, error))
    return NULL;

  guint status = soup_message_get_status (self->message);

  if (go_on && status == SOUP_STATUS_PARTIAL_CONTENT && goes_on (self, wish))
    self->offset = wish->offset;
  else if (go_on && (status == SOUP_STATUS_PARTIAL_CONTENT
                     || status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
           && !send (self, wish, FALSE, error))
    return NULL;
  if (self->offset == 0 && !check_whole (self, error))
    return NULL;

  self->n_read = self->offset;
  self->etag = dup_header (self, "ETag");
  self->modified = dup_header (self, "Last-Modified");
  /* A weak one says that two versions are worth the same, not that they have the same bytes. */
  if (self->etag != NULL && self->etag[0] != '"')
    g_clear_pointer (&self->etag, g_free);

  return g_steal_pointer (&self);
}

guint64
_ut_request_get_offset (const UtRequest *self)
{
  return self->offset;
}

const char *
_ut_request_get_etag (const UtRequest *self)
{
  return self->etag;
}

const char *
_ut_request_get_modified (const UtRequest *self)
{
  return self->modified;
}

static void
set_broken_error (const UtRequest  *self,
                  GError          **error)
{
  g_autofree char *there = g_format_size (self->n_read);
  g_autofree char *all = g_format_size (self->size);

  if (self->etag != NULL || self->modified != NULL)
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, then two sizes such as "3.1 MB". */
                 _("The connection to %s broke off after %s of %s. Try again: it goes on from "
                   "there."), self->host, there, all);
  else
    g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                 /* Translators: the name of a machine, then two sizes such as "3.1 MB". */
                 _("The connection to %s broke off after %s of %s. Try again."), self->host, there,
                 all);
}

gssize
_ut_request_read (UtRequest     *self,
                  void          *data,
                  gsize          length,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n = g_input_stream_read (self->stream, data, length, self->inner, &local_error);

  if (n < 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->outer, error))
        return -1;

      g_debug ("%s: %s", self->host, local_error->message);
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK,
                     /* Translators: the name of a machine. */
                     g_dngettext (GETTEXT_PACKAGE,
                                  "%s has sent nothing for %u second. Try again.",
                                  "%s has sent nothing for %u seconds. Try again.",
                                  self->stall_seconds),
                     self->host, self->stall_seconds);
      else
        set_broken_error (self, error);
      return -1;
    }

  self->n_read += (guint64) n;
  if (n == 0 && self->n_read < self->size)
    {
      set_broken_error (self, error);
      return -1;
    }

  return n;
}
