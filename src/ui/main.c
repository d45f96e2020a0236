/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "barista-application.h"

/* glibc keeps small blocks that were freed unsorted, and sorts all of them when a large one is freed
 * or asked for: 8 to 14 ms of the main thread after rows of a table went. Without that store it sorts
 * each as it is freed. */
static void
sort_freed_blocks_at_once (void)
{
#ifdef M_MXFAST
  mallopt (M_MXFAST, 0);
#endif
}

int
main (int argc, char **argv)
{
  g_autoptr (BaristaApplication) application = NULL;

  sort_freed_blocks_at_once ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = barista_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
