/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-chips-entry.h"

#include "barista-names.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ITEMS 1000

struct _BaristaChipsEntry
{
  AdwBin parent_instance;

  char **items;
  AdwWrapBox *chips;
  GtkWidget *text;
  GtkLabel *problem;
  gboolean committing;
};

G_DEFINE_FINAL_TYPE (BaristaChipsEntry, barista_chips_entry, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ITEMS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static const char separators[] = " \t\r\n,;[]{}";

/* --- the chips --- */

static void
on_remove (BaristaChipsEntry *self, GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;

  for (char **item = self->items; *item != NULL; item++)
    if (!g_str_equal (*item, name))
      g_strv_builder_add (builder, *item);
  rest = g_strv_builder_end (builder);
  barista_chips_entry_set_items (self, (const char *const *) rest);
  gtk_widget_grab_focus (self->text);
}

static GtkWidget *
chip_new (BaristaChipsEntry *self, const char *name)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is the name of a collection */
  g_autofree char *removal = g_strdup_printf (_ ("Remove %s"), name);
  g_autoptr (GError) error = NULL;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (chip, "chip");
  if (!barista_catalog_name_check (name, &error))
    {
      gtk_widget_add_css_class (chip, "flagged");
      gtk_widget_set_tooltip_text (chip, error->message);
    }
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_tooltip_text (remove, removal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, removal,
                                  -1);
  g_object_set_data_full (G_OBJECT (remove), "name", g_strdup (name), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), remove);

  return chip;
}

static void
flag_first_fault (BaristaChipsEntry *self)
{
  for (char **item = self->items; *item != NULL; item++)
    {
      g_autoptr (GError) error = NULL;

      if (!barista_catalog_name_check (*item, &error))
        {
          barista_chips_entry_set_problem (self, error->message);
          return;
        }
    }
  barista_chips_entry_set_problem (self, NULL);
}

static void
show_chips (BaristaChipsEntry *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != self->text)
    adw_wrap_box_remove (self->chips, child);
  for (char **item = self->items; *item != NULL; item++)
    adw_wrap_box_insert_child_after (self->chips, chip_new (self, *item),
                                     gtk_widget_get_prev_sibling (self->text));
  gtk_text_set_placeholder_text (GTK_TEXT (self->text),
                                 self->items[0] == NULL ? "acmeCo/orders, acmeCo/customers" : "");
}

const char *const *
barista_chips_entry_get_items (BaristaChipsEntry *self)
{
  return (const char *const *) self->items;
}

void
barista_chips_entry_set_items (BaristaChipsEntry *self, const char *const *items)
{
  static const char *const none[] = { NULL };
  g_auto (GStrv) old = self->items;

  if (items == NULL)
    items = none;
  self->items = g_strdupv ((char **) items);
  if (old != NULL && g_strv_equal ((const char *const *) old, items))
    return;

  show_chips (self);
  flag_first_fault (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEMS]);
}

/* --- typing and pasting --- */

static void
add_name (GPtrArray *names, const char *text)
{
  g_autofree char *name = barista_catalog_name_clean (text);

  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (names->pdata[i], name))
      return;
  if (*name != '\0' && names->len < MAX_ITEMS)
    g_ptr_array_add (names, g_steal_pointer (&name));
}

void
barista_chips_entry_commit (BaristaChipsEntry *self)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  g_auto (GStrv) pieces = g_strsplit_set (typed, separators, -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (char **item = self->items; *item != NULL; item++)
    g_ptr_array_add (names, g_strdup (*item));
  for (char **piece = pieces; *piece != NULL; piece++)
    add_name (names, *piece);
  g_ptr_array_add (names, NULL);

  self->committing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  self->committing = FALSE;
  barista_chips_entry_set_items (self, (const char *const *) names->pdata);
}

static void
on_changed (BaristaChipsEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (!self->committing && strpbrk (text, separators) != NULL)
    barista_chips_entry_commit (self);
}

/* The last one goes back into the entry. */
static gboolean
take_back (BaristaChipsEntry *self)
{
  guint n = g_strv_length (self->items);
  g_auto (GStrv) rest = g_strdupv (self->items);
  g_autofree char *last = NULL;

  if (n == 0)
    return FALSE;

  last = g_steal_pointer (&rest[n - 1]);
  barista_chips_entry_set_items (self, (const char *const *) rest);
  gtk_editable_set_text (GTK_EDITABLE (self->text), last);
  gtk_editable_set_position (GTK_EDITABLE (self->text), -1);

  return TRUE;
}

static gboolean
on_key (BaristaChipsEntry *self, guint key)
{
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (self->text)) == '\0';

  return key == GDK_KEY_BackSpace && empty ? take_back (self) : GDK_EVENT_PROPAGATE;
}

void
barista_chips_entry_set_problem (BaristaChipsEntry *self, const char *text)
{
  gboolean there = text != NULL && *text != '\0';

  gtk_label_set_label (self->problem, there ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), there);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               there ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* --- the widget --- */

static gboolean
barista_chips_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BARISTA_CHIPS_ENTRY (widget)->text);
}

static void
barista_chips_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEMS)
    g_value_set_boxed (value, BARISTA_CHIPS_ENTRY (object)->items);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_chips_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEMS)
    barista_chips_entry_set_items (BARISTA_CHIPS_ENTRY (object), g_value_get_boxed (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_chips_entry_finalize (GObject *object)
{
  g_strfreev (BARISTA_CHIPS_ENTRY (object)->items);

  G_OBJECT_CLASS (barista_chips_entry_parent_class)->finalize (object);
}

static void
barista_chips_entry_class_init (BaristaChipsEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_chips_entry_get_property;
  object_class->set_property = barista_chips_entry_set_property;
  object_class->finalize = barista_chips_entry_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = barista_chips_entry_grab_focus;

  properties[PROP_ITEMS] = g_param_spec_boxed ("items", NULL, NULL, G_TYPE_STRV,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
make_text (BaristaChipsEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  /* On its own it is nothing to assistive technology; an entry around it would have the role. */
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_widget_set_size_request (self->text, 160, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add collections"), -1);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "activate", G_CALLBACK (barista_chips_entry_commit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (barista_chips_entry_commit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->text, focus);
  gtk_widget_add_controller (self->text, key);
}

static void
barista_chips_entry_init (BaristaChipsEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->items = g_new0 (char *, 1);
  self->chips = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->chips, 6);
  adw_wrap_box_set_line_spacing (self->chips, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->chips), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->chips), "chips");
  make_text (self);
  adw_wrap_box_append (self->chips, self->text);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->problem, 0);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chips));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  adw_bin_set_child (ADW_BIN (self), box);
  show_chips (self);
  barista_chips_entry_set_problem (self, NULL);
}
