/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Sums of the same few numbers in another order. */
#define TOLERANCE 1e-12

typedef struct
{
  Fixture base;
  UtRunStore *store;
} StoreFixture;

static UtRunStore *
open_store (StoreFixture *fixture)
{
  UtRunStore *store = fixture_open_store (&fixture->base);

  fixture_load_store (store);
  return store;
}

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  fixture_set_up (&fixture->base, NULL);
  fixture->store = open_store (fixture);
}

static void
tear_down (StoreFixture  *fixture,
           gconstpointer  data)
{
  fixture_close_store (&fixture->store);
  fixture_tear_down (&fixture->base, NULL);
}

/* Trains a run to its end. */
static UtRun *
add (StoreFixture *fixture,
     UtConfig     *config)
{
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  return run;
}

static void
add_two (StoreFixture *fixture)
{
  g_autoptr (UtConfig) rnn = fixture_config (&fixture->base, UT_CELL_RNN, 1);
  g_autoptr (UtConfig) base = fixture_config (&fixture->base, UT_CELL_GRU, 2);
  g_autoptr (UtConfig) gru = fixture_config_with (base, UT_SETTING_HIDDEN_SIZE, 4);

  add (fixture, rnn);
  add (fixture, gru);
}

static UtRun *
add_ensemble (StoreFixture *fixture,
              guint         n_members)
{
  g_autoptr (GPtrArray) members = ut_ensemble_list_shown (fixture->store);
  g_autoptr (GError) error = NULL;
  UtRun *run;

  g_assert_cmpuint (members->len, ==, n_members);
  run = ut_run_store_add_ensemble (fixture->store, members, &error);
  g_assert_no_error (error);
  return run;
}

/* Whether @run has a model now; @message receives why not. */
static gboolean
answers (UtRun  *run,
         char  **message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = fixture_load_model (run, &error);

  g_free (*message);
  *message = error != NULL ? g_strdup (error->message) : NULL;
  return model != NULL;
}

static UtPrediction *
predict (UtModel    *model,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text),
                                                UT_READING_TOKENIZED_LINES, NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

/* A model of another vocabulary and another cell. */
static UtModel *
train_other (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_write (fixture, "other.tsv",
                                         "sentence\tlabel\nsplendid film\t1\ndire film\t0\n", -1);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_cell (builder, UT_CELL_LSTM);
  ut_config_builder_set_files (builder, path, fixture->dev_path);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 3);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 5);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 2);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return fixture_train (fixture, config, "other");
}

static void
test_mean (Fixture       *fixture,
           gconstpointer  data)
{
  const char *text = "the film is good\n\nsplendid story\nnobody knows dire awful";
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 2);
  g_autoptr (UtModel) first = fixture_train (fixture, config, "first");
  g_autoptr (UtModel) second = train_other (fixture);
  UtModel *members[] = { first, second };
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, NULL);
  g_autoptr (UtPrediction) a = predict (first, text);
  g_autoptr (UtPrediction) b = predict (second, text);
  g_autoptr (UtPrediction) mean = predict (ensemble, text);
  gsize n_members;

  g_test_summary ("An ensemble answers with the mean of the logits, word by word.");
  g_assert_true (ut_model_get_members (ensemble, &n_members)[1] == second);
  g_assert_cmpuint (n_members, ==, 2);
  g_assert_true (ut_model_get_members (first, &n_members)[0] == first);
  g_assert_cmpuint (n_members, ==, 1);

  g_assert_cmpuint (mean->n_words, ==, a->n_words);
  for (gsize i = 0; i < mean->n_words; i++)
    {
      const UtWordAnswer *word = &mean->words[i];

      g_assert_cmpfloat_with_epsilon (word->logit, (a->words[i].logit + b->words[i].logit) / 2,
                                      TOLERANCE);
      g_assert_cmpfloat_with_epsilon (word->change, (a->words[i].change + b->words[i].change) / 2,
                                      TOLERANCE);
      g_assert_cmpfloat_with_epsilon (word->probability, 1 / (1 + exp (-word->logit)), TOLERANCE);
      g_assert_true (isnan (word->attention));
      g_assert_cmpint (word->known, ==, a->words[i].known || b->words[i].known);
    }
  g_assert_cmpuint (mean->n_unknown, ==, 2); /* nobody, knows */
  g_assert_cmpuint (mean->n_sentences, ==, 4);
  for (gsize i = 0; i < mean->n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &mean->sentences[i];

      if (sentence->n_words == 0)
        {
          g_assert_true (isnan (sentence->logit));
          continue;
        }
      g_assert_cmpfloat_with_epsilon (sentence->logit,
                                      (a->sentences[i].logit + b->sentences[i].logit) / 2,
                                      TOLERANCE);
    }
}

