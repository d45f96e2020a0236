/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *
cli_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_isprint (c) ? c : ' ');
    }

  return g_string_free (clean, FALSE);
}

void
cli_complain (const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  /* One line, whatever a library or a peer put into it. */
  line = cli_clean (message);
  fprintf (stderr, "barista: %s\n", g_strchomp (line));
}

/* Said once; a reader that has gone away, as `head` does, wanted no more. */
static gboolean
end_output (gboolean written)
{
  static gboolean said = FALSE;
  int code;

  if (written && fflush (stdout) == 0)
    return TRUE;

  code = errno;
  if (!said && code != EPIPE)
    cli_complain (_ ("standard output: %s"), g_strerror (code));
  said = TRUE;
  return FALSE;
}

gboolean
cli_print (const char *format, ...)
{
  va_list args;
  int written;

  va_start (args, format);
  written = vfprintf (stdout, format, args);
  va_end (args);

  return end_output (written >= 0);
}

gboolean
cli_print_line (const char *text)
{
  return end_output (fputs (text, stdout) >= 0 && fputc ('\n', stdout) != EOF);
}

const char *
cli_style (int fd, CliStyle style)
{
  static const char *const escapes[] = {
    [CLI_PLAIN] = "\033[0m", [CLI_GOOD] = "\033[32m", [CLI_BAD] = "\033[31m",
    [CLI_WARN] = "\033[33m", [CLI_DIM] = "\033[2m",   [CLI_BOLD] = "\033[1m",
  };
  const char *no_color = g_getenv ("NO_COLOR");

  if ((no_color != NULL && *no_color != '\0') || !isatty (fd)
      || g_strcmp0 (g_getenv ("TERM"), "dumb") == 0)
    return "";

  return escapes[style];
}

void
cli_add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static guint
measure (const char *text, guint max)
{
  return MIN ((guint) g_utf8_strlen (text, -1), max);
}

static void
append_cell (GString *table, const char *cell, guint width, gboolean last)
{
  g_autofree char *text = cli_clean (cell);
  glong length = g_utf8_strlen (text, -1);

  if (last)
    g_string_append (table, text);
  else if (length > (glong) width)
    {
      g_string_append_len (table, text, g_utf8_offset_to_pointer (text, width - 1) - text);
      g_string_append (table, "…  ");
    }
  else
    g_string_append_printf (table, "%s%*s", text, (int) (width - (guint) length) + 2, "");
}

char *
cli_format_table (GPtrArray *rows, guint max)
{
  GString *table = g_string_new (NULL);
  guint widths[16] = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint j = 0; row[j] != NULL && j < G_N_ELEMENTS (widths); j++)
        widths[j] = MAX (widths[j], measure (row[j], max));
    }

  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      g_string_append (table, "  ");
      for (guint j = 0; row[j] != NULL && j < G_N_ELEMENTS (widths); j++)
        append_cell (table, row[j], widths[j], row[j + 1] == NULL);
      while (table->len > 0 && table->str[table->len - 1] == ' ')
        g_string_truncate (table, table->len - 1);
      g_string_append_c (table, '\n');
    }

  return g_string_free (table, FALSE);
}
