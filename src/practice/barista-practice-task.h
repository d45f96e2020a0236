/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-catalog.h"
#include "barista-practice-group-members.h"
#include "barista-practice-groups.h"
#include "barista-practice-scenarios.h"

G_BEGIN_DECLS

#define BARISTA_PRACTICE_TASK_NAME "acmeCo/practice/tinybird"
/* The one that scenarios about a topic concern: the first that a check looks at. */
#define BARISTA_PRACTICE_FAULTY_TOPIC "acmeCo/customers"

/**
 * BaristaPracticeTask:
 * @username: the materialization's name
 * @token: its password; follows from the seed
 * @published_at: monotonic time from which on sign-ins are accepted, in microseconds
 *
 * The one task that the practice Dekaf serves, shared by the Kafka port and the registry. Lives on
 * the service's thread.
 */
typedef struct
{
  const char *username;
  char *token;
  gboolean cdc, strict;
  BaristaPracticeFaults faults;
  BaristaPracticeCatalog *catalog;
  BaristaPracticeGroups *groups;
  BaristaPracticeMembers *members;
  gint64 published_at;
  gboolean previewed; /* the scenario preview has had its connection */
} BaristaPracticeTask;

typedef enum
{
  BARISTA_SIGN_IN_ACCEPTED,
  BARISTA_SIGN_IN_REFUSED,     /* wrong name, wrong token, no such task: not told apart */
  BARISTA_SIGN_IN_UNAVAILABLE, /* the control plane can't be asked */
} BaristaPracticeSignIn;

#define BARISTA_PRACTICE_REFUSAL "Invalid username or password"

BaristaPracticeTask *
barista_practice_task_new (const BaristaPracticeOptions *options, BaristaPracticeFaults faults);
void barista_practice_task_free (BaristaPracticeTask *self);
BaristaPracticeSignIn
barista_practice_task_sign_in (BaristaPracticeTask *self, const char *username, const char *token);
gboolean barista_practice_task_has_fault (BaristaPracticeTask *self, BaristaPracticeFault fault);

/* Names on the wire: encoded under strict topic names, and how requested ones are read. */
char *barista_practice_task_wire_name (BaristaPracticeTask *self, const char *collection);
BaristaPracticeTopic *
barista_practice_task_find (BaristaPracticeTask *self, const char *wire_name, gboolean *broken);

/* barista-practice-closed-port.c */
GSocket *barista_practice_closed_port_new (guint16 *port, GError **error);

G_END_DECLS
