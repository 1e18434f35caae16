/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How soon three models have answered to what is typed, and how long the main loop is busy meanwhile: the
 * page Predict in a window of 1280 x 800, an RNN, an LSTM and a GRU of the default size with random
 * weights, texts of 50 and of 2,000 words in sentences of 20 and paragraphs of 100, to whose end words
 * are typed. An answer
 * is counted from the end of the pause that a change waits for until the frame is painted that shows the
 * answers of all three. Where the machine is shared the clock also counts what others do; so the
 * processor time is printed, too, of this thread and of the whole process.
 */
#include "config.h"

#include "predict-fixture.h"
#include "ut-predict-page.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define PAUSE_MS 50
#define N_KEYS 60
#define VOCABULARY 2000
#define SENTENCE 20
#define PARAGRAPH 100
#define LOOP_BUDGET_MS 16

static struct
{
  GArray *dispatches; /* milliseconds of this thread's own computing between two waits */
  double awake;       /* what it had computed when the last wait ended */
} loop;

static double
get_cpu_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static int
measuring_poll (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  double busy = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID) - loop.awake;
  int result;

  g_array_append_val (loop.dispatches, busy);
  result = g_poll (fds, n_fds, timeout);
  loop.awake = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID);

  return result;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* Sorts @values. */
static double
get_percentile (GArray *values,
                double  share)
{
  g_array_sort (values, compare_doubles);

  return g_array_index (values, double, (guint) (share * (values->len - 1) + 0.5));
}

static UtModel *
make_model (UtCellKind cell)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  const UtDataFacts facts = { 0 };
  UtNnModel *weights;

  g_ptr_array_add (words, g_strdup ("[pad]"));
  g_ptr_array_add (words, g_strdup ("[unk]"));
  while (words->len < VOCABULARY)
    g_ptr_array_add (words, g_strdup_printf ("w%u", words->len));
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new ((const char **) words->pdata, words->len,
                                                           NULL);
  ut_config_builder_set_cell (builder, cell);
  g_autoptr (UtConfig) config = ut_config_builder_end (builder, NULL);
  UtNnShape shape = UT_NN_SHAPE_INIT ((UtNnCell) cell, VOCABULARY, 50, 64);

  if (ut_nn_model_new (&shape, &weights) != UT_NN_OK)
    exit (1);
  ut_nn_model_initialize (weights, 1 + (guint) cell);
  /* Vectors as far from each other as those of a model that has learned: the words are tinted. */
  const UtNnTensor *embedding = ut_nn_model_find_tensor (weights, "embedding.weight");
  float *vectors = ut_nn_model_get_data (weights, embedding);
  for (size_t i = 0; i < embedding->size; i++)
    vectors[i] *= 8;

  return ut_model_new (config, vocabulary, NULL, weights, &facts);
}

static char *
make_text (guint n_words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      gboolean ends = i % SENTENCE == SENTENCE - 1 && i < n_words - 1;

      g_string_append_printf (text, "W%u%s%s", 2 + i * 37 % (VOCABULARY - 2), ends ? "." : "",
                              i == n_words - 1 ? "" : i % PARAGRAPH == PARAGRAPH - 1 ? "\n\n" : " ");
    }

  return g_string_free (text, FALSE);
}

/* Whether all three have answered to @text. */
static gboolean
all_answered (UtLanes    *lanes,
              const char *text)
{
  for (guint i = 0; i < ut_lanes_get_n (lanes); i++)
    {
      if (ut_lanes_get_prediction (lanes, i) == NULL)
        return FALSE;
    }

  return ut_lanes_get_n (lanes) == 3 && g_str_equal (ut_lanes_get_text (lanes), text);
}

static void
painted_cb (GdkFrameClock *clock,
            gpointer       data)
{
  *(gint64 *) data = g_get_monotonic_time ();
}

