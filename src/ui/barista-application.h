/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The window program's application object: one process for all windows of a session, the actions
 * that belong to no single window, and the about dialog. `main ()` owns it.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BARISTA_TYPE_APPLICATION (barista_application_get_type ())

G_DECLARE_FINAL_TYPE (BaristaApplication, barista_application, BARISTA, APPLICATION, AdwApplication)

BaristaApplication *barista_application_new (void);

G_END_DECLS
