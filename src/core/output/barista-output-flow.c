/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-datafile.h"
#include "barista-names.h"
#include "barista-output-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

static const char reference_warning[]
    = "# Do not publish this file: it would replace the real task and drop every binding that is\n"
      "# not listed here. It shows the task as seen over Kafka, for reading only; the names of the\n"
      "# collections are guessed from the topics where they are not known.\n";
static const char created_note[]
    = "# Publish with: flowctl catalog publish --source (this file). The folder's README tells more.\n";
static const char practice_note[]
    = "# What Barista would publish for a task of your own. The practice task lives in Barista alone.\n";

/* What a reader must know before anything else of the file. */
static const char *
choose_note (const BaristaOutputRequest *request, gboolean managed)
{
  if (request->practice)
    return practice_note;

  return managed ? created_note : reference_warning;
}

/* A libyaml emitter into a string; @ok turns FALSE at the first event that it refuses. */
typedef struct
{
  yaml_emitter_t emitter;
  GString *text;
  gboolean ok;
} Writer;

static int
append_bytes (void *data, unsigned char *bytes, size_t length)
{
  g_string_append_len (data, (const char *) bytes, length);
  return 1;
}

static void
emit (Writer *self, yaml_event_t *event, int initialized)
{
  if (!self->ok && initialized)
    yaml_event_delete (event);
  else
    self->ok = self->ok && initialized && yaml_emitter_emit (&self->emitter, event);
}

static void
writer_init (Writer *self)
{
  yaml_event_t event;
  int initialized;

  self->text = g_string_new (NULL);
  self->ok = yaml_emitter_initialize (&self->emitter);
  yaml_emitter_set_output (&self->emitter, append_bytes, self->text);
  yaml_emitter_set_width (&self->emitter, -1);

  initialized = yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING);
  emit (self, &event, initialized);
  initialized = yaml_document_start_event_initialize (&event, NULL, NULL, NULL, 1);
  emit (self, &event, initialized);
}

