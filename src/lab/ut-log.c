/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-log-private.h"

#include "ut-file-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"
#include "ut-probe-lines-private.h"
#include "ut-probe-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Half a gigabyte of memory; of a longer run the later steps are not shown. */
#define MAX_POINTS (16u << 20)
/* Read at a time, and the longest line. */
#define BUFFER_SIZE (1u << 20)
/* A line of ours has no more than eight. */
#define MAX_FIELDS 16

struct UtLogWriter
{
  GFile *file;     /* (owned) */
  int fd;          /* (owned) */
  GString *buffer; /* (owned) */
};

/* Lines */

static void
append_field (GString    *log,
              const char *key,
              double      value)
{
  g_string_append_printf (log, ",\"%s\":", key);
  ut_json_append_number (log, value);
}

void
ut_log_append_point (GString       *log,
                     const UtPoint *point)
{
  g_string_append_printf (log,
                          "{\"event\":\"step\",\"step\":%" G_GUINT64_FORMAT ",\"epoch\":%u",
                          point->step, point->epoch);
  append_field (log, "loss", point->loss);
  append_field (log, "accuracy", point->accuracy);
  g_string_append (log, "}\n");
}

void
ut_log_append_epoch (GString       *log,
                     const UtEpoch *epoch)
{
  g_string_append_printf (log, "{\"event\":\"epoch\",\"epoch\":%u", epoch->epoch);
  append_field (log, "train_loss", epoch->train_loss);
  append_field (log, "train_accuracy", epoch->train_accuracy);
  append_field (log, "val_loss", epoch->val_loss);
  append_field (log, "val_accuracy", epoch->val_accuracy);
  append_field (log, "seconds", epoch->seconds);
  append_field (log, "steps_per_second", epoch->steps_per_second);
  g_string_append (log, "}\n");
}

void
ut_log_append_look (GString           *log,
                    const UtProbeLook *look)
{
  for (gsize i = 0; i < look->probes->n_texts; i++)
    {
      g_string_append_printf (log,
                              "{\"event\":\"probe\",\"step\":%" G_GUINT64_FORMAT ",\"epoch\":%u,\"text\":",
                              look->step, look->epoch);
      ut_json_append_string (log, look->probes->texts[i]);
      append_field (log, "probability", look->probabilities[i]);
      append_field (log, "seconds", look->seconds);
      g_string_append (log, "}\n");
    }
}

void
ut_log_append_error (GString    *log,
                     const char *message)
{
  g_string_append (log, "{\"event\":\"error\",\"message\":");
  ut_json_append_string (log, message);
  g_string_append (log, "}\n");
}

void
ut_log_append_done (GString       *log,
                    const UtEpoch *best,
                    double         seconds)
{
  g_string_append_printf (log, "{\"event\":\"done\",\"best_epoch\":%u",
                          best != NULL ? best->epoch : 0);
  append_field (log, "best_val_accuracy", best != NULL ? best->val_accuracy : NAN);
  append_field (log, "seconds", seconds);
  g_string_append (log, "}\n");
}

/* Writing */

static UtLogWriter *
open_writer (GFile   *file,
             int      flags,
             GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  int fd = -1;

  if (path == NULL)
    errno = ENOTSUP;
  else
    fd = g_open (path, flags | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      _ut_file_set_error (file, errno, error);
      return NULL;
    }

  UtLogWriter *self = g_new (UtLogWriter, 1);

  *self = (UtLogWriter) { g_object_ref (file), fd, g_string_new (NULL) };
  return self;
}

UtLogWriter *
_ut_log_writer_new (GFile   *file,
                    GError **error)
{
  return open_writer (file, O_WRONLY | O_TRUNC, error);
}

