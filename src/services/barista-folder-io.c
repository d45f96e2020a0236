/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-folder-io.h"

#include "barista-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMP_ENDING ".barista-new"

void
barista_folder_io_init (BaristaFolderIo *self,
                        const char *path,
                        BaristaFolderHook hook,
                        gpointer hook_data)
{
  *self = (BaristaFolderIo) {
    .root = -1,
    .path = g_strdup (path),
    .hook = hook,
    .hook_data = hook_data,
  };
}

void
barista_folder_io_clear (BaristaFolderIo *self)
{
  if (self->root >= 0)
    close (self->root);
  self->root = -1;
  g_clear_pointer (&self->path, g_free);
}

/* What a person knows it by: the file behind a temporary name, the folder behind its journal. @path:
 * within the folder, or the folder's own one. */
static char *
shown_path (const BaristaFolderIo *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *parent = g_path_get_dirname (path);

  if (path == self->path || *path == '\0' || strstr (name, ".barista.journal") != NULL)
    return g_strdup (self->path);
  if (*name == '.' && g_str_has_suffix (name, TEMP_ENDING))
    {
      g_autofree char *real = g_strndup (name + 1, strlen (name) - 1 - strlen (TEMP_ENDING));

      return g_str_equal (parent, ".") ? g_build_filename (self->path, real, NULL)
                                       : g_build_filename (self->path, parent, real, NULL);
    }
  return g_build_filename (self->path, path, NULL);
}

static gboolean
fail (const BaristaFolderIo *self, const char *path, int code, GError **error)
{
  gboolean unsafe = code == ELOOP || code == ENOTDIR || code == EISDIR || code == ENXIO;
  g_autofree char *shown = shown_path (self, path);

  if (unsafe)
    g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_UNSAFE,
                 _ ("%s: a symbolic link, a folder or a device stands there. Move it away."),
                 shown);
  else
    g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO, "%s: %s", shown,
                 g_strerror (code));
  return FALSE;
}

/* Asks the test's hook; FALSE: errno says why the operation is not to be done. */
static gboolean
may (BaristaFolderIo *self, const char *operation, const char *path)
{
  g_autofree char *text = NULL;
  int answer;

  if (self->cut)
    {
      errno = EOWNERDEAD;
      return FALSE;
    }
  if (self->hook == NULL)
    return TRUE;

  text = g_strdup_printf ("%s %s", operation, path);
  answer = self->hook (text, self->hook_data);
  self->cut = answer < 0;
  errno = answer < 0 ? EOWNERDEAD : answer;
  return answer == 0;
}

/**
 * barista_folder_path_is_safe:
 * @path: a path inside a project folder
 *
 * Returns: whether it is relative, has no empty, `.` or `..` part, and no more than eight
 */
gboolean
barista_folder_path_is_safe (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 9);
  guint n = g_strv_length (parts);

  if (n == 0 || n > 8 || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (*parts[i] == '\0' || g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
      return FALSE;

  return TRUE;
}

/* Beside its place, so that a rename stays within one file system. */
char *
barista_folder_temp_path (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;

  return g_strdup_printf ("%.*s.%s" TEMP_ENDING, (int) (name - path), path, name);
}

/**
 * barista_folder_io_open:
 * @self: the folder
 * @create: make it if it isn't there
 * @error: return location
 *
 * Opens the folder itself; here links are followed, it is the person's own choice.
 *
 * Returns: %FALSE if that failed; a missing folder is fine, and @self->root then -1
 */
gboolean
barista_folder_io_open (BaristaFolderIo *self, gboolean create, GError **error)
{
  self->root = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->root >= 0)
    return TRUE;
  if (errno != ENOENT)
    return fail (self, self->path, errno, error);
  if (!create)
    return TRUE;

  if (!may (self, "mkdir", self->path) || g_mkdir_with_parents (self->path, 0777) != 0)
    return fail (self, self->path, errno, error);
  self->root = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return self->root >= 0 || fail (self, self->path, errno, error);
}