static void
test_evaluation (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 1);
  g_autoptr (UtModel) first = fixture_train (fixture, config, "first");
  g_autoptr (UtModel) second = train_other (fixture);
  UtModel *members[] = { first, second };
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->dev_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  UtEvaluation evaluation;
  double loss = 0;
  gsize n_right = 0;

  g_test_summary ("Loss and accuracy are those of the mean logits, worked out row by row.");
  g_assert_true (g_file_get_contents (fixture->dev_path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; *lines[i] != '\0'; i++)
    {
      char *tab = strchr (lines[i], '\t');
      gboolean positive = tab[1] == '1';

      *tab = '\0';

      g_autoptr (UtPrediction) a = predict (first, lines[i]);
      g_autoptr (UtPrediction) b = predict (second, lines[i]);
      double logit = (a->sentences[0].logit + b->sentences[0].logit) / 2;

      loss += log1p (exp (positive ? -logit : logit));
      n_right += (logit > 0) == positive;
    }

  g_assert_true (ut_evaluate (ensemble, dataset, 7, 1, NULL, NULL, NULL, &evaluation, &error));
  g_assert_cmpuint (evaluation.n_examples, ==, FIXTURE_N_DEV);
  g_assert_cmpuint (evaluation.tp + evaluation.tn, ==, n_right);
  g_assert_cmpfloat_with_epsilon (evaluation.loss, loss / FIXTURE_N_DEV, 1e-9);
  g_assert_cmpfloat_with_epsilon (evaluation.accuracy, (double) n_right / FIXTURE_N_DEV, 1e-12);

  g_autofree float *losses = ut_evaluate_rows (ensemble, dataset, 1, NULL, &error);
  double sum = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < FIXTURE_N_DEV; i++)
    sum += losses[i];
  g_assert_cmpfloat_with_epsilon (sum, loss, 1e-5);

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (ut_evaluate (ensemble, dataset, 7, 1, NULL, NULL, cancellable, &evaluation,
                               &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  UtModel *members[] = { model, model };
  g_autoptr (UtModel) one = ut_model_new_ensemble (members, 1, NULL);
  g_autoptr (UtModel) two = ut_model_new_ensemble (members, 2, NULL);
  g_autofree char *path = fixture_path (fixture, "ensemble");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Of one model it is that model; of several it cannot be saved.");
  g_assert_true (one == model);
  g_assert_false (ut_model_save (two, file, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_as_coded (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtConfig) as_coded = fixture_config_with (config, UT_SETTING_STATE_ALONG, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autoptr (UtModel) other = fixture_train (fixture, as_coded, "other");
  UtModel *members[] = { model, other };
  g_autoptr (GError) error = NULL;

  g_test_summary ("What a model as the notebook's code runs gives has no mean.");
  g_assert_null (ut_model_new_ensemble (members, 2, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
}

static void
test_joining (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *more = fixture_write (&fixture->base, "more.tsv",
                                         "sentence\tlabel\na good film\t1\na bad film\t0\n", -1);
  g_autoptr (GPtrArray) none = ut_ensemble_list_shown (fixture->store);
  UtConfigBuilder *builder;

  g_test_summary ("Shown runs that have ended join, if they were validated on the same rows.");
  g_assert_cmpuint (none->len, ==, 0);
  add_two (fixture);

  g_autoptr (GPtrArray) two = ut_ensemble_list_shown (fixture->store);

  g_assert_cmpuint (two->len, ==, 2);
  ut_run_set_shown (fixture_get_run (fixture->store, 0), FALSE);

  g_autoptr (GPtrArray) one = ut_ensemble_list_shown (fixture->store);

  g_assert_cmpuint (one->len, ==, 1);

  builder = ut_config_builder_new (ut_run_get_config (fixture_get_run (fixture->store, 0)));
  ut_config_builder_set_files (builder, fixture->base.train_path, more);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, NULL);

  add (fixture, config);

  g_autoptr (GPtrArray) different = ut_ensemble_list_shown (fixture->store);

  g_assert_cmpuint (different->len, ==, 0);
}

static void
test_store (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  UtRun *run;
  gsize n_members;
  double accuracy;

  g_test_summary ("An ensemble is checked, listed after a restart, and answers with its members.");
  add_two (fixture);
  run = add_ensemble (fixture, 2);
  g_assert_cmpstr (ut_run_get_name (run), ==, "Ensemble of 2");
  g_assert_true (ut_run_store_get_active (fixture->store) == run);
  g_assert_null (ut_run_get_evaluation (run));
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_ENSEMBLE);
  g_assert_cmpuint (ut_run_get_evaluation (run)->n_examples, ==, FIXTURE_N_DEV);
  accuracy = ut_run_get_evaluation (run)->accuracy;
  g_assert_cmpfloat (accuracy, >, 0.5);
  g_assert_true (ut_run_has_member (run, fixture_get_run (fixture->store, 1)));
  g_assert_false (ut_run_has_member (run, run));
  add_ensemble (fixture, 2);
  g_assert_cmpstr (ut_run_get_name (fixture_get_run (fixture->store, 0)), ==, "Ensemble of 2 (2)");
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  fixture_close_store (&fixture->store);

  fixture->store = open_store (fixture);
  run = fixture_get_run (fixture->store, 1);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_ENSEMBLE);
  g_assert_cmpfloat (ut_run_get_evaluation (run)->accuracy, ==, accuracy);
  g_assert_cmpuint (ut_run_get_n_members (run), ==, 2);
  g_assert_cmpstr (ut_run_get_member_name (run, 0), ==, "GRU 1");

  g_autoptr (UtModel) model = fixture_load_model (run, &error);

  g_assert_no_error (error);
  ut_model_get_members (model, &n_members);
  g_assert_cmpuint (n_members, ==, 2);
}

static void
test_missing_member (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (UtRun) member = NULL;
  g_autofree char *message = NULL;
  UtRun *run;

  g_test_summary ("Once one of its members is deleted for good, an ensemble fails by name.");
  add_two (fixture);
  member = g_object_ref (fixture_get_run (fixture->store, 1));
  run = add_ensemble (fixture, 2);
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  g_assert_true (ut_run_store_remove (fixture->store, member));
  g_assert_true (answers (run, &message));
  ut_run_store_purge (fixture->store, member);
  SPIN_UNTIL (!answers (run, &message));
  g_assert_nonnull (strstr (message, "The ensemble needs RNN 1. "));
  g_assert_nonnull (strstr (message, "model.safetensors"));
}

static void
test_stopped (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) endless = fixture_config (&fixture->base, UT_CELL_RNN, 10000);
  g_autoptr (GError) error = NULL;
  UtRun *run, *queued;

  g_test_summary ("Stopped before or in its check, an ensemble stays one that is not checked.");
  add_two (fixture);
  run = add_ensemble (fixture, 2);
  ut_run_stop (run);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_STOPPING);
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_ENSEMBLE);
  g_assert_null (ut_run_get_evaluation (run));

  g_assert_nonnull (ut_run_store_add (fixture->store, endless, NULL, &error));
  queued = add_ensemble (fixture, 2);
  g_assert_cmpint (ut_run_get_state (queued), ==, UT_RUN_QUEUED);
  ut_run_store_stop_all (fixture->store);
  g_assert_cmpint (ut_run_get_state (queued), ==, UT_RUN_ENSEMBLE);
  g_assert_null (ut_run_get_failure (queued));
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
}

