/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-project.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_save_and_again (FolderProject *self, gconstpointer data)
{
  g_autoptr (GPtrArray) first = folder_project_plan (self, 1);
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *manifest = NULL;

  g_assert_cmpstr (folder_status_of (first, "README.md"), ==, "new");
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));
  folder_project_save (self, 1);
  folder_project_assert (self, "datasources/orders.datasource", "SCHEMA 1\n");

  manifest = folder_project_read (self, ".barista.json");
  g_assert_nonnull (strstr (manifest, "datasources/orders.datasource"));
  g_assert_null (strstr (manifest, "config.yaml"));

  second = folder_project_plan (self, 1);
  for (guint i = 0; i < second->len; i++)
    g_assert_cmpint (((BaristaFolderEntry *) second->pdata[i])->status, ==, BARISTA_FILE_SAME);
  g_assert_cmpuint (folder_count_files (self->folder), ==, second->len);
}

static void
test_change_and_foreign (FolderProject *self, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) foreign = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *diff = NULL;

  folder_project_save (self, 1);
  changed = folder_project_plan (self, 2);
  g_assert_cmpstr (folder_status_of (changed, "datasources/orders.datasource"), ==, "changed");
  g_assert_cmpstr (folder_status_of (changed, "endpoints/orders.pipe"), ==, "new");

  folder_project_write (self, "datasources/orders.datasource", "SCHEMA mine\n");
  foreign = folder_project_plan (self, 2);
  g_assert_cmpstr (folder_status_of (foreign, "datasources/orders.datasource"), ==, "foreign");
  diff = barista_folder_entry_diff (foreign->pdata[3]);
  g_assert_nonnull (strstr (diff, "-SCHEMA mine\n+SCHEMA 2\n"));

  g_assert_false (folder_project_save_hooked (self, 2, FALSE, NULL, NULL, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN);
  g_assert_nonnull (strstr (error->message, "datasources/orders.datasource"));
  folder_project_assert (self, "README.md", "one\n");

  g_assert_true (folder_project_save_hooked (self, 2, TRUE, NULL, NULL, NULL));
  folder_project_assert (self, "datasources/orders.datasource", "SCHEMA 2\n");
}

static void
test_gitignore_and_readme (FolderProject *self, gconstpointer data)
{
  folder_project_write (self, ".gitignore", "build\n.tinyb");
  folder_project_write (self, "README.md", "my own\n");
  folder_project_save (self, 1);

  folder_project_assert (self, ".gitignore", "build\n.tinyb\n*.config.yaml\n");
  folder_project_assert (self, "README.md", "my own\n");
  folder_project_assert (self, "README.barista.md", "one\n");
  folder_project_save (self, 2);
  folder_project_assert (self, ".gitignore", "build\n.tinyb\n*.config.yaml\n");
  folder_project_assert (self, "README.barista.md", "two\n");
}

static void
test_token_file (FolderProject *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "estuary/tinybird.config.yaml", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GError) error = NULL;
  static const char content[]
      = "token: \"s3cret-token\"\nstrict_topic_names: false\ndeletions: cdc\n";
  struct stat about;

  folder_project_save (self, 1);
  folder_project_assert (self, "estuary/tinybird.config.yaml", content);
  g_assert_cmpint (stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);

  /* Without a token it stays. */
  entries = folder_project_plan (self, 2);
  g_assert_true (barista_folder_save (folder, entries, self->setup, NULL, FALSE, &error));
  g_assert_no_error (error);
  folder_project_assert (self, "estuary/tinybird.config.yaml", content);

  /* Another token is written; a file of another shape is somebody's work. */
  g_object_unref (self->token);
  self->token = barista_secret_new ("other", -1);
  g_ptr_array_unref (entries);
  entries = folder_project_plan (self, 2);
  g_assert_cmpstr (folder_status_of (entries, "estuary/tinybird.config.yaml"), ==, "changed");
  folder_project_save (self, 2);
  folder_project_write (self, "estuary/tinybird.config.yaml", "token_sops: x\nsops: {}\n");
  g_ptr_array_unref (entries);
  entries = folder_project_plan (self, 2);
  g_assert_cmpstr (folder_status_of (entries, "estuary/tinybird.config.yaml"), ==, "foreign");
}

static void
assert_unsafe (FolderProject *self, const char *named)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) artefacts = folder_project_artefacts (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_folder_plan (folder, artefacts, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_UNSAFE);
  g_assert_nonnull (strstr (error->message, named));
}

static void
test_things_in_the_way (FolderProject *self, gconstpointer data)
{
  g_autofree char *outside = g_build_filename (self->root, "outside", NULL);
  g_autofree char *source = g_build_filename (self->folder, "datasources", NULL);
  g_autofree char *file = g_build_filename (source, "orders.datasource", NULL);

  g_assert_cmpint (g_mkdir_with_parents (self->folder, 0755), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (outside, 0755), ==, 0);
  g_assert_cmpint (symlink (outside, source), ==, 0);
  assert_unsafe (self, "datasources");
  g_assert_cmpint (g_unlink (source), ==, 0);

  g_assert_cmpint (g_mkdir_with_parents (file, 0755), ==, 0);
  assert_unsafe (self, "orders.datasource");
  g_assert_cmpint (g_rmdir (file), ==, 0);

  g_assert_cmpint (symlink ("/dev/null", file), ==, 0);
  assert_unsafe (self, "orders.datasource");
  g_assert_cmpint (g_unlink (file), ==, 0);

  g_assert_cmpint (mkfifo (file, 0600), ==, 0);
  assert_unsafe (self, "orders.datasource");
  g_assert_cmpuint (folder_count_files (outside), ==, 0);
}

