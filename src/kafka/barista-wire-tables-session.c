/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-wire-private.h"

/* What a session begins with. Field by field as in Kafka's own message definitions. */

static const BaristaWireField sasl_handshake_request[] = {
  { "mechanism", BARISTA_WIRE_STRING, 0 },
  { NULL },
};

static const BaristaWireField sasl_handshake_response[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "mechanisms", BARISTA_WIRE_STRING_ARRAY, 0 },
  { NULL },
};

const BaristaWireLayout barista_wire_sasl_handshake = {
  BARISTA_API_SASL_HANDSHAKE, "SaslHandshake",         0, 1, -1,
  sasl_handshake_request,     sasl_handshake_response,
};

static const BaristaWireField api_versions_request[] = {
  { "clientSoftwareName", BARISTA_WIRE_STRING, 3 },
  { "clientSoftwareVersion", BARISTA_WIRE_STRING, 3 },
  { NULL },
};

static const BaristaWireField api_versions_response_api_key[] = {
  { "apiKey", BARISTA_WIRE_INT16, 0 },
  { "minVersion", BARISTA_WIRE_INT16, 0 },
  { "maxVersion", BARISTA_WIRE_INT16, 0 },
  { NULL },
};

static const BaristaWireField api_versions_response_supported_feature[] = {
  { "name", BARISTA_WIRE_STRING, 3 },
  { "minVersion", BARISTA_WIRE_INT16, 3 },
  { "maxVersion", BARISTA_WIRE_INT16, 3 },
  { NULL },
};

static const BaristaWireField api_versions_response_finalized_feature[] = {
  { "name", BARISTA_WIRE_STRING, 3 },
  { "maxVersionLevel", BARISTA_WIRE_INT16, 3 },
  { "minVersionLevel", BARISTA_WIRE_INT16, 3 },
  { NULL },
};

static const BaristaWireField api_versions_response[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "apiKeys", BARISTA_WIRE_STRUCT_ARRAY, 0, .element = api_versions_response_api_key },
  { "throttleTimeMs", BARISTA_WIRE_INT32, 1 },
  { "supportedFeatures", BARISTA_WIRE_STRUCT_ARRAY, 3, .tagged = TRUE, .tag = 0,
    .element = api_versions_response_supported_feature },
  { "finalizedFeaturesEpoch", BARISTA_WIRE_INT64, 3, .tagged = TRUE, .tag = 1, .fallback = -1 },
  { "finalizedFeatures", BARISTA_WIRE_STRUCT_ARRAY, 3, .tagged = TRUE, .tag = 2,
    .element = api_versions_response_finalized_feature },
  { "zkMigrationReady", BARISTA_WIRE_BOOLEAN, 3, .tagged = TRUE, .tag = 3 },
  { NULL },
};

const BaristaWireLayout barista_wire_api_versions = {
  BARISTA_API_API_VERSIONS, "ApiVersions", 0, 4, 3, api_versions_request, api_versions_response,
};

static const BaristaWireField sasl_authenticate_request[] = {
  { "authBytes", BARISTA_WIRE_BYTES, 0 },
  { NULL },
};

static const BaristaWireField sasl_authenticate_response[] = {
  { "errorCode", BARISTA_WIRE_INT16, 0 },
  { "errorMessage", BARISTA_WIRE_STRING, 0, .null_since = BARISTA_WIRE_NULL_ALWAYS },
  { "authBytes", BARISTA_WIRE_BYTES, 0 },
  { "sessionLifetimeMs", BARISTA_WIRE_INT64, 1 },
  { NULL },
};

const BaristaWireLayout barista_wire_sasl_authenticate = {
  BARISTA_API_SASL_AUTHENTICATE, "SaslAuthenticate",         0, 2, 2,
  sasl_authenticate_request,     sasl_authenticate_response,
};
