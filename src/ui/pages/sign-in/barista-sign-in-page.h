/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/* Sign-in: the name is there, the token is asked for once. */
#define BARISTA_TYPE_SIGN_IN_PAGE (barista_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSignInPage,
                      barista_sign_in_page,
                      BARISTA,
                      SIGN_IN_PAGE,
                      BaristaStepPage)

G_END_DECLS