static void
test_other_rows (StoreFixture  *fixture,
                 gconstpointer  data)
{
  UtRun *run;

  g_test_summary ("Rows that changed since are told, not measured.");
  add_two (fixture);
  g_free (fixture_write (&fixture->base, "dev.tsv", "sentence\tlabel\ngood\t1\nbad one\t0\n", -1));
  run = add_ensemble (fixture, 2);
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_FAILED);
  g_assert_nonnull (strstr (ut_run_get_failure (run), "GRU 1 was validated on other rows"));
}

static void
write_ensemble (StoreFixture *fixture,
                const char   *contents)
{
  g_autofree char *folder = fixture_path (&fixture->base, "runs/damaged");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_free (fixture_write (&fixture->base, "runs/damaged/ensemble.json", contents, -1));
}

static void
test_damaged (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char * const members[] = {
    "null", "{}", "[]", "[1]", "[{}]", "[{\"id\":\"a\"}]", "[{\"id\":\"\",\"name\":\"a\"}]",
    "[{\"id\":\"..\",\"name\":\"a\"}]", "[{\"id\":\"../a\",\"name\":\"a\"}]",
    "[{\"id\":\"/etc\",\"name\":\"a\"}]", "[{\"id\":\".trash\",\"name\":\"a\"}]",
    "[{\"id\":\"a\",\"name\":1}]", "[{\"id\":\"a\",\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]",
  };

  g_test_summary ("A damaged ensemble is listed as failed and does not answer.");
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *contents =
        g_strdup_printf ("{\"state\":\"ensemble\",\"config\":{},\"members\":%s}", members[i]);

      /* Letting go of the store waits until the one before is deleted. */
      fixture_close_store (&fixture->store);
      write_ensemble (fixture, contents);
      fixture->store = open_store (fixture);

      UtRun *run = fixture_get_run (fixture->store, 0);

      g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FAILED);
      g_assert_nonnull (strstr (ut_run_get_failure (run), "ensemble"));
      g_assert_null (fixture_load_model (run, &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
      g_object_ref (run);
      g_assert_true (ut_run_store_remove (fixture->store, run));
      ut_run_store_purge (fixture->store, run);
      g_object_unref (run);
    }

  fixture_close_store (&fixture->store);
  write_ensemble (fixture, "{\"state\":\"checking\",\"config\":{},"
                  "\"members\":[{\"id\":\"nowhere\",\"name\":\"GRU 9\"}],"
                  "\"evaluation\":{\"loss\":\"no\",\"tp\":-1,\"fp\":1e300}}");
  fixture->store = open_store (fixture);

  UtRun *run = fixture_get_run (fixture->store, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_ENSEMBLE);
  g_assert_null (ut_run_get_evaluation (run));
  g_assert_null (fixture_load_model (run, &error));
  g_assert_nonnull (strstr (error->message, "The ensemble needs GRU 9. "));
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (StoreFixture  *fixture,
                  gconstpointer  data);
  } tests[] = {
    { "/lab/ensemble/joining", test_joining },
    { "/lab/ensemble/store", test_store },
    { "/lab/ensemble/missing-member", test_missing_member },
    { "/lab/ensemble/stopped", test_stopped },
    { "/lab/ensemble/other-rows", test_other_rows },
    { "/lab/ensemble/damaged", test_damaged },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/lab/ensemble/mean", Fixture, NULL, fixture_set_up, test_mean, fixture_tear_down);
  g_test_add ("/lab/ensemble/evaluation", Fixture, NULL, fixture_set_up, test_evaluation,
              fixture_tear_down);
  g_test_add ("/lab/ensemble/no-file", Fixture, NULL, fixture_set_up, test_no_file,
              fixture_tear_down);
  g_test_add ("/lab/ensemble/as-coded", Fixture, NULL, fixture_set_up, test_as_coded,
              fixture_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
