/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-code-view.h"
#include "barista-pieces.h"
#include "barista-schedule-group.h"
#include "barista-sink-editor.h"
#include "barista-sink-findings.h"
#include "barista-sink-node-box.h"
#include "barista-sink-notes.h"
#include "barista-sinks-page.h"
#include "barista-sinks.h"
#include "barista-target-check.h"
#include "barista-target-editor.h"
#include "barista-window.h"

#include "ui-drive.h"

typedef struct
{
  BaristaWindow *window;
  BaristaSession *session;
  BaristaSetup *setup;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new ("acmeCo/orders");

  fixture->window = ui_window_new (NULL, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_begin_practice (fixture->window);
  fixture->session = barista_window_get_session (fixture->window);
  fixture->setup = barista_session_get_setup (fixture->session);
  ui_wait_idle (fixture->session);
  barista_setup_add_topic (fixture->setup, choice);
  ui_wait_idle (fixture->session);
  ui_action (GTK_WIDGET (fixture->window), "win.go", "sinks");
  fixture->page = ui_find (GTK_WIDGET (fixture->window), BARISTA_TYPE_SINKS_PAGE);
  g_assert_nonnull (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static int
find_sample (BaristaTargetKind kind)
{
  guint n;
  const BaristaSinkSample *samples = barista_sink_samples (&n);

  for (guint i = 0; i < n; i++)
    if (samples[i].kind == kind)
      return (int) i;
  return -1;
}

/* The editor is whole then. */
static BaristaSink *
add_sink (Fixture *fixture, BaristaTargetKind kind)
{
  GListModel *sinks = barista_setup_get_sinks (fixture->setup);
  guint n = g_list_model_get_n_items (sinks);
  g_autoptr (BaristaSink) sink = NULL;

  g_assert_true (gtk_widget_activate_action (fixture->page, "sinks.add", "i", find_sample (kind)));
  g_assert_cmpuint (g_list_model_get_n_items (sinks), ==, n + 1);
  sink = g_list_model_get_item (sinks, n);
  ui_wait_idle (fixture->session);
  return sink;
}

static AdwEntryRow *
find_entry (GtkWidget *below, const char *title)
{
  GtkWidget *row = ui_find_label (below, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  return ADW_ENTRY_ROW (row);
}

/* A sink comes with a connection; what is typed is the answer, and the answer is what is shown. */
static void
test_adds_and_edits (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_KAFKA);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  AdwEntryRow *topic = find_entry (editor, "Topic");

  g_assert_true (barista_sink_editor_get_sink (BARISTA_SINK_EDITOR (editor)) == sink);
  g_assert_nonnull (barista_setup_get_sink_target (fixture->setup, sink));
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_targets (fixture->setup)), ==, 1);

  gtk_editable_set_text (GTK_EDITABLE (topic), "high_value_events");
  g_assert_cmpstr (barista_sink_get_topic (sink), ==, "high_value_events");
  barista_sink_set_topic (sink, "other");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (topic)), ==, "other");

  /* The second one writes to the same connection. */
  g_assert_true (add_sink (fixture, BARISTA_TARGET_KAFKA) != sink);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_targets (fixture->setup)), ==, 1);
}

static gboolean
has_focus_in (GtkWidget *row)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (row));

  return focus != NULL && gtk_widget_is_ancestor (focus, row);
}

