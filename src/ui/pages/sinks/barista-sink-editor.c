/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-editor.h"

#include "barista-bind.h"
#include "barista-code-view.h"
#include "barista-schedule-group.h"
#include "barista-sink-notes.h"
#include "barista-sinks.h"

#include <glib/gi18n.h>

struct _BaristaSinkEditor
{
  AdwBin parent_instance;

  BaristaSession *session;
  BaristaSink *sink;
  GBindingGroup *bindings;
  gboolean filling;
  gboolean calm;
  guint source;

  BaristaSinkNotes *notes;
  AdwEntryRow *name, *description, *topic, *bucket, *file_template;
  AdwComboRow *target, *format, *compression, *strategy;
  GtkWidget *edit_target;
  AdwActionRow *example;
  BaristaScheduleGroup *schedule;
  GtkMenuButton *templates;
  GtkBox *nodes;
};

G_DEFINE_FINAL_TYPE (BaristaSinkEditor, barista_sink_editor, ADW_TYPE_BIN)

static guint edit_signal, removed_signal;

static BaristaSetup *
get_setup (BaristaSinkEditor *self)
{
  return barista_session_get_setup (self->session);
}

/* --- the target --- */

static void
fill_targets (BaristaSinkEditor *self)
{
  GListModel *targets = barista_setup_get_targets (get_setup (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *wanted = self->sink != NULL ? barista_sink_get_connection (self->sink) : NULL;
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);
      const char *name = barista_target_get_name (target);

      gtk_string_list_append (names, name != NULL ? name : "");
      if (g_strcmp0 (name, wanted) == 0)
        selected = i;
    }

  self->filling = TRUE;
  adw_combo_row_set_model (self->target, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->target, selected);
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->edit_target, selected != GTK_INVALID_LIST_POSITION);
}

static void
show_kind (BaristaSinkEditor *self)
{
  gboolean kafka = barista_setup_get_sink_kind (get_setup (self), self->sink)
                   == BARISTA_TARGET_KAFKA;
  GtkWidget *const s3[] = {
    GTK_WIDGET (self->bucket),      GTK_WIDGET (self->file_template), GTK_WIDGET (self->format),
    GTK_WIDGET (self->compression), GTK_WIDGET (self->strategy),      GTK_WIDGET (self->example),
  };

  gtk_widget_set_visible (GTK_WIDGET (self->topic), kafka);
  for (guint i = 0; i < G_N_ELEMENTS (s3); i++)
    gtk_widget_set_visible (s3[i], !kafka);
}

static void
on_target_chosen (BaristaSinkEditor *self)
{
  GtkStringObject *name = adw_combo_row_get_selected_item (self->target);

  if (self->filling || self->sink == NULL || name == NULL)
    return;
  barista_sink_set_connection (self->sink, gtk_string_object_get_string (name));
}

static void
on_edit_target (BaristaSinkEditor *self)
{
  BaristaTarget *target = barista_setup_get_sink_target (get_setup (self), self->sink);

  if (target != NULL)
    g_signal_emit (self, edit_signal, 0, target);
}

/* --- what follows from the answers --- */

static void
update (BaristaSinkEditor *self)
{
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;

  if (self->sink == NULL)
    return;

  path = barista_sink_path (barista_sink_get_name (self->sink));
  key = barista_sink_example_key (self->sink, g_get_real_time () / G_USEC_PER_SEC);
  barista_sink_notes_show (self->notes, self->session, path, self->calm);
  adw_action_row_set_subtitle (self->example, key != NULL ? key : "–");
  show_kind (self);
}

static void
on_settled (gpointer data)
{
  BaristaSinkEditor *self = data;

  self->source = 0;
  update (self);
}

static void
update_soon (BaristaSinkEditor *self)
{
  if (self->source == 0)
    self->source = g_timeout_add_once (100, on_settled, self);
}

/* --- nodes --- */

