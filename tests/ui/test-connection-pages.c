/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-certificate.h"
#include "barista-result-row.h"

#include "ui-step.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- Server --- */

static void
test_server_shows_the_certificate (void)
{
  UiStep fixture;
  GtkWidget *row;

  ui_step_open_practice (&fixture, NULL, BARISTA_STEP_SERVER);
  row = ui_step_find (&fixture, ADW_TYPE_ACTION_ROW, "Certificate for localhost, 127.0.0.1, ::1");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "Issued by Practice authority, valid until "));
  g_assert_false (gtk_widget_get_visible (ui_find (fixture.page, BARISTA_TYPE_RESULT_ROW)));
  ui_assert_named (fixture.page);
  ui_step_close (&fixture);
}

static void
test_server_says_what_is_wrong_there (void)
{
  UiStep fixture;
  GtkWidget *entry, *result;

  ui_step_open_practice (&fixture, "unknown-ca", BARISTA_STEP_SERVER);
  result = ui_find (fixture.page, BARISTA_TYPE_RESULT_ROW);
  g_assert_true (gtk_widget_get_visible (result));
  g_assert_nonnull (ui_find_label (result, GTK_TYPE_LABEL, "Certificate not trusted"));
  g_assert_nonnull (ui_find_label (result, GTK_TYPE_BUTTON, "Show Certificate"));

  /* A list in one entry, and a list in the setup. */
  entry = ui_step_find (&fixture, ADW_TYPE_ENTRY_ROW, "Bootstrap servers");
  ui_type (entry, "a.example.com:9092 , b.example.com");
  g_assert_cmpstr (barista_setup_get_bootstrap_servers (fixture.setup)[0], ==,
                   "a.example.com:9092");
  g_assert_cmpstr (barista_setup_get_bootstrap_servers (fixture.setup)[1], ==, "b.example.com");
  g_assert_null (barista_setup_get_bootstrap_servers (fixture.setup)[2]);
  ui_step_close (&fixture);
}

static gboolean
is_refused (gpointer row)
{
  return gtk_widget_has_css_class (row, "error");
}

static void
test_server_names_a_bad_ca_file (void)
{
  UiStep fixture;
  GtkWidget *row;
  g_autofree char *folder = g_dir_make_tmp ("barista-ui-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notes.pem", NULL);

  g_assert_true (g_file_set_contents (path, "no certificate\n", -1, NULL));
  ui_step_open (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SERVER);
  row = ui_step_find (&fixture, ADW_TYPE_ACTION_ROW, "CA file");
  barista_setup_set_ca_file (fixture.setup, path);
  ui_wait_until (is_refused, row);
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "notes.pem holds no certificate."));
  barista_setup_set_ca_file (fixture.setup, NULL);
  g_assert_false (gtk_widget_has_css_class (row, "error"));

  ui_step_close (&fixture);
  g_remove (path);
  g_rmdir (folder);
}

/* A setup is kept as JSON, which holds no such name. */
static void
test_ca_file_needs_a_name_that_is_text (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (GFile) odd = g_file_new_for_path ("/tmp/caf\xe9.pem");
  g_autoptr (GFile) far = g_file_new_for_uri ("sftp://files.example/ca.pem");
  g_autoptr (GFile) fine = g_file_new_for_path ("/tmp/caf\u00e9.pem");
  g_autofree char *first = barista_certificate_take_file (setup, odd);
  g_autofree char *second = barista_certificate_take_file (setup, far);

  g_assert_true (g_str_has_prefix (first, "The name of \u201c/tmp/caf"));
  g_assert_true (g_utf8_validate (first, -1, NULL));
  g_assert_cmpstr (second, ==, "Choose a file of this computer");
  g_assert_null (barista_setup_get_ca_file (setup));

  g_assert_null (barista_certificate_take_file (setup, fine));
  g_assert_cmpstr (barista_setup_get_ca_file (setup), ==, "/tmp/caf\u00e9.pem");
}

/* --- Sign-in --- */

static void
test_sign_in_takes_the_token_away (void)
{
  UiStep fixture;
  GtkWidget *entry, *row;

  ui_step_open (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  while (barista_session_get_token_state (fixture.session) == BARISTA_TOKEN_LOOKING)
    g_main_context_iteration (NULL, TRUE);
  entry = ui_step_find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token");

  /* Too early. */
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_nonnull (ui_find_label (fixture.page, GTK_TYPE_LABEL, "Enter the auth token"));
  g_assert_true (ui_step_has_focus (&fixture, entry));

  ui_type (entry, "  'pSe-2dXq_19'\n");
  g_signal_emit_by_name (entry, "apply");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_cmpuint (barista_secret_get_length (barista_session_get_token (fixture.session)), ==,
                    11);
  row = ui_step_find (&fixture, ADW_TYPE_ACTION_ROW, "Auth token");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "11 characters; blanks and quotes around it were taken off."));

  /* Replacing doesn't lose the one at hand before there is another. */
  ui_click (fixture.page, "_Replace");
  g_assert_true (gtk_widget_get_visible (entry));
  g_assert_nonnull (barista_session_get_token (fixture.session));
  ui_assert_named (fixture.page);
  ui_step_close (&fixture);
}

