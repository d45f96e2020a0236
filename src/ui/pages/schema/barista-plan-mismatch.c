/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-plan-mismatch.h"

#include "barista-step-page.h"

#include <glib/gi18n.h>

struct _BaristaPlanMismatch
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkLabel *text;
  GtkButton *button;

  BaristaSession *session;
  BaristaTable *table;
};

G_DEFINE_FINAL_TYPE (BaristaPlanMismatch, barista_plan_mismatch, ADW_TYPE_BIN)

static const BaristaFinding *
find_mismatch (BaristaTable *table)
{
  static const char *const rules[] = { "hard-needs-cdc", "marker-missing",
                                       "deletions-look-like-cdc" };
  GPtrArray *findings = barista_table_get_findings (table);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    for (guint j = 0; j < findings->len; j++)
      if (g_str_equal (((BaristaFinding *) findings->pdata[j])->rule, rules[i]))
        return findings->pdata[j];

  return NULL;
}

/* A task that Barista made is changed here and published again; another one by its owner. */
static void
update (BaristaPlanMismatch *self)
{
  const BaristaFinding *finding = self->table != NULL ? find_mismatch (self->table) : NULL;
  gboolean ours = barista_setup_get_managed (barista_session_get_setup (self->session));
  gboolean cdc = self->table != NULL
                 && barista_table_get_deletions (self->table) == BARISTA_DELETIONS_CDC;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), finding != NULL);
  if (finding == NULL)
    return;

  if (g_str_equal (finding->rule, "deletions-look-like-cdc") || cdc)
    text = g_strdup (finding->message);
  else
    text = g_strdup_printf ("%s %s", finding->message,
                            ours ? _ ("The task has to be published again for that; Estuary asks "
                                      "for the token again.")
                                 : _ ("In Estuary the task's Deletion Mode has to be cdc; Estuary "
                                      "asks for the token again when it is saved."));
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !cdc || ours);
  gtk_button_set_label (self->button, cdc ? _ ("_Publish Again") : _ ("Set Deletion Mode to _cdc"));
}

static void
on_clicked (BaristaPlanMismatch *self)
{
  BaristaSetup *setup = barista_session_get_setup (self->session);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), BARISTA_TYPE_STEP_PAGE);

  if (self->table == NULL)
    return;
  if (barista_table_get_deletions (self->table) == BARISTA_DELETIONS_CDC)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", "publish");
      return;
    }

  barista_session_begin_change (self->session, _ ("Change Deletion Mode"));
  barista_setup_set_deletions (setup, BARISTA_DELETIONS_CDC);
  barista_session_end_change (self->session);
  barista_step_page_toast (BARISTA_STEP_PAGE (page),
                           barista_setup_get_managed (setup)
                               ? _ ("Publish the task again; Estuary asks for the token")
                               : _ ("Change it in Estuary too; Estuary asks for the token"),
                           TRUE);
}

static void
barista_plan_mismatch_dispose (GObject *object)
{
  BaristaPlanMismatch *self = BARISTA_PLAN_MISMATCH (object);

  g_clear_object (&self->session);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (barista_plan_mismatch_parent_class)->dispose (object);
}

static void
barista_plan_mismatch_class_init (BaristaPlanMismatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_plan_mismatch_dispose;
}

static void
barista_plan_mismatch_init (BaristaPlanMismatch *self)
{
  GtkWidget *said = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                  "dialog-warning-symbolic", NULL);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  self->text = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (icon, "warning");
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_button_set_can_shrink (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->text, NULL, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (said), icon);
  gtk_box_append (GTK_BOX (said), GTK_WIDGET (self->text));
  gtk_box_append (self->box, said);
  gtk_box_append (self->box, GTK_WIDGET (self->button));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "schema-mismatch");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

void
barista_plan_mismatch_set_session (BaristaPlanMismatch *self, BaristaSession *session)
{
  g_set_object (&self->session, session);
}

void
barista_plan_mismatch_set_table (BaristaPlanMismatch *self, BaristaTable *table)
{
  g_set_object (&self->table, table);
  update (self);
}

void
barista_plan_mismatch_set_narrow (BaristaPlanMismatch *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
