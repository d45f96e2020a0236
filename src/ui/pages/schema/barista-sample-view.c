/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sample-view.h"

#include "barista-blank.h"
#include "barista-column-answers.h"
#include "barista-drop-down.h"
#include "barista-growing.h"
#include "barista-pieces.h"
#include "barista-sample-cell.h"
#include "barista-slices.h"
#include "barista-tooltip.h"

#include <glib/gi18n.h>

/* Columns that are there at a time, beside the one that tells what becomes of the record. */
#define SHOWN 6
#define COLUMN_WIDTH 124
/* Every fourth row is a deletion, as long as there are some. */
#define APART 4

typedef enum
{
  KEEP_ALL,
  KEEP_DELETIONS,
  KEEP_QUARANTINED,
} Keep;

struct _BaristaSampleView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkColumnView *view;
  GtkWidget *blank_place;
  BaristaBlank *blank;
  GtkWidget *keep_place;
  GtkDropDown *keep;
  GtkLabel *reason;
  GtkLabel *place;
  GtkWidget *pager;
  GtkWidget *back;
  GtkWidget *forth;

  gboolean whole; /* all its pieces are there */
  BaristaReplay *replay;
  char *empty; /* what to say without one */
  guint first; /* column of the replay that stands first */
  GtkColumnViewColumn *columns[SHOWN];
  GtkStringList *rows; /* one for each record that is kept; what it says is its index */
  GPtrArray *cells;    /* BaristaSampleCell, not owned: those that are there */
  guint n_stale;       /* of them: the first ones, which show what was */
  gboolean rows_stale; /* other records may be kept */
  guint source;
};

G_DEFINE_FINAL_TYPE (BaristaSampleView, barista_sample_view, ADW_TYPE_BIN)

/* --- columns --- */

/* Who can't hover reads it below the table. */
static void
on_cell_focus (BaristaSampleView *self, GtkEventController *focus)
{
  const char *reason = barista_tooltip_get (gtk_event_controller_get_widget (focus));

  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
}

static void
on_cell_gone (gpointer cells, GObject *cell)
{
  g_ptr_array_remove_fast (cells, cell);
  g_ptr_array_unref (cells);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkColumnViewCell *holder, gpointer slot)
{
  BaristaSampleView *self = g_object_get_data (G_OBJECT (factory), "view");
  GtkWidget *cell = barista_sample_cell_new (GPOINTER_TO_UINT (slot));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (on_cell_focus), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (cell, focus);
  gtk_column_view_cell_set_child (holder, cell);
  gtk_column_view_cell_set_focusable (holder, FALSE);
  g_ptr_array_add (self->cells, cell);
  g_object_weak_ref (G_OBJECT (cell), on_cell_gone, g_ptr_array_ref (self->cells));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkColumnViewCell *holder, gpointer slot)
{
  BaristaSampleView *self = g_object_get_data (G_OBJECT (factory), "view");
  BaristaSampleCell *cell = BARISTA_SAMPLE_CELL (gtk_column_view_cell_get_child (holder));
  const char *record = gtk_string_object_get_string (gtk_column_view_cell_get_item (holder));

  barista_sample_cell_set_record (cell, (guint) g_ascii_strtoull (record, NULL, 10));
  barista_sample_cell_update (cell, self->replay, self->first);
}

static void
add_column (BaristaSampleView *self, guint slot)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_object_set_data (G_OBJECT (factory), "view", self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (slot));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (slot));
  column = gtk_column_view_column_new ("", factory);
  gtk_column_view_column_set_fixed_width (column, slot == BARISTA_SAMPLE_STATE ? 36 : COLUMN_WIDTH);
  gtk_column_view_column_set_resizable (column, slot != BARISTA_SAMPLE_STATE);
  gtk_column_view_append_column (self->view, column);
  if (slot != BARISTA_SAMPLE_STATE)
    self->columns[slot] = column;
  g_object_unref (column);
}

static void update_rows (BaristaSampleView *self);

/* The rows, then their cells from the last one on: what takes the place of a cell that goes has had
 * its turn. */
