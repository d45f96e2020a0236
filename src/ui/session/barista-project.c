/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-project.h"

#include "barista-project-pass.h"

/* Changes that come within this are one: a person types. */
#define SETTLE_MS 80

struct _BaristaProject
{
  GObject parent_instance;

  BaristaSession *session;
  GListStore *files, *notes;
  GPtrArray *commands, *form; /* NULL until made */
  char *problem;
  gboolean watched, stale;
  guint n_saving;            /* saves under way */
  guint n_saves;             /* that were ever begun */
  GCancellable *cancellable; /* of the pass under way; NULL: none */
  guint source;
};

enum
{
  PROP_BUSY = 1,
  PROP_PROBLEM,
  PROP_NOTES,
  PROP_COMMANDS,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void project_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaProject,
                               barista_project,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, project_model_init))

static void
run_pass (BaristaProject *self, GTask *task)
{
  ProjectPass *pass = project_pass_new (self->session);

  pass->n_saves = self->n_saves;
  project_pass_run (pass, task);
}

/* --- showing what came --- */

/* The worst first, in the order of the files otherwise. */
static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const BaristaFinding *one = *(const BaristaFinding *const *) a;
  const BaristaFinding *other = *(const BaristaFinding *const *) b;

  return (int) other->level - (int) one->level;
}

static gboolean
are_shown (BaristaProject *self, GPtrArray *findings)
{
  GListModel *notes = G_LIST_MODEL (self->notes);
  guint n = g_list_model_get_n_items (notes);

  if (n != (findings != NULL ? findings->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaProjectNote) note = g_list_model_get_item (notes, i);

      if (!barista_finding_equal (barista_project_note_get_finding (note), findings->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

/* Told only if they are others: rows are made of them. */
static void
show_notes (BaristaProject *self, GPtrArray *findings)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (findings != NULL)
    g_ptr_array_sort (findings, compare_findings);
  if (are_shown (self, findings))
    return;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    g_ptr_array_add (items, barista_project_note_new (findings->pdata[i]));
  g_list_store_splice (self->notes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->notes)),
                       items->pdata, items->len);
}

/* Without a folder every file is a new one. */
static GPtrArray *
list_files (ProjectPass *pass)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; pass->entries != NULL && i < pass->entries->len; i++)
    g_ptr_array_add (items, barista_project_file_new (pass->entries->pdata[i]));
  for (guint i = 0; pass->entries == NULL && i < pass->job->artefacts->len; i++)
    {
      BaristaFolderEntry entry = { .artefact = pass->job->artefacts->pdata[i],
                                   .status = BARISTA_FILE_NEW };

      g_ptr_array_add (items, barista_project_file_new (&entry));
    }

  return items;
}

/* Those that are there already stay, as they are now. */
static void
keep_present (BaristaProject *self, GPtrArray *items)
{
  GListModel *files = G_LIST_MODEL (self->files);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                          g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      BaristaProjectFile *file = g_list_model_get_item (files, i);

      g_hash_table_insert (present, (char *) barista_project_file_get_path (file), file);
    }
  for (guint i = 0; i < items->len; i++)
    {
      BaristaProjectFile *file = g_hash_table_lookup (present, barista_project_file_get_path (
                                                                   items->pdata[i]));

      if (file == NULL)
        continue;
      barista_project_file_take (file, items->pdata[i]);
      g_set_object (&items->pdata[i], file);
    }
}

static gboolean
is_file_at (BaristaProject *self, guint position, BaristaProjectFile *file)
{
  g_autoptr (BaristaProjectFile) present = g_list_model_get_item (G_LIST_MODEL (self->files),
                                                                  position);

  return present == file;
}

/* Tells of those that came or went: rows are made of them, and most passes have the same. */
static void
show_files (BaristaProject *self, ProjectPass *pass)
{
  g_autoptr (GPtrArray) items = list_files (pass);
  guint n_present = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  guint n_both = MIN (n_present, items->len);
  guint n_first = 0;
  guint n_last = 0;

  keep_present (self, items);
  while (n_first < n_both && is_file_at (self, n_first, items->pdata[n_first]))
    n_first++;
  while (n_first + n_last < n_both
         && is_file_at (self, n_present - n_last - 1, items->pdata[items->len - n_last - 1]))
    n_last++;
  if (n_first == n_present && n_first == items->len)
    return;

  g_list_store_splice (self->files, n_first, n_present - n_first - n_last, items->pdata + n_first,
                       items->len - n_first - n_last);
}

