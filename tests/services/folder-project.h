/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-folder-private.h"

G_BEGIN_DECLS

/* A project folder that tests save to. */
typedef struct
{
  char *root;   /* a folder of our own */
  char *folder; /* the project folder in it, not made yet */
  BaristaSetup *setup;
  BaristaSecret *token;
} FolderProject;

void folder_project_init (FolderProject *self);
/* Removes the folders. */
void folder_project_clear (FolderProject *self);
/* The same, for g_test_add(). */
void folder_project_set_up (FolderProject *self, gconstpointer data);
void folder_project_tear_down (FolderProject *self, gconstpointer data);

/* Adds an artefact; @text: (nullable): NULL for the token file. */
void folder_project_add (GPtrArray *artefacts, const char *path, const char *text);
/* (transfer full): a first and a second version of the project; the token file in both */
GPtrArray *folder_project_artefacts (guint version);
/* (transfer full): what a save of @version would write */
GPtrArray *folder_project_plan (FolderProject *self, guint version);
gboolean folder_project_save_hooked (FolderProject *self,
                                     guint version,
                                     gboolean force,
                                     BaristaFolderHook hook,
                                     gpointer data,
                                     GError **error);
void folder_project_save (FolderProject *self, guint version);

/* NULL: not planned. */
const char *folder_status_of (GPtrArray *entries, const char *path);
/* (transfer full) (nullable): of a file in the project folder, NULL if there is none */
char *folder_project_read (FolderProject *self, const char *path);
void folder_project_write (FolderProject *self, const char *path, const char *text);
void folder_project_assert (FolderProject *self, const char *path, const char *expected);

/* Files in @folder and those below it. */
guint folder_count_files (const char *folder);
/* Links are removed, not followed. */
void folder_remove_tree (const char *path);

G_END_DECLS
