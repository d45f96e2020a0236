/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-profile.h"
#include "barista-replay.h"

#include <stdio.h>

/* How long a sample of 200 records takes against tables of several widths, as it does with each
 * letter that is typed in a column; a frame has 16 ms. */

#define RECORDS 200
#define RUNS 21

static BaristaAvroSchema *
schema_new (guint fields)
{
  g_autoptr (GString) json = g_string_new ("{\"type\":\"record\",\"name\":\"root\",\"fields\":[");

  for (guint i = 0; i < fields; i++)
    g_string_append_printf (json, "%s{\"name\":\"f%u\",\"type\":%s}", i > 0 ? "," : "", i,
                            i % 2 ? "[\"null\",\"long\"]" : "\"string\"");
  g_string_append (json, "]}");
  return barista_avro_schema_new (json->str, (gssize) json->len, NULL);
}

static GBytes *
datum_new (guint fields)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "\0\0\0\0\1", 5);
  for (guint i = 0; i < fields; i++)
    g_byte_array_append (bytes, (const guint8 *) (i % 2 ? "\2\20" : "\6abc"), i % 2 ? 2 : 4);
  return g_byte_array_free_to_bytes (bytes);
}

static void
measure (guint fields)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new ("acmeCo/orders");
  g_autoptr (BaristaAvroSchema) schema = schema_new (fields);
  g_autoptr (GBytes) datum = datum_new (fields);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_replay_record_unref);
  gint64 best_table = G_MAXINT64, best = G_MAXINT64;

  for (guint i = 0; i < RECORDS; i++)
    g_ptr_array_add (records, barista_replay_record_new (0, i, 0, NULL, i % 10 ? datum : NULL, NULL,
                                                         schema));
  for (guint i = 0; i < RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (BaristaTable) table = barista_table_new (setup, choice, NULL, schema);
      gint64 made = g_get_monotonic_time ();
      g_autoptr (BaristaReplay) replay = barista_replay_new (table, records);

      best_table = MIN (best_table, made - start);
      best = MIN (best, g_get_monotonic_time () - made);
    }

  printf ("%4u fields: table %6.2f ms, replay of %u records %6.2f ms\n", fields,
          (double) best_table / 1000, RECORDS, (double) best / 1000);
}

int
main (void)
{
  measure (20);
  measure (60);
  measure (500);
  measure (5000);
  return 0;
}
