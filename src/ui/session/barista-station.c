/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-station-private.h"

#include "barista-cause.h"
#include "barista-words.h"

#include <glib/gi18n.h>

struct _BaristaStation
{
  GObject parent_instance;

  BaristaStationKind kind;
  BaristaStationState state;
  char *detail;
  char *summary;
  GListStore *stages;
};

G_DEFINE_FINAL_TYPE (BaristaStation, barista_station, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (BaristaStationState,
                    barista_station_state,
                    G_DEFINE_ENUM_VALUE (BARISTA_STATION_TODO, "todo"),
                    G_DEFINE_ENUM_VALUE (BARISTA_STATION_WORKING, "working"),
                    G_DEFINE_ENUM_VALUE (BARISTA_STATION_FINE, "fine"),
                    G_DEFINE_ENUM_VALUE (BARISTA_STATION_ATTENTION, "attention"),
                    G_DEFINE_ENUM_VALUE (BARISTA_STATION_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (BARISTA_STATION_SKIPPED, "skipped"))

enum
{
  PROP_0,
  PROP_KIND,
  PROP_STATE,
  PROP_LABEL,
  PROP_DETAIL,
  PROP_SUMMARY,
  PROP_STAGES,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* @last: the stage whose end is that of the station. */
static const struct
{
  const char *label;
  const char *working;
  BaristaStage last;
} kinds[BARISTA_N_STATIONS] = {
  [BARISTA_STATION_NETWORK] = { N_ ("Network"), N_ ("connecting"), BARISTA_STAGE_TCP },
  [BARISTA_STATION_ENCRYPTION] = { N_ ("Encryption"), N_ ("encrypting"), BARISTA_STAGE_TLS },
  [BARISTA_STATION_SIGN_IN] = { N_ ("Sign-in"), N_ ("signing in"), BARISTA_STAGE_SASL },
  [BARISTA_STATION_TOPICS] = { N_ ("Topics"), N_ ("listing"), BARISTA_STAGE_METADATA },
  [BARISTA_STATION_RECORDS] = { N_ ("Records"), N_ ("reading"), BARISTA_STAGE_GROUP },
  [BARISTA_STATION_REGISTRY] = { N_ ("Schema registry"), N_ ("asking"), BARISTA_STAGE_REGISTRY },
};

/* The state in the words that follow the label for assistive technology. */
static const char *const state_words[] = {
  [BARISTA_STATION_TODO] = N_ ("not tried yet"), [BARISTA_STATION_WORKING] = N_ ("working"),
  [BARISTA_STATION_FINE] = N_ ("passed"),        [BARISTA_STATION_ATTENTION] = N_ ("attention"),
  [BARISTA_STATION_FAILED] = N_ ("failed"),      [BARISTA_STATION_SKIPPED] = N_ ("left out"),
};

static void
barista_station_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaStation *self = BARISTA_STATION (object);

  switch (id)
    {
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_LABEL:
      g_value_set_string (value, barista_station_get_label (self));
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_STAGES:
      g_value_set_object (value, self->stages);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_station_finalize (GObject *object)
{
  BaristaStation *self = BARISTA_STATION (object);

  g_free (self->detail);
  g_free (self->summary);
  g_object_unref (self->stages);

  G_OBJECT_CLASS (barista_station_parent_class)->finalize (object);
}

static void
barista_station_class_init (BaristaStationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = barista_station_get_property;
  object_class->finalize = barista_station_finalize;

  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, BARISTA_N_STATIONS - 1, 0,
                                             flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BARISTA_TYPE_STATION_STATE,
                                              BARISTA_STATION_TODO, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_STAGES] = g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
barista_station_init (BaristaStation *self)
{
  self->stages = g_list_store_new (BARISTA_TYPE_STAGE_REPORT);
  self->detail = g_strdup ("");
}

BaristaStation *
barista_station_new (BaristaStationKind kind)
{
  BaristaStation *self = g_object_new (BARISTA_TYPE_STATION, NULL);
  const BaristaStationFacts nothing = { 0 };

  self->kind = kind;
  barista_station_judge (self, &nothing);

  return self;
}

BaristaStationKind
barista_station_get_kind (BaristaStation *self)
{
  return self->kind;
}

BaristaStationState
barista_station_get_state (BaristaStation *self)
{
  return self->state;
}

const char *
barista_station_get_label (BaristaStation *self)
{
  return _ (kinds[self->kind].label);
}

const char *
barista_station_get_detail (BaristaStation *self)
{
  return self->detail;
}

const char *
barista_station_get_summary (BaristaStation *self)
{
  return self->summary;
}

GListModel *
barista_station_get_stages (BaristaStation *self)
{
  return G_LIST_MODEL (self->stages);
}

BaristaStationKind
barista_station_of_stage (BaristaStageReport *stage)
{
  static const BaristaStationKind stations[BARISTA_N_STAGES] = {
    [BARISTA_STAGE_LINT] = BARISTA_STATION_NETWORK,
    [BARISTA_STAGE_NAME] = BARISTA_STATION_NETWORK,
    [BARISTA_STAGE_TCP] = BARISTA_STATION_NETWORK,
    [BARISTA_STAGE_TLS] = BARISTA_STATION_ENCRYPTION,
    [BARISTA_STAGE_HELLO] = BARISTA_STATION_SIGN_IN,
    [BARISTA_STAGE_SASL] = BARISTA_STATION_SIGN_IN,
    [BARISTA_STAGE_METADATA] = BARISTA_STATION_TOPICS,
    [BARISTA_STAGE_REGISTRY] = BARISTA_STATION_REGISTRY,
    [BARISTA_STAGE_TOPIC] = BARISTA_STATION_RECORDS,
    [BARISTA_STAGE_SAMPLE] = BARISTA_STATION_RECORDS,
    [BARISTA_STAGE_GROUP] = BARISTA_STATION_RECORDS,
    [BARISTA_STAGE_TINYBIRD] = BARISTA_STATION_RECORDS,
  };
  static const char *const of_sign_in[] = { "username-invalid", "username-legacy",
                                            "password-empty" };
  const char *cause = barista_stage_report_get_cause (stage);

  if (barista_stage_report_get_service (stage) == BARISTA_SERVICE_REGISTRY)
    return BARISTA_STATION_REGISTRY;
  for (gsize i = 0; cause != NULL && i < G_N_ELEMENTS (of_sign_in); i++)
    if (barista_stage_report_get_stage (stage) == BARISTA_STAGE_LINT
        && g_str_equal (cause, of_sign_in[i]))
      return BARISTA_STATION_SIGN_IN;

  return stations[barista_stage_report_get_stage (stage)];
}

/* --- how it stands --- */

static gboolean
is_cause_of_kind (BaristaStageReport *stage, BaristaCauseKind kind)
{
  const BaristaCause *cause = barista_cause_find (barista_stage_report_get_cause (stage));

  return cause != NULL && cause->kind == kind;
}

gboolean
barista_station_is_unanswered (BaristaStageReport *stage)
{
  return g_strcmp0 (barista_stage_report_get_cause (stage), "password-empty") == 0;
}

/* The address got its usual port: nothing that anybody has to look at. */
static gboolean
is_worth_a_look (BaristaStageReport *stage)
{
  return is_cause_of_kind (stage, BARISTA_CAUSE_HINT)
         && g_strcmp0 (barista_stage_report_get_cause (stage), "port-added") != 0;
}

/* A stop came while it was; one that was only ahead then has no cause. */
static gboolean
was_under_way (BaristaStageReport *stage)
{
  return g_strcmp0 (barista_stage_report_get_cause (stage), "cancelled") == 0;
}

static BaristaStationState
judge_stage (BaristaStageReport *stage, gboolean unanswered)
{
  switch (barista_stage_report_get_result (stage))
    {
    case BARISTA_RESULT_RUNNING:
      return BARISTA_STATION_WORKING;
    case BARISTA_RESULT_PASSED:
      return is_worth_a_look (stage) ? BARISTA_STATION_ATTENTION : BARISTA_STATION_FINE;
    case BARISTA_RESULT_FAILED:
      if (barista_station_is_unanswered (stage))
        return BARISTA_STATION_TODO;
      return is_cause_of_kind (stage, BARISTA_CAUSE_STATE) ? BARISTA_STATION_ATTENTION
                                                           : BARISTA_STATION_FAILED;
    case BARISTA_RESULT_SKIPPED:
    case BARISTA_RESULT_CANCELLED:
      return unanswered || was_under_way (stage) ? BARISTA_STATION_TODO : BARISTA_STATION_SKIPPED;
    case BARISTA_RESULT_PENDING:
    default:
      return BARISTA_STATION_TODO;
    }
}

/* The worst of its stages; between two of them, while the check goes on, it is at work. */
static BaristaStationState
judge (BaristaStation *self, const BaristaStationFacts *facts)
{
  static const guint ranks[] = {
    [BARISTA_STATION_SKIPPED] = 0, [BARISTA_STATION_FINE] = 1,      [BARISTA_STATION_TODO] = 2,
    [BARISTA_STATION_WORKING] = 3, [BARISTA_STATION_ATTENTION] = 4, [BARISTA_STATION_FAILED] = 5,
  };
  BaristaStationState worst = BARISTA_STATION_SKIPPED;
  gboolean last_came = FALSE;
  gboolean works = FALSE;
  gboolean stopped = FALSE;

  if (facts->off != NULL)
    return BARISTA_STATION_SKIPPED;
  if (facts->stages == NULL || facts->stages->len == 0)
    return facts->cut ? BARISTA_STATION_SKIPPED : BARISTA_STATION_TODO;

  for (guint i = 0; i < facts->stages->len; i++)
    {
      BaristaStageReport *stage = g_ptr_array_index (facts->stages, i);
      BaristaStationState state = judge_stage (stage, facts->unanswered);

      last_came = last_came || barista_stage_report_get_stage (stage) == kinds[self->kind].last;
      works = works || state == BARISTA_STATION_WORKING;
      stopped = stopped || barista_stage_report_get_result (stage) == BARISTA_RESULT_CANCELLED;
      if (ranks[state] > ranks[worst])
        worst = state;
    }

  if (worst == BARISTA_STATION_FAILED)
    return worst;
  if (works || (facts->checking && !last_came && worst == BARISTA_STATION_FINE))
    return facts->checking ? BARISTA_STATION_WORKING : BARISTA_STATION_TODO;

  /* What passed before a stop says nothing of the whole. */
  return stopped && worst == BARISTA_STATION_FINE ? BARISTA_STATION_TODO : worst;
}

BaristaStageReport *
barista_station_get_trouble (BaristaStation *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED)
        return stage; /* the list keeps it */
    }

  return NULL;
}

/* Whether a stop came while it was at work. */
static gboolean
is_stopped (BaristaStation *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_CANCELLED)
        return TRUE;
    }

  return FALSE;
}

