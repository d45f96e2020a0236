/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-registry-page.h"

#include "barista-address.h"
#include "barista-bind.h"
#include "barista-checked-group.h"
#include "barista-pieces.h"
#include "barista-state-dot.h"
#include "barista-token-rows.h"

#include <glib/gi18n.h>
#include <inttypes.h>

struct _BaristaRegistryPage
{
  BaristaStepPage parent_instance;

  GtkWidget *box;
  BaristaCheckedGroup *answers;
  AdwSwitchRow *enabled, *same;
  AdwEntryRow *url, *username;
  GtkWidget *derive, *sign_in, *without;
  AdwActionRow *found;
  BaristaStateDot *found_dot;
  BaristaTokenRows *token;
};

G_DEFINE_FINAL_TYPE (BaristaRegistryPage, barista_registry_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSetup *
get_setup (BaristaRegistryPage *self)
{
  return barista_step_page_get_setup (BARISTA_STEP_PAGE (self));
}

static char *
derive_url (BaristaSetup *setup)
{
  const char *first = barista_setup_get_bootstrap_servers (setup)[0];
  g_autoptr (BaristaAddress) server = first != NULL ? barista_address_parse (first, NULL) : NULL;

  return server != NULL ? barista_registry_url_derive (server) : NULL;
}

static void
on_derive (BaristaRegistryPage *self)
{
  barista_setup_set_registry_url (get_setup (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->url));
  barista_session_check_now (barista_step_page_get_session (BARISTA_STEP_PAGE (self)));
}

/* Until then it may be half of a name, somebody else's, which is not to be told the token. */
static void
on_url_left (BaristaRegistryPage *self)
{
  barista_session_settle_address (barista_step_page_get_session (BARISTA_STEP_PAGE (self)));
}

static void
on_answers_changed (BaristaRegistryPage *self)
{
  BaristaSetup *setup = get_setup (self);
  gboolean on = barista_setup_get_registry_enabled (setup);
  gboolean own = !barista_setup_get_registry_same_sign_in (setup);
  gboolean practice = barista_session_get_practice (
      barista_step_page_get_session (BARISTA_STEP_PAGE (self)));
  g_autofree char *derived = derive_url (setup);

  barista_checked_group_clear (self->answers, GTK_WIDGET (self->url));
  barista_checked_group_clear (self->answers, GTK_WIDGET (self->username));
  gtk_widget_set_visible (GTK_WIDGET (self->url), on);
  gtk_widget_set_visible (self->sign_in, on);
  gtk_widget_set_visible (self->without, !on);
  gtk_widget_set_visible (GTK_WIDGET (self->username), own);
  barista_token_rows_set_visible (self->token, own);
  gtk_widget_set_visible (self->derive,
                          derived != NULL && !practice
                              && g_strcmp0 (derived, barista_setup_get_registry_url (setup)) != 0);
}

/* "14 subjects found": two for each topic, of its key and of its value. */
static void
on_stages_changed (BaristaRegistryPage *self)
{
  BaristaStageReport *stage = barista_session_find_stage (
      barista_step_page_get_session (BARISTA_STEP_PAGE (self)), BARISTA_SERVICE_REGISTRY,
      BARISTA_STAGE_REGISTRY, NULL);
  gboolean passed = stage != NULL
                    && barista_stage_report_get_result (stage) == BARISTA_RESULT_PASSED;
  g_autofree char *text = NULL;
  gint64 n;

  gtk_widget_set_visible (GTK_WIDGET (self->found), passed);
  if (!passed)
    return;

  n = json_object_get_int_member_with_default (barista_stage_report_get_evidence (stage),
                                               "subjects", 0);
  text = g_strdup_printf (
      ngettext ("%" PRId64 " subject found", "%" PRId64 " subjects found", (gulong) n), n);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->found), text);
  adw_action_row_set_subtitle (self->found, n == 0
                                                ? _ ("The registry answers, but knows no schema.")
                                                : _ ("Each is the schema of a topic's keys or "
                                                     "values."));
  barista_state_dot_set_state (self->found_dot,
                               n == 0 ? BARISTA_STATION_ATTENTION : BARISTA_STATION_FINE);
}

static void
barista_registry_page_enter (BaristaStepPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BARISTA_REGISTRY_PAGE (page)->enabled));
}

static void
barista_registry_page_leave (BaristaStepPage *page)
{
  barista_token_rows_commit (BARISTA_REGISTRY_PAGE (page)->token);
}

