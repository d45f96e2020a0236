/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include "barista-profile.h"
#include "barista-slices.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- taking in --- */

/* A file on its way into a window. */
typedef struct
{
  BaristaWindow *window;
  BaristaSetupStore *store; /* NULL: nothing is kept */
  GFile *file;
  GBytes *bytes;
  BaristaSetup *setup;
  BaristaSession *session; /* what it became */
  char *source;
  gulong refreshing_id;
} Reading;

static void
reading_free (Reading *reading)
{
  reading->window->opening--;
  g_object_unref (reading->window);
  g_clear_object (&reading->store);
  g_object_unref (reading->file);
  g_clear_pointer (&reading->bytes, g_bytes_unref);
  g_clear_object (&reading->setup);
  g_clear_object (&reading->session);
  g_free (reading->source);
  g_free (reading);
}

static void
say_unreadable (Reading *reading, const char *message)
{
  BaristaWindow *self = reading->window;
  g_autofree char *base = g_file_get_basename (reading->file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *title = g_strdup_printf (_ ("%s can't be opened"), shown);

  if (!self->gone)
    {
      barista_window_go (self, BARISTA_STEP_START);
      window_show_problem (self, title, message);
    }
  reading_free (reading);
}

/* It lies in the store from now on: what was relative to the file's own folder is not any more. */
static void
fix_ca_file (BaristaSetup *setup)
{
  const char *ca_file = barista_setup_get_ca_file (setup);

  if (ca_file != NULL)
    {
      g_autofree char *absolute = g_strdup (ca_file);

      g_object_set (setup, "ca-file", absolute, NULL);
    }
}

/* The store knows it from now on, and where it came from. */
static gboolean
on_keep (gpointer user_data)
{
  Reading *reading = user_data;

  barista_session_save_now (reading->session);
  if (reading->store != NULL)
    {
      barista_setup_store_set_source (reading->store, barista_session_get_id (reading->session),
                                      reading->source);
      barista_session_save_now (reading->session);
    }
  reading_free (reading);
  return G_SOURCE_REMOVE;
}

/* A page takes as long to be made as a session. */
static gboolean
on_show (gpointer user_data)
{
  Reading *reading = user_data;

  if (!reading->window->gone)
    {
      barista_window_set_session (reading->window, reading->session);
      g_idle_add (on_keep, reading);
    }
  else
    reading_free (reading);
  return G_SOURCE_REMOVE;
}

/* The same file once more is the setup that it became, with what was answered since; a file that is
 * another by now becomes a setup beside it. */
static void
take_in (Reading *reading)
{
  g_autoptr (BaristaWindow) self = g_object_ref (reading->window);
  BaristaSetup *setup = reading->setup;
  g_autoptr (BaristaSetupEntry) known = NULL;

  if (self->gone)
    {
      reading_free (reading);
      return;
    }

  if (reading->store != NULL)
    known = barista_setup_store_find_source (reading->store, reading->source);
  if (known != NULL)
    {
      BaristaWindow *other = window_open_setup (self, barista_setup_entry_get_id (known));

      if (other != NULL && other != self && self->made_for_file && self->session == NULL)
        gtk_window_close (GTK_WINDOW (self));
      reading_free (reading);
      return;
    }

  fix_ca_file (setup);
  reading->session = window_session_new (self, setup,
                                         barista_setup_has_task (setup) ? BARISTA_STEP_TASK
                                                                        : BARISTA_STEP_SERVER);
  barista_slices_start (on_show, reading);
}

/* Once the window is whole: its pieces come first. */
static gboolean
on_take_in (gpointer reading)
{
  take_in (reading);
  return G_SOURCE_REMOVE;
}

static void
on_refreshing (BaristaSetupStore *store, GParamSpec *pspec, Reading *reading)
{
  if (barista_setup_store_get_refreshing (store))
    return;

  g_signal_handler_disconnect (store, reading->refreshing_id);
  g_idle_add (on_take_in, reading);
}

/* Many topics take their time. Nobody else has @data meanwhile. */
static void
parse_in_thread (GTask *task, gpointer file, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, reading->bytes);
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (reading->bytes, &length);

  reading->source = g_strconcat (sum, " ", uri, NULL);
  reading->setup = barista_profile_parse (text, (gssize) length, folder, &error);
  if (reading->setup != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_file_parsed (GObject *file, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      say_unreadable (reading, error->message);
      return;
    }

  /* What there is already has to be known first. */
  if (reading->store != NULL && barista_setup_store_get_refreshing (reading->store))
    reading->refreshing_id = g_signal_connect (reading->store, "notify::refreshing",
                                               G_CALLBACK (on_refreshing), reading);
  else
    g_idle_add (on_take_in, reading);
}

static void
on_read (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  reading->bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, &error);
  if (reading->bytes == NULL)
    {
      say_unreadable (reading, error->message);
      return;
    }

  task = g_task_new (reading->file, NULL, on_file_parsed, reading);
  g_task_set_source_tag (task, on_read);
  g_task_set_task_data (task, reading, NULL);
  g_task_run_in_thread (task, parse_in_thread);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      say_unreadable (reading, error->message);
      return;
    }

  /* One byte more than allowed: then it is refused as too long. */
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), BARISTA_PROFILE_MAX_BYTES + 1,
                                   G_PRIORITY_DEFAULT, NULL, on_read, reading);
}

