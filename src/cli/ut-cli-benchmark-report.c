/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-benchmark-report.h"

#include "ut-cli-progress.h"
#include "ut-cli-table.h"

#include <glib/gi18n.h>

/* What a column shows. */
typedef enum
{
  NONE,
  HIDDEN,
  EMBEDDING,
  BATCH,
  THREADS,
  STEPS,
  SENTENCES,
  MILLISECONDS,
  TOKENS,
  GFLOPS,
  SHARE,
  GAIN,
} Field;

static const struct
{
  const char *title;
  glong width;
} fields[] = {
  [HIDDEN] = { NC_("column", "Hidden"), 6 },
  [EMBEDDING] = { NC_("column", "Embedding"), 4 },
  [BATCH] = { NC_("column", "Batch"), 5 },
  [THREADS] = { NC_("column", "Threads"), 2 },
  [STEPS] = { NC_("column", "Steps/s"), 7 },
  [SENTENCES] = { NC_("column", "Sentences/s"), 9 },
  [MILLISECONDS] = { NC_("column", "Time"), 8 },
  [TOKENS] = { NC_("column", "Tokens/s"), 9 },
  [GFLOPS] = { NC_("column", "GFLOP/s"), 6 },
  [SHARE] = { NC_("column", "Share"), 5 },
  [GAIN] = { NC_("column", "Gain"), 5 },
};

/* The tables of the parts with networks; each ends with NONE. */
#define MAX_COLUMNS G_N_ELEMENTS (fields)

static const struct
{
  const char *title;
  Field columns[MAX_COLUMNS];
} tables[] = {
  [UT_BENCHMARK_LOADING] = { N_("Loading"), { NONE } },
  [UT_BENCHMARK_TRAINING] = {
    N_("Training"),
    { HIDDEN, EMBEDDING, BATCH, THREADS, STEPS, TOKENS, GFLOPS, SHARE, GAIN },
  },
  [UT_BENCHMARK_BATCHES] = {
    N_("Answers in batches"),
    { HIDDEN, EMBEDDING, THREADS, SENTENCES, TOKENS, GFLOPS, SHARE, GAIN },
  },
  [UT_BENCHMARK_SENTENCE] = {
    N_("One sentence of 30 words"),
    { HIDDEN, EMBEDDING, MILLISECONDS, TOKENS, GFLOPS, SHARE },
  },
};

struct UtCliBenchmarkReport
{
  UtCliOutput *output;     /* (not owned) */
  UtCliProgress *progress; /* (owned) */
  gboolean json;
  gboolean introduced;     /* whether the machine was named */
  guint n_loads;           /* how many were printed */
  guint n_rates;
  UtCliTable *table;       /* (owned) (nullable): of the part that is being measured */
};

UtCliBenchmarkReport *
ut_cli_benchmark_report_new (UtCliOutput *output,
                             gboolean     json)
{
  UtCliBenchmarkReport *self = g_new0 (UtCliBenchmarkReport, 1);

  self->output = output;
  self->progress = ut_cli_progress_new ();
  self->json = json;
  return self;
}

void
ut_cli_benchmark_report_free (UtCliBenchmarkReport *self)
{
  ut_cli_progress_free (self->progress);
  g_clear_pointer (&self->table, ut_cli_table_free);
  g_free (self);
}

/* Tables */

static void
introduce (UtCliBenchmarkReport *self,
           const UtBenchmark    *benchmark)
{
  g_autofree char *cores = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u core", "%u cores",
                                                         benchmark->cores), benchmark->cores);

  g_autofree char *machine = g_strdup_printf ("%s, %s", benchmark->cpu != NULL
                                                        ? benchmark->cpu : _("Unknown processor"),
                                              cores);
  /* Translators: names of kernels, as "avx2" and "Haswell". */
  g_autofree char *kernels = g_strdup_printf (_("Kernels: %s; OpenBLAS: %s"), benchmark->kernels,
                                              benchmark->blas_kernels);

  ut_cli_output_print_wrapped (self->output, machine);
  ut_cli_output_print_wrapped (self->output, kernels);
}

static void
print_load (UtCliBenchmarkReport  *self,
            const UtBenchmarkLoad *load)
{
  g_autofree char *size = g_format_size (load->bytes);
  g_autofree char *line
    = g_strdup_printf (load->vectors ? _("Word vectors: %s, %'zu words found, in %.3f s")
                                     : _("Data set: %s, %'zu sentences, in %.3f s"),
                       size, load->rows, load->seconds);

  if (self->n_loads == 0)
    ut_cli_output_printf (self->output, "\n%s\n", _(tables[UT_BENCHMARK_LOADING].title));
  ut_cli_output_print_wrapped (self->output, line);
}