/* Two programs must not save into one folder at once. The lock goes with the descriptor. */
gboolean
barista_folder_io_lock (BaristaFolderIo *self, GError **error)
{
  if (flock (self->root, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return fail (self, self->path, errno, error);

  g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO,
               _ ("%s: Barista is saving there already. Try again."), self->path);
  return FALSE;
}

/* The folder that @path lies in, opened part by part; -1: errno says why not. */
static int
open_parent (BaristaFolderIo *self, const char *path, const char **name)
{
  g_auto (GStrv) parts = NULL;
  int folder;

  *name = strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path;
  if (self->root < 0)
    {
      errno = ENOENT;
      return -1;
    }
  if (!barista_folder_path_is_safe (path))
    {
      errno = ELOOP;
      return -1;
    }

  parts = g_strsplit (path, "/", -1);
  folder = fcntl (self->root, F_DUPFD_CLOEXEC, 0);
  for (guint i = 0; folder >= 0 && parts[i + 1] != NULL; i++)
    {
      int next = openat (folder, parts[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      int code = errno;

      close (folder);
      folder = next;
      errno = code;
    }

  return folder;
}

static GBytes *
read_all (int file, gsize size)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize length = 0;

  while (length < size)
    {
      ssize_t n = read (file, data + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      length += (gsize) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static gboolean
read_file (const BaristaFolderIo *self, int file, const char *path, GBytes **bytes, GError **error)
{
  struct stat about;

  if (fstat (file, &about) != 0)
    return fail (self, path, errno, error);
  if (!S_ISREG (about.st_mode))
    return fail (self, path, EISDIR, error);
  if (about.st_size > BARISTA_FOLDER_MAX_FILE)
    return fail (self, path, EFBIG, error);

  *bytes = read_all (file, (gsize) about.st_size);
  return *bytes != NULL || fail (self, path, errno, error);
}

/**
 * barista_folder_io_read:
 * @self: the folder
 * @path: inside it
 * @bytes: (out) (nullable): the content; %NULL: there is no such file
 * @error: return location
 *
 * Returns: %FALSE if something else than a plain file stands there, or reading failed
 */
gboolean
barista_folder_io_read (BaristaFolderIo *self, const char *path, GBytes **bytes, GError **error)
{
  const char *name;
  int folder = open_parent (self, path, &name);
  int file = -1;
  gboolean ok;

  *bytes = NULL;
  if (folder >= 0)
    {
      /* A named pipe in the way must not make us wait. */
      file = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
      if (file < 0)
        {
          int code = errno;

          close (folder);
          errno = code;
        }
    }
  if (file < 0)
    return errno == ENOENT || fail (self, path, errno, error);

  ok = read_file (self, file, path, bytes, error);
  close (file);
  close (folder);
  return ok;
}

/**
 * barista_folder_io_has_folder:
 * @self: the folder
 * @path: of a folder inside it
 * @exists: (out): whether it is there
 * @error: return location
 *
 * Returns: %FALSE if something else stands there
 */
gboolean
barista_folder_io_has_folder (BaristaFolderIo *self,
                              const char *path,
                              gboolean *exists,
                              GError **error)
{
  const char *name;
  int folder = open_parent (self, path, &name);
  int inner = -1;
  int code = errno;

  if (folder >= 0)
    {
      inner = openat (folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      code = errno;
      close (folder);
    }

  *exists = inner >= 0;
  if (inner >= 0)
    close (inner);
  return inner >= 0 || code == ENOENT || fail (self, path, code, error);
}

/* Opens the folder in which something is to be changed; -1: not, and why. */
static int
begin (BaristaFolderIo *self,
       const char *operation,
       const char *path,
       const char **name,
       GError **error)
{
  int folder = open_parent (self, path, name);
  int code;

  if (folder >= 0 && may (self, operation, path))
    return folder;

  code = errno;
  if (folder >= 0)
    close (folder);
  fail (self, path, code, error);
  return -1;
}

/* @result: of a system call, with errno as it left it */
static gboolean
finish (const BaristaFolderIo *self, int folder, int result, const char *path, GError **error)
{
  int code = errno;

  close (folder);
  return result == 0 || fail (self, path, code, error);
}

gboolean
barista_folder_io_make_folder (BaristaFolderIo *self, const char *path, GError **error)
{
  const char *name;
  int folder = begin (self, "mkdir", path, &name, error);

  return folder >= 0 && finish (self, folder, mkdirat (folder, name, 0777), path, error);
}

gboolean
barista_folder_io_remove (BaristaFolderIo *self,
                          const char *path,
                          gboolean is_folder,
                          GError **error)
{
  const char *name;
  int folder = begin (self, is_folder ? "rmdir" : "unlink", path, &name, error);

  return folder >= 0
         && finish (self, folder, unlinkat (folder, name, is_folder ? AT_REMOVEDIR : 0), path,
                    error);
}

/* Both paths lie in the same folder. */
gboolean
barista_folder_io_rename (BaristaFolderIo *self, const char *from, const char *to, GError **error)
{
  const char *slash = strrchr (from, '/');
  const char *name;
  int folder = begin (self, "rename", to, &name, error);

  return folder >= 0
         && finish (self, folder, renameat (folder, slash != NULL ? slash + 1 : from, folder, name),
                    to, error);
}

/* @path: a folder, or "" for the project folder itself */
gboolean
barista_folder_io_sync_folder (BaristaFolderIo *self, const char *path, GError **error)
{
  g_autofree char *inside = g_strconcat (path, *path != '\0' ? "/x" : "x", NULL);
  const char *name;
  int folder = begin (self, "sync", inside, &name, error);

  return folder >= 0 && finish (self, folder, fsync (folder), path, error);
}

static int
write_all (int file, GBytes *bytes)
{
  gsize left;
  const guint8 *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      ssize_t n = write (file, data, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      data += n;
      left -= (gsize) n;
    }

  return fsync (file);
}

static int
create_file (BaristaFolderIo *self,
             int folder,
             const char *name,
             const char *path,
             GBytes *bytes,
             guint mode)
{
  int file = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  int result = -1;
  int code;

  if (file < 0)
    return -1;
  if (may (self, "write", path))
    result = write_all (file, bytes);
  code = errno;
  if (close (file) != 0 && result == 0)
    {
      code = errno;
      result = -1;
    }
  errno = code;
  return result;
}

/**
 * barista_folder_io_write:
 * @self: the folder
 * @path: of a file that doesn't exist yet
 * @bytes: its content
 * @mode: its permissions from the start
 * @error: return location
 *
 * Makes a file and waits until it is on the disk.
 */
gboolean
barista_folder_io_write (BaristaFolderIo *self,
                         const char *path,
                         GBytes *bytes,
                         guint mode,
                         GError **error)
{
  const char *name;
  int folder = begin (self, "create", path, &name, error);

  return folder >= 0
         && finish (self, folder, create_file (self, folder, name, path, bytes, mode), path, error);
}
