/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"

G_BEGIN_DECLS

/* How the window writes what a check measured. */

char *barista_words_for_duration (double ms);        /* "41 ms", "2.4 s", "38 s" */
char *barista_words_for_spoken_duration (double ms); /* "41 milliseconds", "2 seconds" */
/* "Encryption", "Topic acmeCo/orders", "Registry: Network" */
char *barista_words_for_stage (BaristaStageReport *stage);
/* What a passed stage found: "TLS 1.3", "14 subjects"; NULL if there is nothing to say. */
char *barista_words_for_find (BaristaStageReport *stage);
gboolean barista_words_tell_fact (BaristaStageReport *stage, const char *name);
/* What a fact of the evidence is called: "Certificate issued by"; its id where there is no word. */
const char *barista_words_for_fact (const char *name);
char *barista_words_for_value (const char *name, JsonNode *value);
/* The whole stage as text to be pasted into a mail. */
char *barista_words_for_details (BaristaStageReport *stage);

G_END_DECLS
