/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *barista_when_say (GDateTime *time, GDateTime *now);

G_END_DECLS
