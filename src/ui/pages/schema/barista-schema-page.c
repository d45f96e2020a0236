/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schema-page-private.h"

#include "barista-column-answers.h"
#include "barista-drop-down.h"
#include "barista-pieces.h"
#include "barista-settings.h"
#include "barista-slices.h"
#include "barista-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (BaristaSchemaPage, barista_schema_page, BARISTA_TYPE_STEP_PAGE)

#define SPLIT "schema.split" /* for what is remembered */

static BaristaSession *
session_of (BaristaSchemaPage *self)
{
  return barista_step_page_get_session (BARISTA_STEP_PAGE (self));
}

static GListModel *
topics_of (BaristaSchemaPage *self)
{
  return barista_setup_get_topics (barista_session_get_setup (session_of (self)));
}

BaristaTable *
schema_page_get_table (BaristaSchemaPage *self)
{
  return self->topic != NULL ? barista_session_get_table (session_of (self), self->topic) : NULL;
}

static void
on_narrow (BaristaSchemaPage *self)
{
  schema_page_set_narrow (self, TRUE);
}

static void
on_wide (BaristaSchemaPage *self)
{
  schema_page_set_narrow (self, FALSE);
}

/* --- the verdict --- */

static void
on_replay_changed (BaristaSchemaPage *self)
{
  BaristaReplay *replay = barista_replay_runner_get_replay (self->runner);

  barista_columns_view_set_replay (self->columns, replay);
  barista_sample_view_set_replay (self->sample, replay,
                                  barista_session_get_checking (session_of (self))
                                      ? _ ("Reading Sample Records")
                                      : _ ("No Sample Rows"));
  barista_verdict_line_set_replay (self->verdict, replay,
                                   _ ("No sample record was read, so nothing is tried yet."));
}

static void
on_fix (BaristaSchemaPage *self)
{
  BaristaReplay *replay = barista_replay_runner_get_replay (self->runner);

  if (replay == NULL)
    return;
  barista_columns_answer_fixes (session_of (self), self->topic, replay);
  barista_step_page_toast (BARISTA_STEP_PAGE (self), _ ("Columns changed"), TRUE);
}

/* --- the topic --- */

static void
update_undo (BaristaSchemaPage *self)
{
  const char *undo = barista_session_get_undo_name (session_of (self));
  const char *redo = barista_session_get_redo_name (session_of (self));
  g_autofree char *undo_text = undo != NULL ? g_strdup_printf (_ ("Undo: %s"), undo) : NULL;
  g_autofree char *redo_text = redo != NULL ? g_strdup_printf (_ ("Redo: %s"), redo) : NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->undo), undo != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->redo), redo != NULL);
  barista_tooltip_set (GTK_WIDGET (self->undo), undo_text != NULL ? undo_text : _ ("Undo"));
  barista_tooltip_set (GTK_WIDGET (self->redo), redo_text != NULL ? redo_text : _ ("Redo"));
}

static void
update_stack (BaristaSchemaPage *self, BaristaTable *table)
{
  BaristaSession *session = session_of (self);
  gboolean busy = table == NULL && self->topic != NULL
                  && (barista_session_get_checking (session)
                      || barista_session_get_making_tables (session));

  gtk_stack_set_visible_child_name (self->stack, table != NULL ? "work" : "blank");
  if (table != NULL)
    return;

  if (self->topic == NULL)
    barista_blank_show (self->blank, "empty", _ ("No Topic Chosen"),
                        _ ("Choose the topics to load first; each becomes a table."),
                        _ ("_Choose Topics"), "win.go::topics");
  else if (busy)
    barista_blank_show (self->blank, "waiting", _ ("Reading the Schema"),
                        barista_session_get_activity (session), _ ("_Cancel"), "win.cancel-check");
  else
    barista_blank_show (self->blank, "broken", _ ("The Schema Isn't Known Yet"),
                        _ ("The topic hasn't been looked at so far."), _ ("_Try Again"),
                        "win.check");
  barista_blank_set_busy (self->blank, busy);
}

/* The parts one after the other: a table may have thousands of columns. */
static gboolean
update_one (gpointer user_data)
{
  BaristaSchemaPage *self = user_data;
  BaristaTable *table = schema_page_get_table (self);

  switch (self->n_updated++)
    {
    case 0:
      barista_columns_view_set_table (self->columns, table);
      return G_SOURCE_CONTINUE;
    case 1:
      barista_plan_cards_set_table (self->cards, table);
      barista_plan_mismatch_set_table (self->mismatch, table);
      return G_SOURCE_CONTINUE;
    case 2:
      if (self->engine != NULL)
        barista_engine_view_set_table (self->engine, table);
      if (self->files != NULL)
        barista_files_view_set_table (self->files, table);
      return G_SOURCE_CONTINUE;
    default:
      update_undo (self);
      update_stack (self, table);
      self->update_source = 0;
      return G_SOURCE_REMOVE;
    }
}

/* A change of a hundred columns is a hundred signals, and one update; before the next frame. */
static void
update_soon (BaristaSchemaPage *self)
{
  self->n_updated = 0;
  if (self->update_source == 0)
    self->update_source = barista_slices_start (update_one, self);
}