void
_ut_log_writer_free (UtLogWriter *self)
{
  close (self->fd);
  g_object_unref (self->file);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

void
_ut_log_writer_add_point (UtLogWriter   *self,
                          const UtPoint *point)
{
  ut_log_append_point (self->buffer, point);
}

void
_ut_log_writer_add_epoch (UtLogWriter   *self,
                          const UtEpoch *epoch)
{
  ut_log_append_epoch (self->buffer, epoch);
}

void
_ut_log_writer_add_look (UtLogWriter       *self,
                         const UtProbeLook *look)
{
  ut_log_append_look (self->buffer, look);
}

void
_ut_log_writer_add_error (UtLogWriter *self,
                          const char  *message)
{
  ut_log_append_error (self->buffer, message);
}

void
_ut_log_writer_add_done (UtLogWriter   *self,
                         const UtEpoch *best,
                         double         seconds)
{
  ut_log_append_done (self->buffer, best, seconds);
}

gboolean
_ut_log_writer_flush (UtLogWriter  *self,
                      GError      **error)
{
  gsize done = 0;

  while (done < self->buffer->len)
    {
      gssize written = write (self->fd, self->buffer->str + done, self->buffer->len - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          _ut_file_set_error (self->file, errno, error);
          g_string_erase (self->buffer, 0, (gssize) done);
          return FALSE;
        }
      done += (gsize) written;
    }

  g_string_truncate (self->buffer, 0);
  return TRUE;
}

gboolean
_ut_log_writer_sync (UtLogWriter  *self,
                     GError      **error)
{
  /* A pipe or a device has nothing to sync. */
  if (fdatasync (self->fd) == 0 || errno == EINVAL || errno == EROFS)
    return TRUE;

  _ut_file_set_error (self->file, errno, error);
  return FALSE;
}

/* Reading: a line is a flat object, which needs no parser that recurses or allocates. */

typedef struct
{
  char *key;    /* into the line */
  char *text;   /* (nullable), of a string, as it stands there */
  double value; /* NaN for null and strings */
} Field;

/* The string at **p, without its quotes; no escape is resolved but that of the closing quote. */
static char *
take_string (char **p)
{
  if (**p != '"')
    return NULL;

  char *start = ++*p;

  for (; **p != '"'; (*p)++)
    {
      if (**p == '\0')
        return NULL;
      if (**p == '\\' && *++*p == '\0')
        return NULL;
    }
  *(*p)++ = '\0';

  return start;
}

static gboolean
take_value (char  **p,
            Field  *field)
{
  field->text = NULL;
  field->value = NAN;

  if (**p == '"')
    {
      field->text = take_string (p);
      return field->text != NULL;
    }
  if (strncmp (*p, "null", 4) == 0)
    {
      *p += 4;
      return TRUE;
    }
  if (!g_ascii_isdigit (**p) && **p != '-')
    return FALSE;

  char *end;

  field->value = g_ascii_strtod (*p, &end);
  *p = end;
  return isfinite (field->value);
}

/* Cuts @line, which it overwrites, into fields; 0 where it is none of ours. */
static gsize
split_line (char  *line,
            Field *fields)
{
  char *p = line;
  gsize n_fields = 0;

  if (*p++ != '{')
    return 0;
  while (n_fields < MAX_FIELDS)
    {
      Field *field = &fields[n_fields++];

      field->key = take_string (&p);
      if (field->key == NULL || *p++ != ':' || !take_value (&p, field))
        return 0;
      if (*p == '}' && p[1] == '\0')
        return n_fields;
      if (*p++ != ',')
        return 0;
    }

  return 0;
}

static double
find_value (const Field *fields,
            gsize        n_fields,
            const char  *key)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (strcmp (fields[i].key, key) == 0)
        return fields[i].value;
    }

  return NAN;
}

/* Steps and epochs are whole and not negative. */
static gboolean
find_count (const Field *fields,
            gsize        n_fields,
            const char  *key,
            double       maximum,
            double      *value)
{
  *value = find_value (fields, n_fields, key);

  return *value >= 0 && *value <= maximum && *value == floor (*value);
}

static guint64
get_last_step (const UtLogContents *contents)
{
  guint n_points = contents->points->len;

  return n_points > 0 ? g_array_index (contents->points, UtPoint, n_points - 1).step : 0;
}

