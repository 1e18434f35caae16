/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <ut-lab.h>

static UtTableText *
make_table (void)
{
  static const char * const plain[] = { "GRU 3", "0.833", NULL };
  static const char * const hostile[] = { "50 % of_a|b & {c}\t#$\\~^<\n>", "-1", NULL };
  static const char * const other[] = { "≈ über [x] *y*", "–", NULL };
  UtTableText *table = ut_table_text_new ();

  ut_table_text_add_column (table, "Name", FALSE);
  ut_table_text_add_column (table, "Best", TRUE);
  ut_table_text_add_row (table, plain);
  ut_table_text_add_row (table, hostile);
  ut_table_text_add_row (table, other);
  return table;
}

static void
assert_format (UtTableFormat  format,
               const char    *expected)
{
  g_autoptr (UtTableText) table = make_table ();
  g_autofree char *text = ut_table_text_format (table, format);

  g_assert_cmpuint (ut_table_text_get_n_rows (table), ==, 3);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_tsv (void)
{
  g_test_summary ("A row is a line, and a cell has no tab");

  assert_format (UT_TABLE_TSV, "Name\tBest\n"
                               "GRU 3\t0.833\n"
                               "50 % of_a|b & {c} #$\\~^< >\t-1\n"
                               "≈ über [x] *y*\t\n");
}

static void
test_markdown (void)
{
  g_test_summary ("Numbers stand at the right, and signs for themselves");

  assert_format (UT_TABLE_MARKDOWN,
                 "| Name                                  |  Best |\n"
                 "| ------------------------------------- | ----: |\n"
                 "| GRU 3                                 | 0.833 |\n"
                 "| 50 % of\\_a\\|b \\& \\{c\\} \\#\\$\\\\\\~^\\< \\> |    -1 |\n"
                 "| ≈ über \\[x\\] \\*y\\*                    |     – |\n");
}

static void
test_latex (void)
{
  g_test_summary ("LaTeX reads what a cell says, without packages");

  assert_format (UT_TABLE_LATEX,
                 "\\begin{tabular}{lr}\n"
                 "\\hline\n"
                 "Name                                                                  "
                 "                                            &  Best \\\\\n"
                 "\\hline\n"
                 "GRU 3                                                                 "
                 "                                            & 0.833 \\\\\n"
                 "50 \\% of\\_a\\textbar{}b \\& \\{c\\} \\#\\$\\textbackslash{}\\textasciitilde{}"
                 "\\textasciicircum{}\\textless{} \\textgreater{} &  $-$1 \\\\\n"
                 "$\\approx$ über {[}x{]} *y*                                            "
                 "                                            &    -- \\\\\n"
                 "\\hline\n"
                 "\\end{tabular}\n");
}

static void
test_formats (void)
{
  UtTableFormat format;

  g_test_summary ("Formats are called as the command line calls them");

  for (UtTableFormat i = 0; i < UT_N_TABLE_FORMATS; i++)
    {
      g_assert_true (ut_table_format_from_nick (ut_table_format_get_nick (i), &format));
      g_assert_cmpint (format, ==, i);
    }
  g_assert_false (ut_table_format_from_nick ("html", &format));
}

static void
test_without_rows (void)
{
  g_autoptr (UtTableText) table = ut_table_text_new ();

  g_test_summary ("A table may have no row");

  ut_table_text_add_column (table, "A", FALSE);

  g_autofree char *text = ut_table_text_format (table, UT_TABLE_MARKDOWN);

  g_assert_cmpstr (text, ==, "| A   |\n| --- |\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/lab/table-text/tsv", test_tsv);
  g_test_add_func ("/lab/table-text/markdown", test_markdown);
  g_test_add_func ("/lab/table-text/latex", test_latex);
  g_test_add_func ("/lab/table-text/formats", test_formats);
  g_test_add_func ("/lab/table-text/without-rows", test_without_rows);

  return g_test_run ();
}
