/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-station-private.h"
#include "barista-words.h"

#include <glib/gi18n.h>

struct _BaristaRoute
{
  GObject parent_instance;

  BaristaSession *session; /* nullable */
  BaristaSetup *setup;
  GListModel *stages; /* BaristaStageReport; nullable */
  gulong stages_id;
  gboolean checking;

  BaristaStation *stations[BARISTA_N_STATIONS];
  gint64 began[BARISTA_N_STATIONS]; /* 0: not at work */
  gboolean encrypted;               /* the station of the encryption is there */
  guint tick, refresh_source;
  char *summary;
  BaristaStationState state;
};

enum
{
  PROP_0,
  PROP_SUMMARY,
  PROP_STATE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaRoute,
                               barista_route,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- the list: all stations, or all but that of the encryption --- */

static GType
barista_route_get_item_type (GListModel *list)
{
  return BARISTA_TYPE_STATION;
}

static guint
barista_route_get_n_items (GListModel *list)
{
  return BARISTA_ROUTE (list)->encrypted ? BARISTA_N_STATIONS : BARISTA_N_STATIONS - 1;
}

static gpointer
barista_route_get_item (GListModel *list, guint position)
{
  BaristaRoute *self = BARISTA_ROUTE (list);

  if (!self->encrypted && position >= BARISTA_STATION_ENCRYPTION)
    position++;

  return position < BARISTA_N_STATIONS ? g_object_ref (self->stations[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = barista_route_get_item_type;
  iface->get_n_items = barista_route_get_n_items;
  iface->get_item = barista_route_get_item;
}

static void
show_encryption (BaristaRoute *self, gboolean encrypted)
{
  if (self->encrypted == encrypted)
    return;

  self->encrypted = encrypted;
  g_list_model_items_changed (G_LIST_MODEL (self), BARISTA_STATION_ENCRYPTION, encrypted ? 0 : 1,
                              encrypted ? 1 : 0);
}

/* --- the whole in one line --- */

static double
sum_durations (BaristaRoute *self)
{
  double sum = 0;

  for (guint i = 0; i <= BARISTA_STATION_TOPICS; i++)
    sum += barista_station_get_duration_ms (self->stations[i]);

  return sum;
}

/* The first station in @state, %BARISTA_N_STATIONS if none is. */
static guint
find_in_state (BaristaRoute *self, BaristaStationState state)
{
  guint i = 0;

  while (i < BARISTA_N_STATIONS && barista_station_get_state (self->stations[i]) != state)
    i++;

  return i;
}

static char *
name_trouble (BaristaRoute *self, guint station)
{
  BaristaStageReport *trouble = barista_station_get_trouble (self->stations[station]);
  g_autofree char *time = NULL;

  if (trouble != NULL)
    return g_strdup (barista_stage_report_get_title (trouble));

  time = barista_words_for_duration (sum_durations (self));
  /* Translators: %s is a time: "Connected, 173 ms" */
  return g_strdup_printf (_ ("Connected, %s"), time);
}

static char *
name_work (BaristaRoute *self, guint station)
{
  const char *activity = self->session != NULL ? barista_session_get_activity (self->session)
                                               : NULL;

  if (activity != NULL)
    return g_strdup (activity);

  /* Translators: a station and what it is at: "Sign-in: signing in, 6 s" */
  return g_strdup_printf (_ ("%s: %s"), barista_station_get_label (self->stations[station]),
                          barista_station_get_detail (self->stations[station]));
}

static void
summarize (BaristaRoute *self)
{
  static const BaristaStationState order[] = { BARISTA_STATION_FAILED, BARISTA_STATION_WORKING,
                                               BARISTA_STATION_ATTENTION, BARISTA_STATION_FINE };
  BaristaStationState state = BARISTA_STATION_TODO;
  g_autofree char *summary = NULL;
  guint station = BARISTA_N_STATIONS;

  for (gsize i = 0; i < G_N_ELEMENTS (order) && station == BARISTA_N_STATIONS; i++)
    {
      station = find_in_state (self, order[i]);
      if (station < BARISTA_N_STATIONS)
        state = order[i];
    }
  /* What comes after the list of topics may still be to do; up to there it is a connection. */
  if (state == BARISTA_STATION_FINE
      && barista_station_get_state (self->stations[BARISTA_STATION_TOPICS]) != BARISTA_STATION_FINE)
    state = BARISTA_STATION_TODO;

  if (state == BARISTA_STATION_TODO)
    summary = g_strdup (_ ("Not connected"));
  else if (state == BARISTA_STATION_WORKING)
    summary = name_work (self, station);
  else
    summary = name_trouble (self, station);

  if (g_set_str (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

/* --- following the report --- */

static const char *
find_off (BaristaRoute *self, BaristaStationKind kind)
{
  if (self->setup == NULL)
    return NULL;
  if (kind == BARISTA_STATION_REGISTRY && !barista_setup_get_registry_enabled (self->setup))
    return _ ("off");

  return NULL;
}

/* What was seen at a topic that isn't chosen is no trouble of the route: its row says it. */
static gboolean
is_elsewhere (BaristaRoute *self, BaristaStageReport *stage)
{
  return self->session != NULL && barista_stage_report_get_cause (stage) != NULL
         && !barista_session_concerns (self->session, stage);
}

static void
sort_stages (BaristaRoute *self, GPtrArray *sorted[BARISTA_N_STATIONS])
{
  guint n = self->stages != NULL ? g_list_model_get_n_items (self->stages) : 0;

  for (guint i = 0; i < BARISTA_N_STATIONS; i++)
    sorted[i] = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (self->stages, i);

      if (!is_elsewhere (self, stage))
        g_ptr_array_add (sorted[barista_station_of_stage (stage)], g_object_ref (stage));
    }
}

/* A new check begins with an empty report: what was known stands until the new outcome comes, so
 * that a check that is soon over makes nothing flicker. */
static gboolean
is_still_as_before (BaristaRoute *self, BaristaStationKind kind, GPtrArray *stages)
{
  BaristaStationState state = barista_station_get_state (self->stations[kind]);

  return self->checking && stages->len == 0 && state != BARISTA_STATION_WORKING
         && find_off (self, kind) == NULL;
}

static guint
count_seconds (BaristaRoute *self, BaristaStationKind kind)
{
  return self->began[kind] != 0
             ? (guint) ((g_get_monotonic_time () - self->began[kind]) / G_USEC_PER_SEC)
             : 0;
}

/* Whether a check of the address alone went as far as it goes: nothing failed, nobody signed in. */
static gboolean
is_address_alone (GPtrArray *sorted[BARISTA_N_STATIONS])
{
  gboolean skipped = FALSE;

  for (guint i = 0; i <= BARISTA_STATION_SIGN_IN; i++)
    for (guint j = 0; j < sorted[i]->len; j++)
      {
        BaristaStageReport *stage = sorted[i]->pdata[j];

        if (barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED)
          return FALSE;
        skipped = skipped
                  || (barista_stage_report_get_stage (stage) == BARISTA_STAGE_SASL
                      && barista_stage_report_get_result (stage) == BARISTA_RESULT_SKIPPED);
      }

  return skipped;
}

/* Whether the lane of @kind came to nothing because the token isn't there yet. */
static gboolean
is_unanswered (BaristaStationKind kind, GPtrArray *sorted[BARISTA_N_STATIONS])
{
  GPtrArray *stages = sorted[kind == BARISTA_STATION_REGISTRY ? BARISTA_STATION_REGISTRY
                                                              : BARISTA_STATION_SIGN_IN];

  for (guint i = 0; i < stages->len; i++)
    if (barista_station_is_unanswered (stages->pdata[i]))
      return TRUE;

  return kind != BARISTA_STATION_REGISTRY && is_address_alone (sorted);
}

/* Whether a station before @kind on the line has failed, in this check. */
static gboolean
is_cut (BaristaRoute *self, BaristaStationKind kind)
{
  for (guint i = 0; i < kind && kind != BARISTA_STATION_REGISTRY; i++)
    if (barista_station_get_state (self->stations[i]) == BARISTA_STATION_FAILED)
      return TRUE;

  return FALSE;
}

static void
judge_station (BaristaRoute *self, BaristaStationKind kind, GPtrArray *sorted[BARISTA_N_STATIONS])
{
  GPtrArray *stages = sorted[kind];
  BaristaStationFacts facts = { .stages = stages,
                                .checking = self->checking,
                                .unanswered = is_unanswered (kind, sorted),
                                .cut = !self->checking && is_cut (self, kind),
                                .off = find_off (self, kind),
                                .waited_s = count_seconds (self, kind) };

  if (is_still_as_before (self, kind, stages))
    return;

  barista_station_judge (self->stations[kind], &facts);
  if (barista_station_get_state (self->stations[kind]) != BARISTA_STATION_WORKING)
    self->began[kind] = 0;
  else if (self->began[kind] == 0)
    self->began[kind] = g_get_monotonic_time ();
}

static void refresh (BaristaRoute *self);

static gboolean
on_tick (gpointer user_data)
{
  BaristaRoute *self = user_data;

  self->tick = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

static void
refresh (BaristaRoute *self)
{
  GPtrArray *sorted[BARISTA_N_STATIONS];
  gboolean works = FALSE;

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->session != NULL)
    self->checking = barista_session_get_checking (self->session);
  sort_stages (self, sorted);
  show_encryption (self, self->setup == NULL || barista_setup_get_uses_tls (self->setup));
  for (guint i = 0; i < BARISTA_N_STATIONS; i++)
    {
      judge_station (self, i, sorted);
      works = works || self->began[i] != 0;
    }
  for (guint i = 0; i < BARISTA_N_STATIONS; i++)
    g_ptr_array_unref (sorted[i]);
  summarize (self);

  if (works && self->tick == 0)
    self->tick = g_timeout_add_seconds (1, on_tick, self);
  else if (!works)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static gboolean
on_refresh_source (gpointer user_data)
{
  BaristaRoute *self = user_data;

  self->refresh_source = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* Once for stages, activity and answers that change together; before the next frame. */
static void
refresh_soon (BaristaRoute *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_refresh_source, self, NULL);
}

static void
take_stages (BaristaRoute *self, GListModel *stages)
{
  if (self->stages == stages)
    return;

  if (self->stages != NULL)
    g_clear_signal_handler (&self->stages_id, self->stages);
  g_set_object (&self->stages, stages);
  if (stages != NULL)
    self->stages_id = g_signal_connect_object (stages, "items-changed", G_CALLBACK (refresh_soon),
                                               self, G_CONNECT_SWAPPED);
}

static void
take_setup (BaristaRoute *self, BaristaSetup *setup)
{
  if (self->setup == setup)
    return;

  if (self->setup != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->setup, refresh_soon, self);
      g_signal_handlers_disconnect_by_func (barista_setup_get_topics (self->setup), refresh_soon,
                                            self);
    }
  g_set_object (&self->setup, setup);
  if (setup == NULL)
    return;
  g_signal_connect_object (setup, "notify::uses-tls", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::registry-enabled", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_topics (setup), "items-changed",
                           G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
}

/* --- the object --- */

static void
barista_route_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaRoute *self = BARISTA_ROUTE (object);

  if (id == PROP_SUMMARY)
    g_value_set_string (value, self->summary);
  else if (id == PROP_STATE)
    g_value_set_enum (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_route_dispose (GObject *object)
{
  BaristaRoute *self = BARISTA_ROUTE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  take_stages (self, NULL);
  take_setup (self, NULL);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_route_parent_class)->dispose (object);
}

static void
barista_route_finalize (GObject *object)
{
  BaristaRoute *self = BARISTA_ROUTE (object);

  for (guint i = 0; i < BARISTA_N_STATIONS; i++)
    g_object_unref (self->stations[i]);
  g_free (self->summary);

  G_OBJECT_CLASS (barista_route_parent_class)->finalize (object);
}

static void
barista_route_class_init (BaristaRouteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = barista_route_get_property;
  object_class->dispose = barista_route_dispose;
  object_class->finalize = barista_route_finalize;

  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BARISTA_TYPE_STATION_STATE,
                                              BARISTA_STATION_TODO, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
barista_route_init (BaristaRoute *self)
{
  self->encrypted = TRUE;
  for (guint i = 0; i < BARISTA_N_STATIONS; i++)
    self->stations[i] = barista_station_new (i);
  summarize (self);
}

BaristaRoute *
barista_route_new (BaristaSession *session)
{
  BaristaRoute *self = g_object_new (BARISTA_TYPE_ROUTE, NULL);
  static const char *const watched[] = { "notify::checking", "notify::activity" };

  if (session == NULL)
    return self;

  self->session = g_object_ref (session);
  take_setup (self, barista_session_get_setup (session));
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (refresh_soon), self,
                             G_CONNECT_SWAPPED);
  take_stages (self, barista_session_get_stages (session));
  refresh (self);

  return self;
}

void
barista_route_show (BaristaRoute *self,
                    BaristaSetup *setup,
                    BaristaReport *report,
                    gboolean checking)
{
  take_setup (self, setup);
  take_stages (self, report != NULL ? barista_report_get_stages (report) : NULL);
  self->checking = checking;
  refresh (self);
}

const char *
barista_route_get_summary (BaristaRoute *self)
{
  return self->summary;
}

BaristaStationState
barista_route_get_state (BaristaRoute *self)
{
  return self->state;
}

BaristaStation *
barista_route_get_station (BaristaRoute *self, BaristaStationKind kind)
{
  return self->stations[kind];
}
