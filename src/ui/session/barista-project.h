/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-finding.h"
#include "barista-folder.h"
#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaProjectFile:
 *
 * A file that would be written, as it stands against the folder. It stays the same object as long as
 * the project has a file of its path; signal "changed": it says something else than before.
 */
#define BARISTA_TYPE_PROJECT_FILE (barista_project_file_get_type ())
G_DECLARE_FINAL_TYPE (BaristaProjectFile, barista_project_file, BARISTA, PROJECT_FILE, GObject)

BaristaProjectFile *barista_project_file_new (const BaristaFolderEntry *entry);
const char *barista_project_file_get_path (BaristaProjectFile *self);
BaristaFileStatus barista_project_file_get_status (BaristaProjectFile *self);
const char *barista_project_file_get_status_text (BaristaProjectFile *self); /* "New" */
/* The token file: neither text nor difference is shown. */
gboolean barista_project_file_get_secret (BaristaProjectFile *self);
char *barista_project_file_dup_text (BaristaProjectFile *self); /* "" of the token file */
char *barista_project_file_dup_diff (BaristaProjectFile *self); /* "" if there is none */
void barista_project_file_take (BaristaProjectFile *self, BaristaProjectFile *other);

/**
 * BaristaProjectNote:
 *
 * A finding about the project, as a list item: "message", "fix", and the step that it belongs to.
 */
#define BARISTA_TYPE_PROJECT_NOTE (barista_project_note_get_type ())
G_DECLARE_FINAL_TYPE (BaristaProjectNote, barista_project_note, BARISTA, PROJECT_NOTE, GObject)

const BaristaFinding *barista_project_note_get_finding (BaristaProjectNote *self);
BaristaProjectNote *barista_project_note_new (const BaristaFinding *finding);

/**
 * BaristaProject:
 *
 * The files of a session as they would be written now, against the chosen folder: a live
 * GListModel of #BaristaProjectFile. Files are made, compared and saved on a worker thread, once
 * for any number of changes that come together.
 *
 * Properties (read-only): "busy", "problem" (nullable: why nothing can be written: the place and a
 * way out), "notes" (GListModel of #BaristaProjectNote, the worst first), "commands" (what
 * barista_project_get_commands() and barista_project_get_form() give: notified with each pass).
 */
#define BARISTA_TYPE_PROJECT (barista_project_get_type ())
G_DECLARE_FINAL_TYPE (BaristaProject, barista_project, BARISTA, PROJECT, GObject)

BaristaProject *barista_project_new (BaristaSession *session);

gboolean barista_project_get_busy (BaristaProject *self);
const char *barista_project_get_problem (BaristaProject *self);
GListModel *barista_project_get_notes (BaristaProject *self);
/* What is run once the files are there, and the fields of the web form (Classic): BaristaCommand,
 * BaristaFormField; NULL until the files were made. */
GPtrArray *barista_project_get_commands (BaristaProject *self);
GPtrArray *barista_project_get_form (BaristaProject *self);
guint barista_project_count (BaristaProject *self, BaristaFileStatus status);
/* Files are made anew when it is looked at only. */
void barista_project_set_watched (BaristaProject *self, gboolean watched);
void barista_project_refresh (BaristaProject *self);

/* @force: also what isn't ours, after its difference was shown. Makes and compares once more
 * before it writes. %BARISTA_FOLDER_ERROR_FOREIGN: there is such a file. */
void barista_project_save_async (BaristaProject *self,
                                 gboolean force,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean barista_project_save_finish (BaristaProject *self, GAsyncResult *result, GError **error);

G_END_DECLS
