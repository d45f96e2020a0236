/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/**
 * BaristaCodeView:
 *
 * A view of code in the window's colours, light or dark as it is: files of a project, a difference
 * between two, or SQL to be edited. Languages: `tinybird` (datafiles), `clickhouse` (SQL),
 * `files-diff`, `files-json`, `files-markdown`, `files-typescript` and `files-yaml`, which know what
 * our own files have; none of GtkSourceView's.
 *
 * Properties: "language" (its id; NULL: plain), "text" (notifies while one types), "editable" (default
 * FALSE).
 */
#define BARISTA_TYPE_CODE_VIEW (barista_code_view_get_type ())
G_DECLARE_FINAL_TYPE (BaristaCodeView, barista_code_view, BARISTA, CODE_VIEW, GtkSourceView)

GtkWidget *barista_code_view_new (void);

/* What the first view takes, and the first text in each language, beforehand. */
void barista_code_view_prepare_later (void);
void barista_code_view_prepare_next (void);

void barista_code_view_set_language (BaristaCodeView *self, const char *id);
/* The language of a file of that name. */
void barista_code_view_set_file_name (BaristaCodeView *self, const char *name);
/* Another text takes the place of the one that is shown; undo doesn't go back over that. */
void barista_code_view_set_text (BaristaCodeView *self, const char *text);
char *barista_code_view_dup_text (BaristaCodeView *self);
/* Brings the line (1 is the first) into view and selects it. */
void barista_code_view_show_line (BaristaCodeView *self, guint line);

G_END_DECLS
