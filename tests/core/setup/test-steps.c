/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-profile.h"
#include "barista-report-private.h"
#include "barista-steps.h"

#include <string.h>

#define HEAD "{\"format\":\"barista-setup\",\"version\":1,"
#define CONNECT HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\"}}"
#define CHOSEN \
  HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\"},\"topics\":[{\"topic\":\"acmeCo/orders\"}]}"
#define CREATE                                                         \
  HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\",\"managed\":true," \
       "\"collections\":[\"acmeCo/orders\"]}}"
#define CREATED                                                                           \
  HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\",\"managed\":true,\"published\":true," \
       "\"collections\":[\"acmeCo/orders\"]}}"

#define OWN_REGISTRY                                   \
  HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\"}," \
       "\"registry\":{\"same_sign_in\":false,\"username\":\"\"}}"

#define CONNECTED                                                                           \
  "lint=passed name=passed tcp=passed tls=passed hello=passed sasl=passed metadata=passed " \
  "registry=passed"
#define REACHED "lint=passed name=passed tcp=passed tls=passed hello=passed "

/**
 * Case:
 * @profile: the answers
 * @stages: what the check saw: stage=result, with /cause and @topic where they matter; the registry's
 *   stages are those named registry
 * @facts: token, registry-token, checking, practice, saved, listed; +step: seen, ?step: in doubt
 * @states: step=state of those that the case is about; "hidden" for one that isn't shown, with !member
 *   where Next waits for it
 * @ways: from>to of Next
 */
typedef struct
{
  const char *name, *profile, *stages, *facts, *states, *ways;
} Case;

