/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-files-view.h"

#include "barista-code-view.h"

#include <glib/gi18n.h>

struct _BaristaFilesView
{
  AdwBin parent_instance;

  GtkLabel *path;
  GtkButton *copy;
  BaristaCodeView *code;
  GtkLabel *problem;

  BaristaSession *session;
  BaristaTable *table;
  BaristaTable *shown; /* what the text is made of; only compared */
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (BaristaFilesView, barista_files_view, ADW_TYPE_BIN)

static const BaristaArtefact *
find_artefact (GPtrArray *artefacts, const char *path)
{
  for (guint i = 0; artefacts != NULL && i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = g_ptr_array_index (artefacts, i);

      if (g_str_equal (artefact->path, path))
        return artefact;
    }

  return NULL;
}

static void
show_text (BaristaFilesView *self, const BaristaArtefact *artefact, const char *problem)
{
  gsize length = 0;
  const char *bytes = artefact != NULL && artefact->content != NULL
                          ? g_bytes_get_data (artefact->content, &length)
                          : "";
  g_autofree char *text = g_strndup (bytes, length);

  barista_code_view_set_text (self->code, text);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy), *text != '\0');
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy), "s", text);
}

/* The one before stays in sight until the next one is there. */
static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) artefacts = barista_session_make_artefacts_finish (BARISTA_SESSION (source),
                                                                           result, &error);
  BaristaFilesView *self;
  g_autofree char *path = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_object (&self->running);
  path = g_strdup_printf ("datasources/%s.datasource", barista_table_get_data_source (self->table));
  gtk_label_set_label (self->path, path);
  barista_code_view_set_file_name (self->code, path);
  show_text (self, find_artefact (artefacts, path), error != NULL ? error->message : NULL);
}

static void
stop (BaristaFilesView *self)
{
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

static void
update (BaristaFilesView *self)
{
  if (self->table == self->shown || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  stop (self);
  self->shown = self->table;
  if (self->table == NULL)
    {
      show_text (self, NULL, NULL);
      return;
    }

  self->running = g_cancellable_new ();
  barista_session_make_artefacts_async (self->session, self->running, on_made, self);
}

static void
barista_files_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (barista_files_view_parent_class)->map (widget);
  update (BARISTA_FILES_VIEW (widget));
}

static void
barista_files_view_dispose (GObject *object)
{
  BaristaFilesView *self = BARISTA_FILES_VIEW (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_FILES_VIEW);
  g_clear_object (&self->session);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (barista_files_view_parent_class)->dispose (object);
}

static void
barista_files_view_class_init (BaristaFilesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_files_view_dispose;
  widget_class->map = barista_files_view_map;
  g_type_ensure (BARISTA_TYPE_CODE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-files-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaFilesView, path);
  gtk_widget_class_bind_template_child (widget_class, BaristaFilesView, copy);
  gtk_widget_class_bind_template_child (widget_class, BaristaFilesView, code);
  gtk_widget_class_bind_template_child (widget_class, BaristaFilesView, problem);
}

static void
barista_files_view_init (BaristaFilesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
barista_files_view_set_session (BaristaFilesView *self, BaristaSession *session)
{
  g_set_object (&self->session, session);
}

void
barista_files_view_set_table (BaristaFilesView *self, BaristaTable *table)
{
  if (g_set_object (&self->table, table))
    {
      stop (self);
      self->shown = NULL;
    }
  update (self);
}
