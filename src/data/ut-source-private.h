/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What a fetch knows of a source beside what is shown of it. All strings have been checked: a name of
 * a file leads nowhere, a checksum is 64 lower-case hexadecimal digits.
 */
#pragma once

#include "ut-data-about.h"
#include "ut-source.h"

G_BEGIN_DECLS

/* The most members of an archive that make a data set. */
#define UT_SOURCE_MAX_MEMBERS UT_N_DATA_PARTS

/* The most bytes of a member; what the readers of data sets and of word vectors accept. */
#define UT_SOURCE_MAX_DATASET_SIZE (G_GUINT64_CONSTANT (2) << 30)
#define UT_SOURCE_MAX_VECTORS_SIZE (G_GUINT64_CONSTANT (16) << 30)

typedef struct
{
  char *name;      /* (owned): in the archive */
  UtDataPart part; /* of a data set */
  char *file;      /* (owned) (nullable): of word vectors: its name on the disk */
  guint64 size;    /* unpacked, 0 where it is not known */
  char *sha256;    /* (owned) (nullable): of what is unpacked */
} UtSourceMember;

/* _ut_source_get_members: (transfer none) (array length=n_members). */
const UtSourceMember *_ut_source_get_members    (const UtSource *self,
                                                 gsize          *n_members);

/* _ut_source_get_max_size: the most bytes that @member may have. */
guint64               _ut_source_get_max_size   (const UtSource       *self,
                                                 const UtSourceMember *member);

/* _ut_source_get_sha256: (transfer none) (nullable): of the archive. */
const char           *_ut_source_get_sha256     (const UtSource *self);

/* _ut_source_get_dimension: of word vectors, 0 where it is not known. */
guint                 _ut_source_get_dimension  (const UtSource *self);

UtDataUnit            _ut_source_get_unit       (const UtSource *self);

/* _ut_source_dup_base_name: (transfer full): the archive's name, without the folders it lies in. */
char                 *_ut_source_dup_base_name  (const UtSource *self);

/* _ut_source_dup_vectors_file: (transfer full): where word vectors will lie. */
GFile                *_ut_source_dup_vectors_file (const UtSource *self);

/* _ut_source_set_size_error: sets @error to say that the archive at @address has @size bytes. */
void                  _ut_source_set_size_error (const char     *address,
                                                 guint64         size,
                                                 guint64         expected,
                                                 GError        **error);

/* _ut_address_check: (transfer full) (nullable): @address as it was parsed, if something may be
 * fetched from there: by https, or by http from this very machine. */
GUri                 *_ut_address_check         (const char     *address);

/* _ut_address_is_here: whether @uri leads to this very machine. */
gboolean              _ut_address_is_here       (GUri           *uri);

G_END_DECLS