static void
show (BaristaProject *self, ProjectPass *pass)
{
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  self->commands = g_ptr_array_ref (pass->job->commands);
  self->form = g_ptr_array_ref (pass->job->form);
  show_files (self, pass);
  show_notes (self, pass->job->findings);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMMANDS]);
}

static void
set_problem (BaristaProject *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void refresh_soon (BaristaProject *self);

static void
on_pass_done (GObject *source, GAsyncResult *result, gpointer data)
{
  BaristaProject *self = BARISTA_PROJECT (source);
  ProjectPass *pass = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean made = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->session == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (pass->job->artefacts != NULL)
    show (self, pass);
  /* What it met may have been a save of our own. */
  if (!made && pass->n_saves != self->n_saves)
    self->stale = TRUE;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_problem (self, made ? NULL : error->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  if (self->stale && self->n_saving == 0)
    refresh_soon (self);
}

/**
 * barista_project_refresh:
 * @self: the project
 *
 * Makes the files anew and compares them; if that is under way already, once more afterwards, and
 * after a save that is under way.
 */
void
barista_project_refresh (BaristaProject *self)
{
  g_autoptr (GTask) task = NULL;

  g_clear_handle_id (&self->source, g_source_remove);
  self->stale = self->cancellable != NULL || self->n_saving > 0;
  if (self->stale)
    return;

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_pass_done, NULL);
  g_task_set_check_cancellable (task, FALSE);
  run_pass (self, task);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_settled (gpointer data)
{
  BaristaProject *self = data;

  self->source = 0;
  barista_project_refresh (self);
}

static void
refresh_soon (BaristaProject *self)
{
  if (!self->watched)
    {
      self->stale = TRUE;
      return;
    }
  if (self->source == 0)
    self->source = g_timeout_add_once (SETTLE_MS, on_settled, self);
}

/**
 * barista_project_set_watched:
 * @self: the project
 * @watched: somebody looks at the files
 *
 * Changes are followed while it is watched; what came meanwhile is caught up on then.
 */
void
barista_project_set_watched (BaristaProject *self, gboolean watched)
{
  if (self->watched == watched)
    return;
  self->watched = watched;
  if (watched)
    barista_project_refresh (self);
  else
    g_clear_handle_id (&self->source, g_source_remove);
}

/* --- saving --- */

/* Whether the answers are still those of @saved: a person goes on typing while files are written. */
static gboolean
is_still (BaristaProject *self, BaristaSetup *saved)
{
  g_autoptr (BaristaSetup) now = self->session != NULL
                                     ? barista_session_copy_for_artefacts (self->session)
                                     : NULL;

  return now != NULL && barista_setup_equal (now, saved);
}

static void
end_save (BaristaProject *self)
{
  self->n_saving--;
  if (self->stale && self->n_saving == 0 && self->session != NULL)
    refresh_soon (self);
}

/* Carries the setup that is saved. */
static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaProject *self = g_task_get_source_object (task);
  GError *error = NULL;

  end_save (self);
  if (!barista_folder_save_finish (BARISTA_FOLDER (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (is_still (self, g_task_get_task_data (task)))
    barista_session_mark_saved (self->session);
  refresh_soon (self);
  g_task_return_boolean (task, TRUE);
}

typedef struct
{
  GTask *save;
  gboolean force;
} Save;

static void
on_ready_to_save (GObject *source, GAsyncResult *result, gpointer data)
{
  Save *save = data;
  g_autoptr (GTask) task = save->save;
  BaristaProject *self = BARISTA_PROJECT (source);
  ProjectPass *pass = g_task_get_task_data (G_TASK (result));
  gboolean force = save->force;
  GError *error = NULL;

  g_free (save);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      end_save (self);
      g_task_return_error (task, error);
      return;
    }

  show (self, pass);
  g_task_set_task_data (task, g_object_ref (pass->job->setup), g_object_unref);
  barista_folder_save_async (pass->folder, pass->entries, pass->job->setup,
                             pass->job->with_token ? barista_session_get_token (self->session)
                                                   : NULL,
                             force, g_task_get_cancellable (task), on_saved, g_object_ref (task));
}

/**
 * barista_project_save_async:
 * @self: the project; its session has a folder
 * @force: overwrite what isn't ours too
 * @cancellable: (nullable): stops before the first file is replaced
 * @callback: (scope async): called on the main context
 * @user_data: for @callback
 *
 * Makes, compares and writes.
 */
void
barista_project_save_async (BaristaProject *self,
                            gboolean force,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Save *save = g_new0 (Save, 1);
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (barista_session_get_folder (self->session) != NULL);

  save->save = g_task_new (self, cancellable, callback, user_data);
  save->force = force;
  self->n_saving++;
  self->n_saves++;
  task = g_task_new (self, cancellable, on_ready_to_save, save);
  run_pass (self, task);
}

gboolean
barista_project_save_finish (BaristaProject *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the object --- */

gboolean
barista_project_get_busy (BaristaProject *self)
{
  return self->cancellable != NULL;
}

const char *
barista_project_get_problem (BaristaProject *self)
{
  return self->problem;
}

GListModel *
barista_project_get_notes (BaristaProject *self)
{
  return G_LIST_MODEL (self->notes);
}

GPtrArray *
barista_project_get_commands (BaristaProject *self)
{
  return self->commands;
}

GPtrArray *
barista_project_get_form (BaristaProject *self)
{
  return self->form;
}

guint
barista_project_count (BaristaProject *self, BaristaFileStatus status)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      n += barista_project_file_get_status (file) == status;
    }

  return n;
}

static GType
project_get_item_type (GListModel *model)
{
  return BARISTA_TYPE_PROJECT_FILE;
}

static guint
project_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (BARISTA_PROJECT (model)->files));
}

