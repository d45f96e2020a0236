/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-wire-private.h"

/* Consumer groups and their offsets. */

static const BaristaWireField offset_commit_request_partition[] = {
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "committedOffset", BARISTA_WIRE_INT64, 0 },
  { "committedLeaderEpoch", BARISTA_WIRE_INT32, 6, .fallback = -1 },
  { "committedMetadata", BARISTA_WIRE_STRING, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS,
    .free_text = TRUE },
  { NULL },
};

static const BaristaWireField offset_commit_request_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_commit_request_partition },
  { NULL },
};

static const BaristaWireField offset_commit_request[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "generationIdOrMemberEpoch", BARISTA_WIRE_INT32, 1, .fallback = -1 },
  { "memberId", BARISTA_WIRE_STRING, 1 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 7, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "retentionTimeMs", BARISTA_WIRE_INT64, 2, .removed = 5, .fallback = -1 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_commit_request_topic },
  { NULL },
};

static const BaristaWireField offset_commit_response_partition[] = {
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { NULL },
};

static const BaristaWireField offset_commit_response_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_commit_response_partition },
  { NULL },
};

static const BaristaWireField offset_commit_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 3 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_commit_response_topic },
  { NULL },
};

const BaristaWireLayout barista_wire_offset_commit = {
  BARISTA_API_OFFSET_COMMIT, "OffsetCommit", 2, 8, 8, offset_commit_request, offset_commit_response,
};

static const BaristaWireField offset_fetch_request_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitionIndexes", BARISTA_WIRE_INT32_ARRAY, 0 },
  { NULL },
};

static const BaristaWireField offset_fetch_request[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .null_since = 2,
    .element = offset_fetch_request_topic },
  { "requireStable", BARISTA_WIRE_BOOLEAN, 7 },
  { NULL },
};

static const BaristaWireField offset_fetch_response_partition[] = {
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "committedOffset", BARISTA_WIRE_INT64, 0 },
  { "committedLeaderEpoch", BARISTA_WIRE_INT32, 5, .fallback = -1 },
  { "metadata", BARISTA_WIRE_STRING, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS, .free_text = TRUE },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { NULL },
};

static const BaristaWireField offset_fetch_response_topic[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_fetch_response_partition },
  { NULL },
};

static const BaristaWireField offset_fetch_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 3 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = offset_fetch_response_topic },
  { "errorCode", BARISTA_WIRE_INT16, 2 },
  { NULL },
};

const BaristaWireLayout barista_wire_offset_fetch = {
  BARISTA_API_OFFSET_FETCH, "OffsetFetch", 1, 7, 6, offset_fetch_request, offset_fetch_response,
};

static const BaristaWireField find_coordinator_request[] = {
  { "key", BARISTA_WIRE_STRING, 0, .removed = 4 },
  { "keyType", BARISTA_WIRE_INT8, 1 },
  { "coordinatorKeys", BARISTA_WIRE_STRING_ARRAY, 4 },
  { NULL },
};

static const BaristaWireField find_coordinator_response_coordinator[] = {
  { "key", BARISTA_WIRE_STRING, 4 },
  { "nodeId", BARISTA_WIRE_INT32, 4 },
  { "host", BARISTA_WIRE_STRING, 4 },
  { "port", BARISTA_WIRE_INT32, 4 },
  { "errorCode", BARISTA_WIRE_INT16, 4 },
  { "errorMessage", BARISTA_WIRE_STRING, 4, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField find_coordinator_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "errorCode", BARISTA_WIRE_INT16, 0, .removed = 4 },
  { "errorMessage", BARISTA_WIRE_STRING, 1, .removed = 4, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "nodeId", BARISTA_WIRE_INT32, 0, .removed = 4 },
  { "host", BARISTA_WIRE_STRING, 0, .removed = 4 },
  { "port", BARISTA_WIRE_INT32, 0, .removed = 4 },
  { "coordinators", BARISTA_WIRE_STRUCT_ARRAY, 4,
    .element = find_coordinator_response_coordinator },
  { NULL },
};

const BaristaWireLayout barista_wire_find_coordinator = {
  BARISTA_API_FIND_COORDINATOR, "FindCoordinator",         0, 4, 3,
  find_coordinator_request,     find_coordinator_response,
};

static const BaristaWireField join_group_request_protocol[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "metadata", BARISTA_WIRE_BYTES, 0 },
  { NULL },
};