static char *
writer_finish (Writer *self)
{
  g_autoptr (GString) text = g_steal_pointer (&self->text);
  yaml_event_t event;
  int initialized = yaml_document_end_event_initialize (&event, 1);

  emit (self, &event, initialized);
  initialized = yaml_stream_end_event_initialize (&event);
  emit (self, &event, initialized);
  yaml_emitter_delete (&self->emitter);

  return self->ok ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

static void
put_scalar (Writer *self, const char *text, yaml_scalar_style_t style)
{
  yaml_event_t event;
  int initialized = yaml_scalar_event_initialize (&event, NULL, NULL, (const yaml_char_t *) text,
                                                  (int) strlen (text),
                                                  style == YAML_PLAIN_SCALAR_STYLE,
                                                  style != YAML_PLAIN_SCALAR_STYLE, style);

  emit (self, &event, initialized);
}

/* Our own words: keys, true, false. */
static void
put_word (Writer *self, const char *word)
{
  put_scalar (self, word, YAML_PLAIN_SCALAR_STYLE);
}

/* What a person supplied: YAML 1.1 and 1.2 read no, 0123 and 1:20 differently (tinybird.md 0.1, 14). */
static void
put_text (Writer *self, const char *text)
{
  put_scalar (self, text, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
}

static void
begin_mapping (Writer *self)
{
  yaml_event_t event;
  int initialized = yaml_mapping_start_event_initialize (&event, NULL, NULL, 1,
                                                         YAML_BLOCK_MAPPING_STYLE);

  emit (self, &event, initialized);
}

static void
end_mapping (Writer *self)
{
  yaml_event_t event;
  int initialized = yaml_mapping_end_event_initialize (&event);

  emit (self, &event, initialized);
}

static void
begin_sequence (Writer *self)
{
  yaml_event_t event;
  int initialized = yaml_sequence_start_event_initialize (&event, NULL, NULL, 1,
                                                          YAML_BLOCK_SEQUENCE_STYLE);

  emit (self, &event, initialized);
}

static void
end_sequence (Writer *self)
{
  yaml_event_t event;
  int initialized = yaml_sequence_end_event_initialize (&event);

  emit (self, &event, initialized);
}

/* As stated, else as read off the wire. */
static BaristaDeletions
deletions_of (const BaristaOutputRequest *request)
{
  if (!barista_setup_get_deletions_stated (request->setup) && request->tables->len > 0)
    return barista_table_get_deletions (request->tables->pdata[0]);
  return barista_setup_get_deletions (request->setup);
}

static void
put_options (Writer *self, const BaristaOutputRequest *request)
{
  put_word (self, "strict_topic_names");
  put_word (self, barista_setup_get_strict_topic_names (request->setup) ? "true" : "false");
  put_word (self, "deletions");
  put_word (self, barista_deletions_to_string (deletions_of (request)));
}

/* A created task's token stands in a file of its own, which only its owner may read. */
static void
put_config (Writer *self, const BaristaOutputRequest *request)
{
  g_autofree char *path = barista_output_flow_config_path (request);

  put_word (self, "config");
  if (barista_setup_get_managed (request->setup))
    {
      put_text (self, strrchr (path, '/') + 1);
      return;
    }

  begin_mapping (self);
  put_options (self, request);
  end_mapping (self);
}

static void
put_source (Writer *self, const char *collection, const char *not_before)
{
  put_word (self, "source");
  if (not_before == NULL)
    {
      put_text (self, collection);
      return;
    }

  begin_mapping (self);
  put_word (self, "name");
  put_text (self, collection);
  put_word (self, "notBefore");
  put_text (self, not_before);
  end_mapping (self);
}

static void
put_fields (Writer *self, const char *const *exclude)
{
  if (exclude == NULL || exclude[0] == NULL)
    return;

  put_word (self, "fields");
  begin_mapping (self);
  put_word (self, "recommended");
  put_word (self, "true");
  put_word (self, "exclude");
  begin_sequence (self);
  for (guint i = 0; exclude[i] != NULL; i++)
    put_text (self, exclude[i]);
  end_sequence (self);
  end_mapping (self);
}

static void
put_binding (Writer *self,
             const char *collection,
             const char *topic,
             const char *not_before,
             const char *const *exclude)
{
  begin_mapping (self);
  put_source (self, collection, not_before);
  put_word (self, "resource");
  begin_mapping (self);
  put_word (self, "topic_name");
  put_text (self, topic);
  end_mapping (self);
  put_fields (self, exclude);
  end_mapping (self);
}

/* Where the task is not ours its bindings are what the wire shows. */
static void
put_seen_bindings (Writer *self, const BaristaOutputRequest *request)
{
  for (guint i = 0; i < request->tables->len; i++)
    {
      const char *topic = barista_table_get_topic (request->tables->pdata[i]);
      g_autofree char *decoded = barista_topic_name_decode (topic);
      const char *name = decoded != NULL ? decoded : topic;

      put_binding (self, name, name, NULL, NULL);
    }
}

static void
put_bindings (Writer *self, const BaristaOutputRequest *request)
{
  GListModel *bindings = barista_setup_get_bindings (request->setup);
  guint n = g_list_model_get_n_items (bindings);

  put_word (self, "bindings");
  begin_sequence (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaBinding) binding = g_list_model_get_item (bindings, i);

      put_binding (self, barista_binding_get_collection (binding),
                   barista_binding_get_topic (binding), barista_binding_get_not_before (binding),
                   barista_binding_get_exclude (binding));
    }
  if (n == 0 && !barista_setup_get_managed (request->setup))
    put_seen_bindings (self, request);
  end_sequence (self);
}

static void
put_task (Writer *self, const BaristaOutputRequest *request)
{
  begin_mapping (self);
  put_word (self, "materializations");
  begin_mapping (self);
  put_text (self, barista_setup_get_task_name (request->setup));
  begin_mapping (self);
  put_word (self, "endpoint");
  begin_mapping (self);
  put_word (self, "dekaf");
  begin_mapping (self);
  put_word (self, "variant");
  put_word (self, "tinybird");
  put_config (self, request);
  end_mapping (self);
  end_mapping (self);
  put_bindings (self, request);
  end_mapping (self);
  end_mapping (self);
  end_mapping (self);
}

/**
 * barista_output_flow:
 * @request: what to write
 * @error: return location
 *
 * The task as a Flow catalog file (dekaf.md 5): to publish if it is ours, else to read.
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_flow (const BaristaOutputRequest *request, GError **error)
{
  gboolean managed = barista_setup_get_managed (request->setup);
  g_autofree char *path = barista_output_flow_path (request);
  g_autofree char *yaml = NULL;
  Writer writer;

  writer_init (&writer);
  put_task (&writer, request);
  yaml = writer_finish (&writer);
  if (yaml == NULL)
    {
      g_set_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE,
                   _ ("%s: A name in the task is not valid UTF-8. Correct the task's names."),
                   path);
      return NULL;
    }

  return g_strconcat (choose_note (request, managed), yaml, NULL);
}

/* A double-quoted YAML scalar, by hand: the emitter's buffers could not be wiped. */
static void
append_secret (GString *text, const char *secret)
{
  g_string_append_c (text, '"');
  for (const char *p = secret; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_c (text, '\\');
      if (c >= 0x20 && c < 0x7f)
        g_string_append_c (text, (char) c);
      else
        g_string_append_printf (text, "\\U%08X", c);
    }
  g_string_append_c (text, '"');
}

/**
 * barista_output_flow_config:
 * @request: what to write
 * @token: the task's token, valid UTF-8
 *
 * The endpoint's settings, token included: the content of the one file that holds a secret.
 *
 * Returns: (transfer full): the YAML; the caller wipes it after use
 */
char *
barista_output_flow_config (const BaristaOutputRequest *request, const char *token)
{
  BaristaSetup *setup = request->setup;
  /* Each character takes ten at most; no second buffer may be left behind by growing. */
  GString *text = g_string_sized_new (strlen (token) * 10 + 256);

  g_return_val_if_fail (g_utf8_validate (token, -1, NULL), NULL);

  g_string_append (text, "token: ");
  append_secret (text, token);
  g_string_append_printf (text, "\nstrict_topic_names: %s\ndeletions: %s\n",
                          barista_setup_get_strict_topic_names (setup) ? "true" : "false",
                          barista_deletions_to_string (barista_setup_get_deletions (setup)));
  return g_string_free (text, FALSE);
}
