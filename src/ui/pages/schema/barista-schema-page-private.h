/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-schema-page.h"

#include "barista-blank.h"
#include "barista-columns-view.h"
#include "barista-engine-view.h"
#include "barista-files-view.h"
#include "barista-plan-cards.h"
#include "barista-plan-mismatch.h"
#include "barista-replay-runner.h"
#include "barista-result-row.h"
#include "barista-sample-view.h"
#include "barista-verdict-line.h"

G_BEGIN_DECLS

/* The page's own parts: barista-schema-page.c fills it, barista-schema-panes.c says what is to be
 * seen of it. */

struct _BaristaSchemaPage
{
  BaristaStepPage parent_instance;

  GtkStack *stack;
  GtkWidget *blank_place;
  BaristaBlank *blank;
  GtkWidget *box;
  GtkWidget *head;
  GtkDropDown *topics;
  AdwToggleGroup *tabs;
  GtkDropDown *panes;
  GtkWidget *history;
  GtkButton *undo;
  GtkButton *redo;
  BaristaPlanCards *cards;
  BaristaPlanMismatch *mismatch;
  BaristaResultRow *result;
  GtkWidget *work;
  GtkPaned *paned;
  BaristaColumnsView *columns;
  BaristaSampleView *sample;
  GtkBox *parts;
  BaristaEngineView *engine; /* NULL until it is gone to; so is the next one */
  BaristaFilesView *files;
  BaristaVerdictLine *verdict;

  BaristaReplayRunner *runner;
  char *topic;
  gboolean whole; /* all its pieces are there */
  gboolean narrow;
  gboolean updating;
  guint n_updated; /* parts of it, the first ones, that stand as things are now */
  guint update_source;
};

/* What is to be seen of the page where there is no room for all of it, in the order of the list. */
typedef enum
{
  SCHEMA_PANE_PLAN,
  SCHEMA_PANE_COLUMNS,
  SCHEMA_PANE_ROWS,
  SCHEMA_PANE_ENGINE,
  SCHEMA_PANE_FILES,
} SchemaPane;

/* The table of the topic that is shown; NULL if there is none yet. */
BaristaTable *schema_page_get_table (BaristaSchemaPage *self);

/* The panes, once the page is whole: as the tab and the room want them. */
void schema_page_update_panes (BaristaSchemaPage *self);
/* Remembers how much room there is; the page follows once it is whole. */
void schema_page_set_narrow (BaristaSchemaPage *self, gboolean narrow);
void schema_page_show_pane (BaristaSchemaPage *self, SchemaPane pane);
/* Into the grid at the top, where narrow ones have a line of its own for it below the others. */
void schema_page_place_in_head (BaristaSchemaPage *self, GtkWidget *child, int column, int row);

G_END_DECLS
