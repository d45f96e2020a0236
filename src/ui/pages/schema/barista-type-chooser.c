/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-type-chooser.h"

#include "barista-column-answers.h"
#include "barista-column-type.h"
#include "barista-type-map.h"

#include <glib/gi18n.h>

struct _BaristaTypeChooser
{
  GtkPopover parent_instance;

  GtkListBox *types;
  AdwEntryRow *other;
  GtkLabel *problem;

  BaristaSession *session;
  char *topic;
  char *id;
  gboolean nullable;
};

G_DEFINE_FINAL_TYPE (BaristaTypeChooser, barista_type_chooser, GTK_TYPE_POPOVER)

typedef enum
{
  FROM_TEXT = 1 << 0,
  FROM_WHOLE = 1 << 1,
  FROM_REAL = 1 << 2,
  FROM_BOOLEAN = 1 << 3,
  FROM_TIME = 1 << 4, /* numbers that count from 1970 */
  FROM_OTHER = 1 << 5,
} From;

/* What one would want instead of the type that the schema calls for. */
static const struct
{
  const char *type;
  guint from;
  const char *reason;
} offers[] = {
  { "String", FROM_TEXT | FROM_WHOLE | FROM_REAL | FROM_BOOLEAN | FROM_TIME | FROM_OTHER,
    N_ ("Text takes every value.") },
  { "LowCardinality(String)", FROM_TEXT, N_ ("Text of few different words: smaller, faster.") },
  { "Int64", FROM_WHOLE | FROM_TEXT | FROM_TIME, N_ ("Whole numbers of 64 bits.") },
  { "Int32", FROM_WHOLE, N_ ("Whole numbers to two billion.") },
  { "UInt64", FROM_WHOLE, N_ ("Whole numbers that are never negative.") },
  { "UInt8", FROM_BOOLEAN, N_ ("0 or 1; the engine's delete marker must be one.") },
  { "Bool", FROM_BOOLEAN | FROM_WHOLE, N_ ("True or false; of numbers 0 and 1.") },
  { "Float64", FROM_REAL | FROM_WHOLE | FROM_TEXT, N_ ("Numbers with a fraction.") },
  { "Float32", FROM_REAL, N_ ("Half the size, seven digits.") },
  { "Decimal(18, 4)", FROM_REAL | FROM_TEXT,
    N_ ("Exact amounts with four digits behind the point.") },
  { "DateTime64(3)", FROM_TEXT | FROM_TIME, N_ ("A time to the millisecond.") },
  { "DateTime64(6)", FROM_TIME, N_ ("A time to the microsecond.") },
  { "DateTime", FROM_TEXT, N_ ("A time to the second, from 1970 to 2106.") },
  { "Date", FROM_TEXT | FROM_TIME, N_ ("A day from 1970 on.") },
  { "UUID", FROM_TEXT, N_ ("Sixteen bytes; every value must be a UUID.") },
};

static From
from_of (const BaristaAvroNode *node)
{
  if (node == NULL)
    return FROM_OTHER;

  switch (node->type)
    {
    case BARISTA_AVRO_STRING:
    case BARISTA_AVRO_ENUM:
      return FROM_TEXT;
    case BARISTA_AVRO_INT:
    case BARISTA_AVRO_LONG:
      return node->logical == BARISTA_AVRO_LOGICAL_NONE ? FROM_WHOLE : FROM_TIME;
    case BARISTA_AVRO_FLOAT:
    case BARISTA_AVRO_DOUBLE:
      return FROM_REAL;
    case BARISTA_AVRO_BOOLEAN:
      return FROM_BOOLEAN;
    default:
      return FROM_OTHER;
    }
}

static void
choose (BaristaTypeChooser *self, const char *type)
{
  g_autofree char *whole = self->nullable && barista_column_type_can_be_null (type)
                               ? barista_column_type_make_nullable (type)
                               : g_strdup (type);
  g_autoptr (BaristaSession) session = g_object_ref (self->session);
  g_autofree char *topic = g_strdup (self->topic);
  g_autofree char *id = g_strdup (self->id);

  gtk_popover_popdown (GTK_POPOVER (self));
  barista_column_answer_type (session, topic, id, whole);
}

