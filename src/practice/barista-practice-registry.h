/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "barista-practice-task.h"

G_BEGIN_DECLS

/**
 * BaristaPracticeRegistry:
 *
 * Dekaf's schema registry (`dekaf.md` 2) on loopback, on the thread's default main context.
 */
typedef struct _BaristaPracticeRegistry BaristaPracticeRegistry;

/* @certificate: (nullable): NULL serves http. @port: 0 = a free one. */
BaristaPracticeRegistry *barista_practice_registry_new (BaristaPracticeTask *task,
                                                        GTlsCertificate *certificate,
                                                        guint16 port,
                                                        GError **error);
void barista_practice_registry_free (BaristaPracticeRegistry *self);
guint16 barista_practice_registry_get_port (BaristaPracticeRegistry *self);

G_END_DECLS
