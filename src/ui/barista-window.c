/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "barista-window-private.h"

#include <glib/gi18n.h>

#include "barista-pages.h"
#include "barista-route-view.h"
#include "barista-settings.h"

G_DEFINE_FINAL_TYPE (BaristaWindow, barista_window, ADW_TYPE_APPLICATION_WINDOW)

void
window_toast (BaristaWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* The way of the data in one line, on every page. */
static GtkWidget *
route_line_new (BaristaSession *session)
{
  g_autoptr (BaristaRoute) route = barista_route_new (session);
  GtkWidget *view = barista_route_view_new (route);

  g_object_set (view, "folded", TRUE, NULL);
  return view;
}

/* --- what the session says --- */

char *
window_name_setup (BaristaSetup *setup)
{
  const char *name = barista_setup_get_name (setup);

  if (name == NULL || *name == '\0')
    name = barista_setup_get_task_name (setup);

  return g_strdup (name != NULL && *name != '\0' ? name : _ ("New Setup"));
}

static void
update_name (BaristaWindow *self)
{
  g_autofree char *name = window_name_setup (barista_session_get_setup (self->session));

  if (!gtk_editable_label_get_editing (self->name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
update_activity (BaristaWindow *self)
{
  const char *activity = barista_session_get_activity (self->session);

  gtk_widget_set_visible (self->activity_box, activity != NULL);
  if (activity != NULL)
    gtk_label_set_label (self->activity, activity);
}

static void
update_steps (BaristaWindow *self)
{
  BaristaStep step = barista_session_get_step (self->session);

  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    barista_step_row_update (BARISTA_STEP_ROW (self->step_rows[i]),
                             barista_session_get_step_info (self->session, (BaristaStep) i));
  if (step > BARISTA_STEP_START)
    gtk_list_box_select_row (self->step_list, GTK_LIST_BOX_ROW (self->step_rows[step]));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 barista_session_get_undo_name (self->session) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo",
                                 barista_session_get_redo_name (self->session) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), step != BARISTA_STEP_REVIEW);
  gtk_widget_set_sensitive (
      self->review_button,
      step != BARISTA_STEP_REVIEW
          && barista_session_get_step_info (self->session, BARISTA_STEP_REVIEW)->reachable);
}

static gboolean try_next (BaristaWindow *self, gboolean pressed);

static void
on_steps_changed (BaristaWindow *self)
{
  BaristaStep step = barista_session_get_step (self->session);

  /* An answer elsewhere took the step away (undo of "create a task"). */
  if (step != BARISTA_STEP_START && !barista_session_get_step_info (self->session, step)->shown)
    {
      barista_window_go (self, barista_session_get_back_step (self->session));
      return;
    }
  update_steps (self);
  update_name (self);
  if (self->next_pending)
    try_next (self, FALSE);
}

static void
on_offline (BaristaWindow *self)
{
  adw_banner_set_revealed (self->offline_banner, barista_session_get_offline (self->session));
}

/* --- pages --- */

GtkWidget *
barista_window_get_page (BaristaWindow *self, BaristaStep step)
{
  if (self->session == NULL || step == BARISTA_STEP_START)
    return NULL;

  if (self->step_pages[step] == NULL)
    {
      self->step_pages[step] = barista_page_new (self->session, step);
      gtk_stack_add_named (self->pages, self->step_pages[step], barista_step_to_string (step));
    }

  return self->step_pages[step];
}

static void
drop_pages (BaristaWindow *self)
{
  for (int i = 0; i < BARISTA_N_STEPS; i++)
    if (self->step_pages[i] != NULL)
      {
        gtk_stack_remove (self->pages, self->step_pages[i]);
        self->step_pages[i] = NULL;
      }
}

/* Forward in reading direction; back at once. */
static GtkStackTransitionType
transition_to (BaristaWindow *self, BaristaStep from, BaristaStep to)
{
  if (to <= from)
    return GTK_STACK_TRANSITION_TYPE_NONE;

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
             ? GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT
             : GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT;
}

static void
show_start (BaristaWindow *self)
{
  gtk_stack_set_visible_child_name (self->views, "start");
  gtk_window_set_title (GTK_WINDOW (self), _ ("Barista"));
  barista_start_page_enter (self->start_page);
}

/**
 * barista_window_go:
 * @self: the window
 * @step: where to; a step that can't be reached yet is left alone
 */
void
barista_window_go (BaristaWindow *self, BaristaStep step)
{
  GtkWidget *page, *now;
  BaristaStep from;

  self->next_pending = FALSE;
  if (self->session == NULL || step == BARISTA_STEP_START)
    {
      show_start (self);
      return;
    }
  if (!barista_session_get_step_info (self->session, step)->reachable)
    return;

  from = barista_session_get_step (self->session);
  page = barista_window_get_page (self, step);
  now = gtk_stack_get_visible_child (self->pages);
  if (now != NULL && now != page)
    barista_step_page_leave (BARISTA_STEP_PAGE (now));
  gtk_stack_set_transition_type (self->pages, transition_to (self, from, step));
  gtk_stack_set_visible_child (self->pages, page);
  gtk_stack_set_visible_child_name (self->views, "work");
  if (adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  barista_session_set_step (self->session, step);
  update_steps (self);
  update_name (self);
  barista_step_page_enter (BARISTA_STEP_PAGE (page));
}

static void
on_row_activated (BaristaWindow *self, GtkListBoxRow *row)
{
  barista_window_go (self, barista_step_row_get_step (BARISTA_STEP_ROW (row)));
}

/* --- actions --- */

/* Returns TRUE if it went on. */
static gboolean
try_next (BaristaWindow *self, gboolean pressed)
{
  BaristaStep step = barista_session_get_step (self->session);
  const BaristaStepInfo *info = barista_session_get_step_info (self->session, step);

  self->next_pending = FALSE;
  if (info->missing == NULL)
    {
      barista_window_go (self, barista_session_get_next_step (self->session));
      return TRUE;
    }
  if (g_str_equal (info->missing, "check"))
    self->next_pending = TRUE;
  else if (pressed)
    barista_step_page_show_missing (BARISTA_STEP_PAGE (barista_window_get_page (self, step)),
                                    info->missing, info->missing_text);

  return FALSE;
}

static void
action_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    try_next (self, TRUE);
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    barista_window_go (self, barista_session_get_back_step (self->session));
}

static void
action_go (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaStep step;

  if (barista_step_from_string (g_variant_get_string (parameter, NULL), &step))
    barista_window_go (BARISTA_WINDOW (widget), step);
}

/* Alt+1 ... Alt+9 by the place in the sidebar; 0 is the last. */
static void
action_go_nth (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  int n = g_variant_get_int32 (parameter);
  int shown = 0;

  if (self->session == NULL)
    return;
  if (n == 0)
    {
      barista_window_go (self, BARISTA_STEP_REVIEW);
      return;
    }
  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    if (barista_session_get_step_info (self->session, (BaristaStep) i)->shown && ++shown == n)
      {
        barista_window_go (self, (BaristaStep) i);
        return;
      }
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  window_toast (BARISTA_WINDOW (widget), _ ("Copied"));
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (g_str_equal (name, "win.undo"))
    barista_session_undo (self->session);
  else
    barista_session_redo (self->session);
  on_steps_changed (self);
}

static void
action_check (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (g_str_equal (name, "win.check"))
    barista_session_check_now (self->session);
  else
    barista_session_cancel_check (self->session);
}

static void
action_open_uri (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (
      g_variant_get_string (parameter, NULL));

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (widget), NULL, NULL, NULL);
}

static void
action_sidebar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (self->split,
                                           !adw_overlay_split_view_get_show_sidebar (self->split));
}

