/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDENT "    "

/* What the first character of a line belongs to. */
typedef enum
{
  PLACE_CODE,
  PLACE_TEXT,     /* a literal, a quoted name or a template that began on an earlier line */
  PLACE_COMMENT,  /* a comment of the form that may go on over lines */
  PLACE_TEMPLATE, /* between {% and %}, or {# and #} */
} Place;

typedef struct
{
  BaristaSql sql;
  const char *const *words;
  GString *block;
  guint token; /* the first that doesn't end before the line */
  gsize seen;  /* where comments were looked for last */
  gsize comment_end;
  gsize template_end;
  gboolean complete;
  guint line;
  char *fault;
} Writer;

G_GNUC_PRINTF (2, 3)
static void
refuse (Writer *self, const char *format, ...)
{
  va_list arguments;

  if (self->fault != NULL)
    return;

  va_start (arguments, format);
  self->fault = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* Line ends as all readers see them, and nothing around it. */
static char *
tidy (const char *text)
{
  g_autoptr (GString) tidied = g_string_new (text);

  g_string_replace (tidied, "\r\n", "\n", 0);
  g_string_replace (tidied, "\r", "\n", 0);
  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&tidied)));
}

static const char *
find_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && *p != '\n' && *p != '\t')
      return p;

  return NULL;
}

static gboolean
starts_line_comment (const char *text)
{
  return strncmp (text, "--", 2) == 0 || strncmp (text, "//", 2) == 0
         || strncmp (text, "# ", 2) == 0 || strncmp (text, "#!", 2) == 0;
}

/* Goes through what is between two tokens: blanks, comments and templates that leave none. */
static void
read_gap (Writer *self, gsize end)
{
  const char *text = self->sql.text;

  while (self->seen < end)
    {
      gsize at = self->seen;
      gint depth = 0;
      gsize next;

      if (barista_sql_template_starts (&self->sql, at)
          && (next = barista_sql_template_skip (&self->sql, at, &depth)) > at)
        self->template_end = self->seen = next;
      else if (strncmp (text + at, "/*", 2) == 0)
        {
          const char *close = strstr (text + at + 2, "*/");

          self->comment_end = self->seen = close != NULL ? (gsize) (close - text) + 2
                                                         : self->sql.length;
        }
      else if (starts_line_comment (text + at))
        self->seen = at + strcspn (text + at, "\n");
      else
        self->seen++;
    }
}

static Place
find_place (Writer *self, gsize at)
{
  const BaristaSqlToken *token = barista_sql_token (&self->sql, self->token);

  while (token->kind != BARISTA_SQL_TOKEN_END && token->end <= at)
    {
      read_gap (self, token->start);
      self->seen = MAX (self->seen, token->end);
      token = barista_sql_token (&self->sql, ++self->token);
    }

  if (token->kind != BARISTA_SQL_TOKEN_END && token->start < at)
    return PLACE_TEXT;
  read_gap (self, MIN (at, token->start));
  if (at < self->comment_end)
    return PLACE_COMMENT;
  if (at < self->template_end)
    return PLACE_TEMPLATE;
  /* Behind what has no end nobody knows. */
  return self->complete || token->kind != BARISTA_SQL_TOKEN_END ? PLACE_CODE : PLACE_TEXT;
}

static gboolean
starts_with_word (Writer *self, const char *line)
{
  gsize length = strcspn (line, " \t\n");

  for (const char *const *word = self->words; word != NULL && *word != NULL; word++)
    if (strlen (*word) == length && strncmp (*word, line, length) == 0)
      return TRUE;

  return FALSE;
}

static void
write_line (Writer *self, gsize start, gsize end)
{
  const char *text = self->sql.text;
  gsize at = start + strspn (text + start, " \t");
  gboolean is_blank = at >= end;
  gboolean is_odd = !is_blank && (text[at] == '#' || starts_with_word (self, text + at));
  Place place = start > 0 ? find_place (self, start) : PLACE_CODE;

  if (place == PLACE_TEXT)
    refuse (self,
            /* Translators: what follows a place such as "line 3: " */
            _ ("line %u: a quoted text goes on over lines, which are indented in the file; write "
               "\\n in it instead"),
            self->line);
  else if (is_odd && (place == PLACE_TEMPLATE || (place == PLACE_COMMENT && self->sql.is_template)))
    refuse (self,
            _ ("line %u: this line of a template would end the block; join it to the one "
               "before"),
            self->line);

  if (!is_blank)
    g_string_append (self->block, INDENT);
  if (is_odd && place == PLACE_COMMENT)
    g_string_append (self->block, "- ");
  else if (is_odd && (start == 0 || self->sql.is_template || !starts_line_comment (text + at)))
    g_string_append (self->block, "/**/ ");
  if (!is_blank)
    g_string_append_len (self->block, text + start, (gssize) (end - start));
  g_string_append_c (self->block, '\n');
}

static void
write_lines (Writer *self)
{
  const char *text = self->sql.text;
  gsize start = 0;

  while (start < self->sql.length && self->fault == NULL)
    {
      gsize end = start + strcspn (text + start, "\n");

      self->line++;
      write_line (self, start, end);
      start = end + 1;
    }
}

static void
clear_doubt (gpointer doubt)
{
  g_free (((BaristaSqlDoubt *) doubt)->message);
}

/**
 * barista_sql_write_block:
 * @text: a statement
 * @words: (nullable): words that end a block for one reader or another when a line starts with them
 * @fault: (out): translated: why it can't be written, with the line in @text
 *
 * Writes a statement as the lines of a datafile's block: each indented, read back as the same
 * statement. A line that starts with one of @words, or with a `#` that isn't a comment's alone, gets an
 * empty comment in front. Blank lines and lines of comments that start with `#` are lost on the way,
 * which is no loss (tinybird.md 1.1).
 *
 * Returns: (transfer full) (nullable): the lines
 */
char *
barista_sql_write_block (const char *text, const char *const *words, char **fault)
{
  g_autofree char *tidied = NULL;
  g_autoptr (GString) block = g_string_new (NULL);
  Writer self = { .words = words, .block = block };

  *fault = NULL;
  if (!g_utf8_validate (text, -1, NULL))
    refuse (&self, _ ("it is not valid UTF-8"));
  else if (strlen (text) > BARISTA_SQL_LENGTH_MAX)
    refuse (&self, _ ("it is too long"));
  else if (find_control (tidied = tidy (text)) != NULL)
    refuse (&self, _ ("it holds a control character; write it as an escape such as \\x07"));

  if (self.fault == NULL)
    {
      self.sql.text = tidied;
      self.sql.length = strlen (tidied);
      self.sql.doubts = g_array_new (FALSE, FALSE, sizeof (BaristaSqlDoubt));
      g_array_set_clear_func (self.sql.doubts, clear_doubt);
      self.sql.tokens = g_array_new (FALSE, FALSE, sizeof (BaristaSqlToken));
      self.complete = barista_sql_tokenize (&self.sql);
      write_lines (&self);
      g_array_unref (self.sql.tokens);
      g_array_unref (self.sql.doubts);
    }

  *fault = self.fault;
  return self.fault == NULL ? g_string_free_and_steal (g_steal_pointer (&block)) : NULL;
}
