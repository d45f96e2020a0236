/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include <glib/gi18n.h>

#define TOAST_SECONDS 8

/* --- beginning --- */

/* For @setup, a new one, to be shown at @step: it is kept once there is something to keep. */
BaristaSession *
window_session_new (BaristaWindow *self, BaristaSetup *setup, BaristaStep step)
{
  BaristaSession *session = barista_session_new (setup);

  if (self->store != NULL)
    {
      g_autofree char *id = barista_setup_store_propose_id (self->store);

      barista_session_set_store (session, self->store, id);
    }
  barista_session_set_step (session, step);
  return session;
}

static void
begin (BaristaWindow *self, BaristaSetup *setup, BaristaStep step)
{
  g_autoptr (BaristaSession) session = window_session_new (self, setup, step);

  barista_window_set_session (self, session);
}

static void
begin_task (BaristaWindow *self, gboolean managed)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, "");
  barista_setup_set_managed (setup, managed);
  if (managed)
    barista_setup_set_deletions (setup, BARISTA_DELETIONS_CDC);
  begin (self, setup, BARISTA_STEP_TASK);
}

static void
begin_other (BaristaWindow *self)
{
  static const char *const none[] = { NULL };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_bootstrap_servers (setup, none);
  begin (self, setup, BARISTA_STEP_SERVER);
}

static void
on_practice (GObject *source, GAsyncResult *result, gpointer window)
{
  g_autoptr (BaristaWindow) self = window;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSession) session = barista_session_new_practice_finish (result, &error);

  self->opening--;
  if (session != NULL)
    barista_window_set_session (self, session);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_object (&self->starting);
      barista_window_go (self, BARISTA_STEP_START);
      window_show_problem (self, _ ("Practice data couldn't be started"), error->message);
    }
}

/* Another setup that is begun meanwhile comes instead. */
static void
begin_practice (BaristaWindow *self)
{
  if (self->starting != NULL)
    return;

  self->starting = g_cancellable_new ();
  self->opening++;
  barista_session_new_practice_async (self->starting, on_practice, g_object_ref (self));
}

static void
action_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  const char *way = g_variant_get_string (parameter, NULL);

  if (g_str_equal (way, "connect") || g_str_equal (way, "create"))
    begin_task (self, g_str_equal (way, "create"));
  else if (g_str_equal (way, "practice"))
    begin_practice (self);
  else
    begin_other (self);
}

/* --- setups of the store --- */

typedef struct
{
  BaristaWindow *window;
  char *id;
} Opening;

/* The window that works on it already; two would write over each other. */
BaristaWindow *
window_find_setup (BaristaWindow *self, const char *id)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  if (self->session != NULL && g_strcmp0 (barista_session_get_id (self->session), id) == 0)
    return self;
  for (GList *l = windows; l != NULL; l = l->next)
    {
      BaristaWindow *other = BARISTA_IS_WINDOW (l->data) ? l->data : NULL;

      if (other != NULL && other->session != NULL
          && g_strcmp0 (barista_session_get_id (other->session), id) == 0)
        return other;
    }

  return NULL;
}

static void
show_other (BaristaWindow *other)
{
  barista_window_go (other, barista_session_get_step (other->session));
  gtk_window_present (GTK_WINDOW (other));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (BaristaWindow) self = opening->window;
  g_autofree char *id = opening->id;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_setup_store_load_finish (BARISTA_SETUP_STORE (source),
                                                                    result, &error);
  g_autoptr (BaristaSetupEntry) entry = barista_setup_store_find (BARISTA_SETUP_STORE (source), id);
  g_autoptr (BaristaSession) session = NULL;
  BaristaStep step;

  g_free (opening);
  self->opening--;
  if (self->gone)
    return;
  /* While it was read, it was opened there. */
  if (window_find_setup (self, id) != NULL)
    {
      show_other (window_find_setup (self, id));
      return;
    }
  if (setup == NULL)
    {
      window_show_problem (self, _ ("This setup can't be read"), error->message);
      return;
    }

  session = barista_session_new (setup);
  if (entry != NULL)
    {
      barista_session_set_folder (session, barista_setup_entry_get_folder (entry));
      if (barista_step_from_string (barista_setup_entry_get_step (entry), &step))
        barista_session_set_step (session, step);
    }
  barista_session_set_store (session, self->store, id);
  barista_window_set_session (self, session);
}

/**
 * window_open_setup:
 * @self: the window
 * @id: of a setup of the store
 *
 * Returns: the window that shows it already, and does so now in front; %NULL if @self will
 */
BaristaWindow *
window_open_setup (BaristaWindow *self, const char *id)
{
  BaristaWindow *other = window_find_setup (self, id);
  Opening *opening;

  if (other != NULL)
    {
      show_other (other);
      return other;
    }

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->id = g_strdup (id);
  self->opening++;
  barista_setup_store_load_async (self->store, id, NULL, on_loaded, opening);
  return NULL;
}

static void
action_open_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  window_open_setup (BARISTA_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
toast_removed (BaristaWindow *self, const char *id)
{
  AdwToast *toast = adw_toast_new (_ ("Setup removed"));

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.restore-setup");
  adw_toast_set_action_target (toast, "s", id);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
action_remove_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  BaristaWindow *other = window_find_setup (self, id);

  if (other != NULL)
    barista_window_set_session (other, NULL);
  barista_setup_store_remove (self->store, id);
  toast_removed (self, id);
}

static void
action_restore_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  barista_setup_store_restore (BARISTA_WINDOW (widget)->store,
                               g_variant_get_string (parameter, NULL));
}

