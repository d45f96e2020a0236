/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-mend.h"

#include "barista-names.h"

#include <string.h>

static const char *
get_text (BaristaStageReport *stage, const char *fact)
{
  return json_object_get_string_member_with_default (barista_stage_report_get_evidence (stage),
                                                     fact, NULL);
}

static gboolean
is_of_registry (BaristaStageReport *stage)
{
  return barista_stage_report_get_service (stage) == BARISTA_SERVICE_REGISTRY;
}

/* --- the server --- */

/* The bootstrap server that the stage is about: that of its host, else the one that a lint refused,
 * else the first. */
static guint
find_server (BaristaSetup *setup, BaristaStageReport *stage)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);
  const char *host = barista_stage_report_get_host (stage);
  const char *value = get_text (stage, "value");

  for (guint i = 0; servers[i] != NULL; i++)
    {
      g_autoptr (BaristaAddress) address = barista_address_parse (servers[i], NULL);

      if (value != NULL ? g_str_equal (servers[i], value)
                        : address != NULL && g_strcmp0 (address->host, host) == 0)
        return i;
    }

  return 0;
}

static void
replace_server (BaristaSetup *setup, guint index, const char *server)
{
  g_auto (GStrv) servers = g_strdupv ((char **) barista_setup_get_bootstrap_servers (setup));

  if (index >= g_strv_length (servers))
    return;
  g_set_str (&servers[index], server);
  barista_setup_set_bootstrap_servers (setup, (const char *const *) servers);
}

static char *
suggest_server (BaristaSetup *setup, BaristaStageReport *stage)
{
  const char *value = get_text (stage, "value");
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);

  if (value == NULL)
    value = servers[0];

  return value != NULL ? barista_address_suggest (value) : NULL;
}

static gboolean
can_use_host_port (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autofree char *server = suggest_server (setup, stage);

  return server != NULL;
}

static void
use_host_port (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autofree char *server = suggest_server (setup, stage);

  if (server != NULL)
    replace_server (setup, find_server (setup, stage), server);
}

static BaristaAddress *
get_address (BaristaSetup *setup, BaristaStageReport *stage)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);
  guint index = find_server (setup, stage);

  return servers[0] != NULL ? barista_address_parse (servers[index], NULL) : NULL;
}

static gboolean
can_use_9092 (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autoptr (BaristaAddress) address = get_address (setup, stage);

  return !is_of_registry (stage) && address != NULL && address->port != BARISTA_KAFKA_PORT;
}

static void
use_9092 (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autoptr (BaristaAddress) address = get_address (setup, stage);
  g_autofree char *server = NULL;

  if (address == NULL)
    return;
  address->port = BARISTA_KAFKA_PORT;
  server = barista_address_to_string (address);
  replace_server (setup, find_server (setup, stage), server);
}

/* A name that the certificate was made out for, and that is a host: no wildcard. */
static const char *
find_certificate_name (BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  JsonArray *names = json_object_has_member (evidence, "certificate_names")
                         ? json_object_get_array_member (evidence, "certificate_names")
                         : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      const char *name = json_array_get_string_element (names, i);
      g_autoptr (BaristaAddress) address = barista_address_parse (name, NULL);

      if (address != NULL && address->port_added)
        return name;
    }

  return NULL;
}

static gboolean
can_use_name (BaristaSetup *setup, BaristaStageReport *stage)
{
  return !is_of_registry (stage) && find_certificate_name (stage) != NULL;
}

static void
use_name (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autoptr (BaristaAddress) address = get_address (setup, stage);
  const char *name = find_certificate_name (stage);
  g_autofree char *server = NULL;

  if (address == NULL || name == NULL)
    return;
  g_set_str (&address->host, name);
  server = barista_address_to_string (address);
  replace_server (setup, find_server (setup, stage), server);
}

static gboolean
can_use_default (BaristaSetup *setup, BaristaStageReport *stage)
{
  return barista_setup_has_task (setup);
}

static void
use_default (BaristaSetup *setup, BaristaStageReport *stage)
{
  static const char *const dekaf[] = { BARISTA_DEKAF_BOOTSTRAP, NULL };

  if (is_of_registry (stage))
    barista_setup_set_registry_url (setup, NULL);
  else
    barista_setup_set_bootstrap_servers (setup, dekaf);
}

