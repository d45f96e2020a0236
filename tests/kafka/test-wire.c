/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"

#include <string.h>

/* --- helpers --- */

static gboolean
view_frame (GBytes *frame,
            BaristaApi api,
            gint16 version,
            BaristaWireKind kind,
            BaristaWireView *view)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (frame, &length);

  return message_view (barista_wire_layout (api), kind, version, bytes + 4, length - 4, view, NULL);
}

static void
check_malformed (const char *hex,
                 BaristaApi api,
                 gint16 version,
                 BaristaWireKind kind,
                 const char *message)
{
  g_autoptr (GByteArray) body = bytes_from_hex (hex);
  g_autoptr (GError) error = NULL;
  BaristaWireView view;

  g_assert_false (barista_wire_view_init (&view, barista_wire_layout (api), kind, version,
                                          body->data, body->len, &error));
  g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, message);
}

/* Programmers' errors are structured messages, which g_test_expect_message () doesn't see. */
static GString *criticals;

static GLogWriterOutput
keep_critical (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (criticals == NULL || level != G_LOG_LEVEL_CRITICAL)
    return g_log_writer_default (level, fields, n_fields, data);

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (criticals, "%s\n", (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static void
begin_criticals (void)
{
  criticals = g_string_new (NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
}

static void
end_criticals (const char *expected)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_assert_cmpstr (criticals->str, ==, expected);
  g_string_free (g_steal_pointer (&criticals), TRUE);
}

/* --- layouts --- */

static void
check_table (const BaristaWireLayout *layout, const BaristaWireField *fields, guint depth)
{
  int tag = -1;

  g_assert_cmpuint (depth, <=, 4);
  for (const BaristaWireField *field = fields; field->name != NULL; field++)
    {
      gboolean has_inner = field->type == BARISTA_WIRE_STRUCT
                           || field->type == BARISTA_WIRE_STRUCT_ARRAY;

      g_assert_cmpint (field->since, <=, layout->max_version);
      g_assert_true (has_inner == (field->element != NULL));
      /* The wire has structs that are not tagged; our tables don't. */
      g_assert_true (field->type != BARISTA_WIRE_STRUCT || field->tagged);
      if (field->tagged)
        {
          g_assert_cmpint (field->tag, >, tag);
          g_assert_cmpint (field->since, >=, layout->flexible_since);
          tag = field->tag;
        }
      if (has_inner)
        check_table (layout, field->element, depth + 1);
    }
}

static gboolean
has_line (const BaristaWireField *fields, gint16 version)
{
  for (const BaristaWireField *field = fields; field->name != NULL; field++)
    if (!field->tagged && barista_wire_field_in_version (field, version))
      return TRUE;
  return FALSE;
}

/* Counts are checked against one byte an element; so each element must take one. */
static void
check_elements_take_bytes (const BaristaWireField *fields, gint16 version)
{
  for (const BaristaWireField *field = fields; field->name != NULL; field++)
    if (field->element != NULL && barista_wire_field_in_version (field, version))
      {
        g_assert_true (has_line (field->element, version));
        check_elements_take_bytes (field->element, version);
      }
}

static void
test_tables_are_sound (void)
{
  guint n;
  const BaristaWireLayout *const *layouts = barista_wire_layouts (&n);

  g_assert_cmpuint (n, ==, 18);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (barista_wire_layout (layouts[i]->api) == layouts[i]);
      g_assert_cmpstr (layouts[i]->name, ==, barista_api_to_string (layouts[i]->api));
      check_table (layouts[i], layouts[i]->request, 1);
      check_table (layouts[i], layouts[i]->response, 1);
      for (gint16 v = layouts[i]->min_version; v <= layouts[i]->max_version; v++)
        {
          check_elements_take_bytes (layouts[i]->request, v);
          check_elements_take_bytes (layouts[i]->response, v);
        }
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (barista_api_to_string (3), ==, "Metadata");
  g_assert_cmpstr (barista_api_to_string (28), ==, "TxnOffsetCommit");
  g_assert_cmpstr (barista_api_to_string (52), ==, "API 52");
  g_assert_cmpstr (barista_api_to_string (-1), ==, "API -1");
  g_assert_cmpstr (barista_api_to_string (G_MAXINT16), ==, "API 32767");
  g_assert_null (barista_wire_layout (19));

  g_assert_cmpstr (barista_kafka_error_to_string (-1), ==, "UNKNOWN_SERVER_ERROR");
  g_assert_cmpstr (barista_kafka_error_to_string (0), ==, "NONE");
  g_assert_cmpstr (barista_kafka_error_to_string (29), ==, "TOPIC_AUTHORIZATION_FAILED");
  g_assert_cmpstr (barista_kafka_error_to_string (58), ==, "SASL_AUTHENTICATION_FAILED");
  g_assert_cmpstr (barista_kafka_error_to_string (78), ==, "OFFSET_NOT_AVAILABLE");
  g_assert_null (barista_kafka_error_to_string (-2));
  g_assert_null (barista_kafka_error_to_string (G_MAXINT16));
}

/* --- headers --- */

static void
check_size (const char *hex, gboolean ok, gsize expected)
{
  g_autoptr (GByteArray) size = bytes_from_hex (hex);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (barista_wire_parse_size (size->data, &length, &error) == ok);
  if (ok)
    g_assert_cmpuint (length, ==, expected);
  else
    g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_TOO_LARGE);
}

static void
test_frame_size (void)
{
  check_size ("00000000", TRUE, 0);
  check_size ("08000000", TRUE, BARISTA_WIRE_MAX_FRAME);
  check_size ("08000001", FALSE, 0);
  check_size ("7fffffff", FALSE, 0);
  check_size ("ffffffff", FALSE, 0);
  check_size ("48545450", FALSE, 0); /* "HTTP" */
}

/* The caller still learns who asked, and for what. */
static void
test_unknown_api_gives_its_header (void)
{
  static const char *const hexes[] = { "000f0005000000070001780a", "0012000500000007000178" };
  BaristaWireRequestHeader header;
  const guint8 *body;
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (hexes); i++)
    {
      g_autoptr (GByteArray) frame = bytes_from_hex (hexes[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (
          barista_wire_parse_request (frame->data, frame->len, &header, &body, &length, &error));
      g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_UNKNOWN);
      g_assert_cmpint (header.api_version, ==, 5);
      g_assert_cmpint (header.correlation_id, ==, 7);
      g_assert_cmpmem (header.client_id, header.client_id_length, "x", 1);
    }
}

/* --- reading --- */

static void
test_fault_names_the_field (void)
{
  const BaristaWireKind request = BARISTA_WIRE_REQUEST, response = BARISTA_WIRE_RESPONSE;

  check_malformed ("00", BARISTA_API_SASL_HANDSHAKE, 1, request,
                   "SaslHandshake request version 1: mechanism ends too early at byte 0 of 1");
  check_malformed ("ffff", BARISTA_API_SASL_HANDSHAKE, 1, request,
                   "SaslHandshake request version 1: mechanism is null at byte 2 of 2");
  check_malformed ("fffe", BARISTA_API_SASL_HANDSHAKE, 1, request,
                   "SaslHandshake request version 1: mechanism length is negative at byte 2 of 2");
  check_malformed ("0002c328", BARISTA_API_SASL_HANDSHAKE, 1, request,
                   "SaslHandshake request version 1: mechanism is not UTF-8 text at byte 4 of 4");
  check_malformed ("000100", BARISTA_API_SASL_HANDSHAKE, 1, request,
                   "SaslHandshake request version 1: mechanism is not UTF-8 text at byte 3 of 3");
  check_malformed ("00015000", BARISTA_API_SASL_HANDSHAKE, 1, request,
                   "SaslHandshake request version 1: bytes are left over at byte 3 of 4");
  check_malformed ("00007fffffff", BARISTA_API_SASL_HANDSHAKE, 1, response,
                   "SaslHandshake response version 1: mechanisms claims more elements than there"
                   " are bytes for at byte 6 of 6");
  check_malformed ("000000000001ffff", BARISTA_API_SASL_HANDSHAKE, 1, response,
                   "SaslHandshake response version 1: mechanisms holds a null at byte 8 of 8");
  check_malformed ("00000001000000010004686f7374000000", BARISTA_API_METADATA, 1, response,
                   "Metadata response version 1: brokers.port ends too early at byte 14 of 17");
}

static void
test_tagged_faults (void)
{
  /* errorCode, no apiKeys, throttleTimeMs, then the tags. */
  const BaristaWireKind response = BARISTA_WIRE_RESPONSE;

  check_malformed (
      "00000100000000"
      "01010800000000000000",
      BARISTA_API_API_VERSIONS, 3, response,
      "ApiVersions response version 3: finalizedFeaturesEpoch ends too early at byte 10"
      " of 17");
  check_malformed ("00000100000000"
                   "010109000000000000000000",
                   BARISTA_API_API_VERSIONS, 3, response,
                   "ApiVersions response version 3: finalizedFeaturesEpoch is shorter than its"
                   " size at byte 18 of 19");
  check_malformed ("00000100000000"
                   "ffffffff0f",
                   BARISTA_API_API_VERSIONS, 3, response,
                   "ApiVersions response version 3: claims more elements than there are bytes for"
                   " at byte 12 of 12");
  check_malformed ("00000100000000"
                   "ffffffff1f",
                   BARISTA_API_API_VERSIONS, 3, response,
                   "ApiVersions response version 3: number is too long at byte 12 of 12");
}

/* GBytes gives NULL for no bytes. */
static void
test_no_bytes (void)
{
  BaristaWireView view;

  g_assert_true (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_LIST_GROUPS),
                                         BARISTA_WIRE_REQUEST, 0, NULL, 0, NULL));
  g_assert_false (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_METADATA),
                                          BARISTA_WIRE_REQUEST, 9, NULL, 0, NULL));
}

