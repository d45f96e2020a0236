/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BaristaPiece:
 * @root: (nullable): the id of the object that is made, in the class's file of pieces; %NULL: work
 *   only
 * @place: where in the widget's struct the container stands that it is put into, or
 *   %BARISTA_PIECE_APART: @then puts it where it belongs
 * @then: (nullable): called with the widget when the piece is there
 *
 * GTK makes about four widgets in a millisecond, and a page has a hundred: too long for the main
 * thread to be away. Such a page is a template with its containers, and pieces that fill them. Each
 * piece is made for itself before the next frame (barista-slices.h): what else there is to do gets in between,
 * and what is drawn is whole. Keys that come meanwhile are the page's (the window sees to it).
 *
 * The objects of a class's pieces stand side by side in one .ui file without a template, and are
 * written like a template's content: signals without an object go to the widget, callbacks are those
 * that the class binds, and a piece may refer to what the class binds of those before it.
 */
typedef struct
{
  const char *root;
  gsize place;
  void (*then) (gpointer widget);
} BaristaPiece;

#define BARISTA_PIECE_APART G_MAXSIZE

/**
 * barista_pieces_class_init:
 * @klass: a class with a template that has been set
 * @ui: the name of the file with the pieces' objects among our resources; static
 * @pieces: (array length=n_pieces): in the order in which they are made; static
 * @n_pieces: how many there are
 *
 * To be called before callbacks are bound.
 */
void barista_pieces_class_init (GtkWidgetClass *klass,
                                const char *ui,
                                const BaristaPiece *pieces,
                                guint n_pieces);

/* What gtk_widget_class_bind_template_child () is for a template, for the object of a piece. */
#define barista_pieces_bind(klass, Type, member) \
  barista_pieces_bind_full (klass, #member, G_STRUCT_OFFSET (Type, member))
void barista_pieces_bind_full (GtkWidgetClass *klass, const char *id, gsize offset);

/**
 * barista_pieces_start:
 * @widget: of a class with pieces; its template is there
 * @whole: (nullable): called with @widget once all pieces are there
 *
 * Begins with the pieces when what runs now has returned; @whole is called for itself after the last
 * one, and the widget is whole then. A widget without pieces is whole at once.
 */
void barista_pieces_start (GtkWidget *widget, void (*whole) (gpointer widget));

/* Makes those that are missing now. Does nothing to a widget that is whole. */
void barista_pieces_finish (GtkWidget *widget);

gboolean barista_pieces_are_whole (GtkWidget *widget);

/* A piece's work: makes an AdwComboRow for nothing, as GTK sets up the classes of its parts with the
 * first one. */
void barista_pieces_know_combo_row (gpointer widget);

/**
 * barista_pieces_set_rows:
 * @widget: it makes rows of its own, as many as there are things to show
 * @take_row: called with @widget: takes one of them away; %FALSE: there was none
 *
 * For barista_pieces_take_apart ().
 */
void barista_pieces_set_rows (GtkWidget *widget, GSourceFunc take_row);

/**
 * barista_pieces_take_apart:
 * @below: what is about to be destroyed, out of sight
 *
 * Takes one row or piece of a widget below it out of its place: to take all out at once takes as long
 * as to make them. The widget keeps what its members point at until its own end; then that goes one
 * by one, too.
 *
 * Returns: %FALSE: there was none to take
 */
gboolean barista_pieces_take_apart (GtkWidget *below);

G_END_DECLS
