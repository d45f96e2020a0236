/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-group-row.h"

#include "barista-group-reach.h"
#include "barista-names.h"
#include "barista-pieces.h"
#include "barista-result-row.h"
#include "barista-span-bar.h"

#include <glib/gi18n.h>

struct _BaristaGroupRow
{
  AdwPreferencesGroup parent_instance;

  gpointer place; /* itself: what its pieces go into */
  AdwEntryRow *id;
  GtkButton *propose;
  GtkLabel *problem;
  AdwActionRow *probe;
  GtkImage *probe_icon;
  AdwSpinner *probe_spinner;
  BaristaResultRow *result;
  AdwActionRow *earliest_row;
  AdwActionRow *latest_row;
  GtkCheckButton *earliest;
  GtkCheckButton *latest;
  BaristaSpanBar *bar;
  GtkLabel *oldest;
  GtkLabel *amount;
  GtkLabel *newest;
  GtkWidget *span;

  BaristaSession *session;
  BaristaTopicChoice *choice;
  gboolean whole; /* all its pieces are there */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BaristaGroupRow, barista_group_row, ADW_TYPE_PREFERENCES_GROUP)

/* What is proposed while the person says nothing: unique in the project once the table is known. */
static char *
dup_id (BaristaGroupRow *self)
{
  const char *topic = barista_topic_choice_get_topic (self->choice);
  const char *stated = barista_topic_choice_get_group_id (self->choice);
  BaristaTable *table = barista_session_get_table (self->session, topic);

  if (stated != NULL)
    return g_strdup (stated);
  if (table != NULL)
    return g_strdup (barista_table_get_group_id (table));
  return barista_group_id_suggest (
      barista_setup_get_task_name (barista_session_get_setup (self->session)), topic);
}

/* --- what the check found --- */

typedef enum
{
  PROBE_UNKNOWN,
  PROBE_WORKING,
  PROBE_FREE,
  PROBE_IN_USE, /* by what this setup has deployed */
  PROBE_FAILED, /* told by the result row */
} Probe;

static const struct
{
  const char *icon;
  const char *style;
  const char *text;
} probes[] = {
  [PROBE_UNKNOWN] = { "content-loading-symbolic", "dimmed", N_ ("Not looked up yet") },
  [PROBE_WORKING] = { NULL, "dimmed", N_ ("Looking it up…") },
  [PROBE_FREE] = { "object-select-symbolic", "success", N_ ("Not used by anyone so far") },
  [PROBE_IN_USE] = { "object-select-symbolic", "success", N_ ("In use by Tinybird") },
};

static BaristaStageReport *
find_group_stage (BaristaGroupRow *self)
{
  return barista_session_find_stage (self->session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP,
                                     barista_topic_choice_get_topic (self->choice));
}

static Probe
probe_of (BaristaGroupRow *self)
{
  BaristaStageReport *stage = find_group_stage (self);
  BaristaResult result = stage != NULL ? barista_stage_report_get_result (stage)
                                       : BARISTA_RESULT_PENDING;

  switch (result)
    {
    case BARISTA_RESULT_PASSED:
      return barista_stage_report_get_cause (stage) != NULL ? PROBE_IN_USE : PROBE_FREE;
    case BARISTA_RESULT_FAILED:
      return PROBE_FAILED;
    case BARISTA_RESULT_RUNNING:
      return PROBE_WORKING;
    default:
      return barista_session_get_checking (self->session) ? PROBE_WORKING : PROBE_UNKNOWN;
    }
}

static void
update_probe (BaristaGroupRow *self)
{
  Probe probe = probe_of (self);
  const char *body = probe == PROBE_IN_USE ? barista_stage_report_get_body (find_group_stage (self))
                                           : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->probe), probe != PROBE_FAILED);
  if (probe == PROBE_FAILED)
    return;

  const char *styles[] = { probes[probe].style, NULL };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->probe), _ (probes[probe].text));
  adw_action_row_set_subtitle (self->probe, body != NULL ? body : "");
  gtk_widget_set_visible (GTK_WIDGET (self->probe_spinner), probe == PROBE_WORKING);
  gtk_widget_set_visible (GTK_WIDGET (self->probe_icon), probe != PROBE_WORKING);
  gtk_image_set_from_icon_name (self->probe_icon, probes[probe].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->probe_icon), styles);
}

