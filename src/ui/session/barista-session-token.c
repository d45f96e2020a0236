/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

#include "barista-keyring.h"
#include "barista-names.h"

#include <string.h>

/* One call of the keyring. The session may be gone, or have asked anew, when it answers. */
typedef struct
{
  GWeakRef session;
  GCancellable *cancellable;
} SessionCall;

static SessionCall *
call_new (BaristaSession *self, GCancellable *cancellable)
{
  SessionCall *call = g_new0 (SessionCall, 1);

  g_weak_ref_init (&call->session, self);
  g_set_object (&call->cancellable, cancellable);

  return call;
}

static BaristaSession *
call_end (SessionCall *call)
{
  BaristaSession *self = g_weak_ref_get (&call->session);

  if (call->cancellable != NULL && g_cancellable_is_cancelled (call->cancellable))
    g_clear_object (&self);
  g_weak_ref_clear (&call->session);
  g_clear_object (&call->cancellable);
  g_free (call);

  return self;
}

static void
set_state (BaristaSession *self, BaristaTokenState state)
{
  if (self->token_state == state)
    return;

  self->token_state = state;
  session_notify (self, SESSION_PROP_TOKEN_STATE);
  session_steps_changed (self);
}

static BaristaTokenState
state_of_error (const GError *error)
{
  return barista_keyring_error_is_locked (error) ? BARISTA_TOKEN_LOCKED : BARISTA_TOKEN_NO_KEYRING;
}

/* The sign-in of the registry that is kept apart from Kafka's. */
static gboolean
has_own_registry_sign_in (BaristaSession *self)
{
  return barista_setup_get_registry_enabled (self->setup)
         && !barista_setup_get_registry_same_sign_in (self->setup);
}

/* --- looking up --- */

static void
on_registry_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaSecret) secret = barista_keyring_lookup_finish (result, NULL);
  g_autoptr (BaristaSession) self = call_end (user_data);

  if (self == NULL || secret == NULL || self->registry_token != NULL)
    return;

  g_set_object (&self->registry_token, secret);
  self->registry_kept = TRUE;
  session_steps_changed (self);
  session_check_schedule (self, 0);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSecret) secret = barista_keyring_lookup_finish (result, &error);
  g_autoptr (BaristaSession) self = call_end (user_data);

  if (self == NULL)
    return;

  g_set_object (&self->token, secret);
  if (error != NULL)
    set_state (self, state_of_error (error));
  else
    set_state (self, secret != NULL ? BARISTA_TOKEN_KEPT : BARISTA_TOKEN_NONE);
  session_steps_changed (self);
  session_check_schedule (self, 0);
}

/* A keyring that is locked asks the person: not for half of a name. */
static gboolean
is_worth_looking (BaristaSession *self)
{
  const char *username = barista_setup_get_username (self->setup);

  return self->token == NULL && barista_setup_get_uses_sasl (self->setup) && username != NULL
         && *username != '\0'
         && (!barista_setup_has_task (self->setup) || barista_catalog_name_check (username, NULL));
}

static gboolean
is_worth_looking_for_registry (BaristaSession *self)
{
  const char *username = barista_setup_get_registry_username (self->setup);

  return self->registry_token == NULL && has_own_registry_sign_in (self) && username != NULL
         && *username != '\0';
}

static gboolean
on_look_up_source (gpointer user_data)
{
  BaristaSession *self = user_data;

  self->look_up_source = 0;
  self->looking = g_cancellable_new ();
  if (is_worth_looking (self))
    {
      set_state (self, BARISTA_TOKEN_LOOKING);
      barista_keyring_lookup_async (self->setup, BARISTA_KEYRING_KAFKA, self->looking, on_token,
                                    call_new (self, self->looking));
    }
  if (is_worth_looking_for_registry (self))
    barista_keyring_lookup_async (self->setup, BARISTA_KEYRING_REGISTRY, self->looking,
                                  on_registry_token, call_new (self, self->looking));

  return G_SOURCE_REMOVE;
}

static void
stop_looking (BaristaSession *self)
{
  g_clear_handle_id (&self->look_up_source, g_source_remove);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (self->token == NULL && self->token_state == BARISTA_TOKEN_LOOKING)
    set_state (self, BARISTA_TOKEN_NONE);
}

/* What is being put into the keyring isn't what there is to keep any more. */
static void
stop_keeping (BaristaSession *self)
{
  if (self->keeping != NULL)
    g_cancellable_cancel (self->keeping);
  g_clear_object (&self->keeping);
}

