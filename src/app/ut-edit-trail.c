/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-edit-trail.h"

#include <glib/gi18n.h>
#include <string.h>

/* A word of stage 0, and the words that stand there now. */
typedef struct
{
  gsize word;
  GStrv now;   /* (owned) */
  char *text;  /* (owned): them, between spaces */
} Cell;

/* By rising word: those alone that are not as they were. */
typedef struct
{
  GArray *cells; /* (owned) (element-type Cell) */
  GArray *edits; /* (owned) (element-type UtEdit): the same, for the laboratory */
} Stage;

struct UtEditTrail
{
  GStrv words;       /* (owned): of stage 0 */
  gsize n_words;
  GPtrArray *stages; /* (owned) (element-type Stage) */
  guint stage;
};

static void
cell_clear (gpointer data)
{
  Cell *cell = data;

  g_strfreev (cell->now);
  g_free (cell->text);
}

static void
stage_free (gpointer data)
{
  Stage *stage = data;

  g_array_unref (stage->cells);
  g_array_unref (stage->edits);
  g_free (stage);
}

/* (transfer full): a stage as @from, or without edits. */
static Stage *
stage_new (const Stage *from)
{
  Stage *stage = g_new (Stage, 1);

  stage->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  stage->edits = g_array_new (FALSE, FALSE, sizeof (UtEdit));
  g_array_set_clear_func (stage->cells, cell_clear);
  for (guint i = 0; from != NULL && i < from->cells->len; i++)
    {
      const Cell *old = &g_array_index (from->cells, Cell, i);
      Cell cell = { old->word, g_strdupv (old->now), g_strdup (old->text) };

      g_array_append_val (stage->cells, cell);
    }

  return stage;
}

static const Stage *
get_stage (const UtEditTrail *self)
{
  return g_ptr_array_index (self->stages, self->stage);
}

/* Which edit makes of a word what stands there now. */
static UtEdit
cell_to_edit (const UtEditTrail *self,
              const Cell        *cell)
{
  UtEdit edit = { .word = cell->word, .kind = UT_EDIT_REPLACE, .text = cell->text };
  guint n = g_strv_length (cell->now);

  if (n == 0)
    edit.kind = UT_EDIT_STRIKE_OUT;
  else if (n == 2 && g_str_equal (cell->now[0], "not")
           && g_str_equal (cell->now[1], self->words[cell->word]))
    edit.kind = UT_EDIT_NEGATE;
  if (edit.kind != UT_EDIT_REPLACE)
    edit.text = NULL;

  return edit;
}

static void
stage_fill_edits (const UtEditTrail *self,
                  Stage             *stage)
{
  for (guint i = 0; i < stage->cells->len; i++)
    {
      UtEdit edit = cell_to_edit (self, &g_array_index (stage->cells, Cell, i));

      g_array_append_val (stage->edits, edit);
    }
}

UtEditTrail *
ut_edit_trail_new (const UtPrediction *prediction,
                   gsize               sentence)
{
  g_return_val_if_fail (prediction != NULL && sentence < prediction->n_sentences, NULL);

  const UtSentenceAnswer *answer = &prediction->sentences[sentence];
  UtEditTrail *self = g_new0 (UtEditTrail, 1);

  self->n_words = answer->n_words;
  self->words = g_new0 (char *, self->n_words + 1);
  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] = g_strdup (prediction->words[answer->first_word + i].word);
  self->stages = g_ptr_array_new_with_free_func (stage_free);
  g_ptr_array_add (self->stages, stage_new (NULL));

  return self;
}

void
ut_edit_trail_free (UtEditTrail *self)
{
  g_strfreev (self->words);
  g_ptr_array_unref (self->stages);
  g_free (self);
}

/* Editing */

/* Adds what @kind makes of @old to @now. */
static void
add_edited (GStrvBuilder *now,
            const char   *old,
            UtEditKind    kind,
            const char   *text)
{
  if (kind == UT_EDIT_NEGATE)
    {
      g_strv_builder_add (now, "not");
      g_strv_builder_add (now, old);
    }
  else if (kind == UT_EDIT_REPLACE && text != NULL)
    {
      g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, strlen (text));

      for (gsize i = 0; i < tokens->n_items; i++)
        g_strv_builder_add (now, tokens->items[i].word);
    }
}

/* Finds word @at of the present stage: at which word of stage 0 it stands, the cell of that one or
 * where it would be among the cells, and which word of the cell it is. */
static gboolean
find_word (const UtEditTrail *self,
           gsize              at,
           gsize             *word,
           guint             *place,
           guint             *part)
{
  const GArray *cells = get_stage (self)->cells;
  guint next = 0;

  for (gsize i = 0; i < self->n_words; i++)
    {
      gboolean edited = next < cells->len && g_array_index (cells, Cell, next).word == i;
      guint n = edited ? g_strv_length (g_array_index (cells, Cell, next).now) : 1;

      if (at < n)
        {
          *word = i;
          *place = next;
          *part = (guint) at;
          return edited;
        }
      at -= n;
      next += edited;
    }

  g_assert_not_reached ();
}

