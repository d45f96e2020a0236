/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sinks-page.h"

#include "barista-pieces.h"
#include "barista-sink-editor.h"
#include "barista-sinks-list.h"
#include "barista-sinks.h"
#include "barista-slices.h"
#include "barista-target-editor.h"

#include <glib/gi18n.h>

struct _BaristaSinksPage
{
  BaristaStepPage parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *sinks_group, *targets_group;
  GtkWidget *empty;
  GtkMenuButton *add, *add_first;
  GtkBox *list_box, *sink_box, *target_box;
  BaristaSinkEditor *sink_editor;     /* NULL until there is something to edit */
  BaristaTargetEditor *target_editor; /* so is this one */
  BaristaSinksList sinks, targets;
  guint slices;
  GPtrArray *fresh;        /* sinks and connections that are being filled in for the first time */
  gboolean target_of_sink; /* its editor was opened from that of a sink */
};

G_DEFINE_FINAL_TYPE (BaristaSinksPage, barista_sinks_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSession *
get_session (BaristaSinksPage *self)
{
  return barista_step_page_get_session (BARISTA_STEP_PAGE (self));
}

static BaristaSetup *
get_setup (BaristaSinksPage *self)
{
  return barista_step_page_get_setup (BARISTA_STEP_PAGE (self));
}

/* --- going about --- */

/* What was just added isn't blamed for what it lacks until its editor is left, by Next too. */
static gboolean
is_fresh (BaristaSinksPage *self, gpointer item)
{
  return g_ptr_array_find (self->fresh, item, NULL);
}

static void
judge_all (BaristaSinksPage *self)
{
  g_ptr_array_set_size (self->fresh, 0);
  if (self->sink_editor != NULL)
    barista_sink_editor_set_calm (self->sink_editor, FALSE);
  if (self->target_editor != NULL)
    barista_target_editor_set_calm (self->target_editor, FALSE);
}

static void on_list (BaristaSinksPage *self);
static void on_target_done (BaristaSinksPage *self);
static void on_edit_target (BaristaSinksPage *self, BaristaTarget *target);

/* The editors are most of what the page would take to be made; who has no sink needs none. */
static void
make_sink_editor (BaristaSinksPage *self)
{
  if (self->sink_editor != NULL)
    return;

  self->sink_editor = g_object_ref_sink (g_object_new (BARISTA_TYPE_SINK_EDITOR, NULL));
  g_signal_connect_object (self->sink_editor, "edit-target", G_CALLBACK (on_edit_target), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sink_editor, "removed", G_CALLBACK (on_list), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->sink_box, GTK_WIDGET (self->sink_editor));
}

static void
make_target_editor (BaristaSinksPage *self)
{
  if (self->target_editor != NULL)
    return;

  self->target_editor = g_object_ref_sink (g_object_new (BARISTA_TYPE_TARGET_EDITOR, NULL));
  g_signal_connect_object (self->target_editor, "removed", G_CALLBACK (on_target_done), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->target_box, GTK_WIDGET (self->target_editor));
}

static void
edit_sink (BaristaSinksPage *self, BaristaSink *sink)
{
  make_sink_editor (self);
  barista_sink_editor_set_calm (self->sink_editor, is_fresh (self, sink));
  barista_sink_editor_edit (self->sink_editor, get_session (self), sink);
  gtk_stack_set_visible_child_name (self->stack, "sink");
  barista_sink_editor_focus (self->sink_editor);
}

static void
edit_target (BaristaSinksPage *self, BaristaTarget *target)
{
  make_target_editor (self);
  barista_target_editor_set_calm (self->target_editor, is_fresh (self, target));
  barista_target_editor_edit (self->target_editor, get_session (self), target);
  gtk_stack_set_visible_child_name (self->stack, "target");
  barista_target_editor_focus (self->target_editor);
}

static void
on_list (BaristaSinksPage *self)
{
  judge_all (self);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
on_edit_target (BaristaSinksPage *self, BaristaTarget *target)
{
  self->target_of_sink = TRUE;
  edit_target (self, target);
}

/* Back to where it was called from. */
static void
on_target_done (BaristaSinksPage *self)
{
  g_ptr_array_remove (self->fresh, barista_target_editor_get_target (self->target_editor));
  gtk_stack_set_visible_child_name (self->stack, self->target_of_sink ? "sink" : "list");
}

/* --- the list --- */

static void
on_sink_row (AdwActionRow *row, BaristaSinksPage *self)
{
  edit_sink (self, g_object_get_data (G_OBJECT (row), "item"));
}

static void
on_target_row (AdwActionRow *row, BaristaSinksPage *self)
{
  self->target_of_sink = FALSE;
  edit_target (self, g_object_get_data (G_OBJECT (row), "item"));
}

static gboolean
on_slice (gpointer user_data)
{
  BaristaSinksPage *self = user_data;

  if (barista_sinks_list_fill_one (&self->sinks) || barista_sinks_list_fill_one (&self->targets))
    return G_SOURCE_CONTINUE;

  self->slices = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
shows (BaristaSinksPage *self, const char *child)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), child) == 0;
}

