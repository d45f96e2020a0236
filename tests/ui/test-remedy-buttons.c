/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-mend.h"
#include "barista-result-row.h"

#include "ui-stages.h"
#include "ui-step.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* What each remedy does beyond the answers: an action of the window, and what it is told. */

#define KAFKA BARISTA_SERVICE_KAFKA

typedef struct
{
  char *action;
  char *told;
} Called;

static void
on_called (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Called *called = data;

  g_set_str (&called->action, g_action_get_name (G_ACTION (action)));
  g_set_str (&called->told, g_variant_get_string (parameter, NULL));
}

/* In place of the window's own, so that nothing is opened and the clipboard stays as it is. */
static GtkWidget *
place_new (Called *called)
{
  static const char *const names[] = { "copy", "open-uri", "go" };
  GtkWidget *place = g_object_ref_sink (gtk_button_new ());
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], G_VARIANT_TYPE_STRING);

      g_signal_connect (action, "activate", G_CALLBACK (on_called), called);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (place, "win", G_ACTION_GROUP (group));

  return place;
}

static BaristaSession *
session_new (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  return barista_session_new (setup);
}

static void
assert_calls (const char *id, BaristaStageReport *stage, const char *action, const char *part)
{
  g_autoptr (BaristaSession) session = session_new ();
  Called called = { NULL };
  GtkWidget *place = place_new (&called);

  g_assert_true (barista_remedy_applies (id, session, stage));
  barista_remedy_apply (id, session, stage, place);
  g_assert_cmpstr (called.action, ==, action);
  if (strstr (called.told, part) == NULL)
    g_error ("%s: no “%s” in “%s”", id, part, called.told);

  g_object_unref (place);
  g_free (called.action);
  g_free (called.told);
}

static void
test_calls (void)
{
  static const struct
  {
    const char *id, *action, *part;
  } rows[] = {
    { "copy-request", "copy", "acmeCo/prod/tinybird" },
    { "copy-details", "copy", "dekaf.estuary-data.com" },
    { "copy-it-text", "copy", "dekaf.estuary-data.com" },
    { "copy-owner-text", "copy", "acmeCo/prod/tinybird" },
    { "show-override", "copy",
      "flatpak override --user --share=network io.github.barista.Barista" },
    { "open-estuary", "open-uri", "https://dashboard.estuary.dev/" },
    { "open-bindings", "open-uri", "https://dashboard.estuary.dev/" },
    { "open-tinybird", "open-uri", "https://cloud.tinybird.co" },
    { "show-publish", "go", "publish" },
  };
  g_autoptr (BaristaStageReport) stage = ui_stage_with (KAFKA, BARISTA_STAGE_SASL,
                                                        "sign-in-refused", 1, BARISTA_FACT_HOST,
                                                        "dekaf.estuary-data.com", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_calls (rows[i].id, stage, rows[i].action, rows[i].part);
}

/* Where the network sent us comes from outside: only a web page is opened. */
static void
test_login_page (void)
{
  static const struct
  {
    const char *location, *opened;
  } rows[] = {
    { "https://login.example.com/start", "https://login.example.com/start" },
    { "http://10.0.0.1/", "http://10.0.0.1/" },
    { "file:///etc/passwd", "http://nmcheck.gnome.org/" },
    { "javascript:alert(1)", "http://nmcheck.gnome.org/" },
    { "/start", "http://nmcheck.gnome.org/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaStageReport) stage = ui_stage_with (KAFKA, BARISTA_STAGE_TLS,
                                                            "captive-portal", 1,
                                                            BARISTA_FACT_LOCATION, rows[i].location,
                                                            0);

      assert_calls ("open-login-page", stage, "open-uri", rows[i].opened);
    }
}

/* Nothing leads to Estuary from a server that has nothing to do with it. */
static void
test_other_servers (void)
{
  static const char *const servers[] = { "kafka.example.com:9092", NULL };
  static const char *const ids[] = { "open-estuary", "open-bindings", "show-publish", "convert" };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = NULL;
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_SASL, "sign-in-refused", 1);

  barista_setup_set_bootstrap_servers (setup, servers);
  session = barista_session_new (setup);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_false (barista_remedy_applies (ids[i], session, stage));
}

static void
test_try_again (void)
{
  static const char *const ids[] = { "try-again", "watch" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      UiStep step;
      BaristaReport *first;

      ui_step_open_practice (&step, NULL, BARISTA_STEP_SIGN_IN);
      first = barista_session_get_report (step.session);
      barista_remedy_apply (
          ids[i], step.session,
          barista_session_find_stage (step.session, KAFKA, BARISTA_STAGE_SASL, NULL), step.page);
      g_assert_true (barista_session_get_checking (step.session));
      ui_wait_idle (step.session);
      g_assert_true (barista_session_get_report (step.session) != first);
      ui_step_close (&step);
    }
}

static void
test_focus_field (void)
{
  UiStep step;
  GtkWidget *row;
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_SASL, "sign-in-refused", 1);

  ui_step_open (&step, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  row = ui_find (step.page, BARISTA_TYPE_RESULT_ROW);
  barista_remedy_apply ("focus-field", step.session, stage, row);
  g_assert_true (ui_step_has_focus (&step, ui_step_find (&step, ADW_TYPE_ENTRY_ROW, "User name")));
  ui_step_close (&step);
}

static gboolean
has_token (gpointer session)
{
  return barista_session_get_token (session) != NULL;
}