static gboolean
update_one (gpointer user_data)
{
  BaristaSampleView *self = user_data;

  if (self->rows_stale)
    {
      self->rows_stale = FALSE;
      update_rows (self);
      self->n_stale = self->cells->len;
      return G_SOURCE_CONTINUE;
    }

  self->n_stale = MIN (self->n_stale, self->cells->len);
  if (self->n_stale > 0)
    barista_sample_cell_update (self->cells->pdata[--self->n_stale], self->replay, self->first);
  if (self->n_stale > 0)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
update_cells (BaristaSampleView *self)
{
  self->n_stale = self->cells->len;
  if (self->source == 0)
    self->source = barista_slices_start (update_one, self);
}

static void
update_rows_soon (BaristaSampleView *self)
{
  self->rows_stale = TRUE;
  update_cells (self);
}

/* A name that is cut tells itself whole; the first child of the view is the row of titles. */
static void
update_title_tooltips (BaristaSampleView *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = gtk_widget_get_first_child (header);

  for (guint i = 0; i < SHOWN && title != NULL; i++)
    {
      title = gtk_widget_get_next_sibling (title); /* the first one is that of the state */
      if (title != NULL)
        barista_tooltip_set (title, gtk_column_view_column_get_title (self->columns[i]));
    }
}

static void
update_titles (BaristaSampleView *self)
{
  guint n = self->replay != NULL ? barista_replay_get_n_columns (self->replay) : 0;
  guint last = MIN (self->first + SHOWN, n);
  g_autofree char *place = NULL;

  for (guint i = 0; i < SHOWN; i++)
    {
      guint column = self->first + i;

      gtk_column_view_column_set_visible (self->columns[i], column < n);
      if (column < n)
        gtk_column_view_column_set_title (self->columns[i],
                                          barista_replay_get_column (self->replay, column)->name);
    }

  update_title_tooltips (self);
  gtk_widget_set_visible (self->pager, n > SHOWN);
  gtk_widget_set_sensitive (self->back, self->first > 0);
  gtk_widget_set_sensitive (self->forth, last < n);
  /* Translators: which columns are shown: "Columns 1–6 of 43" */
  place = g_strdup_printf (_ ("Columns %u–%u of %u"), self->first + 1, last, n);
  gtk_label_set_label (self->place, place);
}

static void
go_to (BaristaSampleView *self, guint first)
{
  guint n = self->replay != NULL ? barista_replay_get_n_columns (self->replay) : 0;

  if (!self->whole)
    return;
  first = n > SHOWN ? MIN (first, n - SHOWN) : 0;
  if (first == self->first)
    return;
  self->first = first;
  update_titles (self);
  update_cells (self);
}

static void
on_back (BaristaSampleView *self)
{
  go_to (self, self->first > SHOWN ? self->first - SHOWN : 0);
}

static void
on_forth (BaristaSampleView *self)
{
  go_to (self, self->first + SHOWN);
}

/* --- rows --- */

static gboolean
is_kept (BaristaSampleView *self, guint record)
{
  Keep keep = gtk_drop_down_get_selected (self->keep);
  BaristaReplayRow row;

  barista_replay_get_row (self->replay, record, &row);
  return keep == KEEP_ALL || (keep == KEEP_DELETIONS && row.deleted)
         || (keep == KEEP_QUARANTINED && !row.accepted);
}

static gboolean
is_deleted (BaristaSampleView *self, guint record)
{
  BaristaReplayRow row;

  barista_replay_get_row (self->replay, record, &row);
  return row.deleted;
}

/* The next record from @from on that is a deletion or not; @n: none. */
static guint
next_record (BaristaSampleView *self, guint from, guint n, gboolean deleted)
{
  while (from < n && !(is_kept (self, from) && is_deleted (self, from) == deleted))
    from++;
  return from;
}

/* Deletions stand among the others, so that the first rows show what becomes of them; an order that
 * no edit changes. */
static GPtrArray *
order_records (BaristaSampleView *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);
  guint n = self->replay != NULL ? barista_replay_get_n_records (self->replay) : 0;
  guint deletion = next_record (self, 0, n, TRUE);
  guint other = next_record (self, 0, n, FALSE);

  while (deletion < n || other < n)
    {
      gboolean takes_deletion = other >= n || (deletion < n && kept->len % APART == APART - 1);
      guint *next = takes_deletion ? &deletion : &other;

      g_ptr_array_add (kept, g_strdup_printf ("%u", *next));
      *next = next_record (self, *next + 1, n, takes_deletion);
    }

  return kept;
}

static gboolean
is_shown_already (BaristaSampleView *self, GPtrArray *kept)
{
  if (kept->len != g_list_model_get_n_items (G_LIST_MODEL (self->rows)))
    return FALSE;
  for (guint i = 0; i < kept->len; i++)
    if (!g_str_equal (gtk_string_list_get_string (self->rows, i), kept->pdata[i]))
      return FALSE;

  return TRUE;
}

