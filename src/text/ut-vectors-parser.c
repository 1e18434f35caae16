/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-vectors-private.h"

#include "ut-number-private.h"
#include "ut-vocabulary-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>

/* The hash is as long in coming as half of the numbers, so more threads would wait for it. */
#define MAX_THREADS 4

/* So that they stand behind the window's thread where all want the processors. */
#define NICENESS 5

/* Rows of a piece of the file, by the thread that read it. */
typedef struct
{
  UtLines *lines;  /* (owned) */
  GArray *words;   /* (owned) (element-type Word) */
  GArray *values;  /* (owned) (element-type float): (words, dimension) */
  GError *error;   /* (owned) (nullable): of the first bad line, which ends the piece */
  gboolean done;   /* as the coordinating thread knows it */
} Piece;

/* The word of a row. */
typedef struct
{
  const char *text; /* the lines' */
  gsize length;
  guint32 id;       /* in the vocabulary, or UT_VOCABULARY_UNKNOWN */
} Word;

typedef struct
{
  const UtVocabulary *vocabulary;
  guint dimension;
  GAsyncQueue *waiting;          /* (owned) (element-type Piece): to the threads */
  GAsyncQueue *done;             /* (owned) (element-type Piece): and back, in any order */
  GThread *threads[MAX_THREADS]; /* (owned) */
  guint n_threads;
  UtVectors *vectors;            /* of the pieces so far, in the order of the file */
  UtVectorsCacheWriter *writer;  /* (nullable): receives every row */
} Parser;

/* What the start of the file says of its form. */
typedef struct
{
  const char *line; /* the first row; valid until the next line is read */
  gsize length;
  guint dimension;
} FirstRow;

static gboolean
is_field_end (char c)
{
  return c == ' ' || c == '\0';
}

static gboolean
is_number (const char *field)
{
  double value;

  return _ut_number_parse (&field, &value) && is_field_end (*field);
}

/* A number, or what only a number that went wrong is written as. */
static gboolean
looks_like_number (const char *field)
{
  static const char * const not_finite[] = { "nan", "inf", "infinity" };

  if (is_number (field))
    return TRUE;

  if (*field == '+' || *field == '-')
    field++;
  for (gsize i = 0; i < G_N_ELEMENTS (not_finite); i++)
    {
      gsize n = strlen (not_finite[i]);

      if (g_ascii_strncasecmp (field, not_finite[i], n) == 0 && is_field_end (field[n]))
        return TRUE;
    }

  return FALSE;
}

static gsize
count_fields (const char *line,
              gsize       length)
{
  gsize n = 1;

  for (gsize i = 0; i < length; i++)
    n += line[i] == ' ';

  return n;
}

/* The field behind @field, or NULL. */
static const char *
next_field (const char *field)
{
  const char *space = strchr (field, ' ');

  return space != NULL ? space + 1 : NULL;
}

/* word2vec's tool writes a space at the end of each line. */
static gsize
trim (const char *line,
      gsize       length)
{
  while (length > 0 && line[length - 1] == ' ')
    length--;

  return length;
}

static void
set_number_error (UtLines     *lines,
                  const char  *field,
                  GError     **error)
{
  g_autofree char *excerpt = _ut_lines_excerpt (field, strcspn (field, " "));

  _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                       _("“%s” is not a number; a finite decimal number was expected"), excerpt);
}

/* "COUNT DIM", which word2vec and fastText write. COUNT is not relied upon: the head of a file is a
 * file. */
static gboolean
parse_counts (const char *line,
              gsize      *dimension)
{
  gsize first = strspn (line, "0123456789");

  if (first == 0 || line[first] != ' ')
    return FALSE;

  const char *second = line + first + 1;
  gsize n = strspn (second, "0123456789");

  if (n == 0 || second[n + strspn (second + n, " ")] != '\0')
    return FALSE;

  *dimension = MIN (g_ascii_strtoull (second, NULL, 10), G_MAXSIZE);

  return TRUE;
}

/* How many numbers end the first row of a file that does not say. Words may hold spaces, but a
 * number or a NaN among them is more likely an accident in the row. */
static guint
guess_dimension (UtLines     *lines,
                 const char  *line,
                 GError     **error)
{
  guint n = 0;

  for (const char *field = next_field (line); field != NULL; field = next_field (field))
    {
      if (looks_like_number (field))
        {
          n++;
        }
      else if (field[strspn (field, " ")] == '\0')
        {
          break;
        }
      else if (n > 0)
        {
          set_number_error (lines, field, error);
          return 0;
        }
    }

  if (n == 0)
    _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                         _("No number follows the word; a word and its numbers, "
                           "divided by spaces, were expected"));

  return n;
}

