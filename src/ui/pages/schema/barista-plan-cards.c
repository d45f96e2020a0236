/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-plan-cards.h"

#include "barista-drawing.h"

#include <glib/gi18n.h>

#define N_CARDS 4

/* In the order of ui.md. */
static const struct
{
  BaristaPlan plan;
  const char *drawing;
  const char *title;
  const char *text;
} cards[N_CARDS] = {
  { BARISTA_PLAN_SOFT_NULLABLE, "plan-soft-nullable", N_ ("Keep Deleted Rows, Marked"),
    N_ ("A deleted row stays; a column tells that it was deleted.") },
  { BARISTA_PLAN_SOFT_DOCUMENT, "plan-soft-document", N_ ("Keep the Whole Document"),
    N_ ("Each document is one text; queries take it apart.") },
  { BARISTA_PLAN_HARD, "plan-hard", N_ ("Remove Deleted Rows"),
    N_ ("Tinybird drops a row when its deletion comes.") },
  { BARISTA_PLAN_NONE, "plan-none", N_ ("No Deletions"),
    N_ ("Nothing is ever deleted; columns are as registered.") },
};

struct _BaristaPlanCards
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkLabel *why;
  GtkToggleButton *buttons[N_CARDS];
  GtkWidget *drawings[N_CARDS];
  GtkWidget *texts[N_CARDS];
  GtkWidget *stars[N_CARDS]; /* on the recommended one */

  BaristaSession *session;
  BaristaTable *table;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BaristaPlanCards, barista_plan_cards, ADW_TYPE_BIN)

static void
on_toggled (BaristaPlanCards *self, GtkToggleButton *button)
{
  BaristaTopicChoice *choice;

  if (self->updating || self->table == NULL || !gtk_toggle_button_get_active (button))
    return;

  choice = barista_setup_find_topic (barista_session_get_setup (self->session),
                                     barista_table_get_topic (self->table));
  for (guint i = 0; choice != NULL && i < N_CARDS; i++)
    if (self->buttons[i] == button)
      {
        barista_session_begin_change (self->session, _ ("Change Deletion Plan"));
        g_object_set (choice, "plan", cards[i].plan, NULL);
        barista_session_end_change (self->session);
      }
}

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
title_new (BaristaPlanCards *self, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stars[i] = label_new (_ ("Recommended"), "caption");
  gtk_widget_add_css_class (self->stars[i], "accent");
  gtk_box_append (GTK_BOX (box), label_new (_ (cards[i].title), "heading"));
  gtk_box_append (GTK_BOX (box), self->stars[i]);
  return box;
}

static void
add_card (BaristaPlanCards *self, guint i)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->buttons[i] = GTK_TOGGLE_BUTTON (button);
  self->drawings[i] = barista_drawing_new (cards[i].drawing, 0.5);
  self->texts[i] = label_new (_ (cards[i].text), "caption");
  gtk_widget_add_css_class (self->texts[i], "dimmed");
  gtk_widget_set_valign (self->drawings[i], GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title_new (self, i));
  gtk_box_append (GTK_BOX (words), self->texts[i]);
  gtk_box_append (GTK_BOX (box), self->drawings[i]);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "plan-card");
  if (i > 0)
    gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, button);
}

static void
name_for_readers (BaristaPlanCards *self, guint i, gboolean recommended)
{
  const char *reason = recommended ? barista_table_get_plan_reason (self->table) : NULL;
  g_autofree char *description = NULL;

  description = recommended ? g_strdup_printf (_ ("Recommended. %s"), reason)
                            : g_strdup (_ (cards[i].text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (cards[i].title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

/* Without a registered schema only the whole document can be kept. */
static gboolean
is_possible (BaristaPlanCards *self, BaristaPlan plan)
{
  BaristaTable *table = self->table;

  if (table == NULL)
    return FALSE;
  return plan == BARISTA_PLAN_SOFT_DOCUMENT
         || barista_table_get_recommended_plan (table) != BARISTA_PLAN_SOFT_DOCUMENT;
}

static void
update (BaristaPlanCards *self)
{
  g_autofree char *why = NULL;

  self->updating = TRUE;
  for (guint i = 0; i < N_CARDS; i++)
    {
      gboolean recommended = self->table != NULL
                             && barista_table_get_recommended_plan (self->table) == cards[i].plan;

      gtk_widget_set_sensitive (GTK_WIDGET (self->buttons[i]), is_possible (self, cards[i].plan));
      gtk_widget_set_visible (self->stars[i], recommended);
      if (self->table == NULL)
        continue;
      if (barista_table_get_plan (self->table) == cards[i].plan)
        gtk_toggle_button_set_active (self->buttons[i], TRUE);
      name_for_readers (self, i, recommended);
      if (recommended)
        /* Translators: name of a card, then why it is recommended */
        why = g_strdup_printf (_ ("Recommended: %s. %s"), _ (cards[i].title),
                               barista_table_get_plan_reason (self->table));
    }
  gtk_label_set_label (self->why, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  self->updating = FALSE;
}

static void
barista_plan_cards_dispose (GObject *object)
{
  BaristaPlanCards *self = BARISTA_PLAN_CARDS (object);

  self->updating = TRUE;
  g_clear_object (&self->session);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (barista_plan_cards_parent_class)->dispose (object);
}

static void
barista_plan_cards_class_init (BaristaPlanCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_plan_cards_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
barista_plan_cards_init (BaristaPlanCards *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_set_homogeneous (self->box, TRUE);
  self->why = GTK_LABEL (label_new (NULL, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->why), "dimmed");
  for (guint i = 0; i < N_CARDS; i++)
    add_card (self, i);
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->why));
  adw_bin_set_child (ADW_BIN (self), outer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What becomes of deleted rows"), -1);
  update (self);
}

void
barista_plan_cards_set_session (BaristaPlanCards *self, BaristaSession *session)
{
  g_set_object (&self->session, session);
}

void
barista_plan_cards_set_table (BaristaPlanCards *self, BaristaTable *table)
{
  if (g_set_object (&self->table, table))
    update (self);
}

/* Side by side there is room for the name and the drawing only; what a card means stands below. */
void
barista_plan_cards_set_narrow (BaristaPlanCards *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  for (guint i = 0; i < N_CARDS; i++)
    gtk_widget_set_visible (self->texts[i], narrow);
}
