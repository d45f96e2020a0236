/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json-text.h"
#include "barista-names.h"
#include "barista-report-private.h"

#include <string.h>

/* A topic in the packed listing: where its names start in the block of text. */
typedef struct
{
  guint32 name;
  guint32 decoded; /* 0: the same as the name */
  guint32 partitions : 31;
  guint32 ready : 1;
} PackedTopic;

struct _BaristaReport
{
  GObject parent_instance;

  GListStore *stages;
  GString *text; /* names, each ended by a NUL; starts with one, so that 0 is no name's place */
  GArray *topics;
};

enum
{
  TOPICS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaReport, barista_report, G_TYPE_OBJECT)

static void
barista_report_finalize (GObject *object)
{
  BaristaReport *self = BARISTA_REPORT (object);

  g_object_unref (self->stages);
  g_string_free (self->text, TRUE);
  g_array_unref (self->topics);

  G_OBJECT_CLASS (barista_report_parent_class)->finalize (object);
}

static void
barista_report_class_init (BaristaReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_report_finalize;

  /**
   * BaristaReport::topics-changed:
   *
   * The listing is complete.
   */
  signals[TOPICS_CHANGED] = g_signal_new ("topics-changed", BARISTA_TYPE_REPORT, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_report_init (BaristaReport *self)
{
  self->stages = g_list_store_new (BARISTA_TYPE_STAGE_REPORT);
  self->text = g_string_new (NULL);
  g_string_append_c (self->text, '\0');
  self->topics = g_array_new (FALSE, FALSE, sizeof (PackedTopic));
}

BaristaReport *
barista_report_new (void)
{
  return g_object_new (BARISTA_TYPE_REPORT, NULL);
}

guint
barista_report_append (BaristaReport *self, BaristaStageReport *stage)
{
  g_list_store_append (self->stages, stage);
  return g_list_model_get_n_items (G_LIST_MODEL (self->stages)) - 1;
}

void
barista_report_replace (BaristaReport *self, guint position, BaristaStageReport *stage)
{
  g_list_store_splice (self->stages, position, 1, (gpointer *) &stage, 1);
}

static guint32
pack_text (BaristaReport *self, const char *text, gsize length)
{
  gsize place = self->text->len;

  g_string_append_len (self->text, text, (gssize) length);
  g_string_append_c (self->text, '\0');

  return (guint32) place;
}

/**
 * barista_report_add_topic:
 * @self: report
 * @name: @length bytes of valid UTF-8
 * @length: number of bytes
 * @partitions: how many partitions it has
 * @ready: it can be read
 *
 * Adds a topic to the listing. 100,000 of them take their names and 12 bytes each. The frame cap
 * (128 MiB) keeps places within 32 bits.
 */
void
barista_report_add_topic (BaristaReport *self,
                          const char *name,
                          gsize length,
                          guint partitions,
                          gboolean ready)
{
  PackedTopic topic = { .partitions = partitions & G_MAXINT32, .ready = ready != FALSE };
  g_autofree char *decoded = NULL;

  topic.name = pack_text (self, name, length);
  if (memchr (name, '.', length) != NULL)
    decoded = barista_topic_name_decode (self->text->str + topic.name);
  if (decoded != NULL && !g_str_equal (decoded, self->text->str + topic.name))
    topic.decoded = pack_text (self, decoded, strlen (decoded));

  g_array_append_val (self->topics, topic);
}

void
barista_report_end_topics (BaristaReport *self)
{
  g_signal_emit (self, signals[TOPICS_CHANGED], 0);
}

GListModel *
barista_report_get_stages (BaristaReport *self)
{
  return G_LIST_MODEL (self->stages);
}

/**
 * barista_report_get_passed:
 * @self: report of a check that has ended
 *
 * Returns: whether no stage failed or was cancelled
 */
gboolean
barista_report_get_passed (BaristaReport *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);
      BaristaResult result = barista_stage_report_get_result (stage);

      if (result != BARISTA_RESULT_PASSED && result != BARISTA_RESULT_SKIPPED)
        return FALSE;
    }

  return n > 0;
}

guint
barista_report_get_n_topics (BaristaReport *self)
{
  return self->topics->len;
}

