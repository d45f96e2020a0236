/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-certificate.h"

#include "barista-stage-details.h"
#include "barista-step-page.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* From here on a certificate's end is worth a warning. */
#define SOON_DAYS 21

struct _BaristaCertificateCard
{
  AdwActionRow parent_instance;

  BaristaStageReport *stage;
  GtkWidget *icon;
};

G_DEFINE_FINAL_TYPE (BaristaCertificateCard, barista_certificate_card, ADW_TYPE_ACTION_ROW)

/* --- reading the evidence --- */

char *
barista_certificate_name_of (const char *distinguished_name)
{
  static const char *const parts[] = { "CN=", "O=", "OU=" };
  g_auto (GStrv) pieces = g_strsplit (distinguished_name, ",", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; pieces[j] != NULL; j++)
      {
        const char *piece = g_strstrip (pieces[j]);

        if (g_str_has_prefix (piece, parts[i]) && piece[strlen (parts[i])] != '\0')
          return g_strdup (piece + strlen (parts[i]));
      }

  return g_strdup (distinguished_name);
}

GDateTime *
barista_certificate_parse_time (const char *text)
{
  int year, month, day, hour, minute;

  if (text == NULL
      || sscanf (text, "%4d-%2d-%2d %2d:%2d", &year, &month, &day, &hour, &minute) != 5)
    return NULL;

  return g_date_time_new_utc (year, month, day, hour, minute, 0);
}

static const char *
get_text (BaristaStageReport *stage, const char *fact)
{
  return json_object_get_string_member_with_default (barista_stage_report_get_evidence (stage),
                                                     fact, NULL);
}

