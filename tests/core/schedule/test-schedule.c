/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-schedule.h"

#include "barista-finding.h"

#include <string.h>

static BaristaSchedule *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaSchedule *schedule = barista_schedule_new (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (schedule);
  return schedule;
}

static gint64
seconds (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

static char *
format (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  return g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
}

/* The next runs, each as croniter 6.2.2 said it. */
static const struct
{
  const char *text;
  const char *from;
  const char *runs[4];
} runs[] = {
  { "0 0 * * *", "2026-11-21T10:00:00", { "2026-11-22T00:00:00", "2026-11-23T00:00:00" } },
  { "0 6 * * 1-5", "2026-11-20T06:00:00", { "2026-11-23T06:00:00", "2026-11-24T06:00:00" } },
  { "*/15 * * * *", "2026-12-31T23:45:00", { "2027-01-01T00:00:00", "2027-01-01T00:15:00" } },
  { "* * * * *", "2026-11-21T10:00:59", { "2026-11-21T10:01:00", "2026-11-21T10:02:00" } },
  { "0 0 29 2 *", "2096-03-01T00:00:00", { "2104-02-29T00:00:00", NULL } },
  { "0 0 13 * 5", "2026-11-01T00:00:00", { "2026-11-06T00:00:00", "2026-11-13T00:00:00" } },
  { "0 0 L * *", "2028-02-01T00:00:00", { "2028-02-29T00:00:00", "2028-03-31T00:00:00" } },
  { "0 0 * * 5#3", "2026-11-01T00:00:00", { "2026-11-20T00:00:00", "2026-12-18T00:00:00" } },
  { "0 0 * * 1-7,5#3", "2026-11-01T00:00:00", { "2026-11-20T00:00:00", "2026-12-18T00:00:00" } },
  { "0 0 * * L5", "2026-11-01T00:00:00", { "2026-11-27T00:00:00", "2026-12-25T00:00:00" } },
  { "0 0 15W * *", "2026-11-01T00:00:00", { "2026-11-16T00:00:00", "2026-12-15T00:00:00" } },
  { "0 0 1W * ?", "2026-08-01T00:00:00", { "2026-08-03T00:00:00", "2026-09-01T00:00:00" } },
  { "0 22-2 * * *", "2026-11-01T22:30:00", { "2026-11-01T23:00:00", "2026-11-02T00:00:00" } },
  { "0 0 * Nov-Feb Sat-Sun",
    "2026-02-22T01:00:00",
    { "2026-02-28T00:00:00", "2026-11-01T00:00:00" } },
  { "0 0 * * 7", "2026-11-21T10:00:00", { "2026-11-22T00:00:00", "2026-11-29T00:00:00" } },
  { "59/15 0 * * *", "2026-11-21T10:00:00", { "2026-11-22T00:00:00", "2026-11-22T00:15:00" } },
  { "0 23-5/2 * * *", "2026-11-21T23:00:00", { "2026-11-22T02:00:00", "2026-11-22T04:00:00" } },
  { "0 0 * * * 30", "2026-11-21T00:00:30", { "2026-11-22T00:00:30", "2026-11-23T00:00:30" } },
  { "0 0 1 1 * 0 2030,2040",
    "2026-11-21T00:00:00",
    { "2030-01-01T00:00:00", "2040-01-01T00:00:00" } },
  { "@HOURLY", "2026-11-21T10:00:00", { "2026-11-21T11:00:00", "2026-11-21T12:00:00" } },
  { "\t0  0 *\t* * ", "2026-11-21T10:00:00", { "2026-11-22T00:00:00", "2026-11-23T00:00:00" } },
  { "0 0 31 2 *", "2026-11-21T10:00:00", { NULL } },
  /* Both day fields, and one of the two never comes round: croniter gives up. */
  { "0 0 30 2 1", "2026-11-21T10:00:00", { NULL } },
  { "0 0 15W * 6", "2026-11-21T10:00:00", { NULL } },
  { "0 0 * * * 0 1980", "2026-11-21T10:00:00", { NULL } },
  { "@on-demand", "2026-11-21T10:00:00", { NULL } },
  { "@once", "2026-11-21T10:00:00", { NULL } },
};

static void
test_runs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (BaristaSchedule) schedule = parse (runs[i].text);
      gint64 time = seconds (runs[i].from);

      g_test_message ("%s", runs[i].text);
      for (guint j = 0; runs[i].runs[j] != NULL; j++)
        {
          g_autofree char *run = NULL;

          time = barista_schedule_next (schedule, time);
          g_assert_cmpint (time, >=, 0);
          run = format (time);
          g_assert_cmpstr (run, ==, runs[i].runs[j]);
        }
      if (runs[i].runs[0] == NULL)
        g_assert_cmpint (barista_schedule_next (schedule, time), ==, -1);
    }
}

