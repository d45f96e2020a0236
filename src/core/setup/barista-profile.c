/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-profile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-json.h"
#include "barista-setup-private.h"

G_DEFINE_QUARK (barista_profile_error, barista_profile_error)

static const BaristaJsonLimits limits = {
  .bytes = BARISTA_PROFILE_MAX_BYTES,
  .depth = 64,
  .elements = 100000,
};

/* Text that holds U+0000 is cut there by the JSON library: it would be another text, unnoticed. */
static gboolean
has_zero_escape (const char *text, gsize length)
{
  static const char zero[] = "u0000";

  for (gsize i = 0; i + 1 < length; i++)
    {
      if (text[i] != '\\')
        continue;
      i++; /* what the backslash escapes, maybe another one */
      if (length - i >= strlen (zero) && memcmp (text + i, zero, strlen (zero)) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_member_twice (const char *text, gsize length, GError **error)
{
  guint line = 1;
  g_autofree char *pointer = barista_json_find_twice (text, (gssize) length, &line);
  g_autofree char *path = pointer != NULL ? barista_member_path_shown (pointer) : NULL;

  if (path != NULL)
    g_set_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_MEMBER,
                 /* Translators: a line number, the path of a member in the file */
                 _ ("line %u: %s: this member stands here a second time"), line, path);
  return path != NULL;
}

static JsonNode *
parse_json (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) root = barista_json_parse (text, (gssize) length, &limits, &reason);

  if (root == NULL)
    {
      g_set_error_literal (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_SYNTAX,
                           reason->message);
      return NULL;
    }
  if (has_zero_escape (text, length))
    {
      g_set_error_literal (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_SYNTAX,
                           _ ("a text in it holds the character U+0000"));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_FORMAT,
                           _ ("line 1: this is not a setup of Barista"));
      return NULL;
    }

  if (has_member_twice (text, length, error))
    return NULL;

  return g_steal_pointer (&root);
}

/* Some editors put one in front of UTF-8; RFC 8259, 8.1, lets readers pass over it. */
static void
skip_byte_order_mark (const char **text, gsize *length)
{
  static const char mark[] = "\xef\xbb\xbf";

  if (*length < strlen (mark) || memcmp (*text, mark, strlen (mark)) != 0)
    return;

  *text += strlen (mark);
  *length -= strlen (mark);
}

/* A setup is about something: a task, a server, or at least a sink. */
static gboolean
says_something (BaristaAnswers *answers)
{
  const BaristaRecord *record = &barista_setup_record;

  return barista_record_is_stated (record, answers, &answers->task)
         || barista_record_is_stated (record, answers, &answers->server)
         || barista_record_is_stated (record, answers, &answers->sinks);
}

/* The path of the CA file goes into reports and profiles, which are JSON. What the text says is UTF-8,
 * the folder that it is relative to need not be. */
static gboolean
has_text_paths (BaristaSetup *setup, const char *text, gsize length, GError **error)
{
  const char *ca_file = barista_setup_get_ca_file (setup);

  if (ca_file == NULL || g_utf8_validate (ca_file, -1, NULL))
    return TRUE;

  g_set_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_MEMBER,
               /* Translators: a line number */
               _ ("line %u: server.ca_file: it lies in a folder whose name isn't UTF-8"),
               barista_json_line_of (text, (gssize) length, "/server/ca_file"));
  return FALSE;
}

/**
 * barista_profile_parse:
 * @text: a profile file's content
 * @length: its bytes, or -1 if a NUL ends it
 * @folder: (nullable): the file's folder, absolute: what a relative `ca_file` is relative to; both
 *   together must be UTF-8
 * @error: return location for a #BaristaProfileError
 *
 * Reads a setup. Members that aren't known are kept, and written again; a member that is wrong is
 * named with its line, a secret by its place alone. A byte order mark is passed over. Whether names and
 * addresses are good ones is not asked here: the check's first stage says that, with a remedy.
 *
 * Returns: (transfer full): the setup
 */
BaristaSetup *
barista_profile_parse (const char *text, gssize length, const char *folder, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (JsonNode) root = NULL;

  skip_byte_order_mark (&text, &size);
  root = parse_json (text, size, error);
  if (root == NULL
      || !barista_record_read (&barista_setup_record, &setup->answers, json_node_get_object (root),
                               text, (gssize) size, error))
    return NULL;
  if (!says_something (&setup->answers))
    {
      g_set_error_literal (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_MEMBER,
                           _ ("line 1: one of task, server and sinks is needed"));
      return NULL;
    }

  barista_setup_loaded (setup, folder);
  return has_text_paths (setup, text, size, error) ? g_steal_pointer (&setup) : NULL;
}

/**
 * barista_profile_write:
 * @setup: a setup
 *
 * Writes what the setup states, in one order, and nothing that is only proposed. A `ca_file` stands
 * there as it was stated, so a relative one holds for the same folder only.
 *
 * Returns: (transfer full): the profile file's content, which barista_profile_parse() takes
 */
char *
barista_profile_write (BaristaSetup *setup)
{
  g_autoptr (JsonObject) object = barista_record_write (&barista_setup_record, &setup->answers);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (!says_something (&setup->answers))
    json_object_set_object_member (object, "server", json_object_new ());

  root = json_node_init_object (json_node_alloc (), object);
  text = json_to_string (root, TRUE);
  if (strlen (text)
      >= BARISTA_PROFILE_MAX_BYTES) /* its indents alone must not make it unreadable */
    {
      g_free (text);
      text = json_to_string (root, FALSE);
    }
  return g_strconcat (text, "\n", NULL);
}
