/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-store.h"
#include "ut-cli-wait.h"
#include "ut-cli.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>
#include <ut-export.h>

static const UtCliHelp help = {
  .command = "export",
  .operands = N_("RUN…"),
  .n_operands = G_MAXINT,
  .summary = N_("Writes down for others what there is of RUNs, each a name, an id, or the beginning\n"
                "of an id: a figure of their curves as it stands in a paper, the numbers behind it,\n"
                "a table, a report. They are the same as the window's. The curve of the first RUN\n"
                "stands out. “-” in place of a FILE of text is standard output."),
  .examples = N_("Examples:\n"
                 "  undertone-cli export \"GRU 1\" \"LSTM 1\" --figure curves.pdf --width 174\n"
                 "  undertone-cli export \"GRU 1\" --csv - | head\n"
                 "  undertone-cli export 20261129 \"RNN 2\" --report report.html --table table.tex"),
};

/* As the command line has it. */
typedef struct
{
  char *figure;
  char *csv;
  char *table;
  char *report;

  char *what;
  char *labels;
  char *font;
  char *numbers[UT_N_PAPER_NUMBERS];
  gboolean grey;

  char *smoothing;
  char *axis;
  char *spread;
  gboolean y_log;
} UtCliExportTexts;

/* As it is meant. */
typedef struct
{
  UtPaper paper;
  UtPaperFormat figure_format;
  UtTableFormat table_format;
  UtPlotView *view;
} UtCliExport;

static void
texts_clear (UtCliExportTexts *self)
{
  g_free (self->figure);
  g_free (self->csv);
  g_free (self->table);
  g_free (self->report);
  g_free (self->what);
  g_free (self->labels);
  g_free (self->font);
  for (guint i = 0; i < UT_N_PAPER_NUMBERS; i++)
    g_free (self->numbers[i]);
  g_free (self->smoothing);
  g_free (self->axis);
  g_free (self->spread);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliExportTexts, texts_clear)

static void
export_init (UtCliExport *self)
{
  ut_paper_init (&self->paper);
  self->figure_format = UT_PAPER_PDF;
  self->table_format = UT_TABLE_TSV;
  self->view = ut_plot_view_new ();
}

static void
export_clear (UtCliExport *self)
{
  ut_paper_clear (&self->paper);
  g_object_unref (self->view);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliExport, export_clear)

/* Reading the options */

static gboolean
is_standard (const char *path)
{
  return path != NULL && g_str_equal (path, "-");
}

static gboolean
find_table_format (const char    *path,
                   UtTableFormat *format)
{
  static const struct
  {
    const char *extension;
    UtTableFormat format;
  } forms[] = {
    { ".tsv", UT_TABLE_TSV }, { ".md", UT_TABLE_MARKDOWN }, { ".tex", UT_TABLE_LATEX },
  };

  *format = UT_TABLE_TSV;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_has_suffix (path, forms[i].extension))
      {
        *format = forms[i].format;
        return TRUE;
      }
  return is_standard (path);
}

static UtCliStatus
check_files (const UtCliExportTexts *texts,
             UtCliExport            *self)
{
  const char *const files[] = { texts->csv, texts->table, texts->report };
  guint n_standard = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    n_standard += is_standard (files[i]) ? 1 : 0;
  if (texts->figure == NULL && texts->csv == NULL && texts->table == NULL && texts->report == NULL)
    return ut_cli_wrong_usage (help.command, "%s",
                               _("One of --figure, --csv, --table and --report is needed"));
  if (n_standard > 1)
    return ut_cli_wrong_usage (help.command, "%s", _("Standard output takes one of them only"));
  if (texts->figure != NULL && !ut_paper_find_format (texts->figure, &self->figure_format))
    return ut_cli_wrong_usage (help.command, _("--figure %s: a name with one of these ends was "
                                               "expected: %s"), texts->figure, ".pdf, .svg, .png");
  if (texts->table != NULL && !find_table_format (texts->table, &self->table_format))
    return ut_cli_wrong_usage (help.command, _("--table %s: a name with one of these ends was "
                                               "expected: %s"), texts->table, ".tsv, .md, .tex");
  return UT_CLI_DONE;
}

static UtCliStatus
read_name (const char        *option,
           const char        *text,
           const char *const *names,
           guint             *index)
{
  g_autofree char *list = NULL;

  if (text == NULL || ut_paper_find_name (names, text, index))
    return UT_CLI_DONE;
  list = g_strjoinv (", ", (char **) names);
  return ut_cli_wrong_usage (help.command, _("--%s %s: one of these was expected: %s"), option, text,
                             list);
}

static UtCliStatus
read_number (const char *option,
             const char *text,
             double      minimum,
             double      maximum,
             double     *number)
{
  char *end;

  if (text == NULL)
    return UT_CLI_DONE;

  double value = g_ascii_strtod (text, &end);

  /* Not a number is in no range. */
  if (*text != '\0' && *end == '\0' && value >= minimum && value <= maximum)
    {
      *number = value;
      return UT_CLI_DONE;
    }
  return ut_cli_wrong_usage (help.command, _("--%s %s: a number from %g to %g was expected"), option,
                             text, minimum, maximum);
}