static gpointer
project_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (BARISTA_PROJECT (model)->files), position);
}

static void
project_model_init (GListModelInterface *iface)
{
  iface->get_item_type = project_get_item_type;
  iface->get_n_items = project_get_n_items;
  iface->get_item = project_get_item;
}

static void
barista_project_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaProject *self = BARISTA_PROJECT (object);

  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, barista_project_get_busy (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_NOTES:
      g_value_set_object (value, self->notes);
      break;
    case PROP_COMMANDS:
      g_value_set_boxed (value, self->commands);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_project_dispose (GObject *object)
{
  BaristaProject *self = BARISTA_PROJECT (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (barista_session_get_setup (self->session), self);
    }
  g_clear_object (&self->session);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (barista_project_parent_class)->dispose (object);
}

static void
barista_project_finalize (GObject *object)
{
  BaristaProject *self = BARISTA_PROJECT (object);

  g_object_unref (self->files);
  g_object_unref (self->notes);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_free (self->problem);

  G_OBJECT_CLASS (barista_project_parent_class)->finalize (object);
}

static void
barista_project_class_init (BaristaProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = barista_project_get_property;
  object_class->dispose = barista_project_dispose;
  object_class->finalize = barista_project_finalize;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_NOTES] = g_param_spec_object ("notes", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_COMMANDS] = g_param_spec_boxed ("commands", NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
on_items_changed (BaristaProject *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
barista_project_init (BaristaProject *self)
{
  self->files = g_list_store_new (BARISTA_TYPE_PROJECT_FILE);
  self->notes = g_list_store_new (BARISTA_TYPE_PROJECT_NOTE);
  self->stale = TRUE;
  g_signal_connect_object (self->files, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * barista_project_new:
 * @session: what it is the project of
 *
 * Returns: (transfer full): its files; none until it is watched
 */
BaristaProject *
barista_project_new (BaristaSession *session)
{
  BaristaProject *self = g_object_new (BARISTA_TYPE_PROJECT, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "steps-changed", G_CALLBACK (refresh_soon), self);
  g_signal_connect_swapped (session, "table-changed", G_CALLBACK (refresh_soon), self);
  g_signal_connect_swapped (session, "notify::folder", G_CALLBACK (refresh_soon), self);
  g_signal_connect_swapped (barista_session_get_setup (session), "notify",
                            G_CALLBACK (refresh_soon), self);

  return self;
}
