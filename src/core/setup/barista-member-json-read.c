/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "barista-json.h"
#include "barista-member.h"
#include "barista-name-text.h"
#include "barista-profile.h"
#include "barista-secret-names.h"

/* @pointer is where we are, as a JSON pointer (RFC 6901). */
typedef struct
{
  const char *text;
  gssize length;
  GString *pointer;
  GError **error;
} Reader;

static gsize
enter (Reader *reader, const char *name)
{
  gsize outside = reader->pointer->len;

  g_string_append_c (reader->pointer, '/');
  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '~' || *p == '/')
        g_string_append (reader->pointer, *p == '~' ? "~0" : "~1");
      else
        g_string_append_c (reader->pointer, *p);
    }

  return outside;
}

static gsize
enter_item (Reader *reader, guint index)
{
  gsize outside = reader->pointer->len;

  g_string_append_printf (reader->pointer, "/%u", index);
  return outside;
}

static gboolean
leave (Reader *reader, gsize outside, gboolean result)
{
  g_string_truncate (reader->pointer, outside);
  return result;
}

char *
barista_member_path_shown (const char *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", -1);
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 1; *pointer != '\0' && parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0' && parts[i][strspn (parts[i], "0123456789")] == '\0')
        g_string_append_printf (path, "[%s]", parts[i]);
      else
        g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", parts[i]);
    }
  g_string_replace (path, "~1", "/", 0);
  g_string_replace (path, "~0", "~", 0);

  return barista_name_shown (path->str);
}

static gboolean
fail_in (Reader *reader, const char *member, BaristaProfileError code, const char *reason)
{
  guint line = barista_json_line_of (reader->text, reader->length, reader->pointer->str);
  gsize outside = member != NULL ? enter (reader, member) : reader->pointer->len;
  g_autofree char *path = barista_member_path_shown (reader->pointer->str);

  g_set_error (reader->error, BARISTA_PROFILE_ERROR, (int) code,
               /* Translators: a line number, the path of a value in the file, what is wrong */
               _ ("line %u: %s: %s"), MAX (line, 1), path, reason);
  return leave (reader, outside, FALSE);
}

static gboolean
fail (Reader *reader, BaristaProfileError code, const char *reason)
{
  return fail_in (reader, NULL, code, reason);
}

static gboolean
fail_secret (Reader *reader)
{
  return fail (reader, BARISTA_PROFILE_ERROR_SECRET,
               _ ("a profile holds no secrets; keep this one with “barista token PROFILE --set”"));
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
read_fixed (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  if (member->text != NULL)
    return (is_text (node) && g_str_equal (json_node_get_string (node), member->text))
           || fail (reader, BARISTA_PROFILE_ERROR_FORMAT, _ ("this is not a setup of Barista"));

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < member->fallback)
    return fail (reader, BARISTA_PROFILE_ERROR_FORMAT, _ ("this version is not known"));
  if (json_node_get_int (node) > member->fallback)
    return fail (reader, BARISTA_PROFILE_ERROR_FORMAT,
                 _ ("this setup is of a newer Barista; update the app"));

  return TRUE;
}

static gboolean
check_text (Reader *reader, const BaristaMember *member, const char *text)
{
  if ((member->flags & BARISTA_MEMBER_FILLED) != 0 && *text == '\0')
    return fail (reader, BARISTA_PROFILE_ERROR_MEMBER, _ ("must not be empty"));
  if ((member->flags & BARISTA_MEMBER_TIME) != 0 && !barista_member_is_time (text))
    return fail (reader, BARISTA_PROFILE_ERROR_MEMBER,
                 _ ("must be a date and time such as 2026-01-01T00:00:00Z"));
  if ((member->flags & BARISTA_MEMBER_SECRET_NAME) != 0)
    return *text == '\0' || barista_secret_is_plain_name (text) || fail_secret (reader);
  if ((member->flags & BARISTA_MEMBER_URL) == 0 && barista_secret_is_in_text (text))
    return fail_secret (reader);

  return TRUE;
}

static gboolean
read_string (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  const char *text = json_node_get_string (node);

  if (!check_text (reader, member, text))
    return FALSE;

  *(char **) barista_member_field (member, base) = barista_member_clean (member, text);
  return TRUE;
}

