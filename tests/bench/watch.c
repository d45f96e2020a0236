/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A watchdog for the main thread, in a window built for ./dev bench alone: every function of ours is
 * compiled with -finstrument-functions, so that this file sees when GLib or GTK call one and when it
 * returns. What GTK does below it when it is asked to measure, lay out or draw others' widgets, or to
 * build them from a template, is kept apart: the linker leads those calls here (--wrap). To show a
 * window, a page or GTK's own dialog is layout too: it works out styles, sizes and glyphs at once.
 *
 * BARISTA_WATCH names a folder; each process leaves a file with a line for each function there: its
 * offset in the program, how often it was called, the microseconds of its longest call by the clock,
 * and, of the call that took the most of the processor, the microseconds of it, and of those the ones
 * in layout and in templates. What else the computer does shows in the clock, not in the processor.
 *
 * With BARISTA_WATCH_TREE, what takes long below such a call is written too, which makes all of it
 * slower: a line with the offset, the depth and the microseconds for each call inside, the last one
 * first, in a file that ends in ".tree". */

#define UNWATCHED __attribute__ ((no_instrument_function))
#define N_SLOTS 8192

typedef struct
{
  gint64 cpu, layout, template;
} Cost;

typedef struct
{
  char *function;
  guint64 calls;
  gint64 longest;
  Cost worst;
} Slot;

/* One call of a function of ours below one that GTK made. */
typedef struct
{
  char *function;
  guint depth;
  gint64 cpu;
} Inner;

#define N_INNER 4096
#define DEEPEST 128
#define LONG_US 4000
#define LONG_INSIDE_US 400

extern char __executable_start;

static Slot slots[N_SLOTS];
/* Only the thread that main () runs on is watched. */
static __thread gboolean watched;
static __thread guint depth;
static __thread gint64 begun, begun_cpu;
static __thread Cost apart;
static __thread guint apart_depth;

/* The main thread's own, if there is to be a tree. */
static FILE *tree;
static gint64 entered[DEEPEST];
static Inner inner[N_INNER];
static guint n_inner;

void __cyg_profile_func_enter (void *function, void *site) UNWATCHED;
void __cyg_profile_func_exit (void *function, void *site) UNWATCHED;

static UNWATCHED gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static UNWATCHED Slot *
find_slot (char *function)
{
  for (gsize i = ((guintptr) function >> 4) % N_SLOTS;; i = (i + 1) % N_SLOTS)
    if (slots[i].function == NULL || slots[i].function == function)
      {
        slots[i].function = function;
        return &slots[i];
      }
}

static UNWATCHED void
leave_inner (char *function)
{
  gint64 cpu;

  if (tree == NULL || depth >= DEEPEST || n_inner == N_INNER)
    return;

  cpu = read_clock (CLOCK_THREAD_CPUTIME_ID) - entered[depth];
  if (cpu > LONG_INSIDE_US)
    inner[n_inner++] = (Inner) { function, depth, cpu };
}

static UNWATCHED void
write_tree (char *function, gint64 cpu)
{
  fprintf (tree, "%td 0 %ld\n", function - &__executable_start, (glong) cpu);
  while (n_inner-- > 0)
    fprintf (tree, "%td %u %ld\n", inner[n_inner].function - &__executable_start,
             inner[n_inner].depth, (glong) inner[n_inner].cpu);
}

void
__cyg_profile_func_enter (void *function, void *site)
{
  if (!watched)
    return;
  if (tree != NULL && depth < DEEPEST)
    entered[depth] = read_clock (CLOCK_THREAD_CPUTIME_ID);
  if (depth++ > 0)
    return;

  n_inner = 0;
  apart = (Cost) { 0 };
  begun_cpu = read_clock (CLOCK_THREAD_CPUTIME_ID);
  begun = read_clock (CLOCK_MONOTONIC);
}

void
__cyg_profile_func_exit (void *function, void *site)
{
  Slot *slot;
  Cost cost;

  if (!watched)
    return;
  if (--depth > 0)
    {
      leave_inner (function);
      return;
    }

  cost = apart;
  cost.cpu = read_clock (CLOCK_THREAD_CPUTIME_ID) - begun_cpu;
  slot = find_slot (function);
  slot->calls++;
  slot->longest = MAX (slot->longest, read_clock (CLOCK_MONOTONIC) - begun);
  if (cost.cpu - cost.layout > slot->worst.cpu - slot->worst.layout)
    slot->worst = cost;
  if (tree != NULL && cost.cpu - cost.layout > LONG_US)
    write_tree (function, cost.cpu - cost.layout);
}

/* --- what GTK does when it is asked to --- */

#define APART(member, call)                                               \
  G_STMT_START                                                            \
  {                                                                       \
    gint64 apart_begun = read_clock (CLOCK_THREAD_CPUTIME_ID);            \
                                                                          \
    apart_depth++;                                                        \
    call;                                                                 \
    if (--apart_depth == 0)                                               \
      apart.member += read_clock (CLOCK_THREAD_CPUTIME_ID) - apart_begun; \
  }                                                                       \
  G_STMT_END

