/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-member.h"

/* One record made to say what another says, member by member, so that only what is different tells
 * of a change; for copies and for undo. */

static gboolean
objects_equal (JsonObject *a, JsonObject *b)
{
  return a == b || (a != NULL && b != NULL && json_object_equal (a, b));
}

static gboolean
strings_equal (char **a, char **b)
{
  return a == b
         || (a != NULL && b != NULL
             && g_strv_equal ((const char *const *) a, (const char *const *) b));
}

static gboolean
lists_equal (const BaristaMember *member, gpointer a, gpointer b)
{
  guint n = barista_member_list_length (member, a);

  if (barista_member_list_length (member, b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!barista_record_equal (member->record, barista_member_list_item (member, a, i),
                               barista_member_list_item (member, b, i)))
      return FALSE;

  return TRUE;
}

static gboolean
fields_equal (const BaristaMember *member, gpointer a, gpointer b)
{
  gpointer field_a = barista_member_field (member, a);
  gpointer field_b = barista_member_field (member, b);

  switch (member->kind)
    {
    case BARISTA_MEMBER_STRING:
      return g_strcmp0 (*(char **) field_a, *(char **) field_b) == 0;
    case BARISTA_MEMBER_STRINGS:
      return strings_equal (*(char ***) field_a, *(char ***) field_b);
    case BARISTA_MEMBER_BOOLEAN:
    case BARISTA_MEMBER_WORD:
      return *(int *) field_a == *(int *) field_b;
    case BARISTA_MEMBER_RECORD:
      return barista_record_equal (member->record, field_a, field_b);
    case BARISTA_MEMBER_LIST:
      return lists_equal (member, a, b);
    case BARISTA_MEMBER_FIXED:
    default:
      return TRUE;
    }
}

/**
 * barista_record_equal:
 *
 * Returns: whether both say the same, and have the same members stated
 */
gboolean
barista_record_equal (const BaristaRecord *record, gpointer a, gpointer b)
{
  const BaristaRecordHead *head_a = barista_record_head (record, a);
  const BaristaRecordHead *head_b = barista_record_head (record, b);

  if (head_a->stated != head_b->stated || head_a->as_null != head_b->as_null
      || !objects_equal (head_a->others, head_b->others))
    return FALSE;
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    if (!fields_equal (member, a, b))
      return FALSE;

  return TRUE;
}

/* The text by which the items of a list are told apart: their first required member. */
static const char *
key_of (const BaristaRecord *record, gpointer base)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    if (member->kind == BARISTA_MEMBER_STRING && (member->flags & BARISTA_MEMBER_REQUIRED) != 0)
      return *(char **) barista_member_field (member, base);

  return NULL;
}

/* An item of @items that goes by @key and is not taken yet, taken out; NULL if there is none. */
static GObject *
take_item (const BaristaMember *member, GPtrArray *items, const char *key)
{
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (key_of (member->record, (char *) items->pdata[i] + member->record->item_base),
                   key)
        == 0)
      return g_ptr_array_steal_index (items, i);

  return NULL;
}

/* Objects stay the same as far as they go by the same name: what shows them stays bound. */
static void
assign_objects (const BaristaMember *member,
                gpointer base,
                gpointer from,
                BaristaMemberChanged changed,
                gpointer user_data)
{
  GListStore *store = *(GListStore **) barista_member_field (member, base);
  guint n = barista_member_list_length (member, from);
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean same;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    g_ptr_array_add (old, g_list_model_get_item (G_LIST_MODEL (store), i));
  same = old->len == n;

  for (guint i = 0; i < n; i++)
    {
      gpointer source = barista_member_list_item (member, from, i);
      GObject *item = take_item (member, old, key_of (member->record, source));
      g_autoptr (GObject) now = g_list_model_get_item (G_LIST_MODEL (store), i);

      same = same && item == now;
      if (item == NULL)
        item = member->record->item_new ();
      g_ptr_array_add (items, item);
      barista_record_assign (member->record, item, (char *) item + member->record->item_base,
                             source, changed, user_data);
    }

  if (!same)
    g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                         items->len);
}