/* --- where reading starts --- */

static char *
format_date (GDateTime *time)
{
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static void
update_span (BaristaGroupRow *self, const BaristaGroupReach *reach, gboolean from_start)
{
  g_autofree char *amount = barista_group_reach_format (reach);
  g_autofree char *oldest = format_date (reach->oldest);
  g_autofree char *newest = format_date (reach->newest);
  /* Translators: the time of a topic's oldest record */
  g_autofree char *from = g_strdup_printf (_ ("oldest %s"), oldest);
  /* Translators: the time of a topic's newest record */
  g_autofree char *to = g_strdup_printf (_ ("newest %s"), newest);

  gtk_widget_set_visible (self->span, reach->known && !reach->empty);
  barista_span_bar_set_from_start (self->bar, from_start);
  gtk_label_set_label (self->amount, amount);
  gtk_label_set_label (self->oldest, reach->oldest != NULL ? from : "");
  gtk_label_set_label (self->newest, reach->newest != NULL ? to : "");
}

static void
update_start (BaristaGroupRow *self)
{
  gboolean from_start = barista_topic_choice_get_start (self->choice) == BARISTA_START_EARLIEST;
  g_auto (BaristaGroupReach) reach = { 0 };
  g_autofree char *earliest = NULL;
  g_autofree char *latest = NULL;

  barista_group_reach_init (&reach, self->session, barista_topic_choice_get_topic (self->choice));
  earliest = barista_group_reach_explain (&reach, BARISTA_START_EARLIEST);
  latest = barista_group_reach_explain (&reach, BARISTA_START_LATEST);

  gtk_check_button_set_active (from_start ? self->earliest : self->latest, TRUE);
  adw_action_row_set_subtitle (self->earliest_row, earliest);
  adw_action_row_set_subtitle (self->latest_row, latest);
  update_span (self, &reach, from_start);
}

static void
update_problem (BaristaGroupRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->id));
  g_autoptr (GError) error = NULL;
  gboolean fine = *text == '\0' || barista_group_id_check (text, &error);

  gtk_label_set_label (self->problem, fine ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !fine);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->id), GTK_ACCESSIBLE_STATE_INVALID,
                               fine ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (fine)
    gtk_widget_remove_css_class (GTK_WIDGET (self->id), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->id), "error");
}

void
barista_group_row_update (BaristaGroupRow *self)
{
  g_autofree char *id = dup_id (self);
  gboolean stated = barista_topic_choice_get_group_id (self->choice) != NULL;

  self->updating = TRUE;
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->id))))
      && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->id)), id) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->id), id);
  gtk_widget_set_visible (GTK_WIDGET (self->propose), stated);
  update_problem (self);
  if (self->whole)
    {
      update_probe (self);
      update_start (self);
    }
  self->updating = FALSE;
}

/* --- answers --- */

static void
set_id (BaristaGroupRow *self, const char *id)
{
  if (g_strcmp0 (barista_topic_choice_get_group_id (self->choice), id) == 0)
    return;

  barista_session_begin_change (self->session, _ ("Rename Group"));
  g_object_set (self->choice, "group-id", id, NULL);
  barista_session_end_change (self->session);
}

/* Each name that is settled on is looked up: not each letter. */
static void
on_id_apply (BaristaGroupRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->id))));
  g_autofree char *now = dup_id (self);

  if (g_str_equal (text, now))
    return;
  set_id (self, *text != '\0' ? text : NULL);
}

static void
on_id_changed (BaristaGroupRow *self)
{
  if (!self->updating)
    update_problem (self);
}

static void
on_propose (BaristaGroupRow *self)
{
  set_id (self, NULL);
  barista_group_row_update (self);
}

static void
on_start_toggled (BaristaGroupRow *self)
{
  BaristaStart start = gtk_check_button_get_active (self->earliest) ? BARISTA_START_EARLIEST
                                                                    : BARISTA_START_LATEST;

  if (!self->whole || self->updating || start == barista_topic_choice_get_start (self->choice))
    return;

  barista_session_begin_change (self->session, _ ("Change Start"));
  g_object_set (self->choice, "start", start, NULL);
  barista_session_end_change (self->session);
}