static void
on_row_activated (BaristaTypeChooser *self, GtkListBoxRow *row)
{
  choose (self, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static char *
problem_of (BaristaTypeChooser *self)
{
  const char *type = gtk_editable_get_text (GTK_EDITABLE (self->other));

  return *type != '\0' ? barista_column_type_problem (type) : NULL;
}

static void
on_other_changed (BaristaTypeChooser *self)
{
  g_autofree char *problem = problem_of (self);

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->other), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
on_other_applied (BaristaTypeChooser *self)
{
  g_autofree char *problem = problem_of (self);
  g_autofree char *type = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->other)));

  if (problem != NULL || *type == '\0')
    return;

  self->nullable = FALSE; /* as it is written */
  choose (self, type);
}

/* "All 70 samples fit." */
static char *
count_fits (BaristaReplay *replay, guint index, const char *type)
{
  guint n = barista_replay_get_n_records (replay);
  guint rejected = barista_replay_try_type (replay, index, type);

  if (rejected == 0)
    return g_strdup (_ ("The whole sample fits."));
  return g_strdup_printf (ngettext ("%u of %u sample records doesn't fit.",
                                    "%u of %u sample records don't fit.", rejected),
                          rejected, n);
}

static gboolean
find_index (BaristaReplay *replay, const char *id, guint *index)
{
  for (*index = 0; replay != NULL && *index < barista_replay_get_n_columns (replay); (*index)++)
    if (g_str_equal (barista_column_get_id (barista_replay_get_column (replay, *index)), id))
      return TRUE;

  return FALSE;
}

static void
add_offer (BaristaTypeChooser *self,
           const char *type,
           const char *reason,
           gboolean current,
           BaristaReplay *replay)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *whole = self->nullable ? barista_column_type_make_nullable (type)
                                          : g_strdup (type);
  g_autofree char *fits = NULL;
  g_autofree char *subtitle = NULL;
  guint index;

  if (find_index (replay, self->id, &index))
    fits = count_fits (replay, index, whole);
  subtitle = fits != NULL ? g_strdup_printf ("%s %s", reason, fits) : g_strdup (reason);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), type);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (current)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_append (self->types, row);
}

static void
fill (BaristaTypeChooser *self, const BaristaColumn *column, BaristaReplay *replay)
{
  g_autofree char *base = barista_column_type_dup_base (column->type);
  From from = from_of (column->node);
  gboolean low = g_str_has_prefix (column->type, "LowCardinality(");
  g_autofree char *now = low ? g_strdup_printf ("LowCardinality(%s)", base) : g_strdup (base);

  add_offer (self, now, column->reason, TRUE, replay);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if ((offers[i].from & from) && !g_str_equal (offers[i].type, now)
        && !g_str_has_prefix (now, "Array("))
      add_offer (self, offers[i].type, _ (offers[i].reason), FALSE, replay);
  gtk_editable_set_text (GTK_EDITABLE (self->other), column->type);
}

/* Not at once: it is still at closing. */
static gboolean
unparent (gpointer widget)
{
  if (gtk_widget_get_parent (widget) != NULL)
    gtk_widget_unparent (widget);
  return G_SOURCE_REMOVE;
}

static void
on_closed (BaristaTypeChooser *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent, g_object_ref (self), g_object_unref);
}

static void
barista_type_chooser_dispose (GObject *object)
{
  BaristaTypeChooser *self = BARISTA_TYPE_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_TYPE_CHOOSER);
  g_clear_object (&self->session);
  g_clear_pointer (&self->topic, g_free);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (barista_type_chooser_parent_class)->dispose (object);
}

static void
barista_type_chooser_class_init (BaristaTypeChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_type_chooser_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-type-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaTypeChooser, types);
  gtk_widget_class_bind_template_child (widget_class, BaristaTypeChooser, other);
  gtk_widget_class_bind_template_child (widget_class, BaristaTypeChooser, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_other_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_other_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
}

static void
barista_type_chooser_init (BaristaTypeChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
barista_type_chooser_new (BaristaSession *session,
                          BaristaTable *table,
                          const BaristaColumn *column,
                          BaristaReplay *replay)
{
  BaristaTypeChooser *self = g_object_new (BARISTA_TYPE_TYPE_CHOOSER, NULL);

  self->session = g_object_ref (session);
  self->topic = g_strdup (barista_table_get_topic (table));
  self->id = g_strdup (barista_column_get_id (column));
  self->nullable = column->nullable;
  fill (self, column, replay);
  return GTK_WIDGET (self);
}
