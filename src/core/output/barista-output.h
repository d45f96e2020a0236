/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-finding.h"
#include "barista-setup.h"
#include "barista-table.h"

G_BEGIN_DECLS

#define BARISTA_OUTPUT_ERROR (barista_output_error_quark ())
GQuark barista_output_error_quark (void);

/* An answer can't be written safely; the message names the place and a way out. */
typedef enum
{
  BARISTA_OUTPUT_ERROR_UNSAFE
} BaristaOutputError;

/**
 * BaristaArtefact:
 * @path: relative to the project folder, with slashes
 * @content: (nullable): its bytes; NULL for the token file, which only the folder's writer fills
 * @mode: 0644 or 0600
 *
 * One file of a project. Same setup and table: same bytes.
 */
typedef struct
{
  char *path;
  GBytes *content;
  guint mode;
} BaristaArtefact;

BaristaArtefact *barista_artefact_new (const char *path, GBytes *content, guint mode);
void barista_artefact_free (BaristaArtefact *self);

typedef enum
{
  BARISTA_OUTPUT_FLOW = 1 << 0,     /* --only flow */
  BARISTA_OUTPUT_TINYBIRD = 1 << 1, /* --only tinybird */
  BARISTA_OUTPUT_ALL = 3,
} BaristaOutputParts;

/**
 * BaristaOutputRequest:
 * @setup: the answers
 * @tables: BaristaTable, one per topic to load; empty = no topic
 * @parts: which side's files
 * @practice: made for the word `practice` (the folder's README says so)
 * @with_token: a token is at hand: the Flow config file is among the artefacts, without content
 * @ca_pem: (nullable): content of the own CA file, for the connection
 */
typedef struct
{
  BaristaSetup *setup;
  GPtrArray *tables;
  BaristaOutputParts parts;
  gboolean practice;
  gboolean with_token;
  const char *ca_pem;
} BaristaOutputRequest;

/**
 * barista_output_generate:
 * @request: what to write
 * @findings: (out): (element-type BaristaFinding): what the person should know
 * @error: return location
 *
 * Makes every artefact, in the order in which the folder's README tells of them. Pure.
 *
 * Returns: (transfer full) (element-type BaristaArtefact): the files; %NULL if something can't be
 *   written safely, and then nothing must be
 */
GPtrArray *
barista_output_generate (const BaristaOutputRequest *request, GPtrArray **findings, GError **error);

/* One writer per artefact; each gives the file's text. */
char *barista_output_flow (const BaristaOutputRequest *request, GError **error);
char *barista_output_connection (const BaristaOutputRequest *request, GError **error);
char *barista_output_datasource (const BaristaOutputRequest *request,
                                 BaristaTable *table,
                                 GError **error);
char *
barista_output_endpoint (const BaristaOutputRequest *request, BaristaTable *table, GError **error);
/* What is left of the deletions of a hard plan after FINAL; it must give no rows. */
char *barista_output_deleted_check (const BaristaOutputRequest *request,
                                    BaristaTable *table,
                                    GError **error);
/* Out of Tinybird: a sink's pipe, its connection (Forward), and what Amazon needs for S3. */
char *barista_output_sink (const BaristaOutputRequest *request, BaristaSink *sink, GError **error);
char *
barista_output_target (const BaristaOutputRequest *request, BaristaTarget *target, GError **error);
char *barista_output_trust_policy (BaristaTarget *target);
char *barista_output_access_policy (const BaristaOutputRequest *request, BaristaTarget *target);
/* The web form's values, for a Classic workspace. */
char *barista_output_classic_form (const BaristaOutputRequest *request);
char *barista_output_gitignore (void);
char *barista_output_readme (const BaristaOutputRequest *request);
/* The YAML of the token file: token: "...". Bounded, double-quoted; caller wipes it. */
char *barista_output_flow_config (const BaristaOutputRequest *request, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaArtefact, barista_artefact_free)

G_END_DECLS
