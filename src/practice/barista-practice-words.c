/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-words.h"

const char *const barista_practice_cities[] = { "Berlin", "Lisboa", "København", "Zürich",
                                                "Gdańsk", "Dublin", "Athina",    NULL };
const char *const barista_practice_countries[] = { "DE", "PT", "DK", "CH", "PL", "IE", "GR", NULL };
const char *const barista_practice_streets[] = { "Mill Lane",  "Harbour Road", "Lindenallee",
                                                 "Rua do Sol", "Nørregade",    NULL };
const char *const barista_practice_first_names[] = { "Ada",   "Bruno", "Chiara", "Dmitri", "Elif",
                                                     "Femi",  "Greta", "Hana",   "Íñigo",  "Jonas",
                                                     "Klára", "Liam",  "Maja",   "Noor",   "Olga",
                                                     "Þóra",  NULL };
const char *const barista_practice_last_names[] = {
  "Andersen",  "Bianchi", "Costa",  "Dąbrowski", "Eriksen",      "Ferreira", "Gruber",
  "Hernández", "Ito",     "Jansen", "O'Neill",   "Papadopoulou", NULL
};
const char *const barista_practice_origins[] = { "Ethiopia", "Colombia", "Kenya", "Guatemala",
                                                 "Sumatra",  "House",    NULL };
const char *const barista_practice_roasts[] = { "Light Roast", "Medium Roast", "Espresso",
                                                "Filter",      "Decaf",        NULL };
const char *const barista_practice_grinds[] = { "whole bean", "espresso", "filter", "french press",
                                                NULL };
const char *const barista_practice_processes[] = { "washed", "natural", "honey", NULL };
const char *const barista_practice_labels[] = { "organic", "fair trade", "single origin",
                                                "new",     "limited",    NULL };
const char *const barista_practice_channels[] = { "web", "app", "shop", "wholesale", NULL };
const char *const barista_practice_notes[] = { "Please ring twice",
                                               "Leave it with the neighbours",
                                               "Happy birthday, \"Opa\"!",
                                               "Grüße aus dem Café ☕",
                                               "First line\nsecond line",
                                               "Ground a little finer than last time",
                                               NULL };
const char *const barista_practice_tags[] = { "subscription", "first order", "express", "gift wrap",
                                              NULL };
const char *const barista_practice_carriers[] = { "Bike Courier", "Parcel Post", "Pickup", NULL };
const char *const barista_practice_warehouses[] = { "north", "south", NULL };
const char *const barista_practice_pages[] = {
  "/", "/coffee", "/coffee/espresso", "/subscriptions", "/about?lang=de", NULL
};
const char *const barista_practice_preferences[] = { "{\"language\":\"de\",\"cups\":2}",
                                                     "\"espresso only\"",
                                                     "3",
                                                     "[\"decaf\",\"oat milk\"]",
                                                     "true",
                                                     "{\"grinder\":{\"burrs\":64.5}}",
                                                     NULL };
const char *const barista_practice_clicks[] = {
  "{\"type\":\"view\",\"page\":\"/coffee\"}",
  "\"scroll\"",
  "42",
  "1.5",
  "null",
  "false",
  "{\"type\":\"cart\",\"skus\":[\"BEAN-101\",\"BEAN-104\"]}",
  NULL
};
