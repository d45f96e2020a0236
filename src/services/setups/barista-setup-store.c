/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-store-private.h"

#include "barista-profile.h"

enum
{
  PROP_TROUBLE = 1,
  PROP_REFRESHING,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  MOVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaSetupStore,
                               barista_setup_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- the list --- */

static GType
get_item_type (GListModel *model)
{
  return BARISTA_TYPE_SETUP_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (BARISTA_SETUP_STORE (model)->entries));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (BARISTA_SETUP_STORE (model)->entries), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

guint
setup_store_find (BaristaSetupStore *self, const char *id)
{
  GListModel *entries = G_LIST_MODEL (self->entries);
  guint n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaSetupEntry) entry = g_list_model_get_item (entries, i);

      if (g_str_equal (barista_setup_entry_get_id (entry), id))
        return i;
    }

  return G_MAXUINT;
}

/* The entry of @id at its place in the list, as of @used_us. */
BaristaSetupEntry *
setup_store_touch (BaristaSetupStore *self, const char *id, gint64 used_us)
{
  guint at = setup_store_find (self, id);
  guint to = 0;
  BaristaSetupEntry *entry;

  if (at != G_MAXUINT)
    entry = g_list_model_get_item (G_LIST_MODEL (self->entries), at);
  else
    entry = setup_entry_new (id, used_us);
  setup_entry_set_used_us (entry, used_us);
  for (; to < get_n_items (G_LIST_MODEL (self)); to++)
    {
      g_autoptr (BaristaSetupEntry) other = get_item (G_LIST_MODEL (self), to);

      if (other != entry && setup_entry_get_used_us (other) <= used_us)
        break;
    }

  if (at != G_MAXUINT && (to == at || to == at + 1))
    return entry;
  if (at != G_MAXUINT)
    g_list_store_remove (self->entries, at);
  g_list_store_insert (self->entries, at != G_MAXUINT && at < to ? to - 1 : to, entry);

  return entry;
}

/* --- the object --- */

static void
barista_setup_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaSetupStore *self = BARISTA_SETUP_STORE (object);

  if (id == PROP_REFRESHING)
    {
      g_value_set_boolean (value, self->refreshing > 0);
      return;
    }

  g_mutex_lock (&self->lock);
  g_value_set_string (value, self->trouble);
  g_mutex_unlock (&self->lock);
}

static void
barista_setup_store_finalize (GObject *object)
{
  BaristaSetupStore *self = BARISTA_SETUP_STORE (object);

  g_free (self->folder);
  g_free (self->trouble);
  g_clear_object (&self->entries);
  g_hash_table_unref (self->removed);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->moved);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);

  G_OBJECT_CLASS (barista_setup_store_parent_class)->finalize (object);
}

static void
barista_setup_store_class_init (BaristaSetupStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_setup_store_get_property;
  object_class->finalize = barista_setup_store_finalize;

  /**
   * BaristaSetupStore:trouble:
   *
   * What could not be read or written, a line for each file.
   */
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REFRESHING] = g_param_spec_boolean ("refreshing", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BaristaSetupStore::moved:
   * @self: the store
   * @from: the id under which a setup was saved
   * @to: the id under which it lies now
   *
   * The file of @from was changed by another program since it was read here, and stays as that one
   * left it. Who works on the setup goes on with @to.
   */
  signals[MOVED] = g_signal_new ("moved", BARISTA_TYPE_SETUP_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

void
setup_store_emit_moved (BaristaSetupStore *self, const char *from, const char *to)
{
  g_signal_emit (self, signals[MOVED], 0, from, to);
}

static void
barista_setup_store_init (BaristaSetupStore *self)
{
  self->entries = g_list_store_new (BARISTA_TYPE_SETUP_ENTRY);
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) setup_files_free);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) setup_files_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * barista_setup_store_new:
 * @folder: (nullable): where the setups lie; %NULL: `barista/setups` in the user's data folder
 *
 * Returns: (transfer full): a store, empty until barista_setup_store_refresh_async()
 */