/* Keys that come while an editor is made finish it, and are its own. */
static void
test_finished_by_keys (Fixture *fixture, gconstpointer data)
{
  BaristaStepPage *page = BARISTA_STEP_PAGE (fixture->page);
  GtkWidget *editor;
  BaristaSink *sink;

  barista_step_page_finish (page);
  g_assert_false (barista_step_page_finish (page));
  g_assert_true (gtk_widget_activate_action (fixture->page, "sinks.add", "i",
                                             find_sample (BARISTA_TARGET_KAFKA)));
  editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  g_assert_false (barista_pieces_are_whole (editor));
  g_assert_true (barista_step_page_finish (page));
  g_assert_true (has_focus_in (GTK_WIDGET (find_entry (editor, "Name"))));
  g_assert_false (barista_step_page_finish (page));

  sink = barista_sink_editor_get_sink (BARISTA_SINK_EDITOR (editor));
  g_signal_emit_by_name (editor, "edit-target",
                         barista_setup_get_sink_target (fixture->setup, sink));
  editor = ui_find (fixture->page, BARISTA_TYPE_TARGET_EDITOR);
  g_assert_false (barista_pieces_are_whole (editor));
  g_assert_true (barista_step_page_finish (page));
  g_assert_true (has_focus_in (GTK_WIDGET (find_entry (editor, "Name"))));
  g_assert_false (barista_step_page_finish (page));
}

static void
test_sql (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  BaristaCodeView *code = BARISTA_CODE_VIEW (ui_find (editor, BARISTA_TYPE_CODE_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (code));

  gtk_text_buffer_set_text (buffer, "SELECT 1 AS one", -1);
  g_assert_cmpstr (barista_sink_node_get_sql (barista_sink_get_last_node (sink)), ==,
                   "SELECT 1 AS one");
}

/* Undo takes back what was added: the page follows. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  add_sink (fixture, BARISTA_TARGET_S3);
  ui_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_sinks (fixture->setup)), ==, 0);
  g_assert_false (gtk_widget_get_mapped (ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR)));
}

/* What is typed after the name was taken back goes into the sink that the setup has. */
static void
test_undo_of_a_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strdup (barista_sink_get_name (add_sink (fixture, BARISTA_TARGET_S3)));
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  BaristaSink *sink;

  ui_wait_idle (fixture->session);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (editor, "Name")), "another_name");
  ui_wait_idle (fixture->session);
  ui_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  sink = barista_setup_find_sink (fixture->setup, name);
  g_assert_nonnull (sink);
  g_assert_true (gtk_widget_get_mapped (editor));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (editor, "Name"))), ==, name);

  gtk_editable_set_text (GTK_EDITABLE (find_entry (editor, "Description")), "for the auditors");
  g_assert_cmpstr (barista_sink_get_description (sink), ==, "for the auditors");
}

static guint
count_errors (GtkWidget *below)
{
  guint n = GTK_IS_IMAGE (below) && gtk_widget_get_mapped (below)
            && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (below)), "dialog-error-symbolic")
                   == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_errors (child);
  return n;
}

static gboolean
is_blamed (gpointer page)
{
  return count_errors (page) > 0;
}

/* What was just added lacks its bucket: a thing to fill in, and an error once one has turned from it. */
static void
test_new_is_not_blamed (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);

  barista_sink_set_bucket_uri (sink, NULL);
  ui_wait_idle (fixture->session);
  g_assert_nonnull (ui_find (editor, BARISTA_TYPE_SINK_NOTES));
  g_assert_cmpuint (count_errors (fixture->page), ==, 0);

  ui_action (GTK_WIDGET (fixture->window), "win.go", "review");
  ui_action (GTK_WIDGET (fixture->window), "win.go", "sinks");
  ui_wait_until (is_blamed, fixture->page);

  /* The connection that came with it, before its role is typed. */
  g_signal_emit_by_name (editor, "edit-target",
                         barista_setup_get_sink_target (fixture->setup, sink));
  ui_wait_until (is_blamed, fixture->page);
}

static void
test_new_connection_is_not_blamed (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);

  g_signal_emit_by_name (editor, "edit-target",
                         barista_setup_get_sink_target (fixture->setup, sink));
  ui_wait_idle (fixture->session);
  g_assert_true (gtk_widget_get_mapped (ui_find (fixture->page, BARISTA_TYPE_TARGET_EDITOR)));
  g_assert_cmpuint (count_errors (fixture->page), ==, 0);
}

/* --- the keyboard --- */

