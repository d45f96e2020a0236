/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-topic-row.h"

#include "barista-tooltip.h"
#include "barista-topic-match.h"

#include <glib/gi18n.h>

struct _BaristaTopicRow
{
  AdwBin parent_instance;

  GtkCheckButton *check;
  GtkLabel *name;
  GtkLabel *detail;
  GtkImage *badge_icon;
  GtkLabel *badge;
  GtkWidget *badge_box;

  BaristaSession *session;
  GtkListItem *holder; /* not owned; it holds the row */
  BaristaSlot *slot;
  gulong changed_id;
};

G_DEFINE_FINAL_TYPE (BaristaTopicRow, barista_topic_row, ADW_TYPE_BIN)

/* How a topic stands; the first that fits. */
typedef enum
{
  BADGE_READY,
  BADGE_NO_DATA,
  BADGE_NO_SCHEMA,
} Badge;

static const struct
{
  const char *text;
  const char *icon;
  const char *style;
} badges[] = {
  [BADGE_READY] = { N_ ("Ready"), "object-select-symbolic", "success" },
  [BADGE_NO_DATA] = { N_ ("No data yet"), "document-open-recent-symbolic", "dimmed" },
  [BADGE_NO_SCHEMA] = { N_ ("No schema"), "dialog-warning-symbolic", "warning" },
};

static gboolean
lacks_schema (BaristaSession *session, const char *topic)
{
  /* Of its own, whether chosen or not; else what stands in the way of all. */
  BaristaStageReport *stage = barista_session_find_stage (session, BARISTA_SERVICE_REGISTRY,
                                                          BARISTA_STAGE_REGISTRY, topic);
  JsonObject *evidence;

  if (stage == NULL)
    stage = barista_session_find_failure (session, BARISTA_STEP_TOPICS);
  if (stage == NULL || g_strcmp0 (barista_stage_report_get_cause (stage), "schema-missing") != 0)
    return FALSE;
  if (barista_stage_report_get_topic (stage) != NULL)
    return g_str_equal (barista_stage_report_get_topic (stage), topic);

  evidence = barista_stage_report_get_evidence (stage);
  return evidence != NULL
         && g_strcmp0 (json_object_get_string_member_with_default (evidence, "topic", NULL), topic)
                == 0;
}

static Badge
badge_of (BaristaTopicRow *self, const BaristaTopicInfo *info)
{
  if (lacks_schema (self->session, info->name))
    return BADGE_NO_SCHEMA;
  return info->ready ? BADGE_READY : BADGE_NO_DATA;
}

const char *
barista_topic_newest_record (BaristaSession *session, const char *topic)
{
  BaristaStageReport *stage = barista_session_find_stage (session, BARISTA_SERVICE_KAFKA,
                                                          BARISTA_STAGE_SAMPLE, topic);
  JsonObject *evidence = stage != NULL ? barista_stage_report_get_evidence (stage) : NULL;

  return evidence != NULL
             ? json_object_get_string_member_with_default (evidence, "newest_record", NULL)
             : NULL;
}

/* "acmeCo/orders · 3 partitions · newest record 2026-01-12 16:15" */
static char *
describe (BaristaTopicRow *self, const BaristaTopicInfo *info)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) built = NULL;
  const char *newest = barista_topic_newest_record (self->session, info->name);
  g_autoptr (GDateTime) time = newest != NULL ? g_date_time_new_from_iso8601 (newest, NULL) : NULL;

  if (info->decoded_name != NULL)
    g_strv_builder_add (parts, info->decoded_name);
  if (info->partitions > 0)
    g_strv_builder_take (parts, g_strdup_printf (ngettext ("%u partition", "%u partitions",
                                                           info->partitions),
                                                 info->partitions));
  if (time != NULL)
    {
      g_autoptr (GDateTime) local = g_date_time_to_local (time);
      g_autofree char *when = g_date_time_format (local, "%Y-%m-%d %H:%M");

      g_strv_builder_take (parts, g_strdup_printf (_ ("newest record %s"), when));
    }

  built = g_strv_builder_end (parts);
  return g_strjoinv (" · ", built);
}

