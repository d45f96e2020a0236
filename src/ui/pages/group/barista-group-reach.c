/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-group-reach.h"

#include <glib/gi18n.h>

static GDateTime *
read_time (JsonObject *evidence, const char *member)
{
  const char *text = json_object_get_string_member_with_default (evidence, member, NULL);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_local (time) : NULL;
}

static guint64
get_amount (JsonObject *evidence, const char *member)
{
  return (guint64) MAX (json_object_get_int_member_with_default (evidence, member, 0), 0);
}

/**
 * barista_group_reach_init:
 * @self: (out caller-allocates): the reach; clear it after use
 * @session: whose check is read
 * @topic: a topic's name
 */
void
barista_group_reach_init (BaristaGroupReach *self, BaristaSession *session, const char *topic)
{
  BaristaStageReport *stage = barista_session_find_stage (session, BARISTA_SERVICE_KAFKA,
                                                          BARISTA_STAGE_SAMPLE, topic);
  JsonObject *evidence = stage != NULL ? barista_stage_report_get_evidence (stage) : NULL;
  *self = (BaristaGroupReach) { .in_bytes = barista_setup_get_is_dekaf (
                                    barista_session_get_setup (session)) };
  if (evidence == NULL || !json_object_has_member (evidence, "extent"))
    return;

  self->known = TRUE;
  self->extent = get_amount (evidence, "extent");
  self->empty = self->extent == 0;
  self->oldest = read_time (evidence, "oldest_record");
  self->newest = read_time (evidence, "newest_record");
}

void
barista_group_reach_clear (BaristaGroupReach *self)
{
  g_clear_pointer (&self->oldest, g_date_time_unref);
  g_clear_pointer (&self->newest, g_date_time_unref);
}

static char *
format_amount (const BaristaGroupReach *self, guint64 amount)
{
  if (self->in_bytes)
    return g_format_size (amount);
  return g_strdup_printf (ngettext ("%'u record", "%'u records", (gulong) amount),
                          (guint) MIN (amount, G_MAXUINT));
}

static char *
format_extent (const BaristaGroupReach *self)
{
  return format_amount (self, self->extent);
}

static char *
format_age (const BaristaGroupReach *self)
{
  GTimeSpan span;
  double days;

  if (self->oldest == NULL || self->newest == NULL)
    return NULL;

  span = g_date_time_difference (self->newest, self->oldest);
  days = (double) span / (double) G_TIME_SPAN_DAY;
  if (days >= 1)
    return g_strdup_printf (ngettext ("%.1f day", "%.1f days", days == 1.0 ? 1 : 2), days);
  if (span >= G_TIME_SPAN_HOUR)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", (gulong) (span / G_TIME_SPAN_HOUR)),
                            (guint) (span / G_TIME_SPAN_HOUR));
  return g_strdup_printf (ngettext ("%u minute", "%u minutes",
                                    (gulong) (span / G_TIME_SPAN_MINUTE)),
                          (guint) (span / G_TIME_SPAN_MINUTE));
}

char *
barista_group_reach_format (const BaristaGroupReach *self)
{
  g_autofree char *age = NULL;
  g_autofree char *extent = NULL;

  if (!self->known || self->empty)
    return g_strdup ("");

  age = format_age (self);
  extent = format_extent (self);
  /* Translators: an age and a size, such as "7.4 days, 20.1 kB" */
  return age != NULL ? g_strdup_printf (_ ("%s, %s"), age, extent) : g_steal_pointer (&extent);
}

char *
barista_group_reach_explain (const BaristaGroupReach *self, BaristaStart start)
{
  g_autofree char *amount = barista_group_reach_format (self);
  g_autofree char *oldest = self->oldest != NULL ? g_date_time_format (self->oldest, "%-e %B %Y")
                                                 : NULL;

  if (!self->known)
    return start == BARISTA_START_EARLIEST ? g_strdup (_ ("Reads everything that is there."))
                                           : g_strdup (_ ("Reads only what comes from now on."));
  if (self->empty)
    return g_strdup (_ ("There is no record yet; both read what comes from now on."));
  if (start == BARISTA_START_EARLIEST && oldest != NULL)
    return g_strdup_printf (_ ("Reads everything since %s: %s."), oldest, amount);
  if (start == BARISTA_START_EARLIEST)
    return g_strdup_printf (_ ("Reads everything that is there: %s."), amount);
  return g_strdup_printf (_ ("Passes over %s that are there; rows come with the next change."),
                          amount);
}

char *
barista_group_reach_describe_read (const BaristaGroupReach *self, JsonObject *evidence)
{
  guint64 extent = get_amount (evidence, "extent");
  guint64 read = get_amount (evidence, "read");
  guint unread = (guint) get_amount (evidence, "unread_partitions");
  guint partitions = (guint) get_amount (evidence, "partitions");
  g_autofree char *all = format_amount (self, extent);
  g_autofree char *amount = format_amount (self, read);

  if (extent == 0)
    return g_strdup (_ ("Tinybird has begun to read."));
  if (read >= extent)
    /* Translators: %s is an amount, such as "3.2 GB" */
    return g_strdup_printf (_ ("Tinybird has read all of it, %s."), all);
  if (unread > 0)
    return g_strdup_printf (
        /* Translators: two amounts, such as "1.2 GB" and "3.2 GB", then parts of the topic */
        ngettext ("Tinybird has read %s of %s, and nothing yet from %u of %u partition.",
                  "Tinybird has read %s of %s, and nothing yet from %u of %u partitions.",
                  partitions),
        amount, all, unread, partitions);

  /* Translators: two amounts, such as "1.2 GB" and "3.2 GB" */
  return g_strdup_printf (_ ("Tinybird has read %s of %s."), amount, all);
}
