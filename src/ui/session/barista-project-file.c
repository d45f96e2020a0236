/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-project.h"

#include <glib/gi18n-lib.h>

/* --- files --- */

struct _BaristaProjectFile
{
  GObject parent_instance;

  char *path;
  BaristaFileStatus status;
  GBytes *content; /* NULL: the token file */
  GBytes *on_disk;
};

G_DEFINE_FINAL_TYPE (BaristaProjectFile, barista_project_file, G_TYPE_OBJECT)

static guint changed_signal;

static const char *const status_texts[] = {
  [BARISTA_FILE_NEW] = NC_ ("file", "New"),
  [BARISTA_FILE_CHANGED] = NC_ ("file", "Changed"),
  [BARISTA_FILE_SAME] = NC_ ("file", "As It Is"),
  [BARISTA_FILE_FOREIGN] = NC_ ("file", "Not Barista's"),
};

static void
barista_project_file_finalize (GObject *object)
{
  BaristaProjectFile *self = BARISTA_PROJECT_FILE (object);

  g_free (self->path);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->on_disk, g_bytes_unref);

  G_OBJECT_CLASS (barista_project_file_parent_class)->finalize (object);
}

static void
barista_project_file_class_init (BaristaProjectFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_project_file_finalize;
  changed_signal = g_signal_new ("changed", BARISTA_TYPE_PROJECT_FILE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_project_file_init (BaristaProjectFile *self)
{
}

/**
 * barista_project_file_new:
 * @entry: one file of a plan
 *
 * Returns: (transfer full): the file, as a list item
 */
BaristaProjectFile *
barista_project_file_new (const BaristaFolderEntry *entry)
{
  BaristaProjectFile *self = g_object_new (BARISTA_TYPE_PROJECT_FILE, NULL);

  self->path = g_strdup (entry->path != NULL ? entry->path : entry->artefact->path);
  self->status = entry->status;
  self->content = entry->artefact->content != NULL ? g_bytes_ref (entry->artefact->content) : NULL;
  self->on_disk = entry->on_disk != NULL ? g_bytes_ref (entry->on_disk) : NULL;
  return self;
}

const char *
barista_project_file_get_path (BaristaProjectFile *self)
{
  return self->path;
}

BaristaFileStatus
barista_project_file_get_status (BaristaProjectFile *self)
{
  return self->status;
}

const char *
barista_project_file_get_status_text (BaristaProjectFile *self)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "file", status_texts[self->status]);
}

gboolean
barista_project_file_get_secret (BaristaProjectFile *self)
{
  return self->content == NULL;
}

char *
barista_project_file_dup_text (BaristaProjectFile *self)
{
  gsize length = 0;
  const char *text = self->content != NULL ? g_bytes_get_data (self->content, &length) : "";

  return g_strndup (text, length);
}

char *
barista_project_file_dup_diff (BaristaProjectFile *self)
{
  BaristaArtefact artefact = { .path = self->path, .content = self->content };
  BaristaFolderEntry entry = { .artefact = &artefact,
                               .path = self->path,
                               .status = self->status,
                               .on_disk = self->on_disk };

  if (self->content == NULL || self->on_disk == NULL)
    return g_strdup ("");
  return barista_folder_entry_diff (&entry);
}

static gboolean
are_equal (GBytes *one, GBytes *other)
{
  return one == other || (one != NULL && other != NULL && g_bytes_equal (one, other));
}

static gboolean
replace_bytes (GBytes **bytes, GBytes *other)
{
  if (are_equal (*bytes, other))
    return FALSE;

  g_clear_pointer (bytes, g_bytes_unref);
  *bytes = other != NULL ? g_bytes_ref (other) : NULL;
  return TRUE;
}

/**
 * barista_project_file_take:
 * @self: a file
 * @other: the one of the same path as a later pass made it
 *
 * Becomes what @other is, and tells if that is something else.
 */
void
barista_project_file_take (BaristaProjectFile *self, BaristaProjectFile *other)
{
  gboolean changed = self->status != other->status;

  self->status = other->status;
  changed |= replace_bytes (&self->content, other->content);
  changed |= replace_bytes (&self->on_disk, other->on_disk);
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

/* --- notes --- */

struct _BaristaProjectNote
{
  GObject parent_instance;

  BaristaFinding *finding;
};

G_DEFINE_FINAL_TYPE (BaristaProjectNote, barista_project_note, G_TYPE_OBJECT)

static void
barista_project_note_finalize (GObject *object)
{
  barista_finding_free (BARISTA_PROJECT_NOTE (object)->finding);

  G_OBJECT_CLASS (barista_project_note_parent_class)->finalize (object);
}

static void
barista_project_note_class_init (BaristaProjectNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_project_note_finalize;
}

static void
barista_project_note_init (BaristaProjectNote *self)
{
}

BaristaProjectNote *
barista_project_note_new (const BaristaFinding *finding)
{
  BaristaProjectNote *self = g_object_new (BARISTA_TYPE_PROJECT_NOTE, NULL);

  self->finding = barista_finding_copy (finding);
  return self;
}

const BaristaFinding *
barista_project_note_get_finding (BaristaProjectNote *self)
{
  return self->finding;
}
