/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-names.h"

/* What consumers tell each other through the group. Brokers pass it on unread; Dekaf reads it,
 * because it gives the topics other names upstream (dekaf.md 1.9). Only the topics matter here: what
 * later versions append (own partitions, generation, rack) is passed over. */

#define MAX_VERSION 3
#define MAX_TOPICS 200000

typedef struct
{
  const guint8 *bytes;
  gsize left;
} Cursor;

static gboolean
take (Cursor *self, gsize n, const guint8 **bytes)
{
  if (n > self->left)
    return FALSE;

  *bytes = self->bytes;
  self->bytes += n;
  self->left -= n;
  return TRUE;
}

static gboolean
take_int16 (Cursor *self, gint16 *value)
{
  const guint8 *bytes;

  if (!take (self, 2, &bytes))
    return FALSE;

  *value = (gint16) (bytes[0] << 8 | bytes[1]);
  return TRUE;
}

static gboolean
take_int32 (Cursor *self, gint32 *value)
{
  const guint8 *bytes;

  if (!take (self, 4, &bytes))
    return FALSE;

  *value = (gint32) ((guint32) bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]);
  return TRUE;
}

static gboolean
take_name (Cursor *self, char **name)
{
  const guint8 *bytes;
  gint16 length;

  if (!take_int16 (self, &length) || length < 0 || !take (self, length, &bytes)
      || !g_utf8_validate ((const char *) bytes, length, NULL))
    return FALSE;

  *name = g_strndup ((const char *) bytes, length);
  return TRUE;
}

static gboolean
skip_partitions (Cursor *self)
{
  const guint8 *bytes;
  gint32 n;

  return take_int32 (self, &n) && n >= 0 && take (self, (gsize) n * 4, &bytes);
}

static GPtrArray *
read_topics (const guint8 *data, gsize length, gboolean with_partitions)
{
  g_autoptr (GPtrArray) topics = g_ptr_array_new_with_free_func (g_free);
  Cursor cursor = { data, length };
  gint16 version;
  gint32 n;

  if (!take_int16 (&cursor, &version) || version < 0 || version > MAX_VERSION
      || !take_int32 (&cursor, &n) || n < 0 || n > MAX_TOPICS)
    return NULL;

  while (n-- > 0)
    {
      char *name;

      if (!take_name (&cursor, &name))
        return NULL;
      g_ptr_array_add (topics, name);
      if (with_partitions && !skip_partitions (&cursor))
        return NULL;
    }
  return g_steal_pointer (&topics);
}

GPtrArray *
barista_practice_subscription_topics (const guint8 *bytes, gsize length)
{
  return read_topics (bytes, length, FALSE);
}

GPtrArray *
barista_practice_assignment_topics (const guint8 *bytes, gsize length)
{
  return read_topics (bytes, length, TRUE);
}
