/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-topics-page.h"

#include "barista-blank.h"
#include "barista-growing.h"
#include "barista-pieces.h"
#include "barista-result-row.h"
#include "barista-tooltip.h"
#include "barista-topic-row.h"
#include "barista-topics-basket.h"

#include <glib/gi18n.h>

/* As many can be chosen with one click: each becomes a data source of its own. */
#define MOST_AT_ONCE 100

struct _BaristaTopicsPage
{
  BaristaStepPage parent_instance;

  GtkWidget *box, *bar, *view_place, *blank_place, *foot;
  GtkSearchEntry *search;
  GtkButton *all_button;
  GtkLabel *count;
  GtkWidget *missing;
  GtkLabel *missing_text;
  BaristaResultRow *result;
  GtkStack *stack;
  GtkListView *view;
  BaristaBlank *blank;
  BaristaTopicsBasket *basket;

  BaristaTopicList *list;
  GListModel *growing; /* the list as the view has it */
  guint follow_source;
};

G_DEFINE_FINAL_TYPE (BaristaTopicsPage, barista_topics_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSession *
session_of (BaristaTopicsPage *self)
{
  return barista_step_page_get_session (BARISTA_STEP_PAGE (self));
}

static BaristaSetup *
setup_of (BaristaTopicsPage *self)
{
  return barista_session_get_setup (session_of (self));
}

/* --- choosing --- */

static void
toggle_topic (BaristaTopicsPage *self, const char *listed)
{
  g_autofree char *topic = g_strdup (listed);
  BaristaSetup *setup = setup_of (self);
  gboolean chosen = barista_setup_find_topic (setup, topic) != NULL;

  barista_session_begin_change (session_of (self),
                                chosen ? _ ("Remove Topic") : _ ("Choose Topic"));
  if (chosen)
    barista_setup_remove_topic (setup, topic);
  else
    {
      g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (topic);

      barista_setup_add_topic (setup, choice);
    }
  barista_session_end_change (session_of (self));
}

static void
on_activate (BaristaTopicsPage *self, guint position)
{
  toggle_topic (self, barista_topic_list_get_name (self->list, position));
}

/* Space on a row: the list view itself takes it for selecting only. */
static gboolean
on_space (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BaristaTopicsPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  BaristaTopicInfo info;

  if (!BARISTA_IS_TOPIC_ROW (child))
    return FALSE;
  if (barista_topic_list_read_slot (barista_topic_row_get_slot (BARISTA_TOPIC_ROW (child)), &info))
    toggle_topic (self, info.name);
  return TRUE;
}

/* In one step: all that follows from the chosen topics follows once. */
static void
on_choose_all (BaristaTopicsPage *self)
{
  BaristaSetup *setup = setup_of (self);
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->list)), MOST_AT_ONCE);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      const char *name = barista_topic_list_get_name (self->list, i);

      if (barista_setup_find_topic (setup, name) == NULL)
        g_ptr_array_add (choices, barista_topic_choice_new (name));
    }

  barista_session_begin_change (session_of (self), _ ("Choose Topics"));
  barista_setup_add_topics (setup, choices);
  barista_session_end_change (session_of (self));
}

/* --- rows --- */

static void
on_setup (BaristaTopicsPage *self, GtkListItem *holder)
{
  gtk_list_item_set_child (holder, barista_topic_row_new (session_of (self)));
}

static void
on_bind (BaristaTopicsPage *self, GtkListItem *holder)
{
  barista_topic_row_set_slot (BARISTA_TOPIC_ROW (gtk_list_item_get_child (holder)), holder,
                              gtk_list_item_get_item (holder));
}

static void
on_unbind (BaristaTopicsPage *self, GtkListItem *holder)
{
  GtkWidget *row = gtk_list_item_get_child (holder);

  if (row != NULL)
    barista_topic_row_set_slot (BARISTA_TOPIC_ROW (row), NULL, NULL);
}

/* --- what is seen instead of rows --- */

typedef enum
{
  VIEW_ROWS,
  VIEW_WAITING,
  VIEW_NOTHING_FOUND,
  VIEW_EMPTY,
  VIEW_FAILED,
  VIEW_NOT_PUBLISHED,
  VIEW_NOT_CHECKED,
} View;

