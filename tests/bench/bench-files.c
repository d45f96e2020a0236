/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output.h"
#include "barista-profile.h"

/* How the time for a project's files grows with the number of its collections: twice as many should
 * take twice as long. */

#define RUNS 3
#define MOST 10000

static const char key_schema[]
    = "{\"type\":\"record\",\"name\":\"Key\",\"namespace\":\"root\",\"fields\":[{\"name\":\"_flow_key\","
      "\"type\":{\"type\":\"record\",\"name\":\"Parts\",\"namespace\":\"root.Key\",\"fields\":["
      "{\"name\":\"p1\",\"type\":\"string\"}]}}]}";
static const char value_schema[]
    = "{\"type\":\"record\",\"name\":\"root\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"},"
      "{\"name\":\"_meta_op\",\"type\":\"string\"},{\"name\":\"total\",\"type\":[\"double\",\"null\"]},"
      "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":\"string\"}},"
      "{\"name\":\"_is_deleted\",\"type\":\"long\"}]}";

/* Every other collection ends in the same word, so that names have to be told apart. */
static char *
collection_name (guint i)
{
  return i % 2 == 0 ? g_strdup_printf ("acmeCo/shop%u/orders", i)
                    : g_strdup_printf ("acmeCo/lines-%u", i);
}

static BaristaSetup *
make_setup (guint n)
{
  g_autoptr (GString) json = g_string_new (
      "{\"format\":\"barista-setup\",\"version\":1,\"task\":{\"name\":\"acmeCo/prod/tinybird\","
      "\"managed\":true,\"deletions\":\"cdc\",\"bindings\":[");
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = collection_name (i);

      g_string_append_printf (json, "%s{\"collection\":\"%s\",\"topic\":\"%s\"}", i > 0 ? "," : "",
                              name, name);
    }
  g_string_append (json, "]}}");
  setup = barista_profile_parse (json->str, (gssize) json->len, "/", &error);
  if (setup == NULL)
    g_error ("%s", error->message);
  return setup;
}

static GPtrArray *
make_tables (BaristaSetup *setup, guint n, BaristaAvroSchema *key, BaristaAvroSchema *value)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListStore) choices = g_list_store_new (BARISTA_TYPE_TOPIC_CHOICE);
  g_autoptr (GHashTable) names = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = collection_name (i);
      g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (name);

      g_list_store_append (choices, choice);
    }
  names = barista_table_names_new (setup, G_LIST_MODEL (choices));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (G_LIST_MODEL (choices), i);

      g_ptr_array_add (tables, barista_table_new_named (setup, choice, names, key, value));
    }
  return tables;
}

static gint64
time_flow (BaristaSetup *setup, guint n, gsize *bytes)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = setup, .tables = tables, .parts = BARISTA_OUTPUT_FLOW };
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = barista_output_flow (&request, &error);

  if (text == NULL)
    g_error ("%s", error->message);
  *bytes = strlen (text);
  return g_get_monotonic_time () - began;
}

static gint64
time_sources (BaristaSetup *setup, guint n, gsize *bytes)
{
  g_autoptr (BaristaAvroSchema) key = barista_avro_schema_new (key_schema, -1, NULL);
  g_autoptr (BaristaAvroSchema) value = barista_avro_schema_new (value_schema, -1, NULL);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) tables = make_tables (setup, n, key, value);
  g_autoptr (GPtrArray) artefacts = NULL;
  g_autoptr (GError) error = NULL;
  BaristaOutputRequest request = { .setup = setup,
                                   .tables = tables,
                                   .parts = BARISTA_OUTPUT_TINYBIRD };
  gint64 took;

  artefacts = barista_output_generate (&request, NULL, &error);
  took = g_get_monotonic_time () - began;
  if (artefacts == NULL)
    g_error ("%s", error->message);

  *bytes = 0;
  for (guint i = 0; i < artefacts->len; i++)
    *bytes += g_bytes_get_size (((BaristaArtefact *) artefacts->pdata[i])->content);
  return took;
}

typedef gint64 (*Timer) (BaristaSetup *setup, guint n, gsize *bytes);

/* The shortest of some runs: what else the computer does only ever adds. */
static void
measure (const char *what, Timer timer)
{
  double before = 0;

  g_print ("%s\n%12s %12s %12s %8s\n", what, "number", "ms", "KiB", "growth");
  for (guint n = MOST / 16; n <= MOST; n *= 2)
    {
      g_autoptr (BaristaSetup) setup = make_setup (n);
      gint64 best = G_MAXINT64;
      gsize bytes = 0;

      for (guint run = 0; run < RUNS; run++)
        best = MIN (best, timer (setup, n, &bytes));
      g_print ("%12u %12.1f %12" G_GSIZE_FORMAT, n, (double) best / 1000, bytes / 1024);
      if (before > 0)
        g_print (" %7.2fx", (double) best / before);
      g_print ("\n");
      before = (double) best;
    }
}

int
main (void)
{
  measure ("Bindings to a Flow file (twice as many: 2x is linear)", time_flow);
  measure ("Topics to data sources and endpoints", time_sources);
  return 0;
}
