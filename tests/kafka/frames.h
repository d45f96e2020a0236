/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-wire.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Frames by Kafka's own encoder; see tests/data/frames/generate/README.md. */
typedef struct
{
  char *title; /* "Metadata 9 response, as Dekaf answers" */
  const BaristaWireLayout *layout;
  BaristaWireKind kind;
  gint16 version;
  gboolean unknown_tags;
  GByteArray *bytes; /* without its four bytes of size */
  JsonObject *header, *body;
} Frame;

/* All frames of @name, such as "metadata"; (element-type Frame). */
GPtrArray *frames_load (const char *name);
/* The names of all files, in a fixed order; NULL-terminated. */
char **frames_list (void);
GByteArray *bytes_from_hex (const char *hex);

/* A checked message as Kafka's JSON converters print it, and a frame from such a form. */
JsonNode *decoded_form (const BaristaWireView *view);
GBytes *frame_from_form (const Frame *frame);
/* The body behind a frame's header, checked. */
gboolean message_view (const BaristaWireLayout *layout,
                       BaristaWireKind kind,
                       gint16 version,
                       const guint8 *frame,
                       gsize frame_length,
                       BaristaWireView *view,
                       GError **error);

G_END_DECLS
