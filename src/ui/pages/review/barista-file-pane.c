/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-file-pane.h"

#include "barista-code-view.h"
#include "barista-growing.h"
#include "barista-pieces.h"
#include "barista-slices.h"
#include "barista-tooltip.h"

#include <glib/gi18n.h>

struct _BaristaFilePane
{
  AdwBin parent_instance;

  BaristaProject *project;
  GtkSingleSelection *selection;
  GSignalGroup *selected; /* the file that is looked at */
  char *shown;            /* path of the file that is looked at, also while the list is made anew */
  gboolean refilling;

  GtkPaned *paned;
  GtkWidget *list_place, *bar, *code_place;
  GtkListView *list;
  GtkLabel *path;
  AdwToggleGroup *views;
  GtkWidget *copy;
  GtkStack *contents;
  BaristaCodeView *code;
  AdwStatusPage *status;
};

G_DEFINE_FINAL_TYPE (BaristaFilePane, barista_file_pane, ADW_TYPE_BIN)

static const char *const status_styles[] = {
  [BARISTA_FILE_NEW] = "success",
  [BARISTA_FILE_CHANGED] = "accent",
  [BARISTA_FILE_SAME] = "dimmed",
  [BARISTA_FILE_FOREIGN] = "warning",
};

/* --- rows of the list --- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *path = gtk_label_new (NULL);
  GtkWidget *status = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (path), 0);
  gtk_label_set_ellipsize (GTK_LABEL (path), PANGO_ELLIPSIZE_START);
  gtk_widget_set_hexpand (path, TRUE);
  gtk_widget_add_css_class (status, "caption");
  gtk_box_append (GTK_BOX (box), path);
  gtk_box_append (GTK_BOX (box), status);
  gtk_list_item_set_child (item, box);
}

/* A path whose folders step back behind the file's name. */
static void
show_path (GtkLabel *label, const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (slash != NULL)
    {
      PangoAttribute *dim = pango_attr_foreground_alpha_new (G_MAXUINT16 * 65 / 100);

      dim->end_index = slash + 1 - path;
      pango_attr_list_insert (attributes, dim);
    }
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_label (label, path);
}

static void
show_status (GtkListItem *item)
{
  BaristaProjectFile *file = gtk_list_item_get_item (item);
  GtkWidget *status = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  g_autofree char *label = NULL;

  gtk_label_set_label (GTK_LABEL (status), barista_project_file_get_status_text (file));
  for (guint i = 0; i < G_N_ELEMENTS (status_styles); i++)
    gtk_widget_remove_css_class (status, status_styles[i]);
  gtk_widget_add_css_class (status, status_styles[barista_project_file_get_status (file)]);

  /* Translators: a file's path, and how it stands against the folder */
  label = g_strdup_printf (C_ ("file", "%s, %s"), barista_project_file_get_path (file),
                           barista_project_file_get_status_text (file));
  gtk_list_item_set_accessible_label (item, label);
}

#define SOURCE "barista-status"

static void
forget_source (GtkListItem *item)
{
  guint source = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (item), SOURCE));

  if (source != 0)
    g_source_remove (source);
}

static gboolean
on_status_slice (gpointer item)
{
  g_object_steal_data (item, SOURCE);
  show_status (item);
  return G_SOURCE_REMOVE;
}

/* After a save all of them change at once. */
static void
show_status_soon (GtkListItem *item)
{
  forget_source (item);
  g_object_set_data (G_OBJECT (item), SOURCE,
                     GUINT_TO_POINTER (barista_slices_start (on_status_slice, item)));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  BaristaProjectFile *file = gtk_list_item_get_item (item);
  GtkWidget *path = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  show_path (GTK_LABEL (path), barista_project_file_get_path (file));
  barista_tooltip_set (path, barista_project_file_get_path (file));
  show_status (item);
  g_signal_connect_swapped (file, "changed", G_CALLBACK (show_status_soon), item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
  forget_source (item);
}

/* --- what is shown of the selected one --- */

static void
show_nothing (BaristaFilePane *self, const char *title, const char *description)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, description);
  gtk_stack_set_visible_child_name (self->contents, "none");
}

static void
show_code (BaristaFilePane *self, const char *name, char *text)
{
  barista_code_view_set_file_name (self->code, name);
  barista_code_view_set_text (self->code, text);
  gtk_stack_set_visible_child_name (self->contents, "code");
  g_free (text);
}

static void
show_file (BaristaFilePane *self)
{
  BaristaProjectFile *file = gtk_single_selection_get_selected_item (self->selection);
  gboolean diff = g_strcmp0 (adw_toggle_group_get_active_name (self->views), "diff") == 0;
  BaristaFileStatus status;

  gtk_widget_set_sensitive (self->copy, file != NULL && !barista_project_file_get_secret (file));
  if (file == NULL)
    {
      gtk_label_set_label (self->path, "");
      show_nothing (self, _ ("No File Selected"), NULL);
      return;
    }

  status = barista_project_file_get_status (file);
  gtk_label_set_label (self->path, barista_project_file_get_path (file));
  if (barista_project_file_get_secret (file))
    show_nothing (self, _ ("The Token's File"),
                  _ ("Its content isn't shown. Only you may read it, and git leaves it out."));
  else if (!diff)
    show_code (self, barista_project_file_get_path (file), barista_project_file_dup_text (file));
  else if (status == BARISTA_FILE_NEW)
    show_nothing (self, _ ("A New File"), _ ("Nothing of that name is in the folder."));
  else if (status == BARISTA_FILE_SAME)
    show_nothing (self, _ ("No Difference"), _ ("The file in the folder is the same."));
  else
    show_code (self, "a.diff", barista_project_file_dup_diff (file));
}