static gboolean
read_look (const Field  *fields,
           gsize         n_fields,
           UtProbeLines *looks)
{
  const char *text = NULL;
  double step, epoch;

  for (gsize i = 0; i < n_fields && text == NULL; i++)
    {
      if (strcmp (fields[i].key, "text") == 0)
        text = fields[i].text;
    }

  return text != NULL && find_count (fields, n_fields, "step", 1e15, &step)
         && find_count (fields, n_fields, "epoch", G_MAXUINT32, &epoch)
         && _ut_probe_lines_add (looks, text, (guint64) step, (guint) epoch,
                                 find_value (fields, n_fields, "seconds"),
                                 find_value (fields, n_fields, "probability"));
}

static gboolean
read_line (char          *line,
           UtLogContents *contents,
           UtProbeLines  *looks)
{
  Field fields[MAX_FIELDS];
  gsize n_fields = split_line (line, fields);

  if (n_fields == 0 || strcmp (fields[0].key, "event") != 0 || fields[0].text == NULL)
    return FALSE;

  const char *event = fields[0].text;
  double step, epoch;

  if (strcmp (event, "step") == 0)
    {
      if (!find_count (fields, n_fields, "step", 1e15, &step)
          || !find_count (fields, n_fields, "epoch", G_MAXUINT32, &epoch))
        return FALSE;

      UtPoint point = {
        .step = (guint64) step,
        .epoch = (guint) epoch,
        .loss = find_value (fields, n_fields, "loss"),
        .accuracy = find_value (fields, n_fields, "accuracy"),
      };

      /* Plots search by step. */
      if (point.step <= get_last_step (contents))
        return FALSE;
      if (contents->points->len < MAX_POINTS)
        g_array_append_val (contents->points, point);
    }
  else if (strcmp (event, "epoch") == 0)
    {
      if (!find_count (fields, n_fields, "epoch", G_MAXUINT32, &epoch))
        return FALSE;

      UtEpoch entry = {
        .epoch = (guint) epoch,
        .step = get_last_step (contents),
        .train_loss = find_value (fields, n_fields, "train_loss"),
        .train_accuracy = find_value (fields, n_fields, "train_accuracy"),
        .val_loss = find_value (fields, n_fields, "val_loss"),
        .val_accuracy = find_value (fields, n_fields, "val_accuracy"),
        .seconds = find_value (fields, n_fields, "seconds"),
        .steps_per_second = find_value (fields, n_fields, "steps_per_second"),
      };

      g_array_append_val (contents->epochs, entry);
    }
  else if (strcmp (event, "probe") == 0)
    {
      return read_look (fields, n_fields, looks);
    }

  return TRUE;
}

#define BAD_LINE G_MAXSIZE

/* Reads the whole lines of @text, @number being that of the first and then of the next one.
 * Returns how many bytes that were, or BAD_LINE. */
static gsize
take_lines (char          *text,
            gsize          length,
            UtLogContents *contents,
            UtProbeLines  *looks,
            guint         *number)
{
  char *line = text;
  char *end;

  while ((end = memchr (line, '\n', length - (gsize) (line - text))) != NULL)
    {
      *end = '\0';
      if (!read_line (line, contents, looks))
        return BAD_LINE;
      line = end + 1;
      (*number)++;
    }

  return (gsize) (line - text);
}

/* Continuing */

/* Whether @line, which is overwritten, was written before the training stood where it goes on. */
static gboolean
is_before (char    *line,
           guint64  step,
           guint    n_epochs)
{
  Field fields[MAX_FIELDS];
  gsize n_fields = split_line (line, fields);
  double count;

  if (n_fields == 0 || strcmp (fields[0].key, "event") != 0 || fields[0].text == NULL)
    return FALSE;
  if (strcmp (fields[0].text, "step") == 0 || strcmp (fields[0].text, "probe") == 0)
    return find_count (fields, n_fields, "step", (double) step, &count);
  if (strcmp (fields[0].text, "epoch") == 0)
    return find_count (fields, n_fields, "epoch", n_epochs, &count) && count > 0;

  return FALSE;
}

