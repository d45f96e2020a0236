/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client may send to the practice Dekaf. The first byte says how things stand (see the bits),
 * the rest is a frame. Whatever is answered must be a whole message of its layout. */

#include "barista-practice-feed.h"
#include "barista-practice-requests.h"

#define SIGNED_IN 0x01
#define MOVED 0x02
#define BARE_TOKEN 0x04
#define PREVIEW 0x08
#define LONG_AGO_MS (5 * 60 * 1000)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static BaristaPracticeKafka *
get_kafka (gboolean moved)
{
  static BaristaPracticeKafka *here, *elsewhere;

  if (here == NULL)
    {
      BaristaPracticeOptions options = { .seed = 1, .n_topics = 20, .strict = TRUE };
      BaristaPracticeTask *task = barista_practice_task_new (&options, 0);

      g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
      barista_practice_feed_new (task, &options, NULL);
      here = barista_practice_kafka_new (task, NULL, 0, NULL);
      elsewhere = barista_practice_kafka_new (task, NULL, 0, NULL);
      barista_practice_kafka_set_advertised_port (elsewhere, 1);
    }
  return moved ? elsewhere : here;
}

static void
check_answer (const guint8 *frame, gsize size, GBytes *answer)
{
  BaristaWireRequestHeader header;
  const guint8 *body, *bytes;
  gsize body_length, length;
  gint32 correlation_id;
  BaristaWireView view;

  bytes = g_bytes_get_data (answer, &length);
  g_assert (barista_wire_parse_request (frame, size, &header, &body, &body_length, NULL));
  g_assert (barista_wire_parse_response (barista_wire_layout (header.api_key), header.api_version,
                                         bytes + 4, length - 4, &correlation_id, &body,
                                         &body_length, NULL));
  g_assert (correlation_id == header.correlation_id);
  g_assert (barista_wire_view_init (&view, barista_wire_layout (header.api_key),
                                    BARISTA_WIRE_RESPONSE, header.api_version, body, body_length,
                                    NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 bits = size > 0 ? data[0] : 0;
  BaristaPracticeKafka *kafka = get_kafka (bits & MOVED);
  BaristaPracticeClient client = {
    .kafka = kafka,
    .task = barista_practice_kafka_get_task (kafka),
    .user = bits & SIGNED_IN ? g_strdup (BARISTA_PRACTICE_TASK_NAME) : NULL,
    .raw_token = (bits & BARE_TOKEN) != 0,
    .reads = bits & PREVIEW ? BARISTA_READS_PREVIEW : BARISTA_READS_UNDECIDED,
  };
  g_autoptr (GBytes) answer = NULL;
  guint wait_ms = 0;

  if (size == 0)
    return 0;

  if (barista_practice_answer (&client, data + 1, size - 1, 0, &answer, &wait_ms) == BARISTA_WAIT)
    barista_practice_answer (&client, data + 1, size - 1, LONG_AGO_MS, &answer, &wait_ms);
  if (answer != NULL && !(bits & BARE_TOKEN))
    check_answer (data + 1, size - 1, answer);
  barista_practice_client_clear (&client);
  return 0;
}
