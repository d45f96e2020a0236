/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output.h"
#include "barista-profile.h"

#include <string.h>

#define MODULE "typescript/src/tinybird.ts"
#define CONFIG "typescript/tinybird.config.json"

#define KAFKA                                                                            \
  "{\"type\":\"kafka\",\"name\":\"out\",\"bootstrap_servers\":[\"k.example.com:9092\"]," \
  "\"key\":\"K\",\"secret\":\"S\"}"
#define BUCKET "{\"type\":\"s3\",\"name\":\"out\",\"region\":\"us-east-1\",\"arn\":\"arn:x\"}"
#define TO_KAFKA "\"connection\":\"out\",\"topic\":\"a.b\",\"schedule\":\"@once\""
#define TO_BUCKET \
  "\"connection\":\"out\",\"bucket_uri\":\"s3://b/\",\"file_template\":\"f\",\"schedule\":\"@once\""
#define NODES "\"nodes\":[{\"name\":\"rows\",\"sql\":\"SELECT 1 AS a\"}]"

/* The texts of the module and of its settings, and the ids of the findings. */
static void
generate (const char *connections, const char *sinks, char *texts[2], GPtrArray **findings)
{
  static const char *const paths[] = { MODULE, CONFIG };
  g_autofree char *profile = g_strdup_printf (
      "{\"format\":\"barista-setup\",\"version\":1,\"connections\":[%s],\"sinks\":[%s],"
      "\"project\":{\"typescript\":true}}",
      connections, sinks);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_profile_parse (profile, -1, "/", &error);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) artefacts = NULL;
  BaristaOutputRequest request = {
    .setup = setup,
    .tables = tables,
    .parts = BARISTA_OUTPUT_ALL,
  };

  g_assert_no_error (error);
  artefacts = barista_output_generate (&request, findings, &error);
  g_assert_no_error (error);
  texts[0] = texts[1] = NULL;
  for (guint i = 0; i < artefacts->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (paths); j++)
      {
        const BaristaArtefact *artefact = artefacts->pdata[i];
        gsize length = 0;
        const char *text;

        if (!g_str_equal (artefact->path, paths[j]))
          continue;
        text = g_bytes_get_data (artefact->content, &length);
        texts[j] = g_strndup (text, length);
      }
}

static gboolean
has_rule (GPtrArray *findings, const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((BaristaFinding *) findings->pdata[i])->rule, rule))
      return TRUE;

  return FALSE;
}

/* What the SDK throws at, or its types refuse, goes along as the file that it is; else the whole
 * module wouldn't load. */
static void
test_included (void)
{
  static const struct
  {
    const char *connection;
    const char *sink;
    gboolean left_out; /* the connection */
    gboolean included; /* the sink */
  } cases[] = {
    { KAFKA, TO_KAFKA "," NODES, FALSE, FALSE },
    { BUCKET, TO_BUCKET ",\"format\":\"csv\"," NODES, FALSE, FALSE },
    { BUCKET, TO_BUCKET ",\"format\":\"csv\",\"compression\":\"zstd\"," NODES, FALSE, TRUE },
    { BUCKET, TO_BUCKET "," NODES, FALSE, TRUE },
    { KAFKA, "\"connection\":\"out\",\"schedule\":\"@once\"," NODES, FALSE, TRUE },
    { BUCKET, TO_KAFKA "," NODES, FALSE, TRUE },
    { "{\"type\":\"s3\",\"name\":\"out\",\"region\":\"us-east-1\"}",
      TO_BUCKET ",\"format\":\"csv\"," NODES, TRUE, TRUE },
    { "{\"type\":\"s3\",\"name\":\"out\",\"region\":\"us-east-1\",\"arn\":\"arn:x\",\"key\":\"K\"}",
      TO_BUCKET ",\"format\":\"csv\"," NODES, TRUE, TRUE },
    { "{\"type\":\"s3\",\"name\":\"out\",\"arn\":\"arn:x\"}",
      TO_BUCKET ",\"format\":\"csv\"," NODES, TRUE, TRUE },
    { "{\"type\":\"kafka\",\"name\":\"out\",\"key\":\"K\",\"secret\":\"S\"}", TO_KAFKA "," NODES,
      TRUE, TRUE },
    /* the SDK trims statements as ECMAScript does */
    { KAFKA, TO_KAFKA ",\"nodes\":[{\"name\":\"rows\",\"sql\":\"SELECT 1\\n\\ufeff\"}]", FALSE,
      TRUE },
    { KAFKA, TO_KAFKA ",\"nodes\":[{\"name\":\"rows\",\"sql\":\"\\u3000SELECT 1\"}]", FALSE, TRUE },
    { KAFKA, TO_KAFKA ",\"nodes\":[{\"name\":\"rows\",\"sql\":\"SELECT '\\u3000' AS a\"}]", FALSE,
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sink = g_strdup_printf ("{\"name\":\"orders\",%s}", cases[i].sink);
      g_autoptr (GPtrArray) findings = NULL;
      char *texts[2];

      g_test_message ("%u: %s", i, sink);
      generate (cases[i].connection, sink, texts, &findings);
      g_assert_cmpint (strstr (texts[0], "(\"out\", {") == NULL, ==, cases[i].left_out);
      g_assert_cmpint (has_rule (findings, "typescript-connection-left-out"), ==,
                       cases[i].left_out);
      g_assert_cmpint (strstr (texts[0], "defineSinkPipe") == NULL, ==, cases[i].included);
      g_assert_cmpint (strstr (texts[1], "\"../sinks/orders.pipe\"") != NULL, ==,
                       cases[i].included);
      g_free (texts[0]);
      g_free (texts[1]);
    }
}

/* A sink may have the name of its connection: each gets a constant, and both sinks say the latter's. */
static void
test_shared_names (void)
{
  g_autoptr (GPtrArray) findings = NULL;
  char *texts[2];
  const char *second;

  generate (KAFKA,
            "{\"name\":\"out\"," TO_KAFKA "," NODES "},{\"name\":\"two\"," TO_KAFKA "," NODES "}",
            texts, &findings);
  g_assert_nonnull (strstr (texts[0], "export const out = defineKafkaConnection(\"out\", {"));
  g_assert_nonnull (strstr (texts[0], "export const out2 = defineSinkPipe(\"out\", {"));
  second = strstr (texts[0], "export const two = defineSinkPipe(");
  g_assert_nonnull (second);
  g_assert_nonnull (strstr (second, "connection: out,"));
  g_free (texts[0]);
  g_free (texts[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typescript/output/included", test_included);
  g_test_add_func ("/typescript/output/shared-names", test_shared_names);
  return g_test_run ();
}
