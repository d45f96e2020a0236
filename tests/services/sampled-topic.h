/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check.h"
#include "fake-kafka.h"

G_BEGIN_DECLS

/* The sample that a check takes of one topic, from brokers that a test plays: in the clear, without
 * a sign-in and a registry. */

#define SAMPLED_TOPIC "orders"
/* Asked for in ListOffsets. */
#define SAMPLED_EARLIEST (-2)

/* What such a broker understands. */
extern const FakeRange sampled_ranges[];

/* Begins the answer to @request and gives a @view of what it asks. */
BaristaWireWriter *sampled_begin_answer (const FakeRequest *request, BaristaWireView *view);

/* Answers one request of a broker that a test plays; @broker is the test's own. */
typedef void (*SampledAnswer) (GIOStream *stream,
                               GCancellable *stop,
                               gpointer broker,
                               const FakeRequest *request);
/* Greets, then has each request answered, until there is none. */
void sampled_serve (GIOStream *stream,
                    GCancellable *stop,
                    const FakeRange *ranges,
                    SampledAnswer answer,
                    gpointer broker);

/* Of the topic, by the broker at @port. */
BaristaCheck *sampled_check_new (guint16 port);
/* The same, which goes on to what comes behind the sample. */
BaristaCheck *sampled_check_new_until (guint16 port, BaristaStage until);
/* To its end, which is no error. */
void sampled_check_run (BaristaCheck *check);

/* (transfer full): one that was run against the broker that @serve plays; its port goes to @port first */
BaristaCheck *
sampled_check_served (FakeHandler serve, gpointer broker, guint16 *port, BaristaStage until);

/* (transfer none): the stage that took the sample */
BaristaStageReport *sampled_get_stage (BaristaCheck *check);
BaristaStageReport *sampled_find_stage (BaristaCheck *check, BaristaStage wanted);
const char *sampled_get_cause (BaristaCheck *check);
void sampled_assert_fact (BaristaStageReport *stage, const char *name, gint64 value);

G_END_DECLS