/* Tokens that were typed stay; those of the keyring were for another name or server. */
void
session_token_look_up (BaristaSession *self, guint delay_ms)
{
  if (self->practice != NULL)
    return;

  stop_looking (self);
  stop_keeping (self);
  if (self->token_state == BARISTA_TOKEN_KEPT)
    g_clear_object (&self->token);
  if (self->registry_kept)
    g_clear_object (&self->registry_token);
  self->registry_kept = FALSE;
  if (self->token == NULL)
    set_state (self, BARISTA_TOKEN_NONE);
  if (self->address_open || (!is_worth_looking (self) && !is_worth_looking_for_registry (self)))
    return;
  if (delay_ms > 0)
    self->look_up_source = g_timeout_add (delay_ms, on_look_up_source, self);
  else
    on_look_up_source (self);
}

/* --- storing --- */

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean kept = barista_keyring_change_finish (result, &error);
  g_autoptr (BaristaSession) self = call_end (user_data);

  if (self == NULL)
    return;

  g_clear_object (&self->keeping);
  set_state (self, kept ? BARISTA_TOKEN_KEPT : state_of_error (error));
}

/* It has a state of its own nowhere: what is wrong with the keyring is said of the first one. */
static void
on_registry_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean kept = barista_keyring_change_finish (result, &error);
  g_autoptr (BaristaSession) self = call_end (user_data);

  if (self != NULL)
    self->registry_kept = kept;
}

/* The session may go while a prompt is shown: what was accepted is kept all the same. */
static void
keep_token_now (BaristaSession *self)
{
  if (self->practice != NULL || !self->keep_token || self->token == NULL || self->keeping != NULL
      || self->token_state != BARISTA_TOKEN_TYPED)
    return;

  self->keeping = g_cancellable_new ();
  barista_keyring_store_async (self->setup, BARISTA_KEYRING_KAFKA, self->token, self->keeping,
                               on_kept, call_new (self, self->keeping));
}

static void
keep_registry_token_now (BaristaSession *self)
{
  if (self->practice != NULL || !self->keep_token || self->registry_token == NULL
      || self->registry_kept || !has_own_registry_sign_in (self))
    return;

  self->registry_kept = TRUE;
  barista_keyring_store_async (self->setup, BARISTA_KEYRING_REGISTRY, self->registry_token, NULL,
                               on_registry_kept, call_new (self, NULL));
}

static gboolean
is_passed (BaristaSession *self, BaristaService service, BaristaStage which)
{
  BaristaStageReport *stage = barista_session_find_stage (self, service, which, NULL);

  return stage != NULL && barista_stage_report_get_result (stage) == BARISTA_RESULT_PASSED;
}

/* The first accepted sign-in: the task is there, and the token is worth keeping. */
void
session_token_accepted (BaristaSession *self)
{
  if (barista_setup_has_task (self->setup) && !barista_setup_get_published (self->setup))
    barista_setup_set_published (self->setup, TRUE);
  keep_token_now (self);
}

/* The registry let it in. */
void
session_registry_token_accepted (BaristaSession *self)
{
  keep_registry_token_now (self);
}

/* The files of a new task are saved, its token among them: the task will be published with it, and
 * after the window was opened again it is needed to see that. */
void
session_token_saved (BaristaSession *self)
{
  if (barista_setup_has_task (self->setup) && barista_setup_get_managed (self->setup)
      && !barista_setup_get_published (self->setup))
    keep_token_now (self);
}

void
session_token_clear (BaristaSession *self)
{
  self->token_state = BARISTA_TOKEN_NONE; /* nobody is told any more */
  stop_looking (self);
  g_clear_object (&self->keeping);
  g_clear_object (&self->token);
  g_clear_object (&self->registry_token);
}

/* --- public --- */

BaristaSecret *
barista_session_get_token (BaristaSession *self)
{
  return self->token;
}

gboolean
barista_session_has_registry_token (BaristaSession *self)
{
  return self->registry_token != NULL;
}

BaristaTokenState
barista_session_get_token_state (BaristaSession *self)
{
  return self->token_state;
}

static gboolean
is_around (gunichar c)
{
  /* What chats, mails and shells put around a pasted value. */
  return g_unichar_isspace (c) || c == '"' || c == '\'' || c == '`' || c == 0x201c || c == 0x201d
         || c == 0x2018 || c == 0x2019 || c == 0xab || c == 0xbb || c == 0xfeff || c == 0x200b;
}

