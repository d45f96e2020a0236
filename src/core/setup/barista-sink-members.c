/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

/* The members of connections[] and sinks[], as in barista-setup-members.c. */

#define TARGET(field) .offset = G_STRUCT_OFFSET (BaristaTargetAnswers, field)
#define SINK(field) .offset = G_STRUCT_OFFSET (BaristaSinkAnswers, field)
#define NODE(field) .offset = G_STRUCT_OFFSET (BaristaSinkNodeAnswers, field)

#define NAME (BARISTA_MEMBER_REQUIRED | BARISTA_MEMBER_FILLED)
#define TEXT (BARISTA_MEMBER_NULLABLE | BARISTA_MEMBER_FILLED)
#define SECRET (TEXT | BARISTA_MEMBER_SECRET_NAME)

static gpointer
target_new (void)
{
  return g_object_new (BARISTA_TYPE_TARGET, NULL);
}

static gpointer
node_new (void)
{
  return g_object_new (BARISTA_TYPE_SINK_NODE, NULL);
}

static gpointer
sink_new (void)
{
  return g_object_new (BARISTA_TYPE_SINK, NULL);
}

static const BaristaMember target_members[] = {
  { "type", BARISTA_MEMBER_WORD, BARISTA_MEMBER_REQUIRED, "kind", TARGET (kind),
    .words = barista_target_kind_get_type, .fallback = BARISTA_TARGET_KAFKA },
  { "name", BARISTA_MEMBER_STRING, NAME, "name", TARGET (name) },
  { "bootstrap_servers", BARISTA_MEMBER_STRINGS, 0, "bootstrap-servers",
    TARGET (bootstrap_servers) },
  { "security_protocol", BARISTA_MEMBER_WORD, 0, "security", TARGET (security),
    .words = barista_security_get_type, .fallback = BARISTA_SECURITY_SASL_SSL },
  { "mechanism", BARISTA_MEMBER_WORD, 0, "mechanism", TARGET (mechanism),
    .words = barista_mechanism_get_type, .fallback = BARISTA_MECHANISM_PLAIN },
  { "key", BARISTA_MEMBER_STRING, SECRET, "key", TARGET (key) },
  { "secret", BARISTA_MEMBER_STRING, SECRET, "secret", TARGET (secret) },
  { "registry_url", BARISTA_MEMBER_STRING, TEXT | BARISTA_MEMBER_URL, "registry-url",
    TARGET (registry_url) },
  { "registry_secret", BARISTA_MEMBER_STRING, SECRET, "registry-secret", TARGET (registry_secret) },
  { "ca_secret", BARISTA_MEMBER_STRING, SECRET, "ca-secret", TARGET (ca_secret) },
  { "region", BARISTA_MEMBER_STRING, TEXT, "region", TARGET (region) },
  { "arn", BARISTA_MEMBER_STRING, TEXT, "arn", TARGET (arn) },
  {}
};

const BaristaRecord barista_target_record = {
  .members = target_members,
  .head = G_STRUCT_OFFSET (BaristaTargetAnswers, head),
  .type = barista_target_get_type,
  .item_new = target_new,
  .item_base = G_STRUCT_OFFSET (BaristaTarget, answers),
};

static const BaristaMember node_members[] = {
  { "name", BARISTA_MEMBER_STRING, NAME, "name", NODE (name) },
  { "description", BARISTA_MEMBER_STRING, TEXT, "description", NODE (description) },
  { "sql", BARISTA_MEMBER_STRING, BARISTA_MEMBER_REQUIRED, "sql", NODE (sql), .text = "" },
  {}
};

const BaristaRecord barista_sink_node_record = {
  .members = node_members,
  .head = G_STRUCT_OFFSET (BaristaSinkNodeAnswers, head),
  .type = barista_sink_node_get_type,
  .item_new = node_new,
  .item_base = G_STRUCT_OFFSET (BaristaSinkNode, answers),
};

/* Formats, compressions and strategies have no fixed list: the vendor's own sources disagree
 * (tinybird.md 3.2), and a rule says what is doubtful. */
static const BaristaMember sink_members[] = {
  { "name", BARISTA_MEMBER_STRING, NAME, "name", SINK (name) },
  { "description", BARISTA_MEMBER_STRING, TEXT, "description", SINK (description) },
  { "connection", BARISTA_MEMBER_STRING, TEXT, "connection", SINK (connection) },
  { "topic", BARISTA_MEMBER_STRING, TEXT, "topic", SINK (topic) },
  { "bucket_uri", BARISTA_MEMBER_STRING, TEXT, "bucket-uri", SINK (bucket_uri) },
  { "file_template", BARISTA_MEMBER_STRING, TEXT, "file-template", SINK (file_template) },
  { "format", BARISTA_MEMBER_STRING, TEXT, "format", SINK (format) },
  { "compression", BARISTA_MEMBER_STRING, TEXT, "compression", SINK (compression) },
  { "strategy", BARISTA_MEMBER_STRING, TEXT, "strategy", SINK (strategy) },
  { "schedule", BARISTA_MEMBER_STRING, TEXT, "schedule", SINK (schedule) },
  { "nodes", BARISTA_MEMBER_LIST, 0, "nodes", SINK (nodes), .record = &barista_sink_node_record },
  {}
};

const BaristaRecord barista_sink_record = {
  .members = sink_members,
  .head = G_STRUCT_OFFSET (BaristaSinkAnswers, head),
  .type = barista_sink_get_type,
  .item_new = sink_new,
  .item_base = G_STRUCT_OFFSET (BaristaSink, answers),
};
