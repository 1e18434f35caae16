/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-menu.h"

#include <glib/gi18n.h>

static void
append_action (GMenu      *menu,
               const char *label,
               const char *action,
               const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu,
                GMenu *section) /* (transfer full) */
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

/* Whether there is anything of its own to hand over, or to repeat: it trained here, and is done. */
static gboolean
has_trained (UtRun *run)
{
  UtRunState state = ut_run_get_state (run);

  return ut_run_get_best (run) != NULL && !ut_run_is_active (run) && !ut_run_is_elsewhere (run) &&
         state != UT_RUN_QUEUED && state != UT_RUN_OPENED && state != UT_RUN_ENSEMBLE;
}

static gboolean
is_recurrent (UtRun *run)
{
  return ut_cell_kind_is_recurrent (ut_config_get_cell (ut_run_get_config (run)));
}

void
ut_run_menu_fill (GMenu *menu,
                  UtRun *run)
{
  GMenu *first, *further, *middle, *files, *end;
  const char *id;
  gboolean ensemble;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (UT_IS_RUN (run));

  first = g_menu_new ();
  further = g_menu_new ();
  middle = g_menu_new ();
  files = g_menu_new ();
  end = g_menu_new ();
  id = ut_run_get_id (run);
  /* An ensemble has no settings and no file of its own. */
  ensemble = ut_run_get_n_members (run) > 0;
  append_action (first, _("Show only this"), "win.run-show-only", id);
  if (!ensemble)
    append_action (first, _("Use these settings"), "win.run-use-settings", id);
  if (ut_run_can_continue (run))
    append_action (further, _("Continue"), "win.run-continue", id);
  if (ut_run_can_train_further (run))
    append_action (further, _("More epochs…"), "win.run-more-epochs", id);
  append_action (middle, _("Rename"), "win.run-rename", id);
  append_action (middle, _("Tags and Note…"), "win.run-notes", id);
  if (!ensemble)
    append_action (files, _("Save Model As…"), "win.run-save-model", id);
  if (!ensemble && is_recurrent (run))
    append_action (files, _("Nearest Words…"), "win.run-nearest", id);
  if (has_trained (run))
    {
      append_action (files, _("Export…"), "win.run-export", id);
      append_action (files, _("Reproduce"), "win.run-reproduce", id);
    }
  append_action (end, _("Delete"), "win.run-delete", id);
  g_menu_remove_all (menu);
  append_section (menu, first);
  append_section (menu, further);
  append_section (menu, middle);
  append_section (menu, files);
  append_section (menu, end);
}
