/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-typescript-module.h"

#include <string.h>

#define SDK "@tinybirdco/sdk"

static const char *const protocols[] = { "SASL_SSL", "PLAINTEXT", "SASL_PLAINTEXT", NULL };
static const char *const mechanisms[] = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", NULL };
static const char *const strategies[] = { "create_new", "replace", NULL };
static const char *const compressions[] = { "none", "gzip", "snappy", NULL };

/* What the SDK 0.0.84 knows of each file, in the order of its own examples. */
static const BaristaTypescriptOption kafka_options[] = {
  { "KAFKA_BOOTSTRAP_SERVERS", "bootstrapServers", NULL },
  { "KAFKA_SECURITY_PROTOCOL", "securityProtocol", protocols },
  { "KAFKA_SASL_MECHANISM", "saslMechanism", mechanisms },
  { "KAFKA_KEY", "key", NULL },
  { "KAFKA_SECRET", "secret", NULL },
  { "KAFKA_SCHEMA_REGISTRY_URL", "schemaRegistryUrl", NULL },
  { "KAFKA_SSL_CA_PEM", "sslCaPem", NULL },
};

static const BaristaTypescriptOption s3_options[] = {
  { "S3_REGION", "region", NULL },
  { "S3_ARN", "arn", NULL },
  { "S3_ACCESS_KEY", "accessKey", NULL },
  { "S3_SECRET", "secret", NULL },
};

static const BaristaTypescriptOption sink_options[] = {
  { "EXPORT_KAFKA_TOPIC", "topic", NULL },
  { "EXPORT_BUCKET_URI", "bucketUri", NULL },
  { "EXPORT_FILE_TEMPLATE", "fileTemplate", NULL },
  { "EXPORT_FORMAT", "format", NULL },
  { "EXPORT_SCHEDULE", "schedule", NULL },
  { "EXPORT_STRATEGY", "strategy", strategies },
  { "EXPORT_COMPRESSION", "compression", compressions },
};

/* What it refuses to do without. */
static const char *const kafka_needs[] = { "KAFKA_BOOTSTRAP_SERVERS", NULL };
static const char *const role_needs[] = { "S3_REGION", "S3_ARN", NULL };
static const char *const pair_needs[] = { "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET", NULL };
static const char *const to_kafka_needs[] = { "EXPORT_KAFKA_TOPIC", "EXPORT_SCHEDULE", NULL };
static const char *const to_s3_needs[] = { "EXPORT_BUCKET_URI", "EXPORT_FILE_TEMPLATE",
                                           "EXPORT_FORMAT", "EXPORT_SCHEDULE", NULL };

/* --- the module --- */

void
barista_typescript_module_init (BaristaTypescriptModule *self, const BaristaOutputRequest *request)
{
  self->request = request;
  self->text = g_string_new (NULL);
  self->imports = g_hash_table_new (g_str_hash, g_str_equal);
  self->constants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->include = g_ptr_array_new_with_free_func (g_free);
}

void
barista_typescript_module_clear (BaristaTypescriptModule *self)
{
  g_string_free (self->text, TRUE);
  g_hash_table_unref (self->imports);
  g_hash_table_unref (self->constants);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->include);
}

void
barista_typescript_module_use (BaristaTypescriptModule *self, const char *import)
{
  g_hash_table_add (self->imports, (gpointer) import);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
barista_typescript_module_finish (BaristaTypescriptModule *self)
{
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (self->imports);
  GString *text = g_string_new (NULL);

  g_ptr_array_sort (names, compare_names);
  if (names->len > 0)
    g_string_append (text, "import {\n");
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "  %s,\n", (const char *) names->pdata[i]);
  if (names->len > 0)
    g_string_append (text, "} from \"" SDK "\";\n");
  else
    /* A module without a definition is still one. */
    g_string_append (text, "export {};\n");
  g_string_append (text, self->text->str);

  return g_string_free (text, FALSE);
}