static gboolean
can_use_sasl_ssl (BaristaSetup *setup, BaristaStageReport *stage)
{
  return barista_setup_get_security (setup) != BARISTA_SECURITY_SASL_SSL;
}

static void
use_sasl_ssl (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_set_security (setup, BARISTA_SECURITY_SASL_SSL);
}

/* --- the sign-in --- */

static int
find_mechanism (BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  JsonArray *offered = json_object_has_member (evidence, "mechanisms")
                           ? json_object_get_array_member (evidence, "mechanisms")
                           : NULL;

  /* The strongest of ours first. */
  for (int ours = BARISTA_MECHANISM_SCRAM_SHA_512; ours >= BARISTA_MECHANISM_PLAIN; ours--)
    for (guint i = 0; offered != NULL && i < json_array_get_length (offered); i++)
      if (g_strcmp0 (json_array_get_string_element (offered, i), barista_mechanism_to_string (ours))
          == 0)
        return ours;

  return -1;
}

static gboolean
can_use_mechanism (BaristaSetup *setup, BaristaStageReport *stage)
{
  return find_mechanism (stage) >= 0;
}

static void
use_mechanism (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_set_mechanism (setup, (BaristaMechanism) find_mechanism (stage));
}

static void
use_no_sign_in (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_set_security (setup, barista_setup_get_uses_tls (setup)
                                         ? BARISTA_SECURITY_SSL
                                         : BARISTA_SECURITY_PLAINTEXT);
}

/* Dekaf of today takes the task's name, which the setup has if there is a task. */
static gboolean
can_convert (BaristaSetup *setup, BaristaStageReport *stage)
{
  const char *task = barista_setup_get_task_name (setup);

  return task != NULL && barista_username_check (task, NULL)
         && g_strcmp0 (task, barista_setup_get_username (setup)) != 0;
}

static void
convert (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_set_username (setup, NULL);
}

/* --- the registry --- */

/* @url without what stands before its @; @user: what it was. */
static char *
split_credentials (const char *url, char **user)
{
  const char *scheme = strstr (url, "://");
  const char *start = scheme != NULL ? scheme + strlen ("://") : url;
  const char *at = strrchr (start, '@');
  g_autofree char *escaped = NULL;

  *user = NULL;
  if (at == NULL)
    return g_strdup (url);

  escaped = g_strndup (start, (gsize) (at - start));
  *user = g_uri_unescape_string (escaped, NULL);
  if (*user == NULL)
    *user = g_strdup (escaped);

  return g_strdup_printf ("%.*s%s", (int) (start - url), url, at + 1);
}

static void
move_credentials (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_autofree char *user = NULL;
  g_autofree char *url = split_credentials (barista_setup_get_registry_url (setup), &user);

  barista_setup_set_registry_url (setup, url);
  /* That of Kafka again: then there is nothing of its own to keep. */
  if (user == NULL || g_strcmp0 (user, barista_setup_get_username (setup)) == 0)
    return;
  barista_setup_set_registry_same_sign_in (setup, FALSE);
  barista_setup_set_registry_username (setup, user);
}

static gboolean
can_use_kafka_sign_in (BaristaSetup *setup, BaristaStageReport *stage)
{
  return !barista_setup_get_registry_same_sign_in (setup);
}

static void
use_kafka_sign_in (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_set_registry_same_sign_in (setup, TRUE);
}

/* --- topics and groups --- */

static gboolean
can_toggle_strict (BaristaSetup *setup, BaristaStageReport *stage)
{
  return barista_setup_has_task (setup);
}

static void
toggle_strict (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_set_strict_topic_names (setup, !barista_setup_get_strict_topic_names (setup));
}

static BaristaTopicChoice *
find_choice (BaristaSetup *setup, BaristaStageReport *stage)
{
  const char *topic = barista_stage_report_get_topic (stage);

  return topic != NULL ? barista_setup_find_topic (setup, topic) : NULL;
}

static gboolean
can_change_topic (BaristaSetup *setup, BaristaStageReport *stage)
{
  return find_choice (setup, stage) != NULL;
}

static void
leave_out (BaristaSetup *setup, BaristaStageReport *stage)
{
  barista_setup_remove_topic (setup, barista_stage_report_get_topic (stage));
}

static void
replace_topic (BaristaSetup *setup, BaristaStageReport *stage, const char *name)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (name);

  leave_out (setup, stage);
  barista_setup_add_topic (setup, choice);
}

