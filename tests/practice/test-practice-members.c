/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-member.h"

#include <string.h>

/* Is waited for to its end, but what is meant to come before has to. */
#define REBALANCE_MS 3000

static void
test_alone_in_every_version (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);

  for (gint16 version = 0; version <= 9; version++)
    {
      g_auto (RawMember) a = { 0 };
      gsize share;

      raw_member_init (&a, practice);
      raw_member_join_alone (&a, version);
      g_assert_cmpstr (a.protocol, ==, "range");
      raw_member_send_sync (&a, TRUE, NULL, MIN (version, 5));
      g_assert_cmpint (raw_member_receive_synced (&a, MIN (version, 5), &share), ==, 0);
      g_assert_cmpuint (share, >, strlen (RAW_TOPIC));
      g_assert_cmpint (raw_member_heartbeat (&a, MIN (version, 4)), ==, 0);
      g_assert_cmpint (raw_member_leave (&a, MIN (version, 5)), ==, 0);
      g_assert_cmpint (raw_member_heartbeat (&a, MIN (version, 4)), ==, 25);
    }
}

/* @a leads a stable group, @b has joined it: both are in generation 2, synced. */
static void
test_two_share (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  g_auto (RawMember) b = { 0 };
  BaristaWireView answer;
  gsize share;

  raw_member_init (&a, practice);
  raw_member_init (&b, practice);
  a.protocols[1] = "roundrobin";
  b.protocols[0] = "roundrobin";
  raw_member_settle (&a);

  /* b waits for a, which is served meanwhile and learns of it */
  raw_member_let_in (&a, &b);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 27);
  g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (raw_count_seats (&answer), ==, 2);
  g_assert_cmpint (raw_member_receive_joined (&b, 3, &answer), ==, 0);
  g_assert_cmpint (raw_count_seats (&answer), ==, 0);
  g_assert_cmpint (a.generation, ==, 2);
  g_assert_cmpint (b.generation, ==, 2);
  g_assert_cmpstr (a.protocol, ==, "roundrobin");

  /* all goes to b */
  raw_member_send_sync (&b, FALSE, NULL, 3);
  raw_member_send_sync (&a, TRUE, &b, 3);
  g_assert_cmpint (raw_member_receive_synced (&a, 3, &share), ==, 0);
  g_assert_cmpuint (share, ==, 0);
  g_assert_cmpint (raw_member_receive_synced (&b, 3, &share), ==, 0);
  g_assert_cmpuint (share, >, strlen (RAW_TOPIC));

  a.generation--;
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 22);
  a.generation++;
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 0);
  g_assert_cmpint (raw_client_delete_group (a.client, RAW_GROUP), ==, 68);
  g_assert_cmpint (raw_member_leave (&b, 1), ==, 0);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 27);
  g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (raw_count_seats (&answer), ==, 1);
}

/* Who doesn't join anew in time is out. */
static void
test_rebalance_timeout (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  g_auto (RawMember) b = { 0 };
  BaristaWireView answer;

  raw_member_init (&a, practice);
  raw_member_init (&b, practice);
  a.rebalance_ms = b.rebalance_ms = REBALANCE_MS;
  raw_member_settle (&a);

  g_assert_cmpint (raw_member_join (&b, 3, &answer), ==, 0);
  g_assert_cmpint (raw_count_seats (&answer), ==, 1);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 25);
}

/* A leader that shares nothing out is out as well, and who waits for it hears of it. */
static void
test_silent_leader (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  g_auto (RawMember) b = { 0 };
  BaristaWireView answer;
  gsize share;

  raw_member_init (&a, practice);
  raw_member_init (&b, practice);
  a.rebalance_ms = b.rebalance_ms = REBALANCE_MS;
  raw_member_join_alone (&a, 5);
  raw_member_let_in (&a, &b);
  g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (raw_member_receive_joined (&b, 3, &answer), ==, 0);

  raw_member_send_sync (&b, FALSE, NULL, 3);
  g_assert_cmpint (raw_member_receive_synced (&b, 3, &share), ==, 27);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 25);
}

/* The shortest session that brokers allow takes 6 s to end. */
static void
test_session_timeout (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  g_auto (RawMember) b = { 0 };
  BaristaWireView answer;
  gsize share;
  gint64 began;

  raw_member_init (&a, practice);
  raw_member_init (&b, practice);
  a.session_ms = 6000;
  raw_member_join_alone (&a, 5);
  began = g_get_monotonic_time ();
  raw_member_send_sync (&a, TRUE, NULL, 3);
  g_assert_cmpint (raw_member_receive_synced (&a, 3, &share), ==, 0);

  g_assert_cmpint (raw_member_join (&b, 3, &answer), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 5900 * 1000);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 25);
}

static int
join_code (BaristaPractice *practice, const char *topic, gint32 session_ms, const char *protocol)
{
  g_auto (RawMember) a = { 0 };
  BaristaWireView answer;

  raw_member_init (&a, practice);
  a.topic = topic;
  a.session_ms = session_ms;
  a.protocols[0] = protocol;
  return raw_member_join (&a, 3, &answer);
}