/* Rows that nobody sees are filled when the list is come back to. */
static void
fill (BaristaSinksPage *self)
{
  gboolean any_sinks = g_list_model_get_n_items (self->sinks.items) > 0;

  g_clear_handle_id (&self->slices, g_source_remove);
  if (!shows (self, "list"))
    return;

  gtk_widget_set_visible (self->empty, !any_sinks);
  gtk_widget_set_visible (GTK_WIDGET (self->sinks.group), any_sinks);
  gtk_widget_set_visible (GTK_WIDGET (self->targets.group),
                          g_list_model_get_n_items (self->targets.items) > 0);
  self->sinks.n_filled = 0;
  self->targets.n_filled = 0;
  self->slices = barista_slices_start (on_slice, self);
}

/* --- what is edited --- */

/* Nobody types into what the setup has no more. */
static void
follow_editors (BaristaSinksPage *self)
{
  BaristaSink *sink = self->sink_editor != NULL ? barista_sink_editor_get_sink (self->sink_editor)
                                                : NULL;
  BaristaTarget *target = self->target_editor != NULL
                              ? barista_target_editor_get_target (self->target_editor)
                              : NULL;
  gpointer sink_now = barista_sinks_list_find_in_place (&self->sinks, sink);
  gpointer target_now = barista_sinks_list_find_in_place (&self->targets, target);

  if (sink_now != NULL && sink_now != sink)
    barista_sink_editor_edit (self->sink_editor, get_session (self), sink_now);
  if (target_now != NULL && target_now != target)
    barista_target_editor_edit (self->target_editor, get_session (self), target_now);
  if ((shows (self, "sink") && sink_now == NULL) || (shows (self, "target") && target_now == NULL))
    gtk_stack_set_visible_child_name (self->stack, "list");
}

/* --- a new sink, with a connection to write to --- */

static BaristaTarget *
find_target (BaristaSetup *setup, BaristaTargetKind kind)
{
  GListModel *targets = barista_setup_get_targets (setup);

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      if (barista_target_get_kind (target) == kind)
        return target;
    }

  return NULL;
}

static BaristaTarget *
add_target (BaristaSetup *setup, BaristaTargetKind kind)
{
  g_autofree char *name = barista_setup_propose_name (setup, NULL,
                                                      kind == BARISTA_TARGET_KAFKA ? "events_kafka"
                                                                                   : "landing_s3");
  g_autoptr (BaristaTarget) target = barista_target_new (kind, name);
  g_autofree char *key = barista_target_propose_secret (target, "KEY");
  g_autofree char *secret = barista_target_propose_secret (target, "SECRET");

  if (kind == BARISTA_TARGET_KAFKA)
    {
      barista_target_set_security (target, BARISTA_SECURITY_SASL_SSL);
      barista_target_set_mechanism (target, BARISTA_MECHANISM_PLAIN);
      barista_target_set_key (target, key);
      barista_target_set_secret (target, secret);
    }
  barista_setup_add_target (setup, target);
  return barista_setup_find_target (setup, name);
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (widget);
  BaristaSetup *setup = get_setup (self);
  guint n;
  const BaristaSinkSample *samples = barista_sink_samples (&n);
  int index = g_variant_get_int32 (parameter);
  g_autoptr (BaristaSink) sink = NULL;
  g_autofree char *name = NULL;
  BaristaTarget *target;

  if (index < 0 || index >= (int) n)
    return;

  barista_pieces_finish (widget);
  barista_session_begin_change (get_session (self), _ ("Add Sink"));
  target = find_target (setup, samples[index].kind);
  if (target == NULL)
    {
      target = add_target (setup, samples[index].kind);
      g_ptr_array_add (self->fresh, g_object_ref (target));
    }
  name = barista_setup_propose_name (setup, NULL, samples[index].name);
  sink = barista_sink_new_from_sample (&samples[index], name);
  barista_sink_set_connection (sink, barista_target_get_name (target));
  barista_setup_add_sink (setup, sink);
  g_ptr_array_add (self->fresh, g_object_ref (sink));
  barista_session_end_change (get_session (self));
  edit_sink (self, sink);
}

