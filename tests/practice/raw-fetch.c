/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-fetch.h"

BaristaWireWriter *
fetch_request (RawClient *client, gint16 version, const Wanted *wanted)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_FETCH, version);

  barista_wire_put_int (request, "maxWaitMs", wanted->max_wait_ms);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "topic", wanted->topic);
  barista_wire_begin_array (request, "partitions", 1);
  barista_wire_next (request);
  barista_wire_put_int (request, "partition", wanted->partition);
  barista_wire_put_int (request, "currentLeaderEpoch", wanted->epoch);
  barista_wire_put_int (request, "fetchOffset", wanted->offset);
  barista_wire_put_int (request, "partitionMaxBytes", wanted->max_bytes);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  return request;
}

gboolean
fetch (RawClient *client, const Wanted *wanted, BaristaWireView *partition)
{
  BaristaWireView answer, topic;

  if (!raw_client_call (client, fetch_request (client, 12, wanted), BARISTA_API_FETCH, 12, &answer))
    return FALSE;

  topic = raw_element (&answer, "responses", 0);
  *partition = raw_element (&topic, "partitions", 0);
  return TRUE;
}

BaristaRecordReader *
records_of (const BaristaWireView *partition)
{
  gsize length;
  const guint8 *bytes = barista_wire_view_get_bytes (partition, "records", &length);

  g_assert_nonnull (bytes); /* empty, never null */
  return barista_record_reader_new (bytes, length);
}
