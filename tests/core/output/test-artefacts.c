/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output.h"
#include "barista-profile.h"
#include "table-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Each folder of tests/data/artefacts holds a profile, its schemas and the files that come of it.
 * BARISTA_WRITE_GOLDEN=1 writes them anew: look at the difference. */
typedef struct
{
  const char *name;
  BaristaOutputParts parts;
  gboolean practice;
  gboolean with_token;
} Case;

static const Case cases[] = {
  { "created-cdc", BARISTA_OUTPUT_ALL, FALSE, TRUE },
  { "existing-kafka", BARISTA_OUTPUT_ALL, FALSE, FALSE },
  { "page-soft-document", BARISTA_OUTPUT_TINYBIRD, FALSE, FALSE },
  { "page-soft-nullable", BARISTA_OUTPUT_TINYBIRD, FALSE, FALSE },
  { "page-hard", BARISTA_OUTPUT_TINYBIRD, FALSE, FALSE },
  { "classic", BARISTA_OUTPUT_ALL, FALSE, FALSE },
  { "flow-only", BARISTA_OUTPUT_FLOW, FALSE, FALSE },
  { "other-kafka", BARISTA_OUTPUT_ALL, FALSE, FALSE },
  { "practice", BARISTA_OUTPUT_ALL, TRUE, TRUE },
  { "no-topics", BARISTA_OUTPUT_ALL, FALSE, TRUE },
  { "sinks", BARISTA_OUTPUT_ALL, FALSE, FALSE },
  { "sinks-classic", BARISTA_OUTPUT_ALL, FALSE, FALSE },
};

static char *
read_file (const char *name, const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "artefacts", name, file,
                                                 NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static GPtrArray *
make_tables (BaristaSetup *setup, const char *name)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *topics = barista_setup_get_topics (setup);
  g_autoptr (GHashTable) names = barista_table_names_new (setup, topics);

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      g_autofree char *key_file = g_strdup_printf ("%u.key.avsc", i);
      g_autofree char *value_file = g_strdup_printf ("%u.value.avsc", i);
      g_autofree char *key = read_file (name, key_file);
      g_autofree char *value = read_file (name, value_file);
      g_autoptr (BaristaAvroSchema) key_schema = key != NULL ? fixture_schema (key) : NULL;
      g_autoptr (BaristaAvroSchema) value_schema = value != NULL ? fixture_schema (value) : NULL;

      g_ptr_array_add (tables,
                       barista_table_new_named (setup, choice, names, key_schema, value_schema));
    }

  return tables;
}

/* A .gitignore among the data would be obeyed. */
static char *
golden_name (const char *path)
{
  return g_str_has_prefix (path, ".") ? g_strdup (path + 1) : g_strdup (path);
}

static void
check_file (const char *name, const BaristaArtefact *artefact)
{
  g_autofree char *golden = golden_name (artefact->path);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "artefacts", name, "expected",
                                                 golden, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (artefact->content == NULL)
    return;

  text = g_strndup (g_bytes_get_data (artefact->content, &length),
                    g_bytes_get_size (artefact->content));
  if (g_getenv ("BARISTA_WRITE_GOLDEN") != NULL)
    {
      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
    }

  g_test_message ("%s/%s", name, artefact->path);
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;
  guint n = 0;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }

  return n;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *profile = read_file (test->name, "profile.json");
  g_autofree char *ca_pem = read_file (test->name, "ca.pem");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_profile_parse (profile, -1, NULL, &error);
  g_autoptr (GPtrArray) tables = make_tables (setup, test->name);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) artefacts = NULL;
  g_autofree char *expected = g_test_build_filename (G_TEST_DIST, "data", "artefacts", test->name,
                                                     "expected", NULL);
  guint with_content = 0;
  BaristaOutputRequest request = {
    .setup = setup,
    .tables = tables,
    .parts = test->parts,
    .practice = test->practice,
    .with_token = test->with_token,
    .ca_pem = ca_pem,
  };

  artefacts = barista_output_generate (&request, &findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = artefacts->pdata[i];

      check_file (test->name, artefact);
      with_content += artefact->content != NULL;
      g_assert_cmpuint (artefact->mode, ==, artefact->content != NULL ? 0644 : 0600);
    }
  g_assert_cmpuint (count_files (expected), ==, with_content);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/artefacts/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
