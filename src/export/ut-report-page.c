/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-report-private.h"

#include "ut-html-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* No script can run and nothing can be fetched, whatever a text of the page says. */
static const char head[] =
  "<meta charset=\"utf-8\">\n"
  "<meta http-equiv=\"Content-Security-Policy\""
  " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
  "<meta name=\"color-scheme\" content=\"light dark\">\n"
  "<meta name=\"generator\" content=\"Undertone " PACKAGE_VERSION "\">\n";

static const char style[] =
  "<style>\n"
  ":root { --text: #1c1c1c; --dim: #5c5c5c; --ground: #ffffff; --line: #c8c8c8; --mark: #f1f1f1; }\n"
  "@media (prefers-color-scheme: dark) {\n"
  "  :root { --text: #f2f2f2; --dim: #b4b4b4; --ground: #1e1e1e; --line: #555555; --mark: #2c2c2c; }\n"
  "}\n"
  "body { color: var(--text); background: var(--ground); font: 15px/1.5 sans-serif;\n"
  "  max-width: 1000px; margin: 0 auto; padding: 24px; }\n"
  "h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }\n"
  "h2 { font-size: 19px; margin: 32px 0 8px; }\n"
  "h3 { font-size: 16px; margin: 20px 0 6px; }\n"
  "p { margin: 6px 0; }\n"
  ".dim { color: var(--dim); }\n"
  ".wide { overflow-x: auto; }\n"
  "table { border-collapse: collapse; margin: 8px 0; font-variant-numeric: tabular-nums; }\n"
  "th, td { padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); text-align: start;\n"
  "  vertical-align: top; overflow-wrap: break-word; max-width: 30em; }\n"
  "th { font-weight: 600; vertical-align: bottom; }\n"
  ".number { text-align: end; }\n"
  "td.number { white-space: nowrap; }\n"
  ".text { overflow-wrap: anywhere; min-width: 12em; }\n"
  ".best { font-weight: 600; }\n"
  ".note { white-space: pre-wrap; }\n"
  ".hash { font-family: monospace; font-size: 13px; overflow-wrap: anywhere; }\n"
  ".figure { background: #ffffff; padding: 12px; }\n"
  ".figure svg { display: block; width: 100%; height: auto; }\n"
  "@page { size: A4; margin: 16mm; }\n"
  "@media print {\n"
  "  :root { --text: #000000; --dim: #444444; --ground: #ffffff; --line: #999999; --mark: #ffffff; }\n"
  "  body { font-size: 9.5pt; max-width: none; padding: 0; }\n"
  "  h1 { font-size: 16pt; } h2 { font-size: 12pt; } h3 { font-size: 10.5pt; }\n"
  "  h2, h3 { break-after: avoid; }\n"
  "  tr, .figure { break-inside: avoid; }\n"
  "  .figure { padding: 0; }\n"
  "  .wide { overflow-x: visible; }\n"
  "  .hash { font-size: 8pt; }\n"
  "}\n"
  "</style>\n";

/* Tables */

void
_ut_report_append_cell (GString    *html,
                        const char *text,
                        gboolean    is_number)
{
  /* What a person wrote may run from right to left; it must not turn the cells around it. */
  _ut_html_append_element (html, "td", is_number ? "class=\"number\"" : "dir=\"auto\"", text);
}

void
_ut_report_append_number (GString *html,
                          double   value,
                          int      n_digits)
{
  /* With a minus, not a hyphen. */
  g_autofree char *text = isfinite (value) ? g_strdup_printf ("%s%.*f", value < 0 ? "−" : "", n_digits,
                                                              fabs (value))
                                           : g_strdup ("–");

  _ut_report_append_cell (html, text, TRUE);
}

void
_ut_report_begin_table (GString           *html,
                        const char *const *heads,
                        guint              first_number)
{
  g_string_append (html, "<div class=\"wide\"><table>\n<thead><tr>");
  for (guint i = 0; heads[i] != NULL; i++)
    _ut_html_append_element (html, "th", i >= first_number ? "class=\"number\" scope=\"col\""
                                                           : "scope=\"col\"", heads[i]);
  g_string_append (html, "</tr></thead>\n<tbody>\n");
}

void
_ut_report_end_table (GString *html)
{
  g_string_append (html, "</tbody>\n</table></div>\n");
}

/* Page */

static char *
dup_title (const UtReportFacts *facts)
{
  guint n_runs = ut_comparison_get_n_runs (facts->comparison);

  if (n_runs == 1)
    return g_strdup (ut_run_get_name (ut_comparison_get_run (facts->comparison, 0)));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u run compared", "%u runs compared",
                                       n_runs), n_runs);
}

static void
append_heading (GString             *html,
                const UtReportFacts *facts)
{
  g_autofree char *title = dup_title (facts);
  g_autoptr (GDateTime) date
      = facts->date != 0 ? g_date_time_new_from_unix_local (facts->date / G_USEC_PER_SEC) : NULL;
  /* Translators: the form of a date, as g_date_time_format() reads it. */
  g_autofree char *day = date != NULL ? g_date_time_format (date, _("%-e %B %Y")) : NULL;
  /* Translators: the name of the program and its version, then a date. */
  g_autofree char *made = day != NULL ? g_strdup_printf (_("Undertone %s, %s"), PACKAGE_VERSION, day)
                                      : g_strdup_printf (_("Undertone %s"), PACKAGE_VERSION);

  g_string_append_printf (html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n%s",
                          /* Translators: the language of this translation, as in HTML's lang. */
                          C_("language", "en"), head);
  _ut_html_append_element (html, "title", NULL, title);
  g_string_append_printf (html, "\n%s</head>\n<body>\n", style);
  _ut_html_append_element (html, "h1", "dir=\"auto\"", title);
  g_string_append_c (html, '\n');
  _ut_html_append_element (html, "p", "class=\"dim\"", made);
  g_string_append_c (html, '\n');
}

/* The picture is ours: its texts are drawn, and its title was escaped. */
static void
append_curves (GString             *html,
               const UtReportFacts *facts)
{
  gsize size;
  const char *svg = g_bytes_get_data (facts->curves, &size);
  const char *start = g_strstr_len (svg, (gssize) size, "<svg");

  if (start == NULL)
    return;

  _ut_html_append_element (html, "h2", NULL, _("Curves"));
  g_string_append (html, "\n<div class=\"figure\">\n");
  g_string_append_len (html, start, (gssize) size - (start - svg));
  g_string_append (html, "</div>\n");
}

GBytes *
_ut_report_write (const UtReportFacts *facts)
{
  GString *html = g_string_new (NULL);

  append_heading (html, facts);
  _ut_report_append_runs (html, facts);
  _ut_report_append_tests (html, facts);
  append_curves (html, facts);
  _ut_report_append_settings (html, facts);
  _ut_report_append_confusion (html, facts);
  _ut_report_append_rows (html, facts);
  _ut_report_append_sources (html, facts);
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free_to_bytes (html);
}
