/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-notes.h"

#include "barista-note-row.h"
#include "barista-pieces.h"
#include "barista-sink-findings.h"
#include "barista-slices.h"

struct _BaristaSinkNotes
{
  AdwBin parent_instance;

  BaristaSession *session;
  BaristaSinkFindings *findings;
  char *path;
  gboolean calm;
  guint source;

  GtkListBox *list;
  GPtrArray *wanted; /* Note: what is to be shown, the worst first */
  GPtrArray *shown;  /* Note: what the rows say, in their order */
  guint at;          /* up to here they are the same */
  guint slices;
};

G_DEFINE_FINAL_TYPE (BaristaSinkNotes, barista_sink_notes, ADW_TYPE_BIN)

typedef struct
{
  BaristaFinding *finding;
  BaristaLevel level; /* as which it is shown */
  GtkWidget *row;
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  barista_finding_free (note->finding);
  g_free (note);
}

static gboolean
notes_equal (const Note *a, const Note *b)
{
  return a->level == b->level && g_str_equal (a->finding->rule, b->finding->rule)
         && g_strcmp0 (a->finding->file, b->finding->file) == 0
         && g_strcmp0 (a->finding->message, b->finding->message) == 0
         && g_strcmp0 (a->finding->fix, b->finding->fix) == 0;
}

/* --- rows --- */

static void
remove_row (BaristaSinkNotes *self, guint at)
{
  gtk_list_box_remove (self->list, ((Note *) self->shown->pdata[at])->row);
  g_ptr_array_remove_index (self->shown, at);
}

static gboolean
is_shown_later (BaristaSinkNotes *self, const Note *note)
{
  for (guint i = self->at + 1; i < self->shown->len; i++)
    if (notes_equal (self->shown->pdata[i], note))
      return TRUE;

  return FALSE;
}

static void
insert_row (BaristaSinkNotes *self)
{
  Note *note = g_ptr_array_steal_index (self->wanted, 0);

  note->row = barista_note_row_new (self->session, note->finding, note->level);
  gtk_list_box_insert (self->list, note->row, (int) self->at);
  g_ptr_array_insert (self->shown, (int) self->at, note);
  self->at++;
}

/* A row that says what is wanted stays: only what is different is made or taken away. */
static gboolean
on_slice (gpointer user_data)
{
  BaristaSinkNotes *self = user_data;
  const Note *old = self->at < self->shown->len ? self->shown->pdata[self->at] : NULL;
  const Note *next = self->wanted->len > 0 ? self->wanted->pdata[0] : NULL;

  if (old == NULL && next == NULL)
    {
      self->slices = 0;
      return G_SOURCE_REMOVE;
    }

  if (old != NULL && next != NULL && notes_equal (old, next))
    {
      g_ptr_array_remove_index (self->wanted, 0);
      self->at++;
    }
  else if (next == NULL || is_shown_later (self, next))
    remove_row (self, self->at);
  else
    insert_row (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
take_row (gpointer notes)
{
  BaristaSinkNotes *self = notes;

  g_clear_handle_id (&self->slices, g_source_remove);
  if (self->shown->len == 0)
    return FALSE;

  remove_row (self, self->shown->len - 1);
  return TRUE;
}

static void
fill (BaristaSinkNotes *self)
{
  GPtrArray *findings = barista_sink_findings_get (self->findings);

  g_ptr_array_set_size (self->wanted, 0);
  for (int level = BARISTA_LEVEL_ERROR; level >= BARISTA_LEVEL_HINT; level--)
    for (guint i = 0; i < findings->len; i++)
      {
        const BaristaFinding *finding = findings->pdata[i];
        Note *note;

        if (self->path == NULL || (int) finding->level != level
            || g_strcmp0 (finding->file, self->path) != 0)
          continue;
        note = g_new0 (Note, 1);
        note->finding = barista_finding_copy (finding);
        note->level = self->calm ? BARISTA_LEVEL_HINT : finding->level;
        g_ptr_array_add (self->wanted, note);
      }

  gtk_widget_set_visible (GTK_WIDGET (self), self->wanted->len > 0);
  self->at = 0;
  if (self->slices == 0)
    self->slices = barista_slices_start (on_slice, self);
}

/* --- when --- */

static void
look (BaristaSinkNotes *self)
{
  if (self->path == NULL || barista_sink_findings_ask (self->findings))
    fill (self);
}

static gboolean
is_seen (BaristaSinkNotes *self)
{
  GtkWidget *around = gtk_widget_get_parent (GTK_WIDGET (self));

  return around != NULL && gtk_widget_get_mapped (around);
}

static void
on_settled (gpointer data)
{
  BaristaSinkNotes *self = data;

  self->source = 0;
  look (self);
}

/* Keys come faster than anybody reads. */
static void
look_soon (BaristaSinkNotes *self)
{
  if (self->source == 0 && is_seen (self))
    self->source = g_timeout_add_once (100, on_settled, self);
}

static void
follow (BaristaSinkNotes *self, BaristaSession *session)
{
  self->session = g_object_ref (session);
  self->findings = g_object_ref (barista_sink_findings_of (session));
  g_signal_connect_object (self->findings, "made", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "table-changed", G_CALLBACK (look_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "steps-changed", G_CALLBACK (look_soon), self,
                           G_CONNECT_SWAPPED);
  /* What has changed meanwhile. */
  g_signal_connect_object (gtk_widget_get_parent (GTK_WIDGET (self)), "map", G_CALLBACK (look_soon),
                           self, G_CONNECT_SWAPPED);
}

void
barista_sink_notes_show (BaristaSinkNotes *self,
                         BaristaSession *session,
                         const char *path,
                         gboolean calm)
{
  if (self->session == NULL)
    follow (self, session);
  g_set_str (&self->path, path);
  self->calm = calm;
  look (self);
}

static gboolean
on_keynav_failed (BaristaSinkNotes *self, GtkDirectionType direction)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (root == NULL || (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN))
    return FALSE;
  return gtk_widget_child_focus (root, direction == GTK_DIR_UP ? GTK_DIR_TAB_BACKWARD
                                                               : GTK_DIR_TAB_FORWARD);
}

static void
barista_sink_notes_dispose (GObject *object)
{
  BaristaSinkNotes *self = BARISTA_SINK_NOTES (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->slices, g_source_remove);
  g_clear_object (&self->findings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_sink_notes_parent_class)->dispose (object);
}

static void
barista_sink_notes_finalize (GObject *object)
{
  BaristaSinkNotes *self = BARISTA_SINK_NOTES (object);

  g_ptr_array_unref (self->wanted);
  g_ptr_array_unref (self->shown);
  g_free (self->path);

  G_OBJECT_CLASS (barista_sink_notes_parent_class)->finalize (object);
}

static void
barista_sink_notes_class_init (BaristaSinkNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_sink_notes_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_sink_notes_finalize;
}

/* A list as that of a preferences group, which takes rows at its end only. */
static void
barista_sink_notes_init (BaristaSinkNotes *self)
{
  self->wanted = g_ptr_array_new_with_free_func (note_free);
  self->shown = g_ptr_array_new_with_free_func (note_free);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_signal_connect_swapped (self->list, "keynav-failed", G_CALLBACK (on_keynav_failed), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
  barista_pieces_set_rows (GTK_WIDGET (self), take_row);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
