/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output-form.h"

#include "barista-markdown.h"
#include "barista-output-private.h"

/* --- the fields --- */

typedef struct
{
  GPtrArray *fields;
  BaristaFormKind kind;
  const char *name;
} Form;

static void
field_free (BaristaFormField *field)
{
  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

static void
add (Form *form, const char *label, const char *value, gboolean literal)
{
  BaristaFormField *field = g_new0 (BaristaFormField, 1);

  field->kind = form->kind;
  field->name = g_strdup (form->name);
  field->label = label;
  field->value = g_strdup (value != NULL ? value : "");
  field->literal = literal;
  g_ptr_array_add (form->fields, field);
}

static void
add_registry (Form *form, const BaristaOutputRequest *request)
{
  g_autofree char *url = barista_output_registry_url (request);
  const char *username = barista_setup_get_registry_username (request->setup);

  add (form, "Decode Avro messages with Schema Registry", url != NULL ? "on" : "off", FALSE);
  if (url == NULL)
    return;
  add (form, "URL", url, TRUE);
  if (username == NULL)
    return;
  add (form, "Username", username, TRUE);
  add (form, "Password",
       barista_setup_get_registry_same_sign_in (request->setup) ? "the same as the secret above"
                                                                : "the schema registry's password",
       FALSE);
}

static void
add_connection (Form *form, const BaristaOutputRequest *request)
{
  g_autofree char *servers = barista_output_bootstrap_servers (request);

  form->kind = BARISTA_FORM_CONNECTION;
  form->name = barista_setup_get_project_connection (request->setup);
  add (form, "Connection name", form->name, TRUE);
  add (form, "Bootstrap Server", servers, TRUE);
  if (barista_output_uses_sasl (request))
    {
      add (form, "SASL mechanism", barista_mechanism_to_string (barista_output_mechanism (request)),
           TRUE);
      add (form, "Key", barista_setup_get_username (request->setup), TRUE);
      add (form, "Secret", "the task's auth token, or the Kafka user's password", FALSE);
    }
  add_registry (form, request);
  if (request->ca_pem != NULL && !request->practice)
    add (form, "CA certificate", "the content of the CA file", FALSE);
}

static void
add_table (Form *form, BaristaTable *table)
{
  form->kind = BARISTA_FORM_SOURCE;
  form->name = barista_table_get_data_source (table);
  add (form, "Topic", barista_table_get_topic (table), TRUE);
  add (form, "Consumer group", barista_table_get_group_id (table), TRUE);
  add (form, "Start from", barista_start_to_string (barista_table_get_start (table)), TRUE);
}

static void
add_kafka_target (Form *form, BaristaTarget *target)
{
  g_autofree char *servers = barista_output_join_servers (
      barista_target_get_bootstrap_servers (target));

  add (form, "Bootstrap Server", servers, TRUE);
  add (form, "SASL mechanism", barista_mechanism_to_string (barista_target_get_mechanism (target)),
       TRUE);
  add (form, "Key", "the Kafka user's name", FALSE);
  add (form, "Secret", "the Kafka user's password", FALSE);
  if (barista_target_get_ca_secret (target) != NULL)
    add (form, "CA certificate", "the PEM of the CA", FALSE);
}

static void
add_s3_target (Form *form, BaristaTarget *target)
{
  if (barista_target_get_region (target) != NULL)
    add (form, "Region", barista_target_get_region (target), TRUE);
  if (barista_target_get_arn (target) != NULL)
    {
      add (form, "Role ARN", barista_target_get_arn (target), TRUE);
      return;
    }
  add (form, "Access key", "that of the user who may write", FALSE);
  add (form, "Secret", "the access key's secret", FALSE);
}

static void
add_target (Form *form, BaristaTarget *target)
{
  gboolean kafka = barista_target_get_kind (target) == BARISTA_TARGET_KAFKA;

  form->kind = kafka ? BARISTA_FORM_KAFKA : BARISTA_FORM_S3;
  form->name = barista_target_get_name (target);
  add (form, "Connection name", form->name, TRUE);
  if (kafka)
    add_kafka_target (form, target);
  else
    add_s3_target (form, target);
}

/**
 * barista_output_form:
 * @request: what to write
 *
 * The values of the web form of a Classic workspace in its order (tinybird.md 6.1), which has no
 * connection files. Labels are the form's own, in English.
 *
 * Returns: (transfer full) (element-type BaristaFormField): the fields
 */
GPtrArray *
barista_output_form (const BaristaOutputRequest *request)
{
  Form form = { .fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free) };
  GListModel *targets = barista_setup_get_targets (request->setup);

  if (barista_output_has_connection (request))
    add_connection (&form, request);
  for (guint i = 0; i < request->tables->len; i++)
    add_table (&form, request->tables->pdata[i]);
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      add_target (&form, target);
    }

  return form.fields;
}

/* --- as a page --- */

#define HEAD "| Field | Value |\n|---|---|\n"

static const struct
{
  const char *title;
  const char *where;
  const char *foot;
} kinds[] = {
  [BARISTA_FORM_CONNECTION] = { NULL, "Data Project, +, Data Source, Kafka:\n\n", "" },
  [BARISTA_FORM_SOURCE] = { "Data source", "",
                            "\nThe columns and the engine are those of the file under "
                            "`datasources`.\n" },
  [BARISTA_FORM_KAFKA] = { "Connection for sinks", "Data Project, +, Data Source, Kafka:\n\n", "" },
  [BARISTA_FORM_S3] = { "Connection for sinks", "Data Project, +, Data Source, Amazon S3:\n\n",
                        "" },
};

static void
append_head (GString *text, const BaristaFormField *field)
{
  if (!g_str_has_suffix (text->str, "\n\n"))
    g_string_append_c (text, '\n');
  if (kinds[field->kind].title != NULL)
    {
      g_string_append_printf (text, "## %s ", kinds[field->kind].title);
      barista_markdown_append_code (text, field->name != NULL ? field->name : "");
      g_string_append (text, "\n\n");
    }
  g_string_append_printf (text, "%s" HEAD, kinds[field->kind].where);
}

static void
append_row (GString *text, const BaristaFormField *field)
{
  g_string_append_printf (text, "| %s | ", field->label);
  if (field->literal)
    barista_markdown_append_code (text, field->value);
  else
    g_string_append (text, field->value);
  g_string_append (text, " |\n");
}

/**
 * barista_output_classic_form:
 * @request: what to write
 *
 * barista_output_form() as a page.
 *
 * Returns: (transfer full): the page
 */
char *
barista_output_classic_form (const BaristaOutputRequest *request)
{
  g_autoptr (GPtrArray) fields = barista_output_form (request);
  GString *text = g_string_new ("# The connection in a Classic workspace\n\n");

  for (guint i = 0; i < fields->len; i++)
    {
      const BaristaFormField *field = fields->pdata[i];
      const BaristaFormField *before = i > 0 ? fields->pdata[i - 1] : NULL;
      const BaristaFormField *after = i + 1 < fields->len ? fields->pdata[i + 1] : NULL;

      if (before == NULL || before->kind != field->kind
          || g_strcmp0 (before->name, field->name) != 0)
        append_head (text, field);
      append_row (text, field);
      if (after == NULL || after->kind != field->kind || g_strcmp0 (after->name, field->name) != 0)
        g_string_append (text, kinds[field->kind].foot);
    }

  return g_string_free (text, FALSE);
}
