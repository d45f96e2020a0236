/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check.h"
#include "barista-connection.h"
#include "barista-gather.h"
#include "barista-report-private.h"

G_BEGIN_DECLS

/* The check's own parts: barista-check.c holds the object and the two lanes, -listing what there
 * is, -topics the topics in turn, -sample the records, -group the groups, -registry the registry's
 * lane. */

typedef enum
{
  LANE_RUNNING,
  LANE_PASSED,
  LANE_FAILED
} CheckLane;

struct _BaristaCheck
{
  GObject parent_instance;

  BaristaSetup *setup;
  BaristaSecret *token;
  BaristaSecret *registry_token;
  BaristaCheckOptions options;
  char *only_topic;

  BaristaReport *report;
  GPtrArray *probes;

  GTask *task;
  GCancellable *cancellable; /* stops everything */
  gulong outer_id;
  GCancellable *deadline; /* time is up for the stages that run */
  GSource *timeout;
  CheckLane kafka, registry;
  gboolean listed;          /* the topics are known, or never will be */
  gboolean awaits_registry; /* the Kafka lane stands before its first sample */
  gboolean awaits_topics;   /* the registry lane stands before its schemas */

  GPtrArray *addresses; /* BaristaAddress */
  BaristaConnection *connection;
  BaristaReply *listing;      /* Metadata with the probed topics */
  BaristaWireIter last_found; /* in it: before the topic that was looked up last */
  guint metadata_tries;
  guint next_probe;
  gboolean topics_due, runs_topics; /* the next topic's turn has come; its loop is on the stack */
  gboolean joined_together;         /* a throw-away group was tried with all probed topics */
  gboolean hung_up; /* the connection was closed in a topic's stage: the next one takes a new one */
  gpointer dialled; /* CheckStage of the dial under way */

  BaristaRegistry *client;
  gpointer registry_stage; /* CheckStage of the registry proper, from its list on */
  GHashTable *groups;      /* nullable: set of the group ids that are stated or proposed so far */
  GHashTable *schemas;     /* id -> BaristaAvroSchema */
};

/**
 * CheckStage:
 *
 * A stage under way: its place in the report, evidence, time limit and what it works on. Callbacks
 * carry it; check_stage_end() frees it.
 */
typedef struct
{
  BaristaCheck *check; /* reference */
  BaristaService service;
  BaristaStage stage;
  char *host;
  char *topic;
  BaristaProbe *probe; /* nullable */
  BaristaEvidence *evidence;
  GCancellable *cancellable; /* of its operations */
  gulong outer_id, deadline_id;
  gboolean expired;
  gint64 began, until, paused;
  GSource *limit;
  guint position;
  gpointer work; /* what a stage of several calls keeps */
  GDestroyNotify free_work;
} CheckStage;

CheckStage *check_stage_begin (BaristaCheck *self,
                               BaristaService service,
                               BaristaStage stage,
                               BaristaProbe *probe);
/* The same without a place in the report: for an operation that turns out to be of several stages.
 * Ends with check_stage_drop(). */
CheckStage *
check_stage_begin_unlisted (BaristaCheck *self, BaristaService service, BaristaStage stage);
void check_stage_drop (CheckStage *stage);
/* Something came: 10 s more before it counts as silent, 30 s in all (40 s and once for metadata). */
void check_stage_touch (CheckStage *stage);
/* One of many answers is complete: as long as they keep coming the stage may go on. */
void check_stage_progress (CheckStage *stage);
/* Waits for the other lane: no time runs until check_stage_resume(). */
void check_stage_pause (CheckStage *stage);
void check_stage_resume (CheckStage *stage);
/* The end that @error means for @stage; fills the evidence. */
void check_stage_fail (CheckStage *stage, const GError *error);
/* The same where the registry was asked, in whichever service's stage. */
void check_stage_fail_at_registry (CheckStage *stage, const GError *error);
void check_stage_clear_limit (CheckStage *stage); /* somebody else keeps the time */
/* Classifies and reports, after @duration microseconds. */
gboolean check_stage_report (CheckStage *stage, gint64 duration);
/* Classifies, reports, frees. TRUE: passed. Cancelled stages are reported as such: FALSE. */
gboolean check_stage_end (CheckStage *stage);
void check_skip (BaristaCheck *self,
                 BaristaService service,
                 BaristaStage stage,
                 const char *topic,
                 const char *reason);
/* What would have come after @last in the Kafka lane, so that a report tells of every stage. */
void check_skip_rest (BaristaCheck *self, BaristaStage last);
gboolean check_is_stopped (BaristaCheck *self);
void check_report_stage (BaristaCheck *self, guint position, BaristaStageReport *report);
const BaristaAddress *check_get_address (BaristaCheck *self);

/* The Kafka lane. */
void check_start_metadata (BaristaCheck *self);
gboolean check_choose_probes (BaristaCheck *self);
void check_run_topics (BaristaCheck *self); /* the next stage of the next topic */
void check_start_topic (BaristaCheck *self, BaristaProbe *probe);
void check_start_sample (BaristaCheck *self, BaristaProbe *probe);
void check_start_group (BaristaCheck *self, BaristaProbe *probe);
void check_end_kafka (BaristaCheck *self, gboolean passed);
/* A new connection for @stage, whose evidence gets the failure of a dial. */
void check_redial (CheckStage *stage, GPtrArray *addresses, GAsyncReadyCallback callback);
/* One more connection, signed in; ends with barista_dial_finish(). */
void check_dial_one (BaristaCheck *self,
                     const BaristaAddress *address,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);

/* The registry's lane. */
void check_start_registry (BaristaCheck *self);
void check_start_schemas (BaristaCheck *self);
void check_end_registry (BaristaCheck *self, gboolean passed);
BaristaAddress *check_dup_registry_address (BaristaCheck *self); /* nullable */

/* The listed topic of a probe; FALSE: not in the listing. */
gboolean check_find_listed (BaristaCheck *self, const char *name, BaristaWireView *topic);

G_END_DECLS
