/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-step-row.h"

#include "barista-tooltip.h"

#include <glib/gi18n.h>

struct _BaristaStepRow
{
  GtkListBoxRow parent_instance;

  BaristaStep step;
  GtkStack *state;
  GtkImage *icon;
  GtkLabel *answer;
  char *name; /* for screen readers */
};

G_DEFINE_FINAL_TYPE (BaristaStepRow, barista_step_row, GTK_TYPE_LIST_BOX_ROW)

/* How a state looks and what it is called for those who don't see it. */
static const struct
{
  const char *icon, *style, *word;
} looks[] = {
  [BARISTA_STEP_TODO] = { "barista-todo-symbolic", "todo", N_ ("to do") },
  [BARISTA_STEP_WORKING] = { NULL, "working", N_ ("being checked") },
  [BARISTA_STEP_FINE] = { "barista-fine-symbolic", "fine", N_ ("done") },
  [BARISTA_STEP_PROPOSED] = { "barista-proposed-symbolic", "proposed", N_ ("proposed") },
  [BARISTA_STEP_DOUBT] = { "barista-doubt-symbolic", "doubt", N_ ("to look at again") },
  [BARISTA_STEP_FAILED] = { "barista-failed-symbolic", "failed", N_ ("failed") },
  [BARISTA_STEP_WAITING] = { "barista-waiting-symbolic", "waiting", N_ ("waiting") },
};

static void
barista_step_row_finalize (GObject *object)
{
  g_free (BARISTA_STEP_ROW (object)->name);

  G_OBJECT_CLASS (barista_step_row_parent_class)->finalize (object);
}

static void
barista_step_row_class_init (BaristaStepRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_step_row_finalize;
}

static void
barista_step_row_init (BaristaStepRow *self)
{
}

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

/**
 * barista_step_row_new:
 * @step: the step that it stands for
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
barista_step_row_new (BaristaStep step)
{
  BaristaStepRow *self = g_object_new (BARISTA_TYPE_STEP_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->step = step;
  self->state = GTK_STACK (gtk_stack_new ());
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->answer = GTK_LABEL (label_new (NULL));

  gtk_stack_add_named (self->state, GTK_WIDGET (self->icon), "icon");
  gtk_stack_add_named (self->state, adw_spinner_new (), "spinner");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "step-state");
  gtk_widget_set_valign (GTK_WIDGET (self->state), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->state), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  gtk_widget_add_css_class (GTK_WIDGET (self->answer), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->answer), "dimmed");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), label_new (barista_step_get_title (step)));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->answer));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  return GTK_WIDGET (self);
}

BaristaStep
barista_step_row_get_step (BaristaStepRow *self)
{
  return self->step;
}

static void
set_look (BaristaStepRow *self, BaristaStepState state)
{
  GtkWidget *icon = GTK_WIDGET (self->icon);
  const char *name = looks[state].icon;

  /* A spinner that may not turn isn't seen. */
  if (name == NULL && !adw_get_enable_animations (icon))
    name = "content-loading-symbolic";

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (icon, looks[i].style);
  gtk_widget_add_css_class (icon, looks[state].style);
  if (name != NULL)
    gtk_image_set_from_icon_name (self->icon, name);
  gtk_stack_set_visible_child_name (self->state, name != NULL ? "icon" : "spinner");
}

/**
 * barista_step_row_update:
 * @self: the row
 * @info: how its step stands now
 */
void
barista_step_row_update (BaristaStepRow *self, const BaristaStepInfo *info)
{
  g_autofree char *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), info->shown);
  gtk_widget_set_sensitive (GTK_WIDGET (self), info->reachable);
  barista_tooltip_set (GTK_WIDGET (self), info->note);
  gtk_label_set_label (self->answer, info->answer != NULL ? info->answer : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), info->answer != NULL);
  set_look (self, info->state);

  /* Translators: for screen readers: a step, how it stands, its answer or why it stands like that */
  name = g_strdup_printf (_ ("%s, %s, %s"), barista_step_get_title (self->step),
                          _ (looks[info->state].word),
                          info->note != NULL     ? info->note
                          : info->answer != NULL ? info->answer
                                                 : "");
  if (g_set_str (&self->name, name))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
