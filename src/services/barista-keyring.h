/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-secret.h"
#include "barista-setup.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_KEYRING_KAFKA,
  BARISTA_KEYRING_REGISTRY
} BaristaKeyringService;

/* Entries go by service, first bootstrap server and user name (`design.md`, Token). Errors are
 * libsecret's; a lookup that finds nothing gives NULL without an error, one that finds a locked entry and
 * is not let in gives SECRET_ERROR_IS_LOCKED. */
void barista_keyring_lookup_async (BaristaSetup *setup,
                                   BaristaKeyringService service,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
BaristaSecret *barista_keyring_lookup_finish (GAsyncResult *result, GError **error);
void barista_keyring_store_async (BaristaSetup *setup,
                                  BaristaKeyringService service,
                                  BaristaSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void barista_keyring_clear_async (BaristaSetup *setup,
                                  BaristaKeyringService service,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean barista_keyring_change_finish (GAsyncResult *result, GError **error);
/* Whether there is a keyring, but a shut one. */
gboolean barista_keyring_error_is_locked (const GError *error);

G_END_DECLS