static gboolean
read_boolean (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  *(gboolean *) barista_member_field (member, base) = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
fail_word (Reader *reader, GEnumClass *words, const char *word)
{
  g_autofree char *shown = barista_name_shown (word);
  g_autoptr (GString) known = g_string_new (NULL);
  g_autofree char *reason = NULL;

  for (guint i = 0; i < words->n_values; i++)
    if (*words->values[i].value_nick != '\0')
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "",
                              words->values[i].value_nick);
  /* Translators: a word that was found, and the list of those that may stand there */
  reason = g_strdup_printf (_ ("\"%s\" is not one of %s"), shown, known->str);

  return fail (reader, BARISTA_PROFILE_ERROR_MEMBER, reason);
}

static gboolean
read_word (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (member->words ());
  const char *text = json_node_get_string (node);
  const GEnumValue *word = *text != '\0' ? g_enum_get_value_by_nick (words, text) : NULL;

  if (word == NULL)
    return fail_word (reader, words, text);

  *(int *) barista_member_field (member, base) = word->value;
  return TRUE;
}

static gboolean
check_string_items (Reader *reader, const BaristaMember *member, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gsize outside = enter_item (reader, i);
      gboolean good = is_text (node)
                          ? check_text (reader, member, json_node_get_string (node))
                          : fail (reader, BARISTA_PROFILE_ERROR_MEMBER, _ ("must be text"));

      if (!leave (reader, outside, good))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_strings (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  JsonArray *array = json_node_get_array (node);
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  if (!check_string_items (reader, member, array))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (strings, json_array_get_string_element (array, i));
  *(char ***) barista_member_field (member, base) = g_strv_builder_end (strings);
  return TRUE;
}

static gboolean
read_record (Reader *reader, const BaristaRecord *record, gpointer base, JsonObject *object);

static gboolean
read_object (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  return read_record (reader, member->record, barista_member_field (member, base),
                      json_node_get_object (node));
}

/* A new item at the end of the list that @field points to; the list owns it. */
static gpointer
append_item (const BaristaRecord *record, gpointer field)
{
  gpointer item = record->item_new ();

  if (record->type != NULL)
    {
      g_list_store_append (*(GListStore **) field, item);
      g_object_unref (item);
    }
  else
    g_ptr_array_add (*(GPtrArray **) field, item);

  return (char *) item + record->item_base;
}

static gboolean
read_list (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node)
{
  JsonArray *array = json_node_get_array (node);
  gpointer field = barista_member_field (member, base);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      gsize outside = enter_item (reader, i);
      gboolean good;

      if (JSON_NODE_HOLDS_OBJECT (item))
        good = read_record (reader, member->record, append_item (member->record, field),
                            json_node_get_object (item));
      else
        good = fail (reader, BARISTA_PROFILE_ERROR_MEMBER, _ ("must be an object"));
      if (!leave (reader, outside, good))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_any (JsonNode *node)
{
  return TRUE;
}

static gboolean
is_boolean (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
is_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node);
}

static gboolean
is_array (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node);
}

/* By BaristaMemberKind: what must stand there, and who reads it. */
static const struct
{
  gboolean (*fits) (JsonNode *node);
  const char *expected;
  gboolean (*read) (Reader *reader, const BaristaMember *member, gpointer base, JsonNode *node);
} kinds[] = {
  [BARISTA_MEMBER_FIXED] = { is_any, NULL, read_fixed },
  [BARISTA_MEMBER_STRING] = { is_text, N_ ("must be text"), read_string },
  [BARISTA_MEMBER_BOOLEAN] = { is_boolean, N_ ("must be true or false"), read_boolean },
  [BARISTA_MEMBER_WORD] = { is_text, N_ ("must be text"), read_word },
  [BARISTA_MEMBER_STRINGS] = { is_array, N_ ("must be a list of texts"), read_strings },
  [BARISTA_MEMBER_RECORD] = { is_object, N_ ("must be an object"), read_object },
  [BARISTA_MEMBER_LIST] = { is_array, N_ ("must be a list of objects"), read_list },
};

