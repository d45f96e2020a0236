/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-classify-private.h"

/* What is worth saying though nothing is wrong. */

static gboolean
is_empty_sample (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_RECORDS)
         && barista_evidence_get_int (evidence, BARISTA_FACT_RECORDS) == 0;
}

static gboolean
has_port_added (const BaristaEvidence *evidence)
{
  return barista_evidence_get_flag (evidence, BARISTA_FACT_PORT_ADDED);
}

/* Elsewhere a list of bootstrap servers that leads to others is how Kafka always works. */
static gboolean
is_redirected_dekaf (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_ADVERTISED)
         && barista_evidence_get_flag (evidence, BARISTA_FACT_DEKAF);
}

static gboolean
has_open_transaction (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_LAST_STABLE_OFFSET);
}

/* Nothing to read in all that was asked, and no other reason for it. */
static gboolean
is_empty_topic (const BaristaEvidence *evidence)
{
  return is_empty_sample (evidence) && !has_open_transaction (evidence);
}

static gboolean
has_unasked (const BaristaEvidence *evidence)
{
  return barista_evidence_get_int (evidence, BARISTA_FACT_UNASKED_PARTITIONS) > 0;
}

static gboolean
has_committed (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_COMMITTED)
         && barista_evidence_get_int (evidence, BARISTA_FACT_COMMITTED) >= 0;
}

static gboolean
is_held_back (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_JOINED_TOGETHER)
         && !barista_evidence_get_flag (evidence, BARISTA_FACT_JOINED_TOGETHER);
}

/* What is worth saying of a stage that passed: the first is its cause, others are hints beside it. */
static const struct
{
  BaristaStage stage;
  BaristaEvidenceTest test;
  const char *cause;
} passing_hints[] = {
  { BARISTA_STAGE_LINT, has_port_added, "port-added" },
  { BARISTA_STAGE_METADATA, is_redirected_dekaf, "redirected" },
  { BARISTA_STAGE_SAMPLE, has_open_transaction, "transaction-open" },
  { BARISTA_STAGE_SAMPLE, is_empty_topic, "topic-empty" },
  { BARISTA_STAGE_SAMPLE, has_unasked, "partitions-not-asked" },
  { BARISTA_STAGE_GROUP, has_committed, "group-already-used" },
  { BARISTA_STAGE_GROUP, is_held_back, "group-held-back" },
};

void
barista_classify_passed (BaristaVerdict *verdict, const BaristaEvidence *evidence)
{
  for (guint i = 0; i < G_N_ELEMENTS (passing_hints); i++)
    {
      if (passing_hints[i].stage != barista_evidence_get_stage (evidence)
          || !passing_hints[i].test (evidence))
        continue;
      if (verdict->cause == NULL)
        verdict->cause = barista_cause_find (passing_hints[i].cause);
      else
        barista_verdict_add_hint (verdict, passing_hints[i].cause);
    }
}
