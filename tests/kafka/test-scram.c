/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "barista-scram.h"
#include <json-glib/json-glib.h>
#include <string.h>

#define NONCE "fyko+d2lbbFgONRv9qkxdawL"
#define GOOD_FIRST "r=" NONCE "3rfc,s=c2FsdA==,i=4096"

static BaristaScram *
scram_new (const char *mechanism, const char *username, const char *password, const char *nonce)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new (password, -1);
  g_autoptr (GError) error = NULL;
  BaristaScram *scram;

  scram = barista_scram_new (g_str_equal (mechanism, "SCRAM-SHA-256") ? G_CHECKSUM_SHA256
                                                                      : G_CHECKSUM_SHA512,
                             username, secret, nonce, &error);
  g_assert_no_error (error);
  return scram;
}

static gboolean
take_first (BaristaScram *scram, const char *message, GError **error)
{
  return barista_scram_take_server_first (scram, (const guint8 *) message, strlen (message), error);
}

static gboolean
check_final (BaristaScram *scram, const char *message, GError **error)
{
  return barista_scram_check_server_final (scram, (const guint8 *) message, strlen (message),
                                           error);
}

typedef struct
{
  const char *mechanism, *username, *password, *nonce;
  const char *client_first, *server_first, *client_final, *server_final;
} Exchange;

static void
assert_exchange (const Exchange *exchange)
{
  g_autoptr (BaristaScram) scram = scram_new (exchange->mechanism, exchange->username,
                                              exchange->password, exchange->nonce);
  g_autofree char *first = barista_scram_dup_first (scram);
  g_autofree char *final = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (first, ==, exchange->client_first);
  g_assert_true (take_first (scram, exchange->server_first, &error));
  final = barista_scram_make_final (scram, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (final, ==, exchange->client_final);
  g_assert_true (check_final (scram, exchange->server_final, &error));
  g_assert_no_error (error);
}

/* RFC 7677, 3 */
static void
test_rfc_7677 (void)
{
  static const Exchange exchange = {
    "SCRAM-SHA-256",
    "user",
    "pencil",
    "rOprNGfwEbeRWgbNEkqO",
    "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
  };

  assert_exchange (&exchange);
}

/* tests/data/scram: by Python's hashlib, both hashes. */
static void
test_exchanges (void)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonArray *array;

  g_assert_true (json_parser_load_from_mapped_file (parser, SCRAM_DIR "/exchanges.json", NULL));
  array = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (array), >, 10);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *one = json_array_get_object_element (array, i);
      Exchange exchange = {
        json_object_get_string_member (one, "mechanism"),
        json_object_get_string_member (one, "username"),
        json_object_get_string_member (one, "password"),
        json_object_get_string_member (one, "nonce"),
        json_object_get_string_member (one, "client_first"),
        json_object_get_string_member (one, "server_first"),
        json_object_get_string_member (one, "client_final"),
        json_object_get_string_member (one, "server_final"),
      };

      g_test_message ("exchange %u: %s, %s", i, exchange.mechanism, exchange.username);
      assert_exchange (&exchange);
    }
}

static void
test_nonces_differ (void)
{
  g_autoptr (BaristaScram) one = scram_new ("SCRAM-SHA-256", "user", "pencil", NULL);
  g_autoptr (BaristaScram) other = scram_new ("SCRAM-SHA-256", "user", "pencil", NULL);
  g_autofree char *first = barista_scram_dup_first (one);
  g_autofree char *second = barista_scram_dup_first (other);

  g_assert_true (g_str_has_prefix (first, "n,,n=user,r="));
  g_assert_cmpuint (strlen (first), ==, strlen ("n,,n=user,r=") + 32);
  g_assert_cmpstr (first, !=, second);
}

typedef struct
{
  const char *message;
  int code;
  const char *words;
} Fault;

#define BROKEN BARISTA_CONNECTION_ERROR_PROTOCOL
#define REFUSED BARISTA_CONNECTION_ERROR_SASL

static void
assert_fault (const Fault *fault, const GError *error)
{
  g_autofree char *shown = g_strescape (fault->message, NULL);

  g_test_message ("%s", shown);
  g_assert_error (error, BARISTA_CONNECTION_ERROR, fault->code);
  g_assert_nonnull (strstr (error->message, fault->words));
}

