/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-error.h"
#include "ut-cli-import-names.h"

G_BEGIN_DECLS

/**
 * UtCliFileForm:
 * @form_option: the option that names the form, without dashes; the command's own, as is the next.
 * @column_option: the option that names the column of the text.
 * @forms: what may be given for @form_option.
 *
 * The options that say how a person's file is to be read: form, delimiter, quoting, encoding,
 * header, columns, labels, tokens; of each command that reads one. The other members are what was
 * given, to be read with ut_cli_file_form_apply() and the like.
 */
typedef struct
{
  const char *form_option;
  const char *column_option;
  const UtCliName *forms;

  const char *command;  /* (not owned) (nullable): once it was parsed */
  char *form;           /* (owned) (nullable) */
  char *delimiter;      /* (owned) (nullable) */
  char *encoding;       /* (owned) (nullable) */
  char *column;         /* (owned) (nullable) */
  char *label_column;   /* (owned) (nullable) */
  GStrv labels;         /* (owned) (nullable) */
  gboolean no_quoting;
  gboolean header;
  gboolean no_header;
  gboolean tokenized;
  gboolean raw;
} UtCliFileForm;

void         ut_cli_file_form_clear        (UtCliFileForm        *self);

/**
 * ut_cli_file_form_parse:
 * @self: receives what the options say.
 * @help: the command, which must outlive @self.
 * @own: further options of the command; those of @form_option and @column_option among them.
 * @argc: (inout): length of @argv.
 * @argv: (inout): the command line; the options are taken out.
 * @status: (out): the exit status, where FALSE is returned.
 *
 * ut_cli_parse() with all options of the command, of which one operand at least must be there. Says
 * what is wrong.
 *
 * Returns: whether the command goes on.
 */
gboolean     ut_cli_file_form_parse        (UtCliFileForm        *self,
                                            const UtCliHelp      *help,
                                            const GOptionEntry   *own,
                                            int                  *argc,
                                            char               ***argv,
                                            UtCliStatus          *status);

/**
 * ut_cli_file_form_apply:
 * @self: the options.
 * @options: (inout): what is chosen.
 * @fixed: (inout): what of it was given.
 *
 * Returns: whether all that was given is known; otherwise that it is not was said.
 */
gboolean     ut_cli_file_form_apply        (const UtCliFileForm  *self,
                                            UtImportOptions      *options,
                                            UtImportFixed        *fixed);

/** ut_cli_file_form_names_columns: whether a column was given, of which a guess has to know. */
gboolean     ut_cli_file_form_names_columns (const UtCliFileForm *self);

/**
 * ut_cli_file_form_find_columns:
 * @self: the options.
 * @guess: the columns there are.
 * @options: (inout): receives the columns that were given.
 * @fixed: (inout): what of it was given.
 *
 * Returns: whether they are there; otherwise that one is not was said.
 */
gboolean     ut_cli_file_form_find_columns (const UtCliFileForm  *self,
                                            const UtImportGuess  *guess,
                                            UtImportOptions      *options,
                                            UtImportFixed        *fixed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliFileForm, ut_cli_file_form_clear)

G_END_DECLS
