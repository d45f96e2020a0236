/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"

G_BEGIN_DECLS

/**
 * barista_output_typescript:
 * @request: what was written
 * @artefacts: (element-type BaristaArtefact): the datafiles; gets the files of `typescript/`
 * @findings: (element-type BaristaFinding): gets what can't be said in TypeScript
 *
 * The same project for `@tinybirdco/sdk`: a module that gives the datafiles again, and the files
 * that make it one that compiles. It is made from the datafiles, so that both say the same. Does
 * nothing unless `project.typescript` is on.
 */
void barista_output_typescript (const BaristaOutputRequest *request,
                                GPtrArray *artefacts,
                                GPtrArray *findings);

/* The section of the folder's README; "" without TypeScript. */
const char *barista_output_typescript_readme (const BaristaOutputRequest *request);

G_END_DECLS
