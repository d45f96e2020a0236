/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-step.h"

void
ui_step_open_session (UiStep *self, BaristaSession *session, BaristaStep step)
{
  self->session = session;
  self->setup = barista_session_get_setup (session);
  self->window = ui_window_new (NULL, NULL);
  barista_window_set_session (self->window, session);
  barista_session_set_step (session, step); /* seen once: it can be gone to */
  barista_window_go (self->window, step);
  gtk_window_present (GTK_WINDOW (self->window));
  self->page = barista_window_get_page (self->window, step);
  g_assert_true (BARISTA_IS_STEP_PAGE (self->page));
}

void
ui_step_open (UiStep *self, const char *task, gboolean managed, BaristaStep step)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, task);
  barista_setup_set_managed (setup, managed);
  ui_step_open_session (self, barista_session_new (setup), step);
}

void
ui_step_open_practice (UiStep *self, const char *scenario, BaristaStep step)
{
  const char *scenarios[] = { scenario, NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaPractice) practice = NULL;
  BaristaSession *session;

  options.scenarios = scenario != NULL ? scenarios : NULL;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  session = barista_session_new_for_practice (practice, &error);
  g_assert_no_error (error);
  ui_step_open_session (self, session, step);
  ui_wait_idle (session);
}

void
ui_step_close (UiStep *self)
{
  GWeakRef page;

  g_weak_ref_init (&page, self->page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (g_weak_ref_get (&page));
  g_weak_ref_clear (&page);
  g_object_unref (self->session);
}

GtkWidget *
ui_step_find (UiStep *self, GType type, const char *label)
{
  GtkWidget *found = ui_find_label (self->page, type, label);

  if (found == NULL)
    g_error ("no %s “%s”", g_type_name (type), label);
  return found;
}

void
ui_type (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer n_frames)
{
  return ++*(guint *) n_frames < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
has_seen_two (gpointer n_frames)
{
  return *(guint *) n_frames == 2;
}

GtkWidget *
ui_step_tab (UiStep *self)
{
  guint n_frames = 0;

  /* Rows that came just now have a place once a frame was laid out: Tab goes by where things are. */
  gtk_widget_add_tick_callback (self->page, on_frame, &n_frames, NULL);
  ui_wait_until (has_seen_two, &n_frames);
  g_assert_true (gtk_widget_child_focus (self->page, GTK_DIR_TAB_FORWARD));
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

gboolean
ui_step_has_focus (UiStep *self, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

void
ui_assert_named (GtkWidget *below)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_visible (child))
        continue;
      if (GTK_IS_BUTTON (child) && gtk_button_get_label (GTK_BUTTON (child)) == NULL
          && gtk_button_get_icon_name (GTK_BUTTON (child)) != NULL
          && gtk_widget_get_tooltip_text (child) == NULL)
        g_error ("a button with the icon %s has no name",
                 gtk_button_get_icon_name (GTK_BUTTON (child)));
      ui_assert_named (child);
    }
}

char *
ui_read_clipboard (GtkWidget *widget)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (widget));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));

  return g_value_dup_string (&value);
}
