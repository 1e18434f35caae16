/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-hasher-private.h"

#include <string.h>

#define N_BLOCKS 8
#define BLOCK_SIZE (512 * 1024)

typedef struct
{
  gsize length; /* 0 tells the thread to end */
  guchar data[BLOCK_SIZE];
} Block;

struct UtHasher
{
  GThread *thread;     /* (owned) (nullable): NULL once it was joined */
  GChecksum *checksum; /* (owned): the thread's until it was joined */
  GAsyncQueue *full;   /* (owned) (element-type Block): to the thread */
  GAsyncQueue *empty;  /* (owned) (element-type Block): and back */
};

static gpointer
run (gpointer data)
{
  UtHasher *self = data;

  for (;;)
    {
      Block *block = g_async_queue_pop (self->full);
      gsize length = block->length;

      g_checksum_update (self->checksum, block->data, (gssize) length);
      g_async_queue_push (self->empty, block);
      if (length == 0)
        return NULL;
    }
}

static void
stop (UtHasher *self)
{
  if (self->thread == NULL)
    return;

  Block *block = g_async_queue_pop (self->empty);

  block->length = 0;
  g_async_queue_push (self->full, block);
  g_thread_join (g_steal_pointer (&self->thread));
}

UtHasher *
_ut_hasher_new (void)
{
  UtHasher *self = g_new0 (UtHasher, 1);

  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->full = g_async_queue_new ();
  self->empty = g_async_queue_new_full (g_free);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_async_queue_push (self->empty, g_new0 (Block, 1));
  self->thread = g_thread_new ("ut-hasher", run, self);

  return self;
}

void
_ut_hasher_free (UtHasher *self)
{
  stop (self);
  g_async_queue_unref (self->full);
  g_async_queue_unref (self->empty);
  g_checksum_free (self->checksum);
  g_free (self);
}

void
_ut_hasher_update (UtHasher   *self,
                   const void *data,
                   gsize       length)
{
  const guchar *bytes = data;

  while (length > 0)
    {
      Block *block = g_async_queue_pop (self->empty);

      block->length = MIN (length, BLOCK_SIZE);
      memcpy (block->data, bytes, block->length);
      bytes += block->length;
      length -= block->length;
      g_async_queue_push (self->full, block);
    }
}

char *
_ut_hasher_finish (UtHasher *self)
{
  stop (self);

  return g_strdup (g_checksum_get_string (self->checksum));
}
