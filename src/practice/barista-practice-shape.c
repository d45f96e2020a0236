/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-shape.h"

/* Avro of the shapes that need no name. `duration` has its logical type around the fixed and defines
 * the name again each time, as the gateway writes it (dekaf.md 3.1). */
static const char *const plain_types[] = {
  [BARISTA_SHAPE_BOOLEAN] = "\"boolean\"",
  [BARISTA_SHAPE_DATE] = "{\"logicalType\":\"date\",\"type\":\"int\"}",
  [BARISTA_SHAPE_DOUBLE] = "\"double\"",
  [BARISTA_SHAPE_DURATION] = "{\"logicalType\":\"duration\",\"type\":"
                             "{\"name\":\"duration\",\"size\":12,\"type\":\"fixed\"}}",
  [BARISTA_SHAPE_LONG] = "\"long\"",
  [BARISTA_SHAPE_STRING] = "\"string\"",
  [BARISTA_SHAPE_TIMESTAMP] = "{\"logicalType\":\"timestamp-micros\",\"type\":\"long\"}",
  [BARISTA_SHAPE_UUID] = "{\"logicalType\":\"uuid\",\"type\":\"string\"}",
};

static const BaristaPracticeField extra_element = { "_flow_extra", BARISTA_SHAPE_JSON,
                                                    .optional = TRUE };
static const BaristaPracticeField extra_field = { "_flow_extra", BARISTA_SHAPE_MAP,
                                                  .element = &extra_element };

static void
append_type (GString *out, const BaristaPracticeField *field, const char *name, const char *space);

static void
append_field (GString *out, const BaristaPracticeField *field, const char *space)
{
  g_string_append_c (out, '{');
  if (field->fallback != NULL)
    g_string_append_printf (out, "\"default\":%s,", field->fallback);
  g_string_append_printf (out, "\"name\":\"%s\",\"type\":", field->name);
  append_type (out, field, field->name, space);
  g_string_append_c (out, '}');
}

/* @space: namespace of the types inside, which is the path of the record */
static void
append_fields (GString *out, const BaristaPracticeField *fields, gboolean extra, const char *space)
{
  g_string_append (out, "{\"fields\":[");
  for (const BaristaPracticeField *f = fields; f->name != NULL; f++)
    {
      if (f != fields)
        g_string_append_c (out, ',');
      append_field (out, f, space);
    }
  if (extra)
    {
      g_string_append_c (out, ',');
      append_field (out, &extra_field, space);
    }
  g_string_append_c (out, ']');
}

static void
append_named (GString *out, const char *name, const char *space)
{
  g_string_append_printf (out, ",\"name\":\"%s\",\"namespace\":\"%s\",\"type\":\"record\"}", name,
                          space);
}

/* What a shape with a name of its own, or with another shape inside, becomes. The values of a map
 * are called like the map, the elements of an array `_items`. */
static void
append_nested (GString *out, const BaristaPracticeField *field, const char *name, const char *space)
{
  g_autofree char *path = g_strconcat (space, ".", name, NULL);

  switch (field->shape)
    {
    case BARISTA_SHAPE_JSON:
      g_string_append (out, "{\"fields\":[{\"name\":\"json\",\"type\":\"string\"}]");
      append_named (out, "RawJSON", path);
      break;
    case BARISTA_SHAPE_RECORD:
      append_fields (out, field->element, field->extra, path);
      append_named (out, name, space);
      break;
    case BARISTA_SHAPE_ARRAY:
      g_string_append (out, "{\"items\":");
      append_type (out, field->element, "_items", path);
      g_string_append (out, ",\"type\":\"array\"}");
      break;
    default:
      g_string_append (out, "{\"type\":\"map\",\"values\":");
      append_type (out, field->element, name, space);
      g_string_append_c (out, '}');
      break;
    }
}

static void
append_type (GString *out, const BaristaPracticeField *field, const char *name, const char *space)
{
  if (field->optional)
    g_string_append_c (out, '[');

  if (field->shape < G_N_ELEMENTS (plain_types) && plain_types[field->shape] != NULL)
    g_string_append (out, plain_types[field->shape]);
  else
    append_nested (out, field, name, space);

  if (field->optional)
    g_string_append (out, ",\"null\"]");
}

/**
 * barista_practice_shape_value_schema:
 * @fields: the selected fields of a collection
 *
 * The Avro schema of its records' values, written like the gateway does: members sorted, no blanks.
 */
char *
barista_practice_shape_value_schema (const BaristaPracticeField *fields)
{
  GString *out = g_string_new (NULL);

  append_fields (out, fields, FALSE, "root");
  g_string_append (out, ",\"name\":\"root\",\"type\":\"record\"}");
  return g_string_free (out, FALSE);
}

const BaristaPracticeField *
barista_practice_shape_find (const BaristaPracticeField *fields, const char *name)
{
  for (const BaristaPracticeField *f = fields; f->name != NULL; f++)
    if (g_str_equal (f->name, name))
      return f;

  return NULL;
}

/**
 * barista_practice_shape_key_schema:
 * @fields: the selected fields of a collection
 * @key: names of those that are its key, in order
 *
 * The Avro schema of its records' keys: `p1` to `pn` in two records (`dekaf.md` 3.2).
 */
char *
barista_practice_shape_key_schema (const BaristaPracticeField *fields, const char *const *key)
{
  GString *out = g_string_new ("{\"fields\":[{\"name\":\"_flow_key\",\"type\":{\"fields\":[");

  for (guint i = 0; key[i] != NULL; i++)
    {
      BaristaPracticeField part = *barista_practice_shape_find (fields, key[i]);
      g_autofree char *name = g_strdup_printf ("p%u", i + 1);

      part.name = name;
      if (i > 0)
        g_string_append_c (out, ',');
      append_field (out, &part, "root.Key.Parts");
    }
  g_string_append (out, "],\"name\":\"Parts\",\"namespace\":\"root.Key\",\"type\":\"record\"}}]");
  append_named (out, "Key", "root");
  return g_string_free (out, FALSE);
}
