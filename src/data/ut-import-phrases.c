/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Phrases are found by their anchors. The anchor of a row is, of all its stretches of so many
 * words, the one that is rarest in all rows, or seems to be: stretches are counted in a sample of
 * the rows, by their hashes, in a table that stays in the cache and lets some share a counter. A
 * bad choice costs time, but makes no answer wrong: whatever row holds the phrase has its anchor,
 * too. So each stretch of each row is looked up among the anchors, and where it is one, the rows
 * are compared.
 *
 * Looking up is a matter of memory. One stretch in eight, by its hash, is favoured: where a row has
 * such ones, its anchor is among them. All others need only be looked up among the anchors of rows
 * without, which are few, so their filter is small.
 */

#include "config.h"

#include "ut-import-phrases-private.h"

#include "ut-import-chunks-private.h"
#include "ut-import-grams-private.h"

#define NONE G_MAXUINT32

/* Half a megabyte of counters, for so many words. */
#define COUNTER_BITS 18
#define N_COUNTED (4 * 1024 * 1024)

/* One stretch in so many is favoured. */
#define FAVOURED_SHARE 8

/* Between two looks at the cancellable, in words. */
#define POLL_INTERVAL (256 * 1024)

/* A list of anchors is always gone through so far; beyond that, rows that are looked up together
 * have so many comparisons. */
#define SHORT_LIST 32
#define MAX_COMPARISONS 500000

/* Of a row. */
typedef struct
{
  guint32 hash;   /* the upper half */
  guint32 start;  /* in the row */
  guint32 length; /* of the row */
  guint32 next;   /* row with an anchor in the same list */
} Anchor;

/* A bit for each anchor's hash. */
typedef struct
{
  guint64 *items; /* (owned) */
  guint bits;
} Filter;

/* A row that holds another one; or, where nobody knows, a stretch that is in a long list. */
typedef struct
{
  guint32 row;
  guint32 phrase; /* NONE: all of the list */
  guint32 hash;   /* of the stretch */
} Hit;

typedef struct
{
  const UtImportSearch *search;
  UtImportGrams grams;         /* how stretches are hashed, without a row */
  guint64 n_words;     /* of the rows that are looked at */
  guint16 *counters;   /* (owned) */
  Anchor *anchors;     /* (owned): (n_rows) */
  guint32 *lists;      /* (owned): first row of each */
  guint list_bits;
  Filter filters[2];   /* of anchors that are not favoured, and of those that are */
  guint8 *united;      /* (owned) (nullable): a bit for each list whose rows were all told of */
} Finder;

static inline const UtImportRow *
get_row (const UtImportSearch *search,
         guint32               i)
{
  return _ut_import_get_row (search->import, search->rows[i]);
}

static inline gboolean
has_anchor (const UtImportSearch *search,
            guint32               i)
{
  return search->first[i] == i && get_row (search, i)->n_words >= search->min_words;
}

/* Anchors */

static gboolean
count_grams (Finder  *self,
             GError **error)
{
  const UtImportSearch *search = self->search;
  guint32 step = (guint32) (self->n_words / N_COUNTED) + 1;
  guint64 n_words = 0;
  UtImportGrams grams = self->grams;

  self->counters = g_new0 (guint16, 1u << COUNTER_BITS);
  for (guint64 i = 0; i < search->n_rows; i += step)
    {
      guint64 hash;

      if (search->first[i] != i)
        continue;
      _ut_import_grams_begin (&grams, get_row (search, (guint32) i));
      while (_ut_import_grams_next (&grams, &hash))
        {
          guint16 *counter = &self->counters[_ut_import_get_slot (hash, COUNTER_BITS)];

          *counter += *counter < G_MAXUINT16;
        }
      n_words += grams.n;
      if (n_words > POLL_INTERVAL)
        {
          n_words = 0;
          if (g_cancellable_set_error_if_cancelled (search->cancellable, error))
            return FALSE;
        }
    }

  return TRUE;
}

