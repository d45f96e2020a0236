/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

#define GROUP "acmeco-practice-members"
#define ORDERS "acmeCo/orders"

/* A member and what it was told last. */
typedef struct
{
  RawClient *client;
  char *id, *instance, *protocol;
  gint32 generation, session_ms, rebalance_ms;
  const char *topic, *protocols[3];
} Member;

static void
member_init (Member *self, BaristaPractice *practice)
{
  *self = (Member) { .client = raw_client_new_signed_in (practice),
                     .id = g_strdup (""),
                     .session_ms = 45000,
                     .rebalance_ms = 60000,
                     .topic = ORDERS,
                     .protocols = { "range" } };
}

static void
member_clear (Member *self)
{
  raw_client_free (self->client);
  g_free (self->id);
  g_free (self->protocol);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Member, member_clear)

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

static BaristaWireWriter *
new_join (Member *self, const char *group, gint16 version)
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

static void
send_request (Member *self, BaristaWireWriter *request)
{
  g_autoptr (GBytes) bytes = barista_wire_writer_finish (request);

  raw_client_send (self->client, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
receive (Member *self, BaristaApi api, gint16 version, BaristaWireView *answer)
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

/* The code; what else was told is kept. */
static int
receive_joined (Member *self, gint16 version, BaristaWireView *answer)
{
  receive (self, BARISTA_API_JOIN_GROUP, version, answer);
  g_free (self->id);
  self->id = barista_wire_view_dup_string (answer, "memberId");
  g_free (self->protocol);
  self->protocol = barista_wire_view_dup_string (answer, "protocolName");
  self->generation = (gint32) barista_wire_view_get_int (answer, "generationId");
  return (int) barista_wire_view_get_int (answer, "errorCode");
}

static int
join (Member *self, gint16 version, BaristaWireView *answer)
{
  send_request (self, new_join (self, GROUP, version));
  return receive_joined (self, version, answer);
}

static int
count_seats (const BaristaWireView *answer)
{
  BaristaWireIter iter;

  return barista_wire_view_get_array (answer, "members", &iter);
}

/* @other: (nullable): gets the topic's partition; else @self does if it @leads. */
static void
send_sync (Member *self, gboolean leads, Member *other, gint16 version)
{
  g_autoptr (GByteArray) share = new_names (self->topic, TRUE);
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_SYNC_GROUP, version);

  barista_wire_put_string (request, "groupId", GROUP);
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
  send_request (self, request);
}

static int
receive_synced (Member *self, gint16 version, gsize *share)
{
  BaristaWireView answer;

  receive (self, BARISTA_API_SYNC_GROUP, version, &answer);
  barista_wire_view_get_bytes (&answer, "assignment", share);
  return (int) barista_wire_view_get_int (&answer, "errorCode");
}

static int
heartbeat (Member *self, gint16 version)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_HEARTBEAT, version);
  BaristaWireView answer;

  barista_wire_put_string (request, "groupId", GROUP);
  barista_wire_put_int (request, "generationId", self->generation);
  barista_wire_put_string (request, "memberId", self->id);
  barista_wire_put_string (request, "groupInstanceId", self->instance);
  g_assert_true (raw_client_call (self->client, request, BARISTA_API_HEARTBEAT, version, &answer));
  return (int) barista_wire_view_get_int (&answer, "errorCode");
}

static int
leave (Member *self, gint16 version)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_LEAVE_GROUP, version);
  BaristaWireView answer, left;

  barista_wire_put_string (request, "groupId", GROUP);
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

static int
commit (Member *self, const char *topic, gint32 partition, gint64 offset)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_OFFSET_COMMIT, 6);
  const char *topics[] = { ORDERS, topic };
  BaristaWireView answer, told, part;

  barista_wire_put_string (request, "groupId", GROUP);
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

static gint64
fetch_committed (Member *self)
{
  BaristaWireWriter *request = raw_client_request (self->client, BARISTA_API_OFFSET_FETCH, 7);
  BaristaWireView answer, topic, partition;

  barista_wire_put_string (request, "groupId", GROUP);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", ORDERS);
  barista_wire_begin_array (request, "partitionIndexes", 1);
  barista_wire_put_element_int (request, 0);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (self->client, request, BARISTA_API_OFFSET_FETCH, 7, &answer));
  topic = raw_element (&answer, "topics", 0);
  partition = raw_element (&topic, "partitions", 0);
  return barista_wire_view_get_int (&partition, "committedOffset");
}

