/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-target-editor.h"

#include "barista-bind.h"
#include "barista-code-view.h"
#include "barista-pieces.h"
#include "barista-sink-notes.h"
#include "barista-sinks.h"
#include "barista-slices.h"
#include "barista-target-check.h"

#include <glib/gi18n.h>

/* What Amazon is to be told: shown once somebody looks. */
typedef struct
{
  AdwExpanderRow *row;
  GtkWidget *view; /* NULL until then */
  gboolean has_language;
  char *text;
} Policy;

struct _BaristaTargetEditor
{
  AdwBin parent_instance;

  BaristaSession *session;
  BaristaTarget *target;
  GBindingGroup *bindings;
  GCancellable *checking;
  gboolean calm;
  gboolean focus_wanted;
  guint source;

  GtkBox *box;
  BaristaSinkNotes *notes;
  AdwPreferencesGroup *names;
  AdwEntryRow *name, *servers, *region, *arn, *key, *secret, *username;
  AdwPasswordEntryRow *password;
  AdwComboRow *security, *mechanism;
  GtkWidget *check_group, *policy_group, *spinner, *check;
  AdwActionRow *result;
  AdwExpanderRow *trust_row, *access_row;
  Policy trust, access;
  guint slices;
};

G_DEFINE_FINAL_TYPE (BaristaTargetEditor, barista_target_editor, ADW_TYPE_BIN)

static guint removed_signal;

static BaristaSetup *
get_setup (BaristaTargetEditor *self)
{
  return barista_session_get_setup (self->session);
}

/* --- policies --- */

/* FALSE: there was nothing to do. */
static gboolean
make_policy (Policy *policy)
{
  if (policy->view == NULL && adw_expander_row_get_expanded (policy->row))
    {
      policy->view = barista_code_view_new ();
      adw_expander_row_add_row (policy->row, policy->view);
      return TRUE;
    }
  if (policy->view != NULL && !policy->has_language)
    {
      barista_code_view_set_language (BARISTA_CODE_VIEW (policy->view), "files-json");
      barista_code_view_set_text (BARISTA_CODE_VIEW (policy->view), policy->text);
      policy->has_language = TRUE;
      return TRUE;
    }

  return FALSE;
}

static gboolean
on_slice (gpointer user_data)
{
  BaristaTargetEditor *self = user_data;

  if (make_policy (&self->trust) || make_policy (&self->access))
    return G_SOURCE_CONTINUE;

  self->slices = 0;
  return G_SOURCE_REMOVE;
}

static void
on_expanded (BaristaTargetEditor *self)
{
  if (self->slices == 0)
    self->slices = barista_slices_start (on_slice, self);
}

static void
set_policy (Policy *policy, AdwExpanderRow *row, char *text)
{
  g_autofree char *old = policy->text;

  policy->row = row;
  policy->text = text;
  if (policy->has_language && g_strcmp0 (old, text) != 0)
    barista_code_view_set_text (BARISTA_CODE_VIEW (policy->view), text);
}

static void
update_policies (BaristaTargetEditor *self)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = get_setup (self),
                                   .tables = tables,
                                   .parts = BARISTA_OUTPUT_ALL };

  set_policy (&self->trust, self->trust_row, barista_output_trust_policy (self->target));
  set_policy (&self->access, self->access_row,
              barista_output_access_policy (&request, self->target));
}

/* --- what follows from the answers --- */

