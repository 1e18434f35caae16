/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"
#include "model-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static UtDataset *
read_rows (Fixture    *fixture,
           const char *contents)
{
  g_autofree char *path = fixture_write (fixture, "rows.tsv", contents, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtDataset *dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static UtUnitPhrases *
find (UtModel   *model,
      UtDataset *train)
{
  g_autoptr (GError) error = NULL;
  UtUnitPhrases *phrases = ut_unit_phrases_new (model, train, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return phrases;
}

static void
assert_phrase (const UtUnitPhrases *phrases,
               UtUnitEnd            end,
               gsize                index,
               guint32              row,
               guint32              word,
               double               value)
{
  gsize n;
  const UtUnitPhrase *list = ut_unit_phrases_get (phrases, 0, 0, 0, end, &n);

  g_assert_cmpuint (index, <, n);
  g_assert_cmpuint (list[index].row, ==, row);
  g_assert_cmpuint (list[index].word, ==, word);
  g_assert_cmpfloat_with_epsilon (list[index].value, value, 1e-6);
}

static void
test_by_hand (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0.5f);
  g_autoptr (UtDataset) train = read_rows (fixture, "sentence\tlabel\n"
                                                    "film good film .\t1\n"
                                                    "film good\t1\n"
                                                    "good good film\t1\n"
                                                    "bad film\t0\n"
                                                    "film\t0\n"
                                                    "film good film\t1\n");
  g_autoptr (UtUnitPhrases) phrases = find (model, train);
  gsize n;

  g_test_summary ("Phrases count where they peak, and the shortest of equal ones that agree up to "
                  "there; both ends have their own");

  g_assert_true (ut_unit_phrases_get_train (phrases) == train);
  ut_unit_phrases_get (phrases, 0, 0, 0, UT_UNIT_HIGHEST, &n);
  g_assert_cmpuint (n, ==, 4);
  assert_phrase (phrases, UT_UNIT_HIGHEST, 0, 2, 1, tanh (1 + 0.5 * tanh (1)));
  assert_phrase (phrases, UT_UNIT_HIGHEST, 1, 1, 1, tanh (1));
  assert_phrase (phrases, UT_UNIT_HIGHEST, 2, 4, 0, 0);
  assert_phrase (phrases, UT_UNIT_HIGHEST, 3, 3, 1, tanh (0.5 * tanh (-1)));
  assert_phrase (phrases, UT_UNIT_LOWEST, 0, 3, 0, tanh (-1));
}

/* A phrase and what it is told apart by: the last words that are read up to the peak. */
typedef struct
{
  char *key;      /* (owned) */
  gsize length;
  guint32 row;
  float value;
} Expected;

static void
expected_clear (gpointer data)
{
  g_free (((Expected *) data)->key);
}

static int
compare_expected (gconstpointer a,
                  gconstpointer b)
{
  const Expected *first = a;
  const Expected *second = b;

  return first->value != second->value ? (first->value < second->value ? 1 : -1) : 0;
}

/* The plainest way: each row is read for itself. */
static GArray *
expect (UtModel   *model,
        UtDataset *train,
        guint      layer,
        guint      direction,
        gsize      unit,
        float      sign)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Expected));

  g_array_set_clear_func (all, expected_clear);
  for (guint32 row = 0; row < ut_dataset_get_n_rows (train); row++)
    {
      g_autofree char *text = ut_dataset_dup_sentence (train, row);
      g_auto (GStrv) words = g_strsplit (text, " ", -1);
      g_autoptr (UtPrediction) prediction =
        ut_prediction_new (model, text, strlen (text), UT_READING_TOKENIZED_LINES, NULL, NULL);
      g_autoptr (UtCellTrace) trace = ut_cell_trace_new (model, prediction, 0, layer, direction,
                                                         NULL, NULL);
      Expected found = { .row = row, .length = trace->n_words, .value = -2 };
      gsize peak = 0;

      for (gsize step = 0; step < trace->n_words; step++)
        {
          gsize word = direction == 0 ? step : trace->n_words - 1 - step;
          float value = sign * ut_cell_trace_get (trace, UT_NN_SIGNAL_STATE, word, unit);

          if (value > found.value)
            {
              found.value = value;
              peak = word;
            }
        }

      gsize from = direction == 1 ? peak : peak < 2 ? 0 : peak - 2;
      gsize to = direction == 0 ? peak : MIN (peak + 2, trace->n_words - 1);
      g_autoptr (GString) key = g_string_new (NULL);

      for (gsize word = from; word <= to; word++)
        g_string_append_printf (key, "%s ", words[word]);
      found.key = g_string_free (g_steal_pointer (&key), FALSE);
      g_array_append_val (all, found);
    }

  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Expected));

  g_array_set_clear_func (kept, expected_clear);
  for (guint i = 0; i < all->len; i++)
    {
      Expected *one = &g_array_index (all, Expected, i);
      gboolean is_kept = TRUE;

      for (guint k = 0; k < all->len && is_kept; k++)
        {
          const Expected *other = &g_array_index (all, Expected, k);

          if (k != i && strcmp (other->key, one->key) == 0)
            is_kept = one->value != other->value     ? one->value > other->value
                      : one->length != other->length ? one->length < other->length
                                                     : i < k;
        }
      if (!is_kept)
        continue;

      Expected copy = *one;

      copy.key = g_strdup (one->key);
      g_array_append_val (kept, copy);
    }
  g_array_unref (all);
  g_array_sort (kept, compare_expected);
  return kept;
}

