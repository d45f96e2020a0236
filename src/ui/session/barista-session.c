/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

#include "barista-address.h"

#include <glib/gi18n-lib.h>

#define SAVE_AFTER_MS 400

enum
{
  STEPS_CHANGED,
  TABLE_CHANGED,
  PROBE_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];
static GParamSpec *properties[SESSION_N_PROPS];

G_DEFINE_FINAL_TYPE (BaristaSession, barista_session, G_TYPE_OBJECT)

GType
barista_token_state_get_type (void)
{
  static gsize type;
  static const GEnumValue values[] = {
    { BARISTA_TOKEN_NONE, "BARISTA_TOKEN_NONE", "none" },
    { BARISTA_TOKEN_LOOKING, "BARISTA_TOKEN_LOOKING", "looking" },
    { BARISTA_TOKEN_TYPED, "BARISTA_TOKEN_TYPED", "typed" },
    { BARISTA_TOKEN_KEPT, "BARISTA_TOKEN_KEPT", "kept" },
    { BARISTA_TOKEN_THIS_RUN, "BARISTA_TOKEN_THIS_RUN", "this-run" },
    { BARISTA_TOKEN_NO_KEYRING, "BARISTA_TOKEN_NO_KEYRING", "no-keyring" },
    { BARISTA_TOKEN_LOCKED, "BARISTA_TOKEN_LOCKED", "locked" },
    {},
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("BaristaTokenState", values));

  return type;
}

/* --- what is told --- */

