/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-folder-private.h"
#include "barista-profile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *root;   /* a folder of our own */
  char *folder; /* the project folder in it */
  BaristaSetup *setup;
  BaristaSecret *token;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
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

/* Links are removed, not followed. */
static void
remove_tree (const char *path)
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

          remove_tree (inner);
        }
    }
  g_assert_cmpint (remove (path), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  remove_tree (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_object_unref (self->setup);
  g_object_unref (self->token);
}

static void
add (GPtrArray *artefacts, const char *path, const char *text)
{
  g_autoptr (GBytes) content = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  g_ptr_array_add (artefacts, barista_artefact_new (path, content, text != NULL ? 0644 : 0600));
}

/* A project in a first and a second version; the token file in both. */
static GPtrArray *
make_artefacts (guint version)
{
  GPtrArray *artefacts = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_artefact_free);

  add (artefacts, "README.md", version == 1 ? "one\n" : "two\n");
  add (artefacts, "estuary/tinybird.flow.yaml", "materializations: {}\n");
  add (artefacts, "estuary/tinybird.config.yaml", NULL);
  add (artefacts, "datasources/orders.datasource", version == 1 ? "SCHEMA 1\n" : "SCHEMA 2\n");
  if (version == 2)
    add (artefacts, "endpoints/orders.pipe", "NODE n\n");
  add (artefacts, ".gitignore", ".tinyb\n*.config.yaml\n");
  return artefacts;
}

static GPtrArray *
plan (Fixture *self, guint version)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) artefacts = make_artefacts (version);
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  barista_folder_set_token (folder, self->setup, self->token);
  entries = barista_folder_plan (folder, artefacts, &error);
  g_assert_no_error (error);
  return entries;
}

static gboolean
save_hooked (Fixture *self,
             guint version,
             gboolean force,
             BaristaFolderHook hook,
             gpointer data,
             GError **error)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) entries = plan (self, version);

  barista_folder_set_hook (folder, hook, data);
  return barista_folder_save (folder, entries, self->setup, self->token, force, error);
}

static void
save (Fixture *self, guint version)
{
  g_autoptr (GError) error = NULL;

  save_hooked (self, version, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static const char *
status_of (GPtrArray *entries, const char *path)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaFolderEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->path, path))
        return barista_file_status_to_string (entry->status);
    }

  return NULL;
}

static char *
read_text (Fixture *self, const char *path)
{
  g_autofree char *whole = g_build_filename (self->folder, path, NULL);
  char *text = NULL;

  g_file_get_contents (whole, &text, NULL, NULL);
  return text;
}

static void
write_text (Fixture *self, const char *path, const char *text)
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

static void
assert_text (Fixture *self, const char *path, const char *expected)
{
  g_autofree char *text = read_text (self, path);

  g_assert_cmpstr (text, ==, expected);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

static void
test_save_and_again (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) first = plan (self, 1);
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *manifest = NULL;

  g_assert_cmpstr (status_of (first, "README.md"), ==, "new");
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));
  save (self, 1);
  assert_text (self, "datasources/orders.datasource", "SCHEMA 1\n");

  manifest = read_text (self, ".barista.json");
  g_assert_nonnull (strstr (manifest, "datasources/orders.datasource"));
  g_assert_null (strstr (manifest, "config.yaml"));

  second = plan (self, 1);
  for (guint i = 0; i < second->len; i++)
    g_assert_cmpint (((BaristaFolderEntry *) second->pdata[i])->status, ==, BARISTA_FILE_SAME);
  g_assert_cmpuint (count_files (self->folder), ==, second->len);
}

