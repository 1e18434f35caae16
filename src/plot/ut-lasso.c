/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lasso.h"

#include <math.h>

/* A hand draws hundreds of sides. The plane is cut into level strips, and a point is compared only
 * with the sides that reach its strip. */
#define N_STRIPS 256

struct UtLasso
{
  UtLassoVertex *vertices; /* (owned) (array length=n) */
  gsize n;
  UtLassoVertex low;
  UtLassoVertex high;
  gsize starts[N_STRIPS + 1]; /* where each strip's sides start */
  guint32 *sides;          /* (owned) (nullable): side i goes from vertex i to the next */
};

static const UtLassoVertex *
get_end (const UtLasso *self,
         gsize          side)
{
  return &self->vertices[side + 1 < self->n ? side + 1 : 0];
}

static gsize
get_strip (const UtLasso *self,
           double         y)
{
  double share = (y - self->low.y) / (self->high.y - self->low.y);

  return (gsize) CLAMP (share * N_STRIPS, 0, N_STRIPS - 1);
}

/* Counts the sides of each strip, or, where @next is given, writes them to where it says. */
static void
sort_sides (UtLasso *self,
            gsize   *counts,
            gsize   *next)
{
  for (gsize i = 0; i < self->n; i++)
    {
      gsize a = get_strip (self, self->vertices[i].y);
      gsize b = get_strip (self, get_end (self, i)->y);

      for (gsize strip = MIN (a, b); strip <= MAX (a, b); strip++)
        {
          if (next != NULL)
            self->sides[next[strip]++] = (guint32) i;
          else
            counts[strip]++;
        }
    }
}

UtLasso *
ut_lasso_new (const UtLassoVertex *vertices,
              gsize                n)
{
  g_return_val_if_fail (vertices != NULL || n == 0, NULL);
  g_return_val_if_fail (n <= G_MAXUINT32, NULL);

  UtLasso *self = g_new0 (UtLasso, 1);

  self->vertices = g_new (UtLassoVertex, n);
  self->low = (UtLassoVertex) { INFINITY, INFINITY };
  self->high = (UtLassoVertex) { -INFINITY, -INFINITY };
  for (gsize i = 0; i < n; i++)
    {
      UtLassoVertex vertex = vertices[i];

      if (!isfinite (vertex.x) || !isfinite (vertex.y))
        continue;
      self->vertices[self->n++] = vertex;
      self->low = (UtLassoVertex) { MIN (self->low.x, vertex.x), MIN (self->low.y, vertex.y) };
      self->high = (UtLassoVertex) { MAX (self->high.x, vertex.x), MAX (self->high.y, vertex.y) };
    }
  /* A line has no inside. */
  if (self->n < 3 || !(self->high.y > self->low.y))
    {
      self->n = 0;
      return self;
    }

  gsize counts[N_STRIPS] = { 0 };
  gsize next[N_STRIPS];

  sort_sides (self, counts, NULL);
  for (gsize strip = 0; strip < N_STRIPS; strip++)
    {
      next[strip] = self->starts[strip];
      self->starts[strip + 1] = self->starts[strip] + counts[strip];
    }
  self->sides = g_new (guint32, self->starts[N_STRIPS]);
  sort_sides (self, NULL, next);
  return self;
}

void
ut_lasso_free (UtLasso *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->vertices);
  g_free (self->sides);
  g_free (self);
}

gboolean
ut_lasso_contains (const UtLasso *self,
                   double         x,
                   double         y)
{
  g_return_val_if_fail (self != NULL, FALSE);

  /* Comparisons with NaN are false. */
  if (self->n == 0 || !(x >= self->low.x && x <= self->high.x)
      || !(y >= self->low.y && y <= self->high.y))
    return FALSE;

  gsize strip = get_strip (self, y);
  gboolean inside = FALSE;

  /* A ray to the right: a side counts at one of its ends only, so that corners count once. */
  for (gsize i = self->starts[strip]; i < self->starts[strip + 1]; i++)
    {
      const UtLassoVertex *a = &self->vertices[self->sides[i]];
      const UtLassoVertex *b = get_end (self, self->sides[i]);

      if ((a->y > y) != (b->y > y) && x < a->x + (y - a->y) / (b->y - a->y) * (b->x - a->x))
        inside = !inside;
    }
  return inside;
}
