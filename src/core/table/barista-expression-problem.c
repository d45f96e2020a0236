/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-expression.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DEPTH 64

/* Where a value may come next; after a word of the language, either may. */
typedef enum
{
  WANTS_VALUE,
  OPENED, /* a bracket: a value, or its end */
  HAS_VALUE,
  EITHER,
} State;

typedef struct
{
  const char *text;
  State state;
  char closing[MAX_DEPTH]; /* the brackets that are open */
  guint depth;
  const char *problem;
} Reader;

static void
take_value (Reader *self)
{
  if (self->state == HAS_VALUE)
    self->problem = _ ("two values stand side by side");
  self->state = HAS_VALUE;
}

static void
take_word (Reader *self)
{
  const char *start = self->text;
  g_autofree char *word = NULL;

  while (g_ascii_isalnum (*self->text) || *self->text == '_' || *self->text == '.')
    self->text++;
  word = g_strndup (start, self->text - start);

  if (barista_expression_is_keyword (word))
    self->state = EITHER;
  else
    take_value (self);
}

static void
take_quoted (Reader *self)
{
  char quote = *self->text++;

  /* What a backslash escapes, or a second quote. */
  while (*self->text != '\0' && (*self->text != quote || self->text[1] == quote))
    self->text += (*self->text == '\\' || *self->text == quote) && self->text[1] != '\0' ? 2 : 1;
  if (*self->text == '\0')
    self->problem = _ ("a quote isn't closed");
  else
    self->text++;
  take_value (self);
}

static void
take_bracket (Reader *self)
{
  char c = *self->text++;

  if (c == '(' || c == '[')
    {
      if (self->depth == MAX_DEPTH)
        self->problem = _ ("it is nested too deep");
      else
        self->closing[self->depth++] = c == '(' ? ')' : ']';
      self->state = OPENED;
    }
  else if (self->depth == 0 || self->closing[--self->depth] != c)
    self->problem = _ ("a bracket is closed that wasn't opened");
  else if (self->state == WANTS_VALUE)
    self->problem = _ ("a value is missing");
  else
    self->state = HAS_VALUE;
}

/* Signs may stand before a value, all else between two. */
static void
take_operator (Reader *self)
{
  gboolean sign = *self->text == '-' || *self->text == '+';
  gboolean between = self->state == HAS_VALUE || self->state == EITHER;

  if (self->text[0] == '-' && self->text[1] == '-')
    self->problem = _ ("“--” starts a comment");
  else if (self->text[0] == '/' && self->text[1] == '*')
    self->problem = _ ("“/*” starts a comment");
  else if (!between && !sign)
    self->problem = _ ("a value is missing");

  self->text++;
  while (*self->text != '\0' && strchr ("=<>", *self->text) != NULL)
    self->text++;
  self->state = WANTS_VALUE;
}

static void
take (Reader *self)
{
  char c = *self->text;

  if (c == ' ')
    self->text++;
  else if (g_ascii_isalnum (c) || c == '_')
    take_word (self);
  else if (strchr ("'\"`", c) != NULL)
    take_quoted (self);
  else if (strchr ("()[]", c) != NULL)
    take_bracket (self);
  else if (strchr (",+-*/%=<>!", c) != NULL)
    take_operator (self);
  else
    self->problem = _ ("it holds a character that means nothing there");
}

/**
 * barista_expression_problem:
 * @expression: a sorting key, partition key or TTL, not empty
 *
 * Neither the vendor's parser nor its validators read these; ClickHouse does, at the deploy.
 *
 * Returns: (nullable): why it can't be an expression, a translated half sentence; %NULL: it may be
 *   one
 */
const char *
barista_expression_problem (const char *expression)
{
  Reader reader = { .text = expression, .state = WANTS_VALUE };

  while (*reader.text != '\0' && reader.problem == NULL)
    take (&reader);

  if (reader.problem != NULL)
    return reader.problem;
  if (reader.depth > 0)
    return _ ("a bracket isn't closed");
  return reader.state == WANTS_VALUE || reader.state == OPENED ? _ ("a value is missing") : NULL;
}
