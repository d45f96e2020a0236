/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-wire-private.h"

/* Records and where they lie. */

static const BaristaWireField produce_request_partition[] = {
  { "index", BARISTA_WIRE_INT32, 0 },
  { "records", BARISTA_WIRE_RECORDS, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField produce_request_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitionData", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = produce_request_partition },
  { NULL },
};

static const BaristaWireField produce_request[] = {
  { "transactionalId", BARISTA_WIRE_STRING, 3, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "acks", BARISTA_WIRE_INT16, 0 },
  { "timeoutMs", BARISTA_WIRE_INT32, 0 },
  { "topicData", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = produce_request_topic },
  { NULL },
};

static const BaristaWireField produce_response_record_error[] = {
  { "batchIndex", BARISTA_WIRE_INT32, 8 },
  { "batchIndexErrorMessage", BARISTA_WIRE_STRING, 8, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField produce_response_partition[] = {
  { "index", BARISTA_WIRE_INT32, 0 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "baseOffset", BARISTA_WIRE_INT64, 0 },
  { "logAppendTimeMs", BARISTA_WIRE_INT64, 2, .fallback = -1 },
  { "logStartOffset", BARISTA_WIRE_INT64, 5, .fallback = -1 },
  { "recordErrors", BARISTA_WIRE_STRUCT_ARRAY, 8, .element = produce_response_record_error },
  { "errorMessage", BARISTA_WIRE_STRING, 8, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField produce_response_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitionResponses", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = produce_response_partition },
  { NULL },
};

static const BaristaWireField produce_response[] = {
  { "responses", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = produce_response_topic },
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { NULL },
};

const BaristaWireLayout barista_wire_produce = {
  BARISTA_API_PRODUCE, "Produce", 3, 9, 9, produce_request, produce_response,
};

static const BaristaWireField fetch_request_partition[] = {
  { "partition", BARISTA_WIRE_INT32, 0 },
  { "currentLeaderEpoch", BARISTA_WIRE_INT32, 9, .fallback = -1 },
  { "fetchOffset", BARISTA_WIRE_INT64, 0 },
  { "lastFetchedEpoch", BARISTA_WIRE_INT32, 12, .fallback = -1 },
  { "logStartOffset", BARISTA_WIRE_INT64, 5, .fallback = -1 },
  { "partitionMaxBytes", BARISTA_WIRE_INT32, 0 },
  { NULL },
};

static const BaristaWireField fetch_request_topic[] = {
  { "topic", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = fetch_request_partition },
  { NULL },
};

static const BaristaWireField fetch_request_forgotten_topic[] = {
  { "topic", BARISTA_WIRE_STRING, 7 },
  { "partitions", BARISTA_WIRE_INT32_ARRAY, 7 },
  { NULL },
};

static const BaristaWireField fetch_request[] = {
  { "clusterId", BARISTA_WIRE_STRING, 12, .null_since = BARISTA_WIRE_NULL_ALWAYS, .tagged = TRUE,
    .tag = 0 },
  { "replicaId", BARISTA_WIRE_INT32, 0, .fallback = -1 },
  { "maxWaitMs", BARISTA_WIRE_INT32, 0 },
  { "minBytes", BARISTA_WIRE_INT32, 0 },
  { "maxBytes", BARISTA_WIRE_INT32, 3, .fallback = G_MAXINT32 },
  { "isolationLevel", BARISTA_WIRE_INT8, 4 },
  { "sessionId", BARISTA_WIRE_INT32, 7 },
  { "sessionEpoch", BARISTA_WIRE_INT32, 7, .fallback = -1 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = fetch_request_topic },
  { "forgottenTopicsData", BARISTA_WIRE_STRUCT_ARRAY, 7, .element = fetch_request_forgotten_topic },
  { "rackId", BARISTA_WIRE_STRING, 11 },
  { NULL },
};

static const BaristaWireField fetch_response_diverging_epoch[] = {
  { "epoch", BARISTA_WIRE_INT32, 12, .fallback = -1 },
  { "endOffset", BARISTA_WIRE_INT64, 12, .fallback = -1 },
  { NULL },
};

static const BaristaWireField fetch_response_current_leader[] = {
  { "leaderId", BARISTA_WIRE_INT32, 12, .fallback = -1 },
  { "leaderEpoch", BARISTA_WIRE_INT32, 12, .fallback = -1 },
  { NULL },
};

static const BaristaWireField fetch_response_snapshot_id[] = {
  { "endOffset", BARISTA_WIRE_INT64, 0, .fallback = -1 },
  { "epoch", BARISTA_WIRE_INT32, 0, .fallback = -1 },
  { NULL },
};

static const BaristaWireField fetch_response_aborted_transaction[] = {
  { "producerId", BARISTA_WIRE_INT64, 4 },
  { "firstOffset", BARISTA_WIRE_INT64, 4 },
  { NULL },
};

static const BaristaWireField fetch_response_partition[] = {
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "highWatermark", BARISTA_WIRE_INT64, 0 },
  { "lastStableOffset", BARISTA_WIRE_INT64, 4, .fallback = -1 },
  { "logStartOffset", BARISTA_WIRE_INT64, 5, .fallback = -1 },
  { "divergingEpoch", BARISTA_WIRE_STRUCT, 12, .tagged = TRUE, .tag = 0,
    .element = fetch_response_diverging_epoch },
  { "currentLeader", BARISTA_WIRE_STRUCT, 12, .tagged = TRUE, .tag = 1,
    .element = fetch_response_current_leader },
  { "snapshotId", BARISTA_WIRE_STRUCT, 12, .tagged = TRUE, .tag = 2,
    .element = fetch_response_snapshot_id },
  { "abortedTransactions", BARISTA_WIRE_STRUCT_ARRAY, 4, .null_since = BARISTA_WIRE_NULL_ALWAYS,
    .element = fetch_response_aborted_transaction },
  { "preferredReadReplica", BARISTA_WIRE_INT32, 11, .fallback = -1 },
  { "records", BARISTA_WIRE_RECORDS, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField fetch_response_topic[] = {
  { "topic", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = fetch_response_partition },
  { NULL },
};

static const BaristaWireField fetch_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "errorCode", BARISTA_WIRE_INT16, 7 },
  { "sessionId", BARISTA_WIRE_INT32, 7 },
  { "responses", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = fetch_response_topic },
  { NULL },
};

const BaristaWireLayout barista_wire_fetch = {
  BARISTA_API_FETCH, "Fetch", 4, 12, 12, fetch_request, fetch_response,
};

static const BaristaWireField list_offsets_request_partition[] = {
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "currentLeaderEpoch", BARISTA_WIRE_INT32, 4, .fallback = -1 },
  { "timestamp", BARISTA_WIRE_INT64, 0 },
  { NULL },
};

static const BaristaWireField list_offsets_request_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = list_offsets_request_partition },
  { NULL },
};

