/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-steps.h"

#include <glib/gi18n-lib.h>

/* What is fixed about the steps: their words, what belongs to which, what hangs on what. */

#define BIT(step) (1u << BARISTA_STEP_##step)

static const struct
{
  const char *name, *word, *title;
  guint depending; /* steps that a changed answer of this one puts in doubt */
} steps[BARISTA_N_STEPS] = {
  [BARISTA_STEP_START] = { "BARISTA_STEP_START", "start", N_ ("Start"), 0 },
  [BARISTA_STEP_TASK] = { "BARISTA_STEP_TASK", "task", N_ ("Task"),
                          BIT (PUBLISH) | BIT (SIGN_IN) | BIT (REGISTRY) | BIT (TOPICS)
                              | BIT (GROUP) | BIT (SCHEMA) | BIT (REVIEW) },
  [BARISTA_STEP_PUBLISH] = { "BARISTA_STEP_PUBLISH", "publish", N_ ("Publish"), 0 },
  [BARISTA_STEP_SERVER] = { "BARISTA_STEP_SERVER", "server", N_ ("Server"),
                            BIT (SIGN_IN) | BIT (REGISTRY) | BIT (TOPICS) | BIT (GROUP)
                                | BIT (SCHEMA) | BIT (REVIEW) },
  [BARISTA_STEP_SIGN_IN] = { "BARISTA_STEP_SIGN_IN", "sign-in", N_ ("Sign-In"),
                             BIT (REGISTRY) | BIT (TOPICS) | BIT (GROUP) | BIT (SCHEMA)
                                 | BIT (REVIEW) },
  [BARISTA_STEP_REGISTRY] = { "BARISTA_STEP_REGISTRY", "registry", N_ ("Schema Registry"),
                              BIT (SCHEMA) | BIT (REVIEW) },
  [BARISTA_STEP_TOPICS] = { "BARISTA_STEP_TOPICS", "topics", N_ ("Topics"),
                            BIT (GROUP) | BIT (SCHEMA) | BIT (REVIEW) },
  [BARISTA_STEP_GROUP] = { "BARISTA_STEP_GROUP", "group", N_ ("Consumer Group"), BIT (REVIEW) },
  [BARISTA_STEP_SCHEMA] = { "BARISTA_STEP_SCHEMA", "schema", N_ ("Schema"),
                            BIT (SINKS) | BIT (REVIEW) },
  [BARISTA_STEP_SINKS] = { "BARISTA_STEP_SINKS", "sinks", N_ ("Sinks"), BIT (REVIEW) },
  [BARISTA_STEP_REVIEW] = { "BARISTA_STEP_REVIEW", "review", N_ ("Review"), 0 },
};

static const struct
{
  const char *property;
  BaristaStep step;
  gboolean connection;
} answers[] = {
  { "task-name", BARISTA_STEP_TASK, TRUE },
  { "managed", BARISTA_STEP_TASK, TRUE },
  { "published", BARISTA_N_STEPS, FALSE },
  { "collections", BARISTA_STEP_TASK, FALSE },
  { "bindings", BARISTA_STEP_TASK, FALSE },
  { "deletions", BARISTA_STEP_TASK, FALSE },
  { "strict-topic-names", BARISTA_STEP_TASK, FALSE },
  { "bootstrap-servers", BARISTA_STEP_SERVER, TRUE },
  { "security", BARISTA_STEP_SERVER, TRUE },
  { "ca-file", BARISTA_STEP_SERVER, TRUE },
  { "mechanism", BARISTA_STEP_SIGN_IN, TRUE },
  { "username", BARISTA_STEP_SIGN_IN, TRUE },
  { "registry-enabled", BARISTA_STEP_REGISTRY, TRUE },
  { "registry-url", BARISTA_STEP_REGISTRY, TRUE },
  { "registry-same-sign-in", BARISTA_STEP_REGISTRY, TRUE },
  { "registry-username", BARISTA_STEP_REGISTRY, TRUE },
  { "topics", BARISTA_STEP_TOPICS, FALSE },
  { "project-format", BARISTA_STEP_REVIEW, FALSE },
  { "project-typescript", BARISTA_STEP_REVIEW, FALSE },
  { "project-connection", BARISTA_STEP_REVIEW, FALSE },
  { "project-secret", BARISTA_STEP_REVIEW, FALSE },
  { "sinks", BARISTA_STEP_SINKS, FALSE },
  { "targets", BARISTA_STEP_SINKS, FALSE },
};

#define ANY (-1)

