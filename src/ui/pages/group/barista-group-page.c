/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-group-page.h"

#include "barista-blank.h"
#include "barista-group-row.h"
#include "barista-pieces.h"
#include "barista-slices.h"

#include <glib/gi18n.h>

struct _BaristaGroupPage
{
  BaristaStepPage parent_instance;

  GtkStack *stack;
  GtkWidget *box;
  GtkWidget *blank_place;
  GtkWidget *for_all;
  GtkBox *rows;
  BaristaBlank *blank;

  guint n_updated; /* rows, the first ones, that stand as things are now */
  guint update_source;
  guint fill_source;
};

G_DEFINE_FINAL_TYPE (BaristaGroupPage, barista_group_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSession *
session_of (BaristaGroupPage *self)
{
  return barista_step_page_get_session (BARISTA_STEP_PAGE (self));
}

static GListModel *
topics_of (BaristaGroupPage *self)
{
  return barista_setup_get_topics (barista_session_get_setup (session_of (self)));
}

static BaristaGroupRow *
first_row (BaristaGroupPage *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  return child != NULL ? BARISTA_GROUP_ROW (child) : NULL;
}

static BaristaGroupRow *
next_row (BaristaGroupRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  return next != NULL ? BARISTA_GROUP_ROW (next) : NULL;
}

static gboolean
update_one (gpointer user_data)
{
  BaristaGroupPage *self = user_data;
  BaristaGroupRow *row = first_row (self);

  for (guint i = 0; i < self->n_updated && row != NULL; i++)
    row = next_row (row);
  if (row == NULL)
    {
      self->update_source = 0;
      return G_SOURCE_REMOVE;
    }

  self->n_updated++;
  barista_group_row_update (row);
  return G_SOURCE_CONTINUE;
}

/* Stages and tables change by the dozen; a table is made anew for who asks for it. */
static void
update_soon (BaristaGroupPage *self)
{
  self->n_updated = 0;
  if (self->update_source == 0)
    self->update_source = barista_slices_start (update_one, self);
}

static gboolean
is_chosen (GListModel *topics, BaristaTopicChoice *choice)
{
  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) other = g_list_model_get_item (topics, i);

      if (other == choice)
        return TRUE;
    }

  return FALSE;
}

/* Those behind it move up: the update begins anew. */
static void
remove_row (BaristaGroupPage *self, BaristaGroupRow *row)
{
  self->n_updated = 0;
  gtk_box_remove (self->rows, GTK_WIDGET (row));
}

/* Makes or removes the first row that isn't as the topics are; %FALSE: all of them are. */
static gboolean
fill_one (BaristaGroupPage *self)
{
  GListModel *topics = topics_of (self);
  guint n = g_list_model_get_n_items (topics);
  BaristaGroupRow *row = first_row (self);
  BaristaGroupRow *before = NULL;

  for (guint i = 0; i < n; i++, before = row, row = next_row (row))
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      if (row != NULL && barista_group_row_get_choice (row) == choice)
        continue;
      if (row != NULL && !is_chosen (topics, barista_group_row_get_choice (row)))
        remove_row (self, row);
      else
        gtk_box_insert_child_after (self->rows, barista_group_row_new (session_of (self), choice),
                                    GTK_WIDGET (before));
      return TRUE;
    }

  if (row == NULL)
    return FALSE;
  remove_row (self, row);
  return TRUE;
}

static gboolean
on_fill_slice (gpointer user_data)
{
  BaristaGroupPage *self = user_data;

  if (fill_one (self))
    return G_SOURCE_CONTINUE;

  self->fill_source = 0;
  return G_SOURCE_REMOVE;
}

/* A row takes 8 ms to be made, in pieces of its own, and there may be a hundred. */
static void
fill (BaristaGroupPage *self)
{
  guint n = g_list_model_get_n_items (topics_of (self));

  if (self->fill_source == 0)
    self->fill_source = barista_slices_start (on_fill_slice, self);
  gtk_widget_set_visible (self->for_all, n > 1);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "rows" : "blank");
}

static gboolean
remove_first (gpointer page)
{
  BaristaGroupPage *self = page;
  BaristaGroupRow *row = first_row (self);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (row == NULL)
    return FALSE;

  remove_row (self, row);
  return TRUE;
}

