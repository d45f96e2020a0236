/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"

#include <string.h>

static void
frame_free (gpointer data)
{
  Frame *self = data;

  g_free (self->title);
  g_byte_array_unref (self->bytes);
  json_object_unref (self->header);
  json_object_unref (self->body);
  g_free (self);
}

GByteArray *
bytes_from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

static Frame *
frame_from_json (JsonObject *object)
{
  Frame *self = g_new0 (Frame, 1);

  self->layout = barista_wire_layout (json_object_get_int_member (object, "api_key"));
  g_assert_nonnull (self->layout);
  self->version = json_object_get_int_member (object, "version");
  self->kind = g_str_equal (json_object_get_string_member (object, "kind"), "request")
                   ? BARISTA_WIRE_REQUEST
                   : BARISTA_WIRE_RESPONSE;
  self->unknown_tags = json_object_get_boolean_member_with_default (object, "unknown_tags", FALSE);
  self->bytes = bytes_from_hex (json_object_get_string_member (object, "hex"));
  self->header = json_object_ref (json_object_get_object_member (object, "header"));
  self->body = json_object_ref (json_object_get_object_member (object, "body"));
  self->title = g_strdup_printf ("%s %d %s, %s", self->layout->name, self->version,
                                 json_object_get_string_member (object, "kind"),
                                 json_object_get_string_member (object, "note"));
  return self;
}

GPtrArray *
frames_load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (FRAMES_DIR, file, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  GPtrArray *frames = g_ptr_array_new_with_free_func (frame_free);
  JsonArray *array;

  json_parser_load_from_mapped_file (parser, path, &error);
  g_assert_no_error (error);
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (frames, frame_from_json (json_array_get_object_element (array, i)));

  return frames;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

char **
frames_list (void)
{
  g_autoptr (GDir) dir = g_dir_open (FRAMES_DIR, 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".json"))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".json")));

  g_ptr_array_sort (names, by_name);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

gboolean
message_view (const BaristaWireLayout *layout,
              BaristaWireKind kind,
              gint16 version,
              const guint8 *frame,
              gsize frame_length,
              BaristaWireView *view,
              GError **error)
{
  BaristaWireRequestHeader header;
  const guint8 *body;
  gint32 correlation_id;
  gsize length;
  gboolean ok;

  if (kind == BARISTA_WIRE_REQUEST)
    ok = barista_wire_parse_request (frame, frame_length, &header, &body, &length, error);
  else
    ok = barista_wire_parse_response (layout, version, frame, frame_length, &correlation_id, &body,
                                      &length, error);

  return ok && barista_wire_view_init (view, layout, kind, version, body, length, error);
}

/* --- bytes to decoded form --- */

static JsonNode *decoded_struct (const BaristaWireView *view);

static JsonNode *
text_node (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);

  return json_node_init_string (json_node_alloc (), copy);
}