double
barista_station_get_duration_ms (BaristaStation *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      sum += barista_stage_report_get_duration_ms (stage);
    }

  return sum;
}

/* --- in words --- */

static guint
sum_fact (BaristaStation *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);
      JsonObject *evidence = barista_stage_report_get_evidence (stage);

      sum += CLAMP (json_object_get_int_member_with_default (evidence, name, 0), 0, G_MAXINT);
    }

  return (guint) MIN (sum, G_MAXINT);
}

/* What it found, where a count says more than the time alone. */
static char *
count_finds (BaristaStation *self)
{
  guint n;

  switch (self->kind)
    {
    case BARISTA_STATION_TOPICS:
      n = sum_fact (self, "topics");
      return g_strdup_printf (ngettext ("%u topic", "%u topics", n), n);
    case BARISTA_STATION_RECORDS:
      n = sum_fact (self, "records");
      if (n == 0)
        return NULL;
      return g_strdup_printf (ngettext ("%u record", "%u records", n), n);
    case BARISTA_STATION_REGISTRY:
      n = sum_fact (self, "subjects");
      return g_strdup_printf (ngettext ("%u subject", "%u subjects", n), n);
    case BARISTA_STATION_NETWORK:
    case BARISTA_STATION_ENCRYPTION:
    case BARISTA_STATION_SIGN_IN:
    case BARISTA_N_STATIONS:
    default:
      return NULL;
    }
}

