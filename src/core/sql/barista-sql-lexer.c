/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer tags of heredocs are none: a bound on how often the text is compared with them. */
#define TAG_MAX 64

typedef struct
{
  BaristaSql *sql;
  const char *text;
  gsize length;
  gsize at;
  gint blocks; /* `{% if %}` that are open */
  gboolean failed;
} Lexer;

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$';
}

static gboolean
looks_at (const Lexer *self, const char *text)
{
  gsize length = strlen (text);

  return self->length - self->at >= length && memcmp (self->text + self->at, text, length) == 0;
}

static void
fail (Lexer *self, gsize at, const char *message)
{
  barista_sql_doubt (self->sql, at, message);
  self->failed = TRUE;
  self->at = self->length;
}

static void
add (Lexer *self, BaristaSqlTokenKind kind, gsize start)
{
  BaristaSqlToken token = { .start = (guint32) start,
                            .end = (guint32) self->at,
                            .kind = (guint8) kind,
                            .punct = kind == BARISTA_SQL_TOKEN_PUNCT ? self->text[start] : 0,
                            .optional = self->blocks > 0 };

  if (!self->failed)
    g_array_append_val (self->sql->tokens, token);
}

/* FALSE: there is none. */
static gboolean
skip_template (Lexer *self)
{
  gsize end;

  if (!barista_sql_template_starts (self->sql, self->at))
    return FALSE;

  end = barista_sql_template_skip (self->sql, self->at, &self->blocks);
  if (end == 0)
    fail (self, self->at, _ ("a template is not closed"));
  else
    self->at = end;
  return TRUE;
}

static void
read_template (Lexer *self)
{
  gboolean is_value = self->text[self->at + 1] == '{';
  gsize start = self->at;

  skip_template (self);
  if (is_value)
    add (self, BARISTA_SQL_TOKEN_TEMPLATE, start);
}

/* To the mark, which is read too; FALSE: the text ended before. */
static gboolean
skip_to (Lexer *self, const char *mark)
{
  while (self->at < self->length)
    {
      if (skip_template (self))
        continue;
      if (looks_at (self, mark))
        {
          self->at += strlen (mark);
          return TRUE;
        }
      self->at++;
    }

  return FALSE;
}

static void
skip_line (Lexer *self)
{
  skip_to (self, "\n");
}

static void
skip_comment (Lexer *self)
{
  gsize start = self->at;

  self->at += 2;
  if (!skip_to (self, "*/"))
    fail (self, start, _ ("a comment is not closed"));
}

/* A string or a quoted name: a backslash takes the next byte, two quotes are one. */
static void
read_quoted (Lexer *self, BaristaSqlTokenKind kind)
{
  char quote = self->text[self->at];
  gsize start = self->at++;
  gboolean has_template = FALSE;

  while (self->at < self->length)
    {
      if (skip_template (self))
        {
          has_template = TRUE;
          continue;
        }
      if (self->text[self->at] == '\\')
        self->at++;
      else if (self->text[self->at] == quote)
        {
          self->at++;
          if (self->at == self->length || self->text[self->at] != quote)
            {
              add (self,
                   has_template && kind == BARISTA_SQL_TOKEN_NAME ? BARISTA_SQL_TOKEN_TEMPLATE
                                                                  : kind,
                   start);
              return;
            }
        }
      self->at++;
    }

  if (!self->failed)
    fail (self, start, _ ("a quote is not closed"));
}

/* ClickHouse takes these for quotes, too. */
static gboolean
read_typographic (Lexer *self)
{
  gboolean is_string = looks_at (self, "\xe2\x80\x98");
  gsize start = self->at;

  if (!is_string && !looks_at (self, "\xe2\x80\x9c"))
    return FALSE;

  if (skip_to (self, is_string ? "\xe2\x80\x99" : "\xe2\x80\x9d"))
    add (self, is_string ? BARISTA_SQL_TOKEN_STRING : BARISTA_SQL_TOKEN_TEMPLATE, start);
  else
    fail (self, start, _ ("a quote is not closed"));
  return TRUE;
}

