/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-store.h"

#include "ut-cli-error.h"
#include "ut-cli-wait.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many of the runs that may be meant are listed. */
#define MAX_CANDIDATES 10

gboolean
ut_cli_store_load (UtRunStore  *store,
                   GError     **error)
{
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  ut_run_store_load_async (store, NULL, ut_cli_wait_done_cb, wait);
  return ut_run_store_load_finish (store, ut_cli_wait_for (wait), error);
}

UtRunStore *
ut_cli_store_open (void)
{
  g_autoptr (UtRunStore) store = ut_run_store_new (NULL);
  g_autoptr (GError) error = NULL;

  if (ut_cli_store_load (store, &error))
    return g_steal_pointer (&store);

  ut_cli_fail (error);
  if (g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED))
    {
      g_autofree char *backup = ut_run_store_dup_backup (store);
      g_autofree char *name = backup != NULL ? g_filename_display_basename (backup) : NULL;

      if (name != NULL)
        ut_cli_say (_("“undertone-cli runs repair” puts the last copy, %s, in its place."), name);
      else
        ut_cli_say (_("There is no copy of it. “undertone-cli runs repair --anew” sets it aside and "
                      "begins a new list."));
    }
  return NULL;
}

gboolean
ut_cli_store_sync (UtRunStore *store)
{
  g_autoptr (GError) error = NULL;

  /* The store does one errand after the other, so that all is written once this is read. */
  if (!ut_cli_store_load (store, &error))
    {
      ut_cli_fail (error);
      return FALSE;
    }
  if (ut_run_store_get_trouble (store) != NULL)
    {
      ut_cli_say ("%s", ut_run_store_get_trouble (store));
      return FALSE;
    }
  return TRUE;
}

/* Returns the runs of which @text is the name; or else the id; or else the beginning of the id. */
static GPtrArray *
find_candidates (GListModel *runs,
                 const char *text)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) beginning = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_runs = g_list_model_get_n_items (runs);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      if (g_str_equal (ut_run_get_id (run), text))
        {
          g_ptr_array_set_size (beginning, 0);
          g_ptr_array_add (beginning, g_steal_pointer (&run));
          return g_steal_pointer (&beginning);
        }
      if (g_str_equal (ut_run_get_name (run), text))
        g_ptr_array_add (named, g_object_ref (run));
      if (*text != '\0' && g_str_has_prefix (ut_run_get_id (run), text))
        g_ptr_array_add (beginning, g_object_ref (run));
    }
  return named->len > 0 ? g_steal_pointer (&named) : g_steal_pointer (&beginning);
}

static void
say_ambiguous (const char *text,
               GPtrArray  *candidates)
{
  ut_cli_say (ngettext ("“%s” may be %u run:", "“%s” may be any of %u runs:", candidates->len),
              text, candidates->len);
  for (guint i = 0; i < candidates->len && i < MAX_CANDIDATES; i++)
    {
      UtRun *run = g_ptr_array_index (candidates, i);

      ut_cli_say ("  %s  %s", ut_run_get_id (run), ut_run_get_name (run));
    }
  if (candidates->len > MAX_CANDIDATES)
    ut_cli_say ("  …");
}

static gboolean
is_in (GListModel *runs,
       const char *text)
{
  g_autoptr (GPtrArray) candidates = find_candidates (runs, text);

  return candidates->len > 0;
}

UtRun *
ut_cli_store_find (UtRunStore *store,
                   GListModel *runs,
                   const char *text)
{
  g_autoptr (GPtrArray) candidates = find_candidates (runs, text);
  GListModel *trash = ut_run_store_get_trash (store);

  if (candidates->len == 1)
    return g_object_ref (g_ptr_array_index (candidates, 0));

  if (candidates->len > 1)
    say_ambiguous (text, candidates);
  else if (runs != trash && is_in (trash, text))
    ut_cli_say (_("“%s” is in the trash: “undertone-cli runs restore” takes it out"), text);
  else if (runs == trash)
    ut_cli_say (_("There is no run “%s” in the trash: “undertone-cli runs list --all” lists it"),
                text);
  else
    ut_cli_say (_("There is no run “%s”: “undertone-cli runs list” lists all"), text);
  return NULL;
}

GPtrArray *
ut_cli_store_find_runs (UtRunStore  *store,
                        const char  *command,
                        int          n_names,
                        char       **names,
                        UtCliStatus *status)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *list = G_LIST_MODEL (store);

  for (guint i = 0; n_names == 0 && i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (runs, g_list_model_get_item (list, i));
  for (int i = 0; i < n_names; i++)
    {
      g_autoptr (UtRun) run = ut_cli_store_find (store, list, names[i]);

      if (run == NULL)
        {
          *status = UT_CLI_FAILED;
          return NULL;
        }
      if (g_ptr_array_find (runs, run, NULL))
        {
          *status = ut_cli_wrong_usage (command, _("“%s” is named twice"), names[i]);
          return NULL;
        }
      g_ptr_array_add (runs, g_steal_pointer (&run));
    }
  return g_steal_pointer (&runs);
}

typedef struct
{
  gboolean done;
} UtCliReading;

static void
read_cb (UtRun        *run,
         UtCliReading *reading)
{
  reading->done = TRUE;
}

/* A run without steps has nothing to be read. */
void
ut_cli_store_read_points (UtRunStore *store,
                          UtRun      *run)
{
  UtCliReading reading = { FALSE };
  gsize n_points;

  ut_run_get_points (run, &n_points);
  if (n_points > 0 || ut_run_get_progress (run)->step == 0)
    return;

  gulong id = g_signal_connect (run, "progressed", G_CALLBACK (read_cb), &reading);

  ut_run_store_read_points (store, run);
  while (!reading.done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (run, id);
}

UtAnswers *
ut_cli_store_read_answers (UtRun   *run,
                           GError **error)
{
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  ut_run_get_answers_async (run, NULL, ut_cli_wait_done_cb, wait);
  return ut_run_get_answers_finish (run, ut_cli_wait_for (wait), error);
}

gboolean
ut_cli_store_is_free (UtRun *run)
{
  if (!ut_run_is_elsewhere (run))
    return TRUE;

  ut_cli_say (_("“%s” is under way in another program, and can only be changed there"),
              ut_run_get_name (run));
  return FALSE;
}
