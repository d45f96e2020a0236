/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-notes.h"

#include "barista-note-row.h"
#include "barista-sinks.h"

struct _BaristaSinkNotes
{
  AdwBin parent_instance;

  BaristaSession *session;
  char *path;
  gboolean calm;
  guint source;

  AdwPreferencesGroup *group;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (BaristaSinkNotes, barista_sink_notes, ADW_TYPE_BIN)

static void
fill (BaristaSinkNotes *self)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_finding_free);
  g_autoptr (GPtrArray) tables = barista_session_dup_tables (self->session);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  if (self->path != NULL)
    barista_sinks_lint (barista_session_get_setup (self->session), tables, findings);
  for (int level = BARISTA_LEVEL_ERROR; level >= BARISTA_LEVEL_HINT; level--)
    for (guint i = 0; i < findings->len; i++)
      {
        const BaristaFinding *finding = findings->pdata[i];
        GtkWidget *row;

        if ((int) finding->level != level || g_strcmp0 (finding->file, self->path) != 0)
          continue;
        row = barista_note_row_new (self->session, finding,
                                    self->calm ? BARISTA_LEVEL_HINT : finding->level);
        adw_preferences_group_add (self->group, row);
        g_ptr_array_add (self->rows, row);
      }

  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
on_settled (gpointer data)
{
  BaristaSinkNotes *self = data;

  self->source = 0;
  fill (self);
}

/* Keys come faster than anybody reads. */
static void
fill_soon (BaristaSinkNotes *self)
{
  if (self->source == 0)
    self->source = g_timeout_add_once (150, on_settled, self);
}

void
barista_sink_notes_show (BaristaSinkNotes *self,
                         BaristaSession *session,
                         const char *path,
                         gboolean calm)
{
  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (session, "table-changed", G_CALLBACK (fill_soon), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "steps-changed", G_CALLBACK (fill_soon), self,
                               G_CONNECT_SWAPPED);
    }
  g_set_str (&self->path, path);
  self->calm = calm;
  fill (self);
}

static void
barista_sink_notes_dispose (GObject *object)
{
  BaristaSinkNotes *self = BARISTA_SINK_NOTES (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_sink_notes_parent_class)->dispose (object);
}

static void
barista_sink_notes_finalize (GObject *object)
{
  BaristaSinkNotes *self = BARISTA_SINK_NOTES (object);

  g_ptr_array_unref (self->rows);
  g_free (self->path);

  G_OBJECT_CLASS (barista_sink_notes_parent_class)->finalize (object);
}

static void
barista_sink_notes_class_init (BaristaSinkNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_sink_notes_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_sink_notes_finalize;
}

static void
barista_sink_notes_init (BaristaSinkNotes *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
