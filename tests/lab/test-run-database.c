/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-block-private.h"
#include "ut-database-private.h"
#include "ut-journal-private.h"
#include "ut-owner-private.h"
#include "ut-probe-private.h"
#include "ut-run-database-private.h"
#include "ut-run-salvage-private.h"

#include "ut-lab-error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_POINTS 5000
#define N_FLIPS 120

typedef struct
{
  char *directory;
  char *path;
  UtRunDatabase *database;
} Fixture;

static UtRunDatabase *
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->database, _ut_run_database_free);
  fixture->database = _ut_run_database_open (fixture->path, &error);
  g_assert_no_error (error);

  return fixture->database;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->directory = g_dir_make_tmp ("undertone-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "runs.db", NULL);
  reopen (fixture);
}

static void
delete_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->database, _ut_run_database_free);
  delete_all (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* Losses as odd as they come; steps and epochs that leave some out. */
static UtPoint
make_point (guint64 step)
{
  static const double odd[] = { NAN, INFINITY, -INFINITY, -0.0, 5e-324 };
  UtPoint point = {
    .step = step,
    .epoch = (guint) (step / 400) + 1,
    .loss = step % 7 == 0 ? odd[step / 7 % G_N_ELEMENTS (odd)] : 1 / (1 + sqrt ((double) step)),
    .accuracy = (double) (step * 2654435761u % 33) / 32,
  };

  return point;
}

static UtEpoch
make_epoch (guint number)
{
  return (UtEpoch) {
    .epoch = number, .step = number * 400, .train_loss = 1.0 / (number + 1),
    .train_accuracy = 0.5, .val_loss = number == 3 ? NAN : 0.1, .val_accuracy = 1.0 / 3,
    .seconds = 1.5, .steps_per_second = 1e4,
  };
}

static UtRunRecord *
make_record (const char *id,
             gsize       n_points,
             guint       n_epochs)
{
  UtRunRecord *record = _ut_run_record_new (id, FALSE);

  g_free (record->name);
  record->name = g_strconcat ("Run ", id, NULL);
  record->created = 12345;
  record->style = 3;
  record->shown = TRUE;
  record->state = UT_RUN_FINISHED;
  record->note = g_strdup ("Line one\nand “two”");
  record->tags = g_strsplit ("first|zweites Wort", "|", -1);
  record->train_rows = 67349;
  record->train_hash = g_strdup ("abc");
  record->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  for (gsize i = 1; i <= n_points; i++)
    {
      UtPoint point = make_point (i);

      g_array_append_val (record->points, point);
    }
  for (guint i = 1; i <= n_epochs; i++)
    {
      UtEpoch epoch = make_epoch (i);

      g_array_append_val (record->epochs, epoch);
    }

  return record;
}

static void
add (Fixture    *fixture,
     const char *id,
     gsize       n_points,
     guint       n_epochs)
{
  g_autoptr (UtRunRecord) record = make_record (id, n_points, n_epochs);
  g_autoptr (GError) error = NULL;

  g_assert_true (_ut_run_database_add (fixture->database, record, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = _ut_run_database_list (fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return records;
}

static UtRunRecord *
find (GPtrArray  *records,
      const char *id)
{
  for (guint i = 0; i < records->len; i++)
    {
      UtRunRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->id, id))
        return record;
    }

  return NULL;
}

static GArray *
read_points (Fixture     *fixture,
             const char  *id,
             GError     **error)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (UtPoint));

  _ut_run_database_read_points (fixture->database, id, points, NULL, error);
  return points;
}