/* Rows change only with what is kept; a table that is being edited fills the same ones anew. */
static void
update_rows (BaristaSampleView *self)
{
  g_autoptr (GPtrArray) kept = order_records (self);
  gboolean same = is_shown_already (self, kept);

  gtk_stack_set_visible_child_name (self->stack, kept->len > 0 ? "rows" : "blank");
  g_ptr_array_add (kept, NULL);
  if (!same)
    gtk_string_list_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                            (const char *const *) kept->pdata);
}

static const char *
no_row_of (Keep keep)
{
  switch (keep)
    {
    case KEEP_DELETIONS:
      return _ ("No Deletion in the Sample");
    case KEEP_QUARANTINED:
      return _ ("Nothing Would Be Quarantined");
    default:
      return _ ("No Sample Rows");
    }
}

static void
update_blank (BaristaSampleView *self)
{
  barista_blank_show (self->blank, "rows",
                      self->replay != NULL ? no_row_of (gtk_drop_down_get_selected (self->keep))
                                           : self->empty,
                      NULL, NULL, NULL);
}

static void
on_keep_changed (BaristaSampleView *self)
{
  if (!self->whole)
    return;
  update_blank (self);
  update_rows_soon (self);
}

/* --- its pieces --- */

static void
shorten_keep (gpointer widget)
{
  barista_drop_down_shorten (BARISTA_SAMPLE_VIEW (widget)->keep);
}

/* That of the state, and two. */
static void
add_first_columns (gpointer widget)
{
  add_column (widget, BARISTA_SAMPLE_STATE);
  for (guint i = 0; i < 2; i++)
    add_column (widget, i);
}

static void
add_other_columns (gpointer widget)
{
  for (guint i = 2; i < SHOWN; i++)
    add_column (widget, i);
}

static void
show_rows (gpointer widget)
{
  BaristaSampleView *self = widget;
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (
      barista_growing_new (G_LIST_MODEL (self->rows)));

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  self->whole = TRUE;
  if (self->empty != NULL)
    update_blank (self);
  update_titles (self);
  update_rows_soon (self);
}

static const BaristaPiece pieces[] = {
  { "keep", G_STRUCT_OFFSET (BaristaSampleView, keep_place), shorten_keep },
  { "blank", G_STRUCT_OFFSET (BaristaSampleView, blank_place), NULL },
  { NULL, 0, add_first_columns },
  { NULL, 0, add_other_columns },
  { NULL, 0, show_rows },
};

/* --- widget --- */

static void
barista_sample_view_dispose (GObject *object)
{
  BaristaSampleView *self = BARISTA_SAMPLE_VIEW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_SAMPLE_VIEW);
  g_clear_object (&self->replay);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (barista_sample_view_parent_class)->dispose (object);
}

static void
barista_sample_view_finalize (GObject *object)
{
  g_ptr_array_unref (BARISTA_SAMPLE_VIEW (object)->cells);
  g_free (BARISTA_SAMPLE_VIEW (object)->empty);

  G_OBJECT_CLASS (barista_sample_view_parent_class)->finalize (object);
}

static void
barista_sample_view_class_init (BaristaSampleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barista_sample_view_dispose;
  object_class->finalize = barista_sample_view_finalize;
  g_type_ensure (BARISTA_TYPE_BLANK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-sample-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, stack);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, view);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, blank_place);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, keep_place);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, reason);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, place);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, pager);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, back);
  gtk_widget_class_bind_template_child (widget_class, BaristaSampleView, forth);
  barista_pieces_class_init (widget_class, "barista-sample-view-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaSampleView, keep);
  barista_pieces_bind (widget_class, BaristaSampleView, blank);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_forth);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_changed);
}

static void
barista_sample_view_init (BaristaSampleView *self)
{
  self->cells = g_ptr_array_new ();
  self->rows = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  barista_pieces_start (GTK_WIDGET (self), NULL);
}

void
barista_sample_view_set_replay (BaristaSampleView *self, BaristaReplay *replay, const char *empty)
{
  guint n = replay != NULL ? barista_replay_get_n_columns (replay) : 0;

  g_set_object (&self->replay, replay);
  if (self->first + SHOWN > n)
    self->first = n > SHOWN ? n - SHOWN : 0;
  g_set_str (&self->empty, empty);
  if (!self->whole)
    return;
  update_blank (self);
  update_titles (self);
  update_rows_soon (self);
}

void
barista_sample_view_show_column (BaristaSampleView *self, const char *id)
{
  guint n = self->replay != NULL ? barista_replay_get_n_columns (self->replay) : 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (barista_column_get_id (barista_replay_get_column (self->replay, i)), id)
        && (i < self->first || i >= self->first + SHOWN))
      go_to (self, i > 1 ? i - 1 : 0);
}
