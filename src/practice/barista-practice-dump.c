/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-dump.h"

#include "barista-practice.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>

struct _BaristaPracticeDump
{
  FILE *out;
  char *file;
  int trouble; /* errno of the first write that failed, or 0 */
};

static void
set_error (const char *file, int code, GError **error)
{
  g_set_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_DUMP,
               /* Translators: a file name and a reason */
               _ ("Could not write “%s”: %s"), file, g_strerror (code));
}

/**
 * barista_practice_dump_new:
 * @file: written from the start, line by line, so that it can be followed
 *
 * Errors: %BARISTA_PRACTICE_ERROR_DUMP
 */
BaristaPracticeDump *
barista_practice_dump_new (const char *file, GError **error)
{
  FILE *out = g_fopen (file, "we");
  BaristaPracticeDump *self;

  if (out == NULL)
    {
      set_error (file, errno, error);
      return NULL;
    }
  self = g_new0 (BaristaPracticeDump, 1);
  self->out = out;
  self->file = g_strdup (file);
  return self;
}

void
barista_practice_dump_free (BaristaPracticeDump *self)
{
  fclose (self->out);
  g_free (self->file);
  g_free (self);
}

/* @topic: a name that needs no escaping; @value_json: NULL is a tombstone */
void
barista_practice_dump_add (BaristaPracticeDump *self,
                           const char *topic,
                           guint partition,
                           gint64 offset,
                           gint64 timestamp,
                           const char *key_json,
                           const char *value_json)
{
  int written = fprintf (self->out,
                         "{\"topic\":\"%s\",\"partition\":%u,\"offset\":%" G_GINT64_FORMAT
                         ",\"timestamp\":%" G_GINT64_FORMAT ",\"key\":%s,\"value\":%s}\n",
                         topic, partition, offset, timestamp, key_json,
                         value_json != NULL ? value_json : "null");
  if (written < 0 && self->trouble == 0)
    self->trouble = errno;
}

void
barista_practice_dump_flush (BaristaPracticeDump *self)
{
  if (fflush (self->out) != 0 && self->trouble == 0)
    self->trouble = errno;
}

gboolean
barista_practice_dump_check (BaristaPracticeDump *self, GError **error)
{
  barista_practice_dump_flush (self);
  if (self->trouble == 0)
    return TRUE;

  set_error (self->file, self->trouble, error);
  return FALSE;
}