static void
test_server_first_refused (void)
{
  static const Fault faults[] = {
    { "", BROKEN, "empty" },
    { "r", BROKEN, "no nonce" },
    { "r=", BROKEN, "begin with ours" },
    { "s=c2FsdA==,i=4096", BROKEN, "no nonce" },
    { " r=" NONCE "x,s=c2FsdA==,i=4096", BROKEN, "no nonce" },
    { "r=x" NONCE ",s=c2FsdA==,i=4096", BROKEN, "begin with ours" },
    { "r=fyko,s=c2FsdA==,i=4096", BROKEN, "begin with ours" },
    { "r=FYKO+D2LBBFGONRV9QKXDAWLx,s=c2FsdA==,i=4096", BROKEN, "begin with ours" },
    { "r=" NONCE ",s=c2FsdA==,i=4096", BROKEN, "adds nothing" },
    { "r=" NONCE " x,s=c2FsdA==,i=4096", BROKEN, "no nonce" },
    { "r=" NONCE "\xc3\xa4,s=c2FsdA==,i=4096", BROKEN, "no nonce" },
    { "r=" NONCE "\xff,s=c2FsdA==,i=4096", BROKEN, "isn't text" },
    { "r=" NONCE "x", BROKEN, "no salt" },
    { "r=" NONCE "x,i=4096,s=c2FsdA==", BROKEN, "no salt" },
    { "r=" NONCE "x,s=,i=4096", BROKEN, "no salt" },
    { "r=" NONCE "x,s=c2FsdA,i=4096", BROKEN, "no salt" },
    { "r=" NONCE "x,s=c2FsdB==,i=4096", BROKEN, "no salt" },
    { "r=" NONCE "x,s=c2 sdA==,i=4096", BROKEN, "no salt" },
    { "r=" NONCE "x,s=!,i=4096", BROKEN, "no salt" },
    { "r=" NONCE "x,s=c2FsdA==", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,i=", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,i=-4096", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,i=04096", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,i=4096x", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,i=0", BROKEN, "no count" },
    { "r=" NONCE "x,s=c2FsdA==,i=1", BROKEN, "fewer than 4096" },
    { "r=" NONCE "x,s=c2FsdA==,i=4095", BROKEN, "fewer than 4096" },
    { "r=" NONCE "x,s=c2FsdA==,i=1000001", BROKEN, "more than 1000000" },
    { "r=" NONCE "x,s=c2FsdA==,i=4294971392", BROKEN, "more than 1000000" },
    { "r=" NONCE "x,s=c2FsdA==,i=99999999999999999999999", BROKEN, "more than 1000000" },
    { GOOD_FIRST ",", BROKEN, "its end" },
    { GOOD_FIRST ",x", BROKEN, "its end" },
    { GOOD_FIRST ",x=", BROKEN, "its end" },
    { GOOD_FIRST ",x=1,,y=2", BROKEN, "its end" },
    { GOOD_FIRST ",1=x", BROKEN, "its end" },
    { "m=later," GOOD_FIRST, BROKEN, "extension" },
    { "e=unknown-user", REFUSED, "unknown-user" },
    { "e=", BROKEN, "without a word" },
    { "e=\x1b[2J", BROKEN, "without a word" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-256", "user", "pencil", NONCE);
      g_autoptr (GError) error = NULL;

      g_assert_false (take_first (scram, faults[i].message, &error));
      assert_fault (&faults[i], error);
    }
}

static void
test_iterations_at_the_limits (void)
{
  static const guint limits[] = { BARISTA_SCRAM_MIN_ITERATIONS, BARISTA_SCRAM_MAX_ITERATIONS };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-256", "user", "pencil", NONCE);
      g_autofree char *message = g_strdup_printf ("r=" NONCE "x,s=c2FsdA==,i=%u", limits[i]);

      g_assert_true (take_first (scram, message, NULL));
      g_assert_cmpuint (barista_scram_get_iterations (scram), ==, limits[i]);
    }
}

static void
test_too_long (void)
{
  g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-256", "user", "pencil", NONCE);
  g_autofree char *rest = g_strnfill (BARISTA_SCRAM_MAX_MESSAGE, 'x');
  g_autofree char *message = g_strconcat (GOOD_FIRST ",x=", rest, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (take_first (scram, message, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL);
}

static void
test_nul_in_message (void)
{
  static const char message[] = GOOD_FIRST "\0,x=1";
  g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-256", "user", "pencil", NONCE);
  g_autoptr (GError) error = NULL;

  g_assert_false (barista_scram_take_server_first (scram, (const guint8 *) message,
                                                   sizeof message - 1, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL);
}

#define UNPROVEN BARISTA_CONNECTION_ERROR_UNPROVEN

static void
test_server_final_refused (void)
{
  static const Fault faults[] = {
    { "", BROKEN, "empty" },
    { "v=", BROKEN, "no signature" },
    { "v", BROKEN, "no signature" },
    { "v=!!!!", BROKEN, "no signature" },
    { "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", BROKEN, "no signature" },
    { "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=,", BROKEN, "no signature" },
    { "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=", BROKEN, "no signature" },
    { "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G8=", UNPROVEN, "doesn't know the password" },
    { "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95A==", UNPROVEN, "doesn't know the password" },
    { "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4A", UNPROVEN, "doesn't know the password" },
    { "v=AA==", UNPROVEN, "doesn't know the password" },
    { "e=invalid-proof", REFUSED, "invalid-proof" },
    { "e=other-error,x=1", REFUSED, "other-error" },
  };
  g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-256", "user", "pencil",
                                              "rOprNGfwEbeRWgbNEkqO");
  g_autofree char *final = NULL;

  g_assert_true (take_first (scram,
                             "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                             "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                             NULL));
  final = barista_scram_make_final (scram, NULL, NULL);
  g_assert_nonnull (final);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (check_final (scram, faults[i].message, &error));
      assert_fault (&faults[i], error);
    }
  g_assert_true (check_final (scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=,x=1", NULL));
}

static void
test_unprepared (void)
{
  static const struct
  {
    const char *username, *password, *words;
  } cases[] = {
    { "us\ner", "pencil", "The user name can't be used with SCRAM" },
    { "\u00ad", "pencil", "The user name can't be used with SCRAM" },
    { "user", "pen\u202ecil", "The password can't be used with SCRAM" },
    { "user", "\u200d", "The password can't be used with SCRAM" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaSecret) secret = barista_secret_new (cases[i].password, -1);
      g_autoptr (GError) error = NULL;

      g_assert_null (
          barista_scram_new (G_CHECKSUM_SHA256, cases[i].username, secret, NULL, &error));
      g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASLPREP);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "pencil"));
    }
}

/* What Apache Kafka would take for something else. */
static void
test_odd_characters (void)
{
  static const struct
  {
    const char *username, *password;
    gboolean odd;
  } cases[] = {
    { "a,b=c", "=,pencil", FALSE },   { "user", "pässwörd €", FALSE }, { "jörg", "pencil", TRUE },
    { "user", "pen\u00adcil", TRUE }, { "user", "ﬁ", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-256", cases[i].username,
                                                  cases[i].password, NULL);

      g_assert_cmpint (barista_scram_get_odd_characters (scram), ==, cases[i].odd);
    }
}

static gpointer
make_final (gpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer *both = data;

  g_assert_null (barista_scram_make_final (both[0], both[1], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return NULL;
}

/* Rather than seconds later. */
static void
test_cancel (void)
{
  g_autoptr (BaristaScram) scram = scram_new ("SCRAM-SHA-512", "user", "pencil", NONCE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gpointer both[] = { scram, cancellable };
  GThread *thread;

  g_assert_true (take_first (scram, "r=" NONCE "x,s=c2FsdA==,i=1000000", NULL));
  thread = g_thread_new ("scram", make_final, both);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scram/rfc-7677", test_rfc_7677);
  g_test_add_func ("/scram/exchanges", test_exchanges);
  g_test_add_func ("/scram/nonces-differ", test_nonces_differ);
  g_test_add_func ("/scram/server-first-refused", test_server_first_refused);
  g_test_add_func ("/scram/iterations-at-the-limits", test_iterations_at_the_limits);
  g_test_add_func ("/scram/too-long", test_too_long);
  g_test_add_func ("/scram/nul-in-message", test_nul_in_message);
  g_test_add_func ("/scram/server-final-refused", test_server_final_refused);
  g_test_add_func ("/scram/unprepared", test_unprepared);
  g_test_add_func ("/scram/odd-characters", test_odd_characters);
  g_test_add_func ("/scram/cancel", test_cancel);
  return g_test_run ();
}
