/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-check-private.h"

#include "barista-dial.h"
#include "barista-names.h"

#include <glib/gi18n-lib.h>

#define UNKNOWN_TOPIC_OR_PARTITION 3
/* Topics whose stages end at once are taken so many at a time, some tens of milliseconds. */
#define TOPICS_AT_ONCE 250

/* --- whose turn it is --- */

static void
skip_topic (BaristaCheck *self, BaristaProbe *probe, BaristaStage from, const char *reason)
{
  static const BaristaStage stages[] = { BARISTA_STAGE_SAMPLE, BARISTA_STAGE_GROUP };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (stages[i] >= from && stages[i] <= self->options.until)
      check_skip (self, BARISTA_SERVICE_KAFKA, stages[i], probe->topic, reason);
}

static void
on_topics_redialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaCheck) self = user_data;
  g_autoptr (BaristaConnection) connection = barista_dial_finish (result, NULL, NULL);

  self->hung_up = FALSE;
  if (connection != NULL)
    g_set_object (&self->connection, connection);
  check_run_topics (self);
}

/* What one topic did to the connection is not the next one's fault. */
static void
redial_for_topics (BaristaCheck *self)
{
  check_dial_one (self, check_get_address (self), self->cancellable, on_topics_redialled,
                  g_object_ref (self));
}

/* The topic whose turn it was is reported as cancelled: stopped between two topics is stopped. */
static void
skip_stopped (BaristaCheck *self)
{
  for (guint first = self->next_probe;
       check_is_stopped (self) && self->next_probe < self->probes->len; self->next_probe++)
    {
      BaristaProbe *probe = g_ptr_array_index (self->probes, self->next_probe);

      if (self->options.until >= BARISTA_STAGE_TOPIC && self->next_probe == first)
        check_stage_end (
            check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_TOPIC, probe));
      skip_topic (self, probe, BARISTA_STAGE_SAMPLE, N_ ("stopped"));
    }
}

static void
run_next_topic (BaristaCheck *self)
{
  if (self->options.until < BARISTA_STAGE_TOPIC || self->next_probe >= self->probes->len
      || check_is_stopped (self))
    {
      skip_stopped (self);
      check_end_kafka (self, !check_is_stopped (self));
      return;
    }

  /* Records are read with their schemas: wait for the registry's lane. */
  if (self->registry == LANE_RUNNING)
    {
      self->awaits_registry = TRUE;
      return;
    }

  if (self->hung_up)
    redial_for_topics (self);
  else
    check_start_topic (self, g_ptr_array_index (self->probes, self->next_probe++));
}

static gboolean
on_topics_turn (gpointer user_data)
{
  check_run_topics (user_data);
  return G_SOURCE_REMOVE;
}

/* Goes on when whoever wants to stop us has been heard. */
static void
run_topics_later (BaristaCheck *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, on_topics_turn, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* A topic's stages may end at once, and a listing may be long: what comes next is taken from here,
 * not from within the end of the one before it. */
void
check_run_topics (BaristaCheck *self)
{
  g_autoptr (BaristaCheck) kept = g_object_ref (self);
  guint turns = 0;

  self->topics_due = TRUE;
  if (self->runs_topics)
    return;

  self->runs_topics = TRUE;
  while (self->topics_due && turns++ < TOPICS_AT_ONCE)
    {
      self->topics_due = FALSE;
      run_next_topic (self);
    }
  self->runs_topics = FALSE;
  if (self->topics_due)
    run_topics_later (self);
}

/* --- a topic's own stage --- */

static void
end_topic (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  BaristaProbe *probe = stage->probe;

  if (!check_stage_end (stage))
    {
      skip_topic (self, probe, BARISTA_STAGE_SAMPLE, N_ ("the topic's own stage failed"));
      check_run_topics (self);
    }
  else if (self->options.until < BARISTA_STAGE_SAMPLE)
    check_run_topics (self);
  else if (self->registry == LANE_FAILED)
    {
      check_skip (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SAMPLE, probe->topic,
                  N_ ("the schema registry's check failed"));
      check_start_group (self, probe);
    }
  else
    check_start_sample (self, probe);
}

static void
add_closest (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  guint n = MIN (barista_report_get_n_topics (self->report), 10000u);
  g_autofree const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      BaristaTopicInfo info;

      barista_report_get_topic (self->report, i, &info);
      names[i] = info.name;
    }
  barista_evidence_set_text (stage->evidence, BARISTA_FACT_CLOSEST,
                             barista_topic_name_closest (stage->topic, names));
}

static void
judge_topic (CheckStage *stage, const BaristaWireView *topic, gboolean listed)
{
  gint16 code = (gint16) barista_wire_view_get_int (topic, "errorCode");
  BaristaWireIter partitions;
  int n = barista_wire_view_get_array (topic, "partitions", &partitions);

  barista_evidence_set_flag (stage->evidence, BARISTA_FACT_LISTED, listed);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_PARTITIONS, MAX (n, 0));
  if (code != 0)
    barista_gather_kafka_error (stage->evidence, code);
  if (code == UNKNOWN_TOPIC_OR_PARTITION)
    add_closest (stage);
  end_topic (stage);
}

static void
on_named_metadata (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (self->connection, result,
                                                                   &error);
  BaristaWireView topic;
  BaristaWireIter iter;

  if (reply != NULL && barista_wire_view_get_array (&reply->view, "topics", &iter) > 0
      && barista_wire_iter_next (&iter, &topic))
    {
      judge_topic (stage, &topic, FALSE);
      return;
    }

  /* The dot trap ends the connection (`dekaf.md` 1.7): there is no such topic either way. */
  if (reply != NULL || barista_gather_end (error) == BARISTA_END_CLOSED)
    {
      barista_gather_kafka_error (stage->evidence, UNKNOWN_TOPIC_OR_PARTITION);
      add_closest (stage);
    }
  else
    check_stage_fail (stage, error);
  end_topic (stage);
}

/* A listing leaves out what the user may not see: asked by name, the server says which it is. */
static void
ask_by_name (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request = barista_connection_request (self->connection, BARISTA_API_METADATA,
                                                           &error);

  if (request == NULL)
    {
      check_stage_fail (stage, error);
      end_topic (stage);
      return;
    }

  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", stage->topic);
  barista_wire_end_array (request);
  barista_wire_put_int (request, "allowAutoTopicCreation", FALSE);
  barista_connection_call_async (self->connection, request, stage->cancellable, on_named_metadata,
                                 stage);
}

void
check_start_topic (BaristaCheck *self, BaristaProbe *probe)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_TOPIC, probe);
  BaristaWireView topic;

  if (check_find_listed (self, probe->topic, &topic))
    judge_topic (stage, &topic, TRUE);
  else
    ask_by_name (stage);
}