static void
update (BaristaTargetEditor *self)
{
  gboolean kafka, sasl;
  g_autofree char *path = NULL;

  if (self->target == NULL || !barista_pieces_are_whole (GTK_WIDGET (self)))
    return;

  kafka = barista_target_get_kind (self->target) == BARISTA_TARGET_KAFKA;
  sasl = kafka && barista_target_get_uses_sasl (self->target);
  path = barista_target_path (barista_target_get_name (self->target));
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
on_copy_trust (BaristaTargetEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", self->trust.text);
}

static void
on_copy_access (BaristaTargetEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", self->access.text);
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

/* --- its pieces --- */

static void
bind_security (gpointer widget)
{
  static const char *const names[] = { "SASL_SSL", "SASL_PLAINTEXT", "SSL", "PLAINTEXT", NULL };
  BaristaTargetEditor *self = widget;

  barista_bind_group_choice (self->bindings, "security", self->security, names);
}

static void
bind_mechanism (gpointer widget)
{
  static const char *const names[] = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", NULL };
  BaristaTargetEditor *self = widget;

  barista_bind_group_choice (self->bindings, "mechanism", self->mechanism, names);
}

static void
bind_texts (gpointer widget)
{
  BaristaTargetEditor *self = widget;
  GBindingGroup *group = self->bindings;

  barista_bind_group_text (group, "name", GTK_EDITABLE (self->name));
  barista_bind_group_list (group, "bootstrap-servers", GTK_EDITABLE (self->servers));
  barista_bind_group_text (group, "region", GTK_EDITABLE (self->region));
  barista_bind_group_text (group, "arn", GTK_EDITABLE (self->arn));
  barista_bind_group_text (group, "key", GTK_EDITABLE (self->key));
  barista_bind_group_text (group, "secret", GTK_EDITABLE (self->secret));
}

static void
show_answers (gpointer widget)
{
  BaristaTargetEditor *self = widget;

  g_binding_group_set_source (self->bindings, self->target);
}

/* Another one may have come since its answers were shown. */
static void
show_target (BaristaTargetEditor *self)
{
  if (self->target == NULL)
    return;

  show_answers (self);
  g_signal_connect_object (self->target, "notify", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

#define PLACE(member) G_STRUCT_OFFSET (BaristaTargetEditor, member)

static const BaristaPiece pieces[] = {
  { "names", PLACE (box), NULL },
  { "name", PLACE (names), NULL },
  { "servers", PLACE (names), NULL },
  { "security", PLACE (names), NULL },
  { NULL, 0, bind_security },
  { "mechanism", PLACE (names), NULL },
  { NULL, 0, bind_mechanism },
  { "region", PLACE (names), NULL },
  { "arn", PLACE (names), NULL },
  { "key", PLACE (names), NULL },
  { "secret", PLACE (names), NULL },
  { "check_group", PLACE (box), NULL },
  { "username", PLACE (check_group), NULL },
  { "password", PLACE (check_group), NULL },
  { "result", PLACE (check_group), NULL },
  { "policy_group", PLACE (box), NULL },
  { "trust_row", PLACE (policy_group), NULL },
  { "access_row", PLACE (policy_group), NULL },
  { "remove", PLACE (box), NULL },
  { NULL, 0, bind_texts },
  { NULL, 0, show_answers },
};

/* --- the widget --- */

static void
focus (BaristaTargetEditor *self)
{
  self->focus_wanted = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* The keyboard comes unless one has gone elsewhere meanwhile. */
static void
on_whole (gpointer widget)
{
  BaristaTargetEditor *self = widget;

  show_target (self);
  if (self->focus_wanted && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus (self);
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
  if (self->target != NULL)
    g_signal_handlers_disconnect_by_data (self->target, self);
  g_set_object (&self->session, session);
  /* What was said of another one holds no more. */
  if (g_set_object (&self->target, target))
    barista_sink_notes_show (self->notes, session, NULL, self->calm);
  if (!barista_pieces_are_whole (GTK_WIDGET (self)))
    return;

  stop_check (self);
  gtk_editable_set_text (GTK_EDITABLE (self->username), "");
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  show_result (self, _ ("Not checked yet"), NULL);
  show_target (self);
}

/* Puts the keyboard into the first field, once it is there. */
void
barista_target_editor_focus (BaristaTargetEditor *self)
{
  if (barista_pieces_are_whole (GTK_WIDGET (self)))
    focus (self);
  else
    self->focus_wanted = TRUE;
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
  g_clear_handle_id (&self->slices, g_source_remove);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->target);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_target_editor_parent_class)->dispose (object);
}

static void
barista_target_editor_finalize (GObject *object)
{
  g_free (BARISTA_TARGET_EDITOR (object)->trust.text);
  g_free (BARISTA_TARGET_EDITOR (object)->access.text);

  G_OBJECT_CLASS (barista_target_editor_parent_class)->finalize (object);
}

#define BIND(member) barista_pieces_bind (widget_class, BaristaTargetEditor, member)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
barista_target_editor_class_init (BaristaTargetEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_target_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_target_editor_finalize;
  removed_signal = g_signal_new ("removed", BARISTA_TYPE_TARGET_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BARISTA_TYPE_SINK_NOTES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-target-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaTargetEditor, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaTargetEditor, notes);
  barista_pieces_class_init (widget_class, "barista-target-editor-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  BIND (names);
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
  BIND (trust_row);
  BIND (access_row);
  CALL (on_check);
  CALL (on_expanded);
  CALL (on_copy_trust);
  CALL (on_copy_access);
  CALL (on_remove);
}

static void
barista_target_editor_init (BaristaTargetEditor *self)
{
  self->bindings = g_binding_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  barista_pieces_start (GTK_WIDGET (self), on_whole);
}
