/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-dial.h"
#include "barista-look.h"

G_BEGIN_DECLS

/* A dial's own parts: barista-dial.c goes from stage to stage, with limits and second looks; -steps
 * does what each stage is for. */

typedef struct
{
  BaristaSetup *setup;
  BaristaSecret *password;
  GPtrArray *addresses;
  guint index; /* of the address under way */
  BaristaStage until;
  const BaristaDialWatch *watch;
  gpointer watch_data;

  GCancellable *outer; /* the caller's; nullable */
  gulong outer_id;
  GCancellable *deadline; /* nullable */
  gulong deadline_id;
  GCancellable *inner; /* of the operation under way */
  gboolean expired;    /* @inner was cancelled because time was up */

  BaristaConnection *connection;
  gulong resolved_id;
  GPtrArray *tried; /* what became of the servers before this one, as lines */

  BaristaStage stage;
  BaristaEvidence *evidence; /* of the stage under way */
  gint64 began, settled;     /* monotonic, microseconds */
  GSource *limit, *slow, *suspicion;
  BaristaStage suspected; /* the stage that an early look is for */
  BaristaLook seen;       /* what it told; NONE: nothing yet */
} Dial;

/* --- barista-dial.c --- */

Dial *dial_get (GTask *task);
const BaristaAddress *dial_get_address (Dial *dial);
void dial_drop_connection (Dial *dial);
/* A fresh inner cancellable for the next operation: one that is used up stays cancelled. */
void dial_renew_inner (Dial *dial);
/* The stage under way has its whole time again. */
void dial_renew_limit (Dial *dial);
void dial_begin_stage (Dial *dial, BaristaStage stage);
/* Hands the stage's evidence to who watches. */
void dial_tell_end (Dial *dial);
/* Ends the stage as @error has it; @error NULL is success. Takes over @task's reference. */
void dial_settle_stage (GTask *task, const GError *error);

/* --- barista-dial-steps.c; each takes over @task's reference --- */

/* Name and TCP are one operation of the connection; a further server starts in the stage where the
 * one before it failed, with the whole time of that stage. */
void dial_connect (GTask *task);
void dial_secure (GTask *task);
void dial_greet (GTask *task);
void dial_sign_in (GTask *task);

G_END_DECLS
