/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-blank.h"

#include "barista-drawing.h"

struct _BaristaBlank
{
  AdwBin parent_instance;

  BaristaDrawing *drawing;
  AdwSpinner *spinner;
  GtkLabel *title;
  GtkLabel *description;
  GtkButton *button;
  char *action; /* of the button, detailed */
};

G_DEFINE_FINAL_TYPE (BaristaBlank, barista_blank, ADW_TYPE_BIN)

static void
barista_blank_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_BLANK);

  G_OBJECT_CLASS (barista_blank_parent_class)->dispose (object);
}

static void
barista_blank_finalize (GObject *object)
{
  g_free (BARISTA_BLANK (object)->action);

  G_OBJECT_CLASS (barista_blank_parent_class)->finalize (object);
}

static void
barista_blank_class_init (BaristaBlankClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_blank_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_blank_finalize;
  g_type_ensure (BARISTA_TYPE_DRAWING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-blank.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaBlank, drawing);
  gtk_widget_class_bind_template_child (widget_class, BaristaBlank, spinner);
  gtk_widget_class_bind_template_child (widget_class, BaristaBlank, title);
  gtk_widget_class_bind_template_child (widget_class, BaristaBlank, description);
  gtk_widget_class_bind_template_child (widget_class, BaristaBlank, button);
}

static void
barista_blank_init (BaristaBlank *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The one with the keyboard keeps it: an action taken off and put on again would take it away.
 *
 * The target before the name: for a moment a button in a window would have the one without the other,
 * which GTK warns of. */
static void
set_action (BaristaBlank *self, const char *detailed_action)
{
  GtkActionable *button = GTK_ACTIONABLE (self->button);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_set_str (&self->action, detailed_action))
    return;
  gtk_actionable_set_action_name (button, NULL);
  if (detailed_action == NULL
      || !g_action_parse_detailed_name (detailed_action, &name, &target, NULL))
    return;
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

/**
 * barista_blank_show:
 * @self: the widget
 * @drawing: (nullable): word of a drawing
 * @title: in header capitals, translated
 * @description: (nullable): one or two sentences
 * @button_label: (nullable): what the button says
 * @detailed_action: (nullable): what it does, "win.check"
 */
void
barista_blank_show (BaristaBlank *self,
                    const char *drawing,
                    const char *title,
                    const char *description,
                    const char *button_label,
                    const char *detailed_action)
{
  g_object_set (self->drawing, "drawing", drawing, NULL);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->description, description != NULL ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  if (button_label == NULL)
    return;

  gtk_button_set_label (self->button, button_label);
  set_action (self, detailed_action);
}

void
barista_blank_set_busy (BaristaBlank *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->drawing), !busy);
}
