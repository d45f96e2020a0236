/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-json.h"

G_BEGIN_DECLS

/**
 * BaristaJsonScan:
 * @elements: values met so far
 * @fault: for people, not translated yet; NULL while all is well
 *
 * A cursor over the bytes of a JSON text that takes exactly the grammar of RFC 8259. It allocates
 * nothing and does not recurse. The text must be UTF-8.
 */
typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  gsize elements;
  guint depth;
  gboolean just_opened;                 /* nothing stands in the innermost array or object yet */
  char closers[BARISTA_JSON_DEPTH_MAX]; /* what ends each open array or object */
  BaristaJsonError fault_code;
  const char *fault;
} BaristaJsonScan;

void barista_json_scan_init (BaristaJsonScan *self, const char *text, gsize length);

/* The byte at the cursor; -1 at the end. */
int barista_json_scan_peek (const BaristaJsonScan *self);
gboolean barista_json_scan_take (BaristaJsonScan *self, char byte);
void barista_json_scan_space (BaristaJsonScan *self);
gboolean barista_json_scan_character (BaristaJsonScan *self, gunichar *character);
gboolean barista_json_scan_value (BaristaJsonScan *self, const BaristaJsonLimits *limits);
gboolean barista_json_scan_end (BaristaJsonScan *self);

/* The line of the cursor, from 1. */
guint barista_json_scan_get_line (const BaristaJsonScan *self);

G_END_DECLS
