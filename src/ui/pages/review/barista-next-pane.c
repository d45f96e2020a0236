/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-next-pane.h"

#include "barista-output-commands.h"
#include "barista-output-form.h"
#include "barista-position-group.h"
#include "barista-value-row.h"

#include <glib/gi18n.h>

struct _BaristaNextPane
{
  AdwBin parent_instance;

  BaristaProject *project;
  BaristaSession *session;
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (BaristaNextPane, barista_next_pane, ADW_TYPE_BIN)

/* --- rows --- */

static GtkWidget *
row_new (const char *title, const char *value, const char *tooltip)
{
  GtkWidget *row = barista_value_row_new (title, value);

  if (tooltip != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), barista_copy_button_new (value, tooltip));

  return row;
}

static AdwPreferencesGroup *
group_new (BaristaNextPane *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->box, group);

  return ADW_PREFERENCES_GROUP (group);
}

/* --- what remains --- */

/* Where each form is, and what it makes. */
static char *
form_title (const BaristaFormField *field, const char **description)
{
  const char *name = field->name != NULL ? field->name : "";

  *description = field->kind == BARISTA_FORM_SOURCE
                     ? _ ("The columns and the engine are those of the file under datasources.")
                 : field->kind == BARISTA_FORM_S3
                     ? _ ("In Tinybird: Data Project, +, Data Source, Amazon S3.")
                     : _ ("In Tinybird: Data Project, +, Data Source, Kafka.");
  switch (field->kind)
    {
    case BARISTA_FORM_SOURCE:
      return g_markup_printf_escaped (_ ("Data Source %s"), name);
    case BARISTA_FORM_KAFKA:
    case BARISTA_FORM_S3:
      return g_markup_printf_escaped (_ ("Connection %s for Sinks"), name);
    case BARISTA_FORM_CONNECTION:
    default:
      return g_strdup (_ ("Tinybird's Web Form"));
    }
}

static void
add_form (BaristaNextPane *self)
{
  GPtrArray *form = barista_project_get_form (self->project);
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; form != NULL && i < form->len; i++)
    {
      const BaristaFormField *field = form->pdata[i];
      const BaristaFormField *before = i > 0 ? form->pdata[i - 1] : NULL;

      if (before == NULL || before->kind != field->kind
          || g_strcmp0 (before->name, field->name) != 0)
        {
          const char *description;
          g_autofree char *title = form_title (field, &description);

          group = group_new (self, title, description);
        }
      adw_preferences_group_add (group, row_new (field->label, field->value,
                                                 field->literal ? _ ("Copy Value") : NULL));
    }
}

static void
add_commands (BaristaNextPane *self)
{
  GPtrArray *commands = barista_project_get_commands (self->project);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *title = NULL;
  AdwPreferencesGroup *group;

  if (commands == NULL || commands->len == 0)
    return;

  title = g_strdup_printf (ngettext ("%u Command Remains", "%u Commands Remain", commands->len),
                           commands->len);
  group = group_new (self, title, _ ("In a terminal, one after the other."));
  for (guint i = 0; i < commands->len; i++)
    {
      const BaristaCommand *command = commands->pdata[i];

      g_string_append_printf (all, "%s\n", command->command);
      adw_preferences_group_add (group, row_new (g_dgettext (GETTEXT_PACKAGE, command->purpose),
                                                 command->command, _ ("Copy Command")));
    }
  adw_preferences_group_set_header_suffix (group,
                                           barista_copy_button_new (all->str, _ ("Copy All")));
}

static void
fill (BaristaNextPane *self)
{
  BaristaSetup *setup = barista_session_get_setup (self->session);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  if (barista_session_get_practice (self->session))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Use My Own Task"));
      AdwPreferencesGroup *group = group_new (
          self, _ ("Nothing to Deploy"),
          _ ("These files were made from practice data, which Tinybird can't reach. Look at them, "
             "then make those of your own task."));

      gtk_widget_add_css_class (button, "pill");
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "connect");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.start");
      adw_preferences_group_add (group, button);
      return;
    }

  if (g_strcmp0 (barista_setup_get_project_format (setup), "classic") == 0)
    add_form (self);
  add_commands (self);
  gtk_box_append (self->box, barista_position_group_new (self->session));
}

/* --- the widget --- */

static void
barista_next_pane_dispose (GObject *object)
{
  BaristaNextPane *self = BARISTA_NEXT_PANE (object);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_clear_object (&self->project);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_next_pane_parent_class)->dispose (object);
}

static void
barista_next_pane_class_init (BaristaNextPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_next_pane_dispose;
}

static void
barista_next_pane_init (BaristaNextPane *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_bin_set_child (ADW_BIN (self), clamp);
}

/**
 * barista_next_pane_set_project:
 * @self: the pane
 * @project: whose commands to show; set once
 * @session: of the project
 */
void
barista_next_pane_set_project (BaristaNextPane *self,
                               BaristaProject *project,
                               BaristaSession *session)
{
  g_return_if_fail (self->project == NULL);

  self->project = g_object_ref (project);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (project, "items-changed", G_CALLBACK (fill), self);
  fill (self);
}
