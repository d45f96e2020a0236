/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-turn.h"

BaristaPracticeProtocol *
barista_practice_protocol_new (const char *name, const guint8 *metadata, gsize length)
{
  BaristaPracticeProtocol *self = g_new0 (BaristaPracticeProtocol, 1);

  self->name = g_strdup (name);
  self->metadata = g_bytes_new (metadata, length);
  return self;
}

void
barista_practice_protocol_free (BaristaPracticeProtocol *self)
{
  g_free (self->name);
  g_bytes_unref (self->metadata);
  g_free (self);
}

static void
seat_free (gpointer data)
{
  BaristaPracticeSeat *self = data;

  g_free (self->id);
  g_free (self->instance);
  g_bytes_unref (self->metadata);
  g_free (self);
}

BaristaPracticeTurn *
barista_practice_turn_new (void)
{
  BaristaPracticeTurn *self = g_new0 (BaristaPracticeTurn, 1);

  self->n_refs = 1;
  self->generation = -1;
  return self;
}

BaristaPracticeTurn *
barista_practice_turn_new_ready (gint16 code, const char *member)
{
  BaristaPracticeTurn *self = barista_practice_turn_new ();

  self->ready = TRUE;
  self->code = code;
  self->member = g_strdup (member);
  return self;
}

BaristaPracticeTurn *
barista_practice_turn_ref (BaristaPracticeTurn *self)
{
  self->n_refs++;
  return self;
}

void
barista_practice_turn_unref (BaristaPracticeTurn *self)
{
  if (--self->n_refs > 0)
    return;

  g_free (self->protocol_type);
  g_free (self->protocol);
  g_free (self->leader);
  g_free (self->member);
  g_clear_pointer (&self->seats, g_ptr_array_unref);
  g_clear_pointer (&self->assignment, g_bytes_unref);
  g_free (self);
}

void
barista_practice_turn_add_seat (BaristaPracticeTurn *self,
                                const char *id,
                                const char *instance,
                                GBytes *metadata)
{
  BaristaPracticeSeat *seat = g_new0 (BaristaPracticeSeat, 1);

  seat->id = g_strdup (id);
  seat->instance = g_strdup (instance);
  seat->metadata = g_bytes_ref (metadata);
  if (self->seats == NULL)
    self->seats = g_ptr_array_new_with_free_func (seat_free);
  g_ptr_array_add (self->seats, seat);
}
