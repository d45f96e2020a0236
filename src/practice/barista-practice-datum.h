/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"

G_BEGIN_DECLS

/* A document as a datum: what the gateway's encoder decides before a byte is written. */
JsonNode *barista_practice_datum_new (const BaristaAvroNode *schema, JsonNode *document);
/* As barista_avro_value_append_json() would print it once it was encoded and read back. */
void
barista_practice_datum_append_json (const BaristaAvroNode *schema, JsonNode *datum, GString *json);
/* @object: (transfer full) */
JsonNode *barista_practice_take_object (JsonObject *object);

G_END_DECLS