static void
test_list (void)
{
  g_autoptr (BaristaSchedule) daily = parse ("0 0 * * *");
  g_autoptr (BaristaSchedule) year = parse ("0 0 1 * * 0 2030");
  g_autoptr (GArray) ten = barista_schedule_list_runs (daily, 0, 10);
  g_autoptr (GArray) twelve = barista_schedule_list_runs (year, 1577836800, 100);

  g_assert_cmpuint (ten->len, ==, 10);
  g_assert_cmpint (g_array_index (ten, gint64, 9), ==, 10 * 86400);
  g_assert_cmpuint (twelve->len, ==, 12);
}

static void
test_edges_of_time (void)
{
  g_autoptr (BaristaSchedule) schedule = parse ("* * * * *");

  g_assert_cmpint (barista_schedule_next (schedule, -1), ==, 0);
  g_assert_cmpint (barista_schedule_next (schedule, G_MININT64), ==, 0);
  g_assert_cmpint (barista_schedule_next (schedule, 0), ==, 60);
  g_assert_cmpint (barista_schedule_next (schedule, 4102444799), ==, 4102444800);
  g_assert_cmpint (barista_schedule_next (schedule, 4102444800), ==, -1);
  g_assert_cmpint (barista_schedule_next (schedule, G_MAXINT64), ==, -1);
}

static void
test_kinds (void)
{
  g_autoptr (BaristaSchedule) demand = parse (" @on-demand ");
  g_autoptr (BaristaSchedule) once = parse ("@once");
  g_autoptr (BaristaSchedule) cron = parse ("0  *\t* * Mon-Fri");

  g_assert_cmpint (barista_schedule_get_kind (demand), ==, BARISTA_SCHEDULE_ON_DEMAND);
  g_assert_cmpstr (barista_schedule_get_text (demand), ==, "@on-demand");
  g_assert_cmpint (barista_schedule_get_kind (once), ==, BARISTA_SCHEDULE_ONCE);
  g_assert_cmpint (barista_schedule_get_kind (cron), ==, BARISTA_SCHEDULE_CRON);
  g_assert_cmpstr (barista_schedule_get_text (cron), ==, "0 * * * Mon-Fri");
}

