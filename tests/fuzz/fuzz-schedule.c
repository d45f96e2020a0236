/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-schedule.h"

#include "barista-finding.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define NOW G_GINT64_CONSTANT (1795226400)

static void
check_runs (BaristaSchedule *schedule)
{
  gint64 gap = barista_schedule_get_shortest_gap (schedule);
  g_autoptr (GArray) runs = barista_schedule_list_runs (schedule, NOW, 4);

  for (guint i = 0; i < runs->len; i++)
    {
      gint64 before = i > 0 ? g_array_index (runs, gint64, i - 1) : NOW;

      g_assert_cmpint (g_array_index (runs, gint64, i), >, before);
      g_assert_true (i == 0 || g_array_index (runs, gint64, i) - before >= gap);
    }
  if (runs->len > 0)
    g_assert_false (barista_schedule_never_runs (schedule));
}

/* What can be read is read again from its own text, runs ever later, and has words. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSchedule) schedule = barista_schedule_new (text, &error);
  g_autoptr (BaristaSchedule) again = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *words = NULL;

  g_assert_true ((schedule == NULL) == (error != NULL));
  if (schedule == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  again = barista_schedule_new (barista_schedule_get_text (schedule), NULL);
  words = barista_schedule_describe (schedule);
  g_assert_nonnull (again);
  g_assert_cmpstr (words, !=, NULL);
  check_runs (schedule);

  findings = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);
  barista_schedule_lint (schedule, NULL, findings);
  return 0;
}
