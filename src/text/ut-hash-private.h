/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * _ut_hash_add:
 * @hash: of what came before, or a seed.
 * @factor: odd.
 * @data: bytes.
 * @length: how many.
 *
 * Multiplies and folds, eight bytes a time. Each step can be undone, so bytes that differ within
 * one block of eight always give different hashes; others do with the probability of any good hash.
 * Quick, but no protection from who wants to deceive.
 *
 * Returns: the hash.
 */
static inline guint64
_ut_hash_add (guint64     hash,
              guint64     factor,
              const void *data,
              gsize       length)
{
  const char *bytes = data;

  hash ^= length;
  for (; length >= sizeof hash; length -= sizeof hash, bytes += sizeof hash)
    {
      guint64 block;

      memcpy (&block, bytes, sizeof block);
      hash = (hash ^ block) * factor;
      hash ^= hash >> 32;
    }
  if (length > 0)
    {
      guint64 block = 0;

      memcpy (&block, bytes, length);
      hash = (hash ^ block) * factor;
      hash ^= hash >> 32;
    }

  return hash * factor;
}

G_END_DECLS
