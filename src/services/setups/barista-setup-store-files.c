/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-store-private.h"

#include "barista-profile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROFILE_END ".barista"
#define NOTES_END ".notes.json"
#define MAX_NOTES_BYTES (64 * 1024)
/* A folder can hold anything: so many names are looked at, and of these so many of the newest are read.
 * Nobody scrolls through more. */
#define MAX_NAMES 10000
#define MAX_ENTRIES 500
/* Lines on what is wrong; the rest is counted. */
#define MAX_TROUBLES 5

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

gboolean
setup_is_id (const char *id)
{
  return *id != '\0' && *id != '.' && strlen (id) <= 200 && strchr (id, '/') == NULL
         && g_utf8_validate (id, -1, NULL);
}

static void
set_errno (GError **error, const char *path)
{
  int code = errno;
  g_autofree char *base = g_path_get_basename (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", base, g_strerror (code));
}

/* A file and nothing else: what lies there may be a pipe that never gives anything. */
static int
open_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    set_errno (error, path);
  else if (S_ISREG (status.st_mode))
    return fd;
  else
    {
      g_autofree char *base = g_path_get_basename (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("%s is not a file"), base);
    }

  if (fd >= 0)
    close (fd);
  return -1;
}

/* At most @limit bytes, and one that tells that there are more. */
static char *
read_bounded (const char *path, gsize limit, gsize *length, GError **error)
{
  int fd = open_file (path, error);
  g_autofree char *text = NULL;
  gssize n = 1;

  if (fd < 0)
    return NULL;

  text = g_malloc (limit + 2);
  for (*length = 0; n != 0 && *length <= limit; *length += n > 0 ? (gsize) n : 0)
    {
      n = read (fd, text + *length, limit + 1 - *length);
      if (n < 0 && errno != EINTR)
        {
          set_errno (error, path);
          close (fd);
          return NULL;
        }
    }
  close (fd);
  text[*length] = '\0';

  return g_realloc (g_steal_pointer (&text), *length + 1);
}

static gint64
changed_us (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 && S_ISREG (status.st_mode)
             ? status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000
             : 0;
}

SetupFiles *
setup_files_read (const char *folder, const char *id, GError **error)
{
  g_autoptr (SetupFiles) files = setup_files_new (id);
  g_autofree char *profile = path_of (folder, id, PROFILE_END);
  g_autofree char *notes = path_of (folder, id, NOTES_END);
  gsize length = 0;

  files->profile = read_bounded (profile, BARISTA_PROFILE_MAX_BYTES, &files->length, error);
  if (files->profile == NULL)
    return NULL;

  files->used_us = changed_us (profile);
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

/* When it was used, which is not always now. */
static void
set_changed_us (const char *path, gint64 us)
{
  const struct timespec times[] = {
    { .tv_nsec = UTIME_OMIT },
    { .tv_sec = us / G_USEC_PER_SEC, .tv_nsec = us % G_USEC_PER_SEC * 1000 },
  };

  utimensat (AT_FDCWD, path, times, 0);
}

char *
setup_files_sum (const SetupFiles *files)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) files->profile,
                                      files->length);
}

/* Whether @path has the content of that sum, or is absent, or is what @files would make it. By content:
 * what restores or syncs files changes their times too. */
static gboolean
is_as_known (const char *path, const SetupFiles *files, const char *known)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SetupFiles) there = setup_files_new (files->id);
  g_autofree char *sum = NULL;
  g_autofree char *own = NULL;

  there->profile = read_bounded (path, BARISTA_PROFILE_MAX_BYTES, &there->length, &error);
  if (there->profile == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  sum = setup_files_sum (there);
  own = setup_files_sum (files);
  return g_strcmp0 (sum, known) == 0 || g_str_equal (sum, own);
}

static gboolean
write_profile (const char *path, const SetupFiles *files, const char *known, GError **error)
{
  if (is_as_known (path, files, known))
    return write_file (path, files->profile, error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, "%s" PROFILE_END, files->id);
  return FALSE;
}

/* Between the look and the write no other process of ours writes. Where the file system has no locks
 * there is none: the gap is a moment. */
static int
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    flock (fd, LOCK_EX);
  return fd;
}

gboolean
setup_files_write (const char *folder, SetupFiles *files, const char *known, GError **error)
{
  g_autofree char *profile = path_of (folder, files->id, PROFILE_END);
  g_autofree char *notes = path_of (folder, files->id, NOTES_END);
  int lock;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return FALSE;
    }

  lock = lock_folder (folder);
  files->written = write_profile (profile, files, known, error);
  if (lock >= 0)
    close (lock);
  if (!files->written)
    return FALSE;
  if (files->used_us != 0)
    set_changed_us (profile, files->used_us);

  return files->notes == NULL || write_file (notes, files->notes, error);
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
  /* A folder's name need not be text. */
  if (value != NULL && g_utf8_validate (value, -1, NULL))
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
  add_member (object, "source", notes->source);

  return json_to_string (root, TRUE);
}

/* --- the whole folder --- */

typedef struct
{
  char *id;
  gint64 changed_us;
} Name;

static void
clear_name (gpointer data)
{
  g_free (((Name *) data)->id);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  gint64 time_a = ((const Name *) a)->changed_us;
  gint64 time_b = ((const Name *) b)->changed_us;

  return (time_a < time_b) - (time_a > time_b);
}

static GArray *
list_names (GDir *dir, const char *folder)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (Name));
  const char *file;

  g_array_set_clear_func (names, clear_name);
  while (names->len < MAX_NAMES && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *id = NULL;
      Name name;

      if (!g_str_has_suffix (file, PROFILE_END))
        continue;
      id = g_strndup (file, strlen (file) - strlen (PROFILE_END));
      if (!setup_is_id (id))
        continue;
      name.changed_us = changed_us (path);
      name.id = g_steal_pointer (&id);
      g_array_append_val (names, name);
    }

  g_array_sort (names, newest_first);
  return names;
}

static BaristaSetupEntry *
read_entry (const char *folder, const char *id, GError **error)
{
  g_autoptr (SetupFiles) files = setup_files_read (folder, id, error);
  g_autoptr (BaristaSetup) setup = NULL;
  BaristaSetupEntry *entry;

  if (files != NULL)
    setup = barista_profile_parse (files->profile, (gssize) files->length, folder, error);
  if (setup == NULL)
    return NULL;

  entry = setup_entry_new (id, files->used_us);
  setup_entry_take_setup (entry, setup);
  setup_entry_take_notes_text (entry, files->notes);
  return entry;
}

static char *
say_troubles (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (lines->len, MAX_TROUBLES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) lines->pdata[i]);
  if (lines->len > MAX_TROUBLES)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("and %u more", "and %u more", lines->len - MAX_TROUBLES),
                              lines->len - MAX_TROUBLES);
    }

  return g_string_free (text, lines->len == 0);
}

GPtrArray *
setup_entries_read (const char *folder, char **trouble, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) troubles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local);
  g_autoptr (GArray) names = NULL;

  *trouble = NULL;
  if (dir == NULL && g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&entries);
  if (dir == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  names = list_names (dir, folder);
  for (guint i = 0; i < MIN (names->len, MAX_ENTRIES); i++)
    {
      const char *id = g_array_index (names, Name, i).id;
      g_autoptr (GError) wrong = NULL;
      BaristaSetupEntry *entry = read_entry (folder, id, &wrong);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      else
        g_ptr_array_add (troubles, g_strdup_printf ("%s%s: %s", id, PROFILE_END, wrong->message));
    }

  *trouble = say_troubles (troubles);
  return g_steal_pointer (&entries);
}
