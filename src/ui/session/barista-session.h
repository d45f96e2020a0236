/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check.h"
#include "barista-output.h"
#include "barista-practice.h"
#include "barista-setup-store.h"
#include "barista-steps.h"
#include "barista-table.h"

G_BEGIN_DECLS

/**
 * BaristaTokenState:
 *
 * Where the token of the sign-in is, and what the keyring said.
 */
typedef enum
{
  BARISTA_TOKEN_NONE,       /* none at hand */
  BARISTA_TOKEN_LOOKING,    /* the keyring is being asked */
  BARISTA_TOKEN_TYPED,      /* at hand, and to be kept once a sign-in is accepted */
  BARISTA_TOKEN_KEPT,       /* at hand, and in the keyring */
  BARISTA_TOKEN_THIS_RUN,   /* at hand for this run only: the person's choice */
  BARISTA_TOKEN_NO_KEYRING, /* at hand for this run only, or none: there is no keyring */
  BARISTA_TOKEN_LOCKED,     /* the same: it is locked, or its prompt was dismissed */
} BaristaTokenState;

#define BARISTA_TYPE_TOKEN_STATE (barista_token_state_get_type ())
GType barista_token_state_get_type (void);

/**
 * BaristaSession:
 *
 * What one window works on: a setup, its secrets, the check of it, and all that follows from both
 * (probes, tables, step states, artefacts). The only way between the pages: a page changes the
 * setup and reads the session; pages don't know each other. No GTK in it.
 *
 * It watches the setup: a changed answer of the connection starts a check 300 ms later (a running
 * one is cancelled; while the address of a server or registry is being typed it stops before the
 * sign-in, until the entry or step is left or barista_session_check_now()); a changed topic makes its table anew; a changed
 * answer is saved by itself. While `task-not-published` is all that is wrong it asks again every 10 s.
 *
 * Properties (read-only unless said otherwise, all notify): "setup", "practice" (boolean),
 * "checking" (boolean), "activity" (what the check does: "Signing in, 6 s"; NULL while idle),
 * "report" (BaristaReport or NULL), "token-state", "keep-token" (boolean, read-write, default TRUE),
 * "step" (BaristaStep, read-write: the page that is shown), "folder" (string, read-write: the
 * project folder), "saved" (boolean), "offline" (boolean).
 *
 * Signals: "steps-changed" (states or stages may be others), "table-changed" (topic name: its table,
 * columns or names are others), "probe-changed" (topic name: schemas or sample came).
 *
 * What a check does is told once for each turn of the main loop, however many stages began or ended
 * in it: the stages, the activity, then "steps-changed". Who asks for stages before that gets them as
 * they are.
 */
#define BARISTA_TYPE_SESSION (barista_session_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSession, barista_session, BARISTA, SESSION, GObject)