/* --- options --- */

const char *
barista_typescript_find (GPtrArray *entries, const char *command)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaDatafileEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->command, command))
        return entry->value;
    }

  return NULL;
}

static gboolean
has_all (GPtrArray *entries, const char *const *commands)
{
  for (guint i = 0; commands[i] != NULL; i++)
    {
      const char *value = barista_typescript_find (entries, commands[i]);

      if (value == NULL || *value == '\0')
        return FALSE;
    }

  return TRUE;
}

gboolean
barista_typescript_append_options (BaristaTypescriptModule *self,
                                   GString *text,
                                   const char *indent,
                                   const BaristaTypescriptOption *options,
                                   guint n,
                                   GPtrArray *entries)
{
  for (guint i = 0; i < n; i++)
    {
      const char *value = barista_typescript_find (entries, options[i].command);
      gboolean uses_secret = FALSE;
      g_autofree char *literal = NULL;

      if (value == NULL)
        continue;
      if (options[i].words != NULL && !g_strv_contains (options[i].words, value))
        return FALSE;
      literal = barista_typescript_value (value, &uses_secret);
      if (uses_secret)
        barista_typescript_module_use (self, "secret");
      g_string_append_printf (text, "%s%s: %s,\n", indent, options[i].option, literal);
    }

  return TRUE;
}

void
barista_typescript_append_description (GString *text, GPtrArray *entries)
{
  const BaristaDatafileEntry *first = entries->len > 0 ? entries->pdata[0] : NULL;
  g_autofree char *literal = NULL;

  if (first == NULL || !g_str_equal (first->command, "DESCRIPTION"))
    return;
  literal = barista_typescript_quote (first->value);
  g_string_append_printf (text, "  description: %s,\n", literal);
}

/* Whether there is an option for every command. */
static gboolean
knows_all (GPtrArray *entries, const BaristaTypescriptOption *options, guint n, const char *others)
{
  g_auto (GStrv) more = g_strsplit (others, " ", -1);

  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaDatafileEntry *entry = entries->pdata[i];
      gboolean known = g_strv_contains ((const char *const *) more, entry->command);

      for (guint j = 0; j < n && !known; j++)
        known = g_str_equal (options[j].command, entry->command);
      if (!known)
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full): its constant */
static char *
add_definition (BaristaTypescriptModule *self,
                const char *function,
                const char *name,
                const char *options)
{
  char *constant = barista_typescript_identifier (name, self->taken);

  barista_typescript_module_use (self, function);
  g_string_append_printf (self->text, "\nexport const %s = %s(\"%s\", {\n%s});\n", constant,
                          function, name, options);
  return constant;
}

/* --- connections --- */

const char *
barista_typescript_connection (BaristaTypescriptModule *self, const char *type, const char *name)
{
  g_autofree char *key = name != NULL ? g_strconcat (type, ":", name, NULL) : NULL;

  return key != NULL ? g_hash_table_lookup (self->constants, key) : NULL;
}

/* Half a pair of keys is refused beside a role as well. */
static gboolean
s3_is_whole (GPtrArray *entries)
{
  gboolean key = barista_typescript_find (entries, "S3_ACCESS_KEY") != NULL;
  gboolean secret = barista_typescript_find (entries, "S3_SECRET") != NULL;

  return key == secret && has_all (entries, key ? pair_needs : role_needs);
}

gboolean
barista_typescript_add_connection (BaristaTypescriptModule *self,
                                   const char *name,
                                   GPtrArray *entries)
{
  const char *type = barista_typescript_find (entries, "TYPE");
  gboolean kafka = g_strcmp0 (type, "kafka") == 0;
  const BaristaTypescriptOption *options = kafka ? kafka_options : s3_options;
  guint n = kafka ? G_N_ELEMENTS (kafka_options) : G_N_ELEMENTS (s3_options);
  g_autoptr (GString) text = g_string_new (NULL);

  if ((!kafka && g_strcmp0 (type, "s3") != 0) || !knows_all (entries, options, n, "TYPE")
      || !(kafka ? has_all (entries, kafka_needs) : s3_is_whole (entries))
      || !barista_typescript_append_options (self, text, "  ", options, n, entries))
    return FALSE;

  g_hash_table_insert (self->constants, g_strconcat (type, ":", name, NULL),
                       add_definition (self, kafka ? "defineKafkaConnection" : "defineS3Connection",
                                       name, text->str));
  return TRUE;
}