static void
measure (GtkWidget *page,
         guint      n_words,
         double     budget)
{
  UtLanes *lanes = ut_predict_page_get_lanes (UT_PREDICT_PAGE (page));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (
      gtk_widget_get_template_child (page, UT_TYPE_PREDICT_PAGE, "view")));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (page);
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *first = make_text (n_words);
  gint64 painted = 0;

  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gtk_text_buffer_set_text (buffer, first, -1);
  ITER_UNTIL (all_answered (lanes, first));

  for (guint key = 0; key < N_KEYS + 5; key++)
    {
      /* The last letter of a word that the models know, so that all of them change their answers. */
      g_autofree char *word = g_strdup_printf (" w%u", 2 + key * 71 % (VOCABULARY - 2));
      g_autofree char *text = NULL;
      GtkTextIter start, end;
      gint64 begun = g_get_monotonic_time ();

      /* What the page does about the key itself belongs to the pause. */
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_insert_at_cursor (buffer, word, -1);
      gtk_text_buffer_end_user_action (buffer);
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
      ITER_UNTIL (g_get_monotonic_time () >= begun + (PAUSE_MS - 5) * 1000);

      double own_before = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID);
      double all_before = get_cpu_ms (CLOCK_PROCESS_CPUTIME_ID);
      ITER_UNTIL (all_answered (lanes, text));
      gint64 answered = g_get_monotonic_time ();
      ITER_UNTIL (painted > answered);

      double took = (double) (painted - begun) / 1000 - PAUSE_MS;
      double own_took = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID) - own_before;
      double all_took = get_cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - all_before;

      /* The first ones show what was never shown before. */
      if (key >= 5)
        {
          g_array_append_val (latencies, took);
          g_array_append_val (own, own_took);
          g_array_append_val (all, all_took);
        }
      else
        g_array_set_size (loop.dispatches, 0);
      /* Until the text is painted: long ones are tinted in slices. */
      ITER_UNTIL (g_get_monotonic_time () >= answered + 50 * 1000);
    }
  g_signal_handlers_disconnect_by_data (clock, &painted);

  g_print ("%u words: answers of three models %.1f ms after the pause (median; 95th percentile %.1f) of "
           "%.0f ms (%.2f)\n", n_words, get_percentile (latencies, 0.5),
           get_percentile (latencies, 0.95), budget, get_percentile (latencies, 0.5) / budget);
  g_print ("%u words: processor time for that %.1f ms on the main thread, %.1f ms in all (medians)\n",
           n_words, get_percentile (own, 0.5), get_percentile (all, 0.5));
  g_print ("%u words: 99.9th percentile of a dispatch of the thread's own computing: %.1f ms of %d ms "
           "(%.2f)\n", n_words, get_percentile (loop.dispatches, 0.999), LOOP_BUDGET_MS,
           get_percentile (loop.dispatches, 0.999) / LOOP_BUDGET_MS);
}

int
main (int    argc,
      char **argv)
{
  const UtCellKind cells[] = { UT_CELL_RNN, UT_CELL_LSTM, UT_CELL_GRU };
  g_autoptr (UtRunStore) store = NULL;
  g_autoptr (UtSession) session = NULL;
  g_autoptr (GSettings) settings = NULL;
  GtkWidget *window, *page;

  if (!fixture_has_display ())
    return 77;

  store = fixture_store_new (g_get_tmp_dir ());
  settings = g_settings_new (APPLICATION_ID);
  session = ut_session_new (store, settings);
  page = ut_predict_page_new (session);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *name = g_strdup_printf ("Run %u", i + 1);
      UtModel *model = make_model (cells[i]);

      ut_session_set_current (session, ut_run_store_add_model (store, model, name));
      ut_model_unref (model);
    }
  ITER_UNTIL (gtk_widget_get_mapped (page));

  loop.dispatches = g_array_new (FALSE, FALSE, sizeof (double));
  loop.awake = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID);
  g_main_context_set_poll_func (NULL, measuring_poll);
  measure (page, 50, 30);
  measure (page, 2000, 150);
  g_main_context_set_poll_func (NULL, NULL);

  gtk_window_destroy (GTK_WINDOW (window));
  g_array_unref (loop.dispatches);

  return 0;
}