void __real_gtk_widget_init_template (GtkWidget *widget);
void __wrap_gtk_widget_init_template (GtkWidget *widget) UNWATCHED;
void __real_gtk_widget_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline);
void __wrap_gtk_widget_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline) UNWATCHED;
void __real_gtk_widget_size_allocate (GtkWidget *widget, const GtkAllocation *area, int baseline);
void __wrap_gtk_widget_size_allocate (GtkWidget *widget,
                                      const GtkAllocation *area,
                                      int baseline) UNWATCHED;
void __real_gtk_widget_snapshot_child (GtkWidget *widget, GtkWidget *child, GtkSnapshot *snapshot);
void __wrap_gtk_widget_snapshot_child (GtkWidget *widget,
                                       GtkWidget *child,
                                       GtkSnapshot *snapshot) UNWATCHED;

void
__wrap_gtk_widget_init_template (GtkWidget *widget)
{
  APART (template, __real_gtk_widget_init_template (widget));
}

void
__wrap_gtk_widget_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  APART (layout, __real_gtk_widget_measure (widget, orientation, for_size, minimum, natural,
                                            minimum_baseline, natural_baseline));
}

void
__wrap_gtk_widget_size_allocate (GtkWidget *widget, const GtkAllocation *area, int baseline)
{
  APART (layout, __real_gtk_widget_size_allocate (widget, area, baseline));
}

void
__wrap_gtk_widget_snapshot_child (GtkWidget *widget, GtkWidget *child, GtkSnapshot *snapshot)
{
  APART (layout, __real_gtk_widget_snapshot_child (widget, child, snapshot));
}

void __real_gtk_window_present (GtkWindow *window);
void __wrap_gtk_window_present (GtkWindow *window) UNWATCHED;
void __real_adw_dialog_present (AdwDialog *dialog, GtkWidget *parent);
void __wrap_adw_dialog_present (AdwDialog *dialog, GtkWidget *parent) UNWATCHED;
void __real_gtk_stack_set_visible_child (GtkStack *stack, GtkWidget *child);
void __wrap_gtk_stack_set_visible_child (GtkStack *stack, GtkWidget *child) UNWATCHED;
void __real_gtk_stack_set_visible_child_name (GtkStack *stack, const char *name);
void __wrap_gtk_stack_set_visible_child_name (GtkStack *stack, const char *name) UNWATCHED;
void __real_gtk_file_dialog_select_folder (GtkFileDialog *dialog,
                                           GtkWindow *parent,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void __wrap_gtk_file_dialog_select_folder (GtkFileDialog *dialog,
                                           GtkWindow *parent,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data) UNWATCHED;

void __real_gtk_widget_set_visible (GtkWidget *widget, gboolean visible);
void __wrap_gtk_widget_set_visible (GtkWidget *widget, gboolean visible) UNWATCHED;

void
__wrap_gtk_widget_set_visible (GtkWidget *widget, gboolean visible)
{
  APART (layout, __real_gtk_widget_set_visible (widget, visible));
}

void
__wrap_gtk_window_present (GtkWindow *window)
{
  APART (layout, __real_gtk_window_present (window));
}

void
__wrap_adw_dialog_present (AdwDialog *dialog, GtkWidget *parent)
{
  APART (layout, __real_adw_dialog_present (dialog, parent));
}

void
__wrap_gtk_stack_set_visible_child (GtkStack *stack, GtkWidget *child)
{
  APART (layout, __real_gtk_stack_set_visible_child (stack, child));
}

void
__wrap_gtk_stack_set_visible_child_name (GtkStack *stack, const char *name)
{
  APART (layout, __real_gtk_stack_set_visible_child_name (stack, name));
}

void
__wrap_gtk_file_dialog_select_folder (GtkFileDialog *dialog,
                                      GtkWindow *parent,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  APART (layout,
         __real_gtk_file_dialog_select_folder (dialog, parent, cancellable, callback, user_data));
}

/* --- beginning and end --- */

__attribute__ ((constructor)) static UNWATCHED void
begin (void)
{
  const char *folder = g_getenv ("BARISTA_WATCH");
  g_autofree char *path = NULL;

  watched = folder != NULL;
  if (!watched || g_getenv ("BARISTA_WATCH_TREE") == NULL)
    return;

  path = g_strdup_printf ("%s/%d.tree", folder, (int) getpid ());
  tree = fopen (path, "w");
}

__attribute__ ((destructor)) static UNWATCHED void
end (void)
{
  const char *folder = g_getenv ("BARISTA_WATCH");
  g_autofree char *path = NULL;
  FILE *file;

  if (!watched || folder == NULL)
    return;

  watched = FALSE;
  g_clear_pointer (&tree, fclose);
  path = g_strdup_printf ("%s/%d", folder, (int) getpid ());
  file = fopen (path, "w");
  if (file == NULL)
    return;
  for (gsize i = 0; i < N_SLOTS; i++)
    if (slots[i].function != NULL)
      fprintf (file, "%td %lu %ld %ld %ld %ld\n", slots[i].function - &__executable_start,
               (gulong) slots[i].calls, (glong) slots[i].longest, (glong) slots[i].worst.cpu,
               (glong) slots[i].worst.layout, (glong) slots[i].worst.template);
  fclose (file);
}