static inline gboolean
is_favoured (guint32 hash)
{
  return hash % FAVOURED_SHARE == 0;
}

static void
choose_anchors (UtImportChunk *chunk,
                gpointer       data)
{
  const Finder *self = data;
  const UtImportSearch *search = self->search;
  UtImportGrams grams = self->grams;

  for (guint32 i = chunk->begin; i < chunk->end && !_ut_import_chunk_is_stopped (chunk); i++)
    {
      guint best = G_MAXUINT;
      guint64 hash;

      if (!has_anchor (search, i))
        continue;
      _ut_import_grams_begin (&grams, get_row (search, i));
      while (_ut_import_grams_next (&grams, &hash))
        {
          guint32 upper = (guint32) (hash >> 32);
          guint count = self->counters[_ut_import_get_slot (hash, COUNTER_BITS)];

          if (!is_favoured (upper))
            count += G_MAXUINT16 + 1;

          if (count < best)
            {
              best = count;
              self->anchors[i].hash = upper;
              self->anchors[i].start = _ut_import_grams_get_start (&grams);
              self->anchors[i].length = get_row (search, i)->length;
            }
        }
    }
}

static inline gsize
get_list (const Finder *self,
          guint32       hash)
{
  return hash >> (32 - self->list_bits);
}

static inline gboolean
filter_has (const Filter *self,
            guint32       hash)
{
  gsize bit = hash >> (32 - self->bits);

  return (self->items[bit / 64] >> bit % 64 & 1) != 0;
}