static char *
join_names (BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonArray *listed = json_object_has_member (evidence, "certificate_names")
                          ? json_object_get_array_member (evidence, "certificate_names")
                          : NULL;
  guint n = listed != NULL ? json_array_get_length (listed) : 0;

  if (n == 0)
    return barista_certificate_name_of (get_text (stage, "certificate_subject"));
  for (guint i = 0; i < MIN (n, 3); i++)
    g_ptr_array_add (names, (gpointer) json_array_get_string_element (listed, i));
  if (n > 3)
    g_ptr_array_add (names, (gpointer) "…");
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

/* Days from now to the certificate's end; negative: it is over. */
static gboolean
count_days (BaristaStageReport *stage, int *days, char **date)
{
  g_autoptr (GDateTime) end = barista_certificate_parse_time (
      get_text (stage, "certificate_not_after"));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (end == NULL)
    return FALSE;

  *days = (int) (g_date_time_difference (end, now) / G_TIME_SPAN_DAY);
  /* Translators: a date, see g_date_time_format(): "20 February 2027" */
  *date = g_date_time_format (end, _ ("%-d %B %Y"));
  return TRUE;
}

static char *
describe (BaristaStageReport *stage, gboolean *soon)
{
  const char *issuer_name = get_text (stage, "certificate_issuer");
  g_autofree char *issuer = barista_certificate_name_of (issuer_name != NULL ? issuer_name : "?");
  g_autofree char *date = NULL;
  int days;

  *soon = FALSE;
  if (!count_days (stage, &days, &date))
    return g_strdup_printf (_ ("Issued by %s"), issuer);

  *soon = days < SOON_DAYS;
  if (days < 0)
    /* Translators: %1$s is an authority, %2$s a date */
    return g_strdup_printf (_ ("Issued by %1$s, was valid until %2$s"), issuer, date);
  if (days > 400)
    return g_strdup_printf (_ ("Issued by %1$s, valid until %2$s"), issuer, date);

  /* Translators: %1$s is an authority, %2$s a date */
  return g_strdup_printf (ngettext ("Issued by %1$s, valid until %2$s (%3$d day)",
                                    "Issued by %1$s, valid until %2$s (%3$d days)", (gulong) days),
                          issuer, date, days);
}

/* --- the card --- */

static void
barista_certificate_card_activate (AdwActionRow *row)
{
  BaristaCertificateCard *self = BARISTA_CERTIFICATE_CARD (row);

  if (self->stage != NULL)
    adw_dialog_present (barista_certificate_dialog_new (self->stage), GTK_WIDGET (self));
}

static void
barista_certificate_card_dispose (GObject *object)
{
  g_clear_object (&BARISTA_CERTIFICATE_CARD (object)->stage);

  G_OBJECT_CLASS (barista_certificate_card_parent_class)->dispose (object);
}

static void
barista_certificate_card_class_init (BaristaCertificateCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_certificate_card_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = barista_certificate_card_activate;
}

static void
barista_certificate_card_init (BaristaCertificateCard *self)
{
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  self->icon = gtk_image_new_from_icon_name ("application-certificate-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), next);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
barista_certificate_card_show (BaristaCertificateCard *self, BaristaStageReport *stage)
{
  gboolean there = stage != NULL && get_text (stage, "certificate_subject") != NULL;
  gboolean failed = there && barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED;
  g_autofree char *names = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  gboolean soon;

  g_set_object (&self->stage, stage);
  gtk_widget_set_visible (GTK_WIDGET (self), there);
  if (!there)
    return;

  names = join_names (stage);
  body = describe (stage, &soon);
  /* Translators: %s is one or more host names */
  title = g_strdup_printf (_ ("Certificate for %s"), names);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), body);
  gtk_widget_remove_css_class (self->icon, "accent");
  gtk_widget_remove_css_class (self->icon, "warning");
  gtk_widget_add_css_class (self->icon, soon || failed ? "warning" : "accent");
}

/* --- what remedies need of it --- */

AdwDialog *
barista_certificate_dialog_new (BaristaStageReport *stage)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (barista_stage_details_new_group (stage)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Certificate"));
  adw_dialog_set_content_width (dialog, 440);
  adw_dialog_set_content_height (dialog, 540);
  adw_dialog_set_child (dialog, view);

  return dialog;
}

char *
barista_certificate_take_file (BaristaSetup *setup, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *shown = NULL;

  if (path == NULL)
    return g_strdup (_ ("Choose a file of this computer"));
  if (g_utf8_validate (path, -1, NULL))
    {
      barista_setup_set_ca_file (setup, path);
      return NULL;
    }

  /* A setup is kept as JSON, which has no other text. */
  shown = g_filename_display_name (path);
  /* Translators: %s is the path of a file */
  return g_strdup_printf (_ ("The name of “%s” isn't UTF-8. Rename it first"), shown);
}

/* What is waited for: the answer's setup, and where to tell. */
typedef struct
{
  BaristaSetup *setup;
  GtkWidget *widget;
} Choice;

static void
on_file_chosen (GObject *dialog, GAsyncResult *result, gpointer user_data)
{
  g_autofree Choice *choice = user_data;
  g_autoptr (BaristaSetup) setup = choice->setup;
  g_autoptr (GtkWidget) widget = choice->widget;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, NULL);
  g_autofree char *problem = file != NULL ? barista_certificate_take_file (setup, file) : NULL;
  GtkWidget *page = gtk_widget_get_ancestor (widget, BARISTA_TYPE_STEP_PAGE);

  if (problem != NULL && page != NULL)
    barista_step_page_toast (BARISTA_STEP_PAGE (page), problem, FALSE);
}

void
barista_certificate_choose_file (BaristaSetup *setup, GtkWidget *widget)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) pem = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkRoot *root = gtk_widget_get_root (widget);
  Choice *choice = g_new0 (Choice, 1);

  choice->setup = g_object_ref (setup);
  choice->widget = g_object_ref (widget);
  gtk_file_filter_set_name (pem, _ ("Certificates (PEM)"));
  gtk_file_filter_add_suffix (pem, "pem");
  gtk_file_filter_add_suffix (pem, "crt");
  gtk_file_filter_add_suffix (pem, "cer");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, pem);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, _ ("Choose a CA File"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                        on_file_chosen, choice);
}