static View
view_of (BaristaTopicsPage *self)
{
  BaristaSession *session = session_of (self);

  if (barista_topic_list_get_n_topics (self->list) > 0)
    return g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0
                   || barista_topic_list_get_filtering (self->list)
               ? VIEW_ROWS
               : VIEW_NOTHING_FOUND;
  if (barista_session_get_checking (session))
    return VIEW_WAITING;
  if (barista_session_get_report (session) == NULL)
    return VIEW_NOT_CHECKED;
  if (barista_session_find_failure (session, BARISTA_STEP_TOPICS) != NULL)
    return VIEW_EMPTY; /* the row above says why */
  if (barista_session_find_failure (session, BARISTA_STEP_PUBLISH) != NULL)
    return VIEW_NOT_PUBLISHED;
  return barista_report_get_failure (barista_session_get_report (session), BARISTA_SERVICE_KAFKA)
                 != NULL
             ? VIEW_FAILED
             : VIEW_EMPTY;
}

static const struct
{
  const char *drawing;
  const char *title;
  const char *description;
  const char *button;
  const char *action;
} blanks[] = {
  [VIEW_WAITING] = { "waiting", N_ ("Asking for the Topics"), NULL, N_ ("_Cancel"),
                     "win.cancel-check" },
  [VIEW_NOTHING_FOUND] = { "nothing-found", N_ ("No Topic Matches"),
                           N_ ("Try fewer letters, or another part of the name."),
                           N_ ("_Clear Search"), "topics.clear-search" },
  [VIEW_EMPTY] = { "empty", N_ ("Nothing to Choose From"), NULL, N_ ("_Try Again"), "win.check" },
  [VIEW_FAILED] = { "broken", N_ ("The Topics Can't Be Listed"),
                    N_ ("Something before this step doesn't work yet."), N_ ("_Try Again"),
                    "win.check" },
  [VIEW_NOT_PUBLISHED] = { "waiting", N_ ("Not in Estuary Yet"),
                           N_ ("The topics appear here once the task is published."),
                           N_ ("_Look Now"), "win.check" },
  [VIEW_NOT_CHECKED] = { "waiting", N_ ("Not Connected Yet"),
                         N_ ("The topics appear here once the sign-in works."), N_ ("_Sign In"),
                         "win.go::sign-in" },
};

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The row that one scrolls to has the focus only if another had it before. */
static void
focus_row (BaristaTopicsPage *self, guint i)
{
  if (i > 0)
    barista_growing_finish (self->growing);
  gtk_list_view_scroll_to (self->view, i, GTK_LIST_SCROLL_FOCUS, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
update_view (BaristaTopicsPage *self)
{
  View view = view_of (self);
  const char *activity = barista_session_get_activity (session_of (self));
  gboolean waited = has_focus_within (GTK_WIDGET (self->blank));

  gtk_stack_set_visible_child_name (self->stack, view == VIEW_ROWS ? "rows" : "blank");
  gtk_widget_set_sensitive (GTK_WIDGET (self->search),
                            barista_topic_list_get_n_topics (self->list) > 0);
  if (view == VIEW_ROWS)
    {
      /* What had the keyboard is gone; the rows are what it waited for. */
      if (waited)
        focus_row (self, 0);
      return;
    }

  barista_blank_show (self->blank, blanks[view].drawing, _ (blanks[view].title),
                      view == VIEW_WAITING && activity != NULL ? activity
                      : blanks[view].description != NULL       ? _ (blanks[view].description)
                                                               : NULL,
                      _ (blanks[view].button), blanks[view].action);
  barista_blank_set_busy (self->blank, view == VIEW_WAITING);
}

static void
update_count (BaristaTopicsPage *self)
{
  guint all = barista_topic_list_get_n_topics (self->list);
  guint found = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *text = NULL;

  if (found == all)
    text = g_strdup_printf (ngettext ("%'u topic", "%'u topics", all), all);
  else
    text = g_strdup_printf (ngettext ("%'u of %'u topic", "%'u of %'u topics", all), found, all);

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), all > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_button), found > 0 && found <= MOST_AT_ONCE);
  barista_tooltip_set (GTK_WIDGET (self->all_button),
                       found > MOST_AT_ONCE
                           ? _ ("Up to 100 topics at once: narrow the list down first.")
                           : _ ("Choose every topic that the list shows"));
}

