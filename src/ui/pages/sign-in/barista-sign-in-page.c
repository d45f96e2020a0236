/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sign-in-page.h"

#include "barista-bind.h"
#include "barista-checked-group.h"
#include "barista-letters.h"
#include "barista-pieces.h"
#include "barista-token-rows.h"

#include <glib/gi18n.h>

struct _BaristaSignInPage
{
  BaristaStepPage parent_instance;

  GtkWidget *box;
  BaristaCheckedGroup *answers;
  AdwPreferencesGroup *who;
  AdwEntryRow *username;
  GtkWidget *how;
  AdwSwitchRow *keep;
  AdwComboRow *mechanism;
  BaristaTokenRows *token;
};

G_DEFINE_FINAL_TYPE (BaristaSignInPage, barista_sign_in_page, BARISTA_TYPE_STEP_PAGE)

static void
on_copy_request (BaristaSignInPage *self)
{
  g_autofree char *text = barista_letter_for_token (
      barista_step_page_get_setup (BARISTA_STEP_PAGE (self)));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", text);
}

static void
on_username_changed (BaristaSignInPage *self)
{
  barista_checked_group_clear (self->answers, GTK_WIDGET (self->username));
}

/* A Dekaf takes PLAIN alone; another server says which it takes. */
static void
on_is_dekaf (BaristaSignInPage *self)
{
  BaristaSetup *setup = barista_step_page_get_setup (BARISTA_STEP_PAGE (self));
  gboolean dekaf = barista_setup_get_is_dekaf (setup);

  gtk_widget_set_visible (GTK_WIDGET (self->mechanism),
                          !dekaf || barista_setup_get_mechanism (setup) != BARISTA_MECHANISM_PLAIN);
  /* A group without rows would still take its spacing. */
  gtk_widget_set_visible (self->how, gtk_widget_get_visible (GTK_WIDGET (self->keep))
                                         || gtk_widget_get_visible (GTK_WIDGET (self->mechanism)));
  g_object_set (self, "description",
                dekaf ? _ ("The password chosen when the task was made. Estuary doesn't show it "
                           "again; ask its author. A new one cuts off other readers.")
                      : _ ("Name and password that the server's owner gave."),
                NULL);
}

/* The practice task's token comes with it; without a keyring there is nothing to choose. */
static void
on_token_state (BaristaSignInPage *self)
{
  BaristaSession *session = barista_step_page_get_session (BARISTA_STEP_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->keep), !barista_session_get_practice (session)
                                                       && barista_session_get_token_state (session)
                                                              != BARISTA_TOKEN_NO_KEYRING);
  on_is_dekaf (self);
}

static void
barista_sign_in_page_enter (BaristaStepPage *page)
{
  BaristaSignInPage *self = BARISTA_SIGN_IN_PAGE (page);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->username)) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->username));
  else
    barista_token_rows_focus (self->token);
}

static void
barista_sign_in_page_leave (BaristaStepPage *page)
{
  barista_token_rows_commit (BARISTA_SIGN_IN_PAGE (page)->token);
}

static void
barista_sign_in_page_show_missing (BaristaStepPage *page, const char *missing, const char *text)
{
  BaristaSignInPage *self = BARISTA_SIGN_IN_PAGE (page);

  if (g_str_equal (missing, "sign_in.username"))
    {
      barista_checked_group_ask (self->answers, GTK_WIDGET (self->username), text);
      return;
    }

  barista_token_rows_focus (self->token);
  barista_token_rows_set_problem (self->token, text);
}

/* --- its pieces --- */

static void
follow_check (gpointer widget)
{
  BaristaSignInPage *self = widget;
  BaristaStepPage *page = widget;

  barista_checked_group_follow (self->answers, barista_step_page_get_session (page),
                                barista_step_page_get_step (page));
}

static void
make_token (gpointer widget)
{
  BaristaSignInPage *self = widget;

  self->token = barista_token_rows_new (barista_step_page_get_session (widget), FALSE);
}

static void
add_token (gpointer widget)
{
  BaristaSignInPage *self = widget;

  barista_token_rows_add_to (self->token, self->who);
}

static void
follow_answers (gpointer widget)
{
  BaristaSignInPage *self = widget;
  BaristaSession *session = barista_step_page_get_session (widget);
  BaristaSetup *setup = barista_step_page_get_setup (widget);

  barista_bind_text (setup, "username", GTK_EDITABLE (self->username));
  barista_bind_choice (setup, "mechanism", self->mechanism);
  g_object_bind_property (session, "keep-token", self->keep, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (setup, "notify::username", G_CALLBACK (on_username_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::is-dekaf", G_CALLBACK (on_is_dekaf), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::mechanism", G_CALLBACK (on_is_dekaf), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::token-state", G_CALLBACK (on_token_state), self,
                           G_CONNECT_SWAPPED);
  on_token_state (self);
}

static const BaristaPiece pieces[] = {
  { "answers", G_STRUCT_OFFSET (BaristaSignInPage, box), NULL },
  { NULL, 0, follow_check },
  { "who", G_STRUCT_OFFSET (BaristaSignInPage, answers), NULL },
  { NULL, 0, make_token },
  { NULL, 0, add_token },
  { "how", G_STRUCT_OFFSET (BaristaSignInPage, box), NULL },
  { NULL, 0, barista_pieces_know_combo_row },
  { "mechanism", G_STRUCT_OFFSET (BaristaSignInPage, how), NULL },
  { "ask", G_STRUCT_OFFSET (BaristaSignInPage, box), follow_answers },
};

/* --- the object --- */

static void
barista_sign_in_page_dispose (GObject *object)
{
  g_clear_object (&BARISTA_SIGN_IN_PAGE (object)->token);

  G_OBJECT_CLASS (barista_sign_in_page_parent_class)->dispose (object);
}

static void
barista_sign_in_page_class_init (BaristaSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_sign_in_page_dispose;
  page_class->enter = barista_sign_in_page_enter;
  page_class->leave = barista_sign_in_page_leave;
  page_class->show_missing = barista_sign_in_page_show_missing;

  g_type_ensure (BARISTA_TYPE_CHECKED_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaSignInPage, box);
  barista_pieces_class_init (widget_class, "barista-sign-in-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaSignInPage, answers);
  barista_pieces_bind (widget_class, BaristaSignInPage, who);
  barista_pieces_bind (widget_class, BaristaSignInPage, username);
  barista_pieces_bind (widget_class, BaristaSignInPage, how);
  barista_pieces_bind (widget_class, BaristaSignInPage, keep);
  barista_pieces_bind (widget_class, BaristaSignInPage, mechanism);
  gtk_widget_class_bind_template_callback (widget_class, barista_step_page_next_if_fine);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_request);
}

static void
barista_sign_in_page_init (BaristaSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
