/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-wire-private.h"

static const BaristaWireLayout *const layouts[] = {
  &barista_wire_api_versions,
  &barista_wire_sasl_handshake,
  &barista_wire_sasl_authenticate,
  &barista_wire_metadata,
  &barista_wire_describe_configs,
  &barista_wire_fetch,
  &barista_wire_produce,
  &barista_wire_list_offsets,
  &barista_wire_offset_for_leader_epoch,
  &barista_wire_find_coordinator,
  &barista_wire_offset_fetch,
  &barista_wire_offset_commit,
  &barista_wire_join_group,
  &barista_wire_sync_group,
  &barista_wire_heartbeat,
  &barista_wire_leave_group,
  &barista_wire_list_groups,
  &barista_wire_delete_groups,
};

/* Every API that Kafka has named, so that a broker's table of them can be shown in words. */
static const char *const api_names[] = {
  [0] = "Produce",
  [1] = "Fetch",
  [2] = "ListOffsets",
  [3] = "Metadata",
  [4] = "LeaderAndIsr",
  [5] = "StopReplica",
  [6] = "UpdateMetadata",
  [7] = "ControlledShutdown",
  [8] = "OffsetCommit",
  [9] = "OffsetFetch",
  [10] = "FindCoordinator",
  [11] = "JoinGroup",
  [12] = "Heartbeat",
  [13] = "LeaveGroup",
  [14] = "SyncGroup",
  [15] = "DescribeGroups",
  [16] = "ListGroups",
  [17] = "SaslHandshake",
  [18] = "ApiVersions",
  [19] = "CreateTopics",
  [20] = "DeleteTopics",
  [21] = "DeleteRecords",
  [22] = "InitProducerId",
  [23] = "OffsetForLeaderEpoch",
  [24] = "AddPartitionsToTxn",
  [25] = "AddOffsetsToTxn",
  [26] = "EndTxn",
  [27] = "WriteTxnMarkers",
  [28] = "TxnOffsetCommit",
  [29] = "DescribeAcls",
  [30] = "CreateAcls",
  [31] = "DeleteAcls",
  [32] = "DescribeConfigs",
  [33] = "AlterConfigs",
  [34] = "AlterReplicaLogDirs",
  [35] = "DescribeLogDirs",
  [36] = "SaslAuthenticate",
  [37] = "CreatePartitions",
  [38] = "CreateDelegationToken",
  [39] = "RenewDelegationToken",
  [40] = "ExpireDelegationToken",
  [41] = "DescribeDelegationToken",
  [42] = "DeleteGroups",
  [43] = "ElectLeaders",
  [44] = "IncrementalAlterConfigs",
  [45] = "AlterPartitionReassignments",
  [46] = "ListPartitionReassignments",
  [47] = "OffsetDelete",
  [48] = "DescribeClientQuotas",
  [49] = "AlterClientQuotas",
  [50] = "DescribeUserScramCredentials",
  [51] = "AlterUserScramCredentials",
  [55] = "DescribeQuorum",
  [57] = "UpdateFeatures",
  [60] = "DescribeCluster",
  [61] = "DescribeProducers",
  [64] = "UnregisterBroker",
  [65] = "DescribeTransactions",
  [66] = "ListTransactions",
  [68] = "ConsumerGroupHeartbeat",
  [69] = "ConsumerGroupDescribe",
  [71] = "GetTelemetrySubscriptions",
  [72] = "PushTelemetry",
  [74] = "ListClientMetricsResources",
  [75] = "DescribeTopicPartitions",
};

/**
 * barista_wire_layout:
 * @api: an API's number, as a peer may have sent it
 *
 * Returns: (nullable): its layout; %NULL if Barista doesn't speak it
 */
const BaristaWireLayout *
barista_wire_layout (BaristaApi api)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i]->api == api)
      return layouts[i];

  return NULL;
}

const BaristaWireLayout *const *
barista_wire_layouts (guint *n)
{
  *n = G_N_ELEMENTS (layouts);
  return layouts;
}

/**
 * barista_api_to_string:
 * @api_key: any number
 *
 * Returns: Kafka's name of the API, or such as "API 77"; valid for the life of the program
 */
const char *
barista_api_to_string (gint16 api_key)
{
  g_autofree char *text = NULL;

  if (api_key >= 0 && api_key < (int) G_N_ELEMENTS (api_names) && api_names[api_key] != NULL)
    return api_names[api_key];

  text = g_strdup_printf ("API %d", api_key);
  return g_intern_string (text);
}

gboolean
barista_wire_layout_is_flexible (const BaristaWireLayout *layout, gint16 version)
{
  return layout->flexible_since >= 0 && version >= layout->flexible_since;
}

/* A client that asks with ApiVersions does not know yet what the broker understands, so that its
 * answer keeps the old header in every version. */
gboolean
barista_wire_header_is_flexible (const BaristaWireLayout *layout,
                                 BaristaWireKind kind,
                                 gint16 version)
{
  if (kind == BARISTA_WIRE_RESPONSE && layout->api == BARISTA_API_API_VERSIONS)
    return FALSE;

  return barista_wire_layout_is_flexible (layout, version);
}