static gboolean
read_first_row (UtLines   *lines,
                guint      wanted,
                FirstRow  *first,
                GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  const char *line = _ut_lines_next (lines, &length, &local_error);
  gsize dimension = 0;

  if (line == NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        _ut_lines_set_error (lines, error, UT_TEXT_ERROR_EMPTY,
                             _("The file is empty; lines with a word and its numbers "
                               "were expected"));
      return FALSE;
    }

  gboolean has_counts = parse_counts (line, &dimension);

  if (!has_counts)
    {
      dimension = guess_dimension (lines, line, error);
      if (dimension == 0)
        return FALSE;
    }
  if (dimension == 0 || dimension > UT_VECTORS_MAX_DIMENSION)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_DIMENSION,
                           _("The dimension of the vectors is %zu; 1 to %d was expected"),
                           dimension, UT_VECTORS_MAX_DIMENSION);
      return FALSE;
    }
  if (wanted != 0 && dimension != wanted)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_DIMENSION,
                           _("The dimension of the vectors is %zu; %u was expected"),
                           dimension, wanted);
      return FALSE;
    }

  if (has_counts)
    {
      line = _ut_lines_next (lines, &length, &local_error);
      if (line == NULL)
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          else
            _ut_lines_set_error (lines, error, UT_TEXT_ERROR_EMPTY,
                                 _("Nothing follows the first line; lines with a word and "
                                   "its numbers were expected"));
          return FALSE;
        }
    }

  *first = (FirstRow) { .line = line, .length = length, .dimension = (guint) dimension };

  return TRUE;
}

/* Splits a row into its word and numbers. */
static gboolean
parse_row (UtLines     *lines,
           const char  *line,
           gsize        length,
           guint        dimension,
           gsize       *word_length,
           float       *values,
           GError     **error)
{
  gsize trimmed = trim (line, length);
  gsize n_fields = count_fields (line, trimmed);

  if (n_fields <= dimension)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line has too few fields, %zu; a word and its numbers, "
                             "%u of them, divided by spaces, were expected"),
                           trimmed == 0 ? 0 : n_fields, dimension);
      return FALSE;
    }

  const char *last = line;
  const char *field = line;

  for (gsize i = 0; i < n_fields - dimension; i++)
    {
      last = field;
      field = next_field (field);
    }

  if (last > line && looks_like_number (last))
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_DIMENSION,
                           _("The line has too many numbers; a word and its numbers, %u of them, "
                             "were expected"), dimension);
      return FALSE;
    }

  *word_length = trim (line, (gsize) (field - line));
  if (*word_length == 0)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line has no word before its numbers"));
      return FALSE;
    }

  for (guint i = 0; i < dimension; i++)
    {
      const char *p = field;
      double value;

      if (!_ut_number_parse (&p, &value) || !is_field_end (*p) || !isfinite ((float) value))
        {
          set_number_error (lines, field, error);
          return FALSE;
        }
      values[i] = (float) value;
      field = p + 1;
    }

  return TRUE;
}

static gboolean
parse_word (const Parser *self,
            UtLines      *lines,
            const char   *line,
            gsize         length,
            Word         *word,
            float        *values,
            GError      **error)
{
  word->text = line;
  if (!parse_row (lines, line, length, self->dimension, &word->length, values, error))
    return FALSE;

  word->id = _ut_vocabulary_lookup (self->vocabulary, line, word->length);

  return TRUE;
}

/* Threads that read pieces */

/* Tells a thread that there is no piece for it any more. */
#define END(parser) ((gpointer) (parser))

static Piece *
piece_new (UtLines *lines)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->lines = lines;
  piece->words = g_array_new (FALSE, FALSE, sizeof (Word));
  piece->values = g_array_new (FALSE, FALSE, sizeof (float));

  return piece;
}

static void
piece_free (Piece *piece)
{
  _ut_lines_free (piece->lines);
  g_array_unref (piece->words);
  g_array_unref (piece->values);
  g_clear_error (&piece->error);
  g_free (piece);
}

static void
piece_read (Piece        *piece,
            const Parser *parser)
{
  const char *line;
  gsize length;

  while ((line = _ut_lines_next (piece->lines, &length, &piece->error)) != NULL)
    {
      Word word;
      guint at = piece->values->len;

      g_array_set_size (piece->values, at + parser->dimension);
      if (!parse_word (parser, piece->lines, line, length, &word,
                       &g_array_index (piece->values, float, at), &piece->error))
        break;
      g_array_append_val (piece->words, word);
    }
}