/* --- pipes --- */

/* What makes the SDK write the line `%` in front of a statement: its own two patterns. */
static gboolean
sdk_sees_template (const char *sql)
{
  static const char *const marks[][3] = { { "{{", "}", "}}" }, { "{%", "%", "%}" } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    for (const char *p = strstr (sql, marks[i][0]); p != NULL; p = strstr (p + 1, marks[i][0]))
      {
        const char *inner = p + 2;
        gsize length = strcspn (inner, marks[i][1]);

        if (length > 0 && g_str_has_prefix (inner + length, marks[i][2]))
          return TRUE;
      }

  return FALSE;
}

/* Whether String.prototype.trim () takes it away: white space and line ends of ECMAScript. */
static gboolean
is_trimmed (gunichar c)
{
  return c == 0x0b || c == 0xfeff || g_unichar_isspace (c);
}

/* The SDK trims a statement. That of a file has no blanks around it, but may have others there. */
static gboolean
sdk_trims (const char *sql)
{
  const char *last = g_utf8_find_prev_char (sql, sql + strlen (sql));

  return is_trimmed (g_utf8_get_char (sql))
         || (last != NULL && is_trimmed (g_utf8_get_char (last)));
}

static gboolean
append_sql (GString *text, const char *sql)
{
  gboolean template = g_str_has_prefix (sql, "%\n");
  g_auto (GStrv) lines = NULL;

  if (template)
    sql += strlen ("%\n");
  if (template != sdk_sees_template (sql) || sdk_trims (sql))
    return FALSE;

  lines = g_strsplit (sql, "\n", -1);
  g_string_append (text, "      sql: `\n");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = barista_typescript_template (lines[i]);

      g_string_append_printf (text, "%s%s\n", *line != '\0' ? "        " : "", line);
    }
  g_string_append (text, "      `,\n");
  return TRUE;
}

/* Each NODE with what belongs to it: its description and its statement. */
static gboolean
append_nodes (BaristaTypescriptModule *self, GString *text, GPtrArray *entries)
{
  gboolean open = FALSE;

  barista_typescript_module_use (self, "node");
  g_string_append (text, "  nodes: [\n");
  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaDatafileEntry *entry = entries->pdata[i];
      g_autofree char *literal = barista_typescript_quote (entry->value);

      if (g_str_equal (entry->command, "NODE"))
        {
          g_string_append_printf (text, "%s    node({\n      name: %s,\n", open ? "    }),\n" : "",
                                  literal);
          open = TRUE;
        }
      else if (open && g_str_equal (entry->command, "DESCRIPTION"))
        g_string_append_printf (text, "      description: %s,\n", literal);
      else if (open && g_str_equal (entry->command, "SQL") && !append_sql (text, entry->value))
        return FALSE;
    }
  g_string_append_printf (text, "%s  ],\n", open ? "    }),\n" : "");

  return open;
}

/* `TOKEN name READ` */
static gboolean
append_tokens (GString *text, GPtrArray *entries)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaDatafileEntry *entry = entries->pdata[i];
      g_auto (GStrv) words = NULL;
      g_autofree char *name = NULL;

      if (!g_str_equal (entry->command, "TOKEN"))
        continue;
      words = g_strsplit (entry->value, " ", -1);
      if (g_strv_length (words) != 2 || !g_str_equal (words[1], "READ"))
        return FALSE;
      name = barista_typescript_quote (words[0]);
      g_string_append_printf (list, "%s{ name: %s }", list->len > 0 ? ", " : "", name);
    }
  if (list->len > 0)
    g_string_append_printf (text, "  tokens: [%s],\n", list->str);

  return TRUE;
}