/* --- of the list: one that a window works on changes there --- */

static char *
name_of_entry (BaristaSetupEntry *entry)
{
  const char *name = barista_setup_entry_get_name (entry);

  if (name == NULL || *name == '\0')
    name = barista_setup_entry_get_task (entry);

  return g_strdup (name != NULL ? name : _ ("New Setup"));
}

static void
rename_setup (BaristaWindow *self, const char *id, const char *name)
{
  BaristaWindow *other = window_find_setup (self, id);
  g_autoptr (GError) error = NULL;

  if (*name == '\0')
    name = NULL;
  if (other != NULL)
    {
      barista_setup_set_name (barista_session_get_setup (other->session), name);
      barista_session_flush (other->session);
    }
  else if (!barista_setup_store_rename (self->store, id, name, &error))
    window_show_problem (self, _ ("This setup can't be read"), error->message);
}

static void
on_rename_response (AdwAlertDialog *dialog, const char *response, BaristaWindow *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));

  if (g_str_equal (response, "rename"))
    rename_setup (self, g_object_get_data (G_OBJECT (dialog), "setup"),
                  gtk_editable_get_text (entry));
}

static void
action_rename_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (BaristaSetupEntry) setup = barista_setup_store_find (BARISTA_WINDOW (widget)->store,
                                                                  id);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Rename the Setup"), NULL));
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *old = setup != NULL ? name_of_entry (setup) : g_strdup ("");

  gtk_entry_set_max_length (GTK_ENTRY (entry), 200);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), old);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "rename", _ ("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "rename");
  g_object_set_data_full (G_OBJECT (dialog), "setup", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_rename_response), widget, 0);
  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
action_duplicate_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  BaristaWindow *other = window_find_setup (self, id);
  g_autoptr (BaristaSetupEntry) entry = barista_setup_store_find (self->store, id);
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;
  g_autofree char *title = NULL;
  g_autofree char *copy = NULL;

  if (entry == NULL)
    return;

  if (other != NULL)
    barista_session_flush (other->session);
  old = name_of_entry (entry);
  /* Translators: the name of a setup's copy */
  title = g_strdup_printf (_ ("%s (copy)"), old);
  copy = barista_setup_store_duplicate (self->store, id, title, &error);
  if (copy != NULL)
    window_toast (self, _ ("Setup duplicated"));
  else
    window_show_problem (self, _ ("This setup can't be read"), error->message);
}

/* The one that is open. */
static void
action_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  g_autofree char *id = NULL;

  if (self->session == NULL)
    return;

  id = g_strdup (barista_session_get_id (self->session));
  barista_window_set_session (self, NULL);
  if (id == NULL || self->store == NULL)
    return;
  barista_setup_store_remove (self->store, id);
  toast_removed (self, id);
}

static void
action_duplicate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  g_autoptr (BaristaSetup) copy = NULL;
  g_autofree char *old = NULL;
  g_autofree char *title = NULL;

  if (self->session == NULL || barista_session_get_practice (self->session))
    return;

  old = window_name_setup (barista_session_get_setup (self->session));
  copy = barista_setup_copy (barista_session_get_setup (self->session));
  /* Translators: the name of a setup's copy */
  title = g_strdup_printf (_ ("%s (copy)"), old);
  barista_setup_set_name (copy, title);
  begin (self, copy, barista_session_get_step (self->session));
  barista_session_save_now (self->session);
  window_toast (self, _ ("Setup duplicated"));
}

static const struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
} setup_actions[] = {
  { "win.start", "s", action_start },
  { "win.open-setup", "s", action_open_setup },
  { "win.remove-setup", "s", action_remove_setup },
  { "win.restore-setup", "s", action_restore_setup },
  { "win.delete", NULL, action_delete },
  { "win.duplicate", NULL, action_duplicate },
  { "win.rename-setup", "s", action_rename_setup },
  { "win.duplicate-setup", "s", action_duplicate_setup },
};

void
window_install_setup_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (setup_actions); i++)
    gtk_widget_class_install_action (widget_class, setup_actions[i].name,
                                     setup_actions[i].parameter, setup_actions[i].activate);
  window_install_file_actions (widget_class);
}

static void
on_trouble (BaristaWindow *self)
{
  g_autofree char *trouble = NULL;

  g_object_get (self->store, "trouble", &trouble, NULL);
  if (trouble != NULL)
    window_show_problem (self, _ ("A setup can't be read or kept"), trouble);
}

/* Another program, or another run of this one, has changed the file of the setup that is open. Its
 * answers stay as they are there; the ones of here go on under a name that tells them apart. */
static void
on_moved (BaristaWindow *self, const char *from, const char *to)
{
  const char *id = self->session != NULL ? barista_session_get_id (self->session) : NULL;
  g_autofree char *old = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (g_strcmp0 (id, from) != 0 && g_strcmp0 (id, to) != 0)
    return;

  old = window_name_setup (barista_session_get_setup (self->session));
  /* Translators: the name of a setup's copy */
  title = g_strdup_printf (_ ("%s (copy)"), old);
  barista_setup_set_name (barista_session_get_setup (self->session), title);
  /* Translators: %s is the name of a setup */
  text = g_strdup_printf (_ ("Also changed elsewhere. Both are kept; this is “%s”"), title);
  window_toast (self, text);
}

void
window_init_setups (BaristaWindow *self)
{
  if (self->store == NULL)
    return;

  barista_start_page_set_store (self->start_page, self->store);
  g_signal_connect_object (self->store, "notify::trouble", G_CALLBACK (on_trouble), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  on_trouble (self);
}
