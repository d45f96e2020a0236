/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

BaristaPractice *
start_practice (const BaristaPracticeOptions *options)
{
  static const BaristaPracticeOptions quiet = { .tls = TRUE, .seed = 1 };
  g_autoptr (GError) error = NULL;
  BaristaPractice *practice = barista_practice_start (options != NULL ? options : &quiet, &error);

  g_assert_no_error (error);
  return practice;
}

BaristaPractice *
start_scenario (const char *name)
{
  const char *const names[] = { name, NULL };
  BaristaPracticeOptions options = { .tls = TRUE, .seed = 1, .scenarios = names };

  return start_practice (&options);
}

static GTlsDatabase *
trust (const char *ca_file)
{
  g_autoptr (GError) error = NULL;
  GTlsDatabase *database = g_tls_file_database_new (ca_file, &error);

  g_assert_no_error (error);
  return database;
}

RawClient *
raw_client_new_at (BaristaPractice *practice, guint16 port)
{
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  RawClient *self = g_new0 (RawClient, 1);
  GIOStream *tls;

  /* Only so that a mistake ends the test instead of hanging it. */
  g_socket_client_set_timeout (client, 60);
  g_socket_client_set_enable_proxy (client, FALSE);
  self->stream = G_IO_STREAM (
      g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error));
  g_assert_no_error (error);
  if (info->ca_file == NULL)
    return self;

  tls = g_tls_client_connection_new (self->stream, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->stream);
  self->stream = tls;
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), trust (info->ca_file));
  g_object_unref (g_tls_connection_get_database (G_TLS_CONNECTION (tls)));
  g_tls_client_connection_set_server_identity (G_TLS_CLIENT_CONNECTION (tls),
                                               g_network_address_new ("127.0.0.1", port));
  g_object_unref (g_tls_client_connection_get_server_identity (G_TLS_CLIENT_CONNECTION (tls)));
  return self;
}

RawClient *
raw_client_new (BaristaPractice *practice)
{
  const char *server = barista_practice_get_info (practice)->bootstrap_servers;

  return raw_client_new_at (practice, (guint16) atoi (strchr (server, ':') + 1));
}

RawClient *
raw_client_new_signed_in (BaristaPractice *practice)
{
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  RawClient *self = raw_client_new (practice);
  BaristaWireView answer;

  g_assert_true (raw_client_sign_in (self, info->username, info->token, &answer));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 0);
  return self;
}

void
raw_client_free (RawClient *self)
{
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_clear_pointer (&self->frame, g_bytes_unref);
  g_free (self);
}

/* A server that has closed may refuse the bytes: the next receive tells. */
void
raw_client_send (RawClient *self, const guint8 *bytes, gsize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), bytes, length, NULL,
                             NULL, NULL);
}

GBytes *
raw_client_receive (RawClient *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  guint8 size[4];
  guint8 *frame;
  gsize n = 0, length;

  if (!g_input_stream_read_all (input, size, sizeof size, &n, NULL, NULL) || n < sizeof size)
    return NULL;

  length = (gsize) size[0] << 24 | size[1] << 16 | size[2] << 8 | size[3];
  frame = g_malloc (length + 1);
  g_assert_true (g_input_stream_read_all (input, frame, length, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, length);
  return g_bytes_new_take (frame, length);
}

gboolean
raw_client_is_closed (RawClient *self)
{
  g_autoptr (GBytes) frame = raw_client_receive (self);

  return frame == NULL;
}

BaristaWireWriter *
raw_client_request (RawClient *self, BaristaApi api, gint16 version)
{
  return barista_wire_request_new (api, version, ++self->correlation_id, "raw-client");
}

gboolean
raw_client_call (RawClient *self,
                 BaristaWireWriter *request,
                 BaristaApi api,
                 gint16 version,
                 BaristaWireView *answer)
{
  g_autoptr (GBytes) bytes = barista_wire_writer_finish (request);
  g_autoptr (GError) error = NULL;
  const guint8 *frame, *body;
  gsize length, body_length;
  gint32 correlation_id;

  raw_client_send (self, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_clear_pointer (&self->frame, g_bytes_unref);
  self->frame = raw_client_receive (self);
  if (self->frame == NULL)
    return FALSE;

  frame = g_bytes_get_data (self->frame, &length);
  barista_wire_parse_response (barista_wire_layout (api), version, frame, length, &correlation_id,
                               &body, &body_length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (correlation_id, ==, self->correlation_id);
  barista_wire_view_init (answer, barista_wire_layout (api), BARISTA_WIRE_RESPONSE, version, body,
                          body_length, &error);
  g_assert_no_error (error);
  return TRUE;
}

gboolean
raw_client_sign_in (RawClient *self,
                    const char *username,
                    const char *token,
                    BaristaWireView *answer)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  BaristaWireWriter *request = raw_client_request (self, BARISTA_API_SASL_HANDSHAKE, 1);

  barista_wire_put_string (request, "mechanism", "PLAIN");
  if (!raw_client_call (self, request, BARISTA_API_SASL_HANDSHAKE, 1, answer)
      || barista_wire_view_get_int (answer, "errorCode") != 0)
    return FALSE;

  g_byte_array_append (plain, (const guint8 *) "", 1);
  g_byte_array_append (plain, (const guint8 *) username, strlen (username) + 1);
  g_byte_array_append (plain, (const guint8 *) token, strlen (token));
  request = raw_client_request (self, BARISTA_API_SASL_AUTHENTICATE, 2);
  barista_wire_put_bytes (request, "authBytes", plain->data, plain->len);
  return raw_client_call (self, request, BARISTA_API_SASL_AUTHENTICATE, 2, answer);
}

int
raw_client_delete_group (RawClient *client, const char *group)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_DELETE_GROUPS, 2);
  BaristaWireView answer, result;

  barista_wire_begin_array (request, "groupsNames", 1);
  barista_wire_put_element_string (request, group);
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (client, request, BARISTA_API_DELETE_GROUPS, 2, &answer));
  result = raw_element (&answer, "results", 0);
  return (int) barista_wire_view_get_int (&result, "errorCode");
}

BaristaWireView
raw_element (const BaristaWireView *view, const char *field, guint i)
{
  BaristaWireIter iter;
  BaristaWireView element;

  g_assert_cmpint (barista_wire_view_get_array (view, field, &iter), >, (int) i);
  do
    g_assert_true (barista_wire_iter_next (&iter, &element));
  while (i-- > 0);
  return element;
}