static gboolean
can_pick (BaristaSetup *setup, BaristaStageReport *stage)
{
  return can_change_topic (setup, stage) && get_text (stage, "closest") != NULL;
}

static void
pick (BaristaSetup *setup, BaristaStageReport *stage)
{
  replace_topic (setup, stage, get_text (stage, "closest"));
}

/* The plain name of an encoded one, and the other way round (dekaf.md 1.7). */
static void
change_name_form (BaristaSetup *setup, BaristaStageReport *stage)
{
  const char *topic = barista_stage_report_get_topic (stage);
  g_autofree char *decoded = barista_topic_name_decode (topic);
  g_autofree char *encoded = barista_topic_name_encode (topic);

  replace_topic (setup, stage, decoded != NULL ? decoded : encoded);
}

static void
use_document (BaristaSetup *setup, BaristaStageReport *stage)
{
  g_object_set (find_choice (setup, stage), "plan", BARISTA_PLAN_SOFT_DOCUMENT, NULL);
}

/* "orders" -> "orders-2" -> "orders-3" */
static char *
count_up (const char *name)
{
  const char *dash = strrchr (name, '-');
  guint64 number;

  if (dash != NULL && g_ascii_string_to_unsigned (dash + 1, 10, 2, 9999, &number, NULL))
    return g_strdup_printf ("%.*s-%" G_GUINT64_FORMAT, (int) (dash - name), name, number + 1);

  return g_strdup_printf ("%s-2", name);
}

static gboolean
is_group_taken (BaristaSetup *setup, const char *group)
{
  GListModel *topics = barista_setup_get_topics (setup);

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      if (g_strcmp0 (barista_topic_choice_get_group_id (choice), group) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
use_new_name (BaristaSetup *setup, BaristaStageReport *stage)
{
  BaristaTopicChoice *choice = find_choice (setup, stage);
  const char *group = get_text (stage, "group");
  g_autofree char *name = NULL;

  if (group == NULL)
    group = barista_topic_choice_get_group_id (choice);
  if (group == NULL)
    return;

  name = count_up (group);
  while (is_group_taken (setup, name))
    {
      g_autofree char *taken = g_steal_pointer (&name);

      name = count_up (taken);
    }
  g_object_set (choice, "group-id", name, NULL);
}

static const struct
{
  const char *id;
  gboolean (*can) (BaristaSetup *setup, BaristaStageReport *stage); /* NULL: always */
  void (*mend) (BaristaSetup *setup, BaristaStageReport *stage);
} mends[] = {
  { "use-host-port", can_use_host_port, use_host_port },
  { "use-9092", can_use_9092, use_9092 },
  { "use-name", can_use_name, use_name },
  { "use-default", can_use_default, use_default },
  { "use-sasl-ssl", can_use_sasl_ssl, use_sasl_ssl },
  { "use-mechanism", can_use_mechanism, use_mechanism },
  { "use-no-sign-in", NULL, use_no_sign_in },
  { "convert", can_convert, convert },
  { "move-credentials", NULL, move_credentials },
  { "use-kafka-sign-in", can_use_kafka_sign_in, use_kafka_sign_in },
  { "toggle-strict", can_toggle_strict, toggle_strict },
  { "leave-out", can_change_topic, leave_out },
  { "pick", can_pick, pick },
  { "change-name-form", can_change_topic, change_name_form },
  { "use-document", can_change_topic, use_document },
  { "use-new-name", can_change_topic, use_new_name },
  { "rename", can_change_topic, use_new_name },
};

static int
find_mend (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mends); i++)
    if (g_str_equal (mends[i].id, id))
      return (int) i;

  return -1;
}

gboolean
barista_mend_knows (const char *id)
{
  return find_mend (id) >= 0;
}

gboolean
barista_mend_can (const char *id, BaristaSetup *setup, BaristaStageReport *stage)
{
  int at = find_mend (id);

  return at >= 0 && (mends[at].can == NULL || mends[at].can (setup, stage));
}

/**
 * barista_mend:
 * @id: a remedy that barista_mend_can() do
 * @setup: the answers
 * @stage: what went wrong
 *
 * Changes the answers as the remedy says; the check follows by itself.
 */
void
barista_mend (const char *id, BaristaSetup *setup, BaristaStageReport *stage)
{
  g_return_if_fail (barista_mend_can (id, setup, stage));

  mends[find_mend (id)].mend (setup, stage);
}
