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
copy_items (const BaristaRecord *record, GListStore *to, GListStore *from)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (from)); i++)
    {
      g_autoptr (GObject) source = g_list_model_get_item (G_LIST_MODEL (from), i);
      g_autoptr (GObject) item = record->item_new ();

      barista_record_assign (record, item, (char *) item + record->item_base,
                             (char *) source + record->item_base, NULL, NULL);
      g_list_store_append (to, item);
    }
}

/**
 * barista_setup_copy_sinks:
 * @self: a setup
 *
 * Returns: (transfer full): a setup of its own that says the same of sinks, of their connections and
 *   of the project's form, and nothing of the rest, which may be long
 */
BaristaSetup *
barista_setup_copy_sinks (BaristaSetup *self)
{
  BaristaSetup *copy = barista_setup_new ();

  barista_record_assign (&barista_project_record, G_OBJECT (copy), &copy->answers.project,
                         &self->answers.project, NULL, NULL);
  copy_items (&barista_target_record, copy->answers.targets, self->answers.targets);
  copy_items (&barista_sink_record, copy->answers.sinks, self->answers.sinks);
  barista_setup_loaded (copy, self->folder);

  return copy;
}

static gboolean
items_equal (const BaristaRecord *record, GListStore *a, GListStore *b)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (a));

  if (g_list_model_get_n_items (G_LIST_MODEL (b)) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) one = g_list_model_get_item (G_LIST_MODEL (a), i);
      g_autoptr (GObject) other = g_list_model_get_item (G_LIST_MODEL (b), i);

      if (!barista_record_equal (record, (char *) one + record->item_base,
                                 (char *) other + record->item_base))
        return FALSE;
    }

  return TRUE;
}

/**
 * barista_setup_sinks_equal:
 *
 * Returns: whether both state the same answers, as far as barista_setup_copy_sinks() copies them
 */
gboolean
barista_setup_sinks_equal (BaristaSetup *self, BaristaSetup *other)
{
  return barista_record_equal (&barista_project_record, &self->answers.project,
                               &other->answers.project)
         && items_equal (&barista_target_record, self->answers.targets, other->answers.targets)
         && items_equal (&barista_sink_record, self->answers.sinks, other->answers.sinks);
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
