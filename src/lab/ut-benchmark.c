/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-benchmark.h"

#include "ut-benchmark-lane-private.h"
#include "ut-checker-private.h"
#include "ut-config-private.h"
#include "ut-embedding-private.h"
#include "ut-memory-private.h"
#include "ut-prediction.h"

#include <glib/gstdio.h>
#include <string.h>

#define SEED 1

#define SENTENCE_LENGTH 30

/* A turn of the progress, in microseconds. */
#define TELL_INTERVAL (G_USEC_PER_SEC / 10)

/* Weights, their gradients and two moments. */
#define COPIES_OF_WEIGHTS 4

typedef struct
{
  const UtBenchmarkPlan *plan;
  UtBenchmarkProgress progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable;    /* (nullable) */
  UtBenchmark *benchmark;       /* (owned) */
  GArray *threads;              /* (owned) (element-type guint): the plan's, each once, never 0 */
  gint64 told_at;
  gsize n_done;                 /* of the measurements, for the fraction */
  gsize n_planned;
  GFile *folder;                /* (owned) (nullable): the temporary one */
  GFile *data;                  /* (owned) */
  GFile *vectors;               /* (owned) (nullable) */
  UtDataset *dataset;           /* (owned) */
  UtVocabulary *vocabulary;     /* (owned) */
  guint32 *ids;                 /* (owned): of all tokens */
  UtNnSgemm *sgemm;             /* (owned) */
  double sgemm_rate;            /* operations a second */
} Session;

/* A network of one of the plan's shapes. */
typedef struct
{
  UtConfig *config;   /* (owned) */
  UtNnShape shape;
  UtNnModel *weights; /* (owned) */
} Network;

typedef gboolean (*Measure) (Session        *session,
                             const Network  *network,
                             GError        **error);

const char *
ut_benchmark_part_get_nick (UtBenchmarkPart part)
{
  static const char * const nicks[] = { "loading", "training", "batches", "sentence" };

  g_return_val_if_fail ((guint) part < G_N_ELEMENTS (nicks), NULL);

  return nicks[part];
}

void
ut_benchmark_free (UtBenchmark *self)
{
  g_free (self->cpu);
  g_array_unref (self->loads);
  g_array_unref (self->rates);
  g_free (self);
}

/* Progress */

static void
tell (Session *session)
{
  session->told_at = g_get_monotonic_time ();
  session->benchmark->fraction = (double) session->n_done / (double) session->n_planned;
  if (session->progress != NULL)
    session->progress (session->benchmark, session->progress_data);
}

static gboolean
tick (gpointer data)
{
  Session *session = data;

  if (g_get_monotonic_time () - session->told_at >= TELL_INTERVAL)
    tell (session);
  return !g_cancellable_is_cancelled (session->cancellable);
}

static void
read_progress_cb (double   fraction,
                  gpointer data)
{
  tick (data);
}

static gboolean
check_goes_on (double   fraction,
               gpointer data)
{
  return tick (data);
}

/* What was measured took its part of the plan. */
static void
finish_measurement (Session *session)
{
  session->n_done++;
  tell (session);
}

/* The machine */

static char *
read_cpu_name (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) line = g_regex_new ("^model name\\s*:\\s*(.+)$",
                                         G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);

  if (!g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL)
      || !g_regex_match (line, text, 0, &match))
    return NULL;

  g_autofree char *name = g_match_info_fetch (match, 1);

  return g_utf8_make_valid (g_strstrip (name), -1);
}

static UtBenchmark *
describe_machine (void)
{
  UtBenchmark *benchmark = g_new0 (UtBenchmark, 1);

  benchmark->cpu = read_cpu_name ();
  benchmark->cores = (guint) ut_nn_count_cores ();
  benchmark->kernels = ut_nn_get_kernels ();
  benchmark->blas_kernels = ut_nn_get_blas_kernels ();
  benchmark->loads = g_array_new (FALSE, FALSE, sizeof (UtBenchmarkLoad));
  benchmark->rates = g_array_new (FALSE, FALSE, sizeof (UtBenchmarkRate));
  return benchmark;
}

static gboolean
multiply (gpointer          data,
          UtBenchmarkWork  *work,
          GError          **error)
{
  Session *session = data;

  work->units += 1;
  work->amount += ut_nn_sgemm_run (session->sgemm);
  return TRUE;
}

