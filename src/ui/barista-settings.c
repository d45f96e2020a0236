/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-settings.h"

/* More than any table has: a settings file that someone filled by hand stays small. */
#define MAX_WIDTHS 200

/* Installed, or beside the program in the build tree. */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = NULL;
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autofree char *program = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *data = NULL;

  if (installed != NULL)
    schema = g_settings_schema_source_lookup (installed, APP_ID, TRUE);
  if (schema != NULL)
    return schema;

  program = g_file_read_link ("/proc/self/exe", NULL);
  if (program == NULL)
    return NULL;
  folder = g_path_get_dirname (program);
  data = g_build_filename (folder, "..", "..", "data", NULL);
  built = g_settings_schema_source_new_from_directory (data, installed, FALSE, NULL);

  return built != NULL ? g_settings_schema_source_lookup (built, APP_ID, FALSE) : NULL;
}

/**
 * barista_settings_get:
 *
 * Returns: (transfer none) (nullable): the program's settings; %NULL where their schema isn't
 *   installed
 */
GSettings *
barista_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;

  if (!looked)
    {
      g_autoptr (GSettingsSchema) schema = find_schema ();

      looked = TRUE;
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
    }

  return settings;
}

int
barista_settings_get_column_width (const char *column)
{
  g_autoptr (GVariant) widths = NULL;
  int width = -1;

  if (barista_settings_get () == NULL)
    return -1;

  widths = g_settings_get_value (barista_settings_get (), "column-widths");
  g_variant_lookup (widths, column, "i", &width);

  return width;
}

void
barista_settings_set_column_width (const char *column, int width)
{
  GSettings *settings = barista_settings_get ();
  g_autoptr (GVariant) widths = NULL;
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{si}"));
  GVariantIter iter;
  const char *name;
  int other;

  if (settings == NULL)
    return;

  widths = g_settings_get_value (settings, "column-widths");
  if (g_variant_iter_init (&iter, widths) < MAX_WIDTHS)
    while (g_variant_iter_next (&iter, "{&si}", &name, &other))
      if (!g_str_equal (name, column))
        g_variant_builder_add (&builder, "{si}", name, other);
  g_variant_builder_add (&builder, "{si}", column, width);
  g_settings_set_value (settings, "column-widths", g_variant_builder_end (&builder));
}
