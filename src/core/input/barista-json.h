/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define BARISTA_JSON_ERROR (barista_json_error_quark ())
GQuark barista_json_error_quark (void);

/**
 * BaristaJsonError:
 * @BARISTA_JSON_ERROR_TOO_LARGE: more bytes than the limit
 * @BARISTA_JSON_ERROR_TOO_DEEP: arrays and objects nested deeper than the limit
 * @BARISTA_JSON_ERROR_TOO_MANY: more values than the limit
 * @BARISTA_JSON_ERROR_SYNTAX: not JSON; the message names line and column
 */
typedef enum
{
  BARISTA_JSON_ERROR_TOO_LARGE,
  BARISTA_JSON_ERROR_TOO_DEEP,
  BARISTA_JSON_ERROR_TOO_MANY,
  BARISTA_JSON_ERROR_SYNTAX,
} BaristaJsonError;

/**
 * BaristaJsonLimits:
 * @bytes: length of the text
 * @depth: how deep arrays and objects may stand in each other, at most %BARISTA_JSON_DEPTH_MAX
 * @elements: values in all
 *
 * What a JSON text may be at most. They are checked by a scan of the bytes before the JSON library
 * sees any of them: it builds a node a value, 41 MiB for 1 MiB of `[0,0,...]`.
 */
typedef struct
{
  gsize bytes;
  guint depth;
  gsize elements;
} BaristaJsonLimits;

#define BARISTA_JSON_DEPTH_MAX 128

/* Depth 64, 1 MiB, 100,000 values: profiles, schemas. */
extern const BaristaJsonLimits barista_json_limits_default;

JsonNode *barista_json_parse (const char *text,
                              gssize length,
                              const BaristaJsonLimits *limits,
                              GError **error);

/* The line (from 1) where the value at a JSON pointer ("/topics/0/engine") starts; 0 = not there. */
guint barista_json_line_of (const char *text, gssize length, const char *pointer);

/* JSON pointer to a member whose name its object holds twice, and the line of the second one; NULL:
 * there is none. For texts that people write, see barista_json_parse(). */
char *barista_json_find_twice (const char *text, gssize length, guint *line);

G_END_DECLS
