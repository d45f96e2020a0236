/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-chips-entry.h"
#include "barista-name-parts.h"
#include "barista-token-maker.h"

#include "ui-step.h"

#include <string.h>

static void
test_task_splits_the_name (void)
{
  UiStep fixture;
  GtkWidget *entry;
  BaristaNameParts *parts;

  ui_step_open (&fixture, "", FALSE, BARISTA_STEP_TASK);
  entry = ui_find (fixture.page, GTK_TYPE_ENTRY);
  parts = BARISTA_NAME_PARTS (ui_find (fixture.page, BARISTA_TYPE_NAME_PARTS));
  g_assert_true (ui_step_has_focus (&fixture, entry));

  ui_type (entry, "acmeCo");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 0), ==, "acmeCo");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 2), ==, "");
  ui_type (entry, "acmeCo/prod/eu/tinybird");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 0), ==, "acmeCo");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 1), ==, "prod/eu");
  g_assert_cmpstr (barista_name_parts_get_part (parts, 2), ==, "tinybird");

  /* What came along when it was pasted is taken off on its way. */
  ui_type (entry, " \"acmeCo/prod/tinybird\"\n");
  g_assert_cmpstr (barista_setup_get_task_name (fixture.setup), ==, "acmeCo/prod/tinybird");
  /* Connecting asks nothing else. */
  g_assert_false (gtk_widget_get_mapped (ui_find (fixture.page, BARISTA_TYPE_CHIPS_ENTRY)));
  ui_assert_named (fixture.page);
  ui_step_close (&fixture);
}

/* A long name leaves the window as narrow as it was. */
static void
test_task_in_a_narrow_window (void)
{
  UiStep fixture;
  int title, page;

  ui_step_open (&fixture, "acmeCo/a-prefix-of-some-length/a-materialization", TRUE,
                BARISTA_STEP_TASK);
  gtk_widget_measure (ui_find (GTK_WIDGET (fixture.window), GTK_TYPE_EDITABLE_LABEL),
                      GTK_ORIENTATION_HORIZONTAL, -1, &title, NULL, NULL, NULL);
  gtk_widget_measure (fixture.page, GTK_ORIENTATION_HORIZONTAL, -1, &page, NULL, NULL, NULL);
  g_assert_cmpint (title, <=, 120);
  g_assert_cmpint (page, <=, 360);
  ui_step_close (&fixture);
}

static void
test_task_says_what_is_wrong (void)
{
  UiStep fixture;
  GtkWidget *entry;

  ui_step_open (&fixture, "", FALSE, BARISTA_STEP_TASK);
  entry = ui_find (fixture.page, GTK_TYPE_ENTRY);

  /* Not complete yet: no word; a character that can't be: at once. */
  ui_type (entry, "acmeCo/");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  ui_type (entry, "acmeCo/my task");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  ui_type (entry, "acmeCo");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  /* Next too early: it says so, there, and the cursor is there. */
  gtk_window_set_focus (GTK_WINDOW (fixture.window), NULL);
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), ==, BARISTA_STEP_TASK);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_true (ui_step_has_focus (&fixture, entry));
  g_assert_nonnull (ui_find_label (fixture.page, GTK_TYPE_LABEL,
                                   "It looks like acmeCo/prod/tinybird, with slashes"));

  /* Mended: on it goes; and back again nothing is lost. */
  ui_type (entry, "acmeCo/prod/tinybird");
  ui_action (GTK_WIDGET (fixture.window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (fixture.session), !=, BARISTA_STEP_TASK);
  barista_window_go (fixture.window, BARISTA_STEP_TASK);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "acmeCo/prod/tinybird");
  ui_step_close (&fixture);
}

static void
test_collections_by_the_dozen (void)
{
  static const char pasted[]
      = "[\"acmeCo/orders\",\n 'acmeCo/customers-value'; payments\tacmeCo/orders] ";
  static const char *const wanted[] = { "acmeCo/orders", "acmeCo/customers", "payments", NULL };
  UiStep fixture;
  GtkWidget *chips, *text;

  ui_step_open (&fixture, "acmeCo/prod/tinybird", TRUE, BARISTA_STEP_TASK);
  chips = ui_find (fixture.page, BARISTA_TYPE_CHIPS_ENTRY);
  text = ui_find (chips, GTK_TYPE_TEXT);
  ui_type (text, pasted);
  g_assert_true (g_strv_equal (barista_setup_get_collections (fixture.setup), wanted));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_assert_nonnull (ui_find_label (chips, GTK_TYPE_LABEL, "payments"));

  /* The setup's change is the widget's. */
  barista_setup_set_collections (fixture.setup, (const char *const[]) { "acmeCo/a", NULL });
  g_assert_nonnull (ui_find_label (chips, GTK_TYPE_LABEL, "acmeCo/a"));
  g_assert_null (ui_find_label (chips, GTK_TYPE_LABEL, "payments"));
  ui_assert_named (fixture.page);
  ui_step_close (&fixture);
}

static void
test_creating_a_task (void)
{
  UiStep fixture;
  GtkWidget *kafka, *start, *chips;
  g_autoptr (BaristaBinding) binding = NULL;

  ui_step_open (&fixture, "acmeCo/prod/tinybird", TRUE, BARISTA_STEP_TASK);
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
  kafka = gtk_widget_get_ancestor (ui_step_find (&fixture, GTK_TYPE_LABEL, "Empty (kafka)"),
                                   GTK_TYPE_CHECK_BUTTON);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (kafka)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (kafka), TRUE);
  g_assert_cmpint (barista_setup_get_deletions (fixture.setup), ==, BARISTA_DELETIONS_KAFKA);

  /* The date is that of every collection, of those to come too. */
  start = ui_step_find (&fixture, ADW_TYPE_ENTRY_ROW, "Start date (YYYY-MM-DD; empty: everything)");
  ui_type (start, "2026-02-30");
  g_assert_true (gtk_widget_has_css_class (start, "error"));
  ui_type (start, "2026-02-01");
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
  ui_step_close (&fixture);
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

  return g_test_run ();
}
