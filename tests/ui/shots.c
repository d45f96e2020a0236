/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-pieces.h"
#include "barista-profile.h"
#include "barista-project.h"
#include "barista-review-page.h"
#include "barista-sinks-page.h"
#include "barista-window.h"

#include "ui-drive.h"
#include "ui-step.h"

#include <glib/gstdio.h>
#include <string.h>

/* How a desktop may show it: no side is shorter than what a phone has. */
typedef struct
{
  const char *name;
  int width;
  int height;
  int dpi; /* of text alone; 0: as it is */
} Look;

static const Look looks[] = {
  { "wide", 1100, 760, 0 },
  { "narrow", 360, 600, 0 },
  { "dark", 1100, 760, 0 },
  { "rtl", 1100, 760, 0 },
  { "contrast", 1100, 760, 0 },
  { "large-text", 800, 760, 192 },
  { "large-text-narrow", 360, 600, 192 },
};

static const char *folder;
static const Look *look;
static const char *wanted; /* NULL: every state */

static void
shot (BaristaWindow *window, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", folder, name, look->name);

  ui_picture (GTK_WINDOW (window), file);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* --- every step of the practice task, as it comes --- */

static void
shoot_panes (BaristaWindow *window)
{
  GtkDropDown *panes = GTK_DROP_DOWN (
      ui_find (barista_window_get_page (window, BARISTA_STEP_SCHEMA), GTK_TYPE_DROP_DOWN));

  if (!gtk_widget_get_visible (GTK_WIDGET (panes)))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (gtk_drop_down_get_model (panes)); i++)
    {
      g_autofree char *name = g_strdup_printf ("schema-part-%u", i);

      gtk_drop_down_set_selected (panes, i);
      settle ();
      shot (window, name);
    }
}

static void
shoot_step (BaristaWindow *window, BaristaStep step)
{
  BaristaSession *session = barista_window_get_session (window);
  GtkWidget *page;

  barista_window_go (window, step);
  shot (window, barista_step_to_string (step));
  page = barista_window_get_page (window, step);
  if (step == BARISTA_STEP_SINKS)
    {
      gtk_widget_activate_action (page, "sinks.add", "i", 2);
      shot (window, "sink-editor");
    }
  else if (step == BARISTA_STEP_SCHEMA)
    shoot_panes (window);
  else if (step == BARISTA_STEP_TOPICS)
    {
      BaristaTopicInfo info;
      g_autoptr (BaristaTopicChoice) choice = NULL;

      barista_report_get_topic (barista_session_get_report (session), 0, &info);
      choice = barista_topic_choice_new (info.name);
      barista_setup_add_topic (barista_session_get_setup (session), choice);
      ui_wait_idle (session);
    }
}

static void
shoot_practice (void)
{
  BaristaWindow *window = ui_window_new (NULL, NULL);
  BaristaSession *session;

  gtk_window_set_default_size (GTK_WINDOW (window), look->width, look->height);
  gtk_window_present (GTK_WINDOW (window));
  shot (window, "start");
  ui_begin_practice (window);
  session = barista_window_get_session (window);
  ui_wait_idle (session);
  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    if (barista_session_get_step_info (session, i)->reachable)
      shoot_step (window, i);
  if (look->width < 720)
    {
      ui_action (GTK_WIDGET (window), "win.sidebar", NULL);
      shot (window, "steps");
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- states that don't come by themselves: a task of one's own on a practice Dekaf --- */

typedef struct State State;

struct State
{
  const char *name;
  const char *scenario;
  BaristaStep step;
  void (*before) (BaristaSetup *setup); /* the check */
  void (*then) (UiStep *at, const char *name);
};

static void
be_created (BaristaSetup *setup)
{
  barista_setup_set_managed (setup, TRUE);
  barista_setup_set_published (setup, FALSE);
}

static void
choose_orders (BaristaSetup *setup)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new ("acmeCo/orders");

  barista_setup_add_topic (setup, choice);
}

static void
leave_registry_out (BaristaSetup *setup)
{
  barista_setup_set_registry_enabled (setup, FALSE);
  choose_orders (setup);
}

/* Two that have something to be said about: to Kafka and to S3. */
static void
add_sinks (UiStep *at, const char *name)
{
  for (int i = 0; i <= 3; i += 3)
    {
      g_autofree char *editor = g_strdup_printf ("%s-%d", name, i);

      gtk_widget_activate_action (at->page, "sinks.add", "i", i);
      ui_wait_idle (at->session);
      shot (at->window, editor);
      g_signal_emit_by_name (
          gtk_widget_get_ancestor (ui_find_label (at->page, ADW_TYPE_BUTTON_CONTENT, "All Sinks"),
                                   GTK_TYPE_BUTTON),
          "clicked");
      settle ();
    }
  shot (at->window, name);
}

static gboolean
is_made (gpointer project)
{
  return !barista_project_get_busy (project)
         && g_list_model_get_n_items (G_LIST_MODEL (project)) > 0;
}

static gboolean
is_saved (gpointer session)
{
  return barista_session_get_saved (session);
}

static gboolean
has_dialog (gpointer window)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL;
}

