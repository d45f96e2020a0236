/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-datafile.h"
#include "barista-names.h"
#include "barista-output-private.h"
#include "barista-sinks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
write_secret (BaristaDatafile *file, const char *command, const char *name)
{
  if (name != NULL && barista_datafile_secret_name (file, command, name))
    barista_datafile_rawf (file, "%s {{ tb_secret(\"%s\") }}", command, name);
}

static void
write_bare (BaristaDatafile *file, const char *command, const char *value)
{
  if (value != NULL)
    barista_datafile_bare (file, command, value, _ ("Correct it in the connection."));
}

static void
write_kafka (BaristaDatafile *file, BaristaTarget *target)
{
  const char *url = barista_target_get_registry_url (target);
  const char *ca = barista_target_get_ca_secret (target);
  g_autofree char *good_url = url != NULL ? barista_registry_url_normalize (url, NULL) : NULL;
  g_autofree char *servers = barista_output_join_servers (
      barista_target_get_bootstrap_servers (target));

  if (*servers != '\0')
    write_bare (file, "KAFKA_BOOTSTRAP_SERVERS", servers);
  if (barista_target_get_security_stated (target))
    write_bare (file, "KAFKA_SECURITY_PROTOCOL",
                barista_security_to_string (barista_target_get_security (target)));
  if (barista_target_get_mechanism_stated (target))
    write_bare (file, "KAFKA_SASL_MECHANISM",
                barista_mechanism_to_string (barista_target_get_mechanism (target)));
  write_secret (file, "KAFKA_KEY", barista_target_get_key (target));
  write_secret (file, "KAFKA_SECRET", barista_target_get_secret (target));
  if (barista_target_get_registry_secret (target) != NULL)
    write_secret (file, "KAFKA_SCHEMA_REGISTRY_URL", barista_target_get_registry_secret (target));
  else
    write_bare (file, "KAFKA_SCHEMA_REGISTRY_URL", good_url != NULL ? good_url : url);

  /* Unindented, as in the connection that is read from. */
  if (ca != NULL && barista_datafile_secret_name (file, "KAFKA_SSL_CA_PEM", ca))
    {
      barista_datafile_raw (file, "KAFKA_SSL_CA_PEM >");
      barista_datafile_rawf (file, "{{ tb_secret(\"%s\") }}", ca);
    }
}

static void
write_s3 (BaristaDatafile *file, BaristaTarget *target)
{
  write_bare (file, "S3_REGION", barista_target_get_region (target));
  write_bare (file, "S3_ARN", barista_target_get_arn (target));
  write_secret (file, "S3_ACCESS_KEY", barista_target_get_key (target));
  write_secret (file, "S3_SECRET", barista_target_get_secret (target));
}

/**
 * barista_output_target:
 * @request: what to write
 * @target: one of its connections
 * @error: return location
 *
 * A connection that sinks write to, for a Forward workspace: what it states in the order of the SDK
 * (tinybird.md 2, 4.3).
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_target (const BaristaOutputRequest *request, BaristaTarget *target, GError **error)
{
  g_autofree char *path = barista_target_path (barista_target_get_name (target));
  BaristaTargetKind kind = barista_target_get_kind (target);
  BaristaDatafile file;

  barista_datafile_init (&file, path);
  barista_datafile_rawf (&file, "TYPE %s", barista_target_kind_to_string (kind));
  if (kind == BARISTA_TARGET_KAFKA)
    write_kafka (&file, target);
  else
    write_s3 (&file, target);
  return barista_datafile_finish (&file, error);
}
