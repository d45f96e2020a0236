/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-letters.h"

#include "barista-words.h"

#include <glib/gi18n.h>

static const char *
get_user (BaristaSetup *setup)
{
  const char *user = barista_setup_get_username (setup);

  return user != NULL && *user != '\0' ? user : _ ("(name not known yet)");
}

/**
 * barista_letter_for_token:
 * @setup: the answers
 *
 * Returns: (transfer full): a text that asks for the token, and says how to send it
 */
char *
barista_letter_for_token (BaristaSetup *setup)
{
  const char *user = get_user (setup);

  if (barista_setup_get_is_dekaf (setup))
    return g_strdup_printf (
        _ ("Could you send me the auth token of the Estuary materialization %s?\n"
           "\n"
           "It is the password that was chosen when the task was made (“Auth Token” in its endpoint "
           "config). Estuary doesn't show it again. Setting a new one would cut off whoever reads "
           "with the old one, so the existing one is what I need.\n"
           "\n"
           "A password manager or another safe way is better for it than mail or chat.\n"),
        user);

  return g_strdup_printf (
      _ ("Could you send me the password of the Kafka user %s at %s?\n"
         "\n"
         "I need it to read topics; read access to the topics and to consumer groups is enough.\n"
         "\n"
         "A password manager or another safe way is better for it than mail or chat.\n"),
      user, barista_setup_get_bootstrap_servers (setup)[0]);
}

static char *
get_place (BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  gint64 port = json_object_get_int_member_with_default (evidence, "port", 0);
  const char *host = barista_stage_report_get_host (stage);

  if (host == NULL)
    host = json_object_get_string_member_with_default (evidence, "host", "?");
  if (port == 0 && barista_stage_report_get_service (stage) == BARISTA_SERVICE_REGISTRY)
    port = 443;

  return port != 0 ? g_strdup_printf ("%s:%" G_GINT64_FORMAT, host, port) : g_strdup (host);
}

char *
barista_letter_for_network (BaristaStageReport *stage)
{
  g_autofree char *place = get_place (stage);
  g_autofree char *details = barista_words_for_details (stage);

  return g_strdup_printf (
      /* Translators: %1$s is host:port, %2$s some lines of what was seen */
      _ ("From my computer I can't get through to %1$s (outgoing TCP, encrypted with TLS, not HTTP). "
         "Could you allow it, or tell me where it is stopped?\n"
         "\n"
         "What was seen:\n"
         "%2$s"),
      place, details);
}

char *
barista_letter_for_owner (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autofree char *details = barista_words_for_details (stage);
  const char *topic = barista_stage_report_get_topic (stage);

  return g_strdup_printf (
      /* Translators: %1$s is a user name or a task, %2$s a topic, %3$s some lines of what was seen */
      _ ("Reading as %1$s fails for %2$s. Could you have a look?\n"
         "\n"
         "What was seen:\n"
         "%3$s"),
      get_user (setup), topic != NULL ? topic : barista_stage_report_get_title (stage), details);
}
