/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-accels.h"

typedef struct
{
  const char *action;
  const char *keys[3];
} Accel;

static const Accel accels[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.about-notebook", { "F1" } },
  { "win.show-page::train", { "<Alt>1" } },
  { "win.show-page::compare", { "<Alt>2" } },
  { "win.show-page::predict", { "<Alt>3" } },
  { "win.show-page::data", { "<Alt>4" } },
  { "win.run-list", { "F9" } },
  { "win.class-room", { "F11" } },
  { "win.search", { "<Control>f" } },
  { "win.open-data", { "<Control>o" } },
  { "win.classify-file", { "<Control><Shift>f" } },
  { "win.open-model", { "<Control><Shift>o" } },
  { "win.save-model", { "<Control><Shift>s" } },
  { "win.export-figure", { "<Control>e" } },
  { "win.new-run", { "<Control>n" } },
  { "win.start", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.pause", { "<Control><Shift>p" } },
  { "win.step", { "<Control><Shift>b" } },
  { "win.stop", { "<Control><Shift>k" } },
};

void
ut_accels_install (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, accels[i].keys);
}
