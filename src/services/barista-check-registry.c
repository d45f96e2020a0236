/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-check-private.h"

#include "barista-dial.h"
#include "barista-names.h"

#include <glib/gi18n-lib.h>

/* --- lint, name, tcp, tls, the list of subjects --- */

static void
skip_rest (BaristaCheck *self, BaristaStage last)
{
  static const BaristaStage stages[] = { BARISTA_STAGE_NAME, BARISTA_STAGE_TCP, BARISTA_STAGE_TLS,
                                         BARISTA_STAGE_REGISTRY };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (stages[i] > last)
      check_skip (self, BARISTA_SERVICE_REGISTRY, stages[i], NULL, N_ ("an earlier stage failed"));
}

static BaristaSecret *
get_password (BaristaCheck *self)
{
  return barista_setup_get_registry_same_sign_in (self->setup) ? self->token : self->registry_token;
}

static gboolean
lint_registry (CheckStage *stage, char **url)
{
  BaristaCheck *self = stage->check;
  const char *typed = barista_setup_get_registry_url (self->setup);
  const char *username = barista_setup_get_registry_username (self->setup);
  g_autoptr (GError) error = NULL;
  const char *lint = NULL;

  *url = barista_registry_url_normalize (typed, &error);
  if (*url == NULL)
    lint = g_error_matches (error, BARISTA_NAME_ERROR,
                            BARISTA_NAME_ERROR_REGISTRY_URL_HAS_CREDENTIALS)
               ? "registry-url-has-credentials"
               : "registry-url-invalid";
  else if (username != NULL && get_password (self) == NULL)
    lint = "password-empty";
  if (lint == NULL)
    return TRUE;

  barista_evidence_set_end (stage->evidence, BARISTA_END_INVALID);
  barista_evidence_set_text (stage->evidence, BARISTA_FACT_LINT, lint);
  /* An address with credentials in it is not repeated anywhere. */
  if (g_str_equal (lint, "registry-url-invalid"))
    barista_evidence_set_text (stage->evidence, BARISTA_FACT_VALUE, typed);

  return FALSE;
}

/* A stage that the request passed on its way, told after it. */
static void
tell_passed (BaristaCheck *self, BaristaStage kind, gint64 from, gint64 to)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_REGISTRY, kind, NULL);
  const BaristaRegistryTrace *trace = barista_registry_get_trace (self->client);

  stage->began -= MAX (to - MAX (from, 0), 0);
  if (kind == BARISTA_STAGE_TLS)
    barista_gather_tls (stage->evidence, trace->peer, trace->flags, trace->version,
                        trace->certificate_requested);
  check_stage_end (stage);
}

/* Where the request stopped. */
static BaristaStage
find_stage (BaristaCheck *self, const BaristaRegistryTrace *trace, gboolean https)
{
  if (!trace->resolved)
    return BARISTA_STAGE_NAME;
  if (!trace->connected)
    return BARISTA_STAGE_TCP;
  if (https && !trace->secured)
    return BARISTA_STAGE_TLS;

  return BARISTA_STAGE_REGISTRY;
}

static void
tell_way (BaristaCheck *self, BaristaStage reached, gboolean https)
{
  const BaristaRegistryTrace *trace = barista_registry_get_trace (self->client);

  if (reached > BARISTA_STAGE_NAME)
    tell_passed (self, BARISTA_STAGE_NAME, 0, trace->name);
  if (reached > BARISTA_STAGE_TCP)
    tell_passed (self, BARISTA_STAGE_TCP, trace->name, trace->tcp);
  if (reached > BARISTA_STAGE_TLS && https)
    tell_passed (self, BARISTA_STAGE_TLS, trace->tcp, trace->tls);
  else if (reached > BARISTA_STAGE_TLS)
    check_skip (self, BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_TLS, NULL, N_ ("not used"));
}

static void
end_connecting (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  BaristaStage kind = stage->stage;

  check_stage_end (stage);
  skip_rest (self, kind);
  check_end_registry (self, FALSE);
}

BaristaAddress *
check_dup_registry_address (BaristaCheck *self)
{
  g_autoptr (GUri) uri = g_uri_parse (barista_setup_get_registry_url (self->setup),
                                      G_URI_FLAGS_NONE, NULL);
  gboolean https = uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "http") != 0;
  int port = uri != NULL ? g_uri_get_port (uri) : -1;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;

  return barista_address_new (g_uri_get_host (uri), (guint16) (port > 0 ? port : https ? 443 : 80));
}

