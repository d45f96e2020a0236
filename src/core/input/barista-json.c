/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-json-scan.h"

G_DEFINE_QUARK (barista_json_error, barista_json_error)

const BaristaJsonLimits barista_json_limits_default = {
  .bytes = 1024 * 1024,
  .depth = 64,
  .elements = 100000,
};

static guint
get_column (const BaristaJsonScan *scan)
{
  const char *start = scan->at;

  while (start > scan->text && start[-1] != '\n')
    start--;

  return (guint) g_utf8_strlen (start, scan->at - start) + 1;
}

static gboolean
set_error (const BaristaJsonScan *scan, BaristaJsonError code, const char *fault, GError **error)
{
  g_set_error (error, BARISTA_JSON_ERROR, (int) code,
               /* Translators: where in a JSON text, then what is wrong there */
               _ ("line %u, column %u: %s"), barista_json_scan_get_line (scan), get_column (scan),
               fault);
  return FALSE;
}

/* All that is known before the library sees the text. */
static gboolean
check (const char *text, gsize length, const BaristaJsonLimits *limits, GError **error)
{
  BaristaJsonScan scan;

  barista_json_scan_init (&scan, text, length);
  if (length > limits->bytes)
    {
      g_autofree char *most = g_format_size_full (limits->bytes, G_FORMAT_SIZE_IEC_UNITS);

      /* Translators: %s is a size, such as "1.0 MiB" */
      g_set_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_LARGE, _ ("larger than %s"),
                   most);
      return FALSE;
    }

  if (!g_utf8_validate_len (text, length, &scan.at))
    return set_error (&scan, BARISTA_JSON_ERROR_SYNTAX, _ ("not UTF-8"), error);
  scan.at = text;
  if (!barista_json_scan_value (&scan, limits) || !barista_json_scan_end (&scan))
    return set_error (&scan, scan.fault_code, _ (scan.fault), error);

  return TRUE;
}

/**
 * barista_json_parse:
 * @text: JSON, not necessarily ended by a NUL
 * @length: its bytes, or -1 if a NUL ends it
 * @limits: (nullable): what it may be at most; %NULL for the default
 * @error: return location for a #BaristaJsonError
 *
 * Parses a text whose maker isn't trusted. Of two members with one name the last counts. Integers
 * outside 64 bits are cut to their range, and a string value ends at U+0000, as json-glib has it.
 *
 * Returns: (transfer full): the root
 */
JsonNode *
barista_json_parse (const char *text,
                    gssize length,
                    const BaristaJsonLimits *limits,
                    GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) reason = NULL;

  if (!check (text, size, limits != NULL ? limits : &barista_json_limits_default, error))
    return NULL;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    {
      g_set_error_literal (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX, reason->message);
      return NULL;
    }

  return json_parser_steal_root (parser);
}
