/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-member.h"

#include "barista-address.h"

static void
init_field (const BaristaMember *member, gpointer base)
{
  gpointer field = barista_member_field (member, base);

  switch (member->kind)
    {
    case BARISTA_MEMBER_BOOLEAN:
    case BARISTA_MEMBER_WORD:
      *(int *) field = member->fallback;
      break;
    case BARISTA_MEMBER_RECORD:
      barista_record_init (member->record, field);
      break;
    case BARISTA_MEMBER_LIST:
      if (member->record->type != NULL)
        *(GListStore **) field = g_list_store_new (member->record->type ());
      break;
    case BARISTA_MEMBER_STRING:
    case BARISTA_MEMBER_STRINGS:
    case BARISTA_MEMBER_FIXED:
    default:
      break;
    }
}

/* @base is zeroed memory. Lists of plain structs are made by their owner, who knows how to free
 * an item. */
void
barista_record_init (const BaristaRecord *record, gpointer base)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    init_field (member, base);
}

static void
clear_field (const BaristaMember *member, gpointer base)
{
  gpointer field = barista_member_field (member, base);

  switch (member->kind)
    {
    case BARISTA_MEMBER_STRING:
      g_clear_pointer ((char **) field, g_free);
      break;
    case BARISTA_MEMBER_STRINGS:
      g_clear_pointer ((char ***) field, g_strfreev);
      break;
    case BARISTA_MEMBER_RECORD:
      barista_record_clear (member->record, field);
      break;
    case BARISTA_MEMBER_LIST:
      if (member->record->type != NULL)
        g_clear_object ((GListStore **) field);
      else
        g_clear_pointer ((GPtrArray **) field, g_ptr_array_unref);
      break;
    case BARISTA_MEMBER_BOOLEAN:
    case BARISTA_MEMBER_WORD:
    case BARISTA_MEMBER_FIXED:
    default:
      break;
    }
}

void
barista_record_clear (const BaristaRecord *record, gpointer base)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    clear_field (member, base);
  g_clear_pointer (&barista_record_head (record, base)->others, json_object_unref);
}

const BaristaMember *
barista_record_find (const BaristaRecord *record, const char *name)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    if (g_str_equal (member->name, name))
      return member;

  return NULL;
}

static guint32
bit_of_field (const BaristaRecord *record, gpointer base, gconstpointer field)
{
  for (guint i = 0; record->members[i].name != NULL; i++)
    if (record->members[i].kind != BARISTA_MEMBER_FIXED
        && barista_member_field (&record->members[i], base) == field)
      return 1u << i;

  g_return_val_if_reached (0);
}

/* Whether the answer in @field, inside @base, has a value of its own. */
gboolean
barista_record_is_stated (const BaristaRecord *record, gpointer base, gconstpointer field)
{
  return (barista_record_head (record, base)->stated & bit_of_field (record, base, field)) != 0;
}

void
barista_record_state (const BaristaRecord *record,
                      gpointer base,
                      gconstpointer field,
                      gboolean stated)
{
  BaristaRecordHead *head = barista_record_head (record, base);
  guint32 bit = bit_of_field (record, base, field);

  head->stated = stated ? head->stated | bit : head->stated & ~bit;
  head->as_null &= ~bit;
}

/* @text as it may be kept. */
char *
barista_member_clean (const BaristaMember *member, const char *text)
{
  gboolean is_url = (member->flags & BARISTA_MEMBER_URL) != 0;

  return is_url ? barista_registry_url_without_password (text) : g_strdup (text);
}

/* RFC 3339 is the part of ISO 8601 that has all its separators and a zone. */
gboolean
barista_member_is_time (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL && text[4] == '-' && text[7] == '-' && text[13] == ':' && text[16] == ':';
}

guint
barista_member_list_length (const BaristaMember *member, gpointer base)
{
  gpointer list = *(gpointer *) barista_member_field (member, base);

  return member->record->type != NULL ? g_list_model_get_n_items (list) : ((GPtrArray *) list)->len;
}

/* The struct of an item; the list keeps it alive. */
gpointer
barista_member_list_item (const BaristaMember *member, gpointer base, guint index)
{
  gpointer list = *(gpointer *) barista_member_field (member, base);
  gpointer item;

  if (member->record->type == NULL)
    return (char *) g_ptr_array_index ((GPtrArray *) list, index) + member->record->item_base;

  item = g_list_model_get_item (list, index);
  g_object_unref (item); /* the list has one too */
  return (char *) item + member->record->item_base;
}
