/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-server-page.h"

#include "barista-address.h"
#include "barista-bind.h"
#include "barista-certificate.h"
#include "barista-checked-group.h"
#include "barista-pieces.h"
#include "barista-trust.h"

#include <glib/gi18n.h>

struct _BaristaServerPage
{
  BaristaStepPage parent_instance;

  GtkWidget *box;
  BaristaCheckedGroup *answers;
  AdwEntryRow *servers;
  GtkWidget *use_default;
  BaristaCertificateCard *certificate;
  AdwPreferencesGroup *encryption;
  AdwComboRow *protocol;
  AdwActionRow *ca_file;
  GtkWidget *remove_ca_file, *choose_ca_file;
  GCancellable *reading; /* of the CA file */
};

G_DEFINE_FINAL_TYPE (BaristaServerPage, barista_server_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSetup *
get_setup (BaristaServerPage *self)
{
  return barista_step_page_get_setup (BARISTA_STEP_PAGE (self));
}

/* --- handlers --- */

static void
on_use_default (BaristaServerPage *self)
{
  static const char *const dekaf[] = { BARISTA_DEKAF_BOOTSTRAP, NULL };

  barista_setup_set_bootstrap_servers (get_setup (self), dekaf);
}

static void
on_choose_ca_file (BaristaServerPage *self)
{
  barista_certificate_choose_file (get_setup (self), GTK_WIDGET (self));
}

static void
on_remove_ca_file (BaristaServerPage *self)
{
  barista_setup_set_ca_file (get_setup (self), NULL);
  gtk_widget_grab_focus (self->choose_ca_file);
}

/* --- what the answers say --- */

static void
on_servers_changed (BaristaServerPage *self)
{
  BaristaSetup *setup = get_setup (self);
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);
  gboolean practice = barista_session_get_practice (
      barista_step_page_get_session (BARISTA_STEP_PAGE (self)));

  barista_checked_group_clear (self->answers, GTK_WIDGET (self->servers));
  gtk_widget_set_visible (self->use_default,
                          barista_setup_has_task (setup) && !practice
                              && g_strcmp0 (servers[0], BARISTA_DEKAF_BOOTSTRAP) != 0);
}

static void
say_ca_file (BaristaServerPage *self, const char *text, gboolean bad)
{
  adw_action_row_set_subtitle (self->ca_file, text);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->ca_file), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->ca_file), "error");
}

static void
on_trust_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaServerPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust = barista_trust_load_finish (result, &error);
  const char *path = barista_setup_get_ca_file (get_setup (self));
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text = NULL;

  if (trust != NULL || name == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Translators: %s is the name of a file */
  text = g_strdup_printf (_ ("%s holds no certificate. Choose a PEM file that starts with BEGIN "
                             "CERTIFICATE."),
                          name);
  say_ca_file (self, text, TRUE);
}

