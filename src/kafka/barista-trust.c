/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection.h"
#include "barista-trust.h"
#include <glib/gi18n-lib.h>
#include <sys/stat.h>

/* The largest bundle in use, Mozilla's, has 220 KB. */
#define MAX_CA_FILE_BYTES (16 * 1024 * 1024)

static gpointer
read_system_store (gpointer unused)
{
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (GTlsDatabase) database = g_tls_backend_get_default_database (backend);
  g_autoptr (GInputStream) input = g_memory_input_stream_new ();
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GIOStream) nowhere = g_simple_io_stream_new (input, output);
  g_autoptr (GIOStream) connection = NULL;

  /* The first connection of a process loads what the store alone does not (13 ms were seen). */
  connection = g_tls_client_connection_new (nowhere, NULL, NULL);
  return g_steal_pointer (&database);
}

/* Blocks; any thread. Returns: (transfer none): the system's store */
static GTlsDatabase *
system_store (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_system_store, NULL);
}

static void
warm_up_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  system_store ();
}

void
barista_trust_warm_up (void)
{
  static gsize begun = 0;
  g_autoptr (GTask) task = NULL;

  if (!g_once_init_enter (&begun))
    return;
  g_once_init_leave (&begun, 1);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_run_in_thread (task, warm_up_thread);
}

static gboolean
check_ca_file (const char *path, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autolist (GTlsCertificate) certificates = NULL;
  struct stat about;

  /* A pipe or a device would block the thread for good. */
  if (stat (path, &about) != 0 || !S_ISREG (about.st_mode))
    {
      g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CA_FILE,
                   _ ("The CA file “%s” is not there"), path);
      return FALSE;
    }
  if (about.st_size > MAX_CA_FILE_BYTES)
    {
      g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CA_FILE,
                   _ ("The CA file “%s” is too large"), path);
      return FALSE;
    }

  /* A file without any PEM certificate gives an empty list and no error (platform notes, 3). */
  certificates = g_tls_certificate_list_new_from_file (path, &failure);
  if (certificates == NULL)
    {
      g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CA_FILE,
                   _ ("The CA file “%s” holds no PEM certificate%s%s"), path,
                   failure != NULL ? ": " : "", failure != NULL ? failure->message : "");
      return FALSE;
    }
  return TRUE;
}

static GTlsDatabase *
load_ca_file (const char *ca_file, GError **error)
{
  /* GIO takes a relative path without an error and makes an empty database of it. */
  g_autofree char *path = g_canonicalize_filename (ca_file, NULL);
  g_autoptr (GError) failure = NULL;
  GTlsDatabase *database;

  if (!check_ca_file (path, error))
    return NULL;
  database = g_tls_file_database_new (path, &failure);
  if (database == NULL)
    g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CA_FILE,
                 _ ("The CA file “%s” can't be used: %s"), path, failure->message);
  return database;
}

static void
load_thread (GTask *task, gpointer source, gpointer ca_file, GCancellable *cancellable)
{
  GTlsDatabase *store = system_store ();
  GTlsDatabase *own;
  GError *error = NULL;

  if (ca_file == NULL)
    {
      if (store != NULL)
        g_task_return_pointer (task, g_object_ref (store), g_object_unref);
      else
        g_task_return_new_error (task, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE, "%s",
                                 _ ("This system has no TLS"));
      return;
    }

  own = load_ca_file (ca_file, &error);
  if (own != NULL)
    g_task_return_pointer (task, own, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * barista_trust_load_async:
 * @ca_file: (nullable): a PEM file, whose certificates are trusted instead of the system's; a
 *   relative path is taken from the current folder
 *
 * Errors: %BARISTA_CONNECTION_ERROR_CA_FILE, %G_TLS_ERROR_UNAVAILABLE.
 */
void
barista_trust_load_async (const char *ca_file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barista_trust_load_async);
  g_task_set_task_data (task, g_strdup (ca_file), g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_thread);
}

GTlsDatabase *
barista_trust_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * barista_trust_forbid_resumption:
 *
 * GIO keeps TLS sessions for the life of the process and does not verify the certificate of a
 * resumed one again. Its switch is a property of the backend's class, which GIO's public API doesn't
 * have; where it is missing, the base stream is what prevents resumption.
 */
void
barista_trust_forbid_resumption (GTlsConnection *connection)
{
  const char *name = "session-resumption-enabled";

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (connection), name) != NULL)
    g_object_set (connection, name, FALSE, NULL);
}
