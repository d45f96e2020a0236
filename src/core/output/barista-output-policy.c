/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output-private.h"
#include "barista-sinks.h"

#include <string.h>

/* The policies of Amazon's that a connection to S3 needs. */

/* Whoever takes the role until somebody fills these in: nobody, Amazon refuses the policy. */
#define TINYBIRD_ACCOUNT "TINYBIRD_ACCOUNT"
#define EXTERNAL_ID "EXTERNAL_ID"
#define NO_BUCKET "YOUR-BUCKET"

/* "aws" of arn:aws:iam::...; China and the government's clouds have others. */
static char *
arn_partition (BaristaTarget *target)
{
  const char *arn = barista_target_get_arn (target);
  g_auto (GStrv) parts = g_strsplit (arn != NULL ? arn : "", ":", 3);

  return g_strdup (g_strv_length (parts) == 3 && g_str_has_prefix (parts[1], "aws") ? parts[1]
                                                                                    : "aws");
}

static void
add_strings (JsonBuilder *builder, const char *member, const char *const *strings)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
begin_policy (JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_string (builder, "Version", "2012-10-17");
  json_builder_set_member_name (builder, "Statement");
  json_builder_begin_array (builder);
}

static char *
end_policy (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/**
 * barista_output_trust_policy:
 * @target: a connection with a role
 *
 * Who may take the role: Tinybird's account with an external id. Both are told by Tinybird alone
 * (`/v0/integrations/s3/policies/trust-policy`), so placeholders stand for them, which Amazon
 * refuses.
 *
 * Returns: (transfer full): JSON
 */
char *
barista_output_trust_policy (BaristaTarget *target)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *partition = arn_partition (target);
  g_autofree char *principal = g_strdup_printf ("arn:%s:iam::" TINYBIRD_ACCOUNT ":root", partition);

  begin_policy (builder);
  json_builder_begin_object (builder);
  add_string (builder, "Effect", "Allow");
  add_string (builder, "Action", "sts:AssumeRole");
  json_builder_set_member_name (builder, "Principal");
  json_builder_begin_object (builder);
  add_string (builder, "AWS", principal);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "Condition");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "StringEquals");
  json_builder_begin_object (builder);
  add_string (builder, "sts:ExternalId", EXTERNAL_ID);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return end_policy (builder);
}

/* The buckets that sinks of @target write to, each once, in the order of the profile. */
static GPtrArray *
list_buckets (const BaristaOutputRequest *request, BaristaTarget *target)
{
  GPtrArray *buckets = g_ptr_array_new_with_free_func (g_free);
  GListModel *sinks = barista_setup_get_sinks (request->setup);

  for (guint i = 0; i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);
      g_autofree char *bucket = NULL;

      /* Names of connections are one each when files are written. */
      if (g_strcmp0 (barista_sink_get_connection (sink), barista_target_get_name (target)) != 0)
        continue;
      bucket = barista_bucket_name (barista_sink_get_bucket_uri (sink));
      if (bucket != NULL && !g_ptr_array_find_with_equal_func (buckets, bucket, g_str_equal, NULL))
        g_ptr_array_add (buckets, g_steal_pointer (&bucket));
    }

  if (buckets->len == 0)
    g_ptr_array_add (buckets, g_strdup (NO_BUCKET));
  return buckets;
}

static void
add_statement (JsonBuilder *builder,
               const char *const *actions,
               GPtrArray *buckets,
               const char *partition,
               const char *ending)
{
  g_autoptr (GStrvBuilder) resources = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < buckets->len; i++)
    g_strv_builder_take (resources, g_strdup_printf ("arn:%s:s3:::%s%s", partition,
                                                     (const char *) buckets->pdata[i], ending));
  list = g_strv_builder_end (resources);

  json_builder_begin_object (builder);
  add_string (builder, "Effect", "Allow");
  add_strings (builder, "Action", actions);
  add_strings (builder, "Resource", (const char *const *) list);
  json_builder_end_object (builder);
}

/**
 * barista_output_access_policy:
 * @request: what to write
 * @target: a connection to S3
 *
 * What its role or user may do: write files into the buckets of its sinks, and look where they are.
 *
 * Returns: (transfer full): JSON
 */
char *
barista_output_access_policy (const BaristaOutputRequest *request, BaristaTarget *target)
{
  static const char *const of_objects[] = { "s3:GetObject", "s3:PutObject", "s3:PutObjectAcl",
                                            NULL };
  static const char *const of_buckets[] = { "s3:GetBucketLocation", "s3:ListBucket", NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) buckets = list_buckets (request, target);
  g_autofree char *partition = arn_partition (target);

  begin_policy (builder);
  add_statement (builder, of_objects, buckets, partition, "/*");
  add_statement (builder, of_buckets, buckets, partition, "");
  return end_policy (builder);
}
