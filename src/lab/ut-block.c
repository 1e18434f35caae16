/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* A block of n points is n in four bytes and then, compressed by zlib, four columns: how far each
 * step and each epoch is from the one before, in eight and four bytes, then losses and accuracies.
 * The steps of a run are 1, 2, 3, ... and the accuracies of a batch few different numbers, so that
 * little more than the losses remains: some 8 bytes a point in place of 28. */

#include "config.h"

#include "ut-block-private.h"

#include "ut-probe-private.h"

#include <string.h>
#include <zlib.h>

#define POINT_SIZE (8 + 4 + 8 + 8)
#define EPOCH_SIZE (4 + 8 + 6 * 8)
/* Of a look, without its probabilities. */
#define LOOK_SIZE (8 + 4 + 8)
/* Higher ones take twice the time and save a fiftieth. */
#define COMPRESSION_LEVEL 1
/* Of one set of rows. */
#define MAX_ANSWERS (16u << 20)

/* Little-endian numbers, one after the other */

static guint8 *
put_u32 (guint8  *p,
         guint32  number)
{
  number = GUINT32_TO_LE (number);
  memcpy (p, &number, sizeof number);
  return p + sizeof number;
}

static guint8 *
put_u64 (guint8  *p,
         guint64  number)
{
  number = GUINT64_TO_LE (number);
  memcpy (p, &number, sizeof number);
  return p + sizeof number;
}

static guint8 *
put_double (guint8 *p,
            double  number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  return put_u64 (p, bits);
}

static guint32
take_u32 (const guint8 **p)
{
  guint32 number;

  memcpy (&number, *p, sizeof number);
  *p += sizeof number;
  return GUINT32_FROM_LE (number);
}

static guint64
take_u64 (const guint8 **p)
{
  guint64 number;

  memcpy (&number, *p, sizeof number);
  *p += sizeof number;
  return GUINT64_FROM_LE (number);
}

