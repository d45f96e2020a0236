/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include "barista-pieces.h"
#include "barista-route-view.h"
#include "barista-settings.h"
#include "barista-slices.h"

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
}

static void
remember_size (BaristaWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);
  GSettings *settings = barista_settings_get ();
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0)
    g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  g_settings_set_boolean (settings, "sidebar", self->sidebar_wanted);
}

/* To take its pages apart is 150 ms of work that other windows of the process would stand still for:
 * it goes out of sight, is the application's no more, and ends when the pages are gone. */
static gboolean
barista_window_close_request (GtkWindow *window)
{
  BaristaWindow *self = BARISTA_WINDOW (window);

  remember_size (self);
  if (GTK_WINDOW_CLASS (barista_window_parent_class)->close_request (window))
    return TRUE;
  if (self->session == NULL || gtk_window_get_application (window) == NULL)
    return FALSE;

  self->gone = TRUE;
  self->waiting = g_object_ref (G_APPLICATION (gtk_window_get_application (window)));
  g_application_hold (self->waiting);
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  gtk_window_set_application (window, NULL);
  barista_window_set_session (self, NULL);
  return TRUE;
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

/* Its setup may be worked on elsewhere. */
static void
unfollow (BaristaWindow *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (barista_session_get_setup (self->session), self);
}

/* After what the click that began it has to do. */
static gboolean
on_make_foot (gpointer window)
{
  BaristaWindow *self = window;

  self->foot_source = 0;
  if (self->session != NULL)
    adw_bin_set_child (self->route_foot, route_line_new (self->session));
  return G_SOURCE_REMOVE;
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

  g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  barista_pieces_finish (GTK_WIDGET (self));
  if (self->session != NULL)
    {
      window_leave_page (self);
      unfollow (self);
      barista_session_flush (self->session);
    }
  window_drop_pages (self, FALSE);
  adw_bin_set_child (self->route_foot, NULL);
  g_set_object (&self->session, session);
  window_show_problem (self, NULL, NULL);
  if (session == NULL)
    {
      window_show_start (self);
      return;
    }

  if (self->foot_source == 0)
    self->foot_source = barista_slices_start (on_make_foot, self);
  follow (self, "steps-changed", G_CALLBACK (window_update_all_steps));
  follow (self, "notify::activity", G_CALLBACK (window_update_activity));
  follow (self, "notify::offline", G_CALLBACK (window_update_offline));
  g_signal_connect_object (barista_session_get_setup (session), "notify::name",
                           G_CALLBACK (window_update_name), self, G_CONNECT_SWAPPED);
  adw_banner_set_revealed (self->practice_banner, barista_session_get_practice (session));
  window_update_offline (self);
  window_update_activity (self);
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
  g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  g_clear_handle_id (&self->foot_source, g_source_remove);
  if (self->session != NULL)
    {
      unfollow (self);
      barista_session_flush (self->session);
    }
  window_drop_pages (self, TRUE);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_WINDOW);

  G_OBJECT_CLASS (barista_window_parent_class)->dispose (object);

  if (self->waiting != NULL)
    g_application_release (self->waiting);
  g_clear_object (&self->waiting);
}

static void
barista_window_finalize (GObject *object)
{
  g_ptr_array_unref (BARISTA_WINDOW (object)->dropped);

  G_OBJECT_CLASS (barista_window_parent_class)->finalize (object);
}

/* --- its pieces --- */

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

/* GTK makes all buttons of a menu at once: when it is opened. */
static void
make_menu (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/* What GTK sets up for the first one of its kind takes as long as the piece with it. */
static void
know_header (gpointer widget)
{
  g_type_class_ref (ADW_TYPE_TOOLBAR_VIEW);
  g_type_class_ref (ADW_TYPE_HEADER_BAR);
  g_type_class_ref (GTK_TYPE_MENU_BUTTON);
}

static void
know_name (gpointer widget)
{
  g_type_class_ref (GTK_TYPE_EDITABLE_LABEL);
}

static void
add_start_header (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_toolbar_view_add_top_bar (self->start_view, GTK_WIDGET (self->start_header));
}

static void
add_start_menu (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_header_bar_pack_end (self->start_header, GTK_WIDGET (self->start_menu_button));
  gtk_menu_button_set_create_popup_func (self->start_menu_button, make_menu, self->start_menu,
                                         NULL);
}

static void
add_work_menu (gpointer widget)
{
  BaristaWindow *self = widget;

  gtk_menu_button_set_create_popup_func (self->work_menu_button, make_menu, self->work_menu, NULL);
  adw_header_bar_pack_end (self->work_header, GTK_WIDGET (self->work_menu_button));
  adw_header_bar_pack_end (self->work_header, self->review_button);
}

static void
add_work_header (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_toolbar_view_add_top_bar (self->work_view, GTK_WIDGET (self->work_header));
}

static void
add_name (gpointer widget)
{
  BaristaWindow *self = widget;

  let_shrink (GTK_WIDGET (self->name));
  adw_header_bar_set_title_widget (self->work_header, GTK_WIDGET (self->name));
}

static void
add_practice_banner (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_toolbar_view_add_top_bar (self->work_view, GTK_WIDGET (self->practice_banner));
}

static void
add_offline_banner (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_toolbar_view_add_top_bar (self->work_view, GTK_WIDGET (self->offline_banner));
}

static void
add_steps (BaristaWindow *self, int first, int after)
{
  for (int i = first; i < after; i++)
    {
      self->step_rows[i] = barista_step_row_new ((BaristaStep) i);
      gtk_list_box_append (self->step_list, self->step_rows[i]);
    }
}

static void
add_first_steps (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_overlay_split_view_set_show_sidebar (self->split, self->sidebar_wanted);
  add_steps (self, BARISTA_STEP_TASK, BARISTA_STEP_TOPICS);
}

static void
add_last_steps (gpointer widget)
{
  add_steps (widget, BARISTA_STEP_TOPICS, BARISTA_N_STEPS);
}

static void
add_route_foot (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_toolbar_view_add_bottom_bar (self->sidebar_view, GTK_WIDGET (self->route_foot));
}

static void
add_step_buttons (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_toolbar_view_add_bottom_bar (self->page_view, GTK_WIDGET (self->step_buttons));
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->next_button));
}

