/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BARISTA_PRACTICE_ERROR (barista_practice_error_quark ())
GQuark barista_practice_error_quark (void);

typedef enum
{
  BARISTA_PRACTICE_ERROR_LISTEN,   /* a port is taken or not allowed */
  BARISTA_PRACTICE_ERROR_SCENARIO, /* no scenario of that name */
  BARISTA_PRACTICE_ERROR_DUMP,     /* the dump can't be written */
  BARISTA_PRACTICE_ERROR_INTERNAL,
} BaristaPracticeError;

/**
 * BaristaPracticeOptions:
 * @kafka_port: 0 = a free one
 * @registry_port: 0 = a free one
 * @tls: both listeners speak TLS, with a throw-away CA
 * @n_topics: 0 = the company's collections; more: as many topics, the company's first
 * @n_fields: 0 = as they are; more: one wide collection with as many fields
 * @cdc: deletions: cdc instead of kafka
 * @strict: strict topic names
 * @seed: clock, token and data follow from it
 * @arrivals: records a second in all; 0 none
 * @dump_file: (nullable): decoded records go there as NDJSON
 * @scenarios: (nullable): faults, see barista_practice_scenarios()
 */
typedef struct
{
  guint16 kafka_port, registry_port;
  gboolean tls;
  guint n_topics, n_fields;
  gboolean cdc, strict;
  guint64 seed;
  guint arrivals;
  const char *dump_file;
  const char *const *scenarios;
} BaristaPracticeOptions;

#define BARISTA_PRACTICE_OPTIONS_INIT { .tls = TRUE, .seed = 1, .arrivals = 1 }

/**
 * BaristaPracticeInfo:
 *
 * How to reach a running practice Dekaf; owned by it.
 */
typedef struct
{
  const char *bootstrap_servers; /* 127.0.0.1:40001 */
  const char *registry_url;      /* https://127.0.0.1:40002 */
  const char *username;          /* acmeCo/practice/tinybird */
  const char *token;
  const char *ca_file; /* absolute; NULL without TLS */
  const char *profile; /* a ready profile file, absolute */
} BaristaPracticeInfo;

/**
 * BaristaPractice:
 *
 * The practice Dekaf: Kafka and registry on loopback, on a thread and GMainContext of their own, so
 * that a check of it works unchanged inside the window. Its files (CA, profile) lie in a private
 * temporary folder that goes with it.
 */
#define BARISTA_TYPE_PRACTICE (barista_practice_get_type ())
G_DECLARE_FINAL_TYPE (BaristaPractice, barista_practice, BARISTA, PRACTICE, GObject)

/* Blocks until both listen (a few ms). */
BaristaPractice *barista_practice_start (const BaristaPracticeOptions *options, GError **error);
const BaristaPracticeInfo *barista_practice_get_info (BaristaPractice *self);
/* Ends the scenario task-unpublished before its time. */
void barista_practice_publish_task (BaristaPractice *self);
void barista_practice_stop (BaristaPractice *self); /* idempotent; joins the thread */

typedef struct
{
  const char *name;
  const char *summary;
} BaristaScenarioInfo;
const BaristaScenarioInfo *barista_practice_scenarios (guint *n);

G_END_DECLS
