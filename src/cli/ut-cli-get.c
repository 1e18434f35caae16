/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli-progress.h"
#include "ut-cli-signals.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>
#include <ut-data.h>
#include <ut-text.h>

static const UtCliHelp help = {
  .command = "get",
  .operands = N_("[ID]"),
  .n_operands = 1,
  .summary = N_("Fetches public data: labelled sentences or word vectors. Without ID it lists\n"
                "what there is, under which licence, and where it is once it was fetched. A\n"
                "fetch that was interrupted goes on from where it stopped."),
  .examples = N_("Examples:\n"
                 "  undertone-cli get\n"
                 "  undertone-cli get sst-2\n"
                 "  undertone-cli get glove-50 --from glove.6B.zip"),
};

typedef struct
{
  GMainLoop *loop;            /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  UtCliProgress *progress;    /* (owned) */
  UtSource *source;
  GFile *result;              /* (owned) (nullable) */
  GError *error;              /* (owned) (nullable): where there is no result */
  guint n_interrupts;
} UtCliGetting;

/* The list */

static void
append_member (GString    *json,
               const char *key,
               const char *text)
{
  g_string_append_printf (json, ",\"%s\":", key);
  if (text != NULL)
    ut_json_append_string (json, text);
  else
    g_string_append (json, "null");
}

/* A path may be no UTF-8, which JSON must be. */
static char *
dup_shown_path (GFile *file)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  return path != NULL ? g_filename_display_name (path) : NULL;
}

static void
append_source (GString        *json,
               const UtSource *source)
{
  g_autoptr (GFile) present = ut_source_dup_present (source);
  g_autofree char *path = dup_shown_path (present);
  gboolean is_dataset = ut_source_get_kind (source) == UT_SOURCE_DATASET;

  g_string_append (json, "{\"id\":");
  ut_json_append_string (json, ut_source_get_id (source));
  append_member (json, "title", ut_source_get_title (source));
  append_member (json, "kind", is_dataset ? "dataset" : "vectors");
  append_member (json, "address", ut_source_get_address (source));
  append_member (json, "page", ut_source_get_page (source));
  append_member (json, "licence", ut_source_get_licence (source));
  append_member (json, "citation", ut_source_get_citation (source));
  g_string_append_printf (json, ",\"size\":%" G_GUINT64_FORMAT ",\"fetch_size\":%" G_GUINT64_FORMAT
                          ",\"unpacked_size\":%" G_GUINT64_FORMAT,
                          ut_source_get_size (source), ut_source_get_fetch_size (source),
                          ut_source_get_unpacked_size (source));
  append_member (json, "path", path);
  g_string_append_c (json, '}');
}

/* What a person must know before fetching it. */
static void
print_terms (UtCliOutput    *output,
             const UtSource *source)
{
  g_autofree char *size = g_format_size (ut_source_get_fetch_size (source));
  g_autofree char *unpacked = g_format_size (ut_source_get_unpacked_size (source));
  /* Translators: an address, the size of what is fetched, and that on the disk. */
  g_autofree char *from = g_strdup_printf (_("From %s (%s, unpacked %s)"),
                                           ut_source_get_address (source), size, unpacked);
  g_autofree char *licence = g_strdup_printf (_("Licence: %s"), ut_source_get_licence (source));
  /* Translators: whose work it is. */
  g_autofree char *citation = g_strdup_printf (_("To be named: %s"),
                                               ut_source_get_citation (source));

  ut_cli_output_print_wrapped (output, from);
  ut_cli_output_print_wrapped (output, licence);
  ut_cli_output_print_wrapped (output, citation);
}

static void
print_place (UtCliOutput *output,
             const char  *format,
             GFile       *file)
{
  g_autofree char *path = dup_shown_path (file);
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);

  ut_cli_output_print (output, around[0]);
  ut_cli_output_print_safely (output, path, strlen (path));
  ut_cli_output_printf (output, "%s\n", around[1]);
}

static void
print_source (UtCliOutput    *output,
              const UtSource *source)
{
  g_autoptr (GFile) present = ut_source_dup_present (source);

  ut_cli_output_printf (output, "%s  %s\n", ut_source_get_id (source),
                        ut_source_get_title (source));
  print_terms (output, source);
  if (present != NULL)
    /* Translators: where data that was fetched lies. */
    print_place (output, _("Is at %s"), present);
  else
    ut_cli_output_printf (output, "%s\n", _("Not fetched yet"));
}

static UtCliStatus
list (GPtrArray *sources,
      gboolean   json)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (GString) text = g_string_new ("{\"sources\":[");

  for (guint i = 0; i < sources->len; i++)
    {
      const UtSource *source = g_ptr_array_index (sources, i);

      if (i > 0)
        g_string_append_c (text, ',');
      if (json)
        append_source (text, source);
      else
        {
          if (i > 0)
            ut_cli_output_print (output, "\n");
          print_source (output, source);
        }
    }
  g_string_append (text, "]}\n");
  if (json)
    ut_cli_output_write (output, text->str, text->len);

  return ut_cli_output_finish (output, UT_CLI_DONE);
}

/* Fetching one */

