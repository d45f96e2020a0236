/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-member.h"

#include <string.h>

void
raw_member_init (RawMember *self, BaristaPractice *practice)
{
  *self = (RawMember) { .client = raw_client_new_signed_in (practice),
                        .id = g_strdup (""),
                        .session_ms = 45000,
                        .rebalance_ms = 60000,
                        .topic = RAW_TOPIC,
                        .protocols = { "range" } };
}

void
raw_member_clear (RawMember *self)
{
  raw_client_free (self->client);
  g_free (self->id);
  g_free (self->protocol);
}

static GByteArray *
new_names (const char *topic, gboolean with_partition)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 length[2] = { (guint8) (strlen (topic) >> 8), (guint8) strlen (topic) };

  g_byte_array_append (bytes, (const guint8 *) "\0\0\0\0\0\1", 6);
  g_byte_array_append (bytes, length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) topic, (guint) strlen (topic));
  if (with_partition)
    g_byte_array_append (bytes, (const guint8 *) "\0\0\0\1\0\0\0\0", 8);
  g_byte_array_append (bytes, (const guint8 *) "\xff\xff\xff\xff", 4);
  return bytes;
}

BaristaWireWriter *
raw_member_new_join (RawMember *self, const char *group, gint16 version)
{
  g_autoptr (GByteArray) names = new_names (self->topic, FALSE);
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_JOIN_GROUP, version);

  barista_wire_put_string (request, "groupId", group);
  barista_wire_put_int (request, "sessionTimeoutMs", self->session_ms);
  barista_wire_put_int (request, "rebalanceTimeoutMs", self->rebalance_ms);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_put_string (request, "groupInstanceId", self->instance);
  barista_wire_put_string (request, "protocolType", "consumer");
  barista_wire_begin_array (request, "protocols", (int) g_strv_length ((char **) self->protocols));
  for (guint i = 0; self->protocols[i] != NULL; i++)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "name", self->protocols[i]);
      barista_wire_put_bytes (request, "metadata", names->data, names->len);
    }
  barista_wire_end_array (request);
  return request;
}

void
raw_member_send (RawMember *self, BaristaWireWriter *request)
{
  g_autoptr (GBytes) bytes = barista_wire_writer_finish (request);

  raw_client_send (self->client, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
receive (RawMember *self, BaristaApi api, gint16 version, BaristaWireView *answer)
{
  g_autoptr (GError) error = NULL;
  const guint8 *body;
  gsize length;
  gint32 correlation_id;

  g_clear_pointer (&self->client->frame, g_bytes_unref);
  self->client->frame = raw_client_receive (self->client);
  g_assert_nonnull (self->client->frame);
  barista_wire_parse_response (barista_wire_layout (api), version,
                               g_bytes_get_data (self->client->frame, NULL),
                               g_bytes_get_size (self->client->frame), &correlation_id, &body,
                               &length, &error);
  g_assert_no_error (error);
  barista_wire_view_init (answer, barista_wire_layout (api), BARISTA_WIRE_RESPONSE, version, body,
                          length, &error);
  g_assert_no_error (error);
}

int
raw_member_receive_joined (RawMember *self, gint16 version, BaristaWireView *answer)
{
  receive (self, BARISTA_API_JOIN_GROUP, version, answer);
  g_free (self->id);
  self->id = barista_wire_view_dup_string (answer, "memberId");
  g_free (self->protocol);
  self->protocol = barista_wire_view_dup_string (answer, "protocolName");
  self->generation = (gint32) barista_wire_view_get_int (answer, "generationId");
  return (int) barista_wire_view_get_int (answer, "errorCode");
}

int
raw_member_join (RawMember *self, gint16 version, BaristaWireView *answer)
{
  raw_member_send (self, raw_member_new_join (self, RAW_GROUP, version));
  return raw_member_receive_joined (self, version, answer);
}

int
raw_count_seats (const BaristaWireView *answer)
{
  BaristaWireIter iter;

  return barista_wire_view_get_array (answer, "members", &iter);
}

void
raw_member_send_sync (RawMember *self, gboolean leads, RawMember *other, gint16 version)
{
  g_autoptr (GByteArray) share = new_names (self->topic, TRUE);
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_SYNC_GROUP, version);

  barista_wire_put_string (request, "groupId", RAW_GROUP);
  barista_wire_put_int (request, "generationId", self->generation);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_put_string (request, "groupInstanceId", self->instance);
  barista_wire_put_string (request, "protocolType", "consumer");
  barista_wire_put_string (request, "protocolName", self->protocol);
  barista_wire_begin_array (request, "assignments", leads ? 1 : 0);
  if (leads)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "memberId", other != NULL ? other->id : self->id);
      barista_wire_put_bytes (request, "assignment", share->data, share->len);
    }
  barista_wire_end_array (request);
  raw_member_send (self, request);
}