static gboolean
list_anchors (Finder  *self,
              GError **error)
{
  const UtImportSearch *search = self->search;
  guint64 n[2] = { 0 };

  for (guint32 i = 0; i < search->n_rows; i++)
    {
      if (has_anchor (search, i))
        n[is_favoured (self->anchors[i].hash)]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    {
      self->filters[i].bits = _ut_import_count_bits (n[i] * 16, 6, 32);
      self->filters[i].items = g_new0 (guint64, ((gsize) 1 << self->filters[i].bits) / 64);
    }
  self->list_bits = _ut_import_count_bits (n[0] + n[1], 1, 31);
  self->lists = g_new (guint32, (gsize) 1 << self->list_bits);
  memset (self->lists, 0xff, sizeof (guint32) << self->list_bits);

  for (guint32 i = 0; i < search->n_rows; i++)
    {
      Anchor *anchor = &self->anchors[i];

      if (i % POLL_INTERVAL == 0
          && g_cancellable_set_error_if_cancelled (search->cancellable, error))
        return FALSE;
      if (!has_anchor (search, i))
        continue;

      Filter *filter = &self->filters[is_favoured (anchor->hash)];
      gsize bit = anchor->hash >> (32 - filter->bits);
      guint32 *list = &self->lists[get_list (self, anchor->hash)];

      anchor->next = *list;
      *list = i;
      filter->items[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
    }

  return TRUE;
}

/* Looking up */

/* Whether @row holds @phrase, word for word, with the anchor at @start. */
static inline gboolean
holds (const Finder      *self,
       const UtImportRow *row,
       guint32            start,
       guint32            phrase)
{
  const Anchor *anchor = &self->anchors[phrase];

  if (start < anchor->start)
    return FALSE;

  gsize from = start - anchor->start;
  gsize to = from + anchor->length;

  return to <= row->length
         && (from == 0 || row->text[from - 1] == ' ')
         && (to == row->length || row->text[to] == ' ')
         && memcmp (row->text + from, get_row (self->search, phrase)->text, anchor->length) == 0;
}

/* Adds what the row @i holds with the stretch that was found last. */
static void
compare (const Finder        *self,
         const UtImportGrams *grams,
         guint32              i,
         guint32              hash,
         gint64              *credit,
         GArray              *hits)
{
  const UtImportRow *row = get_row (self->search, i);
  guint32 start = _ut_import_grams_get_start (grams);
  guint n = 0;

  for (guint32 j = self->lists[get_list (self, hash)]; j != NONE; j = self->anchors[j].next)
    {
      if (++n > SHORT_LIST && --*credit < 0)
        {
          Hit hit = { .row = i, .phrase = NONE, .hash = hash };

          if (self->search->may_guess)
            g_array_append_val (hits, hit);
          return;
        }
      if (self->anchors[j].hash == hash && j != i && holds (self, row, start, j))
        {
          Hit hit = { .row = i, .phrase = j, .hash = hash };

          g_array_append_val (hits, hit);
        }
    }
}

static void
look_up (UtImportChunk *chunk,
         gpointer       data)
{
  const Finder *self = data;
  const UtImportSearch *search = self->search;
  UtImportGrams grams = self->grams;
  gint64 credit = MAX_COMPARISONS;

  chunk->found = g_array_new (FALSE, FALSE, sizeof (Hit));
  for (guint32 i = chunk->begin; i < chunk->end && !_ut_import_chunk_is_stopped (chunk); i++)
    {
      guint64 hash;

      if (search->first[i] != i)
        continue;
      _ut_import_grams_begin (&grams, get_row (search, i));
      while (_ut_import_grams_next (&grams, &hash))
        {
          guint32 upper = (guint32) (hash >> 32);

          if (filter_has (&self->filters[is_favoured (upper)], upper))
            compare (self, &grams, i, upper, &credit, chunk->found);
        }
    }
}

/* Tells of all rows of a list as if one held the other. */
static void
unite_list (Finder *self,
            gsize   list)
{
  guint32 head = self->lists[list];

  for (guint32 i = self->anchors[head].next; i != NONE; i = self->anchors[i].next)
    self->search->found (i, head, self->search->data);
  if (self->united == NULL)
    self->united = g_malloc0 (((gsize) 1 << self->list_bits) / 8 + 1);
  self->united[list / 8] |= (guint8) (1 << list % 8);
}

static gboolean
take_hits (const UtImportChunk *chunk,
           gpointer             data)
{
  Finder *self = data;
  const UtImportSearch *search = self->search;

  for (guint i = 0; i < chunk->found->len; i++)
    {
      const Hit *hit = &g_array_index (chunk->found, Hit, i);
      gsize list = get_list (self, hit->hash);

      if (i % 65536 == 0 && g_cancellable_is_cancelled (search->cancellable))
        return FALSE;
      if (hit->phrase != NONE)
        {
          search->found (hit->phrase, hit->row, search->data);
          continue;
        }
      if (self->united == NULL || (self->united[list / 8] >> list % 8 & 1) == 0)
        unite_list (self, list);
      search->found (self->lists[list], hit->row, search->data);
    }

  return TRUE;
}

gboolean
_ut_import_find_phrases (const UtImportSearch  *search,
                         GError               **error)
{
  Finder self = { .search = search };
  UtImportChunks chunks = {
    .n_rows = search->n_rows,
    .run = choose_anchors,
    .data = &self,
    .n_threads = search->n_threads,
    .progress = search->progress,
    .progress_data = search->progress_data,
    .share = 0.5,
    .cancellable = search->cancellable,
  };

  g_assert (search->min_words > 0 && search->min_words <= UT_IMPORT_MAX_GRAM);

  for (guint32 i = 0; i < search->n_rows; i++)
    self.n_words += search->first[i] == i ? get_row (search, i)->n_words : 0;
  _ut_import_grams_init (&self.grams, search->min_words);

  gboolean done = count_grams (&self, error);

  if (done)
    {
      self.anchors = g_new (Anchor, MAX (search->n_rows, 1));
      done = _ut_import_chunks_run (&chunks, error);
    }
  g_clear_pointer (&self.counters, g_free);
  done = done && list_anchors (&self, error);
  if (done)
    {
      chunks.run = look_up;
      chunks.take = take_hits;
      chunks.start = 0.5;
      done = _ut_import_chunks_run (&chunks, error);
    }
  g_free (self.lists);
  g_free (self.filters[0].items);
  g_free (self.filters[1].items);
  g_free (self.anchors);
  g_free (self.united);

  return done;
}
