/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"
#include "frames.h"

#include <string.h>

/* Record batches by Kafka's own writer; see tests/data/records/generate/README.md. */

static JsonNode *cases;

/* --- a batch in the form of the test data --- */

static void
set_bytes (JsonObject *object, const char *member, const guint8 *bytes, gsize length)
{
  g_autofree char *text = bytes != NULL ? g_base64_encode (bytes, length) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static void
set_value (JsonObject *object, const BaristaRecord *record)
{
  g_autofree char *sum = NULL;

  if (record->value_length <= 1024)
    {
      set_bytes (object, "value", record->value, record->value_length);
      return;
    }
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, record->value, record->value_length);
  json_object_set_int_member (object, "valueSize", record->value_length);
  json_object_set_string_member (object, "valueSha256", sum);
}

/* The key of a control record: version, then type, 16 bits each. */
static const char *
control_type (const BaristaRecord *record)
{
  static const char *const types[] = { "ABORT", "COMMIT", "LEADER_CHANGE" };
  gint16 type;

  g_assert_cmpuint (record->key_length, ==, 4);
  type = (gint16) (record->key[2] << 8 | record->key[3]);
  return type >= 0 && type < (int) G_N_ELEMENTS (types) ? types[type] : "UNKNOWN";
}

static JsonArray *
headers_form (BaristaRecord record)
{
  JsonArray *array = json_array_new ();
  BaristaRecordHeader header;

  while (barista_record_next_header (&record, &header))
    {
      g_autofree char *key = g_strndup (header.key, header.key_length);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "key", key);
      set_bytes (object, "value", header.value, header.value_length);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
record_form (const BaristaRecordBatch *batch, const BaristaRecord *record)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "offset", record->offset);
  json_object_set_int_member (object, "timestamp", record->timestamp);
  set_bytes (object, "key", record->key, record->key_length);
  set_value (object, record);
  if (batch->control)
    json_object_set_string_member (object, "controlType", control_type (record));
  json_object_set_array_member (object, "headers", headers_form (*record));
  return object;
}

static JsonObject *
batch_form (BaristaRecordReader *reader, const BaristaRecordBatch *batch)
{
  JsonObject *object = json_object_new ();
  JsonArray *records = json_array_new ();
  BaristaRecord record;

  json_object_set_int_member (object, "baseOffset", batch->base_offset);
  json_object_set_int_member (object, "lastOffset", batch->last_offset);
  json_object_set_int_member (object, "partitionLeaderEpoch", batch->leader_epoch);
  json_object_set_string_member (object, "compression", barista_codec_to_string (batch->codec));
  json_object_set_string_member (object, "timestampType",
                                 batch->log_append_time ? "LogAppendTime" : "CreateTime");
  json_object_set_int_member (object, "maxTimestamp", batch->max_timestamp);
  json_object_set_boolean_member (object, "isTransactional", batch->transactional);
  json_object_set_boolean_member (object, "isControl", batch->control);
  json_object_set_int_member (object, "producerId", batch->producer_id);
  json_object_set_int_member (object, "producerEpoch", batch->producer_epoch);
  json_object_set_int_member (object, "baseSequence", batch->base_sequence);
  while (barista_record_reader_next (reader, &record))
    json_array_add_object_element (records, record_form (batch, &record));
  g_assert_cmpint (json_array_get_length (records), ==, batch->n_records);
  json_object_set_array_member (object, "records", records);
  return object;
}

/* --- the cases --- */

static char *
text_of (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  return json_to_string (node, TRUE);
}

static JsonArray *
expected_batches (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "batches");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *batch = json_array_get_object_element (array, i);

      /* Of the bytes, not of what they mean; the writer's test covers both. */
      json_object_remove_member (batch, "sizeInBytes");
      json_object_remove_member (batch, "crc");
    }
  return array;
}

static void
check_batches (JsonObject *object, const GByteArray *bytes)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (bytes->data, bytes->len);
  g_autoptr (JsonArray) seen = json_array_new ();
  g_autofree char *expected_text = text_of (expected_batches (object));
  g_autofree char *seen_text = NULL;
  g_autoptr (GError) error = NULL;
  BaristaRecordBatch batch;

  while (barista_record_reader_next_batch (reader, &batch, &error))
    json_array_add_object_element (seen, batch_form (reader, &batch));
  g_assert_no_error (error);

  seen_text = text_of (seen);
  g_assert_cmpstr (seen_text, ==, expected_text);
  g_assert_cmpuint (barista_record_reader_get_left (reader), ==,
                    json_object_get_int_member (object, "bytes_left"));
}