static void
test_paste_token (void)
{
  UiStep step;
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_SASL, "sign-in-refused", 1);

  ui_step_open (&step, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (step.page), " \"pSe-2dXq_19\"\n");
  barista_remedy_apply ("paste-token", step.session, stage,
                        ui_find (step.page, BARISTA_TYPE_RESULT_ROW));
  ui_wait_until (has_token, step.session);
  g_assert_cmpuint (barista_secret_get_length (barista_session_get_token (step.session)), ==, 11);
  ui_step_close (&step);
}

/* The window closes before the clipboard has answered. */
static void
test_paste_into_a_closed_window (void)
{
  UiStep step;
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_SASL, "sign-in-refused", 1);
  g_autoptr (GtkWidget) row = NULL;

  ui_step_open (&step, "acmeCo/prod/tinybird", FALSE, BARISTA_STEP_SIGN_IN);
  row = g_object_ref (ui_find (step.page, BARISTA_TYPE_RESULT_ROW));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (step.page), "pSe-2dXq_19");
  barista_remedy_apply ("paste-token", step.session, stage, row);
  g_clear_object (&row);
  gtk_window_destroy (GTK_WINDOW (step.window));
  ui_wait_until (has_token, step.session);
  g_object_unref (step.session);
}

/* GNOME's settings, as a program on the path that writes down what it was started with. */
static void
test_date_and_time (void)
{
  static const char program[] = "#!/bin/sh\nprintf '%s\\n' \"$*\" >\"${0%/*}/told\"\n";
  g_autofree char *folder = g_dir_make_tmp ("barista-ui-XXXXXX", NULL);
  g_autofree char *settings = g_build_filename (folder, "gnome-control-center", NULL);
  g_autofree char *told = g_build_filename (folder, "told", NULL);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autofree char *with = g_strconcat (folder, ":", path, NULL);
  g_autoptr (BaristaSession) session = session_new ();
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_TLS, "tls-not-yet-valid",
                                                   1);
  GtkWidget *row = g_object_ref_sink (g_object_new (BARISTA_TYPE_RESULT_ROW, NULL));
  char line[64];
  FILE *pipe;

  /* Where there are none, there is no button. */
  g_setenv ("PATH", folder, TRUE);
  g_assert_false (barista_remedy_applies ("open-date-time", session, stage));
  g_assert_true (
      g_file_set_contents_full (settings, program, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_assert_cmpint (mkfifo (told, 0600), ==, 0);
  g_setenv ("PATH", with, TRUE);
  g_object_set (row, "session", session, NULL);
  barista_result_row_show (BARISTA_RESULT_ROW (row), stage);
  ui_click (row, "Open Date & Time");
  /* Opened once somebody writes to it. */
  pipe = fopen (told, "r");
  g_assert_nonnull (fgets (line, sizeof line, pipe));
  g_assert_cmpstr (line, ==, "datetime\n");

  fclose (pipe);
  g_setenv ("PATH", path, TRUE);
  g_object_unref (row);
  g_remove (told);
  g_remove (settings);
  g_rmdir (folder);
}

static void
test_show_certificate (void)
{
  UiStep step;

  ui_step_open_practice (&step, NULL, BARISTA_STEP_SERVER);
  barista_remedy_apply ("show-certificate", step.session,
                        barista_session_find_stage (step.session, KAFKA, BARISTA_STAGE_TLS, NULL),
                        step.page);
  g_assert_nonnull (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (step.window)));
  adw_dialog_force_close (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (step.window)));
  ui_step_close (&step);
}

/* --- answers that the other tests of remedies leave alone --- */

static void
test_names (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new ("acmeCo/orders");
  g_autoptr (BaristaStageReport) stage = ui_stage_of_topic (BARISTA_STAGE_GROUP, "acmeCo/orders",
                                                            "group-join-refused",
                                                            BARISTA_FACT_GROUP, "orders");
  g_autoptr (BaristaStageReport) encoded = ui_stage_of_topic (
      BARISTA_STAGE_GROUP, "acmeCo.2Forders", "group-join-refused", BARISTA_FACT_GROUP, "orders");

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_add_topic (setup, choice);

  barista_mend ("toggle-strict", setup, stage);
  g_assert_true (barista_setup_get_strict_topic_names (setup));
  barista_mend ("toggle-strict", setup, stage);
  g_assert_false (barista_setup_get_strict_topic_names (setup));

  barista_mend ("rename", setup, stage);
  g_assert_cmpstr (barista_topic_choice_get_group_id (choice), ==, "orders-2");

  /* What is no letter or digit, as a dot and its code (dekaf.md 1.7); and back again. */
  barista_mend ("change-name-form", setup, stage);
  g_assert_null (barista_setup_find_topic (setup, "acmeCo/orders"));
  g_assert_nonnull (barista_setup_find_topic (setup, "acmeCo.2Forders"));
  barista_mend ("change-name-form", setup, encoded);
  g_assert_nonnull (barista_setup_find_topic (setup, "acmeCo/orders"));
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_topics (setup)), ==, 1);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/remedy-buttons/calls", test_calls);
  g_test_add_func ("/remedy-buttons/login-page", test_login_page);
  g_test_add_func ("/remedy-buttons/other-servers", test_other_servers);
  g_test_add_func ("/remedy-buttons/try-again", test_try_again);
  g_test_add_func ("/remedy-buttons/focus-field", test_focus_field);
  g_test_add_func ("/remedy-buttons/paste-token", test_paste_token);
  g_test_add_func ("/remedy-buttons/paste-into-a-closed-window", test_paste_into_a_closed_window);
  g_test_add_func ("/remedy-buttons/date-and-time", test_date_and_time);
  g_test_add_func ("/remedy-buttons/show-certificate", test_show_certificate);
  g_test_add_func ("/remedy-buttons/names", test_names);

  return g_test_run ();
}
