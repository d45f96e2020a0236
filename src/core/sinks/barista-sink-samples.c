/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sinks.h"

#include <glib/gi18n-lib.h>

/* The sinks of Tinybird's page, as starting points. */
static const BaristaSinkSample samples[] = {
  { "kafka_events_sink", N_ ("The rows of the last hour"), BARISTA_TARGET_KAFKA, "publish",
    "SELECT timestamp, event_type, user_id, payload\n"
    "FROM events\n"
    "WHERE timestamp >= now() - interval 1 hour",
    "@on-demand" },
  { "hourly_events_to_kafka", N_ ("Counts of each whole hour"), BARISTA_TARGET_KAFKA,
    "hourly_export",
    "SELECT\n"
    "  toStartOfHour(timestamp) AS hour,\n"
    "  event_type,\n"
    "  count() AS event_count,\n"
    "  uniqExact(user_id) AS unique_users\n"
    "FROM events\n"
    "WHERE timestamp >= toStartOfHour(now()) - interval 1 hour\n"
    "  AND timestamp < toStartOfHour(now())\n"
    "GROUP BY hour, event_type",
    "0 * * * *" },
  { "realtime_event_stream", N_ ("What matters, every five minutes"), BARISTA_TARGET_KAFKA,
    "high_value_events",
    "SELECT\n"
    "  timestamp,\n"
    "  user_id,\n"
    "  event_type,\n"
    "  amount,\n"
    "  metadata\n"
    "FROM events\n"
    "WHERE timestamp >= now() - interval 5 minute\n"
    "  AND amount > 1000\n"
    "ORDER BY timestamp",
    "*/5 * * * *" },
  { "s3_events_sink", N_ ("Yesterday's rows"), BARISTA_TARGET_S3, "export",
    "SELECT timestamp, session_id, event_type\n"
    "FROM events\n"
    "WHERE toDate(timestamp) = today() - 1",
    "@once" },
  { "daily_export", N_ ("Yesterday's counts"), BARISTA_TARGET_S3, "daily_aggregation",
    "SELECT\n"
    "  toDate(timestamp) AS date,\n"
    "  event_type,\n"
    "  count() AS event_count,\n"
    "  uniqExact(user_id) AS unique_users,\n"
    "  avg(duration) AS avg_duration\n"
    "FROM events\n"
    "WHERE toDate(timestamp) = yesterday()\n"
    "GROUP BY date, event_type\n"
    "ORDER BY event_count DESC",
    "0 1 * * *" },
  { "daily_partition_export", N_ ("Whole days, for a data lake"), BARISTA_TARGET_S3,
    "partition_export",
    "SELECT *\n"
    "FROM events\n"
    "WHERE toDate(timestamp) = yesterday()\n"
    "ORDER BY timestamp",
    "0 2 * * *" },
};

/**
 * barista_sink_samples:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): sinks to start from, in the order of the page
 */
const BaristaSinkSample *
barista_sink_samples (guint *n)
{
  *n = G_N_ELEMENTS (samples);
  return samples;
}

/**
 * barista_sink_new_from_sample:
 * @sample: where to start
 * @name: its name; the node's is made of it, too
 *
 * Returns: (transfer full): a sink with the sample's query and schedule, but no connection yet
 */
BaristaSink *
barista_sink_new_from_sample (const BaristaSinkSample *sample, const char *name)
{
  BaristaSink *sink = barista_sink_new (name);
  g_autofree char *node_name = g_strconcat (name, "_rows", NULL);
  g_autoptr (BaristaSinkNode) node = barista_sink_node_new (node_name, sample->sql);

  barista_sink_set_schedule (sink, sample->schedule);
  barista_sink_add_node (sink, node);
  return sink;
}
