/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-result-row.h"

#include "barista-cause.h"
#include "barista-certificate.h"
#include "barista-letters.h"
#include "barista-mend.h"
#include "barista-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define DASHBOARD "https://dashboard.estuary.dev"
#define TINYBIRD "https://cloud.tinybird.co"

/* What a remedy works on. */
typedef struct
{
  BaristaSession *session;
  BaristaStageReport *stage;
  GtkWidget *widget;
} Place;

static void
copy (const Place *place, char *text)
{
  g_autofree char *taken = text;

  gtk_widget_activate_action (place->widget, "win.copy", "s", taken);
}

static void
open_uri (const Place *place, const char *uri)
{
  gtk_widget_activate_action (place->widget, "win.open-uri", "s", uri);
}

static void
go (const Place *place, BaristaStep step)
{
  gtk_widget_activate_action (place->widget, "win.go", "s", barista_step_to_string (step));
}

/* --- the remedies --- */

static void
try_again (const Place *place)
{
  barista_session_check_now (place->session);
}

/* The field that a cause is about, by its member in the profile. */
static const char *
find_field (BaristaStageReport *stage)
{
  static const struct
  {
    const char *cause;
    const char *field;
  } fields[] = {
    { "address-invalid", "server.bootstrap_servers" }, { "password-empty", "token" },
    { "registry-url-invalid", "registry.url" },        { "sign-in-unusable", "token" },
    { "sign-in-refused", "sign_in.username" },         { "username-invalid", "sign_in.username" },
    { "username-legacy", "sign_in.username" },         { "group-invalid", "topics" },
  };
  const char *cause = barista_stage_report_get_cause (stage);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].cause, cause) == 0)
      return fields[i].field;

  return "";
}

static void
focus_field (const Place *place)
{
  GtkWidget *page = gtk_widget_get_ancestor (place->widget, BARISTA_TYPE_STEP_PAGE);

  if (page != NULL)
    barista_step_page_show_missing (BARISTA_STEP_PAGE (page), find_field (place->stage),
                                    barista_stage_report_get_title (place->stage));
}

static void
open_estuary (const Place *place)
{
  open_uri (place, DASHBOARD "/materializations");
}

static void
open_tinybird (const Place *place)
{
  open_uri (place, TINYBIRD);
}

/* Where the network sent us, if that can be opened; else a page that it will send us from. */
static void
open_login_page (const Place *place)
{
  JsonObject *evidence = barista_stage_report_get_evidence (place->stage);
  const char *location = json_object_get_string_member_with_default (evidence, "location", "");
  const char *scheme = g_uri_peek_scheme (location);

  if (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0)
    open_uri (place, location);
  else
    open_uri (place, "http://nmcheck.gnome.org/");
}

static void
copy_request (const Place *place)
{
  copy (place, barista_letter_for_token (barista_session_get_setup (place->session)));
}

static void
copy_network_text (const Place *place)
{
  copy (place, barista_letter_for_network (place->stage));
}

static void
copy_owner_text (const Place *place)
{
  copy (place, barista_letter_for_owner (barista_session_get_setup (place->session), place->stage));
}

static void
copy_details (const Place *place)
{
  copy (place, barista_words_for_details (place->stage));
}

static void
copy_override (const Place *place)
{
  copy (place, g_strdup ("flatpak override --user --share=network " APP_ID));
}

static void
show_certificate (const Place *place)
{
  adw_dialog_present (barista_certificate_dialog_new (place->stage), place->widget);
}

static void
choose_ca_file (const Place *place)
{
  barista_certificate_choose_file (barista_session_get_setup (place->session), place->widget);
}

static void
show_publish (const Place *place)
{
  go (place, BARISTA_STEP_PUBLISH);
}

typedef struct
{
  BaristaSession *session;
  GtkWidget *widget;
} Paste;

static void
on_pasted (GObject *clipboard, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  guint length = text != NULL ? barista_session_set_token (paste->session, text) : 0;
  GtkWidget *page = gtk_widget_get_ancestor (paste->widget, BARISTA_TYPE_STEP_PAGE);
  g_autofree char *said = NULL;

  if (page != NULL)
    {
      said = length > 0 ? g_strdup_printf (ngettext ("Token pasted, %u character",
                                                     "Token pasted, %u characters", length),
                                           length)
                        : g_strdup (_ ("There is no text to paste"));
      barista_step_page_toast (BARISTA_STEP_PAGE (page), said, FALSE);
    }
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_object_unref (paste->session);
  g_object_unref (paste->widget);
  g_free (paste);
}

static void
paste_token (const Place *place)
{
  Paste *paste = g_new (Paste, 1);

  paste->session = g_object_ref (place->session);
  paste->widget = g_object_ref (place->widget);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (place->widget), NULL, on_pasted, paste);
}

