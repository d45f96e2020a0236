/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-story-private.h"
#include "barista-practice-words.h"

#include <math.h>

/* What the documents of the company are like and how they change. Dates are days and times
 * microseconds since 1970, durations [months, days, milliseconds]: see barista-practice-datum.c. */

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

#define below barista_practice_story_below
#define chance barista_practice_story_chance
#define pick barista_practice_story_pick

static double
money (BaristaPracticeStory *self, guint least_cents, guint most_cents)
{
  return (least_cents + below (self, most_cents - least_cents)) / 100.0;
}

static gint64
now_us (BaristaPracticeStory *self)
{
  return self->now_ms * 1000;
}

static gint64
today (BaristaPracticeStory *self)
{
  return self->now_ms / DAY_MS;
}

/* A random (version 4) UUID. */
static char *
uuid (BaristaPracticeStory *self)
{
  guint32 a = g_rand_int (self->rand), b = g_rand_int (self->rand), c = g_rand_int (self->rand),
          d = g_rand_int (self->rand);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff,
                          0x8000 | (c >> 18), c & 0xffff, d);
}

static void
set_uuid (BaristaPracticeStory *self, JsonObject *object, const char *name)
{
  g_autofree char *text = uuid (self);

  json_object_set_string_member (object, name, text);
}

static void
set_json (JsonObject *object, const char *name, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  json_object_set_member (object, name, json_node_copy (node));
}

static JsonArray *
some_words (BaristaPracticeStory *self, const char *const *words, guint most)
{
  JsonArray *array = json_array_new ();

  for (guint n = below (self, most + 1); n > 0; n--)
    json_array_add_string_element (array, pick (self, words));
  return array;
}

/* One that others may refer to. */
static JsonObject *
pick_open (BaristaPracticeStory *self, BaristaPracticeCollectionId collection)
{
  GPtrArray *open = self->open[collection];

  return g_ptr_array_index (open, below (self, open->len));
}

static JsonObject *
address (BaristaPracticeStory *self)
{
  JsonObject *object = json_object_new ();
  guint place = below (self, g_strv_length ((char **) barista_practice_cities));
  guint number = 1 + below (self, 180);
  g_autofree char *street = g_strdup_printf ("%s %u", pick (self, barista_practice_streets),
                                             number);
  g_autofree char *code = g_strdup_printf ("%05u", 1000 + below (self, 90000));

  json_object_set_string_member (object, "city", barista_practice_cities[place]);
  json_object_set_string_member (object, "country", barista_practice_countries[place]);
  json_object_set_string_member (object, "postal_code", code);
  if (chance (self, 85))
    json_object_set_string_member (object, "street", street);
  return object;
}

static void
add_product (BaristaPracticeStory *self)
{
  guint id = self->next_id[BARISTA_COLLECTION_PRODUCTS]++;
  JsonObject *product = json_object_new ();
  JsonObject *attributes = json_object_new ();
  const char *origin = pick (self, barista_practice_origins);
  g_autofree char *sku = g_strdup_printf ("BEAN-%03u", 100 + id);
  g_autofree char *name = g_strdup_printf ("%s %s", origin, pick (self, barista_practice_roasts));
  guint quarters = 1 + below (self, 7);
  g_autofree char *weight = g_strdup_printf ("%u.%02u", quarters / 4, 25 * (quarters % 4));

  json_object_set_string_member (product, "sku", sku);
  json_object_set_boolean_member (product, "active", TRUE);
  json_object_set_string_member (attributes, "grind", pick (self, barista_practice_grinds));
  json_object_set_string_member (attributes, "process", pick (self, barista_practice_processes));
  json_object_set_object_member (product, "attributes", attributes);
  json_object_set_string_member (product, "category", chance (self, 80) ? "coffee" : "equipment");
  json_object_set_int_member (product, "created_at", now_us (self));
  json_object_set_array_member (product, "labels", some_words (self, barista_practice_labels, 3));
  json_object_set_double_member (product, "list_price", money (self, 690, 2900));
  json_object_set_string_member (product, "name", name);
  json_object_set_int_member (product, "stock", 20 + below (self, 400));
  json_object_set_string_member (product, "weight_kg", weight);
  set_json (product, "origin",
            chance (self, 50) ? "{\"farm\":\"Finca Esperanza\",\"altitude_m\":1850}" : "\"blend\"");
  if (chance (self, 60))
    {
      set_json (product, "dimensions", "{\"depth_cm\":7.5,\"height_cm\":24,\"width_cm\":11.5}");
      set_json (product, "nutrition", "{\"caffeine_mg\":95,\"energy_kcal\":2.4}");
    }
  barista_practice_story_create (self, BARISTA_COLLECTION_PRODUCTS, product);
}

