/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-setup-enums.h"
#include "barista-sink.h"
#include "barista-target.h"

G_BEGIN_DECLS

/* task.bindings[] */
#define BARISTA_TYPE_BINDING (barista_binding_get_type ())
G_DECLARE_FINAL_TYPE (BaristaBinding, barista_binding, BARISTA, BINDING, GObject)
BaristaBinding *barista_binding_new (const char *collection, const char *topic);
const char *barista_binding_get_collection (BaristaBinding *self);
const char *barista_binding_get_topic (BaristaBinding *self);
const char *barista_binding_get_not_before (BaristaBinding *self); /* RFC 3339 or NULL */
const char *const *barista_binding_get_exclude (BaristaBinding *self);

/**
 * BaristaColumnChoice:
 *
 * What the person changed in one column (topics[].columns[]): NULL or -1 = not changed.
 */
typedef struct
{
  char *path;
  char *name;
  char *type;
  int included; /* -1 not stated, 0, 1 */
} BaristaColumnChoice;

/* topics[] : one topic to load and the data source that it becomes. Each answer is a property
 * ("group-id", "start", "plan", "engine" ...); "columns-changed" tells of a changed column. */
#define BARISTA_TYPE_TOPIC_CHOICE (barista_topic_choice_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicChoice, barista_topic_choice, BARISTA, TOPIC_CHOICE, GObject)
BaristaTopicChoice *barista_topic_choice_new (const char *topic);
const char *barista_topic_choice_get_topic (BaristaTopicChoice *self);
const char *barista_topic_choice_get_group_id (BaristaTopicChoice *self); /* NULL: propose */
BaristaStart barista_topic_choice_get_start (BaristaTopicChoice *self);
const char *barista_topic_choice_get_data_source (BaristaTopicChoice *self); /* NULL: propose */
gboolean barista_topic_choice_get_deployed (BaristaTopicChoice *self);
BaristaPlan barista_topic_choice_get_plan (BaristaTopicChoice *self);
BaristaStore barista_topic_choice_get_store (BaristaTopicChoice *self);
const char *barista_topic_choice_get_marker (BaristaTopicChoice *self); /* NULL: as registered */
/* engine members; NULL = not stated (take the proposal), "" cannot occur */
const char *barista_topic_choice_get_engine (BaristaTopicChoice *self);
const char *barista_topic_choice_get_sorting_key (BaristaTopicChoice *self);
const char *barista_topic_choice_get_version (BaristaTopicChoice *self);
const char *barista_topic_choice_get_is_deleted (BaristaTopicChoice *self);
const char *barista_topic_choice_get_partition_key (BaristaTopicChoice *self);
const char *barista_topic_choice_get_ttl (BaristaTopicChoice *self);
/* BaristaColumnChoice; only to be read */
GPtrArray *barista_topic_choice_get_columns (BaristaTopicChoice *self);
void
barista_topic_choice_change_column (BaristaTopicChoice *self, const BaristaColumnChoice *change);
void barista_topic_choice_change_columns (BaristaTopicChoice *self,
                                          const BaristaColumnChoice *changes,
                                          gsize n);

/**
 * BaristaSetup:
 *
 * All that the person answered, and nothing else: no secret, no result of a check. Each answer is a
 * property (for bindings and notify) with a getter and setter of the same name; what is not stated
 * in the profile reads as the value that the window would propose. Lists are GListModels (GListStore
 * inside). Everything that one end or the other was told under a member that we don't know is kept
 * for the round trip.
 */
#define BARISTA_TYPE_SETUP (barista_setup_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSetup, barista_setup, BARISTA, SETUP, GObject)

BaristaSetup *barista_setup_new (void);
BaristaSetup *barista_setup_copy (BaristaSetup *self);
BaristaSetup *barista_setup_copy_sinks (BaristaSetup *self);
void barista_setup_assign (BaristaSetup *self, BaristaSetup *other);
gboolean barista_setup_equal (BaristaSetup *self, BaristaSetup *other);
gboolean barista_setup_sinks_equal (BaristaSetup *self, BaristaSetup *other);

const char *barista_setup_get_name (BaristaSetup *self);
void barista_setup_set_name (BaristaSetup *self, const char *name);