/* $tag$ ... $tag$ */
static gboolean
read_heredoc (Lexer *self)
{
  gsize start = self->at;
  gsize end = start + 1;
  g_autofree char *mark = NULL;

  while (end < self->length && end - start < TAG_MAX && self->text[end] != '$'
         && is_word (self->text[end]))
    end++;
  if (end == self->length || self->text[end] != '$')
    return FALSE;

  mark = g_strndup (self->text + start, end + 1 - start);
  self->at = end + 1;
  if (skip_to (self, mark))
    add (self, BARISTA_SQL_TOKEN_STRING, start);
  else
    fail (self, start, _ ("a quote is not closed"));
  return TRUE;
}

static void
read_word (Lexer *self)
{
  gsize start = self->at;

  while (self->at < self->length && is_word (self->text[self->at]))
    self->at++;
  add (self, BARISTA_SQL_TOKEN_WORD, start);
}

/* Digits and what may follow: 1e-5, 0x1F, 1.5, 123abc. */
static void
read_number (Lexer *self)
{
  gsize start = self->at;

  while (self->at < self->length
         && (is_word (self->text[self->at]) || self->text[self->at] == '.'
             || ((self->text[self->at] == '+' || self->text[self->at] == '-')
                 && g_ascii_tolower (self->text[self->at - 1]) == 'e'
                 && g_ascii_tolower (self->text[MIN (start + 1, self->at)]) != 'x')))
    self->at++;
  add (self, BARISTA_SQL_TOKEN_NUMBER, start);
}

/* "t.1" is a member of a tuple, not the name t and the number .1 */
static gboolean
follows_dot (const Lexer *self)
{
  return self->at > 0 && self->text[self->at - 1] == '.';
}

static void
read_punct (Lexer *self)
{
  gsize start = self->at++;

  add (self, BARISTA_SQL_TOKEN_PUNCT, start);
}

/* Other letters than those of ASCII stand in quotes only. */
static void
read_foreign (Lexer *self)
{
  if (read_typographic (self))
    return;

  barista_sql_doubt (self->sql, self->at, _ ("there is a letter that has to stand in quotes"));
  read_punct (self);
}

static gboolean
skip_blank (Lexer *self)
{
  static const char *const blanks[] = { "\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf", "\xe3\x80\x80",
                                        "\xef\xbb\xbf" };

  if (g_ascii_isspace (self->text[self->at]) || self->text[self->at] == '\v')
    {
      self->at++;
      return TRUE;
    }

  for (guint i = 0; (guchar) self->text[self->at] >= 0x80 && i < G_N_ELEMENTS (blanks); i++)
    if (looks_at (self, blanks[i]))
      {
        self->at += strlen (blanks[i]);
        return TRUE;
      }

  return FALSE;
}

static gboolean
skip_comments (Lexer *self)
{
  if (looks_at (self, "--") || looks_at (self, "//") || looks_at (self, "# ")
      || looks_at (self, "#!"))
    skip_line (self);
  else if (looks_at (self, "/*"))
    skip_comment (self);
  else
    return FALSE;

  return TRUE;
}

static void
read_token (Lexer *self)
{
  char c = self->text[self->at];

  if (barista_sql_template_starts (self->sql, self->at))
    read_template (self);
  else if (skip_blank (self) || skip_comments (self))
    return;
  else if (c == '\'')
    read_quoted (self, BARISTA_SQL_TOKEN_STRING);
  else if (c == '`' || c == '"')
    read_quoted (self, BARISTA_SQL_TOKEN_NAME);
  else if (g_ascii_isdigit (c) && follows_dot (self))
    read_word (self);
  else if (g_ascii_isdigit (c))
    read_number (self);
  else if ((guchar) c >= 0x80)
    read_foreign (self);
  else if (is_word (c))
    {
      if (c != '$' || !read_heredoc (self))
        read_word (self);
    }
  else
    read_punct (self);
}