/* How many bytes of @fd, from its start on, are whole lines that stay; -1 with errno set. */
static off_t
find_cut (int     fd,
          guint64 step,
          guint   n_epochs)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gsize length = 0;
  off_t cut = 0;
  gssize n_read;

  while ((n_read = read (fd, buffer + length, BUFFER_SIZE - length)) != 0)
    {
      char *line = buffer;
      char *end;

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        return -1;
      length += (gsize) n_read;
      while ((end = memchr (line, '\n', length - (gsize) (line - buffer))) != NULL)
        {
          *end = '\0';
          if (!is_before (line, step, n_epochs))
            return cut;
          cut += end + 1 - line;
          line = end + 1;
        }
      length -= (gsize) (line - buffer);
      /* Too long for a line of ours. */
      if (length == BUFFER_SIZE)
        return cut;
      memmove (buffer, line, length);
    }

  return cut;
}

UtLogWriter *
_ut_log_writer_continue (GFile    *file,
                         guint64   step,
                         guint     n_epochs,
                         GError  **error)
{
  g_autofree char *path = g_file_get_path (file);
  GStatBuf status;

  /* A device or a pipe has nothing to be cut off. */
  if (path == NULL || g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return _ut_log_writer_new (file, error);

  g_autoptr (UtLogWriter) self = open_writer (file, O_RDWR, error);

  if (self == NULL)
    return NULL;

  off_t cut = find_cut (self->fd, step, n_epochs);

  if (cut < 0 || ftruncate (self->fd, cut) != 0 || lseek (self->fd, cut, SEEK_SET) < 0)
    {
      _ut_file_set_error (file, errno, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* Contents */

static void
init_contents (UtLogContents *contents)
{
  *contents = (UtLogContents) {
    .points = g_array_new (FALSE, FALSE, sizeof (UtPoint)),
    .epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch)),
    .looks = _ut_probe_looks_new (),
  };
}

static gboolean
read_stream (const char     *name,
             GInputStream   *stream,
             UtLogContents  *contents,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  g_autoptr (UtProbeLines) looks = _ut_probe_lines_new (contents->looks);
  gsize length = 0;
  gsize n_read;
  guint number = 1;

  do
    {
      if (!g_input_stream_read_all (stream, buffer + length, BUFFER_SIZE - length, &n_read,
                                    cancellable, error))
        return FALSE;
      length += n_read;

      gsize taken = take_lines (buffer, length, contents, looks, &number);

      /* Either a line is wrong, or it does not fit. */
      if (taken == BAD_LINE || (taken == 0 && length == BUFFER_SIZE))
        {
          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                       _("%s:%u: not a line of a training log"), name, number);
          return FALSE;
        }
      length -= taken;
      memmove (buffer, buffer + taken, length);
    }
  while (n_read > 0);
  _ut_probe_lines_end (looks);

  return TRUE;
}

gboolean
_ut_log_read_stream (const char     *name,
                     GInputStream   *stream,
                     UtLogContents  *contents,
                     GCancellable   *cancellable,
                     GError        **error)
{
  init_contents (contents);

  return read_stream (name, stream, contents, cancellable, error);
}

gboolean
_ut_log_read (GFile          *file,
              UtLogContents  *contents,
              GCancellable   *cancellable,
              GError        **error)
{
  guint64 size;

  init_contents (contents);

  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, error);

  if (stream == NULL)
    return FALSE;

  g_autofree char *name = g_file_get_parse_name (file);

  return read_stream (name, stream, contents, cancellable, error);
}

void
_ut_log_contents_clear (UtLogContents *contents)
{
  g_clear_pointer (&contents->points, g_array_unref);
  g_clear_pointer (&contents->epochs, g_array_unref);
  g_clear_pointer (&contents->looks, g_ptr_array_unref);
}
