/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice.h"

#include "barista-practice-certificates.h"
#include "barista-practice-feed.h"
#include "barista-practice-kafka.h"
#include "barista-practice-profile.h"
#include "barista-practice-registry.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* How often arrivals are written at least; slower rates have a tick for each record. */
#define ARRIVAL_TICK_MS 50
#define MAX_ARRIVALS_A_TICK 500

struct _BaristaPractice
{
  GObject parent_instance;

  BaristaPracticeOptions options; /* as given; its strings are ours */
  char *dump_file;
  BaristaPracticeFaults faults;

  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GMutex lock;
  GCond started;
  gboolean is_started;
  GError *failure;

  /* Set by the thread before it says that it has started; not changed afterwards. */
  BaristaPracticeInfo info;
  char *folder, *ca_file, *profile, *bootstrap_servers, *registry_url, *token;

  /* The thread's own. */
  BaristaPracticeTask *task;
  BaristaPracticeFeed *feed;
  BaristaPracticeKafka *kafka, *moved;
  BaristaPracticeRegistry *registry;
  GSocket *closed_port;
  GSource *ticker;
  gint64 arriving_since;
  guint64 arrived;
};

G_DEFINE_FINAL_TYPE (BaristaPractice, barista_practice, G_TYPE_OBJECT)

static gboolean
has_fault (BaristaPractice *self, BaristaPracticeFault fault)
{
  return barista_practice_has_fault (self->faults, fault);
}

/* --- on the service's thread --- */

/* A moved task: a second port of ours has the data, or refuses, or nothing is there. */
static gboolean
open_target (BaristaPractice *self, GTlsCertificate *certificate, GError **error)
{
  gboolean refused = has_fault (self, BARISTA_FAULT_REDIRECT_REFUSED);
  guint16 port;

  if (has_fault (self, BARISTA_FAULT_REDIRECT_UNREACHABLE))
    {
      self->closed_port = barista_practice_closed_port_new (&port, error);
      if (self->closed_port == NULL)
        return FALSE;
    }
  else if (refused || has_fault (self, BARISTA_FAULT_REDIRECT))
    {
      self->moved = barista_practice_kafka_new (self->task, certificate, 0, error);
      if (self->moved == NULL)
        return FALSE;
      barista_practice_kafka_set_refusing (self->moved, refused);
      port = barista_practice_kafka_get_port (self->moved);
    }
  else
    return TRUE;

  barista_practice_kafka_set_advertised_port (self->kafka, port);
  return TRUE;
}

static gboolean
open_ports (BaristaPractice *self, GTlsCertificate *certificate, GError **error)
{
  gboolean plain = has_fault (self, BARISTA_FAULT_PLAIN_PORT)
                   || has_fault (self, BARISTA_FAULT_HTTP_PORT);
  GTlsCertificate *for_kafka = plain ? NULL : certificate;

  self->kafka = barista_practice_kafka_new (self->task, for_kafka, self->options.kafka_port, error);
  if (self->kafka == NULL || !open_target (self, for_kafka, error))
    return FALSE;

  self->registry = barista_practice_registry_new (self->task, certificate,
                                                  self->options.registry_port, error);
  return self->registry != NULL;
}

