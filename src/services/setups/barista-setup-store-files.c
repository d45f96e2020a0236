/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-store-private.h"

#include "barista-profile.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define PROFILE_END ".barista"
#define NOTES_END ".notes.json"
#define MAX_NOTES_BYTES (64 * 1024)
/* Beyond it the rest waits: nobody scrolls through more, and a folder can hold anything. */
#define MAX_ENTRIES 500

SetupFiles *
setup_files_new (const char *id)
{
  SetupFiles *self = g_new0 (SetupFiles, 1);

  self->id = g_strdup (id);
  return self;
}

void
setup_files_free (SetupFiles *self)
{
  g_free (self->id);
  g_free (self->profile);
  g_free (self->notes);
  g_free (self);
}

static char *
path_of (const char *folder, const char *id, const char *end)
{
  g_autofree char *name = g_strconcat (id, end, NULL);

  return g_build_filename (folder, name, NULL);
}

/* At most @limit bytes, and one that tells that there are more. */
static char *
read_bounded (const char *path, gsize limit, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;

  if (stream == NULL)
    return NULL;

  text = g_malloc (limit + 2);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, limit + 1, length, NULL, error))
    return NULL;
  text[*length] = '\0';

  return g_steal_pointer (&text);
}

SetupFiles *
setup_files_read (const char *folder, const char *id, GError **error)
{
  g_autoptr (SetupFiles) files = setup_files_new (id);
  g_autofree char *profile = path_of (folder, id, PROFILE_END);
  g_autofree char *notes = path_of (folder, id, NOTES_END);
  gsize length = 0;

  files->profile = read_bounded (profile, BARISTA_PROFILE_MAX_BYTES, &length, error);
  if (files->profile == NULL)
    return NULL;

  files->notes = read_bounded (notes, MAX_NOTES_BYTES, &length, NULL);
  return g_steal_pointer (&files);
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
setup_files_write (const char *folder, const SetupFiles *files, GError **error)
{
  g_autofree char *profile = path_of (folder, files->id, PROFILE_END);
  g_autofree char *notes = path_of (folder, files->id, NOTES_END);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return FALSE;
    }

  return (files->profile == NULL || write_file (profile, files->profile, error))
         && (files->notes == NULL || write_file (notes, files->notes, error));
}

void
setup_files_delete (const char *folder, const char *id)
{
  g_autofree char *profile = path_of (folder, id, PROFILE_END);
  g_autofree char *notes = path_of (folder, id, NOTES_END);

  g_unlink (profile);
  g_unlink (notes);
}

static void
add_member (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

char *
setup_notes_write (const BaristaSetupNotes *notes)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), NULL);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  add_member (object, "result", notes->result);
  add_member (object, "step", notes->step);
  add_member (object, "folder", notes->folder);

  return json_to_string (root, TRUE);
}

/* --- the whole folder --- */

static gint64
changed_us (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                  "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) time = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;

  return time != NULL ? g_date_time_to_unix_usec (time) : 0;
}

static BaristaSetupEntry *
read_entry (const char *folder, const char *id, GError **error)
{
  g_autofree char *path = path_of (folder, id, PROFILE_END);
  g_autoptr (SetupFiles) files = setup_files_read (folder, id, error);
  g_autoptr (BaristaSetup) setup = NULL;
  BaristaSetupEntry *entry;

  if (files != NULL)
    setup = barista_profile_parse (files->profile, -1, folder, error);
  if (setup == NULL)
    return NULL;

  entry = setup_entry_new (id, changed_us (path));
  setup_entry_take_setup (entry, setup);
  setup_entry_take_notes_text (entry, files->notes);
  return entry;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  gint64 time_a = setup_entry_get_used_us (*(BaristaSetupEntry **) a);
  gint64 time_b = setup_entry_get_used_us (*(BaristaSetupEntry **) b);

  return (time_a < time_b) - (time_a > time_b);
}

GPtrArray *
setup_entries_read (const char *folder, char **trouble, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) troubles = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local);
  const char *name;

  if (dir == NULL && !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  while (dir != NULL && entries->len < MAX_ENTRIES && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = NULL;
      g_autoptr (GError) wrong = NULL;
      BaristaSetupEntry *entry;

      if (*name == '.' || !g_str_has_suffix (name, PROFILE_END))
        continue;
      id = g_strndup (name, strlen (name) - strlen (PROFILE_END));
      entry = read_entry (folder, id, &wrong);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      else
        g_string_append_printf (troubles, "%s%s: %s", troubles->len > 0 ? "\n" : "", name,
                                wrong->message);
    }

  g_ptr_array_sort (entries, newest_first);
  *trouble = troubles->len > 0 ? g_string_free (g_steal_pointer (&troubles), FALSE) : NULL;
  return g_steal_pointer (&entries);
}
