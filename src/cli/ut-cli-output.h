/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

/**
 * UtCliOutput:
 *
 * Standard output or standard error: buffered, and aware of a reader that went away and of a full
 * disk. After the first failure everything further is dropped.
 */
typedef struct UtCliOutput UtCliOutput;

/** ut_cli_output_new: (transfer full): writes to @fd, which stays open. */
UtCliOutput *ut_cli_output_new         (int          fd);
/** ut_cli_output_free: writes what is left. */
void         ut_cli_output_free        (UtCliOutput *self);

/** ut_cli_output_is_terminal: whether this is a terminal that can move its cursor. */
gboolean     ut_cli_output_is_terminal (UtCliOutput *self);
/** ut_cli_output_has_colors: whether colours are wanted: on a terminal, unless NO_COLOR is set. */
gboolean     ut_cli_output_has_colors  (UtCliOutput *self);
/** ut_cli_output_is_utf8: whether the locale can show any character. */
gboolean     ut_cli_output_is_utf8     (UtCliOutput *self);
/** ut_cli_output_get_width: columns of the terminal, 80 where there is none. */
guint        ut_cli_output_get_width   (UtCliOutput *self);
/** ut_cli_output_is_closed: whether writing failed, so that nobody will read what follows. */
gboolean     ut_cli_output_is_closed   (UtCliOutput *self);

/** ut_cli_output_write: @length bytes as they are. */
void         ut_cli_output_write       (UtCliOutput *self,
                                        const char  *bytes,
                                        gsize        length);
/** ut_cli_output_print: UTF-8 text for people, converted to the locale's character set. */
void         ut_cli_output_print       (UtCliOutput *self,
                                        const char  *text);
/** ut_cli_output_printf: ut_cli_output_print() in printf's manner. */
void         ut_cli_output_printf      (UtCliOutput *self,
                                        const char  *format,
                                        ...) G_GNUC_PRINTF (2, 3);
/** ut_cli_output_print_safely: text of foreign origin; control characters become visible. */
void         ut_cli_output_print_safely (UtCliOutput *self,
                                         const char  *text,
                                         gsize        length);
/** ut_cli_output_print_wrapped: a paragraph; on a terminal its lines break between words. */
void         ut_cli_output_print_wrapped (UtCliOutput *self,
                                          const char  *text);
/** ut_cli_output_flush: lets the reader see what was written. */
void         ut_cli_output_flush       (UtCliOutput *self);

/**
 * ut_cli_output_finish:
 * @self: the output.
 * @status: of the command so far.
 *
 * Writes what is left. A failure is reported, but for a reader that went away ("| head").
 *
 * Returns: @status, or %UT_CLI_FAILED where @status is %UT_CLI_DONE and not all was written.
 */
UtCliStatus  ut_cli_output_finish      (UtCliOutput *self,
                                        UtCliStatus  status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliOutput, ut_cli_output_free)

G_END_DECLS
