/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-json.h"
#include "barista-registry-private.h"
#include <glib/gi18n-lib.h>
#include <string.h>

void
barista_body_clear (BaristaBody *self)
{
  g_clear_pointer (&self->data, g_free);
  self->length = 0;
}

/* --- answers --- */

BaristaRegistryAnswer *
barista_registry_answer_new (guint status, SoupMessageHeaders *headers)
{
  BaristaRegistryAnswer *self = g_new0 (BaristaRegistryAnswer, 1);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *location = soup_message_headers_get_one (headers, "Location");
  const char *date = soup_message_headers_get_one (headers, "Date");

  self->status = status;
  self->content_type = g_strdup (type);
  self->location = location != NULL ? g_utf8_make_valid (location, -1) : NULL;
  self->date = g_strdup (date);
  return self;
}

void
barista_registry_answer_free (BaristaRegistryAnswer *self)
{
  g_free (self->content_type);
  g_free (self->location);
  g_free (self->date);
  g_free (self->body);
  g_free (self->message);
  g_free (self);
}

/* Confluent's {"error_code": 40401, "message": "Subject not found."} */
static void
read_confluent (BaristaRegistryAnswer *self, JsonObject *object)
{
  JsonNode *code = json_object_get_member (object, "error_code");
  JsonNode *message = json_object_get_member (object, "message");

  if (code != NULL && json_node_get_value_type (code) == G_TYPE_INT64)
    self->error_code = (int) CLAMP (json_node_get_int (code), 0, G_MAXINT);
  if (message != NULL && json_node_get_value_type (message) == G_TYPE_STRING)
    self->message = json_node_dup_string (message);
}

/* Dekaf's errors are plain text, some of them in the double quotes of Rust's debug form. */
static char *
read_text (const char *body)
{
  g_autofree char *text = g_strstrip (g_strdup (body));
  gsize length = strlen (text);

  if (length == 0 || text[0] == '<')
    return NULL;
  if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
    return g_strndup (text + 1, length - 2);
  return g_steal_pointer (&text);
}

void
barista_registry_answer_take_body (BaristaRegistryAnswer *self, const BaristaBody *body)
{
  gsize length = MIN (body->length, BARISTA_REGISTRY_KEPT_BODY);
  g_autoptr (JsonNode) node = NULL;

  g_free (self->body);
  g_clear_pointer (&self->message, g_free);
  self->body = g_utf8_make_valid (body->data != NULL ? body->data : "", (gssize) length);
  node = barista_json_parse (self->body, -1, &barista_json_limits_default, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_confluent (self, json_node_get_object (node));
  else
    self->message = read_text (self->body);
}

/* --- schemas --- */

static const BaristaJsonLimits schema_limits = {
  .bytes = BARISTA_REGISTRY_MAX_BODY,
  .depth = 64,
  .elements = 100000,
};

static const char *
string_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
id_member (JsonObject *object, guint32 *id)
{
  JsonNode *node = json_object_get_member (object, "id");
  gint64 value;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  value = json_node_get_int (node);
  if (value < 0 || value > G_MAXUINT32)
    return FALSE;
  *id = (guint32) value;
  return TRUE;
}

/* Not JSON at all, or JSON that goes past our limits: that is another shape. */
static JsonNode *
parse_json (const BaristaBody *body, GError **error)
{
  g_autoptr (GError) fault = NULL;
  JsonNode *node = NULL;

  if (body->length > 0)
    node = barista_json_parse (body->data, (gssize) body->length, &schema_limits, &fault);
  if (node == NULL)
    g_set_error (error, BARISTA_REGISTRY_ERROR,
                 fault == NULL
                         || g_error_matches (fault, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX)
                     ? BARISTA_REGISTRY_ERROR_NOT_JSON
                     : BARISTA_REGISTRY_ERROR_SHAPE,
                 _ ("The schema's answer is not JSON that can be read: %s"),
                 fault != NULL ? fault->message : _ ("it is empty"));
  return node;
}

/* Confluent's "references": [{"name": "...", "subject": "...", "version": 1}]. */
static const char *
first_reference (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "references");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  if (array == NULL || json_array_get_length (array) == 0)
    return NULL;
  node = json_array_get_element (array, 0);
  return JSON_NODE_HOLDS_OBJECT (node) ? string_member (json_node_get_object (node), "subject")
                                       : NULL;
}

static BaristaAvroSchema *
read_tree (const BaristaRegisteredSchema *self, GError **error)
{
  g_autoptr (GError) fault = NULL;
  BaristaAvroSchema *schema;

  if (!g_str_equal (self->schema_type, "AVRO"))
    {
      g_set_error (error, BARISTA_AVRO_ERROR, BARISTA_AVRO_ERROR_SCHEMA, _ ("it is of type %s"),
                   self->schema_type);
      return NULL;
    }

  schema = barista_avro_schema_new (self->schema, -1, &fault);
  if (schema == NULL && self->refers_to != NULL)
    g_set_error (error, BARISTA_AVRO_ERROR, BARISTA_AVRO_ERROR_SCHEMA,
                 _ ("it refers to another schema, %s"), self->refers_to);
  else if (schema == NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  return schema;
}

BaristaRegisteredSchema *
barista_registered_schema_parse (const BaristaBody *body,
                                 guint32 id,
                                 gboolean id_required,
                                 GError **error)
{
  g_autoptr (JsonNode) node = parse_json (body, error);
  BaristaRegisteredSchema *self;
  const char *schema = NULL;
  const char *type;
  JsonObject *object;

  if (node == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object != NULL && (id_member (object, &id) || !id_required))
    schema = string_member (object, "schema");
  if (schema == NULL)
    {
      g_set_error_literal (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_SHAPE,
                           _ ("The answer has no schema, or none with an id"));
      return NULL;
    }

  type = string_member (object, "schemaType");
  self = g_new0 (BaristaRegisteredSchema, 1);
  self->id = id;
  self->schema = g_strdup (schema);
  self->schema_type = g_strdup (type != NULL ? type : "AVRO");
  self->refers_to = g_strdup (first_reference (object));
  self->tree = read_tree (self, &self->fault);
  return self;
}

BaristaAvroSchema *
barista_registered_schema_to_avro (const BaristaRegisteredSchema *self, GError **error)
{
  if (self->tree != NULL)
    return barista_avro_schema_ref (self->tree);

  g_propagate_error (error, g_error_copy (self->fault));
  return NULL;
}

void
barista_registered_schema_free (BaristaRegisteredSchema *self)
{
  g_free (self->schema);
  g_free (self->schema_type);
  g_free (self->refers_to);
  g_clear_pointer (&self->tree, barista_avro_schema_unref);
  g_clear_error (&self->fault);
  g_free (self);
}