static void
test_change_and_foreign (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) foreign = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *diff = NULL;

  save (self, 1);
  changed = plan (self, 2);
  g_assert_cmpstr (status_of (changed, "datasources/orders.datasource"), ==, "changed");
  g_assert_cmpstr (status_of (changed, "endpoints/orders.pipe"), ==, "new");

  write_text (self, "datasources/orders.datasource", "SCHEMA mine\n");
  foreign = plan (self, 2);
  g_assert_cmpstr (status_of (foreign, "datasources/orders.datasource"), ==, "foreign");
  diff = barista_folder_entry_diff (foreign->pdata[3]);
  g_assert_nonnull (strstr (diff, "-SCHEMA mine\n+SCHEMA 2\n"));

  g_assert_false (save_hooked (self, 2, FALSE, NULL, NULL, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN);
  g_assert_nonnull (strstr (error->message, "datasources/orders.datasource"));
  assert_text (self, "README.md", "one\n");

  g_assert_true (save_hooked (self, 2, TRUE, NULL, NULL, NULL));
  assert_text (self, "datasources/orders.datasource", "SCHEMA 2\n");
}

static void
test_gitignore_and_readme (Fixture *self, gconstpointer data)
{
  write_text (self, ".gitignore", "build\n.tinyb");
  write_text (self, "README.md", "my own\n");
  save (self, 1);

  assert_text (self, ".gitignore", "build\n.tinyb\n*.config.yaml\n");
  assert_text (self, "README.md", "my own\n");
  assert_text (self, "README.barista.md", "one\n");
  save (self, 2);
  assert_text (self, ".gitignore", "build\n.tinyb\n*.config.yaml\n");
  assert_text (self, "README.barista.md", "two\n");
}

static void
test_token_file (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "estuary/tinybird.config.yaml", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GError) error = NULL;
  static const char content[]
      = "token: \"s3cret-token\"\nstrict_topic_names: false\ndeletions: cdc\n";
  struct stat about;

  save (self, 1);
  assert_text (self, "estuary/tinybird.config.yaml", content);
  g_assert_cmpint (stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);

  /* Without a token it stays. */
  entries = plan (self, 2);
  g_assert_true (barista_folder_save (folder, entries, self->setup, NULL, FALSE, &error));
  g_assert_no_error (error);
  assert_text (self, "estuary/tinybird.config.yaml", content);

  /* Another token is written; a file of another shape is somebody's work. */
  g_object_unref (self->token);
  self->token = barista_secret_new ("other", -1);
  g_ptr_array_unref (entries);
  entries = plan (self, 2);
  g_assert_cmpstr (status_of (entries, "estuary/tinybird.config.yaml"), ==, "changed");
  save (self, 2);
  write_text (self, "estuary/tinybird.config.yaml", "token_sops: x\nsops: {}\n");
  g_ptr_array_unref (entries);
  entries = plan (self, 2);
  g_assert_cmpstr (status_of (entries, "estuary/tinybird.config.yaml"), ==, "foreign");
}

static void
assert_unsafe (Fixture *self, const char *named)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) artefacts = make_artefacts (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_folder_plan (folder, artefacts, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_UNSAFE);
  g_assert_nonnull (strstr (error->message, named));
}

static void
test_things_in_the_way (Fixture *self, gconstpointer data)
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
  g_assert_cmpuint (count_files (outside), ==, 0);
}

typedef struct
{
  guint at; /* the operation that it happens at, from 0 */
  guint seen;
  int answer;
} Fault;

static int
fault_hook (const char *operation, gpointer data)
{
  Fault *fault = data;

  return fault->seen++ == fault->at ? fault->answer : 0;
}

/* Whole: the old project or the new one, with nothing left beside it. */
static guint
version_on_disk (Fixture *self)
{
  g_autofree char *readme = read_text (self, "README.md");
  guint version = g_strcmp0 (readme, "one\n") == 0 ? 1 : 2;
  g_autoptr (GPtrArray) entries = plan (self, version);

  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((BaristaFolderEntry *) entries->pdata[i])->status, ==, BARISTA_FILE_SAME);
  g_assert_cmpuint (count_files (self->folder), ==, entries->len);
  return version;
}