static void
test_sign_in_asks_a_colleague (void)
{
  UiStep fixture;
  g_autofree char *text = NULL;

  ui_step_open (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  barista_session_set_token (fixture.session, "s3cret-token");
  ui_click (fixture.page, "Copy _Request");
  text = ui_read_clipboard (fixture.page);
  g_assert_nonnull (strstr (text, "acmeCo/prod/tinybird"));
  g_assert_null (strstr (text, "s3cret"));
  ui_step_close (&fixture);
}

/* From the answer above it Tab leads through what is said of it, to its end. */
static void
assert_passes (UiStep *step, GtkWidget *result)
{
  static const char *const buttons[] = { "Open Estuary", "Paste Token", "Copy Request",
                                         "Try Again" };

  gtk_widget_grab_focus (ui_step_find (step, GTK_TYPE_BUTTON, "_Replace"));
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = ui_find_label (result, GTK_TYPE_BUTTON, buttons[i]);

      for (guint tabs = 0; tabs < 4 && !ui_step_has_focus (step, button); tabs++)
        ui_step_tab (step);
      g_assert_true (ui_step_has_focus (step, button));
    }
  ui_step_tab (step);
  g_assert_true (ui_step_has_focus (step, ui_find (result, ADW_TYPE_EXPANDER_ROW)));
}

static void
test_sign_in_refused_and_corrected (void)
{
  UiStep fixture;
  GtkWidget *result, *entry;
  BaristaPractice *practice;

  ui_step_open_practice (&fixture, NULL, BARISTA_STEP_SIGN_IN);
  practice = barista_session_get_practice_server (fixture.session);
  result = ui_find (fixture.page, BARISTA_TYPE_RESULT_ROW);
  ui_click (fixture.page, "_Replace");
  entry = ui_step_find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token");
  ui_type (entry, "wrong");
  g_signal_emit_by_name (entry, "apply");
  ui_wait_idle (fixture.session);
  g_assert_true (gtk_widget_get_visible (result));
  g_assert_nonnull (ui_find_label (result, GTK_TYPE_LABEL, "Sign-in refused"));
  assert_passes (&fixture, result);

  ui_click (fixture.page, "_Replace");
  ui_type (entry, barista_practice_get_info (practice)->token);
  g_signal_emit_by_name (entry, "apply");
  ui_wait_idle (fixture.session);
  g_assert_false (gtk_widget_get_visible (result));
  g_assert_cmpint (barista_session_get_step_info (fixture.session, BARISTA_STEP_SIGN_IN)->state, ==,
                   BARISTA_STEP_FINE);
  ui_step_close (&fixture);
}

static void
test_sign_in_by_keyboard (void)
{
  UiStep fixture;
  GtkWidget *username;

  ui_step_open (&fixture, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  while (barista_session_get_token_state (fixture.session) == BARISTA_TOKEN_LOOKING)
    g_main_context_iteration (NULL, TRUE);
  /* The tests have no keyring: there is nothing to choose about it. */
  g_assert_cmpint (barista_session_get_token_state (fixture.session), ==, BARISTA_TOKEN_NO_KEYRING);
  g_assert_null (ui_find_label (fixture.page, ADW_TYPE_SWITCH_ROW, "Keep in the keyring"));
  username = ui_step_find (&fixture, ADW_TYPE_ENTRY_ROW, "User name");
  gtk_widget_grab_focus (username);
  ui_step_tab (&fixture);
  for (guint i = 0; i < 4 && ui_step_has_focus (&fixture, username); i++)
    ui_step_tab (&fixture);
  g_assert_true (ui_step_has_focus (&fixture, ui_step_find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW,
                                                            "Auth token")));
  ui_step_close (&fixture);
}

/* --- Registry --- */

