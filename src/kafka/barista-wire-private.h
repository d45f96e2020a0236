/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-reader.h"
#include "barista-wire.h"

G_BEGIN_DECLS

/* How deep structs stand in one another: Fetch's aborted transactions are at 4 (message, topic,
 * partition, transaction). A test holds the tables to it. */
#define BARISTA_WIRE_MAX_DEPTH 6

/**
 * BaristaWireWalk:
 * @checking: the first pass over these bytes: text is checked to be UTF-8
 * @path: the fields that the walk is inside of, for the error
 *
 * A walk over the fields of a message, in step with its table.
 */
typedef struct
{
  BaristaReader reader;
  gint16 version;
  gboolean flexible, checking;
  const char *path[BARISTA_WIRE_MAX_DEPTH];
  guint depth;
} BaristaWireWalk;

void barista_wire_walk_init (BaristaWireWalk *self,
                             const guint8 *data,
                             gsize length,
                             gint16 version,
                             gboolean flexible);
/* Length of text or bytes, or count of an array; -1 = null. */
gint64 barista_wire_walk_length (BaristaWireWalk *self, const BaristaWireField *field);
void barista_wire_walk_value (BaristaWireWalk *self, const BaristaWireField *field);
/* All fields of a struct and its tagged section. */
void barista_wire_walk_struct (BaristaWireWalk *self, const BaristaWireField *fields);
/* The tagged section at the cursor. Stops at the content of the one with @wanted (and returns TRUE);
 * NULL: walks over all of it. */
gboolean barista_wire_walk_tags (BaristaWireWalk *self,
                                 const BaristaWireField *fields,
                                 const BaristaWireField *wanted);

gboolean barista_wire_layout_is_flexible (const BaristaWireLayout *layout, gint16 version);
gboolean barista_wire_header_is_flexible (const BaristaWireLayout *layout,
                                          BaristaWireKind kind,
                                          gint16 version);
gboolean barista_wire_may_be_null (const BaristaWireField *field, gint16 version);
/* Bytes of a type of fixed size; 0 for the others. */
gsize barista_wire_type_width (BaristaWireType type);

extern const BaristaWireLayout barista_wire_api_versions, barista_wire_sasl_handshake,
    barista_wire_sasl_authenticate, barista_wire_metadata, barista_wire_describe_configs,
    barista_wire_produce, barista_wire_fetch, barista_wire_list_offsets,
    barista_wire_offset_for_leader_epoch, barista_wire_find_coordinator, barista_wire_offset_fetch,
    barista_wire_offset_commit, barista_wire_join_group, barista_wire_sync_group,
    barista_wire_heartbeat, barista_wire_leave_group, barista_wire_list_groups,
    barista_wire_delete_groups;

G_END_DECLS