/* For who goes on with what is shown. */
static void
update_now (BaristaSchemaPage *self)
{
  g_clear_handle_id (&self->update_source, g_source_remove);
  self->n_updated = 0;
  while (update_one (self))
    ;
}

static void
set_topic (BaristaSchemaPage *self, const char *topic)
{
  if (!g_set_str (&self->topic, topic))
    return;

  barista_result_row_set_topic (self->result, topic);
  barista_replay_runner_set_topic (self->runner, topic);
  update_soon (self);
}

static void
on_topic_selected (BaristaSchemaPage *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->topics);

  if (self->whole && !self->updating && item != NULL)
    set_topic (self, gtk_string_object_get_string (item));
}

/* Chosen topics; the one that is shown stays if it is among them. */
static void
follow_topics (BaristaSchemaPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *topics = topics_of (self);
  guint n = g_list_model_get_n_items (topics);
  guint selected = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      const char *name = barista_topic_choice_get_topic (choice);

      gtk_string_list_append (names, name);
      if (g_strcmp0 (name, self->topic) == 0)
        selected = i;
    }

  self->updating = TRUE;
  gtk_drop_down_set_model (self->topics, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->topics, selected);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->topics), n > 1);
  gtk_widget_set_hexpand (self->history, n <= 1);
  set_topic (self, n > 0 ? gtk_string_list_get_string (names, selected) : NULL);
  update_soon (self);
}

static void
on_column_selected (BaristaSchemaPage *self, const char *id)
{
  barista_sample_view_show_column (self->sample, id);
}

/* --- page --- */

static void
barista_schema_page_enter (BaristaStepPage *page)
{
  update_soon (BARISTA_SCHEMA_PAGE (page));
  BARISTA_STEP_PAGE_CLASS (barista_schema_page_parent_class)->enter (page);
}

/* @place: "topic", or "topic column" with a column's name or path behind a blank */
static void
barista_schema_page_show_place (BaristaStepPage *page, const char *place)
{
  BaristaSchemaPage *self = BARISTA_SCHEMA_PAGE (page);
  const char *blank = place != NULL ? strchr (place, ' ') : NULL;
  g_autofree char *topic = blank != NULL ? g_strndup (place, (gsize) (blank - place))
                                         : g_strdup (place);
  GListModel *topics = gtk_drop_down_get_model (self->topics);

  for (guint i = 0; topic != NULL && i < g_list_model_get_n_items (topics); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (topics), i), topic))
      {
        gtk_drop_down_set_selected (self->topics, i);
        if (blank == NULL)
          return;
        update_now (self);
        schema_page_show_pane (self, SCHEMA_PANE_COLUMNS);
        barista_columns_view_show_column (self->columns, blank + 1);
        return;
      }

  /* a column of the topic that is shown */
  if (place != NULL)
    {
      update_now (self);
      schema_page_show_pane (self, SCHEMA_PANE_COLUMNS);
      barista_columns_view_show_column (self->columns, place);
    }
}

/* --- its pieces --- */

static void
place_tabs (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  schema_page_place_in_head (self, GTK_WIDGET (self->tabs), 0, 0);
}

static void
place_panes (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  barista_drop_down_shorten (self->panes);
  schema_page_place_in_head (self, GTK_WIDGET (self->panes), 0, 0);
}

static void
shorten_topics (gpointer widget)
{
  barista_drop_down_shorten (BARISTA_SCHEMA_PAGE (widget)->topics);
}

static void
place_history (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  schema_page_place_in_head (self, self->history, 2, 0);
}

static void
follow_check (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  barista_result_row_follow (self->result, session_of (self), BARISTA_STEP_SCHEMA);
}

static void
start_runner (gpointer widget)
{
  BaristaSchemaPage *self = widget;
  BaristaSession *session = session_of (self);

  barista_plan_cards_set_session (self->cards, session);
  barista_plan_mismatch_set_session (self->mismatch, session);
  barista_columns_view_set_session (self->columns, session);
  self->runner = barista_replay_runner_new (session);
  g_signal_connect_object (self->runner, "changed", G_CALLBACK (on_replay_changed), self,
                           G_CONNECT_SWAPPED);
  on_replay_changed (self);
}

static void
share_room (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  self->whole = TRUE;
  schema_page_set_narrow (self, self->narrow);
  if (barista_settings_get_column_width (SPLIT) > 0)
    gtk_paned_set_position (self->paned, barista_settings_get_column_width (SPLIT));
}

static void
follow_session (gpointer widget)
{
  static const char *const names[] = { "table-changed", "probe-changed", "steps-changed",
                                       "notify::checking", "notify::activity" };
  BaristaSchemaPage *self = widget;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session_of (self), names[i], G_CALLBACK (update_soon), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (topics_of (self), "items-changed", G_CALLBACK (follow_topics), self,
                           G_CONNECT_SWAPPED);
}

static void
show_topics (gpointer widget)
{
  follow_topics (widget);
}

