/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-position-group.h"

#include "barista-group-reach.h"
#include "barista-pieces.h"
#include "barista-slices.h"
#include "barista-tooltip.h"
#include "barista-value-row.h"

#include <glib/gi18n.h>

/* A topic's row. */
typedef struct
{
  BaristaTopicChoice *choice;
  GtkWidget *row, *deployed;
} Position;

struct _BaristaPositionGroup
{
  AdwBin parent_instance;

  BaristaSession *session;
  AdwPreferencesGroup *group;
  GPtrArray *positions; /* Position *, in the order of the rows */
  guint n_updated;
  guint source;
};

G_DEFINE_FINAL_TYPE (BaristaPositionGroup, barista_position_group, ADW_TYPE_BIN)

static void
position_free (gpointer data)
{
  Position *position = data;

  g_object_unref (position->choice);
  g_free (position);
}

/* --- what the check saw --- */

static BaristaStageReport *
find_stage (BaristaPositionGroup *self, const Position *position)
{
  return barista_session_find_stage (self->session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP,
                                     barista_topic_choice_get_topic (position->choice));
}

static char *
describe_read (BaristaPositionGroup *self, const Position *position, BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  g_auto (BaristaGroupReach) reach = { 0 };

  if (json_object_get_int_member_with_default (evidence, "committed", -1) < 0)
    return g_strdup (_ ("Nobody has read under this group yet."));

  barista_group_reach_init (&reach, self->session,
                            barista_topic_choice_get_topic (position->choice));
  return barista_group_reach_describe_read (&reach, evidence);
}

static char *
describe (BaristaPositionGroup *self, const Position *position)
{
  BaristaStageReport *stage = find_stage (self, position);

  switch (stage != NULL ? barista_stage_report_get_result (stage) : BARISTA_RESULT_PENDING)
    {
    case BARISTA_RESULT_PASSED:
      return describe_read (self, position, stage);
    case BARISTA_RESULT_FAILED:
      return g_strdup (barista_stage_report_get_title (stage));
    case BARISTA_RESULT_RUNNING:
      return g_strdup (_ ("Looking it up…"));
    case BARISTA_RESULT_PENDING:
    case BARISTA_RESULT_SKIPPED:
    case BARISTA_RESULT_CANCELLED:
    default:
      return g_strdup (barista_session_get_checking (self->session) ? _ ("Looking it up…")
                                                                    : _ ("Not looked up yet"));
    }
}

/* Somebody has read under it, and only the person knows that it was Tinybird. */
static gboolean
may_be_deployed (BaristaPositionGroup *self, const Position *position)
{
  BaristaStageReport *stage = find_stage (self, position);

  return stage != NULL && barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED
         && g_strcmp0 (barista_stage_report_get_cause (stage), "group-already-used") == 0;
}

/* --- rows --- */

static void
on_deployed (BaristaPositionGroup *self, GtkWidget *button)
{
  for (guint i = 0; i < self->positions->len; i++)
    {
      const Position *position = self->positions->pdata[i];

      if (position->deployed != button)
        continue;
      barista_session_begin_change (self->session, _ ("It Is Deployed"));
      g_object_set (position->choice, "deployed", TRUE, NULL);
      barista_session_end_change (self->session);
      return;
    }
}

static void
update_position (BaristaPositionGroup *self, const Position *position)
{
  g_autofree char *text = describe (self, position);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (position->row), text);
  gtk_widget_set_visible (position->deployed, may_be_deployed (self, position));
}

static void
add_position (BaristaPositionGroup *self, BaristaTopicChoice *choice)
{
  Position *position = g_new0 (Position, 1);

  position->choice = g_object_ref (choice);
  position->row = barista_value_row_new (barista_topic_choice_get_topic (choice), "");
  position->deployed = gtk_button_new_with_label (_ ("It Is Deployed"));
  barista_tooltip_set (position->deployed,
                       _ ("What has read under this group is what these files deployed"));
  gtk_widget_set_valign (position->deployed, GTK_ALIGN_CENTER);
  g_signal_connect_object (position->deployed, "clicked", G_CALLBACK (on_deployed), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (position->row), position->deployed);
  update_position (self, position);
  adw_preferences_group_add (self->group, position->row);
  g_ptr_array_add (self->positions, position);
}

static void
remove_position (BaristaPositionGroup *self, guint i)
{
  const Position *position = self->positions->pdata[i];

  adw_preferences_group_remove (self->group, position->row);
  g_ptr_array_remove_index (self->positions, i);
}

/* Removes the first row that isn't as the topics are, or adds the next; FALSE: all are there. */
static gboolean
fill_one (BaristaPositionGroup *self)
{
  GListModel *topics = barista_setup_get_topics (barista_session_get_setup (self->session));
  g_autoptr (BaristaTopicChoice) next = NULL;

  for (guint i = 0; i < self->positions->len; i++)
    {
      const Position *position = self->positions->pdata[i];
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      if (position->choice == choice)
        continue;
      remove_position (self, i);
      return TRUE;
    }

  next = g_list_model_get_item (topics, self->positions->len);
  if (next == NULL)
    return FALSE;
  add_position (self, next);
  return TRUE;
}

static gboolean
remove_last (gpointer group)
{
  BaristaPositionGroup *self = group;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->positions->len == 0)
    return FALSE;

  remove_position (self, self->positions->len - 1);
  return TRUE;
}

static gboolean
on_slice (gpointer user_data)
{
  BaristaPositionGroup *self = user_data;

  if (fill_one (self))
    return G_SOURCE_CONTINUE;
  if (self->n_updated < self->positions->len)
    {
      update_position (self, self->positions->pdata[self->n_updated++]);
      return G_SOURCE_CONTINUE;
    }

  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
follow (BaristaPositionGroup *self)
{
  GListModel *topics = barista_setup_get_topics (barista_session_get_setup (self->session));

  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (topics) > 0);
  self->n_updated = 0;
  if (self->source == 0)
    self->source = barista_slices_start (on_slice, self);
}

/* --- the widget --- */

static void
barista_position_group_dispose (GObject *object)
{
  BaristaPositionGroup *self = BARISTA_POSITION_GROUP (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->positions, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_position_group_parent_class)->dispose (object);
}

static void
barista_position_group_class_init (BaristaPositionGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_position_group_dispose;
}

static void
barista_position_group_init (BaristaPositionGroup *self)
{
  GtkWidget *again = gtk_button_new_from_icon_name ("view-refresh-symbolic");

  self->positions = g_ptr_array_new_with_free_func (position_free);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Reading Position"));
  adw_preferences_group_set_description (self->group,
                                         _ ("How far Tinybird has read, once it is deployed."));
  gtk_widget_set_tooltip_text (again, _ ("Look Again"));
  gtk_widget_add_css_class (again, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "win.check");
  adw_preferences_group_set_header_suffix (self->group, again);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  barista_pieces_set_rows (GTK_WIDGET (self), remove_last);
}

/**
 * barista_position_group_new:
 * @session: whose chosen topics are shown
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
barista_position_group_new (BaristaSession *session)
{
  BaristaPositionGroup *self = g_object_new (BARISTA_TYPE_POSITION_GROUP, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "steps-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_topics (barista_session_get_setup (session)),
                           "items-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);

  return GTK_WIDGET (self);
}
