/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schedule.h"
#include "barista-sink-rules.h"

#include <glib/gi18n-lib.h>

/* The five best practices of Tinybird's page on sinks. */

#define HOUR 3600

static char *
check_practice_schedule (const BaristaRuleContext *self)
{
  const char *text = barista_sink_get_schedule (self->sink);
  g_autoptr (BaristaSchedule) schedule = text != NULL ? barista_schedule_new (text, NULL) : NULL;
  gint64 gap = 0;

  if (schedule != NULL && barista_schedule_get_kind (schedule) == BARISTA_SCHEDULE_CRON)
    gap = barista_schedule_get_shortest_gap (schedule);

  return self->kind == BARISTA_TARGET_S3 && gap > 0 && gap < HOUR
             ? g_strdup (_ ("Files are written more often than every hour; each run costs a query "
                            "and may add files."))
             : NULL;
}

static gboolean
apply_practice_schedule (const BaristaRuleContext *self)
{
  barista_sink_set_schedule (self->sink, "0 * * * *");
  return TRUE;
}

static char *
check_practice_time (const BaristaRuleContext *self)
{
  guint n = 0;
  const BaristaSqlColumn *columns = self->sql != NULL ? barista_sql_get_columns (self->sql, &n)
                                                      : NULL;

  for (guint i = 0; i < n; i++)
    if (columns[i].is_star || barista_is_time_name (columns[i].name))
      return NULL;

  return n > 0 ? g_strdup (_ ("No exported column reads like a time, so nobody sees later when the "
                              "rows are from."))
               : NULL;
}

/* A query around the query, so that nothing of it needs to be understood. */
static gboolean
apply_practice_time (const BaristaRuleContext *self)
{
  BaristaSinkNode *node = barista_sink_get_last_node (self->sink);
  const char *statement = self->statements->pdata[self->statements->len - 1];
  gboolean is_template = *statement == '%';
  const char *inner = is_template ? statement + 1 : statement;
  g_autofree char *wrapped = NULL;

  if (g_str_has_suffix (statement, ";") || !barista_sql_is_certain (self->sql))
    return FALSE;

  wrapped = g_strdup_printf ("%sSELECT *, now() AS exported_at\nFROM (\n%s\n)",
                             is_template ? "%\n" : "", *inner == '\n' ? inner + 1 : inner);
  barista_sink_node_set_sql (node, wrapped);
  return TRUE;
}

static char *
check_practice_compression (const BaristaRuleContext *self)
{
  const char *compression = barista_sink_get_compression (self->sink);
  const BaristaSinkWord *word = barista_sink_word_find (BARISTA_SINK_COMPRESSION, compression);
  gboolean is_none = compression == NULL || (word != NULL && g_str_equal (word->standard, "none"));
  gboolean is_text = g_strcmp0 (barista_sink_get_format (self->sink), "parquet") != 0;

  return self->kind == BARISTA_TARGET_S3 && is_none && is_text
             ? g_strdup (
                   _ ("The files aren't compressed; large exports cost storage and transfer."))
             : NULL;
}

static gboolean
apply_practice_compression (const BaristaRuleContext *self)
{
  barista_sink_set_compression (self->sink, "gzip");
  return TRUE;
}

static char *
check_practice_monitor (const BaristaRuleContext *self)
{
  return g_strdup (_ ("Nobody is told when a run fails."));
}

static char *
check_practice_duplicates (const BaristaRuleContext *self)
{
  return g_strdup (
      _ ("A run that fails and is repeated may export rows twice, or leave some out."));
}

const BaristaRule barista_sink_practices[] = {
  { "sink-practice-schedule", BARISTA_LEVEL_HINT, check_practice_schedule,
    N_ ("Run it every hour, or as often as somebody needs it."), apply_practice_schedule },
  { "sink-practice-time", BARISTA_LEVEL_HINT, check_practice_time,
    N_ ("Export a time, such as now() AS exported_at."), apply_practice_time },
  { "sink-practice-compression", BARISTA_LEVEL_HINT, check_practice_compression,
    N_ ("Compress them with gzip."), apply_practice_compression },
  { "sink-practice-monitor", BARISTA_LEVEL_HINT, check_practice_monitor,
    N_ ("Look into tinybird.sinks_ops_log now and then; the folder's README has the query."), NULL,
    TRUE },
  { "sink-practice-duplicates", BARISTA_LEVEL_HINT, check_practice_duplicates,
    N_ ("Let readers know each row by a key, and take it once."), NULL, TRUE },
  {}
};