static void
fill_samples (GtkMenuButton *button)
{
  static const struct
  {
    BaristaTargetKind kind;
    const char *title;
  } kinds[] = { { BARISTA_TARGET_KAFKA, N_ ("To Kafka") }, { BARISTA_TARGET_S3, N_ ("To S3") } };
  g_autoptr (GMenu) menu = g_menu_new ();
  guint n;
  const BaristaSinkSample *samples = barista_sink_samples (&n);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *action = g_strdup_printf ("sinks.add(%u)", i);

          if (samples[i].kind == kinds[k].kind)
            g_menu_append (section, g_dgettext (GETTEXT_PACKAGE, samples[i].title), action);
        }
      g_menu_append_section (menu, _ (kinds[k].title), G_MENU_MODEL (section));
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* --- the page --- */

static void
barista_sinks_page_show_place (BaristaStepPage *page, const char *place)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (page);
  BaristaSink *sink = barista_setup_find_sink (get_setup (self), place);

  if (sink != NULL)
    edit_sink (self, sink);
}

static gboolean
barista_sinks_page_finish (BaristaStepPage *page)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (page);
  gpointer editor = shows (self, "sink")     ? (gpointer) self->sink_editor
                    : shows (self, "target") ? (gpointer) self->target_editor
                                             : NULL;

  if (editor == NULL || barista_pieces_are_whole (editor))
    return FALSE;

  barista_pieces_finish (editor);
  return TRUE;
}

static void
barista_sinks_page_leave (BaristaStepPage *page)
{
  judge_all (BARISTA_SINKS_PAGE (page));
}

static void
on_items_changed (BaristaSinksPage *self)
{
  follow_editors (self);
  barista_sinks_list_learn (&self->sinks);
  barista_sinks_list_learn (&self->targets);
  fill (self);
}

/* --- its pieces --- */

static void
fill_first_samples (gpointer page)
{
  fill_samples (BARISTA_SINKS_PAGE (page)->add_first);
}

static void
fill_more_samples (gpointer page)
{
  fill_samples (BARISTA_SINKS_PAGE (page)->add);
}

static void
follow_setup (gpointer page)
{
  BaristaSinksPage *self = page;
  BaristaSetup *setup = get_setup (self);

  barista_sinks_list_init (&self->sinks, barista_setup_get_sinks (setup), self->sinks_group,
                           G_CALLBACK (on_sink_row), self);
  barista_sinks_list_init (&self->targets, barista_setup_get_targets (setup), self->targets_group,
                           G_CALLBACK (on_target_row), self);
  g_signal_connect_object (self->sinks.items, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->targets.items, "items-changed", G_CALLBACK (on_items_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}

#define PLACE(member) G_STRUCT_OFFSET (BaristaSinksPage, member)

static const BaristaPiece pieces[] = {
  { "empty", PLACE (list_box), NULL },         { NULL, 0, fill_first_samples },
  { "sinks_group", PLACE (list_box), NULL },   { NULL, 0, fill_more_samples },
  { "targets_group", PLACE (list_box), NULL }, { "sink_back", PLACE (sink_box), NULL },
  { "target_back", PLACE (target_box), NULL }, { NULL, 0, follow_setup },
};

/* --- the object --- */

static void
barista_sinks_page_dispose (GObject *object)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (object);

  /* The stack tells of its end, too. */
  g_signal_handlers_disconnect_by_func (self->stack, fill, self);
  g_clear_handle_id (&self->slices, g_source_remove);

  G_OBJECT_CLASS (barista_sinks_page_parent_class)->dispose (object);
}

static void
barista_sinks_page_finalize (GObject *object)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (object);

  g_clear_object (&self->sink_editor);
  g_clear_object (&self->target_editor);
  barista_sinks_list_clear (&self->sinks);
  barista_sinks_list_clear (&self->targets);
  g_ptr_array_unref (self->fresh);

  G_OBJECT_CLASS (barista_sinks_page_parent_class)->finalize (object);
}

static void
barista_sinks_page_class_init (BaristaSinksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_sinks_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_sinks_page_finalize;
  page_class->finish = barista_sinks_page_finish;
  page_class->leave = barista_sinks_page_leave;
  page_class->show_place = barista_sinks_page_show_place;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-sinks-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaSinksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BaristaSinksPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, BaristaSinksPage, sink_box);
  gtk_widget_class_bind_template_child (widget_class, BaristaSinksPage, target_box);
  barista_pieces_class_init (widget_class, "barista-sinks-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaSinksPage, empty);
  barista_pieces_bind (widget_class, BaristaSinksPage, add_first);
  barista_pieces_bind (widget_class, BaristaSinksPage, sinks_group);
  barista_pieces_bind (widget_class, BaristaSinksPage, add);
  barista_pieces_bind (widget_class, BaristaSinksPage, targets_group);
  gtk_widget_class_bind_template_callback (widget_class, on_list);
  gtk_widget_class_bind_template_callback (widget_class, on_target_done);
  gtk_widget_class_install_action (widget_class, "sinks.add", "i", on_add);
}

static void
barista_sinks_page_init (BaristaSinksPage *self)
{
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}