static void
test_unknown_version_is_refused (void)
{
  const BaristaWireLayout *layout = barista_wire_layout (BARISTA_API_METADATA);
  BaristaWireView view;

  for (int version = -1; version <= 13; version += version == -1 ? 1 : 13)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
          barista_wire_view_init (&view, layout, BARISTA_WIRE_REQUEST, version, NULL, 0, &error));
      g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_UNKNOWN);
    }
}

static void
test_absent_fields_give_fallbacks (void)
{
  g_autoptr (GByteArray) body = bytes_from_hex ("000000000000000000000000"
                                                "00000000");
  BaristaWireView view, inner;
  BaristaWireIter iter;
  gsize length;

  g_assert_true (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_METADATA),
                                         BARISTA_WIRE_RESPONSE, 1, body->data, 12, NULL));
  g_assert_cmpint (barista_wire_view_get_int (&view, "throttleTimeMs"), ==, 0);
  g_assert_cmpint (barista_wire_view_get_int (&view, "clusterAuthorizedOperations"), ==,
                   G_MININT32);
  g_assert_null (barista_wire_view_get_string (&view, "clusterId", &length));
  g_assert_cmpuint (length, ==, 0);
  g_assert_null (barista_wire_view_dup_string (&view, "clusterId"));
  g_assert_cmpint (barista_wire_view_get_array (&view, "topics", &iter), ==, 0);
  g_assert_false (barista_wire_iter_next (&iter, &inner));

  g_assert_true (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_API_VERSIONS),
                                         BARISTA_WIRE_RESPONSE, 0, body->data, 6, NULL));
  g_assert_cmpint (barista_wire_view_get_int (&view, "finalizedFeaturesEpoch"), ==, -1);
  g_assert_cmpint (barista_wire_view_get_array (&view, "supportedFeatures", &iter), ==, -1);
  g_assert_false (barista_wire_iter_next (&iter, &inner));
}

