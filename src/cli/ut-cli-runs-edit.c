/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-runs.h"

#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli-store.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static const GOptionEntry no_options[] = { { NULL } };

/* What was changed in memory is there again, as it was before, where it could not be written. */
static UtCliStatus
save (UtRunStore *store)
{
  return ut_cli_store_sync (store) ? UT_CLI_DONE : UT_CLI_FAILED;
}

static UtCliStatus
say_unsaved (UtRun *run)
{
  ut_cli_say (_("The change of “%s” could not be saved"), ut_run_get_name (run));
  return UT_CLI_FAILED;
}

/* Returns (transfer full) (nullable): the run called @text, which may be changed. */
static UtRun *
find_free (UtRunStore *store,
           const char *text)
{
  g_autoptr (UtRun) run = ut_cli_store_find (store, G_LIST_MODEL (store), text);

  return run != NULL && ut_cli_store_is_free (run) ? g_steal_pointer (&run) : NULL;
}

/* One text */

static const UtCliHelp rename_help = {
  .command = "runs rename",
  .operands = N_("RUN NAME"),
  .n_operands = 2,
  .summary = N_("Gives a run another name."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs rename \"GRU 3\" \"GRU, small steps\""),
  .strict = TRUE,
};

static UtCliStatus
rename_run (const char *which,
            const char *name)
{
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtRun) run = store != NULL ? find_free (store, which) : NULL;

  if (run == NULL)
    return UT_CLI_FAILED;

  ut_run_set_name (run, name);
  if (save (store) != UT_CLI_DONE)
    return UT_CLI_FAILED;
  return g_str_equal (ut_run_get_name (run), name) ? UT_CLI_DONE : say_unsaved (run);
}

UtCliStatus
ut_cli_runs_rename (int    argc,
                    char **argv)
{
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (&rename_help, no_options, &argc, &argv, &status))
    return status;
  if (argc < 3)
    return ut_cli_wrong_usage (rename_help.command, "%s", _("RUN and NAME are needed"));

  g_autofree char *name = ut_cli_dup_operand (&rename_help, argv[2], &status);

  if (name == NULL)
    return status;
  if (*g_strstrip (name) == '\0')
    return ut_cli_wrong_usage (rename_help.command, "%s", _("A name has at least one character"));
  return rename_run (argv[1], name);
}

static const UtCliHelp note_help = {
  .command = "runs note",
  .operands = N_("RUN TEXT"),
  .n_operands = 2,
  .summary = N_("Writes a note about a run, in the place of the one that is there; an empty\n"
                "TEXT takes it away."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs note \"GRU 3\" \"The first one that sees negations.\""),
  .strict = TRUE,
};

static UtCliStatus
note_run (const char *which,
          const char *text)
{
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtRun) run = store != NULL ? find_free (store, which) : NULL;

  if (run == NULL)
    return UT_CLI_FAILED;

  ut_run_set_note (run, text);
  if (save (store) != UT_CLI_DONE)
    return UT_CLI_FAILED;

  const char *note = ut_run_get_note (run);

  return g_str_equal (note != NULL ? note : "", text) ? UT_CLI_DONE : say_unsaved (run);
}

UtCliStatus
ut_cli_runs_note (int    argc,
                  char **argv)
{
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (&note_help, no_options, &argc, &argv, &status))
    return status;
  if (argc < 3)
    return ut_cli_wrong_usage (note_help.command, "%s", _("RUN and TEXT are needed"));

  g_autofree char *text = ut_cli_dup_operand (&note_help, argv[2], &status);

  return text != NULL ? note_run (argv[1], text) : status;
}

/* Tags */

static const UtCliHelp tag_help = {
  .command = "runs tag",
  .operands = N_("RUN [+TAG|-TAG]…"),
  .n_operands = G_MAXINT,
  .summary = N_("Puts words on a run (+TAG) or takes them off (-TAG); without any, prints those\n"
                "that are there."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs tag \"GRU 3\" +sizes -draft"),
  .strict = TRUE,
};