static void
start_with_version_one (Fixture *self)
{
  if (g_file_test (self->folder, G_FILE_TEST_EXISTS))
    remove_tree (self->folder);
  save (self, 1);
}

static void
test_cut_at_each_step (Fixture *self, gconstpointer data)
{
  guint old = 0, new = 0;

  for (guint at = 0;; at++)
    {
      Fault fault = { .at = at, .answer = -1 };
      g_autoptr (GPtrArray) entries = NULL;
      gboolean done;

      start_with_version_one (self);
      done = save_hooked (self, 2, FALSE, fault_hook, &fault, NULL);
      entries = plan (self, 2);
      if (version_on_disk (self) == 1)
        old++;
      else
        new ++;
      if (done)
        break;
    }

  g_test_message ("%u cuts undone, %u finished", old, new);
  g_assert_cmpuint (old, >, 10);
  g_assert_cmpuint (new, >, 5);
}

/* A recovery that is cut itself is taken up by the next one. */
static void
test_cut_while_recovering (Fixture *self, gconstpointer data)
{
  for (guint at = 3; at < 32; at += 5)
    for (guint again = 0; again < 9; again += 4)
      {
        Fault fault = { .at = at, .answer = -1 };
        Fault second = { .at = again, .answer = -1 };
        g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
        g_autoptr (GPtrArray) artefacts = make_artefacts (2);
        g_autoptr (GPtrArray) cut = NULL;
        g_autoptr (GPtrArray) entries = NULL;

        start_with_version_one (self);
        save_hooked (self, 2, FALSE, fault_hook, &fault, NULL);
        barista_folder_set_hook (folder, fault_hook, &second);
        cut = barista_folder_plan (folder, artefacts, NULL);
        entries = plan (self, 2);
        version_on_disk (self);
      }
}

static void
test_errors_leave_it_whole (Fixture *self, gconstpointer data)
{
  static const int codes[] = { ENOSPC, EROFS, EIO };

  for (guint at = 0;; at++)
    {
      Fault fault = { .at = at, .answer = codes[at % G_N_ELEMENTS (codes)] };
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GError) error = NULL;

      start_with_version_one (self);
      if (save_hooked (self, 2, FALSE, fault_hook, &fault, &error))
        break;
      g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO);
      g_assert_nonnull (strstr (error->message, self->folder));
      g_assert_nonnull (strstr (error->message, g_strerror (fault.answer)));
      g_assert_null (strstr (error->message, "barista-new"));
      entries = plan (self, 2);
      version_on_disk (self);
    }
}

/* A person who edits a file between the cut and the next start keeps the edit. */
static void
test_edit_after_cut (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  gboolean seen = FALSE;

  for (guint at = 0; at < 60 && !seen; at++)
    {
      Fault fault = { .at = at, .answer = -1 };
      g_autofree char *temp = NULL;
      g_autofree char *journal = NULL;

      start_with_version_one (self);
      save_hooked (self, 2, FALSE, fault_hook, &fault, NULL);
      temp = read_text (self, "datasources/.orders.datasource.barista-new");
      journal = read_text (self, ".barista.journal");
      seen = temp != NULL && journal != NULL && strstr (journal, "\"ready\"") != NULL;
    }

  g_assert_true (seen);
  write_text (self, "datasources/orders.datasource", "mine\n");
  entries = plan (self, 2);
  assert_text (self, "datasources/orders.datasource", "mine\n");
  assert_text (self, "README.md", "two\n");
  g_assert_cmpstr (status_of (entries, "datasources/orders.datasource"), ==, "foreign");
}

