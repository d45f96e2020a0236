/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-output-typescript.h"

#include "barista-typescript-module.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The versions that the output was compiled with and generated from. */
#define SDK_VERSION "0.0.84"
#define TYPESCRIPT_VERSION "5.9.3"
#define NODE_TYPES_VERSION "20.19.25"

static const char package_json[] = "{\n"
                                   "  \"name\": \"tinybird-project\",\n"
                                   "  \"private\": true,\n"
                                   "  \"type\": \"module\",\n"
                                   "  \"scripts\": {\n"
                                   "    \"check\": \"tsc --noEmit\",\n"
                                   "    \"generate\": \"tinybird generate\"\n"
                                   "  },\n"
                                   "  \"dependencies\": {\n"
                                   "    \"@tinybirdco/sdk\": \"" SDK_VERSION "\"\n"
                                   "  },\n"
                                   "  \"devDependencies\": {\n"
                                   "    \"@types/node\": \"" NODE_TYPES_VERSION "\",\n"
                                   "    \"typescript\": \"" TYPESCRIPT_VERSION "\"\n"
                                   "  }\n"
                                   "}\n";

static const char tsconfig_json[] = "{\n"
                                    "  \"compilerOptions\": {\n"
                                    "    \"target\": \"ES2022\",\n"
                                    "    \"module\": \"NodeNext\",\n"
                                    "    \"moduleResolution\": \"NodeNext\",\n"
                                    "    \"strict\": true,\n"
                                    "    \"noEmit\": true,\n"
                                    "    \"skipLibCheck\": true\n"
                                    "  },\n"
                                    "  \"include\": [\"src\"]\n"
                                    "}\n";

/* Connections first: the others name them. */
static const struct
{
  const char *folder;
  const char *ending;
  gboolean (*add) (BaristaTypescriptModule *module, const char *name, GPtrArray *entries);
} kinds[] = {
  { "connections/", ".connection", barista_typescript_add_connection },
  { "datasources/", ".datasource", barista_typescript_add_table },
  { "endpoints/", ".pipe", barista_typescript_add_pipe },
  { "sinks/", ".pipe", barista_typescript_add_pipe },
};

static gboolean
is_wanted (const BaristaOutputRequest *request)
{
  return (request->parts & BARISTA_OUTPUT_TINYBIRD)
         && barista_setup_get_project_typescript (request->setup);
}

static gboolean
is_classic (const BaristaOutputRequest *request)
{
  return g_strcmp0 (barista_setup_get_project_format (request->setup), "classic") == 0;
}

static void
note (GPtrArray *findings,
      const char *rule,
      BaristaLevel level,
      const char *file,
      const char *message,
      const char *fix)
{
  g_ptr_array_add (findings, barista_finding_new (rule, level, file, 0, message, fix));
}

/* A .connection can't be taken along as it is: the SDK has no loader for it. */
static void
leave_out (BaristaTypescriptModule *module, const char *path, GPtrArray *findings)
{
  if (g_str_has_suffix (path, ".connection"))
    {
      g_autofree char *message = g_strdup_printf (
          _ ("The TypeScript SDK can't say what %s holds, so typescript/ has no such connection."),
          path);

      note (findings, "typescript-connection-left-out", BARISTA_LEVEL_WARNING, path, message,
            _ ("Deploy the files with tb instead."));
      return;
    }

  g_ptr_array_add (module->include, g_strconcat ("../", path, NULL));
}

