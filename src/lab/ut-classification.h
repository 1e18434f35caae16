/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-evaluation.h"
#include "ut-prediction.h"

#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtRowForm:
 * @UT_ROWS_CSV: with a header; a field with a comma, a quote or a line end stands in quotes, as
 *   RFC 4180 has it.
 * @UT_ROWS_TSV: likewise, with tabs.
 * @UT_ROWS_JSON_LINES: one JSON object a line.
 *
 * What rows are written as; always UTF-8 with LF.
 */
typedef enum
{
  UT_ROWS_CSV,
  UT_ROWS_TSV,
  UT_ROWS_JSON_LINES,
} UtRowForm;

/**
 * UtClassifyOptions:
 * @reading: what of a text is asked about: %UT_READING_SENTENCES, %UT_READING_WHOLE, or
 *   %UT_READING_TOKENIZED_LINES for the whole of a text whose words are divided by spaces already.
 * @form: what rows are written as.
 * @check_labels: whether a column of labels with more than %UT_IMPORT_MAX_LABELS values is an
 *   error; else nothing is compared with it.
 * @n_threads: 0 is one for each core. Has no influence on the result.
 */
typedef struct
{
  UtReading reading;
  UtRowForm form;
  gboolean check_labels;
  guint n_threads;
} UtClassifyOptions;

/**
 * ut_classify_options_init:
 * @self: (out caller-allocates): the options.
 * @model: who answers.
 * @guess: what the file looks like.
 *
 * What a person would expect: a model that learned from whole reviews reads whole texts, any other
 * each sentence; rows are written in the form in which they came.
 */
void ut_classify_options_init (UtClassifyOptions *self,
                               UtModel           *model,
                               UtImportGuess     *guess);

/** UT_CLASSIFIED_NO_LABEL: the number of a label that a row does not have. */
#define UT_CLASSIFIED_NO_LABEL G_MAXUINT

/**
 * UtClassifiedRow:
 * @line: of the file, where the row begins, from 1.
 * @text: (not owned): what was asked about, not terminated.
 * @length: its bytes.
 * @positive: whether it is answered positive.
 * @probability: of the positive class: the mean over its sentences.
 * @n_words: how many words it has.
 * @n_unknown: how many of them the model does not know and cannot guess.
 * @n_sentences: how many sentences with words.
 * @label: which of ut_classification_get_labels() it has, or %UT_CLASSIFIED_NO_LABEL; as long as
 *   these are not too many.
 * @n_written: bytes that it takes among the rows as text; 0 where they are not wanted.
 */
typedef struct
{
  guint64 line;
  const char *text;
  gsize length;
  gboolean positive;
  double probability;
  gsize n_words;
  gsize n_unknown;
  gsize n_sentences;
  guint label;
  gsize n_written;
} UtClassifiedRow;

/**
 * UtClassifyFuncs:
 * @write: (nullable): receives the rows as text, some hundred kilobytes at a time; FALSE with an
 *   error set ends it all.
 * @take: (nullable): receives the rows themselves, valid during the call.
 * @progress: (nullable): told how much of the file is done, 0 to 1.
 *
 * Who is told, on the calling thread, in the order of the file.
 */
typedef struct
{
  gboolean (*write)    (const char             *text,
                        gsize                   length,
                        gpointer                data,
                        GError                **error);
  void     (*take)     (const UtClassifiedRow  *rows,
                        gsize                   n_rows,
                        gpointer                data);
  void     (*progress) (double                  fraction,
                        gpointer                data);
} UtClassifyFuncs;

/**
 * UtClassification:
 *
 * What came out when a model was asked about all texts of a file. One thread at a time.
 */
typedef struct UtClassification UtClassification;

/**
 * ut_classify:
 * @model: who answers.
 * @guess: from ut_import_guess_texts(), with the columns that are to be read.
 * @options: (nullable): how; %NULL are those of ut_classify_options_init().
 * @output: (nullable): a file that will hold the rows; it appears, or changes, when all are
 *   written.
 * @funcs: (nullable): who is told.
 * @data: for @funcs.
 * @cancellable: (nullable): polled all the time.
 * @error: names the file that cannot be read or written or has no row that can be used; or there is
 *   no memory.
 *
 * Streams, so that a file of any length takes the same memory. A written row has the columns of the
 * file, and behind them "label" (1: positive, or 0), "probability" (of the positive class),
 * "n_words" and "n_unknown"; where the file has such a column, "predicted_" stands before the name.
 * Of JSON lines the columns are the keys that occur in the first 256 KB. Rows that cannot be used,
 * of which nothing is written, are problems, not errors: wrong quotes or number of columns, bytes
 * that are no text, no words, a word that is none. The result is the same, bit for bit, for any
 * number of threads. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what came out.
 */
UtClassification *ut_classify                        (UtModel                  *model,
                                                      UtImportGuess            *guess,
                                                      const UtClassifyOptions  *options,
                                                      GFile                    *output,
                                                      const UtClassifyFuncs    *funcs,
                                                      gpointer                  data,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);

void              ut_classification_free             (UtClassification         *self);

/** ut_classification_get_n_rows: texts that were answered. */
guint64           ut_classification_get_n_rows       (const UtClassification   *self);
/** ut_classification_get_n_positive: texts that were answered positive. */
guint64           ut_classification_get_n_positive   (const UtClassification   *self);
/** ut_classification_get_n_words: words of all of them. */
guint64           ut_classification_get_n_words      (const UtClassification   *self);
/** ut_classification_get_n_unknown: those that the model neither knows nor can guess. */
guint64           ut_classification_get_n_unknown    (const UtClassification   *self);
/** ut_classification_get_n_problems: rows that cannot be used. */
guint64           ut_classification_get_n_problems   (const UtClassification   *self);
/** ut_classification_get_problems: (transfer none) (array length=n_problems): the first
 * %UT_IMPORT_MAX_PROBLEMS, in the file's order. */
const UtImportProblem *ut_classification_get_problems (const UtClassification  *self,
                                                      guint                    *n_problems);

/** ut_classification_has_labels: whether there is a column of labels, with values not too many. */
gboolean          ut_classification_has_labels       (const UtClassification   *self);
/** ut_classification_get_labels: (transfer none) (array length=n_labels): in order of appearance,
 * with the meaning that an import would propose. */
const UtImportLabel *ut_classification_get_labels    (const UtClassification   *self,
                                                      guint                    *n_labels);
/** ut_classification_set_meaning: what the value number @label of ut_classification_get_labels()
 * stands for. */
void              ut_classification_set_meaning      (UtClassification         *self,
                                                      guint                     label,
                                                      UtImportMeaning           meaning);
/**
 * ut_classification_evaluate:
 * @self: what came out.
 * @evaluation: (out): how the answers compare with the labels that are not left out; its loss is
 *   NaN.
 *
 * Returns: whether there is a row with such a label.
 */
gboolean          ut_classification_evaluate         (const UtClassification   *self,
                                                      UtEvaluation             *evaluation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtClassification, ut_classification_free)

G_END_DECLS
