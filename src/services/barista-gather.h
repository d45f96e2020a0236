/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cause.h"
#include "barista-connection.h"
#include "barista-registry.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/* From what GIO, the connection and the registry client say to facts of evidence. Reasons come from
 * domains, codes and flags; a library's text is only kept for "Details". */

BaristaEnd barista_gather_end (const GError *error);

/* What was asked for: server, protocol, sign-in, state of task and network. */
void barista_gather_setup (BaristaEvidence *evidence,
                           BaristaSetup *setup,
                           const BaristaAddress *address);
void barista_gather_registry (BaristaEvidence *evidence, BaristaSetup *setup);
void barista_gather_network (BaristaEvidence *evidence);
void barista_gather_attempts (BaristaEvidence *evidence, BaristaConnection *connection);
void barista_gather_tls (BaristaEvidence *evidence,
                         GTlsCertificate *peer,
                         GTlsCertificateFlags flags,
                         GTlsProtocolVersion version,
                         gboolean certificate_requested);
void barista_gather_bytes (BaristaEvidence *evidence, BaristaConnection *connection);
void barista_gather_kafka_error (BaristaEvidence *evidence, gint16 code);
void barista_gather_sasl (BaristaEvidence *evidence, const BaristaSaslResult *result);
void barista_gather_answer (BaristaEvidence *evidence, const BaristaRegistryAnswer *answer);
char *barista_gather_time (gint64 milliseconds); /* RFC 3339, UTC */

G_END_DECLS