static gboolean
has_keyboard (Fixture *fixture, GtkWidget *widget)
{
  GtkWidget *at = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return at != NULL && gtk_widget_is_ancestor (at, widget);
}

/* The editors come piece by piece; the keyboard is in their first field then. */
static void
test_keyboard_in_first_field (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);

  g_assert_true (has_keyboard (fixture, GTK_WIDGET (find_entry (editor, "Name"))));
  g_signal_emit_by_name (editor, "edit-target",
                         barista_setup_get_sink_target (fixture->setup, sink));
  ui_wait_idle (fixture->session);
  editor = ui_find (fixture->page, BARISTA_TYPE_TARGET_EDITOR);
  g_assert_true (has_keyboard (fixture, GTK_WIDGET (find_entry (editor, "Name"))));
}

/* Who goes on while an editor is being made isn't called back. */
static void
test_keyboard_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, "sinks.add", "i",
                                             find_sample (BARISTA_TARGET_S3)));
  ui_action (GTK_WIDGET (fixture->window), "win.go", "review");
  ui_wait_idle (fixture->session);
  g_assert_false (has_keyboard (fixture, fixture->page));
}

/* What was undone while its editor was being made isn't edited. */
static void
test_undo_while_made (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, "sinks.add", "i",
                                             find_sample (BARISTA_TARGET_KAFKA)));
  ui_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  ui_wait_idle (fixture->session);
  g_assert_false (gtk_widget_get_mapped (ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR)));
  g_assert_nonnull (ui_find_label (fixture->page, ADW_TYPE_STATUS_PAGE, "Nothing Leaves Tinybird"));
}

/* --- rows and nodes --- */

static void
go_to_list (Fixture *fixture)
{
  GtkWidget *label = ui_find_label (fixture->page, ADW_TYPE_BUTTON_CONTENT, "All Sinks");

  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_parent (label), "clicked");
  ui_wait_idle (fixture->session);
}

static void
test_rows_stay (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  g_autofree char *name = g_strdup (barista_sink_get_name (sink));
  GtkWidget *row;

  go_to_list (fixture);
  row = ui_find_label (fixture->page, ADW_TYPE_ACTION_ROW, name);
  g_assert_nonnull (row);

  add_sink (fixture, BARISTA_TARGET_KAFKA);
  barista_sink_set_name (sink, "renamed");
  go_to_list (fixture);
  g_assert_true (ui_find_label (fixture->page, ADW_TYPE_ACTION_ROW, "renamed") == row);
  barista_setup_remove_sink (fixture->setup, sink);
  ui_wait_idle (fixture->session);
  g_assert_null (ui_find_label (fixture->page, ADW_TYPE_ACTION_ROW, "renamed"));
}

/* To add a node leaves the others as they are, and who is in one stays there. */
static void
test_nodes_stay (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  GtkWidget *first = ui_find (editor, BARISTA_TYPE_SINK_NODE_BOX);
  g_autoptr (BaristaSinkNode) node = g_object_ref (barista_sink_get_last_node (sink));
  GtkWidget *second;

  ui_click (editor, "Add Node");
  ui_wait_idle (fixture->session);
  g_assert_true (ui_find (editor, BARISTA_TYPE_SINK_NODE_BOX) == first);
  g_assert_true (barista_sink_node_box_get_node (BARISTA_SINK_NODE_BOX (first)) == node);
  second = gtk_widget_get_next_sibling (first);
  g_assert_true (barista_sink_node_box_get_node (BARISTA_SINK_NODE_BOX (second))
                 == barista_sink_get_last_node (sink));

  barista_sink_remove_node (sink, node);
  ui_wait_idle (fixture->session);
  g_assert_true (ui_find (editor, BARISTA_TYPE_SINK_NODE_BOX) == second);
  g_assert_null (gtk_widget_get_next_sibling (second));
}

/* What is taken apart before its end is still the sink's editor: an answer may come meanwhile. It goes
 * after its page, one by one. */