static void
test_asking_for_a_wrong_field (void)
{
  g_autoptr (GByteArray) body = bytes_from_hex ("000568656c6c6f");
  BaristaWireView view;

  g_assert_true (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_SASL_HANDSHAKE),
                                         BARISTA_WIRE_REQUEST, 0, body->data, body->len, NULL));
  begin_criticals ();
  g_assert_cmpint (barista_wire_view_get_int (&view, "mechanisms"), ==, 0);
  end_criticals ("There is no field 'mechanisms' beside 'mechanism'\n");
}

/* --- writing --- */

static void
check_frame (BaristaWireWriter *writer, const char *hex)
{
  g_autoptr (GBytes) frame = barista_wire_writer_finish (writer);
  g_autoptr (GByteArray) expected = bytes_from_hex (hex);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (frame, &length);

  g_assert_cmpmem (bytes, length, expected->data, expected->len);
}

/* Written by hand from the protocol's pages. */
static void
test_missing_fields_take_fallbacks (void)
{
  check_frame (barista_wire_request_new (BARISTA_API_METADATA, 4, 1, NULL), "0000000f"
                                                                            "0003000400000001ffff"
                                                                            "0000000001");
  check_frame (barista_wire_request_new (BARISTA_API_METADATA, 9, 1, "b"),
               "00000011"
               "000300090000000100016200"
               "0101000000");
  /* errorCode, errorMessage null, authBytes empty, sessionLifetimeMs, no tags. */
  check_frame (barista_wire_response_new (BARISTA_API_SASL_AUTHENTICATE, 2, 5),
               "00000012"
               "0000000500"
               "000000010000000000000000"
               "00");
}

