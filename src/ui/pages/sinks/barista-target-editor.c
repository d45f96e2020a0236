/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-target-editor.h"

#include "barista-bind.h"
#include "barista-code-view.h"
#include "barista-sink-notes.h"
#include "barista-sinks.h"
#include "barista-target-check.h"

#include <glib/gi18n.h>

struct _BaristaTargetEditor
{
  AdwBin parent_instance;

  BaristaSession *session;
  BaristaTarget *target;
  GBindingGroup *bindings;
  GCancellable *checking;
  gboolean calm;
  guint source;

  BaristaSinkNotes *notes;
  AdwEntryRow *name, *servers, *region, *arn, *key, *secret, *username;
  AdwPasswordEntryRow *password;
  AdwComboRow *security, *mechanism;
  GtkWidget *check_group, *policy_group, *spinner, *check;
  AdwActionRow *result;
  BaristaCodeView *trust, *access;
};

G_DEFINE_FINAL_TYPE (BaristaTargetEditor, barista_target_editor, ADW_TYPE_BIN)

static guint removed_signal;

static BaristaSetup *
get_setup (BaristaTargetEditor *self)
{
  return barista_session_get_setup (self->session);
}

/* --- what follows from the answers --- */

static void
update_policies (BaristaTargetEditor *self)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = get_setup (self),
                                   .tables = tables,
                                   .parts = BARISTA_OUTPUT_ALL };
  g_autofree char *trust = barista_output_trust_policy (self->target);
  g_autofree char *access = barista_output_access_policy (&request, self->target);

  barista_code_view_set_text (self->trust, trust);
  barista_code_view_set_text (self->access, access);
}

static void
update (BaristaTargetEditor *self)
{
  gboolean kafka = barista_target_get_kind (self->target) == BARISTA_TARGET_KAFKA;
  gboolean sasl = kafka && barista_target_get_uses_sasl (self->target);
  const char *name = barista_target_get_name (self->target);
  g_autofree char *path = barista_target_path (name != NULL ? name : "");

  gtk_widget_set_visible (GTK_WIDGET (self->servers), kafka);
  gtk_widget_set_visible (GTK_WIDGET (self->security), kafka);
  gtk_widget_set_visible (GTK_WIDGET (self->mechanism), sasl);
  gtk_widget_set_visible (GTK_WIDGET (self->region), !kafka);
  gtk_widget_set_visible (GTK_WIDGET (self->arn), !kafka);
  gtk_widget_set_visible (self->check_group, kafka);
  gtk_widget_set_visible (self->policy_group, !kafka);
  gtk_widget_set_visible (GTK_WIDGET (self->username), sasl);
  gtk_widget_set_visible (GTK_WIDGET (self->password), sasl);
  barista_sink_notes_show (self->notes, self->session, path, self->calm);
  if (!kafka)
    update_policies (self);
}

static void
on_settled (gpointer data)
{
  BaristaTargetEditor *self = data;

  self->source = 0;
  if (self->target != NULL)
    update (self);
}

static void
update_soon (BaristaTargetEditor *self)
{
  if (self->source == 0)
    self->source = g_timeout_add_once (100, on_settled, self);
}

/* --- the check --- */

/* A check doesn't keep the editor: closing the window ends it. */
typedef GWeakRef WeakEditor;

static WeakEditor *
weak_editor_new (BaristaTargetEditor *self)
{
  WeakEditor *weak = g_new0 (WeakEditor, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

static void
weak_editor_free (WeakEditor *weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeakEditor, weak_editor_free)

static void
show_result (BaristaTargetEditor *self, const char *title, const char *body)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), title);
  adw_action_row_set_subtitle (self->result, body != NULL ? body : "");
  gtk_accessible_announce (GTK_ACCESSIBLE (self->result), title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
stop_check (BaristaTargetEditor *self)
{
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->check), _ ("Check"));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WeakEditor) weak = data;
  g_autoptr (BaristaTargetEditor) self = g_weak_ref_get (weak);
  g_autoptr (BaristaReport) report = barista_target_check_finish (result, NULL);
  BaristaStageReport *failure;
  g_autofree char *found = NULL;

  /* Cancelled: another one may run by now, or the window is closed. */
  if (report == NULL || self == NULL)
    return;

  stop_check (self);
  failure = barista_report_get_failure (report, BARISTA_SERVICE_KAFKA);
  if (failure != NULL)
    {
      show_result (self, barista_stage_report_get_title (failure),
                   barista_stage_report_get_body (failure));
      return;
    }

  found = g_strdup_printf (ngettext ("Signed in; %u topic is there.",
                                     "Signed in; %u topics are there.",
                                     barista_report_get_n_topics (report)),
                           barista_report_get_n_topics (report));
  show_result (self, _ ("Connected"), found);
}