static char *
format_field (const UtBenchmarkRate *rate,
              Field                  field)
{
  switch (field)
    {
    case HIDDEN:
      return g_strdup_printf ("%u", rate->hidden);
    case EMBEDDING:
      return g_strdup_printf ("%u", rate->embedding);
    case BATCH:
      return g_strdup_printf ("%u", rate->batch);
    case THREADS:
      return g_strdup_printf ("%u", rate->threads);
    case STEPS:
      return g_strdup_printf (rate->rate < 100 ? "%.1f" : "%'.0f", rate->rate);
    case SENTENCES:
      return g_strdup_printf ("%'.0f", rate->rate);
    case MILLISECONDS:
      return g_strdup_printf (_("%.3f ms"), 1000 / rate->rate);
    case TOKENS:
      return g_strdup_printf ("%'.0f", rate->tokens);
    case GFLOPS:
      return g_strdup_printf ("%.1f", rate->gflops);
    case SHARE:
      return g_strdup_printf (_("%.0f %%"), 100 * rate->share);
    case GAIN:
      return g_strdup_printf ("%.2f", rate->gain);
    case NONE:
    default:
      g_assert_not_reached ();
    }
}

static void
start_table (UtCliBenchmarkReport  *self,
             const UtBenchmarkRate *rate)
{
  UtCliColumn columns[MAX_COLUMNS];
  gsize n = 0;

  for (const Field *field = tables[rate->part].columns; *field != NONE; field++)
    columns[n++] = (UtCliColumn) {
      g_dpgettext2 (GETTEXT_PACKAGE, "column", fields[*field].title), fields[*field].width
    };
  g_clear_pointer (&self->table, ut_cli_table_free);
  self->table = ut_cli_table_new (self->output, columns, n);

  /* Translators: what is measured, then the kind of network. */
  g_autofree char *title = g_strdup_printf (C_("table", "%s, %s"), _(tables[rate->part].title),
                                            ut_cell_kind_get_title (rate->cell));

  ut_cli_output_print (self->output, "\n");
  ut_cli_output_print_wrapped (self->output, title);
  ut_cli_table_print_titles (self->table);
}

static void
print_rate (UtCliBenchmarkReport *self,
            const GArray         *rates,
            guint                 i)
{
  const UtBenchmarkRate *rate = &g_array_index (rates, UtBenchmarkRate, i);
  const UtBenchmarkRate *before = i > 0 ? &g_array_index (rates, UtBenchmarkRate, i - 1) : NULL;
  g_auto (GStrv) texts = g_new0 (char *, MAX_COLUMNS + 1);
  gsize n = 0;

  if (before == NULL || before->part != rate->part || before->cell != rate->cell)
    start_table (self, rate);
  for (const Field *field = tables[rate->part].columns; *field != NONE; field++)
    texts[n++] = format_field (rate, *field);
  ut_cli_table_print_row (self->table, (const char * const *) texts, NULL);
}

static void
print_notes (UtCliBenchmarkReport *self,
             const UtBenchmark    *benchmark)
{
  double least = G_MAXDOUBLE;
  double greatest = 0;

  if (benchmark->rates->len == 0)
    return;

  for (guint i = 0; i < benchmark->rates->len; i++)
    {
      const UtBenchmarkRate *rate = &g_array_index (benchmark->rates, UtBenchmarkRate, i);

      least = MIN (least, rate->sgemm);
      greatest = MAX (greatest, rate->sgemm);
    }

  g_autofree char *notes
    = g_strdup_printf (_("GFLOP/s: useful work, without padding. Share: of the rate of large "
                         "matrix products by OpenBLAS on as many threads, measured in turn: %.1f "
                         "to %.1f GFLOP/s each. Gain: over the first number of threads. All are "
                         "medians."), least, greatest);

  ut_cli_output_print (self->output, "\n");
  ut_cli_output_print_wrapped (self->output, notes);
}

/* JSON */

static void
append_number (GString    *json,
               const char *key,
               double      value)
{
  g_string_append_printf (json, ",\"%s\":", key);
  ut_json_append_number (json, value);
}

static void
append_load (GString               *json,
             const UtBenchmarkLoad *load)
{
  g_string_append_printf (json, "{\"file\":\"%s\"", load->vectors ? "vectors" : "data");
  append_number (json, "rows", (double) load->rows);
  append_number (json, "bytes", (double) load->bytes);
  append_number (json, "seconds", load->seconds);
  g_string_append_c (json, '}');
}

