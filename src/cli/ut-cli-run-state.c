/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-run-state.h"

#include <glib/gi18n.h>

static const struct
{
  UtRunState state;
  const char *title; /* to be translated */
} titles[] = {
  { UT_RUN_QUEUED, NC_("run", "queued") },
  { UT_RUN_PREPARING, NC_("run", "preparing") },
  { UT_RUN_TRAINING, NC_("run", "training") },
  { UT_RUN_CHECKING, NC_("run", "checking") },
  { UT_RUN_PAUSED, NC_("run", "paused") },
  { UT_RUN_STOPPING, NC_("run", "stopping") },
  { UT_RUN_STOPPED, NC_("run", "stopped") },
  { UT_RUN_FINISHED, NC_("run", "finished") },
  { UT_RUN_FAILED, NC_("run", "failed") },
  { UT_RUN_INTERRUPTED, NC_("run", "interrupted") },
  { UT_RUN_ENSEMBLE, NC_("run", "ensemble") },
};

const char *
ut_cli_run_state_get_nick (UtRunState state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (UT_TYPE_RUN_STATE);

  return g_enum_get_value (klass, (int) state)->value_nick;
}

gboolean
ut_cli_run_state_from_nick (const char *nick,
                            UtRunState *state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (UT_TYPE_RUN_STATE);
  const GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  if (value != NULL)
    *state = (UtRunState) value->value;
  return value != NULL;
}

char *
ut_cli_run_state_list (void)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            ut_cli_run_state_get_nick (titles[i].state));
  return g_string_free (list, FALSE);
}

char *
ut_cli_run_state_describe (UtRun *run)
{
  const char *title = "";

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].state == ut_run_get_state (run))
      title = g_dpgettext2 (NULL, "run", titles[i].title);

  /* Translators: a run that another program trains: "training elsewhere". */
  return ut_run_is_elsewhere (run) ? g_strdup_printf (_("%s elsewhere"), title) : g_strdup (title);
}
