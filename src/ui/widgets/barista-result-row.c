/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-result-row.h"

#include "barista-cause.h"
#include "barista-slices.h"
#include "barista-stage-details.h"
#include "barista-state-dot.h"
#include "barista-words.h"

#include <glib/gi18n.h>

struct _BaristaResultRow
{
  AdwBin parent_instance;

  BaristaSession *session;
  BaristaStep step;
  char *topic;

  BaristaStageReport *stage; /* shown; NULL while hidden */
  char *announced;

  GtkListBox *list;
  GtkWidget *head;
  GtkWidget *dot;
  GtkLabel *title, *body;
  AdwWrapBox *buttons;
  AdwExpanderRow *details;
  GPtrArray *checks; /* rows of the checklist; borrowed */
  guint n_stale;     /* of these the first ones: they are of what was shown before */
  gsize n_looked;    /* at entries of the list of checks */
  guint checks_source;
  GPtrArray *facts; /* rows below the details; borrowed */
};

G_DEFINE_FINAL_TYPE (BaristaResultRow, barista_result_row, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_STEP,
  PROP_TOPIC,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* What to look at where the other side won't say what is wrong: a row and a button each. */
static const struct
{
  const char *cause;
  const char *remedy;
  const char *title;
  const char *subtitle;
  const char *subtitle_other; /* where the server isn't a Dekaf */
} checks[] = {
  { "sign-in-refused", "open-estuary", N_ ("Compare the name"),
    N_ ("It is the full name of the task, as Estuary shows it."),
    N_ ("It is the name that the server's owner gave.") },
  { "sign-in-refused", "paste-token", N_ ("Paste the token again"),
    N_ ("From its author; Estuary doesn't show it again."),
    N_ ("From where it was first given to you.") },
  { "sign-in-refused", "copy-request", N_ ("Ask for the token"),
    N_ ("A ready text for the colleague who made the task."),
    N_ ("A ready text for the server's owner.") },
  { "sign-in-refused", "try-again", N_ ("Try once more"),
    N_ ("A task that was just published takes a minute to be known."),
    N_ ("A password that was just changed may take a minute.") },
};

/* --- buttons --- */

static void
on_remedy_clicked (BaristaResultRow *self, GtkWidget *button)
{
  if (self->stage != NULL && self->session != NULL)
    barista_remedy_apply (g_object_get_data (G_OBJECT (button), "remedy"), self->session,
                          self->stage, GTK_WIDGET (self));
}

static GtkWidget *
remedy_button_new (BaristaResultRow *self, const char *id)
{
  GtkWidget *button = gtk_button_new_with_label (barista_remedy_get_label (id));
  gtk_button_set_can_shrink (GTK_BUTTON (button), TRUE);

  g_object_set_data_full (G_OBJECT (button), "remedy", g_strdup (id), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remedy_clicked), self,
                           G_CONNECT_SWAPPED);

  return button;
}

static gboolean
is_checklist (const char *cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_strcmp0 (checks[i].cause, cause) == 0)
      return TRUE;

  return FALSE;
}

/* The first is the suggested one, but for a wait, where nothing has to be done. */
static void
add_buttons (BaristaResultRow *self)
{
  const char *id = barista_stage_report_get_cause (self->stage);
  const BaristaCause *cause = barista_cause_find (id);
  g_auto (GStrv) ids = cause != NULL && cause->remedies != NULL
                           ? g_strsplit (cause->remedies, " ", -1)
                           : NULL;
  guint n = 0;

  for (guint i = 0; ids != NULL && ids[i] != NULL && !is_checklist (id); i++)
    {
      GtkWidget *button;

      if (self->session == NULL || !barista_remedy_applies (ids[i], self->session, self->stage))
        continue;
      button = remedy_button_new (self, ids[i]);
      if (n++ == 0 && cause->kind == BARISTA_CAUSE_ERROR)
        gtk_widget_add_css_class (button, "suggested-action");
      adw_wrap_box_append (self->buttons, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), n > 0);
  /* A list whose first row takes no focus is passed over as a whole. */
  gtk_widget_set_focusable (self->head, n == 0);
}

