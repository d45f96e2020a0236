/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"

G_BEGIN_DECLS

/* Where each artefact goes, relative to the project folder. */
char *barista_output_task_file_name (const char *task);
char *barista_output_flow_path (const BaristaOutputRequest *request);
char *barista_output_flow_config_path (const BaristaOutputRequest *request);
char *barista_output_connection_path (const BaristaOutputRequest *request);
char *barista_output_datasource_path (BaristaTable *table);
char *barista_output_endpoint_name (BaristaTable *table);
char *barista_output_endpoint_path (BaristaTable *table);
char *barista_output_deleted_name (BaristaTable *table);
char *barista_output_deleted_path (BaristaTable *table);
#define BARISTA_OUTPUT_CLASSIC_FORM "classic-form.md"

gboolean barista_output_is_classic (const BaristaOutputRequest *request);
gboolean barista_output_has_flow (const BaristaOutputRequest *request);
gboolean barista_output_has_connection (const BaristaOutputRequest *request);
gboolean barista_output_has_deleted_check (BaristaTable *table);

/* Server and registry as Tinybird will reach them: Dekaf's own for the practice task. */
char *barista_output_join_servers (const char *const *servers);
char *barista_output_bootstrap_servers (const BaristaOutputRequest *request);
char *barista_output_registry_url (const BaristaOutputRequest *request);
BaristaSecurity barista_output_security (const BaristaOutputRequest *request);
BaristaMechanism barista_output_mechanism (const BaristaOutputRequest *request);
gboolean barista_output_uses_sasl (const BaristaOutputRequest *request);
char *barista_output_registry_secret (const BaristaOutputRequest *request);
char *barista_output_group_secret (BaristaTable *table);

gboolean barista_output_has_sink (BaristaSink *sink);
guint barista_output_n_targets (const BaristaOutputRequest *request);
guint barista_output_n_sinks (const BaristaOutputRequest *request);
gboolean barista_output_add_sinks (const BaristaOutputRequest *request,
                                   GPtrArray *artefacts,
                                   GError **error);
void barista_output_readme_sinks_what (const BaristaOutputRequest *request, GString *text);
void barista_output_readme_roles (const BaristaOutputRequest *request, GString *text);
void barista_output_readme_runs (const BaristaOutputRequest *request, GString *text);
GPtrArray *barista_output_forward_commands (const BaristaOutputRequest *request, guint rows_max);
char *barista_output_parameter_name (const char *column, GHashTable *taken);

void barista_output_note (const BaristaOutputRequest *request, GPtrArray *findings);

G_END_DECLS
