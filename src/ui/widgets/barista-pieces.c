/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-pieces.h"

#include "barista-slices.h"

#include <adwaita.h>

/* Once for each class. */
typedef struct
{
  const char *ui;
  const BaristaPiece *pieces;
  guint n_pieces;
  GtkBuilderScope *scope; /* with the callbacks that the class binds */
  GArray *members;        /* Member */
} Plan;

typedef struct
{
  const char *id;
  gsize offset;
} Member;

/* Once for each widget, as long as it is there. */
typedef struct
{
  GtkWidget *widget; /* not owned */
  const Plan *plan;
  GPtrArray *kept;   /* what the members point at, as a template keeps its children */
  GPtrArray *placed; /* of these the roots that stand in their places */
  void (*whole) (gpointer widget);
  guint n_made;
  guint source;
} Making;

#define MAKING "barista-pieces"
#define ROWS "barista-pieces-rows"

static Plan *
plan_of (GType type)
{
  return g_type_get_qdata (type, g_quark_from_static_string (MAKING));
}

static Making *
making_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), MAKING);
}

void
barista_pieces_class_init (GtkWidgetClass *klass,
                           const char *ui,
                           const BaristaPiece *pieces,
                           guint n_pieces)
{
  Plan *plan = g_new0 (Plan, 1);

  plan->ui = ui;
  plan->pieces = pieces;
  plan->n_pieces = n_pieces;
  plan->scope = gtk_builder_cscope_new ();
  plan->members = g_array_new (FALSE, FALSE, sizeof (Member));
  gtk_widget_class_set_template_scope (klass, plan->scope);
  g_type_set_qdata (G_TYPE_FROM_CLASS (klass), g_quark_from_static_string (MAKING), plan);
}

void
barista_pieces_bind_full (GtkWidgetClass *klass, const char *id, gsize offset)
{
  const Member member = { id, offset };

  g_array_append_val (plan_of (G_TYPE_FROM_CLASS (klass))->members, member);
}

/* To @builder, what there is already: pieces may refer to it. */
static void
tell_members (Making *self, GtkBuilder *builder)
{
  for (guint i = 0; i < self->plan->members->len; i++)
    {
      const Member *member = &g_array_index (self->plan->members, Member, i);
      GObject *object = G_STRUCT_MEMBER (GObject *, self->widget, member->offset);

      if (object != NULL)
        gtk_builder_expose_object (builder, member->id, object);
    }
}

static void
keep (Making *self, GObject *object)
{
  g_ptr_array_add (self->kept, g_object_ref (object));
}

static void
take_members (Making *self, GtkBuilder *builder)
{
  for (guint i = 0; i < self->plan->members->len; i++)
    {
      const Member *member = &g_array_index (self->plan->members, Member, i);
      GObject **field = G_STRUCT_MEMBER_P (self->widget, member->offset);

      if (*field != NULL)
        continue;
      *field = gtk_builder_get_object (builder, member->id);
      if (*field != NULL)
        keep (self, *field);
    }
}

/* As a <child> of it: each container has its own way to take one. */
static void
put_into (Making *self, GtkBuildable *place, GtkBuilder *builder, GObject *root)
{
  /* By way of <child> a paned forgets which of its children may grow and shrink. */
  if (GTK_IS_PANED (place) && gtk_paned_get_start_child (GTK_PANED (place)) == NULL)
    gtk_paned_set_start_child (GTK_PANED (place), GTK_WIDGET (root));
  else if (GTK_IS_PANED (place))
    gtk_paned_set_end_child (GTK_PANED (place), GTK_WIDGET (root));
  else
    GTK_BUILDABLE_GET_IFACE (place)->add_child (place, builder, root, NULL);
  g_ptr_array_add (self->placed, root);
}

/* The builder goes at once: it holds the widget. */
static void
build (Making *self, const BaristaPiece *piece)
{
  g_autofree char *path = g_strconcat ("/io/github/barista/Barista/", self->plan->ui, NULL);
  const char *roots[] = { piece->root, NULL };
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;

  gtk_builder_set_scope (builder, self->plan->scope);
  gtk_builder_set_current_object (builder, G_OBJECT (self->widget));
  tell_members (self, builder);
  if (!gtk_builder_add_objects_from_resource (builder, path, roots, &error))
    g_error ("%s, %s: %s", path, piece->root, error->message);
  take_members (self, builder);
  keep (self, gtk_builder_get_object (builder, piece->root));
  if (piece->place != BARISTA_PIECE_APART)
    put_into (self, G_STRUCT_MEMBER (GtkBuildable *, self->widget, piece->place), builder,
              gtk_builder_get_object (builder, piece->root));
}

static void
make (Making *self, const BaristaPiece *piece)
{
  if (piece->root != NULL)
    build (self, piece);
  if (piece->then != NULL)
    piece->then (self->widget);
}

/* To tell that it is whole is a piece of its own: a page is entered then. */
static gboolean
is_whole (const Making *self)
{
  return self->n_made == self->plan->n_pieces + (self->whole != NULL ? 1 : 0);
}

