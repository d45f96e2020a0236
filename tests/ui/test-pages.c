/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-chips-entry.h"
#include "barista-name-parts.h"
#include "barista-pages.h"
#include "barista-profile.h"
#include "barista-result-row.h"
#include "barista-token-maker.h"
#include "barista-window.h"

#include "ui-drive.h"

#include <glib/gstdio.h>
#include <string.h>

/* A window at @step of a setup that has never been checked. */
typedef struct
{
  BaristaWindow *window;
  BaristaSession *session;
  BaristaSetup *setup;
  GtkWidget *page;
} Fixture;

static void
open_session (Fixture *fixture, BaristaSession *session, BaristaStep step)
{
  fixture->session = session;
  fixture->setup = barista_session_get_setup (session);
  fixture->window = barista_window_new (NULL, NULL);
  barista_window_set_session (fixture->window, session);
  barista_session_set_step (session, step); /* seen once: it can be gone to */
  barista_window_go (fixture->window, step);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->page = barista_window_get_page (fixture->window, step);
  g_assert_true (BARISTA_IS_STEP_PAGE (fixture->page));
}

static void
open_step (Fixture *fixture, const char *task, gboolean managed, BaristaStep step)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, task);
  barista_setup_set_managed (setup, managed);
  open_session (fixture, barista_session_new (setup), step);
}

static void
open_practice (Fixture *fixture, const char *scenario, BaristaStep step)
{
  const char *scenarios[] = { scenario, NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaPractice) practice = NULL;
  BaristaSession *session;

  options.scenarios = scenario != NULL ? scenarios : NULL;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  session = barista_session_new_for_practice (practice, &error);
  g_assert_no_error (error);
  open_session (fixture, session, step);
  ui_wait_idle (session);
}

/* The page must go with its window. */
static void
close_window (Fixture *fixture)
{
  GWeakRef page;

  g_weak_ref_init (&page, fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (g_weak_ref_get (&page));
  g_weak_ref_clear (&page);
  g_object_unref (fixture->session);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *label)
{
  GtkWidget *found = ui_find_label (fixture->page, type, label);

  if (found == NULL)
    g_error ("no %s “%s”", g_type_name (type), label);
  return found;
}

static void
type_into (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* The next control by Tab alone, wrapping inside the page. */
static GtkWidget *
tab (Fixture *fixture)
{
  g_assert_true (gtk_widget_child_focus (fixture->page, GTK_DIR_TAB_FORWARD));
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static gboolean
is_in_focus (Fixture *fixture, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Every control that takes the keyboard has a name for assistive technology. */
static void
assert_named (GtkWidget *below)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_visible (child))
        continue;
      if (GTK_IS_BUTTON (child) && gtk_button_get_label (GTK_BUTTON (child)) == NULL
          && gtk_button_get_icon_name (GTK_BUTTON (child)) != NULL
          && gtk_widget_get_tooltip_text (child) == NULL)
        g_error ("a button with the icon %s has no name",
                 gtk_button_get_icon_name (GTK_BUTTON (child)));
      assert_named (child);
    }
}

/* --- Task --- */

static void
test_task_splits_the_name (void)
{
  Fixture fixture;
  GtkWidget *entry;
  BaristaNameParts *parts;

  open_step (&fixture, "", FALSE, BARISTA_STEP_TASK);
  entry = ui_find (fixture.page, GTK_TYPE_ENTRY);
  parts = BARISTA_NAME_PARTS (ui_find (fixture.page, BARISTA_TYPE_NAME_PARTS));
  g_assert_true (is_in_focus (&fixture, entry));

  type_into (entry, "acmeCo");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 0), ==, "acmeCo");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 2), ==, "");
  type_into (entry, "acmeCo/prod/eu/tinybird");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 0), ==, "acmeCo");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 1), ==, "prod/eu");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 2), ==, "tinybird");

  /* What came along when it was pasted is taken off on its way. */
  type_into (entry, " \"acmeCo/prod/tinybird\"\n");
  g_assert_cmpstr (barista_setup_get_task_name (fixture.setup), ==, "acmeCo/prod/tinybird");
  /* Connecting asks nothing else. */
  g_assert_false (gtk_widget_get_mapped (ui_find (fixture.page, BARISTA_TYPE_CHIPS_ENTRY)));
  assert_named (fixture.page);
  close_window (&fixture);
}