/* The files say @on-demand for @once, which their reader refuses; the SDK takes it as it is. */
static void
restore_once (BaristaTypescriptModule *self, const char *name, GPtrArray *entries)
{
  BaristaSink *sink = barista_setup_find_sink (self->request->setup, name);

  if (sink == NULL || g_strcmp0 (barista_sink_get_schedule (sink), "@once") != 0)
    return;
  for (guint i = 0; i < entries->len; i++)
    {
      BaristaDatafileEntry *entry = entries->pdata[i];

      if (!g_str_equal (entry->command, "EXPORT_SCHEDULE"))
        continue;
      g_free (entry->value);
      entry->value = g_strdup ("@once");
    }
}

static gboolean
add_sink (BaristaTypescriptModule *self, const char *name, GPtrArray *entries, GString *text)
{
  gboolean kafka = barista_typescript_find (entries, "EXPORT_KAFKA_TOPIC") != NULL;
  const char *connection = barista_typescript_find (entries, "EXPORT_CONNECTION_NAME");
  const char *constant = barista_typescript_connection (self, kafka ? "kafka" : "s3", connection);

  if (constant == NULL || !has_all (entries, kafka ? to_kafka_needs : to_s3_needs)
      || !knows_all (entries, sink_options, G_N_ELEMENTS (sink_options),
                     "DESCRIPTION NODE SQL TYPE TOKEN EXPORT_CONNECTION_NAME"))
    return FALSE;

  restore_once (self, name, entries);
  g_string_append_printf (text, "  sink: {\n    connection: %s,\n", constant);
  if (!barista_typescript_append_options (self, text, "    ", sink_options,
                                          G_N_ELEMENTS (sink_options), entries))
    return FALSE;
  g_string_append (text, "  },\n");
  return append_nodes (self, text, entries) && append_tokens (text, entries);
}

/* The table that an endpoint of ours reads: `orders` of orders_current and orders_deleted. */
static BaristaTable *
find_table (BaristaTypescriptModule *self, const char *endpoint, gboolean *all_columns)
{
  for (guint i = 0; i < self->request->tables->len; i++)
    {
      BaristaTable *table = self->request->tables->pdata[i];
      const char *source = barista_table_get_data_source (table);
      const char *rest = endpoint + strlen (source);

      if (!g_str_has_prefix (endpoint, source))
        continue;
      *all_columns = g_str_equal (rest, "_deleted");
      if (*all_columns || g_str_equal (rest, "_current"))
        return table;
    }

  return NULL;
}

static gboolean
add_endpoint (BaristaTypescriptModule *self, const char *name, GPtrArray *entries, GString *text)
{
  gboolean all_columns = FALSE;
  BaristaTable *table = find_table (self, name, &all_columns);

  if (table == NULL || !knows_all (entries, NULL, 0, "DESCRIPTION NODE SQL TYPE TOKEN"))
    return FALSE;

  return append_nodes (self, text, entries)
         && barista_typescript_append_columns (text, "output", table, all_columns, FALSE)
         && append_tokens (text, entries);
}

gboolean
barista_typescript_add_pipe (BaristaTypescriptModule *self, const char *name, GPtrArray *entries)
{
  gboolean sink = g_strcmp0 (barista_typescript_find (entries, "TYPE"), "sink") == 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *constant = NULL;

  barista_typescript_append_description (text, entries);
  if (!(sink ? add_sink (self, name, entries, text) : add_endpoint (self, name, entries, text)))
    return FALSE;

  if (!sink)
    barista_typescript_module_use (self, "t");
  constant = add_definition (self, sink ? "defineSinkPipe" : "defineEndpoint", name, text->str);
  return TRUE;
}
