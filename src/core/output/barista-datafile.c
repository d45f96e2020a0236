/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-datafile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of a refused value a message shows. */
#define SHOWN_CHARS 60

void
barista_datafile_init (BaristaDatafile *self, const char *path)
{
  *self = (BaristaDatafile) { .text = g_string_new (NULL), .path = path };
}

/**
 * barista_datafile_finish:
 * @self: the writer; it is cleared
 * @error: return location
 *
 * Returns: (transfer full): the file's text; %NULL with %BARISTA_OUTPUT_ERROR_UNSAFE if something
 *   can't be written
 */
char *
barista_datafile_finish (BaristaDatafile *self, GError **error)
{
  g_autoptr (GString) text = g_steal_pointer (&self->text);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * barista_text_show:
 * @text: anything
 *
 * Returns: (transfer full): its beginning, fit for a message: no control characters, valid UTF-8
 */
char *
barista_text_show (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *shown = g_string_new (NULL);
  const char *p = valid;

  for (guint n = 0; *p != '\0' && n < SHOWN_CHARS; n++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c))
        g_string_append_unichar (shown, c);
      else
        g_string_append_printf (shown, "\\u%04x", c);
    }

  if (*p != '\0')
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

void
barista_datafile_refuse (BaristaDatafile *self,
                         const char *place,
                         const char *way_out,
                         const char *format,
                         ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  if (self->error != NULL)
    return;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (&self->error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE, "%s: %s: %s. %s",
               self->path, place, what, way_out);
}

static gboolean
is_line_break (gunichar c)
{
  return c == 0x85 || c == 0x2028 || c == 0x2029;
}

/**
 * barista_text_fault:
 * @text: what is to be written on one line
 * @forbidden: ASCII characters that can't stand there
 * @blanks: whether plain spaces can
 *
 * Line breaks and control characters end a line for one reader or another; `{{`, `{%` and `{#` open a
 * template, which is rendered before anything else is read (tinybird.md 0.1, 7).
 *
 * Returns: (nullable): what is wrong, a translated half sentence; %NULL if nothing
 */
const char *
barista_text_fault (const char *text, const char *forbidden, gboolean blanks)
{
  if (*text == '\0')
    return _ ("it is empty");
  if (!g_utf8_validate (text, -1, NULL))
    return _ ("it is not valid UTF-8");
  if (strstr (text, "{{") != NULL || strstr (text, "{%") != NULL || strstr (text, "{#") != NULL)
    return _ ("a brace opens a template there");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || is_line_break (c) || c == 0xfeff)
        return _ ("it holds a line break or a control character");
      if (g_unichar_isspace (c) && !(blanks && c == ' '))
        return _ ("it holds a blank");
      if (c < 0x80 && strchr (forbidden, (char) c) != NULL)
        return c == '#'    ? _ ("“#” starts a comment there")
               : c == '$'  ? _ ("“$” is replaced by an environment variable there")
               : c == '`'  ? _ ("a back-tick ends the name there")
               : c == '\\' ? _ ("a backslash escapes what follows there")
                           : _ ("it holds a quote that can't be escaped there");
    }

  return NULL;
}

/**
 * barista_text_has_variable:
 * @sql: what stands in a pipe's SQL
 *
 * Classic's reader puts environment variables into SQL, between quotes and back-ticks too, as
 * Python's string.Template does: `$NAME`, `${NAME}`, and `$$` for one `$`. Forward's doesn't.
 *
 * Returns: whether it would be read otherwise than it stands there
 */
gboolean
barista_text_has_variable (const char *sql)
{
  for (const char *p = sql; (p = strchr (p, '$')) != NULL; p++)
    if (p[1] == '$' || p[1] == '{' || p[1] == '_' || g_ascii_isalpha (p[1]))
      return TRUE;

  return FALSE;
}

void
barista_datafile_blank (BaristaDatafile *self)
{
  barista_datafile_raw (self, "");
}

/* Our own text only: nothing in it is checked. */
void
barista_datafile_raw (BaristaDatafile *self, const char *line)
{
  if (self->error != NULL)
    return;

  g_string_append (self->text, line);
  g_string_append_c (self->text, '\n');
}

void
barista_datafile_rawf (BaristaDatafile *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  barista_datafile_raw (self, line);
}

/**
 * barista_datafile_refuse_value:
 * @self: the writer
 * @place: where it was to go
 * @value: what can't stand there
 * @fault: translated half sentence: why not
 * @way_out: one translated sentence
 *
 * barista_datafile_refuse() with the value in the message.
 */
void
barista_datafile_refuse_value (BaristaDatafile *self,
                               const char *place,
                               const char *value,
                               const char *fault,
                               const char *way_out)
{
  g_autofree char *shown = barista_text_show (value);

  barista_datafile_refuse (self, place, way_out, _ ("“%s” can't be written, %s"), shown, fault);
}

/**
 * barista_datafile_bare:
 * @self: the writer
 * @command: such as "KAFKA_TOPIC"
 * @value: its value
 * @way_out: one translated sentence, for a refusal
 *
 * Writes `COMMAND value`. All KAFKA_* are written so: the SDK's reader doesn't take quotes off
 * (tinybird.md 1.6).
 */
void
barista_datafile_bare (BaristaDatafile *self,
                       const char *command,
                       const char *value,
                       const char *way_out)
{
  const char *fault = barista_text_fault (value, "\"'#$", FALSE);

  if (fault == NULL && g_str_equal (value, ">"))
    fault = _ ("“>” opens a block there");
  if (fault != NULL)
    barista_datafile_refuse_value (self, command, value, fault, way_out);
  else
    barista_datafile_rawf (self, "%s %s", command, value);
}