/* A long name leaves the window as narrow as it was. */
static void
test_task_in_a_narrow_window (void)
{
  Fixture fixture;
  int title, page;

  open_step (&fixture, "acmeCo/a-prefix-of-some-length/a-materialization", TRUE, BARISTA_STEP_TASK);
  gtk_widget_measure (ui_find (GTK_WIDGET (fixture.window), GTK_TYPE_EDITABLE_LABEL),
                      GTK_ORIENTATION_HORIZONTAL, -1, &title, NULL, NULL, NULL);
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &page, NULL, NULL, NULL);
  g_assert_cmpint (title, <=, 120);
  g_assert_cmpint (page, <=, 360);
  close_window (&fixture);
}

static void
test_task_says_what_is_wrong (void)
{
  Fixture fixture;
  GtkWidget *entry;

  open_step (&fixture, "", FALSE, BARISTA_STEP_TASK);
  entry = ui_find (fixture.page, GTK_TYPE_ENTRY);

  /* Not complete yet: no word; a character that can't be: at once. */
  type_into (entry, "acmeCo/");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  type_into (entry, "acmeCo/my task");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  type_into (entry, "acmeCo");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  /* Next too early: it says so, there, and the cursor is there. */
  gtk_window_set_focus (GTK_WINDOW (fixture.window), NULL);
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_TASK);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_true (is_in_focus (&fixture, entry));
  g_assert_nonnull (ui_find_label (fixture.page, GTK_TYPE_LABEL,
                                   "It looks like acmeCo/prod/tinybird, with slashes"));

  /* Mended: on it goes; and back again nothing is lost. */
  type_into (entry, "acmeCo/prod/tinybird");
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), !=, BARISTA_STEP_TASK);
  barista_window_go (fixture.window, BARISTA_STEP_TASK);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "acmeCo/prod/tinybird");
  close_window (&fixture);
}

static void
test_collections_by_the_dozen (void)
{
  static const char pasted[]
      = "[\"acmeCo/orders\",\n 'acmeCo/customers-value'; payments\tacmeCo/orders] ";
  static const char *const wanted[] = { "acmeCo/orders", "acmeCo/customers", "payments", NULL };
  Fixture fixture;
  GtkWidget *chips, *text;

  open_step (&fixture, "acmeCo/prod/tinybird", TRUE, BARISTA_STEP_TASK);
  chips = ui_find (fixture.page, BARISTA_TYPE_CHIPS_ENTRY);
  text = ui_find (chips, GTK_TYPE_TEXT);
  type_into (text, pasted);
  g_assert_true (g_strv_equal (barista_setup_get_collections (fixture.setup), wanted));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_assert_nonnull (ui_find_label (chips, GTK_TYPE_LABEL, "payments"));

  /* The setup's change is the widget's. */
  barista_setup_set_collections (fixture.setup, (const char *const[]) { "acmeCo/a", NULL });
  g_assert_nonnull (ui_find_label (chips, GTK_TYPE_LABEL, "acmeCo/a"));
  g_assert_null (ui_find_label (chips, GTK_TYPE_LABEL, "payments"));
  assert_named (fixture.page);
  close_window (&fixture);
}

