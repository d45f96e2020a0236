/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"

G_BEGIN_DECLS

guint barista_practice_avro_branch (const BaristaAvroNode *schema, JsonNode *datum);
void barista_practice_avro_append (GByteArray *out, const BaristaAvroNode *schema, JsonNode *datum);
GBytes *barista_practice_avro_encode (const BaristaAvroNode *schema, guint32 id, JsonNode *datum);

G_END_DECLS
