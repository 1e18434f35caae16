/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-benchmark-report.h"
#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli-signals.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <unistd.h>
#include <ut-lab.h>

/* As many as in SST-2's training file and in GloVe's smallest. */
#define N_SENTENCES 67349
#define N_VECTORS 400000
#define N_VECTORS_QUICK 40000

/* Large enough for OpenBLAS to be at its best, small enough to have its turn often. */
#define SGEMM_SIZE 1024

#define MIN_SECONDS 0.001
#define MAX_SECONDS 3600

static const UtCliHelp help = {
  .command = "benchmark",
  .summary = N_("Measures how fast this machine loads data, trains, and answers in batches and\n"
                "alone, and which share of its matrix products' rate that is. Data like SST-2's\n"
                "are drawn and thrown away. A LIST has commas: “--hidden 64,128”; 0 threads are\n"
                "one for each core. It takes about a minute and a half, with --quick some\n"
                "seconds; nothing else should run."),
  .examples = N_("Examples:\n"
                 "  undertone-cli benchmark --quick\n"
                 "  undertone-cli benchmark --only training --cell lstm --threads 1 --seconds 5"),
};

/* The lists of numbers, all of which are settings of a run. */
static const struct
{
  UtSetting setting;
  const char *option;
  const char *all;   /* what is measured */
  const char *quick; /* what is measured with --quick */
} lists[] = {
  { UT_SETTING_HIDDEN_SIZE, "hidden", "64,128,256,512", "64" },
  { UT_SETTING_EMBEDDING_SIZE, "embedding-dim", "50,300", "50" },
  { UT_SETTING_BATCH_SIZE, "batch-size", "32,256", "32" },
  { UT_SETTING_THREADS, "threads", "1,0", "1,0" },
};

typedef struct
{
  char *parts; /* as typed, and so the other lists */
  char *cells;
  char *lists[G_N_ELEMENTS (lists)];
  char *data_path;
  char *vectors_path;
  double seconds;
  gboolean quick;
  gboolean json;
} UtCliBenchmarkOptions;

static void
clear_options (UtCliBenchmarkOptions *options)
{
  g_free (options->parts);
  g_free (options->cells);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_free (options->lists[i]);
  g_free (options->data_path);
  g_free (options->vectors_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliBenchmarkOptions, clear_options)

static void
clear_plan (UtBenchmarkPlan *plan)
{
  g_clear_pointer (&plan->parts, g_array_unref);
  g_clear_pointer (&plan->cells, g_array_unref);
  g_clear_pointer (&plan->hidden, g_array_unref);
  g_clear_pointer (&plan->embeddings, g_array_unref);
  g_clear_pointer (&plan->batches, g_array_unref);
  g_clear_pointer (&plan->threads, g_array_unref);
  g_clear_object (&plan->data);
  g_clear_object (&plan->vectors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtBenchmarkPlan, clear_plan)

static gboolean
parse_options (int                     argc,
               char                  **argv,
               UtCliBenchmarkOptions  *options,
               UtCliStatus            *status)
{
  const GOptionEntry fixed[] = {
    { "quick", 'q', 0, G_OPTION_ARG_NONE, &options->quick,
      N_("Only the sizes of a default training"), NULL },
    { "only", 'o', 0, G_OPTION_ARG_STRING, &options->parts,
      N_("Parts: loading, training, batches, sentence [all]"), N_("LIST") },
    { "cell", 'c', 0, G_OPTION_ARG_STRING, &options->cells,
      N_("Recurrent cells: rnn, lstm, gru [all]"), N_("LIST") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data_path,
      N_("Sentences in SST-2's form, not drawn ones"), N_("FILE") },
    { "vectors", 'v', 0, G_OPTION_ARG_FILENAME, &options->vectors_path,
      N_("Vectors in GloVe's form, not drawn ones"), N_("FILE") },
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &options->seconds,
      N_("Length of a measurement [0.2]"), "X" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("One JSON object"), NULL },
  };
  g_autoptr (GPtrArray) descriptions = g_ptr_array_new_with_free_func (g_free);
  GOptionEntry entries[G_N_ELEMENTS (fixed) + G_N_ELEMENTS (lists) + 1] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    entries[i] = fixed[i];
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      char *description = g_strdup_printf ("%s [%s]", ut_setting_get_title (lists[i].setting),
                                           lists[i].all);

      g_ptr_array_add (descriptions, description);
      entries[G_N_ELEMENTS (fixed) + i] = (GOptionEntry) {
        .long_name = lists[i].option,
        .arg = G_OPTION_ARG_STRING,
        .arg_data = &options->lists[i],
        .description = description,
        .arg_description = N_("LIST"),
      };
    }

  if (!ut_cli_parse (&help, entries, &argc, &argv, status))
    return FALSE;
  /* Written so that what is not a number fails. */
  if (!(options->seconds >= MIN_SECONDS && options->seconds <= MAX_SECONDS))
    {
      *status = ut_cli_wrong_usage ("benchmark", _("--seconds: %g to %d"), MIN_SECONDS,
                                    MAX_SECONDS);
      return FALSE;
    }
  return TRUE;
}

/* Reads one item of a list, or says what is wrong. */
typedef gboolean (*ParseItem) (const char *text,
                               gsize       list,
                               guint      *item);