static void
test_creating_a_task (void)
{
  Fixture fixture;
  GtkWidget *kafka, *start, *chips;
  g_autoptr (BaristaBinding) binding = NULL;

  open_step (&fixture, "acmeCo/prod/tinybird", TRUE, BARISTA_STEP_TASK);
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_nonnull (ui_find_label (fixture.page, GTK_TYPE_LABEL, "Add at least one collection"));

  /* A name that Estuary would refuse keeps one here, whatever else is answered. */
  ui_click (fixture.page, "_Generate");
  barista_setup_set_collections (fixture.setup,
                                 (const char *const[]) { "acmeCo/orders", "users", NULL });
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_TASK);
  chips = ui_find (fixture.page, BARISTA_TYPE_CHIPS_ENTRY);
  g_assert_nonnull (ui_find_label (chips, GTK_TYPE_LABEL,
                                   "“users” is not a full name: it has no slash; the full name "
                                   "looks like acmeCo/prod/tinybird"));
  barista_setup_set_collections (fixture.setup, (const char *const[]) { "acmeCo/orders", NULL });

  /* cdc leaves every plan open: it is preselected, and not yet a statement. */
  g_assert_false (barista_setup_get_deletions_stated (fixture.setup));
  kafka = gtk_widget_get_ancestor (find (&fixture, GTK_TYPE_LABEL, "Empty (kafka)"),
                                   GTK_TYPE_CHECK_BUTTON);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (kafka)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (kafka), TRUE);
  g_assert_cmpint (barista_setup_get_deletions (fixture.setup), ==, BARISTA_DELETIONS_KAFKA);

  /* The date is that of every collection, of those to come too. */
  start = find (&fixture, ADW_TYPE_ENTRY_ROW, "Start date (YYYY-MM-DD; empty: everything)");
  type_into (start, "2026-02-30");
  g_assert_true (gtk_widget_has_css_class (start, "error"));
  type_into (start, "2026-02-01");
  g_assert_false (gtk_widget_has_css_class (start, "error"));
  barista_setup_set_collections (fixture.setup,
                                 (const char *const[]) { "acmeCo/orders", "acmeCo/users", NULL });
  binding = g_list_model_get_item (barista_setup_get_bindings (fixture.setup), 1);
  g_assert_cmpstr (barista_binding_get_collection (binding), ==, "acmeCo/users");
  g_assert_cmpstr (barista_binding_get_not_before (binding), ==, "2026-02-01T00:00:00Z");

  g_assert_cmpuint (barista_secret_get_length (barista_session_get_token (fixture.session)), ==,
                    43);
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_PUBLISH);
  close_window (&fixture);
}

static void
test_tokens_are_of_the_system (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    {
      char *token = barista_token_make ();

      /* 32 bytes in base64 without padding: RFC 4648, 5 */
      g_assert_cmpuint (strlen (token), ==, 43);
      g_assert_cmpuint (strspn (token,
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                        ==, 43);
      g_assert_true (g_hash_table_add (seen, token));
    }
}

/* --- Publish --- */

static char *
read_clipboard (GtkWidget *widget)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (widget));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));

  return g_value_dup_string (&value);
}

static void
press_copy (Fixture *fixture, const char *title)
{
  GtkWidget *row = find (fixture, ADW_TYPE_ACTION_ROW, title);
  GtkWidget *button = ui_find (row, GTK_TYPE_BUTTON);
  const char *action = gtk_actionable_get_action_name (GTK_ACTIONABLE (button));

  if (action != NULL)
    g_assert_true (gtk_widget_activate_action_variant (
        button, action, gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button))));
  else
    g_signal_emit_by_name (button, "clicked");
}

static void
test_publish_gives_the_values (void)
{
  Fixture fixture;
  g_autofree char *name = NULL, *token = NULL;

  open_step (&fixture, "acmeCo/prod/tinybird", TRUE, BARISTA_STEP_TASK);
  barista_setup_set_collections (fixture.setup, (const char *const[]) { "acmeCo/orders", NULL });
  barista_session_set_token (fixture.session, "s3cret-token");
  barista_session_set_step (fixture.session, BARISTA_STEP_PUBLISH);
  barista_window_go (fixture.window, BARISTA_STEP_PUBLISH);
  fixture.page = barista_window_get_page (fixture.window, BARISTA_STEP_PUBLISH);

  press_copy (&fixture, "Name");
  name = read_clipboard (fixture.page);
  g_assert_cmpstr (name, ==, "acmeCo/prod/tinybird");
  press_copy (&fixture, "Auth Token");
  token = read_clipboard (fixture.page);
  g_assert_cmpstr (token, ==, "s3cret-token");
  g_assert_nonnull (ui_find_label (fixture.page, ADW_TYPE_ACTION_ROW, "Not in Estuary yet"));
  g_assert_nonnull (find (&fixture, ADW_TYPE_EXPANDER_ROW, "estuary/tinybird.flow.yaml"));

  /* The secret itself stands nowhere. */
  g_assert_null (ui_find_label (fixture.page, GTK_TYPE_LABEL, "s3cret-token"));
  barista_setup_set_published (fixture.setup, TRUE);
  g_assert_nonnull (ui_find_label (fixture.page, ADW_TYPE_ACTION_ROW, "Published"));
  assert_named (fixture.page);
  close_window (&fixture);
}

