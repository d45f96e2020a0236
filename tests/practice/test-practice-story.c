/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-practice-feed.h"
#include "barista-practice-story.h"

#include <glib/gstdio.h>
#include <string.h>

/* Whatever the seed, a clean start has a creation, a change and a deletion in each collection. */
static void
test_everything_happens (void)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      BaristaPracticeStory *story = barista_practice_story_new (seed);
      gboolean seen[BARISTA_N_COLLECTIONS][3] = { 0 };
      gint64 last_ms = 0;

      for (guint i = 0; i < 520; i++)
        {
          g_auto (BaristaPracticeEvent) event = { 0 };

          barista_practice_story_next (story, &event);
          seen[event.collection][event.op == 'c' ? 0 : event.op == 'u' ? 1 : 2] = TRUE;
          g_assert_cmpint (event.time_ms, >=, last_ms);
          last_ms = event.time_ms;
        }
      for (guint i = 0; i < BARISTA_N_COLLECTIONS; i++)
        g_assert_true (seen[i][0] && seen[i][1] && seen[i][2]);
      barista_practice_story_free (story);
    }
}

/* It goes on for as long as anybody listens, and what it remembers stays bounded. */
static void
test_goes_on (void)
{
  BaristaPracticeStory *story = barista_practice_story_new (1);

  for (guint i = 0; i < 20000; i++)
    {
      g_auto (BaristaPracticeEvent) event = { 0 };

      barista_practice_story_next (story, &event);
      g_assert_nonnull (event.document);
    }
  barista_practice_story_free (story);
}

/* What the dump says after @n arrivals, asked for @step at a time. */
static char *
arrivals (guint n, guint step)
{
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "feed-XXXXXX", NULL);
  int fd = g_mkstemp (file);
  BaristaPracticeOptions options = { .seed = 5, .dump_file = file };
  BaristaPracticeTask *task = barista_practice_task_new (&options, 0);
  g_autoptr (GError) error = NULL;
  BaristaPracticeFeed *feed = barista_practice_feed_new (task, &options, &error);
  char *text = NULL;

  g_assert_no_error (error);
  close (fd);
  for (guint i = 0; i < n; i += step)
    barista_practice_feed_arrive (feed, step);
  barista_practice_feed_free (feed);
  barista_practice_task_free (task);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_unlink (file);
  return text;
}

/* Offsets and all: the same whether they come one by one or in a crowd. */
static void
test_arrivals (void)
{
  g_autofree char *none = arrivals (0, 1);
  g_autofree char *single = arrivals (60, 1);
  g_autofree char *crowd = arrivals (60, 20);
  guint n_lines = 0;

  g_assert_cmpstr (single, ==, crowd);
  g_assert_true (g_str_has_prefix (single, none));
  for (const char *p = single + strlen (none); *p != '\0'; p++)
    n_lines += *p == '\n';
  g_assert_cmpuint (n_lines, ==, 60);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/story/everything-happens", test_everything_happens);
  g_test_add_func ("/practice/story/goes-on", test_goes_on);
  g_test_add_func ("/practice/story/arrivals", test_arrivals);
  return g_test_run ();
}