static void
test_hostile_journal (Fixture *self, gconstpointer data)
{
  static const char *const journals[] = {
    "",
    "[]",
    "{\"format\":\"barista-journal\",\"state\":\"ready\",\"folders\":[],\"files\":[{\"path\":"
    "\"../victim\",\"old\":null,\"new\":null}]}",
    "{\"format\":\"barista-journal\",\"state\":\"preparing\",\"folders\":[\"/tmp\"],\"files\":[]}",
    "{\"format\":\"barista-journal\",\"state\":\"ready\",\"folders\":[],\"files\":[{\"path\":1}]}",
  };
  g_autofree char *bait = g_build_filename (self->root, ".victim.barista-new", NULL);

  g_assert_true (g_file_set_contents (bait, "x", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
      g_autoptr (GPtrArray) artefacts = make_artefacts (1);
      g_autoptr (GError) error = NULL;

      write_text (self, ".barista.journal", journals[i]);
      g_assert_null (barista_folder_plan (folder, artefacts, &error));
      g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO);
    }
  g_assert_true (g_file_test (bait, G_FILE_TEST_EXISTS));
}

static void
test_two_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int other;

  save (self, 1);
  other = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (flock (other, LOCK_EX), ==, 0);
  g_assert_false (save_hooked (self, 2, FALSE, NULL, NULL, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO);
  assert_text (self, "README.md", "one\n");
  close (other);
  save (self, 2);
}

static void
test_manifest_of_others (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  save (self, 1);
  write_text (self, ".barista.json", "{\"files\":[{\"path\":\"../x\",\"sha256\":\"00\"},7]}");
  entries = plan (self, 2);
  g_assert_cmpstr (status_of (entries, ".barista.json"), ==, "foreign");
  g_assert_cmpstr (status_of (entries, "datasources/orders.datasource"), ==, "foreign");
  g_assert_false (save_hooked (self, 2, FALSE, NULL, NULL, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN);
}

/* The second version without what the setup has dropped since: the data source is of the other side. */
static GPtrArray *
find_stale (Fixture *self, BaristaOutputParts parts)
{
  g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
  g_autoptr (GPtrArray) artefacts = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_artefact_free);
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  add (artefacts, "README.md", "three\n");
  add (artefacts, "estuary/reference/tinybird.flow.yaml", "# Do not publish\n");
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
test_stale (Fixture *self, gconstpointer data)
{
  static const char *const flow[] = { "estuary/tinybird.flow.yaml", NULL };
  static const char *const tinybird[] = { ".gitignore", "datasources/orders.datasource",
                                          "endpoints/orders.pipe", NULL };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) fresh = plan (self, 1);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autoptr (GPtrArray) removed = NULL;
  g_autofree char *path = g_build_filename (self->folder, flow[0], NULL);

  barista_folder_find_stale (fresh, BARISTA_OUTPUT_ALL, none);
  g_assert_cmpuint (none->len, ==, 0);

  save (self, 2);
  first = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (first, flow);
  assert_text (self, flow[0], "materializations: {}\n");

  /* Said until it is gone, whatever became of it. */
  write_text (self, flow[0], "materializations: {} # mine\n");
  again = find_stale (self, BARISTA_OUTPUT_FLOW);
  assert_stale (again, flow);
  other = find_stale (self, BARISTA_OUTPUT_TINYBIRD);
  assert_stale (other, tinybird);

  g_assert_cmpint (g_unlink (path), ==, 0);
  removed = find_stale (self, BARISTA_OUTPUT_FLOW);
  g_assert_cmpuint (removed->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/folder/save", test_save_and_again },
    { "/folder/foreign", test_change_and_foreign },
    { "/folder/gitignore", test_gitignore_and_readme },
    { "/folder/token", test_token_file },
    { "/folder/in-the-way", test_things_in_the_way },
    { "/folder/cut", test_cut_at_each_step },
    { "/folder/cut-twice", test_cut_while_recovering },
    { "/folder/errors", test_errors_leave_it_whole },
    { "/folder/edit-after-cut", test_edit_after_cut },
    { "/folder/journal", test_hostile_journal },
    { "/folder/lock", test_two_at_once },
    { "/folder/manifest", test_manifest_of_others },
    { "/folder/stale", test_stale },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