static void
test_is_taken_apart (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  GtkWidget *name = GTK_WIDGET (find_entry (editor, "Name"));
  GtkWidget *node = ui_find (editor, BARISTA_TYPE_SINK_NODE_BOX);
  guint n = 0;

  g_object_add_weak_pointer (G_OBJECT (editor), (gpointer *) &editor);
  g_object_add_weak_pointer (G_OBJECT (name), (gpointer *) &name);
  g_object_add_weak_pointer (G_OBJECT (node), (gpointer *) &node);
  while (barista_pieces_take_apart (fixture->page))
    n++;
  /* Each row of the editor and of its schedule is a piece. */
  g_assert_cmpuint (n, >=, 18);
  g_assert_null (gtk_widget_get_parent (name));
  barista_sink_set_name (sink, "another_name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "another_name");

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->window = barista_window_new (NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (editor);
  g_assert_null (name);
  g_assert_null (node);
}

/* --- what is said of it --- */

static gboolean
is_answered (gpointer session)
{
  return barista_sink_findings_ask (barista_sink_findings_of (session));
}

static void
wait_for_notes (Fixture *fixture)
{
  ui_wait_idle (fixture->session);
  ui_wait_until (is_answered, fixture->session);
  ui_wait_idle (fixture->session);
}

static guint
count_runs (Fixture *fixture)
{
  return barista_sink_findings_count_runs (barista_sink_findings_of (fixture->session));
}

/* Both editors show what was found once; to show it, to leave and to come back finds nothing anew. */
static void
test_finds_once_for_a_change (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  GtkWidget *editor = ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR);
  guint n;

  wait_for_notes (fixture);
  n = count_runs (fixture);
  g_assert_cmpuint (n, >=, 1);

  g_signal_emit_by_name (editor, "edit-target",
                         barista_setup_get_sink_target (fixture->setup, sink));
  wait_for_notes (fixture);
  ui_action (GTK_WIDGET (fixture->window), "win.go", "review");
  ui_action (GTK_WIDGET (fixture->window), "win.go", "sinks");
  ui_wait_until (is_blamed, fixture->page);
  g_assert_cmpuint (count_runs (fixture), ==, n);

  barista_sink_set_bucket_uri (sink, "s3://bucket/exports/");
  wait_for_notes (fixture);
  g_assert_cmpuint (count_runs (fixture), ==, n + 1);
}

static gboolean
is_noted (gpointer notes)
{
  return ui_find_label (notes, ADW_TYPE_ACTION_ROW,
                        "Role “nonsense”: it has six parts with colons "
                        "between them and starts with arn.")
         != NULL;
}

static gboolean
is_not_noted (gpointer notes)
{
  return !is_noted (notes);
}

/* A row that still holds is the same row: the keyboard stays in it. */
static void
test_notes_stay (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  BaristaTarget *target = barista_setup_get_sink_target (fixture->setup, sink);
  GtkWidget *notes, *kept;

  g_signal_emit_by_name (ui_find (fixture->page, BARISTA_TYPE_SINK_EDITOR), "edit-target", target);
  notes = ui_find (ui_find (fixture->page, BARISTA_TYPE_TARGET_EDITOR), BARISTA_TYPE_SINK_NOTES);
  wait_for_notes (fixture);
  kept = ui_find_label (notes, ADW_TYPE_ACTION_ROW, "No region is given.");
  g_assert_nonnull (kept);
  g_object_add_weak_pointer (G_OBJECT (kept), (gpointer *) &kept);

  barista_target_set_arn (target, "nonsense");
  ui_wait_until (is_noted, notes);
  g_assert_true (ui_find_label (notes, ADW_TYPE_ACTION_ROW, "No region is given.") == kept);
  barista_target_set_arn (target, NULL);
  ui_wait_until (is_not_noted, notes);
  g_assert_true (ui_find_label (notes, ADW_TYPE_ACTION_ROW, "No region is given.") == kept);

  barista_target_set_region (target, "eu-west-1");
  wait_for_notes (fixture);
  g_assert_null (ui_find_label (notes, ADW_TYPE_ACTION_ROW, "No region is given."));
  g_assert_null (kept);
}

/* 2026-11-22 is a Sunday. */
static void
test_schedule (Fixture *fixture, gconstpointer data)
{
  BaristaSink *sink = add_sink (fixture, BARISTA_TARGET_S3);
  BaristaScheduleGroup *group = BARISTA_SCHEDULE_GROUP (
      ui_find (fixture->page, BARISTA_TYPE_SCHEDULE_GROUP));
  AdwEntryRow *entry = find_entry (GTK_WIDGET (group), "Cron expression, in UTC");

  barista_schedule_group_set_now (group, 1795305600);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0 6 * * 1-5");
  g_assert_cmpstr (barista_sink_get_schedule (sink), ==, "0 6 * * 1-5");
  g_assert_nonnull (
      ui_find_label (GTK_WIDGET (group), ADW_TYPE_ACTION_ROW, "Mon 2026-11-23 06:00 UTC"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "61 * * * *");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_null (
      ui_find_label (GTK_WIDGET (group), ADW_TYPE_ACTION_ROW, "Mon 2026-11-23 06:00 UTC"));
}

/* --- the check of a target --- */

typedef struct
{
  BaristaReport *report;
  gboolean done;
} Checked;

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  Checked *checked = data;

  checked->report = barista_target_check_finish (result, NULL);
  checked->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Checked *) data)->done;
}

