/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-slices.h"

#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The word of the memory test behind which the one stands that decides. */
#define MARK "overall"

typedef struct
{
  char *title;    /* (owned) */
  GArray *rows;   /* (owned) (element-type guint32) */
  double sum;     /* of what parts the rows */
} Slice;

struct UtSlices
{
  UtSliceKind kind;
  UtDataset *dataset; /* (owned) */
  GArray *slices;     /* (owned) (element-type Slice) */
  gsize n_left_out;
};

G_DEFINE_BOXED_TYPE (UtSlices, ut_slices, ut_slices_ref, ut_slices_unref)

/* What @row is like, as a number; NaN where it is in no slice. */
typedef double (*Measure) (const UtAnswers *answers,
                           gsize            row);

const char *
ut_slice_kind_get_title (UtSliceKind kind)
{
  switch (kind)
    {
    case UT_SLICE_LENGTH:
      return _("Length");
    case UT_SLICE_NEGATION:
      return _("Negation");
    case UT_SLICE_UNKNOWN:
      return _("Unknown words");
    case UT_SLICE_DISTANCE:
      return _("Distance of the deciding word");
    case UT_SLICE_EXPRESSION:
    default:
      return _("Own expression");
    }
}

static void
slice_clear (gpointer data)
{
  Slice *slice = data;

  g_free (slice->title);
  g_array_unref (slice->rows);
}

static UtSlices *
slices_new (const UtAnswers *answers,
            UtSliceKind      kind)
{
  UtSlices *self = g_atomic_rc_box_new0 (UtSlices);

  self->kind = kind;
  self->dataset = ut_dataset_ref (ut_answers_get_dataset (answers));
  self->slices = g_array_new (FALSE, FALSE, sizeof (Slice));
  g_array_set_clear_func (self->slices, slice_clear);

  return self;
}

static void
slices_clear (gpointer data)
{
  UtSlices *self = data;

  g_array_unref (self->slices);
  ut_dataset_unref (self->dataset);
}

UtSlices *
ut_slices_ref (UtSlices *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_slices_unref (UtSlices *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, slices_clear);
}

static void
add_slice (UtSlices *self,
           char     *title)
{
  Slice slice = { title, g_array_new (FALSE, FALSE, sizeof (guint32)), 0 };

  g_array_append_val (self->slices, slice);
}

static Slice *
get_slice (const UtSlices *self,
           guint           slice)
{
  return &g_array_index (self->slices, Slice, slice);
}

static void
put_row (UtSlices *self,
         guint     slice,
         gsize     row,
         double    value)
{
  guint32 number = (guint32) row;

  g_array_append_val (get_slice (self, slice)->rows, number);
  get_slice (self, slice)->sum += value;
}

/* Puts each row into the first slice whose bound is not below it, or behind the last bound. */
static void
part (UtSlices        *self,
      const UtAnswers *answers,
      Measure          measure,
      const double    *bounds,
      guint            n_bounds)
{
  gsize n_rows = ut_answers_get_n_rows (answers);

  for (gsize row = 0; row < n_rows; row++)
    {
      double value = measure (answers, row);
      guint slice = 0;

      if (isnan (value))
        {
          self->n_left_out++;
          continue;
        }
      while (slice < n_bounds && value > bounds[slice])
        slice++;
      put_row (self, slice, row, value);
    }
}

/* Whole numbers */

typedef char *(*DescribeRange) (guint first,
                                guint last);

static char *
describe_words (guint first,
                guint last)
{
  if (last == G_MAXUINT)
    /* Translators: the length of a sentence. */
    return g_strdup_printf (_("%u words or more"), first);

  return g_strdup_printf (_("%u to %u words"), first, last);
}

static char *
describe_distance (guint first,
                   guint last)
{
  if (last == G_MAXUINT)
    /* Translators: how many words follow the one that decides. */
    return g_strdup_printf (_("%u words after it or more"), first);

  return g_strdup_printf (_("%u to %u words after it"), first, last);
}