static void
test_refused (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (BaristaPractice) unready = start_scenario ("not-ready");
  g_autoptr (BaristaPractice) moved = start_scenario ("redirect");
  g_auto (RawMember) a = { 0 };
  BaristaWireView answer;

  /* names are not decoded here */
  g_assert_cmpint (join_code (practice, "acmeCo/orderz", 6000, "range"), ==, 3);
  g_assert_cmpint (join_code (practice, "acmeCo.2Forders", 6000, "range"), ==, 3);
  g_assert_cmpint (join_code (unready, "acmeCo/adjustments", 6000, "range"), ==, 5);
  g_assert_cmpint (join_code (moved, RAW_TOPIC, 6000, "range"), ==, 16);
  g_assert_cmpint (join_code (practice, RAW_TOPIC, 5999, "range"), ==, 26);
  g_assert_cmpint (join_code (practice, RAW_TOPIC, 6000, NULL), ==, 23);

  raw_member_init (&a, practice);
  g_free (a.id);
  a.id = g_strdup ("nobody");
  g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 25);
  raw_member_send (&a, raw_member_new_join (&a, "", 5));
  g_assert_cmpint (raw_member_receive_joined (&a, 5, &answer), ==, 24);
}

/* A second member must offer what the first one does. */
static void
test_no_common_protocol (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };

  raw_member_init (&a, practice);
  raw_member_join_alone (&a, 3);
  g_assert_cmpint (join_code (practice, RAW_TOPIC, 6000, "roundrobin"), ==, 23);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 0);
}

static void
test_hostile (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) stranger = raw_client_new (practice);
  g_auto (RawMember) a = { 0 };
  BaristaWireWriter *request;
  BaristaWireView answer;

  request = raw_client_request (stranger, BARISTA_API_HEARTBEAT, 3);
  g_assert_false (raw_client_call (stranger, request, BARISTA_API_HEARTBEAT, 3, &answer));

  /* ids are given out to as many as a group may have */
  raw_member_init (&a, practice);
  for (guint i = 0; i < 250; i++)
    {
      g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 79);
      g_free (a.id);
      a.id = g_strdup ("");
    }
  g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 81);

  /* metadata that promises more names than there are bytes */
  request = raw_client_request (a.client, BARISTA_API_JOIN_GROUP, 3);
  barista_wire_put_string (request, "groupId", RAW_GROUP);
  barista_wire_put_string (request, "protocolType", "consumer");
  barista_wire_begin_array (request, "protocols", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", "range");
  barista_wire_put_bytes (request, "metadata", (const guint8 *) "\0\1\0\1\0\0\0\4", 8);
  barista_wire_end_array (request);
  raw_member_send (&a, request);
  g_assert_true (raw_client_is_closed (a.client));
}

/* A connection that goes away while it waits leaves the others in peace. */
static void
test_gone_while_waiting (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  BaristaWireView answer;

  raw_member_init (&a, practice);
  raw_member_join_alone (&a, 5);
  {
    g_auto (RawMember) b = { 0 };

    raw_member_init (&b, practice);
    raw_member_let_in (&a, &b);
  }
  g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 0);
  g_assert_cmpint (raw_count_seats (&answer), ==, 2);
}

/* Stopping does not wait for a member that waits: b for a to join anew, and for a to share out. */
static void
test_stopped_while_waiting (void)
{
  for (gboolean joined = FALSE; joined <= TRUE; joined++)
    {
      g_autoptr (BaristaPractice) practice = start_practice (NULL);
      g_auto (RawMember) a = { 0 };
      g_auto (RawMember) b = { 0 };
      BaristaWireView answer;

      raw_member_init (&a, practice);
      raw_member_init (&b, practice);
      raw_member_join_alone (&a, 5);
      raw_member_let_in (&a, &b);
      if (joined)
        {
          g_assert_cmpint (raw_member_join (&a, 5, &answer), ==, 0);
          g_assert_cmpint (raw_member_receive_joined (&b, 3, &answer), ==, 0);
          raw_member_send_sync (&b, FALSE, NULL, 3);
          g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 0);
        }
      barista_practice_stop (practice);
      g_assert_true (raw_client_is_closed (b.client));
    }
}

static void
test_commit (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  gsize share;

  /* without members anybody may */
  raw_member_init (&a, practice);
  a.generation = -1;
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/customers", 0, 7), ==, 0);
  g_assert_cmpint (raw_member_fetch_committed (&a), ==, 7);

  raw_member_join_alone (&a, 5);
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/customers", 0, 11), ==, 27);
  raw_member_send_sync (&a, TRUE, NULL, 3);
  g_assert_cmpint (raw_member_receive_synced (&a, 3, &share), ==, 0);
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/customers", 0, 11), ==, 0);
  g_assert_cmpint (raw_member_fetch_committed (&a), ==, 11);

  /* one unknown topic spoils it for all */
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/orderz", 0, 13), ==, 3);
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/customers", 999, 13), ==, 3);
  a.generation++;
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/customers", 0, 13), ==, 22);
  g_free (a.id);
  a.id = g_strdup ("nobody");
  g_assert_cmpint (raw_member_commit (&a, "acmeCo/customers", 0, 13), ==, 25);
  g_assert_cmpint (raw_member_fetch_committed (&a), ==, 11);
}

/* A static member that starts again has its old place; the old one is fenced off. */
static void
test_static_member (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (RawMember) a = { 0 };
  g_auto (RawMember) again = { 0 };

  raw_member_init (&a, practice);
  raw_member_init (&again, practice);
  a.instance = again.instance = (char *) "till-1";
  raw_member_join_alone (&a, 5);
  raw_member_join_alone (&again, 5);
  g_assert_cmpstr (a.id, !=, again.id);
  g_assert_cmpint (raw_member_heartbeat (&a, 3), ==, 82);
  g_assert_cmpint (raw_member_heartbeat (&again, 3), ==, 0);
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
