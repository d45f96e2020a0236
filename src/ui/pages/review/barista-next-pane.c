/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-next-pane.h"

#include "barista-output-commands.h"
#include "barista-output-form.h"
#include "barista-pieces.h"
#include "barista-position-group.h"
#include "barista-slices.h"
#include "barista-value-row.h"

#include <glib/gi18n.h>

struct _BaristaNextPane
{
  AdwBin parent_instance;

  BaristaProject *project;
  BaristaSession *session;
  GtkBox *box;
  char *shown;                /* all that the rows say */
  AdwPreferencesGroup *group; /* not owned: to be added to */
  GPtrArray *rows;            /* not owned, of all groups, in their order */
  gboolean clearing;          /* what was there before goes */
  guint n_added;
  guint source;
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

static void
add_row (BaristaNextPane *self, GtkWidget *row)
{
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

/* To destroy a row takes about as long as to make it. FALSE: there is nothing left. */
static gboolean
remove_one (gpointer pane)
{
  BaristaNextPane *self = pane;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  if (self->rows->len > 0)
    {
      GtkWidget *row = g_ptr_array_steal_index (self->rows, self->rows->len - 1);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  else if (child != NULL)
    gtk_box_remove (self->box, child);
  else
    return FALSE;

  return TRUE;
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
add_field (BaristaNextPane *self, GPtrArray *form, guint i)
{
  const BaristaFormField *field = form->pdata[i];
  const BaristaFormField *before = i > 0 ? form->pdata[i - 1] : NULL;

  if (before == NULL || before->kind != field->kind || g_strcmp0 (before->name, field->name) != 0)
    {
      const char *description;
      g_autofree char *title = form_title (field, &description);

      self->group = group_new (self, title, description);
    }
  add_row (self, row_new (field->label, field->value, field->literal ? _ ("Copy Value") : NULL));
}

static char *
join_commands (GPtrArray *commands)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < commands->len; i++)
    g_string_append_printf (all, "%s\n", ((BaristaCommand *) commands->pdata[i])->command);

  return g_string_free (all, FALSE);
}

static void
add_command (BaristaNextPane *self, GPtrArray *commands, guint i)
{
  const BaristaCommand *command = commands->pdata[i];

  if (i == 0)
    {
      g_autofree char *title = g_strdup_printf (
          ngettext ("%u Command Remains", "%u Commands Remain", commands->len), commands->len);
      g_autofree char *all = join_commands (commands);

      self->group = group_new (self, title, _ ("In a terminal, one after the other."));
      adw_preferences_group_set_header_suffix (self->group,
                                               barista_copy_button_new (all, _ ("Copy All")));
    }
  add_row (self, row_new (g_dgettext (GETTEXT_PACKAGE, command->purpose), command->command,
                          _ ("Copy Command")));
}

static void
add_practice (BaristaNextPane *self)
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
}

/* NULL: the project's form has no fields to fill in. */
static GPtrArray *
form_of (BaristaNextPane *self)
{
  const char *format = barista_setup_get_project_format (barista_session_get_setup (self->session));

  return g_strcmp0 (format, "classic") == 0 ? barista_project_get_form (self->project) : NULL;
}

static gboolean
add_one (gpointer user_data)
{
  BaristaNextPane *self = user_data;
  GPtrArray *form = form_of (self);
  GPtrArray *commands = barista_project_get_commands (self->project);
  guint n_fields = form != NULL ? form->len : 0;
  guint i;

  if (self->clearing)
    {
      self->clearing = remove_one (self);
      return G_SOURCE_CONTINUE;
    }
  if (barista_session_get_practice (self->session))
    {
      add_practice (self);
      self->source = 0;
      return G_SOURCE_REMOVE;
    }

  i = self->n_added++;
  if (i < n_fields)
    add_field (self, form, i);
  else if (commands != NULL && i - n_fields < commands->len)
    add_command (self, commands, i - n_fields);
  else
    {
      gtk_box_append (self->box, barista_position_group_new (self->session));
      self->source = 0;
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

/* All that the rows are made of. */
static char *
describe (BaristaNextPane *self)
{
  GPtrArray *form = form_of (self);
  GPtrArray *commands = barista_project_get_commands (self->project);
  GString *text = g_string_new (NULL);

  for (guint i = 0; form != NULL && i < form->len; i++)
    {
      const BaristaFormField *field = form->pdata[i];

      g_string_append_printf (text, "%d\t%s\t%s\t%s\n", field->kind,
                              field->name != NULL ? field->name : "", field->label, field->value);
    }
  for (guint i = 0; commands != NULL && i < commands->len; i++)
    {
      const BaristaCommand *command = commands->pdata[i];

      g_string_append_printf (text, "%s\t%s\n", command->purpose, command->command);
    }

  return g_string_free (text, FALSE);
}

/* Row by row, when they are to be seen and say something else: the focus may be in one of them. */
static void
fill (BaristaNextPane *self)
{
  g_autofree char *wanted = NULL;

  if (self->project == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  wanted = describe (self);
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;

  g_set_str (&self->shown, wanted);
  self->clearing = TRUE;
  self->n_added = 0;
  if (self->source == 0)
    self->source = barista_slices_start (add_one, self);
}

/* --- the widget --- */

static void
barista_next_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (barista_next_pane_parent_class)->map (widget);
  fill (BARISTA_NEXT_PANE (widget));
}

static void
barista_next_pane_dispose (GObject *object)
{
  BaristaNextPane *self = BARISTA_NEXT_PANE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_clear_object (&self->project);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_next_pane_parent_class)->dispose (object);
}

static void
barista_next_pane_finalize (GObject *object)
{
  g_free (BARISTA_NEXT_PANE (object)->shown);
  g_ptr_array_unref (BARISTA_NEXT_PANE (object)->rows);

  G_OBJECT_CLASS (barista_next_pane_parent_class)->finalize (object);
}

static void
barista_next_pane_class_init (BaristaNextPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_next_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_next_pane_finalize;
  GTK_WIDGET_CLASS (klass)->map = barista_next_pane_map;
}

static void
barista_next_pane_init (BaristaNextPane *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->rows = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_bin_set_child (ADW_BIN (self), clamp);
  barista_pieces_set_rows (GTK_WIDGET (self), remove_one);
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
  g_signal_connect_swapped (project, "notify::commands", G_CALLBACK (fill), self);
  fill (self);
}