void
ut_edit_trail_add (UtEditTrail *self,
                   gsize        word,
                   UtEditKind   kind,
                   const char  *text)
{
  g_return_if_fail (self != NULL);

  gsize at;
  guint place, part;
  gboolean edited = find_word (self, word, &at, &place, &part);
  Stage *stage = stage_new (get_stage (self));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (edited)
    {
      GStrv now = g_array_index (stage->cells, Cell, place).now;

      for (guint i = 0; now[i] != NULL; i++)
        {
          if (i == part)
            add_edited (builder, now[i], kind, text);
          else
            g_strv_builder_add (builder, now[i]);
        }
      g_array_remove_index (stage->cells, place);
    }
  else
    {
      add_edited (builder, self->words[at], kind, text);
    }

  g_auto (GStrv) now = g_strv_builder_end (builder);

  /* Put back what was there: no edit any more. */
  if (g_strv_length (now) != 1 || !g_str_equal (now[0], self->words[at]))
    {
      Cell cell = { at, NULL, g_strjoinv (" ", now) };

      cell.now = g_steal_pointer (&now);
      g_array_insert_val (stage->cells, place, cell);
    }
  stage_fill_edits (self, stage);

  g_ptr_array_set_size (self->stages, (int) self->stage + 1);
  g_ptr_array_add (self->stages, stage);
  self->stage++;
}

/* Following */

/* Whether @words begin at @next with those of @now, and how many those are. */
static gboolean
take_words (const UtWordAnswer *words,
            gsize               n_words,
            const char         *first,
            const char *const  *now,
            gsize              *next)
{
  if (now == NULL)
    return *next < n_words && g_str_equal (words[(*next)++].word, first);

  for (guint i = 0; now[i] != NULL; i++)
    if (*next >= n_words || !g_str_equal (words[(*next)++].word, now[i]))
      return FALSE;

  return TRUE;
}

static gboolean
stage_has_words (const UtEditTrail  *self,
                 const Stage        *stage,
                 const UtWordAnswer *words,
                 gsize               n_words)
{
  guint cell = 0;
  gsize next = 0;

  for (gsize i = 0; i < self->n_words; i++)
    {
      const Cell *edited = cell < stage->cells->len ? &g_array_index (stage->cells, Cell, cell)
                                                    : NULL;
      gboolean is_edited = edited != NULL && edited->word == i;

      if (!take_words (words, n_words, self->words[i],
                       is_edited ? (const char *const *) edited->now : NULL, &next))
        return FALSE;
      cell += is_edited;
    }

  return next == n_words;
}

gboolean
ut_edit_trail_follow (UtEditTrail        *self,
                      const UtPrediction *prediction,
                      int                 sentence)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const UtWordAnswer *words = NULL;
  gsize n_words = 0;

  if (prediction != NULL && sentence >= 0 && (gsize) sentence < prediction->n_sentences)
    {
      words = prediction->words + prediction->sentences[sentence].first_word;
      n_words = prediction->sentences[sentence].n_words;
    }
  if (stage_has_words (self, get_stage (self), words, n_words))
    return TRUE;

  for (guint i = 0; i < self->stages->len; i++)
    if (stage_has_words (self, g_ptr_array_index (self->stages, i), words, n_words))
      {
        self->stage = i;
        return TRUE;
      }

  return FALSE;
}

guint
ut_edit_trail_get_stage (const UtEditTrail *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stage;
}

gsize
ut_edit_trail_get_n_words (const UtEditTrail *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_words;
}

const char *
ut_edit_trail_get_word (const UtEditTrail *self,
                        gsize              word)
{
  g_return_val_if_fail (self != NULL && word < self->n_words, NULL);

  return self->words[word];
}

const UtEdit *
ut_edit_trail_get_edits (const UtEditTrail *self,
                         gsize             *n_edits)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_edits != NULL, NULL);

  *n_edits = get_stage (self)->edits->len;

  return (const UtEdit *) (gpointer) get_stage (self)->edits->data;
}

/* Asking */

typedef struct
{
  UtModel *model; /* (owned) */
  char *text;     /* (owned): the words of stage 0, between spaces */
  gsize n_words;
  UtEdit *edits;  /* (owned), and their texts */
  gsize n_edits;
} Question;

static void
question_free (Question *self)
{
  ut_model_unref (self->model);
  g_free (self->text);
  for (gsize i = 0; i < self->n_edits; i++)
    g_free ((char *) self->edits[i].text);
  g_free (self->edits);
  g_free (self);
}

static UtWhatIf *
question_answer (const Question  *self,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_autoptr (UtPrediction) before = ut_prediction_new (self->model, self->text,
                                                       strlen (self->text),
                                                       UT_READING_TOKENIZED_LINES, cancellable,
                                                       error);

  if (before == NULL)
    return NULL;
  /* A word with a line's end inside would come back as two. */
  if (before->n_sentences != 1 || before->n_words != self->n_words)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("This sentence cannot be compared with what it was."));
      return NULL;
    }

  return ut_what_if_new (self->model, before, 0, self->edits, self->n_edits, cancellable, error);
}

static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError *error = NULL;
  UtWhatIf *what_if = question_answer (data, cancellable, &error);

  if (what_if != NULL)
    g_task_return_pointer (task, what_if, (GDestroyNotify) ut_what_if_unref);
  else
    g_task_return_error (task, error);
}

void
ut_edit_trail_ask_async (const UtEditTrail   *self,
                         UtModel             *model,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (model != NULL);

  const GArray *edits = get_stage (self)->edits;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new (Question, 1);

  g_return_if_fail (edits->len > 0);

  *question = (Question) {
    .model = ut_model_ref (model),
    .text = g_strjoinv (" ", self->words),
    .n_words = self->n_words,
    .edits = g_memdup2 (edits->data, edits->len * sizeof (UtEdit)),
    .n_edits = edits->len,
  };
  for (gsize i = 0; i < question->n_edits; i++)
    question->edits[i].text = g_strdup (question->edits[i].text);
  g_task_set_source_tag (task, ut_edit_trail_ask_async);
  g_task_set_name (task, "[undertone] what if");
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, ask_thread);
}

UtWhatIf *
ut_edit_trail_ask_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
