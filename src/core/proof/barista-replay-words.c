/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-type.h"
#include "barista-replay-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* %1$s: the column, %2$s: its type */
static const char *const reasons[] = {
  [BARISTA_REJECTION_MISSING] = N_ ("“%1$s” is missing, and %2$s may not be empty."),
  [BARISTA_REJECTION_NULL] = N_ ("“%1$s” is null, and %2$s may not be empty."),
  [BARISTA_REJECTION_KIND] = N_ ("“%1$s” holds a value of another kind than %2$s."),
  [BARISTA_REJECTION_RANGE] = N_ ("“%1$s” holds a value that %2$s doesn't reach."),
  [BARISTA_REJECTION_TEXT] = N_ ("“%1$s” holds a text that can't be read as %2$s."),
  [BARISTA_REJECTION_LENGTH] = N_ ("“%1$s” holds more bytes than %2$s has room for."),
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* One sentence, translated: why @column rejects. */
char *
barista_replay_reason (BaristaRejection rejection, const BaristaColumn *column)
{
  if (rejection == BARISTA_REJECTION_NONE)
    return NULL;
  if (rejection == BARISTA_REJECTION_SIZE)
    return g_strdup (_ ("The record is larger than the 10 MB that Tinybird takes."));
  if (rejection == BARISTA_REJECTION_UNREADABLE)
    return g_strdup (_ ("The record isn't what its registered schema says."));

  return g_strdup_printf (_ (reasons[rejection]), column->name, column->type);
}

#pragma GCC diagnostic pop

/**
 * barista_replay_dup_reason:
 * @self: the replay
 * @record: index of a record
 * @column: index of a column
 *
 * Returns: (transfer full) (nullable): why the cell is rejected, one translated sentence
 */
char *
barista_replay_dup_reason (BaristaReplay *self, guint record, guint column)
{
  g_return_val_if_fail (record < self->records->len && column < self->n_slots, NULL);

  return barista_replay_reason (self->rejections[(gsize) record * self->n_slots + column],
                                self->slots[column].column);
}

/**
 * barista_replay_dup_row_reason:
 * @self: the replay
 * @record: index of a record
 *
 * Returns: (transfer full) (nullable): what puts the record into quarantine; %NULL: nothing does
 */
char *
barista_replay_dup_row_reason (BaristaReplay *self, guint record)
{
  BaristaReplayRow row;

  barista_replay_get_row (self, record, &row);
  return barista_replay_reason (row.rejection, row.column);
}

static void
append_part (GString *text, const BaristaPart *part)
{
  BaristaCellType plain = { .kind = BARISTA_CELL_STRING };
  const char *characters;
  gsize length;

  if (part->kind == BARISTA_PART_AVRO)
    barista_cell_append_text (&plain, part->value, text);
  if (part->kind != BARISTA_PART_RAW)
    return;

  characters = g_bytes_get_data (part->bytes, &length);
  if (length <= 200 && g_utf8_validate (characters, (gssize) length, NULL))
    g_string_append_len (text, characters, (gssize) length);
  else
    {
      g_autofree char *size = g_format_size (length);

      /* Translators: what stands in a table for bytes that aren't text; %s is a size, "812 bytes" */
      g_string_append_printf (text, _ ("(%s)"), size);
    }
}

static void
append_meta (BaristaReplay *self,
             const BaristaReplayRecord *record,
             BaristaSource source,
             GString *text)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *formatted = NULL;

  switch (source)
    {
    case SOURCE_WHOLE:
      append_part (text, &record->value);
      break;
    case SOURCE_KEY:
      append_part (text, &record->key);
      break;
    case SOURCE_TOPIC:
      g_string_append (text, barista_table_get_topic (self->table));
      break;
    case SOURCE_PARTITION:
      g_string_append_printf (text, "%d", record->partition);
      break;
    case SOURCE_OFFSET:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, record->offset);
      break;
    case SOURCE_TIMESTAMP:
      time = g_date_time_new_from_unix_utc (record->timestamp / 1000);
      formatted = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : NULL;
      g_string_append (text, formatted != NULL ? formatted : "");
      break;
    default:
      break;
    }
}

/**
 * barista_replay_dup_text:
 * @self: the replay
 * @record: index of a record
 * @column: index of a column
 *
 * Spells a cell: what would be stored, or what was sent where it is rejected; "" if it was nothing.
 * How Tinybird spells a key of Avro in `__key` isn't documented: its JSON stands here.
 *
 * Returns: (transfer full): its text, cut at 200 characters
 */
char *
barista_replay_dup_text (BaristaReplay *self, guint record, guint column)
{
  const BaristaSlot *slot;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (record < self->records->len && column < self->n_slots, NULL);

  slot = &self->slots[column];
  if (slot->source != SOURCE_DOCUMENT)
    append_meta (self, self->records->pdata[record], slot->source, text);
  else
    switch (barista_replay_get_cell (self, record, column))
      {
      case BARISTA_CELL_DEFAULT:
        g_string_append (text, slot->column->default_value);
        break;
      case BARISTA_CELL_NULL:
        g_string_append (text, "NULL");
        break;
      default:
        barista_cell_append_text (slot->type, barista_replay_peek (self, record, column), text);
        break;
      }

  return g_string_free (text, FALSE);
}

