/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-drive.h"

#include "barista-pieces.h"

#include <string.h>

BaristaWindow *
ui_window_new (GtkApplication *application, BaristaSetupStore *store)
{
  BaristaWindow *window = barista_window_new (application, store);

  barista_pieces_finish (GTK_WIDGET (window));
  return window;
}

void
ui_load_style (void)
{
  static GtkCssProvider *provider;

  if (provider != NULL)
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/barista/Barista/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

GtkWidget *
ui_find (GtkWidget *below, GType type)
{
  GtkWidget *child = gtk_widget_get_first_child (below);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : ui_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
label_of (GtkWidget *widget)
{
  static const char *const names[] = { "label", "title" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]);
      char *text = NULL;

      if (pspec == NULL || pspec->value_type != G_TYPE_STRING)
        continue;
      g_object_get (widget, names[i], &text, NULL);
      if (text != NULL)
        return text;
    }

  return NULL;
}

GtkWidget *
ui_find_label (GtkWidget *below, GType type, const char *label)
{
  GtkWidget *child = gtk_widget_get_first_child (below);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *text = g_type_is_a (G_OBJECT_TYPE (child), type) ? label_of (child) : NULL;
      GtkWidget *found;

      if (g_strcmp0 (text, label) == 0 && gtk_widget_get_child_visible (child)
          && gtk_widget_get_visible (child))
        return child;
      found = ui_find_label (child, type, label);
      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
ui_find_text (GtkWidget *below, const char *text)
{
  GtkWidget *child = gtk_widget_get_first_child (below);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (!gtk_widget_get_visible (child) || !gtk_widget_get_child_visible (child))
        continue;
      if (GTK_IS_LABEL (child) && strstr (gtk_label_get_text (GTK_LABEL (child)), text) != NULL)
        return child;
      found = ui_find_text (child, text);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
activate_shortcut (GListModel *shortcuts, GtkWidget *window, guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger)
          && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
          && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                             GTK_SHORTCUT_ACTION_EXCLUSIVE, window,
                                             gtk_shortcut_get_arguments (shortcut));
    }

  return FALSE;
}

void
ui_key (GtkWidget *window, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller)
          && activate_shortcut (G_LIST_MODEL (controller), window, key, modifiers))
        return;
    }

  g_error ("the key %s does nothing", gdk_keyval_name (key));
}

void
ui_click (GtkWidget *below, const char *label)
{
  GtkWidget *button = ui_find_label (below, GTK_TYPE_BUTTON, label);

  if (button == NULL)
    g_error ("no button “%s”", label);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
ui_action (GtkWidget *widget, const char *action, const char *target)
{
  if (target != NULL)
    g_assert_true (gtk_widget_activate_action (widget, action, "s", target));
  else
    g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

void
ui_wait_until (gboolean (*done) (gpointer data), gpointer data)
{
  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_idle (gpointer data)
{
  return !barista_session_get_checking (data) && !barista_session_get_making_tables (data);
}

/* For the log of a test that then fails. */
static void
tell_failures (BaristaReport *report)
{
  for (BaristaService service = BARISTA_SERVICE_KAFKA; service <= BARISTA_SERVICE_REGISTRY;
       service++)
    {
      BaristaStageReport *stage = barista_report_get_failure (report, service);

      if (stage != NULL)
        g_test_message ("%s: %s", barista_stage_report_get_cause (stage),
                        barista_stage_report_get_body (stage));
    }
}

void
ui_wait_idle (BaristaSession *session)
{
  ui_wait_until (is_idle, session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (barista_session_get_report (session) != NULL)
    tell_failures (barista_session_get_report (session));
}

static gboolean
has_session (gpointer window)
{
  return barista_window_get_session (window) != NULL;
}

void
ui_begin_practice (BaristaWindow *window)
{
  ui_click (GTK_WIDGET (window), "_Try Practice Data");
  ui_wait_until (has_session, window);
}

static gboolean
wake (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_awake (gpointer data)
{
  return *(gboolean *) data;
}

void
ui_picture (GtkWindow *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gboolean awake = FALSE;

  /* Frames come by the clock: give it time to lay out and draw. */
  g_timeout_add (400, wake, &awake);
  ui_wait_until (is_awake, &awake);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (GTK_WIDGET (window)),
                          gtk_widget_get_height (GTK_WIDGET (window)));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

void
ui_shot (GtkWindow *window, const char *name)
{
  const char *folder = g_getenv ("BARISTA_SHOTS");
  const char *look = g_getenv ("BARISTA_LOOK");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_strdup_printf ("%s/%s%s%s.png", folder, name, look != NULL ? "-" : "",
                          look != NULL ? look : "");
  ui_picture (window, path);
}