void
barista_report_get_topic (BaristaReport *self, guint index, BaristaTopicInfo *info)
{
  const PackedTopic *topic;

  g_return_if_fail (index < self->topics->len);

  topic = &g_array_index (self->topics, PackedTopic, index);
  *info = (BaristaTopicInfo) {
    .name = self->text->str + topic->name,
    .decoded_name = topic->decoded != 0 ? self->text->str + topic->decoded : NULL,
    .partitions = topic->partitions,
    .ready = topic->ready,
  };
}

gboolean
barista_report_find_topic (BaristaReport *self, const char *name, BaristaTopicInfo *info)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      barista_report_get_topic (self, i, info);
      if (g_str_equal (info->name, name) || g_strcmp0 (info->decoded_name, name) == 0)
        return TRUE;
    }

  return FALSE;
}

BaristaStageReport *
barista_report_get_failure (BaristaReport *self, BaristaService service)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      if (barista_stage_report_get_service (stage) == service
          && barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED)
        return stage; /* the list keeps it */
    }

  return NULL;
}

static void
append_text_member (GString *json, const char *name, const char *value)
{
  g_string_append_printf (json, "\"%s\":", name);
  if (value != NULL)
    barista_json_append_string (json, value, -1);
  else
    g_string_append (json, "null");
  g_string_append_c (json, ',');
}

static void
append_hints (GString *json, const char *const *hints)
{
  g_string_append (json, "\"hints\":[");
  for (guint i = 0; hints[i] != NULL; i++)
    g_string_append_printf (json, "%s\"%s\"", i > 0 ? "," : "", hints[i]);
  g_string_append (json, "],");
}

static void
append_stage (GString *json, BaristaStageReport *stage)
{
  g_autoptr (JsonNode) evidence = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *evidence_text = NULL;
  char duration[G_ASCII_DTOSTR_BUF_SIZE];
  BaristaService service = barista_stage_report_get_service (stage);

  json_node_set_object (evidence, barista_stage_report_get_evidence (stage));
  evidence_text = json_to_string (evidence, FALSE);
  g_ascii_formatd (duration, sizeof duration, "%.3f", barista_stage_report_get_duration_ms (stage));

  g_string_append_c (json, '{');
  append_text_member (json, "service", barista_service_to_string (service));
  append_text_member (json, "stage",
                      barista_stage_to_string (barista_stage_report_get_stage (stage)));
  append_text_member (json, "host", barista_stage_report_get_host (stage));
  append_text_member (json, "topic", barista_stage_report_get_topic (stage));
  append_text_member (json, "result",
                      barista_result_to_string (barista_stage_report_get_result (stage)));
  append_text_member (json, "cause", barista_stage_report_get_cause (stage));
  append_hints (json, barista_stage_report_get_hints (stage));
  append_text_member (json, "title", barista_stage_report_get_title (stage));
  append_text_member (json, "body", barista_stage_report_get_body (stage));
  g_string_append_printf (json, "\"duration_ms\":%s,\"evidence\":%s}", duration, evidence_text);
}

static void
append_topics (GString *json, BaristaReport *self)
{
  g_string_append (json, "\"topics\":[");
  for (guint i = 0; i < self->topics->len; i++)
    {
      BaristaTopicInfo info;

      barista_report_get_topic (self, i, &info);
      g_string_append (json, i > 0 ? ",{" : "{");
      append_text_member (json, "name", info.name);
      append_text_member (json, "decoded_name", info.decoded_name);
      g_string_append_printf (json, "\"partitions\":%u,\"ready\":%s}", info.partitions,
                              info.ready ? "true" : "false");
    }
  g_string_append_c (json, ']');
}

/**
 * barista_report_to_json:
 * @self: report
 *
 * Returns: (transfer full): the object of `check --json`, one line
 */
char *
barista_report_to_json (BaristaReport *self)
{
  GString *json = g_string_new ("{");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  append_text_member (json, "result", barista_report_get_passed (self) ? "passed" : "failed");
  g_string_append (json, "\"stages\":[");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      if (i > 0)
        g_string_append_c (json, ',');
      append_stage (json, stage);
    }
  g_string_append (json, "],");
  append_topics (json, self);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

char *
barista_report_topics_to_json (BaristaReport *self)
{
  GString *json = g_string_new ("{");

  append_topics (json, self);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}
