/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-setup.h"

G_BEGIN_DECLS

/* Widgets show answers of a setup and change them; no answer lives in a widget. */

/* A text: blanks and quotes around it don't count. */
void barista_bind_text (BaristaSetup *setup, const char *property, GtkEditable *entry);
/* A list, with commas between its items. */
void barista_bind_list (BaristaSetup *setup, const char *property, GtkEditable *entry);
void barista_bind_switch (BaristaSetup *setup, const char *property, AdwSwitchRow *row);
/* An enum, by the place of its value in the row. */
void barista_bind_choice (BaristaSetup *setup, const char *property, AdwComboRow *row);
/* Says @text in @label below @entry, and that the entry holds no good value; NULL: all is well.
 * @announce: aloud too */
void barista_say_problem (GtkWidget *entry, GtkLabel *label, const char *text, gboolean announce);

G_END_DECLS
