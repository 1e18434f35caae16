/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What options, JSON and people call the choices of an import.
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

/** ut_cli_name_get: (transfer none): what @value is called. */
const char *ut_cli_name_get  (const UtCliName *names,
                              int              value);

/** ut_cli_name_find: whether something is called @name; @value receives it. */
gboolean    ut_cli_name_find (const UtCliName *names,
                              const char      *name,
                              int             *value);

/** ut_cli_name_list: (transfer full): "a, b, c". */
char       *ut_cli_name_list (const UtCliName *names);

G_END_DECLS
