/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-wire-private.h"

/* What a broker says of itself and its topics. */

static const BaristaWireField metadata_request_topic[] = {
  { "topicId", BARISTA_WIRE_UUID, 10 },
  { "name", BARISTA_WIRE_STRING, 0, .null_since = 10 },
  { NULL },
};

static const BaristaWireField metadata_request[] = {
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS,
    .element = metadata_request_topic },
  { "allowAutoTopicCreation", BARISTA_WIRE_BOOLEAN, 4, .fallback = 1 },
  { "includeClusterAuthorizedOperations", BARISTA_WIRE_BOOLEAN, 8, .removed = 11 },
  { "includeTopicAuthorizedOperations", BARISTA_WIRE_BOOLEAN, 8 },
  { NULL },
};

static const BaristaWireField metadata_response_broker[] = {
  { "nodeId", BARISTA_WIRE_INT32, 0 },
  { "host", BARISTA_WIRE_STRING, 0 },
  { "port", BARISTA_WIRE_INT32, 0 },
  { "rack", BARISTA_WIRE_STRING, 1, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField metadata_response_partition[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "partitionIndex", BARISTA_WIRE_INT32, 0 },
  { "leaderId", BARISTA_WIRE_INT32, 0 },
  { "leaderEpoch", BARISTA_WIRE_INT32, 7, .fallback = -1 },
  { "replicaNodes", BARISTA_WIRE_INT32_ARRAY, 0 },
  { "isrNodes", BARISTA_WIRE_INT32_ARRAY, 0 },
  { "offlineReplicas", BARISTA_WIRE_INT32_ARRAY, 5 },
  { NULL },
};

static const BaristaWireField metadata_response_topic[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "name", BARISTA_WIRE_STRING, 0, .null_since = 12 },
  { "topicId", BARISTA_WIRE_UUID, 10 },
  { "isInternal", BARISTA_WIRE_BOOLEAN, 1 },
  { "partitions", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = metadata_response_partition },
  { "topicAuthorizedOperations", BARISTA_WIRE_INT32, 8, .fallback = G_MININT32 },
  { NULL },
};

static const BaristaWireField metadata_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 3 },
  { "brokers", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = metadata_response_broker },
  { "clusterId", BARISTA_WIRE_STRING, 2, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "controllerId", BARISTA_WIRE_INT32, 1, .fallback = -1 },
  { "topics", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = metadata_response_topic },
  { "clusterAuthorizedOperations", BARISTA_WIRE_INT32, 8, .removed = 11, .fallback = G_MININT32 },
  { NULL },
};

const BaristaWireLayout barista_wire_metadata = {
  BARISTA_API_METADATA, "Metadata", 1, 12, 9, metadata_request, metadata_response,
};

static const BaristaWireField describe_configs_request_resource[] = {
  { "resourceType", BARISTA_WIRE_INT8, 0 },
  { "resourceName", BARISTA_WIRE_STRING, 0 },
  { "configurationKeys", BARISTA_WIRE_STRING_ARRAY, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField describe_configs_request[] = {
  { "resources", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = describe_configs_request_resource },
  { "includeSynonyms", BARISTA_WIRE_BOOLEAN, 1 },
  { "includeDocumentation", BARISTA_WIRE_BOOLEAN, 3 },
  { NULL },
};

static const BaristaWireField describe_configs_response_synonym[] = {
  { "name", BARISTA_WIRE_STRING, 1 },
  { "value", BARISTA_WIRE_STRING, 1, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "source", BARISTA_WIRE_INT8, 1 },
  { NULL },
};

static const BaristaWireField describe_configs_response_config[] = {
  { "name", BARISTA_WIRE_STRING, 0 },
  { "value", BARISTA_WIRE_STRING, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "readOnly", BARISTA_WIRE_BOOLEAN, 0 },
  { "isDefault", BARISTA_WIRE_BOOLEAN, 0, .removed = 1 },
  { "configSource", BARISTA_WIRE_INT8, 1, .fallback = -1 },
  { "isSensitive", BARISTA_WIRE_BOOLEAN, 0 },
  { "synonyms", BARISTA_WIRE_STRUCT_ARRAY, 1, .element = describe_configs_response_synonym },
  { "configType", BARISTA_WIRE_INT8, 3 },
  { "documentation", BARISTA_WIRE_STRING, 3, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { NULL },
};

static const BaristaWireField describe_configs_response_result[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "errorMessage", BARISTA_WIRE_STRING, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "resourceType", BARISTA_WIRE_INT8, 0 },
  { "resourceName", BARISTA_WIRE_STRING, 0 },
  { "configs", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = describe_configs_response_config },
  { NULL },
};

static const BaristaWireField describe_configs_response[] = {
  { "throttleTimeMs", BARISTA_WIRE_INT32, 0 },
  { "results", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = describe_configs_response_result },
  { NULL },
};

const BaristaWireLayout barista_wire_describe_configs = {
  BARISTA_API_DESCRIBE_CONFIGS, "DescribeConfigs",         0, 4, 4,
  describe_configs_request,     describe_configs_response,
};
