/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-slices.h"

/* After what follows from a change, before GTK lays out and draws. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

guint
barista_slices_start (GSourceFunc step, gpointer data)
{
  return g_idle_add_full (PRIORITY, step, data, NULL);
}
