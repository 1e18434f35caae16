/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "export-fixture.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <ut-png-private.h>
#include <ut-run-figure.h>
#include <ut-svg-private.h>

/* The notebook's training: 16 epochs of 2,105 batches, of 20 runs. */
#define FULL_RUNS 20
#define FULL_EPOCHS 16
#define FULL_STEPS 2105
#define MOST_BYTES 200000

/* Programs round the places of letters and edges to different parts of a pixel. What is compared are
 * therefore means over squares of this many pixels; of 255, their mean difference is below 1 for the same
 * figure, and several times that where something is missing. */
#define SQUARE 6
#define MOST_DIFFERENCE 1.5

static UtRunFigure *
make_figure (GPtrArray *runs)
{
  g_autoptr (UtPlotView) view = ut_plot_view_new ();

  return ut_run_figure_new (runs, runs->len > 0 ? runs->pdata[0] : NULL, view);
}

static GBytes *
write_figure (UtRunFigure   *figure,
              const UtPaper *paper,
              UtPaperFormat  format)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = ut_run_figure_write (figure, paper, format, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
test_paper (void)
{
  g_auto (UtPaper) paper;
  g_auto (UtPaper) copy;
  UtPaperFormat format = UT_PAPER_PNG;
  guint index = 7;

  ut_paper_init (&paper);
  for (guint i = 0; i < UT_N_PAPER_NUMBERS; i++)
    {
      const UtPaperNumberInfo *info = ut_paper_get_number_info ((UtPaperNumber) i);

      g_assert_cmpfloat (info->minimum, <=, info->fallback);
      g_assert_cmpfloat (info->fallback, <=, info->maximum);
      g_assert_cmpfloat (info->step, >, 0);
      g_assert_cmpfloat (paper.numbers[i], ==, info->fallback);
    }

  /* Two plots stand above each other in a column, and side by side on a page. */
  g_assert_false (ut_paper_is_wide (&paper));
  g_assert_cmpfloat (ut_paper_get_height (&paper), ==, 110);
  paper.numbers[UT_PAPER_WIDTH] = UT_PAPER_TWO_COLUMNS;
  g_assert_true (ut_paper_is_wide (&paper));
  g_assert_cmpfloat (ut_paper_get_height (&paper), ==, 55);
  paper.what = UT_PAPER_LOSS;
  g_assert_false (ut_paper_is_wide (&paper));
  g_assert_cmpfloat (ut_paper_get_height (&paper), ==, 55);

  ut_paper_copy (&copy, &paper);
  g_assert_cmpstr (copy.font, ==, paper.font);
  g_assert_true (copy.font != paper.font);

  g_assert_true (ut_paper_find_format ("a.b/fig.PDF", &format));
  g_assert_cmpint (format, ==, UT_PAPER_PDF);
  g_assert_true (ut_paper_find_format ("fig.svg", &format));
  g_assert_cmpint (format, ==, UT_PAPER_SVG);
  g_assert_false (ut_paper_find_format ("fig", &format));
  g_assert_false (ut_paper_find_format ("fig.jpeg", &format));
  g_assert_true (ut_paper_find_name (ut_paper_list_labels (), "none", &index));
  g_assert_cmpuint (index, ==, UT_FIGURE_LABELS_NONE);
}

static void
test_size (void)
{
  const guint n_runs[] = { 1, 8, FULL_RUNS };
  const double widths[] = { UT_PAPER_ONE_COLUMN, UT_PAPER_TWO_COLUMNS };

  g_test_summary ("No figure is larger than 200 kB, whatever the number of runs and steps");

  for (guint i = 0; i < G_N_ELEMENTS (n_runs); i++)
    {
      g_autoptr (GPtrArray) runs = export_fixture_runs (n_runs[i], FULL_EPOCHS, FULL_STEPS);
      g_autoptr (UtRunFigure) figure = make_figure (runs);

      for (guint j = 0; j < G_N_ELEMENTS (widths) * UT_N_PAPER_FORMATS; j++)
        {
          g_auto (UtPaper) paper;
          UtPaperFormat format = (UtPaperFormat) (j % UT_N_PAPER_FORMATS);

          ut_paper_init (&paper);
          paper.numbers[UT_PAPER_WIDTH] = widths[j / UT_N_PAPER_FORMATS];

          g_autoptr (GBytes) bytes = write_figure (figure, &paper, format);

          g_test_message ("%u runs, %g mm, %s: %zu bytes", n_runs[i],
                          paper.numbers[UT_PAPER_WIDTH], ut_paper_list_formats ()[format],
                          g_bytes_get_size (bytes));
          g_assert_cmpuint (g_bytes_get_size (bytes), <=, MOST_BYTES);
        }
    }
}

static void
test_same_bytes (void)
{
  g_autoptr (GPtrArray) runs = export_fixture_runs (3, 4, 100);
  g_auto (UtPaper) paper;

  g_test_summary ("The same runs and the same options give the same bytes");

  ut_paper_init (&paper);
  for (guint i = 0; i < UT_N_PAPER_FORMATS; i++)
    {
      g_autoptr (UtRunFigure) first = make_figure (runs);
      g_autoptr (UtRunFigure) second = make_figure (runs);
      g_autoptr (GBytes) a = write_figure (first, &paper, (UtPaperFormat) i);
      g_autoptr (GBytes) b = write_figure (second, &paper, (UtPaperFormat) i);

      g_assert_true (g_bytes_equal (a, b));
      paper.grey = TRUE;

      g_autoptr (GBytes) c = write_figure (first, &paper, (UtPaperFormat) i);

      g_assert_false (g_bytes_equal (a, c));
      paper.grey = FALSE;
    }
}

/* Files */

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("undertone-export-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static GFile *
get_file (Fixture    *fixture,
          const char *name)
{
  return g_file_new_build_filename (fixture->folder, name, NULL);
}

static char *
save_figure (Fixture       *fixture,
             UtRunFigure   *figure,
             const UtPaper *paper,
             const char    *name)
{
  UtPaperFormat format = UT_PAPER_PDF;
  g_autoptr (GFile) file = get_file (fixture, name);
  g_autoptr (GError) error = NULL;

  g_assert_true (ut_paper_find_format (name, &format));
  g_assert_true (ut_run_figure_save (figure, paper, format, file, NULL, &error));
  g_assert_no_error (error);
  return g_file_get_path (file);
}

/* The sum of a colour over a square. */
static guint
sum_square (cairo_surface_t *surface,
            int              left,
            int              top,
            int              part)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint sum = 0;

  for (int y = top; y < top + SQUARE; y++)
    for (int x = left; x < left + SQUARE; x++)
      sum += cairo_image_surface_get_data (surface)[(gsize) y * stride + (gsize) (4 * x + part)];
  return sum;
}

/* Over the part that both have: renderers round the size of a page up or down. */
static double
compare_images (const char *first_path,
                const char *second_path)
{
  cairo_surface_t *first = cairo_image_surface_create_from_png (first_path);
  cairo_surface_t *second = cairo_image_surface_create_from_png (second_path);
  int width = cairo_image_surface_get_width (first);
  int height = cairo_image_surface_get_height (first);
  double sum = 0;
  guint n = 0;

  g_assert_cmpint (cairo_surface_status (first), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_surface_status (second), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (ABS (width - cairo_image_surface_get_width (second)), <=, 1);
  g_assert_cmpint (ABS (height - cairo_image_surface_get_height (second)), <=, 1);
  for (int y = 0; y < height - SQUARE; y += SQUARE)
    for (int x = 0; x < width - SQUARE; x += SQUARE)
      for (int part = 0; part < 3; part++, n++)
        sum += fabs ((double) sum_square (first, x, y, part) - sum_square (second, x, y, part));
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
  return sum / n / (SQUARE * SQUARE);
}

static void
test_formats_agree (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = export_fixture_runs (3, 4, 500);
  g_autoptr (UtRunFigure) figure = make_figure (runs);
  g_auto (UtPaper) paper;
  g_autofree char *rsvg = export_fixture_find ("rsvg-convert");
  g_autofree char *poppler = rsvg != NULL ? export_fixture_find ("pdftoppm") : NULL;

  g_test_summary ("PDF, SVG and PNG show the same, each drawn by a program of its own");
  if (poppler == NULL)
    return;

  ut_paper_init (&paper);
  paper.numbers[UT_PAPER_DPI] = 300;

  g_autofree char *png = save_figure (fixture, figure, &paper, "figure.png");
  g_autofree char *svg = save_figure (fixture, figure, &paper, "figure.svg");
  g_autofree char *pdf = save_figure (fixture, figure, &paper, "figure.pdf");
  g_autofree char *svg_drawn = g_build_filename (fixture->folder, "svg.png", NULL);
  g_autofree char *pdf_root = g_build_filename (fixture->folder, "pdf", NULL);
  g_autofree char *pdf_drawn = g_strconcat (pdf_root, ".png", NULL);
  const char *const draw_svg[] = { rsvg, "-d", "300", "-p", "300", "-o", svg_drawn, svg, NULL };
  const char *const draw_pdf[]
      = { poppler, "-r", "300", "-png", "-singlefile", pdf, pdf_root, NULL };

  g_bytes_unref (export_fixture_call (draw_svg));
  g_bytes_unref (export_fixture_call (draw_pdf));

  double from_svg = compare_images (png, svg_drawn);
  double from_pdf = compare_images (png, pdf_drawn);

  g_test_message ("mean difference from the PNG: SVG %.3f, PDF %.3f of 255", from_svg, from_pdf);
  g_assert_cmpfloat (from_svg, <, MOST_DIFFERENCE);
  g_assert_cmpfloat (from_pdf, <, MOST_DIFFERENCE);

  /* The measure notices what is missing. */
  paper.labels = UT_FIGURE_LABELS_NONE;

  g_autofree char *bare = save_figure (fixture, figure, &paper, "bare.png");

  double from_bare = compare_images (png, bare);

  g_test_message ("mean difference from one without names: %.3f", from_bare);
  g_assert_cmpfloat (from_bare, >, 2 * MOST_DIFFERENCE);
}

static void
test_pdf (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = export_fixture_runs (2, 2, 50);
  g_autoptr (UtRunFigure) figure = make_figure (runs);
  g_auto (UtPaper) paper;
  g_autofree char *fonts = export_fixture_find ("pdffonts");
  g_autofree char *info = fonts != NULL ? export_fixture_find ("pdfinfo") : NULL;

  g_test_summary ("A PDF has its size, a title, and all its fonts in it");
  if (info == NULL)
    return;

  ut_paper_init (&paper);
  paper.what = UT_PAPER_LOSS;

  g_autofree char *path = save_figure (fixture, figure, &paper, "figure.pdf");
  const char *const list_fonts[] = { fonts, path, NULL };
  const char *const list_info[] = { info, path, NULL };
  g_autoptr (GBytes) font_bytes = export_fixture_call (list_fonts);
  g_autoptr (GBytes) info_bytes = export_fixture_call (list_info);
  g_autofree char *font_text = g_strndup (g_bytes_get_data (font_bytes, NULL),
                                          g_bytes_get_size (font_bytes));
  g_autofree char *info_text = g_strndup (g_bytes_get_data (info_bytes, NULL),
                                          g_bytes_get_size (info_bytes));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (font_text), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >=, 3);
  for (guint i = 2; lines[i] != NULL; i++)
    g_assert_true (g_regex_match_simple (" yes (yes|no) +(yes|no) +\\d+ +\\d+$", lines[i], 0, 0));
  g_assert_true (g_regex_match_simple ("^Title: +GRU 1, GRU 2$", info_text, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^Creator: +Undertone", info_text, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^CreationDate: .*2026", info_text, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^Page size: +238.11 x 155.9", info_text, G_REGEX_MULTILINE,
                                       0));
}

static void
test_hostile_svg (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (UtPaper) paper;
  const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("An SVG is well-formed, whatever the runs are called");

  g_ptr_array_add (runs, export_fixture_run ("</title><script>\"&'\x01 d=\"M 1 1\"", 1, 2, 20));
  g_ptr_array_add (runs, export_fixture_run ("]]>&#0; \xe2\x80\xae nur", 2, 2, 20));
  ut_paper_init (&paper);

  g_autoptr (UtRunFigure) figure = make_figure (runs);
  g_autoptr (GBytes) bytes = write_figure (figure, &paper, UT_PAPER_SVG);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  g_assert_true (g_utf8_validate (text, (gssize) size, NULL));
  g_markup_parse_context_parse (context, text, (gssize) size, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (text, (gssize) size, "<title>&lt;/title&gt;&lt;script&gt;"));
  g_assert_null (g_strstr_len (text, (gssize) size, "<script"));
  g_assert_null (g_strstr_len (text, (gssize) size, "surface"));

  g_autofree char *xmllint = export_fixture_find ("xmllint");

  if (xmllint == NULL)
    return;

  g_autofree char *path = save_figure (fixture, figure, &paper, "hostile.svg");
  const char *const check[] = { xmllint, "--noout", "--nonet", path, NULL };

  g_bytes_unref (export_fixture_call (check));
}

/* Follows a path and appends all points to @points, as x and y in turn. */
static void
follow_path (const char *path,
             GArray     *points)
{
  double x = 0, y = 0, start_x = 0, start_y = 0;
  char command = 0;
  const char *at = path;

  while (*at != '\0')
    {
      if (g_ascii_isalpha (*at))
        command = *at++;
      else if (*at == ' ')
        at++;
      else
        {
          gboolean relative = g_ascii_islower (command);
          guint n = g_ascii_tolower (command) == 'c' ? 3 : 1;
          double from_x = relative ? x : 0, from_y = relative ? y : 0;

          for (guint i = 0; i < n; i++)
            {
              char *end;

              x = from_x + g_ascii_strtod (at, &end);
              g_assert_true (end != at);
              at = end;
              y = from_y + g_ascii_strtod (at, &end);
              g_assert_true (end != at);
              at = end;
              g_array_append_val (points, x);
              g_array_append_val (points, y);
            }
          if (g_ascii_tolower (command) == 'm')
            {
              start_x = x;
              start_y = y;
            }
        }
      if (g_ascii_tolower (command) == 'z')
        {
          x = start_x;
          y = start_y;
        }
    }
}

static void
test_paths (void)
{
  static const char before[]
      = "M 0.40625 1.421875 L 0.409 -5.640625 L 4.40625 -5.6 Z M 10 20 L -3.1 0.004 L 0.0049 1.3333 "
        "C 1 2 3.25 4.125 5.0625 -6 Z M 7 8 L 7 8.015 Z M 1 1 ";
  g_autofree char *svg = g_strdup_printf ("<svg><g id=\"surface9\"><path style=\"a\" d=\"%s\"/>"
                                          "<path d=\"m 1 2\"/><path d=\"M 1 nan\"/></g></svg>",
                                          before);
  g_autoptr (GByteArray) output = g_byte_array_new ();
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (double));

  g_test_summary ("A shortened path has the same points, to half a hundredth");

  _ut_svg_finish (svg, strlen (svg), "A & B", output);
  g_byte_array_append (output, (const guint8 *) "", 1);

  const char *text = (const char *) output->data;
  const char *start = strstr (text, " d=\"") + 4;
  g_autofree char *path = g_strndup (start, strcspn (start, "\""));

  g_assert_true (g_str_has_prefix (text, "<svg>\n<title>A &amp; B</title><g><path"));
  g_assert_cmpuint (strlen (path), <, strlen (before) * 2 / 3);
  follow_path (before, wanted);
  follow_path (path, points);
  /* The last move draws nothing. */
  g_array_set_size (wanted, wanted->len - 2);
  g_assert_cmpuint (points->len, ==, wanted->len);
  for (guint i = 0; i < points->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (points, double, i),
                                    g_array_index (wanted, double, i), 0.0051);
  /* What Cairo does not write stays as it is. */
  g_assert_nonnull (strstr (text, "<path d=\"m 1 2\"/><path d=\"M 1 nan\"/>"));
}

