/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BARISTA_LEVEL_HINT,
  BARISTA_LEVEL_WARNING,
  BARISTA_LEVEL_ERROR
} BaristaLevel;

/**
 * BaristaFinding:
 * @rule: stable id, such as "array-not-nullable"
 * @level: how bad it is
 * @file: (nullable): path of the artefact that it is about
 * @line: line in it, 0 = none
 * @message: one sentence, translated: what was seen
 * @fix: (nullable): one sentence, translated: what to do
 *
 * What a lint or a coherence rule has to say. Immutable, boxed.
 */
typedef struct
{
  char *rule;
  BaristaLevel level;
  char *file;
  guint line;
  char *message;
  char *fix;
} BaristaFinding;

#define BARISTA_TYPE_FINDING (barista_finding_get_type ())
GType barista_finding_get_type (void);
BaristaFinding *barista_finding_new (const char *rule,
                                     BaristaLevel level,
                                     const char *file,
                                     guint line,
                                     const char *message,
                                     const char *fix);
BaristaFinding *barista_finding_copy (const BaristaFinding *self);
void barista_finding_free (BaristaFinding *self);
gboolean barista_finding_equal (const BaristaFinding *a, const BaristaFinding *b);
const char *barista_level_to_string (BaristaLevel level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaFinding, barista_finding_free)

G_END_DECLS
