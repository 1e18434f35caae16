/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

/** UT_CLI_INPUT_MAX_LINE: bytes of the longest line: a long book in one line, but no disk image. */
#define UT_CLI_INPUT_MAX_LINE ((gsize) 4 * 1024 * 1024)

/**
 * UtCliLine:
 * @text: valid UTF-8 without a NUL byte and without its line end; not terminated.
 * @length: its bytes.
 * @offset: where it starts in the input.
 *
 * One line of an input.
 */
typedef struct
{
  const char *text;
  gsize length;
  gsize offset;
} UtCliLine;

/**
 * UtCliInput:
 *
 * A text file or standard input, line by line in bounded memory. A byte order mark at the start is
 * passed over; lines end with LF or CR LF.
 */
typedef struct UtCliInput UtCliInput;

/** ut_cli_input_open: (transfer full) (nullable): NULL or "-" as @path is standard input. */
UtCliInput *ut_cli_input_open     (const char *path,
                                   GError    **error);
void        ut_cli_input_free     (UtCliInput *self);

/**
 * ut_cli_input_next:
 * @self: the input.
 * @line: (out): the line, valid until the next call.
 * @error: names file and line.
 *
 * Waits for a whole line.
 *
 * Returns: FALSE at the end of the input and where @error is set.
 */
gboolean    ut_cli_input_next     (UtCliInput *self,
                                   UtCliLine  *line,
                                   GError    **error);

/** ut_cli_input_has_line: whether ut_cli_input_next() has a line at hand and need not wait. */
gboolean    ut_cli_input_has_line (UtCliInput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliInput, ut_cli_input_free)

G_END_DECLS
