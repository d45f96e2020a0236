/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-topic-match.h"

#include <string.h>

/* A single letter is in nearly every name. */
#define LEAST_FUZZY 2

/* Topic names are of ASCII with rare exceptions; of these case counts. */
static inline char
fold (char character)
{
  return character >= 'A' && character <= 'Z' ? (char) (character | 0x20) : character;
}

/* @query as barista_topic_match() takes it: without blanks around, in small letters. */
char *
barista_topic_match_prepare (const char *typed)
{
  char *query = g_strstrip (g_strdup (typed));

  for (char *cursor = query; *cursor != '\0'; cursor++)
    *cursor = fold (*cursor);
  return query;
}

static const char *
find_part (const char *name, const char *query)
{
  for (; *name != '\0'; name++)
    {
      gsize i = 0;

      while (query[i] != '\0' && fold (name[i]) == query[i])
        i++;
      if (query[i] == '\0')
        return name;
    }

  return NULL;
}

static gboolean
is_scattered (const char *name, const char *query)
{
  for (; *name != '\0' && *query != '\0'; name++)
    if (fold (*name) == *query)
      query++;

  return *query == '\0';
}

/**
 * barista_topic_match:
 * @name: a topic's name
 * @query: what is looked for, from barista_topic_match_prepare()
 *
 * Returns: whether and how it is found in @name
 */
BaristaTopicMatch
barista_topic_match (const char *name, const char *query)
{
  if (*query == '\0' || find_part (name, query) != NULL)
    return BARISTA_TOPIC_MATCH_PART;
  if (strlen (query) >= LEAST_FUZZY && is_scattered (name, query))
    return BARISTA_TOPIC_MATCH_FUZZY;
  return BARISTA_TOPIC_MATCH_NONE;
}

static void
highlight (PangoAttrList *attributes, gsize start, gsize end)
{
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

  bold->start_index = line->start_index = (guint) start;
  bold->end_index = line->end_index = (guint) end;
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, line);
}

/**
 * barista_topic_match_highlight:
 * @name: a topic's name
 * @query: what was looked for
 *
 * Returns: (transfer full) (nullable): what shows the match in a label; %NULL: nothing to show
 */
PangoAttrList *
barista_topic_match_highlight (const char *name, const char *query)
{
  BaristaTopicMatch match = barista_topic_match (name, query);
  const char *part;
  PangoAttrList *attributes;

  if (*query == '\0' || match == BARISTA_TOPIC_MATCH_NONE)
    return NULL;

  attributes = pango_attr_list_new ();
  part = find_part (name, query);
  if (part != NULL)
    highlight (attributes, (gsize) (part - name), (gsize) (part - name) + strlen (query));
  for (const char *cursor = name; part == NULL && *query != '\0'; cursor++)
    if (fold (*cursor) == *query)
      {
        highlight (attributes, (gsize) (cursor - name), (gsize) (cursor - name) + 1);
        query++;
      }

  return attributes;
}
