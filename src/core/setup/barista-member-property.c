/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-member.h"

static GParamSpec *
param_spec (const BaristaMember *member)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const char *name = member->property;

  switch (member->kind)
    {
    case BARISTA_MEMBER_STRING:
      return g_param_spec_string (name, NULL, NULL, member->text, flags);
    case BARISTA_MEMBER_BOOLEAN:
      return g_param_spec_boolean (name, NULL, NULL, member->fallback, flags);
    case BARISTA_MEMBER_WORD:
      return g_param_spec_enum (name, NULL, NULL, member->words (), member->fallback, flags);
    case BARISTA_MEMBER_STRINGS:
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
    case BARISTA_MEMBER_LIST:
      return g_param_spec_object (name, NULL, NULL, G_TYPE_LIST_MODEL,
                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    case BARISTA_MEMBER_FIXED:
    case BARISTA_MEMBER_RECORD:
    default:
      g_return_val_if_reached (NULL);
    }
}

static guint
install (const BaristaRecord *record, GObjectClass *klass, guint id)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    {
      if (member->kind == BARISTA_MEMBER_RECORD)
        id = install (member->record, klass, id);
      else if (member->property != NULL)
        g_object_class_install_property (klass, id++, param_spec (member));
    }

  return id;
}

/* Installs a property for each member that names one, also in the objects below. */
void
barista_record_install (const BaristaRecord *record, GObjectClass *klass, guint first_id)
{
  install (record, klass, first_id);
}

static void
get_value (const BaristaMember *member, gpointer base, GValue *value)
{
  gpointer field = barista_member_field (member, base);

  switch (member->kind)
    {
    case BARISTA_MEMBER_STRING:
      g_value_set_string (value, *(char **) field != NULL ? *(char **) field : member->text);
      break;
    case BARISTA_MEMBER_BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) field);
      break;
    case BARISTA_MEMBER_WORD:
      g_value_set_enum (value, *(int *) field);
      break;
    case BARISTA_MEMBER_STRINGS:
      g_value_set_boxed (value, *(char ***) field);
      break;
    case BARISTA_MEMBER_LIST:
      g_value_set_object (value, *(GListStore **) field);
      break;
    case BARISTA_MEMBER_FIXED:
    case BARISTA_MEMBER_RECORD:
    default:
      g_return_if_reached ();
    }
}

static gboolean
get_property (const BaristaRecord *record, gpointer base, const char *property, GValue *value)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    {
      if (member->kind == BARISTA_MEMBER_RECORD
          && get_property (member->record, barista_member_field (member, base), property, value))
        return TRUE;
      if (g_strcmp0 (member->property, property) != 0)
        continue;

      get_value (member, base, value);
      return TRUE;
    }

  return FALSE;
}

void
barista_record_get_property (const BaristaRecord *record,
                             gpointer base,
                             const char *property,
                             GValue *value)
{
  if (!get_property (record, base, property, value))
    g_critical ("no member has the property %s", property);
}

static gboolean
strings_equal (char **a, char **b)
{
  return a == b
         || (a != NULL && b != NULL
             && g_strv_equal ((const char *const *) a, (const char *const *) b));
}

static gboolean
is_text (const BaristaMember *member, const char *text)
{
  return text != NULL && (*text != '\0' || (member->flags & BARISTA_MEMBER_FILLED) == 0);
}

static gboolean
set_string (const BaristaMember *member, char **field, const char *text)
{
  g_autofree char *clean = is_text (member, text) ? barista_member_clean (member, text) : NULL;

  return g_set_str (field, clean);
}

/* TRUE if the field has another value now. */
static gboolean
set_value (const BaristaMember *member, gpointer base, const GValue *value)
{
  gpointer field = barista_member_field (member, base);
  int number;

  switch (member->kind)
    {
    case BARISTA_MEMBER_STRING:
      return set_string (member, field, g_value_get_string (value));
    case BARISTA_MEMBER_STRINGS:
      if (strings_equal (*(char ***) field, g_value_get_boxed (value)))
        return FALSE;
      g_strfreev (*(char ***) field);
      *(char ***) field = g_value_dup_boxed (value);
      return TRUE;
    case BARISTA_MEMBER_BOOLEAN:
    case BARISTA_MEMBER_WORD:
      number = member->kind == BARISTA_MEMBER_WORD ? g_value_get_enum (value)
                                                   : g_value_get_boolean (value);
      if (*(int *) field == number)
        return FALSE;
      *(int *) field = number;
      return TRUE;
    case BARISTA_MEMBER_FIXED:
    case BARISTA_MEMBER_RECORD:
    case BARISTA_MEMBER_LIST:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* A value states its member, also if it is that of the proposal; NULL takes the proposal again, and
 * so does an empty text where there must be one. */
static gboolean
is_value (const BaristaMember *member, const GValue *value)
{
  if (member->kind == BARISTA_MEMBER_STRING)
    return is_text (member, g_value_get_string (value));
  if (member->kind == BARISTA_MEMBER_STRINGS)
    return g_value_get_boxed (value) != NULL;

  return TRUE;
}

static gboolean
says_something (const BaristaRecord *record, gpointer base)
{
  const BaristaRecordHead *head = barista_record_head (record, base);

  return head->stated != 0 || head->as_null != 0 || head->others != NULL;
}

/* @changed: (out): the field has another value or another standing now */
static gboolean
set_property (const BaristaRecord *record,
              gpointer base,
              const char *property,
              const GValue *value,
              gboolean *changed)
{
  for (const BaristaMember *member = record->members; member->name != NULL; member++)
    {
      gpointer field = barista_member_field (member, base);
      gboolean stated;

      if (member->kind == BARISTA_MEMBER_RECORD
          && set_property (member->record, field, property, value, changed))
        {
          if (*changed)
            barista_record_state (record, base, field, says_something (member->record, field));
          return TRUE;
        }
      if (g_strcmp0 (member->property, property) != 0)
        continue;

      stated = is_value (member, value);
      *changed = barista_record_is_stated (record, base, field) != stated;
      *changed |= set_value (member, base, value);
      barista_record_state (record, base, field, stated);
      return TRUE;
    }

  return FALSE;
}

/* Returns: TRUE if something is different now */
gboolean
barista_record_set_property (const BaristaRecord *record,
                             gpointer base,
                             const char *property,
                             const GValue *value)
{
  gboolean changed = FALSE;

  if (!set_property (record, base, property, value, &changed))
    g_critical ("no member has the property %s", property);

  return changed;
}
