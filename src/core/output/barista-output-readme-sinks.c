/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-markdown.h"
#include "barista-output-private.h"
#include "barista-sinks.h"

/* What the folder's README says of sinks. In English whoever makes it. */

static void
say_code (GString *text, const char *before, const char *code, const char *after)
{
  g_string_append (text, before);
  barista_markdown_append_code (text, code != NULL ? code : "");
  g_string_append (text, after);
}

/* Sinks that have a file. */
static GPtrArray *
list_written (const BaristaOutputRequest *request)
{
  GPtrArray *written = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *sinks = barista_setup_get_sinks (request->setup);

  for (guint i = 0; i < barista_output_n_sinks (request); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);

      if (barista_output_has_sink (sink))
        g_ptr_array_add (written, g_steal_pointer (&sink));
    }

  return written;
}

/**
 * barista_output_readme_sinks_what:
 * @request: what was written
 * @text: the page
 *
 * Which sink writes where and when.
 */
void
barista_output_readme_sinks_what (const BaristaOutputRequest *request, GString *text)
{
  g_autoptr (GPtrArray) sinks = list_written (request);

  for (guint i = 0; i < sinks->len; i++)
    {
      BaristaSink *sink = sinks->pdata[i];
      gboolean kafka = barista_setup_get_sink_kind (request->setup, sink) == BARISTA_TARGET_KAFKA;
      const char *schedule = barista_sink_get_schedule (sink);

      say_code (text, "- The sink ", barista_sink_get_name (sink), " writes to ");
      say_code (text, kafka ? "the topic " : "",
                kafka ? barista_sink_get_topic (sink) : barista_sink_get_bucket_uri (sink), "");
      if (g_strcmp0 (schedule, "@once") == 0)
        schedule = "@on-demand";
      if (schedule != NULL)
        say_code (text, " (", schedule, ")");
      g_string_append (text, "\n");
    }
  if (sinks->len > 0)
    g_string_append (text, "\n");
}

static void
say_role (GString *text, BaristaTarget *target)
{
  const char *name = barista_target_get_name (target);
  gboolean role = barista_target_get_arn (target) != NULL;
  g_autofree char *access = g_strdup_printf ("policies/%s.access.json", name);
  g_autofree char *trust = g_strdup_printf ("policies/%s.trust.json", name);

  say_code (text, "For the connection ", name, ":\n\n");
  say_code (text, "1. In Amazon's IAM make a policy of ", access, ".\n");
  if (!role)
    {
      g_string_append (text, "2. Make a user with that policy and an access key for it; both parts "
                             "go into the secrets below.\n\n");
      return;
    }

  say_code (text, "2. Make a role with a custom trust policy: ", trust,
            ", in which `TINYBIRD_ACCOUNT` and `EXTERNAL_ID` stand for what Tinybird tells. "
            "`tb --cloud connection create s3` prints the whole policy for your workspace; if it "
            "says more than ours, take that.\n");
  say_code (text, "3. Attach the policy to the role. Its ARN must be ",
            barista_target_get_arn (target), ".\n\n");
}

/**
 * barista_output_readme_roles:
 * @request: what was written
 * @text: the page
 *
 * What has to be there in Amazon's cloud before anything is deployed.
 */
void
barista_output_readme_roles (const BaristaOutputRequest *request, GString *text)
{
  GListModel *targets = barista_setup_get_targets (request->setup);
  gboolean begun = FALSE;

  for (guint i = 0; i < barista_output_n_targets (request); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      if (barista_target_get_kind (target) != BARISTA_TARGET_S3)
        continue;
      if (!begun)
        g_string_append (text, "## Buckets and roles\n\n");
      begun = TRUE;
      say_role (text, target);
    }
}

/**
 * barista_output_readme_runs:
 * @request: what was written
 * @text: the page
 *
 * How to try a sink, and how to see whether it runs.
 */
void
barista_output_readme_runs (const BaristaOutputRequest *request, GString *text)
{
  g_autoptr (GPtrArray) sinks = list_written (request);

  if (sinks->len == 0)
    return;

  g_string_append (text, "## Do the sinks run?\n\n"
                         "Sinks need a paid plan of Tinybird's. Schedules are UTC and run in the "
                         "cloud only. Try each once:\n\n```sh\n");
  for (guint i = 0; i < sinks->len; i++)
    g_string_append_printf (text, "tb --cloud sink run %s\n",
                            barista_sink_get_name (sinks->pdata[i]));
  g_string_append (text, "```\n\nWhat they did, now and later:\n\n```sh\n"
                         "tb --cloud sql \"SELECT * FROM tinybird.sinks_ops_log ORDER BY timestamp "
                         "DESC LIMIT 20\"\n```\n\n"
                         "Nobody is told when a run fails. A run that fails and is repeated may "
                         "export rows twice or leave some out: let readers know each row by a key "
                         "and take it once.\n\n");
}
