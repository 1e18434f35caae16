/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-vectors-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bytes of the start of a file that tell its form. The numbers of a binary row are among them. */
#define START_LENGTH 4096

/* Forms that word vectors, or models with some, are given out in, and how such a file starts. */
static const struct
{
  const char *start;
  gsize length;
  gsize offset;
  const char *message; /* to be translated */
} forms[] = {
  { "PK\003\004", 4, 0,
    N_("This is a zip archive; unpack it and choose the text file in it") },
  { "ustar", 5, 257,
    N_("This is a tar archive; unpack it and choose the text file in it") },
  { "BZh", 3, 0,
    N_("This file is packed with bzip2; unpack it first") },
  { "\xfd" "7zXZ", 5, 0,
    N_("This file is packed with xz; unpack it first") },
  { "\x28\xb5\x2f\xfd", 4, 0,
    N_("This file is packed with zstd; unpack it first") },
  { "\x93NUMPY", 6, 0,
    N_("This is a NumPy array, which has no words; write a text file with a word and its numbers "
       "in each line") },
  /* 793712314, fastText's own number. */
  { "\xba\x16\x4f\x2f", 4, 0,
    N_("This is fastText’s binary model; take the .vec file that comes with it") },
};

/* One control character among so many bytes may be an odd word's; of numbers one byte in twelve
 * looks like one. */
#define MIN_TEXT 64

/* Whether the first rows behind a line "COUNT DIM" are no text. A text in a wrong encoding has bytes
 * that are not UTF-8, but no control characters. */
static gboolean
is_binary_word2vec (const char *start,
                    gsize       length)
{
  const char *row = memchr (start, '\n', length);

  if (row == NULL || start + strspn (start, "0123456789 ") != row
      || memchr (start, ' ', (gsize) (row - start)) == NULL)
    return FALSE;

  gsize n_control = 0;

  for (const char *p = row + 1; p < start + length; p++)
    n_control += (guchar) *p < 0x20 && *p != '\n' && *p != '\r' && *p != '\t';

  return n_control > (gsize) (start + length - row) / MIN_TEXT;
}

gboolean
_ut_vectors_check_form (UtLines  *lines,
                        GError  **error)
{
  gsize length = START_LENGTH;
  const char *start = _ut_lines_peek (lines, &length, error);

  if (start == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (length >= forms[i].offset + forms[i].length
        && memcmp (start + forms[i].offset, forms[i].start, forms[i].length) == 0)
      {
        _ut_lines_set_error (lines, error, UT_TEXT_ERROR_FORM, "%s", _(forms[i].message));
        return FALSE;
      }
  if (is_binary_word2vec (start, length))
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_FORM,
                           _("These are word2vec’s binary vectors; convert them to text, with "
                             "gensim for example: KeyedVectors.load_word2vec_format (FILE, "
                             "binary=True).save_word2vec_format (\"vectors.txt\")"));
      return FALSE;
    }

  return TRUE;
}
