/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-name-text.h"

#define ID_BYTES 200
#define SUM_CHARS 8

/* @topic without the parts that it has in common with @task's organisation. */
static const char *
strip_organisation (const char *topic, const char *task)
{
  const char *slash = task != NULL ? strchr (task, '/') : NULL;
  gsize length = slash != NULL ? (gsize) (slash - task) + 1 : 0;

  return length > 0 && strncmp (topic, task, length) == 0 ? topic + length : topic;
}

/* Something that differs when task or topic differ, and is the same each time. */
static char *
short_sum (const char *task, const char *topic)
{
  g_autofree char *both = g_strconcat (task != NULL ? task : "", "\n", topic, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strndup (sum, SUM_CHARS);
}

/**
 * barista_group_id_suggest:
 * @task: (nullable): the task's name
 * @topic: the topic's, as listed
 *
 * Proposes `acmeco-prod-tinybird-orders`. All tasks of a data plane share one space of group ids and
 * they are passed on unchanged (dekaf.md 1.9), so the task's whole name stands in it. Where letters
 * had to be left out, a short sum keeps two ids apart.
 *
 * Returns: (transfer full): an id that barista_group_id_check() accepts
 */
char *
barista_group_id_suggest (const char *task, const char *topic)
{
  g_autofree char *decoded = barista_topic_name_decode (topic);
  const char *rest = strip_organisation (decoded != NULL ? decoded : topic, task);
  g_autofree char *both = g_strconcat (task != NULL ? task : "barista", "-", rest, NULL);
  gboolean lossy = FALSE;
  g_autofree char *slug = barista_name_slug (both, "._", '-', &lossy);
  g_autofree char *id = g_ascii_strdown (slug, -1);
  g_autofree char *sum = NULL;

  if (!lossy && strlen (id) <= ID_BYTES && *id != '\0')
    return g_steal_pointer (&id);

  sum = short_sum (task, topic);
  return g_strdup_printf ("%.*s-%s", ID_BYTES - SUM_CHARS - 1, *id != '\0' ? id : "barista", sum);
}

/**
 * barista_group_id_unique:
 * @task: (nullable): the task's name
 * @topic: the topic's, as listed
 * @taken: (element-type utf8 utf8): a set with g_free() for its keys; gets a copy of the result
 *
 * Proposes an id that nothing else in @taken has: `a/b` and `a-b` come to the same letters, and two
 * data sources of one group would each get part of the data. The second gets a sum of its own name,
 * not a number: that stays the same when topics come and go before it.
 *
 * Returns: (transfer full): an id that barista_group_id_check() accepts
 */
char *
barista_group_id_unique (const char *task, const char *topic, GHashTable *taken)
{
  g_autofree char *id = barista_group_id_suggest (task, topic);

  if (g_hash_table_contains (taken, id))
    {
      g_autofree char *sum = short_sum (task, topic);
      g_autofree char *base = g_steal_pointer (&id);

      id = g_strdup_printf ("%.*s-%s", ID_BYTES - SUM_CHARS - 1, base, sum);
    }
  if (g_hash_table_contains (taken, id))
    {
      g_autofree char *base = g_strndup (id, ID_BYTES - 12);

      g_free (id);
      id = barista_name_numbered (base, '-', taken);
    }

  g_hash_table_add (taken, g_strdup (id));
  return g_steal_pointer (&id);
}

static const char *
find_fault (const char *id)
{
  if (*id == '\0')
    return _ ("it is empty");
  if (strnlen (id, ID_BYTES + 1) > ID_BYTES)
    return _ ("it is longer than 200 letters");

  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("._-", *p) == NULL)
      return _ ("only letters without accents, digits and . _ - stand in it");

  return NULL;
}

/**
 * barista_group_id_check:
 * @id: a consumer group's id
 * @error: return location
 *
 * Kafka itself takes almost any text; this is what passes unharmed through datafiles, shells and
 * secrets. Capitals are allowed, suggestions have none.
 *
 * Returns: %FALSE with %BARISTA_NAME_ERROR_GROUP_INVALID
 */
gboolean
barista_group_id_check (const char *id, GError **error)
{
  const char *fault = find_fault (id);
  g_autofree char *shown = NULL;

  if (fault == NULL)
    return TRUE;

  shown = barista_name_shown (id);
  g_set_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_GROUP_INVALID,
               _ ("“%s” can't be a group's id: %s"), shown, fault);
  return FALSE;
}
