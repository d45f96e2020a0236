/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BARISTA_TEMPLATE_TEXT,   /* as it is */
  BARISTA_TEMPLATE_COLUMN, /* {column} or {column, '%Y-%m-%d'} */
  BARISTA_TEMPLATE_NUMBER, /* {8}: rows are spread over so many files */
} BaristaTemplateKind;

/**
 * BaristaTemplatePart:
 * @kind: what it is
 * @text: the text, or the column's name
 * @format: (nullable): how the column's time is written
 * @number: how many files
 *
 * A part of a file template or of a bucket's address (tinybird.md 3.2).
 */
typedef struct
{
  BaristaTemplateKind kind;
  char *text;
  char *format;
  guint number;
} BaristaTemplatePart;

GPtrArray *barista_file_template_parse (const char *text, char **fault);
char *barista_file_template_write (GPtrArray *parts);
const char *barista_time_format_of_name (const char *column);
gboolean barista_is_time_name (const char *column);

G_END_DECLS
