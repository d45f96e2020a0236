/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"
#include "barista-schedule.h"
#include "barista-sink-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a sink must have, and what it says that can't be so. */

static char *
say_if (gboolean wrong, const char *message)
{
  return wrong ? g_strdup (message) : NULL;
}

static char *
check_name (const BaristaRuleContext *self)
{
  const char *name = barista_sink_get_name (self->sink);
  g_autoptr (GError) error = NULL;

  return barista_resource_name_check (name != NULL ? name : "", &error) ? NULL
                                                                        : g_strdup (error->message);
}

static gboolean
apply_name (const BaristaRuleContext *self)
{
  const char *name = barista_sink_get_name (self->sink);
  g_autofree char *good = barista_setup_propose_name (self->setup, self->tables,
                                                      name != NULL ? name : "sink");

  barista_sink_set_name (self->sink, good);
  return TRUE;
}

static char *
check_name_taken (const BaristaRuleContext *self)
{
  const char *name = barista_sink_get_name (self->sink);

  if (name == NULL || barista_rule_count_name (self, name) < 2)
    return NULL;

  return g_strdup_printf (_ ("Something else in this project is named %s, too."), name);
}

/* The first node whose name is bad or taken; NULL: none */
static BaristaSinkNode *
find_bad_node (const BaristaRuleContext *self, char **message)
{
  GListModel *nodes = barista_sink_get_nodes (self->sink);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, i);
      const char *name = barista_sink_node_get_name (node);
      g_autoptr (GError) error = NULL;

      if (!barista_resource_name_check (name != NULL ? name : "", &error))
        *message = g_strdup (error->message);
      else if (barista_rule_count_name (self, name) > 1)
        *message = g_strdup_printf (_ ("The node's name %s is taken in this project."), name);
      else
        continue;
      return node; /* the list keeps it alive */
    }

  return NULL;
}

static char *
check_node_name (const BaristaRuleContext *self)
{
  char *message = NULL;

  find_bad_node (self, &message);
  return message;
}

/* Later nodes may read an earlier one by its name, so only the last can be renamed. */
static gboolean
apply_node_name (const BaristaRuleContext *self)
{
  g_autofree char *message = NULL;
  BaristaSinkNode *node = find_bad_node (self, &message);
  const char *name = node != NULL ? barista_sink_node_get_name (node) : NULL;
  g_autofree char *good = NULL;

  if (node == NULL || node != barista_sink_get_last_node (self->sink))
    return FALSE;

  good = barista_setup_propose_name (self->setup, self->tables, name != NULL ? name : "export");
  barista_sink_node_set_name (node, good);
  return TRUE;
}

static char *
check_connection (const BaristaRuleContext *self)
{
  const char *name = barista_sink_get_connection (self->sink);

  if (self->target != NULL)
    return NULL;
  if (name == NULL)
    return g_strdup (_ ("The sink has no connection to write to."));

  return g_strdup_printf (_ ("There is no connection named %s."), name);
}

static gboolean
apply_connection (const BaristaRuleContext *self)
{
  GListModel *targets = barista_setup_get_targets (self->setup);
  g_autoptr (BaristaTarget) only = g_list_model_get_item (targets, 0);

  if (g_list_model_get_n_items (targets) != 1 || barista_target_get_name (only) == NULL)
    return FALSE;

  barista_sink_set_connection (self->sink, barista_target_get_name (only));
  return TRUE;
}

static char *
check_nodes (const BaristaRuleContext *self)
{
  if (self->statements->len == 0)
    return g_strdup (_ ("The sink has no SQL, so it isn't written."));
  for (guint i = 0; i < self->statements->len; i++)
    if (*(const char *) self->statements->pdata[i] == '\0')
      return g_strdup (_ ("A node of the sink has no SQL, so it isn't written."));

  return NULL;
}

static char *
check_topic (const BaristaRuleContext *self)
{
  return say_if (self->kind == BARISTA_TARGET_KAFKA && barista_sink_get_topic (self->sink) == NULL,
                 _ ("No topic is given to write to."));
}

static char *
check_bucket_missing (const BaristaRuleContext *self)
{
  return say_if (self->kind == BARISTA_TARGET_S3
                     && barista_sink_get_bucket_uri (self->sink) == NULL,
                 _ ("No bucket is given to write to."));
}

static gboolean
is_bucket_char (char c)
{
  return g_ascii_islower (c) || g_ascii_isdigit (c) || c == '.' || c == '-';
}

