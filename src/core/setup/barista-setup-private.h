/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-member.h"
#include "barista-setup.h"

/* The answers as structs, one for each object of the profile file (barista-setup-members.c). */

G_BEGIN_DECLS

typedef struct
{
  BaristaRecordHead head;
  char *collection, *topic, *not_before;
  char **exclude;
} BaristaBindingAnswers;

typedef struct
{
  BaristaRecordHead head;
  char *name;
  gboolean managed, published, strict_topic_names;
  char **collections;
  BaristaDeletions deletions;
  GListStore *bindings;
} BaristaTaskAnswers;

typedef struct
{
  BaristaRecordHead head;
  char **bootstrap_servers;
  BaristaSecurity security;
  char *ca_file; /* as stated, maybe relative */
} BaristaServerAnswers;

typedef struct
{
  BaristaRecordHead head;
  BaristaMechanism mechanism;
  char *username;
} BaristaSignInAnswers;

typedef struct
{
  BaristaRecordHead head;
  gboolean enabled, same_sign_in;
  char *url, *username;
} BaristaRegistryAnswers;

typedef struct
{
  BaristaRecordHead head;
  char *name, *sorting_key, *version, *is_deleted, *partition_key, *ttl;
} BaristaEngineAnswers;

typedef struct
{
  BaristaColumnChoice choice; /* first: what the public list holds */
  BaristaRecordHead head;
} BaristaColumnAnswers;

typedef struct
{
  BaristaRecordHead head;
  char *topic, *group_id, *data_source, *marker;
  BaristaStart start;
  gboolean deployed;
  BaristaPlan plan;
  BaristaStore store;
  BaristaEngineAnswers engine;
  GPtrArray *columns;
} BaristaTopicAnswers;

typedef struct
{
  BaristaRecordHead head;
  BaristaTargetKind kind;
  char *name;
  char **bootstrap_servers;
  BaristaSecurity security;
  BaristaMechanism mechanism;
  char *key, *secret, *registry_url, *registry_secret, *ca_secret, *region, *arn;
} BaristaTargetAnswers;

typedef struct
{
  BaristaRecordHead head;
  char *name, *description, *sql;
} BaristaSinkNodeAnswers;

typedef struct
{
  BaristaRecordHead head;
  char *name, *description, *connection, *topic, *bucket_uri, *file_template, *format;
  char *compression, *strategy, *schedule;
  GListStore *nodes;
} BaristaSinkAnswers;

typedef struct
{
  BaristaRecordHead head;
  BaristaProjectFormat format;
  gboolean typescript;
  char *connection, *secret;
} BaristaProjectAnswers;

typedef struct
{
  BaristaRecordHead head;
  char *name;
  BaristaTaskAnswers task;
  BaristaServerAnswers server;
  BaristaSignInAnswers sign_in;
  BaristaRegistryAnswers registry;
  GListStore *topics, *targets, *sinks;
  BaristaProjectAnswers project;
} BaristaAnswers;

struct _BaristaBinding
{
  GObject parent_instance;
  BaristaBindingAnswers answers;
};

struct _BaristaTopicChoice
{
  GObject parent_instance;
  BaristaTopicAnswers answers;
};

struct _BaristaTarget
{
  GObject parent_instance;
  BaristaTargetAnswers answers;
};

struct _BaristaSinkNode
{
  GObject parent_instance;
  BaristaSinkNodeAnswers answers;
};

struct _BaristaSink
{
  GObject parent_instance;
  BaristaSinkAnswers answers;
};

struct _BaristaSetup
{
  GObject parent_instance;

  BaristaAnswers answers;
  char *folder;      /* of the profile; NULL: none */
  char *ca_path;     /* answers.server.ca_file, absolute */
  char *derived_url; /* of the registry; NULL: to be derived again */
};

#define BARISTA_DEFAULT_CONNECTION "estuary_dekaf"
#define BARISTA_DEFAULT_SECRET "DEKAF_TOKEN"

extern const BaristaRecord barista_binding_record;
extern const BaristaRecord barista_column_record;
extern const BaristaRecord barista_engine_record;
extern const BaristaRecord barista_topic_record;
extern const BaristaRecord barista_task_record;
extern const BaristaRecord barista_server_record;
extern const BaristaRecord barista_sign_in_record;
extern const BaristaRecord barista_registry_record;
extern const BaristaRecord barista_target_record;
extern const BaristaRecord barista_sink_node_record;
extern const BaristaRecord barista_sink_record;
extern const BaristaRecord barista_project_record;
extern const BaristaRecord barista_setup_record;

gpointer barista_column_answers_new (void);
void barista_column_answers_free (gpointer self);
/* For the profile's reader and writer. @folder: what a relative ca_file is relative to. */
void barista_setup_loaded (BaristaSetup *self, const char *folder);
/* For barista_setup_assign(): what is derived is to be derived again; @property (nullable) and what
 * depends on it is notified. */
void barista_setup_forget_derived (BaristaSetup *self);
void barista_setup_assigned (BaristaSetup *self, const char *property);

G_END_DECLS
