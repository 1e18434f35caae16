/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-block-private.h"
#include "ut-lab-error.h"
#include "ut-log-private.h"
#include "ut-probe-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_EPOCHS 6
#define STEPS_PER_EPOCH (FIXTURE_N_TRAIN / 16)

static UtProbes *
make_probes (const char *first,
             const char *second)
{
  const char * const texts[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  UtProbes *probes = ut_probes_new (texts, &error);

  g_assert_no_error (error);
  return probes;
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  const char * const given[] = { "  Not\tbad\r\n at  all. ", "good", "Not bad at all.", NULL };
  g_autofree char *longest = g_strnfill (UT_PROBE_MAX_LENGTH, 'x');
  g_autofree char *longer = g_strnfill (UT_PROBE_MAX_LENGTH + 1, 'x');
  const char * const wrong[] = { "", " \n", "caf\xe9", longer };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtProbes) probes = ut_probes_new (given, &error);

  g_test_summary ("Sentences are in one line each, and once; what cannot be one is refused");

  g_assert_no_error (error);
  g_assert_cmpuint (probes->n_texts, ==, 2);
  g_assert_cmpstr (probes->texts[0], ==, "Not bad at all.");
  g_assert_cmpstr (probes->texts[1], ==, "good");
  g_assert_null (probes->texts[2]);
  g_assert_cmpint (ut_probes_find (probes, "good"), ==, 1);
  g_assert_cmpint (ut_probes_find (probes, "bad"), ==, -1);

  g_autofree char *tidy = ut_probe_tidy (longest, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tidy, ==, longest);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (ut_probe_tidy (wrong[i], &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
      g_clear_error (&error);
    }

  g_auto (GStrv) many = g_new0 (char *, UT_PROBES_MAX + 2);

  for (guint i = 0; i <= UT_PROBES_MAX; i++)
    many[i] = g_strdup_printf ("sentence %u", i);
  g_assert_null (ut_probes_new ((const char * const *) many, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *contents;
    gssize length;
    const char *message;
  } wrong[] = {
    { "good\ncaf\xe9\n", -1, ":2: The sentence is not UTF-8 text" },
    { "good\n\nno\0thing\n", 15, ":3: The sentence is not UTF-8 text" },
  };
  g_autofree char *path = fixture_write (fixture, "probes.txt", "\nNot bad.\r\n\n good \nNot bad.", -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_build_filename (fixture->directory, "none.txt", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtProbes) probes = ut_probes_read (file, NULL, &error);

  g_test_summary ("A file has a sentence on each line; an error names file and line");

  g_assert_no_error (error);
  g_assert_cmpuint (probes->n_texts, ==, 2);
  g_assert_cmpstr (probes->texts[0], ==, "Not bad.");
  g_assert_cmpstr (probes->texts[1], ==, "good");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *name = fixture_write (fixture, "wrong.txt", wrong[i].contents,
                                             wrong[i].length);
      g_autoptr (GFile) other = g_file_new_for_path (name);

      g_assert_null (ut_probes_read (other, NULL, &error));
      g_assert_nonnull (strstr (error->message, "wrong.txt"));
      g_assert_nonnull (strstr (error->message, wrong[i].message));
      g_clear_error (&error);
    }
  g_assert_null (ut_probes_read (missing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ut_probes_read (folder, NULL, &error));
  g_assert_nonnull (error);
}

/* Following */

/* What a training is to do at some of its updates, and what it told. */
typedef struct
{
  GPtrArray *looks; /* (owned) */
  UtProbes *later;  /* (nullable): to be set once a step is done */
  gboolean pauses;  /* then, too; and to go on once there is another look */
  guint n_before;
} Script;

static void
update_cb (UtTrainer             *trainer,
           const UtTrainerUpdate *update,
           Script                *script)
{
  for (gsize i = 0; i < update->n_looks; i++)
    g_ptr_array_add (script->looks, ut_probe_look_ref (update->looks[i]));
  if (script->pauses && update->phase == UT_TRAINER_PAUSED && script->later != NULL)
    {
      script->n_before = script->looks->len;
      ut_trainer_set_probes (trainer, script->later);
      script->later = NULL;
    }
  else if (script->pauses && ut_trainer_get_paused (trainer) && script->later == NULL
           && script->looks->len > script->n_before)
    {
      ut_trainer_set_paused (trainer, FALSE);
    }
}

/* Trains with all outputs under @name; gives the looks (element-type UtProbeLook). */
static GPtrArray *
train (Fixture    *fixture,
       UtCellKind  cell,
       const char *name,
       UtProbes   *probes,
       UtProbes   *later)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, cell, N_EPOCHS);
  g_autofree char *path = fixture_path (fixture, name);
  g_autofree char *log_path = g_strconcat (path, ".jsonl", NULL);
  g_autofree char *state_path = g_strconcat (path, ".state", NULL);
  g_autoptr (GFile) model = g_file_new_for_path (path);
  g_autoptr (GFile) log = g_file_new_for_path (log_path);
  g_autoptr (GFile) state = g_file_new_for_path (state_path);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Script script = { .looks = _ut_probe_looks_new (), .later = later, .pauses = later != NULL };
  Training training;

  ut_trainer_set_outputs (trainer, log, model, state);
  ut_trainer_set_probes (trainer, probes);
  if (later != NULL)
    {
      ut_trainer_set_paused (trainer, TRUE);
      for (guint i = 0; i < STEPS_PER_EPOCH + 3; i++)
        ut_trainer_step (trainer);
    }
  g_signal_connect (trainer, "update", G_CALLBACK (update_cb), &script);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);
  g_signal_handlers_disconnect_by_data (training.trainer, &script);
  training_clear (&training);

  return script.looks;
}

