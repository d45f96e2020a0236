/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

#include <glib/gi18n-lib.h>

/* What the check does, in words. */

static const char *const doings[BARISTA_N_STAGES] = {
  [BARISTA_STAGE_NAME] = N_ ("Looking up the address"),
  [BARISTA_STAGE_TCP] = N_ ("Connecting"),
  [BARISTA_STAGE_TLS] = N_ ("Checking the certificate"),
  [BARISTA_STAGE_HELLO] = N_ ("Greeting the server"),
  [BARISTA_STAGE_SASL] = N_ ("Signing in"),
  [BARISTA_STAGE_METADATA] = N_ ("Listing the topics"),
  [BARISTA_STAGE_REGISTRY] = N_ ("Asking the schema registry"),
  [BARISTA_STAGE_TOPIC] = N_ ("Looking at the topic"),
  [BARISTA_STAGE_SAMPLE] = N_ ("Reading sample records"),
  [BARISTA_STAGE_GROUP] = N_ ("Looking at the consumer group"),
};

/* The running stage to tell of: that of Kafka, and of the registry if it alone is left. */
static int
find_running (BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);
  int running = -1;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_RUNNING
          && (running < 0 || barista_stage_report_get_service (stage) == BARISTA_SERVICE_KAFKA))
        running = barista_stage_report_get_stage (stage);
    }

  return running;
}

static void
set_activity (BaristaSession *self, char *activity)
{
  g_autofree char *text = activity;

  if (g_set_str (&self->activity, text))
    session_notify (self, SESSION_PROP_ACTIVITY);
}

void
session_activity_update (BaristaSession *self)
{
  SessionRun *run = self->run != NULL ? self->run : self->look;
  int running = run != NULL && !run->quiet ? find_running (barista_check_get_report (run->check))
                                           : -1;
  gint64 now = g_get_monotonic_time ();
  int seconds;

  if (running < 0 || doings[running] == NULL)
    {
      if (run == NULL || run->quiet)
        set_activity (self, NULL);
      return;
    }
  if (running != self->working_stage)
    {
      self->working_stage = running;
      self->working_since = now;
    }
  seconds = (int) ((now - self->working_since) / G_USEC_PER_SEC);
  if (seconds < 1)
    set_activity (self, g_strdup (_ (doings[running])));
  else
    /* Translators: what is being done, and for how many seconds: "Signing in, 6 s" */
    set_activity (self, g_strdup_printf (_ ("%s, %d s"), _ (doings[running]), seconds));
}

static gboolean
on_activity_source (gpointer user_data)
{
  session_activity_update (user_data);
  return G_SOURCE_CONTINUE;
}

/* The seconds are told while a check runs. */
void
session_activity_follow (BaristaSession *self)
{
  gboolean checking = barista_session_get_checking (self);

  if (checking && self->activity_source == 0)
    self->activity_source = g_timeout_add (1000, on_activity_source, self);
  else if (!checking)
    g_clear_handle_id (&self->activity_source, g_source_remove);
  if (!checking)
    self->working_stage = -1;
  session_tell_soon (self);
}

void
session_activity_clear (BaristaSession *self)
{
  g_clear_handle_id (&self->activity_source, g_source_remove);
  g_clear_pointer (&self->activity, g_free);
}

const char *
barista_session_get_activity (BaristaSession *self)
{
  return self->activity;
}
