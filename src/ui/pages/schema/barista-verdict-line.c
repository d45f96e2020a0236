/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-verdict-line.h"

struct _BaristaVerdictLine
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkImage *icon;
  GtkLabel *text;
  GtkButton *fix;
};

enum
{
  FIX,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaVerdictLine, barista_verdict_line, ADW_TYPE_BIN)

static void
on_clicked (BaristaVerdictLine *self)
{
  g_signal_emit (self, signals[FIX], 0);
}

static void
barista_verdict_line_class_init (BaristaVerdictLineClass *klass)
{
  signals[FIX] = g_signal_new ("fix", BARISTA_TYPE_VERDICT_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
barista_verdict_line_init (BaristaVerdictLine *self)
{
  GtkWidget *said = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             NULL);
  self->text = GTK_LABEL (gtk_label_new (NULL));
  self->fix = GTK_BUTTON (gtk_button_new ());
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "numeric");
  gtk_button_set_can_shrink (self->fix, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->fix), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->fix), "suggested-action");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->fix), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->text, NULL, -1);
  g_signal_connect_object (self->fix, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (said), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (said), GTK_WIDGET (self->text));
  gtk_box_append (self->box, said);
  gtk_box_append (self->box, GTK_WIDGET (self->fix));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/* The same sentence isn't said twice: a name that is typed changes no verdict. */
static void
say (BaristaVerdictLine *self, const char *text)
{
  if (g_str_equal (gtk_label_get_label (self->text), text))
    return;

  gtk_label_set_label (self->text, text);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

void
barista_verdict_line_set_replay (BaristaVerdictLine *self, BaristaReplay *replay, const char *none)
{
  g_autofree char *text = replay != NULL ? barista_replay_dup_verdict (replay) : g_strdup (none);
  g_autofree char *label = replay != NULL ? barista_replay_dup_fix_label (replay) : NULL;
  gboolean fine = replay == NULL || barista_replay_get_n_quarantined (replay) == 0;
  const char *styles[] = { fine ? "success" : "warning", NULL };

  say (self, text);
  gtk_image_set_from_icon_name (self->icon,
                                fine ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), styles);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), replay != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fix), label != NULL);
  gtk_button_set_label (self->fix, label != NULL ? label : "");
}

void
barista_verdict_line_set_narrow (BaristaVerdictLine *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