static void
add_activity (gpointer widget)
{
  BaristaWindow *self = widget;

  gtk_center_box_set_center_widget (self->step_buttons, self->activity_box);
}

static void
add_narrow (gpointer widget)
{
  BaristaWindow *self = widget;

  adw_application_window_add_breakpoint (ADW_APPLICATION_WINDOW (self),
                                         g_object_ref (self->narrow));
}

static void
fill_start (gpointer widget)
{
  window_init_setups (widget);
}

static void
show_start (gpointer widget)
{
  window_show_start (widget);
}

/* --- the object --- */

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, BaristaWindow, member)
#define BIND_PIECE(member) barista_pieces_bind (widget_class, BaristaWindow, member)
#define PLACE(member) G_STRUCT_OFFSET (BaristaWindow, member)

static void
barista_window_class_init (BaristaWindowClass *klass)
{
  static const BaristaPiece pieces[] = {
    { NULL, 0, know_header },
    { "start", PLACE (views), NULL },
    { "start_header", BARISTA_PIECE_APART, add_start_header },
    { "start_menu_button", BARISTA_PIECE_APART, add_start_menu },
    { "start_page", PLACE (start_view), NULL },
    { NULL, 0, fill_start },
    { NULL, 0, show_start },
    { NULL, 0, know_name },
    { "work", PLACE (views), NULL },
    { "work_header", BARISTA_PIECE_APART, add_work_header },
    { "name", BARISTA_PIECE_APART, add_name },
    { "review_button", BARISTA_PIECE_APART, NULL },
    { "work_menu_button", BARISTA_PIECE_APART, add_work_menu },
    { "practice_banner", BARISTA_PIECE_APART, add_practice_banner },
    { "offline_banner", BARISTA_PIECE_APART, add_offline_banner },
    { "split", PLACE (work_view), NULL },
    { "steps", PLACE (sidebar_view), NULL },
    { NULL, 0, add_first_steps },
    { NULL, 0, add_last_steps },
    { "route_foot", BARISTA_PIECE_APART, add_route_foot },
    { "step_buttons", BARISTA_PIECE_APART, add_step_buttons },
    { "activity_box", BARISTA_PIECE_APART, add_activity },
    { "narrow", BARISTA_PIECE_APART, add_narrow },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = barista_window_close_request;

  g_type_ensure (BARISTA_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-window.ui");
  BIND (toasts);
  BIND (views);
  BIND (start_menu);
  BIND (work_menu);
  barista_pieces_class_init (widget_class, "barista-window-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  BIND_PIECE (start_view);
  BIND_PIECE (start_header);
  BIND_PIECE (start_menu_button);
  BIND_PIECE (start_page);
  BIND_PIECE (work_view);
  BIND_PIECE (work_header);
  BIND_PIECE (sidebar_button);
  BIND_PIECE (name);
  BIND_PIECE (review_button);
  BIND_PIECE (work_menu_button);
  BIND_PIECE (practice_banner);
  BIND_PIECE (offline_banner);
  BIND_PIECE (split);
  BIND_PIECE (sidebar_view);
  BIND_PIECE (page_view);
  BIND_PIECE (pages);
  BIND_PIECE (step_list);
  BIND_PIECE (route_foot);
  BIND_PIECE (step_buttons);
  BIND_PIECE (back_button);
  BIND_PIECE (next_button);
  BIND_PIECE (activity_box);
  BIND_PIECE (activity);
  BIND_PIECE (narrow);
  gtk_widget_class_bind_template_callback (widget_class, window_take_name);
  gtk_widget_class_bind_template_callback (widget_class, window_go_to_row);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_sidebar);
  window_install_actions (widget_class);
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

static void
barista_window_init (BaristaWindow *self)
{
  load_style (self);
  self->dropped = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sidebar_wanted = TRUE;
  restore_size (self);
  window_init_keys (self);
  barista_pieces_start (GTK_WIDGET (self), NULL);
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
  window_init_files (self);

  return self;
}
