/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-setup-enums.h"

G_BEGIN_DECLS

/**
 * BaristaSinkNode:
 *
 * One SQL node of a sink's pipe: sinks[].nodes[] of the profile. The last one's rows are exported.
 */
#define BARISTA_TYPE_SINK_NODE (barista_sink_node_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinkNode, barista_sink_node, BARISTA, SINK_NODE, GObject)

BaristaSinkNode *barista_sink_node_new (const char *name, const char *sql);
const char *barista_sink_node_get_name (BaristaSinkNode *self); /* "name" */
void barista_sink_node_set_name (BaristaSinkNode *self, const char *name);
const char *barista_sink_node_get_sql (BaristaSinkNode *self); /* "sql"; never NULL */
void barista_sink_node_set_sql (BaristaSinkNode *self, const char *sql);
const char *barista_sink_node_get_description (BaristaSinkNode *self); /* "description" */
void barista_sink_node_set_description (BaristaSinkNode *self, const char *description);

/**
 * BaristaSink:
 *
 * A pipe that writes rows somewhere else: one of sinks[] of the profile. Each answer is a property;
 * one that is not stated is NULL and is left out of the files, one that is stated is written, also
 * if it says what would hold anyway. Setting NULL or "" takes an answer back. What kind of sink it
 * is follows from its connection (barista_setup_get_sink_kind()); answers of the other kind are
 * kept, but not written.
 */
#define BARISTA_TYPE_SINK (barista_sink_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSink, barista_sink, BARISTA, SINK, GObject)

BaristaSink *barista_sink_new (const char *name);

const char *barista_sink_get_name (BaristaSink *self); /* "name" */
void barista_sink_set_name (BaristaSink *self, const char *name);
const char *barista_sink_get_description (BaristaSink *self); /* "description" */
void barista_sink_set_description (BaristaSink *self, const char *description);
const char *barista_sink_get_connection (BaristaSink *self); /* "connection": a target's name */
void barista_sink_set_connection (BaristaSink *self, const char *connection);
const char *barista_sink_get_schedule (BaristaSink *self); /* "schedule": cron, @on-demand, @once */
void barista_sink_set_schedule (BaristaSink *self, const char *schedule);

/* Kafka */
const char *barista_sink_get_topic (BaristaSink *self); /* "topic" */
void barista_sink_set_topic (BaristaSink *self, const char *topic);

/* S3: as typed; the vendor's sources disagree on the words, so there is no fixed list. */
const char *barista_sink_get_bucket_uri (BaristaSink *self); /* "bucket-uri" */
void barista_sink_set_bucket_uri (BaristaSink *self, const char *bucket_uri);
const char *barista_sink_get_file_template (BaristaSink *self); /* "file-template" */
void barista_sink_set_file_template (BaristaSink *self, const char *file_template);
const char *barista_sink_get_format (BaristaSink *self); /* "format" */
void barista_sink_set_format (BaristaSink *self, const char *format);
const char *barista_sink_get_compression (BaristaSink *self); /* "compression" */
void barista_sink_set_compression (BaristaSink *self, const char *compression);
const char *barista_sink_get_strategy (BaristaSink *self); /* "strategy" */
void barista_sink_set_strategy (BaristaSink *self, const char *strategy);

/* "nodes": BaristaSinkNode, in the order of the pipe. Names may repeat while one types: a rule
 * tells of it. */
GListModel *barista_sink_get_nodes (BaristaSink *self);
void barista_sink_add_node (BaristaSink *self, BaristaSinkNode *node);
void barista_sink_remove_node (BaristaSink *self, BaristaSinkNode *node);
BaristaSinkNode *barista_sink_find_node (BaristaSink *self, const char *name);
BaristaSinkNode *barista_sink_get_last_node (BaristaSink *self);

G_END_DECLS
