/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

#include <glib/gi18n-lib.h>

#define MAX_PAST 100
/* Typing into one field is one change, as long as it doesn't pause. */
#define TYPING_US (2 * G_USEC_PER_SEC)

typedef struct
{
  char *name;
  BaristaSetup *setup; /* as it was before (undo), or after (redo) */
} SessionPast;

static void
past_free (gpointer data)
{
  SessionPast *past = data;

  g_free (past->name);
  g_object_unref (past->setup);
  g_free (past);
}

static void
push (GPtrArray *pasts, const char *name, BaristaSetup *setup)
{
  SessionPast *past = g_new0 (SessionPast, 1);

  past->name = g_strdup (name);
  past->setup = g_object_ref (setup);
  g_ptr_array_add (pasts, past);
  if (pasts->len > MAX_PAST)
    g_ptr_array_remove_index (pasts, 0);
}

static gboolean
on_baseline_source (gpointer user_data)
{
  BaristaSession *self = user_data;

  self->baseline_source = 0;
  g_clear_object (&self->baseline);
  self->baseline = barista_setup_copy (self->setup);

  return G_SOURCE_REMOVE;
}

/* What is changed until the main loop comes round belongs together. */
static void
renew_baseline (BaristaSession *self)
{
  if (self->baseline_source == 0)
    self->baseline_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_baseline_source, self, NULL);
}

static void
settle_baseline (BaristaSession *self)
{
  g_clear_handle_id (&self->baseline_source, g_source_remove);
  on_baseline_source (self);
}

void
session_undo_init (BaristaSession *self)
{
  self->undo = g_ptr_array_new_with_free_func (past_free);
  self->redo = g_ptr_array_new_with_free_func (past_free);
  self->baseline = barista_setup_copy (self->setup);
}

void
session_undo_clear (BaristaSession *self)
{
  g_clear_handle_id (&self->baseline_source, g_source_remove);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_clear_object (&self->baseline);
}

/* An answer of @step has changed: the state before it can be gone back to. @item: (nullable): what the
 * property is of, if not of the setup itself. */
void
session_undo_note (BaristaSession *self, gconstpointer item, const char *property, BaristaStep step)
{
  gint64 now = g_get_monotonic_time ();
  gboolean typing = self->last_property != NULL && g_str_equal (self->last_property, property)
                    && self->last_item == item && now - self->last_change < TYPING_US
                    && self->undo->len > 0;

  if (self->restoring)
    {
      renew_baseline (self);
      return;
    }
  if (self->change_depth > 0)
    return;

  if (self->baseline_source == 0 && !typing)
    push (self->undo, step < BARISTA_N_STEPS ? barista_step_get_title (step) : _ ("Name"),
          self->baseline);
  g_ptr_array_set_size (self->redo, 0);
  /* What follows at once is derived from it. */
  if (self->baseline_source == 0)
    {
      self->last_property = g_intern_string (property);
      self->last_item = item;
    }
  self->last_change = now;
  renew_baseline (self);
}

void
barista_session_begin_change (BaristaSession *self, const char *name)
{
  if (self->change_depth++ > 0)
    return;

  if (self->baseline_source != 0)
    settle_baseline (self);
  push (self->undo, name, self->baseline);
}

void
barista_session_end_change (BaristaSession *self)
{
  const SessionPast *past;

  g_return_if_fail (self->change_depth > 0);
  if (--self->change_depth > 0)
    return;

  past = g_ptr_array_index (self->undo, self->undo->len - 1);
  if (barista_setup_equal (self->setup, past->setup))
    {
      g_ptr_array_set_size (self->undo, self->undo->len - 1); /* nothing came of it */
      return;
    }
  g_ptr_array_set_size (self->redo, 0);
  self->last_property = NULL;
  settle_baseline (self);
}

static const char *
last_name (GPtrArray *pasts)
{
  return pasts->len > 0 ? ((SessionPast *) g_ptr_array_index (pasts, pasts->len - 1))->name : NULL;
}

const char *
barista_session_get_undo_name (BaristaSession *self)
{
  return last_name (self->undo);
}

const char *
barista_session_get_redo_name (BaristaSession *self)
{
  return last_name (self->redo);
}

/* From the end of @from, with what is now put at the end of @to. */
static void
restore (BaristaSession *self, GPtrArray *from, GPtrArray *to)
{
  SessionPast *past;
  gboolean published = barista_setup_get_published (self->setup);

  if (from->len == 0 || self->change_depth > 0)
    return;

  past = g_ptr_array_steal_index (from, from->len - 1);
  if (self->baseline_source != 0)
    settle_baseline (self);
  push (to, past->name, self->baseline); /* as it is now */
  self->restoring = TRUE;
  barista_setup_assign (self->setup, past->setup);
  /* Not an answer: what the check has seen. */
  if (published != barista_setup_get_published (self->setup))
    barista_setup_set_published (self->setup, published);
  self->restoring = FALSE;
  self->last_property = NULL;
  if (published == barista_setup_get_published (past->setup))
    {
      g_clear_handle_id (&self->baseline_source, g_source_remove);
      g_set_object (&self->baseline, past->setup);
    }
  else
    settle_baseline (self);
  past_free (past);
  session_steps_changed (self);
}

void
barista_session_undo (BaristaSession *self)
{
  restore (self, self->undo, self->redo);
}

void
barista_session_redo (BaristaSession *self)
{
  restore (self, self->redo, self->undo);
}
