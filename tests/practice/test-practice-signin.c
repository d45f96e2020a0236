/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <string.h>

static void
check_refused (const BaristaWireView *answer, int error, const char *message)
{
  g_autofree char *found = barista_wire_view_dup_string (answer, "errorMessage");

  g_assert_cmpint (barista_wire_view_get_int (answer, "errorCode"), ==, error);
  g_assert_cmpstr (found, ==, message);
}

static void
test_accepted (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) client = raw_client_new (practice);
  BaristaWireView answer;
  gint64 lifetime;

  g_assert_true (raw_client_sign_in (client, info->username, info->token, &answer));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 0);
  lifetime = barista_wire_view_get_int (&answer, "sessionLifetimeMs");
  g_assert_cmpint (lifetime, >, 0);
  g_assert_cmpint (lifetime % 1000, ==, 0);
  g_assert_cmpint (lifetime, <=, 3600 * 1000);
}

/* Wrong name, wrong token, legacy name: one answer. */
static void
test_refused (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  const char *const pairs[][2] = {
    { info->username, "wrong" },
    { info->username, "" },
    { "acmeCo/practice/other", info->token },
    { "acmeCo", info->token },
    { "{}", "e30=" },
    { ".7B.22strict_topic_names.22.3Atrue.7D", info->token },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (practice);
      BaristaWireView answer;

      g_assert_true (raw_client_sign_in (client, pairs[i][0], pairs[i][1], &answer));
      check_refused (&answer, 58, "Invalid username or password");
    }
}

/* The connection stays open, so that another try may follow. */
static void
test_other_mechanism (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) client = raw_client_new (practice);
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_SASL_HANDSHAKE, 1);
  BaristaWireView answer;
  BaristaWireIter iter;
  const char *name;
  gsize length;

  barista_wire_put_string (request, "mechanism", "SCRAM-SHA-256");
  g_assert_true (raw_client_call (client, request, BARISTA_API_SASL_HANDSHAKE, 1, &answer));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 33);
  g_assert_cmpint (barista_wire_view_get_array (&answer, "mechanisms", &iter), ==, 1);
  g_assert_true (barista_wire_iter_next_string (&iter, &name, &length));
  g_assert_cmpmem (name, length, "PLAIN", 5);

  g_assert_true (raw_client_sign_in (client, info->username, info->token, &answer));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 0);
}

static void
test_again (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer;

  g_assert_true (raw_client_sign_in (client, info->username, info->token, &answer));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 0);
  g_assert_true (raw_client_sign_in (client, "acmeCo/practice/other", info->token, &answer));
  check_refused (&answer, 58, "Session cannot be reauthenticated with a different username");
}

static void
test_malformed (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } messages[] = {
    { "", 0 },
    { "name", 4 },
    { "\0name", 5 },
    { "\0na\xffme\0token", 12 },
    { "\0name\0to\xc0ken", 12 },
  };
  g_autoptr (BaristaPractice) practice = start_practice (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (practice);
      BaristaWireWriter *request = raw_client_request (client, BARISTA_API_SASL_AUTHENTICATE, 2);
      BaristaWireView answer;

      barista_wire_put_bytes (request, "authBytes", (const guint8 *) messages[i].bytes,
                              messages[i].length);
      g_assert_false (raw_client_call (client, request, BARISTA_API_SASL_AUTHENTICATE, 2, &answer));
    }
}

/* After SaslHandshake 0 the token is a bare frame; the answer is empty either way. */
static gboolean
sign_in_bare (BaristaPractice *practice, const char *username, const char *token)
{
  g_autoptr (RawClient) client = raw_client_new (practice);
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_SASL_HANDSHAKE, 0);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint32 size = GUINT32_TO_BE (2 + strlen (username) + strlen (token));
  g_autoptr (GBytes) empty = NULL;
  BaristaWireView answer;

  barista_wire_put_string (request, "mechanism", "PLAIN");
  g_assert_true (raw_client_call (client, request, BARISTA_API_SASL_HANDSHAKE, 0, &answer));
  g_byte_array_append (frame, (const guint8 *) &size, sizeof size);
  g_byte_array_append (frame, (const guint8 *) "", 1);
  g_byte_array_append (frame, (const guint8 *) username, strlen (username) + 1);
  g_byte_array_append (frame, (const guint8 *) token, strlen (token));
  raw_client_send (client, frame->data, frame->len);
  empty = raw_client_receive (client);
  g_assert_nonnull (empty);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);

  return raw_client_call (client, raw_client_request (client, BARISTA_API_METADATA, 9),
                          BARISTA_API_METADATA, 9, &answer);
}

static void
test_bare_token (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);

  g_assert_true (sign_in_bare (practice, info->username, info->token));
  g_assert_false (sign_in_bare (practice, info->username, "wrong"));
}

static void
test_unavailable (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("sign-in-unavailable");
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) client = raw_client_new (practice);
  BaristaWireView answer;

  g_assert_true (raw_client_sign_in (client, info->username, info->token, &answer));
  check_refused (&answer, -1, NULL);
}

static void
test_unpublished (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("task-unpublished");
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) early = raw_client_new (practice);
  g_autoptr (RawClient) late = NULL;
  BaristaWireView answer;

  g_assert_true (raw_client_sign_in (early, info->username, info->token, &answer));
  check_refused (&answer, 58, "Invalid username or password");
  barista_practice_publish_task (practice);
  late = raw_client_new_signed_in (practice);
}

/* A slow sign-in must not keep the others waiting: one thread, but nothing in it blocks. */
static void
test_slow_is_alone (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("slow-sign-in");
  g_autoptr (RawClient) slow = raw_client_new (practice);
  g_autoptr (RawClient) other = raw_client_new (practice);
  BaristaWireWriter *request = raw_client_request (slow, BARISTA_API_SASL_AUTHENTICATE, 2);
  g_autoptr (GBytes) frame = NULL;
  BaristaWireView answer;

  barista_wire_put_bytes (request, "authBytes", (const guint8 *) "\0name\0token", 11);
  frame = barista_wire_writer_finish (request);
  raw_client_send (slow, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
  g_assert_true (raw_client_call (other, raw_client_request (other, BARISTA_API_API_VERSIONS, 3),
                                  BARISTA_API_API_VERSIONS, 3, &answer));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/signin/accepted", test_accepted);
  g_test_add_func ("/practice/signin/refused", test_refused);
  g_test_add_func ("/practice/signin/other-mechanism", test_other_mechanism);
  g_test_add_func ("/practice/signin/again", test_again);
  g_test_add_func ("/practice/signin/malformed", test_malformed);
  g_test_add_func ("/practice/signin/bare-token", test_bare_token);
  g_test_add_func ("/practice/signin/unavailable", test_unavailable);
  g_test_add_func ("/practice/signin/unpublished", test_unpublished);
  g_test_add_func ("/practice/signin/slow-is-alone", test_slow_is_alone);
  return g_test_run ();
}
