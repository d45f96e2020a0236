/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-setup.h"

G_BEGIN_DECLS

/* Fields of this page bound to answers, both ways. Each adds its bindings to @group, whose source
 * may be set to another object of the kind later. */

/* A text; NULL reads as "". */
void barista_group_bind_text (GBindingGroup *group, const char *property, gpointer target);
/* A combo row whose first item stands for "not stated"; the others are @words. */
void barista_group_bind_word (GBindingGroup *group,
                              const char *property,
                              AdwComboRow *row,
                              const char *unstated,
                              const char *const *words);
/* A combo row of the words of an enum. */
void barista_group_bind_enum (GBindingGroup *group,
                              const char *property,
                              AdwComboRow *row,
                              const char *const *names);
/* Names by commas in a text. */
void barista_group_bind_list (GBindingGroup *group, const char *property, gpointer target);

G_END_DECLS
