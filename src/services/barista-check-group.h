/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check-private.h"

G_BEGIN_DECLS

/* The group stage's own parts: barista-check-group.c finds the coordinator and asks what was
 * committed, -join joins a throw-away group. */

typedef struct
{
  char *group;
  char *throw_away;  /* nullable: the group to join and leave again (--join) */
  char *member;      /* nullable: our id in it */
  gboolean together; /* it is joined with all probed topics */
  gint64 give_up;    /* monotonic */
  guint tries;
  BaristaConnection *coordinator; /* the check's own, or one to another broker */
} CheckGroup;

/* Of the throw-away group once there is one; goes on with check_join() then. */
void check_find_coordinator (CheckStage *stage);
void check_start_join (CheckStage *stage);
void check_join (CheckStage *stage);
/* Waits where the coordinator is only not ready yet, else ends the stage with @code. */
void check_settle_code (CheckStage *stage, gint16 code);
void check_forget_refusal (CheckStage *stage);
void check_fail_group (CheckStage *stage, const GError *error);
void check_end_group (CheckStage *stage);

G_END_DECLS
