/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-company.h"
#include "barista-practice-journal.h"
#include "barista-practice-scenarios.h"

#include "barista-avro-schema.h"

G_BEGIN_DECLS

/* The wide collection that --fields adds. */
#define BARISTA_PRACTICE_WIDE_TOPIC "acmeCo/telemetry"

/**
 * BaristaPracticeSchema:
 *
 * A registered schema. Equal texts share one id, as in Estuary's table of them.
 */
typedef struct
{
  guint32 id;
  char *text;
  BaristaAvroSchema *schema;
} BaristaPracticeSchema;

/**
 * BaristaPracticeTopic:
 * @name: the collection's catalog name, and the topic_name of its binding
 * @n_partitions: journals; 0: never written, not ready
 * @epoch: leader epoch
 * @journals: one a partition
 * @collection: what its documents are like
 * @fields: the selected fields, with those that the deletion mode adds
 */
typedef struct
{
  char *name;
  guint n_partitions;
  gint32 epoch;
  BaristaPracticeJournal **journals;
  const BaristaPracticeCollection *collection;
  const BaristaPracticeField *fields;
  const BaristaPracticeSchema *key, *value;
} BaristaPracticeTopic;

/**
 * BaristaPracticeCatalog:
 *
 * The topics of the task and their schemas. The company's are made at once, the many others when one
 * is asked for.
 */
typedef struct _BaristaPracticeCatalog BaristaPracticeCatalog;

BaristaPracticeCatalog *
barista_practice_catalog_new (const BaristaPracticeOptions *options, BaristaPracticeFaults faults);
void barista_practice_catalog_free (BaristaPracticeCatalog *self);

/* The listing, sorted by name. @name is valid until the next call. */
guint barista_practice_catalog_get_n_topics (BaristaPracticeCatalog *self);
const char *barista_practice_catalog_get_name (BaristaPracticeCatalog *self, guint i);
/* @epoch: (out) */
guint
barista_practice_catalog_get_partitions (BaristaPracticeCatalog *self, guint i, gint32 *epoch);

BaristaPracticeTopic *
barista_practice_catalog_find (BaristaPracticeCatalog *self, const char *name);
BaristaPracticeTopic *barista_practice_catalog_get_collection (BaristaPracticeCatalog *self,
                                                               BaristaPracticeCollectionId id);
const BaristaPracticeSchema *
barista_practice_catalog_find_schema (BaristaPracticeCatalog *self, guint32 id);

/* Called for a topic of the many the first time that it is found: writes its documents. */
typedef void (*BaristaPracticeFill) (BaristaPracticeTopic *topic, guint number, gpointer user_data);
void barista_practice_catalog_set_fill (BaristaPracticeCatalog *self,
                                        BaristaPracticeFill fill,
                                        gpointer user_data);

G_END_DECLS
