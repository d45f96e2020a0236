/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The words of the answers. */

G_BEGIN_DECLS

typedef enum
{
  BARISTA_DELETIONS_KAFKA,
  BARISTA_DELETIONS_CDC
} BaristaDeletions;

typedef enum
{
  BARISTA_SECURITY_SASL_SSL,
  BARISTA_SECURITY_SASL_PLAINTEXT,
  BARISTA_SECURITY_SSL,
  BARISTA_SECURITY_PLAINTEXT,
} BaristaSecurity;

typedef enum
{
  BARISTA_MECHANISM_PLAIN,
  BARISTA_MECHANISM_SCRAM_SHA_256,
  BARISTA_MECHANISM_SCRAM_SHA_512,
} BaristaMechanism;

typedef enum
{
  BARISTA_START_EARLIEST,
  BARISTA_START_LATEST
} BaristaStart;

/* topics[].deletions; PROPOSED = not stated, what the registered schema calls for */
typedef enum
{
  BARISTA_PLAN_PROPOSED,
  BARISTA_PLAN_NONE,
  BARISTA_PLAN_SOFT_DOCUMENT,
  BARISTA_PLAN_SOFT_NULLABLE,
  BARISTA_PLAN_HARD,
} BaristaPlan;

typedef enum
{
  BARISTA_STORE_COLUMNS,
  BARISTA_STORE_DOCUMENT
} BaristaStore;

typedef enum
{
  BARISTA_PROJECT_FORWARD,
  BARISTA_PROJECT_CLASSIC
} BaristaProjectFormat;

/* connections[].type */
typedef enum
{
  BARISTA_TARGET_KAFKA,
  BARISTA_TARGET_S3
} BaristaTargetKind;

#define BARISTA_TYPE_DELETIONS (barista_deletions_get_type ())
GType barista_deletions_get_type (void);
#define BARISTA_TYPE_SECURITY (barista_security_get_type ())
GType barista_security_get_type (void);
#define BARISTA_TYPE_MECHANISM (barista_mechanism_get_type ())
GType barista_mechanism_get_type (void);
#define BARISTA_TYPE_START (barista_start_get_type ())
GType barista_start_get_type (void);
#define BARISTA_TYPE_PLAN (barista_plan_get_type ())
GType barista_plan_get_type (void);
#define BARISTA_TYPE_STORE (barista_store_get_type ())
GType barista_store_get_type (void);
#define BARISTA_TYPE_PROJECT_FORMAT (barista_project_format_get_type ())
GType barista_project_format_get_type (void);
#define BARISTA_TYPE_TARGET_KIND (barista_target_kind_get_type ())
GType barista_target_kind_get_type (void);

/* Each enum above has its words in the profile file and in artefacts ("SASL_SSL", "soft-nullable"). */
const char *barista_deletions_to_string (BaristaDeletions value);
const char *barista_security_to_string (BaristaSecurity value);
const char *barista_mechanism_to_string (BaristaMechanism value);
const char *barista_start_to_string (BaristaStart value);
const char *barista_plan_to_string (BaristaPlan value);
const char *barista_store_to_string (BaristaStore value);
const char *barista_project_format_to_string (BaristaProjectFormat value);
const char *barista_target_kind_to_string (BaristaTargetKind value);

G_END_DECLS
