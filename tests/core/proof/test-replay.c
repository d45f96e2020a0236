/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-replay.h"
#include "table-fixture.h"

#include <string.h>

/* Records are written by hand: 00 and the schema's id, then Avro. */
#define FRAME "00 00000001 "
/* VALUE_PAGE: _id, _meta.op, _meta.is_deleted, example */
#define CREATED FRAME "0261 0263 00 0278"
#define DELETED FRAME "0261 0264 02 00"
#define KEY_A FRAME "0261"

static GBytes *
bytes_new (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      {
        guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (bytes, &byte, 1);
        hex++;
      }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* @values: as hex, NULL for a deletion without a document; the last one is "" */
static GPtrArray *
records_new (const char *schema, const char *const *values)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_replay_record_unref);
  g_autoptr (BaristaAvroSchema) value_schema = fixture_schema (schema);
  g_autoptr (BaristaAvroSchema) key_schema = fixture_schema (KEY_STRING);
  g_autoptr (GBytes) key = bytes_new (KEY_A);

  for (guint i = 0; values[i] == NULL || *values[i] != '\0'; i++)
    {
      g_autoptr (GBytes) value = values[i] != NULL ? bytes_new (values[i]) : NULL;

      /* 2000-01-01T00:00:00.250Z */
      g_ptr_array_add (records, barista_replay_record_new (1, 100 + i, 946684800250, key, value,
                                                           key_schema, value_schema));
    }

  return records;
}

#define RECORDS(schema, ...) records_new (schema, (const char *[]) { __VA_ARGS__, "" })

static guint
column_of (BaristaReplay *replay, const char *name)
{
  for (guint i = 0; i < barista_replay_get_n_columns (replay); i++)
    if (g_str_equal (barista_replay_get_column (replay, i)->name, name))
      return i;

  g_error ("no column %s", name);
}

static void
assert_cell (BaristaReplay *replay,
             guint record,
             const char *name,
             BaristaCellState state,
             const char *expected)
{
  guint column = column_of (replay, name);
  g_autofree char *text = barista_replay_dup_text (replay, record, column);

  g_assert_cmpint (barista_replay_get_cell (replay, record, column), ==, state);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_row (BaristaReplay *replay,
            guint record,
            gboolean deleted,
            BaristaRejection rejection,
            const char *column)
{
  BaristaReplayRow row;

  barista_replay_get_row (replay, record, &row);
  g_assert_cmpint (row.deleted, ==, deleted);
  g_assert_cmpint (row.rejection, ==, rejection);
  g_assert_cmpint (row.accepted, ==, rejection == BARISTA_REJECTION_NONE);
  g_assert_cmpstr (row.column != NULL ? row.column->name : NULL, ==, column);
}

static void
test_hard (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) records = RECORDS (VALUE_PAGE, CREATED, DELETED);
  g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);
  g_autofree char *verdict = barista_replay_dup_verdict (replay);

  g_assert_cmpuint (barista_replay_get_n_records (replay), ==, 2);
  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 2);
  g_assert_cmpuint (barista_replay_get_n_deletions (replay), ==, 1);
  assert_row (replay, 0, FALSE, BARISTA_REJECTION_NONE, NULL);
  assert_row (replay, 1, TRUE, BARISTA_REJECTION_NONE, NULL);
  assert_cell (replay, 0, "_id", BARISTA_CELL_STORED, "a");
  assert_cell (replay, 0, "_meta_op", BARISTA_CELL_STORED, "c");
  assert_cell (replay, 1, "_meta_is_deleted", BARISTA_CELL_STORED, "1");
  assert_cell (replay, 0, "example", BARISTA_CELL_STORED, "x");
  assert_cell (replay, 1, "__offset", BARISTA_CELL_STORED, "101");
  g_assert_cmpstr (verdict, ==, "All 2 sample records fit.");
  g_assert_cmpuint (barista_replay_get_rejecting (replay)->len, ==, 0);
  g_assert_null (barista_replay_dup_fix_label (replay));
}

