/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sinks-page.h"

#include "barista-schedule.h"
#include "barista-sink-editor.h"
#include "barista-sinks.h"
#include "barista-target-editor.h"

#include <glib/gi18n.h>

struct _BaristaSinksPage
{
  BaristaStepPage parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *sinks_group, *targets_group;
  GtkWidget *empty;
  GtkMenuButton *add, *add_first;
  GtkBox *sink_box;
  GtkBox *target_box;
  BaristaSinkEditor *sink_editor;     /* NULL until there is something to edit */
  BaristaTargetEditor *target_editor; /* so is this one */
  GPtrArray *sink_rows, *target_rows;
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
  gtk_widget_child_focus (GTK_WIDGET (self->sink_editor), GTK_DIR_TAB_FORWARD);
}

static void
edit_target (BaristaSinksPage *self, BaristaTarget *target)
{
  make_target_editor (self);
  barista_target_editor_set_calm (self->target_editor, is_fresh (self, target));
  barista_target_editor_edit (self->target_editor, get_session (self), target);
  gtk_stack_set_visible_child_name (self->stack, "target");
  gtk_widget_child_focus (GTK_WIDGET (self->target_editor), GTK_DIR_TAB_FORWARD);
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

static char *
describe_sink (BaristaSink *sink)
{
  const char *text = barista_sink_get_schedule (sink);
  const char *connection = barista_sink_get_connection (sink);
  g_autoptr (BaristaSchedule) schedule = text != NULL ? barista_schedule_new (text, NULL) : NULL;
  g_autofree char *words = schedule != NULL ? barista_schedule_describe (schedule) : NULL;

  if (connection == NULL)
    return g_strdup (_ ("No connection yet"));
  if (words == NULL)
    return g_strdup (connection);
  /* Translators: a connection's name, and when the sink runs */
  return g_strdup_printf (C_ ("sink", "%s. %s"), connection, words);
}

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

static void
add_row (BaristaSinksPage *self,
         AdwPreferencesGroup *group,
         GPtrArray *rows,
         gpointer item,
         const char *title,
         const char *subtitle,
         GCallback activated)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  g_signal_connect (row, "activated", activated, self);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

/* What is now in @item's place: undo of a name puts another object there. NULL: nothing. */
static gpointer
find_in_place (GListModel *items, GPtrArray *rows, gpointer item)
{
  guint n = g_list_model_get_n_items (items);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) now = g_list_model_get_item (items, i);

      if ((gpointer) now == item)
        return item;
    }
  for (guint i = 0; rows->len == n && i < n; i++)
    if (g_object_get_data (rows->pdata[i], "item") == item)
      {
        g_autoptr (GObject) now = g_list_model_get_item (items, i);

        return now; /* the setup keeps it */
      }

  return NULL;
}

/* Nobody types into what the setup has no more. */
static void
follow_editors (BaristaSinksPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);
  BaristaSink *sink = self->sink_editor != NULL ? barista_sink_editor_get_sink (self->sink_editor)
                                                : NULL;
  BaristaTarget *target = self->target_editor != NULL
                              ? barista_target_editor_get_target (self->target_editor)
                              : NULL;
  gpointer sink_now = find_in_place (barista_setup_get_sinks (get_setup (self)), self->sink_rows,
                                     sink);
  gpointer target_now = find_in_place (barista_setup_get_targets (get_setup (self)),
                                       self->target_rows, target);

  if (sink_now != NULL && sink_now != sink)
    barista_sink_editor_edit (self->sink_editor, get_session (self), sink_now);
  if (target_now != NULL && target_now != target)
    barista_target_editor_edit (self->target_editor, get_session (self), target_now);
  if ((g_str_equal (shown, "sink") && sink_now == NULL)
      || (g_str_equal (shown, "target") && target_now == NULL))
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
fill (BaristaSinksPage *self)
{
  GListModel *sinks = barista_setup_get_sinks (get_setup (self));
  GListModel *targets = barista_setup_get_targets (get_setup (self));

  clear_rows (self->sinks_group, self->sink_rows);
  clear_rows (self->targets_group, self->target_rows);
  for (guint i = 0; i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);
      g_autofree char *described = describe_sink (sink);
      const char *name = barista_sink_get_name (sink);

      add_row (self, self->sinks_group, self->sink_rows, sink,
               name != NULL ? name : _ ("Without a name"), described, G_CALLBACK (on_sink_row));
    }
  gtk_widget_set_visible (self->empty, g_list_model_get_n_items (sinks) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->sinks_group), g_list_model_get_n_items (sinks) > 0);

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);
      const char *name = barista_target_get_name (target);

      add_row (self, self->targets_group, self->target_rows, target,
               name != NULL ? name : _ ("Without a name"),
               barista_target_get_kind (target) == BARISTA_TARGET_KAFKA ? _ ("Kafka")
                                                                        : _ ("Amazon S3"),
               G_CALLBACK (on_target_row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->targets_group), g_list_model_get_n_items (targets) > 0);
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
fill_samples (BaristaSinksPage *self)
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
  gtk_menu_button_set_menu_model (self->add, G_MENU_MODEL (menu));
  gtk_menu_button_set_menu_model (self->add_first, G_MENU_MODEL (menu));
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

static void
barista_sinks_page_leave (BaristaStepPage *page)
{
  judge_all (BARISTA_SINKS_PAGE (page));
}

static void
on_items_changed (BaristaSinksPage *self)
{
  follow_editors (self);
  fill (self);
}

static void
barista_sinks_page_constructed (GObject *object)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (object);
  BaristaSetup *setup = get_setup (self);

  G_OBJECT_CLASS (barista_sinks_page_parent_class)->constructed (object);

  g_signal_connect_object (barista_setup_get_sinks (setup), "items-changed",
                           G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_setup_get_targets (setup), "items-changed",
                           G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}

static void
barista_sinks_page_finalize (GObject *object)
{
  BaristaSinksPage *self = BARISTA_SINKS_PAGE (object);

  g_clear_object (&self->sink_editor);
  g_clear_object (&self->target_editor);
  g_ptr_array_unref (self->sink_rows);
  g_ptr_array_unref (self->target_rows);
  g_ptr_array_unref (self->fresh);

  G_OBJECT_CLASS (barista_sinks_page_parent_class)->finalize (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, BaristaSinksPage, member)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
barista_sinks_page_class_init (BaristaSinksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = barista_sinks_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = barista_sinks_page_finalize;
  page_class->leave = barista_sinks_page_leave;
  page_class->show_place = barista_sinks_page_show_place;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-sinks-page.ui");
  BIND (stack);
  BIND (sinks_group);
  BIND (targets_group);
  BIND (empty);
  BIND (add);
  BIND (add_first);
  BIND (sink_box);
  BIND (target_box);
  CALL (on_list);
  CALL (on_target_done);
  gtk_widget_class_install_action (widget_class, "sinks.add", "i", on_add);
}

static void
barista_sinks_page_init (BaristaSinksPage *self)
{
  self->sink_rows = g_ptr_array_new ();
  self->target_rows = g_ptr_array_new ();
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_samples (self);
}
