/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schedule-group.h"

#include "barista-pieces.h"
#include "barista-schedule.h"

#include <glib/gi18n.h>

#define RUNS 5

struct _BaristaScheduleGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *preset;
  AdwEntryRow *entry;
  AdwActionRow *words;
  AdwExpanderRow *runs;
  GtkWidget *group; /* itself, for its pieces */
  AdwActionRow *run_rows[RUNS];
  guint n_run_rows;
  char *schedule;
  gint64 now;
  gboolean choosing;
};

enum
{
  PROP_SCHEDULE = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BaristaScheduleGroup, barista_schedule_group, ADW_TYPE_PREFERENCES_GROUP)

/* The last one stands for any other expression. */
static const struct
{
  const char *title;
  const char *schedule;
} presets[] = {
  { N_ ("On Demand"), "@on-demand" },      { N_ ("Every 15 Minutes"), "*/15 * * * *" },
  { N_ ("Every Hour"), "0 * * * *" },      { N_ ("Every Day"), "0 1 * * *" },
  { N_ ("Every Weekday"), "0 6 * * 1-5" }, { N_ ("Every Month"), "0 2 1 * *" },
  { N_ ("Once, When Deployed"), "@once" }, { N_ ("Other"), NULL },
};
#define OTHER (G_N_ELEMENTS (presets) - 1)

static guint
find_preset (const char *schedule)
{
  guint i = 0;

  while (i < OTHER && !g_str_equal (presets[i].schedule, schedule))
    i++;
  return i;
}

/* --- next runs --- */

static void
show_run (AdwActionRow *row, gint64 run)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (run);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *there = g_date_time_format (utc, "%a %F %H:%M UTC");
  g_autofree char *here = g_date_time_format (local, "%a %F %H:%M");
  g_autofree char *title = NULL;

  /* Translators: a time here, beside the same in UTC */
  title = g_strdup_printf (_ ("%s here"), here);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), there);
  adw_action_row_set_subtitle (row, title);
}

static void
show_runs (BaristaScheduleGroup *self, BaristaSchedule *schedule)
{
  gint64 now = self->now != 0 ? self->now : g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GArray) runs = schedule != NULL
                                    && barista_schedule_get_kind (schedule) == BARISTA_SCHEDULE_CRON
                                ? barista_schedule_list_runs (schedule, now, RUNS)
                                : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->runs), runs != NULL && runs->len > 0);
  for (guint i = 0; i < RUNS; i++)
    {
      gboolean is_there = runs != NULL && i < runs->len;

      gtk_widget_set_visible (GTK_WIDGET (self->run_rows[i]), is_there);
      if (is_there)
        show_run (self->run_rows[i], g_array_index (runs, gint64, i));
    }
  adw_expander_row_set_subtitle (self->runs, adw_preferences_row_get_title (
                                                 ADW_PREFERENCES_ROW (self->run_rows[0])));
}

static void
update (BaristaScheduleGroup *self)
{
  const char *text = self->schedule;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSchedule) schedule = barista_schedule_new (text, &error);
  g_autofree char *words = NULL;
  gboolean never = schedule != NULL && barista_schedule_never_runs (schedule);

  words = schedule == NULL ? g_strdup (error->message)
          : never          ? g_strdup (_ ("This never runs."))
                           : barista_schedule_describe (schedule);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->words), words);
  if (schedule == NULL || never)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  show_runs (self, schedule);
}

/* --- the two ways to say it --- */

static void
show (BaristaScheduleGroup *self)
{
  self->choosing = TRUE;
  adw_combo_row_set_selected (self->preset, find_preset (self->schedule));
  self->choosing = FALSE;
  update (self);
}

static void
on_text (BaristaScheduleGroup *self)
{
  g_set_str (&self->schedule, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  show (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEDULE]);
}

static void
on_preset (BaristaScheduleGroup *self)
{
  guint index = adw_combo_row_get_selected (self->preset);

  if (self->choosing)
    return;
  if (index < OTHER)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), presets[index].schedule);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

const char *
barista_schedule_group_get_schedule (BaristaScheduleGroup *self)
{
  return self->schedule;
}

void
barista_schedule_group_set_schedule (BaristaScheduleGroup *self, const char *schedule)
{
  if (schedule == NULL)
    schedule = "";
  if (g_str_equal (self->schedule, schedule))
    return;
  if (barista_pieces_are_whole (GTK_WIDGET (self)))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), schedule);
      return;
    }
  g_set_str (&self->schedule, schedule);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEDULE]);
}

void
barista_schedule_group_set_now (BaristaScheduleGroup *self, gint64 now)
{
  self->now = now;
  if (barista_pieces_are_whole (GTK_WIDGET (self)))
    update (self);
}

/* --- its pieces --- */

static void
fill_presets (gpointer widget)
{
  BaristaScheduleGroup *self = widget;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    gtk_string_list_append (titles, _ (presets[i].title));
  adw_combo_row_set_model (self->preset, G_LIST_MODEL (titles));
}

static void
add_run_row (gpointer widget)
{
  BaristaScheduleGroup *self = widget;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "numeric");
  adw_expander_row_add_row (self->runs, row);
  self->run_rows[self->n_run_rows++] = ADW_ACTION_ROW (row);
}

static void
follow_rows (gpointer widget)
{
  BaristaScheduleGroup *self = widget;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->schedule);
  show (self);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preset, "notify::selected", G_CALLBACK (on_preset), self,
                           G_CONNECT_SWAPPED);
}

static const BaristaPiece pieces[] = {
  { "preset", G_STRUCT_OFFSET (BaristaScheduleGroup, group), NULL },
  { NULL, 0, fill_presets },
  { "entry", G_STRUCT_OFFSET (BaristaScheduleGroup, group), NULL },
  { "words", G_STRUCT_OFFSET (BaristaScheduleGroup, group), NULL },
  { "runs", G_STRUCT_OFFSET (BaristaScheduleGroup, group), NULL },
  { NULL, 0, add_run_row },
  { NULL, 0, add_run_row },
  { NULL, 0, add_run_row },
  { NULL, 0, add_run_row },
  { NULL, 0, add_run_row },
  { NULL, 0, follow_rows },
};

/* --- the widget --- */

static void
barista_schedule_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, barista_schedule_group_get_schedule (BARISTA_SCHEDULE_GROUP (object)));
}

static void
barista_schedule_group_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  barista_schedule_group_set_schedule (BARISTA_SCHEDULE_GROUP (object), g_value_get_string (value));
}

static void
barista_schedule_group_finalize (GObject *object)
{
  g_free (BARISTA_SCHEDULE_GROUP (object)->schedule);

  G_OBJECT_CLASS (barista_schedule_group_parent_class)->finalize (object);
}

static void
barista_schedule_group_class_init (BaristaScheduleGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = barista_schedule_group_get_property;
  object_class->set_property = barista_schedule_group_set_property;
  object_class->finalize = barista_schedule_group_finalize;

  properties[PROP_SCHEDULE] = g_param_spec_string ("schedule", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-schedule-group.ui");
  barista_pieces_class_init (widget_class, "barista-schedule-group-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaScheduleGroup, preset);
  barista_pieces_bind (widget_class, BaristaScheduleGroup, entry);
  barista_pieces_bind (widget_class, BaristaScheduleGroup, words);
  barista_pieces_bind (widget_class, BaristaScheduleGroup, runs);
}

static void
barista_schedule_group_init (BaristaScheduleGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->group = GTK_WIDGET (self);
  self->schedule = g_strdup ("");
  barista_pieces_start (GTK_WIDGET (self), NULL);
}