static UtCliStatus
read_paper (const UtCliExportTexts *texts,
            UtPaper                *paper)
{
  guint what = paper->what, labels = paper->labels;
  UtCliStatus status = read_name ("what", texts->what, ut_paper_list_whats (), &what);

  if (status == UT_CLI_DONE)
    status = read_name ("labels", texts->labels, ut_paper_list_labels (), &labels);
  for (guint i = 0; i < UT_N_PAPER_NUMBERS && status == UT_CLI_DONE; i++)
    {
      const UtPaperNumberInfo *info = ut_paper_get_number_info ((UtPaperNumber) i);

      status = read_number (info->option, texts->numbers[i], info->minimum, info->maximum,
                            &paper->numbers[i]);
    }
  paper->what = (UtPaperWhat) what;
  paper->labels = (UtFigureLabels) labels;
  paper->grey = texts->grey;
  if (texts->font != NULL && *texts->font != '\0')
    {
      g_free (paper->font);
      paper->font = g_strdup (texts->font);
    }
  return status;
}

static UtCliStatus
read_view (const UtCliExportTexts *texts,
           UtPlotView             *view)
{
  static const char *const axes[] = { "step", "epoch", "time", NULL };
  static const char *const spreads[] = { "runs", "deviation", "interval", NULL };
  guint axis = UT_PLOT_AXIS_STEP, spread = UT_PLOT_SPREAD_RUNS;
  double steps = ut_smooth_steps (ut_plot_view_get_smoothing (view));
  UtCliStatus status = read_name ("x", texts->axis, axes, &axis);

  if (status == UT_CLI_DONE)
    status = read_name ("spread", texts->spread, spreads, &spread);
  if (status == UT_CLI_DONE)
    status = read_number ("smoothing", texts->smoothing, 1, ut_smooth_steps (UT_SMOOTH_MAX), &steps);
  g_object_set (view, "x-axis", axis, "spread", spread, "y-log", texts->y_log, NULL);
  if (texts->smoothing != NULL)
    g_object_set (view, "smoothing", ut_smooth_weight (steps), NULL);
  return status;
}

static UtCliStatus
read_texts (const UtCliExportTexts *texts,
            UtCliExport            *self)
{
  UtCliStatus status = check_files (texts, self);

  if (status == UT_CLI_DONE)
    status = read_paper (texts, &self->paper);
  if (status == UT_CLI_DONE)
    status = read_view (texts, self->view);
  return status;
}

/* Writing */

static gboolean
write_bytes (const char  *path,
             GBytes      *bytes,
             GError     **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (is_standard (path))
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      return g_output_stream_write_all (stream, data, size, NULL, NULL, error);
    }

  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  return ut_export_save (file, bytes, NULL, error);
}

static gboolean
write_csv (UtRunFigure  *figure,
           const char   *path,
           GError      **error)
{
  if (is_standard (path))
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      return ut_run_figure_write_csv (figure, stream, NULL, error);
    }

  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  return ut_run_figure_save_csv (figure, file, NULL, error);
}

/* A table does without the answers that cannot be read: it says less then. */
static gboolean
write_table (GPtrArray      *runs,
             UtTableFormat   format,
             const char     *path,
             GError        **error)
{
  g_autoptr (UtComparison) comparison = ut_comparison_new ((UtRun *const *) runs->pdata, runs->len);

  for (guint i = 0; i < runs->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (UtAnswers) answers
        = ut_cli_store_read_answers (g_ptr_array_index (runs, i), &failure);

      if (answers == NULL)
        ut_cli_say ("%s: %s", ut_run_get_name (g_ptr_array_index (runs, i)), failure->message);
      ut_comparison_set_answers (comparison, i, answers);
    }

  g_autoptr (UtTableText) table = ut_comparison_make_run_table (comparison);
  char *text = ut_table_text_format (table, format);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return write_bytes (path, bytes, error);
}

static gboolean
write_report (GPtrArray   *runs,
              UtPlotView  *view,
              const char  *path,
              GError     **error)
{
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  ut_report_make_async (runs, g_ptr_array_index (runs, 0), view, g_get_real_time (), NULL,
                        ut_cli_wait_done_cb, wait);

  g_autoptr (GBytes) page = ut_report_make_finish (ut_cli_wait_for (wait), error);

  return page != NULL && write_bytes (path, page, error);
}