/* FALSE: that was the last one. */
static gboolean
make_one (Making *self)
{
  guint i = self->n_made++;

  if (is_whole (self))
    self->source = 0; /* who is told may ask for all of it */
  if (i < self->plan->n_pieces)
    make (self, &self->plan->pieces[i]);
  else
    self->whole (self->widget);
  return !is_whole (self);
}

static gboolean
on_slice (gpointer making)
{
  return make_one (making) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* --- the end --- */

static GQueue left = G_QUEUE_INIT;
static guint left_source;

static gboolean
let_one_go (gpointer user_data)
{
  g_object_unref (g_queue_pop_head (&left));
  if (!g_queue_is_empty (&left))
    return G_SOURCE_CONTINUE;

  left_source = 0;
  return G_SOURCE_REMOVE;
}

/* To destroy a widget takes about as long as to make it: the pieces of one that is gone go one at a
 * time too, when there is nothing else to do. */
static void
let_go (gpointer object)
{
  g_queue_push_tail (&left, object);
  if (left_source == 0)
    left_source = g_idle_add (let_one_go, NULL);
}

static void
stop (Making *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

static void
making_free (gpointer data)
{
  Making *self = data;

  stop (self);
  g_ptr_array_unref (self->placed);
  g_ptr_array_unref (self->kept);
  g_free (self);
}

void
barista_pieces_start (GtkWidget *widget, void (*whole) (gpointer widget))
{
  const Plan *plan = plan_of (G_OBJECT_TYPE (widget));
  Making *self;

  if (plan == NULL)
    {
      if (whole != NULL)
        whole (widget);
      return;
    }

  self = g_new0 (Making, 1);
  self->widget = widget;
  self->plan = plan;
  self->whole = whole;
  self->kept = g_ptr_array_new_with_free_func (let_go);
  self->placed = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (widget), MAKING, self, making_free);
  g_signal_connect_swapped (widget, "destroy", G_CALLBACK (stop), self);
  self->source = barista_slices_start (on_slice, self);
}

void
barista_pieces_finish (GtkWidget *widget)
{
  Making *self = making_of (widget);

  if (self == NULL || self->source == 0)
    return;

  stop (self);
  while (make_one (self))
    continue;
}

gboolean
barista_pieces_are_whole (GtkWidget *widget)
{
  const Making *self = making_of (widget);

  return self != NULL ? is_whole (self) : plan_of (G_OBJECT_TYPE (widget)) == NULL;
}

/* FALSE: it isn't in its place any more, or goes together with that. */
static gboolean
take_out (GObject *root)
{
  GtkWidget *widget = GTK_IS_STACK_PAGE (root) ? gtk_stack_page_get_child (GTK_STACK_PAGE (root))
                      : GTK_IS_WIDGET (root)   ? GTK_WIDGET (root)
                                               : NULL;
  GtkWidget *place = widget != NULL ? gtk_widget_get_parent (widget) : NULL;
  GtkWidget *view = place != NULL ? gtk_widget_get_ancestor (place, ADW_TYPE_TOOLBAR_VIEW) : NULL;

  if (GTK_IS_LIST_BOX (place))
    gtk_list_box_remove (GTK_LIST_BOX (place), widget);
  else if (GTK_IS_BOX (place))
    gtk_box_remove (GTK_BOX (place), widget);
  else if (GTK_IS_GRID (place))
    gtk_grid_remove (GTK_GRID (place), widget);
  else if (GTK_IS_STACK (place))
    gtk_stack_remove (GTK_STACK (place), widget);
  else if (ADW_IS_BIN (place) && adw_bin_get_child (ADW_BIN (place)) == widget)
    adw_bin_set_child (ADW_BIN (place), NULL);
  else if (GTK_IS_PANED (place) && gtk_paned_get_start_child (GTK_PANED (place)) == widget)
    gtk_paned_set_start_child (GTK_PANED (place), NULL);
  else if (GTK_IS_PANED (place))
    gtk_paned_set_end_child (GTK_PANED (place), NULL);
  else if (view != NULL && adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (view)) == widget)
    adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), NULL);
  else
    return FALSE;

  return TRUE;
}

void
barista_pieces_know_combo_row (gpointer widget)
{
  static gboolean known;

  if (!known)
    g_object_unref (g_object_ref_sink (adw_combo_row_new ()));
  known = TRUE;
}

void
barista_pieces_set_rows (GtkWidget *widget, GSourceFunc take_row)
{
  g_object_set_data (G_OBJECT (widget), ROWS, take_row);
}

gboolean
barista_pieces_take_apart (GtkWidget *below)
{
  const Making *self = making_of (below);
  GSourceFunc take_row = g_object_get_data (G_OBJECT (below), ROWS);

  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (barista_pieces_take_apart (child))
      return TRUE;
  if (take_row != NULL && take_row (below))
    return TRUE;
  while (self != NULL && self->source == 0 && self->placed->len > 0)
    if (take_out (g_ptr_array_steal_index (self->placed, self->placed->len - 1)))
      return TRUE;

  return FALSE;
}