/* A created task that isn't in Estuary yet: patience, and on it goes by itself. */
static void
test_publish_is_patient (void)
{
  static const char *const scenarios[] = { "task-unpublished", NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *profile = NULL;
  const BaristaPracticeInfo *info;
  GtkWidget *row, *refused;
  Fixture fixture;

  options.scenarios = scenarios;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  info = barista_practice_get_info (practice);
  g_assert_true (g_file_get_contents (info->profile, &profile, NULL, &error));
  setup = barista_profile_parse (profile, -1, g_get_tmp_dir (), &error);
  g_assert_no_error (error);
  barista_setup_set_ca_file (setup, info->ca_file);
  barista_setup_set_managed (setup, TRUE);
  barista_setup_set_published (setup, FALSE);

  open_session (&fixture, barista_session_new (setup), BARISTA_STEP_PUBLISH);
  barista_session_set_token (fixture.session, info->token);
  barista_session_check_now (fixture.session);
  ui_wait_idle (fixture.session);
  row = find (&fixture, ADW_TYPE_ACTION_ROW, "Not in Estuary yet");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "The address works; this goes on by itself once the task is published.");

  /* Nowhere a failure. */
  for (int step = BARISTA_STEP_TASK; step < BARISTA_N_STEPS; step++)
    g_assert_cmpint (barista_session_get_step_info (fixture.session, step)->state, !=,
                     BARISTA_STEP_FAILED);
  refused = ui_find (barista_window_get_page (fixture.window, BARISTA_STEP_SIGN_IN),
                     BARISTA_TYPE_RESULT_ROW);
  g_assert_false (gtk_widget_get_visible (refused));

  barista_practice_publish_task (practice);
  ui_click (fixture.page, "_Look Now");
  barista_session_check_now (fixture.session);
  ui_wait_idle (fixture.session);
  g_assert_true (barista_setup_get_published (fixture.setup));
  g_assert_nonnull (ui_find_label (fixture.page, ADW_TYPE_ACTION_ROW, "Published"));
  close_window (&fixture);
  barista_practice_stop (practice);
}

/* --- Server --- */

static void
test_server_shows_the_certificate (void)
{
  Fixture fixture;
  GtkWidget *row;

  open_practice (&fixture, NULL, BARISTA_STEP_SERVER);
  row = find (&fixture, ADW_TYPE_ACTION_ROW, "Certificate for localhost, 127.0.0.1, ::1");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "Issued by Practice authority, valid until "));
  g_assert_false (gtk_widget_get_visible (ui_find (fixture.page, BARISTA_TYPE_RESULT_ROW)));
  assert_named (fixture.page);
  close_window (&fixture);
}

static void
test_server_says_what_is_wrong_there (void)
{
  Fixture fixture;
  GtkWidget *entry, *result;

  open_practice (&fixture, "unknown-ca", BARISTA_STEP_SERVER);
  result = ui_find (fixture.page, BARISTA_TYPE_RESULT_ROW);
  g_assert_true (gtk_widget_get_visible (result));
  g_assert_nonnull (ui_find_label (result, GTK_TYPE_LABEL, "Certificate not trusted"));
  g_assert_nonnull (ui_find_label (result, GTK_TYPE_BUTTON, "Show Certificate"));

  /* A list in one entry, and a list in the setup. */
  entry = find (&fixture, ADW_TYPE_ENTRY_ROW, "Bootstrap servers");
  type_into (entry, "a.example.com:9092 , b.example.com");
  g_assert_cmpstr (barista_setup_get_bootstrap_servers (fixture.setup)[0], ==,
                   "a.example.com:9092");
  g_assert_cmpstr (barista_setup_get_bootstrap_servers (fixture.setup)[1], ==, "b.example.com");
  g_assert_null (barista_setup_get_bootstrap_servers (fixture.setup)[2]);
  close_window (&fixture);
}

