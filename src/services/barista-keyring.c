/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"
#include "barista-keyring.h"
#include "barista-secret-value.h"
#include <glib/gi18n-lib.h>

/* The attributes are the key of an entry and stand in the keyring in clear. */
static const SecretSchema schema = {
  .name = APP_ID ".Token",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "username", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static const char *const service_names[] = {
  [BARISTA_KEYRING_KAFKA] = "kafka",
  [BARISTA_KEYRING_REGISTRY] = "registry",
};

/* The first server with its port, however it was typed. */
static char *
server_of (BaristaSetup *setup)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);
  g_autoptr (BaristaAddress) address = NULL;

  if (servers == NULL || servers[0] == NULL)
    return NULL;
  address = barista_address_parse (servers[0], NULL);
  return address != NULL ? barista_address_to_string (address) : g_strdup (servers[0]);
}

/* NULL: the setup doesn't say yet whose token it would be. */
static GHashTable *
attributes_of (BaristaSetup *setup, BaristaKeyringService service)
{
  const char *username = service == BARISTA_KEYRING_REGISTRY
                             ? barista_setup_get_registry_username (setup)
                             : barista_setup_get_username (setup);
  g_autofree char *server = server_of (setup);

  if (server == NULL || username == NULL || *username == '\0')
    return NULL;
  return secret_attributes_build (&schema, "service", service_names[service], "server", server,
                                  "username", username, NULL);
}

/* --- what stays shut --- */

/* libsecret says nothing when its prompt was sent away: it finds no entry then, and removes none. Asks
 * once more, without a prompt, whether one is there behind the lock. */
static void
search (GTask *task, GAsyncReadyCallback callback)
{
  secret_password_searchv (&schema, g_task_get_task_data (task), SECRET_SEARCH_ALL,
                           g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* TRUE if the task was ended: by an error, or because there is an entry behind a lock. */
static gboolean
return_if_locked (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  GList *entries = secret_password_search_finish (result, &error);
  gboolean locked = FALSE;

  for (GList *l = entries; l != NULL; l = l->next)
    locked |= SECRET_IS_ITEM (l->data) && secret_item_get_locked (l->data);
  g_list_free_full (entries, g_object_unref);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (locked)
    g_task_return_new_error (task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "%s",
                             _ ("The keyring is locked"));
  return error != NULL || locked;
}

/**
 * barista_keyring_error_is_locked:
 * @error: as a keyring's call gave it
 *
 * Returns: whether there is a keyring, but it is locked or its prompt was dismissed; else it can't be
 *   reached or doesn't do what it was asked
 */
gboolean
barista_keyring_error_is_locked (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- looking up --- */

static void
on_lookup_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (!return_if_locked (task, result))
    g_task_return_pointer (task, NULL, NULL);
}

static void
on_lookup (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  SecretValue *value = secret_password_lookup_binary_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (value != NULL)
    g_task_return_pointer (task, barista_secret_new_for_value (value), g_object_unref);
  else
    search (task, on_lookup_searched);
  g_clear_pointer (&value, secret_value_unref);
}

/**
 * barista_keyring_lookup_async:
 *
 * An entry that holds something else than a token counts as none. One behind a lock that stays shut is
 * %SECRET_ERROR_IS_LOCKED.
 */
void
barista_keyring_lookup_async (BaristaSetup *setup,
                              BaristaKeyringService service,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = attributes_of (setup, service);

  g_task_set_source_tag (task, barista_keyring_lookup_async);
  if (attributes == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_task_set_task_data (task, g_hash_table_ref (attributes), (GDestroyNotify) g_hash_table_unref);
  secret_password_lookupv (&schema, attributes, cancellable, on_lookup, g_object_ref (task));
}

/**
 * barista_keyring_lookup_finish:
 *
 * Returns: (transfer full) (nullable): %NULL without an error if there is no such entry
 */
BaristaSecret *
barista_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- changing --- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
return_nameless (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s",
                           _ ("A token needs a server and a user name"));
}

/**
 * barista_keyring_store_async:
 *
 * Takes the place of an earlier entry. Errors: libsecret's, %G_IO_ERROR_INVALID_ARGUMENT for a setup
 * without a server or a user name.
 */
void
barista_keyring_store_async (BaristaSetup *setup,
                             BaristaKeyringService service,
                             BaristaSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = attributes_of (setup, service);
  g_autofree char *label = NULL;

  g_return_if_fail (BARISTA_IS_SECRET (secret));

  g_task_set_source_tag (task, barista_keyring_store_async);
  if (attributes == NULL)
    {
      return_nameless (task);
      return;
    }
  /* Translators: the name of a keyring's entry; the first is a task or user, the second a server */
  label = g_strdup_printf (_ ("Barista token of %s at %s"),
                           (const char *) g_hash_table_lookup (attributes, "username"),
                           (const char *) g_hash_table_lookup (attributes, "server"));
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT, label,
                                 barista_secret_get_value (secret), cancellable, on_stored,
                                 g_object_ref (task));
}

static void
on_clear_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (!return_if_locked (task, result))
    g_task_return_boolean (task, TRUE);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    search (task, on_clear_searched);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  SecretValue *value = secret_password_lookup_binary_finish (result, &error);

  g_clear_pointer (&value, secret_value_unref);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    secret_password_clearv (&schema, g_task_get_task_data (task), g_task_get_cancellable (task),
                            on_cleared, g_object_ref (task));
}

/**
 * barista_keyring_clear_async:
 *
 * Removes the entry, if there is one. Errors as of barista_keyring_store_async(); one behind a lock that
 * stays shut is %SECRET_ERROR_IS_LOCKED.
 */
void
barista_keyring_clear_async (BaristaSetup *setup,
                             BaristaKeyringService service,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = attributes_of (setup, service);

  g_task_set_source_tag (task, barista_keyring_clear_async);
  if (attributes == NULL)
    {
      return_nameless (task);
      return;
    }
  g_task_set_task_data (task, g_hash_table_ref (attributes), (GDestroyNotify) g_hash_table_unref);
  /* Clearing passes over what is locked; looking up asks to unlock it. */
  secret_password_lookupv (&schema, attributes, cancellable, on_unlocked, g_object_ref (task));
}

/**
 * barista_keyring_change_finish:
 *
 * Ends a store or a clear. Clearing what is not there succeeds.
 */
gboolean
barista_keyring_change_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