static GtkWidget *
check_row_new (BaristaResultRow *self, gsize i)
{
  gboolean dekaf = barista_setup_get_is_dekaf (barista_session_get_setup (self->session));
  GtkWidget *row = adw_action_row_new ();
  gboolean applies = barista_remedy_applies (checks[i].remedy, self->session, self->stage);
  GtkWidget *button = remedy_button_new (self, applies ? checks[i].remedy : "focus-field");

  /* Beside text that wraps, the button keeps its words. */
  gtk_button_set_can_shrink (GTK_BUTTON (button), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (checks[i].title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               dekaf ? _ (checks[i].subtitle) : _ (checks[i].subtitle_other));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
add_check (BaristaResultRow *self, gsize i)
{
  GtkWidget *row = check_row_new (self, i);

  gtk_list_box_insert (self->list, row, 1 + (int) self->checks->len);
  g_ptr_array_add (self->checks, row);
}

static gboolean
on_checks_slice (gpointer user_data)
{
  BaristaResultRow *self = user_data;
  const char *cause = self->stage != NULL ? barista_stage_report_get_cause (self->stage) : NULL;

  if (self->n_stale > 0)
    {
      self->n_stale--;
      gtk_list_box_remove (self->list, g_ptr_array_steal_index (self->checks, 0));
      return G_SOURCE_CONTINUE;
    }
  while (self->n_looked < G_N_ELEMENTS (checks))
    {
      gsize i = self->n_looked++;

      if (g_strcmp0 (checks[i].cause, cause) != 0)
        continue;
      add_check (self, i);
      return G_SOURCE_CONTINUE;
    }

  self->checks_source = 0;
  return G_SOURCE_REMOVE;
}

/* Those of what was shown go and those of the stage come row by row, each 1 ms, before the next
 * frame. */
static void
change_checks (BaristaResultRow *self)
{
  gboolean wanted = self->stage != NULL && self->session != NULL
                    && is_checklist (barista_stage_report_get_cause (self->stage));

  self->n_stale = self->checks->len;
  self->n_looked = wanted ? 0 : G_N_ELEMENTS (checks);
  if (self->checks_source == 0 && (wanted || self->n_stale > 0))
    self->checks_source = barista_slices_start (on_checks_slice, self);
}

/* --- details --- */

/* The rows are made when they are looked at: most never are. */
static void
add_facts (BaristaResultRow *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *text = NULL;
  GtkWidget *copy;

  if (self->stage == NULL || self->facts->len > 0 || !adw_expander_row_get_expanded (self->details))
    return;

  rows = barista_stage_details_make_rows (self->stage);
  text = barista_words_for_details (self->stage);
  copy = adw_button_row_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      adw_expander_row_add_row (self->details, rows->pdata[i]);
      g_ptr_array_add (self->facts, rows->pdata[i]);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (copy), _ ("Copy Details"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (copy), "edit-copy-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (copy), "s", text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "win.copy");
  adw_expander_row_add_row (self->details, copy);
  g_ptr_array_add (self->facts, copy);
}

static void
add_details (BaristaResultRow *self)
{
  g_autofree char *name = barista_words_for_stage (self->stage);
  g_autofree char *time = barista_words_for_duration (
      barista_stage_report_get_duration_ms (self->stage));
  /* Translators: a stage and how long it took: "Encryption, 41 ms" */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s, %s"), name, time);

  adw_expander_row_set_subtitle (self->details, subtitle);
  add_facts (self);
}

static void
clear (BaristaResultRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    adw_wrap_box_remove (self->buttons, child);
  for (guint i = 0; i < self->facts->len; i++)
    adw_expander_row_remove (self->details, self->facts->pdata[i]);
  g_ptr_array_set_size (self->facts, 0);
}

/* --- the stage --- */

static BaristaStationState
get_look (BaristaStageReport *stage)
{
  const BaristaCause *cause = barista_cause_find (barista_stage_report_get_cause (stage));

  if (cause != NULL && cause->kind == BARISTA_CAUSE_STATE)
    return BARISTA_STATION_WORKING;

  return barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED
             ? BARISTA_STATION_FAILED
             : BARISTA_STATION_ATTENTION;
}

/* Said once for each outcome, not again with each try that ends the same way. */
static void
announce (BaristaResultRow *self)
{
  const char *title = barista_stage_report_get_title (self->stage);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || g_strcmp0 (self->announced, title) == 0)
    return;

  g_set_str (&self->announced, title);
  /* By the window: a row that has just appeared isn't known to assistive technology yet. */
  gtk_accessible_announce (GTK_ACCESSIBLE (root), title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
says_the_same (BaristaStageReport *a, BaristaStageReport *b)
{
  return a != NULL && b != NULL
         && g_strcmp0 (barista_stage_report_get_title (a), barista_stage_report_get_title (b)) == 0
         && g_strcmp0 (barista_stage_report_get_body (a), barista_stage_report_get_body (b)) == 0;
}

void
barista_result_row_show (BaristaResultRow *self, BaristaStageReport *stage)
{
  gboolean same = says_the_same (self->stage, stage);
  const char *title, *body;

  if (self->stage == stage)
    return;

  g_set_object (&self->stage, stage);
  gtk_widget_set_visible (GTK_WIDGET (self), stage != NULL);
  if (stage == NULL)
    {
      clear (self);
      change_checks (self);
      g_clear_pointer (&self->announced, g_free);
      return;
    }
  /* The same once more, after another try: nothing moves under the hand, but for the times. */
  if (same)
    return;

  clear (self);
  title = barista_stage_report_get_title (stage);
  body = barista_stage_report_get_body (stage);
  barista_state_dot_set_state (BARISTA_STATE_DOT (self->dot), get_look (stage));
  gtk_label_set_label (self->title, title != NULL ? title : "");
  gtk_label_set_label (self->body, body != NULL ? body : "");
  gtk_widget_set_visible (GTK_WIDGET (self->body), body != NULL && *body != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  body != NULL ? body : "", -1);
  add_buttons (self);
  change_checks (self);
  add_details (self);
  announce (self);
}

BaristaStageReport *
barista_result_row_get_stage (BaristaResultRow *self)
{
  return self->stage;
}

/* --- following the session --- */

/* An answer that isn't there yet is asked for by its field; a port that was added is no news. */
static gboolean
is_said_elsewhere (const char *cause)
{
  return g_strcmp0 (cause, "password-empty") == 0 || g_strcmp0 (cause, "port-added") == 0;
}

static gboolean
is_mine (BaristaResultRow *self, BaristaStageReport *stage)
{
  const char *cause = barista_stage_report_get_cause (stage);

  if (cause == NULL || is_said_elsewhere (cause)
      || !barista_session_concerns (self->session, stage))
    return FALSE;
  if (self->topic != NULL && g_strcmp0 (barista_stage_report_get_topic (stage), self->topic) != 0)
    return FALSE;

  return barista_steps_home (barista_stage_report_get_service (stage),
                             barista_stage_report_get_stage (stage), cause)
         == self->step;
}

/* What has failed or waits; else what has passed with something to say. */
static BaristaStageReport *
find_stage (BaristaResultRow *self)
{
  GListModel *stages = barista_session_get_stages (self->session);
  BaristaStageReport *hint = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      /* The list keeps it. */
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (!is_mine (self, stage))
        continue;
      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED
          || barista_stage_report_get_result (stage) == BARISTA_RESULT_RUNNING)
        return stage;
      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_PASSED && hint == NULL)
        hint = stage;
    }

  return hint;
}

/* Whether what is shown may still be so: another try is under way and has not come to it yet. */
static gboolean
is_open (BaristaResultRow *self)
{
  BaristaStageReport *now;

  if (self->stage == NULL || !barista_session_get_checking (self->session))
    return FALSE;

  now = barista_session_find_stage (self->session, barista_stage_report_get_service (self->stage),
                                    barista_stage_report_get_stage (self->stage),
                                    barista_stage_report_get_topic (self->stage));
  return now == NULL || barista_stage_report_get_result (now) != BARISTA_RESULT_PASSED;
}

static void
refresh (BaristaResultRow *self)
{
  BaristaStageReport *stage = self->session != NULL ? find_stage (self) : NULL;

  if (stage != NULL || self->session == NULL || !is_open (self))
    barista_result_row_show (self, stage);
}

void
barista_result_row_follow (BaristaResultRow *self, BaristaSession *session, BaristaStep step)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, refresh, self);
  g_set_object (&self->session, session);
  self->step = step;
  if (session != NULL)
    g_signal_connect_object (session, "steps-changed", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
  refresh (self);
}