/* From version 4 on an id comes first. */
static void
join_alone (Member *self, gint16 version)
{
  BaristaWireView answer;
  int code = join (self, version, &answer);

  if (version >= 4 && self->instance == NULL)
    {
      g_assert_cmpint (code, ==, 79);
      g_assert_cmpstr (self->id, !=, "");
      code = join (self, version, &answer);
    }
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpint (count_seats (&answer), ==, 1);
}

static void
test_alone_in_every_version (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);

  for (gint16 version = 0; version <= 9; version++)
    {
      g_auto (Member) a = { 0 };
      gsize share;

      member_init (&a, practice);
      join_alone (&a, version);
      g_assert_cmpstr (a.protocol, ==, "range");
      send_sync (&a, TRUE, NULL, MIN (version, 5));
      g_assert_cmpint (receive_synced (&a, MIN (version, 5), &share), ==, 0);
      g_assert_cmpuint (share, >, strlen (ORDERS));
      g_assert_cmpint (heartbeat (&a, MIN (version, 4)), ==, 0);
      g_assert_cmpint (leave (&a, MIN (version, 5)), ==, 0);
      g_assert_cmpint (heartbeat (&a, MIN (version, 4)), ==, 25);
    }
}

/* @a leads a stable group, @b has joined it: both are in generation 2, synced. */
static void
test_two_share (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  g_auto (Member) b = { 0 };
  BaristaWireView answer;
  gsize share;

  member_init (&a, practice);
  member_init (&b, practice);
  a.protocols[1] = "roundrobin";
  b.protocols[0] = "roundrobin";
  join_alone (&a, 5);
  send_sync (&a, TRUE, NULL, 3);
  g_assert_cmpint (receive_synced (&a, 3, &share), ==, 0);

  /* b waits for a, which is served meanwhile and learns of it */
  send_request (&b, new_join (&b, GROUP, 3));
  while (heartbeat (&a, 3) == 0)
    g_thread_yield ();
  g_assert_cmpint (heartbeat (&a, 3), ==, 27);
  g_assert_cmpint (join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (count_seats (&answer), ==, 2);
  g_assert_cmpint (receive_joined (&b, 3, &answer), ==, 0);
  g_assert_cmpint (count_seats (&answer), ==, 0);
  g_assert_cmpint (a.generation, ==, 2);
  g_assert_cmpint (b.generation, ==, 2);
  g_assert_cmpstr (a.protocol, ==, "roundrobin");

  /* all goes to b */
  send_sync (&b, FALSE, NULL, 3);
  send_sync (&a, TRUE, &b, 3);
  g_assert_cmpint (receive_synced (&a, 3, &share), ==, 0);
  g_assert_cmpuint (share, ==, 0);
  g_assert_cmpint (receive_synced (&b, 3, &share), ==, 0);
  g_assert_cmpuint (share, >, strlen (ORDERS));

  a.generation--;
  g_assert_cmpint (heartbeat (&a, 3), ==, 22);
  a.generation++;
  g_assert_cmpint (heartbeat (&a, 3), ==, 0);
  g_assert_cmpint (raw_client_delete_group (a.client, GROUP), ==, 68);
  g_assert_cmpint (leave (&b, 1), ==, 0);
  g_assert_cmpint (heartbeat (&a, 3), ==, 27);
  g_assert_cmpint (join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (count_seats (&answer), ==, 1);
}

/* Who doesn't join anew in time is out. */
static void
test_rebalance_timeout (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  g_auto (Member) b = { 0 };
  BaristaWireView answer;
  gsize share;

  member_init (&a, practice);
  member_init (&b, practice);
  a.rebalance_ms = b.rebalance_ms = 50;
  join_alone (&a, 5);
  send_sync (&a, TRUE, NULL, 3);
  g_assert_cmpint (receive_synced (&a, 3, &share), ==, 0);

  g_assert_cmpint (join (&b, 3, &answer), ==, 0);
  g_assert_cmpint (count_seats (&answer), ==, 1);
  g_assert_cmpint (heartbeat (&a, 3), ==, 25);
}

/* A leader that shares nothing out is out as well, and who waits for it hears of it. */
static void
test_silent_leader (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  g_auto (Member) b = { 0 };
  BaristaWireView answer;
  gsize share;

  member_init (&a, practice);
  member_init (&b, practice);
  a.rebalance_ms = b.rebalance_ms = 300;
  join_alone (&a, 5);
  send_request (&b, new_join (&b, GROUP, 3));
  while (heartbeat (&a, 3) == 0)
    g_thread_yield ();
  g_assert_cmpint (join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (receive_joined (&b, 3, &answer), ==, 0);

  send_sync (&b, FALSE, NULL, 3);
  g_assert_cmpint (receive_synced (&b, 3, &share), ==, 27);
  g_assert_cmpint (heartbeat (&a, 3), ==, 25);
}

/* The shortest session that brokers allow takes 6 s to end. */
static void
test_session_timeout (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  g_auto (Member) b = { 0 };
  BaristaWireView answer;
  gsize share;
  gint64 began;

  member_init (&a, practice);
  member_init (&b, practice);
  a.session_ms = 6000;
  join_alone (&a, 5);
  began = g_get_monotonic_time ();
  send_sync (&a, TRUE, NULL, 3);
  g_assert_cmpint (receive_synced (&a, 3, &share), ==, 0);

  g_assert_cmpint (join (&b, 3, &answer), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 5900 * 1000);
  g_assert_cmpint (heartbeat (&a, 3), ==, 25);
}

static int
join_code (BaristaPractice *practice, const char *topic, gint32 session_ms, const char *protocol)
{
  g_auto (Member) a = { 0 };
  BaristaWireView answer;

  member_init (&a, practice);
  a.topic = topic;
  a.session_ms = session_ms;
  a.protocols[0] = protocol;
  return join (&a, 3, &answer);
}

static void
test_refused (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (BaristaPractice) unready = start_scenario ("not-ready");
  g_autoptr (BaristaPractice) moved = start_scenario ("redirect");
  g_auto (Member) a = { 0 };
  BaristaWireView answer;

  /* names are not decoded here */
  g_assert_cmpint (join_code (practice, "acmeCo/orderz", 6000, "range"), ==, 3);
  g_assert_cmpint (join_code (practice, "acmeCo.2Forders", 6000, "range"), ==, 3);
  g_assert_cmpint (join_code (unready, "acmeCo/adjustments", 6000, "range"), ==, 5);
  g_assert_cmpint (join_code (moved, ORDERS, 6000, "range"), ==, 16);
  g_assert_cmpint (join_code (practice, ORDERS, 5999, "range"), ==, 26);
  g_assert_cmpint (join_code (practice, ORDERS, 6000, NULL), ==, 23);

  member_init (&a, practice);
  g_free (a.id);
  a.id = g_strdup ("nobody");
  g_assert_cmpint (join (&a, 5, &answer), ==, 25);
  send_request (&a, new_join (&a, "", 5));
  g_assert_cmpint (receive_joined (&a, 5, &answer), ==, 24);
}

/* A second member must offer what the first one does. */
static void
test_no_common_protocol (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };

  member_init (&a, practice);
  join_alone (&a, 3);
  g_assert_cmpint (join_code (practice, ORDERS, 6000, "roundrobin"), ==, 23);
  g_assert_cmpint (heartbeat (&a, 3), ==, 0);
}

static void
test_hostile (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) stranger = raw_client_new (practice);
  g_auto (Member) a = { 0 };
  BaristaWireWriter *request;
  BaristaWireView answer;

  request = raw_client_request (stranger, BARISTA_API_HEARTBEAT, 3);
  g_assert_false (raw_client_call (stranger, request, BARISTA_API_HEARTBEAT, 3, &answer));

  /* ids are given out to as many as a group may have */
  member_init (&a, practice);
  for (guint i = 0; i < 250; i++)
    {
      g_assert_cmpint (join (&a, 5, &answer), ==, 79);
      g_free (a.id);
      a.id = g_strdup ("");
    }
  g_assert_cmpint (join (&a, 5, &answer), ==, 81);

  /* metadata that promises more names than there are bytes */
  request = raw_client_request (a.client, BARISTA_API_JOIN_GROUP, 3);
  barista_wire_put_string (request, "groupId", GROUP);
  barista_wire_put_string (request, "protocolType", "consumer");
  barista_wire_begin_array (request, "protocols", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", "range");
  barista_wire_put_bytes (request, "metadata", (const guint8 *) "\0\1\0\1\0\0\0\4", 8);
  barista_wire_end_array (request);
  send_request (&a, request);
  g_assert_true (raw_client_is_closed (a.client));
}

/* A connection that goes away while it waits leaves the others in peace. */
static void
test_gone_while_waiting (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  BaristaWireView answer;

  member_init (&a, practice);
  join_alone (&a, 5);
  {
    g_auto (Member) b = { 0 };

    member_init (&b, practice);
    send_request (&b, new_join (&b, GROUP, 3));
    while (heartbeat (&a, 3) == 0)
      g_thread_yield ();
  }
  g_assert_cmpint (join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (count_seats (&answer), ==, 2);
}

/* Stopping does not wait for a member that waits: b for a to join anew, and for a to share out. */
static void
test_stopped_while_waiting (void)
{
  for (gboolean joined = FALSE; joined <= TRUE; joined++)
    {
      g_autoptr (BaristaPractice) practice = start_practice (NULL);
      g_auto (Member) a = { 0 };
      g_auto (Member) b = { 0 };
      BaristaWireView answer;

      member_init (&a, practice);
      member_init (&b, practice);
      join_alone (&a, 5);
      send_request (&b, new_join (&b, GROUP, 3));
      while (heartbeat (&a, 3) == 0)
        g_thread_yield ();
      if (joined)
        {
          g_assert_cmpint (join (&a, 5, &answer), ==, 0);
          g_assert_cmpint (receive_joined (&b, 3, &answer), ==, 0);
          send_sync (&b, FALSE, NULL, 3);
          g_assert_cmpint (heartbeat (&a, 3), ==, 0);
        }
      barista_practice_stop (practice);
      g_assert_true (raw_client_is_closed (b.client));
    }
}

static void
test_commit (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  gsize share;

  /* without members anybody may */
  member_init (&a, practice);
  a.generation = -1;
  g_assert_cmpint (commit (&a, "acmeCo/customers", 0, 7), ==, 0);
  g_assert_cmpint (fetch_committed (&a), ==, 7);

  join_alone (&a, 5);
  g_assert_cmpint (commit (&a, "acmeCo/customers", 0, 11), ==, 27);
  send_sync (&a, TRUE, NULL, 3);
  g_assert_cmpint (receive_synced (&a, 3, &share), ==, 0);
  g_assert_cmpint (commit (&a, "acmeCo/customers", 0, 11), ==, 0);
  g_assert_cmpint (fetch_committed (&a), ==, 11);

  /* one unknown topic spoils it for all */
  g_assert_cmpint (commit (&a, "acmeCo/orderz", 0, 13), ==, 3);
  g_assert_cmpint (commit (&a, "acmeCo/customers", 999, 13), ==, 3);
  a.generation++;
  g_assert_cmpint (commit (&a, "acmeCo/customers", 0, 13), ==, 22);
  g_free (a.id);
  a.id = g_strdup ("nobody");
  g_assert_cmpint (commit (&a, "acmeCo/customers", 0, 13), ==, 25);
  g_assert_cmpint (fetch_committed (&a), ==, 11);
}

/* A static member that starts again has its old place; the old one is fenced off. */
static void
test_static_member (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Member) a = { 0 };
  g_auto (Member) again = { 0 };

  member_init (&a, practice);
  member_init (&again, practice);
  a.instance = again.instance = (char *) "till-1";
  join_alone (&a, 5);
  join_alone (&again, 5);
  g_assert_cmpstr (a.id, !=, again.id);
  g_assert_cmpint (heartbeat (&a, 3), ==, 82);
  g_assert_cmpint (heartbeat (&again, 3), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/members/alone", test_alone_in_every_version);
  g_test_add_func ("/practice/members/two-share", test_two_share);
  g_test_add_func ("/practice/members/rebalance-timeout", test_rebalance_timeout);
  g_test_add_func ("/practice/members/silent-leader", test_silent_leader);
  g_test_add_func ("/practice/members/session-timeout", test_session_timeout);
  g_test_add_func ("/practice/members/refused", test_refused);
  g_test_add_func ("/practice/members/no-common-protocol", test_no_common_protocol);
  g_test_add_func ("/practice/members/hostile", test_hostile);
  g_test_add_func ("/practice/members/gone-while-waiting", test_gone_while_waiting);
  g_test_add_func ("/practice/members/stopped-while-waiting", test_stopped_while_waiting);
  g_test_add_func ("/practice/members/commit", test_commit);
  g_test_add_func ("/practice/members/static", test_static_member);
  return g_test_run ();
}
