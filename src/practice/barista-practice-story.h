/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-company.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BaristaPracticeEvent:
 * @collection: where it happened
 * @op: c, u or d
 * @document: the document after it; of a deletion, the last one before it
 * @time_ms: when, in ms since 1970, on the story's own clock
 */
typedef struct
{
  BaristaPracticeCollectionId collection;
  char op;
  JsonObject *document;
  gint64 time_ms;
} BaristaPracticeEvent;

/**
 * BaristaPracticeStory:
 *
 * What happens in the company, event after event, without end. It follows from the seed alone: its
 * clock is its own, and nothing is asked of the machine.
 */
typedef struct _BaristaPracticeStory BaristaPracticeStory;

BaristaPracticeStory *barista_practice_story_new (guint64 seed);
void barista_practice_story_free (BaristaPracticeStory *self);
/* The next event; to be cleared. */
void barista_practice_story_next (BaristaPracticeStory *self, BaristaPracticeEvent *event);
void barista_practice_event_clear (BaristaPracticeEvent *self);

GRand *barista_practice_rand_new (guint64 seed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaPracticeEvent, barista_practice_event_clear)

G_END_DECLS