BaristaSetupStore *
barista_setup_store_new (const char *folder)
{
  BaristaSetupStore *self = g_object_new (BARISTA_TYPE_SETUP_STORE, NULL);

  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_data_dir (), "barista", "setups", NULL);
  return self;
}

/* --- reading --- */

typedef struct
{
  char *folder;
  gint64 begun_us;
  GPtrArray *entries;
  char *trouble;
} Listing;

static void
listing_free (Listing *listing)
{
  g_clear_pointer (&listing->entries, g_ptr_array_unref);
  g_free (listing->trouble);
  g_free (listing->folder);
  g_free (listing);
}

static void
read_listing (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Listing *listing = data;
  GError *error = NULL;

  listing->entries = setup_entries_read (listing->folder, &listing->trouble, &error);
  if (listing->entries != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
count_refreshing (BaristaSetupStore *self, int change)
{
  self->refreshing = (guint) ((int) self->refreshing + change);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFRESHING]);
}

void
barista_setup_store_refresh_async (BaristaSetupStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  listing->folder = g_strdup (self->folder);
  listing->begun_us = g_get_real_time ();
  g_task_set_source_tag (task, barista_setup_store_refresh_async);
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  count_refreshing (self, 1);
  g_task_run_in_thread (task, read_listing);
}

/* What was saved or removed since the folder was read is newer than what was read. */
static void
merge_since (BaristaSetupStore *self, Listing *listing)
{
  GPtrArray *read = listing->entries;

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (BaristaSetupEntry) entry = get_item (G_LIST_MODEL (self), i);
      guint at = 0;

      if (setup_entry_get_used_us (entry) < listing->begun_us)
        continue;
      while (at < read->len
             && !g_str_equal (barista_setup_entry_get_id (read->pdata[at]),
                              barista_setup_entry_get_id (entry)))
        at++;
      if (at < read->len)
        g_ptr_array_remove_index (read, at);
      g_ptr_array_insert (read, (int) MIN (i, read->len), g_object_ref (entry));
    }

  for (guint i = read->len; i > 0; i--)
    if (g_hash_table_contains (self->removed, barista_setup_entry_get_id (read->pdata[i - 1])))
      g_ptr_array_remove_index (read, i - 1);
}

gboolean
barista_setup_store_refresh_finish (BaristaSetupStore *self, GAsyncResult *result, GError **error)
{
  Listing *listing = g_task_get_task_data (G_TASK (result));
  gboolean done = g_task_propagate_boolean (G_TASK (result), error);

  if (done)
    {
      merge_since (self, listing);
      g_list_store_splice (self->entries, 0, get_n_items (G_LIST_MODEL (self)),
                           listing->entries->pdata, listing->entries->len);
      g_mutex_lock (&self->lock);
      g_set_str (&self->trouble, listing->trouble);
      g_mutex_unlock (&self->lock);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
    }
  count_refreshing (self, -1);

  return done;
}

gboolean
barista_setup_store_get_refreshing (BaristaSetupStore *self)
{
  return self->refreshing > 0;
}

BaristaSetup *
setup_store_parse (BaristaSetupStore *self, const SetupFiles *files, GError **error)
{
  return barista_profile_parse (files->profile, (gssize) files->length, self->folder, error);
}

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BaristaSetupStore *self = source;
  GError *error = NULL;
  g_autoptr (SetupFiles) files = setup_files_read (self->folder, data, &error);
  BaristaSetup *setup = NULL;

  if (files != NULL)
    setup = setup_store_parse (self, files, &error);
  if (setup != NULL)
    setup_store_set_known (self, files);
  if (setup != NULL)
    g_task_return_pointer (task, setup, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
barista_setup_store_load_async (BaristaSetupStore *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (setup_is_id (id));

  g_task_set_source_tag (task, barista_setup_store_load_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  /* What is still to be written is what there is to load. */
  barista_setup_store_flush (self);
  g_task_run_in_thread (task, load);
}

BaristaSetup *
barista_setup_store_load_finish (BaristaSetupStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
