/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

/* Copies of a setup: what a check works on while the person goes on typing, and what undo goes back
 * to. */

/**
 * barista_setup_copy:
 * @self: a setup
 *
 * Returns: (transfer full): a setup of its own that says the same, relative to the same folder
 */
BaristaSetup *
barista_setup_copy (BaristaSetup *self)
{
  BaristaSetup *copy = barista_setup_new ();

  barista_record_assign (&barista_setup_record, G_OBJECT (copy), &copy->answers, &self->answers,
                         NULL, NULL);
  barista_setup_loaded (copy, self->folder);

  return copy;
}

static void
on_changed (GObject *owner, const BaristaMember *member, gpointer user_data)
{
  if (BARISTA_IS_SETUP (owner))
    barista_setup_assigned (BARISTA_SETUP (owner), member->property);
  else if (member->property != NULL)
    g_object_notify (owner, member->property);
  else if (BARISTA_IS_TOPIC_CHOICE (owner) && member->kind == BARISTA_MEMBER_LIST)
    g_signal_emit_by_name (owner, "columns-changed");
}

/**
 * barista_setup_assign:
 * @self: a setup
 * @other: what it is to say from now on
 *
 * Only what is different is notified. Topics of the same name stay the same objects.
 */
void
barista_setup_assign (BaristaSetup *self, BaristaSetup *other)
{
  g_object_freeze_notify (G_OBJECT (self));
  barista_setup_forget_derived (self);
  barista_record_assign (&barista_setup_record, G_OBJECT (self), &self->answers, &other->answers,
                         on_changed, NULL);
  barista_setup_loaded (self, other->folder);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * barista_setup_equal:
 *
 * Returns: whether both state the same answers
 */
gboolean
barista_setup_equal (BaristaSetup *self, BaristaSetup *other)
{
  return barista_record_equal (&barista_setup_record, &self->answers, &other->answers);
}