static void
on_view (BaristaFilePane *self)
{
  if (self->selection != NULL)
    show_file (self);
}

static void
on_selected (BaristaFilePane *self)
{
  BaristaProjectFile *file = gtk_single_selection_get_selected_item (self->selection);

  if (self->refilling)
    return;
  /* None is selected for a moment while the list is made anew. */
  if (file != NULL)
    g_set_str (&self->shown, barista_project_file_get_path (file));
  g_signal_group_set_target (self->selected, file);
  show_file (self);
}

static gboolean
select_path (BaristaFilePane *self, const char *path)
{
  GListModel *files = G_LIST_MODEL (self->project);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (barista_project_file_get_path (file), path) != 0)
        continue;
      if (i >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
        barista_growing_finish (gtk_single_selection_get_model (self->selection));
      gtk_single_selection_set_selected (self->selection, i);
      return TRUE;
    }

  return FALSE;
}

/* Others may be in the list after a change; what is looked at stays, and its scroll too. */
static void
on_files (BaristaFilePane *self)
{
  self->refilling = TRUE;
  if (self->shown == NULL || !select_path (self, self->shown))
    gtk_single_selection_set_selected (self->selection, 0);
  self->refilling = FALSE;
  on_selected (self);
}

static void
on_copy (BaristaFilePane *self)
{
  BaristaProjectFile *file = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *text = NULL;

  if (file == NULL)
    return;
  text = barista_project_file_dup_text (file);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", text);
}

/* --- its pieces --- */

static void
make_rows (gpointer widget)
{
  BaristaFilePane *self = widget;
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

static void
prepare_view (gpointer widget)
{
  barista_code_view_prepare_next ();
}

/* Once it is whole and has a project. */
static void
follow (gpointer widget)
{
  BaristaFilePane *self = widget;

  if (self->project == NULL)
    return;

  self->selection = gtk_single_selection_new (barista_growing_new (G_LIST_MODEL (self->project)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->project, "items-changed", G_CALLBACK (on_files), self);
  on_files (self);
}

#define PLACE(member) G_STRUCT_OFFSET (BaristaFilePane, member)

static const BaristaPiece pieces[] = {
  { "list", PLACE (list_place), make_rows },
  { "path", PLACE (bar), NULL },
  { "views", PLACE (bar), NULL },
  { "copy", PLACE (bar), NULL },
  { "code_page", PLACE (contents), prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { NULL, 0, prepare_view },
  { "code", PLACE (code_place), NULL },
  { "status_page", PLACE (contents), NULL },
  { NULL, 0, follow },
};

/* --- the widget --- */

static void
barista_file_pane_dispose (GObject *object)
{
  BaristaFilePane *self = BARISTA_FILE_PANE (object);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (barista_file_pane_parent_class)->dispose (object);
}

static void
barista_file_pane_finalize (GObject *object)
{
  g_free (BARISTA_FILE_PANE (object)->shown);

  G_OBJECT_CLASS (barista_file_pane_parent_class)->finalize (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, BaristaFilePane, member)
#define PIECE(member) barista_pieces_bind (widget_class, BaristaFilePane, member)

static void
barista_file_pane_class_init (BaristaFilePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_file_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_file_pane_finalize;

  g_type_ensure (BARISTA_TYPE_CODE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-file-pane.ui");
  barista_pieces_class_init (widget_class, "barista-file-pane-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  BIND (paned);
  BIND (list_place);
  BIND (bar);
  BIND (contents);
  PIECE (list);
  PIECE (path);
  PIECE (views);
  PIECE (copy);
  PIECE (code_place);
  PIECE (code);
  PIECE (status);
  gtk_widget_class_bind_template_callback (widget_class, on_view);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
barista_file_pane_init (BaristaFilePane *self)
{
  self->selected = g_signal_group_new (BARISTA_TYPE_PROJECT_FILE);
  g_signal_group_connect_swapped (self->selected, "changed", G_CALLBACK (show_file), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  barista_pieces_start (GTK_WIDGET (self), NULL);
}

/**
 * barista_file_pane_set_project:
 * @self: the pane
 * @project: whose files to show; set once
 */
void
barista_file_pane_set_project (BaristaFilePane *self, BaristaProject *project)
{
  g_return_if_fail (self->project == NULL);

  self->project = g_object_ref (project);
  if (barista_pieces_are_whole (GTK_WIDGET (self)))
    follow (self);
}

/**
 * barista_file_pane_show:
 * @self: the pane; it has a project
 * @path: of a file
 * @line: of it, from 1; 0: none
 *
 * Shows what will be written there, and if parts of the pane are missing, makes them first.
 *
 * Returns: whether there is such a file
 */
gboolean
barista_file_pane_show (BaristaFilePane *self, const char *path, guint line)
{
  barista_pieces_finish (GTK_WIDGET (self));
  if (!select_path (self, path))
    return FALSE;

  adw_toggle_group_set_active_name (self->views, "text");
  barista_code_view_show_line (self->code, line);
  return TRUE;
}

void
barista_file_pane_set_narrow (BaristaFilePane *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_position (self->paned, narrow ? 170 : 320);
}