static gpointer
run (gpointer data)
{
  Parser *self = data;
  Piece *piece;

  /* Linux gives each thread a niceness of its own. That it fails is no reason not to work. */
  (void) setpriority (PRIO_PROCESS, 0, NICENESS);

  while ((piece = g_async_queue_pop (self->waiting)) != END (self))
    {
      piece_read (piece, self);
      g_async_queue_push (self->done, piece);
    }

  return NULL;
}

static void
parser_start (Parser *self)
{
  self->waiting = g_async_queue_new ();
  self->done = g_async_queue_new ();
  self->n_threads = MIN (g_get_num_processors (), MAX_THREADS);
  for (guint i = 0; i < self->n_threads; i++)
    self->threads[i] = g_thread_new ("ut-vectors", run, self);
}

static void
parser_stop (Parser *self)
{
  for (guint i = 0; i < self->n_threads; i++)
    g_async_queue_push (self->waiting, END (self));
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);
  g_async_queue_unref (self->waiting);
  g_async_queue_unref (self->done);
}

/* The coordinating thread */

static void
add_row (Parser      *self,
         const Word  *word,
         const float *values)
{
  if (word->id != UT_VOCABULARY_UNKNOWN)
    _ut_vectors_add (self->vectors, word->id, values);
  if (self->writer != NULL)
    _ut_vectors_cache_writer_add (self->writer, word->text, word->length, values, self->dimension);
}

static gboolean
merge (Parser  *self,
       Piece   *piece,
       GError **error)
{
  for (guint i = 0; i < piece->words->len; i++)
    add_row (self, &g_array_index (piece->words, Word, i),
             &g_array_index (piece->values, float, i * self->dimension));

  if (piece->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&piece->error));
      return FALSE;
    }

  return TRUE;
}

/* Hands out pieces, a few more than there are threads, and merges them in the order of the file: so
 * the first of a word counts, and the first bad line is the one that is told. */
static gboolean
parse_pieces (Parser   *self,
              UtLines  *lines,
              GError  **error)
{
  g_autoptr (GError) read_error = NULL;
  GQueue pieces = G_QUEUE_INIT;
  gboolean reading = TRUE;
  gboolean good = TRUE;

  while (reading || !g_queue_is_empty (&pieces))
    {
      if (reading && pieces.length < 2 * self->n_threads)
        {
          UtLines *taken = _ut_lines_take (lines, &read_error);

          reading = taken != NULL;
          if (reading)
            {
              Piece *piece = piece_new (taken);

              g_queue_push_tail (&pieces, piece);
              g_async_queue_push (self->waiting, piece);
            }
          continue;
        }

      Piece *next = g_queue_pop_head (&pieces);

      while (!next->done)
        ((Piece *) g_async_queue_pop (self->done))->done = TRUE;
      good = good && merge (self, next, error);
      reading = reading && good;
      piece_free (next);
    }

  if (good && read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      good = FALSE;
    }

  return good;
}

static gboolean
parse (Parser          *self,
       UtLines         *lines,
       const FirstRow  *first,
       GError         **error)
{
  g_autofree float *values = g_new (float, self->dimension);
  Word word;

  /* The first row was read with the form of the file. */
  if (!parse_word (self, lines, first->line, first->length, &word, values, error))
    return FALSE;
  add_row (self, &word, values);

  parser_start (self);

  gboolean good = parse_pieces (self, lines, error);

  parser_stop (self);

  return good;
}

UtVectors *
_ut_vectors_parse (UtLines            *lines,
                   const UtVocabulary *vocabulary,
                   guint               dimension,
                   UtVectorsCacheWriter *writer,
                   GError            **error)
{
  FirstRow first;

  if (!_ut_lines_unpack (lines, error) || !_ut_vectors_check_form (lines, error))
    return NULL;

  _ut_lines_start_hash (lines);
  if (!read_first_row (lines, dimension, &first, error))
    return NULL;

  g_autoptr (UtVectors) vectors = _ut_vectors_new (vocabulary, first.dimension);
  Parser parser = {
    .vocabulary = vocabulary,
    .dimension = first.dimension,
    .vectors = vectors,
    .writer = writer,
  };

  if (!parse (&parser, lines, &first, error))
    return NULL;

  g_autofree char *hash = _ut_lines_finish_hash (lines);

  _ut_vectors_finish (vectors, hash);

  return g_steal_pointer (&vectors);
}

guint
_ut_vectors_parse_dimension (UtLines  *lines,
                             GError  **error)
{
  FirstRow first;

  return _ut_lines_unpack (lines, error) && _ut_vectors_check_form (lines, error)
         && read_first_row (lines, 0, &first, error) ? first.dimension : 0;
}