static void
test_png (void)
{
  g_autoptr (GPtrArray) runs = export_fixture_runs (1, 2, 20);
  g_autoptr (UtRunFigure) figure = make_figure (runs);
  g_auto (UtPaper) paper;
  g_autoptr (GError) error = NULL;
  /* 600 dots an inch are 23,622 a metre. */
  static const guint8 chunk[] = { 0, 0, 0, 9, 'p', 'H', 'Y', 's', 0, 0, 0x5c, 0x46,
                                  0, 0, 0x5c, 0x46, 1, 0x14, 0x94, 0x43, 0x41 };

  g_test_summary ("A PNG says how large it is on paper, and one that is too large is refused");

  ut_paper_init (&paper);
  paper.what = UT_PAPER_LOSS;
  paper.numbers[UT_PAPER_DPI] = 600;

  g_autoptr (GBytes) bytes = write_figure (figure, &paper, UT_PAPER_PNG);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  guint32 width, height;

  memcpy (&width, data + 16, sizeof width);
  memcpy (&height, data + 20, sizeof height);
  g_assert_cmpuint (GUINT32_FROM_BE (width), ==, 1984);
  g_assert_cmpuint (GUINT32_FROM_BE (height), ==, 1299);
  g_assert_cmpmem (data + 33, 17, chunk, 17);

  paper.numbers[UT_PAPER_WIDTH] = 500;
  paper.numbers[UT_PAPER_HEIGHT] = 400;
  paper.numbers[UT_PAPER_DPI] = 1200;

  g_autoptr (GBytes) none = ut_run_figure_write (figure, &paper, UT_PAPER_PNG, &error);

  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* Numbers */

static double
read_number (const char *field)
{
  char *end;
  double value = g_ascii_strtod (field, &end);

  if (*field == '\0')
    return NAN;
  g_assert_cmpint (*end, ==, '\0');
  return value;
}

static void
assert_same (double a,
             double b)
{
  if (isnan (a))
    g_assert_true (isnan (b));
  else
    g_assert_cmpfloat (a, ==, b);
}

static void
test_csv (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = get_file (fixture, "numbers.csv");
  g_autofree char *text = NULL;
  g_autoptr (UtPlotView) view = ut_plot_view_new ();

  g_test_summary ("The numbers read back as they were, and the smoothed ones are the plot's");

  g_ptr_array_add (runs, export_fixture_run ("a \"b\", c", 1, 3, 40));
  g_ptr_array_add (runs, export_fixture_run ("d", 2, 3, 40));

  gsize n_points, n_epochs;
  UtPoint *points = (UtPoint *) ut_run_get_points (runs->pdata[1], &n_points);

  points[5].loss = NAN;
  points[6].loss = INFINITY;

  g_autoptr (UtRunFigure) figure = ut_run_figure_new (runs, NULL, view);

  g_assert_true (ut_run_figure_save_csv (figure, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, &error));

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint line = 1;

  g_assert_cmpstr (lines[0], ==,
                   "run,part,step,epoch,loss,loss_smoothed,accuracy,accuracy_smoothed");
  for (guint i = 0; i < runs->len; i++)
    {
      const char *name = i == 0 ? "\"a \"\"b\"\", c\"," : "\"d\",";
      const UtPoint *run_points = ut_run_get_points (runs->pdata[i], &n_points);
      const UtEpoch *run_epochs = ut_run_get_epochs (runs->pdata[i], &n_epochs);
      g_autofree double *losses = g_new (double, n_points);

      for (gsize j = 0; j < n_points; j++)
        losses[j] = run_points[j].loss;
      for (gsize j = 0; j < n_points + n_epochs; j++, line++)
        {
          g_assert_true (g_str_has_prefix (lines[line], name));

          g_auto (GStrv) fields = g_strsplit (lines[line] + strlen (name), ",", -1);

          g_assert_cmpuint (g_strv_length (fields), ==, 7);
          if (j < n_points)
            {
              g_assert_cmpstr (fields[0], ==, "training");
              assert_same (read_number (fields[1]), (double) run_points[j].step);
              assert_same (read_number (fields[2]), run_points[j].epoch);
              assert_same (read_number (fields[3]), run_points[j].loss);
              /* The plot takes another way to the same sum. */
              if (isfinite (losses[j]))
                g_assert_cmpfloat_with_epsilon (read_number (fields[4]),
                                                ut_smooth_at (losses, j, ut_plot_view_get_smoothing (view)), 1e-12);
              else
                g_assert_cmpstr (fields[4], ==, "");
              assert_same (read_number (fields[5]), run_points[j].accuracy);
              g_assert_cmpstr (fields[6], !=, "");
            }
          else
            {
              const UtEpoch *epoch = &run_epochs[j - n_points];

              g_assert_cmpstr (fields[0], ==, "validation");
              assert_same (read_number (fields[1]), (double) epoch->step);
              assert_same (read_number (fields[3]), epoch->val_loss);
              assert_same (read_number (fields[5]), epoch->val_accuracy);
              g_assert_cmpstr (fields[4], ==, "");
            }
        }
    }
  g_assert_cmpstr (lines[line], ==, "");
  g_assert_null (lines[line + 1]);
}

static void
test_beside (Fixture       *fixture,
             gconstpointer  data)
{
  const struct
  {
    const char *figure;
    const char *csv;
  } cases[] = {
    { "figure.pdf", "figure.csv" },
    { "a.b.png", "a.b.csv" },
    { "figure", "figure.csv" },
    { ".svg", ".svg.csv" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = get_file (fixture, cases[i].figure);
      g_autoptr (GFile) wanted = get_file (fixture, cases[i].csv);
      g_autoptr (GFile) csv = ut_run_figure_find_csv (file);

      g_assert_true (g_file_equal (csv, wanted));
    }
}

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = export_fixture_runs (1, 1, 20);
  g_autoptr (UtRunFigure) figure = make_figure (runs);
  g_auto (UtPaper) paper;
  g_autoptr (GFile) file = get_file (fixture, "none/figure.svg");
  g_autoptr (GFile) old = get_file (fixture, "old.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_test_summary ("What cannot be written is named, and what was given up leaves the old file");

  ut_paper_init (&paper);
  g_assert_false (ut_run_figure_save (figure, &paper, UT_PAPER_SVG, file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "none/figure.svg"));
  g_clear_error (&error);

  g_assert_true (g_file_replace_contents (old, "old", 3, NULL, FALSE, 0, NULL, NULL, &error));
  g_cancellable_cancel (cancellable);
  g_assert_false (ut_run_figure_save_csv (figure, old, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_load_contents (old, NULL, &text, NULL, NULL, &error));
  g_assert_cmpstr (text, ==, "old");
}

static void
test_little (void)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (UtPaper) paper;

  g_test_summary ("No run, and runs without points, are a figure");

  ut_paper_init (&paper);
  paper.numbers[UT_PAPER_WIDTH] = ut_paper_get_number_info (UT_PAPER_WIDTH)->minimum;
  paper.numbers[UT_PAPER_HEIGHT] = ut_paper_get_number_info (UT_PAPER_HEIGHT)->minimum;
  paper.numbers[UT_PAPER_FONT_SIZE] = ut_paper_get_number_info (UT_PAPER_FONT_SIZE)->maximum;
  for (guint n_runs = 0; n_runs < 3; n_runs++)
    {
      g_autoptr (UtRunFigure) figure = make_figure (runs);

      g_assert_cmpuint (ut_run_figure_get_n_runs (figure), ==, n_runs);
      for (guint i = 0; i < UT_N_PAPER_FORMATS; i++)
        {
          g_autoptr (GBytes) bytes = write_figure (figure, &paper, (UtPaperFormat) i);

          g_assert_cmpuint (g_bytes_get_size (bytes), >, 100);
        }
      g_ptr_array_add (runs, export_fixture_run ("GRU", n_runs + 1, n_runs, n_runs));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/figure/paper", test_paper);
  g_test_add_func ("/figure/size", test_size);
  g_test_add_func ("/figure/same-bytes", test_same_bytes);
  g_test_add ("/figure/formats-agree", Fixture, NULL, set_up, test_formats_agree, tear_down);
  g_test_add ("/figure/pdf", Fixture, NULL, set_up, test_pdf, tear_down);
  g_test_add ("/figure/hostile-svg", Fixture, NULL, set_up, test_hostile_svg, tear_down);
  g_test_add_func ("/figure/paths", test_paths);
  g_test_add_func ("/figure/png", test_png);
  g_test_add ("/figure/csv", Fixture, NULL, set_up, test_csv, tear_down);
  g_test_add ("/figure/beside", Fixture, NULL, set_up, test_beside, tear_down);
  g_test_add ("/figure/unwritable", Fixture, NULL, set_up, test_unwritable, tear_down);
  g_test_add_func ("/figure/little", test_little);

  return g_test_run ();
}