static const BaristaWireField join_group_request[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "sessionTimeoutMs", BARISTA_WIRE_INT32, 0 },
  { "rebalanceTimeoutMs", BARISTA_WIRE_INT32, 1, .fallback = -1 },
  { "memberId", BARISTA_WIRE_STRING, 0 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "protocolType", BARISTA_WIRE_STRING, 0 },
  { "protocols", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = join_group_request_protocol },
  { "reason", BARISTA_WIRE_STRING, 8, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField join_group_response_member[] = {
  { "memberId", BARISTA_WIRE_STRING, 0 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "metadata", BARISTA_WIRE_BYTES, 0 },
  { NULL },
};

static const BaristaWireField join_group_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 2 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "generationId", BARISTA_WIRE_INT32, 0, .fallback = -1 },
  { "protocolType", BARISTA_WIRE_STRING, 7, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "protocolName", BARISTA_WIRE_STRING, 0, .null_since = 7 },
  { "leader", BARISTA_WIRE_STRING, 0 },
  { "skipAssignment", BARISTA_WIRE_BOOLEAN, 9 },
  { "memberId", BARISTA_WIRE_STRING, 0 },
  { "members", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = join_group_response_member },
  { NULL },
};

const BaristaWireLayout barista_wire_join_group = {
  BARISTA_API_JOIN_GROUP, "JoinGroup", 0, 9, 6, join_group_request, join_group_response,
};

static const BaristaWireField heartbeat_request[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "generationId", BARISTA_WIRE_INT32, 0 },
  { "memberId", BARISTA_WIRE_STRING, 0 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 3, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField heartbeat_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { NULL },
};

const BaristaWireLayout barista_wire_heartbeat = {
  BARISTA_API_HEARTBEAT, "Heartbeat", 0, 4, 4, heartbeat_request, heartbeat_response,
};

static const BaristaWireField leave_group_request_member[] = {
  { "memberId", BARISTA_WIRE_STRING, 3 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 3, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "reason", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField leave_group_request[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "memberId", BARISTA_WIRE_STRING, 0, .removed = 3 },
  { "members", BARISTA_WIRE_STRUCT_ARRAY, 3, .element = leave_group_request_member },
  { NULL },
};

static const BaristaWireField leave_group_response_member[] = {
  { "memberId", BARISTA_WIRE_STRING, 3 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 3, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "errorCode", BARISTA_WIRE_INT16, 3 },
  { NULL },
};

static const BaristaWireField leave_group_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "members", BARISTA_WIRE_STRUCT_ARRAY, 3, .element = leave_group_response_member },
  { NULL },
};

const BaristaWireLayout barista_wire_leave_group = {
  BARISTA_API_LEAVE_GROUP, "LeaveGroup", 0, 5, 4, leave_group_request, leave_group_response,
};

static const BaristaWireField sync_group_request_assignment[] = {
  { "memberId", BARISTA_WIRE_STRING, 0 },
  { "assignment", BARISTA_WIRE_BYTES, 0 },
  { NULL },
};

static const BaristaWireField sync_group_request[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "generationId", BARISTA_WIRE_INT32, 0 },
  { "memberId", BARISTA_WIRE_STRING, 0 },
  { "groupInstanceId", BARISTA_WIRE_STRING, 3, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "protocolType", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "protocolName", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "assignments", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = sync_group_request_assignment },
  { NULL },
};

static const BaristaWireField sync_group_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "protocolType", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "protocolName", BARISTA_WIRE_STRING, 5, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "assignment", BARISTA_WIRE_BYTES, 0 },
  { NULL },
};

const BaristaWireLayout barista_wire_sync_group = {
  BARISTA_API_SYNC_GROUP, "SyncGroup", 0, 5, 4, sync_group_request, sync_group_response,
};

static const BaristaWireField list_groups_request[] = {
  { "statesFilter", BARISTA_WIRE_STRING_ARRAY, 4 },
  { "typesFilter", BARISTA_WIRE_STRING_ARRAY, 5 },
  { NULL },
};

static const BaristaWireField list_groups_response_group[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "protocolType", BARISTA_WIRE_STRING, 0 },
  { "groupState", BARISTA_WIRE_STRING, 4 },
  { "groupType", BARISTA_WIRE_STRING, 5 },
  { NULL },
};

static const BaristaWireField list_groups_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "groups", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = list_groups_response_group },
  { NULL },
};

const BaristaWireLayout barista_wire_list_groups = {
  BARISTA_API_LIST_GROUPS, "ListGroups", 0, 5, 3, list_groups_request, list_groups_response,
};

static const BaristaWireField delete_groups_request[] = {
  { "groupsNames", BARISTA_WIRE_STRING_ARRAY, 0 },
  { NULL },
};

static const BaristaWireField delete_groups_response_result[] = {
  { "groupId", BARISTA_WIRE_STRING, 0 },
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { NULL },
};

static const BaristaWireField delete_groups_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 0 },
  { "results", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = delete_groups_response_result },
  { NULL },
};

const BaristaWireLayout barista_wire_delete_groups = {
  BARISTA_API_DELETE_GROUPS, "DeleteGroups", 0, 2, 2, delete_groups_request, delete_groups_response,
};
