/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtDataError:
 * @UT_DATA_ERROR_FORMAT: a file has not the form that was expected of it, or holds nothing usable.
 * @UT_DATA_ERROR_SIZE: a file, archive or row is larger than what is read.
 * @UT_DATA_ERROR_OPTIONS: options do not fit the file or each other.
 * @UT_DATA_ERROR_NETWORK: an address could not be reached or did not give what was asked for.
 * @UT_DATA_ERROR_CHECKSUM: what was fetched is not what it should be.
 * @UT_DATA_ERROR_ARCHIVE: an archive is damaged or hostile.
 * @UT_DATA_ERROR_SPACE: the disk has too little room.
 * @UT_DATA_ERROR_NAME: a data set cannot have that name.
 */
typedef enum
{
  UT_DATA_ERROR_FORMAT,
  UT_DATA_ERROR_SIZE,
  UT_DATA_ERROR_OPTIONS,
  UT_DATA_ERROR_NETWORK,
  UT_DATA_ERROR_CHECKSUM,
  UT_DATA_ERROR_ARCHIVE,
  UT_DATA_ERROR_SPACE,
  UT_DATA_ERROR_NAME,
} UtDataError;

#define UT_DATA_ERROR (ut_data_error_quark ())
GQuark ut_data_error_quark (void);

G_END_DECLS
