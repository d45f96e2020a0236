/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-output.h"

#include "barista-datafile.h"
#include "barista-names.h"
#include "barista-output-private.h"
#include "barista-output-typescript.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* With what is put around it a name still fits into a file's. */
#define MAX_NAME 200

G_DEFINE_QUARK (barista_output_error, barista_output_error)

/**
 * barista_artefact_new:
 * @path: relative to the project folder
 * @content: (nullable): its bytes
 * @mode: permission bits
 *
 * Returns: (transfer full): the artefact
 */
BaristaArtefact *
barista_artefact_new (const char *path, GBytes *content, guint mode)
{
  BaristaArtefact *self = g_new0 (BaristaArtefact, 1);

  self->path = g_strdup (path);
  self->content = content != NULL ? g_bytes_ref (content) : NULL;
  self->mode = mode;
  return self;
}

/**
 * barista_artefact_free:
 * @self: (transfer full) (nullable): an artefact
 */
void
barista_artefact_free (BaristaArtefact *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

/* @text: (transfer full) (nullable): NULL: it was refused */
static gboolean
take (GPtrArray *artefacts, const char *path, char *text)
{
  g_autoptr (GBytes) content = NULL;

  if (text == NULL)
    return FALSE;

  content = g_bytes_new_take (text, strlen (text));
  g_ptr_array_add (artefacts, barista_artefact_new (path, content, 0644));
  return TRUE;
}

static gboolean
add_flow (const BaristaOutputRequest *request, GPtrArray *artefacts, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *config = NULL;

  if (!barista_output_has_flow (request))
    return TRUE;

  path = barista_output_flow_path (request);
  if (!take (artefacts, path, barista_output_flow (request, error)))
    return FALSE;

  config = barista_output_flow_config_path (request);
  if (barista_setup_get_managed (request->setup) && request->with_token)
    g_ptr_array_add (artefacts, barista_artefact_new (config, NULL, 0600));
  return TRUE;
}

static gboolean
check_name (const char *place, const char *name, GError **error)
{
  g_autoptr (GError) inner = NULL;

  if (barista_resource_name_check (name, &inner) && strlen (name) <= MAX_NAME)
    return TRUE;

  g_set_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE,
               _ ("%s: %s. Choose another name."), place,
               inner != NULL ? inner->message : _ ("the name is too long for a file"));
  return FALSE;
}

static gboolean
add_connection (const BaristaOutputRequest *request, GPtrArray *artefacts, GError **error)
{
  g_autofree char *path = NULL;

  if (barista_output_has_connection (request)
      && !check_name ("project.connection", barista_setup_get_project_connection (request->setup),
                      error))
    return FALSE;
  if (barista_output_is_classic (request)
      && (barista_output_has_connection (request) || barista_output_n_targets (request) > 0))
    return take (artefacts, BARISTA_OUTPUT_CLASSIC_FORM, barista_output_classic_form (request));
  if (barista_output_is_classic (request) || !barista_output_has_connection (request))
    return TRUE;

  path = barista_output_connection_path (request);
  return take (artefacts, path, barista_output_connection (request, error));
}

/* Two data sources of one name would be one file. */
static gboolean
claim_name (GHashTable *names, BaristaTable *table, GError **error)
{
  const char *name = barista_table_get_data_source (table);
  const char *topic = g_hash_table_lookup (names, name);

  if (!check_name ("topics[].data_source", name, error))
    return FALSE;
  if (topic == NULL)
    {
      g_hash_table_insert (names, (gpointer) name, (gpointer) barista_table_get_topic (table));
      return TRUE;
    }

  g_set_error (
      error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE,
      _ ("datasources/%s.datasource: The topics %s and %s would both be written there. Give "
         "one of them another data_source."),
      name, topic, barista_table_get_topic (table));
  return FALSE;
}

static gboolean
add_datasources (const BaristaOutputRequest *request,
                 GHashTable *names,
                 GPtrArray *artefacts,
                 GError **error)
{
  for (guint i = 0; i < request->tables->len; i++)
    {
      BaristaTable *table = request->tables->pdata[i];
      g_autofree char *path = NULL;

      if (!claim_name (names, table, error))
        return FALSE;
      path = barista_output_datasource_path (table);
      if (!take (artefacts, path, barista_output_datasource (request, table, error)))
        return FALSE;
    }

  return TRUE;
}

/* Resource names are unique in a workspace: a pipe gives way to a data source of its name. */
static void
note_taken (GPtrArray *findings, const char *name)
{
  g_autofree char *message = g_strdup_printf (
      _ ("No endpoint %s is written: a data source has that name."), name);

  g_ptr_array_add (findings,
                   barista_finding_new ("endpoint-name-taken", BARISTA_LEVEL_WARNING, NULL, 0,
                                        message, _ ("Name the data source differently.")));
}

static gboolean
add_endpoints (const BaristaOutputRequest *request,
               GHashTable *names,
               GPtrArray *artefacts,
               GPtrArray *findings,
               GError **error)
{
  for (guint i = 0; i < request->tables->len; i++)
    {
      BaristaTable *table = request->tables->pdata[i];
      g_autofree char *name = barista_output_endpoint_name (table);
      g_autofree char *path = barista_output_endpoint_path (table);
      g_autofree char *deleted_name = barista_output_deleted_name (table);
      g_autofree char *deleted_path = barista_output_deleted_path (table);

      if (g_hash_table_contains (names, name))
        note_taken (findings, name);
      else if (!take (artefacts, path, barista_output_endpoint (request, table, error)))
        return FALSE;

      if (!barista_output_has_deleted_check (table))
        continue;
      if (g_hash_table_contains (names, deleted_name))
        note_taken (findings, deleted_name);
      else if (!take (artefacts, deleted_path,
                      barista_output_deleted_check (request, table, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_tinybird (const BaristaOutputRequest *request,
              GPtrArray *artefacts,
              GPtrArray *findings,
              GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (!(request->parts & BARISTA_OUTPUT_TINYBIRD))
    return TRUE;

  return add_connection (request, artefacts, error)
         && add_datasources (request, names, artefacts, error)
         && add_endpoints (request, names, artefacts, findings, error)
         && barista_output_add_sinks (request, artefacts, error);
}

GPtrArray *
barista_output_generate (const BaristaOutputRequest *request, GPtrArray **findings, GError **error)
{
  g_autoptr (GPtrArray) artefacts = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_artefact_free);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_finding_free);

  barista_output_note (request, notes);
  if (!add_flow (request, artefacts, error) || !add_tinybird (request, artefacts, notes, error))
    return NULL;

  barista_output_typescript (request, artefacts, notes);
  take (artefacts, "README.md", barista_output_readme (request));
  take (artefacts, ".gitignore", barista_output_gitignore ());

  if (findings != NULL)
    *findings = g_steal_pointer (&notes);
  return g_steal_pointer (&artefacts);
}

/**
 * barista_output_gitignore:
 *
 * Returns: (transfer full): the lines that keep secrets out of version control
 */
char *
barista_output_gitignore (void)
{
  return g_strdup (".tinyb\n.env*\n*.config.yaml\n");
}