static const Case cases[] = {
  { "nothing-answered", HEAD "\"task\":{\"name\":\"\"}}", "", "",
    "task=todo!task.name publish=hidden server=proposed sign-in=todo!sign_in.username",
    "start>task" },
  { "name-without-slash", HEAD "\"task\":{\"name\":\"tinybird\"}}", "", "", "task=todo!task.name",
    NULL },
  /* The address is a proposal; the token is what the person has to give. */
  { "named", CONNECT, "", "", "task=fine server=proposed sign-in=todo!token registry=proposed",
    "task>sign-in sign-in>topics" },
  { "create-without-collections",
    HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\",\"managed\":true}}", "", "",
    "task=todo!task.collections publish=todo", NULL },
  { "create-with-a-name-that-is-none",
    HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\",\"managed\":true,"
         "\"collections\":[\"acmeCo/orders\",\"orders\"]}}",
    "", "token", "task=todo!task.collections", NULL },
  { "create-without-token", CREATE, "", "", "task=todo!token", NULL },
  { "create", CREATE, "", "token", "task=fine publish=todo", "task>publish" },
  /* Not there yet: nothing is wrong, and what can't be answered is passed over up to Review. */
  { "unpublished", CREATE, REACHED "sasl=failed/task-not-published metadata=skipped", "token",
    "publish=waiting server=fine sign-in=waiting topics=waiting group=waiting schema=waiting",
    "task>publish publish>review" },
  { "published", CREATED, CONNECTED, "token listed", "publish=fine sign-in=fine topics=todo!topics",
    "task>topics" },
  { "connected", CONNECT, CONNECTED, "token listed",
    "server=fine sign-in=fine registry=fine topics=todo!topics group=todo sinks=proposed",
    "task>topics topics>group group>schema schema>review" },
  { "signing-in", CONNECT, REACHED "sasl=running", "token checking",
    "server=fine sign-in=working!check", "sign-in>topics" },
  { "about-to-check", CONNECT, "", "token checking", "sign-in=working!check", NULL },
  /* One home for each failure; Next leads to it from before and stays at it. */
  { "refused", CONNECT, REACHED "sasl=failed/sign-in-refused metadata=skipped", "token",
    "server=fine sign-in=failed!token topics=todo!topics", "task>sign-in" },
  { "address-not-found", CONNECT, "lint=passed name=failed/name-not-found tcp=skipped", "token",
    "server=failed!server.bootstrap_servers", "task>server" },
  { "wrong-protocol", CONNECT, REACHED "sasl=failed/sign-in-not-offered", "token",
    "server=failed!server.bootstrap_servers", "task>server" },
  { "no-token-is-no-failure", CONNECT, "lint=failed/password-empty name=skipped", "",
    "sign-in=todo!token server=proposed", "task>sign-in" },
  { "stopped-is-no-failure", CONNECT, "lint=passed name=passed tcp=cancelled/cancelled", "token",
    "server=fine sign-in=todo", NULL },
  { "slow-sign-in", CONNECT, REACHED "sasl=running/sign-in-slow", "token checking",
    "sign-in=working!check", NULL },
  { "registry-away", CONNECT, CONNECTED " registry=failed/registry-not-found", "token listed",
    "registry=failed!registry.url sign-in=fine", "task>registry" },
  { "registry-off",
    HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\"},\"registry\":{\"enabled\":false}}",
    REACHED "sasl=passed metadata=passed", "token listed", "registry=fine", "task>topics" },
  { "registry-of-its-own",
    HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\"},"
         "\"registry\":{\"same_sign_in\":false,\"username\":\"u\"}}",
    REACHED "sasl=passed metadata=passed", "token listed", "registry=todo!registry-token",
    "task>registry" },
  { "registry-of-its-own-unnamed", OWN_REGISTRY, REACHED "sasl=passed metadata=passed",
    "token listed registry-token", "registry=todo!registry.username", "task>registry" },
  /* Without a name it is asked without a sign-in; whether that will do is its to say. */
  { "registry-without-sign-in", OWN_REGISTRY, CONNECTED, "token listed", "registry=fine",
    "task>topics" },
  { "registry-wants-a-sign-in", OWN_REGISTRY,
    REACHED "sasl=passed metadata=passed registry=failed/registry-refused", "token listed",
    "registry=failed!registry.username", "task>registry" },
  { "registry-refuses-its-own",
    HEAD "\"task\":{\"name\":\"acmeCo/prod/tinybird\"},"
         "\"registry\":{\"same_sign_in\":false,\"username\":\"u\"}}",
    REACHED "sasl=passed metadata=passed registry=failed/registry-refused",
    "token listed registry-token", "registry=failed!registry-token", "task>registry" },
  { "chosen", CHOSEN, CONNECTED " topic=passed@acmeCo/orders group=passed@acmeCo/orders",
    "token listed", "topics=fine group=todo schema=todo", "topics>group" },
  { "looked-at", CHOSEN, CONNECTED " topic=passed@acmeCo/orders group=passed@acmeCo/orders",
    "token listed +group +schema", "topics=fine group=fine schema=fine", NULL },
  { "topic-not-ready", CHOSEN, CONNECTED " topic=failed/topic-not-ready@acmeCo/orders",
    "token listed", "topics=failed!topics", "task>topics" },
  { "group-used", CHOSEN, CONNECTED " group=failed/group-already-used@acmeCo/orders",
    "token listed +group", "topics=fine group=failed!topics.group_id", NULL },
  { "not-decodable", CHOSEN, CONNECTED " sample=failed/record-undecodable@acmeCo/orders",
    "token listed +schema", "schema=failed!topics.columns", NULL },
  /* What was seen of a topic that isn't chosen is nobody's trouble. */
  { "other-topic", CHOSEN, CONNECTED " topic=failed/topic-not-ready@acmeCo/shipments",
    "token listed", "topics=fine", NULL },
  /* A changed server puts the rest in doubt, until the check has proved it or one has looked. */
  { "in-doubt", CHOSEN, "", "token +sign-in +topics +group +schema ?topics ?group ?schema",
    "topics=doubt group=doubt schema=doubt", "task>sign-in" },
  { "proved-again", CHOSEN, CONNECTED " topic=passed@acmeCo/orders group=passed@acmeCo/orders",
    "token listed +topics +group +schema ?topics ?group ?schema",
    "topics=fine group=fine schema=doubt", NULL },
  { "other-kafka", HEAD "\"server\":{\"bootstrap_servers\":[]}}", "", "",
    "task=hidden publish=hidden server=todo!server.bootstrap_servers", "start>server" },
  { "no-sign-in",
    HEAD "\"server\":{\"bootstrap_servers\":[\"k:9092\"],\"security_protocol\":\"PLAINTEXT\"}}",
    "lint=passed name=passed tcp=passed hello=passed metadata=passed", "listed",
    "task=hidden server=fine sign-in=hidden", "server>topics" },
  { "practice", CREATED, "", "token practice checking",
    "task=fine publish=hidden sign-in=working!check", "start>topics" },
  { "practice-refused", CREATED, REACHED "sasl=failed/sign-in-refused", "token practice",
    "sign-in=failed!token", "start>sign-in" },
  { "sinks", HEAD "\"task\":{\"name\":\"a/b\"},\"sinks\":[{\"name\":\"s\",\"nodes\":[]}]}", "", "",
    "sinks=fine", "schema>review" },
  { "saved", CHOSEN, CONNECTED, "token listed saved", "review=fine", "review>review" },
};

