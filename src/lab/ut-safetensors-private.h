/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The file format safetensors, as far as float32 goes: eight bytes with the header's length, the
 * header (a JSON object: name, type, shape and offsets of each tensor, and `__metadata__`, a map
 * of strings), then the numbers.
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UtSafetensorsEntry:
 * @name: of the tensor.
 * @n_dims: 1 or 2.
 * @dims: its shape.
 * @data: (dims[0] × dims[1]) (nullable): its numbers; NULL in a file that is read.
 * @offset: in bytes from the start of the numbers; not used for writing.
 */
typedef struct
{
  const char *name;
  gsize n_dims;
  gsize dims[2];
  const float *data;
  guint64 offset;
} UtSafetensorsEntry;

/**
 * _ut_safetensors_write:
 * @file: where to.
 * @metadata: (array zero-terminated=1): key, value, key, value, …
 * @entries: (array length=n_entries): the tensors in the order they are to have.
 * @error: names the file.
 *
 * The bytes follow from the arguments alone; the last of the metadata is a checksum of all of them,
 * by which a reader finds any byte that changed. A program that changes a file on purpose takes it
 * out. Written by way of a temporary file.
 */
gboolean _ut_safetensors_write (GFile                     *file,
                                const char * const        *metadata,
                                const UtSafetensorsEntry  *entries,
                                gsize                      n_entries,
                                GCancellable              *cancellable,
                                GError                   **error);

/**
 * UtSafetensors:
 *
 * A file whose header was read and found sound: types, shapes and offsets fit each other and the
 * file's size, the tensors neither overlap nor leave gaps. One thread at a time.
 */
typedef struct UtSafetensors UtSafetensors;

/** _ut_safetensors_open: (transfer full) (nullable): @error names the file and what is wrong. */
UtSafetensors            *_ut_safetensors_open         (GFile                     *file,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
/** _ut_safetensors_open_stream: likewise, for @size bytes of @stream, called @name in messages. */
UtSafetensors            *_ut_safetensors_open_stream  (const char                *name,
                                                        GInputStream              *stream,
                                                        guint64                    size,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
void                      _ut_safetensors_free         (UtSafetensors             *self);

/** _ut_safetensors_get_entries: (array length=n_entries): in the order of their numbers in the
 * file. */
const UtSafetensorsEntry *_ut_safetensors_get_entries  (const UtSafetensors       *self,
                                                        gsize                     *n_entries);
/** _ut_safetensors_find: (nullable): the tensor called @name. */
const UtSafetensorsEntry *_ut_safetensors_find         (const UtSafetensors       *self,
                                                        const char                *name);
/** _ut_safetensors_count: how many numbers all tensors have together. */
guint64                   _ut_safetensors_count        (const UtSafetensors       *self);
/** UT_SAFETENSORS_MAX_CHECKSUM: longest text of a checksum. */
#define UT_SAFETENSORS_MAX_CHECKSUM 63
/** _ut_safetensors_get_checksum: (nullable): what tells the file from others, where it says so. */
const char               *_ut_safetensors_get_checksum (const UtSafetensors       *self);
/** _ut_safetensors_has_numbers_of: whether the file has the numbers of another one, called @checksum,
 * whatever the two say of them. */
gboolean                  _ut_safetensors_has_numbers_of (const UtSafetensors     *self,
                                                        const char                *checksum);
/** _ut_safetensors_get_metadata: (nullable): the text of @key. */
const char               *_ut_safetensors_get_metadata (const UtSafetensors       *self,
                                                        const char                *key);
/** _ut_safetensors_read_next: the numbers of the next tensor in the file's order. Once the last one
 * is read, all of them are finite and, where the file has a checksum, as they were written. */
gboolean                  _ut_safetensors_read_next    (UtSafetensors             *self,
                                                        float                     *data,
                                                        GCancellable              *cancellable,
                                                        GError                   **error);
/** _ut_safetensors_set_error: sets @error to the file's name and the message. */
void                      _ut_safetensors_set_error    (const UtSafetensors       *self,
                                                        GError                   **error,
                                                        const char                *format,
                                                        ...) G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtSafetensors, _ut_safetensors_free)

G_END_DECLS