/* The rules for names of buckets are Amazon's. */
static const char *
find_bucket_fault (const char *uri)
{
  const char *name = uri + strlen ("s3://");
  gsize length;

  if (!g_str_has_prefix (uri, "s3://"))
    return _ ("it doesn't start with s3://");
  length = strcspn (name, "/");
  if (length < 3 || length > 63)
    return _ ("a bucket's name has 3 to 63 characters");
  for (gsize i = 0; i < length; i++)
    if (!is_bucket_char (name[i]))
      return _ ("a bucket's name has small letters, digits, dots and hyphens only");
  if (!g_ascii_isalnum (name[0]) || !g_ascii_isalnum (name[length - 1])
      || g_strstr_len (name, (gssize) length, "..") != NULL)
    return _ ("a bucket's name starts and ends with a letter or digit, and no two dots follow each "
              "other");

  return strstr (name + length, "//") != NULL ? _ ("two slashes follow each other") : NULL;
}

/**
 * barista_bucket_name:
 * @uri: (nullable): a bucket's address
 *
 * Returns: (transfer full) (nullable): the bucket's name, if the address can be read
 */
char *
barista_bucket_name (const char *uri)
{
  const char *name = uri != NULL ? uri + strlen ("s3://") : NULL;

  return uri != NULL && find_bucket_fault (uri) == NULL ? g_strndup (name, strcspn (name, "/"))
                                                        : NULL;
}

static char *
check_bucket (const BaristaRuleContext *self)
{
  const char *uri = barista_sink_get_bucket_uri (self->sink);
  g_autofree char *template_fault = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  const char *fault;

  if (self->kind != BARISTA_TARGET_S3 || uri == NULL)
    return NULL;

  fault = find_bucket_fault (uri);
  parts = fault == NULL ? barista_file_template_parse (uri, &template_fault) : NULL;
  if (fault == NULL)
    fault = template_fault;

  return fault != NULL ? g_strdup_printf (_ ("Bucket “%s”: %s."), uri, fault) : NULL;
}

static char *
check_bucket_slash (const BaristaRuleContext *self)
{
  const char *uri = barista_sink_get_bucket_uri (self->sink);

  return say_if (
      self->kind == BARISTA_TARGET_S3 && uri != NULL && !g_str_has_suffix (uri, "/"),
      _ ("The bucket's address has no slash at its end, as the vendor's examples have."));
}

static gboolean
apply_bucket_slash (const BaristaRuleContext *self)
{
  g_autofree char *uri = g_strconcat (barista_sink_get_bucket_uri (self->sink), "/", NULL);

  barista_sink_set_bucket_uri (self->sink, uri);
  return TRUE;
}

static char *
check_template_missing (const BaristaRuleContext *self)
{
  return say_if (self->kind == BARISTA_TARGET_S3
                     && barista_sink_get_file_template (self->sink) == NULL,
                 _ ("The files have no name."));
}

static gboolean
apply_template (const BaristaRuleContext *self)
{
  const char *name = barista_sink_get_name (self->sink);
  g_autofree char *plain = barista_resource_name_suggest (name != NULL ? name : "export");

  barista_sink_set_file_template (self->sink, plain);
  return TRUE;
}

static char *
check_template (const BaristaRuleContext *self)
{
  const char *template = barista_sink_get_file_template (self->sink);
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *fault = NULL;

  if (self->kind != BARISTA_TARGET_S3 || template == NULL)
    return NULL;

  parts = barista_file_template_parse (template, &fault);
  return fault != NULL ? g_strdup_printf (_ ("File template “%s”: %s."), template, fault) : NULL;
}

static char *
check_format_missing (const BaristaRuleContext *self)
{
  return say_if (self->kind == BARISTA_TARGET_S3 && barista_sink_get_format (self->sink) == NULL,
                 _ ("No format is stated: Tinybird writes CSV, and its TypeScript SDK wants one."));
}

static gboolean
apply_format (const BaristaRuleContext *self)
{
  barista_sink_set_format (self->sink, "csv");
  return TRUE;
}

static char *
check_schedule_missing (const BaristaRuleContext *self)
{
  return say_if (barista_sink_get_schedule (self->sink) == NULL,
                 _ ("No schedule is stated, and Tinybird refuses a sink without one."));
}

static gboolean
apply_on_demand (const BaristaRuleContext *self)
{
  barista_sink_set_schedule (self->sink, "@on-demand");
  return TRUE;
}