/* The dial found the same fault: its evidence has the first bytes and the second look as well. */
static void
on_looked_closer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  g_autoptr (BaristaEvidence) failed = NULL;
  g_autoptr (BaristaConnection) connection = barista_dial_finish (result, &failed, NULL);

  if (failed != NULL && barista_evidence_get_stage (failed) == stage->stage)
    {
      g_autoptr (JsonObject) json = barista_evidence_to_json (failed);

      barista_evidence_free (stage->evidence);
      stage->evidence = barista_evidence_from_json (BARISTA_SERVICE_REGISTRY, stage->stage, json);
    }
  if (connection != NULL)
    barista_connection_close (connection);
  end_connecting (stage);
}

/* A failure below HTTP is looked at with Kafka's own eyes: the same rows name it. */
static void
look_closer (CheckStage *stage, const GError *error)
{
  BaristaCheck *self = stage->check;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_address_free);
  BaristaAddress *address = check_dup_registry_address (self);
  const BaristaRegistryTrace *trace = barista_registry_get_trace (self->client);
  BaristaDialRequest request = { .setup = self->setup,
                                 .addresses = addresses,
                                 .until = BARISTA_STAGE_TLS,
                                 .deadline = self->deadline };
  gboolean told = trace->flags != 0 || barista_gather_end (error) == BARISTA_END_CA_FILE;

  check_stage_fail (stage, error);
  barista_gather_network (stage->evidence);
  barista_gather_tls (stage->evidence, trace->peer, trace->flags, trace->version,
                      trace->certificate_requested);
  if (address == NULL || told || stage->expired || check_is_stopped (self)
      || !barista_setup_get_uses_tls (self->setup))
    {
      if (address != NULL)
        {
          barista_gather_setup (stage->evidence, self->setup, address);
          barista_address_free (address);
        }
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_CA_FILE,
                                 barista_setup_get_ca_file (self->setup));
      end_connecting (stage);
      return;
    }

  g_ptr_array_add (addresses, address);
  barista_dial_async (&request, stage->cancellable, on_looked_closer, stage);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSubjects) subjects = barista_registry_list_finish (self->client, result,
                                                                       &error);
  const BaristaRegistryTrace *trace = barista_registry_get_trace (self->client);
  gboolean https = g_str_has_prefix (barista_setup_get_registry_url (self->setup), "https:");
  BaristaStage reached = subjects != NULL ? BARISTA_STAGE_REGISTRY
                                          : find_stage (self, trace, https);

  tell_way (self, reached, https);
  if (reached < BARISTA_STAGE_REGISTRY)
    {
      CheckStage *failed = check_stage_begin (self, BARISTA_SERVICE_REGISTRY, reached, NULL);

      failed->began = stage->began;
      failed->expired = stage->expired;
      look_closer (failed, error);
    }
  else
    {
      CheckStage *registry = check_stage_begin (self, BARISTA_SERVICE_REGISTRY,
                                                BARISTA_STAGE_REGISTRY, NULL);

      registry->began = stage->began + MAX (trace->tls, trace->tcp);
      barista_gather_answer (registry->evidence, barista_registry_get_answer (self->client));
      if (subjects != NULL)
        barista_evidence_set_int (registry->evidence, BARISTA_FACT_SUBJECTS,
                                  barista_subjects_get_n (subjects));
      registry->expired = stage->expired;
      if (error != NULL)
        check_stage_fail (registry, error);
      self->registry_stage = registry;
      check_start_schemas (self);
    }
  check_stage_drop (stage);
}

void
check_start_registry (BaristaCheck *self)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_LINT, NULL);
  g_autofree char *url = NULL;

  lint_registry (stage, &url);
  if (!check_stage_end (stage))
    {
      skip_rest (self, BARISTA_STAGE_LINT);
      check_end_registry (self, FALSE);
      return;
    }

  self->client = barista_registry_new (url, barista_setup_get_registry_username (self->setup),
                                       get_password (self),
                                       barista_setup_get_ca_file (self->setup));
  stage = check_stage_begin_unlisted (self, BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_REGISTRY);
  barista_registry_list_async (self->client, stage->cancellable, on_listed, stage);
}

/* --- the schemas of the probed topics --- */

typedef struct
{
  guint probe;
  gboolean key;
} SchemaWork;

static void next_schema (CheckStage *stage);

static void
end_schemas (CheckStage *stage)
{
  BaristaCheck *self = stage->check;

  self->registry_stage = NULL;
  check_end_registry (self, check_stage_end (stage));
}