static int
value_of (GType type, const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  if (value == NULL)
    g_error ("no %s “%s”", g_type_name (type), nick);
  return value->value;
}

static int
index_of (const char *(*name) (int), int n, const char *word)
{
  for (int i = 0; i < n; i++)
    if (g_str_equal (name (i), word))
      return i;
  g_error ("no “%s”", word);
}

static const char *
stage_name (int stage)
{
  return barista_stage_to_string ((BaristaStage) stage);
}

static const char *
result_name (int result)
{
  return barista_result_to_string ((BaristaResult) result);
}

/* stage=result/cause@topic */
static void
add_stage (BaristaReport *report, const char *text)
{
  g_auto (GStrv) topic = g_strsplit (text, "@", 2);
  g_auto (GStrv) cause = g_strsplit (topic[0], "/", 2);
  g_auto (GStrv) words = g_strsplit (cause[0], "=", 2);
  BaristaStage stage = (BaristaStage) index_of (stage_name, BARISTA_N_STAGES, words[0]);
  BaristaService service = stage == BARISTA_STAGE_REGISTRY ? BARISTA_SERVICE_REGISTRY
                                                           : BARISTA_SERVICE_KAFKA;
  BaristaResult result = (BaristaResult) index_of (result_name, BARISTA_RESULT_CANCELLED + 1,
                                                   words[1]);
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (service, stage);
  g_autoptr (BaristaStageReport) one = barista_stage_report_new_state ("h", topic[1], evidence,
                                                                       result, cause[1], 1000);

  barista_report_append (report, one);
}

static guint
step_bit (const char *word)
{
  return 1u << value_of (BARISTA_TYPE_STEP, word);
}

static void
take_fact (BaristaStepFacts *facts, const char *word)
{
  if (*word == '+')
    facts->visited |= step_bit (word + 1);
  else if (*word == '?')
    facts->doubted |= step_bit (word + 1);
  else if (g_str_equal (word, "listed"))
    {
      barista_report_add_topic (facts->report, "acmeCo/orders", strlen ("acmeCo/orders"), 1, TRUE);
      barista_report_add_topic (facts->report, "acmeCo/shipments", 16, 1, TRUE);
    }
  facts->has_token |= g_str_equal (word, "token");
  facts->has_registry_token |= g_str_equal (word, "registry-token");
  facts->checking |= g_str_equal (word, "checking");
  facts->practice |= g_str_equal (word, "practice");
  facts->saved |= g_str_equal (word, "saved");
}