static double
get_median (const UtBenchmarkLane *lane,
            gboolean               amount)
{
  double rounds[UT_BENCHMARK_ROUNDS];

  for (gsize i = 0; i < UT_BENCHMARK_ROUNDS; i++)
    rounds[i] = amount ? lane->rounds[i].amount : lane->rounds[i].units;
  return _ut_benchmark_median (rounds, UT_BENCHMARK_ROUNDS);
}

static double
get_median_ratio (const UtBenchmarkLane *lane,
                  const UtBenchmarkLane *base)
{
  double rounds[UT_BENCHMARK_ROUNDS];

  for (gsize i = 0; i < UT_BENCHMARK_ROUNDS; i++)
    rounds[i] = lane->rounds[i].amount / base->rounds[i].amount;
  return _ut_benchmark_median (rounds, UT_BENCHMARK_ROUNDS);
}

static gboolean
prepare_sgemm (Session  *session,
               GError  **error)
{
  UtBenchmarkLane lane = { multiply, session };
  gsize size = session->plan->sgemm_size;

  if (ut_nn_sgemm_new (size, &session->sgemm) != UT_NN_OK)
    {
      _ut_memory_set_error (3 * size * size * sizeof (float), error);
      return FALSE;
    }
  if (!_ut_benchmark_lanes_run (&lane, 1, tick, session, error))
    return FALSE;

  session->sgemm_rate = get_median (&lane, TRUE);
  return TRUE;
}

/* Loading */

static gboolean
load_data (Session  *session,
           GError  **error)
{
  g_clear_pointer (&session->dataset, ut_dataset_unref);
  g_clear_pointer (&session->vocabulary, ut_vocabulary_unref);
  g_clear_pointer (&session->ids, g_free);
  session->dataset = ut_dataset_read (session->data, read_progress_cb, session,
                                      session->cancellable, error);
  if (session->dataset == NULL)
    return FALSE;

  session->vocabulary = ut_dataset_make_vocabulary (session->dataset);
  session->ids = ut_dataset_encode (session->dataset, session->vocabulary, NULL);
  return TRUE;
}

static UtVectors *
load_vectors (Session  *session,
              GError  **error)
{
  return ut_vectors_read (session->vectors, session->vocabulary, 0, read_progress_cb, session,
                          session->cancellable, error);
}

static gboolean
measure_load (Session   *session,
              gboolean   vectors,
              GError   **error)
{
  GFile *file = vectors ? session->vectors : session->data;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);
  UtBenchmarkLoad load = { .vectors = vectors };
  double seconds[UT_BENCHMARK_ROUNDS];
  double total = 0;
  gsize n = 0;

  if (info == NULL)
    return FALSE;

  while (n < UT_BENCHMARK_ROUNDS && (n == 0 || total < session->plan->seconds))
    {
      if (vectors)
        ut_vectors_forget (file);

      gint64 start = g_get_monotonic_time ();
      g_autoptr (UtVectors) found = vectors ? load_vectors (session, error) : NULL;

      if (vectors ? found == NULL : !load_data (session, error))
        return FALSE;
      seconds[n] = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
      total += seconds[n++];
      load.rows = vectors ? ut_vectors_get_n_found (found)
                          : ut_dataset_get_n_rows (session->dataset);
    }

  load.bytes = (guint64) g_file_info_get_size (info);
  load.seconds = _ut_benchmark_median (seconds, n);
  g_array_append_val (session->benchmark->loads, load);
  finish_measurement (session);
  return TRUE;
}

static gboolean
has_part (const UtBenchmarkPlan *plan,
          UtBenchmarkPart        part)
{
  for (guint i = 0; i < plan->parts->len; i++)
    if (g_array_index (plan->parts, guint, i) == part)
      return TRUE;
  return FALSE;
}

static gboolean
prepare_files (Session  *session,
               GError  **error)
{
  const UtBenchmarkPlan *plan = session->plan;
  g_autofree char *path = g_dir_make_tmp ("undertone-benchmark-XXXXXX", error);

  if (path == NULL)
    return FALSE;

  session->folder = g_file_new_for_path (path);
  session->data = plan->data != NULL ? g_object_ref (plan->data)
                                     : g_file_get_child (session->folder, "data.tsv");
  session->vectors = plan->vectors != NULL ? g_object_ref (plan->vectors)
                                           : g_file_get_child (session->folder, "vectors.txt");
  return (plan->data != NULL
          || _ut_benchmark_write_data (session->data, plan->n_sentences, tick, session, error))
         && (plan->vectors != NULL || !has_part (plan, UT_BENCHMARK_LOADING)
             || _ut_benchmark_write_vectors (session->vectors, plan->n_vectors, tick, session,
                                             error));
}