static void
test_registry_counts_and_goes_off (void)
{
  UiStep fixture;
  GtkWidget *row, *found, *off;

  ui_step_open_practice (&fixture, NULL, BARISTA_STEP_REGISTRY);
  /* Seven topics, a schema for key and value each. */
  found = ui_step_find (&fixture, ADW_TYPE_ACTION_ROW, "14 subjects found");
  off = gtk_widget_get_ancestor (ui_step_find (&fixture, ADW_TYPE_ACTION_ROW,
                                               "Only the whole document can be stored"),
                                 ADW_TYPE_PREFERENCES_GROUP);
  g_assert_true (gtk_widget_get_visible (found));
  g_assert_false (gtk_widget_get_mapped (off));

  row = ui_step_find (&fixture, ADW_TYPE_SWITCH_ROW, "Use the registry");
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  g_assert_false (barista_setup_get_registry_enabled (fixture.setup));
  g_assert_true (gtk_widget_get_visible (off));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  g_assert_false (gtk_widget_get_visible (off));

  /* A sign-in of its own asks for its own. */
  row = ui_step_find (&fixture, ADW_TYPE_SWITCH_ROW, "Same sign-in as Kafka");
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  ui_type (ui_step_find (&fixture, ADW_TYPE_ENTRY_ROW, "User name"), "registry-reader");
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_REGISTRY);
  g_assert_nonnull (ui_step_find (&fixture, GTK_TYPE_LABEL, "Enter the registry's password"));
  g_assert_cmpstr (barista_setup_get_registry_username (fixture.setup), ==, "registry-reader");
  ui_type (ui_step_find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password"), "its-own");
  g_signal_emit_by_name (ui_step_find (&fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password"), "apply");
  g_assert_true (barista_session_has_registry_token (fixture.session));
  ui_assert_named (fixture.page);
  ui_step_close (&fixture);
}

static void
press_return_in (UiStep *step, const char *title)
{
  GtkWidget *text = ui_find (ui_step_find (step, ADW_TYPE_ENTRY_ROW, title), GTK_TYPE_TEXT);

  g_assert_true (gtk_widget_grab_focus (text));
  g_signal_emit_by_name (text, "activate");
}

/* Return in a field is Next when the step is fine. */
static void
test_return_goes_on (void)
{
  static const struct
  {
    BaristaStep step;
    const char *title;
  } fields[] = {
    { BARISTA_STEP_SERVER, "Bootstrap servers" },
    { BARISTA_STEP_SIGN_IN, "User name" },
    { BARISTA_STEP_REGISTRY, "Address" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      UiStep fixture;

      ui_step_open_practice (&fixture, NULL, fields[i].step);
      press_return_in (&fixture, fields[i].title);
      g_assert_cmpint (barista_session_get_step (fixture.session), >, fields[i].step);
      ui_wait_idle (fixture.session);
      ui_step_close (&fixture);
    }
}

/* What was just typed is looked at at once; Return doesn't lead past what is wrong. */
static void
test_return_stays (void)
{
  UiStep fixture;

  ui_step_open_practice (&fixture, NULL, BARISTA_STEP_SERVER);
  ui_type (ui_step_find (&fixture, ADW_TYPE_ENTRY_ROW, "Bootstrap servers"), "127.0.0.1:1");
  press_return_in (&fixture, "Bootstrap servers");
  g_assert_true (barista_session_get_checking (fixture.session));
  ui_wait_idle (fixture.session);
  press_return_in (&fixture, "Bootstrap servers");
  ui_wait_idle (fixture.session);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_SERVER);
  g_assert_cmpint (barista_session_get_step_info (fixture.session, BARISTA_STEP_SERVER)->state, ==,
                   BARISTA_STEP_FAILED);

  /* An empty field is asked for. */
  ui_type (ui_step_find (&fixture, ADW_TYPE_ENTRY_ROW, "Bootstrap servers"), "");
  press_return_in (&fixture, "Bootstrap servers");
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_SERVER);
  g_assert_nonnull (barista_session_get_step_info (fixture.session, BARISTA_STEP_SERVER)->missing);
  ui_step_close (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/pages/server/certificate", test_server_shows_the_certificate);
  g_test_add_func ("/pages/server/wrong-there", test_server_says_what_is_wrong_there);
  g_test_add_func ("/pages/server/bad-ca-file", test_server_names_a_bad_ca_file);
  g_test_add_func ("/pages/server/ca-file-is-text", test_ca_file_needs_a_name_that_is_text);
  g_test_add_func ("/pages/sign-in/takes-the-token-away", test_sign_in_takes_the_token_away);
  g_test_add_func ("/pages/sign-in/asks-a-colleague", test_sign_in_asks_a_colleague);
  g_test_add_func ("/pages/sign-in/refused-and-corrected", test_sign_in_refused_and_corrected);
  g_test_add_func ("/pages/sign-in/by-keyboard", test_sign_in_by_keyboard);
  g_test_add_func ("/pages/return-goes-on", test_return_goes_on);
  g_test_add_func ("/pages/return-stays", test_return_stays);
  g_test_add_func ("/pages/registry/counts-and-goes-off", test_registry_counts_and_goes_off);

  return g_test_run ();
}
