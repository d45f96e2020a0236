/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-findings.h"

#include "barista-sinks.h"

struct _BaristaSinkFindings
{
  GObject parent_instance;

  BaristaSession *session; /* which keeps this one; NULL: it is gone */
  BaristaSetup *setup;     /* a copy; NULL: nothing was found yet */
  GPtrArray *tables;
  GPtrArray *findings; /* in these two */
  GCancellable *looking;
  guint n_runs;
};

G_DEFINE_FINAL_TYPE (BaristaSinkFindings, barista_sink_findings, G_TYPE_OBJECT)

static guint made_signal;

/* --- on a thread --- */

/* Nothing else refers to what may change in it; tables never do. */
typedef struct
{
  BaristaSetup *setup;
  GPtrArray *tables;
  GPtrArray *findings;
} Look;

static GPtrArray *
findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);
}

static void
look_free (Look *look)
{
  g_object_unref (look->setup);
  g_ptr_array_unref (look->tables);
  g_ptr_array_unref (look->findings);
  g_free (look);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;

  barista_sinks_lint (look->setup, look->tables, look->findings);
  g_task_return_boolean (task, TRUE);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  BaristaSinkFindings *self = BARISTA_SINK_FINDINGS (source);
  const Look *look = g_task_get_task_data (G_TASK (result));

  /* Cancelled: the session is gone. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;

  g_clear_object (&self->looking);
  g_set_object (&self->setup, look->setup);
  g_ptr_array_unref (self->tables);
  self->tables = g_ptr_array_ref (look->tables);
  g_ptr_array_unref (self->findings);
  self->findings = g_ptr_array_ref (look->findings);
  g_signal_emit (self, made_signal, 0);
}

static void
start_look (BaristaSinkFindings *self)
{
  Look *look = g_new0 (Look, 1);
  g_autoptr (GTask) task = NULL;

  look->setup = barista_setup_copy_sinks (barista_session_get_setup (self->session));
  look->tables = barista_session_dup_tables (self->session);
  look->findings = findings_new ();
  self->looking = g_cancellable_new ();
  self->n_runs++;

  task = g_task_new (self, self->looking, on_looked, NULL);
  g_task_set_source_tag (task, start_look);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_in_thread);
}

/* --- asking --- */

static gboolean
tables_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (a->pdata[i] != b->pdata[i])
      return FALSE;

  return TRUE;
}

static gboolean
is_current (BaristaSinkFindings *self)
{
  g_autoptr (GPtrArray) tables = barista_session_dup_tables (self->session);

  return self->setup != NULL && tables_equal (self->tables, tables)
         && barista_setup_sinks_equal (self->setup, barista_session_get_setup (self->session));
}

/**
 * barista_sink_findings_ask:
 * @self: the findings
 *
 * Looks for them if what they follow from is different now; one look at a time.
 *
 * Returns: whether barista_sink_findings_get() is what there is to say now; else "made" will come,
 *   after which one asks again
 */
gboolean
barista_sink_findings_ask (BaristaSinkFindings *self)
{
  if (self->session == NULL)
    return FALSE;
  if (is_current (self))
    return TRUE;
  if (self->looking == NULL)
    start_look (self);

  return FALSE;
}

/**
 * barista_sink_findings_get:
 * @self: the findings
 *
 * Returns: (transfer none) (element-type BaristaFinding): those that were found last
 */
GPtrArray *
barista_sink_findings_get (BaristaSinkFindings *self)
{
  return self->findings;
}

guint
barista_sink_findings_count_runs (BaristaSinkFindings *self)
{
  return self->n_runs;
}

/* --- the object --- */

static void
on_session_gone (gpointer data, GObject *session)
{
  BaristaSinkFindings *self = data;

  self->session = NULL;
  g_cancellable_cancel (self->looking);
}

/**
 * barista_sink_findings_of:
 * @session: a session
 *
 * Returns: (transfer none): its own, which it keeps
 */
BaristaSinkFindings *
barista_sink_findings_of (BaristaSession *session)
{
  BaristaSinkFindings *self = g_object_get_data (G_OBJECT (session), "sink-findings");

  if (self == NULL)
    {
      self = g_object_new (BARISTA_TYPE_SINK_FINDINGS, NULL);
      self->session = session;
      g_object_weak_ref (G_OBJECT (session), on_session_gone, self);
      g_object_set_data_full (G_OBJECT (session), "sink-findings", self, g_object_unref);
    }

  return self;
}

static void
barista_sink_findings_finalize (GObject *object)
{
  BaristaSinkFindings *self = BARISTA_SINK_FINDINGS (object);

  g_clear_object (&self->setup);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->findings);
  g_clear_object (&self->looking);

  G_OBJECT_CLASS (barista_sink_findings_parent_class)->finalize (object);
}

static void
barista_sink_findings_class_init (BaristaSinkFindingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_sink_findings_finalize;

  made_signal = g_signal_new ("made", BARISTA_TYPE_SINK_FINDINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static void
barista_sink_findings_init (BaristaSinkFindings *self)
{
  self->tables = g_ptr_array_new ();
  self->findings = findings_new ();
}
