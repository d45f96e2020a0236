/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-connection.h"
#include "barista-evidence.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/**
 * BaristaDialWatch:
 * @begun: a stage begins, at @address
 * @state: the running stage has something to say (`sign-in-slow`)
 * @ended: a stage has ended, well or not, after @duration_us; the evidence is the callback's to keep
 *
 * Who wants to see the stages of a dial as they pass.
 */
typedef struct
{
  void (*begun) (BaristaStage stage, const BaristaAddress *address, gpointer user_data);
  void (*state) (const char *cause, gpointer user_data);
  void (*ended) (BaristaEvidence *evidence, gint64 duration_us, gpointer user_data);
} BaristaDialWatch;

/**
 * BaristaDialRequest:
 * @setup: protocol, CA file, sign-in
 * @password: (nullable): for the sign-in
 * @addresses: (element-type BaristaAddress): servers to try in turn until one connects
 * @until: %BARISTA_STAGE_TLS or %BARISTA_STAGE_SASL
 * @deadline: (nullable): when cancelled, the running stage's time is up
 * @watch: (nullable): who watches, with @watch_data
 *
 * All of it is copied or referenced, but for @watch and @watch_data, which must outlive the dial.
 */
typedef struct
{
  BaristaSetup *setup;
  BaristaSecret *password;
  GPtrArray *addresses;
  BaristaStage until;
  GCancellable *deadline;
  const BaristaDialWatch *watch;
  gpointer watch_data;
} BaristaDialRequest;

/**
 * barista_dial_async:
 *
 * Brings one connection from a name to the sign-in: name, tcp, tls, hello, sasl, each with its limit
 * (`diagnosis.md`), evidence and, where two causes look alike, a second look.
 */
void barista_dial_async (const BaristaDialRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* NULL: a stage failed, and @failed (optional) has its evidence; or G_IO_ERROR_CANCELLED is set. */
BaristaConnection *
barista_dial_finish (GAsyncResult *result, BaristaEvidence **failed, GError **error);

G_END_DECLS
