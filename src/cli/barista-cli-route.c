/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* The stages in the words of the route; what the registry shares with Kafka says whose it is. */
static const char *const stage_words[BARISTA_N_STAGES] = {
  [BARISTA_STAGE_LINT] = N_ ("Settings"),        [BARISTA_STAGE_NAME] = N_ ("Name"),
  [BARISTA_STAGE_TCP] = N_ ("Network"),          [BARISTA_STAGE_TLS] = N_ ("Encryption"),
  [BARISTA_STAGE_HELLO] = N_ ("Greeting"),       [BARISTA_STAGE_SASL] = N_ ("Sign-in"),
  [BARISTA_STAGE_METADATA] = N_ ("Topics"),      [BARISTA_STAGE_REGISTRY] = N_ ("Schema registry"),
  [BARISTA_STAGE_TOPIC] = N_ ("Topic"),          [BARISTA_STAGE_SAMPLE] = N_ ("Records"),
  [BARISTA_STAGE_GROUP] = N_ ("Consumer group"), [BARISTA_STAGE_TINYBIRD] = N_ ("Tinybird"),
};

static const struct
{
  const char *mark;
  CliStyle style;
} marks[] = {
  [BARISTA_RESULT_PENDING] = { "○", CLI_DIM }, [BARISTA_RESULT_RUNNING] = { "◐", CLI_PLAIN },
  [BARISTA_RESULT_PASSED] = { "●", CLI_GOOD }, [BARISTA_RESULT_FAILED] = { "✗", CLI_BAD },
  [BARISTA_RESULT_SKIPPED] = { "–", CLI_DIM }, [BARISTA_RESULT_CANCELLED] = { "–", CLI_DIM },
};

static const char *
get_text (JsonObject *evidence, const char *name)
{
  return json_object_get_string_member_with_default (evidence, name, NULL);
}

static gint64
get_int (JsonObject *evidence, const char *name)
{
  return json_object_get_int_member_with_default (evidence, name, -1);
}

static char *
describe_sample (JsonObject *evidence)
{
  gint64 records = get_int (evidence, "records");
  gint64 deletions = get_int (evidence, "deletions");
  g_autofree char *read = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " record read",
                                                        "%" PRId64 " records read",
                                                        (gulong) MAX (records, 0)),
                                           records);

  if (deletions <= 0)
    return g_steal_pointer (&read);

  /* Translators: %s is "120 records read" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %" PRId64 " deletion",
                                       "%s, %" PRId64 " deletions", (gulong) deletions),
                          read, deletions);
}

/* What a passed stage found, in a few words. */
static char *
describe_find (BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  gint64 n;

  switch (barista_stage_report_get_stage (stage))
    {
    case BARISTA_STAGE_TCP:
      return g_strdup (get_text (evidence, "peer"));
    case BARISTA_STAGE_TLS:
      return g_strdup (get_text (evidence, "tls_version"));
    case BARISTA_STAGE_SASL:
      return g_strdup (get_text (evidence, "username"));
    case BARISTA_STAGE_METADATA:
      n = get_int (evidence, "topics");
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " topic",
                                           "%" PRId64 " topics", (gulong) MAX (n, 0)),
                              n);
    case BARISTA_STAGE_REGISTRY:
      n = get_int (evidence, "subjects");
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " subject",
                                           "%" PRId64 " subjects", (gulong) MAX (n, 0)),
                              n);
    case BARISTA_STAGE_TOPIC:
      n = get_int (evidence, "partitions");
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " partition",
                                           "%" PRId64 " partitions", (gulong) MAX (n, 0)),
                              n);
    case BARISTA_STAGE_SAMPLE:
      return describe_sample (evidence);
    case BARISTA_STAGE_GROUP:
      return g_strdup (get_text (evidence, "group"));
    case BARISTA_STAGE_LINT:
    case BARISTA_STAGE_NAME:
    case BARISTA_STAGE_HELLO:
    case BARISTA_STAGE_TINYBIRD:
    case BARISTA_N_STAGES:
    default:
      return NULL;
    }
}

