/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/* Publish: the values of Estuary's form beside the way by flowctl, and patience. */
#define BARISTA_TYPE_PUBLISH_PAGE (barista_publish_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaPublishPage,
                      barista_publish_page,
                      BARISTA,
                      PUBLISH_PAGE,
                      BaristaStepPage)

G_END_DECLS
