/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output-commands.h"

#include <string.h>

static BaristaSetup *
setup_new (void)
{
  BaristaSetup *setup = barista_setup_new ();
  g_autoptr (BaristaTarget) kafka = barista_target_new (BARISTA_TARGET_KAFKA, "events_kafka");
  g_autoptr (BaristaTarget) s3 = barista_target_new (BARISTA_TARGET_S3, "landing_s3");

  barista_target_set_key (kafka, "KAFKA_KEY");
  barista_target_set_secret (kafka, "KAFKA_SECRET");
  barista_target_set_ca_secret (kafka, "KAFKA_CA");
  barista_target_set_arn (s3, "arn:aws:iam::123456789012:role/tinybird-s3-access");
  barista_setup_add_target (setup, kafka);
  barista_setup_add_target (setup, s3);
  return setup;
}

static char *
join (GPtrArray *commands)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < commands->len; i++)
    g_string_append_printf (text, "%s\n", ((BaristaCommand *) commands->pdata[i])->command);
  return g_strdup (text->str);
}

static char *
commands_of (BaristaSetup *setup, const char *folder, gboolean practice)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request
      = { .setup = setup, .tables = tables, .parts = BARISTA_OUTPUT_ALL, .practice = practice };
  g_autoptr (GPtrArray) commands = barista_output_commands (&request, folder);

  return join (commands);
}

/* Only sinks: their secrets, and not the one of a task that isn't there. */
static void
test_forward (void)
{
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autofree char *text = commands_of (setup, "/tmp/it's here", FALSE);

  g_assert_cmpstr (text, ==,
                   "cd '/tmp/it'\\''s here'\n"
                   "tb login\n"
                   "tb --cloud secret set KAFKA_KEY\n"
                   "tb --cloud secret set KAFKA_SECRET\n"
                   "tb --cloud secret set KAFKA_CA --multiline\n"
                   "tb --cloud deploy --check\n"
                   "tb --cloud deploy\n");
}

static void
test_classic (void)
{
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autofree char *text = NULL;

  barista_setup_set_project_format (setup, "classic");
  text = commands_of (setup, NULL, FALSE);
  g_assert_cmpstr (text, ==, "tb auth\ntb push --dry-run\ntb push\n");
}

static void
test_practice (void)
{
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autofree char *text = commands_of (setup, "/tmp/x", TRUE);

  g_assert_cmpstr (text, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/commands/forward", test_forward);
  g_test_add_func ("/commands/classic", test_classic);
  g_test_add_func ("/commands/practice", test_practice);

  return g_test_run ();
}
