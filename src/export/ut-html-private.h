/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Text of a page in HTML. Whatever a person or a file said goes through here, so that it is read as
 * text and never as part of the page.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * _ut_html_append_text: @text with what has a meaning in HTML escaped, in element content and in
 * quoted attributes. What is not UTF-8 and what may not stand in a page becomes U+FFFD.
 */
void _ut_html_append_text    (GString    *html,
                              const char *text);

/** _ut_html_append_element: @text as the content of @tag, whose attributes (@attributes, nullable)
 * are written as they are. */
void _ut_html_append_element (GString    *html,
                              const char *tag,
                              const char *attributes,
                              const char *text);

G_END_DECLS