static void
part_by_number (UtSlices        *self,
                const UtAnswers *answers,
                Measure          measure,
                guint            first,
                const double    *bounds,
                guint            n_bounds,
                DescribeRange    describe)
{
  for (guint i = 0; i <= n_bounds; i++)
    {
      guint start = i == 0 ? first : (guint) bounds[i - 1] + 1;

      add_slice (self, describe (start, i < n_bounds ? (guint) bounds[i] : G_MAXUINT));
    }
  part (self, answers, measure, bounds, n_bounds);
}

static double
measure_length (const UtAnswers *answers,
                gsize            row)
{
  return (double) ut_answers_get_n_words (answers, row);
}

static void
part_by_length (UtSlices        *self,
                const UtAnswers *answers)
{
  static const double bounds[] = { 5, 10, 15, 20, 30, 50, 100 };

  part_by_number (self, answers, measure_length, 1, bounds, G_N_ELEMENTS (bounds), describe_words);
}

/* The deciding word */

/* How many words follow the one behind the mark; NaN where there is no such one, or several. */
static double
measure_distance (const UtAnswers *answers,
                  gsize            row)
{
  g_autofree char *text = ut_answers_dup_text (answers, row);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gsize n_words = g_strv_length (words);
  gsize place = 0;
  guint n_marks = 0;

  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (words[i], MARK))
      {
        place = i;
        n_marks++;
      }

  return n_marks == 1 && place + 1 < n_words ? (double) (n_words - place - 2) : NAN;
}

static gboolean
part_by_distance (UtSlices         *self,
                  const UtAnswers  *answers,
                  GError          **error)
{
  static const double bounds[] = { 2, 5, 10, 15, 20, 25, 30 };

  part_by_number (self, answers, measure_distance, 0, bounds, G_N_ELEMENTS (bounds),
                  describe_distance);
  if (self->n_left_out * 10 <= ut_answers_get_n_rows (answers))
    return TRUE;

  g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                       _("Which word decides is known for the memory test alone: it is the one behind "
                         "“overall”."));
  return FALSE;
}

/* Unknown words */

static char *
describe_shares (double low,
                 double high)
{
  if (high == 0)
    return g_strdup (_("no unknown word"));
  if (low == 0)
    return g_strdup_printf (_("up to %.0f %% unknown"), 100 * high);

  return g_strdup_printf (_("%.0f to %.0f %% unknown"), 100 * low, 100 * high);
}

static gboolean
part_by_unknown (UtSlices         *self,
                 const UtAnswers  *answers,
                 GError          **error)
{
  static const double bounds[] = { 0, 0.1, 0.2, 0.4 };

  for (guint i = 0; i <= G_N_ELEMENTS (bounds); i++)
    add_slice (self, describe_shares (i > 0 ? bounds[i - 1] : 0,
                                      i < G_N_ELEMENTS (bounds) ? bounds[i] : 1));
  part (self, answers, ut_answers_get_unknown_share, bounds, G_N_ELEMENTS (bounds));
  if (self->n_left_out == 0)
    return TRUE;

  g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                       _("The training rows of the run cannot be read any more, so that it is not "
                         "known which words it does not know."));
  return FALSE;
}

/* With and without */

static void
part_in_two (UtSlices        *self,
             const UtAnswers *answers,
             Measure          measure)
{
  static const double bounds[] = { 0 };

  part (self, answers, measure, bounds, G_N_ELEMENTS (bounds));
}

/* English words that deny, as SST-2 cuts them: "does n't". */
static double
measure_negation (const UtAnswers *answers,
                  gsize            row)
{
  static const char * const denying[] = {
    "not", "n't", "no", "never", "nothing", "neither", "nor", "none", "nobody", "nowhere", "without",
    "hardly", "barely", "scarcely", "cannot", "lacks", "lack", "lacking", "aint", NULL
  };
  g_autofree char *text = ut_answers_dup_text (answers, row);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (g_strv_contains (denying, words[i]) || g_str_has_suffix (words[i], "n't"))
      return 1;
  return 0;
}

static void
part_by_negation (UtSlices        *self,
                  const UtAnswers *answers)
{
  add_slice (self, g_strdup (_("without a negation")));
  add_slice (self, g_strdup (_("with a negation")));
  part_in_two (self, answers, measure_negation);
}