/* A time that nobody would notice is left out where a count says more. */
static char *
describe_fine (BaristaStation *self, gboolean spoken)
{
  double ms = barista_station_get_duration_ms (self);
  g_autofree char *time = spoken ? barista_words_for_spoken_duration (ms)
                                 : barista_words_for_duration (ms);
  g_autofree char *finds = count_finds (self);

  if (finds == NULL)
    return g_steal_pointer (&time);
  if (ms < 1)
    return g_steal_pointer (&finds);

  /* Translators: a time and what was found in it, such as "88 ms, 14 subjects" */
  return g_strdup_printf (_ ("%s, %s"), time, finds);
}

static char *
describe_work (BaristaStation *self, guint waited_s)
{
  const char *what = _ (kinds[self->kind].working);

  if (waited_s < 2)
    return g_strdup (what);

  /* Translators: what is being done and for how long: "signing in, 6 s" */
  return g_strdup_printf (_ ("%s, %u s"), what, waited_s);
}

static char *
describe_trouble (BaristaStation *self, gboolean spoken)
{
  BaristaStageReport *trouble = barista_station_get_trouble (self);

  if (trouble == NULL)
    return describe_fine (self, spoken);
  if (spoken)
    return g_strdup (barista_stage_report_get_title (trouble));

  return g_strdup (self->state == BARISTA_STATION_ATTENTION ? _ ("not yet") : _ ("stopped here"));
}

