/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cause.h"
#include "barista-json.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The evidence of a saved report: stage, then JSON. Whatever it says, it has a name and words. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (BaristaEvidence) evidence = NULL;
  BaristaVerdict verdict;

  if (size < 2)
    return 0;

  node = barista_json_parse ((const char *) data + 1, (gssize) size - 1, NULL, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;

  evidence = barista_evidence_from_json (data[0] & 1, (data[0] >> 1) % BARISTA_N_STAGES,
                                         json_node_get_object (node));
  verdict = barista_classify (evidence);
  if (verdict.cause != NULL)
    {
      g_autofree char *title = barista_cause_format_title (verdict.cause, evidence);
      g_autofree char *body = barista_cause_format_body (verdict.cause, evidence);

      g_assert (g_utf8_validate (title, -1, NULL) && g_utf8_validate (body, -1, NULL));
    }

  return 0;
}