/* Nobody else may read the folder: with the token, its files give access. */
static gboolean
make_folder (BaristaPractice *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (g_get_tmp_dir ());

  /* The profile names the CA file in there, and is JSON. */
  if (!g_utf8_validate (g_get_tmp_dir (), -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   _ ("The folder for temporary files, %s, has a name that isn't UTF-8"), shown);
      return FALSE;
    }

  self->folder = g_dir_make_tmp ("barista-practice-XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;

  self->profile = g_build_filename (self->folder, "practice.barista", NULL);
  return TRUE;
}

static gboolean
write_ca (BaristaPractice *self, const char *pem, GError **error)
{
  self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
  return g_file_set_contents (self->ca_file, pem, -1, error);
}

static void
fill_info (BaristaPractice *self)
{
  self->bootstrap_servers = g_strdup_printf ("127.0.0.1:%u",
                                             barista_practice_kafka_get_port (self->kafka));
  self->registry_url = g_strdup_printf ("%s://127.0.0.1:%u", self->options.tls ? "https" : "http",
                                        barista_practice_registry_get_port (self->registry));
  self->token = g_strdup (self->task->token);
  self->info = (BaristaPracticeInfo) {
    .bootstrap_servers = self->bootstrap_servers,
    .registry_url = self->registry_url,
    .username = BARISTA_PRACTICE_TASK_NAME,
    .token = self->token,
    .ca_file = self->ca_file,
    .profile = self->profile,
  };
}

static gboolean
set_up (BaristaPractice *self, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *pem = NULL;

  if (!make_folder (self, error))
    return FALSE;
  if (self->options.tls
      && ((certificate = barista_practice_certificates_new (self->faults, &pem, error)) == NULL
          || !write_ca (self, pem, error)))
    return FALSE;

  self->task = barista_practice_task_new (&self->options, self->faults);
  self->feed = barista_practice_feed_new (self->task, &self->options, error);
  if (self->feed == NULL || !open_ports (self, certificate, error))
    return FALSE;

  fill_info (self);
  return barista_practice_profile_write (self->task, &self->info, error);
}

static void
tear_down (BaristaPractice *self)
{
  if (self->ticker != NULL)
    g_source_destroy (self->ticker);
  g_clear_pointer (&self->ticker, g_source_unref);
  /* Kafka's sessions end while the loop goes round; after the registry's it must not: up to 3.6.5
   * libsoup looks at a connection that it has freed when its TLS handshake ends (upstream e9b681a5). */
  g_clear_pointer (&self->moved, barista_practice_kafka_free);
  g_clear_pointer (&self->kafka, barista_practice_kafka_free);
  g_clear_pointer (&self->registry, barista_practice_registry_free);
  g_clear_pointer (&self->feed, barista_practice_feed_free);
  g_clear_pointer (&self->task, barista_practice_task_free);
  g_clear_object (&self->closed_port);
}

/* A session that waits looks again. */
static void
wake_sessions (gpointer user_data)
{
  BaristaPractice *self = user_data;

  if (self->kafka != NULL)
    barista_practice_kafka_wake (self->kafka);
  if (self->moved != NULL)
    barista_practice_kafka_wake (self->moved);
}

/* As many as are due by now; what a sleeping machine has missed does not come all at once. */
static gboolean
on_tick (gpointer user_data)
{
  BaristaPractice *self = user_data;
  gint64 now = g_get_monotonic_time ();
  guint64 due = (guint64) (now - self->arriving_since) * self->options.arrivals / G_USEC_PER_SEC;

  if (due > self->arrived)
    barista_practice_feed_arrive (self->feed,
                                  (guint) MIN (due - self->arrived, MAX_ARRIVALS_A_TICK));
  self->arrived = due;
  wake_sessions (self);
  return G_SOURCE_CONTINUE;
}

static void
start_ticker (BaristaPractice *self)
{
  if (self->options.arrivals == 0)
    return;

  self->arriving_since = g_get_monotonic_time ();
  self->ticker = g_timeout_source_new (MAX (1000 / self->options.arrivals, ARRIVAL_TICK_MS));
  g_source_set_callback (self->ticker, on_tick, self, NULL);
  g_source_attach (self->ticker, self->context);
}

static gpointer
run (gpointer user_data)
{
  BaristaPractice *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ready;

  g_main_context_push_thread_default (self->context);
  ready = set_up (self, &error);
  if (ready)
    {
      barista_practice_members_set_wake (self->task->members, wake_sessions, self);
      start_ticker (self);
    }

  g_mutex_lock (&self->lock);
  self->failure = g_steal_pointer (&error);
  self->is_started = TRUE;
  g_cond_signal (&self->started);
  g_mutex_unlock (&self->lock);

  if (ready)
    g_main_loop_run (self->loop);
  tear_down (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* --- on the caller's --- */

static void
remove_folder (BaristaPractice *self)
{
  if (self->folder == NULL)
    return;

  if (self->ca_file != NULL)
    g_unlink (self->ca_file);
  g_unlink (self->profile);
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static void
barista_practice_finalize (GObject *object)
{
  BaristaPractice *self = BARISTA_PRACTICE (object);

  barista_practice_stop (self);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->started);
  g_clear_error (&self->failure);
  g_free (self->dump_file);
  g_free (self->ca_file);
  g_free (self->profile);
  g_free (self->bootstrap_servers);
  g_free (self->registry_url);
  g_free (self->token);
  G_OBJECT_CLASS (barista_practice_parent_class)->finalize (object);
}

static void
barista_practice_class_init (BaristaPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_practice_finalize;
}

static void
barista_practice_init (BaristaPractice *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->lock);
  g_cond_init (&self->started);
}

static void
await_start (BaristaPractice *self)
{
  g_mutex_lock (&self->lock);
  while (!self->is_started)
    g_cond_wait (&self->started, &self->lock);
  g_mutex_unlock (&self->lock);
}

/**
 * barista_practice_start:
 * @options: see %BARISTA_PRACTICE_OPTIONS_INIT
 *
 * Starts a practice Dekaf and waits until both of its ports listen.
 *
 * Errors: #BaristaPracticeError, #GFileError for its temporary folder
 *
 * Returns: (transfer full) (nullable): it runs until it is stopped or let go of
 */
BaristaPractice *
barista_practice_start (const BaristaPracticeOptions *options, GError **error)
{
  g_autoptr (BaristaPractice) self = g_object_new (BARISTA_TYPE_PRACTICE, NULL);

  self->options = *options;
  self->dump_file = g_strdup (options->dump_file);
  self->options.dump_file = self->dump_file;
  self->options.scenarios = NULL;
  if (!barista_practice_faults_parse (options->scenarios, &self->faults, error))
    return NULL;

  self->thread = g_thread_new ("practice-dekaf", run, self);
  await_start (self);
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * barista_practice_get_info:
 *
 * Returns: (transfer none): how to reach it; valid for as long as @self is
 */
const BaristaPracticeInfo *
barista_practice_get_info (BaristaPractice *self)
{
  return &self->info;
}

static gboolean
publish (gpointer user_data)
{
  BaristaPractice *self = user_data;

  self->task->published_at = 0;
  return G_SOURCE_REMOVE;
}

/**
 * barista_practice_publish_task:
 *
 * Ends the scenario task-unpublished: from now on the sign-in is accepted.
 */
void
barista_practice_publish_task (BaristaPractice *self)
{
  if (self->thread != NULL)
    g_main_context_invoke (self->context, publish, self);
}

static gboolean
quit (gpointer user_data)
{
  BaristaPractice *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/**
 * barista_practice_stop:
 *
 * Ends all connections and removes the files. May be called again.
 */
void
barista_practice_stop (BaristaPractice *self)
{
  if (self->thread != NULL)
    {
      /* An idle source, not a bare quit: the loop may not be running yet. */
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, quit, self, NULL);
      g_source_attach (source, self->context);
      g_thread_join (g_steal_pointer (&self->thread));
    }
  remove_folder (self);
}
