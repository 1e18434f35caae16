/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Zip archives made by the test, good and bad ones, and lists of sources that name them.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DataMember:
 * @name: in the archive; %NULL ends a list.
 * @text: its contents.
 * @length: bytes of @text, or 0 for as many as it has before its NUL.
 * @link: (nullable): it is a symbolic link to this.
 */
typedef struct
{
  const char *name;
  const char *text;
  gsize length;
  const char *link;
} DataMember;

/* data_archive_new: (transfer full): a zip archive; @options as libarchive takes them. */
GBytes *data_archive_new      (const DataMember *members,
                               const char       *options);

/* data_make_rows: (transfer full): a header and @n rows in SST-2's form. */
char   *data_make_rows        (guint             n);

/* data_make_vectors: (transfer full): @n words with @dimension numbers each. */
char   *data_make_vectors     (guint             n,
                               guint             dimension);

/* data_list_dataset: (transfer full): a list with the one source "set" in an archive of @size bytes
 * at @address, of "set/train.tsv" and "set/dev.tsv"; @sha256 of the archive may be NULL, @more is put
 * into the training member. */
char   *data_list_dataset     (const char       *address,
                               gsize             size,
                               const char       *sha256,
                               const char       *more);

/* data_list_vectors: (transfer full): the same with "words", of "words.txt". */
char   *data_list_vectors     (const char       *address,
                               gsize             size,
                               guint             dimension,
                               const char       *more);

G_END_DECLS
