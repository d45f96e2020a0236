/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-story.h"

G_BEGIN_DECLS

/* Documents that may still change; the oldest one is forgotten when another comes. */
#define BARISTA_STORY_MAX_OPEN 96
#define BARISTA_STORY_N_CUSTOMERS 40 /* at the start */

struct _BaristaPracticeStory
{
  GRand *rand;
  gint64 now_ms;
  GQueue pending;                         /* BaristaPracticeEvent */
  GPtrArray *open[BARISTA_N_COLLECTIONS]; /* JsonObject: the last document of each key */
  guint next_id[BARISTA_N_COLLECTIONS];
};

/* Never ask twice within one expression: compilers differ in the order of evaluation, and the same
 * seed must give the same bytes with each. */
guint barista_practice_story_below (BaristaPracticeStory *self, guint n);
gboolean barista_practice_story_chance (BaristaPracticeStory *self, guint percent);
const char *barista_practice_story_pick (BaristaPracticeStory *self, const char *const *words);

/* @object: (transfer full) */
void barista_practice_story_create (BaristaPracticeStory *self,
                                    BaristaPracticeCollectionId collection,
                                    JsonObject *object);
void barista_practice_story_update (BaristaPracticeStory *self,
                                    BaristaPracticeCollectionId collection,
                                    JsonObject *object);
void barista_practice_story_delete (BaristaPracticeStory *self,
                                    BaristaPracticeCollectionId collection,
                                    guint index);

/**
 * BaristaPracticeLife:
 * @add: makes a new document
 * @change: (nullable): changes one; what it has changed is told by its caller
 * @remove: (nullable): takes one away with all that hangs on it; else it alone goes
 * @least: so many are always left: others refer to them
 *
 * What can happen to the documents of a collection.
 */
typedef struct
{
  void (*add) (BaristaPracticeStory *self);
  void (*change) (BaristaPracticeStory *self, JsonObject *object);
  void (*remove) (BaristaPracticeStory *self, guint index);
  guint least;
} BaristaPracticeLife;

extern const BaristaPracticeLife barista_practice_lives[BARISTA_N_COLLECTIONS];

G_END_DECLS
