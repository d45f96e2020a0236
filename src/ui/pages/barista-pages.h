/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/* A new page for @step of @session: the one table that says which class it is. */
GtkWidget *barista_page_new (BaristaSession *session, BaristaStep step);

G_END_DECLS
