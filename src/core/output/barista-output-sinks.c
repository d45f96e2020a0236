/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"
#include "barista-output-private.h"
#include "barista-sinks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Which files the sinks of a setup become. */

guint
barista_output_n_targets (const BaristaOutputRequest *request)
{
  return request->parts & BARISTA_OUTPUT_TINYBIRD
             ? g_list_model_get_n_items (barista_setup_get_targets (request->setup))
             : 0;
}

guint
barista_output_n_sinks (const BaristaOutputRequest *request)
{
  return request->parts & BARISTA_OUTPUT_TINYBIRD
             ? g_list_model_get_n_items (barista_setup_get_sinks (request->setup))
             : 0;
}

/* @text: (transfer full) (nullable): NULL: it was refused */
static gboolean
take (GPtrArray *artefacts, const char *path, char *text)
{
  g_autoptr (GBytes) content = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;

  if (content != NULL)
    g_ptr_array_add (artefacts, barista_artefact_new (path, content, 0644));
  return content != NULL;
}

static gboolean
has_artefact (GPtrArray *artefacts, const char *path)
{
  for (guint i = 0; i < artefacts->len; i++)
    if (g_str_equal (((BaristaArtefact *) artefacts->pdata[i])->path, path))
      return TRUE;

  return FALSE;
}

/* The name is the file's: a bad one is refused, and one that is taken. */
static gboolean
claim_path (GPtrArray *artefacts,
            const char *place,
            const char *name,
            const char *path,
            GError **error)
{
  g_autoptr (GError) inner = NULL;

  if (!barista_resource_name_check (name != NULL ? name : "", &inner))
    g_set_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE,
                 _ ("%s: %s. Choose another name."), place, inner->message);
  else if (has_artefact (artefacts, path))
    g_set_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE,
                 _ ("%s: %s: Two of the project would both be written there. Choose another name."),
                 path, place);
  else
    return TRUE;

  return FALSE;
}

static gboolean
add_policies (const BaristaOutputRequest *request, BaristaTarget *target, GPtrArray *artefacts)
{
  const char *name = barista_target_get_name (target);
  g_autofree char *access_path = g_strdup_printf ("policies/%s.access.json", name);
  g_autofree char *trust_path = g_strdup_printf ("policies/%s.trust.json", name);

  if (barista_target_get_kind (target) != BARISTA_TARGET_S3)
    return TRUE;

  take (artefacts, access_path, barista_output_access_policy (request, target));
  if (barista_target_get_arn (target) != NULL)
    take (artefacts, trust_path, barista_output_trust_policy (target));
  return TRUE;
}

static gboolean
add_target (const BaristaOutputRequest *request,
            BaristaTarget *target,
            GPtrArray *artefacts,
            GHashTable *names,
            GError **error)
{
  const char *name = barista_target_get_name (target);
  g_autofree char *path = barista_target_path (name);

  if (!claim_path (artefacts, "connections[].name", name, path, error))
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (name)))
    {
      g_set_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE,
                   _ ("%s: %s: Two of the project would both be written there. Choose another "
                      "name."),
                   path, "connections[].name");
      return FALSE;
    }
  if (!barista_output_is_classic (request)
      && !take (artefacts, path, barista_output_target (request, target, error)))
    return FALSE;

  return add_policies (request, target, artefacts);
}

static gboolean
add_sink (const BaristaOutputRequest *request,
          BaristaSink *sink,
          GPtrArray *artefacts,
          GError **error)
{
  const char *name = barista_sink_get_name (sink);
  g_autofree char *path = barista_sink_path (name);

  if (!barista_output_has_sink (sink))
    return TRUE; /* a finding tells of it */

  return claim_path (artefacts, "sinks[].name", name, path, error)
         && take (artefacts, path, barista_output_sink (request, sink, error));
}

/**
 * barista_output_add_sinks:
 * @request: what to write
 * @artefacts: (element-type BaristaArtefact): the files so far; gets those of connections and sinks
 * @error: return location
 *
 * Returns: %FALSE if something can't be written safely
 */
gboolean
barista_output_add_sinks (const BaristaOutputRequest *request, GPtrArray *artefacts, GError **error)
{
  GListModel *targets = barista_setup_get_targets (request->setup);
  GListModel *sinks = barista_setup_get_sinks (request->setup);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      if (!add_target (request, target, artefacts, names, error))
        return FALSE;
    }

  for (guint i = 0; i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);

      if (!add_sink (request, sink, artefacts, error))
        return FALSE;
    }

  return TRUE;
}