static void
on_remove_node (GtkButton *button, BaristaSinkEditor *self)
{
  BaristaSinkNode *node = g_object_get_data (G_OBJECT (button), "node");

  barista_session_begin_change (self->session, _ ("Remove Node"));
  barista_sink_remove_node (self->sink, node);
  barista_session_end_change (self->session);
}

static GtkWidget *
node_new (BaristaSinkEditor *self, BaristaSinkNode *node, gboolean only)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *code = barista_code_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_hexpand (name, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the node"), -1);
  gtk_box_append (GTK_BOX (head), name);
  if (!only)
    {
      GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

      gtk_widget_set_tooltip_text (remove, _ ("Remove Node"));
      gtk_widget_add_css_class (remove, "flat");
      g_object_set_data_full (G_OBJECT (remove), "node", g_object_ref (node), g_object_unref);
      g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_node), self);
      gtk_box_append (GTK_BOX (head), remove);
    }

  barista_code_view_set_language (BARISTA_CODE_VIEW (code), "clickhouse");
  gtk_text_view_set_editable (GTK_TEXT_VIEW (code), TRUE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (code), TRUE);
  gtk_source_view_set_auto_indent (GTK_SOURCE_VIEW (code), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("SQL of the node"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), code);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 180);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);

  g_object_bind_property (node, "name", name, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (node, "sql", code, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), scroller);

  return box;
}

static void
fill_nodes (BaristaSinkEditor *self)
{
  GListModel *nodes = barista_sink_get_nodes (self->sink);
  guint n = g_list_model_get_n_items (nodes);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->nodes))) != NULL)
    gtk_box_remove (self->nodes, child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, i);

      gtk_box_append (self->nodes, node_new (self, node, n == 1));
    }
  update_soon (self);
}

static void
on_add_node (BaristaSinkEditor *self)
{
  g_autofree char *name = NULL;
  g_autoptr (BaristaSinkNode) node = NULL;

  for (guint i = g_list_model_get_n_items (barista_sink_get_nodes (self->sink)) + 1;; i++)
    {
      g_free (name);
      name = g_strdup_printf ("node_%u", i);
      if (barista_sink_find_node (self->sink, name) == NULL)
        break;
    }
  node = barista_sink_node_new (name, "");
  barista_session_begin_change (self->session, _ ("Add Node"));
  barista_sink_add_node (self->sink, node);
  barista_session_end_change (self->session);
}

static void
on_template (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BaristaSinkEditor *self = BARISTA_SINK_EDITOR (widget);
  guint n;
  const BaristaSinkSample *samples = barista_sink_samples (&n);
  BaristaSinkNode *last = barista_sink_get_last_node (self->sink);
  int index = g_variant_get_int32 (parameter);

  if (index < 0 || index >= (int) n || last == NULL)
    return;
  barista_session_begin_change (self->session, _ ("Use Template"));
  barista_sink_node_set_sql (last, samples[index].sql);
  barista_session_end_change (self->session);
}

static void
fill_templates (BaristaSinkEditor *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  guint n;
  const BaristaSinkSample *samples = barista_sink_samples (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strdup_printf ("sink.template(%u)", i);

      g_menu_append (menu, g_dgettext (GETTEXT_PACKAGE, samples[i].title), action);
    }
  gtk_menu_button_set_menu_model (self->templates, G_MENU_MODEL (menu));
}

static void
on_remove (BaristaSinkEditor *self)
{
  g_autoptr (BaristaSink) sink = g_object_ref (self->sink);

  barista_session_begin_change (self->session, _ ("Remove Sink"));
  barista_setup_remove_sink (get_setup (self), sink);
  barista_session_end_change (self->session);
  g_signal_emit (self, removed_signal, 0);
}

/* --- the widget --- */