static void
remove_files (Session *session)
{
  static const char * const names[] = { "data.tsv", "vectors.txt" };

  if (session->folder == NULL)
    return;

  if (session->plan->vectors == NULL)
    ut_vectors_forget (session->vectors);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = g_file_get_child (session->folder, names[i]);

      g_file_delete (file, NULL, NULL);
    }
  g_file_delete (session->folder, NULL, NULL);
}

static gboolean
load (Session  *session,
      GError  **error)
{
  session->benchmark->underway = UT_BENCHMARK_LOADING;
  if (!prepare_files (session, error))
    return FALSE;
  if (!has_part (session->plan, UT_BENCHMARK_LOADING))
    return load_data (session, error);

  return measure_load (session, FALSE, error) && measure_load (session, TRUE, error);
}

/* Rates: lane 0 is SGEMM, the others are numbers of threads. */

/* On a machine with one core "one for each core" is what one thread is. */
static GArray *
resolve_threads (const UtBenchmarkPlan *plan,
                 guint                  cores)
{
  GArray *threads = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < plan->threads->len; i++)
    {
      guint wanted = g_array_index (plan->threads, guint, i);
      guint n = wanted > 0 ? wanted : cores;
      gboolean there = FALSE;

      for (guint j = 0; j < threads->len; j++)
        there = there || g_array_index (threads, guint, j) == n;
      if (!there)
        g_array_append_val (threads, n);
    }
  return threads;
}

/* Adds the rates of lane 1 and on; @factor times the work of a pass forward. */
static gboolean
measure_lanes (Session         *session,
               UtBenchmarkLane *lanes,
               gsize            n_lanes,
               const Network   *network,
               double           factor,
               GError         **error)
{
  UtBenchmark *benchmark = session->benchmark;
  double operations = factor * ut_nn_shape_count_operations (&network->shape);

  lanes[0] = (UtBenchmarkLane) { multiply, session };
  for (gsize i = 1; i < n_lanes; i++)
    lanes[i].seconds = session->plan->seconds / 2 / UT_BENCHMARK_ROUNDS;
  if (!_ut_benchmark_lanes_run (lanes, n_lanes, tick, session, error))
    return FALSE;

  for (gsize i = 1; i < n_lanes; i++)
    {
      UtBenchmarkRate rate = benchmark->shape;

      rate.threads = g_array_index (session->threads, guint, i - 1);
      rate.rate = get_median (&lanes[i], FALSE);
      rate.tokens = get_median (&lanes[i], TRUE);
      rate.gflops = rate.tokens * operations / 1e9;
      rate.sgemm = get_median (&lanes[0], TRUE) / 1e9;
      rate.share = get_median_ratio (&lanes[i], &lanes[0]) * operations / rate.threads;
      rate.gain = get_median_ratio (&lanes[i], &lanes[1]);
      g_array_append_val (benchmark->rates, rate);
    }
  finish_measurement (session);
  return TRUE;
}

/* Training */

typedef struct
{
  UtNnSentences sentences;
  gsize n_rows;
  guint batch_size;
  gsize next;           /* row, which the next batch begins with */
  guint32 *rows;        /* (owned) (batch_size) */
  UtNnModel *weights;   /* (owned) */
  UtNnTrainer *trainer; /* (owned) */
} Training;

static void
training_clear (gpointer data)
{
  Training *training = data;

  ut_nn_trainer_free (training->trainer);
  ut_nn_model_free (training->weights);
  g_free (training->rows);
}

static gboolean
train (gpointer          data,
       UtBenchmarkWork  *work,
       GError          **error)
{
  Training *training = data;
  UtNnStepResult result;

  for (guint i = 0; i < training->batch_size; i++)
    training->rows[i] = (guint32) (training->next++ % training->n_rows);

  UtNnStatus status = ut_nn_trainer_step (training->trainer, &training->sentences, training->rows,
                                          training->batch_size, &result);

  /* The sizes were taken from these very sentences, and the weights drawn are small. */
  g_assert (status == UT_NN_OK);
  work->units += 1;
  work->amount += (double) result.n_tokens;
  return TRUE;
}