static void
action_rename (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    gtk_editable_label_start_editing (self->name);
}

static void
on_name_editing (BaristaWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));
  BaristaSetup *setup;

  if (self->session == NULL || gtk_editable_label_get_editing (self->name))
    return;

  setup = barista_session_get_setup (self->session);
  if (*text != '\0' && g_strcmp0 (text, barista_setup_get_name (setup)) != 0
      && g_strcmp0 (text, gtk_window_get_title (GTK_WINDOW (self))) != 0)
    barista_setup_set_name (setup, text);
  update_name (self);
}

/* --- what is remembered of the window --- */

static void
restore_size (BaristaWindow *self)
{
  GSettings *settings = barista_settings_get ();
  int width, height;

  if (settings == NULL)
    return;

  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width, 360, 8192),
                               CLAMP (height, 294, 8192));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  self->sidebar_wanted = g_settings_get_boolean (settings, "sidebar");
  adw_overlay_split_view_set_show_sidebar (self->split, self->sidebar_wanted);
}

static gboolean
barista_window_close_request (GtkWindow *window)
{
  BaristaWindow *self = BARISTA_WINDOW (window);
  GSettings *settings = barista_settings_get ();
  int width, height;

  if (settings != NULL)
    {
      gtk_window_get_default_size (window, &width, &height);
      if (width > 0 && height > 0)
        g_settings_set (settings, "window-size", "(ii)", width, height);
      g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
      if (!adw_overlay_split_view_get_collapsed (self->split))
        g_settings_set_boolean (settings, "sidebar",
                                adw_overlay_split_view_get_show_sidebar (self->split));
    }

  return GTK_WINDOW_CLASS (barista_window_parent_class)->close_request (window);
}

