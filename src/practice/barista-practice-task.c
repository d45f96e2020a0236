/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-task.h"

#include "barista-names.h"
#include "barista-practice-story.h"

#include <string.h>

/* How long the scenario task-unpublished refuses, unless the task is published before. */
#define UNPUBLISHED_S 20

/* 32 bytes as base64url without padding: 43 characters. */
static char *
make_token (guint64 seed)
{
  g_autoptr (GRand) rand = barista_practice_rand_new (~seed);
  guint8 bytes[32];
  char *token;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);

  token = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (token, "+", '-');
  g_strdelimit (token, "/", '_');
  *strchr (token, '=') = '\0';
  return token;
}

BaristaPracticeTask *
barista_practice_task_new (const BaristaPracticeOptions *options, BaristaPracticeFaults faults)
{
  BaristaPracticeTask *self = g_new0 (BaristaPracticeTask, 1);

  self->username = BARISTA_PRACTICE_TASK_NAME;
  self->token = make_token (options->seed);
  self->cdc = options->cdc;
  self->strict = options->strict;
  self->faults = faults;
  self->catalog = barista_practice_catalog_new (options, faults);
  self->groups = barista_practice_groups_new ();
  self->members = barista_practice_members_new ();
  if (barista_practice_has_fault (faults, BARISTA_FAULT_TASK_UNPUBLISHED))
    self->published_at = g_get_monotonic_time () + UNPUBLISHED_S * G_USEC_PER_SEC;
  return self;
}

void
barista_practice_task_free (BaristaPracticeTask *self)
{
  barista_practice_catalog_free (self->catalog);
  barista_practice_groups_free (self->groups);
  barista_practice_members_free (self->members);
  g_free (self->token);
  g_free (self);
}

gboolean
barista_practice_task_has_fault (BaristaPracticeTask *self, BaristaPracticeFault fault)
{
  return barista_practice_has_fault (self->faults, fault);
}

/**
 * barista_practice_task_sign_in:
 *
 * What becomes of a name and a token, at the Kafka port and at the registry alike (`dekaf.md` 1.5).
 */
BaristaPracticeSignIn
barista_practice_task_sign_in (BaristaPracticeTask *self, const char *username, const char *token)
{
  if (barista_practice_task_has_fault (self, BARISTA_FAULT_SIGN_IN_UNAVAILABLE)
      || barista_practice_task_has_fault (self, BARISTA_FAULT_SLOW_SIGN_IN))
    return BARISTA_SIGN_IN_UNAVAILABLE;
  if (barista_practice_task_has_fault (self, BARISTA_FAULT_REFUSE_SIGN_IN)
      || g_get_monotonic_time () < self->published_at)
    return BARISTA_SIGN_IN_REFUSED;

  return g_str_equal (username, self->username) && g_str_equal (token, self->token)
             ? BARISTA_SIGN_IN_ACCEPTED
             : BARISTA_SIGN_IN_REFUSED;
}

char *
barista_practice_task_wire_name (BaristaPracticeTask *self, const char *collection)
{
  return self->strict ? barista_topic_name_encode (collection) : g_strdup (collection);
}

/**
 * barista_practice_task_find:
 * @wire_name: as a client asks for it, plain or encoded
 * @broken: (out): the dot trap: the name decodes to something that is not UTF-8, which ends the
 *   connection (`dekaf.md` 1.7)
 *
 * Returns: (transfer none) (nullable): the topic
 */
BaristaPracticeTopic *
barista_practice_task_find (BaristaPracticeTask *self, const char *wire_name, gboolean *broken)
{
  g_autofree char *name = barista_topic_name_resolve (wire_name);

  *broken = name == NULL;
  return name != NULL ? barista_practice_catalog_find (self->catalog, name) : NULL;
}
