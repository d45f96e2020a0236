/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cancel-pair.h"

#include "barista-connection-private.h"
#include "barista-trust.h"
#include <glib/gi18n-lib.h>

/* GIO asks a GTlsInteraction for the client's certificate when the server wants one. The witness
 * has none to give; that it was asked is what counts, as alerts differ between TLS libraries. */
#define BARISTA_TYPE_TLS_WITNESS (barista_tls_witness_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTlsWitness, barista_tls_witness, BARISTA, TLS_WITNESS, GTlsInteraction)

struct _BaristaTlsWitness
{
  GTlsInteraction parent_instance;
  gint asked; /* atomic: GIO's handshake has a thread of its own */
};

G_DEFINE_FINAL_TYPE (BaristaTlsWitness, barista_tls_witness, G_TYPE_TLS_INTERACTION)

static GTlsInteractionResult
barista_tls_witness_request_certificate (GTlsInteraction *interaction,
                                         GTlsConnection *connection,
                                         GTlsCertificateRequestFlags flags,
                                         GCancellable *cancellable,
                                         GError **error)
{
  g_atomic_int_set (&BARISTA_TLS_WITNESS (interaction)->asked, TRUE);
  return G_TLS_INTERACTION_UNHANDLED;
}

static void
barista_tls_witness_class_init (BaristaTlsWitnessClass *klass)
{
  G_TLS_INTERACTION_CLASS (klass)->request_certificate = barista_tls_witness_request_certificate;
}

static void
barista_tls_witness_init (BaristaTlsWitness *self)
{
}

typedef struct
{
  gboolean own_ca;
  gint64 begun;
  GTlsConnection *tls;
  GSocketConnection *socket; /* dropped last: its last reference closes it under GIO's thread */
  BaristaTlsWitness *witness;
  BaristaCancelPair *cancel;
} Handshake;

static void
handshake_free (gpointer data)
{
  Handshake *handshake = data;

  g_clear_object (&handshake->tls);
  g_clear_object (&handshake->witness);
  g_clear_pointer (&handshake->cancel, barista_cancel_pair_free);
  g_clear_object (&handshake->socket);
  g_free (handshake);
}

static void
fill_trace (BaristaTlsTrace *trace, Handshake *handshake)
{
  trace->certificate_requested = g_atomic_int_get (&handshake->witness->asked);
  trace->version = g_tls_connection_get_protocol_version (handshake->tls);
  if (trace->peer == NULL)
    g_set_object (&trace->peer, g_tls_connection_get_peer_certificate (handshake->tls));
}

static gboolean
on_accept_certificate (GTlsConnection *tls,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       BaristaConnection *self)
{
  g_set_object (&self->trace.peer, certificate);
  self->trace.flags = flags;
  return FALSE;
}

/* The peer's close and its reset have two texts and one code in GIO; the tap knows. */
static GError *
clarify (BaristaConnection *self, GError *error)
{
  GError *clear;

  if (self->closed)
    clear = g_error_new_literal (BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED,
                                 "Closed");
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->trace.flags == 0
           && barista_tap_stream_get_closed (self->tap))
    clear = g_error_new (BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED,
                         _ ("The peer closed during the TLS handshake: %s"), error->message);
  else
    return error;

  g_error_free (error);
  return clear;
}

static void
handshake_end (GTask *task, GError *error)
{
  BaristaConnection *self = g_task_get_source_object (task);
  Handshake *handshake = g_task_get_task_data (task);

  self->handshaking = FALSE;
  self->times.tls = g_get_monotonic_time () - handshake->begun;
  g_clear_pointer (&handshake->cancel, barista_cancel_pair_free);
  if (error != NULL)
    g_task_return_error (task, clarify (self, error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaConnection *self = g_task_get_source_object (task);
  Handshake *handshake = g_task_get_task_data (task);
  GError *error = NULL;

  fill_trace (&self->trace, handshake);
  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error)
      && !self->closed)
    g_set_object (&self->stream, G_IO_STREAM (source));
  else if (error == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "Closed");
  handshake_end (task, error);
}

static GTlsConnection *
make_tls (BaristaConnection *self, Handshake *handshake, GTlsDatabase *trust, GError **error)
{
  g_autoptr (GSocketConnectable) identity = NULL;
  GIOStream *tls;

  identity = g_network_address_new (self->address.host, self->address.port);
  tls = g_tls_client_connection_new (self->stream, identity, error);
  if (tls == NULL)
    return NULL;

  if (handshake->own_ca)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), trust);
  barista_trust_forbid_resumption (G_TLS_CONNECTION (tls));
  g_tls_connection_set_interaction (G_TLS_CONNECTION (tls), G_TLS_INTERACTION (handshake->witness));
  g_signal_connect_object (tls, "accept-certificate", G_CALLBACK (on_accept_certificate), self,
                           G_CONNECT_DEFAULT);
  return G_TLS_CONNECTION (tls);
}

static void
on_trust (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaConnection *self = g_task_get_source_object (task);
  Handshake *handshake = g_task_get_task_data (task);
  g_autoptr (GTlsDatabase) trust = NULL;
  GError *error = NULL;

  trust = barista_trust_load_finish (result, &error);
  if (trust != NULL && !self->closed)
    handshake->tls = make_tls (self, handshake, trust, &error);
  else if (error == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "Closed");

  if (error != NULL)
    handshake_end (task, error);
  else
    g_tls_connection_handshake_async (handshake->tls, G_PRIORITY_DEFAULT,
                                      handshake->cancel->cancellable, on_handshake,
                                      g_object_ref (task));
}

/**
 * barista_connection_start_tls_async:
 * @ca_file: (nullable): PEM file whose certificates replace the system's store
 *
 * Encrypts the connection and verifies the peer's certificate for the host of the address. Once,
 * after connecting and before any call. Reasons stand in barista_connection_get_tls_trace().
 *
 * Errors: %BARISTA_CONNECTION_ERROR_CA_FILE, %BARISTA_CONNECTION_ERROR_CLOSED, %G_TLS_ERROR,
 * %G_IO_ERROR.
 */
void
barista_connection_start_tls_async (BaristaConnection *self,
                                    const char *ca_file,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Handshake *handshake;

  g_return_if_fail (BARISTA_IS_CONNECTION (self));
  g_return_if_fail (self->calls == NULL && self->times.tls == -1);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barista_connection_start_tls_async);
  if (self->stream == NULL)
    {
      g_task_return_new_error (task, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED,
                               "Not connected");
      return;
    }

  handshake = g_new0 (Handshake, 1);
  handshake->own_ca = ca_file != NULL;
  handshake->begun = g_get_monotonic_time ();
  handshake->socket = g_object_ref (self->socket);
  handshake->witness = g_object_new (BARISTA_TYPE_TLS_WITNESS, NULL);
  handshake->cancel = barista_cancel_pair_new (cancellable, self->closing);
  g_task_set_task_data (task, handshake, handshake_free);
  self->handshaking = TRUE;
  barista_trust_load_async (ca_file, handshake->cancel->cancellable, on_trust, g_object_ref (task));
}

gboolean
barista_connection_start_tls_finish (BaristaConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
