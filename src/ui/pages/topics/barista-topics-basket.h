/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/* More topics than Tinybird's smaller plans read (tinybird.md 1.8). */
#define BARISTA_TOPICS_OF_SMALL_PLANS 5

/**
 * BaristaTopicsBasket:
 *
 * The chosen topics at the foot of the list: "3 chosen" opens them, each can be taken out again.
 */
#define BARISTA_TYPE_TOPICS_BASKET (barista_topics_basket_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicsBasket, barista_topics_basket, BARISTA, TOPICS_BASKET, AdwBin)

void barista_topics_basket_follow (BaristaTopicsBasket *self, BaristaSession *session);

G_END_DECLS