static const BaristaWireField list_offsets_request[] = {
  { "replicaId", BARISTA_WIRE_INT32, 0 },
  { "isolationLevel", BARISTA_WIRE_INT8, 2 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = list_offsets_request_topic },
  { NULL },
};

static const BaristaWireField list_offsets_response_partition[] = {
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "timestamp", BARISTA_WIRE_INT64, 1, .fallback = -1 },
  { "offset", BARISTA_WIRE_INT64, 1, .fallback = -1 },
  { "leaderEpoch", BARISTA_WIRE_INT32, 4, .fallback = -1 },
  { NULL },
};

static const BaristaWireField list_offsets_response_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = list_offsets_response_partition },
  { NULL },
};

static const BaristaWireField list_offsets_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 2 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = list_offsets_response_topic },
  { NULL },
};

const BaristaWireLayout barista_wire_list_offsets = {
  BARISTA_API_LIST_OFFSETS, "ListOffsets", 1, 9, 6, list_offsets_request, list_offsets_response,
};

static const BaristaWireField offset_for_leader_epoch_request_partition[] = {
  { "partition", BARISTA_WIRE_INT32, 0 },
  { "currentLeaderEpoch", BARISTA_WIRE_INT32, 2, .fallback = -1 },
  { "leaderEpoch", BARISTA_WIRE_INT32, 0 },
  { NULL },
};

static const BaristaWireField offset_for_leader_epoch_request_topic[] = {
  { "topic", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0,
    .element = offset_for_leader_epoch_request_partition },
  { NULL },
};

static const BaristaWireField offset_for_leader_epoch_request[] = {
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_for_leader_epoch_request_topic },
  { NULL },
};

static const BaristaWireField offset_for_leader_epoch_response_partition[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "partition", BARISTA_WIRE_INT32, 0 },
  { "leaderEpoch", BARISTA_WIRE_INT32, 1, .fallback = -1 },
  { "endOffset", BARISTA_WIRE_INT64, 0, .fallback = -1 },
  { NULL },
};

static const BaristaWireField offset_for_leader_epoch_response_topic[] = {
  { "topic", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0,
    .element = offset_for_leader_epoch_response_partition },
  { NULL },
};

static const BaristaWireField offset_for_leader_epoch_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 2 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_for_leader_epoch_response_topic },
  { NULL },
};

const BaristaWireLayout barista_wire_offset_for_leader_epoch = {
  BARISTA_API_OFFSET_FOR_LEADER_EPOCH, "OffsetForLeaderEpoch",           2, 2, -1,
  offset_for_leader_epoch_request,     offset_for_leader_epoch_response,
};
