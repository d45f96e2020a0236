/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-company.h"

/* The tables below read as (name, shape, ...). Between them they have every shape of dekaf.md 3.3.
 * Where deletion documents hold the key alone, all other fields are optional or have a default: else
 * such a document would break the collection's own schema. */

#define OPTIONAL .optional = TRUE
#define ELEMENT(e) .element = e

static const BaristaPracticeField text[] = { { "", BARISTA_SHAPE_STRING } };
static const BaristaPracticeField flag[] = { { "", BARISTA_SHAPE_BOOLEAN } };
static const BaristaPracticeField amount[] = { { "", BARISTA_SHAPE_DOUBLE } };
static const BaristaPracticeField anything[] = { { "", BARISTA_SHAPE_JSON, OPTIONAL } };

static const BaristaPracticeField address_fields[] = {
  { "city", BARISTA_SHAPE_STRING, OPTIONAL },
  { "country", BARISTA_SHAPE_STRING, OPTIONAL },
  { "postal_code", BARISTA_SHAPE_STRING, OPTIONAL },
  { "street", BARISTA_SHAPE_STRING, OPTIONAL },
  { NULL },
};

static const BaristaPracticeField shipping_fields[] = {
  { "address", BARISTA_SHAPE_RECORD, OPTIONAL, ELEMENT (address_fields) },
  { "carrier", BARISTA_SHAPE_STRING, OPTIONAL },
  { "tracking_codes", BARISTA_SHAPE_ARRAY, OPTIONAL, ELEMENT (text) },
  { NULL },
};

static const BaristaPracticeField item_fields[] = {
  { "price", BARISTA_SHAPE_DOUBLE },
  { "quantity", BARISTA_SHAPE_LONG },
  { "sku", BARISTA_SHAPE_STRING },
  { NULL },
};

static const BaristaPracticeField items[] = { { "", BARISTA_SHAPE_RECORD, ELEMENT (item_fields) } };

static const char *const orders_key[] = { "id", NULL };
static const BaristaPracticeField orders_fields[] = {
  { "id", BARISTA_SHAPE_LONG },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "channel", BARISTA_SHAPE_STRING, OPTIONAL },
  { "currency", BARISTA_SHAPE_STRING, .fallback = "\"EUR\"" },
  { "customer_id", BARISTA_SHAPE_LONG, OPTIONAL },
  { "discount", BARISTA_SHAPE_DOUBLE, OPTIONAL },
  { "flow_published_at", BARISTA_SHAPE_JSON, OPTIONAL },
  { "gift", BARISTA_SHAPE_BOOLEAN, OPTIONAL },
  { "items", BARISTA_SHAPE_ARRAY, OPTIONAL, ELEMENT (items) },
  { "note", BARISTA_SHAPE_STRING, OPTIONAL },
  { "paid_at", BARISTA_SHAPE_TIMESTAMP, OPTIONAL },
  { "payment_reference", BARISTA_SHAPE_UUID, OPTIONAL },
  { "placed_at", BARISTA_SHAPE_TIMESTAMP, OPTIONAL },
  { "promised_on", BARISTA_SHAPE_DATE, OPTIONAL },
  { "shipping", BARISTA_SHAPE_RECORD, OPTIONAL, .extra = TRUE, ELEMENT (shipping_fields) },
  { "status", BARISTA_SHAPE_STRING, OPTIONAL },
  { "tags", BARISTA_SHAPE_ARRAY, OPTIONAL, ELEMENT (text) },
  { "total", BARISTA_SHAPE_DOUBLE, OPTIONAL },
  { NULL },
};

