/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json.h"
#include "barista-setup-private.h"

/* The schema is for editors and for other programs: it must say what the tables say. */

static JsonObject *root;

/* Follows "$ref": "#/$defs/NAME". */
static JsonObject *
resolve (JsonObject *schema)
{
  const char *ref = json_object_get_string_member_with_default (schema, "$ref", NULL);

  if (ref == NULL)
    return schema;

  g_assert_true (g_str_has_prefix (ref, "#/$defs/"));
  return json_object_get_object_member (json_object_get_object_member (root, "$defs"),
                                        ref + strlen ("#/$defs/"));
}

static gboolean
allows (JsonObject *schema, const char *type)
{
  JsonNode *node = json_object_get_member (schema, "type");
  JsonArray *types;

  if (JSON_NODE_HOLDS_VALUE (node))
    return g_str_equal (json_node_get_string (node), type);

  types = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (types); i++)
    if (g_str_equal (json_array_get_string_element (types, i), type))
      return TRUE;

  return FALSE;
}

static gboolean
requires (JsonObject *schema, const char *name)
{
  JsonArray *names = json_object_has_member (schema, "required")
                         ? json_object_get_array_member (schema, "required")
                         : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (g_str_equal (json_array_get_string_element (names, i), name))
      return TRUE;

  return FALSE;
}

static void
assert_words (const BaristaMember *member, JsonObject *schema)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (member->words ());
  JsonArray *listed = json_object_get_array_member (schema, "enum");
  guint n = 0;

  for (guint i = 0; i < words->n_values; i++)
    if (*words->values[i].value_nick != '\0')
      g_assert_cmpstr (json_array_get_string_element (listed, n++), ==,
                       words->values[i].value_nick);
  if ((member->flags & BARISTA_MEMBER_NULLABLE) != 0)
    g_assert_true (json_array_get_null_element (listed, n++));
  g_assert_cmpuint (json_array_get_length (listed), ==, n);
}

static void assert_record (const BaristaRecord *record, JsonObject *schema);

static void
assert_member (const BaristaMember *member, JsonObject *schema)
{
  static const char *const types[] = {
    [BARISTA_MEMBER_STRING] = "string", [BARISTA_MEMBER_BOOLEAN] = "boolean",
    [BARISTA_MEMBER_STRINGS] = "array", [BARISTA_MEMBER_RECORD] = "object",
    [BARISTA_MEMBER_LIST] = "array",
  };

  g_test_message ("%s", member->name);
  g_assert_true (json_object_has_member (schema, "description"));
  if (member->kind == BARISTA_MEMBER_FIXED)
    {
      g_assert_true (json_object_has_member (schema, "const"));
      return;
    }
  if (member->kind == BARISTA_MEMBER_WORD)
    {
      assert_words (member, schema);
      return;
    }

  g_assert_true (allows (schema, types[member->kind]));
  g_assert_cmpint (allows (schema, "null"), ==, (member->flags & BARISTA_MEMBER_NULLABLE) != 0);
  g_assert_cmpint (json_object_has_member (schema, "minLength"), ==,
                   (member->flags & BARISTA_MEMBER_FILLED) != 0
                       && (member->flags & BARISTA_MEMBER_SECRET_NAME) == 0);
  if (member->kind == BARISTA_MEMBER_RECORD)
    assert_record (member->record, schema);
  else if (member->record != NULL)
    assert_record (member->record, resolve (json_object_get_object_member (schema, "items")));
}

static void
assert_record (const BaristaRecord *record, JsonObject *schema)
{
  JsonObject *properties = json_object_get_object_member (schema, "properties");
  g_autoptr (GList) names = json_object_get_members (properties);
  GList *name = names;

  g_assert_true (json_object_has_member (schema, "patternProperties"));
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    {
      g_assert_nonnull (name);
      g_assert_cmpstr (name->data, ==, member->name);
      g_assert_cmpint (requires (schema, member->name), ==,
                       (member->flags & BARISTA_MEMBER_REQUIRED) != 0);
      assert_member (member, resolve (json_object_get_object_member (properties, member->name)));
      name = name->next;
    }
  g_assert_null (name);
}

static void
test_schema_says_what_the_tables_say (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_file_get_contents (PROFILE_SCHEMA, &text, NULL, &error);
  g_assert_no_error (error);
  node = barista_json_parse (text, -1, NULL, &error);
  g_assert_no_error (error);

  root = json_node_get_object (node);
  assert_record (&barista_setup_record, root);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/schema", test_schema_says_what_the_tables_say);
  return g_test_run ();
}
