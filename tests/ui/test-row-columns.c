/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-row-cell.h>
#include <ut-row-columns.h>
#include <ut-row-model.h>

/* More than a page. */
#define N_ROWS 300

enum
{
  COLUMN_TEXT,
  COLUMN_TAG,
  COLUMN_NUMBER,
  COLUMN_HIDDEN,
  N_COLUMNS,
};

typedef struct
{
  GtkWidget *window;
  GtkColumnView *view; /* of the window */
  UtRowModel *model;
  UtRowColumns *columns;
} Fixture;

static char *
dup_sample (gpointer table,
            guint    column)
{
  g_assert_cmpuint (column, !=, COLUMN_HIDDEN);
  return g_strdup ("00000000");
}

static char *
dup_text (gpointer table,
          guint    column,
          guint32  row)
{
  g_assert_cmpuint (column, !=, COLUMN_HIDDEN);
  return g_strdup_printf ("%u of %u", column, row);
}

static const char *
get_style (gpointer table,
           guint    column,
           guint32  row)
{
  g_assert_cmpuint (column, ==, COLUMN_TAG);
  return row % 2 == 0 ? "even" : "odd";
}

static char *
dup_name (gpointer table,
          guint    column,
          guint32  row)
{
  return column == COLUMN_TAG ? g_strdup_printf ("tag of %u", row) : NULL;
}

static char *
dup_row_name (gpointer table,
              guint32  row)
{
  return g_strdup_printf ("row %u", row);
}

static const UtRowColumnsFuncs funcs = {
  .dup_sample = dup_sample,
  .dup_text = dup_text,
  .get_style = get_style,
  .dup_name = dup_name,
  .dup_row_name = dup_row_name,
};

/* Rows from @first on. */
static void
show (Fixture *fixture,
      guint32  first)
{
  guint32 *rows = g_new (guint32, N_ROWS);

  for (guint32 i = 0; i < N_ROWS; i++)
    rows[i] = first + i;
  ut_row_model_take (fixture->model, rows, N_ROWS);
}

/* The first cell in @widget with @text. */
static GtkWidget *
find_cell (GtkWidget  *widget,
           const char *text)
{
  GtkWidget *found = NULL;

  if (UT_IS_ROW_CELL (widget))
    return g_str_equal (ut_row_cell_get_text (UT_ROW_CELL (widget)), text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cell (child, text);

  return found;
}

static GtkWidget *
wait_for_cell (Fixture    *fixture,
               const char *text)
{
  GtkWidget *cell;

  ITER_UNTIL ((cell = find_cell (GTK_WIDGET (fixture->view), text)) != NULL);
  return cell;
}

static int
get_width (Fixture *fixture,
           guint    column)
{
  return gtk_column_view_column_get_fixed_width (ut_row_columns_get (fixture->columns, column));
}

/* To the end, or from there to the start. */
static void
scroll (Fixture *fixture)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  gboolean is_at_start = gtk_adjustment_get_value (adjustment) <= 0;

  gtk_adjustment_set_value (adjustment, is_at_start ? gtk_adjustment_get_upper (adjustment) : 0);
}

/* A width is fixed by a cell that was laid out before it was named. */
static void
wait_for_widths (Fixture *fixture)
{
  ITER_UNTIL ((scroll (fixture), get_width (fixture, COLUMN_TEXT) > 0
                                 && get_width (fixture, COLUMN_TAG) > 0
                                 && get_width (fixture, COLUMN_NUMBER) > 0));
}