/* Without its `%` a template is not one, and ClickHouse would be asked to read it. */
static void
doubt_braces (BaristaSql *self)
{
  const char *brace = memmem (self->text, self->length, "{%", 2);

  if (brace == NULL)
    brace = memmem (self->text, self->length, "{{", 2);
  if (!self->is_template && brace != NULL)
    barista_sql_doubt (self, (gsize) (brace - self->text),
                       _ ("templates are filled in only when the first line is a %"));
}

/**
 * barista_sql_tokenize:
 *
 * Cuts the statement into tokens; comments and `{% %}` leave none. One END stands last.
 *
 * Returns: FALSE when something has no end; a doubt says what, and the tokens before it are there
 */
gboolean
barista_sql_tokenize (BaristaSql *self)
{
  Lexer lexer = { .sql = self, .text = self->text, .length = self->length };
  gboolean failed;

  while (lexer.at < lexer.length && g_ascii_isspace (lexer.text[lexer.at]))
    lexer.at++;
  self->is_template = lexer.at < lexer.length && lexer.text[lexer.at] == '%';
  lexer.at += self->is_template ? 1 : 0;
  doubt_braces (self);

  while (lexer.at < lexer.length)
    read_token (&lexer);

  failed = lexer.failed;
  lexer.failed = FALSE;
  if (lexer.blocks > 0 && !failed)
    fail (&lexer, self->length, _ ("a template block is not closed"));
  lexer.failed = FALSE;
  lexer.at = self->length;
  add (&lexer, BARISTA_SQL_TOKEN_END, self->length);
  return !failed;
}

/* Any index is good: past the last token stands the END. */
const BaristaSqlToken *
barista_sql_token (const BaristaSql *self, guint i)
{
  return &g_array_index (self->tokens, BaristaSqlToken, MIN (i, self->tokens->len - 1));
}

gboolean
barista_sql_token_is_punct (const BaristaSql *self, guint i, char punct)
{
  return barista_sql_token (self, i)->punct == punct;
}

static gboolean
is_text (const BaristaSql *self, guint i, const char *word)
{
  const BaristaSqlToken *token = barista_sql_token (self, i);
  gsize length = token->end - token->start;

  return token->kind == BARISTA_SQL_TOKEN_WORD && strlen (word) == length
         && g_ascii_strncasecmp (self->text + token->start, word, length) == 0;
}

/* After a dot or AS any word is a name; "AS as" and "t.as" are names themselves. */
static gboolean
is_named (const BaristaSql *self, guint i)
{
  if (i == 0)
    return FALSE;
  if (barista_sql_token_is_punct (self, i - 1, '.'))
    return TRUE;

  return is_text (self, i - 1, "as")
         && (i == 1
             || !(barista_sql_token_is_punct (self, i - 2, '.') || is_text (self, i - 2, "as")));
}

gboolean
barista_sql_token_is_keyword (const BaristaSql *self, guint i, const char *keyword)
{
  return is_text (self, i, keyword) && !is_named (self, i);
}

gboolean
barista_sql_token_is_identifier (const BaristaSql *self, guint i)
{
  BaristaSqlTokenKind kind = (BaristaSqlTokenKind) barista_sql_token (self, i)->kind;

  return kind == BARISTA_SQL_TOKEN_WORD || kind == BARISTA_SQL_TOKEN_NAME;
}

/**
 * barista_sql_token_get_name:
 *
 * Returns: (transfer full): the text of a token, without quotes
 */
char *
barista_sql_token_get_name (const BaristaSql *self, guint i)
{
  const BaristaSqlToken *token = barista_sql_token (self, i);
  g_autoptr (GString) name = NULL;

  if (token->kind != BARISTA_SQL_TOKEN_NAME)
    return g_utf8_make_valid (self->text + token->start, token->end - token->start);

  name = g_string_new (NULL);
  for (gsize at = token->start + 1; at + 1 < token->end; at++)
    {
      /* A doubled quote, or a backslash before what it protects. */
      if ((self->text[at] == '\\' || self->text[at] == self->text[token->start])
          && at + 2 < token->end)
        at++;
      g_string_append_c (name, self->text[at]);
    }

  return g_utf8_make_valid (name->str, (gssize) name->len);
}
