/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"
#include "barista-setup-private.h"

/*
 * Every member of the profile file, in the order in which it is written: design.md, "The profile
 * file"; docs/profile.md and data/barista-setup.schema.json say the same for people and tools.
 */

#define FIELD(type, field) .offset = G_STRUCT_OFFSET (type, field)
#define TABLE(members_, type) { .members = members_, .head = G_STRUCT_OFFSET (type, head) }

#define NULLABLE BARISTA_MEMBER_NULLABLE
#define REQUIRED BARISTA_MEMBER_REQUIRED
#define FILLED BARISTA_MEMBER_FILLED

static gpointer
binding_new (void)
{
  return g_object_new (BARISTA_TYPE_BINDING, NULL);
}

static gpointer
topic_new (void)
{
  return g_object_new (BARISTA_TYPE_TOPIC_CHOICE, NULL);
}

static const BaristaMember binding_members[] = {
  { "collection", BARISTA_MEMBER_STRING, REQUIRED | FILLED, "collection",
    FIELD (BaristaBindingAnswers, collection) },
  { "topic", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "topic",
    FIELD (BaristaBindingAnswers, topic) },
  { "not_before", BARISTA_MEMBER_STRING, NULLABLE | FILLED | BARISTA_MEMBER_TIME, "not-before",
    FIELD (BaristaBindingAnswers, not_before) },
  { "exclude", BARISTA_MEMBER_STRINGS, 0, "exclude", FIELD (BaristaBindingAnswers, exclude) },
  {}
};

const BaristaRecord barista_binding_record = {
  .members = binding_members,
  .head = G_STRUCT_OFFSET (BaristaBindingAnswers, head),
  .type = barista_binding_get_type,
  .item_new = binding_new,
  .item_base = G_STRUCT_OFFSET (BaristaBinding, answers),
};

static const BaristaMember task_members[] = {
  { "name", BARISTA_MEMBER_STRING, REQUIRED, "task-name", FIELD (BaristaTaskAnswers, name) },
  { "managed", BARISTA_MEMBER_BOOLEAN, 0, "managed", FIELD (BaristaTaskAnswers, managed) },
  { "published", BARISTA_MEMBER_BOOLEAN, 0, "published", FIELD (BaristaTaskAnswers, published) },
  { "collections", BARISTA_MEMBER_STRINGS, 0, "collections",
    FIELD (BaristaTaskAnswers, collections) },
  { "deletions", BARISTA_MEMBER_WORD, NULLABLE, "deletions", FIELD (BaristaTaskAnswers, deletions),
    .words = barista_deletions_get_type, .fallback = BARISTA_DELETIONS_CDC },
  { "strict_topic_names", BARISTA_MEMBER_BOOLEAN, 0, "strict-topic-names",
    FIELD (BaristaTaskAnswers, strict_topic_names) },
  { "bindings", BARISTA_MEMBER_LIST, 0, "bindings", FIELD (BaristaTaskAnswers, bindings),
    .record = &barista_binding_record },
  {}
};

const BaristaRecord barista_task_record = TABLE (task_members, BaristaTaskAnswers);

static const BaristaMember server_members[] = {
  { "bootstrap_servers", BARISTA_MEMBER_STRINGS, 0, "bootstrap-servers",
    FIELD (BaristaServerAnswers, bootstrap_servers) },
  { "security_protocol", BARISTA_MEMBER_WORD, 0, "security", FIELD (BaristaServerAnswers, security),
    .words = barista_security_get_type, .fallback = BARISTA_SECURITY_SASL_SSL },
  { "ca_file", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "ca-file",
    FIELD (BaristaServerAnswers, ca_file) },
  {}
};

const BaristaRecord barista_server_record = TABLE (server_members, BaristaServerAnswers);

static const BaristaMember sign_in_members[] = {
  { "mechanism", BARISTA_MEMBER_WORD, 0, "mechanism", FIELD (BaristaSignInAnswers, mechanism),
    .words = barista_mechanism_get_type, .fallback = BARISTA_MECHANISM_PLAIN },
  { "username", BARISTA_MEMBER_STRING, NULLABLE, "username",
    FIELD (BaristaSignInAnswers, username) },
  {}
};

const BaristaRecord barista_sign_in_record = TABLE (sign_in_members, BaristaSignInAnswers);

static const BaristaMember registry_members[] = {
  { "enabled", BARISTA_MEMBER_BOOLEAN, 0, "registry-enabled",
    FIELD (BaristaRegistryAnswers, enabled), .fallback = TRUE },
  { "url", BARISTA_MEMBER_STRING, NULLABLE | BARISTA_MEMBER_URL, "registry-url",
    FIELD (BaristaRegistryAnswers, url) },
  { "same_sign_in", BARISTA_MEMBER_BOOLEAN, 0, "registry-same-sign-in",
    FIELD (BaristaRegistryAnswers, same_sign_in), .fallback = TRUE },
  { "username", BARISTA_MEMBER_STRING, NULLABLE, "registry-username",
    FIELD (BaristaRegistryAnswers, username) },
  {}
};

const BaristaRecord barista_registry_record = TABLE (registry_members, BaristaRegistryAnswers);

static const BaristaMember engine_members[] = {
  { "name", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "engine",
    FIELD (BaristaEngineAnswers, name) },
  { "sorting_key", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "sorting-key",
    FIELD (BaristaEngineAnswers, sorting_key) },
  { "version", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "version",
    FIELD (BaristaEngineAnswers, version) },
  { "is_deleted", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "is-deleted",
    FIELD (BaristaEngineAnswers, is_deleted) },
  { "partition_key", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "partition-key",
    FIELD (BaristaEngineAnswers, partition_key) },
  { "ttl", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "ttl", FIELD (BaristaEngineAnswers, ttl) },
  {}
};

