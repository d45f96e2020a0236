/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sampled-topic.h"

#include "barista-profile.h"
#include "test-wait.h"

const FakeRange sampled_ranges[] = {
  { BARISTA_API_FETCH, 4, 11 },
  { BARISTA_API_LIST_OFFSETS, 2, 7 },
  { BARISTA_API_METADATA, 4, 9 },
  { BARISTA_API_API_VERSIONS, 0, 3 },
  { -1 },
};

BaristaWireWriter *
sampled_begin_answer (const FakeRequest *request, BaristaWireView *view)
{
  BaristaApi api = (BaristaApi) request->header.api_key;

  g_assert_true (barista_wire_view_init (view, barista_wire_layout (api), BARISTA_WIRE_REQUEST,
                                         request->header.api_version, request->body,
                                         request->body_length, NULL));
  return barista_wire_response_new (api, request->header.api_version,
                                    request->header.correlation_id);
}

void
sampled_serve (GIOStream *stream,
               GCancellable *stop,
               const FakeRange *ranges,
               SampledAnswer answer,
               gpointer broker)
{
  FakeRequest *request;

  fake_kafka_hello (stream, stop, ranges);
  while ((request = fake_kafka_read (stream, stop)) != NULL)
    {
      answer (stream, stop, broker, request);
      fake_request_free (request);
    }
}

BaristaCheck *
sampled_check_new (guint16 port)
{
  return sampled_check_new_until (port, BARISTA_STAGE_SAMPLE);
}

BaristaCheck *
sampled_check_new_until (guint16 port, BaristaStage until)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":\"barista-setup\",\"version\":1,"
      "\"server\":{\"bootstrap_servers\":[\"127.0.0.1:%u\"],\"security_protocol\":\"PLAINTEXT\"},"
      "\"registry\":{\"enabled\":false},\"topics\":[{\"topic\":\"" SAMPLED_TOPIC "\"}]}",
      port);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_profile_parse (text, -1, "/", &error);
  BaristaCheckOptions options = { .until = until };

  g_assert_no_error (error);
  return barista_check_new (setup, NULL, NULL, &options);
}

void
sampled_check_run (BaristaCheck *check)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  barista_check_run_async (check, NULL, test_take_result, &result);
  barista_check_run_finish (check, test_wait (&result), &error);
  g_assert_no_error (error);
}

BaristaCheck *
sampled_check_served (FakeHandler serve, gpointer broker, guint16 *port, BaristaStage until)
{
  g_autoptr (FakeServer) server = fake_server_new (serve, broker);
  BaristaCheck *check;

  *port = fake_server_get_port (server);
  check = sampled_check_new_until (*port, until);
  sampled_check_run (check);

  return check;
}

BaristaStageReport *
sampled_get_stage (BaristaCheck *check)
{
  return sampled_find_stage (check, BARISTA_STAGE_SAMPLE);
}

BaristaStageReport *
sampled_find_stage (BaristaCheck *check, BaristaStage wanted)
{
  GListModel *stages = barista_report_get_stages (barista_check_get_report (check));

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_stage (stage) == wanted)
        return stage; /* the report's own */
    }
  g_assert_not_reached ();
}

const char *
sampled_get_cause (BaristaCheck *check)
{
  return barista_stage_report_get_cause (sampled_get_stage (check));
}

void
sampled_assert_fact (BaristaStageReport *stage, const char *name, gint64 value)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);

  g_assert_true (json_object_has_member (evidence, name));
  g_assert_cmpint (json_object_get_int_member (evidence, name), ==, value);
}