static guint64
count_training_bytes (const UtNnShape          *shape,
                      const UtNnTrainerOptions *options)
{
  guint64 workspace = ut_nn_shape_count_workspace (shape, options, options->max_sentences,
                                                   options->max_length);
  guint64 weights = COPIES_OF_WEIGHTS * sizeof (float) * ut_nn_shape_count_parameters (shape);
  guint64 sum;

  return g_uint64_checked_add (&sum, workspace, weights) ? sum : G_MAXUINT64;
}

static gboolean
training_init (Training       *training,
               const Session  *session,
               const Network  *network,
               guint           n_threads,
               GError        **error)
{
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  guint batch_size = session->benchmark->shape.batch;

  options.max_sentences = batch_size;
  options.max_length = ut_dataset_get_max_length (session->dataset);
  options.n_threads = n_threads;

  guint64 bytes = count_training_bytes (&network->shape, &options);

  if (!_ut_memory_check (bytes, error))
    return FALSE;

  *training = (Training) {
    .sentences = {
      session->ids,
      ut_dataset_get_offsets (session->dataset),
      ut_dataset_get_labels (session->dataset),
    },
    .n_rows = ut_dataset_get_n_rows (session->dataset),
    .batch_size = batch_size,
    .rows = g_new (guint32, batch_size),
  };
  if (ut_nn_model_copy (network->weights, &training->weights) != UT_NN_OK
      || ut_nn_trainer_new (training->weights, &options, &training->trainer) != UT_NN_OK)
    {
      _ut_memory_set_error (bytes, error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
measure_training (Session        *session,
                  const Network  *network,
                  GError        **error)
{
  guint n_threads = session->threads->len;
  g_autoptr (GArray) trainings = g_array_sized_new (FALSE, TRUE, sizeof (Training), n_threads);
  g_autofree UtBenchmarkLane *lanes = g_new0 (UtBenchmarkLane, n_threads + 1);

  g_array_set_clear_func (trainings, training_clear);
  g_array_set_size (trainings, n_threads);
  for (guint i = 0; i < n_threads; i++)
    {
      Training *training = &g_array_index (trainings, Training, i);

      if (!training_init (training, session, network, g_array_index (session->threads, guint, i),
                          error))
        return FALSE;
      lanes[i + 1] = (UtBenchmarkLane) { train, training };
    }

  return measure_lanes (session, lanes, n_threads + 1, network, 3, error);
}

static gboolean
measure_batch_sizes (Session        *session,
                     const Network  *network,
                     GError        **error)
{
  for (guint i = 0; i < session->plan->batches->len; i++)
    {
      session->benchmark->shape.batch = g_array_index (session->plan->batches, guint, i);
      if (!measure_training (session, network, error))
        return FALSE;
    }

  return TRUE;
}

/* Answers in batches */

typedef struct
{
  Session *session;         /* (not owned) */
  const UtNnModel *weights; /* (not owned) */
  UtDataset *dataset;       /* (not owned) */
  UtChecker *checker;       /* (owned) */
} Answering;

static void
answering_clear (gpointer data)
{
  Answering *answering = data;

  g_clear_pointer (&answering->checker, _ut_checker_free);
}

static gboolean
answer (gpointer          data,
        UtBenchmarkWork  *work,
        GError          **error)
{
  Answering *answering = data;
  UtEvaluation evaluation;

  if (!_ut_checker_run (answering->checker, answering->weights, check_goes_on, answering->session,
                        &evaluation))
    return FALSE;

  work->units += (double) evaluation.n_examples;
  work->amount += (double) ut_dataset_get_n_tokens (answering->dataset);
  return TRUE;
}

/* As many sentences as a turn has time for at the rate of SGEMM: a step is all of them, sorted by
   length, so that a step of many would last too long, and one of few be all alike. */
static UtDataset *
choose_sentences (const Session *session,
                  const Network *network)
{
  gsize n_rows = ut_dataset_get_n_rows (session->dataset);
  double mean = (double) ut_dataset_get_n_tokens (session->dataset) / (double) n_rows;
  double turn = session->plan->seconds / 2 / UT_BENCHMARK_ROUNDS;
  double fitting = turn * session->sgemm_rate / ut_nn_shape_count_operations (&network->shape)
                   / mean;
  gsize n = (gsize) CLAMP (fitting, 1, (double) n_rows);
  g_autofree guint32 *rows = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    rows[i] = (guint32) i;
  return ut_dataset_subset (session->dataset, rows, n);
}

static gboolean
measure_answers (Session        *session,
                 const Network  *network,
                 GError        **error)
{
  guint n_threads = session->threads->len;
  guint batch_size = (guint) ut_config_get_int (network->config, UT_SETTING_EVAL_BATCH_SIZE);
  g_autoptr (UtDataset) dataset = choose_sentences (session, network);
  g_autoptr (GArray) answerings = g_array_sized_new (FALSE, TRUE, sizeof (Answering), n_threads);
  g_autofree UtBenchmarkLane *lanes = g_new0 (UtBenchmarkLane, n_threads + 1);

  session->benchmark->shape.batch = batch_size;
  g_array_set_clear_func (answerings, answering_clear);
  g_array_set_size (answerings, n_threads);
  for (guint i = 0; i < n_threads; i++)
    {
      Answering *answering = &g_array_index (answerings, Answering, i);

      *answering = (Answering) { session, network->weights, dataset };
      answering->checker = _ut_checker_new (&network->shape, session->vocabulary, NULL, dataset,
                                            batch_size, g_array_index (session->threads, guint, i),
                                            error);
      if (answering->checker == NULL)
        return FALSE;
      lanes[i + 1] = (UtBenchmarkLane) { answer, answering };
    }

  return measure_lanes (session, lanes, n_threads + 1, network, 1, error);
}

/* One sentence */

typedef struct
{
  UtModel *model;       /* (owned) */
  const char *text;     /* (not owned) */
  gsize length;
} Question;

static gboolean
ask (gpointer          data,
     UtBenchmarkWork  *work,
     GError          **error)
{
  const Question *question = data;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (question->model, question->text,
                                                           question->length, UT_READING_SENTENCES,
                                                           NULL, error);

  if (prediction == NULL)
    return FALSE;

  work->units += 1;
  work->amount += (double) prediction->n_words;
  return TRUE;
}

/* Words of the vocabulary, over and over where it has fewer. */
static char *
make_sentence (const UtVocabulary *vocabulary)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_words = ut_vocabulary_get_size (vocabulary);
  guint n = 0;

  for (guint tried = 0; n < SENTENCE_LENGTH; tried++)
    {
      guint n_known = n_words - (UT_VOCABULARY_UNKNOWN + 1);
      const char *word = tried < SENTENCE_LENGTH * n_known
                         ? ut_vocabulary_get_word (vocabulary,
                                                   UT_VOCABULARY_UNKNOWN + 1 + tried % n_known)
                         : "word";

      /* Anything but letters the tokenizer might take apart. */
      if (word[strspn (word, "abcdefghijklmnopqrstuvwxyz")] != '\0')
        continue;
      g_string_append_printf (text, n > 0 ? " %s" : "%s", word);
      n++;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
measure_sentence (Session        *session,
                  const Network  *network,
                  GError        **error)
{
  const UtDataFacts facts = { 0 };
  g_autofree char *text = make_sentence (session->vocabulary);
  UtNnModel *weights;

  if (ut_nn_model_copy (network->weights, &weights) != UT_NN_OK)
    {
      _ut_memory_set_error (sizeof (float) * ut_nn_shape_count_parameters (&network->shape), error);
      return FALSE;
    }

  g_autoptr (UtModel) model = ut_model_new (network->config, session->vocabulary, NULL, weights,
                                            &facts);
  Question question = { model, text, strlen (text) };
  UtBenchmarkLane lanes[] = { { NULL }, { ask, &question } };

  session->benchmark->shape.batch = 1;
  return measure_lanes (session, lanes, G_N_ELEMENTS (lanes), network, 1, error);
}

/* The plan */

static gboolean
network_init (Network        *network,
              const Session  *session,
              GError        **error)
{
  const UtBenchmarkRate *sizes = &session->benchmark->shape;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_cell (builder, sizes->cell);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, sizes->hidden);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, sizes->embedding);
  network->config = ut_config_builder_end (builder, error);
  if (network->config == NULL)
    return FALSE;

  network->shape = _ut_config_get_shape (network->config,
                                         ut_vocabulary_get_size (session->vocabulary));
  if (ut_nn_model_new (&network->shape, &network->weights) != UT_NN_OK)
    {
      _ut_memory_set_error (sizeof (float) * ut_nn_shape_count_parameters (&network->shape), error);
      return FALSE;
    }
  ut_nn_model_initialize (network->weights, SEED);
  _ut_embedding_fill (network->weights, NULL, SEED);
  return TRUE;
}

static void
network_clear (Network *network)
{
  g_clear_pointer (&network->config, ut_config_unref);
  g_clear_pointer (&network->weights, ut_nn_model_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Network, network_clear)

static gboolean
measure_network (Session   *session,
                 Measure    measure,
                 GError   **error)
{
  g_auto (Network) network = { 0 };

  return network_init (&network, session, error) && measure (session, &network, error);
}

static gboolean
measure_networks (Session          *session,
                  UtBenchmarkPart   part,
                  Measure           measure,
                  GError          **error)
{
  const UtBenchmarkPlan *plan = session->plan;
  UtBenchmarkRate *shape = &session->benchmark->shape;

  session->benchmark->underway = part;
  shape->part = part;
  for (guint i = 0; i < plan->cells->len; i++)
    for (guint j = 0; j < plan->hidden->len; j++)
      for (guint k = 0; k < plan->embeddings->len; k++)
        {
          shape->cell = g_array_index (plan->cells, guint, i);
          shape->hidden = g_array_index (plan->hidden, guint, j);
          shape->embedding = g_array_index (plan->embeddings, guint, k);
          if (!measure_network (session, measure, error))
            return FALSE;
        }

  return TRUE;
}

static gboolean
measure_part (Session          *session,
              UtBenchmarkPart   part,
              GError          **error)
{
  static const Measure measures[] = {
    [UT_BENCHMARK_TRAINING] = measure_batch_sizes,
    [UT_BENCHMARK_BATCHES] = measure_answers,
    [UT_BENCHMARK_SENTENCE] = measure_sentence,
  };

  return !has_part (session->plan, part)
         || measure_networks (session, part, measures[part], error);
}

static gsize
count_measurements (const UtBenchmarkPlan *plan)
{
  gsize n_networks = (gsize) plan->cells->len * plan->hidden->len * plan->embeddings->len;

  return (has_part (plan, UT_BENCHMARK_LOADING) ? 2 : 0)
         + (has_part (plan, UT_BENCHMARK_TRAINING) ? n_networks * plan->batches->len : 0)
         + (has_part (plan, UT_BENCHMARK_BATCHES) ? n_networks : 0)
         + (has_part (plan, UT_BENCHMARK_SENTENCE) ? n_networks : 0);
}

static void
session_clear (Session *session)
{
  remove_files (session);
  g_clear_object (&session->folder);
  g_clear_object (&session->data);
  g_clear_object (&session->vectors);
  g_clear_pointer (&session->dataset, ut_dataset_unref);
  g_clear_pointer (&session->vocabulary, ut_vocabulary_unref);
  g_clear_pointer (&session->benchmark, ut_benchmark_free);
  g_clear_pointer (&session->ids, g_free);
  g_clear_pointer (&session->threads, g_array_unref);
  ut_nn_sgemm_free (session->sgemm);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

UtBenchmark *
ut_benchmark_run (const UtBenchmarkPlan  *plan,
                  UtBenchmarkProgress     progress,
                  gpointer                progress_data,
                  GCancellable           *cancellable,
                  GError                **error)
{
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (plan->parts->len > 0 && plan->cells->len > 0 && plan->hidden->len > 0
                        && plan->embeddings->len > 0 && plan->batches->len > 0
                        && plan->threads->len > 0, NULL);
  g_return_val_if_fail (plan->n_sentences > 0 && plan->n_vectors > 0 && plan->sgemm_size > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_auto (Session) session = {
    .plan = plan,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
    .benchmark = describe_machine (),
    .n_planned = count_measurements (plan),
  };

  session.threads = resolve_threads (plan, session.benchmark->cores);
  tell (&session);
  if (!load (&session, error) || !prepare_sgemm (&session, error)
      || !measure_part (&session, UT_BENCHMARK_TRAINING, error)
      || !measure_part (&session, UT_BENCHMARK_BATCHES, error)
      || !measure_part (&session, UT_BENCHMARK_SENTENCE, error))
    {
      if (error != NULL && *error == NULL)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }

  return g_steal_pointer (&session.benchmark);
}