void
session_notify (BaristaSession *self, SessionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
session_emit_table_changed (BaristaSession *self, const char *topic)
{
  g_signal_emit (self, signals[TABLE_CHANGED], 0, topic);
}

void
session_emit_probe_changed (BaristaSession *self, const char *topic)
{
  g_signal_emit (self, signals[PROBE_CHANGED], 0, topic);
}

static gboolean
on_tell_source (gpointer user_data)
{
  g_autoptr (BaristaSession) self = g_object_ref (user_data);
  gboolean steps = self->steps_stale;

  self->tell_source = 0;
  self->steps_stale = FALSE;
  session_tables_settle_stages (self);
  session_activity_update (self);
  if (steps)
    g_signal_emit (self, signals[STEPS_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

void
session_tell_soon (BaristaSession *self)
{
  if (self->tell_source == 0)
    self->tell_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_tell_source, self, NULL);
}

void
session_steps_changed (BaristaSession *self)
{
  self->infos_valid = FALSE;
  self->steps_stale = TRUE;
  session_tell_soon (self);
}

/* --- the store --- */

/**
 * barista_session_save_now:
 * @self: the session
 *
 * Writes it into its store without the pause, also if nothing was answered in it yet.
 */
void
barista_session_save_now (BaristaSession *self)
{
  BaristaSetupNotes notes = { .folder = self->folder };

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->store == NULL || self->id == NULL)
    return;

  self->touched = TRUE;
  notes.step = barista_step_to_string (self->step);
  if (self->report != NULL && self->run == NULL)
    {
      BaristaStageReport *failure = barista_report_get_failure (self->report,
                                                                BARISTA_SERVICE_KAFKA);

      if (failure == NULL)
        failure = barista_report_get_failure (self->report, BARISTA_SERVICE_REGISTRY);
      if (failure != NULL)
        notes.result = barista_stage_report_get_cause (failure);
      else if (barista_report_get_passed (self->report)
               && barista_report_get_n_topics (self->report) > 0)
        notes.result = "passed";
    }
  barista_setup_store_save (self->store, self->id, self->setup, &notes);
}

/* What is still to be saved; for the end of a window. */
void
barista_session_flush (BaristaSession *self)
{
  if (self->save_source != 0)
    barista_session_save_now (self);
}

static gboolean
on_save_source (gpointer user_data)
{
  BaristaSession *self = user_data;

  self->save_source = 0;
  barista_session_save_now (self);

  return G_SOURCE_REMOVE;
}

void
session_save_soon (BaristaSession *self)
{
  if (self->store != NULL && self->touched && self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_AFTER_MS, on_save_source, self);
}

/* Another program changed its file: it lies elsewhere from now on. */
static void
on_moved (BaristaSession *self, const char *from, const char *to)
{
  if (g_strcmp0 (self->id, from) == 0)
    g_set_str (&self->id, to);
}

void
barista_session_set_store (BaristaSession *self, BaristaSetupStore *store, const char *id)
{
  if (self->practice != NULL)
    return;

  if (g_set_object (&self->store, store))
    g_signal_connect_object (store, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_set_str (&self->id, id);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (BaristaSetupEntry) entry = g_list_model_get_item (G_LIST_MODEL (store), i);

      self->touched |= g_str_equal (barista_setup_entry_get_id (entry), id);
    }
}

const char *
barista_session_get_id (BaristaSession *self)
{
  return self->id;
}

/* --- steps --- */

static void
evaluate (BaristaSession *self)
{
  BaristaStepFacts facts = {
    .report = self->report,
    .stages = G_LIST_MODEL (self->stages),
    .checking = self->run != NULL || self->check_source != 0,
    .has_token = self->token != NULL,
    .has_registry_token = self->registry_token != NULL,
    .practice = self->practice != NULL,
    .visited = self->visited,
    .doubted = self->doubted,
    .doubt = self->doubt,
    .saved = self->saved,
  };

  session_tables_settle_stages (self);
  if (self->infos_valid)
    return;
  barista_steps_clear (self->infos);
  barista_steps_evaluate (self->setup, &facts, self->infos);
  self->infos_valid = TRUE;
}

const BaristaStepInfo *
barista_session_get_step_info (BaristaSession *self, BaristaStep step)
{
  g_return_val_if_fail (step < BARISTA_N_STEPS, NULL);

  evaluate (self);
  return &self->infos[step];
}

BaristaStep
barista_session_get_next_step (BaristaSession *self)
{
  evaluate (self);
  return barista_steps_next (self->infos, self->step);
}

BaristaStep
barista_session_get_back_step (BaristaSession *self)
{
  evaluate (self);
  return barista_steps_back (self->infos, self->step);
}

BaristaStep
barista_session_get_step (BaristaSession *self)
{
  return self->step;
}

/**
 * barista_session_set_step:
 * @self: the session
 * @step: the step that is shown now
 *
 * It counts as seen, and is in doubt no more.
 */
void
barista_session_set_step (BaristaSession *self, BaristaStep step)
{
  g_return_if_fail (step < BARISTA_N_STEPS);

  self->visited |= 1u << step;
  self->doubted &= ~(1u << step);
  session_steps_changed (self);
  if (self->step == step)
    return;

  if (self->step == BARISTA_STEP_SERVER || self->step == BARISTA_STEP_REGISTRY)
    barista_session_settle_address (self);
  self->step = step;
  session_notify (self, SESSION_PROP_STEP);
  session_save_soon (self);
}

/* --- the project --- */

const char *
barista_session_get_folder (BaristaSession *self)
{
  return self->folder;
}

void
barista_session_set_folder (BaristaSession *self, const char *folder)
{
  if (!g_set_str (&self->folder, folder))
    return;

  self->saved = FALSE;
  session_notify (self, SESSION_PROP_FOLDER);
  session_notify (self, SESSION_PROP_SAVED);
  session_steps_changed (self);
  session_save_soon (self);
}

gboolean
barista_session_get_saved (BaristaSession *self)
{
  return self->saved;
}

void
barista_session_mark_saved (BaristaSession *self)
{
  self->saved = TRUE;
  session_token_saved (self);
  session_notify (self, SESSION_PROP_SAVED);
  session_steps_changed (self);
}

gboolean
barista_session_get_offline (BaristaSession *self)
{
  /* The practice Dekaf is on this computer. */
  return self->practice == NULL && !g_network_monitor_get_network_available (self->network);
}

static void
on_network (BaristaSession *self, gboolean available)
{
  session_notify (self, SESSION_PROP_OFFLINE);
  if (available && self->practice == NULL && self->report != NULL
      && barista_report_get_failure (self->report, BARISTA_SERVICE_KAFKA) != NULL)
    barista_session_check_now (self);
}

/* --- the object --- */

BaristaSetup *
barista_session_get_setup (BaristaSession *self)
{
  return self->setup;
}

gboolean
barista_session_get_practice (BaristaSession *self)
{
  return self->practice != NULL;
}

BaristaPractice *
barista_session_get_practice_server (BaristaSession *self)
{
  return self->practice;
}

static void
barista_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaSession *self = BARISTA_SESSION (object);

  switch ((SessionProperty) id)
    {
    case SESSION_PROP_SETUP:
      g_value_set_object (value, self->setup);
      break;
    case SESSION_PROP_PRACTICE:
      g_value_set_boolean (value, self->practice != NULL);
      break;
    case SESSION_PROP_CHECKING:
      g_value_set_boolean (value, barista_session_get_checking (self));
      break;
    case SESSION_PROP_ACTIVITY:
      g_value_set_string (value, self->activity);
      break;
    case SESSION_PROP_REPORT:
      g_value_set_object (value, self->report);
      break;
    case SESSION_PROP_TOKEN_STATE:
      g_value_set_enum (value, self->token_state);
      break;
    case SESSION_PROP_KEEP_TOKEN:
      g_value_set_boolean (value, self->keep_token);
      break;
    case SESSION_PROP_STEP:
      g_value_set_enum (value, self->step);
      break;
    case SESSION_PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case SESSION_PROP_SAVED:
      g_value_set_boolean (value, self->saved);
      break;
    case SESSION_PROP_OFFLINE:
      g_value_set_boolean (value, barista_session_get_offline (self));
      break;
    case SESSION_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaSession *self = BARISTA_SESSION (object);

  if (id == SESSION_PROP_KEEP_TOKEN)
    barista_session_set_keep_token (self, g_value_get_boolean (value));
  else if (id == SESSION_PROP_STEP)
    barista_session_set_step (self, g_value_get_enum (value));
  else if (id == SESSION_PROP_FOLDER)
    barista_session_set_folder (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_session_dispose (GObject *object)
{
  BaristaSession *self = BARISTA_SESSION (object);

  barista_session_flush (self);
  session_check_clear (self);
  session_token_clear (self);
  session_watch_clear (self);
  session_undo_clear (self);
  session_tables_clear (self);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_object (&self->store);
  if (self->practice != NULL)
    barista_practice_stop (self->practice);
  g_clear_object (&self->practice);
  g_clear_object (&self->network);

  G_OBJECT_CLASS (barista_session_parent_class)->dispose (object);
}

static void
barista_session_finalize (GObject *object)
{
  BaristaSession *self = BARISTA_SESSION (object);

  g_clear_object (&self->setup);
  g_clear_object (&self->stages);
  g_free (self->id);
  g_free (self->folder);
  barista_steps_clear (self->infos);

  G_OBJECT_CLASS (barista_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags write = read | G_PARAM_WRITABLE;

  properties[SESSION_PROP_SETUP] = g_param_spec_object ("setup", NULL, NULL, BARISTA_TYPE_SETUP,
                                                        read);
  properties[SESSION_PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, read);
  properties[SESSION_PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, read);
  properties[SESSION_PROP_ACTIVITY] = g_param_spec_string ("activity", NULL, NULL, NULL, read);
  properties[SESSION_PROP_REPORT] = g_param_spec_object ("report", NULL, NULL, BARISTA_TYPE_REPORT,
                                                         read);
  properties[SESSION_PROP_TOKEN_STATE] = g_param_spec_enum ("token-state", NULL, NULL,
                                                            BARISTA_TYPE_TOKEN_STATE,
                                                            BARISTA_TOKEN_NONE, read);
  properties[SESSION_PROP_KEEP_TOKEN] = g_param_spec_boolean ("keep-token", NULL, NULL, TRUE,
                                                              write);
  properties[SESSION_PROP_STEP] = g_param_spec_enum ("step", NULL, NULL, BARISTA_TYPE_STEP,
                                                     BARISTA_STEP_START, write);
  properties[SESSION_PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, write);
  properties[SESSION_PROP_SAVED] = g_param_spec_boolean ("saved", NULL, NULL, FALSE, read);
  properties[SESSION_PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, SESSION_N_PROPS, properties);
}

static guint
install_signal (const char *name, GType argument)
{
  return g_signal_new (name, BARISTA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, argument != G_TYPE_NONE ? 1 : 0, argument);
}

static void
barista_session_class_init (BaristaSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_session_get_property;
  object_class->set_property = barista_session_set_property;
  object_class->dispose = barista_session_dispose;
  object_class->finalize = barista_session_finalize;

  install_properties (object_class);
  signals[STEPS_CHANGED] = install_signal ("steps-changed", G_TYPE_NONE);
  signals[TABLE_CHANGED] = install_signal ("table-changed", G_TYPE_STRING);
  signals[PROBE_CHANGED] = install_signal ("probe-changed", G_TYPE_STRING);
}

static void
barista_session_init (BaristaSession *self)
{
  self->stages = g_list_store_new (BARISTA_TYPE_STAGE_REPORT);
  self->keep_token = TRUE;
  self->doubt = BARISTA_N_STEPS;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network), self,
                           G_CONNECT_SWAPPED);
  session_tables_init (self);
}

void
session_start (BaristaSession *self, BaristaSetup *setup)
{
  self->setup = g_object_ref (setup);
  session_undo_init (self);
  session_watch_init (self);
  session_check_init (self);
}

/**
 * barista_session_new:
 * @setup: what to work on
 *
 * Asks the keyring for its token, and checks as soon as there is something to check.
 *
 * Returns: (transfer full): a session, not kept anywhere yet
 */
BaristaSession *
barista_session_new (BaristaSetup *setup)
{
  BaristaSession *self = g_object_new (BARISTA_TYPE_SESSION, NULL);

  session_start (self, setup);
  session_token_look_up (self, 0);

  return self;
}
