/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check.h"

G_BEGIN_DECLS

/**
 * barista_target_check_async:
 * @target: a Kafka connection that sinks write to
 * @username: (nullable): for this check only
 * @password: (nullable): the same
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called on the main context
 * @user_data: for @callback
 *
 * Checks a target as a source is checked, up to the list of its topics: the profile knows the names
 * of its secrets only, so that what to sign in with is asked for.
 */
void barista_target_check_async (BaristaTarget *target,
                                 const char *username,
                                 BaristaSecret *password,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* The report, also of a check that failed; NULL: cancelled. */
BaristaReport *barista_target_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