static JsonNode *
base64_node (const guint8 *bytes, gsize length)
{
  g_autofree char *text = g_base64_encode (bytes, length);

  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
uuid_node (const guint8 *bytes)
{
  g_autofree char *text = g_base64_encode (bytes, 16);

  text[22] = '\0';
  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
array_node (const BaristaWireView *view, const BaristaWireField *field)
{
  g_autoptr (JsonArray) array = json_array_new ();
  BaristaWireView element;
  BaristaWireIter iter;
  const char *text;
  gsize length;
  gint32 value;
  int n = barista_wire_view_get_array (view, field->name, &iter);

  if (n < 0)
    return json_node_init_null (json_node_alloc ());

  if (field->type == BARISTA_WIRE_STRUCT_ARRAY)
    while (barista_wire_iter_next (&iter, &element))
      json_array_add_element (array, decoded_struct (&element));
  else if (field->type == BARISTA_WIRE_STRING_ARRAY)
    while (barista_wire_iter_next_string (&iter, &text, &length))
      json_array_add_element (array, text_node (text, length));
  else
    while (barista_wire_iter_next_int (&iter, &value))
      json_array_add_int_element (array, value);

  g_assert_cmpint (json_array_get_length (array), ==, n);
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
bytes_node (const BaristaWireView *view, const BaristaWireField *field)
{
  gsize length;
  const guint8 *bytes = barista_wire_view_get_bytes (view, field->name, &length);

  if (bytes == NULL)
    return json_node_init_null (json_node_alloc ());
  if (field->type == BARISTA_WIRE_UUID)
    return uuid_node (bytes);
  if (field->type == BARISTA_WIRE_STRING)
    return text_node ((const char *) bytes, length);
  return base64_node (bytes, length);
}

static JsonNode *
number_node (const BaristaWireView *view, const BaristaWireField *field)
{
  gint64 value = barista_wire_view_get_int (view, field->name);

  if (field->type == BARISTA_WIRE_BOOLEAN)
    return json_node_init_boolean (json_node_alloc (), value);
  return json_node_init_int (json_node_alloc (), value);
}

static JsonNode *
value_node (const BaristaWireView *view, const BaristaWireField *field)
{
  BaristaWireView inner;

  if (field->type <= BARISTA_WIRE_INT64)
    return number_node (view, field);
  if (field->type <= BARISTA_WIRE_RECORDS)
    return bytes_node (view, field);
  if (field->type <= BARISTA_WIRE_STRUCT_ARRAY)
    return array_node (view, field);
  return barista_wire_view_get_struct (view, field->name, &inner)
             ? decoded_struct (&inner)
             : json_node_init_null (json_node_alloc ());
}

/* Kafka prints a tagged field only where it differs from its default. */
static gboolean
is_default (const BaristaWireField *field, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return field->type <= BARISTA_WIRE_INT64 && json_node_get_int (node) == field->fallback;
}

static JsonNode *
decoded_struct (const BaristaWireView *view)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (const BaristaWireField *field = view->fields; field->name != NULL; field++)
    {
      g_autoptr (JsonNode) node = NULL;

      if (!barista_wire_field_in_version (field, view->version))
        continue;
      node = value_node (view, field);
      if (!field->tagged || !is_default (field, node))
        json_object_set_member (object, field->name, g_steal_pointer (&node));
    }

  return json_node_init_object (json_node_alloc (), object);
}

JsonNode *
decoded_form (const BaristaWireView *view)
{
  return decoded_struct (view);
}

/* --- decoded form to bytes --- */

static void
put_struct (BaristaWireWriter *writer, const BaristaWireField *fields, JsonObject *object);

static void
put_bytes (BaristaWireWriter *writer, const BaristaWireField *field, JsonNode *node)
{
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;

  if (field->type == BARISTA_WIRE_UUID)
    {
      g_autofree char *text = g_strconcat (json_node_get_string (node), "==", NULL);

      g_strdelimit (g_strdelimit (text, "-", '+'), "_", '/');
      bytes = g_base64_decode (text, &length);
    }
  else if (!JSON_NODE_HOLDS_NULL (node))
    bytes = g_base64_decode (json_node_get_string (node), &length);

  barista_wire_put_bytes (writer, field->name, bytes, length);
}

static void
put_array (BaristaWireWriter *writer, const BaristaWireField *field, JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_get_array (node);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  barista_wire_begin_array (writer, field->name, array != NULL ? (int) n : -1);
  for (guint i = 0; i < n; i++)
    if (field->type == BARISTA_WIRE_INT32_ARRAY)
      barista_wire_put_element_int (writer, json_array_get_int_element (array, i));
    else if (field->type == BARISTA_WIRE_STRING_ARRAY)
      barista_wire_put_element_string (writer, json_array_get_string_element (array, i));
    else
      {
        barista_wire_next (writer);
        put_struct (writer, field->element, json_array_get_object_element (array, i));
      }
  barista_wire_end_array (writer);
}

static void
put_value (BaristaWireWriter *writer, const BaristaWireField *field, JsonNode *node)
{
  if (field->type == BARISTA_WIRE_BOOLEAN)
    barista_wire_put_int (writer, field->name, json_node_get_boolean (node));
  else if (field->type <= BARISTA_WIRE_INT64)
    barista_wire_put_int (writer, field->name, json_node_get_int (node));
  else if (field->type == BARISTA_WIRE_STRING)
    barista_wire_put_string (writer, field->name,
                             JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_get_string (node));
  else if (field->type <= BARISTA_WIRE_RECORDS)
    put_bytes (writer, field, node);
  else if (field->type <= BARISTA_WIRE_STRUCT_ARRAY)
    put_array (writer, field, node);
  else
    {
      barista_wire_begin_struct (writer, field->name);
      put_struct (writer, field->element, json_node_get_object (node));
      barista_wire_end_struct (writer);
    }
}

static void
put_struct (BaristaWireWriter *writer, const BaristaWireField *fields, JsonObject *object)
{
  guint found = 0;

  for (const BaristaWireField *field = fields; field->name != NULL; field++)
    if (json_object_has_member (object, field->name))
      {
        put_value (writer, field, json_object_get_member (object, field->name));
        found++;
      }

  g_assert_cmpuint (found, ==, json_object_get_size (object));
}

GBytes *
frame_from_form (const Frame *frame)
{
  gint32 id = json_object_get_int_member (frame->header, "correlationId");
  BaristaWireWriter *writer;

  if (frame->kind == BARISTA_WIRE_REQUEST)
    writer = barista_wire_request_new (
        frame->layout->api, frame->version, id,
        json_object_get_string_member_with_default (frame->header, "clientId", NULL));
  else
    writer = barista_wire_response_new (frame->layout->api, frame->version, id);

  put_struct (writer,
              frame->kind == BARISTA_WIRE_REQUEST ? frame->layout->request
                                                  : frame->layout->response,
              frame->body);
  return barista_wire_writer_finish (writer);
}