static void
on_check (BaristaTargetEditor *self)
{
  const char *username = gtk_editable_get_text (GTK_EDITABLE (self->username));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));
  g_autoptr (BaristaSecret) secret = *password != '\0' ? barista_secret_new (password, -1) : NULL;

  if (self->checking != NULL)
    {
      stop_check (self);
      show_result (self, _ ("Stopped"), NULL);
      return;
    }

  self->checking = g_cancellable_new ();
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->check), _ ("Stop"));
  show_result (self, _ ("Checking…"), NULL);
  barista_target_check_async (self->target, *username != '\0' ? username : NULL, secret,
                              self->checking, on_checked, weak_editor_new (self));
}

/* --- the rest --- */

static void
copy (BaristaTargetEditor *self, BaristaCodeView *view)
{
  g_autofree char *text = barista_code_view_dup_text (view);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", text);
}

static void
on_copy_trust (BaristaTargetEditor *self)
{
  copy (self, self->trust);
}

static void
on_copy_access (BaristaTargetEditor *self)
{
  copy (self, self->access);
}

static void
on_remove (BaristaTargetEditor *self)
{
  g_autoptr (BaristaTarget) target = g_object_ref (self->target);

  barista_session_begin_change (self->session, _ ("Remove Connection"));
  barista_setup_remove_target (get_setup (self), target);
  barista_session_end_change (self->session);
  g_signal_emit (self, removed_signal, 0);
}

static void
bind (BaristaTargetEditor *self)
{
  static const char *const securities[] = { "SASL_SSL", "SASL_PLAINTEXT", "SSL", "PLAINTEXT",
                                            NULL };
  static const char *const mechanisms[] = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", NULL };
  GBindingGroup *group = self->bindings;

  barista_bind_group_text (group, "name", GTK_EDITABLE (self->name));
  barista_bind_group_list (group, "bootstrap-servers", GTK_EDITABLE (self->servers));
  barista_bind_group_choice (group, "security", self->security, securities);
  barista_bind_group_choice (group, "mechanism", self->mechanism, mechanisms);
  barista_bind_group_text (group, "region", GTK_EDITABLE (self->region));
  barista_bind_group_text (group, "arn", GTK_EDITABLE (self->arn));
  barista_bind_group_text (group, "key", GTK_EDITABLE (self->key));
  barista_bind_group_text (group, "secret", GTK_EDITABLE (self->secret));
}

/**
 * barista_target_editor_edit:
 * @self: the editor
 * @session: whose connection it is
 * @target: what to edit from now on
 */
void
barista_target_editor_edit (BaristaTargetEditor *self,
                            BaristaSession *session,
                            BaristaTarget *target)
{
  stop_check (self);
  if (self->target != NULL)
    g_signal_handlers_disconnect_by_data (self->target, self);
  g_set_object (&self->session, session);
  /* What was said of another one holds no more. */
  if (g_set_object (&self->target, target))
    barista_sink_notes_show (self->notes, session, NULL, self->calm);
  gtk_editable_set_text (GTK_EDITABLE (self->username), "");
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  show_result (self, _ ("Not checked yet"), NULL);
  g_binding_group_set_source (self->bindings, target);
  g_signal_connect_object (target, "notify", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * barista_target_editor_set_calm:
 * @self: the editor
 * @calm: whether what is still missing or wrong is said as hints
 */
void
barista_target_editor_set_calm (BaristaTargetEditor *self, gboolean calm)
{
  if (self->calm == calm)
    return;
  self->calm = calm;
  if (self->target != NULL)
    update (self);
}

BaristaTarget *
barista_target_editor_get_target (BaristaTargetEditor *self)
{
  return self->target;
}

static void
barista_target_editor_dispose (GObject *object)
{
  BaristaTargetEditor *self = BARISTA_TARGET_EDITOR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->target);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_target_editor_parent_class)->dispose (object);
}

#define BIND(member) \
  gtk_widget_class_bind_template_child (widget_class, BaristaTargetEditor, member)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
barista_target_editor_class_init (BaristaTargetEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_target_editor_dispose;
  removed_signal = g_signal_new ("removed", BARISTA_TYPE_TARGET_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BARISTA_TYPE_CODE_VIEW);
  g_type_ensure (BARISTA_TYPE_SINK_NOTES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-target-editor.ui");
  BIND (notes);
  BIND (name);
  BIND (servers);
  BIND (security);
  BIND (mechanism);
  BIND (region);
  BIND (arn);
  BIND (key);
  BIND (secret);
  BIND (check_group);
  BIND (username);
  BIND (password);
  BIND (result);
  BIND (spinner);
  BIND (check);
  BIND (policy_group);
  BIND (trust);
  BIND (access);
  CALL (on_check);
  CALL (on_copy_trust);
  CALL (on_copy_access);
  CALL (on_remove);
}

static void
barista_target_editor_init (BaristaTargetEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_binding_group_new ();
  bind (self);
}
