/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-check-sample.h"

#include "barista-avro-framing.h"
#include "barista-avro-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Records of thousands of fields take long: who shares the thread gets in between. */
#define SLICE_US 2000

void
check_end_undecodable (CheckStage *stage, const BaristaSampleRecord *record, const GError *error)
{
  barista_evidence_set_end (stage->evidence, BARISTA_END_UNDECODABLE);
  barista_evidence_set_error (stage->evidence, error);
  if (record != NULL)
    barista_evidence_set_int (stage->evidence, BARISTA_FACT_OFFSET, record->offset);
  check_end_sample (stage);
}

static void decode_on (CheckStage *stage);

/* Dekaf's older registry answers 400 to whatever it doesn't like (dekaf.md 2). */
static gboolean
is_unknown_id (const BaristaRegistryAnswer *answer)
{
  const char *words = answer->message != NULL ? answer->message : answer->body;

  if (answer->status != 400)
    return answer->status == 404;

  return words == NULL
         || (strstr (words, "username or password") == NULL
             && strstr (words, "uthorization") == NULL);
}

/* An unknown id, in words. Other errors stay as they are: then it isn't the record's fault. */
static gboolean
name_unknown_id (CheckStage *stage, GError **error)
{
  const BaristaRegistryAnswer *answer = barista_registry_get_answer (stage->check->client);
  CheckSample *work = stage->work;
  BaristaSampleRecord *record = g_ptr_array_index (work->records, work->cursor);
  gsize length;
  const guint8 *data = g_bytes_get_data (work->value ? record->value : record->key, &length);
  guint32 id;

  if (!g_error_matches (*error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_STATUS)
      || answer == NULL || !is_unknown_id (answer) || !barista_avro_frame_parse (data, length, &id))
    return FALSE;

  g_clear_error (error);
  g_set_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_STATUS,
               _ ("the registry has no schema %u"), id);
  return TRUE;
}

static void
on_schema (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  CheckSample *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaRegisteredSchema) registered = barista_registry_schema_finish (self->client,
                                                                                   result, &error);
  BaristaAvroSchema *schema = NULL;

  if (registered == NULL && !name_unknown_id (stage, &error))
    {
      check_stage_fail_at_registry (stage, error);
      check_end_sample (stage);
      return;
    }

  if (registered != NULL)
    schema = barista_registered_schema_to_avro (registered, &error);
  if (schema == NULL)
    {
      check_end_undecodable (stage, g_ptr_array_index (work->records, work->cursor), error);
      return;
    }

  g_hash_table_insert (self->schemas, GUINT_TO_POINTER (registered->id), schema);
  check_stage_touch (stage);
  decode_on (stage);
}

typedef enum
{
  DECODED,
  UNKNOWN_SCHEMA,
  DAMAGED
} DecodeResult;

static DecodeResult
decode_bytes (BaristaCheck *self, GBytes *bytes, guint32 *id, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  BaristaAvroSchema *schema;
  BaristaAvroValue value;

  if (!barista_avro_frame_parse (data, length, id))
    {
      g_set_error_literal (error, BARISTA_AVRO_ERROR, BARISTA_AVRO_ERROR_DATUM,
                           _ ("no schema id stands in front"));
      return DAMAGED;
    }

  schema = g_hash_table_lookup (self->schemas, GUINT_TO_POINTER (*id));
  if (schema == NULL)
    return UNKNOWN_SCHEMA;

  return barista_avro_value_init (&value, schema, data + BARISTA_AVRO_FRAME_SIZE,
                                  length - BARISTA_AVRO_FRAME_SIZE, error)
             ? DECODED
             : DAMAGED;
}

static gboolean
on_slice (gpointer user_data)
{
  CheckStage *stage = user_data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (stage->cancellable, &error))
    check_fail_sample (stage, error);
  else
    decode_on (stage);
  return G_SOURCE_REMOVE;
}

static void
decode_later (CheckStage *stage)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_slice, stage, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* Each key, then each value; stops where a schema has to be fetched or when its slice is over, and
 * goes on from there. */
static void
decode_on (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  CheckSample *work = stage->work;
  gint64 until = g_get_monotonic_time () + SLICE_US;

  while (work->cursor < work->records->len)
    {
      BaristaSampleRecord *record = g_ptr_array_index (work->records, work->cursor);
      GBytes *bytes = work->value ? record->value : record->key;
      g_autoptr (GError) error = NULL;
      guint32 id = 0;
      DecodeResult result = bytes != NULL ? decode_bytes (self, bytes, &id, &error) : DECODED;

      /* Keys are Avro in Dekaf alone; elsewhere they may be anything. */
      if (result != DECODED && !work->value && stage->probe->key == NULL)
        result = DECODED;
      if (result == UNKNOWN_SCHEMA)
        {
          barista_registry_by_id_async (self->client, id, stage->cancellable, on_schema, stage);
          return;
        }
      if (result == DAMAGED)
        {
          check_end_undecodable (stage, record, error);
          return;
        }

      work->decoded += work->value ? 1 : 0;
      work->cursor += work->value ? 1 : 0;
      work->value = !work->value;
      if (g_get_monotonic_time () > until)
        {
          decode_later (stage);
          return;
        }
    }

  check_end_sample (stage);
}

void
check_start_decoding (CheckStage *stage)
{
  if (stage->check->client != NULL)
    decode_on (stage);
  else
    check_end_sample (stage); /* registry off: counted, not decoded */
}
