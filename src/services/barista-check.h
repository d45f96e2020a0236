/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"
#include "barista-report.h"
#include "barista-secret.h"
#include "barista-setup.h"
#include "barista-span.h"

G_BEGIN_DECLS

/**
 * BaristaCheckOptions:
 * @timeout_s: bound on the whole check; 0 = none
 * @until: the last stage to run: %BARISTA_STAGE_HELLO (an address alone: no sign-in is sent, and none
 *   is needed), %BARISTA_STAGE_METADATA (`topics`), %BARISTA_STAGE_REGISTRY
 *   (`schema`, `generate`) or %BARISTA_STAGE_GROUP
 * @join: add the throw-away group join
 * @all_topics: where the setup states no topics, probe all of them instead of the first three
 * @only_topic: (nullable): probe this topic alone
 */
typedef struct
{
  guint timeout_s;
  BaristaStage until;
  gboolean join;
  gboolean all_topics;
  const char *only_topic;
} BaristaCheckOptions;

#define BARISTA_CHECK_OPTIONS_INIT { .until = BARISTA_STAGE_GROUP }

/* What was learned of a probed topic, beside its stages. */
typedef struct
{
  char *topic;                    /* as listed, or as asked for when it isn't */
  BaristaTopicChoice *choice;     /* stated, or a new one with nothing but the name */
  BaristaAvroSchema *key, *value; /* nullable */
  char *key_text, *value_text;    /* nullable: as registered */
  guint32 key_id, value_id;
  GPtrArray *sample;   /* BaristaSampleRecord, at most 200, nullable */
  GArray *spans;       /* BaristaSpan, one a partition; nullable: not all could be asked */
  GHashTable *schemas; /* id -> BaristaAvroSchema: what records were written with, older ones too */
} BaristaProbe;

typedef struct
{
  gint32 partition;
  gint64 offset, timestamp;
  GBytes *key, *value; /* with their five bytes of framing; NULL = null */
  GBytes *headers;     /* nullable: raw, as barista_record_next_header() reads them */
  guint n_headers;
} BaristaSampleRecord;

/**
 * BaristaCheck:
 *
 * One check of a setup: runs the table of stages, Kafka and registry at once, gathers evidence, and
 * lets core name the causes. One object, one run. The report is live: stages appear as they start
 * and are replaced (items-changed) as they end; "stage" is emitted for each final one, the moment its
 * cause is known. Never blocks; lives on its creator's main context.
 */
#define BARISTA_TYPE_CHECK (barista_check_get_type ())
G_DECLARE_FINAL_TYPE (BaristaCheck, barista_check, BARISTA, CHECK, GObject)

/* @token, @registry_token: nullable (then a sign-in ends as password-empty). */
BaristaCheck *barista_check_new (BaristaSetup *setup,
                                 BaristaSecret *token,
                                 BaristaSecret *registry_token,
                                 const BaristaCheckOptions *options);
/* Ends without an error also when stages failed; the only GError is G_IO_ERROR_CANCELLED, and the
 * report is then complete, with cancelled stages. */
void barista_check_run_async (BaristaCheck *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean barista_check_run_finish (BaristaCheck *self, GAsyncResult *result, GError **error);
BaristaReport *barista_check_get_report (BaristaCheck *self);
GPtrArray *barista_check_get_probes (BaristaCheck *self); /* BaristaProbe, in the order probed */

G_END_DECLS