static const char *
get_phase_name (UtFetchPhase phase)
{
  switch (phase)
    {
    case UT_FETCH_CONNECTING:
      return _("connecting");
    case UT_FETCH_AGAIN:
      return _("reading what was saved");
    case UT_FETCH_FETCHING:
      return _("fetching");
    case UT_FETCH_CHECKING:
      return _("checking");
    default:
      g_return_val_if_reached ("");
    }
}

static void
show_progress_cb (const UtFetchProgress *progress,
                  gpointer               data)
{
  UtCliGetting *self = data;
  g_autofree char *there = g_format_size (progress->n_bytes);
  g_autofree char *all = g_format_size (progress->n_total);
  g_autofree char *rate = g_format_size ((guint64) progress->rate);
  g_autofree char *detail = progress->rate > 0
    /* Translators: two sizes and a size a second, as "3 MB of 7 MB, 1 MB/s". */
    ? g_strdup_printf (_("%s of %s, %s/s"), there, all, rate)
    /* Translators: two sizes. */
    : g_strdup_printf (_("%s of %s"), there, all);
  double fraction = progress->n_total > 0
    ? (double) progress->n_bytes / (double) progress->n_total : 0;

  ut_cli_progress_show (self->progress, get_phase_name (progress->phase), fraction, detail);
}

static void
fetched_cb (GObject      *source_object,
            GAsyncResult *result,
            gpointer      data)
{
  UtCliGetting *self = data;

  self->result = ut_fetch_finish (result, &self->error);
  g_main_loop_quit (self->loop);
}

static gboolean
interrupted_cb (gpointer data)
{
  UtCliGetting *self = data;

  self->n_interrupts++;
  g_cancellable_cancel (self->cancellable);
  /* Without this source GLib gives the signal its own meaning back, so that a third one kills. */
  return self->n_interrupts < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
fetch (UtCliGetting *self,
       GFile        *archive)
{
  g_autoptr (UtCliSignals) signals = NULL;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  self->progress = ut_cli_progress_new ();
  signals = ut_cli_signals_new (interrupted_cb, self);
  ut_fetch_async (self->source, archive, show_progress_cb, self, self->cancellable, fetched_cb,
                  self);
  g_main_loop_run (self->loop);
  ut_cli_progress_clear (self->progress);
}

static UtCliStatus
report_failure (const UtCliGetting *self)
{
  g_autofree char *command = g_strdup_printf ("undertone-cli get %s --from FILE",
                                              ut_source_get_id (self->source));

  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ut_cli_say ("%s", _("Interrupted; the same command goes on from there"));
      return UT_CLI_INTERRUPTED;
    }

  ut_cli_fail (self->error);
  if (g_error_matches (self->error, UT_DATA_ERROR, UT_DATA_ERROR_NETWORK))
    /* Translators: a command. */
    ut_cli_say (_("“%s” takes a file that was saved by hand"), command);
  return UT_CLI_FAILED;
}

static void
print_result (UtCliOutput        *output,
              const UtCliGetting *self,
              gboolean            json)
{
  if (json)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_source (text, self->source);
      g_string_append_c (text, '\n');
      ut_cli_output_write (output, text->str, text->len);
    }
  else
    {
      print_place (output, _("Is at %s"), self->result);
    }
}

static UtCliStatus
get (UtSource   *source,
     const char *archive_path,
     gboolean    json)
{
  UtCliGetting getting = { .source = source };
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (GFile) archive = archive_path != NULL
    ? g_file_new_for_path (archive_path) : NULL;

  if (!json)
    {
      ut_cli_output_printf (output, "%s\n", ut_source_get_title (source));
      print_terms (output, source);
      ut_cli_output_flush (output);
    }
  fetch (&getting, archive);

  UtCliStatus status = getting.result != NULL ? UT_CLI_DONE : report_failure (&getting);

  if (getting.result != NULL)
    print_result (output, &getting, json);
  g_main_loop_unref (getting.loop);
  g_object_unref (getting.cancellable);
  ut_cli_progress_free (getting.progress);
  g_clear_object (&getting.result);
  g_clear_error (&getting.error);
  return ut_cli_output_finish (output, status);
}

UtCliStatus
ut_cli_get (int    argc,
            char **argv)
{
  g_autofree char *archive_path = NULL;
  g_autofree char *list_path = NULL;
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "from", 'f', 0, G_OPTION_ARG_FILENAME, &archive_path,
      N_("Take the archive from a file that was saved by hand"), N_("FILE") },
    { "sources", 0, 0, G_OPTION_ARG_FILENAME, &list_path,
      N_("Another list of sources"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("One JSON object"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (argv[1] == NULL && archive_path != NULL)
    return ut_cli_wrong_usage ("get", "%s", _("--from FILE needs the ID of what it holds"));

  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = list_path != NULL ? g_file_new_for_path (list_path) : NULL;
  g_autoptr (GPtrArray) sources = ut_sources_load (file, NULL, &error);

  if (sources == NULL)
    return ut_cli_fail (error);
  if (argv[1] == NULL)
    return list (sources, json);

  UtSource *source = ut_sources_find (sources, argv[1]);

  if (source == NULL)
    return ut_cli_wrong_usage ("get", _("There is no source “%s”; “undertone-cli get” lists them"),
                               argv[1]);
  return get (source, archive_path, json);
}