static void
show_table (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  barista_columns_view_set_table (self->columns, schema_page_get_table (self));
}

/* What the keyboard goes to is in sight. */
static void
show_work (gpointer widget)
{
  BaristaSchemaPage *self = widget;

  update_stack (self, schema_page_get_table (self));
}

static const BaristaPiece pieces[] = {
  { "blank", G_STRUCT_OFFSET (BaristaSchemaPage, blank_place), NULL },
  { "tabs", G_STRUCT_OFFSET (BaristaSchemaPage, head), place_tabs },
  { "panes", G_STRUCT_OFFSET (BaristaSchemaPage, head), place_panes },
  { "topics", G_STRUCT_OFFSET (BaristaSchemaPage, head), shorten_topics },
  { "history", G_STRUCT_OFFSET (BaristaSchemaPage, head), place_history },
  { "mismatch", G_STRUCT_OFFSET (BaristaSchemaPage, box), NULL },
  { "result", G_STRUCT_OFFSET (BaristaSchemaPage, box), NULL },
  { "cards", G_STRUCT_OFFSET (BaristaSchemaPage, box), NULL },
  { "work", G_STRUCT_OFFSET (BaristaSchemaPage, box), NULL },
  { "columns", G_STRUCT_OFFSET (BaristaSchemaPage, paned), NULL },
  { "sample", G_STRUCT_OFFSET (BaristaSchemaPage, paned), NULL },
  { "verdict", G_STRUCT_OFFSET (BaristaSchemaPage, box), NULL },
  { NULL, 0, start_runner },
  { NULL, 0, share_room },
  { NULL, 0, follow_session },
  { NULL, 0, show_topics },
  { NULL, 0, show_table },
  { NULL, 0, show_work },
  { NULL, 0, follow_check },
};

/* --- the object --- */

/* Where the line was dragged to is remembered when the page goes out of sight. */
static void
on_unmap (BaristaSchemaPage *self)
{
  int position = self->whole ? gtk_paned_get_position (self->paned) : 0;
  gboolean dragged = FALSE;

  if (!self->whole || self->narrow)
    return;

  g_object_get (self->paned, "position-set", &dragged, NULL);
  if (dragged && position != barista_settings_get_column_width (SPLIT))
    barista_settings_set_column_width (SPLIT, position);
}

static void
barista_schema_page_dispose (GObject *object)
{
  BaristaSchemaPage *self = BARISTA_SCHEMA_PAGE (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_SCHEMA_PAGE);
  self->engine = NULL;
  self->files = NULL;
  g_clear_object (&self->runner);
  g_clear_pointer (&self->topic, g_free);

  G_OBJECT_CLASS (barista_schema_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaristaSchemaPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BaristaSchemaPage, blank_place);
  gtk_widget_class_bind_template_child (widget_class, BaristaSchemaPage, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaSchemaPage, head);
  barista_pieces_class_init (widget_class, "barista-schema-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaSchemaPage, blank);
  barista_pieces_bind (widget_class, BaristaSchemaPage, tabs);
  barista_pieces_bind (widget_class, BaristaSchemaPage, panes);
  barista_pieces_bind (widget_class, BaristaSchemaPage, topics);
  barista_pieces_bind (widget_class, BaristaSchemaPage, history);
  barista_pieces_bind (widget_class, BaristaSchemaPage, undo);
  barista_pieces_bind (widget_class, BaristaSchemaPage, redo);
  barista_pieces_bind (widget_class, BaristaSchemaPage, mismatch);
  barista_pieces_bind (widget_class, BaristaSchemaPage, result);
  barista_pieces_bind (widget_class, BaristaSchemaPage, cards);
  barista_pieces_bind (widget_class, BaristaSchemaPage, work);
  barista_pieces_bind (widget_class, BaristaSchemaPage, parts);
  barista_pieces_bind (widget_class, BaristaSchemaPage, paned);
  barista_pieces_bind (widget_class, BaristaSchemaPage, columns);
  barista_pieces_bind (widget_class, BaristaSchemaPage, sample);
  barista_pieces_bind (widget_class, BaristaSchemaPage, verdict);
}

static void
barista_schema_page_class_init (BaristaSchemaPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  object_class->dispose = barista_schema_page_dispose;
  page_class->enter = barista_schema_page_enter;
  page_class->show_place = barista_schema_page_show_place;

  g_type_ensure (BARISTA_TYPE_BLANK);
  g_type_ensure (BARISTA_TYPE_COLUMNS_VIEW);
  g_type_ensure (BARISTA_TYPE_PLAN_CARDS);
  g_type_ensure (BARISTA_TYPE_PLAN_MISMATCH);
  g_type_ensure (BARISTA_TYPE_RESULT_ROW);
  g_type_ensure (BARISTA_TYPE_SAMPLE_VIEW);
  g_type_ensure (BARISTA_TYPE_VERDICT_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-schema-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback_full (widget_class, "update_panes",
                                                G_CALLBACK (schema_page_update_panes));
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_topic_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_column_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_fix);
}

static void
barista_schema_page_init (BaristaSchemaPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
}
