/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"

#include <string.h>

/* Reader and writer against frames by an encoder that is not ours, both ways. */

static void
check_read (const Frame *frame)
{
  g_autoptr (JsonNode) expected = json_node_init_object (json_node_alloc (), frame->body);
  g_autofree char *expected_text = json_to_string (expected, TRUE);
  g_autoptr (JsonNode) seen = NULL;
  g_autofree char *seen_text = NULL;
  g_autoptr (GError) error = NULL;
  BaristaWireView view;

  message_view (frame->layout, frame->kind, frame->version, frame->bytes->data, frame->bytes->len,
                &view, &error);
  g_assert_no_error (error);
  seen = decoded_form (&view);
  seen_text = json_to_string (seen, TRUE);
  g_test_message ("%s", frame->title);
  g_assert_cmpstr (seen_text, ==, expected_text);
}

static void
check_header (const Frame *frame)
{
  const char *client_id = json_object_get_string_member_with_default (frame->header, "clientId",
                                                                      NULL);
  gint64 id = json_object_get_int_member (frame->header, "correlationId");
  BaristaWireRequestHeader header;
  const guint8 *body;
  gint32 correlation_id;
  gsize length;

  if (frame->kind == BARISTA_WIRE_RESPONSE)
    {
      g_assert_true (barista_wire_parse_response (frame->layout, frame->version, frame->bytes->data,
                                                  frame->bytes->len, &correlation_id, &body,
                                                  &length, NULL));
      g_assert_cmpint (correlation_id, ==, id);
      return;
    }

  g_assert_true (barista_wire_parse_request (frame->bytes->data, frame->bytes->len, &header, &body,
                                             &length, NULL));
  g_assert_cmpint (header.api_key, ==, frame->layout->api);
  g_assert_cmpint (header.api_version, ==, frame->version);
  g_assert_cmpint (header.correlation_id, ==, id);
  if (client_id == NULL)
    g_assert_null (header.client_id);
  else
    g_assert_cmpmem (header.client_id, header.client_id_length, client_id, strlen (client_id));
}

static void
check_written (const Frame *frame)
{
  g_autoptr (GBytes) written = NULL;
  const guint8 *bytes;
  gsize length, claimed;

  if (frame->unknown_tags)
    return;

  written = frame_from_form (frame);
  bytes = g_bytes_get_data (written, &length);
  g_assert_true (barista_wire_parse_size (bytes, &claimed, NULL));
  g_assert_cmpuint (claimed, ==, length - 4);
  g_test_message ("%s", frame->title);
  g_assert_cmpmem (bytes + 4, length - 4, frame->bytes->data, frame->bytes->len);
}

static void
test_frames (gconstpointer name)
{
  g_autoptr (GPtrArray) frames = frames_load (name);

  g_assert_cmpuint (frames->len, >, 0);
  for (guint i = 0; i < frames->len; i++)
    {
      check_header (frames->pdata[i]);
      check_read (frames->pdata[i]);
      check_written (frames->pdata[i]);
    }
}

static void
mark_versions (GHashTable *seen, const char *name)
{
  g_autoptr (GPtrArray) frames = frames_load (name);

  for (guint i = 0; i < frames->len; i++)
    {
      const Frame *frame = frames->pdata[i];

      g_hash_table_add (seen, g_strdup_printf ("%s %d %d", frame->layout->name, frame->version,
                                               frame->kind));
    }
}

/* A layout that nobody else's frames vouch for would be our word alone. */
static void
test_every_version_has_frames (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) names = frames_list ();
  guint n;
  const BaristaWireLayout *const *layouts = barista_wire_layouts (&n);

  for (char **name = names; *name != NULL; name++)
    mark_versions (seen, *name);

  for (guint i = 0; i < n; i++)
    for (gint16 version = layouts[i]->min_version; version <= layouts[i]->max_version; version++)
      for (int kind = BARISTA_WIRE_REQUEST; kind <= BARISTA_WIRE_RESPONSE; kind++)
        {
          g_autofree char *key = g_strdup_printf ("%s %d %d", layouts[i]->name, version, kind);

          if (!g_hash_table_contains (seen, key))
            g_error ("no frame of %s", key);
        }
}

int
main (int argc, char *argv[])
{
  g_auto (GStrv) names = frames_list ();

  g_test_init (&argc, &argv, NULL);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("/kafka/wire/frames/", *name, NULL);

      g_test_add_data_func (path, *name, test_frames);
    }
  g_test_add_func ("/kafka/wire/frames/every-version", test_every_version_has_frames);
  return g_test_run ();
}