static gboolean
can_open_date_time (void)
{
  g_autofree char *path = g_find_program_in_path ("gnome-control-center");

  return path != NULL && !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
open_date_time (const Place *place)
{
  g_autoptr (GAppInfo) settings = g_app_info_create_from_commandline (
      "gnome-control-center datetime", NULL, G_APP_INFO_CREATE_NONE, NULL);

  if (settings != NULL)
    g_app_info_launch (settings, NULL, NULL, NULL);
}

static void
unlock (const Place *place)
{
  barista_session_unlock_keyring (place->session);
}

/* --- the table --- */

/* Who can be helped by it. */
typedef enum
{
  FOR_ALL,
  FOR_DEKAF, /* it leads to Estuary */
} Audience;

/* Without a label there is no button on purpose: what it says goes on by itself, Next does it, or
 * nothing in the window can. Without a function it changes an answer: barista_mend(). */
static const struct
{
  const char *id;
  const char *label;
  void (*apply) (const Place *place);
  gboolean (*can) (void);
  Audience audience;
} remedies[] = {
  { "add-ca-file", N_ ("Add CA File…"), choose_ca_file },
  { "change-name-form", N_ ("Change Name Form") },
  { "choose-ca-file", N_ ("Choose File…"), choose_ca_file },
  { "continue", NULL },
  { "convert", N_ ("Use the Task's Name"), .audience = FOR_DEKAF },
  { "copy-details", N_ ("Copy Details"), copy_details },
  { "copy-it-text", N_ ("Copy Text for IT"), copy_network_text },
  { "copy-owner-text", N_ ("Copy Text for the Owner"), copy_owner_text },
  { "copy-request", N_ ("Copy Request"), copy_request },
  { "fix", NULL },
  { "focus-field", N_ ("Show Field"), focus_field },
  { "keep-waiting", NULL },
  { "leave-out", N_ ("Leave Out") },
  { "move-credentials", N_ ("Move to the Sign-In") },
  { "open-bindings", N_ ("Open Estuary"), open_estuary, .audience = FOR_DEKAF },
  { "open-date-time", N_ ("Open Date & Time"), open_date_time, can_open_date_time },
  { "open-estuary", N_ ("Open Estuary"), open_estuary, .audience = FOR_DEKAF },
  { "open-login-page", N_ ("Open Login Page"), open_login_page },
  { "open-tinybird", N_ ("Open Tinybird"), open_tinybird },
  { "paste-token", N_ ("Paste Token"), paste_token },
  { "pick", N_ ("Use the Nearest Name") },
  { "rename", N_ ("Use a New Name") },
  { "show-certificate", N_ ("Show Certificate"), show_certificate },
  { "show-override", N_ ("Copy Command"), copy_override },
  { "show-publish", N_ ("How to Publish"), show_publish, .audience = FOR_DEKAF },
  { "toggle-strict", N_ ("Switch Strict Names") },
  { "try-again", N_ ("Try Again"), try_again },
  { "undo", NULL },
  { "unlock", N_ ("Unlock"), unlock },
  { "use-9092", N_ ("Use Port 9092") },
  { "use-default", N_ ("Use Estuary's Address") },
  { "use-document", N_ ("Store the Whole Document") },
  { "use-host-port", N_ ("Use Host and Port") },
  { "use-kafka-sign-in", N_ ("Use Kafka's Sign-In") },
  { "use-mechanism", N_ ("Switch") },
  { "use-name", N_ ("Use the Certificate's Name") },
  { "use-new-name", N_ ("Use a New Name") },
  { "use-no-sign-in", N_ ("Connect Without Sign-In") },
  { "use-sasl-ssl", N_ ("Switch to SASL_SSL") },
  { "watch", N_ ("Look Again"), try_again },
};

static int
find_remedy (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (g_str_equal (remedies[i].id, id))
      return (int) i;

  return -1;
}

gboolean
barista_remedy_is_known (const char *id)
{
  return find_remedy (id) >= 0;
}

const char *
barista_remedy_get_label (const char *id)
{
  int at = find_remedy (id);

  return at >= 0 && remedies[at].label != NULL ? _ (remedies[at].label) : NULL;
}

gboolean
barista_remedy_applies (const char *id, BaristaSession *session, BaristaStageReport *stage)
{
  int at = find_remedy (id);
  BaristaSetup *setup = barista_session_get_setup (session);

  if (at < 0 || remedies[at].label == NULL)
    return FALSE;
  if (remedies[at].audience == FOR_DEKAF && !barista_setup_get_is_dekaf (setup))
    return FALSE;
  if (remedies[at].can != NULL && !remedies[at].can ())
    return FALSE;

  return remedies[at].apply != NULL || barista_mend_can (id, setup, stage);
}

void
barista_remedy_apply (const char *id,
                      BaristaSession *session,
                      BaristaStageReport *stage,
                      GtkWidget *widget)
{
  int at = find_remedy (id);
  /* What it does may take the row away. */
  g_autoptr (BaristaSession) kept_session = g_object_ref (session);
  g_autoptr (BaristaStageReport) kept_stage = g_object_ref (stage);
  g_autoptr (GtkWidget) kept_widget = g_object_ref (widget);
  const Place place = { session, stage, widget };

  g_return_if_fail (at >= 0);

  if (remedies[at].apply != NULL)
    {
      remedies[at].apply (&place);
      return;
    }

  barista_session_begin_change (session, barista_remedy_get_label (id));
  barista_mend (id, barista_session_get_setup (session), stage);
  barista_session_end_change (session);
}