static void
assert_states (const Case *row, const BaristaStepInfo infos[BARISTA_N_STEPS])
{
  g_auto (GStrv) words = g_strsplit (row->states, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      g_auto (GStrv) state = g_strsplit (parts[1], "!", 2);
      const BaristaStepInfo *info = &infos[value_of (BARISTA_TYPE_STEP, parts[0])];

      g_test_message ("%s: %s, waits for %s", row->name, words[i],
                      info->missing != NULL ? info->missing : "nothing");
      g_assert_cmpint (info->shown, ==, !g_str_equal (state[0], "hidden"));
      if (!info->shown)
        continue;
      g_assert_cmpint (info->state, ==, value_of (BARISTA_TYPE_STEP_STATE, state[0]));
      g_assert_cmpstr (info->missing, ==, state[1]);
    }
}

static void
assert_ways (const Case *row, const BaristaStepInfo infos[BARISTA_N_STEPS])
{
  g_auto (GStrv) words = g_strsplit (row->ways != NULL ? row->ways : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) ends = g_strsplit (words[i], ">", 2);
      BaristaStep from = (BaristaStep) value_of (BARISTA_TYPE_STEP, ends[0]);

      g_test_message ("%s: %s", row->name, words[i]);
      g_assert_cmpstr (barista_step_to_string (barista_steps_next (infos, from)), ==, ends[1]);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_profile_parse (row->profile, -1, "/tmp", &error);
  g_autoptr (BaristaReport) report = barista_report_new ();
  g_auto (GStrv) stages = g_strsplit (row->stages, " ", -1);
  g_auto (GStrv) words = g_strsplit (row->facts, " ", -1);
  BaristaStepFacts facts = { .report = report, .doubt = BARISTA_STEP_SERVER };
  BaristaStepInfo infos[BARISTA_N_STEPS];

  g_assert_no_error (error);
  for (guint i = 0; stages[i] != NULL; i++)
    add_stage (report, stages[i]);
  for (guint i = 0; words[i] != NULL; i++)
    take_fact (&facts, words[i]);

  barista_steps_evaluate (setup, &facts, infos);
  assert_states (row, infos);
  assert_ways (row, infos);
  barista_steps_clear (infos);
}

static void
test_back (void)
{
  g_autoptr (BaristaSetup) setup = barista_profile_parse (CONNECT, -1, NULL, NULL);
  BaristaStepFacts facts = { .doubt = BARISTA_N_STEPS };
  BaristaStepInfo infos[BARISTA_N_STEPS];

  barista_steps_evaluate (setup, &facts, infos);
  /* Also to what Next has passed over; Publish isn't there. */
  g_assert_cmpint (barista_steps_back (infos, BARISTA_STEP_SIGN_IN), ==, BARISTA_STEP_SERVER);
  g_assert_cmpint (barista_steps_back (infos, BARISTA_STEP_SERVER), ==, BARISTA_STEP_TASK);
  g_assert_cmpint (barista_steps_back (infos, BARISTA_STEP_TASK), ==, BARISTA_STEP_START);
  barista_steps_clear (infos);
}

/* One may go where one was, and up to the first answer that is missing. */
static void
test_reach (void)
{
  g_autoptr (BaristaSetup) setup = barista_profile_parse (CONNECT, -1, NULL, NULL);
  BaristaStepFacts facts = { .doubt = BARISTA_N_STEPS };
  BaristaStepInfo infos[BARISTA_N_STEPS];

  barista_steps_evaluate (setup, &facts, infos);
  g_assert_true (infos[BARISTA_STEP_SERVER].reachable);
  g_assert_true (infos[BARISTA_STEP_SIGN_IN].reachable);
  g_assert_false (infos[BARISTA_STEP_TOPICS].reachable);
  g_assert_false (infos[BARISTA_STEP_PUBLISH].reachable);
  barista_steps_clear (infos);

  facts.visited = 1u << BARISTA_STEP_REVIEW;
  barista_steps_evaluate (setup, &facts, infos);
  g_assert_true (infos[BARISTA_STEP_REVIEW].reachable);
  g_assert_false (infos[BARISTA_STEP_SCHEMA].reachable);
  barista_steps_clear (infos);
}

