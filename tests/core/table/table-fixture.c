/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table-fixture.h"

/* Single quotes read better in C than escaped double ones. */
static char *
unquote (const char *quoted)
{
  return g_strdelimit (g_strdup (quoted), "'", '"');
}

BaristaSetup *
fixture_setup (const char *quoted)
{
  g_autofree char *json = unquote (quoted);
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup = barista_profile_parse (json, -1, "/", &error);

  g_assert_no_error (error);
  return setup;
}

BaristaAvroSchema *
fixture_schema (const char *quoted)
{
  g_autofree char *json = unquote (quoted);
  g_autoptr (GError) error = NULL;
  BaristaAvroSchema *schema = barista_avro_schema_new (json, -1, &error);

  g_assert_no_error (error);
  return schema;
}

BaristaTable *
fixture_table (BaristaSetup *setup, const char *key, const char *value)
{
  g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (barista_setup_get_topics (setup),
                                                                 0);
  g_autoptr (BaristaAvroSchema) key_schema = key != NULL ? fixture_schema (key) : NULL;
  g_autoptr (BaristaAvroSchema) value_schema = value != NULL ? fixture_schema (value) : NULL;

  g_assert_nonnull (choice);
  return barista_table_new (setup, choice, key_schema, value_schema);
}

BaristaTable *
fixture_new (const char *setup, const char *key, const char *value)
{
  g_autoptr (BaristaSetup) answers = fixture_setup (setup);

  return fixture_table (answers, key, value);
}

const BaristaFinding *
fixture_finding (GPtrArray *findings, const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const BaristaFinding *finding = findings->pdata[i];

      if (g_str_equal (finding->rule, rule))
        return finding;
    }

  return NULL;
}

void
fixture_assert_column (BaristaTable *table, const char *name, const char *type, const char *path)
{
  const BaristaColumn *column = barista_table_find_column (table, name);

  if (column == NULL)
    g_error ("no column %s", name);
  g_assert_true (column->included);
  g_assert_cmpstr (column->type, ==, type);
  g_assert_cmpstr (column->path, ==, path);
  g_assert_cmpstr (column->reason, !=, "");
}