static gboolean
read_member (Reader *reader,
             const BaristaRecord *record,
             guint index,
             gpointer base,
             JsonNode *node)
{
  const BaristaMember *member = &record->members[index];
  gboolean as_null = JSON_NODE_HOLDS_NULL (node) && (member->flags & BARISTA_MEMBER_NULLABLE) != 0;

  if (!as_null && !kinds[member->kind].fits (node))
    return fail (reader, BARISTA_PROFILE_ERROR_MEMBER, _ (kinds[member->kind].expected));
  if (!as_null && !kinds[member->kind].read (reader, member, base, node))
    return FALSE;

  if (as_null)
    barista_record_head (record, base)->as_null |= 1u << index;
  else
    barista_record_head (record, base)->stated |= 1u << index;
  return TRUE;
}

static gboolean
read_members (Reader *reader, const BaristaRecord *record, gpointer base, JsonObject *object)
{
  for (guint i = 0; record->members[i].name != NULL; i++)
    {
      const BaristaMember *member = &record->members[i];
      JsonNode *node = json_object_get_member (object, member->name);
      gsize outside;

      if (node == NULL && (member->flags & BARISTA_MEMBER_REQUIRED) != 0)
        return fail_in (reader, member->name,
                        member->kind == BARISTA_MEMBER_FIXED ? BARISTA_PROFILE_ERROR_FORMAT
                                                             : BARISTA_PROFILE_ERROR_MEMBER,
                        _ ("is missing"));
      if (node == NULL)
        continue;

      outside = enter (reader, member->name);
      if (!leave (reader, outside, read_member (reader, record, i, base, node)))
        return FALSE;
    }

  return TRUE;
}

static gboolean check_other (Reader *reader, const char *name, JsonNode *node);

static gboolean
check_others_below (Reader *reader, JsonNode *node)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *child;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          gsize outside = enter_item (reader, i);

          child = json_array_get_element (array, i);
          if (!leave (reader, outside, check_other (reader, "", child)))
            return FALSE;
        }
      return TRUE;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &child))
    {
      gsize outside = enter (reader, name);

      if (!leave (reader, outside, check_other (reader, name, child)))
        return FALSE;
    }

  return TRUE;
}

/* Null, true, false and "" tell nothing, whatever their name. */
static gboolean
tells_something (JsonNode *node)
{
  return !JSON_NODE_HOLDS_NULL (node) && !is_boolean (node)
         && !(is_text (node) && *json_node_get_string (node) == '\0');
}

/* 1e400: the JSON library takes it for infinity, which it can't write. */
static gboolean
is_infinite (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE
         && !isfinite (json_node_get_double (node));
}

/* For what the tables don't know: it is kept, and so must be looked at, however deep it lies. */
static gboolean
check_other (Reader *reader, const char *name, JsonNode *node)
{
  if (is_infinite (node))
    return fail (reader, BARISTA_PROFILE_ERROR_MEMBER, _ ("is too large a number"));
  if (barista_secret_is_member_name (name) && tells_something (node))
    return fail_secret (reader);
  if (is_text (node) && barista_secret_is_in_text (json_node_get_string (node)))
    return fail_secret (reader);

  return JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node)
         || check_others_below (reader, node);
}

static gboolean
keep_others (Reader *reader, const BaristaRecord *record, gpointer base, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      BaristaRecordHead *head = barista_record_head (record, base);
      gsize outside;

      if (barista_record_find (record, name) != NULL)
        continue;

      outside = enter (reader, name);
      if (!leave (reader, outside, check_other (reader, name, node)))
        return FALSE;
      if (head->others == NULL)
        head->others = json_object_new ();
      json_object_set_member (head->others, name, json_node_copy (node));
    }

  return TRUE;
}

static gboolean
read_record (Reader *reader, const BaristaRecord *record, gpointer base, JsonObject *object)
{
  return read_members (reader, record, base, object) && keep_others (reader, record, base, object);
}

/*
 * Fills the struct at @base, which is initialised and otherwise untouched, from @object. The first
 * member that is wrong ends it, with its line and path.
 */
gboolean
barista_record_read (const BaristaRecord *record,
                     gpointer base,
                     JsonObject *object,
                     const char *text,
                     gssize length,
                     GError **error)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  Reader reader = { .text = text, .length = length, .pointer = pointer, .error = error };

  return read_record (&reader, record, base, object);
}