int
raw_member_receive_synced (RawMember *self, gint16 version, gsize *share)
{
  BaristaWireView answer;

  receive (self, BARISTA_API_SYNC_GROUP, version, &answer);
  barista_wire_view_get_bytes (&answer, "assignment", share);
  return (int) barista_wire_view_get_int (&answer, "errorCode");
}

int
raw_member_heartbeat (RawMember *self, gint16 version)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_HEARTBEAT, version);
  BaristaWireView answer;

  barista_wire_put_string (request, "groupId", RAW_GROUP);
  barista_wire_put_int (request, "generationId", self->generation);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_put_string (request, "groupInstanceId", self->instance);
  g_assert_true (raw_client_call (self->client, request, BARISTA_API_HEARTBEAT, version, &answer));
  return (int) barista_wire_view_get_int (&answer, "errorCode");
}

int
raw_member_leave (RawMember *self, gint16 version)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_LEAVE_GROUP, version);
  BaristaWireView answer, left;

  barista_wire_put_string (request, "groupId", RAW_GROUP);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_begin_array (request, "members", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_end_array (request);
  g_assert_true (
      raw_client_call (self->client, request, BARISTA_API_LEAVE_GROUP, version, &answer));
  if (version < 3)
    return (int) barista_wire_view_get_int (&answer, "errorCode");

  left = raw_element (&answer, "members", 0);
  return (int) barista_wire_view_get_int (&left, "errorCode");
}

int
raw_member_commit (RawMember *self, const char *topic, gint32 partition, gint64 offset)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_OFFSET_COMMIT, 6);
  const char *topics[] = { RAW_TOPIC, topic };
  BaristaWireView answer, told, part;

  barista_wire_put_string (request, "groupId", RAW_GROUP);
  barista_wire_put_int (request, "generationIdOrMemberEpoch", self->generation);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_begin_array (request, "topics", 2);
  for (guint i = 0; i < 2; i++)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "name", topics[i]);
      barista_wire_begin_array (request, "partitions", 1);
      barista_wire_next (request);
      barista_wire_put_int (request, "partitionIndex", partition);
      barista_wire_put_int (request, "committedOffset", offset);
      barista_wire_end_array (request);
    }
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (self->client, request, BARISTA_API_OFFSET_COMMIT, 6, &answer));
  told = raw_element (&answer, "topics", 0);
  part = raw_element (&told, "partitions", 0);
  return (int) barista_wire_view_get_int (&part, "errorCode");
}

gint64
raw_member_fetch_committed (RawMember *self)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_OFFSET_FETCH, 7);
  BaristaWireView answer, topic, partition;

  barista_wire_put_string (request, "groupId", RAW_GROUP);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", RAW_TOPIC);
  barista_wire_begin_array (request, "partitionIndexes", 1);
  barista_wire_put_element_int (request, 0);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (self->client, request, BARISTA_API_OFFSET_FETCH, 7, &answer));
  topic = raw_element (&answer, "topics", 0);
  partition = raw_element (&topic, "partitions", 0);
  return barista_wire_view_get_int (&partition, "committedOffset");
}

void
raw_member_join_alone (RawMember *self, gint16 version)
{
  BaristaWireView answer;
  int code = raw_member_join (self, version, &answer);

  if (version >= 4 && self->instance == NULL)
    {
      g_assert_cmpint (code, ==, 79);
      g_assert_cmpstr (self->id, !=, "");
      code = raw_member_join (self, version, &answer);
    }
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpint (raw_count_seats (&answer), ==, 1);
}

void
raw_member_settle (RawMember *self)
{
  gsize share;

  raw_member_join_alone (self, 5);
  raw_member_send_sync (self, TRUE, NULL, 3);
  g_assert_cmpint (raw_member_receive_synced (self, 3, &share), ==, 0);
}

void
raw_member_let_in (RawMember *self, RawMember *newcomer)
{
  raw_member_send (newcomer, raw_member_new_join (newcomer, RAW_GROUP, 3));
  while (raw_member_heartbeat (self, 3) == 0)
    g_thread_yield ();
}