/* The check reads it too, but only once there is something to sign in with. */
static void
on_ca_file_changed (BaristaServerPage *self)
{
  const char *path = barista_setup_get_ca_file (get_setup (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_widget_set_visible (self->remove_ca_file, path != NULL);
  say_ca_file (self, path != NULL ? path : _ ("Only for servers with certificates of their own."),
               FALSE);
  if (path == NULL)
    return;

  self->reading = g_cancellable_new ();
  barista_trust_load_async (path, self->reading, on_trust_read, g_object_ref (self));
}

static void
on_stages_changed (BaristaServerPage *self)
{
  BaristaStageReport *tls = barista_session_find_stage (
      barista_step_page_get_session (BARISTA_STEP_PAGE (self)), BARISTA_SERVICE_KAFKA,
      BARISTA_STAGE_TLS, NULL);

  /* While the next check is under way the last certificate stays in sight. */
  if (tls == NULL || barista_stage_report_get_result (tls) != BARISTA_RESULT_RUNNING)
    barista_certificate_card_show (self->certificate, tls);
}

static void
on_uses_tls (BaristaServerPage *self)
{
  static const char *const meanings[] = {
    [BARISTA_SECURITY_SASL_SSL] = N_ ("Encrypted, with a sign-in. Estuary and Tinybird need this."),
    [BARISTA_SECURITY_SASL_PLAINTEXT] = N_ ("Not encrypted, with a sign-in"),
    [BARISTA_SECURITY_SSL] = N_ ("Encrypted, without a sign-in"),
    [BARISTA_SECURITY_PLAINTEXT] = N_ ("Not encrypted, without a sign-in"),
  };
  gboolean uses = barista_setup_get_uses_tls (get_setup (self));

  adw_preferences_group_set_description (
      self->encryption, _ (meanings[barista_setup_get_security (get_setup (self))]));
  gtk_widget_set_visible (GTK_WIDGET (self->ca_file), uses);
  if (!uses)
    barista_certificate_card_show (self->certificate, NULL);
}

/* --- the page --- */

static void
barista_server_page_enter (BaristaStepPage *page)
{
  GtkWidget *entry = GTK_WIDGET (BARISTA_SERVER_PAGE (page)->servers);

  gtk_widget_grab_focus (entry);
  gtk_editable_select_region (GTK_EDITABLE (entry), 0, 0);
}

static void
barista_server_page_show_missing (BaristaStepPage *page, const char *missing, const char *text)
{
  BaristaServerPage *self = BARISTA_SERVER_PAGE (page);

  barista_checked_group_ask (self->answers, GTK_WIDGET (self->servers), text);
}

static void
follow (BaristaServerPage *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/* --- its pieces --- */

static void
follow_check (gpointer widget)
{
  BaristaServerPage *self = widget;
  BaristaStepPage *page = widget;

  if (!barista_setup_has_task (get_setup (self)))
    g_object_set (page, "description", _ ("Where the data is read from."), NULL);
  barista_checked_group_follow (self->answers, barista_step_page_get_session (page),
                                barista_step_page_get_step (page));
}

static void
follow_answers (gpointer widget)
{
  BaristaServerPage *self = widget;
  BaristaSetup *setup = get_setup (self);

  barista_bind_list (setup, "bootstrap-servers", GTK_EDITABLE (self->servers));
  barista_bind_choice (setup, "security", self->protocol);
  follow (self, setup, "notify::bootstrap-servers", G_CALLBACK (on_servers_changed));
  follow (self, setup, "notify::ca-file", G_CALLBACK (on_ca_file_changed));
  follow (self, setup, "notify::security", G_CALLBACK (on_uses_tls));
  on_servers_changed (self);
  on_ca_file_changed (self);
}

static void
follow_stages (gpointer widget)
{
  BaristaSession *session = barista_step_page_get_session (widget);

  follow (widget, barista_session_get_stages (session), "items-changed",
          G_CALLBACK (on_stages_changed));
  on_stages_changed (widget);
  on_uses_tls (widget);
}

static const BaristaPiece pieces[] = {
  { "answers", G_STRUCT_OFFSET (BaristaServerPage, box), NULL },
  { NULL, 0, follow_check },
  { "where", G_STRUCT_OFFSET (BaristaServerPage, answers), NULL },
  { "encryption", G_STRUCT_OFFSET (BaristaServerPage, box), NULL },
  { "certificate", G_STRUCT_OFFSET (BaristaServerPage, encryption), NULL },
  { NULL, 0, barista_pieces_know_combo_row },
  { "protocol", G_STRUCT_OFFSET (BaristaServerPage, encryption), NULL },
  { "ca_file", G_STRUCT_OFFSET (BaristaServerPage, encryption), NULL },
  { NULL, 0, follow_answers },
  { NULL, 0, follow_stages },
};

/* --- the object --- */

static void
barista_server_page_dispose (GObject *object)
{
  BaristaServerPage *self = BARISTA_SERVER_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);

  G_OBJECT_CLASS (barista_server_page_parent_class)->dispose (object);
}

static void
barista_server_page_class_init (BaristaServerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_server_page_dispose;
  page_class->enter = barista_server_page_enter;
  page_class->show_missing = barista_server_page_show_missing;

  g_type_ensure (BARISTA_TYPE_CHECKED_GROUP);
  g_type_ensure (BARISTA_TYPE_CERTIFICATE_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-server-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaServerPage, box);
  barista_pieces_class_init (widget_class, "barista-server-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaServerPage, answers);
  barista_pieces_bind (widget_class, BaristaServerPage, servers);
  barista_pieces_bind (widget_class, BaristaServerPage, use_default);
  barista_pieces_bind (widget_class, BaristaServerPage, certificate);
  barista_pieces_bind (widget_class, BaristaServerPage, encryption);
  barista_pieces_bind (widget_class, BaristaServerPage, protocol);
  barista_pieces_bind (widget_class, BaristaServerPage, ca_file);
  barista_pieces_bind (widget_class, BaristaServerPage, remove_ca_file);
  barista_pieces_bind (widget_class, BaristaServerPage, choose_ca_file);
  gtk_widget_class_bind_template_callback (widget_class, barista_step_page_next_if_fine);
  gtk_widget_class_bind_template_callback (widget_class, on_use_default);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_ca_file);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_ca_file);
}

static void
barista_server_page_init (BaristaServerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
