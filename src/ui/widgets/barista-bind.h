/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-setup.h"

G_BEGIN_DECLS

/* Widgets show answers of a setup and change them; no answer lives in a widget. */

/* A text: blanks and quotes around it don't count. */
void barista_bind_text (BaristaSetup *setup, const char *property, GtkEditable *entry);
/* A list: commas or blanks part its items, quotes around them don't count. */
void barista_bind_list (BaristaSetup *setup, const char *property, GtkEditable *entry);
void barista_bind_switch (BaristaSetup *setup, const char *property, AdwSwitchRow *row);
/* An enum, by the place of its value in the row. */
void barista_bind_choice (BaristaSetup *setup, const char *property, AdwComboRow *row);

/* The same for an editor that shows one object after another: each adds its bindings to @group, whose
 * source may be set to another object of the kind later. */

/* A text as it is typed. */
void barista_bind_group_text (GBindingGroup *group, const char *property, GtkEditable *entry);
void barista_bind_group_list (GBindingGroup *group, const char *property, GtkEditable *entry);
/* An enum, by the place of its value in @names, which the row gets. */
void barista_bind_group_choice (GBindingGroup *group,
                                const char *property,
                                AdwComboRow *row,
                                const char *const *names);
/* A text that is one of @words, which the row gets; its first item, @unstated, stands for none. */
void barista_bind_group_word (GBindingGroup *group,
                              const char *property,
                              AdwComboRow *row,
                              const char *unstated,
                              const char *const *words);

/* Says @text in @label below @entry, and that the entry holds no good value; NULL: all is well.
 * @announce: aloud too */
void barista_say_problem (GtkWidget *entry, GtkLabel *label, const char *text, gboolean announce);

G_END_DECLS