static const struct
{
  const char *text;
  int code;
} refused[] = {
  { "", BARISTA_SCHEDULE_ERROR_EMPTY },
  { " \t ", BARISTA_SCHEDULE_ERROR_EMPTY },
  { "banana", BARISTA_SCHEDULE_ERROR_FIELDS },
  { "* * * *", BARISTA_SCHEDULE_ERROR_FIELDS },
  { "* * * * * * * *", BARISTA_SCHEDULE_ERROR_FIELDS },
  { "@reboot", BARISTA_SCHEDULE_ERROR_WORD },
  { "@every 5m", BARISTA_SCHEDULE_ERROR_WORD },
  { "@On-Demand", BARISTA_SCHEDULE_ERROR_WORD },
  { "@daily @daily", BARISTA_SCHEDULE_ERROR_WORD },
  { "60 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* 24 * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * 0 * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * 32 * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * 0 *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * 13 *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * 8", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * 7 0", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * * 0 1969", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * * 0 2100", BARISTA_SCHEDULE_ERROR_VALUE },
  { "*/0 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "5- * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "-5 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "1-5-7 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "1/2/3 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "1/2-3 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "*-5 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "1, * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { ",1 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "1.5 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "? * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * ?,1 * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * Sunday", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * L", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * L8", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * 5#0", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * 5#6", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * *#2", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * 1-5#2", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * * * 1,5#2", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * L-5 * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * 1W,15 * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * 1W,1W * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * 0W * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "* * LW * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "H * * * *", BARISTA_SCHEDULE_ERROR_RANDOM },
  { "R(0-9) * * * *", BARISTA_SCHEDULE_ERROR_RANDOM },
  { "0 0\n* * *", BARISTA_SCHEDULE_ERROR_FIELDS },
  { "\xef\xbc\x95 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "\xff * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
  { "99999999999999999999 * * * *", BARISTA_SCHEDULE_ERROR_VALUE },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *shown = g_strescape (refused[i].text, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", shown);
      g_assert_null (barista_schedule_new (refused[i].text, &error));
      g_assert_error (error, BARISTA_SCHEDULE_ERROR, refused[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_names_the_field (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_schedule_new ("0 25 * * *", &error));
  g_assert_cmpstr (error->message, ==, "hour: “25” can't be read; values are 0 to 23");
}

static void
test_long_texts (void)
{
  g_autoptr (GString) text = g_string_new ("*");
  g_autoptr (GError) error = NULL;

  while (text->len < 960)
    g_string_append (text, ",*/2");
  g_string_append (text, " 0 * * *");
  barista_schedule_unref (parse (text->str));

  while (text->len <= BARISTA_SCHEDULE_LENGTH_MAX)
    g_string_append_c (text, ' ');
  g_assert_null (barista_schedule_new (text->str, &error));
  g_assert_error (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_TOO_LONG);
}

static void
test_never (void)
{
  const char *const never[] = { "0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 15W * 6" };
  const char *const some[] = { "0 0 29 2 *", "0 0 * * * 0 2099", "0 0 * * * 0 1970", "@on-demand" };

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_autoptr (BaristaSchedule) schedule = parse (never[i]);

      g_assert_true (barista_schedule_never_runs (schedule));
      g_assert_cmpint (barista_schedule_get_shortest_gap (schedule), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autoptr (BaristaSchedule) schedule = parse (some[i]);

      g_assert_false (barista_schedule_never_runs (schedule));
    }
}

static const struct
{
  const char *text;
  gint64 gap;
} gaps[] = {
  { "* * * * *", 60 },
  { "*/5 * * * *", 300 },
  { "*/7 * * * *", 240 },
  { "0,58 0,23 * * *", 120 },
  { "0 0,12 * * *", 43200 },
  { "0 0 * * *", 86400 },
  { "0 0 1 1 *", 86400 },
  /* Two minutes apart at midnight, but never on two days in a row. */
  { "0,58 0,23 1 * *", 2 * 60 + 56 * 60 },
  { "0 0 * * * */20", 20 },
  { "@on-demand", 0 },
};

static void
test_gaps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autoptr (BaristaSchedule) schedule = parse (gaps[i].text);

      g_test_message ("%s", gaps[i].text);
      g_assert_cmpint (barista_schedule_get_shortest_gap (schedule), ==, gaps[i].gap);
    }
}

static const struct
{
  const char *text;
  const char *rules; /* joined by blanks */
} lints[] = {
  { "0 * * * *", "" },
  { "*/5 * * * *", "" },
  { "@on-demand", "" },
  { "* * * * *", "schedule-too-often" },
  { "*/7 * * * *", "schedule-too-often" },
  { "0 0 31 2 *", "schedule-never" },
  { "@daily", "schedule-word" },
  { "0 0 * * * 0", "schedule-fields" },
  { "0 0 L * *", "schedule-special" },
  { "0 0 ? * 1", "schedule-special" },
  { "0 5-5 * * *", "schedule-whole-range" },
  { "0 22-2/3 * * *", "schedule-wrapping-step" },
  { "0 */30 * * *", "schedule-long-step" },
  { "0 0 13 * 5", "schedule-either-day" },
  { "0 0 13 * 5#2", "schedule-special schedule-day-dropped" },
};

static void
test_lints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lints); i++)
    {
      g_autoptr (BaristaSchedule) schedule = parse (lints[i].text);
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
          (GDestroyNotify) barista_finding_free);
      g_autoptr (GString) rules = g_string_new (NULL);

      barista_schedule_lint (schedule, "sinks/a.pipe", findings);
      for (guint j = 0; j < findings->len; j++)
        {
          BaristaFinding *finding = g_ptr_array_index (findings, j);

          g_string_append_printf (rules, "%s%s", rules->len > 0 ? " " : "", finding->rule);
          g_assert_nonnull (strstr (finding->message, lints[i].text));
          g_assert_cmpstr (finding->file, ==, "sinks/a.pipe");
          g_assert_nonnull (finding->fix);
        }
      g_test_message ("%s", lints[i].text);
      g_assert_cmpstr (rules->str, ==, lints[i].rules);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/runs", test_runs);
  g_test_add_func ("/schedule/list", test_list);
  g_test_add_func ("/schedule/edges-of-time", test_edges_of_time);
  g_test_add_func ("/schedule/kinds", test_kinds);
  g_test_add_func ("/schedule/refused", test_refused);
  g_test_add_func ("/schedule/names-the-field", test_names_the_field);
  g_test_add_func ("/schedule/long-texts", test_long_texts);
  g_test_add_func ("/schedule/never", test_never);
  g_test_add_func ("/schedule/gaps", test_gaps);
  g_test_add_func ("/schedule/lints", test_lints);
  return g_test_run ();
}