/* What there is to say, a file of somebody else's, the question about it, and all of it saved. */
static void
review (UiStep *at, const char *name)
{
  BaristaProject *project = barista_review_page_get_project (BARISTA_REVIEW_PAGE (at->page));
  GtkWidget *notes = ui_find (at->page, ADW_TYPE_EXPANDER_ROW);
  g_autofree char *place = g_dir_make_tmp ("barista-shots-XXXXXX", NULL);
  g_autofree char *datasources = g_build_filename (place, "datasources", NULL);
  g_autofree char *foreign = g_build_filename (datasources, "orders.datasource", NULL);
  AdwDialog *question;

  ui_wait_until (is_made, project);
  g_object_set (notes, "expanded", TRUE, NULL);
  shot (at->window, "review-notes");
  g_object_set (notes, "expanded", FALSE, NULL);

  g_mkdir (datasources, 0755);
  g_file_set_contents (foreign, "SCHEMA >\n    id Int64\n", -1, NULL);
  barista_session_set_folder (at->session, place);
  barista_project_refresh (project);
  ui_wait_until (is_made, project);
  barista_step_page_show_place (BARISTA_STEP_PAGE (at->page), "datasources/orders.datasource");
  shot (at->window, "review-foreign");
  ui_click (at->page, "_Save to Folder");
  ui_wait_until (has_dialog, at->window);
  shot (at->window, "review-question");
  question = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (at->window));
  ui_click (GTK_WIDGET (question), "_Replace");
  ui_wait_until (is_saved, at->session);
  barista_project_refresh (project);
  ui_wait_until (is_made, project);
  shot (at->window, name);
}

static const State states[] = {
  { "sign-in-refused", "refuse-sign-in", BARISTA_STEP_SIGN_IN },
  { "sign-in-no-keyring", NULL, BARISTA_STEP_SIGN_IN },
  { "server-expired", "expired-certificate", BARISTA_STEP_SERVER },
  { "server-wrong-host", "wrong-host", BARISTA_STEP_SERVER },
  { "publish-waiting", "task-unpublished", BARISTA_STEP_PUBLISH, be_created },
  { "topics-waiting", "task-unpublished", BARISTA_STEP_TOPICS, be_created },
  { "topics-refused", "refuse-sign-in", BARISTA_STEP_TOPICS },
  { "registry-refused", "registry-refused", BARISTA_STEP_REGISTRY },
  { "registry-off", NULL, BARISTA_STEP_REGISTRY, leave_registry_out },
  { "registry-off-schema", NULL, BARISTA_STEP_SCHEMA, leave_registry_out },
  { "group-used", "group-used", BARISTA_STEP_GROUP, choose_orders },
  { "schema-damaged", "damaged-record", BARISTA_STEP_SCHEMA, choose_orders },
  { "sinks-findings", NULL, BARISTA_STEP_SINKS, choose_orders, add_sinks },
  { "remains", NULL, BARISTA_STEP_REVIEW, choose_orders, review },
};

static BaristaSession *
own_session_new (BaristaPractice *practice, void (*before) (BaristaSetup *setup))
{
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autofree char *profile = NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  BaristaSession *session;

  g_file_get_contents (info->profile, &profile, NULL, &error);
  g_assert_no_error (error);
  setup = barista_profile_parse (profile, -1, g_get_tmp_dir (), &error);
  g_assert_no_error (error);
  barista_setup_set_name (setup, "Orders to Tinybird");
  barista_setup_set_ca_file (setup, info->ca_file);
  barista_setup_set_managed (setup, FALSE);
  while (g_list_model_get_n_items (barista_setup_get_topics (setup)) > 0)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (
          barista_setup_get_topics (setup), 0);

      barista_setup_remove_topic (setup, barista_topic_choice_get_topic (choice));
    }
  if (before != NULL)
    before (setup);
  session = barista_session_new (setup);
  barista_session_set_token (session, info->token);
  return session;
}

static void
shoot_state (const State *state)
{
  const char *const scenarios[] = { state->scenario, NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (GError) error = NULL;
  UiStep at;

  options.arrivals = 0;
  options.scenarios = state->scenario != NULL ? scenarios : NULL;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  ui_step_open_session (&at, own_session_new (practice, state->before), state->step);
  gtk_window_set_default_size (GTK_WINDOW (at.window), look->width, look->height);
  barista_session_check_now (at.session);
  ui_wait_idle (at.session);
  settle ();
  if (state->then != NULL)
    state->then (&at, state->name);
  else
    shot (at.window, state->name);
  ui_step_close (&at);
  barista_practice_stop (practice);
}

/* --- how it looks --- */

static void
dress (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  ui_load_style ();
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  if (look->dpi != 0)
    g_object_set (settings, "gtk-xft-dpi", look->dpi * 1024, NULL);
  if (g_str_equal (look->name, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (g_str_equal (look->name, "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
}

int
main (int argc, char **argv)
{
  folder = argc > 1 ? argv[1] : ".";
  wanted = argc > 3 ? argv[3] : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (looks) && look == NULL; i++)
    if (argc <= 2 || g_str_equal (looks[i].name, argv[2]))
      look = &looks[i];
  if (look == NULL)
    g_error ("there is no look “%s”", argv[2]);
  if (g_str_equal (look->name, "contrast"))
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);

  gtk_init ();
  adw_init ();
  dress ();
  if (wanted == NULL || g_str_equal (wanted, "practice"))
    shoot_practice ();
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (wanted == NULL || strstr (states[i].name, wanted) != NULL)
      shoot_state (&states[i]);

  return 0;
}