static const char *const customers_key[] = { "customer_id", NULL };
static const BaristaPracticeField customers_fields[] = {
  { "customer_id", BARISTA_SHAPE_LONG },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "address", BARISTA_SHAPE_RECORD, OPTIONAL, .extra = TRUE, ELEMENT (address_fields) },
  { "birthday", BARISTA_SHAPE_DATE, OPTIONAL },
  { "consents", BARISTA_SHAPE_MAP, OPTIONAL, ELEMENT (flag) },
  { "email", BARISTA_SHAPE_STRING, OPTIONAL },
  { "flow_published_at", BARISTA_SHAPE_JSON, OPTIONAL },
  /* integer, or string with format integer: becomes a string of digits */
  { "loyalty_points", BARISTA_SHAPE_STRING, OPTIONAL },
  { "name", BARISTA_SHAPE_STRING, OPTIONAL },
  { "phones", BARISTA_SHAPE_ARRAY, OPTIONAL, ELEMENT (text) },
  { "preferences", BARISTA_SHAPE_JSON, OPTIONAL },
  { "signed_up_at", BARISTA_SHAPE_TIMESTAMP, OPTIONAL },
  { NULL },
};

static const BaristaPracticeField dimension_fields[] = {
  { "depth_cm", BARISTA_SHAPE_DOUBLE },
  { "height_cm", BARISTA_SHAPE_DOUBLE },
  { "width_cm", BARISTA_SHAPE_DOUBLE },
  { NULL },
};

static const char *const products_key[] = { "sku", NULL };
static const BaristaPracticeField products_fields[] = {
  { "sku", BARISTA_SHAPE_STRING },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "active", BARISTA_SHAPE_BOOLEAN },
  { "attributes", BARISTA_SHAPE_MAP, ELEMENT (text) },
  { "category", BARISTA_SHAPE_STRING },
  { "created_at", BARISTA_SHAPE_TIMESTAMP },
  { "dimensions", BARISTA_SHAPE_RECORD, OPTIONAL, ELEMENT (dimension_fields) },
  { "flow_published_at", BARISTA_SHAPE_JSON, OPTIONAL },
  { "labels", BARISTA_SHAPE_ARRAY, ELEMENT (text) },
  { "list_price", BARISTA_SHAPE_DOUBLE },
  { "name", BARISTA_SHAPE_STRING },
  { "nutrition", BARISTA_SHAPE_MAP, OPTIONAL, ELEMENT (amount) },
  { "origin", BARISTA_SHAPE_JSON, OPTIONAL },
  { "stock", BARISTA_SHAPE_LONG },
  /* a string with format number stays one */
  { "weight_kg", BARISTA_SHAPE_STRING },
  { NULL },
};

static const char *const order_lines_key[] = { "order_id", "line", NULL };
static const BaristaPracticeField order_lines_fields[] = {
  { "order_id", BARISTA_SHAPE_LONG },
  { "line", BARISTA_SHAPE_LONG },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "amount", BARISTA_SHAPE_DOUBLE, OPTIONAL },
  { "flow_published_at", BARISTA_SHAPE_JSON, OPTIONAL },
  { "quantity", BARISTA_SHAPE_LONG, OPTIONAL },
  { "returned", BARISTA_SHAPE_BOOLEAN, OPTIONAL },
  { "sku", BARISTA_SHAPE_STRING, OPTIONAL },
  { NULL },
};

static const BaristaPracticeField document_meta_fields[] = {
  { "op", BARISTA_SHAPE_STRING },
  { NULL },
};

/* flow_document: the whole of it once more, as a record */
static const BaristaPracticeField count_fields[] = {
  { "_meta", BARISTA_SHAPE_RECORD, .extra = TRUE, ELEMENT (document_meta_fields) },
  { "counted_by", BARISTA_SHAPE_STRING, OPTIONAL },
  { "counted_on", BARISTA_SHAPE_DATE },
  { "quantity", BARISTA_SHAPE_LONG, OPTIONAL },
  { "sku", BARISTA_SHAPE_STRING },
  { "warehouse", BARISTA_SHAPE_STRING },
  { NULL },
};

