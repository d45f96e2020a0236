/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session.h"

G_BEGIN_DECLS

/* The session's own parts: barista-session.c holds the object, -watch follows the setup, -check runs
 * the checks, -token keeps the secrets, -tables what follows from schemas, -undo the past. */

/* What is known of a topic, over several checks. */
typedef struct
{
  GPtrArray *probes; /* of the check that looked at it; keeps @probe */
  const BaristaProbe *probe;
  GPtrArray *stages; /* BaristaStageReport of a look after the last whole check; NULL: none */
} SessionTopic;

/* One check under way. */
typedef struct
{
  BaristaSession *session;
  BaristaCheck *check;
  GCancellable *cancellable;
  gboolean whole;  /* of everything; else of topics that were chosen since */
  gboolean chosen; /* of topics that were chosen; else the check takes the first ones, half-way */
  gboolean quiet;  /* shown only at its end: nothing on the pages moves meanwhile */
} SessionRun;

struct _BaristaSession
{
  GObject parent_instance;

  BaristaSetup *setup;
  BaristaPractice *practice;
  GPtrArray *watched, *watched_sinks; /* SessionWatch: topics; sinks, their nodes and targets */

  BaristaSetupStore *store;
  char *id;
  guint save_source;
  gboolean touched; /* there is something to keep: one that was begun and left is not */

  BaristaSecret *token, *registry_token;
  BaristaTokenState token_state;
  gboolean keep_token;
  GCancellable *looking;  /* the keyring is being asked */
  GCancellable *keeping;  /* the token is being put into it */
  gboolean registry_kept; /* the registry's is in it, or being put into it */
  guint look_up_source;

  SessionRun *run;  /* the whole check */
  SessionRun *look; /* of single topics */
  BaristaReport *report;
  GListStore *stages;
  gboolean stages_stale; /* it is to be filled anew */
  gulong report_id;
  guint check_source, retry_source, activity_source;
  guint debounce_ms, retry_ms;
  gboolean address_open; /* that of the server or the registry is being typed */
  char *activity;
  gint64 working_since;
  int working_stage;

  GHashTable *topics;   /* name -> SessionTopic */
  GHashTable *tables;   /* name -> BaristaTable */
  GHashTable *outdated; /* set of names: their tables are to be made anew */
  GCancellable *making; /* NULL: none is being made */
  GPtrArray *made;      /* SessionRecipe: what it makes */
  guint tables_source;

  GPtrArray *undo, *redo; /* SessionPast */
  BaristaSetup *baseline;
  guint baseline_source;
  guint change_depth;
  gboolean restoring; /* not the person's own change */
  const char *last_property;
  gconstpointer last_item; /* whose it was; only compared */
  gint64 last_change;

  BaristaStep step;
  BaristaStepInfo infos[BARISTA_N_STEPS];
  gboolean infos_valid;
  guint visited, doubted;
  BaristaStep doubt;

  gboolean steps_stale; /* "steps-changed" is to be told */
  guint tell_source;

  char *folder;
  gboolean saved;
  GNetworkMonitor *network;
};

typedef enum
{
  SESSION_PROP_SETUP = 1,
  SESSION_PROP_PRACTICE,
  SESSION_PROP_CHECKING,
  SESSION_PROP_ACTIVITY,
  SESSION_PROP_REPORT,
  SESSION_PROP_TOKEN_STATE,
  SESSION_PROP_KEEP_TOKEN,
  SESSION_PROP_STEP,
  SESSION_PROP_FOLDER,
  SESSION_PROP_SAVED,
  SESSION_PROP_OFFLINE,
  SESSION_N_PROPS,
} SessionProperty;

void session_notify (BaristaSession *self, SessionProperty property);
void session_emit_table_changed (BaristaSession *self, const char *topic);
void session_emit_probe_changed (BaristaSession *self, const char *topic);
/* States may be others: told once, when the main loop comes round. */
void session_steps_changed (BaristaSession *self);
/* Stages or what the check does may be others: told in the same moment. */
void session_tell_soon (BaristaSession *self);
void session_save_soon (BaristaSession *self);

/* -watch */
void session_watch_init (BaristaSession *self);
void session_watch_clear (BaristaSession *self);

/* -check */
/* What the check does, in words: follows whether one runs, and to which stage it came. */
void session_activity_follow (BaristaSession *self);
void session_activity_update (BaristaSession *self);
void session_activity_clear (BaristaSession *self);
/* What every new session begins with. */
void session_start (BaristaSession *self, BaristaSetup *setup);
void session_check_init (BaristaSession *self);
void session_check_clear (BaristaSession *self);
/* An answer of the connection changed: what was seen holds no more. */
void session_check_stale (BaristaSession *self);
void session_check_schedule (BaristaSession *self, guint delay_ms);
void session_look_at_topics (BaristaSession *self);
void session_address_open (BaristaSession *self);
gboolean session_address_done (BaristaSession *self);
/* For tests: waits of their own. */
void barista_session_set_waits (BaristaSession *self, guint debounce_ms, guint retry_ms);

/* -token */
/* After @delay_ms, as one may still be typing; a token of another name or server goes at once. */
void session_token_look_up (BaristaSession *self, guint delay_ms);
void session_token_accepted (BaristaSession *self);
void session_registry_token_accepted (BaristaSession *self);
void session_token_saved (BaristaSession *self);
void session_token_clear (BaristaSession *self);

/* -tables */
void session_tables_init (BaristaSession *self);
void session_tables_clear (BaristaSession *self);
void session_tables_take_probes (BaristaSession *self, GPtrArray *probes);
void session_tables_take_stages (BaristaSession *self, BaristaReport *report, gboolean whole);
/* Before anybody looks at the stages: they are as the check has them now. */
void session_tables_settle_stages (BaristaSession *self);
void session_tables_forget_all (BaristaSession *self);
/* @topic: NULL for all */
void session_tables_changed (BaristaSession *self, const char *topic);

/* What a table is made of, but for the setup. */
typedef struct
{
  char *topic;
  BaristaTopicChoice *probed; /* as it was looked at: counts if it isn't chosen any more */
  BaristaAvroSchema *key, *value;
} SessionRecipe;
GPtrArray *session_recipes_new (void);
void session_recipes_add (GPtrArray *recipes, BaristaSession *self, const char *topic);
GPtrArray *
session_recipes_make (GPtrArray *recipes, BaristaSetup *setup, GCancellable *cancellable);

/* What the artefacts follow from: barista-project.c makes them on a thread of its own. */
typedef struct
{
  BaristaSetup *setup;
  GPtrArray *recipes; /* of the tables */
  char *folder;       /* NULL: none chosen */
  gboolean practice, with_token;

  GPtrArray *artefacts; /* NULL until it ran, or if they can't be written safely */
  GPtrArray *findings, *commands, *form;
} SessionJob;
SessionJob *session_job_new (BaristaSession *self);
gboolean session_job_run (SessionJob *job, GError **error);
void session_job_free (SessionJob *job);

/* -undo */
void session_undo_init (BaristaSession *self);
void session_undo_clear (BaristaSession *self);
void session_undo_note (BaristaSession *self,
                        gconstpointer item,
                        const char *property,
                        BaristaStep step);

G_END_DECLS