static void
test_null_array_ends_by_itself (void)
{
  BaristaWireWriter *writer = barista_wire_request_new (BARISTA_API_METADATA, 4, 1, NULL);

  barista_wire_begin_array (writer, "topics", -1);
  barista_wire_put_int (writer, "allowAutoTopicCreation", FALSE);
  check_frame (writer, "0000000f"
                       "0003000400000001ffff"
                       "ffffffff00");

  writer = barista_wire_request_new (BARISTA_API_OFFSET_FETCH, 2, 1, NULL);
  barista_wire_begin_array (writer, "topics", -1);
  check_frame (writer, "00000010"
                       "0009000200000001ffff"
                       "0000"
                       "ffffffff");
}

static void
test_fields_of_other_versions_are_passed_over (void)
{
  BaristaWireWriter *writer = barista_wire_response_new (BARISTA_API_API_VERSIONS, 0, 9);

  barista_wire_put_int (writer, "errorCode", 35);
  barista_wire_begin_array (writer, "apiKeys", 1);
  barista_wire_next (writer);
  barista_wire_put_int (writer, "apiKey", 18);
  barista_wire_put_int (writer, "maxVersion", 4);
  barista_wire_end_array (writer);
  barista_wire_put_int (writer, "throttleTimeMs", 100);
  barista_wire_begin_array (writer, "supportedFeatures", 1);
  barista_wire_next (writer);
  barista_wire_put_string (writer, "name", "feature");
  barista_wire_end_array (writer);
  check_frame (writer, "00000010"
                       "00000009"
                       "0023"
                       "00000001"
                       "001200000004");
}

static void
test_wrong_order_is_a_programmers_error (void)
{
  BaristaWireWriter *writer = barista_wire_request_new (BARISTA_API_METADATA, 4, 1, NULL);

  barista_wire_put_int (writer, "allowAutoTopicCreation", FALSE);
  begin_criticals ();
  barista_wire_begin_array (writer, "topics", 0);
  barista_wire_put_int (writer, "topic", 0);
  end_criticals ("Metadata: there is no 'topics' here, or it comes too late\n"
                 "Metadata: there is no 'topic' here, or it comes too late\n");
  check_frame (writer, "0000000f"
                       "0003000400000001ffff"
                       "0000000000");
}

/* Even then the frame can be read. */
static void
test_missing_elements_are_a_programmers_error (void)
{
  BaristaWireWriter *writer = barista_wire_response_new (BARISTA_API_SASL_HANDSHAKE, 1, 1);

  barista_wire_begin_array (writer, "mechanisms", 2);
  barista_wire_put_element_string (writer, "PLAIN");
  begin_criticals ();
  check_frame (writer, "00000013"
                       "00000001"
                       "0000"
                       "00000002"
                       "0005504c41494e"
                       "0000");
  end_criticals ("SaslHandshake: 'mechanisms' is still open\n"
                 "SaslHandshake: 1 elements of 'mechanisms' are missing\n");
}

static void
test_null_where_none_may_be (void)
{
  BaristaWireWriter *writer = barista_wire_request_new (BARISTA_API_SASL_HANDSHAKE, 1, 1, NULL);

  begin_criticals ();
  barista_wire_put_string (writer, "mechanism", NULL);
  end_criticals ("SaslHandshake version 1: 'mechanism' is null\n");
  check_frame (writer, "0000000c"
                       "0011000100000001ffff"
                       "0000");
}

static void
check_long_text (gint16 version, gsize expected)
{
  g_autofree char *text = g_strnfill (40000, 'a');
  g_autoptr (GBytes) frame = NULL;
  BaristaWireWriter *writer = barista_wire_request_new (BARISTA_API_FIND_COORDINATOR, version, 1,
                                                        NULL);
  BaristaWireView view;
  gsize length;

  /* A character of two bytes lies across the limit of the old encoding. */
  memcpy (text + G_MAXINT16 - 1, "\xc3\xa8", 2);
  barista_wire_put_string (writer, "key", text);
  frame = barista_wire_writer_finish (writer);
  g_assert_true (
      view_frame (frame, BARISTA_API_FIND_COORDINATOR, version, BARISTA_WIRE_REQUEST, &view));
  barista_wire_view_get_string (&view, "key", &length);
  g_assert_cmpuint (length, ==, expected);
}

