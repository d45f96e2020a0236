/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-registry.h"
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define BARISTA_REGISTRY_MAX_BODY (16 * 1024 * 1024)
#define BARISTA_REGISTRY_MAX_SUBJECTS 300000
#define BARISTA_REGISTRY_KEPT_BODY 4096

/* --- bodies (barista-registry-body.c, barista-subjects.c): pure, any thread --- */

/**
 * BaristaBody:
 * @data: (nullable): the bytes, of g_malloc; not NUL-terminated
 *
 * What an answer carried.
 */
typedef struct
{
  char *data;
  gsize length;
} BaristaBody;

void barista_body_clear (BaristaBody *self);

/* An array of strings and nothing else. Takes @body: names are unescaped in place. NOT_JSON, SHAPE,
 * TOO_LARGE (more than 300,000). */
BaristaSubjects *barista_subjects_parse (BaristaBody *body, GError **error);
/* @id: of an answer that doesn't say its own; @id_required: it must. NOT_JSON, SHAPE. */
BaristaRegisteredSchema *barista_registered_schema_parse (const BaristaBody *body,
                                                          guint32 id,
                                                          gboolean id_required,
                                                          GError **error);

BaristaRegistryAnswer *barista_registry_answer_new (guint status, SoupMessageHeaders *headers);
void barista_registry_answer_free (BaristaRegistryAnswer *self);
/* Keeps the first 4 KiB, and what they say. */
void barista_registry_answer_take_body (BaristaRegistryAnswer *self, const BaristaBody *body);

/* --- one request (barista-registry-request.c) --- */

/**
 * BaristaRegistryCall:
 *
 * What a request needs to know, and what it learns. Belongs to its caller, who must keep it until
 * the callback.
 */
typedef struct
{
  const char *username;    /* nullable */
  BaristaSecret *password; /* nullable */
  guint idle_ms, total_ms;

  BaristaRegistryTrace trace;
  gboolean reused; /* the connection was open already */
  BaristaRegistryAnswer *answer;
} BaristaRegistryCall;

void barista_registry_call_clear (BaristaRegistryCall *self);
void barista_registry_request_async (SoupSession *session,
                                     const char *url,
                                     BaristaRegistryCall *call,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* @body: (out caller-allocates): of an answer with status 200 */
gboolean barista_registry_request_finish (GAsyncResult *result, BaristaBody *body, GError **error);

G_END_DECLS
