/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The page of the schema with a collection of many fields: how long the main thread is away at most
 * while it opens and while one works in it. What GTK does in a frame isn't counted, nor is what
 * this program itself does to press a button. */

#include "barista-column-answers.h"
#include "barista-columns-view.h"

#include "ui-page.h"

#include <time.h>

#define TOPIC "acmeCo/telemetry"
#define N_FIELDS 5000
#define QUIET_US (G_USEC_PER_SEC / 2)
/* GDK's own for a frame that is due at once; others are at GDK_PRIORITY_REDRAW. */
#define FRAME_AT_ONCE (G_PRIORITY_HIGH - 10)

typedef struct
{
  gint64 longest;
  int priority; /* of that */
  gint64 whole; /* until all has come to rest */
} Times;

/* Of this thread alone: what others do on the computer isn't ours. */
static gint64
busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* One turn of the main loop; sources of one priority are dispatched in it. */
static gint64
turn (int *priority)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[64];
  int timeout, n;
  gint64 began, took = 0;

  g_main_context_prepare (context, priority);
  n = g_main_context_query (context, *priority, &timeout, fds, G_N_ELEMENTS (fds));
  if (timeout < 0 || timeout > 10)
    timeout = 10;
  g_poll (fds, (guint) n, timeout);
  if (g_main_context_check (context, *priority, fds, n))
    {
      began = busy_us ();
      g_main_context_dispatch (context);
      took = busy_us () - began;
    }

  return took;
}

static void
watch (Times *times)
{
  gint64 began = g_get_monotonic_time ();
  gint64 last = began;

  g_main_context_acquire (g_main_context_default ());
  while (g_get_monotonic_time () - last < QUIET_US)
    {
      int priority;
      gint64 took = turn (&priority);

      if (took > 300)
        last = g_get_monotonic_time ();
      if (priority != GDK_PRIORITY_REDRAW && priority != FRAME_AT_ONCE && took > times->longest)
        {
          times->longest = took;
          times->priority = priority;
        }
    }
  g_main_context_release (g_main_context_default ());
  times->whole = last - began;
}

static void
measure (const char *what, void (*act) (UiPage *page), UiPage *page)
{
  Times times = { 0 };
  gint64 began = busy_us ();
  gint64 own;

  act (page);
  own = busy_us () - began;
  watch (&times);
  g_print ("%-28s at once %6.2f ms, later %6.2f ms (priority %d), at rest after %7.1f ms\n", what,
           (double) own / 1000, (double) times.longest / 1000, times.priority,
           (double) times.whole / 1000);
}

/* --- what one does --- */

static GtkWidget *
columns_of (UiPage *page)
{
  return ui_find (GTK_WIDGET (page->page), BARISTA_TYPE_COLUMNS_VIEW);
}

static void
open_topic (UiPage *page)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (TOPIC);

  barista_setup_add_topic (barista_session_get_setup (page->session), choice);
}

static void
type_name (UiPage *page)
{
  barista_column_answer_name (page->session, TOPIC, "$.id", "renamed");
}

static void
leave_out (UiPage *page)
{
  barista_column_answer_included (page->session, TOPIC, "$.field_0001", FALSE);
}

static void
choose_none (UiPage *page)
{
  ui_action (columns_of (page), "columns.choose", "none");
}

static void
choose_all (UiPage *page)
{
  ui_action (columns_of (page), "columns.choose", "all");
}

static void
reset (UiPage *page)
{
  ui_action (columns_of (page), "columns.reset", NULL);
}

static void
undo (UiPage *page)
{
  barista_session_undo (page->session);
}

static void
redo (UiPage *page)
{
  barista_session_redo (page->session);
}

static void
search_columns (UiPage *page)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_find (columns_of (page), GTK_TYPE_SEARCH_ENTRY)), "12");
}

static void
search_nothing (UiPage *page)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_find (columns_of (page), GTK_TYPE_SEARCH_ENTRY)), "");
}

static void
change_plan (UiPage *page)
{
  BaristaTopicChoice *choice = barista_setup_find_topic (barista_session_get_setup (page->session),
                                                         TOPIC);

  g_object_set (choice, "plan", BARISTA_PLAN_NONE, NULL);
}

static void
show_tab (UiPage *page, const char *name)
{
  adw_toggle_group_set_active_name (
      ADW_TOGGLE_GROUP (ui_find (GTK_WIDGET (page->page), ADW_TYPE_TOGGLE_GROUP)), name);
}

static void
show_engine (UiPage *page)
{
  show_tab (page, "engine");
}

static void
show_file (UiPage *page)
{
  show_tab (page, "files");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *what;
    void (*act) (UiPage *page);
  } acts[] = {
    { "open", open_topic },
    { "type a name", type_name },
    { "leave one out", leave_out },
    { "include none", choose_none },
    { "undo", undo },
    { "redo", redo },
    { "include all", choose_all },
    { "reset", reset },
    { "search", search_columns },
    { "search no more", search_nothing },
    { "deletion plan", change_plan },
    { "engine", show_engine },
    { "file", show_file },
    { "type, file shown", type_name },
  };
  g_auto (UiPage) page = { NULL };

  gtk_init ();
  adw_init ();
  ui_page_init (&page, BARISTA_STEP_SCHEMA, NULL, 0, N_FIELDS);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    measure (acts[i].what, acts[i].act, &page);

  return 0;
}