static void
change_product (BaristaPracticeStory *self, JsonObject *product)
{
  json_object_set_double_member (product, "list_price", money (self, 690, 2900));
  json_object_set_int_member (product, "stock", below (self, 400));
  json_object_set_boolean_member (product, "active", chance (self, 90));
}

static void
add_customer (BaristaPracticeStory *self)
{
  guint id = 1001 + self->next_id[BARISTA_COLLECTION_CUSTOMERS]++;
  JsonObject *customer = json_object_new (), *consents = json_object_new ();
  JsonObject *home = address (self);
  JsonArray *phones = json_array_new ();
  const char *first = pick (self, barista_practice_first_names);
  const char *last = pick (self, barista_practice_last_names);
  g_autofree char *name = g_strdup_printf ("%s %s", first, last);
  g_autofree char *email = g_strdup_printf ("customer%u@example.com", id);
  g_autofree char *points = g_strdup_printf ("%u", below (self, 5000));
  g_autofree char *phone = g_strdup_printf ("+49 30 5550%03u", below (self, 1000));

  json_object_set_int_member (customer, "customer_id", id);
  if (chance (self, 20))
    json_object_set_string_member (home, "door", "2nd floor");
  json_object_set_object_member (customer, "address", home);
  if (chance (self, 60))
    json_object_set_int_member (customer, "birthday", -7300 + (gint64) below (self, 20000));
  json_object_set_boolean_member (consents, "newsletter", chance (self, 50));
  json_object_set_boolean_member (consents, "tracking", chance (self, 30));
  json_object_set_object_member (customer, "consents", consents);
  json_object_set_string_member (customer, "email", email);
  json_object_set_string_member (customer, "loyalty_points", points);
  json_object_set_string_member (customer, "name", name);
  if (chance (self, 50))
    json_array_add_string_element (phones, phone);
  json_object_set_array_member (customer, "phones", phones);
  if (chance (self, 70))
    set_json (customer, "preferences", pick (self, barista_practice_preferences));
  json_object_set_int_member (customer, "signed_up_at", now_us (self));
  barista_practice_story_create (self, BARISTA_COLLECTION_CUSTOMERS, customer);
}

static void
change_customer (BaristaPracticeStory *self, JsonObject *customer)
{
  json_object_set_object_member (customer, "address", address (self));
  json_object_set_null_member (customer, "birthday");
}

static JsonObject *
add_line (BaristaPracticeStory *self, gint64 order, guint line, double *total)
{
  JsonObject *product = pick_open (self, BARISTA_COLLECTION_PRODUCTS);
  JsonObject *item = json_object_new (), *row = json_object_new ();
  const char *sku = json_object_get_string_member (product, "sku");
  double price = json_object_get_double_member (product, "list_price");
  guint quantity = 1 + below (self, 4);

  json_object_set_double_member (item, "price", price);
  json_object_set_int_member (item, "quantity", quantity);
  json_object_set_string_member (item, "sku", sku);

  json_object_set_int_member (row, "order_id", order);
  json_object_set_int_member (row, "line", line);
  json_object_set_double_member (row, "amount", round (100 * price * quantity) / 100);
  json_object_set_int_member (row, "quantity", quantity);
  json_object_set_boolean_member (row, "returned", FALSE);
  json_object_set_string_member (row, "sku", sku);
  barista_practice_story_create (self, BARISTA_COLLECTION_ORDER_LINES, row);

  *total += price * quantity;
  return item;
}

static JsonObject *
shipping (BaristaPracticeStory *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "address", address (self));
  json_object_set_string_member (object, "carrier", pick (self, barista_practice_carriers));
  json_object_set_array_member (object, "tracking_codes", json_array_new ());
  if (chance (self, 25))
    set_json (object, "locker", "{\"code\":417,\"side\":\"left\"}");
  return object;
}

