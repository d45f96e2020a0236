/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaSchemaPage:
 *
 * What the records of a topic become: first what happens to deleted rows, then the columns, beside the
 * sample's rows as the table would hold them; engine, and the file that comes of it.
 */
#define BARISTA_TYPE_SCHEMA_PAGE (barista_schema_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSchemaPage, barista_schema_page, BARISTA, SCHEMA_PAGE, BaristaStepPage)

G_END_DECLS