static void
describe_for_readers (BaristaTopicRow *self,
                      const BaristaTopicInfo *info,
                      gboolean chosen,
                      const char *detail)
{
  g_autofree char *label = NULL;

  if (self->holder == NULL)
    return;

  /* Translators: read aloud for a row: name, chosen or not, state ("Ready"), details */
  label = g_strdup_printf (_ ("%s, %s, %s, %s"), info->name,
                           chosen ? _ ("chosen") : _ ("not chosen"),
                           _ (badges[badge_of (self, info)].text), detail);
  gtk_list_item_set_accessible_label (self->holder, label);
}

static void
show_badge (BaristaTopicRow *self, Badge badge)
{
  const char *styles[] = { badges[badge].style, NULL };

  gtk_image_set_from_icon_name (self->badge_icon, badges[badge].icon);
  gtk_label_set_label (self->badge, _ (badges[badge].text));
  gtk_widget_set_css_classes (self->badge_box, styles);
}

static void
update (BaristaTopicRow *self)
{
  g_autoptr (PangoAttrList) name_match = NULL;
  g_autoptr (PangoAttrList) decoded_match = NULL;
  g_autofree char *detail = NULL;
  BaristaTopicList *list;
  BaristaTopicInfo info;
  const char *query;
  gboolean chosen;

  list = self->slot != NULL ? barista_topic_list_read_slot (self->slot, &info) : NULL;
  if (list == NULL)
    return;

  query = barista_topic_list_get_query (list);
  chosen = barista_setup_find_topic (barista_session_get_setup (self->session), info.name) != NULL;
  detail = describe (self, &info);
  name_match = barista_topic_match_highlight (info.name, query);
  if (name_match == NULL && info.decoded_name != NULL)
    decoded_match = barista_topic_match_highlight (info.decoded_name, query);

  gtk_check_button_set_active (self->check, chosen);
  gtk_label_set_label (self->name, info.name);
  gtk_label_set_attributes (self->name, name_match);
  gtk_label_set_label (self->detail, detail);
  gtk_label_set_attributes (self->detail, decoded_match);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  barista_tooltip_set (GTK_WIDGET (self), info.name);
  show_badge (self, badge_of (self, &info));
  describe_for_readers (self, &info, chosen, detail);
}

static void
barista_topic_row_dispose (GObject *object)
{
  BaristaTopicRow *self = BARISTA_TOPIC_ROW (object);

  g_clear_signal_handler (&self->changed_id, self->slot);
  g_clear_object (&self->slot);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_TOPIC_ROW);

  G_OBJECT_CLASS (barista_topic_row_parent_class)->dispose (object);
}

static void
barista_topic_row_class_init (BaristaTopicRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_topic_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-topic-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicRow, check);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicRow, name);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicRow, detail);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicRow, badge_icon);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicRow, badge);
  gtk_widget_class_bind_template_child (widget_class, BaristaTopicRow, badge_box);
}

static void
barista_topic_row_init (BaristaTopicRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
barista_topic_row_new (BaristaSession *session)
{
  BaristaTopicRow *self = g_object_new (BARISTA_TYPE_TOPIC_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
barista_topic_row_set_slot (BaristaTopicRow *self, GtkListItem *holder, BaristaSlot *slot)
{
  g_clear_signal_handler (&self->changed_id, self->slot);
  self->holder = holder;
  g_set_object (&self->slot, slot);
  if (slot == NULL)
    return;

  self->changed_id = g_signal_connect_object (slot, "changed", G_CALLBACK (update), self,
                                              G_CONNECT_SWAPPED);
  update (self);
}

BaristaSlot *
barista_topic_row_get_slot (BaristaTopicRow *self)
{
  return self->slot;
}