const BaristaRecord barista_engine_record = TABLE (engine_members, BaristaEngineAnswers);

static const BaristaMember column_members[] = {
  { "path", BARISTA_MEMBER_STRING, REQUIRED | FILLED, NULL,
    FIELD (BaristaColumnAnswers, choice.path) },
  { "name", BARISTA_MEMBER_STRING, NULLABLE | FILLED, NULL,
    FIELD (BaristaColumnAnswers, choice.name) },
  { "type", BARISTA_MEMBER_STRING, NULLABLE | FILLED, NULL,
    FIELD (BaristaColumnAnswers, choice.type) },
  { "included", BARISTA_MEMBER_BOOLEAN, NULLABLE, NULL,
    FIELD (BaristaColumnAnswers, choice.included), .fallback = -1 },
  {}
};

const BaristaRecord barista_column_record = {
  .members = column_members,
  .head = G_STRUCT_OFFSET (BaristaColumnAnswers, head),
  .item_new = barista_column_answers_new,
};

static const BaristaMember topic_members[] = {
  { "topic", BARISTA_MEMBER_STRING, REQUIRED | FILLED, "topic",
    FIELD (BaristaTopicAnswers, topic) },
  { "group_id", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "group-id",
    FIELD (BaristaTopicAnswers, group_id) },
  { "start", BARISTA_MEMBER_WORD, 0, "start", FIELD (BaristaTopicAnswers, start),
    .words = barista_start_get_type, .fallback = BARISTA_START_EARLIEST },
  { "data_source", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "data-source",
    FIELD (BaristaTopicAnswers, data_source) },
  { "deployed", BARISTA_MEMBER_BOOLEAN, 0, "deployed", FIELD (BaristaTopicAnswers, deployed) },
  { "deletions", BARISTA_MEMBER_WORD, NULLABLE, "plan", FIELD (BaristaTopicAnswers, plan),
    .words = barista_plan_get_type, .fallback = BARISTA_PLAN_PROPOSED },
  { "store", BARISTA_MEMBER_WORD, 0, "store", FIELD (BaristaTopicAnswers, store),
    .words = barista_store_get_type, .fallback = BARISTA_STORE_COLUMNS },
  { "marker", BARISTA_MEMBER_STRING, NULLABLE | FILLED, "marker",
    FIELD (BaristaTopicAnswers, marker) },
  { "engine", BARISTA_MEMBER_RECORD, NULLABLE, NULL, FIELD (BaristaTopicAnswers, engine),
    .record = &barista_engine_record },
  { "columns", BARISTA_MEMBER_LIST, 0, NULL, FIELD (BaristaTopicAnswers, columns),
    .record = &barista_column_record },
  {}
};

const BaristaRecord barista_topic_record = {
  .members = topic_members,
  .head = G_STRUCT_OFFSET (BaristaTopicAnswers, head),
  .type = barista_topic_choice_get_type,
  .item_new = topic_new,
  .item_base = G_STRUCT_OFFSET (BaristaTopicChoice, answers),
};

static const BaristaMember project_members[] = {
  { "format", BARISTA_MEMBER_WORD, 0, "project-format", FIELD (BaristaProjectAnswers, format),
    .words = barista_project_format_get_type, .fallback = BARISTA_PROJECT_FORWARD },
  { "typescript", BARISTA_MEMBER_BOOLEAN, 0, "project-typescript",
    FIELD (BaristaProjectAnswers, typescript) },
  { "connection", BARISTA_MEMBER_STRING, FILLED, "project-connection",
    FIELD (BaristaProjectAnswers, connection), .text = BARISTA_DEFAULT_CONNECTION },
  { "secret", BARISTA_MEMBER_STRING, FILLED | BARISTA_MEMBER_SECRET_NAME, "project-secret",
    FIELD (BaristaProjectAnswers, secret), .text = BARISTA_DEFAULT_SECRET },
  {}
};

const BaristaRecord barista_project_record = TABLE (project_members, BaristaProjectAnswers);

static const BaristaMember setup_members[] = {
  { "format", BARISTA_MEMBER_FIXED, REQUIRED, .text = "barista-setup" },
  { "version", BARISTA_MEMBER_FIXED, REQUIRED, .fallback = 1 },
  { "name", BARISTA_MEMBER_STRING, NULLABLE, "name", FIELD (BaristaAnswers, name) },
  { "task", BARISTA_MEMBER_RECORD, NULLABLE, NULL, FIELD (BaristaAnswers, task),
    .record = &barista_task_record },
  { "server", BARISTA_MEMBER_RECORD, 0, NULL, FIELD (BaristaAnswers, server),
    .record = &barista_server_record },
  { "sign_in", BARISTA_MEMBER_RECORD, 0, NULL, FIELD (BaristaAnswers, sign_in),
    .record = &barista_sign_in_record },
  { "registry", BARISTA_MEMBER_RECORD, 0, NULL, FIELD (BaristaAnswers, registry),
    .record = &barista_registry_record },
  { "topics", BARISTA_MEMBER_LIST, NULLABLE, "topics", FIELD (BaristaAnswers, topics),
    .record = &barista_topic_record },
  { "connections", BARISTA_MEMBER_LIST, 0, "targets", FIELD (BaristaAnswers, targets),
    .record = &barista_target_record },
  { "sinks", BARISTA_MEMBER_LIST, 0, "sinks", FIELD (BaristaAnswers, sinks),
    .record = &barista_sink_record },
  { "project", BARISTA_MEMBER_RECORD, 0, NULL, FIELD (BaristaAnswers, project),
    .record = &barista_project_record },
  {}
};

const BaristaRecord barista_setup_record = TABLE (setup_members, BaristaAnswers);
