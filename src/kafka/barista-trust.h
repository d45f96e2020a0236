/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whom TLS trusts: the system's store, or one file of certificates. Reading either blocks for tens
 * of milliseconds, so it happens on a worker thread. Shared by the connection and the registry. */

/* Reads the system's store on a thread, once per process; for use as early as a host is known. */
void barista_trust_warm_up (void);

/* @ca_file: (nullable): NULL for the system's store. Ends at once when cancelled. */
void barista_trust_load_async (const char *ca_file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GTlsDatabase *barista_trust_load_finish (GAsyncResult *result, GError **error);

/* To be called before the handshake: no TLS session of an earlier connection is resumed. */
void barista_trust_forbid_resumption (GTlsConnection *connection);

G_END_DECLS