static void
place_order (BaristaPracticeStory *self)
{
  JsonObject *customer = pick_open (self, BARISTA_COLLECTION_CUSTOMERS);
  gint64 id = 500001 + self->next_id[BARISTA_COLLECTION_ORDERS]++;
  JsonObject *order = json_object_new ();
  JsonArray *items = json_array_new ();
  guint n_lines = 1 + below (self, 3);
  double total = 0;

  json_object_set_int_member (order, "id", id);
  json_object_set_string_member (order, "channel", pick (self, barista_practice_channels));
  if (chance (self, 15))
    json_object_set_string_member (order, "currency", "USD");
  json_object_set_int_member (order, "customer_id",
                              json_object_get_int_member (customer, "customer_id"));
  json_object_set_boolean_member (order, "gift", chance (self, 10));
  for (guint line = 1; line <= n_lines; line++)
    json_array_add_object_element (items, add_line (self, id, line, &total));
  json_object_set_array_member (order, "items", items);
  if (chance (self, 30))
    json_object_set_string_member (order, "note", pick (self, barista_practice_notes));
  set_uuid (self, order, "payment_reference");
  json_object_set_int_member (order, "placed_at", now_us (self));
  json_object_set_int_member (order, "promised_on", today (self) + 2 + below (self, 4));
  json_object_set_object_member (order, "shipping", shipping (self));
  json_object_set_string_member (order, "status", "placed");
  json_object_set_array_member (order, "tags", some_words (self, barista_practice_tags, 2));
  if (chance (self, 20))
    json_object_set_double_member (order, "discount", 5.5);
  json_object_set_double_member (order, "total", round (100 * total) / 100);
  barista_practice_story_create (self, BARISTA_COLLECTION_ORDERS, order);
}

static void
add_tracking_code (BaristaPracticeStory *self, JsonObject *order)
{
  JsonObject *parcel = json_object_get_object_member (order, "shipping");
  JsonArray *codes = json_object_get_array_member (parcel, "tracking_codes");
  g_autofree char *code = g_strdup_printf ("ACME%08x", g_rand_int (self->rand));

  json_array_add_string_element (codes, code);
}

static void
advance_order (BaristaPracticeStory *self, JsonObject *order)
{
  static const char *const stages[] = { "placed", "paid", "shipped", "delivered" };
  const char *status = json_object_get_string_member (order, "status");
  guint stage = 0;

  while (stage < G_N_ELEMENTS (stages) - 2 && !g_str_equal (stages[stage], status))
    stage++;
  stage++;
  json_object_set_string_member (order, "status", stages[stage]);
  if (stage == 1)
    json_object_set_int_member (order, "paid_at", now_us (self));
  else if (stage == 2)
    add_tracking_code (self, order);
}

/* A cancelled order goes, with its lines. */
static void
cancel_order (BaristaPracticeStory *self, guint index)
{
  JsonObject *order = g_ptr_array_index (self->open[BARISTA_COLLECTION_ORDERS], index);
  gint64 id = json_object_get_int_member (order, "id");
  GPtrArray *lines = self->open[BARISTA_COLLECTION_ORDER_LINES];

  for (guint i = lines->len; i > 0; i--)
    if (json_object_get_int_member (g_ptr_array_index (lines, i - 1), "order_id") == id)
      barista_practice_story_delete (self, BARISTA_COLLECTION_ORDER_LINES, i - 1);
  barista_practice_story_delete (self, BARISTA_COLLECTION_ORDERS, index);
}

static void
return_line (BaristaPracticeStory *self, JsonObject *line)
{
  json_object_set_boolean_member (line, "returned", TRUE);
}

/* The count of a product in a warehouse on a day, if it was made already. */
static JsonObject *
find_count (BaristaPracticeStory *self, const char *warehouse, const char *sku)
{
  GPtrArray *open = self->open[BARISTA_COLLECTION_INVENTORY];

  for (guint i = 0; i < open->len; i++)
    {
      JsonObject *count = g_ptr_array_index (open, i);

      if (json_object_get_int_member (count, "counted_on") == today (self)
          && g_str_equal (json_object_get_string_member (count, "warehouse"), warehouse)
          && g_str_equal (json_object_get_string_member (count, "sku"), sku))
        return count;
    }
  return NULL;
}

static void
recount (BaristaPracticeStory *self, JsonObject *count)
{
  json_object_set_int_member (count, "quantity", below (self, 300));
}