BaristaSession *barista_session_new (BaristaSetup *setup);
/* Starts the practice Dekaf and a setup for it; it is stopped when the session goes. */
void barista_session_new_practice_async (GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
BaristaSession *barista_session_new_practice_finish (GAsyncResult *result, GError **error);
/* The same with one that runs already (faults, other data). */
BaristaSession *barista_session_new_for_practice (BaristaPractice *practice, GError **error);

/* From now on it saves itself under @id, and tells the store its result, step and folder. */
void barista_session_set_store (BaristaSession *self, BaristaSetupStore *store, const char *id);
const char *barista_session_get_id (BaristaSession *self); /* NULL: not kept */
void barista_session_save_now (BaristaSession *self);
void barista_session_flush (BaristaSession *self);

BaristaSetup *barista_session_get_setup (BaristaSession *self);
gboolean barista_session_get_practice (BaristaSession *self);
/* NULL unless this is the practice task. */
BaristaPractice *barista_session_get_practice_server (BaristaSession *self);

/* --- secrets --- */

BaristaSecret *barista_session_get_token (BaristaSession *self); /* nullable */
/* As pasted: blanks and quotes around it are taken off. Gives how many characters are left, 0 if it
 * is empty, too long or not text; then the token is as it was. Starts a check. */
guint barista_session_set_token (BaristaSession *self, const char *text);
guint barista_session_set_registry_token (BaristaSession *self, const char *text);
gboolean barista_session_has_registry_token (BaristaSession *self);
void barista_session_forget_token (BaristaSession *self); /* here and in the keyring */
/* The keyring was locked: asks to unlock it again, and goes on with what it did not do. */
void barista_session_unlock_keyring (BaristaSession *self);
BaristaTokenState barista_session_get_token_state (BaristaSession *self);

/* --- the check --- */

void barista_session_check_now (BaristaSession *self); /* without the 300 ms */
void barista_session_settle_address (BaristaSession *self);
void barista_session_cancel_check (BaristaSession *self);
gboolean barista_session_get_checking (BaristaSession *self);
const char *barista_session_get_activity (BaristaSession *self);
BaristaReport *barista_session_get_report (BaristaSession *self); /* NULL before the first */
/* BaristaStageReport as they stand: those of the last check, and of each topic those of the last look
 * at it. The same model for the session's life. */
GListModel *barista_session_get_stages (BaristaSession *self);
/* The stage of the last check; @topic NULL for those that aren't of a topic; NULL if there is none. */
BaristaStageReport *barista_session_find_stage (BaristaSession *self,
                                                BaristaService service,
                                                BaristaStage stage,
                                                const char *topic);
/* Whether @stage is about what was answered: a topic that isn't chosen is nobody's trouble. */
gboolean barista_session_concerns (BaristaSession *self, BaristaStageReport *stage);
/* The failed (or waiting) stage whose home @step is; NULL if none. With several topics the first. */
BaristaStageReport *barista_session_find_failure (BaristaSession *self, BaristaStep step);

/* --- topics and their tables --- */

/* What is known of a topic: schemas and sample; kept over checks until the connection's answers
 * change. NULL until it was probed. */
const BaristaProbe *barista_session_find_probe (BaristaSession *self, const char *topic);
/* Its table, the last one that was made; NULL until it was probed and its first one is there. A
 * change of its choice or schema makes another one on a thread: "table-changed" tells when. */
BaristaTable *barista_session_get_table (BaristaSession *self, const char *topic);
GPtrArray *barista_session_dup_tables (BaristaSession *self);
/* Whether tables are on their way. */
gboolean barista_session_get_making_tables (BaristaSession *self);

/* --- undo of what was changed in the setup --- */

/* Everything until end is one entry of the undo list, under a translated name ("Change Type"). */
void barista_session_begin_change (BaristaSession *self, const char *name);
void barista_session_end_change (BaristaSession *self);
const char *barista_session_get_undo_name (BaristaSession *self); /* NULL: nothing to undo */
const char *barista_session_get_redo_name (BaristaSession *self);
void barista_session_undo (BaristaSession *self);
void barista_session_redo (BaristaSession *self);

/* --- steps --- */

const BaristaStepInfo *barista_session_get_step_info (BaristaSession *self, BaristaStep step);
BaristaStep barista_session_get_next_step (BaristaSession *self);
BaristaStep barista_session_get_back_step (BaristaSession *self);

BaristaStep barista_session_get_step (BaristaSession *self);
void barista_session_set_step (BaristaSession *self, BaristaStep step);

/* --- artefacts --- */

const char *barista_session_get_folder (BaristaSession *self); /* NULL: none chosen */
void barista_session_set_folder (BaristaSession *self, const char *folder);
gboolean barista_session_get_saved (BaristaSession *self);
/* The project was saved in its folder as it is now. */
void barista_session_mark_saved (BaristaSession *self);
gboolean barista_session_get_offline (BaristaSession *self);
gboolean barista_session_get_keep_token (BaristaSession *self);
void barista_session_set_keep_token (BaristaSession *self, gboolean keep);

/* The setup as the artefacts have it: for barista_folder_save(). */
BaristaSetup *barista_session_copy_for_artefacts (BaristaSession *self);
/* Every file of the project as it stands; as barista_output_generate(), on a thread. For the practice
 * task they name Dekaf's default addresses, as those of the command line do. */
void barista_session_make_artefacts_async (BaristaSession *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GPtrArray *
barista_session_make_artefacts_finish (BaristaSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