static void
test_plainly (Fixture       *fixture,
              gconstpointer  data)
{
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, 2, 6, 5);
  g_autoptr (GString) contents = g_string_new ("sentence\tlabel\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  g_test_summary ("The same phrases as if each was read for itself, in every layer and direction");

  shape.n_layers = 2;
  shape.bidirectional = TRUE;
  shape.n_subwords = 1;
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *text = model_fixture_make_text (1 + i % 9, g_rand_int_range (random, 0, 40));

      g_string_append_printf (contents, "%s\t%d\n", text, i % 2);
    }

  g_autoptr (UtModel) model = model_fixture_new_random (&shape, 5);
  g_autoptr (UtDataset) train = read_rows (fixture, contents->str);
  g_autoptr (UtUnitPhrases) phrases = find (model, train);

  for (guint layer = 0; layer < 2; layer++)
    for (guint direction = 0; direction < 2; direction++)
      for (gsize unit = 0; unit < shape.hidden; unit += 2)
        for (guint end = 0; end < UT_N_UNIT_ENDS; end++)
          {
            float sign = end == UT_UNIT_HIGHEST ? 1 : -1;
            g_autoptr (GArray) expected = expect (model, train, layer, direction, unit, sign);
            gsize n;
            const UtUnitPhrase *list = ut_unit_phrases_get (phrases, layer, direction, unit, end,
                                                            &n);

            g_assert_cmpuint (n, ==, MIN (expected->len, UT_UNIT_PHRASES_MAX));
            for (gsize i = 0; i < n; i++)
              g_assert_cmpfloat (sign * list[i].value, ==,
                                 g_array_index (expected, Expected, i).value);
          }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  const UtNnShape bag_shape = UT_NN_SHAPE_BAG_INIT (2, 31);
  g_autoptr (UtModel) bag = model_fixture_new_random (&bag_shape, 5);
  g_autoptr (UtModel) model = model_fixture_new (0, 0.5f);
  const UtDataFacts facts = { .train_rows = 1, .train_hash = "another" };
  UtNnModel *weights;
  g_autoptr (UtDataset) train = read_rows (fixture, "sentence\tlabel\ngood film\t1\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_test_summary ("No cell, other rows than those of the training, and a call that was cancelled");

  g_assert_null (ut_unit_phrases_new (bag, train, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
  g_clear_error (&error);

  g_assert_cmpint (ut_nn_model_copy (ut_model_get_weights (model), &weights), ==, UT_NN_OK);

  g_autoptr (UtModel) elsewhere = ut_model_new (ut_model_get_config (model),
                                                ut_model_get_vocabulary (model), NULL, weights,
                                                &facts);

  g_assert_null (ut_unit_phrases_new (elsewhere, train, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_unit_phrases_new (model, train, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_fraction (double   fraction,
               gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
test_trained (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) gone = NULL;
  g_autoptr (GError) error = NULL;
  double fraction = 0;
  gsize n;

  g_test_summary ("A run's own rows are read on a worker, which tells how far it is; rows that are "
                  "gone are named");

  ut_unit_phrases_new_async (model, config, note_fraction, &fraction, NULL, fixture_result_cb,
                             &result);
  SPIN_UNTIL (result != NULL);

  g_autoptr (UtUnitPhrases) phrases = ut_unit_phrases_new_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (fraction, ==, 1);
  ut_unit_phrases_get (phrases, 0, 0, 0, UT_UNIT_LOWEST, &n);
  g_assert_cmpuint (n, >, 0);

  g_assert_cmpint (g_remove (fixture->train_path), ==, 0);
  ut_unit_phrases_new_async (model, config, NULL, NULL, NULL, fixture_result_cb, &gone);
  SPIN_UNTIL (gone != NULL);
  g_assert_null (ut_unit_phrases_new_finish (gone, &error));
  g_assert_nonnull (strstr (error->message, fixture->train_path));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) \
  g_test_add ("/lab/unit-phrases/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("by-hand", test_by_hand);
  ADD ("plainly", test_plainly);
  ADD ("refused", test_refused);
  ADD ("trained", test_trained);
#undef ADD
  return g_test_run ();
}