/* Folded away as the window gets narrow, and back as it was. */
static void
on_collapsed (BaristaWindow *self)
{
  if (adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  else
    adw_overlay_split_view_set_show_sidebar (self->split, self->sidebar_wanted);
}

static void
on_show_sidebar (BaristaWindow *self)
{
  if (!adw_overlay_split_view_get_collapsed (self->split))
    self->sidebar_wanted = adw_overlay_split_view_get_show_sidebar (self->split);
}

/* --- the object --- */

static void
follow (BaristaWindow *self, const char *signal, GCallback callback)
{
  g_signal_connect_object (self->session, signal, callback, self, G_CONNECT_SWAPPED);
}

BaristaSession *
barista_window_get_session (BaristaWindow *self)
{
  return self->session;
}

/**
 * barista_window_set_session:
 * @self: the window
 * @session: (nullable): what to show from now on, at its step; %NULL: Start
 */
void
barista_window_set_session (BaristaWindow *self, BaristaSession *session)
{
  BaristaStep step;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      barista_session_flush (self->session);
    }
  drop_pages (self);
  adw_bin_set_child (self->route_foot, NULL);
  g_set_object (&self->session, session);
  barista_start_page_set_problem (self->start_page, NULL, NULL);
  if (session == NULL)
    {
      show_start (self);
      return;
    }

  adw_bin_set_child (self->route_foot, route_line_new (session));
  follow (self, "steps-changed", G_CALLBACK (on_steps_changed));
  follow (self, "notify::activity", G_CALLBACK (update_activity));
  follow (self, "notify::offline", G_CALLBACK (on_offline));
  g_signal_connect_object (barista_session_get_setup (session), "notify::name",
                           G_CALLBACK (update_name), self, G_CONNECT_SWAPPED);
  adw_banner_set_revealed (self->practice_banner, barista_session_get_practice (session));
  on_offline (self);
  update_activity (self);
  /* What was noted of a setup may not fit it any more. */
  step = barista_session_get_step (session);
  if (step == BARISTA_STEP_START || !barista_session_get_step_info (session, step)->reachable)
    step = barista_session_get_next_step (session);
  barista_window_go (self, step);
}

static void
barista_window_dispose (GObject *object)
{
  BaristaWindow *self = BARISTA_WINDOW (object);

  self->gone = TRUE;
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      barista_session_flush (self->session);
      drop_pages (self);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_WINDOW);

  G_OBJECT_CLASS (barista_window_parent_class)->dispose (object);
}

