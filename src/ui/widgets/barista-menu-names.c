/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-menu-names.h"

/* An entry of a menu has its words in a property, with an underscore before the access key. */
static void
name_item (GtkWidget *item)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) name = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (item), "text") == NULL)
    return;

  g_object_get (item, "text", &text, NULL);
  if (text == NULL)
    return;
  name = g_string_new (text);
  g_string_replace (name, "_", "", 1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static gboolean
is_item (GtkWidget *widget)
{
  switch (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)))
    {
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
name_items (GtkWidget *below)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (is_item (child))
        name_item (child);
      name_items (child);
    }
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  gpointer widget = g_value_get_object (&values[0]);

  if (GTK_IS_POPOVER_MENU (widget))
    name_items (widget);

  return TRUE;
}

/**
 * barista_menu_names_install:
 *
 * Gives the entries of every menu a name for assistive technology, once it is shown. GTK 4.18 labels
 * an entry by the text in it, to which it gives a role that has no name: over AT-SPI all of them are
 * nameless, for that label goes before any other. Call it once, after GTK was initialised.
 */
void
barista_menu_names_install (void)
{
  /* The signal is there once the class is. */
  g_type_class_unref (g_type_class_ref (GTK_TYPE_POPOVER_MENU));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
