/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-stage-details.h"

#include "barista-value-row.h"
#include "barista-words.h"

#include <glib/gi18n.h>

/* Longest value on the page; what is copied has it all. */
#define MAX_SHOWN 600

typedef struct
{
  BaristaStageReport *stage;
  GPtrArray *rows;
} Rows;

static void
add_row (JsonObject *evidence, const char *name, JsonNode *value, gpointer user_data)
{
  Rows *rows = user_data;
  g_autofree char *text = NULL;

  if (!barista_words_tell_fact (rows->stage, name))
    return;

  text = barista_words_for_value (name, value);
  if (g_utf8_strlen (text, -1) > MAX_SHOWN)
    {
      g_autofree char *cut = g_utf8_substring (text, 0, MAX_SHOWN);

      g_free (text);
      text = g_strconcat (cut, "…", NULL);
    }
  if (*text != '\0')
    g_ptr_array_add (rows->rows, barista_value_row_new (barista_words_for_fact (name), text));
}

GPtrArray *
barista_stage_details_make_rows (BaristaStageReport *stage)
{
  Rows rows = { stage, g_ptr_array_new () };

  json_object_foreach_member (barista_stage_report_get_evidence (stage), add_row, &rows);

  return rows.rows;
}

static char *
describe (BaristaStageReport *stage)
{
  double ms = barista_stage_report_get_duration_ms (stage);
  g_autofree char *time = barista_words_for_duration (ms);
  const char *title = barista_stage_report_get_title (stage);

  switch (barista_stage_report_get_result (stage))
    {
    case BARISTA_RESULT_PASSED:
      /* Translators: %s is a time, such as "41 ms" */
      return g_strdup_printf (_ ("Passed in %s"), time);
    case BARISTA_RESULT_FAILED:
      /* Translators: what went wrong, and after how long: "Sign-in refused, after 41 ms" */
      return g_strdup_printf (_ ("%s, after %s"), title, time);
    case BARISTA_RESULT_SKIPPED:
      return g_strdup (_ ("Not tried"));
    case BARISTA_RESULT_CANCELLED:
      return g_strdup (_ ("Stopped"));
    case BARISTA_RESULT_PENDING:
    case BARISTA_RESULT_RUNNING:
    default:
      return g_strdup (_ ("Under way"));
    }
}

GtkWidget *
barista_stage_details_new_group (BaristaStageReport *stage)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *name = barista_words_for_stage (stage);
  g_autofree char *what = describe (stage);
  g_autofree char *details = barista_words_for_details (stage);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *description = g_markup_escape_text (what, -1);
  g_autoptr (GPtrArray) rows = barista_stage_details_make_rows (stage);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group),
                                           barista_copy_button_new (details, _ ("Copy Details")));
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows->pdata[i]);

  return group;
}