/* A pipe would never end to be opened. */
static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  GFileType type = info != NULL ? g_file_info_get_file_type (info) : G_FILE_TYPE_UNKNOWN;

  if (info == NULL)
    say_unreadable (reading, error->message);
  else if (type == G_FILE_TYPE_DIRECTORY)
    say_unreadable (reading, _ ("It is a folder."));
  else if (type == G_FILE_TYPE_SPECIAL)
    say_unreadable (reading, _ ("It is a device or a pipe, not a file."));
  else
    g_file_read_async (G_FILE (source), G_PRIORITY_DEFAULT, NULL, on_opened, reading);
}

/**
 * barista_window_is_free:
 * @self: the window
 *
 * Returns: whether it shows Start, and neither file nor setup is on its way into it
 */
gboolean
barista_window_is_free (BaristaWindow *self)
{
  return self->opening == 0
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "work") != 0;
}

BaristaWindow *
barista_window_new_for_file (GtkApplication *application, BaristaSetupStore *store)
{
  BaristaWindow *self = barista_window_new (application, store);

  self->made_for_file = TRUE;
  return self;
}

/* What a window works on stays there. */
static BaristaWindow *
window_for_file (BaristaWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  BaristaWindow *other;

  if (application == NULL || barista_window_is_free (self))
    return self;

  other = barista_window_new_for_file (application, self->store);
  gtk_window_present (GTK_WINDOW (other));
  return other;
}

/**
 * barista_window_open_file:
 * @self: the window
 * @file: a profile
 *
 * Shows it in @self if that shows Start, else in a window of its own; what is wrong with it is said on
 * Start. A window that works on the same file already comes to the front instead.
 */
void
barista_window_open_file (BaristaWindow *self, GFile *file)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->window = g_object_ref (window_for_file (self));
  reading->window->opening++;
  g_set_object (&reading->store, self->store);
  reading->file = g_object_ref (file);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_info, reading);
}

static gboolean
on_drop (BaristaWindow *self, const GValue *value, double x, double y)
{
  const GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (const GSList *l = files; l != NULL; l = l->next)
    barista_window_open_file (self, l->data);

  return files != NULL;
}

void
window_init_files (BaristaWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/* --- file dialogs --- */

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

/* Sent away, a dialog says nothing; one that could not be shown does. */
static void
say_no_dialog (BaristaWindow *self, const GError *error)
{
  if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    window_toast (self, error->message);
}

static void
on_open_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (self->gone)
    return;
  if (file != NULL)
    barista_window_open_file (self, file);
  else
    say_no_dialog (self, error);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = file_dialog_new (_ ("Open a Setup"));

  gtk_file_dialog_open (dialog, GTK_WINDOW (widget), NULL, on_open_chosen, g_object_ref (widget));
}

/* --- handing out --- */

typedef struct
{
  BaristaWindow *window;
  BaristaSetup *setup;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->window);
  g_clear_object (&export->setup);
  g_free (export);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  if (!done)
    /* Translators: %s is why */
    text = g_strdup_printf (_ ("The setup can't be exported: %s"), error->message);
  window_toast (self, done ? _ ("Setup exported; the token isn't in it") : text);
}

/**
 * window_export_to:
 * @self: where to say how it ended
 * @setup: what to write
 * @file: where to; it is there as a whole or not at all
 */
void
window_export_to (BaristaWindow *self, BaristaSetup *setup, GFile *file)
{
  char *text = barista_profile_write (setup);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       on_exported, g_object_ref (self));
}

static void
on_export_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (export->window->gone)
    return;
  if (file != NULL)
    window_export_to (export->window, export->setup, file);
  else
    say_no_dialog (export->window, error);
}

/* Takes @export. */
static void
choose_export (Export *export)
{
  g_autoptr (GtkFileDialog) dialog = file_dialog_new (_ ("Export the Setup"));
  g_autofree char *title = window_name_setup (export->setup);
  g_autofree char *file_name = g_strdup_printf ("%s.barista", title);

  g_strdelimit (file_name, "/\\\n\r\t", '-');
  gtk_file_dialog_set_initial_name (dialog, file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (export->window), NULL, on_export_chosen, export);
}

static Export *
export_new (BaristaWindow *self, BaristaSetup *setup)
{
  Export *export = g_new0 (Export, 1);

  export->window = g_object_ref (self);
  g_set_object (&export->setup, setup);
  return export;
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    choose_export (export_new (self, barista_session_get_setup (self->session)));
}

static void
on_export_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;

  export->setup = barista_setup_store_load_finish (BARISTA_SETUP_STORE (source), result, &error);
  if (export->window->gone)
    return;
  if (export->setup != NULL)
    choose_export (g_steal_pointer (&export));
  else
    window_show_problem (export->window, _ ("This setup can't be read"), error->message);
}

static void
action_export_setup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  BaristaWindow *other = window_find_setup (self, id);

  if (other != NULL)
    choose_export (export_new (self, barista_session_get_setup (other->session)));
  else
    barista_setup_store_load_async (self->store, id, NULL, on_export_loaded,
                                    export_new (self, NULL));
}

void
window_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "win.export-setup", "s", action_export_setup);
}
