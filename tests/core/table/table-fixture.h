/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-profile.h"
#include "barista-table.h"

/* Setups and schemas as text, for tests of tables and artefacts. */

/* A key of one string, and of two parts. */
#define KEY_STRING                                                                         \
  "{'type':'record','name':'Key','namespace':'root','fields':[{'name':'_flow_key','type':" \
  "{'type':'record','name':'Parts','namespace':'root.Key','fields':["                      \
  "{'name':'p1','type':'string'}]}}]}"
#define KEY_TWO                                                                            \
  "{'type':'record','name':'Key','namespace':'root','fields':[{'name':'_flow_key','type':" \
  "{'type':'record','name':'Parts','namespace':'root.Key','fields':["                      \
  "{'name':'p1','type':'string'},{'name':'p2','type':'long'}]}}]}"

#define VALUE(fields) "{'type':'record','name':'root','fields':[" fields "]}"
#define FIELD(name, type) "{'name':'" name "','type':" type "}"
#define META(fields) \
  FIELD ("_meta", "{'type':'record','name':'_meta','namespace':'root','fields':[" fields "]}")

/* The collection of Estuary's page: keyed by _id, a field `example`, `_meta` a record. */
#define VALUE_PAGE                                                                \
  VALUE (FIELD ("_id", "'string'") "," META (FIELD ("op", "'string'") "," FIELD ( \
      "is_deleted", "'long'")) "," FIELD ("example", "'string'"))

#define TASK(deletions)                                                                   \
  "'task':{'name':'acmeCo/prod/tinybird','managed':true,'collections':['acmeCo/orders']," \
  "'deletions':'" deletions "'}"

/* One topic, acmeCo/orders; @members: further members of the topic, each with a comma before it */
#define SETUP(task, members)                                         \
  "{'format':'barista-setup','version':1," task                      \
  ",'server':{'bootstrap_servers':['dekaf.estuary-data.com:9092']}," \
  "'topics':[{'topic':'acmeCo/orders'" members "}]}"

BaristaSetup *fixture_setup (const char *quoted);
BaristaAvroSchema *fixture_schema (const char *quoted);
/* The table of the setup's first topic; NULL: no such schema */
BaristaTable *fixture_table (BaristaSetup *setup, const char *key, const char *value);
BaristaTable *fixture_new (const char *setup, const char *key, const char *value);
const BaristaFinding *fixture_finding (GPtrArray *findings, const char *rule);
void
fixture_assert_column (BaristaTable *table, const char *name, const char *type, const char *path);