static char *
describe (BaristaStation *self, const BaristaStationFacts *facts, gboolean spoken)
{
  BaristaStageReport *trouble = barista_station_get_trouble (self);

  switch (self->state)
    {
    case BARISTA_STATION_WORKING:
      return describe_work (self, facts->waited_s);
    case BARISTA_STATION_FINE:
      return describe_fine (self, spoken);
    case BARISTA_STATION_ATTENTION:
    case BARISTA_STATION_FAILED:
      return describe_trouble (self, spoken);
    case BARISTA_STATION_SKIPPED:
      return g_strdup (facts->off);
    case BARISTA_STATION_TODO:
    default:
      if (trouble != NULL && barista_station_is_unanswered (trouble))
        return g_strdup (_ ("no token yet"));
      return is_stopped (self) ? g_strdup (_ ("stopped")) : NULL;
    }
}

static char *
summarize (BaristaStation *self, const BaristaStationFacts *facts)
{
  g_autofree char *spoken = describe (self, facts, TRUE);

  /* It was tried, so that what it says of itself stands for the state. */
  if (spoken == NULL || (self->state == BARISTA_STATION_TODO && is_stopped (self)))
    /* Translators: for assistive technology: "Encryption, not tried yet" */
    return g_strdup_printf (_ ("%s, %s"), barista_station_get_label (self),
                            spoken != NULL ? spoken : _ (state_words[self->state]));

  /* Translators: for assistive technology: "Encryption, passed, 41 milliseconds" */
  return g_strdup_printf (_ ("%s, %s, %s"), barista_station_get_label (self),
                          _ (state_words[self->state]), spoken);
}

static gboolean
set_text (char **text, char *value)
{
  g_autofree char *taken = value != NULL ? value : g_strdup ("");

  return g_set_str (text, taken);
}

static void
take_stages (BaristaStation *self, GPtrArray *stages)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));
  gboolean same = stages != NULL ? stages->len == n : n == 0;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      same = stage == g_ptr_array_index (stages, i);
    }
  if (!same)
    g_list_store_splice (self->stages, 0, n, stages != NULL ? stages->pdata : NULL,
                         stages != NULL ? stages->len : 0);
}

void
barista_station_judge (BaristaStation *self, const BaristaStationFacts *facts)
{
  BaristaStationState state = judge (self, facts);

  g_object_freeze_notify (G_OBJECT (self));
  take_stages (self, facts->stages);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (set_text (&self->detail, describe (self, facts, FALSE)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  if (set_text (&self->summary, summarize (self, facts)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
  g_object_thaw_notify (G_OBJECT (self));
}