static void
fail_schema (CheckStage *stage, BaristaProbe *probe)
{
  g_free (stage->topic);
  stage->topic = g_strdup (probe->topic);
  end_schemas (stage);
}

/* A schema that refers to itself has no columns; the whole document can still be kept. */
static gboolean
needs_columns (BaristaProbe *probe)
{
  return barista_topic_choice_get_plan (probe->choice) != BARISTA_PLAN_SOFT_DOCUMENT
         && barista_topic_choice_get_store (probe->choice) != BARISTA_STORE_DOCUMENT;
}

static gboolean
take_schema (CheckStage *stage,
             BaristaProbe *probe,
             gboolean key,
             const BaristaRegisteredSchema *registered)
{
  BaristaCheck *self = stage->check;
  g_autoptr (GError) error = NULL;
  BaristaAvroSchema *schema = barista_registered_schema_to_avro (registered, &error);

  if (schema != NULL && needs_columns (probe) && barista_avro_schema_is_recursive (schema))
    {
      g_clear_pointer (&schema, barista_avro_schema_unref);
      g_set_error (&error, BARISTA_AVRO_ERROR, BARISTA_AVRO_ERROR_SCHEMA, "%s",
                   _ ("it refers to itself"));
    }
  if (schema == NULL)
    {
      barista_evidence_set_end (stage->evidence, BARISTA_END_UNSUPPORTED);
      barista_evidence_set_error (stage->evidence, error);
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_FIELD, key ? "key" : "value");
      return FALSE;
    }

  g_hash_table_insert (self->schemas, GUINT_TO_POINTER (registered->id),
                       barista_avro_schema_ref (schema));
  *(key ? &probe->key : &probe->value) = schema;
  *(key ? &probe->key_text : &probe->value_text) = g_strdup (registered->schema);
  *(key ? &probe->key_id : &probe->value_id) = registered->id;

  return TRUE;
}

/* Other registries may have no schema for keys; and a topic that isn't there or isn't ready is its
 * own stage's to tell, not the registry's. */
static gboolean
may_be_missing (CheckStage *stage, BaristaProbe *probe, gboolean key)
{
  const BaristaRegistryAnswer *answer = barista_registry_get_answer (stage->check->client);
  BaristaTopicInfo info;

  if (answer == NULL || (answer->status != 404 && answer->status != 400))
    return FALSE;
  if (stage->check->listing != NULL
      && (!barista_report_find_topic (stage->check->report, probe->topic, &info) || !info.ready))
    return TRUE;

  return key && answer->status == 404;
}

static void
on_schema (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  SchemaWork *work = stage->work;
  BaristaProbe *probe = g_ptr_array_index (self->probes, work->probe);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaRegisteredSchema) registered = barista_registry_schema_finish (self->client,
                                                                                   result, &error);
  gboolean key = work->key;

  if (registered != NULL ? !take_schema (stage, probe, key, registered)
                         : !may_be_missing (stage, probe, key))
    {
      if (registered == NULL)
        {
          barista_evidence_set_text (stage->evidence, BARISTA_FACT_TOPIC, probe->topic);
          check_stage_fail_at_registry (stage, error);
        }
      fail_schema (stage, probe);
      return;
    }

  work->probe += key ? 1 : 0;
  work->key = !key;
  check_stage_progress (stage);
  next_schema (stage);
}

static void
next_schema (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  SchemaWork *work = stage->work;
  g_autofree char *subject = NULL;
  BaristaProbe *probe;

  if (work->probe >= self->probes->len || check_is_stopped (self))
    {
      end_schemas (stage);
      return;
    }

  probe = g_ptr_array_index (self->probes, work->probe);
  subject = g_strconcat (probe->topic, work->key ? "-key" : "-value", NULL);
  barista_registry_latest_async (self->client, subject, stage->cancellable, on_schema, stage);
}

void
check_start_schemas (BaristaCheck *self)
{
  CheckStage *stage = self->registry_stage;

  self->awaits_topics = FALSE;
  if (barista_evidence_has (stage->evidence, BARISTA_FACT_END))
    {
      end_schemas (stage);
      return;
    }
  if (!self->listed)
    {
      self->awaits_topics = TRUE;
      check_stage_pause (stage);
      return;
    }

  check_stage_resume (stage);
  stage->work = g_new0 (SchemaWork, 1);
  stage->free_work = g_free;
  next_schema (stage);
}