static gboolean
has_name (GtkWidget  *widget,
          const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const UtRowColumnKind kinds[N_COLUMNS] = {
    [COLUMN_TEXT] = UT_ROW_COLUMN_TEXT,
    [COLUMN_TAG] = UT_ROW_COLUMN_TAG,
    [COLUMN_NUMBER] = UT_ROW_COLUMN_NUMBER,
    [COLUMN_HIDDEN] = UT_ROW_COLUMN_TAG,
  };

  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->window = gtk_window_new ();
  fixture->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  fixture->model = ut_row_model_new ();
  fixture->columns = ut_row_columns_new (&funcs, fixture);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("Head", NULL);

      gtk_column_view_append_column (fixture->view, column);
      gtk_column_view_column_set_visible (column, i != COLUMN_HIDDEN);
      ut_row_columns_add (fixture->columns, column, kinds[i]);
      g_assert_true (ut_row_columns_get (fixture->columns, i) == column);
    }

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->view));

  g_autoptr (GtkNoSelection) selection =
    gtk_no_selection_new (g_object_ref (G_LIST_MODEL (fixture->model)));

  gtk_column_view_set_model (fixture->view, GTK_SELECTION_MODEL (selection));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 200);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_pointer (&fixture->columns, ut_row_columns_free);
  g_clear_object (&fixture->model);
}

static void
test_cells (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("A tag has the style of its row alone, and nothing is asked of hidden columns");

  show (fixture, 2);
  wait_for_cell (fixture, "0 of 2");
  g_assert_true (gtk_widget_has_css_class (wait_for_cell (fixture, "1 of 2"), "verdict-tag"));
  g_assert_true (gtk_widget_has_css_class (wait_for_cell (fixture, "1 of 2"), "even"));
  g_assert_false (gtk_widget_has_css_class (wait_for_cell (fixture, "2 of 2"), "verdict-tag"));

  show (fixture, 3);
  GtkWidget *tag = wait_for_cell (fixture, "1 of 3");

  g_assert_true (gtk_widget_has_css_class (tag, "verdict-tag"));
  g_assert_true (gtk_widget_has_css_class (tag, "odd"));
  g_assert_false (gtk_widget_has_css_class (tag, "even"));
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("A cell is named after what it shows, unless it has a name of its own");

  show (fixture, 7);
  GtkWidget *text = gtk_widget_get_parent (wait_for_cell (fixture, "0 of 7"));
  GtkWidget *tag = gtk_widget_get_parent (wait_for_cell (fixture, "1 of 7"));

  ITER_UNTIL (has_name (text, "0 of 7"));
  ITER_UNTIL (has_name (gtk_widget_get_parent (text), "row 7"));
  ITER_UNTIL (has_name (tag, "tag of 7"));
}

static void
test_widths (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_test_summary ("Widths are kept until they are freed or the font is another one");

  ut_row_columns_css_changed (fixture->columns, fixture->window);
  show (fixture, 0);
  wait_for_widths (fixture);

  int width = get_width (fixture, COLUMN_TAG);

  ut_row_columns_css_changed (fixture->columns, fixture->window);
  g_assert_cmpint (get_width (fixture, COLUMN_TAG), ==, width);

  ut_row_columns_free_widths (fixture->columns);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_assert_cmpint (get_width (fixture, i), ==, -1);
  wait_for_widths (fixture);

  gtk_css_provider_load_from_data (provider, "window { font-size: 40px; }", -1);
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (fixture->window),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  ITER_UNTIL ((ut_row_columns_css_changed (fixture->columns, fixture->window),
               get_width (fixture, COLUMN_TAG) == -1));
  wait_for_widths (fixture);
  g_assert_cmpint (get_width (fixture, COLUMN_TAG), >, width);
  gtk_style_context_remove_provider_for_display (gtk_widget_get_display (fixture->window),
                                                 GTK_STYLE_PROVIDER (provider));
}

static void
test_freed (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("A view that outlives them asks for nothing more");

  show (fixture, 4);
  wait_for_cell (fixture, "0 of 4");
  g_clear_pointer (&fixture->columns, ut_row_columns_free);
  show (fixture, 1000);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (find_cell (GTK_WIDGET (fixture->view), "0 of 1000"));
}

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);
  g_test_add ("/ui/row-columns/cells", Fixture, NULL, set_up, test_cells, tear_down);
  g_test_add ("/ui/row-columns/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/ui/row-columns/widths", Fixture, NULL, set_up, test_widths, tear_down);
  g_test_add ("/ui/row-columns/freed", Fixture, NULL, set_up, test_freed, tear_down);

  return g_test_run ();
}