static char *
describe (BaristaStageReport *stage)
{
  BaristaResult result = barista_stage_report_get_result (stage);
  const char *title = barista_stage_report_get_title (stage);

  if (title != NULL)
    return g_strdup (title);
  if (result == BARISTA_RESULT_PASSED)
    return describe_find (stage);
  if (result == BARISTA_RESULT_SKIPPED)
    {
      const char *reason = get_text (barista_stage_report_get_evidence (stage), "reason");

      /* Translators: a stage that wasn't run; %s says why */
      return reason != NULL ? g_strdup_printf (_ ("skipped: %s"), _ (reason))
                            : g_strdup (_ ("skipped"));
    }

  return NULL;
}

static char *
name_stage (BaristaStageReport *stage)
{
  BaristaStage kind = barista_stage_report_get_stage (stage);
  const char *topic = barista_stage_report_get_topic (stage);
  const char *word = _ (stage_words[kind]);

  if (topic != NULL)
    {
      g_autofree char *printable = cli_clean (topic);

      return g_strdup_printf ("%s %s", word, printable);
    }
  if (barista_stage_report_get_service (stage) == BARISTA_SERVICE_REGISTRY
      && kind != BARISTA_STAGE_REGISTRY)
    /* Translators: a stage of the schema registry's own connection, such as "Registry: Network" */
    return g_strdup_printf (_ ("Registry: %s"), word);

  return g_strdup (word);
}

static char *
format_stage (BaristaStageReport *stage, guint column, int fd)
{
  BaristaResult result = barista_stage_report_get_result (stage);
  g_autofree char *name = name_stage (stage);
  g_autofree char *found = describe (stage);
  g_autofree char *what = found != NULL ? cli_clean (found) : NULL;
  g_autofree char *time = NULL;
  glong width = g_utf8_strlen (name, -1);

  if (result == BARISTA_RESULT_PASSED || result == BARISTA_RESULT_FAILED)
    time = g_strdup_printf ("  %s%.1f ms%s", cli_style (fd, CLI_DIM),
                            barista_stage_report_get_duration_ms (stage),
                            cli_style (fd, CLI_PLAIN));

  return g_strdup_printf ("  %s%s%s %s%*s  %s%s", cli_style (fd, marks[result].style),
                          marks[result].mark, cli_style (fd, CLI_PLAIN), name,
                          (int) MAX ((glong) column - width, 0), "", what != NULL ? what : "",
                          time != NULL ? time : "");
}

/**
 * cli_format_stage:
 * @stage: a stage
 * @fd: where it will be shown
 *
 * Returns: (transfer full): one line without its end, colours where @fd takes them
 */
char *
cli_format_stage (BaristaStageReport *stage, int fd)
{
  return format_stage (stage, 24, fd);
}

static void
append_stage (GString *text, BaristaStageReport *stage, guint column, int fd)
{
  g_autofree char *line = format_stage (stage, column, fd);
  const char *body = barista_stage_report_get_body (stage);

  g_string_append_printf (text, "%s\n", line);
  if (body != NULL && barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED)
    g_string_append_printf (text, "      %s %s[%s]%s\n", body, cli_style (fd, CLI_DIM),
                            barista_stage_report_get_cause (stage), cli_style (fd, CLI_PLAIN));
}

static void
append_service (GString *text, BaristaReport *report, BaristaService service, guint column, int fd)
{
  GListModel *stages = barista_report_get_stages (report);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_service (stage) == service)
        append_stage (text, stage, column, fd);
    }
}

/* What the stages found stands in one column, behind the longest name. */
static guint
measure_names (BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);
  glong longest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);
      g_autofree char *name = name_stage (stage);

      longest = MAX (longest, g_utf8_strlen (name, -1));
    }

  return (guint) MIN (longest, 60);
}

char *
cli_format_report (BaristaReport *report, int fd)
{
  GString *text = g_string_new (NULL);
  guint column = measure_names (report);

  append_service (text, report, BARISTA_SERVICE_KAFKA, column, fd);
  append_service (text, report, BARISTA_SERVICE_REGISTRY, column, fd);

  return g_string_free (text, FALSE);
}
