/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/* Server: one address, filled in; protocol, certificate, own CA file. */
#define BARISTA_TYPE_SERVER_PAGE (barista_server_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaServerPage, barista_server_page, BARISTA, SERVER_PAGE, BaristaStepPage)

G_END_DECLS
