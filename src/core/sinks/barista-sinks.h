/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-file-template.h"
#include "barista-finding.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/*
 * What can be known of sinks and their connections without asking anyone: words, texts, rules with
 * fixes, examples and starting points. Pure.
 */

/* barista-sink-words.c */
typedef enum
{
  BARISTA_SINK_FORMAT,
  BARISTA_SINK_COMPRESSION,
  BARISTA_SINK_STRATEGY,
} BaristaSinkSetting;

/**
 * BaristaSinkWord:
 * @setting: what it is a value of
 * @word: as in the profile and in Forward's files
 * @classic: as in Classic's files
 * @in_sdk: the TypeScript SDK's types know it
 * @offered: to be offered; the others are read and understood
 * @standard: the word that says the same
 */
typedef struct
{
  BaristaSinkSetting setting;
  const char *word;
  const char *classic;
  gboolean in_sdk;
  gboolean offered;
  const char *standard;
} BaristaSinkWord;

const BaristaSinkWord *barista_sink_word_find (BaristaSinkSetting setting, const char *word);
const char *const *barista_sink_words (BaristaSinkSetting setting);
const char *barista_sink_get_setting (BaristaSink *sink, BaristaSinkSetting setting);

/* barista-sink-text.c */
char *barista_sink_statement (const char *sql);
char *barista_sink_description (const char *text);

/* barista-sink-example.c */
char *barista_sink_example_key (BaristaSink *sink, gint64 time);
char *barista_setup_propose_name (BaristaSetup *setup, GPtrArray *tables, const char *wanted);
char *barista_target_propose_secret (BaristaTarget *target, const char *ending);

/* barista-sink-samples.c */

/**
 * BaristaSinkSample:
 * @name: of the sink
 * @title: translatable: what it is for
 * @kind: what it writes to
 * @node: name of its node
 * @sql: what it exports
 * @schedule: when
 *
 * A sink to start from. The queries read a data source `events`.
 */
typedef struct
{
  const char *name;
  const char *title;
  BaristaTargetKind kind;
  const char *node;
  const char *sql;
  const char *schedule;
} BaristaSinkSample;

const BaristaSinkSample *barista_sink_samples (guint *n);
BaristaSink *barista_sink_new_from_sample (const BaristaSinkSample *sample, const char *name);

/* barista-sink-lint.c: a finding's @file says which sink or connection it is about */
void barista_sinks_lint (BaristaSetup *setup, GPtrArray *tables, GPtrArray *findings);
char *barista_sink_path (const char *name);
char *barista_target_path (const char *name);
char *barista_bucket_name (const char *uri);

/* barista-sink-fixes.c */
gboolean barista_sinks_can_fix (BaristaSetup *setup, const BaristaFinding *finding);
gboolean
barista_sinks_apply_fix (BaristaSetup *setup, GPtrArray *tables, const BaristaFinding *finding);

G_END_DECLS
