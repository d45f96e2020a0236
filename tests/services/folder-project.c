/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-project.h"

#include "barista-profile.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

void
folder_project_init (FolderProject *self)
{
  g_autoptr (GError) error = NULL;

  self->root = g_dir_make_tmp ("barista-folder-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (self->root, "project", NULL);
  self->setup = barista_profile_parse (
      "{\"format\":\"barista-setup\",\"version\":1,\"task\":{\"name\":\"acmeCo/prod/tinybird\","
      "\"managed\":true,\"deletions\":\"cdc\"}}",
      -1, NULL, &error);
  g_assert_no_error (error);
  self->token = barista_secret_new ("s3cret-token", -1);
}

void
folder_remove_tree (const char *path)
{
  struct stat about;

  if (lstat (path, &about) != 0)
    return;
  if (S_ISDIR (about.st_mode))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *inner = g_build_filename (path, name, NULL);

          folder_remove_tree (inner);
        }
    }
  g_assert_cmpint (remove (path), ==, 0);
}

void
folder_project_clear (FolderProject *self)
{
  folder_remove_tree (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_object_unref (self->setup);
  g_object_unref (self->token);
}

void
folder_project_add (GPtrArray *artefacts, const char *path, const char *text)
{
  g_autoptr (GBytes) content = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  g_ptr_array_add (artefacts, barista_artefact_new (path, content, text != NULL ? 0644 : 0600));
}

GPtrArray *
folder_project_artefacts (guint version)
{
  GPtrArray *artefacts = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_artefact_free);

  folder_project_add (artefacts, "README.md", version == 1 ? "one\n" : "two\n");
  folder_project_add (artefacts, "estuary/tinybird.flow.yaml", "materializations: {}\n");
  folder_project_add (artefacts, "estuary/tinybird.config.yaml", NULL);
  folder_project_add (artefacts, "datasources/orders.datasource",
                      version == 1 ? "SCHEMA 1\n" : "SCHEMA 2\n");
  if (version == 2)
    folder_project_add (artefacts, "endpoints/orders.pipe", "NODE n\n");
  folder_project_add (artefacts, ".gitignore", ".tinyb\n*.config.yaml\n");
  return artefacts;
}

GPtrArray *
folder_project_plan (FolderProject *self, guint version)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) artefacts = folder_project_artefacts (version);
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  barista_folder_set_token (folder, self->setup, self->token);
  entries = barista_folder_plan (folder, artefacts, &error);
  g_assert_no_error (error);
  return entries;
}

gboolean
folder_project_save_hooked (FolderProject *self,
                            guint version,
                            gboolean force,
                            BaristaFolderHook hook,
                            gpointer data,
                            GError **error)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) entries = folder_project_plan (self, version);

  barista_folder_set_hook (folder, hook, data);
  return barista_folder_save (folder, entries, self->setup, self->token, force, error);
}

void
folder_project_save (FolderProject *self, guint version)
{
  g_autoptr (GError) error = NULL;

  folder_project_save_hooked (self, version, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
}

const char *
folder_status_of (GPtrArray *entries, const char *path)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaFolderEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->path, path))
        return barista_file_status_to_string (entry->status);
    }

  return NULL;
}

char *
folder_project_read (FolderProject *self, const char *path)
{
  g_autofree char *whole = g_build_filename (self->folder, path, NULL);
  char *text = NULL;

  g_file_get_contents (whole, &text, NULL, NULL);
  return text;
}

void
folder_project_write (FolderProject *self, const char *path, const char *text)
{
  g_autofree char *whole = g_build_filename (self->folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (whole);
  FILE *file;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  file = g_fopen (whole, "we");
  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
folder_project_assert (FolderProject *self, const char *path, const char *expected)
{
  g_autofree char *text = folder_project_read (self, path);

  g_assert_cmpstr (text, ==, expected);
}

guint
folder_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? folder_count_files (path) : 1;
    }
  return n;
}

void
folder_project_set_up (FolderProject *self, gconstpointer data)
{
  folder_project_init (self);
}

void
folder_project_tear_down (FolderProject *self, gconstpointer data)
{
  folder_project_clear (self);
}
