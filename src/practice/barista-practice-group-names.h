/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The topics of a ConsumerProtocolSubscription, of versions 0 to 3; NULL: it isn't one. */
GPtrArray *barista_practice_subscription_topics (const guint8 *bytes, gsize length);
/* The same of a ConsumerProtocolAssignment. */
GPtrArray *barista_practice_assignment_topics (const guint8 *bytes, gsize length);

G_END_DECLS