/* The first row that fits. */
static const struct
{
  int service, stage;
  const char *cause;
  BaristaStep step;
} homes[] = {
  { ANY, ANY, "task-not-published", BARISTA_STEP_PUBLISH },
  { BARISTA_SERVICE_TINYBIRD, ANY, NULL, BARISTA_STEP_REVIEW },
  { BARISTA_SERVICE_REGISTRY, ANY, "schema-missing", BARISTA_STEP_TOPICS },
  { BARISTA_SERVICE_REGISTRY, ANY, "schema-unsupported", BARISTA_STEP_SCHEMA },
  { BARISTA_SERVICE_REGISTRY, ANY, NULL, BARISTA_STEP_REGISTRY },
  /* What a protocol of the Server step brings about, wherever it is noticed. */
  { ANY, ANY, "sign-in-required", BARISTA_STEP_SERVER },
  { ANY, ANY, "sign-in-not-offered", BARISTA_STEP_SERVER },
  { ANY, ANY, "redirect-unreachable", BARISTA_STEP_SERVER },
  { ANY, ANY, "redirect-refused", BARISTA_STEP_SIGN_IN },
  { ANY, BARISTA_STAGE_LINT, "username-invalid", BARISTA_STEP_SIGN_IN },
  { ANY, BARISTA_STAGE_LINT, "username-legacy", BARISTA_STEP_SIGN_IN },
  { ANY, BARISTA_STAGE_LINT, "password-empty", BARISTA_STEP_SIGN_IN },
  { ANY, BARISTA_STAGE_LINT, "registry-url-invalid", BARISTA_STEP_REGISTRY },
  { ANY, BARISTA_STAGE_LINT, "registry-url-has-credentials", BARISTA_STEP_REGISTRY },
  { ANY, BARISTA_STAGE_SASL, NULL, BARISTA_STEP_SIGN_IN },
  { ANY, BARISTA_STAGE_METADATA, NULL, BARISTA_STEP_TOPICS },
  { ANY, BARISTA_STAGE_REGISTRY, NULL, BARISTA_STEP_REGISTRY },
  { ANY, BARISTA_STAGE_TOPIC, NULL, BARISTA_STEP_TOPICS },
  { ANY, BARISTA_STAGE_SAMPLE, "topic-schema-trouble", BARISTA_STEP_TOPICS },
  { ANY, BARISTA_STAGE_SAMPLE, "topic-forbidden", BARISTA_STEP_TOPICS },
  { ANY, BARISTA_STAGE_SAMPLE, NULL, BARISTA_STEP_SCHEMA },
  { ANY, BARISTA_STAGE_GROUP, NULL, BARISTA_STEP_GROUP },
  { ANY, BARISTA_STAGE_TINYBIRD, NULL, BARISTA_STEP_REVIEW },
  { ANY, ANY, NULL, BARISTA_STEP_SERVER }, /* lint, name, tcp, tls, hello */
};

GType
barista_step_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    {
      static GEnumValue values[BARISTA_N_STEPS + 1];

      for (int i = 0; i < BARISTA_N_STEPS; i++)
        values[i] = (GEnumValue) { i, steps[i].name, steps[i].word };
      g_once_init_leave (&type, g_enum_register_static ("BaristaStep", values));
    }

  return type;
}

GType
barista_step_state_get_type (void)
{
  static gsize type;
  static const GEnumValue values[] = {
    { BARISTA_STEP_TODO, "BARISTA_STEP_TODO", "todo" },
    { BARISTA_STEP_WORKING, "BARISTA_STEP_WORKING", "working" },
    { BARISTA_STEP_FINE, "BARISTA_STEP_FINE", "fine" },
    { BARISTA_STEP_PROPOSED, "BARISTA_STEP_PROPOSED", "proposed" },
    { BARISTA_STEP_DOUBT, "BARISTA_STEP_DOUBT", "doubt" },
    { BARISTA_STEP_FAILED, "BARISTA_STEP_FAILED", "failed" },
    { BARISTA_STEP_WAITING, "BARISTA_STEP_WAITING", "waiting" },
    {},
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("BaristaStepState", values));

  return type;
}

/**
 * barista_step_to_string:
 * @step: a step
 *
 * Returns: its word ("sign-in"), as actions, settings and tests name it
 */
const char *
barista_step_to_string (BaristaStep step)
{
  return steps[step].word;
}

gboolean
barista_step_from_string (const char *word, BaristaStep *step)
{
  for (int i = 0; word != NULL && i < BARISTA_N_STEPS; i++)
    if (g_str_equal (steps[i].word, word))
      {
        *step = (BaristaStep) i;
        return TRUE;
      }

  return FALSE;
}

const char *
barista_step_get_title (BaristaStep step)
{
  return _ (steps[step].title);
}

guint
barista_steps_depending (BaristaStep step)
{
  return step < BARISTA_N_STEPS ? steps[step].depending : 0;
}

BaristaStep
barista_steps_of_property (const char *property)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].property, property))
      return answers[i].step;

  return BARISTA_N_STEPS;
}

gboolean
barista_steps_is_connection (const char *property)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].property, property))
      return answers[i].connection;

  return FALSE;
}

/**
 * barista_steps_home:
 * @service: of the stage
 * @stage: the stage
 * @cause: (nullable): its cause
 *
 * Returns: the step with the answer that the cause comes from
 */
BaristaStep
barista_steps_home (BaristaService service, BaristaStage stage, const char *cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    if ((homes[i].service == ANY || homes[i].service == (int) service)
        && (homes[i].stage == ANY || homes[i].stage == (int) stage)
        && (homes[i].cause == NULL || g_strcmp0 (homes[i].cause, cause) == 0))
      return homes[i].step;

  g_return_val_if_reached (BARISTA_STEP_SERVER);
}
