/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Figures and arguments as a person reads them. What is returned is (transfer full).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ut_cli_text_dup_time: "1:05" or "2:01:05". */
char *ut_cli_text_dup_time     (double      seconds);

/** ut_cli_text_dup_duration: "0.4 s", or as ut_cli_text_dup_time() from a minute on. */
char *ut_cli_text_dup_duration (double      seconds);

/** ut_cli_text_dup_number: @value with @n_digits behind the point, or a dash where it is not
 * finite. */
char *ut_cli_text_dup_number   (double      value,
                                int         n_digits);

/** ut_cli_text_dup_age: how long ago @created was, in microseconds since 1970: "5 min". */
char *ut_cli_text_dup_age      (gint64      created);

/** ut_cli_text_quote: @text as a shell reads it. */
char *ut_cli_text_quote        (const char *text);

/** ut_cli_text_dup_safe: @length bytes of @text, whose control characters became visible. */
char *ut_cli_text_dup_safe     (const char *text,
                                gsize       length);

G_END_DECLS