static GArray *
parse_list (const char *text,
            ParseItem   parse_item,
            gsize       list)
{
  g_auto (GStrv) texts = g_strsplit (text, ",", -1);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (guint));

  /* Of an empty text g_strsplit() makes no item at all. */
  for (gsize i = 0; i == 0 || texts[i] != NULL; i++)
    {
      guint item = 0;

      if (!parse_item (texts[i] != NULL ? g_strstrip (texts[i]) : "", list, &item))
        return NULL;
      g_array_append_val (items, item);
    }
  return g_steal_pointer (&items);
}

static gboolean
parse_part (const char *text,
            gsize       list,
            guint      *part)
{
  for (*part = 0; *part < UT_N_BENCHMARK_PARTS; (*part)++)
    if (g_str_equal (text, ut_benchmark_part_get_nick (*part)))
      return TRUE;
  ut_cli_wrong_usage ("benchmark",
                      _("--only %s: loading, training, batches or sentence was expected"), text);
  return FALSE;
}

static gboolean
parse_cell (const char *text,
            gsize       list,
            guint      *cell)
{
  UtCellKind kind;

  if (!ut_cell_kind_from_nick (text, &kind) || !ut_cell_kind_is_recurrent (kind))
    {
      ut_cli_wrong_usage ("benchmark", _("--cell %s: rnn, lstm or gru was expected"), text);
      return FALSE;
    }
  *cell = kind;
  return TRUE;
}

static gboolean
parse_number (const char *text,
              gsize       list,
              guint      *number)
{
  g_autoptr (GError) error = NULL;
  double value = 0;

  if (!ut_setting_parse (lists[list].setting, text, &value, &error))
    {
      ut_cli_wrong_usage ("benchmark", "--%s %s: %s", lists[list].option, text, error->message);
      return FALSE;
    }
  *number = (guint) value;
  return TRUE;
}

static gboolean
make_plan (const UtCliBenchmarkOptions *options,
           UtBenchmarkPlan             *plan)
{
  GArray **targets[] = { &plan->hidden, &plan->embeddings, &plan->batches, &plan->threads };

  plan->parts = parse_list (options->parts != NULL ? options->parts
                                                   : "loading,training,batches,sentence",
                            parse_part, 0);
  if (plan->parts == NULL)
    return FALSE;
  plan->cells = parse_list (options->cells != NULL ? options->cells : "rnn,lstm,gru", parse_cell,
                            0);
  if (plan->cells == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const char *text = options->lists[i];

      if (text == NULL)
        text = options->quick ? lists[i].quick : lists[i].all;
      *targets[i] = parse_list (text, parse_number, i);
      if (*targets[i] == NULL)
        return FALSE;
    }

  if (options->data_path != NULL)
    plan->data = g_file_new_for_path (options->data_path);
  if (options->vectors_path != NULL)
    plan->vectors = g_file_new_for_path (options->vectors_path);
  plan->n_sentences = N_SENTENCES;
  plan->n_vectors = options->quick ? N_VECTORS_QUICK : N_VECTORS;
  plan->sgemm_size = SGEMM_SIZE;
  plan->seconds = options->seconds;
  return TRUE;
}

typedef struct
{
  UtCliOutput *output;          /* (not owned) */
  UtCliBenchmarkReport *report; /* (not owned) */
  GCancellable *cancellable;    /* (not owned) */
  gboolean interrupted;
} UtCliBenchmarking;

static gboolean
interrupted_cb (gpointer data)
{
  UtCliBenchmarking *self = data;

  self->interrupted = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (const UtBenchmark *benchmark,
             gpointer           data)
{
  UtCliBenchmarking *self = data;

  ut_cli_benchmark_report_update (self->report, benchmark);
  if (ut_cli_output_is_closed (self->output))
    g_cancellable_cancel (self->cancellable);

  /* There is no main loop: what is measured runs on this thread. Here signals arrive. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static UtCliStatus
measure (const UtBenchmarkPlan *plan,
         gboolean               json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtCliBenchmarkReport) report = ut_cli_benchmark_report_new (output, json);
  UtCliBenchmarking benchmarking = { output, report, cancellable };
  g_autoptr (UtCliSignals) signals = ut_cli_signals_new (interrupted_cb, &benchmarking);
  g_autoptr (UtBenchmark) benchmark = ut_benchmark_run (plan, progress_cb, &benchmarking,
                                                        cancellable, &error);

  ut_cli_benchmark_report_end (report, benchmark);
  if (benchmarking.interrupted)
    return ut_cli_output_finish (output, UT_CLI_INTERRUPTED);
  if (benchmark == NULL && !g_cancellable_is_cancelled (cancellable))
    return ut_cli_fail (error);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_benchmark (int    argc,
                  char **argv)
{
  g_auto (UtCliBenchmarkOptions) options = { .seconds = 0.2 };
  UtCliStatus status = UT_CLI_DONE;
  g_auto (UtBenchmarkPlan) plan = { 0 };

  if (!parse_options (argc, argv, &options, &status))
    return status;
  if (!make_plan (&options, &plan))
    return UT_CLI_USAGE;
  return measure (&plan, options.json);
}
