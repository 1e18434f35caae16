/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-json.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* json-glib recurses and allocates per value: what it may see is bounded first. */
#define UT_JSON_MAX_DEPTH 16
#define UT_JSON_MAX_LENGTH (100u << 20)

/**
 * _ut_json_parse:
 * @text: (array length=length): JSON text from anywhere.
 * @length: its bytes.
 * @max_values: the most values (keys count, too) it may hold.
 * @error: a sentence without a file name: what is wrong and at which byte.
 *
 * Scans @text as strictly as RFC 8259's lexical grammar asks, with bounded depth and number of
 * values, then lets json-glib parse it. A key that stands twice in an object is an error.
 *
 * Returns: (transfer full) (nullable): the root.
 */
JsonNode *_ut_json_parse          (const char  *text,
                                   gsize        length,
                                   gsize        max_values,
                                   GError     **error);

/**
 * _ut_json_read_file:
 * @file: a regular file of JSON text, from anywhere.
 * @max_size: the most bytes it may have.
 * @max_values: as for _ut_json_parse().
 * @cancellable: (nullable): to give up.
 * @error: names the file.
 *
 * Returns: (transfer full) (nullable): the root.
 */
JsonNode *_ut_json_read_file      (GFile         *file,
                                   gsize          max_size,
                                   gsize          max_values,
                                   GCancellable  *cancellable,
                                   GError       **error);

/** _ut_json_number_to_text: (transfer full): the shortest C locale text that reads back as
 * @value. */
char     *_ut_json_number_to_text (double       value);

/** _ut_json_append_node: appends @node without white space, its members in their order. */
void      _ut_json_append_node    (GString     *json,
                                   JsonNode    *node);

G_END_DECLS
