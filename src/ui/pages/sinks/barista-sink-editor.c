/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-editor.h"

#include "barista-bind.h"
#include "barista-pieces.h"
#include "barista-schedule-group.h"
#include "barista-sink-nodes.h"
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
  gboolean follows_targets;
  gboolean focus_wanted;
  guint source;

  GtkBox *box;
  BaristaSinkNotes *notes;
  AdwPreferencesGroup *names, *where;
  AdwEntryRow *name, *description, *topic, *bucket, *file_template;
  AdwComboRow *target, *format, *compression, *strategy;
  GtkWidget *edit_target;
  AdwActionRow *example;
  BaristaScheduleGroup *schedule;
  GtkMenuButton *templates;
  BaristaSinkNodes *nodes;
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

  if (self->sink == NULL || !barista_pieces_are_whole (GTK_WIDGET (self)))
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
fill_templates (gpointer widget)
{
  BaristaSinkEditor *self = widget;
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

/* --- its pieces --- */

static void
bind_texts (gpointer widget)
{
  BaristaSinkEditor *self = widget;
  GBindingGroup *group = self->bindings;

  barista_bind_group_text (group, "name", GTK_EDITABLE (self->name));
  barista_bind_group_text (group, "description", GTK_EDITABLE (self->description));
  barista_bind_group_text (group, "topic", GTK_EDITABLE (self->topic));
  barista_bind_group_text (group, "bucket-uri", GTK_EDITABLE (self->bucket));
  barista_bind_group_text (group, "file-template", GTK_EDITABLE (self->file_template));
  g_binding_group_bind (group, "schedule", self->schedule, "schedule",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
bind_format (gpointer widget)
{
  BaristaSinkEditor *self = widget;

  barista_bind_group_word (self->bindings, "format", self->format, _ ("Tinybird's Own"),
                           barista_sink_words (BARISTA_SINK_FORMAT));
}

static void
bind_compression (gpointer widget)
{
  BaristaSinkEditor *self = widget;

  barista_bind_group_word (self->bindings, "compression", self->compression, _ ("Tinybird's Own"),
                           barista_sink_words (BARISTA_SINK_COMPRESSION));
}

static void
bind_strategy (gpointer widget)
{
  BaristaSinkEditor *self = widget;

  barista_bind_group_word (self->bindings, "strategy", self->strategy, _ ("Tinybird's Own"),
                           barista_sink_words (BARISTA_SINK_STRATEGY));
}

static void
show_answers (gpointer widget)
{
  BaristaSinkEditor *self = widget;

  g_binding_group_set_source (self->bindings, self->sink);
}

/* Another one may have come since its answers were shown. */
static void
show_sink (BaristaSinkEditor *self)
{
  if (self->sink == NULL)
    return;

  show_answers (self);
  if (!self->follows_targets)
    g_signal_connect_object (barista_setup_get_targets (get_setup (self)), "items-changed",
                             G_CALLBACK (fill_targets), self, G_CONNECT_SWAPPED);
  self->follows_targets = TRUE;
  g_signal_connect_object (self->sink, "notify", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sink, "notify::connection", G_CALLBACK (fill_targets), self,
                           G_CONNECT_SWAPPED);
  fill_targets (self);
  barista_sink_nodes_show (self->nodes, self->session, self->sink);
  update (self);
}

#define PLACE(member) G_STRUCT_OFFSET (BaristaSinkEditor, member)

static const BaristaPiece pieces[] = {
  { "names", PLACE (box), NULL },
  { "name", PLACE (names), NULL },
  { "description", PLACE (names), NULL },
  { "where", PLACE (box), NULL },
  { "target", PLACE (where), NULL },
  { "topic", PLACE (where), NULL },
  { "bucket", PLACE (where), NULL },
  { "file_template", PLACE (where), NULL },
  { "format", PLACE (where), NULL },
  { NULL, 0, bind_format },
  { "compression", PLACE (where), NULL },
  { NULL, 0, bind_compression },
  { "strategy", PLACE (where), NULL },
  { NULL, 0, bind_strategy },
  { "example", PLACE (where), NULL },
  { "schedule", PLACE (box), NULL },
  { "query", PLACE (box), NULL },
  { NULL, 0, fill_templates },
  { "buttons", PLACE (box), NULL },
  { NULL, 0, bind_texts },
  { NULL, 0, show_answers },
};

/* --- the widget --- */

static void
focus (BaristaSinkEditor *self)
{
  self->focus_wanted = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* The keyboard comes unless one has gone elsewhere meanwhile. */
static void
on_whole (gpointer widget)
{
  BaristaSinkEditor *self = widget;

  show_sink (self);
  if (self->focus_wanted && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus (self);
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
    g_signal_handlers_disconnect_by_data (self->sink, self);
  g_set_object (&self->session, session);
  /* What was said of another one holds no more. */
  if (g_set_object (&self->sink, sink))
    barista_sink_notes_show (self->notes, session, NULL, self->calm);
  if (barista_pieces_are_whole (GTK_WIDGET (self)))
    show_sink (self);
}

/* Puts the keyboard into the first field, once it is there. */
void
barista_sink_editor_focus (BaristaSinkEditor *self)
{
  if (barista_pieces_are_whole (GTK_WIDGET (self)))
    focus (self);
  else
    self->focus_wanted = TRUE;
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

#define BIND(member) barista_pieces_bind (widget_class, BaristaSinkEditor, member)
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
  g_type_ensure (BARISTA_TYPE_SINK_NODES);
  g_type_ensure (BARISTA_TYPE_SINK_NOTES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-sink-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaSinkEditor, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaSinkEditor, notes);
  barista_pieces_class_init (widget_class, "barista-sink-editor-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  BIND (names);
  BIND (name);
  BIND (description);
  BIND (where);
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
  self->bindings = g_binding_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  barista_pieces_start (GTK_WIDGET (self), on_whole);
}