static const UtProbeLook *
get_look (GPtrArray *looks,
          guint      index)
{
  return g_ptr_array_index (looks, index);
}

/* The looks at the ends of epochs are there, and the last best one is what the model itself says. */
static void
assert_epochs (GPtrArray *looks,
               guint      first_epoch)
{
  for (guint epoch = first_epoch; epoch <= N_EPOCHS; epoch++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < looks->len; i++)
        found |= get_look (looks, i)->step == epoch * STEPS_PER_EPOCH;
      g_assert_true (found);
    }
  for (guint i = 0; i < looks->len; i++)
    {
      const UtProbeLook *look = get_look (looks, i);

      g_assert_cmpuint (look->epoch, ==, (look->step - 1) / STEPS_PER_EPOCH + 1);
      g_assert_cmpuint (look->step, >=, i > 0 ? get_look (looks, i - 1)->step : 1);
      g_assert_cmpfloat (look->seconds, >, 0);
    }
}

static void
test_follow (Fixture       *fixture,
             gconstpointer  data)
{
  UtCellKind cell = (UtCellKind) GPOINTER_TO_INT (data);
  g_autoptr (UtProbes) probes = make_probes ("a good film", "a bad film");
  g_autoptr (UtProbes) more = make_probes ("bad", "a good film");
  g_autofree char *path = fixture_path (fixture, "with");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) without = train (fixture, cell, "without", NULL, NULL);
  g_autoptr (GPtrArray) with = train (fixture, cell, "with", probes, NULL);
  g_autoptr (GPtrArray) later = train (fixture, cell, "later", NULL, more);
  g_autoptr (GPtrArray) changed = train (fixture, cell, "changed", probes, more);

  g_test_summary ("Sentences are followed from when they were pinned, and no bit of the run changes");

  g_assert_cmpuint (without->len, ==, 0);
  fixture_assert_same_file (fixture, "without", "with");
  fixture_assert_same_file (fixture, "without", "later");
  fixture_assert_same_file (fixture, "without", "changed");
  fixture_assert_same_state (fixture, "without.state", "with.state");
  fixture_assert_same_state (fixture, "without.state", "changed.state");

  assert_epochs (with, 1);
  assert_epochs (later, 2);
  assert_epochs (changed, 1);
  g_assert_cmpuint (get_look (later, 0)->step, ==, STEPS_PER_EPOCH + 3);
  g_assert_true (ut_probes_equal (get_look (later, 0)->probes, more));
  g_assert_true (ut_probes_equal (get_look (changed, 0)->probes, probes));
  g_assert_true (ut_probes_equal (get_look (changed, changed->len - 1)->probes, more));

  /* The same weights give the same answers, however they were looked at. */
  const UtProbeLook *last = get_look (with, with->len - 1);
  const UtProbeLook *other = get_look (changed, changed->len - 1);

  g_assert_cmpfloat (last->probabilities[0], ==, other->probabilities[1]);
  g_assert_cmpfloat (last->probabilities[0], >, 0.5);
  g_assert_cmpfloat (last->probabilities[1], <, 0.5);

  g_autoptr (GPtrArray) texts = ut_probe_looks_list_texts ((UtProbeLook * const *) changed->pdata,
                                                           changed->len);

  g_assert_cmpuint (texts->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (texts, 2), ==, "bad");

  /* The model of the best epoch says what was said at its end. */
  g_autoptr (UtModel) model = ut_model_load (file, NULL, &error);
  g_autoptr (UtPrediction) prediction = ut_prediction_new (model, probes->texts[0],
                                                           strlen (probes->texts[0]),
                                                           UT_READING_WHOLE, NULL, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < with->len; i++)
    found |= fabs (get_look (with, i)->probabilities[0] - prediction->probability) < 1e-6;
  g_assert_true (found);
}

