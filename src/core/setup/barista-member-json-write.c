/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-member.h"

static JsonNode *
write_word (const BaristaMember *member, int value)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (member->words ());

  return json_node_init_string (json_node_alloc (), g_enum_get_value (words, value)->value_nick);
}

static JsonNode *
write_strings (char **strings)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (char **string = strings; string != NULL && *string != NULL; string++)
    json_array_add_string_element (array, *string);

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
write_object (const BaristaRecord *record, gpointer base)
{
  JsonNode *node = json_node_alloc ();

  json_node_init (node, JSON_NODE_OBJECT);
  json_node_take_object (node, barista_record_write (record, base));
  return node;
}

static JsonNode *
write_list (const BaristaMember *member, gpointer base)
{
  g_autoptr (JsonArray) array = json_array_new ();
  guint n = barista_member_list_length (member, base);

  for (guint i = 0; i < n; i++)
    json_array_add_element (array, write_object (member->record,
                                                 barista_member_list_item (member, base, i)));

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
write_fixed (const BaristaMember *member)
{
  return member->text != NULL ? json_node_init_string (json_node_alloc (), member->text)
                              : json_node_init_int (json_node_alloc (), member->fallback);
}

static JsonNode *
write_value (const BaristaMember *member, gpointer base)
{
  gpointer field = barista_member_field (member, base);

  switch (member->kind)
    {
    case BARISTA_MEMBER_FIXED:
      return write_fixed (member);
    case BARISTA_MEMBER_STRING:
      return json_node_init_string (json_node_alloc (), *(char **) field);
    case BARISTA_MEMBER_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), *(gboolean *) field);
    case BARISTA_MEMBER_WORD:
      return write_word (member, *(int *) field);
    case BARISTA_MEMBER_STRINGS:
      return write_strings (*(char ***) field);
    case BARISTA_MEMBER_RECORD:
      return write_object (member->record, field);
    case BARISTA_MEMBER_LIST:
      return write_list (member, base);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* What a reader could not do without; it has no value yet. */
static JsonNode *
write_missing (const BaristaMember *member)
{
  gboolean is_needed = (member->flags & BARISTA_MEMBER_REQUIRED) != 0;

  return is_needed ? json_node_init_string (json_node_alloc (), "") : NULL;
}

static JsonNode *
write_member (const BaristaRecord *record, guint index, gpointer base)
{
  const BaristaMember *member = &record->members[index];
  const BaristaRecordHead *head = barista_record_head (record, base);

  if (member->kind == BARISTA_MEMBER_FIXED || (head->stated & 1u << index) != 0)
    return write_value (member, base);
  if ((head->as_null & 1u << index) != 0)
    return json_node_init_null (json_node_alloc ());

  return write_missing (member);
}

/* The answers that are stated, in the table's order, then what the table doesn't know. */
JsonObject *
barista_record_write (const BaristaRecord *record, gpointer base)
{
  JsonObject *object = json_object_new ();
  JsonObject *others = barista_record_head (record, base)->others;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  for (guint i = 0; record->members[i].name != NULL; i++)
    if ((node = write_member (record, i, base)) != NULL)
      json_object_set_member (object, record->members[i].name, node);

  if (others == NULL)
    return object;

  json_object_iter_init_ordered (&iter, others);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (object, name, json_node_copy (node));

  return object;
}