static void
test_long_text (void)
{
  check_long_text (2, G_MAXINT16 - 1);
  check_long_text (3, 40000);
}

/* --- size --- */

#define MANY_TOPICS 250000

static GBytes *
large_listing (void)
{
  BaristaWireWriter *writer = barista_wire_response_new (BARISTA_API_METADATA, 9, 1);

  barista_wire_begin_array (writer, "topics", MANY_TOPICS);
  for (int i = 0; i < MANY_TOPICS; i++)
    {
      char name[32];

      g_snprintf (name, sizeof name, "acmeCo/topic-%014d", i);
      barista_wire_next (writer);
      barista_wire_put_string (writer, "name", name);
      barista_wire_begin_array (writer, "partitions", 1);
      barista_wire_next (writer);
      barista_wire_begin_array (writer, "replicaNodes", 1);
      barista_wire_put_element_int (writer, 1);
      barista_wire_end_array (writer);
      barista_wire_end_array (writer);
    }
  barista_wire_end_array (writer);
  return barista_wire_writer_finish (writer);
}

static guint
count_topics (const BaristaWireView *view)
{
  BaristaWireView topic;
  BaristaWireIter topics, partitions;
  guint n = 0;

  barista_wire_view_get_array (view, "topics", &topics);
  while (barista_wire_iter_next (&topics, &topic))
    {
      gsize length;

      g_assert_nonnull (barista_wire_view_get_string (&topic, "name", &length));
      g_assert_cmpint (barista_wire_view_get_int (&topic, "errorCode"), ==, 0);
      g_assert_cmpint (barista_wire_view_get_array (&topic, "partitions", &partitions), ==, 1);
      n++;
    }
  return n;
}

/* A getter that walked the whole message for each topic would take minutes here. */
static void
test_large_listing (void)
{
  g_autoptr (GBytes) frame = large_listing ();
  gint64 start = g_get_monotonic_time (), checked;
  BaristaWireView view;

  g_assert_true (view_frame (frame, BARISTA_API_METADATA, 9, BARISTA_WIRE_RESPONSE, &view));
  checked = g_get_monotonic_time ();
  g_assert_cmpuint (count_topics (&view), ==, MANY_TOPICS);
  g_test_message ("%" G_GSIZE_FORMAT " bytes: checked in %" G_GINT64_FORMAT
                  " us, read in %" G_GINT64_FORMAT " us",
                  g_bytes_get_size (frame), checked - start, g_get_monotonic_time () - checked);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (keep_critical, NULL, NULL);
  g_test_add_func ("/kafka/wire/tables-are-sound", test_tables_are_sound);
  g_test_add_func ("/kafka/wire/names", test_names);
  g_test_add_func ("/kafka/wire/frame-size", test_frame_size);
  g_test_add_func ("/kafka/wire/unknown-api", test_unknown_api_gives_its_header);
  g_test_add_func ("/kafka/wire/fault-names-the-field", test_fault_names_the_field);
  g_test_add_func ("/kafka/wire/tagged-faults", test_tagged_faults);
  g_test_add_func ("/kafka/wire/no-bytes", test_no_bytes);
  g_test_add_func ("/kafka/wire/unknown-version", test_unknown_version_is_refused);
  g_test_add_func ("/kafka/wire/absent-fields", test_absent_fields_give_fallbacks);
  g_test_add_func ("/kafka/wire/asking-for-a-wrong-field", test_asking_for_a_wrong_field);
  g_test_add_func ("/kafka/wire/missing-fields", test_missing_fields_take_fallbacks);
  g_test_add_func ("/kafka/wire/null-array", test_null_array_ends_by_itself);
  g_test_add_func ("/kafka/wire/other-versions", test_fields_of_other_versions_are_passed_over);
  g_test_add_func ("/kafka/wire/wrong-order", test_wrong_order_is_a_programmers_error);
  g_test_add_func ("/kafka/wire/missing-elements", test_missing_elements_are_a_programmers_error);
  g_test_add_func ("/kafka/wire/null-where-none-may-be", test_null_where_none_may_be);
  g_test_add_func ("/kafka/wire/long-text", test_long_text);
  g_test_add_func ("/kafka/wire/large-listing", test_large_listing);
  return g_test_run ();
}