/* Returns FALSE with the exit status after saying what is wrong; @changes receives the texts. */
static gboolean
read_changes (int          argc,
              char       **argv,
              GPtrArray   *changes,
              UtCliStatus *status)
{
  for (int i = 2; i < argc; i++)
    {
      char *text = ut_cli_dup_operand (&tag_help, argv[i], status);

      if (text == NULL)
        return FALSE;
      g_ptr_array_add (changes, text);
      if ((*text != '+' && *text != '-') || *g_strstrip (text + 1) == '\0')
        {
          *status = ut_cli_wrong_usage (tag_help.command,
                                        _("“%s”: +TAG or -TAG was expected"), argv[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* Returns (transfer full) (array zero-terminated=1): the tags of @run with all @changes made. */
static char **
change_tags (UtRun     *run,
             GPtrArray *changes)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  const char * const *old = ut_run_get_tags (run);

  for (gsize i = 0; old != NULL && old[i] != NULL; i++)
    g_ptr_array_add (tags, g_strdup (old[i]));
  for (guint i = 0; i < changes->len; i++)
    {
      const char *change = g_ptr_array_index (changes, i);
      guint position;
      gboolean found = g_ptr_array_find_with_equal_func (tags, change + 1, g_str_equal, &position);

      if (*change == '-' && found)
        g_ptr_array_remove_index (tags, position);
      else if (*change == '+' && !found)
        g_ptr_array_add (tags, g_strdup (change + 1));
    }
  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_steal (tags, NULL);
}

static UtCliStatus
print_tags (UtRun *run)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  const char * const *tags = ut_run_get_tags (run);

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      ut_cli_output_print_safely (output, tags[i], strlen (tags[i]));
      ut_cli_output_print (output, "\n");
    }
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

static UtCliStatus
tag_run (const char *which,
         GPtrArray  *changes)
{
  static const char * const none[] = { NULL };
  g_autoptr (UtRunStore) store = ut_cli_store_open ();

  if (store == NULL)
    return UT_CLI_FAILED;

  g_autoptr (UtRun) run = ut_cli_store_find (store, G_LIST_MODEL (store), which);

  if (run == NULL)
    return UT_CLI_FAILED;
  if (changes->len == 0)
    return print_tags (run);
  if (!ut_cli_store_is_free (run))
    return UT_CLI_FAILED;

  g_auto (GStrv) wanted = change_tags (run, changes);

  ut_run_set_tags (run, (const char * const *) wanted);
  if (save (store) != UT_CLI_DONE)
    return UT_CLI_FAILED;

  const char * const *tags = ut_run_get_tags (run);

  return g_strv_equal (tags != NULL ? tags : none, (const char * const *) wanted)
         ? UT_CLI_DONE : say_unsaved (run);
}

UtCliStatus
ut_cli_runs_tag (int    argc,
                 char **argv)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (&tag_help, no_options, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (tag_help.command, "%s", _("RUN is missing"));
  return read_changes (argc, argv, changes, &status) ? tag_run (argv[1], changes) : status;
}

/* The trash */

static const UtCliHelp delete_help = {
  .command = "runs delete",
  .operands = N_("RUN…"),
  .n_operands = G_MAXINT,
  .summary = N_("Puts runs into the trash, where they stay for a month: “runs restore” takes\n"
                "them out, “runs empty-trash” deletes them for good."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs delete \"GRU 3\" \"GRU 4\""),
};

static const UtCliHelp restore_help = {
  .command = "runs restore",
  .operands = N_("RUN…"),
  .n_operands = G_MAXINT,
  .summary = N_("Takes runs out of the trash. “runs list --all” lists what is in it."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs restore \"GRU 3\""),
};

static const UtCliHelp empty_help = {
  .command = "runs empty-trash",
  .summary = N_("Deletes for good all runs that are in the trash, with their models."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs empty-trash"),
};

/* Returns (transfer full) (nullable): all runs that the operands name, each once; none is changed
 * where there is a mistake in one of them. */
static GPtrArray *
find_all (UtRunStore *store,
          GListModel *runs,
          int         argc,
          char      **argv)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (UtRun) run = ut_cli_store_find (store, runs, argv[i]);

      if (run == NULL || !ut_cli_store_is_free (run))
        return NULL;
      if (!g_ptr_array_find (found, run, NULL))
        g_ptr_array_add (found, g_steal_pointer (&run));
    }
  return g_steal_pointer (&found);
}

static gboolean
has_run (GListModel *runs,
         UtRun      *run)
{
  guint n_runs = g_list_model_get_n_items (runs);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (UtRun) other = g_list_model_get_item (runs, i);

      if (other == run)
        return TRUE;
    }
  return FALSE;
}

/* Moves runs from one list to the other. */
static UtCliStatus
move (const UtCliHelp *help,
      int              argc,
      char           **argv)
{
  gboolean restores = help == &restore_help;
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (help, no_options, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (help->command, "%s", _("RUN is missing"));

  g_autoptr (UtRunStore) store = ut_cli_store_open ();

  if (store == NULL)
    return UT_CLI_FAILED;

  GListModel *trash = ut_run_store_get_trash (store);
  GListModel *from = restores ? trash : G_LIST_MODEL (store);
  g_autoptr (GPtrArray) runs = find_all (store, from, argc, argv);

  if (runs == NULL)
    return UT_CLI_FAILED;
  /* A run that waited for its turn must not get it here and now. */
  ut_run_store_set_queue_paused (store, TRUE);
  for (guint i = 0; i < runs->len; i++)
    if (restores)
      ut_run_store_restore (store, g_ptr_array_index (runs, i));
    else
      ut_run_store_remove (store, g_ptr_array_index (runs, i));
  if (save (store) != UT_CLI_DONE)
    return UT_CLI_FAILED;
  for (guint i = 0; i < runs->len; i++)
    if (has_run (from, g_ptr_array_index (runs, i)))
      status = say_unsaved (g_ptr_array_index (runs, i));
  return status;
}

UtCliStatus
ut_cli_runs_delete (int    argc,
                    char **argv)
{
  return move (&delete_help, argc, argv);
}

UtCliStatus
ut_cli_runs_restore (int    argc,
                     char **argv)
{
  return move (&restore_help, argc, argv);
}

UtCliStatus
ut_cli_runs_empty_trash (int    argc,
                         char **argv)
{
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (&empty_help, no_options, &argc, &argv, &status))
    return status;

  g_autoptr (UtRunStore) store = ut_cli_store_open ();

  if (store == NULL)
    return UT_CLI_FAILED;

  GListModel *trash = ut_run_store_get_trash (store);
  guint n_runs = g_list_model_get_n_items (trash);

  for (guint i = n_runs; i > 0; i--)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (trash, i - 1);

      ut_run_store_purge (store, run);
    }
  if (save (store) != UT_CLI_DONE)
    return UT_CLI_FAILED;

  guint n_left = g_list_model_get_n_items (trash);
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  if (n_left > 0)
    {
      ut_cli_say (ngettext ("%u run could not be deleted", "%u runs could not be deleted", n_left),
                  n_left);
      status = UT_CLI_FAILED;
    }
  ut_cli_output_printf (output, ngettext ("%u run was deleted.\n", "%u runs were deleted.\n",
                                          n_runs - MIN (n_left, n_runs)),
                        n_runs - MIN (n_left, n_runs));
  return ut_cli_output_finish (output, status);
}
