/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtSourceKind:
 * @UT_SOURCE_DATASET: labelled sentences, which become one of the person's data sets.
 * @UT_SOURCE_VECTORS: word vectors, which become a file.
 */
typedef enum
{
  UT_SOURCE_DATASET,
  UT_SOURCE_VECTORS,
} UtSourceKind;

/**
 * UtSource:
 *
 * Public data that can be fetched: where it lies, what of it is wanted, under which licence it may
 * be used. Immutable, atomically counted; any thread.
 */
typedef struct UtSource UtSource;

#define UT_TYPE_SOURCE (ut_source_get_type ())
GType         ut_source_get_type       (void);

/**
 * ut_sources_load:
 * @file: (nullable): a list of sources; %NULL is the one that comes along with the program.
 * @cancellable: (nullable): to give up.
 * @error: names the file.
 *
 * Reads a list of a few kilobytes. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type UtSource): the sources in the list's order.
 */
GPtrArray    *ut_sources_load          (GFile           *file,
                                        GCancellable    *cancellable,
                                        GError         **error);

/** ut_sources_find: (transfer none) (nullable): the source of @sources that is called @id. */
UtSource     *ut_sources_find          (GPtrArray       *sources,
                                        const char      *id);

UtSource     *ut_source_ref            (UtSource        *self);
void          ut_source_unref          (UtSource        *self);

/** ut_source_get_id: (transfer none): "sst-2", as the terminal program names it. */
const char   *ut_source_get_id         (const UtSource  *self);
/** ut_source_get_title: (transfer none): "SST-2"; names are not translated. */
const char   *ut_source_get_title      (const UtSource  *self);
UtSourceKind  ut_source_get_kind       (const UtSource  *self);
/** ut_source_get_address: (transfer none): of the archive. */
const char   *ut_source_get_address    (const UtSource  *self);
/** ut_source_get_host: (transfer none): the machine in the address, for a person to read. */
const char   *ut_source_get_host       (const UtSource  *self);
/** ut_source_get_page: (transfer none) (nullable): an address where a person reads more. */
const char   *ut_source_get_page       (const UtSource  *self);
/** ut_source_get_licence: (transfer none): under which it may be used, or that none is stated. */
const char   *ut_source_get_licence    (const UtSource  *self);
/** ut_source_get_citation: (transfer none): whom to name. */
const char   *ut_source_get_citation   (const UtSource  *self);
/** ut_source_get_size: bytes of the whole archive. */
guint64       ut_source_get_size       (const UtSource  *self);
/** ut_source_get_fetch_size: bytes of the archive up to the end of what is wanted; about. */
guint64       ut_source_get_fetch_size (const UtSource  *self);
/** ut_source_get_unpacked_size: bytes on the disk at last; about. */
guint64       ut_source_get_unpacked_size (const UtSource *self);

/**
 * ut_source_dup_present:
 * @self: a source.
 *
 * Looks whether it was fetched before: for a data set through the person's data sets, for one whose
 * about.json has the address. Some milliseconds of disk; any thread.
 *
 * Returns: (transfer full) (nullable): the data set's folder, or the file of word vectors.
 */
GFile        *ut_source_dup_present    (const UtSource  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtSource, ut_source_unref)

G_END_DECLS