/* task */
gboolean barista_setup_has_task (BaristaSetup *self);
const char *barista_setup_get_task_name (BaristaSetup *self); /* NULL without a task */
void barista_setup_set_task_name (BaristaSetup *self, const char *task_name);
gboolean barista_setup_get_managed (BaristaSetup *self);
void barista_setup_set_managed (BaristaSetup *self, gboolean managed);
gboolean barista_setup_get_published (BaristaSetup *self);
void barista_setup_set_published (BaristaSetup *self, gboolean published);
BaristaDeletions barista_setup_get_deletions (BaristaSetup *self);
gboolean barista_setup_get_deletions_stated (BaristaSetup *self); /* else: read it off the wire */
void barista_setup_set_deletions (BaristaSetup *self, BaristaDeletions deletions);
gboolean barista_setup_get_strict_topic_names (BaristaSetup *self);
void barista_setup_set_strict_topic_names (BaristaSetup *self, gboolean strict);
const char *const *barista_setup_get_collections (BaristaSetup *self); /* may be empty */
void barista_setup_set_collections (BaristaSetup *self, const char *const *collections);
/* bindings as stated, or one per collection (topic = collection): BaristaBinding */
GListModel *barista_setup_get_bindings (BaristaSetup *self);
/* States the bindings; @binding takes the place of the one of its collection. */
void barista_setup_add_binding (BaristaSetup *self, BaristaBinding *binding);
/* From when on every collection is read (RFC 3339, NULL: from the beginning). */
void barista_setup_set_not_before (BaristaSetup *self, const char *not_before);

/* server */
const char *const *barista_setup_get_bootstrap_servers (BaristaSetup *self); /* as typed */
void barista_setup_set_bootstrap_servers (BaristaSetup *self, const char *const *servers);
BaristaSecurity barista_setup_get_security (BaristaSetup *self);
void barista_setup_set_security (BaristaSetup *self, BaristaSecurity security);
const char *barista_setup_get_ca_file (BaristaSetup *self); /* absolute, or NULL */
void barista_setup_set_ca_file (BaristaSetup *self, const char *ca_file);
gboolean barista_setup_get_uses_tls (BaristaSetup *self);
gboolean barista_setup_get_uses_sasl (BaristaSetup *self);
gboolean
barista_setup_get_is_dekaf (BaristaSetup *self); /* has a task, or a server named dekaf.* */

/* sign_in */
BaristaMechanism barista_setup_get_mechanism (BaristaSetup *self);
void barista_setup_set_mechanism (BaristaSetup *self, BaristaMechanism mechanism);
const char *
barista_setup_get_username (BaristaSetup *self); /* stated, else the task's; may be NULL */
void barista_setup_set_username (BaristaSetup *self, const char *username);

/* registry */
gboolean barista_setup_get_registry_enabled (BaristaSetup *self);
void barista_setup_set_registry_enabled (BaristaSetup *self, gboolean enabled);
/* As typed, but never with a password; stated, or derived from the first server: never NULL, "" if
 * that can't be read. */
const char *barista_setup_get_registry_url (BaristaSetup *self);
void barista_setup_set_registry_url (BaristaSetup *self, const char *url);
gboolean barista_setup_get_registry_same_sign_in (BaristaSetup *self);
void barista_setup_set_registry_same_sign_in (BaristaSetup *self, gboolean same);
/* of its own, or the one of sign_in when same_sign_in */
const char *barista_setup_get_registry_username (BaristaSetup *self);
void barista_setup_set_registry_username (BaristaSetup *self, const char *username);

/* topics: BaristaTopicChoice; stated FALSE = the member is missing (all of the task) */
GListModel *barista_setup_get_topics (BaristaSetup *self);
gboolean barista_setup_get_topics_stated (BaristaSetup *self);
/* FALSE: nothing is read from Kafka, it is about sinks only */
gboolean barista_setup_get_has_source (BaristaSetup *self);
void barista_setup_add_topic (BaristaSetup *self, BaristaTopicChoice *topic);
void barista_setup_add_topics (BaristaSetup *self, GPtrArray *topics);
void barista_setup_remove_topic (BaristaSetup *self, const char *topic);
BaristaTopicChoice *barista_setup_find_topic (BaristaSetup *self, const char *topic);

/* project */
const char *barista_setup_get_project_format (BaristaSetup *self); /* "forward", "classic" */
gboolean barista_setup_get_project_typescript (BaristaSetup *self);
const char *barista_setup_get_project_connection (BaristaSetup *self); /* estuary_dekaf */
const char *barista_setup_get_project_secret (BaristaSetup *self);     /* DEKAF_TOKEN */
void barista_setup_set_project_format (BaristaSetup *self, const char *format);

/* connections[]: BaristaTarget ("targets"). Names may repeat while one types: a rule tells of it. */
GListModel *barista_setup_get_targets (BaristaSetup *self);
void barista_setup_add_target (BaristaSetup *self, BaristaTarget *target);
void barista_setup_remove_target (BaristaSetup *self, BaristaTarget *target);
BaristaTarget *barista_setup_find_target (BaristaSetup *self, const char *name);

/* sinks[]: BaristaSink ("sinks") */
GListModel *barista_setup_get_sinks (BaristaSetup *self);
void barista_setup_add_sink (BaristaSetup *self, BaristaSink *sink);
void barista_setup_remove_sink (BaristaSetup *self, BaristaSink *sink);
BaristaSink *barista_setup_find_sink (BaristaSetup *self, const char *name);
BaristaTarget *barista_setup_get_sink_target (BaristaSetup *self, BaristaSink *sink);
BaristaTargetKind barista_setup_get_sink_kind (BaristaSetup *self, BaristaSink *sink);

G_END_DECLS