/**
 * barista_datafile_quoted:
 * @self: the writer
 * @command: such as "ENGINE_TTL"
 * @value: its value
 * @way_out: one translated sentence, for a refusal
 *
 * Writes `COMMAND "value"`, in single quotes where the value holds double ones: escapes are not
 * understood.
 */
void
barista_datafile_quoted (BaristaDatafile *self,
                         const char *command,
                         const char *value,
                         const char *way_out)
{
  char quote = strchr (value, '"') == NULL ? '"' : '\'';
  const char *fault = barista_text_fault (value, quote == '"' ? "$" : "$'", TRUE);

  if (fault != NULL)
    barista_datafile_refuse_value (self, command, value, fault, way_out);
  else
    barista_datafile_rawf (self, "%s %c%s%c", command, quote, value, quote);
}

/**
 * barista_datafile_value:
 * @self: the writer
 * @command: such as "EXPORT_FILE_TEMPLATE"
 * @value: its value
 * @way_out: one translated sentence, for a refusal
 *
 * Writes `COMMAND value` as the SDK does, and in quotes where the parser would otherwise read it
 * differently: it cuts at `#` and joins words with single blanks (tinybird.md 1.1).
 */
void
barista_datafile_value (BaristaDatafile *self,
                        const char *command,
                        const char *value,
                        const char *way_out)
{
  const char *fault = barista_text_fault (value, "$", TRUE);
  gboolean is_plain = strpbrk (value, "\"'#") == NULL && strstr (value, "  ") == NULL
                      && *value != ' ' && *value != '>' && !g_str_has_suffix (value, " ");

  if (fault != NULL)
    barista_datafile_refuse_value (self, command, value, fault, way_out);
  else if (is_plain)
    barista_datafile_rawf (self, "%s %s", command, value);
  else
    barista_datafile_quoted (self, command, value, way_out);
}

/**
 * barista_datafile_description:
 * @self: the writer
 * @description: one line that starts with a word of ours
 *
 * Writes a DESCRIPTION block. The line is indented and holds no keyword at its start: both readers
 * of the vendor end the block at other places otherwise (tinybird.md 0.1, 10).
 */
void
barista_datafile_description (BaristaDatafile *self, const char *description)
{
  const char *fault = barista_text_fault (description, "", TRUE);

  if (fault != NULL)
    {
      barista_datafile_refuse_value (self, "DESCRIPTION", description, fault,
                                     _ ("Change the text."));
      return;
    }

  barista_datafile_raw (self, "DESCRIPTION >");
  barista_datafile_rawf (self, "    %s", description);
}

/**
 * barista_datafile_secret_name:
 * @self: the writer
 * @place: where it is named
 * @name: name of a Tinybird secret
 *
 * Returns: whether `{{ tb_secret("name") }}` can be written; refused if not
 */
gboolean
barista_datafile_secret_name (BaristaDatafile *self, const char *place, const char *name)
{
  const char *p = name;

  if (g_ascii_isalpha (*p) || *p == '_')
    while (g_ascii_isalnum (*p) || *p == '_')
      p++;
  if (*p == '\0' && p > name)
    return TRUE;

  barista_datafile_refuse_value (self, place, name,
                                 _ ("a secret's name has letters, digits and _ only"),
                                 _ ("Choose another name for the secret."));
  return FALSE;
}

static const char *
column_name_fault (const char *name)
{
  const char *fault = barista_text_fault (name, "`\\", FALSE);

  if (fault == NULL && strstr (name, "--") != NULL)
    fault = _ ("“--” starts a comment there");
  return fault;
}

/* Brackets and quotes that don't close would swallow the lines that follow. */
static gboolean
is_balanced (const char *type)
{
  int depth = 0;
  gboolean quoted = FALSE;

  for (const char *p = type; *p != '\0' && depth >= 0; p++)
    {
      if (*p == '\'')
        quoted = !quoted;
      else if (!quoted)
        depth += (*p == '(') - (*p == ')');
    }

  return depth == 0 && !quoted;
}

static const char *
column_type_fault (const char *type)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_(), '/+:-.";

  if (*type == '\0' || strspn (type, allowed) != strlen (type))
    return _ ("it holds a character that no type has");
  if (strstr (type, "--") != NULL)
    return _ ("“--” starts a comment there");
  return is_balanced (type) ? NULL : _ ("a bracket or a quote isn't closed");
}

/**
 * barista_datafile_column:
 * @self: the writer
 * @column: an included column
 * @last: no comma follows
 *
 * Writes a line of SCHEMA in the order that all readers take: name, type, path, default.
 */
void
barista_datafile_column (BaristaDatafile *self, const BaristaColumn *column, gboolean last)
{
  const char *fault = column_name_fault (column->name);
  g_autoptr (GString) line = NULL;

  if (fault != NULL)
    barista_datafile_refuse_value (self, "SCHEMA", column->name, fault,
                                   _ ("Give the column another name."));
  else if ((fault = column_type_fault (column->type)) != NULL)
    barista_datafile_refuse_value (self, "SCHEMA", column->type, fault,
                                   _ ("Give the column another type."));
  else if (column->path != NULL && (fault = barista_text_fault (column->path, "`", FALSE)) != NULL)
    barista_datafile_refuse_value (self, "SCHEMA", column->path, fault,
                                   _ ("Leave the column out."));
  if (fault != NULL || self->error != NULL)
    return;

  line = g_string_new (NULL);
  g_string_append_printf (line, "    `%s` %s", column->name, column->type);
  if (column->path != NULL)
    g_string_append_printf (line, " `json:%s`", column->path);
  if (column->default_value != NULL)
    g_string_append_printf (line, " DEFAULT %s", column->default_value);
  if (!last)
    g_string_append_c (line, ',');
  barista_datafile_raw (self, line->str);
}