/* Every cause that a stage can have is told at one step that has an answer to mend it. */
static void
test_homes (void)
{
  static const struct
  {
    BaristaService service;
    BaristaStage stage;
    const char *cause;
    BaristaStep step;
  } rows[] = {
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_LINT, "address-is-url", BARISTA_STEP_SERVER },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_LINT, "username-legacy", BARISTA_STEP_SIGN_IN },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_TLS, "tls-unknown-ca", BARISTA_STEP_SERVER },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_HELLO, "server-is-http", BARISTA_STEP_SERVER },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_METADATA, "no-topics", BARISTA_STEP_TOPICS },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_METADATA, "redirect-refused", BARISTA_STEP_SIGN_IN },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_METADATA, "sign-in-required", BARISTA_STEP_SERVER },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SASL, "task-not-published", BARISTA_STEP_PUBLISH },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SAMPLE, "topic-forbidden", BARISTA_STEP_TOPICS },
    { BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP, NULL, BARISTA_STEP_GROUP },
    { BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_TLS, "tls-expired", BARISTA_STEP_REGISTRY },
    { BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_REGISTRY, "schema-unsupported", BARISTA_STEP_SCHEMA },
    { BARISTA_SERVICE_REGISTRY, BARISTA_STAGE_REGISTRY, "task-not-published",
      BARISTA_STEP_PUBLISH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (barista_steps_home (rows[i].service, rows[i].stage, rows[i].cause), ==,
                     rows[i].step);
}

/* Each answer of a setup belongs to a step, so that none can be changed unnoticed. */
static void
test_every_answer_has_a_step (void)
{
  static const char *const none[] = { "name", "published", "is-dekaf", "uses-tls", "uses-sasl" };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autofree GParamSpec **pspecs = NULL;
  guint n;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (setup), &n);
  for (guint i = 0; i < n; i++)
    {
      gboolean free_standing = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (none); j++)
        free_standing |= g_str_equal (none[j], pspecs[i]->name);
      g_test_message ("%s", pspecs[i]->name);
      g_assert_cmpint (barista_steps_of_property (pspecs[i]->name) == BARISTA_N_STEPS, ==,
                       free_standing);
    }
}

static void
test_can_check (void)
{
  g_autoptr (BaristaSetup) setup = barista_profile_parse (CONNECT, -1, NULL, NULL);

  g_assert_false (barista_steps_can_check (setup, FALSE));
  g_assert_true (barista_steps_can_greet (setup));
  g_assert_true (barista_steps_can_check (setup, TRUE));
  barista_setup_set_task_name (setup, "acmeCo");
  g_assert_false (barista_steps_can_greet (setup));
  barista_setup_set_task_name (setup, "");
  g_assert_false (barista_steps_can_check (setup, TRUE));
  g_assert_false (barista_steps_can_greet (setup));
  barista_setup_set_security (setup, BARISTA_SECURITY_PLAINTEXT);
  g_assert_true (barista_steps_can_check (setup, FALSE));
}

static void
test_words (void)
{
  BaristaStep step = BARISTA_STEP_START;

  for (int i = 0; i < BARISTA_N_STEPS; i++)
    {
      g_assert_true (barista_step_from_string (barista_step_to_string ((BaristaStep) i), &step));
      g_assert_cmpint (step, ==, i);
    }
  g_assert_false (barista_step_from_string ("elsewhere", &step));
  g_assert_false (barista_step_from_string (NULL, &step));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/steps/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/steps/back", test_back);
  g_test_add_func ("/steps/reach", test_reach);
  g_test_add_func ("/steps/homes", test_homes);
  g_test_add_func ("/steps/every-answer-has-a-step", test_every_answer_has_a_step);
  g_test_add_func ("/steps/can-check", test_can_check);
  g_test_add_func ("/steps/words", test_words);

  return g_test_run ();
}
