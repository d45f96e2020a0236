/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaTokenRows:
 *
 * The rows of a token: one to type or paste it in, and once it is at hand one that says how long it
 * is and where it is kept. What was typed goes to the session at once and out of the entry: no
 * widget holds a secret. Keeps itself alive as long as its rows are.
 */
#define BARISTA_TYPE_TOKEN_ROWS (barista_token_rows_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTokenRows, barista_token_rows, BARISTA, TOKEN_ROWS, GObject)

/* @registry: that of a registry with a sign-in of its own */
BaristaTokenRows *barista_token_rows_new (BaristaSession *session, gboolean registry);
/* Behind the rows that @group has. */
void barista_token_rows_add_to (BaristaTokenRows *self, AdwPreferencesGroup *group);
/* For a task that is still to be made: a button that makes a token. */
void barista_token_rows_offer_new (BaristaTokenRows *self);
void barista_token_rows_set_visible (BaristaTokenRows *self, gboolean visible);
void barista_token_rows_focus (BaristaTokenRows *self);
/* Says @text at the entry; NULL takes it away. */
void barista_token_rows_set_problem (BaristaTokenRows *self, const char *text);
/* Hands over what stands typed in the entry, as leaving it does. */
void barista_token_rows_commit (BaristaTokenRows *self);
/* Puts the token on the clipboard, marked as a secret for those who keep a history of it. */
void barista_token_copy (BaristaSession *session, GtkWidget *widget);

G_END_DECLS
