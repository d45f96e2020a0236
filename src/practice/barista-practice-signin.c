/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-requests.h"

#include <string.h>

/* Seconds left of the control plane's token, as it says on success; a moved task's is shorter
 * (dekaf.md 1.5, 1.6). */
#define LIFETIME_MS (3300 * 1000)
#define MOVED_LIFETIME_MS (300 * 1000)
/* Four tries with pauses of 3, 6, 9 and 12 s before Dekaf gives up. */
#define SLOW_MS (30 * 1000)

#define OTHER_USER "Session cannot be reauthenticated with a different username"

typedef struct
{
  gint16 error_code;
  const char *message; /* NULL where Dekaf says nothing */
  gint64 lifetime_ms;
} Outcome;

static gboolean
has_fault (BaristaPracticeClient *client, BaristaPracticeFault fault)
{
  return barista_practice_task_has_fault (client->task, fault);
}

/* Only PLAIN; anything else is refused with the list of what there is, and may be tried again. */
BaristaPracticeVerdict
barista_practice_sasl_handshake (BaristaPracticeCall *call)
{
  g_autofree char *mechanism = barista_wire_view_dup_string (&call->request, "mechanism");
  gboolean none = has_fault (call->client, BARISTA_FAULT_NO_SIGN_IN);
  gboolean other = has_fault (call->client, BARISTA_FAULT_OTHER_MECHANISM);
  const char *offered = other ? "SCRAM-SHA-256" : "PLAIN";
  gboolean accepted = !none && !other && g_strcmp0 (mechanism, "PLAIN") == 0;

  barista_wire_put_int (call->answer, "errorCode",
                        accepted ? BARISTA_KAFKA_NONE
                        : none   ? BARISTA_KAFKA_ILLEGAL_SASL_STATE
                                 : BARISTA_KAFKA_UNSUPPORTED_SASL_MECHANISM);
  barista_wire_begin_array (call->answer, "mechanisms", none ? 0 : 1);
  if (!none)
    barista_wire_put_element_string (call->answer, offered);
  barista_wire_end_array (call->answer);

  if (accepted && call->version == 0)
    call->client->raw_token = TRUE;
  return BARISTA_ANSWER;
}

/* authzid NUL authcid NUL passwd; the first is ignored. */
static gboolean
parse_plain (const guint8 *bytes, gsize length, char **username, char **token)
{
  const guint8 *end = bytes + length;
  const guint8 *name = length > 0 ? memchr (bytes, '\0', length) : NULL;
  const guint8 *secret = name != NULL ? memchr (name + 1, '\0', end - (name + 1)) : NULL;

  if (secret == NULL || !g_utf8_validate ((const char *) name + 1, secret - (name + 1), NULL)
      || !g_utf8_validate ((const char *) secret + 1, end - (secret + 1), NULL))
    return FALSE;

  *username = g_strndup ((const char *) name + 1, secret - (name + 1));
  *token = g_strndup ((const char *) secret + 1, end - (secret + 1));
  return TRUE;
}

static BaristaPracticeSignIn
sign_in (BaristaPracticeClient *client, const char *username, const char *token)
{
  if (barista_practice_kafka_get_refusing (client->kafka))
    return BARISTA_SIGN_IN_REFUSED;

  return barista_practice_task_sign_in (client->task, username, token);
}

static void
decide (BaristaPracticeClient *client, const char *username, const char *token, Outcome *outcome)
{
  gboolean moved = barista_practice_kafka_is_redirecting (client->kafka);

  *outcome = (Outcome) { BARISTA_KAFKA_SASL_AUTHENTICATION_FAILED, BARISTA_PRACTICE_REFUSAL, 0 };
  if (client->user != NULL && !g_str_equal (client->user, username))
    {
      outcome->message = OTHER_USER;
      return;
    }

  switch (sign_in (client, username, token))
    {
    case BARISTA_SIGN_IN_ACCEPTED:
      *outcome = (Outcome) { BARISTA_KAFKA_NONE, NULL, moved ? MOVED_LIFETIME_MS : LIFETIME_MS };
      g_set_str (&client->user, username);
      break;
    case BARISTA_SIGN_IN_UNAVAILABLE:
      *outcome = (Outcome) { BARISTA_KAFKA_UNKNOWN_SERVER_ERROR, NULL, 0 };
      break;
    case BARISTA_SIGN_IN_REFUSED:
    default:
      break;
    }
}

/* One PLAIN message to its outcome. */
static BaristaPracticeVerdict
authenticate (BaristaPracticeClient *client,
              const guint8 *bytes,
              gsize length,
              guint elapsed_ms,
              guint *wait_ms,
              Outcome *outcome)
{
  g_autofree char *username = NULL;
  g_autofree char *token = NULL;

  if (has_fault (client, BARISTA_FAULT_SIGN_IN_CLOSED)
      || !parse_plain (bytes, length, &username, &token))
    return BARISTA_CLOSE;

  if (has_fault (client, BARISTA_FAULT_SLOW_SIGN_IN) && elapsed_ms < SLOW_MS)
    {
      *wait_ms = SLOW_MS - elapsed_ms;
      return BARISTA_WAIT;
    }
  decide (client, username, token, outcome);
  return BARISTA_ANSWER;
}

BaristaPracticeVerdict
barista_practice_sasl_authenticate (BaristaPracticeCall *call)
{
  Outcome outcome;
  gsize length;
  const guint8 *bytes = barista_wire_view_get_bytes (&call->request, "authBytes", &length);
  BaristaPracticeVerdict verdict = authenticate (call->client, bytes, length, call->elapsed_ms,
                                                 &call->wait_ms, &outcome);

  if (verdict != BARISTA_ANSWER)
    return verdict;

  barista_wire_put_int (call->answer, "errorCode", outcome.error_code);
  barista_wire_put_string (call->answer, "errorMessage", outcome.message);
  barista_wire_put_bytes (call->answer, "authBytes", (const guint8 *) "", 0);
  barista_wire_put_int (call->answer, "sessionLifetimeMs", outcome.lifetime_ms);
  return BARISTA_ANSWER;
}

/**
 * barista_practice_sasl_raw:
 * @token: the frame after SaslHandshake 0: the bare message
 *
 * The answer is an empty frame, on success and on failure alike: such a client learns of a refusal
 * with its next request only (`dekaf.md` 1.5).
 */
BaristaPracticeVerdict
barista_practice_sasl_raw (BaristaPracticeClient *client,
                           const guint8 *token,
                           gsize length,
                           guint elapsed_ms,
                           GBytes **answer,
                           guint *wait_ms)
{
  static const guint8 empty[4];
  Outcome outcome;
  BaristaPracticeVerdict verdict = authenticate (client, token, length, elapsed_ms, wait_ms,
                                                 &outcome);

  if (verdict != BARISTA_ANSWER)
    return verdict;

  client->raw_token = FALSE;
  *answer = g_bytes_new_static (empty, sizeof empty);
  return BARISTA_ANSWER;
}
