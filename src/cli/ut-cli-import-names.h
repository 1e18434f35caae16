/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What options, JSON and people call the choices of an import and of a classification.
 */
#pragma once

#include <glib.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtCliName:
 * @value: of an enumeration, or a character.
 * @name: in options and JSON; the first of a value is the one that is printed.
 */
typedef struct
{
  int value;
  const char *name;
} UtCliName;

/* Each ends with a %NULL name. */
extern const UtCliName ut_cli_form_names[];
extern const UtCliName ut_cli_encoding_names[];
extern const UtCliName ut_cli_delimiter_names[];
extern const UtCliName ut_cli_unit_names[];
extern const UtCliName ut_cli_split_names[];
extern const UtCliName ut_cli_meaning_names[];
extern const UtCliName ut_cli_row_form_names[];

/** ut_cli_name_get: (transfer none): what @value is called. */
const char *ut_cli_name_get  (const UtCliName *names,
                              int              value);

/** ut_cli_name_find: whether something is called @name; @value receives it. */
gboolean    ut_cli_name_find (const UtCliName *names,
                              const char      *name,
                              int             *value);

/** ut_cli_name_list: (transfer full): "a, b, c". */
char       *ut_cli_name_list (const UtCliName *names);

/**
 * ut_cli_name_choose:
 * @command: the command.
 * @option: its option, without dashes.
 * @name: (nullable): what was given for it.
 * @names: what may be given.
 * @value: (inout): what is chosen.
 *
 * Returns: whether @name is %NULL or one of @names; otherwise that it is not was said.
 */
gboolean    ut_cli_name_choose (const char      *command,
                                const char      *option,
                                const char      *name,
                                const UtCliName *names,
                                int             *value);

/** ut_cli_meaning_check: whether all of @texts (nullable), given for --label, say VALUE=MEANING;
 * otherwise that one does not was said. */
gboolean    ut_cli_meaning_check (const char         *command,
                                  const char * const *texts);

/** ut_cli_meaning_find: the number of the label that a checked @text is about, -1 after saying that
 * there is none. */
int         ut_cli_meaning_find  (const char          *text,
                                  const UtImportLabel *labels,
                                  guint                n_labels,
                                  UtImportMeaning     *meaning);

/** ut_cli_column_find: finds a column by its name or number; FALSE after saying that there is
 * none. */
gboolean    ut_cli_column_find   (const UtImportGuess *guess,
                                  const char          *option,
                                  const char          *name,
                                  guint               *column);

G_END_DECLS
