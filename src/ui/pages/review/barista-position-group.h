/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaPositionGroup:
 *
 * How far each group has read, as the last check saw it, and a button that looks again. A group that
 * was read under before anything was known to be deployed can be said to be Tinybird's.
 */
#define BARISTA_TYPE_POSITION_GROUP (barista_position_group_get_type ())
G_DECLARE_FINAL_TYPE (BaristaPositionGroup, barista_position_group, BARISTA, POSITION_GROUP, AdwBin)

GtkWidget *barista_position_group_new (BaristaSession *session);

G_END_DECLS
