/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-enums.h"

/* The nick of each value is its word in the profile file and in artefacts. */

G_DEFINE_ENUM_TYPE (BaristaDeletions,
                    barista_deletions,
                    G_DEFINE_ENUM_VALUE (BARISTA_DELETIONS_KAFKA, "kafka"),
                    G_DEFINE_ENUM_VALUE (BARISTA_DELETIONS_CDC, "cdc"))

G_DEFINE_ENUM_TYPE (BaristaSecurity,
                    barista_security,
                    G_DEFINE_ENUM_VALUE (BARISTA_SECURITY_SASL_SSL, "SASL_SSL"),
                    G_DEFINE_ENUM_VALUE (BARISTA_SECURITY_SASL_PLAINTEXT, "SASL_PLAINTEXT"),
                    G_DEFINE_ENUM_VALUE (BARISTA_SECURITY_SSL, "SSL"),
                    G_DEFINE_ENUM_VALUE (BARISTA_SECURITY_PLAINTEXT, "PLAINTEXT"))

G_DEFINE_ENUM_TYPE (BaristaMechanism,
                    barista_mechanism,
                    G_DEFINE_ENUM_VALUE (BARISTA_MECHANISM_PLAIN, "PLAIN"),
                    G_DEFINE_ENUM_VALUE (BARISTA_MECHANISM_SCRAM_SHA_256, "SCRAM-SHA-256"),
                    G_DEFINE_ENUM_VALUE (BARISTA_MECHANISM_SCRAM_SHA_512, "SCRAM-SHA-512"))

G_DEFINE_ENUM_TYPE (BaristaStart,
                    barista_start,
                    G_DEFINE_ENUM_VALUE (BARISTA_START_EARLIEST, "earliest"),
                    G_DEFINE_ENUM_VALUE (BARISTA_START_LATEST, "latest"))

/* no word for PROPOSED: it is what a missing member says */
G_DEFINE_ENUM_TYPE (BaristaPlan,
                    barista_plan,
                    G_DEFINE_ENUM_VALUE (BARISTA_PLAN_PROPOSED, ""),
                    G_DEFINE_ENUM_VALUE (BARISTA_PLAN_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (BARISTA_PLAN_SOFT_DOCUMENT, "soft-document"),
                    G_DEFINE_ENUM_VALUE (BARISTA_PLAN_SOFT_NULLABLE, "soft-nullable"),
                    G_DEFINE_ENUM_VALUE (BARISTA_PLAN_HARD, "hard"))

G_DEFINE_ENUM_TYPE (BaristaStore,
                    barista_store,
                    G_DEFINE_ENUM_VALUE (BARISTA_STORE_COLUMNS, "columns"),
                    G_DEFINE_ENUM_VALUE (BARISTA_STORE_DOCUMENT, "document"))

G_DEFINE_ENUM_TYPE (BaristaProjectFormat,
                    barista_project_format,
                    G_DEFINE_ENUM_VALUE (BARISTA_PROJECT_FORWARD, "forward"),
                    G_DEFINE_ENUM_VALUE (BARISTA_PROJECT_CLASSIC, "classic"))

G_DEFINE_ENUM_TYPE (BaristaTargetKind,
                    barista_target_kind,
                    G_DEFINE_ENUM_VALUE (BARISTA_TARGET_KAFKA, "kafka"),
                    G_DEFINE_ENUM_VALUE (BARISTA_TARGET_S3, "s3"))

static const char *
word (GType type, int value)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (words, value);

  /* the class of a static type is never unloaded, and neither are its words */
  return found != NULL && *found->value_nick != '\0' ? found->value_nick : NULL;
}

const char *
barista_deletions_to_string (BaristaDeletions value)
{
  return word (BARISTA_TYPE_DELETIONS, value);
}

const char *
barista_security_to_string (BaristaSecurity value)
{
  return word (BARISTA_TYPE_SECURITY, value);
}

const char *
barista_mechanism_to_string (BaristaMechanism value)
{
  return word (BARISTA_TYPE_MECHANISM, value);
}

const char *
barista_start_to_string (BaristaStart value)
{
  return word (BARISTA_TYPE_START, value);
}

/**
 * barista_plan_to_string:
 * @value: a plan
 *
 * Returns: (nullable): its word; %NULL for %BARISTA_PLAN_PROPOSED, which has none
 */
const char *
barista_plan_to_string (BaristaPlan value)
{
  return word (BARISTA_TYPE_PLAN, value);
}

const char *
barista_store_to_string (BaristaStore value)
{
  return word (BARISTA_TYPE_STORE, value);
}

const char *
barista_project_format_to_string (BaristaProjectFormat value)
{
  return word (BARISTA_TYPE_PROJECT_FORMAT, value);
}

const char *
barista_target_kind_to_string (BaristaTargetKind value)
{
  return word (BARISTA_TYPE_TARGET_KIND, value);
}
