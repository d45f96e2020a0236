/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-setup-store.h"

G_BEGIN_DECLS

/* The files of one setup, as read or to be written. */
typedef struct
{
  char *id;
  char *profile;    /* content of ID.barista; NULL: there is none */
  gsize length;     /* its bytes */
  char *notes;      /* content of ID.notes.json; NULL: there is none */
  gint64 used_us;   /* when it was changed last; 0: now */
  gboolean written; /* the profile lies there, maybe without the notes */
} SetupFiles;

/* A file name and nothing else: no slash, no dot in front, text. */
gboolean setup_is_id (const char *id);

SetupFiles *setup_files_new (const char *id);
void setup_files_free (SetupFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SetupFiles, setup_files_free)

/* Blocking; for a worker thread. */
SetupFiles *setup_files_read (const char *folder, const char *id, GError **error);
/* @known: (nullable): sum of the profile that may be replaced; NULL: none may. What lies there else is
 * left alone: G_IO_ERROR_WRONG_ETAG. */
gboolean
setup_files_write (const char *folder, SetupFiles *files, const char *known, GError **error);
/* What tells one content of a profile from another. */
char *setup_files_sum (const SetupFiles *files);
void setup_files_delete (const char *folder, const char *id);

char *setup_notes_write (const BaristaSetupNotes *notes);

/* The newest entries of @folder, newest first; @trouble: what can't be read, a line each, or NULL. */
GPtrArray *setup_entries_read (const char *folder, char **trouble, GError **error);

BaristaSetupEntry *setup_entry_new (const char *id, gint64 used_us);
void setup_entry_take_setup (BaristaSetupEntry *self, BaristaSetup *setup);
void setup_entry_take_notes (BaristaSetupEntry *self, const BaristaSetupNotes *notes);
void setup_entry_take_notes_text (BaristaSetupEntry *self, const char *text);
/* All but its id and when it was used. */
void setup_entry_copy (BaristaSetupEntry *self, BaristaSetupEntry *from);
void setup_entry_set_source (BaristaSetupEntry *self, const char *source);
gint64 setup_entry_get_used_us (BaristaSetupEntry *self);
void setup_entry_set_used_us (BaristaSetupEntry *self, gint64 used_us);

struct _BaristaSetupStore
{
  GObject parent_instance;

  char *folder;
  GListStore *entries;
  GHashTable *removed; /* id -> SetupFiles, to be restored */
  char *trouble;
  guint refreshing; /* readings of the folder under way */

  /* Shared with the writer thread. */
  GMutex lock;
  GCond idle;
  GHashTable *pending; /* id -> SetupFiles; without a profile: to be deleted */
  GHashTable *known;   /* id -> sum of the profile that this store read or wrote there last */
  GHashTable *moved;   /* id -> id under which it was written, until the main thread knows */
  gboolean writing;
};

/* Its place in the list, or G_MAXUINT. */
guint setup_store_find (BaristaSetupStore *self, const char *id);
/* Its entry, moved to where one of @used_us belongs; made if there is none. */
BaristaSetupEntry *setup_store_touch (BaristaSetupStore *self, const char *id, gint64 used_us);
BaristaSetup *setup_store_parse (BaristaSetupStore *self, const SetupFiles *files, GError **error);
/* To be written, or to be deleted; takes @files. */
void setup_store_queue (BaristaSetupStore *self, SetupFiles *files);
/* @files: as read, by one that will write there */
void setup_store_set_known (BaristaSetupStore *self, const SetupFiles *files);
void setup_store_emit_moved (BaristaSetupStore *self, const char *from, const char *to);

G_END_DECLS