static void
barista_registry_page_show_missing (BaristaStepPage *page, const char *missing, const char *text)
{
  BaristaRegistryPage *self = BARISTA_REGISTRY_PAGE (page);
  AdwEntryRow *entry;

  if (g_str_equal (missing, "registry-token"))
    {
      barista_token_rows_focus (self->token);
      barista_token_rows_set_problem (self->token, text);
      return;
    }

  entry = g_str_equal (missing, "registry.username") ? self->username : self->url;
  barista_checked_group_ask (self->answers, GTK_WIDGET (entry), text);
}

/* --- its pieces --- */

static void
follow_check (gpointer widget)
{
  BaristaRegistryPage *self = widget;
  BaristaStepPage *page = widget;

  barista_checked_group_follow (self->answers, barista_step_page_get_session (page),
                                barista_step_page_get_step (page));
}

static void
make_token (gpointer widget)
{
  BaristaRegistryPage *self = widget;

  self->token = barista_token_rows_new (barista_step_page_get_session (widget), TRUE);
}

static void
add_token (gpointer widget)
{
  BaristaRegistryPage *self = widget;

  barista_token_rows_add_to (self->token, ADW_PREFERENCES_GROUP (self->sign_in));
}

static void
follow_answers (gpointer widget)
{
  static const char *const watched[] = { "notify::registry-enabled", "notify::registry-url",
                                         "notify::registry-same-sign-in",
                                         "notify::registry-username", "notify::bootstrap-servers" };
  BaristaRegistryPage *self = widget;
  BaristaSetup *setup = get_setup (self);

  barista_bind_switch (setup, "registry-enabled", self->enabled);
  barista_bind_switch (setup, "registry-same-sign-in", self->same);
  barista_bind_text (setup, "registry-url", GTK_EDITABLE (self->url));
  barista_bind_text (setup, "registry-username", GTK_EDITABLE (self->username));
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (setup, watched[i], G_CALLBACK (on_answers_changed), self,
                             G_CONNECT_SWAPPED);
  on_answers_changed (self);
}

static void
follow_stages (gpointer widget)
{
  BaristaSession *session = barista_step_page_get_session (widget);

  g_signal_connect_object (barista_session_get_stages (session), "items-changed",
                           G_CALLBACK (on_stages_changed), widget, G_CONNECT_SWAPPED);
  on_stages_changed (widget);
}

static const BaristaPiece pieces[] = {
  { "answers", G_STRUCT_OFFSET (BaristaRegistryPage, box), NULL },
  { NULL, 0, follow_check },
  { "where", G_STRUCT_OFFSET (BaristaRegistryPage, answers), NULL },
  { "sign_in", G_STRUCT_OFFSET (BaristaRegistryPage, box), NULL },
  { NULL, 0, make_token },
  { NULL, 0, add_token },
  { "without", G_STRUCT_OFFSET (BaristaRegistryPage, box), NULL },
  { NULL, 0, follow_answers },
  { NULL, 0, follow_stages },
};

/* --- the object --- */

static void
barista_registry_page_dispose (GObject *object)
{
  g_clear_object (&BARISTA_REGISTRY_PAGE (object)->token);

  G_OBJECT_CLASS (barista_registry_page_parent_class)->dispose (object);
}

static void
barista_registry_page_class_init (BaristaRegistryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_registry_page_dispose;
  page_class->enter = barista_registry_page_enter;
  page_class->leave = barista_registry_page_leave;
  page_class->show_missing = barista_registry_page_show_missing;

  g_type_ensure (BARISTA_TYPE_CHECKED_GROUP);
  g_type_ensure (BARISTA_TYPE_STATE_DOT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-registry-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaRegistryPage, box);
  barista_pieces_class_init (widget_class, "barista-registry-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaRegistryPage, answers);
  barista_pieces_bind (widget_class, BaristaRegistryPage, enabled);
  barista_pieces_bind (widget_class, BaristaRegistryPage, same);
  barista_pieces_bind (widget_class, BaristaRegistryPage, url);
  barista_pieces_bind (widget_class, BaristaRegistryPage, username);
  barista_pieces_bind (widget_class, BaristaRegistryPage, derive);
  barista_pieces_bind (widget_class, BaristaRegistryPage, sign_in);
  barista_pieces_bind (widget_class, BaristaRegistryPage, without);
  barista_pieces_bind (widget_class, BaristaRegistryPage, found);
  barista_pieces_bind (widget_class, BaristaRegistryPage, found_dot);
  gtk_widget_class_bind_template_callback (widget_class, barista_step_page_next_if_fine);
  gtk_widget_class_bind_template_callback (widget_class, on_derive);
  gtk_widget_class_bind_template_callback (widget_class, on_url_left);
}

static void
barista_registry_page_init (BaristaRegistryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