/* A check that has just begun knows no topics: those of the last one stay until it does. */
static void
follow_report (BaristaTopicsPage *self)
{
  BaristaReport *report = barista_session_get_report (session_of (self));
  gboolean keeps = barista_session_get_checking (session_of (self))
                   && (report == NULL || barista_report_get_n_topics (report) == 0);

  if (!keeps)
    barista_topic_list_set_report (self->list, report);
  barista_slot_list_refill (BARISTA_SLOT_LIST (self->list));
  update_count (self);
  update_view (self);
}

static gboolean
on_follow_source (gpointer user_data)
{
  BaristaTopicsPage *self = user_data;

  self->follow_source = 0;
  follow_report (self);

  return G_SOURCE_REMOVE;
}

/* What a check does changes its stages and what it says of itself; before the next frame. */
static void
follow_report_soon (BaristaTopicsPage *self)
{
  if (self->follow_source == 0)
    self->follow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_follow_source, self, NULL);
}

static void
on_filtered (BaristaTopicsPage *self)
{
  update_count (self);
  update_view (self);
}

static void
on_topics_changed (BaristaTopicsPage *self)
{
  gtk_widget_set_visible (self->missing, FALSE);
  barista_slot_list_refill (BARISTA_SLOT_LIST (self->list));
}

/* --- search --- */

static void
on_search_changed (BaristaTopicsPage *self)
{
  /* The entry is there before the rest of the page, and speaks up by its own clock. */
  if (!barista_pieces_are_whole (GTK_WIDGET (self)))
    return;
  barista_topic_list_set_query (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  update_view (self);
}

static void
on_stop_search (BaristaTopicsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
clear_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (BARISTA_TOPICS_PAGE (widget)->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (BARISTA_TOPICS_PAGE (widget)->search));
}

/* Down from the search goes into the list. */
static gboolean
on_search_down (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BaristaTopicsPage *self = user_data;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return FALSE;
  focus_row (self, 0);
  return TRUE;
}

static void
add_shortcut (GtkWidget *widget, const char *trigger, GtkShortcutFunc function, gpointer user_data)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (function, user_data, NULL)));
  gtk_widget_add_controller (widget, controller);
}

/* --- page --- */

static void
barista_topics_page_enter (BaristaStepPage *page)
{
  BaristaTopicsPage *self = BARISTA_TOPICS_PAGE (page);

  follow_report (self);
  if (view_of (self) == VIEW_ROWS)
    focus_row (self, 0);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->blank), GTK_DIR_TAB_FORWARD);
}

static void
barista_topics_page_show_missing (BaristaStepPage *page, const char *missing, const char *text)
{
  BaristaTopicsPage *self = BARISTA_TOPICS_PAGE (page);

  gtk_label_set_label (self->missing_text, text != NULL ? text : _ ("Choose at least one topic."));
  gtk_widget_set_visible (self->missing, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->missing_text),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_grab_focus (view_of (self) == VIEW_ROWS ? GTK_WIDGET (self->view)
                                                     : GTK_WIDGET (self->search));
}

/* @place: a topic's name */
static void
barista_topics_page_show_place (BaristaStepPage *page, const char *place)
{
  BaristaTopicsPage *self = BARISTA_TOPICS_PAGE (page);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; place != NULL && i < n; i++)
    if (g_str_equal (barista_topic_list_get_name (self->list, i), place))
      {
        focus_row (self, i);
        return;
      }
}

/* --- its pieces --- */

static void
follow_search (gpointer widget)
{
  BaristaTopicsPage *self = widget;

  gtk_search_entry_set_key_capture_widget (self->search, widget);
  add_shortcut (GTK_WIDGET (self->search), "Down", on_search_down, self);
}

static void
follow_check (gpointer widget)
{
  BaristaTopicsPage *self = widget;

  barista_result_row_follow (self->result, session_of (self), BARISTA_STEP_TOPICS);
}