/* A target is checked as a source is: a port where nobody listens has its cause. */
static void
test_target_check (void)
{
  g_autoptr (BaristaTarget) target = barista_target_new (BARISTA_TARGET_KAFKA, "events_kafka");
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autofree char *server = NULL;
  Checked checked = { 0 };

  /* Bound and not listening: refused, and nobody else gets the port. */
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  server = g_strdup_printf ("127.0.0.1:%u",
                            g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  barista_target_set_bootstrap_servers (target, (const char *const[]) { server, NULL });
  barista_target_set_security (target, BARISTA_SECURITY_PLAINTEXT);

  barista_target_check_async (target, NULL, NULL, NULL, on_checked, &checked);
  ui_wait_until (is_done, &checked);
  g_assert_nonnull (checked.report);
  g_assert_cmpstr (barista_stage_report_get_cause (
                       barista_report_get_failure (checked.report, BARISTA_SERVICE_KAFKA)),
                   ==, "connection-refused");
  g_object_unref (checked.report);
}

static void
add_test (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  add_test ("/sinks-page/adds-and-edits", test_adds_and_edits);
  add_test ("/sinks-page/finished-by-keys", test_finished_by_keys);
  add_test ("/sinks-page/sql", test_sql);
  add_test ("/sinks-page/undo", test_undo);
  add_test ("/sinks-page/undo-of-a-name", test_undo_of_a_name);
  add_test ("/sinks-page/new-is-not-blamed", test_new_is_not_blamed);
  add_test ("/sinks-page/new-connection-is-not-blamed", test_new_connection_is_not_blamed);
  add_test ("/sinks-page/keyboard-in-first-field", test_keyboard_in_first_field);
  add_test ("/sinks-page/keyboard-elsewhere", test_keyboard_elsewhere);
  add_test ("/sinks-page/undo-while-made", test_undo_while_made);
  add_test ("/sinks-page/rows-stay", test_rows_stay);
  add_test ("/sinks-page/nodes-stay", test_nodes_stay);
  add_test ("/sinks-page/is-taken-apart", test_is_taken_apart);
  add_test ("/sinks-page/finds-once-for-a-change", test_finds_once_for_a_change);
  add_test ("/sinks-page/notes-stay", test_notes_stay);
  add_test ("/sinks-page/schedule", test_schedule);
  g_test_add_func ("/sinks-page/target-check", test_target_check);

  return g_test_run ();
}
