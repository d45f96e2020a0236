/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

/* An item of one of the setup's lists, which is listened to. */
typedef struct
{
  GObject *item;
  BaristaSession *session;
} SessionWatch;

static void
watch_free (gpointer data)
{
  SessionWatch *watch = data;

  g_signal_handlers_disconnect_by_data (watch->item, watch->session);
  g_object_unref (watch->item);
  g_free (watch);
}

static GObject *
add_watch (BaristaSession *self, GPtrArray *watched, GListModel *model, guint position)
{
  SessionWatch *watch = g_new0 (SessionWatch, 1);

  watch->item = g_list_model_get_item (model, position);
  watch->session = self;
  g_ptr_array_add (watched, watch);

  return watch->item;
}

/* The topic is looked at once more: its group may stand otherwise now. */
static void
look_again (BaristaSession *self, BaristaTopicChoice *choice)
{
  g_hash_table_remove (self->topics, barista_topic_choice_get_topic (choice));
  session_look_at_topics (self);
}

/* What every change of an answer brings about. @item: (nullable): what has the property, if not the
 * setup. */
static void
note_change (BaristaSession *self, gconstpointer item, const char *property, BaristaStep step)
{
  guint doubted = barista_steps_depending (step) & self->visited;
  gboolean derived = self->baseline_source != 0; /* follows at once from another answer */

  session_undo_note (self, item, property, step);
  self->touched = TRUE;
  if (!self->restoring && doubted != 0)
    {
      self->doubted |= doubted;
      self->doubt = derived && self->doubt < BARISTA_N_STEPS ? self->doubt : step;
    }
  if (self->saved)
    {
      self->saved = FALSE;
      session_notify (self, SESSION_PROP_SAVED);
    }
  session_steps_changed (self);
  session_save_soon (self);
}

static void
on_choice_changed (BaristaSession *self, BaristaTopicChoice *choice, const char *property)
{
  gboolean names = g_str_equal (property, "group-id") || g_str_equal (property, "data-source");
  gboolean reading = g_str_equal (property, "group-id") || g_str_equal (property, "start");

  /* It changes no file, and puts nothing in doubt. */
  if (g_str_equal (property, "deployed"))
    {
      session_undo_note (self, choice, property, BARISTA_STEP_GROUP);
      session_save_soon (self);
      look_again (self, choice);
      return;
    }

  note_change (self, choice, property, reading ? BARISTA_STEP_GROUP : BARISTA_STEP_SCHEMA);
  /* A name that is taken changes those that are proposed for the others. */
  session_tables_changed (self, names ? NULL : barista_topic_choice_get_topic (choice));
  if (g_str_equal (property, "group-id"))
    look_again (self, choice);
}

static void
on_choice_notify (BaristaSession *self, GParamSpec *pspec, BaristaTopicChoice *choice)
{
  on_choice_changed (self, choice, pspec->name);
}

static void
on_columns_changed (BaristaSession *self, BaristaTopicChoice *choice)
{
  on_choice_changed (self, choice, "columns");
}

static void
watch_topics (BaristaSession *self)
{
  GListModel *topics = barista_setup_get_topics (self->setup);

  g_ptr_array_set_size (self->watched, 0);
  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      GObject *choice = add_watch (self, self->watched, topics, i);

      g_signal_connect_swapped (choice, "notify", G_CALLBACK (on_choice_notify), self);
      g_signal_connect_swapped (choice, "columns-changed", G_CALLBACK (on_columns_changed), self);
    }
}

static void
on_topics_changed (BaristaSession *self)
{
  watch_topics (self);
  note_change (self, NULL, "topics", BARISTA_STEP_TOPICS);
  session_tables_changed (self, NULL);
  session_look_at_topics (self);
}

/* --- sinks --- */

static void
on_sink_notify (BaristaSession *self, GParamSpec *pspec, gpointer item)
{
  note_change (self, item, pspec->name, BARISTA_STEP_SINKS);
}