static void
add_kind (BaristaTypescriptModule *module, guint kind, GPtrArray *artefacts, GPtrArray *findings)
{
  for (guint i = 0; i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = artefacts->pdata[i];
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) entries = NULL;
      gsize length = 0;
      const char *content;

      if (!g_str_has_prefix (artefact->path, kinds[kind].folder)
          || !g_str_has_suffix (artefact->path, kinds[kind].ending))
        continue;
      content = g_bytes_get_data (artefact->content, &length);
      text = g_strndup (content, length);
      entries = barista_datafile_read (text);
      name = g_strndup (artefact->path + strlen (kinds[kind].folder),
                        strlen (artefact->path) - strlen (kinds[kind].folder)
                            - strlen (kinds[kind].ending));

      if (!kinds[kind].add (module, name, entries))
        leave_out (module, artefact->path, findings);
      else if (barista_typescript_find (entries, "KAFKA_SSL_CA_PEM") != NULL)
        note (findings, "typescript-indents-ca", BARISTA_LEVEL_HINT, artefact->path,
              _ ("The TypeScript SDK indents the CA certificate, and the blanks become a part of "
                 "it."),
              _ ("Deploy the files with tb instead if Tinybird doesn't take it."));
    }
}

static char *
config_json (BaristaTypescriptModule *module)
{
  GString *text = g_string_new ("{\n  \"include\": [\n    \"src/tinybird.ts\"");

  /* Names of resources hold nothing that JSON would escape. */
  for (guint i = 0; i < module->include->len; i++)
    g_string_append_printf (text, ",\n    \"%s\"", (const char *) module->include->pdata[i]);
  g_string_append (text, "\n  ],\n  \"token\": \"${TINYBIRD_TOKEN}\"\n}\n");

  return g_string_free (text, FALSE);
}

static void
take (GPtrArray *artefacts, const char *path, char *text)
{
  g_autoptr (GBytes) content = g_bytes_new_take (text, strlen (text));

  g_ptr_array_add (artefacts, barista_artefact_new (path, content, 0644));
}

void
barista_output_typescript (const BaristaOutputRequest *request,
                           GPtrArray *artefacts,
                           GPtrArray *findings)
{
  BaristaTypescriptModule module;

  if (!is_wanted (request))
    return;
  if (is_classic (request))
    {
      note (findings, "typescript-needs-forward", BARISTA_LEVEL_WARNING, NULL,
            _ ("The TypeScript SDK deploys to Forward workspaces only, so typescript/ is not "
               "written."),
            _ ("Turn TypeScript off, or generate for Forward."));
      return;
    }

  barista_typescript_module_init (&module, request);
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    add_kind (&module, kind, artefacts, findings);
  if (module.include->len > 0)
    {
      g_autofree char *message = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE,
                       "%u file is included as it is: the TypeScript SDK can't say all it holds.",
                       "%u files are included as they are: the TypeScript SDK can't say all they "
                       "hold.",
                       module.include->len),
          module.include->len);

      note (findings, "typescript-includes", BARISTA_LEVEL_HINT, "typescript/tinybird.config.json",
            message, NULL);
    }

  take (artefacts, "typescript/src/tinybird.ts", barista_typescript_module_finish (&module));
  take (artefacts, "typescript/tinybird.config.json", config_json (&module));
  take (artefacts, "typescript/package.json", g_strdup (package_json));
  take (artefacts, "typescript/tsconfig.json", g_strdup (tsconfig_json));
  take (artefacts, "typescript/.gitignore", g_strdup ("node_modules/\nout/\n"));
  barista_typescript_module_clear (&module);
}

const char *
barista_output_typescript_readme (const BaristaOutputRequest *request)
{
  if (!is_wanted (request) || is_classic (request))
    return "";

  return "## TypeScript\n\n"
         "`typescript/` says the same for the package @tinybirdco/sdk. Deploy one or the other: "
         "the files above with `tb`, or this.\n\n"
         "```sh\n"
         "cd typescript\n"
         "npm install\n"
         "npm run check                        # compiles\n"
         "npx tinybird login                   # puts TINYBIRD_TOKEN into .env.local, which git "
         "ignores\n"
         "npm run generate -- -o out           # the files that it stands for\n"
         "npx tinybird deploy --check          # changes nothing\n"
         "npx tinybird deploy\n"
         "```\n\n";
}
