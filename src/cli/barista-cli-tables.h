/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cli.h"
#include "barista-table.h"

G_BEGIN_DECLS

/* A table per probed topic of a check that has ended, names unique among them. */
GPtrArray *cli_make_tables (CliSession *session, BaristaCheck *check);
/* Columns, engine and plan for people. */
char *cli_format_columns (BaristaTable *table);
char *cli_format_plan (BaristaTable *table);
/* {"rule","level","file","line","message","fix"} each */
void cli_build_findings (JsonBuilder *builder, GPtrArray *findings);
char *cli_format_findings (GPtrArray *findings);

G_END_DECLS