/* --- its pieces: the name, which the keyboard goes to, is there before them --- */

static void
follow_check (gpointer widget)
{
  BaristaGroupRow *self = widget;

  barista_result_row_follow (self->result, self->session, BARISTA_STEP_GROUP);
  barista_result_row_set_topic (self->result, barista_topic_choice_get_topic (self->choice));
}

static void
show_all (gpointer widget)
{
  BaristaGroupRow *self = widget;

  self->whole = TRUE;
  barista_group_row_update (self);
}

static const BaristaPiece pieces[] = {
  { "probe", G_STRUCT_OFFSET (BaristaGroupRow, place), NULL },
  { "earliest_row", G_STRUCT_OFFSET (BaristaGroupRow, place), NULL },
  { "latest_row", G_STRUCT_OFFSET (BaristaGroupRow, place), NULL },
  { "span_row", G_STRUCT_OFFSET (BaristaGroupRow, place), NULL },
  { "result", G_STRUCT_OFFSET (BaristaGroupRow, place), follow_check },
  { NULL, 0, show_all },
};

/* --- widget --- */

static void
barista_group_row_dispose (GObject *object)
{
  BaristaGroupRow *self = BARISTA_GROUP_ROW (object);

  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_GROUP_ROW);
  g_clear_object (&self->session);
  g_clear_object (&self->choice);

  G_OBJECT_CLASS (barista_group_row_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaristaGroupRow, id);
  gtk_widget_class_bind_template_child (widget_class, BaristaGroupRow, propose);
  gtk_widget_class_bind_template_child (widget_class, BaristaGroupRow, problem);
  barista_pieces_class_init (widget_class, "barista-group-row-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaGroupRow, probe);
  barista_pieces_bind (widget_class, BaristaGroupRow, probe_icon);
  barista_pieces_bind (widget_class, BaristaGroupRow, probe_spinner);
  barista_pieces_bind (widget_class, BaristaGroupRow, result);
  barista_pieces_bind (widget_class, BaristaGroupRow, earliest_row);
  barista_pieces_bind (widget_class, BaristaGroupRow, latest_row);
  barista_pieces_bind (widget_class, BaristaGroupRow, earliest);
  barista_pieces_bind (widget_class, BaristaGroupRow, latest);
  barista_pieces_bind (widget_class, BaristaGroupRow, bar);
  barista_pieces_bind (widget_class, BaristaGroupRow, oldest);
  barista_pieces_bind (widget_class, BaristaGroupRow, amount);
  barista_pieces_bind (widget_class, BaristaGroupRow, newest);
  barista_pieces_bind (widget_class, BaristaGroupRow, span);
}

static void
barista_group_row_class_init (BaristaGroupRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_group_row_dispose;
  g_type_ensure (BARISTA_TYPE_RESULT_ROW);
  g_type_ensure (BARISTA_TYPE_SPAN_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-group-row.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_id_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_id_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_propose);
  gtk_widget_class_bind_template_callback (widget_class, on_start_toggled);
}

static void
barista_group_row_init (BaristaGroupRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->place = self;
}

GtkWidget *
barista_group_row_new (BaristaSession *session, BaristaTopicChoice *choice)
{
  BaristaGroupRow *self = g_object_new (BARISTA_TYPE_GROUP_ROW, NULL);
  const char *topic = barista_topic_choice_get_topic (choice);
  g_autofree char *title = g_markup_escape_text (topic, -1);

  self->session = g_object_ref (session);
  self->choice = g_object_ref (choice);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  g_signal_connect_object (choice, "notify", G_CALLBACK (barista_group_row_update), self,
                           G_CONNECT_SWAPPED);
  barista_group_row_update (self);
  barista_pieces_start (GTK_WIDGET (self), NULL);
  return GTK_WIDGET (self);
}

BaristaTopicChoice *
barista_group_row_get_choice (BaristaGroupRow *self)
{
  return self->choice;
}

const char *
barista_group_row_get_topic (BaristaGroupRow *self)
{
  return barista_topic_choice_get_topic (self->choice);
}

void
barista_group_row_point_at (BaristaGroupRow *self, const char *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->id));
  if (text == NULL)
    return;

  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