static const struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
} window_actions[] = {
  { "win.next", NULL, action_next },
  { "win.back", NULL, action_back },
  { "win.go", "s", action_go },
  { "win.go-nth", "i", action_go_nth },
  { "win.copy", "s", action_copy },
  { "win.undo", NULL, action_undo },
  { "win.redo", NULL, action_undo },
  { "win.check", NULL, action_check },
  { "win.cancel-check", NULL, action_check },
  { "win.open-uri", "s", action_open_uri },
  { "win.sidebar", NULL, action_sidebar },
  { "win.rename", NULL, action_rename },
  { "win.shortcuts", NULL, window_show_keys },
};

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action, *format;
  int argument;
} shortcuts[] = {
  { GDK_KEY_Left, GDK_ALT_MASK, "win.back" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
  { GDK_KEY_o, GDK_CONTROL_MASK, "win.open" },
  { GDK_KEY_F9, 0, "win.sidebar" },
  { GDK_KEY_F2, 0, "win.rename" },
  { GDK_KEY_question, GDK_CONTROL_MASK, "win.shortcuts" },
  { GDK_KEY_question, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.shortcuts" },
  { GDK_KEY_1, GDK_ALT_MASK, "win.go-nth", "i", 1 },
  { GDK_KEY_2, GDK_ALT_MASK, "win.go-nth", "i", 2 },
  { GDK_KEY_3, GDK_ALT_MASK, "win.go-nth", "i", 3 },
  { GDK_KEY_4, GDK_ALT_MASK, "win.go-nth", "i", 4 },
  { GDK_KEY_5, GDK_ALT_MASK, "win.go-nth", "i", 5 },
  { GDK_KEY_6, GDK_ALT_MASK, "win.go-nth", "i", 6 },
  { GDK_KEY_7, GDK_ALT_MASK, "win.go-nth", "i", 7 },
  { GDK_KEY_8, GDK_ALT_MASK, "win.go-nth", "i", 8 },
  { GDK_KEY_9, GDK_ALT_MASK, "win.go-nth", "i", 9 },
  { GDK_KEY_0, GDK_ALT_MASK, "win.go-nth", "i", 0 },
};

static void
install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (window_actions); i++)
    gtk_widget_class_install_action (widget_class, window_actions[i].name,
                                     window_actions[i].parameter, window_actions[i].activate);
  window_install_setup_actions (widget_class);

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].format != NULL)
        gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, shortcuts[i].modifiers,
                                             shortcuts[i].action, shortcuts[i].format,
                                             shortcuts[i].argument);
      else
        gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, shortcuts[i].modifiers,
                                             shortcuts[i].action, NULL);
    }
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, BaristaWindow, member)

static void
barista_window_class_init (BaristaWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = barista_window_close_request;

  g_type_ensure (BARISTA_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-window.ui");
  BIND (toasts);
  BIND (views);
  BIND (start_page);
  BIND (name);
  BIND (practice_banner);
  BIND (offline_banner);
  BIND (split);
  BIND (step_list);
  BIND (route_foot);
  BIND (pages);
  BIND (activity_box);
  BIND (activity);
  BIND (back_button);
  BIND (next_button);
  BIND (review_button);
  BIND (sidebar_button);
  gtk_widget_class_bind_template_callback (widget_class, on_name_editing);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_sidebar);
  install_actions (widget_class);
}

static void
load_style (BaristaWindow *self)
{
  static GtkCssProvider *provider;

  if (provider != NULL)
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/barista/Barista/style.css");
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (
                                        gtk_widget_get_display (GTK_WIDGET (self))),
                                    "/io/github/barista/Barista/icons");
}

/* GtkEditableLabel wants room for all of its text: a long name would push the window's buttons out of
 * a narrow one. */
static void
let_shrink (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_MIDDLE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_shrink (child);
}

static void
barista_window_init (BaristaWindow *self)
{
  load_style (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  let_shrink (GTK_WIDGET (self->name));
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->next_button));
  self->sidebar_wanted = TRUE;
  restore_size (self);
  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    {
      self->step_rows[i] = barista_step_row_new ((BaristaStep) i);
      gtk_list_box_append (self->step_list, self->step_rows[i]);
    }
}

/**
 * barista_window_new:
 * @application: (nullable): the application that owns the window
 * @store: (nullable): where setups are kept; %NULL: nowhere, for tests
 *
 * Makes a window that shows Start; present it with gtk_window_present ().
 *
 * Returns: (transfer none): a new window
 */
BaristaWindow *
barista_window_new (GtkApplication *application, BaristaSetupStore *store)
{
  BaristaWindow *self = g_object_new (BARISTA_TYPE_WINDOW, "application", application, NULL);

  g_set_object (&self->store, store);
  window_init_setups (self);
  window_init_files (self);
  show_start (self);

  return self;
}
