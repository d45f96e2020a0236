/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that are read whole at most. */
#define BARISTA_FOLDER_MAX_FILE (64 * 1024 * 1024)

/**
 * BaristaFolderHook:
 * @operation: what is about to be done, such as "rename datasources/orders.datasource"
 * @data: the test's
 *
 * For tests: called before each system call that changes the disk.
 *
 * Returns: 0: go on; an errno value: fail with it; -1: the process is cut here: this call and all
 *   later ones do nothing
 */
typedef int (*BaristaFolderHook) (const char *operation, gpointer data);

/**
 * BaristaFolderIo:
 *
 * File operations below one folder. No link is followed below it, whatever its parts: each part of a
 * path is opened on its own, so that nothing outside the folder can be read or written.
 */
typedef struct
{
  int root; /* -1: the folder doesn't exist yet */
  char *path;
  BaristaFolderHook hook;
  gpointer hook_data;
  gboolean cut;
} BaristaFolderIo;

void barista_folder_io_init (BaristaFolderIo *self,
                             const char *path,
                             BaristaFolderHook hook,
                             gpointer hook_data);
void barista_folder_io_clear (BaristaFolderIo *self);
gboolean barista_folder_io_open (BaristaFolderIo *self, gboolean create, GError **error);
gboolean barista_folder_io_lock (BaristaFolderIo *self, GError **error);

gboolean barista_folder_path_is_safe (const char *path);
char *barista_folder_temp_path (const char *path);

gboolean
barista_folder_io_read (BaristaFolderIo *self, const char *path, GBytes **bytes, GError **error);
gboolean barista_folder_io_has_folder (BaristaFolderIo *self,
                                       const char *path,
                                       gboolean *exists,
                                       GError **error);
gboolean barista_folder_io_make_folder (BaristaFolderIo *self, const char *path, GError **error);
gboolean barista_folder_io_write (BaristaFolderIo *self,
                                  const char *path,
                                  GBytes *bytes,
                                  guint mode,
                                  GError **error);
gboolean
barista_folder_io_rename (BaristaFolderIo *self, const char *from, const char *to, GError **error);
gboolean
barista_folder_io_remove (BaristaFolderIo *self, const char *path, gboolean folder, GError **error);
gboolean barista_folder_io_sync_folder (BaristaFolderIo *self, const char *path, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaFolderIo, barista_folder_io_clear)

G_END_DECLS
