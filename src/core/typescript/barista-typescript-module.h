/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-datafile-reader.h"
#include "barista-output.h"
#include "barista-typescript.h"

G_BEGIN_DECLS

/**
 * BaristaTypescriptModule:
 * @text: the definitions so far
 * @imports: (element-type utf8): names that they use
 * @constants: "kafka:" or "s3:" and the name of a connection -> name of its constant
 * @taken: names of constants
 * @include: (element-type utf8): files that go along as they are
 *
 * The module that is being written, by the files whose place it takes. Private to this folder.
 */
typedef struct
{
  const BaristaOutputRequest *request;
  GString *text;
  GHashTable *imports;
  GHashTable *constants;
  GHashTable *taken;
  GPtrArray *include;
} BaristaTypescriptModule;

void
barista_typescript_module_init (BaristaTypescriptModule *self, const BaristaOutputRequest *request);
void barista_typescript_module_clear (BaristaTypescriptModule *self);
void barista_typescript_module_use (BaristaTypescriptModule *self, const char *import);

/* Each adds the definition that gives the file again; FALSE, and nothing is added: the SDK can't say
 * all that the file says. @entries: its commands. */
gboolean barista_typescript_add_connection (BaristaTypescriptModule *self,
                                            const char *name,
                                            GPtrArray *entries);
gboolean
barista_typescript_add_pipe (BaristaTypescriptModule *self, const char *name, GPtrArray *entries);
gboolean
barista_typescript_add_table (BaristaTypescriptModule *self, const char *name, GPtrArray *entries);

/* The whole file: imports, then the definitions. */
char *barista_typescript_module_finish (BaristaTypescriptModule *self);

/* The parts of the above that data sources and pipes share. */
const char *barista_typescript_find (GPtrArray *entries, const char *command);
/* The constant of a connection that was added; NULL: there is none of that @type. */
const char *
barista_typescript_connection (BaristaTypescriptModule *self, const char *type, const char *name);
void barista_typescript_append_description (GString *text, GPtrArray *entries);
/* "  kafka: {" and so on for what @options lists; FALSE: a value that the SDK's types refuse. */
typedef struct
{
  const char *command;
  const char *option;
  const char *const *words; /* all that its type takes, NULL: any text */
} BaristaTypescriptOption;
gboolean barista_typescript_append_options (BaristaTypescriptModule *self,
                                            GString *text,
                                            const char *indent,
                                            const BaristaTypescriptOption *options,
                                            guint n,
                                            GPtrArray *entries);
/* `  output: {` or `  schema: {` of the columns of @table; FALSE: one has a type that can't be said.
 * @paths: with JSON paths and defaults. */
gboolean barista_typescript_append_columns (GString *text,
                                            const char *option,
                                            BaristaTable *table,
                                            gboolean with_marker,
                                            gboolean paths);

G_END_DECLS