static void
bind (BaristaSinkEditor *self)
{
  GBindingGroup *group = self->bindings;

  barista_bind_group_text (group, "name", GTK_EDITABLE (self->name));
  barista_bind_group_text (group, "description", GTK_EDITABLE (self->description));
  barista_bind_group_text (group, "topic", GTK_EDITABLE (self->topic));
  barista_bind_group_text (group, "bucket-uri", GTK_EDITABLE (self->bucket));
  barista_bind_group_text (group, "file-template", GTK_EDITABLE (self->file_template));
  barista_bind_group_word (group, "format", self->format, _ ("Tinybird's Own"),
                           barista_sink_words (BARISTA_SINK_FORMAT));
  barista_bind_group_word (group, "compression", self->compression, _ ("Tinybird's Own"),
                           barista_sink_words (BARISTA_SINK_COMPRESSION));
  barista_bind_group_word (group, "strategy", self->strategy, _ ("Tinybird's Own"),
                           barista_sink_words (BARISTA_SINK_STRATEGY));
  g_binding_group_bind (group, "schedule", self->schedule, "schedule",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

/**
 * barista_sink_editor_edit:
 * @self: the editor
 * @session: whose sink it is
 * @sink: what to edit from now on
 */
void
barista_sink_editor_edit (BaristaSinkEditor *self, BaristaSession *session, BaristaSink *sink)
{
  if (self->sink != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sink, self);
      g_signal_handlers_disconnect_by_data (barista_sink_get_nodes (self->sink), self);
    }
  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (barista_setup_get_targets (get_setup (self)), "items-changed",
                               G_CALLBACK (fill_targets), self, G_CONNECT_SWAPPED);
    }
  /* What was said of another one holds no more. */
  if (g_set_object (&self->sink, sink))
    barista_sink_notes_show (self->notes, session, NULL, self->calm);
  g_binding_group_set_source (self->bindings, sink);
  g_signal_connect_object (sink, "notify", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sink, "notify::connection", G_CALLBACK (fill_targets), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_sink_get_nodes (sink), "items-changed", G_CALLBACK (fill_nodes),
                           self, G_CONNECT_SWAPPED);
  fill_targets (self);
  fill_nodes (self);
  update (self);
}

/**
 * barista_sink_editor_set_calm:
 * @self: the editor
 * @calm: whether what is still missing or wrong is said as hints
 */
void
barista_sink_editor_set_calm (BaristaSinkEditor *self, gboolean calm)
{
  if (self->calm == calm)
    return;
  self->calm = calm;
  update (self);
}

BaristaSink *
barista_sink_editor_get_sink (BaristaSinkEditor *self)
{
  return self->sink;
}

static void
barista_sink_editor_dispose (GObject *object)
{
  BaristaSinkEditor *self = BARISTA_SINK_EDITOR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->sink);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_sink_editor_parent_class)->dispose (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, BaristaSinkEditor, member)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
barista_sink_editor_class_init (BaristaSinkEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_sink_editor_dispose;
  edit_signal = g_signal_new ("edit-target", BARISTA_TYPE_SINK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, BARISTA_TYPE_TARGET);
  removed_signal = g_signal_new ("removed", BARISTA_TYPE_SINK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BARISTA_TYPE_SCHEDULE_GROUP);
  g_type_ensure (BARISTA_TYPE_SINK_NOTES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-sink-editor.ui");
  BIND (notes);
  BIND (name);
  BIND (description);
  BIND (target);
  BIND (edit_target);
  BIND (topic);
  BIND (bucket);
  BIND (file_template);
  BIND (format);
  BIND (compression);
  BIND (strategy);
  BIND (example);
  BIND (schedule);
  BIND (templates);
  BIND (nodes);
  CALL (on_target_chosen);
  CALL (on_edit_target);
  CALL (on_add_node);
  CALL (on_remove);
  gtk_widget_class_install_action (widget_class, "sink.template", "i", on_template);
}

static void
barista_sink_editor_init (BaristaSinkEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_binding_group_new ();
  bind (self);
  fill_templates (self);
}