static gboolean
is_refused (gpointer row)
{
  return gtk_widget_has_css_class (row, "error");
}

static void
test_server_names_a_bad_ca_file (void)
{
  Fixture fixture;
  GtkWidget *row;
  g_autofree char *folder = g_dir_make_tmp ("barista-ui-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notes.pem", NULL);

  g_assert_true (g_file_set_contents (path, "no certificate\n", -1, NULL));
  open_step (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SERVER);
  row = find (&fixture, ADW_TYPE_ACTION_ROW, "CA file");
  barista_setup_set_ca_file (fixture.setup, path);
  ui_wait_until (is_refused, row);
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "notes.pem holds no certificate."));
  barista_setup_set_ca_file (fixture.setup, NULL);
  g_assert_false (gtk_widget_has_css_class (row, "error"));

  close_window (&fixture);
  g_remove (path);
  g_rmdir (folder);
}

/* --- Sign-in --- */

static void
test_sign_in_takes_the_token_away (void)
{
  Fixture fixture;
  GtkWidget *entry, *row;

  open_step (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  while (barista_session_get_token_state (fixture.session) == BARISTA_TOKEN_LOOKING)
    g_main_context_iteration (NULL, TRUE);
  entry = find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token");

  /* Too early. */
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_nonnull (ui_find_label (fixture.page, GTK_TYPE_LABEL, "Enter the auth token"));
  g_assert_true (is_in_focus (&fixture, entry));

  type_into (entry, "  'pSe-2dXq_19'\n");
  g_signal_emit_by_name (entry, "apply");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_cmpuint (barista_secret_get_length (barista_session_get_token (fixture.session)), ==,
                    11);
  row = find (&fixture, ADW_TYPE_ACTION_ROW, "Auth token");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "11 characters; blanks and quotes around it were taken off."));

  /* Replacing doesn't lose the one at hand before there is another. */
  ui_click (fixture.page, "_Replace");
  g_assert_true (gtk_widget_get_visible (entry));
  g_assert_nonnull (barista_session_get_token (fixture.session));
  assert_named (fixture.page);
  close_window (&fixture);
}