static void
append_rate (GString               *json,
             const UtBenchmarkRate *rate)
{
  g_string_append_printf (json, "{\"cell\":\"%s\"", ut_cell_kind_get_nick (rate->cell));
  append_number (json, "hidden", rate->hidden);
  append_number (json, "embedding", rate->embedding);
  append_number (json, "batch", rate->batch);
  append_number (json, "threads", rate->threads);
  append_number (json, rate->part == UT_BENCHMARK_TRAINING ? "steps_per_second"
                                                           : "sentences_per_second", rate->rate);
  append_number (json, "tokens_per_second", rate->tokens);
  append_number (json, "gflops", rate->gflops);
  append_number (json, "sgemm_gflops", rate->sgemm);
  append_number (json, "share", rate->share);
  append_number (json, "gain", rate->gain);
  g_string_append_c (json, '}');
}

static void
append_rates (GString           *json,
              const UtBenchmark *benchmark,
              UtBenchmarkPart    part)
{
  gsize n = 0;

  for (guint i = 0; i < benchmark->rates->len; i++)
    {
      const UtBenchmarkRate *rate = &g_array_index (benchmark->rates, UtBenchmarkRate, i);

      if (rate->part != part)
        continue;
      g_string_append (json, n++ > 0 ? "," : "");
      append_rate (json, rate);
    }
}

static void
write_json (UtCliBenchmarkReport *self,
            const UtBenchmark    *benchmark)
{
  g_autoptr (GString) json = g_string_new ("{\"processor\":");

  if (benchmark->cpu != NULL)
    ut_json_append_string (json, benchmark->cpu);
  else
    g_string_append (json, "null");
  append_number (json, "cores", benchmark->cores);
  g_string_append (json, ",\"kernels\":");
  ut_json_append_string (json, benchmark->kernels);
  g_string_append (json, ",\"openblas_kernels\":");
  ut_json_append_string (json, benchmark->blas_kernels);

  for (UtBenchmarkPart part = 0; part < UT_N_BENCHMARK_PARTS; part++)
    {
      g_string_append_printf (json, ",\"%s\":[", ut_benchmark_part_get_nick (part));
      if (part != UT_BENCHMARK_LOADING)
        append_rates (json, benchmark, part);
      else
        for (guint i = 0; i < benchmark->loads->len; i++)
          {
            g_string_append (json, i > 0 ? "," : "");
            append_load (json, &g_array_index (benchmark->loads, UtBenchmarkLoad, i));
          }
      g_string_append_c (json, ']');
    }
  g_string_append (json, "}\n");
  ut_cli_output_write (self->output, json->str, json->len);
}

/* Both */

static void
print_news (UtCliBenchmarkReport *self,
            const UtBenchmark    *benchmark)
{
  if (!self->introduced || benchmark->loads->len > self->n_loads
      || benchmark->rates->len > self->n_rates)
    ut_cli_progress_clear (self->progress);
  if (!self->introduced)
    introduce (self, benchmark);
  self->introduced = TRUE;
  for (; self->n_loads < benchmark->loads->len; self->n_loads++)
    print_load (self, &g_array_index (benchmark->loads, UtBenchmarkLoad, self->n_loads));
  for (; self->n_rates < benchmark->rates->len; self->n_rates++)
    print_rate (self, benchmark->rates, self->n_rates);
  ut_cli_output_flush (self->output);
}

static void
show_progress (UtCliBenchmarkReport *self,
               const UtBenchmark    *benchmark)
{
  const UtBenchmarkRate *shape = &benchmark->shape;
  g_autofree char *detail = NULL;

  if (benchmark->underway != UT_BENCHMARK_LOADING)
    detail = g_strdup_printf (_("%s, hidden %u, embedding %u"),
                              ut_cell_kind_get_title (shape->cell), shape->hidden,
                              shape->embedding);
  ut_cli_progress_show (self->progress, _(tables[benchmark->underway].title), benchmark->fraction,
                        detail);
}

void
ut_cli_benchmark_report_update (UtCliBenchmarkReport *self,
                                const UtBenchmark    *benchmark)
{
  if (!self->json)
    print_news (self, benchmark);
  show_progress (self, benchmark);
}

void
ut_cli_benchmark_report_end (UtCliBenchmarkReport *self,
                             const UtBenchmark    *benchmark)
{
  ut_cli_progress_clear (self->progress);
  if (benchmark == NULL)
    return;

  if (self->json)
    write_json (self, benchmark);
  else
    print_notes (self, benchmark);
}
