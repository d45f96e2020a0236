/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include "barista-profile.h"

#include <glib/gi18n.h>
#include <string.h>

#define TOAST_SECONDS 8

/* --- beginning --- */

static void
begin (BaristaWindow *self, BaristaSetup *setup, BaristaStep step)
{
  g_autoptr (BaristaSession) session = barista_session_new (setup);

  if (self->store != NULL)
    {
      g_autofree char *id = barista_setup_store_propose_id (self->store);

      barista_session_set_store (session, self->store, id);
    }
  barista_session_set_step (session, step);
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
begin_practice (BaristaWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSession) session = barista_session_new_practice (&error);

  if (session != NULL)
    barista_window_set_session (self, session);
  else
    {
      barista_window_go (self, BARISTA_STEP_START);
      barista_start_page_set_problem (self->start_page, _ ("Practice data couldn't be started"),
                                      error->message);
    }
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

static BaristaSetupEntry *
find_entry (BaristaSetupStore *store, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (BaristaSetupEntry) entry = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (g_str_equal (barista_setup_entry_get_id (entry), id))
        return g_steal_pointer (&entry);
    }

  return NULL;
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
  g_autoptr (BaristaSetupEntry) entry = find_entry (BARISTA_SETUP_STORE (source), id);
  g_autoptr (BaristaSession) session = NULL;
  BaristaStep step;

  g_free (opening);
  if (setup == NULL)
    {
      barista_start_page_set_problem (self->start_page, _ ("This setup can't be read"),
                                      error->message);
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

/* The window that works on it already; two would write over each other. */
static BaristaWindow *
find_window (BaristaWindow *self, const char *id)
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
open_setup (BaristaWindow *self, const char *id)
{
  BaristaWindow *other = find_window (self, id);
  Opening *opening;

  if (other != NULL)
    {
      barista_window_go (other, barista_session_get_step (other->session));
      gtk_window_present (GTK_WINDOW (other));
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->id = g_strdup (id);
  barista_setup_store_load_async (self->store, id, NULL, on_loaded, opening);
}

static void
action_open_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_setup (BARISTA_WINDOW (widget), g_variant_get_string (parameter, NULL));
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
  BaristaWindow *other = find_window (self, id);

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
  g_autofree char *title = NULL;

  if (self->session == NULL || barista_session_get_practice (self->session))
    return;

  copy = barista_setup_copy (barista_session_get_setup (self->session));
  /* Translators: the name of a setup's copy */
  title = g_strdup_printf (_ ("%s (copy)"), window_get_setup_name (self));
  barista_setup_set_name (copy, title);
  begin (self, copy, barista_session_get_step (self->session));
  barista_session_save_now (self->session);
  window_toast (self, _ ("Setup duplicated"));
}

/* --- files --- */

static void
say_unreadable (BaristaWindow *self, GFile *file, const char *message)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *title = g_strdup_printf (_ ("%s can't be opened"), base);

  barista_window_go (self, BARISTA_STEP_START);
  barista_start_page_set_problem (self->start_page, title, message);
}

/* --- taking in --- */

static BaristaSetup *
parse_file (GFile *file, const char *text, gsize length, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;

  return barista_profile_parse (text, (gssize) length, folder, error);
}

typedef struct
{
  BaristaWindow *window;
  GFile *file;
} Reading;

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (BaristaWindow) self = reading->window;
  g_autoptr (GFile) file = reading->file;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  const char *ca_file;

  g_free (reading);
  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (bytes != NULL)
    setup = parse_file (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (setup == NULL)
    {
      say_unreadable (self, file, error->message);
      return;
    }

  /* It lies in the store from now on: what was relative to the file's own folder is not any more. */
  ca_file = barista_setup_get_ca_file (setup);
  if (ca_file != NULL)
    {
      g_autofree char *absolute = g_strdup (ca_file);

      g_object_set (setup, "ca-file", absolute, NULL);
    }
  begin (self, setup, barista_setup_has_task (setup) ? BARISTA_STEP_TASK : BARISTA_STEP_SERVER);
  barista_session_save_now (self->session);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      say_unreadable (reading->window, reading->file, error->message);
      g_object_unref (reading->window);
      g_object_unref (reading->file);
      g_free (reading);
      return;
    }

  /* One byte more than allowed: then it is refused as too long. */
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), BARISTA_PROFILE_MAX_BYTES + 1,
                                   G_PRIORITY_DEFAULT, NULL, on_read, reading);
}

void
barista_window_open_file (BaristaWindow *self, GFile *file)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->window = g_object_ref (self);
  reading->file = g_object_ref (file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, on_opened, reading);
}

static GtkFileDialog *
file_dialog_new (const char *title)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) profiles = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (profiles, _ ("Barista Setups"));
  gtk_file_filter_add_pattern (profiles, "*.barista");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, profiles);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));

  return dialog;
}

static void
on_open_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaWindow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    barista_window_open_file (self, file);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = file_dialog_new (_ ("Open a Setup"));

  gtk_file_dialog_open (dialog, GTK_WINDOW (widget), NULL, on_open_chosen, g_object_ref (widget));
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    window_toast (self, _ ("Setup exported; the token isn't in it"));
  else
    window_toast (self, error->message);
}

static void
on_export_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaWindow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL || self->session == NULL)
    return;

  text = barista_profile_write (barista_session_get_setup (self->session));
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       on_exported, g_object_ref (self));
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autofree char *file_name = NULL;

  if (self->session == NULL)
    return;

  dialog = file_dialog_new (_ ("Export the Setup"));
  file_name = g_strdup_printf ("%s.barista", window_get_setup_name (self));
  g_strdelimit (file_name, "/\\", '-');
  gtk_file_dialog_set_initial_name (dialog, file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), NULL, on_export_chosen, g_object_ref (self));
}

static gboolean
on_drop (BaristaWindow *self, const GValue *value, double x, double y)
{
  const GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;
  barista_window_open_file (self, files->data);

  return TRUE;
}

static const struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
} setup_actions[] = {
  { "win.start", "s", action_start },
  { "win.open", NULL, action_open },
  { "win.open-setup", "s", action_open_setup },
  { "win.remove-setup", "s", action_remove_setup },
  { "win.restore-setup", "s", action_restore_setup },
  { "win.delete", NULL, action_delete },
  { "win.duplicate", NULL, action_duplicate },
  { "win.export", NULL, action_export },
};

void
window_install_setup_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (setup_actions); i++)
    gtk_widget_class_install_action (widget_class, setup_actions[i].name,
                                     setup_actions[i].parameter, setup_actions[i].activate);
}

static void
on_trouble (BaristaWindow *self)
{
  g_autofree char *trouble = NULL;

  g_object_get (self->store, "trouble", &trouble, NULL);
  if (trouble != NULL)
    barista_start_page_set_problem (self->start_page, _ ("A setup can't be read or kept"), trouble);
}

void
window_init_setups (BaristaWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  if (self->store == NULL)
    return;

  barista_start_page_set_store (self->start_page, self->store);
  g_signal_connect_object (self->store, "notify::trouble", G_CALLBACK (on_trouble), self,
                           G_CONNECT_SWAPPED);
  on_trouble (self);
}
