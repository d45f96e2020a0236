/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

typedef enum
{
  BARISTA_TOPIC_MATCH_NONE,
  BARISTA_TOPIC_MATCH_FUZZY, /* its letters in this order, others in between */
  BARISTA_TOPIC_MATCH_PART,  /* as it stands */
} BaristaTopicMatch;

char *barista_topic_match_prepare (const char *typed);
BaristaTopicMatch barista_topic_match (const char *name, const char *query);
PangoAttrList *barista_topic_match_highlight (const char *name, const char *query);

G_END_DECLS