/* Items of plain memory: nobody holds on to one. */
static void
assign_structs (const BaristaMember *member, gpointer base, gpointer from)
{
  GPtrArray *array = *(GPtrArray **) barista_member_field (member, base);
  guint n = barista_member_list_length (member, from);

  g_ptr_array_set_size (array, 0);
  for (guint i = 0; i < n; i++)
    {
      gpointer item = member->record->item_new ();

      g_ptr_array_add (array, item);
      barista_record_assign (member->record, NULL, (char *) item + member->record->item_base,
                             barista_member_list_item (member, from, i), NULL, NULL);
    }
}

/* A copied node shares what is in it: through its text the copy comes apart. */
static JsonNode *
copy_node (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

static JsonObject *
copy_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) copy = NULL;

  if (object == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  copy = copy_node (node);

  return json_node_dup_object (copy);
}

static void
assign_field (const BaristaMember *member, gpointer base, gpointer from)
{
  gpointer to_field = barista_member_field (member, base);
  gpointer field = barista_member_field (member, from);

  switch (member->kind)
    {
    case BARISTA_MEMBER_STRING:
      g_set_str ((char **) to_field, *(char **) field);
      break;
    case BARISTA_MEMBER_STRINGS:
      g_strfreev (*(char ***) to_field);
      *(char ***) to_field = g_strdupv (*(char ***) field);
      break;
    case BARISTA_MEMBER_BOOLEAN:
    case BARISTA_MEMBER_WORD:
      *(int *) to_field = *(int *) field;
      break;
    case BARISTA_MEMBER_LIST:
      assign_structs (member, base, from);
      break;
    case BARISTA_MEMBER_RECORD:
    case BARISTA_MEMBER_FIXED:
    default:
      break;
    }
}

/* @stated_before: the bits of @base's head as they were */
static gboolean
standing_differs (const BaristaRecord *record,
                  const BaristaMember *member,
                  guint32 stated_before,
                  guint32 stated_now)
{
  guint32 bit = 1u << (member - record->members);

  return (stated_before & bit) != (stated_now & bit);
}

/**
 * barista_record_assign:
 * @record: what both are
 * @owner: (nullable): the object that @base lies in
 * @base: changed so that it says what @from says, with the same members stated
 * @from: left as it is
 * @changed: (nullable): called for each member that is different now, after all are; of lists of
 *   objects the list itself tells
 *
 * Objects in lists that go by the same name stay the same objects.
 */
void
barista_record_assign (const BaristaRecord *record,
                       GObject *owner,
                       gpointer base,
                       gpointer from,
                       BaristaMemberChanged changed,
                       gpointer user_data)
{
  BaristaRecordHead *head = barista_record_head (record, base);
  const BaristaRecordHead *source = barista_record_head (record, from);
  guint32 stated_before = head->stated;
  g_autoptr (GPtrArray) different = g_ptr_array_new ();

  head->stated = source->stated;
  head->as_null = source->as_null;
  if (!objects_equal (head->others, source->others))
    {
      g_clear_pointer (&head->others, json_object_unref);
      head->others = copy_object (source->others);
    }

  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    {
      gboolean is_list = member->kind == BARISTA_MEMBER_LIST && member->record->type != NULL;

      if (member->kind == BARISTA_MEMBER_RECORD)
        barista_record_assign (member->record, owner, barista_member_field (member, base),
                               barista_member_field (member, from), changed, user_data);
      else if (is_list)
        assign_objects (member, base, from, changed, user_data);
      else if (!fields_equal (member, base, from))
        {
          assign_field (member, base, from);
          g_ptr_array_add (different, (gpointer) member);
          continue;
        }
      if (!is_list && standing_differs (record, member, stated_before, head->stated))
        g_ptr_array_add (different, (gpointer) member);
    }

  for (guint i = 0; changed != NULL && i < different->len; i++)
    changed (owner, different->pdata[i], user_data);
}
