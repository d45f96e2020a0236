/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "barista-practice-task.h"

G_BEGIN_DECLS

/**
 * BaristaPracticeKafka:
 *
 * A Kafka port on loopback and the sessions of its clients. All of it runs on the main context that
 * is the thread's default one where it was made.
 */
typedef struct _BaristaPracticeKafka BaristaPracticeKafka;

/* @certificate: (nullable): NULL speaks without TLS. @port: 0 = a free one. */
BaristaPracticeKafka *barista_practice_kafka_new (BaristaPracticeTask *task,
                                                  GTlsCertificate *certificate,
                                                  guint16 port,
                                                  GError **error);
/* Sessions end; returns when all are gone. */
void barista_practice_kafka_free (BaristaPracticeKafka *self);
guint16 barista_practice_kafka_get_port (BaristaPracticeKafka *self);
BaristaPracticeTask *barista_practice_kafka_get_task (BaristaPracticeKafka *self);
GTlsCertificate *barista_practice_kafka_get_certificate (BaristaPracticeKafka *self);
/* Where clients are told that the data is: another port than its own is a redirect. */
void barista_practice_kafka_set_advertised_port (BaristaPracticeKafka *self, guint16 port);
guint16 barista_practice_kafka_get_advertised_port (BaristaPracticeKafka *self);
gboolean barista_practice_kafka_is_redirecting (BaristaPracticeKafka *self);
/* Refuses sign-ins here, whatever the task says (redirect-refused). */
void barista_practice_kafka_set_refusing (BaristaPracticeKafka *self, gboolean refusing);
gboolean barista_practice_kafka_get_refusing (BaristaPracticeKafka *self);
/* New records: waiting reads look again. */
void barista_practice_kafka_wake (BaristaPracticeKafka *self);

G_END_DECLS
