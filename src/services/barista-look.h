/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-connection.h"
#include "barista-evidence.h"

G_BEGIN_DECLS

/* How long a second look may take (`diagnosis.md`, Rules). */
#define BARISTA_LOOK_MS 500

/**
 * BaristaLookKind:
 *
 * Connections to open beside each other; the first one that tells something ends the look.
 */
typedef enum
{
  BARISTA_LOOK_AT_SILENCE = 1 << 0, /* send nothing: is it closed as well? */
  BARISTA_LOOK_FOR_KAFKA = 1 << 1,  /* a plain ApiVersions */
  BARISTA_LOOK_FOR_HTTP = 1 << 2,   /* a plain GET */
  BARISTA_LOOK_FOR_HTTPS = 1 << 3,  /* a GET inside TLS */
  BARISTA_LOOK_FOR_TLS = 1 << 4,    /* a handshake */
} BaristaLookKind;

/**
 * barista_look_async:
 * @address: server to look at once more
 * @ca_file: (nullable): own CA file, for a GET inside TLS
 * @kinds: which connections
 *
 * Takes a second look at a server that failed a stage. Never fails: cancelled or without a hint it
 * ends as %BARISTA_LOOK_OPEN or %BARISTA_LOOK_NONE.
 */
void barista_look_async (const BaristaAddress *address,
                         const char *ca_file,
                         BaristaLookKind kinds,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
BaristaLook barista_look_finish (GAsyncResult *result);

G_END_DECLS