static void
check_refused (const char *reason, const GByteArray *bytes)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;
  BaristaRecordBatch batch;

  g_assert_false (barista_record_reader_next_batch (reader, &batch, &error));
  g_test_message ("%s", error->message);
  if (g_str_equal (reason, "crc"))
    g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_CHECKSUM);
  else
    g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, "offset 0"));
  if (g_str_equal (reason, "magic"))
    g_assert_nonnull (strstr (error->message, "message format"));
}

/* Uncompressed batches are the ones that we write too: byte by byte the same. */
static void
check_written (const GByteArray *bytes)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (bytes->data, bytes->len);
  g_autoptr (GByteArray) written = g_byte_array_new ();
  BaristaRecordBatch batch;

  while (barista_record_reader_next_batch (reader, &batch, NULL))
    {
      BaristaRecordWriter *writer = barista_record_writer_new (&batch);
      g_autoptr (GByteArray) one = NULL;
      BaristaRecord record;

      /* With the time of the log the times that producers gave are still there, but unread. */
      if (batch.codec != BARISTA_CODEC_NONE || batch.log_append_time)
        {
          barista_record_writer_free (writer);
          return;
        }
      while (barista_record_reader_next (reader, &record))
        barista_record_writer_add_record (writer, &record);
      one = barista_record_writer_finish (writer);
      g_byte_array_append (written, one->data, one->len);
    }
  g_assert_cmpmem (written->data, written->len, bytes->data,
                   bytes->len - barista_record_reader_get_left (reader));
}

static void
test_case (gconstpointer data)
{
  JsonObject *object = (JsonObject *) data;
  g_autoptr (GByteArray) bytes = bytes_from_hex (json_object_get_string_member (object, "hex"));

  if (json_object_has_member (object, "error"))
    {
      check_refused (json_object_get_string_member (object, "error"), bytes);
      return;
    }
  check_batches (object, bytes);
  check_written (bytes);
}

/* What the practice Dekaf does: offsets that count bytes, times of their own, no last offset set. */
static void
test_writer_covers_its_records (void)
{
  const BaristaRecordBatch head = { .base_offset = 100, .producer_id = -1 };
  BaristaRecordWriter *writer = barista_record_writer_new (&head);
  g_autoptr (BaristaRecordReader) reader = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  BaristaRecordBatch batch;
  BaristaRecord record;

  barista_record_writer_add (writer, 180, 5000, (const guint8 *) "k", 1, NULL, -1);
  barista_record_writer_add (writer, 411, 4000, NULL, 0, (const guint8 *) "value", 5);
  bytes = barista_record_writer_finish (writer);

  reader = barista_record_reader_new (bytes->data, bytes->len);
  g_assert_true (barista_record_reader_next_batch (reader, &batch, NULL));
  g_assert_cmpint (batch.base_offset, ==, 100);
  g_assert_cmpint (batch.last_offset, ==, 411);
  g_assert_cmpint (batch.base_timestamp, ==, 5000);
  g_assert_cmpint (batch.max_timestamp, ==, 5000);
  g_assert_cmpint (batch.n_records, ==, 2);

  g_assert_true (barista_record_reader_next (reader, &record));
  g_assert_cmpint (record.offset, ==, 180);
  g_assert_null (record.value);
  g_assert_true (barista_record_reader_next (reader, &record));
  g_assert_cmpint (record.timestamp, ==, 4000);
  g_assert_cmpmem (record.value, record.value_length, "value", 5);
  g_assert_nonnull (record.key);
  g_assert_cmpuint (record.key_length, ==, 0);
  g_assert_false (barista_record_reader_next (reader, &record));
  g_assert_false (barista_record_reader_next_batch (reader, &batch, NULL));
}

static void
add_cases (void)
{
  JsonArray *array = json_node_get_array (cases);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      g_autofree char *name = g_strdup (json_object_get_string_member (object, "name"));
      g_autofree char *path = g_strconcat ("/kafka/records/kafka/", g_strdelimit (name, " ,", '-'),
                                           NULL);

      g_test_add_data_func (path, object, test_case);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  json_parser_load_from_mapped_file (parser, RECORDS_FILE, &error);
  g_assert_no_error (error);
  cases = json_parser_get_root (parser);

  add_cases ();
  g_test_add_func ("/kafka/records/writer-covers-its-records", test_writer_covers_its_records);
  return g_test_run ();
}