static const char *const inventory_key[] = { "warehouse", "sku", "counted_on", NULL };
static const BaristaPracticeField inventory_fields[] = {
  { "warehouse", BARISTA_SHAPE_STRING },
  { "sku", BARISTA_SHAPE_STRING },
  { "counted_on", BARISTA_SHAPE_DATE },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "counted_by", BARISTA_SHAPE_STRING, OPTIONAL },
  { "quantity", BARISTA_SHAPE_LONG, OPTIONAL },
  { "flow_document", BARISTA_SHAPE_RECORD, .extra = TRUE, ELEMENT (count_fields) },
  { NULL },
};

static const char *const sessions_key[] = { "session_id", NULL };
static const BaristaPracticeField sessions_fields[] = {
  { "session_id", BARISTA_SHAPE_UUID },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "active_for", BARISTA_SHAPE_DURATION },
  { "events", BARISTA_SHAPE_ARRAY, OPTIONAL, ELEMENT (anything) },
  { "flow_published_at", BARISTA_SHAPE_JSON, OPTIONAL },
  { "idle_for", BARISTA_SHAPE_DURATION, OPTIONAL },
  { "landing_page", BARISTA_SHAPE_STRING },
  { "referrer", BARISTA_SHAPE_STRING, OPTIONAL },
  { "scores", BARISTA_SHAPE_ARRAY, ELEMENT (amount) },
  { "started_at", BARISTA_SHAPE_TIMESTAMP },
  { "utm", BARISTA_SHAPE_MAP, OPTIONAL, ELEMENT (text) },
  /* integer or string */
  { "visitor", BARISTA_SHAPE_JSON },
  { NULL },
};

static const BaristaPracticeField meta_fields[] = {
  { "op", BARISTA_SHAPE_STRING },
  { NULL },
};

static const char *const example_key[] = { "_id", NULL };
static const BaristaPracticeField example_fields[] = {
  { "_id", BARISTA_SHAPE_STRING },
  { "_meta", BARISTA_SHAPE_RECORD, ELEMENT (meta_fields) },
  { "example", BARISTA_SHAPE_STRING, OPTIONAL },
  { NULL },
};

static const char *const shelf_key[] = { "sku", NULL };
static const BaristaPracticeField shelf_fields[] = {
  { "sku", BARISTA_SHAPE_STRING },
  { "_meta_op", BARISTA_SHAPE_STRING },
  { "moved_at", BARISTA_SHAPE_TIMESTAMP, OPTIONAL },
  { "quantity", BARISTA_SHAPE_LONG, OPTIONAL },
  { NULL },
};

const BaristaPracticeCollection barista_practice_company[BARISTA_N_COLLECTIONS] = {
  [BARISTA_COLLECTION_ORDERS] = { "acmeCo/orders", 3, 1, .key = orders_key,
                                  .fields = orders_fields },
  [BARISTA_COLLECTION_CUSTOMERS] = { "acmeCo/customers", 2, 1, .key = customers_key,
                                     .fields = customers_fields },
  [BARISTA_COLLECTION_EXAMPLE] = { "acmeCo/example", 1, 1, .nested_meta = TRUE, .key = example_key,
                                   .fields = example_fields },
  [BARISTA_COLLECTION_PRODUCTS] = { "acmeCo/products", 1, 2, .whole_deletions = TRUE,
                                    .key = products_key, .fields = products_fields },
  [BARISTA_COLLECTION_ORDER_LINES] = { "acmeCo/order_lines", 2, 1, .key = order_lines_key,
                                       .fields = order_lines_fields },
  [BARISTA_COLLECTION_INVENTORY] = { "acmeCo/inventory", 1, 1, .key = inventory_key,
                                     .fields = inventory_fields },
  [BARISTA_COLLECTION_SESSIONS] = { "acmeCo/sessions", 1, 1, .first_offset = 4 * 1024 * 1024,
                                    .whole_deletions = TRUE, .key = sessions_key,
                                    .fields = sessions_fields },
};

const BaristaPracticeCollection barista_practice_shelf = { "acmeCo/warehouse", 1, 1,
                                                           .key = shelf_key,
                                                           .fields = shelf_fields };
