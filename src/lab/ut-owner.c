/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-owner-private.h"

#include <string.h>
#include <unistd.h>

/* A machine that is suspended, or a disk that is slow, may miss some beats. */
#define PATIENCE (6 * UT_OWNER_BEAT_SECONDS * G_USEC_PER_SEC)

/* Fields of /proc/PID/stat, from 1; see proc(5). */
#define STAT_STATE 3
#define STAT_START 22

static char *
read_line (const char *path)
{
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");

  return g_strchomp (text);
}

/* When process @pid started, in ticks since the system did; NULL where there is none. One that has
 * ended and only waits to be asked for its status is none. */
static char *
read_start (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = read_line (path);
  /* The second field is the program's name in brackets, and may hold anything. */
  const char *behind = strrchr (text, ')');

  if (behind == NULL || strlen (behind) < 2)
    return NULL;

  g_auto (GStrv) fields = g_strsplit (behind + 2, " ", -1);

  if (g_strv_length (fields) <= STAT_START - STAT_STATE || g_str_equal (fields[0], "Z"))
    return NULL;

  return g_strdup (fields[STAT_START - STAT_STATE]);
}

/* What two processes that see each other's numbers have in common. */
static char *
read_place (void)
{
  g_autofree char *boot = read_line ("/proc/sys/kernel/random/boot_id");
  char name[64] = "";
  gssize length = readlink ("/proc/self/ns/pid", name, sizeof name - 1);

  name[MAX (length, 0)] = '\0';
  return g_strconcat (boot, "/", name, NULL);
}

const char *
_ut_owner_get_self (void)
{
  static char *self;

  if (g_once_init_enter (&self))
    {
      g_autofree char *place = read_place ();
      g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
      g_autofree char *start = read_start (pid);

      g_once_init_leave (&self, g_strconcat (place, " ", pid, " ", start != NULL ? start : "", NULL));
    }

  return self;
}

gboolean
_ut_owner_is_alive (const char *owner,
                    gint64      beat,
                    gint64      now)
{
  if (owner == NULL)
    return FALSE;

  g_autofree char *place = read_place ();
  g_auto (GStrv) parts = g_strsplit (owner, " ", -1);
  gboolean is_number = g_strv_length (parts) == 3
                       && g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT32, NULL, NULL);

  if (!is_number)
    return FALSE;
  if (!g_str_equal (parts[0], place))
    return beat > now - PATIENCE && beat < now + PATIENCE;

  g_autofree char *start = read_start (parts[1]);

  return start != NULL && g_str_equal (start, parts[2]);
}