static void on_sinks_changed (BaristaSession *self);

static void
add_list_watch (BaristaSession *self, GListModel *list)
{
  SessionWatch *watch = g_new0 (SessionWatch, 1);

  watch->item = G_OBJECT (g_object_ref (list));
  watch->session = self;
  g_ptr_array_add (self->watched_sinks, watch);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (on_sinks_changed), self);
}

static void
watch_sinks (BaristaSession *self)
{
  GListModel *lists[] = { barista_setup_get_sinks (self->setup),
                          barista_setup_get_targets (self->setup) };

  g_ptr_array_set_size (self->watched_sinks, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < g_list_model_get_n_items (lists[i]); j++)
      {
        GObject *item = add_watch (self, self->watched_sinks, lists[i], j);
        GListModel *nodes = BARISTA_IS_SINK (item) ? barista_sink_get_nodes (BARISTA_SINK (item))
                                                   : NULL;

        g_signal_connect_swapped (item, "notify", G_CALLBACK (on_sink_notify), self);
        for (guint k = 0; nodes != NULL && k < g_list_model_get_n_items (nodes); k++)
          g_signal_connect_swapped (add_watch (self, self->watched_sinks, nodes, k), "notify",
                                    G_CALLBACK (on_sink_notify), self);
        if (nodes != NULL)
          add_list_watch (self, nodes);
      }
}

static void
on_sinks_changed (BaristaSession *self)
{
  watch_sinks (self);
  note_change (self, NULL, "sinks", BARISTA_STEP_SINKS);
}

/* --- the setup's own --- */

static void
on_setup_notify (BaristaSession *self, GParamSpec *pspec)
{
  BaristaStep step = barista_steps_of_property (pspec->name);

  if (g_str_equal (pspec->name, "name"))
    {
      session_undo_note (self, NULL, pspec->name, BARISTA_N_STEPS);
      self->touched = TRUE;
      session_save_soon (self);
      return;
    }
  /* Derived from others, which tell by themselves; or written by the session. */
  if (step == BARISTA_N_STEPS || g_str_equal (pspec->name, "topics"))
    {
      session_steps_changed (self);
      session_save_soon (self);
      return;
    }

  note_change (self, NULL, pspec->name, step);
  /* A registry's is derived as well; it is typed at its own step. */
  if (step == BARISTA_STEP_SERVER
      || (self->step == BARISTA_STEP_REGISTRY && g_str_equal (pspec->name, "registry-url")))
    session_address_open (self);
  if (g_str_equal (pspec->name, "deletions") || g_str_equal (pspec->name, "task-name")
      || g_str_equal (pspec->name, "registry-enabled"))
    session_tables_changed (self, NULL);
  if (g_str_equal (pspec->name, "username") || g_str_equal (pspec->name, "task-name")
      || g_str_equal (pspec->name, "bootstrap-servers")
      || g_str_equal (pspec->name, "registry-username")
      || g_str_equal (pspec->name, "registry-same-sign-in"))
    session_token_look_up (self, self->debounce_ms);
  if (barista_steps_is_connection (pspec->name))
    session_check_stale (self);
}

void
session_watch_init (BaristaSession *self)
{
  self->watched = g_ptr_array_new_with_free_func (watch_free);
  self->watched_sinks = g_ptr_array_new_with_free_func (watch_free);
  g_signal_connect_object (self->setup, "notify", G_CALLBACK (on_setup_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_topics (self->setup), "items-changed",
                           G_CALLBACK (on_topics_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_sinks (self->setup), "items-changed",
                           G_CALLBACK (on_sinks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_targets (self->setup), "items-changed",
                           G_CALLBACK (on_sinks_changed), self, G_CONNECT_SWAPPED);
  watch_topics (self);
  watch_sinks (self);
}

void
session_watch_clear (BaristaSession *self)
{
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->watched_sinks, g_ptr_array_unref);
}