/* For who looks for one of them now. */
static void
fill_all (BaristaGroupPage *self)
{
  while (fill_one (self))
    ;
}

static void
start_all (BaristaGroupPage *self, BaristaStart start)
{
  GListModel *topics = topics_of (self);

  barista_session_begin_change (session_of (self), _ ("Change Start"));
  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      g_object_set (choice, "start", start, NULL);
    }
  barista_session_end_change (session_of (self));
  barista_step_page_toast (BARISTA_STEP_PAGE (self),
                           start == BARISTA_START_EARLIEST
                               ? _ ("All topics are read from their oldest record")
                               : _ ("All topics are read from now on"),
                           TRUE);
}

static void
on_earliest_for_all (BaristaGroupPage *self)
{
  start_all (self, BARISTA_START_EARLIEST);
}

static void
on_latest_for_all (BaristaGroupPage *self)
{
  start_all (self, BARISTA_START_LATEST);
}

static void
barista_group_page_show_missing (BaristaStepPage *page, const char *missing, const char *text)
{
  BaristaGroupRow *row = first_row (BARISTA_GROUP_PAGE (page));

  if (row != NULL)
    barista_group_row_point_at (row, text);
}

/* @place: a topic's name */
static void
barista_group_page_show_place (BaristaStepPage *page, const char *place)
{
  BaristaGroupRow *row;

  fill_all (BARISTA_GROUP_PAGE (page));
  row = first_row (BARISTA_GROUP_PAGE (page));
  for (; row != NULL; row = next_row (row))
    if (g_strcmp0 (barista_group_row_get_topic (row), place) == 0)
      {
        barista_group_row_point_at (row, NULL);
        return;
      }
}

/* --- its pieces --- */

static void
fill_blank (gpointer widget)
{
  barista_blank_show (BARISTA_GROUP_PAGE (widget)->blank, "empty", _ ("No Topic Chosen"),
                      _ ("Choose the topics to load first; each gets its own reading position."),
                      _ ("_Choose Topics"), "win.go::topics");
}

static void
follow_session (gpointer widget)
{
  BaristaGroupPage *self = widget;
  BaristaSession *session = session_of (self);

  g_signal_connect_object (topics_of (self), "items-changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_session_get_stages (session), "items-changed",
                           G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::checking", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "table-changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "probe-changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  /* The one that the keyboard goes to. */
  fill_one (self);
}

static const BaristaPiece pieces[] = {
  { "blank", G_STRUCT_OFFSET (BaristaGroupPage, blank_place), fill_blank },
  { "for_all", G_STRUCT_OFFSET (BaristaGroupPage, box), NULL },
  { "rows", G_STRUCT_OFFSET (BaristaGroupPage, box), NULL },
  { NULL, 0, follow_session },
};

/* --- the object --- */

static void
barista_group_page_dispose (GObject *object)
{
  g_clear_handle_id (&BARISTA_GROUP_PAGE (object)->update_source, g_source_remove);
  g_clear_handle_id (&BARISTA_GROUP_PAGE (object)->fill_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_GROUP_PAGE);

  G_OBJECT_CLASS (barista_group_page_parent_class)->dispose (object);
}

static void
barista_group_page_class_init (BaristaGroupPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  object_class->dispose = barista_group_page_dispose;
  page_class->show_missing = barista_group_page_show_missing;
  page_class->show_place = barista_group_page_show_place;

  g_type_ensure (BARISTA_TYPE_BLANK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-group-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaGroupPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BaristaGroupPage, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaGroupPage, blank_place);
  barista_pieces_class_init (widget_class, "barista-group-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaGroupPage, for_all);
  barista_pieces_bind (widget_class, BaristaGroupPage, rows);
  barista_pieces_bind (widget_class, BaristaGroupPage, blank);
  gtk_widget_class_bind_template_callback (widget_class, on_earliest_for_all);
  gtk_widget_class_bind_template_callback (widget_class, on_latest_for_all);
}

static void
barista_group_page_init (BaristaGroupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  barista_pieces_set_rows (GTK_WIDGET (self), remove_first);
}