static char *
check_schedule (const BaristaRuleContext *self)
{
  const char *text = barista_sink_get_schedule (self->sink);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSchedule) schedule = text != NULL ? barista_schedule_new (text, &error) : NULL;

  return error != NULL ? g_strdup_printf (_ ("Schedule “%s”: %s."), text, error->message) : NULL;
}

static char *
check_once (const BaristaRuleContext *self)
{
  return say_if (g_strcmp0 (barista_sink_get_schedule (self->sink), "@once") == 0,
                 _ ("Tinybird's command line refuses @once, so the pipe says @on-demand; only the "
                    "TypeScript SDK takes it."));
}

static const struct
{
  const char *name;
  const char *(*get) (BaristaSink *sink);
  void (*set) (BaristaSink *sink, const char *value);
  BaristaTargetKind kind;
} of_kind[] = {
  { "topic", barista_sink_get_topic, barista_sink_set_topic, BARISTA_TARGET_KAFKA },
  { "bucket_uri", barista_sink_get_bucket_uri, barista_sink_set_bucket_uri, BARISTA_TARGET_S3 },
  { "file_template", barista_sink_get_file_template, barista_sink_set_file_template,
    BARISTA_TARGET_S3 },
  { "format", barista_sink_get_format, barista_sink_set_format, BARISTA_TARGET_S3 },
  { "compression", barista_sink_get_compression, barista_sink_set_compression, BARISTA_TARGET_S3 },
  { "strategy", barista_sink_get_strategy, barista_sink_set_strategy, BARISTA_TARGET_S3 },
};

static char *
check_other_kind (const BaristaRuleContext *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (of_kind); i++)
    if (of_kind[i].kind != self->kind && of_kind[i].get (self->sink) != NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", of_kind[i].name);
  if (names->len == 0)
    return NULL;

  /* Translators: the first is a list of members, the second "kafka" or "s3". */
  return g_strdup_printf (_ ("Not written, since the sink writes to %2$s: %1$s."), names->str,
                          barista_target_kind_to_string (self->kind));
}

static gboolean
apply_other_kind (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (of_kind); i++)
    if (of_kind[i].kind != self->kind)
      of_kind[i].set (self->sink, NULL);

  return TRUE;
}

const BaristaRule barista_sink_rules[] = {
  { "sink-name", BARISTA_LEVEL_ERROR, check_name, N_ ("Take another name."), apply_name },
  { "sink-name-taken", BARISTA_LEVEL_ERROR, check_name_taken, N_ ("Take another name."),
    apply_name },
  { "sink-node-name", BARISTA_LEVEL_ERROR, check_node_name, N_ ("Take another name."),
    apply_node_name },
  { "sink-connection", BARISTA_LEVEL_ERROR, check_connection, N_ ("Choose a connection."),
    apply_connection },
  { "sink-sql", BARISTA_LEVEL_ERROR, check_nodes, N_ ("Write what is to be exported."), NULL },
  { "sink-topic", BARISTA_LEVEL_ERROR, check_topic, N_ ("Name the topic."), NULL },
  { "sink-bucket", BARISTA_LEVEL_ERROR, check_bucket_missing,
    N_ ("Give it as in s3://my-bucket/exports/."), NULL },
  { "sink-bucket-uri", BARISTA_LEVEL_ERROR, check_bucket,
    N_ ("Give it as in s3://my-bucket/exports/."), NULL },
  { "sink-bucket-slash", BARISTA_LEVEL_HINT, check_bucket_slash, N_ ("End it with a slash."),
    apply_bucket_slash },
  { "sink-template", BARISTA_LEVEL_ERROR, check_template_missing, N_ ("Name them after the sink."),
    apply_template },
  { "sink-template-syntax", BARISTA_LEVEL_ERROR, check_template,
    N_ ("Write it as in events_{timestamp, '%Y-%m-%d'}."), NULL },
  { "sink-format", BARISTA_LEVEL_HINT, check_format_missing, N_ ("State csv."), apply_format },
  { "sink-schedule", BARISTA_LEVEL_ERROR, check_schedule_missing, N_ ("Begin with @on-demand."),
    apply_on_demand },
  { "sink-schedule-syntax", BARISTA_LEVEL_ERROR, check_schedule,
    N_ ("Write five fields, such as 0 1 * * * for every day at 01:00 UTC."), NULL },
  { "sink-once", BARISTA_LEVEL_WARNING, check_once,
    N_ ("Say @on-demand and run it with “tb --cloud sink run”."), apply_on_demand },
  { "sink-other-kind", BARISTA_LEVEL_WARNING, check_other_kind, N_ ("Take these answers back."),
    apply_other_kind },
  {}
};