static void
test_sign_in_asks_a_colleague (void)
{
  Fixture fixture;
  g_autofree char *text = NULL;

  open_step (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  barista_session_set_token (fixture.session, "s3cret-token");
  ui_click (fixture.page, "Copy _Request");
  text = read_clipboard (fixture.page);
  g_assert_nonnull (strstr (text, "acmeCo/prod/tinybird"));
  g_assert_null (strstr (text, "s3cret"));
  close_window (&fixture);
}

static void
test_sign_in_refused_and_corrected (void)
{
  Fixture fixture;
  GtkWidget *result, *entry;
  BaristaPractice *practice;

  open_practice (&fixture, NULL, BARISTA_STEP_SIGN_IN);
  practice = barista_session_get_practice_server (fixture.session);
  result = ui_find (fixture.page, BARISTA_TYPE_RESULT_ROW);
  ui_click (fixture.page, "_Replace");
  entry = find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token");
  type_into (entry, "wrong");
  g_signal_emit_by_name (entry, "apply");
  ui_wait_idle (fixture.session);
  g_assert_true (gtk_widget_get_visible (result));
  g_assert_nonnull (ui_find_label (result, GTK_TYPE_LABEL, "Sign-in refused"));

  ui_click (fixture.page, "_Replace");
  type_into (entry, barista_practice_get_info (practice)->token);
  g_signal_emit_by_name (entry, "apply");
  ui_wait_idle (fixture.session);
  g_assert_false (gtk_widget_get_visible (result));
  g_assert_cmpint (barista_session_get_step_info (fixture.session, BARISTA_STEP_SIGN_IN)->state, ==,
                   BARISTA_STEP_FINE);
  close_window (&fixture);
}

static void
test_sign_in_by_keyboard (void)
{
  Fixture fixture;
  GtkWidget *username;

  open_step (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  while (barista_session_get_token_state (fixture.session) == BARISTA_TOKEN_LOOKING)
    g_main_context_iteration (NULL, TRUE);
  username = find (&fixture, ADW_TYPE_ENTRY_ROW, "User name");
  gtk_widget_grab_focus (username);
  tab (&fixture);
  for (guint i = 0; i < 4 && is_in_focus (&fixture, username); i++)
    tab (&fixture);
  g_assert_true (
      is_in_focus (&fixture, find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token")));
  close_window (&fixture);
}

/* --- Registry --- */

static void
test_registry_counts_and_goes_off (void)
{
  Fixture fixture;
  GtkWidget *row, *found, *off;

  open_practice (&fixture, NULL, BARISTA_STEP_REGISTRY);
  /* Seven topics, a schema for key and value each. */
  found = find (&fixture, ADW_TYPE_ACTION_ROW, "14 subjects found");
  off = gtk_widget_get_ancestor (find (&fixture, ADW_TYPE_ACTION_ROW,
                                       "Only the whole document can be stored"),
                                 ADW_TYPE_PREFERENCES_GROUP);
  g_assert_true (gtk_widget_get_visible (found));
  g_assert_false (gtk_widget_get_mapped (off));

  row = find (&fixture, ADW_TYPE_SWITCH_ROW, "Use the registry");
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  g_assert_false (barista_setup_get_registry_enabled (fixture.setup));
  g_assert_true (gtk_widget_get_visible (off));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  g_assert_false (gtk_widget_get_visible (off));

  /* A sign-in of its own asks for its own. */
  row = find (&fixture, ADW_TYPE_SWITCH_ROW, "Same sign-in as Kafka");
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  type_into (find (&fixture, ADW_TYPE_ENTRY_ROW, "User name"), "registry-reader");
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_REGISTRY);
  g_assert_nonnull (find (&fixture, GTK_TYPE_LABEL, "Enter the registry's password"));
  g_assert_cmpstr (barista_setup_get_registry_username (fixture.setup), ==, "registry-reader");
  type_into (find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password"), "its-own");
  g_signal_emit_by_name (find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password"), "apply");
  g_assert_true (barista_session_has_registry_token (fixture.session));
  assert_named (fixture.page);
  close_window (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/pages/task/splits-the-name", test_task_splits_the_name);
  g_test_add_func ("/pages/task/in-a-narrow-window", test_task_in_a_narrow_window);
  g_test_add_func ("/pages/task/says-what-is-wrong", test_task_says_what_is_wrong);
  g_test_add_func ("/pages/task/collections-by-the-dozen", test_collections_by_the_dozen);
  g_test_add_func ("/pages/task/creating", test_creating_a_task);
  g_test_add_func ("/pages/task/tokens", test_tokens_are_of_the_system);
  g_test_add_func ("/pages/publish/values", test_publish_gives_the_values);
  g_test_add_func ("/pages/publish/patient", test_publish_is_patient);
  g_test_add_func ("/pages/server/certificate", test_server_shows_the_certificate);
  g_test_add_func ("/pages/server/wrong-there", test_server_says_what_is_wrong_there);
  g_test_add_func ("/pages/server/bad-ca-file", test_server_names_a_bad_ca_file);
  g_test_add_func ("/pages/sign-in/takes-the-token-away", test_sign_in_takes_the_token_away);
  g_test_add_func ("/pages/sign-in/asks-a-colleague", test_sign_in_asks_a_colleague);
  g_test_add_func ("/pages/sign-in/refused-and-corrected", test_sign_in_refused_and_corrected);
  g_test_add_func ("/pages/sign-in/by-keyboard", test_sign_in_by_keyboard);
  g_test_add_func ("/pages/registry/counts-and-goes-off", test_registry_counts_and_goes_off);

  return g_test_run ();
}
