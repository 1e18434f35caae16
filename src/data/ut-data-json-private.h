/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Members of JSON objects that came from anywhere. A member that is missing or null leaves the value
 * as it was; one of another type is an error that names its key.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Up to which JSON's readers agree about integers. */
#define UT_DATA_JSON_MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

/* _ut_data_json_fail: sets @error to say that @key is wrong; returns %FALSE. */
gboolean   _ut_data_json_fail    (const char  *key,
                                  GError     **error);

/* _ut_data_json_text: @text: (inout) (transfer full). */
gboolean   _ut_data_json_text    (JsonObject  *object,
                                  const char  *key,
                                  char       **text,
                                  GError     **error);

/* _ut_data_json_integer: from 0 to %UT_DATA_JSON_MAX_INTEGER. */
gboolean   _ut_data_json_integer (JsonObject  *object,
                                  const char  *key,
                                  gint64      *value,
                                  GError     **error);

G_END_DECLS
