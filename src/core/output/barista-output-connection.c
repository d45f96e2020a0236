/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-datafile.h"
#include "barista-names.h"
#include "barista-output-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"
#define PEM_END "-----END CERTIFICATE-----"

static void
write_servers (BaristaDatafile *file, const BaristaOutputRequest *request)
{
  g_autofree char *servers = barista_output_bootstrap_servers (request);

  barista_datafile_bare (file, "KAFKA_BOOTSTRAP_SERVERS", servers,
                         _ ("Correct the bootstrap servers."));
}

static void
write_sign_in (BaristaDatafile *file, const BaristaOutputRequest *request)
{
  const char *username = barista_setup_get_username (request->setup);
  const char *secret = barista_setup_get_project_secret (request->setup);

  if (!barista_output_uses_sasl (request))
    return;

  barista_datafile_rawf (file, "KAFKA_SASL_MECHANISM %s",
                         barista_mechanism_to_string (barista_output_mechanism (request)));
  if (username == NULL)
    barista_datafile_refuse (file, "KAFKA_KEY", _ ("State a user name, or a task."),
                             _ ("there is no user name"));
  else
    barista_datafile_bare (file, "KAFKA_KEY", username,
                           _ ("Give the Kafka user a plain name; Tinybird can't read this one."));
  if (barista_datafile_secret_name (file, "KAFKA_SECRET", secret))
    barista_datafile_rawf (file, "KAFKA_SECRET {{ tb_secret(\"%s\") }}", secret);
}

/* Forward takes the registry's sign-in inside the URL only. The task's name has slashes, which must
 * be percent-encoded there; the token comes from the same secret, so it must not need encoding. */
static void
write_registry (BaristaDatafile *file, const BaristaOutputRequest *request)
{
  g_autofree char *url = barista_output_registry_url (request);
  g_autofree char *secret = barista_output_registry_secret (request);
  const char *username = barista_setup_get_registry_username (request->setup);
  g_autofree char *user = NULL;
  const char *host;

  if (url == NULL)
    return;

  host = strstr (url, "://");
  if (host == NULL)
    {
      barista_datafile_refuse (file, "KAFKA_SCHEMA_REGISTRY_URL",
                               _ ("Correct the schema registry's address."),
                               _ ("the address is not a URL"));
      return;
    }

  if (username == NULL || !barista_output_uses_sasl (request))
    {
      barista_datafile_bare (file, "KAFKA_SCHEMA_REGISTRY_URL", url,
                             _ ("Correct the schema registry's address."));
      return;
    }

  /* Nothing but the address can hold anything unusual: the rest is encoded or checked. */
  if (barista_text_fault (host, "\"'#$", FALSE) != NULL)
    barista_datafile_bare (file, "KAFKA_SCHEMA_REGISTRY_URL", host,
                           _ ("Correct the schema registry's address."));
  if (!barista_datafile_secret_name (file, "KAFKA_SCHEMA_REGISTRY_URL", secret))
    return;
  user = g_uri_escape_string (username, NULL, FALSE);
  barista_datafile_rawf (file, "KAFKA_SCHEMA_REGISTRY_URL %.*s://%s:{{ tb_secret(\"%s\") }}@%s",
                         (int) (host - url), url, user, secret, host + strlen ("://"));
}

/* The base64 between the lines of one certificate, without blanks; NULL if it is something else. */
static char *
read_base64 (const char *start, const char *end)
{
  GString *base64 = g_string_new (NULL);

  for (const char *p = start; p < end; p++)
    {
      if (g_ascii_isspace (*p))
        continue;
      if (!g_ascii_isalnum (*p) && strchr ("+/=", *p) == NULL)
        {
          g_string_free (base64, TRUE);
          return NULL;
        }
      g_string_append_c (base64, *p);
    }

  return g_string_free (base64, FALSE);
}

/* An unindented line of a block that is a command ends the block, and TYPE is base64 too: take a
 * line length that leaves no last line of four characters. */
static gsize
line_length (gsize total)
{
  gsize length = 64;

  while (length > 48 && total % length == 4)
    length -= 4;
  return length;
}

static gboolean
write_certificate (BaristaDatafile *file, const char *start, const char *end)
{
  g_autofree char *base64 = read_base64 (start, end);
  gsize total = base64 != NULL ? strlen (base64) : 0;
  gsize length = line_length (total);

  if (total == 0)
    return FALSE;

  barista_datafile_raw (file, PEM_BEGIN);
  for (gsize at = 0; at < total; at += length)
    barista_datafile_rawf (file, "%.*s", (int) MIN (length, total - at), base64 + at);
  barista_datafile_raw (file, PEM_END);
  return TRUE;
}

/* Unindented: the parser keeps the inner indentation in the value (tinybird.md 0.1, 8). Only
 * certificates are taken over: a file may hold keys and comments as well. */
static void
write_ca (BaristaDatafile *file, const BaristaOutputRequest *request)
{
  const char *rest = request->ca_pem;
  guint n = 0;

  if (request->ca_pem == NULL || request->practice)
    return;

  barista_datafile_raw (file, "KAFKA_SSL_CA_PEM >");
  while ((rest = strstr (rest, PEM_BEGIN)) != NULL)
    {
      const char *start = rest + strlen (PEM_BEGIN);
      const char *end = strstr (start, PEM_END);

      if (end == NULL || !write_certificate (file, start, end))
        break;
      rest = end;
      n++;
    }

  if (n == 0 || rest != NULL)
    barista_datafile_refuse (file, "KAFKA_SSL_CA_PEM",
                             _ ("Choose a PEM file that holds CA certificates."),
                             _ ("the CA file has no certificate, or a damaged one"));
}

/**
 * barista_output_connection:
 * @request: what to write
 * @error: return location
 *
 * The Kafka connection of a Forward workspace: tinybird.md 2.
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_connection (const BaristaOutputRequest *request, GError **error)
{
  g_autofree char *path = barista_output_connection_path (request);
  BaristaDatafile file;

  barista_datafile_init (&file, path);
  barista_datafile_raw (&file, "TYPE kafka");
  write_servers (&file, request);
  barista_datafile_rawf (&file, "KAFKA_SECURITY_PROTOCOL %s",
                         barista_security_to_string (barista_output_security (request)));
  write_sign_in (&file, request);
  write_registry (&file, request);
  write_ca (&file, request);
  return barista_datafile_finish (&file, error);
}