static void
assert_same_look (const UtProbeLook *a,
                  const UtProbeLook *b)
{
  g_assert_true (ut_probes_equal (a->probes, b->probes));
  g_assert_cmpuint (a->step, ==, b->step);
  g_assert_cmpuint (a->epoch, ==, b->epoch);
  g_assert_cmpfloat (a->seconds, ==, b->seconds);
  for (gsize i = 0; i < a->probes->n_texts; i++)
    g_assert_true (a->probabilities[i] == b->probabilities[i]
                   || (isnan (a->probabilities[i]) && isnan (b->probabilities[i])));
}

static void
test_log (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (UtProbes) probes = make_probes ("She said “good”, \"bad\" \\ }", "a good film");
  g_autoptr (GPtrArray) looks = train (fixture, UT_CELL_GRU, "run", probes, NULL);
  g_autofree char *path = fixture_path (fixture, "run.jsonl");
  g_autoptr (GFile) log = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtLogContents contents;

  g_test_summary ("A log gives back what it says of followed sentences, and is cut with them");

  g_assert_true (_ut_log_read (log, &contents, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (contents.looks->len, ==, looks->len);
  for (guint i = 0; i < looks->len; i++)
    assert_same_look (get_look (contents.looks, i), get_look (looks, i));
  g_assert_true (get_look (contents.looks, 0)->probes == get_look (contents.looks, 1)->probes);
  _ut_log_contents_clear (&contents);

  g_autoptr (UtLogWriter) writer = _ut_log_writer_continue (log, 2 * STEPS_PER_EPOCH, 2, &error);

  g_assert_no_error (error);
  g_clear_pointer (&writer, _ut_log_writer_free);
  g_assert_true (_ut_log_read (log, &contents, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (contents.points->len, ==, 2 * STEPS_PER_EPOCH);
  g_assert_cmpuint (contents.epochs->len, ==, 2);
  g_assert_cmpuint (get_look (contents.looks, contents.looks->len - 1)->step, ==,
                    2 * STEPS_PER_EPOCH);
  _ut_log_contents_clear (&contents);
}

static void
test_bad_lines (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const lines[] = {
    "{\"event\":\"probe\",\"step\":1,\"epoch\":1,\"probability\":0.5}\n",
    "{\"event\":\"probe\",\"step\":1,\"epoch\":1,\"text\":\"\",\"probability\":0.5}\n",
    "{\"event\":\"probe\",\"step\":1,\"epoch\":1,\"text\":\"a\\q\",\"probability\":0.5}\n",
    "{\"event\":\"probe\",\"step\":-1,\"epoch\":1,\"text\":\"a\",\"probability\":0.5}\n",
    "{\"event\":\"probe\",\"step\":2,\"epoch\":1,\"text\":\"a\",\"probability\":0.5}\n"
    "{\"event\":\"probe\",\"step\":1,\"epoch\":1,\"text\":\"a\",\"probability\":0.5}\n",
  };

  g_test_summary ("A line of a log that is none is told, and those before it stay");

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = fixture_write (fixture, "bad.jsonl", lines[i], -1);
      g_autoptr (GFile) log = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      UtLogContents contents;

      g_assert_false (_ut_log_read (log, &contents, NULL, &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
      _ut_log_contents_clear (&contents);
    }
}

static void
test_blocks (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtProbes) probes = make_probes ("Nicht übel.", "good");
  g_autoptr (GPtrArray) looks = _ut_probe_looks_new ();
  g_autoptr (GPtrArray) read = _ut_probe_looks_new ();
  GRand *rand = g_rand_new_with_seed (17);

  g_test_summary ("A block of looks gives back all bits, and none that was changed breaks anything");

  for (guint i = 0; i < UT_BLOCK_MAX_LOOKS; i++)
    {
      UtProbeLook *look = _ut_probe_look_new (probes, i / 2 + 1, 1 + i / 50, i * 0.7);

      look->probabilities[0] = i == 3 ? NAN : 1.0 / (i + 1);
      look->probabilities[1] = i / 128.0;
      g_ptr_array_add (looks, look);
    }

  g_autoptr (GBytes) block = _ut_block_pack_looks ((UtProbeLook * const *) looks->pdata, looks->len);

  g_assert_true (_ut_block_unpack_looks (block, read));
  g_assert_cmpuint (read->len, ==, looks->len);
  for (guint i = 0; i < looks->len; i++)
    assert_same_look (get_look (read, i), get_look (looks, i));

  gsize size;
  const guint8 *bytes = g_bytes_get_data (block, &size);

  for (gsize length = 0; length < size; length += 1 + length / 64)
    {
      g_autoptr (GBytes) cut = g_bytes_new (bytes, length);

      g_assert_false (_ut_block_unpack_looks (cut, read));
      g_assert_cmpuint (read->len, ==, looks->len);
    }
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, size);
      /* Most of it are probabilities, of which any is as good. */
      gsize place = (gsize) g_rand_int_range (rand, 0, i % 2 == 0 ? 40 : (gint32) size);
      g_autoptr (GBytes) flipped = NULL;

      copy[place] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      flipped = g_bytes_new (copy, size);
      if (!_ut_block_unpack_looks (flipped, read))
        g_assert_cmpuint (read->len, ==, looks->len);
      g_ptr_array_set_size (read, (int) looks->len);
    }
  g_rand_free (rand);
}

/* The person's list */

static void
load (UtProbeList  *list,
      GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ut_probe_list_load_async (list, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  ut_probe_list_load_finish (list, result, error);
}

/* A list writes before it is gone, and what told of its being loaded may hold it a moment longer. */
static void
close_list (UtProbeList **list)
{
  gpointer watched = *list;

  g_object_add_weak_pointer (G_OBJECT (watched), &watched);
  g_clear_object (list);
  SPIN_UNTIL (watched == NULL);
}

static void
count_cb (UtProbeList *list,
          guint       *n)
{
  (*n)++;
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->directory, "deep", "probes.txt", NULL);
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (UtProbeList) list = ut_probe_list_new (file);
  g_autoptr (UtProbes) both = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  guint n_changes = 0;

  g_test_summary ("Sentences are pinned, edited and unpinned, and the next program has them");

  g_signal_connect (list, "changed", G_CALLBACK (count_cb), &n_changes);
  load (list, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ut_probe_list_get (list)->n_texts, ==, 0);
  g_assert_cmpuint (n_changes, ==, 1);

  g_assert_true (ut_probe_list_replace (list, NULL, "Not  bad at all.", &error));
  g_assert_true (ut_probe_list_replace (list, NULL, "good", &error));
  g_assert_true (ut_probe_list_replace (list, NULL, "good", &error));
  g_assert_cmpuint (n_changes, ==, 3);
  both = ut_probes_ref (ut_probe_list_get (list));
  g_assert_true (ut_probe_list_replace (list, "Not bad at all.", "not good", &error));
  g_assert_cmpstr (ut_probe_list_get (list)->texts[0], ==, "not good");
  g_assert_true (ut_probe_list_replace (list, "good", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (ut_probe_list_get (list)->n_texts, ==, 1);
  g_assert_false (ut_probe_list_replace (list, NULL, " ", &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
  g_clear_error (&error);

  /* Undone. */
  g_assert_true (ut_probe_list_set (list, both, &error));
  close_list (&list);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "Not bad at all.\ngood\n");

  list = ut_probe_list_new (file);
  load (list, &error);
  g_assert_no_error (error);
  g_assert_true (ut_probes_equal (ut_probe_list_get (list), both));
  close_list (&list);

  /* What cannot be read is not written over. */
  g_assert_true (g_file_set_contents (path, "caf\xe9\n", -1, NULL));
  list = ut_probe_list_new (file);
  load (list, &error);
  g_assert_nonnull (strstr (error->message, "probes.txt:1: "));
  g_clear_error (&error);
  g_assert_false (ut_probe_list_replace (list, NULL, "good", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  close_list (&list);
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "caf\xe9\n");
  g_unlink (path);
  *strrchr (path, '/') = '\0';
  g_rmdir (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  static const struct
  {
    const char *path;
    int data;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/lab/probes/texts", 0, test_texts },
    { "/lab/probes/file", 0, test_file },
    { "/lab/probes/follow-rnn", UT_CELL_RNN, test_follow },
    { "/lab/probes/follow-lstm", UT_CELL_LSTM, test_follow },
    { "/lab/probes/follow-gru", UT_CELL_GRU, test_follow },
    { "/lab/probes/log", 0, test_log },
    { "/lab/probes/bad-lines", 0, test_bad_lines },
    { "/lab/probes/blocks", 0, test_blocks },
    { "/lab/probes/list", 0, test_list },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].data), fixture_set_up,
                tests[i].test, fixture_tear_down);

  return g_test_run ();
}