static void
count_stock (BaristaPracticeStory *self)
{
  JsonObject *product = pick_open (self, BARISTA_COLLECTION_PRODUCTS);
  const char *sku = json_object_get_string_member (product, "sku");
  const char *warehouse = pick (self, barista_practice_warehouses);
  JsonObject *count = find_count (self, warehouse, sku);

  if (count != NULL)
    {
      recount (self, count);
      barista_practice_story_update (self, BARISTA_COLLECTION_INVENTORY, count);
      return;
    }
  count = json_object_new ();
  json_object_set_string_member (count, "warehouse", warehouse);
  json_object_set_string_member (count, "sku", sku);
  json_object_set_int_member (count, "counted_on", today (self));
  if (chance (self, 70))
    json_object_set_string_member (count, "counted_by", pick (self, barista_practice_first_names));
  recount (self, count);
  barista_practice_story_create (self, BARISTA_COLLECTION_INVENTORY, count);
}

static void
set_duration (JsonObject *object, const char *name, guint days, guint millis)
{
  JsonArray *parts = json_array_new ();

  json_array_add_int_element (parts, 0);
  json_array_add_int_element (parts, days);
  json_array_add_int_element (parts, millis);
  json_object_set_array_member (object, name, parts);
}

static void
add_session (BaristaPracticeStory *self)
{
  JsonObject *session = json_object_new ();
  JsonArray *events = json_array_new (), *scores = json_array_new ();
  guint days = below (self, 2);
  g_autofree char *visitor = chance (self, 50)
                                 ? g_strdup_printf ("%u",
                                                    1001 + below (self, BARISTA_STORY_N_CUSTOMERS))
                                 : g_strdup_printf ("\"anonymous-%u\"", below (self, 1000));

  set_uuid (self, session, "session_id");
  set_duration (session, "active_for", 0, 1000 + below (self, 900000));
  if (chance (self, 40))
    set_duration (session, "idle_for", days, below (self, 3600000));
  for (guint n = below (self, 4); n > 0; n--)
    json_array_add_element (events, json_from_string (pick (self, barista_practice_clicks), NULL));
  json_object_set_array_member (session, "events", events);
  for (guint n = below (self, 3); n > 0; n--)
    json_array_add_double_element (scores, g_rand_double (self->rand));
  json_object_set_array_member (session, "scores", scores);
  json_object_set_string_member (session, "landing_page", pick (self, barista_practice_pages));
  if (chance (self, 40))
    json_object_set_string_member (session, "referrer", "https://www.example.org/coffee");
  json_object_set_int_member (session, "started_at",
                              now_us (self) - 1000 * (gint64) below (self, 900000));
  if (chance (self, 35))
    set_json (session, "utm", "{\"campaign\":\"winter\",\"source\":\"newsletter\"}");
  set_json (session, "visitor", visitor);
  barista_practice_story_create (self, BARISTA_COLLECTION_SESSIONS, session);
}

static void
change_session (BaristaPracticeStory *self, JsonObject *session)
{
  set_duration (session, "active_for", 0, 900000 + below (self, 900000));
}

static void
add_example (BaristaPracticeStory *self)
{
  guint id = self->next_id[BARISTA_COLLECTION_EXAMPLE]++;
  JsonObject *example = json_object_new ();
  g_autofree char *key = g_strdup_printf ("%08x%016x", 0x65a00000 + id, id * 7919);

  json_object_set_string_member (example, "_id", key);
  json_object_set_string_member (example, "example", pick (self, barista_practice_notes));
  barista_practice_story_create (self, BARISTA_COLLECTION_EXAMPLE, example);
}

static void
change_example (BaristaPracticeStory *self, JsonObject *example)
{
  json_object_set_string_member (example, "example", pick (self, barista_practice_notes));
}

const BaristaPracticeLife barista_practice_lives[BARISTA_N_COLLECTIONS] = {
  [BARISTA_COLLECTION_ORDERS] = { place_order, advance_order, cancel_order },
  [BARISTA_COLLECTION_CUSTOMERS] = { add_customer, change_customer, .least = 8 },
  [BARISTA_COLLECTION_EXAMPLE] = { add_example, change_example },
  [BARISTA_COLLECTION_PRODUCTS] = { add_product, change_product, .least = 8 },
  /* Lines come with their order. */
  [BARISTA_COLLECTION_ORDER_LINES] = { place_order, return_line },
  [BARISTA_COLLECTION_INVENTORY] = { count_stock, recount },
  [BARISTA_COLLECTION_SESSIONS] = { add_session, change_session },
};