/* A task in kafka mode whose columns were made for cdc: the tombstone has no document. */
static void
test_tombstone_is_quarantined (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) records = RECORDS (VALUE_PAGE, CREATED, NULL, CREATED);
  g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);
  g_autofree char *verdict = barista_replay_dup_verdict (replay);
  g_autofree char *label = barista_replay_dup_fix_label (replay);
  g_autofree char *json = barista_replay_to_json (replay);
  GPtrArray *rejecting = barista_replay_get_rejecting (replay);
  const BaristaReplayColumn *first = g_ptr_array_index (rejecting, 0);
  const BaristaReplayColumn *marker = g_ptr_array_index (rejecting, 2);

  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 2);
  g_assert_cmpuint (barista_replay_get_n_quarantined (replay), ==, 1);
  assert_row (replay, 1, TRUE, BARISTA_REJECTION_MISSING, "_id");
  assert_cell (replay, 1, "_id", BARISTA_CELL_REJECTED, "");
  assert_cell (replay, 1, "example", BARISTA_CELL_NULL, "NULL");
  assert_cell (replay, 1, "__offset", BARISTA_CELL_STORED, "101");

  g_assert_cmpuint (rejecting->len, ==, 3); /* _id, _meta_op, _meta_is_deleted */
  g_assert_cmpstr (first->column->name, ==, "_id");
  g_assert_cmpuint (first->rejected, ==, 1);
  g_assert_cmpuint (first->deletions, ==, 1);
  g_assert_cmpstr (first->fix_type, ==, "Nullable(String)");
  g_assert_cmpstr (first->fix, ==, "Allow “_id” to be empty.");
  g_assert_null (marker->fix_type); /* the engine takes UInt8 only */
  g_assert_cmpstr (verdict, ==,
                   "2 of 3 sample records fit. 1 would be quarantined: a deletion without “_id”. "
                   "3 columns are concerned.");
  g_assert_cmpstr (label, ==, "Allow Empty in 2 Columns");
  g_assert_true (g_str_has_prefix (
      json, "{\"records\":3,\"accepted\":2,\"quarantined\":1,\"columns\":[{\"name\":\"_id\","
            "\"rejected\":1,"));
  g_assert_true (g_str_has_suffix (json, "],\"rows_after_merge\":null}"));
}

static void
test_kafka_mode (void)
{
  static const char schema[] = VALUE (
      FIELD ("_id", "'string'") "," FIELD ("tags", "{'type':'array','items':'string'}"));
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("kafka"), ""), KEY_STRING, schema);
  g_autoptr (GPtrArray) records = RECORDS (schema, FRAME "0261 0202 62 00", NULL);
  g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);

  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 2);
  assert_cell (replay, 0, "tags", BARISTA_CELL_STORED, "[\"b\"]");
  assert_row (replay, 1, TRUE, BARISTA_REJECTION_NONE, NULL);
  assert_cell (replay, 1, "_id", BARISTA_CELL_NULL, "NULL");
  assert_cell (replay, 1, "tags", BARISTA_CELL_DEFAULT, "[]");
  assert_cell (replay, 1, "__key", BARISTA_CELL_STORED, "{\"_flow_key\":{\"p1\":\"a\"}}");
}

static void
test_whole_document (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'deletions':'soft-document'"), KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) records = RECORDS (VALUE_PAGE, CREATED, NULL, DELETED);
  g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);

  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 3);
  assert_cell (replay, 0, "__value", BARISTA_CELL_STORED,
               "{\"_id\":\"a\",\"_meta\":{\"op\":\"c\",\"is_deleted\":0},\"example\":\"x\"}");
  assert_cell (replay, 1, "__value", BARISTA_CELL_STORED, "");
  assert_row (replay, 1, TRUE, BARISTA_REJECTION_NONE, NULL);
  /* the marker is left out of this table, the operation tells it all the same */
  assert_row (replay, 2, TRUE, BARISTA_REJECTION_NONE, NULL);
}

/* Registry off: bytes as they come. */
static void
test_without_a_schema (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("kafka"), ""), NULL, NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_replay_record_unref);
  g_autoptr (GBytes) value = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GBytes) binary = g_bytes_new_static ("\0\377", 2);
  g_autoptr (BaristaReplay) replay = NULL;

  g_ptr_array_add (records, barista_replay_record_new (0, 1, 0, NULL, value, NULL, NULL));
  g_ptr_array_add (records, barista_replay_record_new (0, 2, 0, NULL, binary, NULL, NULL));
  replay = barista_replay_new (table, records);
  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 2);
  assert_cell (replay, 0, "__value", BARISTA_CELL_STORED, "{\"a\":1}");
  assert_cell (replay, 1, "__value", BARISTA_CELL_STORED, "(2 bytes)");
}

/* A record that an older schema wrote lacks the field, whatever the newest one says. */
static void
test_older_schema (void)
{
  static const char old_schema[] = VALUE (FIELD ("_id", "'string'"));
  static const char new_schema[] = VALUE (FIELD ("_id", "'string'") "," FIELD ("amount", "'long'"));
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("kafka"), ",'deletions':'none'"),
                                                KEY_STRING, new_schema);
  g_autoptr (GPtrArray) records = RECORDS (new_schema, FRAME "0261 08");
  g_autoptr (GPtrArray) old_records = RECORDS (old_schema, FRAME "0261");
  g_autoptr (BaristaReplay) replay = NULL;
  g_autofree char *verdict = NULL;

  g_ptr_array_extend_and_steal (records, g_steal_pointer (&old_records));
  replay = barista_replay_new (table, records);
  verdict = barista_replay_dup_verdict (replay);
  assert_cell (replay, 0, "amount", BARISTA_CELL_STORED, "4");
  assert_row (replay, 1, FALSE, BARISTA_REJECTION_MISSING, "amount");
  g_assert_cmpstr (verdict, ==,
                   "1 of 2 sample records fit. 1 would be quarantined. “amount” is missing, and "
                   "Int64 may not be empty.");
}

