/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-slices.h"

/* Of the main thread's time without a look at what else there is, but for the piece begun in it: one
 * may take three times as long. */
#define SLICE_US 1000
/* After what follows from a change, before GTK lays out and draws. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

typedef struct
{
  GSourceFunc step;
  gpointer data;
} Slices;

static gboolean
on_slice (gpointer user_data)
{
  const Slices *slices = user_data;
  gint64 until = g_get_monotonic_time () + SLICE_US;

  do
    if (!slices->step (slices->data))
      return G_SOURCE_REMOVE;
  while (g_get_monotonic_time () < until);

  return G_SOURCE_CONTINUE;
}

guint
barista_slices_start (GSourceFunc step, gpointer data)
{
  Slices *slices = g_new0 (Slices, 1);

  slices->step = step;
  slices->data = data;
  return g_idle_add_full (PRIORITY, on_slice, slices, g_free);
}