static void
assert_points (GArray  *points,
               guint64  first,
               gsize    n_points)
{
  g_assert_cmpuint (points->len, ==, n_points);
  for (guint i = 0; i < points->len; i++)
    {
      const UtPoint *point = &g_array_index (points, UtPoint, i);
      UtPoint wanted = make_point (first + i);

      g_assert_cmpuint (point->step, ==, wanted.step);
      g_assert_cmpuint (point->epoch, ==, wanted.epoch);
      g_assert_cmpmem (&point->loss, sizeof point->loss, &wanted.loss, sizeof wanted.loss);
      g_assert_cmpmem (&point->accuracy, sizeof point->accuracy, &wanted.accuracy,
                       sizeof wanted.accuracy);
    }
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_test_summary ("What was added comes back with all its bits, after a new start, too");

  add (fixture, "one", N_POINTS, 12);
  add (fixture, "empty", 0, 0);
  reopen (fixture);

  g_autoptr (GPtrArray) records = list (fixture);
  UtRunRecord *one = find (records, "one");
  UtRunRecord *empty = find (records, "empty");
  g_autoptr (GArray) points = read_points (fixture, "one", NULL);
  g_autoptr (GArray) none = read_points (fixture, "empty", NULL);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (one->name, ==, "Run one");
  g_assert_cmpstr (one->note, ==, "Line one\nand “two”");
  g_assert_cmpstr (one->tags[1], ==, "zweites Wort");
  g_assert_cmpuint (one->train_rows, ==, 67349);
  g_assert_cmpstr (one->train_hash, ==, "abc");
  g_assert_null (one->dev_hash);
  g_assert_cmpint (one->state, ==, UT_RUN_FINISHED);
  g_assert_cmpuint (one->last_step, ==, N_POINTS);
  g_assert_cmpuint (one->last_epoch, ==, N_POINTS / 400 + 1);
  g_assert_cmpuint (one->epochs->len, ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      UtEpoch wanted = make_epoch (i + 1);
      const UtEpoch *epoch = &g_array_index (one->epochs, UtEpoch, i);

      g_assert_cmpuint (epoch->step, ==, wanted.step);
      g_assert_cmpfloat (epoch->val_accuracy, ==, wanted.val_accuracy);
      g_assert_cmpint (isnan (epoch->val_loss) != 0, ==, i == 2);
    }
  assert_points (points, 1, N_POINTS);
  g_assert_cmpuint (empty->last_step, ==, 0);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_labels (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (UtRunRecord) trained = make_record ("one", 0, 0);
  g_autoptr (UtRunRecord) named = make_record ("one", 0, 0);
  g_autoptr (UtRunRecord) gone = make_record ("gone", 0, 0);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Who names a run and who trains it do not overwrite each other; changes are seen");

  add (fixture, "one", 10, 0);
  add (fixture, "two", 10, 0);

  g_autoptr (UtRunDatabase) other = _ut_run_database_open (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_false (_ut_run_database_has_news (other));

  g_autoptr (GPtrArray) before = list (fixture);

  for (guint i = 0; i < before->len; i++)
    {
      UtRunRecord *record = g_ptr_array_index (before, i);

      g_hash_table_insert (known, record->id, GSIZE_TO_POINTER ((gsize) record->change));
    }
  trained->state = UT_RUN_STOPPED;
  g_free (trained->failure);
  trained->failure = g_strdup ("It failed.");
  g_free (named->name);
  named->name = g_strdup ("My run");
  named->state = UT_RUN_FAILED;
  g_assert_true (_ut_run_database_update (fixture->database, named, UT_RUN_FIELDS_LABEL, &error));
  g_assert_true (_ut_run_database_update (fixture->database, trained, UT_RUN_FIELDS_COURSE, &error));
  g_assert_cmpstr (trained->name, ==, "My run");
  g_assert_true (_ut_run_database_update (fixture->database, gone, UT_RUN_FIELDS_COURSE, &error));
  g_assert_no_error (error);
  g_assert_true (_ut_run_database_has_news (other));
  g_assert_false (_ut_run_database_has_news (other));

  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) changed = _ut_run_database_list (other, known, present, NULL, &error);
  UtRunRecord *record = g_ptr_array_index (changed, 0);

  g_assert_no_error (error);
  g_assert_cmpuint (changed->len, ==, 1);
  g_assert_cmpuint (g_hash_table_size (present), ==, 2);
  g_assert_cmpstr (record->name, ==, "My run");
  g_assert_cmpint (record->state, ==, UT_RUN_STOPPED);
  g_assert_cmpstr (record->failure, ==, "It failed.");

  g_assert_true (_ut_run_database_set_trashed (fixture->database, "one", 77, &error));
  g_assert_true (_ut_run_database_delete (fixture->database, "two", &error));

  g_autoptr (GPtrArray) after = list (fixture);

  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (find (after, "one")->trashed, ==, 77);

  g_autoptr (GArray) points = read_points (fixture, "two", &error);

  g_assert_cmpuint (points->len, ==, 0);
}

static void
test_journal (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  UtEpoch epoch = make_epoch (1);
  guint64 step = 0;

  g_test_summary ("A journal's points are there after each flush; a new one goes on where it is told");

  add (fixture, "one", 0, 0);

  g_autoptr (UtJournal) journal = _ut_journal_new (fixture->path, "one", &error);

  g_assert_no_error (error);
  g_assert_true (_ut_journal_begin (journal, 0, 0, &error));
  for (guint flush = 1; flush <= 20; flush++)
    {
      for (guint i = 0; i < flush * 37; i++)
        {
          UtPoint point = make_point (++step);

          _ut_journal_add_point (journal, &point);
        }
      if (flush % 5 == 0)
        {
          epoch = make_epoch (flush / 5);
          _ut_journal_add_epoch (journal, &epoch);
        }
      g_assert_true (_ut_journal_flush (journal, &error));

      g_autoptr (GArray) points = read_points (fixture, "one", &error);

      g_assert_no_error (error);
      assert_points (points, 1, step);
    }
  g_assert_cmpuint (step, >, 3 * UT_BLOCK_MAX_POINTS);

  /* Each time from an earlier place: in the last block, at a border, before it, at the start. */
  const guint64 places[] = { step, step - 1, 3 * UT_BLOCK_MAX_POINTS, 3 * UT_BLOCK_MAX_POINTS - 1,
                             UT_BLOCK_MAX_POINTS + 1, 1, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (UtJournal) next = _ut_journal_new (fixture->path, "one", &error);

      g_assert_no_error (error);
      g_assert_true (_ut_journal_begin (next, places[i], 2, &error));

      g_autoptr (GArray) cut = read_points (fixture, "one", &error);

      assert_points (cut, 1, places[i]);
      for (guint64 at = places[i] + 1; at <= step; at++)
        {
          UtPoint point = make_point (at);

          _ut_journal_add_point (next, &point);
        }
      g_assert_true (_ut_journal_flush (next, &error));

      g_autoptr (GArray) points = read_points (fixture, "one", &error);
      g_autoptr (GPtrArray) records = list (fixture);

      g_assert_no_error (error);
      assert_points (points, 1, step);
      g_assert_cmpuint (find (records, "one")->epochs->len, ==, 2);
    }
}

static void
test_answers (Fixture       *fixture,
              gconstpointer  unused)
{
  const float logits[] = { 1.5f, -0.0f, INFINITY, 1e-45f };
  const float later[] = { 2, 3 };
  g_autoptr (GError) error = NULL;
  guint epoch;
  gsize n_rows;

  g_test_summary ("The answers of the best epoch are kept, and no others");

  add (fixture, "one", 0, 0);
  g_assert_null (_ut_run_database_read_answers (fixture->database, "one", &epoch, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_true (_ut_run_database_write_answers (fixture->database, "one", 2, logits, 4, &error));

  g_autofree float *first = _ut_run_database_read_answers (fixture->database, "one", &epoch, &n_rows,
                                                           &error);

  g_assert_no_error (error);
  g_assert_cmpuint (epoch, ==, 2);
  g_assert_cmpmem (first, n_rows * sizeof *first, logits, sizeof logits);
  g_assert_true (_ut_run_database_write_answers (fixture->database, "one", 5, later, 2, &error));

  g_autofree float *second = _ut_run_database_read_answers (fixture->database, "one", &epoch,
                                                            &n_rows, &error);

  g_assert_cmpuint (epoch, ==, 5);
  g_assert_cmpmem (second, n_rows * sizeof *second, later, sizeof later);
}

static void
set_owner (Fixture    *fixture,
           const char *owner,
           gint64      beat)
{
  static const char * const steps[] = { "", "", NULL };
  const UtDatabaseSchema any = { 0x5574526e, steps };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDatabase) database = _ut_database_open (fixture->path, &any, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (_ut_database_run (database, &error, "UPDATE runs SET owner = ?, beat = ?", "si",
                                   owner, beat));
}

static void
test_owners (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (UtRunRecord) record = make_record ("one", 900, 2);
  g_autoptr (GError) error = NULL;
  const char *self = _ut_owner_get_self ();
  g_autofree char *other = g_strdup (self);
  gint64 now = g_get_real_time ();

  g_test_summary ("A run belongs to a program as long as that lives, and was cut off otherwise");

  record->state = UT_RUN_TRAINING;
  g_assert_true (_ut_run_database_add (fixture->database, record, &error));
  g_assert_true (_ut_run_database_claim (fixture->database, "one", &error));
  {
    g_autoptr (GPtrArray) records = list (fixture);

    g_assert_cmpint (find (records, "one")->state, ==, UT_RUN_TRAINING);
    g_assert_false (find (records, "one")->is_elsewhere);
  }

  /* In a container that cannot be looked into, heard of just now, and long ago. */
  set_owner (fixture, "elsewhere/pid:[1] 17 123", now);
  g_assert_false (_ut_run_database_claim (fixture->database, "one", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  {
    g_autoptr (GPtrArray) records = list (fixture);

    g_assert_cmpint (find (records, "one")->state, ==, UT_RUN_TRAINING);
    g_assert_true (find (records, "one")->is_elsewhere);
  }
  g_assert_true (_ut_run_database_release (fixture->database, "one", &error));
  g_assert_false (_ut_run_database_claim (fixture->database, "one", NULL));
  set_owner (fixture, "elsewhere/pid:[1] 17 123", now - G_TIME_SPAN_HOUR);
  {
    g_autoptr (GPtrArray) records = list (fixture);

    g_assert_cmpint (find (records, "one")->state, ==, UT_RUN_INTERRUPTED);
    g_assert_cmpstr (find (records, "one")->failure, ==, "Was cut off at epoch 3.");
  }

  /* A process of this number started at another time; no beat helps it. */
  *strrchr (other, ' ') = '\0';

  g_autofree char *earlier = g_strconcat (other, " 1", NULL);

  g_assert_true (_ut_owner_is_alive (self, 0, now));
  g_assert_false (_ut_owner_is_alive (earlier, now, now));
  g_assert_false (_ut_owner_is_alive (NULL, now, now));
  g_assert_false (_ut_owner_is_alive ("", now, now));
  g_assert_false (_ut_owner_is_alive ("a b c d", now, now));
  set_owner (fixture, earlier, now);
  g_assert_true (_ut_run_database_claim (fixture->database, "one", &error));
  g_assert_false (_ut_run_database_claim (fixture->database, "two", &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
}

static void
test_versions (Fixture       *fixture,
               gconstpointer  unused)
{
  static const char * const steps[] = {
    "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)",
    "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 5",
    "ALTER TABLE b ADD COLUMN y INTEGER",
    NULL
  };
  const char * const first_steps[] = { steps[0], NULL };
  const char * const second_steps[] = { steps[0], steps[1], NULL };
  const UtDatabaseSchema first = { 77, first_steps };
  const UtDatabaseSchema second = { 77, second_steps };
  const UtDatabaseSchema wrong = { 77, steps };
  g_autofree char *path = g_build_filename (fixture->directory, "versions.db", NULL);
  g_autofree char *backup = g_build_filename (fixture->directory, "backup.db", NULL);
  g_autofree char *copy = g_build_filename (fixture->directory, "copy.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size, after_size;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDatabase) database = _ut_database_open (path, &first, backup, &error);

  g_test_summary ("Tables of an earlier version are changed, once copied; a later one is not touched");

  g_assert_no_error (error);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_clear_pointer (&database, _ut_database_free);

  database = _ut_database_open (path, &second, backup, &error);
  g_assert_no_error (error);
  g_assert_true (_ut_database_execute (database, "UPDATE a SET y = y + x", &error));
  g_clear_pointer (&database, _ut_database_free);
  database = _ut_database_open (backup, &first, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&database, _ut_database_free);

  /* A copy is written in another manner than the file itself, and stays so. */
  database = _ut_database_open (path, &second, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (_ut_database_copy (database, copy, &error));
  g_clear_pointer (&database, _ut_database_free);
  g_assert_true (g_file_get_contents (copy, &before, &size, NULL));
  g_assert_null (_ut_database_open (copy, &first, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (copy, &after, &after_size, NULL));
  g_assert_cmpmem (after, after_size, before, size);

  g_assert_null (_ut_database_open (path, &first, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_NEWER);
  g_assert_nonnull (strstr (error->message, "versions.db was written by a later version"));
  g_clear_error (&error);

  /* A change that fails has not happened. */
  g_assert_null (_ut_database_open (path, &wrong, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  database = _ut_database_open (path, &second, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&database, _ut_database_free);

  g_assert_null (_ut_run_database_open (path, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED);
}

/* Looks */

static UtProbes *
make_probes (guint n_texts)
{
  static const char * const texts[] = { "Not bad at all.", "Nicht übel.", "good" };
  const char *first[G_N_ELEMENTS (texts) + 1] = { NULL };
  g_autoptr (GError) error = NULL;
  UtProbes *probes;

  memcpy (first, texts, n_texts * sizeof *texts);
  probes = ut_probes_new (first, &error);
  g_assert_no_error (error);

  return probes;
}

static UtProbeLook *
make_look (UtProbes *probes,
           guint64   step)
{
  UtProbeLook *look = _ut_probe_look_new (probes, step, (guint) (step / 400) + 1, step * 0.25);

  for (gsize i = 0; i < probes->n_texts; i++)
    look->probabilities[i] = step % 5 == 0 ? NAN : 1.0 / (double) (step + i + 1);

  return look;
}

/* The looks of "one" are at @n_looks steps from @step on, each @distance after the other. */
static void
assert_looks (Fixture *fixture,
              guint    n_looks,
              guint64  distance)
{
  g_autoptr (GPtrArray) looks = _ut_probe_looks_new ();
  g_autoptr (GPtrArray) records = list (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (_ut_run_database_read_looks (fixture->database, "one", looks, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (looks->len, ==, n_looks);
  g_assert_cmpuint (((UtRunRecord *) g_ptr_array_index (records, 0))->n_looks, ==, n_looks);
  for (guint i = 0; i < n_looks; i++)
    {
      const UtProbeLook *look = g_ptr_array_index (looks, i);
      g_autoptr (UtProbeLook) same = make_look (look->probes, (i + 1) * distance);

      g_assert_cmpuint (look->step, ==, same->step);
      g_assert_cmpuint (look->epoch, ==, same->epoch);
      g_assert_cmpfloat (look->seconds, ==, same->seconds);
      g_assert_cmpmem (look->probabilities, look->probes->n_texts * sizeof (double),
                       same->probabilities, same->probes->n_texts * sizeof (double));
    }
}

static void
test_looks (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (UtProbes) few = make_probes (1);
  g_autoptr (UtProbes) many = make_probes (3);
  g_autoptr (GError) error = NULL;
  guint n_looks = 2 * UT_BLOCK_MAX_LOOKS + 20;

  g_test_summary ("Looks come back as they were written, also after their run went back or was lost");

  add (fixture, "one", 0, 0);
  assert_looks (fixture, 0, 1);

  /* A flush may come at any place; sentences change in the middle of a block. */
  {
    g_autoptr (UtJournal) journal = _ut_journal_new (fixture->path, "one", &error);

    g_assert_no_error (error);
    g_assert_true (_ut_journal_begin (journal, 0, 0, &error));
    for (guint i = 1; i <= n_looks; i++)
      {
        g_autoptr (UtProbeLook) look = make_look (i < 40 || i > 60 ? few : many, i * 7);
        UtPoint point = make_point (i * 7);

        _ut_journal_add_point (journal, &point);
        _ut_journal_add_look (journal, look);
        if (i % 3 == 0 || i == 40)
          g_assert_true (_ut_journal_flush (journal, &error));
      }
    g_assert_true (_ut_journal_flush (journal, &error));
    g_assert_no_error (error);
  }
  assert_looks (fixture, n_looks, 7);
  reopen (fixture);
  assert_looks (fixture, n_looks, 7);

  /* Other programs see that there is one more, though there is no further step. */
  g_autoptr (UtRunDatabase) other = _ut_run_database_open (fixture->path, &error);
  g_autoptr (UtJournal) journal = _ut_journal_new (fixture->path, "one", &error);
  g_autoptr (UtProbeLook) next = make_look (many, 100 * 7);

  g_assert_no_error (error);
  g_assert_true (_ut_journal_begin (journal, 99 * 7 + 3, 0, &error));
  g_assert_no_error (error);
  assert_looks (fixture, 99, 7);
  _ut_run_database_has_news (other);
  _ut_journal_add_look (journal, next);
  g_assert_true (_ut_journal_flush (journal, &error));
  g_assert_true (_ut_run_database_has_news (other));
  assert_looks (fixture, 100, 7);
  g_clear_pointer (&journal, _ut_journal_free);
  g_clear_pointer (&other, _ut_run_database_free);

  /* A copy that is read as a damaged store gives them back. */
  g_autofree char *old = g_strconcat (fixture->path, ".old", NULL);
  UtRunSalvage salvage = { 0 };

  g_assert_true (_ut_run_database_copy (fixture->database, old, &error));
  g_assert_true (_ut_run_database_delete (fixture->database, "one", &error));
  g_assert_true (_ut_run_salvage_plan (old, &error));
  g_assert_true (_ut_run_salvage_do (fixture->database, &salvage, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (salvage.n_read, ==, 1);
  assert_looks (fixture, 100, 7);
}

/* Runs @sql in the file of the fixture. */
static void
execute (Fixture    *fixture,
         const char *sql)
{
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);
}

static void
test_damaged_looks (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autoptr (UtRunRecord) record = make_record ("one", 2000, 5);
  g_autoptr (UtProbes) probes = make_probes (2);
  g_autoptr (GPtrArray) looks = _ut_probe_looks_new ();
  g_autoptr (GError) error = NULL;

  g_test_summary ("Damaged looks are told, those before them stay, and the run can go on");

  record->looks = _ut_probe_looks_new ();
  for (guint i = 1; i <= 200; i++)
    g_ptr_array_add (record->looks, make_look (probes, i * 10));
  g_assert_true (_ut_run_database_add (fixture->database, record, &error));
  assert_looks (fixture, 200, 10);
  execute (fixture, "UPDATE looks SET data = zeroblob (length (data)) WHERE number = 2");

  g_assert_false (_ut_run_database_read_looks (fixture->database, "one", looks, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "1280"));
  g_clear_error (&error);
  g_assert_cmpuint (looks->len, ==, UT_BLOCK_MAX_LOOKS);

  g_assert_true (_ut_run_database_cut (fixture->database, "one", 1500, 3, &error));
  g_assert_no_error (error);
  assert_looks (fixture, UT_BLOCK_MAX_LOOKS, 10);
}

static void
test_older (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (UtProbes) probes = make_probes (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = g_strconcat (fixture->path, ".earlier", NULL);
  g_autofree char *old = g_strconcat (fixture->path, ".old", NULL);
  UtRunSalvage salvage = { 0 };

  g_test_summary ("A store of the version before looks is taken over, and read where it is damaged");

  add (fixture, "one", 3000, 7);
  g_clear_pointer (&fixture->database, _ut_run_database_free);
  execute (fixture, "DROP TABLE looks; PRAGMA user_version = 1");

  reopen (fixture);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  assert_looks (fixture, 0, 1);

  g_autoptr (UtJournal) journal = _ut_journal_new (fixture->path, "one", &error);
  g_autoptr (UtProbeLook) look = make_look (probes, 3001);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (UtPoint));

  g_assert_no_error (error);
  g_assert_true (_ut_journal_begin (journal, 3000, 7, &error));
  _ut_journal_add_look (journal, look);
  g_assert_true (_ut_journal_flush (journal, &error));
  assert_looks (fixture, 1, 3001);
  g_clear_pointer (&journal, _ut_journal_free);

  /* One that is damaged was not taken over before. */
  g_assert_cmpint (g_rename (backup, old), ==, 0);
  g_assert_true (_ut_run_database_delete (fixture->database, "one", &error));
  g_assert_true (_ut_run_salvage_plan (old, &error));
  g_assert_true (_ut_run_salvage_do (fixture->database, &salvage, &error));
  g_assert_no_error (error);
  assert_looks (fixture, 0, 1);
  g_assert_true (_ut_run_database_read_points (fixture->database, "one", points, NULL, &error));
  g_assert_cmpuint (points->len, ==, 3000);

  g_autoptr (GPtrArray) records = list (fixture);

  g_assert_null (((UtRunRecord *) g_ptr_array_index (records, 0))->notices);
}

static gpointer
open_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtRunDatabase) database = _ut_run_database_open (data, &error);

  g_assert_no_error (error);
  return NULL;
}

static void
test_at_once (Fixture       *fixture,
              gconstpointer  unused)
{
  g_test_summary ("Of several that find no store each opens it, whoever makes it");

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("once-%u.db", i);
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
      GThread *threads[4];

      for (gsize j = 0; j < G_N_ELEMENTS (threads); j++)
        threads[j] = g_thread_new ("open", open_thread, path);
      for (gsize j = 0; j < G_N_ELEMENTS (threads); j++)
        g_thread_join (threads[j]);
    }
}

static void
test_not_a_database (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->directory, "other", NULL);
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (GError) error = NULL;

  g_test_summary ("What is no database, or a folder, is refused and stays as it is");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (_ut_run_database_open (path, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  g_autofree char *same = NULL;

  g_assert_true (g_file_get_contents (path, &same, NULL, NULL));
  g_assert_cmpstr (same, ==, text);
  g_assert_null (_ut_run_database_open (fixture->directory, &error));
  g_assert_nonnull (error);
}

/* Reads all there is; whatever is there is what was written. */
static gboolean
read_all (const char *path,
          guint      *n_good)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture = { .database = _ut_run_database_open (path, &error) };
  g_autoptr (UtRunDatabase) database = fixture.database;

  *n_good = 0;
  if (database == NULL)
    return FALSE;

  g_autoptr (GPtrArray) records = _ut_run_database_list (database, NULL, NULL, NULL, &error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      UtRunRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GArray) points = read_points (&fixture, record->id, NULL);
      gboolean read = record->state == UT_RUN_FINISHED;

      assert_points (points, 1, points->len);
      for (guint j = 0; j < record->epochs->len; j++)
        g_assert_cmpuint (g_array_index (record->epochs, UtEpoch, j).step, ==,
                          g_array_index (record->epochs, UtEpoch, j).epoch * 400);
      if (read)
        {
          g_autofree char *name = g_strconcat ("Run ", record->id, NULL);

          g_assert_cmpstr (record->name, ==, name);
          g_assert_cmpuint (record->epochs->len, ==, 5);
        }
      *n_good += read && points->len == 900;
    }

  return TRUE;
}

static void
test_flipped (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *copy = g_build_filename (fixture->directory, "copy.db", NULL);
  g_autofree char *damaged = g_build_filename (fixture->directory, "damaged.db", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;
  guint n_unopened = 0, n_untouched = 0, n_one = 0;

  g_test_summary ("A byte that flipped anywhere never gives wrong numbers, and seldom costs more "
                  "than a run");

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add (fixture, id, 900, 5);
    }
  g_assert_true (_ut_run_database_copy (fixture->database, copy, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (copy, &bytes, &size, NULL));
  for (guint i = 0; i < N_FLIPS; i++)
    {
      gsize place = (gsize) g_rand_int_range (random, 0, (gint32) size);
      char old = bytes[place];
      guint n_good;

      bytes[place] = (char) (old ^ (1 << g_rand_int_range (random, 0, 8)));
      g_assert_true (g_file_set_contents (damaged, bytes, (gssize) size, NULL));
      bytes[place] = old;
      if (!read_all (damaged, &n_good))
        n_unopened++;
      else if (n_good == 8)
        n_untouched++;
      else if (n_good == 7)
        n_one++;

      g_autofree char *log = g_strconcat (damaged, "-wal", NULL);
      g_autofree char *index = g_strconcat (damaged, "-shm", NULL);

      g_unlink (log);
      g_unlink (index);
    }
  g_test_message ("of %u: %u in free space or unread, %u cost one run, %u the whole", N_FLIPS, n_untouched,
                  n_one, n_unopened);
  g_assert_cmpuint (n_one, >, N_FLIPS / 3);
  g_assert_cmpuint (n_unopened, <, N_FLIPS / 5);
}

static void
test_blocks (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  UtPoint point = make_point (4);
  g_autoptr (GBytes) block = _ut_block_pack_points (&point, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (block, &size);

  g_test_summary ("A block that is none of ours is refused, whatever is in it");

  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, length);

      g_assert_false (_ut_block_unpack_points (part, points));
    }
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *other = g_memdup2 (data, size);

      for (guint j = 0; j < 3; j++)
        other[g_rand_int_range (random, 0, (gint32) size)] = (guint8) g_rand_int (random);

      g_autoptr (GBytes) changed = g_bytes_new (other, size);

      if (_ut_block_unpack_points (changed, points))
        g_assert_cmpuint (points->len, ==, 1);
      else
        g_assert_cmpuint (points->len, ==, 0);
      g_array_set_size (points, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/run-database/round-trip", test_round_trip },
    { "/run-database/labels", test_labels },
    { "/run-database/journal", test_journal },
    { "/run-database/answers", test_answers },
    { "/run-database/owners", test_owners },
    { "/run-database/versions", test_versions },
    { "/run-database/at-once", test_at_once },
    { "/run-database/not-a-database", test_not_a_database },
    { "/run-database/flipped", test_flipped },
    { "/run-database/blocks", test_blocks },
    { "/run-database/looks", test_looks },
    { "/run-database/damaged-looks", test_damaged_looks },
    { "/run-database/older", test_older },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
