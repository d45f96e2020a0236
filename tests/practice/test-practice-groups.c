/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

#define GROUP "acmeco-practice-tinybird-orders"

/* @topic: (nullable): NULL asks for all */
static void
fetch_committed (RawClient *client, const char *topic, int partition, BaristaWireView *answer)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_OFFSET_FETCH, 7);

  barista_wire_put_string (request, "groupId", GROUP);
  barista_wire_begin_array (request, "topics", topic != NULL ? 1 : -1);
  if (topic != NULL)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "name", topic);
      barista_wire_begin_array (request, "partitionIndexes", 1);
      barista_wire_put_element_int (request, partition);
      barista_wire_end_array (request);
      barista_wire_end_array (request);
    }
  g_assert_true (raw_client_call (client, request, BARISTA_API_OFFSET_FETCH, 7, answer));
}

static BaristaWireView
only_partition (const BaristaWireView *answer)
{
  BaristaWireView topic = raw_element (answer, "topics", 0);

  return raw_element (&topic, "partitions", 0);
}

static void
test_coordinator (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const char *server = barista_practice_get_info (practice)->bootstrap_servers;
  g_autoptr (RawClient) client = raw_client_new (practice);

  for (gint16 version = 0; version <= 2; version++)
    {
      BaristaWireWriter *request = raw_client_request (client, BARISTA_API_FIND_COORDINATOR,
                                                       version);
      BaristaWireView answer;

      barista_wire_put_string (request, "key", "any");
      g_assert_true (
          raw_client_call (client, request, BARISTA_API_FIND_COORDINATOR, version, &answer));
      g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 0);
      g_assert_cmpint (barista_wire_view_get_int (&answer, "nodeId"), ==, 1);
      g_assert_cmpint (barista_wire_view_get_int (&answer, "port"), ==,
                       atoi (strchr (server, ':') + 1));
    }
}

static void
test_never_committed (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer, partition;

  fetch_committed (client, "acmeCo/orders", 0, &answer);
  partition = only_partition (&answer);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 0);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "committedOffset"), ==, -1);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "committedLeaderEpoch"), ==, -1);

  fetch_committed (client, NULL, 0, &answer);
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 42);

  /* names are not decoded here */
  fetch_committed (client, "acmeCo.2Forders", 0, &answer);
  partition = only_partition (&answer);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 3);
}

static void
test_used (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("group-used");
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer, partition;

  fetch_committed (client, "acmeCo/customers", 0, &answer);
  partition = only_partition (&answer);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "committedOffset"), >, 0);
  fetch_committed (client, "acmeCo/customers", 99, &answer);
  partition = only_partition (&answer);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "committedOffset"), ==, -1);
}

static int
commit_text (RawClient *client, gint64 offset, const char *metadata, gsize length)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_OFFSET_COMMIT, 6);
  BaristaWireView answer, topic, partition;

  barista_wire_put_string (request, "groupId", GROUP);
  barista_wire_put_int (request, "generationIdOrMemberEpoch", -1);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", "acmeCo/orders");
  barista_wire_begin_array (request, "partitions", 1);
  barista_wire_next (request);
  barista_wire_put_int (request, "partitionIndex", 0);
  barista_wire_put_int (request, "committedOffset", offset);
  barista_wire_put_text (request, "committedMetadata", metadata, length);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (client, request, BARISTA_API_OFFSET_COMMIT, 6, &answer));
  topic = raw_element (&answer, "topics", 0);
  partition = raw_element (&topic, "partitions", 0);
  return (int) barista_wire_view_get_int (&partition, "errorCode");
}

static int
commit (RawClient *client, gint64 offset, const char *metadata)
{
  return commit_text (client, offset, metadata, metadata != NULL ? strlen (metadata) : 0);
}

static void
assert_committed (RawClient *client, gint64 offset, const char *metadata)
{
  g_autofree char *kept = NULL;
  BaristaWireView answer, partition;

  fetch_committed (client, "acmeCo/orders", 0, &answer);
  partition = only_partition (&answer);
  kept = barista_wire_view_dup_string (&partition, "metadata");
  g_assert_cmpint (barista_wire_view_get_int (&partition, "committedOffset"), ==, offset);
  g_assert_cmpstr (kept, ==, metadata);
}

/* A consumer may note something beside its offset: up to 4096 bytes, as brokers have it. */
static void
test_metadata (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  g_autofree char *longest = g_strnfill (4096, 'm');
  g_autofree char *too_long = g_strnfill (4097, 'm');

  g_assert_cmpint (commit (client, 7, NULL), ==, 0);
  assert_committed (client, 7, "");
  g_assert_cmpint (commit (client, 8, "till 3, half past two"), ==, 0);
  assert_committed (client, 8, "till 3, half past two");
  g_assert_cmpint (commit (client, 9, too_long), ==, 12);
  assert_committed (client, 8, "till 3, half past two");
  g_assert_cmpint (commit (client, 9, longest), ==, 0);
  assert_committed (client, 9, longest);
  g_assert_cmpint (commit (client, 10, ""), ==, 0);
  assert_committed (client, 10, "");
}

/* confluent-kafka sends the NUL at the end of its string as well. */
static void
test_metadata_with_nul (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer, partition;
  const char *kept;
  gsize length;

  g_assert_cmpint (commit_text (client, 7, "till 3", sizeof "till 3"), ==, 0);
  fetch_committed (client, "acmeCo/orders", 0, &answer);
  partition = only_partition (&answer);
  kept = barista_wire_view_get_string (&partition, "metadata", &length);
  g_assert_cmpmem (kept, length, "till 3", sizeof "till 3");
}

static void
test_delete (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  g_autoptr (BaristaPractice) used = start_scenario ("group-used");
  g_autoptr (RawClient) of_used = raw_client_new_signed_in (used);
  g_autoptr (BaristaPractice) moved = start_scenario ("redirect");
  g_autoptr (RawClient) of_moved = raw_client_new_signed_in (moved);
  BaristaWireWriter *request = raw_client_request (of_moved, BARISTA_API_DELETE_GROUPS, 2);
  BaristaWireView answer;

  g_assert_cmpint (raw_client_delete_group (client, GROUP), ==, 69);
  g_assert_cmpint (raw_client_delete_group (client, ""), ==, 24);
  g_assert_cmpint (commit (client, 7, "note"), ==, 0);
  g_assert_cmpint (raw_client_delete_group (client, GROUP), ==, 0);
  assert_committed (client, -1, "");
  g_assert_cmpint (raw_client_delete_group (client, GROUP), ==, 69);
  g_assert_cmpint (raw_client_delete_group (of_used, GROUP), ==, 0);
  g_assert_false (raw_client_call (of_moved, request, BARISTA_API_DELETE_GROUPS, 2, &answer));
}

static void
test_list (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("group-used");
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer;
  BaristaWireIter iter;

  g_assert_true (raw_client_call (client, raw_client_request (client, BARISTA_API_LIST_GROUPS, 5),
                                  BARISTA_API_LIST_GROUPS, 5, &answer));
  g_assert_cmpint (barista_wire_view_get_array (&answer, "groups", &iter), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/groups/coordinator", test_coordinator);
  g_test_add_func ("/practice/groups/never-committed", test_never_committed);
  g_test_add_func ("/practice/groups/used", test_used);
  g_test_add_func ("/practice/groups/metadata", test_metadata);
  g_test_add_func ("/practice/groups/metadata-with-nul", test_metadata_with_nul);
  g_test_add_func ("/practice/groups/delete", test_delete);
  g_test_add_func ("/practice/groups/list", test_list);
  return g_test_run ();
}