static double
take_double (const guint8 **p)
{
  guint64 bits = take_u64 (p);
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

/* Points */

GBytes *
_ut_block_pack_points (const UtPoint *points,
                       gsize          n_points)
{
  g_assert (n_points >= 1 && n_points <= UT_BLOCK_MAX_POINTS);

  gsize size = n_points * POINT_SIZE;
  g_autofree guint8 *columns = g_malloc (size);
  guint8 *p = columns;

  for (gsize i = 0; i < n_points; i++)
    p = put_u64 (p, points[i].step - (i > 0 ? points[i - 1].step : 0));
  for (gsize i = 0; i < n_points; i++)
    p = put_u32 (p, points[i].epoch - (i > 0 ? points[i - 1].epoch : 0));
  for (gsize i = 0; i < n_points; i++)
    p = put_double (p, points[i].loss);
  for (gsize i = 0; i < n_points; i++)
    p = put_double (p, points[i].accuracy);

  uLongf packed_size = compressBound ((uLong) size);
  guint8 *packed = g_malloc (sizeof (guint32) + packed_size);
  int code = compress2 (put_u32 (packed, (guint32) n_points), &packed_size, columns, (uLong) size,
                        COMPRESSION_LEVEL);

  /* There is room for whatever it makes of them. */
  g_assert (code == Z_OK);

  return g_bytes_new_take (packed, sizeof (guint32) + packed_size);
}

/* Whether the steps of @columns rise. */
static gboolean
check_steps (const guint8 *columns,
             gsize         n_points)
{
  guint64 step = 0;

  for (gsize i = 0; i < n_points; i++)
    {
      guint64 distance = take_u64 (&columns);

      if (distance == 0 || distance > G_MAXINT64 - step)
        return FALSE;
      step += distance;
    }

  return TRUE;
}

gboolean
_ut_block_unpack_points (GBytes *block,
                         GArray *points)
{
  gsize size;
  const guint8 *p = g_bytes_get_data (block, &size);

  if (size < sizeof (guint32))
    return FALSE;

  gsize n_points = take_u32 (&p);

  if (n_points < 1 || n_points > UT_BLOCK_MAX_POINTS)
    return FALSE;

  uLongf columns_size = (uLongf) (n_points * POINT_SIZE);
  g_autofree guint8 *columns = g_malloc (columns_size);

  if (uncompress (columns, &columns_size, p, (uLong) (size - sizeof (guint32))) != Z_OK
      || columns_size != n_points * POINT_SIZE || !check_steps (columns, n_points))
    return FALSE;

  const guint8 *steps = columns;
  const guint8 *epochs = steps + n_points * sizeof (guint64);
  const guint8 *losses = epochs + n_points * sizeof (guint32);
  const guint8 *accuracies = losses + n_points * sizeof (double);
  UtPoint point = { 0 };

  for (gsize i = 0; i < n_points; i++)
    {
      point.step += take_u64 (&steps);
      point.epoch += take_u32 (&epochs);
      point.loss = take_double (&losses);
      point.accuracy = take_double (&accuracies);
      g_array_append_val (points, point);
    }

  return TRUE;
}

/* Epochs */

GBytes *
_ut_block_pack_epoch (const UtEpoch *epoch)
{
  guint8 *block = g_malloc (EPOCH_SIZE);
  guint8 *p = put_u64 (put_u32 (block, epoch->epoch), epoch->step);

  p = put_double (p, epoch->train_loss);
  p = put_double (p, epoch->train_accuracy);
  p = put_double (p, epoch->val_loss);
  p = put_double (p, epoch->val_accuracy);
  p = put_double (p, epoch->seconds);
  put_double (p, epoch->steps_per_second);

  return g_bytes_new_take (block, EPOCH_SIZE);
}

gboolean
_ut_block_unpack_epoch (GBytes  *block,
                        UtEpoch *epoch)
{
  gsize size;
  const guint8 *p = g_bytes_get_data (block, &size);

  if (size != EPOCH_SIZE)
    return FALSE;

  epoch->epoch = take_u32 (&p);
  epoch->step = take_u64 (&p);
  epoch->train_loss = take_double (&p);
  epoch->train_accuracy = take_double (&p);
  epoch->val_loss = take_double (&p);
  epoch->val_accuracy = take_double (&p);
  epoch->seconds = take_double (&p);
  epoch->steps_per_second = take_double (&p);

  return TRUE;
}

/* Answers */

GBytes *
_ut_block_pack_answers (const float *logits,
                        gsize        n_rows)
{
  g_assert (n_rows <= MAX_ANSWERS);

  guint8 *block = g_malloc (n_rows * sizeof *logits);
  guint8 *p = block;

  for (gsize i = 0; i < n_rows; i++)
    {
      guint32 bits;

      memcpy (&bits, &logits[i], sizeof bits);
      p = put_u32 (p, bits);
    }

  return g_bytes_new_take (block, n_rows * sizeof *logits);
}

float *
_ut_block_unpack_answers (GBytes *block,
                          gsize  *n_rows)
{
  gsize size;
  const guint8 *p = g_bytes_get_data (block, &size);

  if (size % sizeof (float) != 0 || size / sizeof (float) > MAX_ANSWERS)
    return NULL;

  *n_rows = size / sizeof (float);

  float *logits = g_new (float, *n_rows);

  for (gsize i = 0; i < *n_rows; i++)
    {
      guint32 bits = take_u32 (&p);

      memcpy (&logits[i], &bits, sizeof bits);
    }

  return logits;
}

/* Looks: the number of sentences and of looks; each sentence, its length before it; then each look. */

GBytes *
_ut_block_pack_looks (UtProbeLook * const *looks,
                      gsize                n_looks)
{
  g_assert (n_looks >= 1 && n_looks <= UT_BLOCK_MAX_LOOKS);

  const UtProbes *probes = looks[0]->probes;
  gsize size = 2 * sizeof (guint32)
               + n_looks * (LOOK_SIZE + probes->n_texts * sizeof (double));

  for (gsize i = 0; i < probes->n_texts; i++)
    size += sizeof (guint32) + strlen (probes->texts[i]);

  guint8 *block = g_malloc (size);
  guint8 *p = put_u32 (put_u32 (block, (guint32) probes->n_texts), (guint32) n_looks);

  for (gsize i = 0; i < probes->n_texts; i++)
    {
      gsize length = strlen (probes->texts[i]);

      p = put_u32 (p, (guint32) length);
      memcpy (p, probes->texts[i], length);
      p += length;
    }
  for (gsize i = 0; i < n_looks; i++)
    {
      p = put_double (put_u32 (put_u64 (p, looks[i]->step), looks[i]->epoch), looks[i]->seconds);
      for (gsize j = 0; j < probes->n_texts; j++)
        p = put_double (p, looks[i]->probabilities[j]);
    }

  return g_bytes_new_take (block, size);
}

/* (nullable): the sentences at *p, which is moved behind them. */
static UtProbes *
take_texts (const guint8 **p,
            const guint8  *end,
            gsize          n_texts)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_texts; i++)
    {
      if ((gsize) (end - *p) < sizeof (guint32))
        return NULL;

      gsize length = take_u32 (p);

      if (length > UT_PROBE_MAX_LENGTH || length > (gsize) (end - *p))
        return NULL;
      g_ptr_array_add (texts, g_strndup ((const char *) *p, length));
      *p += length;
    }
  g_ptr_array_add (texts, NULL);

  g_autoptr (UtProbes) probes = ut_probes_new ((const char * const *) texts->pdata, NULL);

  return probes != NULL && probes->n_texts == n_texts ? g_steal_pointer (&probes) : NULL;
}

gboolean
_ut_block_unpack_looks (GBytes    *block,
                        GPtrArray *looks)
{
  gsize size;
  const guint8 *p = g_bytes_get_data (block, &size);
  const guint8 *end = p + size;
  guint n_before = looks->len;
  guint64 step = 0;

  if (size < 2 * sizeof (guint32))
    return FALSE;

  gsize n_texts = take_u32 (&p);
  gsize n_looks = take_u32 (&p);

  if (n_texts < 1 || n_texts > UT_PROBES_MAX || n_looks < 1 || n_looks > UT_BLOCK_MAX_LOOKS)
    return FALSE;

  g_autoptr (UtProbes) probes = take_texts (&p, end, n_texts);

  if (probes == NULL || (gsize) (end - p) != n_looks * (LOOK_SIZE + n_texts * sizeof (double)))
    return FALSE;

  for (gsize i = 0; i < n_looks; i++)
    {
      guint64 next = take_u64 (&p);
      guint epoch = take_u32 (&p);
      UtProbeLook *look = _ut_probe_look_new (probes, next, epoch, take_double (&p));

      g_ptr_array_add (looks, look);
      for (gsize j = 0; j < n_texts; j++)
        look->probabilities[j] = take_double (&p);
      if (next < step || next > G_MAXINT64)
        {
          g_ptr_array_set_size (looks, (int) n_before);
          return FALSE;
        }
      step = next;
    }

  return TRUE;
}