static void
test_two_at_once (FolderProject *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int other;

  folder_project_save (self, 1);
  other = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (flock (other, LOCK_EX), ==, 0);
  g_assert_false (folder_project_save_hooked (self, 2, FALSE, NULL, NULL, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO);
  folder_project_assert (self, "README.md", "one\n");
  close (other);
  folder_project_save (self, 2);
}

static void
test_manifest_of_others (FolderProject *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  folder_project_save (self, 1);
  folder_project_write (self, ".barista.json",
                        "{\"files\":[{\"path\":\"../x\",\"sha256\":\"00\"},7]}");
  entries = folder_project_plan (self, 2);
  g_assert_cmpstr (folder_status_of (entries, ".barista.json"), ==, "foreign");
  g_assert_cmpstr (folder_status_of (entries, "datasources/orders.datasource"), ==, "foreign");
  g_assert_false (folder_project_save_hooked (self, 2, FALSE, NULL, NULL, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN);
}

/* The second version without what the setup has dropped since: the data source is of the other side. */
static GPtrArray *
find_stale (FolderProject *self, BaristaOutputParts parts)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) artefacts = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_artefact_free);
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  folder_project_add (artefacts, "README.md", "three\n");
  folder_project_add (artefacts, "estuary/reference/tinybird.flow.yaml", "# Do not publish\n");
  entries = barista_folder_plan (folder, artefacts, &error);
  g_assert_no_error (error);
  barista_folder_find_stale (entries, parts, findings);
  barista_folder_save (folder, entries, self->setup, NULL, FALSE, &error);
  g_assert_no_error (error);
  return findings;
}

static void
assert_stale (GPtrArray *findings, const char *const *paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    {
      const BaristaFinding *finding;

      g_assert_cmpuint (i, <, findings->len);
      finding = findings->pdata[i];
      g_assert_cmpstr (finding->rule, ==, "stale-file");
      g_assert_cmpint (finding->level, ==, BARISTA_LEVEL_WARNING);
      g_assert_cmpstr (finding->file, ==, paths[i]);
      g_assert_nonnull (strstr (finding->message, paths[i]));
      g_assert_nonnull (strstr (finding->fix, paths[i]));
    }
  g_assert_cmpuint (findings->len, ==, g_strv_length ((char **) paths));
}

static void
test_stale (FolderProject *self, gconstpointer data)
{
  static const char *const flow[] = { "estuary/tinybird.flow.yaml", NULL };
  static const char *const tinybird[] = { ".gitignore", "datasources/orders.datasource",
                                          "endpoints/orders.pipe", NULL };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) fresh = folder_project_plan (self, 1);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autoptr (GPtrArray) removed = NULL;
  g_autofree char *path = g_build_filename (self->folder, flow[0], NULL);
  g_autofree char *config = g_build_filename (self->folder, "estuary/tinybird.config.yaml", NULL);

  barista_folder_find_stale (fresh, BARISTA_OUTPUT_ALL, none);
  g_assert_cmpuint (none->len, ==, 0);

  folder_project_save (self, 2);
  g_assert_cmpint (g_unlink (config), ==, 0);
  first = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (first, flow);
  folder_project_assert (self, flow[0], "materializations: {}\n");

  /* Said until it is gone, whatever became of it. */
  folder_project_write (self, flow[0], "materializations: {} # mine\n");
  again = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (again, flow);
  other = find_stale (self, BARISTA_OUTPUT_TINYBIRD);
  assert_stale (other, tinybird);

  g_assert_cmpint (g_unlink (path), ==, 0);
  removed = find_stale (self, BARISTA_OUTPUT_FLOW);
  g_assert_cmpuint (removed->len, ==, 0);
}

/* A token that was written for an earlier setup is told, also when only its Flow file was removed. */
static void
test_stale_token (FolderProject *self, gconstpointer data)
{
  static const char *const both[] = { "estuary/tinybird.flow.yaml", "estuary/tinybird.config.yaml",
                                      NULL };
  static const char *const token[] = { "estuary/tinybird.config.yaml", NULL };
  g_autofree char *flow = g_build_filename (self->folder, both[0], NULL);
  g_autofree char *config = g_build_filename (self->folder, token[0], NULL);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) sealed = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autoptr (GPtrArray) gone = NULL;

  folder_project_save (self, 2);
  first = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (first, both);
  g_assert_cmpint (g_unlink (flow), ==, 0);
  second = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (second, token);
  third = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (third, token);

  /* What isn't of our shape is somebody's work. */
  folder_project_write (self, token[0], "token_sops: ENC[x]\n");
  sealed = find_stale (self, BARISTA_OUTPUT_FLOW);
  g_assert_cmpuint (sealed->len, ==, 0);
  g_assert_cmpint (g_unlink (config), ==, 0);
  gone = find_stale (self, BARISTA_OUTPUT_FLOW);
  g_assert_cmpuint (gone->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FolderProject *self, gconstpointer data);
  } tests[] = {
    { "/folder/save", test_save_and_again },
    { "/folder/foreign", test_change_and_foreign },
    { "/folder/gitignore", test_gitignore_and_readme },
    { "/folder/token", test_token_file },
    { "/folder/in-the-way", test_things_in_the_way },
    { "/folder/lock", test_two_at_once },
    { "/folder/manifest", test_manifest_of_others },
    { "/folder/stale", test_stale },
    { "/folder/stale-token", test_stale_token },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FolderProject, NULL, folder_project_set_up, tests[i].test,
                folder_project_tear_down);
  return g_test_run ();
}
