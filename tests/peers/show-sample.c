/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check.h"
#include "barista-profile.h"
#include "barista-records.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

/* What a check samples: runs it as `barista check` does and prints each sampled record as one JSON
 * object a line, keys, values and headers in Base64. A judge compares them with what others wrote.
 *
 *   show-sample PROFILE      with the token in BARISTA_TOKEN
 */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
add_base64 (JsonBuilder *builder, const guint8 *data, gsize length)
{
  g_autofree char *text = data != NULL ? g_base64_encode (data, length) : NULL;

  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_bytes (JsonBuilder *builder, GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  /* GBytes has no address for nothing; here that is not null. */
  add_base64 (builder, bytes != NULL && data == NULL ? (const guint8 *) "" : data, length);
}

static void
add_headers (JsonBuilder *builder, const BaristaSampleRecord *sample)
{
  BaristaRecord record = { .n_headers = sample->n_headers };
  BaristaRecordHeader header;

  if (sample->headers != NULL)
    record.headers = g_bytes_get_data (sample->headers, &record.headers_length);
  json_builder_begin_array (builder);
  while (barista_record_next_header (&record, &header))
    {
      json_builder_begin_array (builder);
      add_base64 (builder, (const guint8 *) header.key, header.key_length);
      add_base64 (builder, header.value, header.value_length);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
print_record (const char *topic, const BaristaSampleRecord *sample)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "topic");
  json_builder_add_string_value (builder, topic);
  json_builder_set_member_name (builder, "partition");
  json_builder_add_int_value (builder, sample->partition);
  json_builder_set_member_name (builder, "offset");
  json_builder_add_int_value (builder, sample->offset);
  json_builder_set_member_name (builder, "timestamp");
  json_builder_add_int_value (builder, sample->timestamp);
  json_builder_set_member_name (builder, "key");
  add_bytes (builder, sample->key);
  json_builder_set_member_name (builder, "value");
  add_bytes (builder, sample->value);
  json_builder_set_member_name (builder, "headers");
  add_headers (builder, sample);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
}

static void
print_samples (GPtrArray *probes)
{
  for (guint i = 0; i < probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (probes, i);

      for (guint j = 0; probe->sample != NULL && j < probe->sample->len; j++)
        print_record (probe->topic, g_ptr_array_index (probe->sample, j));
    }
}

static gboolean
run_check (BaristaCheck *check, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_check_run_async (check, NULL, on_checked, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return barista_check_run_finish (check, result, error);
}

int
main (int argc, char *argv[])
{
  BaristaCheckOptions options = { .until = BARISTA_STAGE_SAMPLE };
  const char *token = g_getenv ("BARISTA_TOKEN");
  g_autoptr (BaristaSecret) secret = token != NULL ? barista_secret_new (token, -1) : NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (BaristaCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (argc != 2)
    {
      fprintf (stderr, "usage: show-sample PROFILE\n");
      return 2;
    }

  if (g_file_get_contents (argv[1], &text, &length, &error))
    setup = barista_profile_parse (text, (gssize) length, "/", &error);
  if (setup != NULL)
    {
      check = barista_check_new (setup, secret, NULL, &options);
      if (run_check (check, &error))
        print_samples (barista_check_get_probes (check));
    }
  if (error == NULL)
    return 0;

  fprintf (stderr, "show-sample: %s\n", error->message);
  return 1;
}
