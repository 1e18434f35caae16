/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Word vectors as they were parsed, in $XDG_CACHE_HOME/undertone: a file for each text, named by
 * the text's device and inode.
 *
 * A file begins with %UT_VECTORS_CACHE_MAGIC; then come the rows in the order of the text, the
 * index, and the trailer, so that it is written from front to back. Numbers are those of the
 * machine, which the trailer says and the reader asks for. A row is a #UtVectorsCacheRow, its
 * numbers, its word, and zeros up to a multiple of eight bytes. The index has an entry for each
 * row, by the hash of its word and then by offset: who looks up a vocabulary sorts its hashes and
 * goes through both at once, with no table to build and no chain to follow.
 *
 * What is believed of a file: the trailer has a checksum of its own, and in it that of the index,
 * which is read whole; a row has its own, looked at for the rows that are wanted. So every byte
 * that has a say in the result is checked, at the cost of these bytes alone and not of all the
 * numbers. The checksums find damage; against malice there are the bounds, so that a forged file
 * may give wrong numbers, but no crash, no endless work, and no number that is not finite. A hash
 * only leads to a row: the word in it is compared, as that of a line of text would be.
 *
 * Nothing is mapped: a file that is cut short, or on a disk that fails, while it is mapped would
 * end the program; and pages that are touched here and there cost more time than reading the
 * stretches with wanted rows, and count as the program's memory.
 */
#pragma once

#include "ut-vectors.h"

G_BEGIN_DECLS

/* A file as it is told from others, and from itself at another time. */
typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size;
  gint64 modified; /* nanoseconds */
} UtVectorsKey;

#define UT_VECTORS_CACHE_MAGIC G_GUINT64_CONSTANT (0x31534345565455) /* "UTVECS1" */

typedef struct
{
  guint64 checksum;    /* of word_length and all behind it */
  guint64 word_length;
} UtVectorsCacheRow;

typedef struct
{
  guint64 hash;
  guint64 offset; /* of the row in the file */
} UtVectorsCacheEntry;

typedef struct
{
  UtVectorsKey key;
  guint64 seed;           /* of the hashes of words and of the checksums */
  guint64 dimension;
  guint64 n_rows;
  guint64 index_offset;
  guint64 index_checksum;
  char hash[64];          /* SHA-256 of the text in hexadecimal, without a NUL */
  guint64 magic;
  guint64 checksum;       /* of all before it */
} UtVectorsCacheTrailer;

/* _ut_vectors_cache_checksum: of the pieces of a file; in a file it starts at the trailer's seed,
 * in the trailer at 0. */
guint64    _ut_vectors_cache_checksum (guint64     checksum,
                                       const void *data,
                                       gsize       length);

/* _ut_vectors_key_init: whether @file can be cached: it is a regular one of this machine. */
gboolean   _ut_vectors_key_init       (UtVectorsKey       *self,
                                       GFile              *file);

/* _ut_vectors_cache_read: (transfer full) (nullable): the vectors, or %NULL where there is no
 * whole and fresh file of that dimension, 0 being any. */
UtVectors *_ut_vectors_cache_read     (const UtVectorsKey *key,
                                       const UtVocabulary *vocabulary,
                                       guint               dimension);

/* _ut_vectors_cache_read_fd: _ut_vectors_cache_read() of an open file. */
UtVectors *_ut_vectors_cache_read_fd  (int                 fd,
                                       const UtVectorsKey *key,
                                       const UtVocabulary *vocabulary,
                                       guint               dimension);

/* _ut_vectors_cache_dup_path: (transfer full): where the text of @key is cached. */
char      *_ut_vectors_cache_dup_path (const UtVectorsKey *key);

/**
 * UtVectorsCacheWriter:
 *
 * Receives the rows of a text in order. Where it cannot write it does nothing more, and there is no
 * cache. One thread.
 */
typedef struct UtVectorsCacheWriter UtVectorsCacheWriter;

UtVectorsCacheWriter *
           _ut_vectors_cache_writer_new    (const UtVectorsKey   *key);

/* _ut_vectors_cache_writer_free: without a commit nothing has happened to the cache. */
void       _ut_vectors_cache_writer_free   (UtVectorsCacheWriter *self);

/* _ut_vectors_cache_writer_add: the next row. */
void       _ut_vectors_cache_writer_add    (UtVectorsCacheWriter *self,
                                            const char           *word,
                                            gsize                 length,
                                            const float          *values,
                                            guint                 dimension);

/* _ut_vectors_cache_writer_commit: puts the file in its place, once the whole text was read; @hash
 * is its SHA-256. Files that were not used for the longest time make room. */
void       _ut_vectors_cache_writer_commit (UtVectorsCacheWriter *self,
                                            const char           *hash,
                                            guint                 dimension);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtVectorsCacheWriter, _ut_vectors_cache_writer_free)

G_END_DECLS
