/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-topics-basket.h"

#include "barista-slices.h"

#include <glib/gi18n.h>

/* Chips that are shown; more are only counted. */
#define MOST_CHIPS 100

struct _BaristaTopicsBasket
{
  AdwBin parent_instance;

  GtkToggleButton *toggle;
  GtkLabel *count;
  GtkWidget *warning;
  GtkRevealer *revealer;
  AdwWrapBox *chips;

  BaristaSession *session;
  GtkWidget *next; /* chip to be filled next; not owned; NULL: the rest is to be made */
  guint n_filled;
  guint source;
};

G_DEFINE_FINAL_TYPE (BaristaTopicsBasket, barista_topics_basket, ADW_TYPE_BIN)

static void
on_remove_clicked (GtkButton *button, BaristaTopicsBasket *self)
{
  g_autofree char *topic = g_strdup (gtk_widget_get_name (GTK_WIDGET (button)));

  barista_session_begin_change (self->session, _ ("Remove Topic"));
  barista_setup_remove_topic (barista_session_get_setup (self->session), topic);
  barista_session_end_change (self->session);
}

static GtkWidget *
chip_new (BaristaTopicsBasket *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (box, "card");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
chip_show (GtkWidget *chip, const char *topic)
{
  GtkWidget *label = gtk_widget_get_first_child (chip);
  GtkWidget *button = gtk_widget_get_last_child (chip);
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), topic);

  gtk_label_set_label (GTK_LABEL (label), topic);
  gtk_widget_set_tooltip_text (label, topic);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_name (button, topic);
}

static GListModel *
topics_of (BaristaTopicsBasket *self)
{
  return barista_setup_get_topics (barista_session_get_setup (self->session));
}

/* The chips that are there get the topics of now; then more are made, or those left over go. */
static gboolean
fill_one (gpointer user_data)
{
  BaristaTopicsBasket *self = user_data;
  g_autoptr (BaristaTopicChoice) choice = self->n_filled < MOST_CHIPS
                                              ? g_list_model_get_item (topics_of (self),
                                                                       self->n_filled)
                                              : NULL;
  GtkWidget *chip = self->next;

  if (choice == NULL && chip == NULL)
    {
      self->source = 0;
      return G_SOURCE_REMOVE;
    }

  self->next = chip != NULL ? gtk_widget_get_next_sibling (chip) : NULL;
  if (choice == NULL)
    {
      adw_wrap_box_remove (self->chips, chip);
      return G_SOURCE_CONTINUE;
    }

  if (chip == NULL)
    {
      chip = chip_new (self);
      adw_wrap_box_append (self->chips, chip);
    }
  chip_show (chip, barista_topic_choice_get_topic (choice));
  self->n_filled++;
  return G_SOURCE_CONTINUE;
}

static void
fill_chips (BaristaTopicsBasket *self)
{
  self->next = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  self->n_filled = 0;
  if (self->source == 0)
    self->source = barista_slices_start (fill_one, self);
}

static void
update (BaristaTopicsBasket *self)
{
  guint n = g_list_model_get_n_items (topics_of (self));
  g_autofree char *text = n == 0 ? g_strdup (_ ("No topic chosen"))
                                 : g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);

  gtk_label_set_label (self->count, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle), n > 0);
  gtk_widget_set_visible (self->warning, n > BARISTA_TOPICS_OF_SMALL_PLANS);
  if (n == 0)
    gtk_toggle_button_set_active (self->toggle, FALSE);
  if (gtk_toggle_button_get_active (self->toggle))
    fill_chips (self);
}

/* Chips are made when they are to be seen. */
static void
on_toggled (BaristaTopicsBasket *self)
{
  if (self->session != NULL)
    update (self);
}

static void
barista_topics_basket_dispose (GObject *object)
{
  g_clear_handle_id (&BARISTA_TOPICS_BASKET (object)->source, g_source_remove);
  g_clear_object (&BARISTA_TOPICS_BASKET (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_TOPICS_BASKET);

  G_OBJECT_CLASS (barista_topics_basket_parent_class)->dispose (object);
}

static void
barista_topics_basket_class_init (BaristaTopicsBasketClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_topics_basket_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-topics-basket.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsBasket, toggle);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsBasket, count);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsBasket, warning);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsBasket, revealer);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsBasket, chips);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
barista_topics_basket_init (BaristaTopicsBasket *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
barista_topics_basket_follow (BaristaTopicsBasket *self, BaristaSession *session)
{
  GListModel *topics = barista_setup_get_topics (barista_session_get_setup (session));

  g_set_object (&self->session, session);
  g_signal_connect_object (topics, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