static void
test_chosen_type (void)
{
  static const char schema[] = VALUE (FIELD ("_id", "'string'") "," FIELD ("amount", "'long'"));
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'deletions':'none','columns':[{'path':'$.amount','type':'UInt8'}]"),
      KEY_STRING, schema);
  /* 4, 300, -1 */
  g_autoptr (GPtrArray) records = RECORDS (schema, FRAME "0261 08", FRAME "0261 d804",
                                           FRAME "0261 01");
  g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);
  g_autofree char *reason = barista_replay_dup_reason (replay, 1, column_of (replay, "amount"));
  g_autofree char *row_reason = barista_replay_dup_row_reason (replay, 1);
  g_autofree char *label = barista_replay_dup_fix_label (replay);
  const BaristaReplayColumn *column = g_ptr_array_index (barista_replay_get_rejecting (replay), 0);

  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 1);
  assert_cell (replay, 1, "amount", BARISTA_CELL_REJECTED, "300");
  g_assert_cmpstr (reason, ==, "“amount” holds a value that UInt8 doesn't reach.");
  g_assert_cmpstr (row_reason, ==, reason);
  g_assert_cmpuint (column->rejected, ==, 2);
  g_assert_cmpuint (column->deletions, ==, 0);
  g_assert_cmpstr (column->fix_type, ==, "Int64");
  g_assert_cmpstr (label, ==, "Change the Type of 1 Column");
  g_assert_cmpuint (barista_replay_try_type (replay, column_of (replay, "amount"), "UInt16"), ==,
                    1);
  g_assert_cmpuint (barista_replay_try_type (replay, column_of (replay, "amount"), "Int16"), ==, 0);
  g_assert_cmpuint (barista_replay_try_type (replay, column_of (replay, "amount"), "UUID"), ==, 3);
}

static void
test_whole_records (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) records = RECORDS (VALUE_PAGE, CREATED, FRAME "0261 ff");
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (BARISTA_RECORD_MAX + 1),
                                               BARISTA_RECORD_MAX + 1);
  g_autoptr (BaristaReplay) replay = NULL;

  g_ptr_array_add (records, barista_replay_record_new (0, 1, 0, NULL, large, NULL, NULL));
  replay = barista_replay_new (table, records);
  assert_row (replay, 1, FALSE, BARISTA_REJECTION_UNREADABLE, NULL);
  assert_row (replay, 2, FALSE, BARISTA_REJECTION_SIZE, NULL);
  g_assert_cmpuint (barista_replay_get_n_quarantined (replay), ==, 2);
}

static void
test_no_records (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);
  g_autofree char *verdict = barista_replay_dup_verdict (replay);

  g_assert_cmpuint (barista_replay_get_n_accepted (replay), ==, 0);
  g_assert_cmpstr (verdict, ==, "There is no sample record yet to try the table with.");
}

/* A marker's place may be written by hand, and be anything. */
static void
test_hostile_paths (void)
{
  static const char *const markers[] = { "$.a[", "$['", "$.", "$..", "$[:]", "$.a['b']['", "x" };
  g_autoptr (GPtrArray) records = RECORDS (VALUE_PAGE, CREATED, NULL);
  g_autoptr (GString) deep = g_string_new ("$");

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "._meta");
  for (guint i = 0; i <= G_N_ELEMENTS (markers); i++)
    {
      const char *marker = i < G_N_ELEMENTS (markers) ? markers[i] : deep->str;
      g_autoptr (BaristaSetup) setup = fixture_setup (SETUP (TASK ("cdc"), ",'deletions':'hard'"));
      g_autoptr (BaristaTable) table = NULL;
      g_autoptr (BaristaReplay) replay = NULL;

      g_object_set (barista_setup_find_topic (setup, "acmeCo/orders"), "marker", marker, NULL);
      table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
      replay = barista_replay_new (table, records);
      g_assert_cmpuint (barista_replay_get_n_records (replay), ==, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/proof/replay/hard", test_hard);
  g_test_add_func ("/core/proof/replay/tombstone-is-quarantined", test_tombstone_is_quarantined);
  g_test_add_func ("/core/proof/replay/kafka-mode", test_kafka_mode);
  g_test_add_func ("/core/proof/replay/whole-document", test_whole_document);
  g_test_add_func ("/core/proof/replay/without-a-schema", test_without_a_schema);
  g_test_add_func ("/core/proof/replay/older-schema", test_older_schema);
  g_test_add_func ("/core/proof/replay/chosen-type", test_chosen_type);
  g_test_add_func ("/core/proof/replay/whole-records", test_whole_records);
  g_test_add_func ("/core/proof/replay/no-records", test_no_records);
  g_test_add_func ("/core/proof/replay/hostile-paths", test_hostile_paths);
  return g_test_run ();
}
