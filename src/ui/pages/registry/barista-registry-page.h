/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/* Schema registry: on, derived, with the sign-in of Kafka; off means the whole document alone. */
#define BARISTA_TYPE_REGISTRY_PAGE (barista_registry_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRegistryPage,
                      barista_registry_page,
                      BARISTA,
                      REGISTRY_PAGE,
                      BaristaStepPage)

G_END_DECLS
