/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include "barista-growing.h"
#include "barista-pages.h"
#include "barista-pieces.h"

#include <glib/gi18n.h>

/* --- what the session says --- */

char *
window_name_setup (BaristaSetup *setup)
{
  const char *name = barista_setup_get_name (setup);

  if (name == NULL || *name == '\0')
    name = barista_setup_get_task_name (setup);

  return g_strdup (name != NULL && *name != '\0' ? name : _ ("New Setup"));
}

void
window_update_name (BaristaWindow *self)
{
  g_autofree char *name = window_name_setup (barista_session_get_setup (self->session));

  if (!gtk_editable_label_get_editing (self->name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

void
window_update_activity (BaristaWindow *self)
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

void
window_update_all_steps (BaristaWindow *self)
{
  BaristaStep step = barista_session_get_step (self->session);

  /* An answer elsewhere took the step away (undo of "create a task"). */
  if (step != BARISTA_STEP_START && !barista_session_get_step_info (self->session, step)->shown)
    {
      barista_window_go (self, barista_session_get_back_step (self->session));
      return;
    }
  update_steps (self);
  window_update_name (self);
  if (self->next_pending)
    window_try_next (self, FALSE);
}

void
window_update_offline (BaristaWindow *self)
{
  adw_banner_set_revealed (self->offline_banner, barista_session_get_offline (self->session));
}

/* --- pages --- */

static GtkWidget *
page_of (BaristaWindow *self, BaristaStep step)
{
  if (self->step_pages[step] == NULL)
    {
      self->step_pages[step] = barista_page_new (self->session, step);
      gtk_stack_add_child (self->pages, self->step_pages[step]);
    }

  return self->step_pages[step];
}

/**
 * barista_window_get_page:
 * @self: the window
 * @step: a step
 *
 * Returns: (transfer none) (nullable): the whole page of @step, made if it was never shown; %NULL:
 *   there is none now
 */
GtkWidget *
barista_window_get_page (BaristaWindow *self, BaristaStep step)
{
  GtkWidget *page;

  if (self->session == NULL || step == BARISTA_STEP_START)
    return NULL;

  page = page_of (self, step);
  barista_pieces_finish (page);
  return page;
}

/* Rows before what they are in. FALSE: all that is left goes at once. */
static gboolean
take_from (GtkWidget *page)
{
  if (g_object_get_data (G_OBJECT (page), "has-no-rows") == NULL)
    {
      if (barista_growing_shrink (page))
        return TRUE;
      g_object_set_data (G_OBJECT (page), "has-no-rows", page);
    }

  return barista_pieces_take_apart (page);
}

static gboolean
drop_one (gpointer user_data)
{
  BaristaWindow *self = user_data;

  if (self->dropped->len > 0)
    {
      if (!take_from (self->dropped->pdata[0]))
        gtk_stack_remove (self->pages, g_ptr_array_steal_index (self->dropped, 0));
      return G_SOURCE_CONTINUE;
    }

  if (self->waiting != NULL && barista_pieces_take_apart (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;

  self->drop_source = 0;
  if (self->waiting != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

void
window_leave_page (BaristaWindow *self)
{
  GtkWidget *page = self->session != NULL ? gtk_stack_get_visible_child (self->pages) : NULL;

  if (page != NULL)
    barista_step_page_leave (BARISTA_STEP_PAGE (page));
}

void
window_drop_pages (BaristaWindow *self, gboolean now)
{
  for (int i = 0; i < BARISTA_N_STEPS; i++)
    if (self->step_pages[i] != NULL)
      g_ptr_array_add (self->dropped, g_steal_pointer (&self->step_pages[i]));

  if (now)
    {
      g_clear_handle_id (&self->drop_source, g_source_remove);
      while (self->dropped->len > 0)
        gtk_stack_remove (self->pages, g_ptr_array_steal_index (self->dropped, 0));
    }
  else if (self->dropped->len > 0 && self->drop_source == 0)
    self->drop_source = g_idle_add (drop_one, self);
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

void
window_show_problem (BaristaWindow *self, const char *title, const char *body)
{
  barista_pieces_finish (GTK_WIDGET (self));
  barista_start_page_set_problem (self->start_page, title, body);
}

void
window_show_start (BaristaWindow *self)
{
  if (self->start_page == NULL)
    barista_pieces_finish (GTK_WIDGET (self));
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
      window_leave_page (self);
      window_show_start (self);
      return;
    }
  if (!barista_session_get_step_info (self->session, step)->reachable)
    return;

  from = barista_session_get_step (self->session);
  page = page_of (self, step);
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
  window_update_name (self);
  barista_step_page_enter (BARISTA_STEP_PAGE (page));
}

void
window_go_to_row (BaristaWindow *self, GtkListBoxRow *row)
{
  barista_window_go (self, barista_step_row_get_step (BARISTA_STEP_ROW (row)));
}

/* --- Next --- */

gboolean
window_try_next (BaristaWindow *self, gboolean pressed)
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
    barista_step_page_show_missing (BARISTA_STEP_PAGE (page_of (self, step)), info->missing,
                                    info->missing_text);

  return FALSE;
}