void
barista_result_row_set_topic (BaristaResultRow *self, const char *topic)
{
  if (g_set_str (&self->topic, topic))
    {
      refresh (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOPIC]);
    }
}

/* --- the widget --- */

static void
barista_result_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaResultRow *self = BARISTA_RESULT_ROW (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_STEP)
    g_value_set_enum (value, self->step);
  else if (id == PROP_TOPIC)
    g_value_set_string (value, self->topic);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_result_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaResultRow *self = BARISTA_RESULT_ROW (object);

  if (id == PROP_SESSION)
    barista_result_row_follow (self, g_value_get_object (value), self->step);
  else if (id == PROP_STEP)
    barista_result_row_follow (self, self->session, g_value_get_enum (value));
  else if (id == PROP_TOPIC)
    barista_result_row_set_topic (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_result_row_map (GtkWidget *widget)
{
  BaristaResultRow *self = BARISTA_RESULT_ROW (widget);

  GTK_WIDGET_CLASS (barista_result_row_parent_class)->map (widget);
  if (self->stage != NULL)
    announce (self);
}

static void
barista_result_row_dispose (GObject *object)
{
  BaristaResultRow *self = BARISTA_RESULT_ROW (object);

  g_clear_handle_id (&self->checks_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->stage);

  G_OBJECT_CLASS (barista_result_row_parent_class)->dispose (object);
}

static void
barista_result_row_finalize (GObject *object)
{
  BaristaResultRow *self = BARISTA_RESULT_ROW (object);

  g_free (self->topic);
  g_free (self->announced);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->facts);

  G_OBJECT_CLASS (barista_result_row_parent_class)->finalize (object);
}

static void
barista_result_row_class_init (BaristaResultRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = barista_result_row_get_property;
  object_class->set_property = barista_result_row_set_property;
  object_class->dispose = barista_result_row_dispose;
  object_class->finalize = barista_result_row_finalize;
  widget_class->map = barista_result_row_map;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BARISTA_TYPE_SESSION,
                                                  flags);
  properties[PROP_STEP] = g_param_spec_enum ("step", NULL, NULL, BARISTA_TYPE_STEP,
                                             BARISTA_STEP_START, flags);
  properties[PROP_TOPIC] = g_param_spec_string ("topic", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BARISTA_TYPE_STATE_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-result-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, list);
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, head);
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, dot);
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, title);
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, body);
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, BaristaResultRow, details);
}

static void
barista_result_row_init (BaristaResultRow *self)
{
  self->checks = g_ptr_array_new ();
  self->facts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->details, "notify::expanded", G_CALLBACK (add_facts), self);
}