/* @text without blanks and quotes around it; inside they may be part of it. */
static BaristaSecret *
clean_secret (const char *text)
{
  const char *end;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  while (*text != '\0' && is_around (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while (end > text && is_around (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return barista_secret_new (text, end - text);
}

/**
 * barista_session_set_token:
 * @self: the session
 * @text: as typed or pasted
 *
 * Takes blanks and quotes around it off, and starts a check.
 *
 * Returns: how many characters are left; 0 if it is empty, too long or not text, and then the token
 *   is as it was
 */
guint
barista_session_set_token (BaristaSession *self, const char *text)
{
  g_autoptr (BaristaSecret) secret = clean_secret (text);

  if (secret == NULL)
    return 0;

  stop_looking (self);
  stop_keeping (self);
  g_set_object (&self->token, secret);
  set_state (self, self->keep_token ? BARISTA_TOKEN_TYPED : BARISTA_TOKEN_THIS_RUN);
  session_steps_changed (self);
  session_check_stale (self);

  return (guint) barista_secret_get_length (secret);
}

guint
barista_session_set_registry_token (BaristaSession *self, const char *text)
{
  g_autoptr (BaristaSecret) secret = clean_secret (text);

  if (secret == NULL)
    return 0;

  g_set_object (&self->registry_token, secret);
  self->registry_kept = FALSE;
  session_steps_changed (self);
  session_check_stale (self);

  return (guint) barista_secret_get_length (secret);
}

/* Said if it could not be taken out, unless there is another one by now. */
static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean cleared = barista_keyring_change_finish (result, &error);
  g_autoptr (BaristaSession) self = call_end (user_data);

  if (!cleared && self != NULL
      && (self->token_state == BARISTA_TOKEN_NONE || self->token_state == BARISTA_TOKEN_THIS_RUN))
    set_state (self, state_of_error (error));
}

static void
on_registry_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  barista_keyring_change_finish (result, NULL);
}

static void
clear_keyring (BaristaSession *self)
{
  stop_keeping (self);
  barista_keyring_clear_async (self->setup, BARISTA_KEYRING_KAFKA, NULL, on_cleared,
                               call_new (self, NULL));
  if (self->registry_kept)
    barista_keyring_clear_async (self->setup, BARISTA_KEYRING_REGISTRY, NULL, on_registry_cleared,
                                 NULL);
  self->registry_kept = FALSE;
}

/**
 * barista_session_forget_token:
 * @self: the session
 *
 * Here and in the keyring.
 */
void
barista_session_forget_token (BaristaSession *self)
{
  if (self->practice != NULL)
    return;

  stop_looking (self);
  clear_keyring (self);
  g_clear_object (&self->token);
  set_state (self, BARISTA_TOKEN_NONE);
  session_check_stale (self);
}

/**
 * barista_session_unlock_keyring:
 * @self: the session
 *
 * Once more what the keyring did not do, as it was locked: it shows its prompt again.
 */
void
barista_session_unlock_keyring (BaristaSession *self)
{
  if (self->token_state != BARISTA_TOKEN_LOCKED)
    return;

  if (self->token == NULL)
    {
      session_token_look_up (self, 0);
      return;
    }
  set_state (self, BARISTA_TOKEN_TYPED);
  keep_token_now (self);
}

gboolean
barista_session_get_keep_token (BaristaSession *self)
{
  return self->keep_token;
}

/**
 * barista_session_set_keep_token:
 * @self: the session
 * @keep_token: whether the token goes into the keyring once a sign-in is accepted
 *
 * Turned off, one that is there already is taken out of it; the token stays at hand.
 */
void
barista_session_set_keep_token (BaristaSession *self, gboolean keep_token)
{
  if (self->keep_token == keep_token)
    return;

  self->keep_token = keep_token;
  session_notify (self, SESSION_PROP_KEEP_TOKEN);
  if (self->token == NULL || self->practice != NULL)
    return;

  if (keep_token)
    {
      set_state (self, BARISTA_TOKEN_TYPED);
      if (is_passed (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SASL))
        keep_token_now (self);
      if (is_passed (self, BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_REGISTRY))
        keep_registry_token_now (self);
    }
  else
    {
      gboolean in_keyring = self->token_state == BARISTA_TOKEN_KEPT || self->keeping != NULL;

      set_state (self, BARISTA_TOKEN_THIS_RUN);
      if (in_keyring)
        clear_keyring (self);
    }
}
