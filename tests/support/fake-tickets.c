/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-tickets.h"

#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <string.h>

struct _FakeTickets
{
  FakeServer *server;
  gnutls_certificate_credentials_t credentials;
  gnutls_datum_t key;
  const char *priority;
  const char *answer;
  gint resumed;
};

static gnutls_session_t
session_on (FakeTickets *self, GSocket *socket)
{
  gnutls_session_t session;
  int fd = g_socket_get_fd (socket);

  /* GSocket's are never blocking; GnuTLS is easier to use where they are. */
  fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) & ~O_NONBLOCK);
  gnutls_init (&session, GNUTLS_SERVER);
  gnutls_priority_set_direct (session, self->priority, NULL);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, self->credentials);
  gnutls_session_ticket_enable_server (session, &self->key);
  gnutls_transport_set_int (session, fd);
  gnutls_handshake_set_timeout (session, 10000);
  gnutls_record_set_timeout (session, 10000);
  return session;
}

static void
serve (GIOStream *stream, GCancellable *stop, gpointer data)
{
  FakeTickets *self = data;
  GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  gnutls_session_t session = session_on (self, socket);
  char buffer[4096];

  if (gnutls_handshake (session) == GNUTLS_E_SUCCESS)
    {
      if (gnutls_session_is_resumed (session))
        g_atomic_int_inc (&self->resumed);
      if (gnutls_record_recv (session, buffer, sizeof buffer) > 0)
        gnutls_record_send (session, self->answer, strlen (self->answer));
      gnutls_bye (session, GNUTLS_SHUT_WR);
    }
  gnutls_deinit (session);
}

static gnutls_datum_t
datum (const char *text)
{
  return (gnutls_datum_t) { (unsigned char *) text, (unsigned) strlen (text) };
}

FakeTickets *
fake_tickets_new (GTlsCertificate *certificate, const char *priority, const char *answer)
{
  FakeTickets *self = g_new0 (FakeTickets, 1);
  g_autofree char *certificate_pem = NULL;
  g_autofree char *key_pem = NULL;
  gnutls_datum_t certificate_datum, key_datum;

  g_object_get (certificate, "certificate-pem", &certificate_pem, "private-key-pem", &key_pem,
                NULL);
  certificate_datum = datum (certificate_pem);
  key_datum = datum (key_pem);
  gnutls_certificate_allocate_credentials (&self->credentials);
  if (gnutls_certificate_set_x509_key_mem (self->credentials, &certificate_datum, &key_datum,
                                           GNUTLS_X509_FMT_PEM)
          < 0
      || gnutls_session_ticket_key_generate (&self->key) < 0)
    g_error ("GnuTLS refuses the certificate");
  self->priority = priority != NULL ? priority : "NORMAL";
  self->answer = answer;
  self->server = fake_server_new (serve, self);
  return self;
}

void
fake_tickets_free (FakeTickets *self)
{
  fake_server_free (self->server);
  gnutls_certificate_free_credentials (self->credentials);
  gnutls_free (self->key.data);
  g_free (self);
}

guint16
fake_tickets_get_port (FakeTickets *self)
{
  return fake_server_get_port (self->server);
}

guint
fake_tickets_get_resumed (FakeTickets *self)
{
  return (guint) g_atomic_int_get (&self->resumed);
}
