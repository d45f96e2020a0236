/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-task.h"

G_BEGIN_DECLS

/**
 * BaristaPracticeFeed:
 *
 * Writes what happens in the company to the journals of the task's topics, in transactions, as a
 * capture would: first all that has happened so far, then what arrives.
 */
typedef struct _BaristaPracticeFeed BaristaPracticeFeed;

/* @task: outlives it */
BaristaPracticeFeed *barista_practice_feed_new (BaristaPracticeTask *task,
                                                const BaristaPracticeOptions *options,
                                                GError **error);
void barista_practice_feed_free (BaristaPracticeFeed *self);
/* The next @n records, each a transaction of its own. */
void barista_practice_feed_arrive (BaristaPracticeFeed *self, guint n);

G_END_DECLS