/* The column that puts most records into quarantine. */
static const BaristaReplayColumn *
find_worst (BaristaReplay *self)
{
  const BaristaReplayColumn *worst = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const BaristaReplayColumn *column = self->columns->pdata[i];

      if (worst == NULL || column->rejected > worst->rejected)
        worst = column;
    }

  return worst;
}

static char *
say_quarantined (BaristaReplay *self)
{
  const BaristaReplayColumn *worst = find_worst (self);
  guint n = barista_replay_get_n_quarantined (self);

  if (worst == NULL)
    return g_strdup_printf (ngettext ("%u would be quarantined.", "%u would be quarantined.", n),
                            n);
  if (worst->deletions == worst->rejected && worst->rejection <= BARISTA_REJECTION_NULL)
    return g_strdup_printf (ngettext ("%u would be quarantined: a deletion without “%s”.",
                                      "%u would be quarantined: deletions without “%s”.", n),
                            n, worst->column->name);
  return g_strdup_printf (
      ngettext ("%u would be quarantined. %s", "%u would be quarantined. %s", n), n, worst->reason);
}

/**
 * barista_replay_dup_verdict:
 * @self: the replay
 *
 * Returns: (transfer full): how much of the sample fits, and what doesn't: one to three sentences,
 *   translated
 */
char *
barista_replay_dup_verdict (BaristaReplay *self)
{
  guint n = self->records->len;
  g_autofree char *fit = NULL;
  g_autofree char *quarantined = NULL;
  g_autofree char *more = NULL;

  if (n == 0)
    return g_strdup (_ ("There is no sample record yet to try the table with."));
  if (self->accepted == n)
    return g_strdup_printf (
        ngettext ("The one sample record fits.", "All %u sample records fit.", n), n);

  fit = g_strdup_printf (ngettext ("%u of %u sample record fits.", "%u of %u sample records fit.",
                                   n),
                         self->accepted, n);
  quarantined = say_quarantined (self);
  if (self->columns->len > 1)
    more = g_strdup_printf (ngettext ("%u column is concerned.", "%u columns are concerned.",
                                      self->columns->len),
                            self->columns->len);

  return more != NULL ? g_strdup_printf ("%s %s %s", fit, quarantined, more)
                      : g_strdup_printf ("%s %s", fit, quarantined);
}

/* The fix is nothing but Nullable() around the type that is there. */
static gboolean
only_empties (const BaristaReplayColumn *column)
{
  g_autofree char *nullable = barista_column_type_make_nullable (column->column->type);

  return g_strcmp0 (column->fix_type, nullable) == 0;
}

/* One sentence, translated: what mends @column. */
char *
barista_replay_fix (const BaristaReplayColumn *column)
{
  if (column->fix_type == NULL)
    return NULL;
  if (only_empties (column))
    return g_strdup_printf (_ ("Allow “%s” to be empty."), column->column->name);
  return g_strdup_printf (_ ("Give “%s” the type %s."), column->column->name, column->fix_type);
}

/**
 * barista_replay_dup_fix_label:
 * @self: the replay
 *
 * Returns: (transfer full) (nullable): what the button says that gives each column its @fix_type:
 *   "Allow Empty in 11 Columns"; %NULL if there is nothing to mend
 */
char *
barista_replay_dup_fix_label (BaristaReplay *self)
{
  guint n = 0, empties = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const BaristaReplayColumn *column = self->columns->pdata[i];

      if (column->fix_type == NULL)
        continue;
      n++;
      empties += only_empties (column) ? 1 : 0;
    }

  if (n == 0)
    return NULL;
  if (empties == n)
    return g_strdup_printf (ngettext ("Allow Empty in %u Column", "Allow Empty in %u Columns", n),
                            n);
  return g_strdup_printf (
      ngettext ("Change the Type of %u Column", "Change the Types of %u Columns", n), n);
}

static void
add_count (JsonBuilder *builder, const char *name, guint value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * barista_replay_to_json:
 * @self: the replay
 *
 * Writes the totals and the columns that reject, as design.md has them; the rows that are left after
 * a merge are nobody's business here: null.
 *
 * Returns: (transfer full): one JSON object
 */
char *
barista_replay_to_json (BaristaReplay *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_count (builder, "records", self->records->len);
  add_count (builder, "accepted", self->accepted);
  add_count (builder, "quarantined", barista_replay_get_n_quarantined (self));
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const BaristaReplayColumn *column = self->columns->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "name", column->column->name);
      add_count (builder, "rejected", column->rejected);
      add_text (builder, "reason", column->reason);
      add_text (builder, "fix", column->fix);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rows_after_merge");
  json_builder_add_null_value (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