static void
show_rows (gpointer widget)
{
  BaristaTopicsPage *self = widget;
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (self->growing));

  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  add_shortcut (GTK_WIDGET (self->view), "space", on_space, self);
}

static void
follow_basket (gpointer widget)
{
  BaristaTopicsPage *self = widget;

  barista_topics_basket_follow (self->basket, session_of (self));
}

static void
follow_session (gpointer widget)
{
  static const char *const names[] = { "notify::report", "notify::checking", "notify::activity" };
  BaristaTopicsPage *self = widget;
  BaristaSession *session = session_of (self);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (follow_report_soon), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_session_get_stages (session), "items-changed",
                           G_CALLBACK (follow_report_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_topics (barista_session_get_setup (session)),
                           "items-changed", G_CALLBACK (on_topics_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "filtered", G_CALLBACK (on_filtered), self,
                           G_CONNECT_SWAPPED);
  barista_topic_list_set_query (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  follow_report (self);
}

static const BaristaPiece pieces[] = {
  { "search", G_STRUCT_OFFSET (BaristaTopicsPage, bar), follow_search },
  { "all_button", G_STRUCT_OFFSET (BaristaTopicsPage, bar), NULL },
  { "result", G_STRUCT_OFFSET (BaristaTopicsPage, box), follow_check },
  { "missing", G_STRUCT_OFFSET (BaristaTopicsPage, box), NULL },
  { "frame", G_STRUCT_OFFSET (BaristaTopicsPage, box), NULL },
  { "view", G_STRUCT_OFFSET (BaristaTopicsPage, view_place), show_rows },
  { "blank", G_STRUCT_OFFSET (BaristaTopicsPage, blank_place), NULL },
  { "basket", G_STRUCT_OFFSET (BaristaTopicsPage, foot), follow_basket },
  { "count", G_STRUCT_OFFSET (BaristaTopicsPage, foot), NULL },
  { NULL, 0, follow_session },
};

/* --- the object --- */

static void
barista_topics_page_dispose (GObject *object)
{
  BaristaTopicsPage *self = BARISTA_TOPICS_PAGE (object);

  g_clear_handle_id (&self->follow_source, g_source_remove);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_TOPICS_PAGE);
  g_clear_object (&self->growing);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (barista_topics_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-topics-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsPage, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicsPage, bar);
  barista_pieces_class_init (widget_class, "barista-topics-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaTopicsPage, view_place);
  barista_pieces_bind (widget_class, BaristaTopicsPage, blank_place);
  barista_pieces_bind (widget_class, BaristaTopicsPage, foot);
  barista_pieces_bind (widget_class, BaristaTopicsPage, search);
  barista_pieces_bind (widget_class, BaristaTopicsPage, all_button);
  barista_pieces_bind (widget_class, BaristaTopicsPage, count);
  barista_pieces_bind (widget_class, BaristaTopicsPage, missing);
  barista_pieces_bind (widget_class, BaristaTopicsPage, missing_text);
  barista_pieces_bind (widget_class, BaristaTopicsPage, result);
  barista_pieces_bind (widget_class, BaristaTopicsPage, stack);
  barista_pieces_bind (widget_class, BaristaTopicsPage, view);
  barista_pieces_bind (widget_class, BaristaTopicsPage, blank);
  barista_pieces_bind (widget_class, BaristaTopicsPage, basket);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_all);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
}

static void
barista_topics_page_class_init (BaristaTopicsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  object_class->dispose = barista_topics_page_dispose;
  page_class->enter = barista_topics_page_enter;
  page_class->show_missing = barista_topics_page_show_missing;
  page_class->show_place = barista_topics_page_show_place;

  g_type_ensure (BARISTA_TYPE_BLANK);
  g_type_ensure (BARISTA_TYPE_RESULT_ROW);
  g_type_ensure (BARISTA_TYPE_TOPICS_BASKET);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "topics.clear-search", NULL, clear_search);
}

static void
barista_topics_page_init (BaristaTopicsPage *self)
{
  self->list = barista_topic_list_new ();
  self->growing = barista_growing_new (G_LIST_MODEL (self->list));
  gtk_widget_init_template (GTK_WIDGET (self));
}
