/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * A host on the loopback address that gives out one file, in good and in bad manners, from a thread
 * of its own. One connection at a time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DataServer:
 * @body: (owned): the file; the fields up to @redirect are the test's to change between fetches.
 * @etag: (nullable): its ETag.
 * @modified: (nullable): its Last-Modified.
 * @ignores_range: always answers with the whole file.
 * @answers_other_range: answers with 206, but not from where it was asked to.
 * @says_no_length: chunked, without saying how long it is.
 * @n_surplus: bytes to send behind the body; where it says no length.
 * @break_after: ends the connection after so many bytes of an answer; -1 for never.
 * @stall_after: sends nothing more after so many bytes of an answer; -1 for never.
 * @pause: microseconds before each piece of 4 KB.
 * @status: 200, or what it answers instead.
 * @redirect: (nullable): where @status leads.
 * @n_requests: how often it was asked.
 * @n_sent: bytes of bodies that it sent.
 * @last_start: where the last answer started.
 */
typedef struct
{
  GBytes *body;
  const char *etag;
  const char *modified;
  gboolean ignores_range;
  gboolean answers_other_range;
  gboolean says_no_length;
  gsize n_surplus;
  gint64 break_after;
  gint64 stall_after;
  guint pause;
  guint status;
  const char *redirect;

  gint n_requests;
  gsize n_sent;
  gsize last_start;

  GSocket *socket;
  GThread *thread;
  GCancellable *closing;
  guint16 port;
} DataServer;

/* data_server_new: (transfer full): serves @body, which it takes. */
DataServer *data_server_new         (GBytes     *body);
void        data_server_free        (DataServer *self);

/* data_server_dup_address: (transfer full): of the file. */
char       *data_server_dup_address (DataServer *self);

G_END_DECLS