static gboolean
write_all (const UtCliExport      *self,
           const UtCliExportTexts *texts,
           GPtrArray              *runs,
           GError                **error)
{
  g_autoptr (UtRunFigure) figure = ut_run_figure_new (runs, g_ptr_array_index (runs, 0), self->view);

  if (texts->figure != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (texts->figure);

      if (!ut_run_figure_save (figure, &self->paper, self->figure_format, file, NULL, error))
        return FALSE;
    }
  return (texts->csv == NULL || write_csv (figure, texts->csv, error))
         && (texts->table == NULL || write_table (runs, self->table_format, texts->table, error))
         && (texts->report == NULL || write_report (runs, self->view, texts->report, error));
}

static gboolean
has_curves (UtRun *run)
{
  gsize n_points, n_epochs;

  ut_run_get_points (run, &n_points);
  ut_run_get_epochs (run, &n_epochs);
  return n_points > 0 || n_epochs > 0;
}

static UtCliStatus
export_named (const UtCliExport      *self,
              const UtCliExportTexts *texts,
              int                     n_names,
              char                  **names)
{
  UtCliStatus status = UT_CLI_FAILED;
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (GPtrArray) runs = store != NULL ? ut_cli_store_find_runs (store, help.command, n_names,
                                                                       names, &status)
                                             : NULL;
  g_autoptr (GError) error = NULL;

  if (runs == NULL)
    return status;
  for (guint i = 0; i < runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (runs, i);

      ut_cli_store_read_points (store, run);
      if ((texts->figure != NULL || texts->csv != NULL) && !has_curves (run))
        {
          ut_cli_say (_("“%s” has no curve"), ut_run_get_name (run));
          return UT_CLI_FAILED;
        }
    }
  return write_all (self, texts, runs, &error) ? UT_CLI_DONE : ut_cli_fail (error);
}

UtCliStatus
ut_cli_export (int    argc,
               char **argv)
{
  g_auto (UtCliExportTexts) texts = { NULL };
  g_auto (UtCliExport) self;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "figure", 'f', 0, G_OPTION_ARG_FILENAME, &texts.figure,
      N_("Receives the curves: FILE.pdf, .svg or .png"), N_("FILE") },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &texts.csv,
      N_("Receives every value of the curves, as it is and smoothed"), N_("FILE") },
    { "table", 't', 0, G_OPTION_ARG_FILENAME, &texts.table,
      N_("Receives a row for each run: FILE.tsv, .md or .tex"), N_("FILE") },
    { "report", 'r', 0, G_OPTION_ARG_FILENAME, &texts.report,
      N_("Receives a page of HTML with all of it, tests and rows"), N_("FILE") },
    { "what", 0, 0, G_OPTION_ARG_STRING, &texts.what,
      N_("Which curves: both, loss or accuracy"), N_("WHAT") },
    { "width", 0, 0, G_OPTION_ARG_STRING, &texts.numbers[UT_PAPER_WIDTH],
      N_("Width of the figure in mm (84)"), N_("MM") },
    { "height", 0, 0, G_OPTION_ARG_STRING, &texts.numbers[UT_PAPER_HEIGHT],
      N_("Height of each of its plots in mm (55)"), N_("MM") },
    { "font", 0, 0, G_OPTION_ARG_STRING, &texts.font,
      N_("Family of its font (Sans)"), N_("FONT") },
    { "font-size", 0, 0, G_OPTION_ARG_STRING, &texts.numbers[UT_PAPER_FONT_SIZE],
      N_("Size of its font in pt (8)"), N_("PT") },
    { "line-width", 0, 0, G_OPTION_ARG_STRING, &texts.numbers[UT_PAPER_LINE_WIDTH],
      N_("Width of its curves in pt (1)"), N_("PT") },
    { "dpi", 0, 0, G_OPTION_ARG_STRING, &texts.numbers[UT_PAPER_DPI],
      N_("Pixels to the inch of a PNG (300)"), N_("N") },
    { "grey", 0, 0, G_OPTION_ARG_NONE, &texts.grey,
      N_("Greys and dashes in place of colours and dashes"), NULL },
    { "labels", 0, 0, G_OPTION_ARG_STRING, &texts.labels,
      N_("Names of the runs: ends, legend or none"), N_("WHERE") },
    { "x", 0, 0, G_OPTION_ARG_STRING, &texts.axis,
      N_("What the x axis counts: step, epoch or time"), N_("AXIS") },
    { "smoothing", 0, 0, G_OPTION_ARG_STRING, &texts.smoothing,
      N_("Over about how many steps (60); 1 for none"), N_("STEPS") },
    { "log-y", 0, 0, G_OPTION_ARG_NONE, &texts.y_log,
      N_("Logarithmic y axis of the loss"), NULL },
    { "spread", 0, 0, G_OPTION_ARG_STRING, &texts.spread,
      N_("Runs that differ in the seed alone: runs, or their mean with deviation or interval"),
      N_("HOW") },
    { NULL }
  };

  export_init (&self);
  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (help.command, "%s", _("RUN is missing"));
  status = read_texts (&texts, &self);
  return status == UT_CLI_DONE ? export_named (&self, &texts, argc - 1, argv + 1) : status;
}
