/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-application.h"
#include "ut-loop-trace.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  ut_loop_trace_start (g_getenv ("UNDERTONE_TRACE_LOOP"));

  g_autoptr (UtApplication) application = ut_application_new ();
  int status = g_application_run (G_APPLICATION (application), argc, argv);

  ut_loop_trace_end ();

  return status;
}
