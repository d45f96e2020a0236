/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sinks-list.h"

#include "barista-schedule.h"
#include "barista-setup.h"

#include <glib/gi18n.h>

/* --- rows --- */

static char *
describe_sink (BaristaSink *sink)
{
  const char *text = barista_sink_get_schedule (sink);
  const char *connection = barista_sink_get_connection (sink);
  g_autoptr (BaristaSchedule) schedule = text != NULL ? barista_schedule_new (text, NULL) : NULL;
  g_autofree char *words = schedule != NULL ? barista_schedule_describe (schedule) : NULL;

  if (connection == NULL)
    return g_strdup (_ ("No connection yet"));
  if (words == NULL)
    return g_strdup (connection);
  /* Translators: a connection's name, and when the sink runs */
  return g_strdup_printf (C_ ("sink", "%s. %s"), connection, words);
}

static void
add_row (BaristaSinksList *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect (row, "activated", self->activated, self->data);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
say (GtkWidget *row, gpointer item, const char *name, const char *subtitle)
{
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 name != NULL ? name : _ ("Without a name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void
show_item (GtkWidget *row, gpointer item)
{
  if (BARISTA_IS_SINK (item))
    {
      g_autofree char *described = describe_sink (item);

      say (row, item, barista_sink_get_name (item), described);
    }
  else
    say (row, item, barista_target_get_name (item),
         barista_target_get_kind (item) == BARISTA_TARGET_KAFKA ? _ ("Kafka") : _ ("Amazon S3"));
}

/**
 * barista_sinks_list_fill_one:
 * @self: the list
 *
 * Fills the row that comes next, or makes or removes one: a piece of a millisecond. The row at a
 * place stays, whatever it is to say.
 *
 * Returns: %FALSE: there was nothing left to do
 */
gboolean
barista_sinks_list_fill_one (BaristaSinksList *self)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->items, self->n_filled);

  if (item == NULL && self->rows->len == self->n_filled)
    return FALSE;
  if (item == NULL)
    adw_preferences_group_remove (self->group,
                                  g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  else if (self->rows->len == self->n_filled)
    add_row (self);
  else
    show_item (self->rows->pdata[self->n_filled++], item);

  return TRUE;
}

/* --- items --- */

/* Remembers the items as they are now. */
void
barista_sinks_list_learn (BaristaSinksList *self)
{
  g_ptr_array_set_size (self->known, 0);
  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    g_ptr_array_add (self->known, g_list_model_get_item (self->items, i));
}

/**
 * barista_sinks_list_find_in_place:
 * @self: the list
 * @item: (nullable): one that was there when it learnt its items
 *
 * Returns: (transfer none) (nullable): what is now in its place: undo of a name puts another object
 *   there
 */
gpointer
barista_sinks_list_find_in_place (const BaristaSinksList *self, gpointer item)
{
  guint n = g_list_model_get_n_items (self->items);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) now = g_list_model_get_item (self->items, i);

      if ((gpointer) now == item)
        return item;
    }
  for (guint i = 0; self->known->len == n && i < n; i++)
    if (self->known->pdata[i] == item)
      {
        g_autoptr (GObject) now = g_list_model_get_item (self->items, i);

        return now; /* the setup keeps it */
      }

  return NULL;
}

void
barista_sinks_list_init (BaristaSinksList *self,
                         GListModel *items,
                         AdwPreferencesGroup *group,
                         GCallback activated,
                         gpointer data)
{
  self->items = g_object_ref (items);
  self->group = group;
  self->rows = g_ptr_array_new ();
  self->known = g_ptr_array_new_with_free_func (g_object_unref);
  self->activated = activated;
  self->data = data;
  barista_sinks_list_learn (self);
}

/* Of one that isn't there yet, too. */
void
barista_sinks_list_clear (BaristaSinksList *self)
{
  g_clear_object (&self->items);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_ptr_array_unref);
}
