/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-evidence.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_CAUSE_ERROR,
  BARISTA_CAUSE_STATE, /* an error that mends itself, or a wait */
  BARISTA_CAUSE_HINT,  /* the stage passed */
} BaristaCauseKind;

/**
 * BaristaCause:
 * @id: stable name, `diagnosis.md`
 * @kind: what it does to its stage
 * @stages: words for the documents: where it occurs
 * @title: untranslated; {host} and the like stand for facts of the evidence
 * @body: untranslated, at most two sentences: what was seen, then what to do
 * @body_other: (nullable): the body where the server isn't a Dekaf
 * @remedies: (nullable): ids of what a button can do about it, the suggested one first, by blanks
 *
 * A row of the one table of causes that command line, window, help and documents read.
 */
typedef struct
{
  const char *id;
  BaristaCauseKind kind;
  const char *stages;
  const char *title;
  const char *body;
  const char *body_other;
  const char *remedies;
} BaristaCause;

const BaristaCause *barista_cause_find (const char *id); /* NULL: no such cause */
const BaristaCause *barista_causes (guint *n);

/* Translated and filled in from @evidence. */
char *barista_cause_format_title (const BaristaCause *self, const BaristaEvidence *evidence);
char *barista_cause_format_body (const BaristaCause *self, const BaristaEvidence *evidence);

/**
 * BaristaVerdict:
 * @cause: (nullable): row of the table; NULL = passed with nothing to say
 * @failed: the stage failed
 * @hints: ids, most important first; NULL-terminated, borrowed texts
 */
#define BARISTA_MAX_HINTS 6
typedef struct
{
  const BaristaCause *cause;
  gboolean failed;
  const char *hints[BARISTA_MAX_HINTS + 1];
} BaristaVerdict;

/**
 * barista_classify:
 * @evidence: what a stage saw
 *
 * Names the cause from the evidence alone: no I/O, no clock, no memory of earlier calls. An outcome
 * that fits no row is `unclassified`.
 */
BaristaVerdict barista_classify (const BaristaEvidence *evidence);

G_END_DECLS