static gboolean
part_by_expression (UtSlices         *self,
                    const UtAnswers  *answers,
                    const char       *pattern,
                    GError          **error)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, error);
  gsize n_rows = ut_answers_get_n_rows (answers);

  if (regex == NULL)
    return FALSE;

  add_slice (self, g_strdup (_("without a match")));
  add_slice (self, g_strdup (_("with a match")));
  for (gsize row = 0; row < n_rows; row++)
    {
      g_autofree char *text = ut_answers_dup_text (answers, row);
      GError *failure = NULL;
      gboolean matches = g_regex_match_full (regex, text, -1, 0, 0, NULL, &failure);

      /* PCRE gives up where a pattern would take ages. */
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      put_row (self, matches ? 1 : 0, row, matches);
    }
  return TRUE;
}

UtSlices *
ut_slices_new (UtAnswers    *answers,
               UtSliceKind   kind,
               const char   *pattern,
               GError      **error)
{
  g_return_val_if_fail (answers != NULL, NULL);
  g_return_val_if_fail ((guint) kind < UT_N_SLICE_KINDS, NULL);
  g_return_val_if_fail (kind != UT_SLICE_EXPRESSION || pattern != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtSlices) self = slices_new (answers, kind);
  gboolean good = TRUE;

  switch (kind)
    {
    case UT_SLICE_LENGTH:
      part_by_length (self, answers);
      break;
    case UT_SLICE_NEGATION:
      part_by_negation (self, answers);
      break;
    case UT_SLICE_UNKNOWN:
      good = part_by_unknown (self, answers, error);
      break;
    case UT_SLICE_DISTANCE:
      good = part_by_distance (self, answers, error);
      break;
    case UT_SLICE_EXPRESSION:
    default:
      good = part_by_expression (self, answers, pattern, error);
    }

  return good ? g_steal_pointer (&self) : NULL;
}

UtSliceKind
ut_slices_get_kind (const UtSlices *self)
{
  g_return_val_if_fail (self != NULL, UT_SLICE_LENGTH);

  return self->kind;
}

guint
ut_slices_get_n_slices (const UtSlices *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->slices->len;
}

const char *
ut_slices_get_title (const UtSlices *self,
                     guint           slice)
{
  g_return_val_if_fail (slice < ut_slices_get_n_slices (self), NULL);

  return get_slice (self, slice)->title;
}

double
ut_slices_get_centre (const UtSlices *self,
                      guint           slice)
{
  g_return_val_if_fail (slice < ut_slices_get_n_slices (self), NAN);

  const Slice *one = get_slice (self, slice);

  if (self->kind == UT_SLICE_NEGATION || self->kind == UT_SLICE_EXPRESSION || one->rows->len == 0)
    return NAN;

  return one->sum / one->rows->len;
}

const guint32 *
ut_slices_get_rows (const UtSlices *self,
                    guint           slice,
                    gsize          *n_rows)
{
  g_return_val_if_fail (slice < ut_slices_get_n_slices (self), NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  const Slice *one = get_slice (self, slice);

  *n_rows = one->rows->len;
  return (const guint32 *) (void *) one->rows->data;
}

gsize
ut_slices_get_n_left_out (const UtSlices *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_left_out;
}

UtSliceFigures
ut_slices_measure (const UtSlices  *self,
                   const UtAnswers *answers,
                   guint            slice)
{
  UtSliceFigures figures = { 0, 0, NAN, { NAN, NAN } };

  g_return_val_if_fail (slice < ut_slices_get_n_slices (self), figures);
  g_return_val_if_fail (answers != NULL, figures);
  g_return_val_if_fail (g_str_equal (ut_dataset_get_hash (ut_answers_get_dataset (answers)),
                                     ut_dataset_get_hash (self->dataset)), figures);

  const guint32 *rows = ut_slices_get_rows (self, slice, &figures.n);

  for (gsize i = 0; i < figures.n; i++)
    figures.n_right += ut_answers_is_right (answers, rows[i]);
  if (figures.n > 0)
    figures.accuracy = (double) figures.n_right / (double) figures.n;
  figures.interval = ut_wilson_interval (figures.n_right, figures.n);

  return figures;
}
