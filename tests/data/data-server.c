/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "data-server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define PIECE_SIZE 4096
#define MAX_REQUEST 8192

/* Little, so that what was sent is soon received, however slow the other side is. */
#define SEND_BUFFER_SIZE PIECE_SIZE

/* Sends all of @bytes, or tells that the other side is gone. */
static gboolean
send_all (DataServer *self,
          GSocket    *peer,
          const void *bytes,
          gsize       length)
{
  const char *p = bytes;

  while (length > 0)
    {
      gssize n = g_socket_send (peer, p, length, self->closing, NULL);

      if (n <= 0)
        return FALSE;
      p += n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* Sends a piece; in a chunked answer with its length. */
static gboolean
send_piece (DataServer   *self,
            GSocket      *peer,
            const guint8 *bytes,
            gsize         length)
{
  g_autofree char *head = g_strdup_printf ("%zx\r\n", length);

  if (self->pause > 0)
    g_usleep (self->pause);

  return (!self->says_no_length || send_all (self, peer, head, strlen (head)))
         && send_all (self, peer, bytes, length)
         && (!self->says_no_length || send_all (self, peer, "\r\n", 2));
}

static void
send_body (DataServer *self,
           GSocket    *peer,
           gsize       start)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->body, &size);
  static const guint8 zeros[PIECE_SIZE];
  gsize end = size + self->n_surplus;

  for (gsize at = start; at < end;)
    {
      gsize n = MIN (at < size ? MIN (PIECE_SIZE, size - at) : PIECE_SIZE, end - at);
      gsize n_sent = at - start;

      if (self->break_after >= 0)
        n = MIN (n, (gsize) self->break_after - n_sent);
      if (self->stall_after >= 0)
        n = MIN (n, (gsize) self->stall_after - n_sent);
      if (n == 0 && self->stall_after >= 0)
        g_socket_condition_timed_wait (peer, G_IO_IN | G_IO_HUP, 20 * G_USEC_PER_SEC,
                                       self->closing, NULL);
      if (n == 0 || !send_piece (self, peer, at < size ? bytes + at : zeros, n))
        return;
      at += n;
      self->n_sent += n;
    }

  if (self->says_no_length)
    send_all (self, peer, "0\r\n\r\n", 5);
}

static gsize
find_range (const char *request)
{
  const char *range = strstr (request, "\r\nRange: bytes=");

  return range != NULL ? strtoull (range + strlen ("\r\nRange: bytes="), NULL, 10) : 0;
}

/* Whether the request wants to go on with this version. */
static gboolean
matches (DataServer *self,
         const char *request)
{
  g_autofree char *etag = g_strdup_printf ("\r\nIf-Range: %s\r\n", self->etag);
  g_autofree char *modified = g_strdup_printf ("\r\nIf-Range: %s\r\n", self->modified);

  return (self->etag != NULL && strstr (request, etag) != NULL)
         || (self->modified != NULL && strstr (request, modified) != NULL);
}

static void
answer (DataServer *self,
        GSocket    *peer,
        const char *request)
{
  gsize size = g_bytes_get_size (self->body);
  gsize start = find_range (request);
  guint status = self->status;
  g_autoptr (GString) head = g_string_new (NULL);

  if (start > 0 && status == 200 && !self->ignores_range && matches (self, request))
    {
      status = 206;
      if (self->answers_other_range)
        start += 1;
    }
  else
    {
      start = 0;
    }

  g_string_append_printf (head, "HTTP/1.1 %u Whatever\r\nConnection: close\r\n", status);
  if (self->etag != NULL)
    g_string_append_printf (head, "ETag: %s\r\n", self->etag);
  if (self->modified != NULL)
    g_string_append_printf (head, "Last-Modified: %s\r\n", self->modified);
  if (self->redirect != NULL)
    g_string_append_printf (head, "Location: %s\r\n", self->redirect);
  if (status == 206)
    g_string_append_printf (head, "Content-Range: bytes %zu-%zu/%zu\r\n", start, size - 1, size);
  if (self->says_no_length)
    g_string_append (head, "Transfer-Encoding: chunked\r\n\r\n");
  else
    g_string_append_printf (head, "Content-Length: %zu\r\n\r\n",
                            status == 200 || status == 206 ? size - start : 0);

  self->last_start = start;
  if (send_all (self, peer, head->str, head->len) && (status == 200 || status == 206))
    send_body (self, peer, start);
}

static void
serve (DataServer *self,
       GSocket    *peer)
{
  char request[MAX_REQUEST + 1] = "";
  gsize length = 0;

  g_socket_set_option (peer, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER_SIZE, NULL);
  while (length < MAX_REQUEST && strstr (request, "\r\n\r\n") == NULL)
    {
      gssize n = g_socket_receive (peer, request + length, MAX_REQUEST - length, self->closing,
                                   NULL);

      if (n <= 0)
        return;
      length += (gsize) n;
      request[length] = '\0';
    }

  g_atomic_int_inc (&self->n_requests);
  answer (self, peer, request);
}

static gpointer
run (gpointer data)
{
  DataServer *self = data;
  GSocket *peer;

  while ((peer = g_socket_accept (self->socket, self->closing, NULL)) != NULL)
    {
      serve (self, peer);
      g_socket_close (peer, NULL);
      g_object_unref (peer);
    }

  return NULL;
}

DataServer *
data_server_new (GBytes *body)
{
  DataServer *self = g_new0 (DataServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  self->body = body;
  self->etag = "\"one\"";
  self->break_after = -1;
  self->stall_after = -1;
  self->status = 200;
  self->closing = g_cancellable_new ();
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                               &error);
  g_assert_no_error (error);
  g_socket_bind (self->socket, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);

  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (self->socket, &error);

  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("data-server", run, self);

  return self;
}

void
data_server_free (DataServer *self)
{
  g_cancellable_cancel (self->closing);
  g_thread_join (self->thread);
  g_object_unref (self->socket);
  g_object_unref (self->closing);
  g_bytes_unref (self->body);
  g_free (self);
}

char *
data_server_dup_address (DataServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u/files/archive.zip", self->port);
}
