/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-engine-view.h"

#include "barista-column-type.h"
#include "barista-slices.h"

#include <glib/gi18n.h>

typedef enum
{
  FIELD_ENGINE,
  FIELD_SORTING_KEY,
  FIELD_VERSION,
  FIELD_IS_DELETED,
  FIELD_PARTITION,
  FIELD_TTL,
  N_FIELDS,
} Field;

/* Rules whose findings belong to a field, by how their ids begin. */
static const struct
{
  const char *property;
  const char *title;
  const char *text;
  const char *rules[3];
  gboolean typed; /* an expression; else one of a few */
  const char *(*get) (BaristaTable *table);
  gboolean (*fits) (const char *type); /* a column that may be named */
} fields[N_FIELDS] = {
  [FIELD_ENGINE]
  = { "engine", N_ ("Engine"), NULL, { "engine-" }, FALSE, barista_table_get_engine, NULL },
  [FIELD_SORTING_KEY] = { "sorting-key",
                          N_ ("Sorting key"),
                          N_ ("Rows with the same key are one row; the newest version counts."),
                          { "key-" },
                          TRUE,
                          barista_table_get_sorting_key,
                          NULL },
  [FIELD_VERSION] = { "version",
                      N_ ("Version"),
                      N_ ("Tells which of two rows is newer. __offset grows with every record."),
                      { "version-" },
                      FALSE,
                      barista_table_get_version,
                      barista_column_type_fits_version },
  [FIELD_IS_DELETED]
  = { "is-deleted",
      N_ ("Delete marker"),
      N_ ("A row whose newest version has 1 here is gone for queries with FINAL."),
      { "is-deleted-", "marker-", "hard-" },
      FALSE,
      barista_table_get_is_deleted,
      barista_column_type_fits_marker },
  [FIELD_PARTITION] = { "partition-key",
                        N_ ("Partition"),
                        N_ ("Rarely needed. By month or year at most, such as "
                            "toYYYYMM(created_at); empty for none."),
                        { "partition-" },
                        TRUE,
                        barista_table_get_partition_key,
                        NULL },
  [FIELD_TTL] = { "ttl",
                  N_ ("Time to live"),
                  N_ ("When rows are dropped, such as __timestamp + toIntervalDay(90); empty for "
                      "never."),
                  { "ttl-" },
                  TRUE,
                  barista_table_get_ttl,
                  NULL },
};

static const char *const engines[] = { "ReplacingMergeTree", "MergeTree", NULL };

struct _BaristaEngineView
{
  AdwBin parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesGroup *groups[N_FIELDS];
  GtkWidget *rows[N_FIELDS];
  GtkLabel *findings[N_FIELDS];

  BaristaSession *session;
  BaristaTable *table;
  BaristaTable *shown; /* only compared */
  gboolean updating;
  Field next; /* to be filled; those behind it may not be made yet */
  guint source;
};

G_DEFINE_FINAL_TYPE (BaristaEngineView, barista_engine_view, ADW_TYPE_BIN)

/* --- answers --- */

static Field
field_of (BaristaEngineView *self, gpointer row)
{
  Field field = 0;

  while (self->rows[field] != row)
    field++;
  return field;
}

static void
answer (BaristaEngineView *self, Field field, const char *value)
{
  const char *now = self->table != NULL ? fields[field].get (self->table) : NULL;
  BaristaTopicChoice *choice;

  if (self->updating || self->table == NULL || g_strcmp0 (value, now) == 0)
    return;

  choice = barista_setup_find_topic (barista_session_get_setup (self->session),
                                     barista_table_get_topic (self->table));
  if (choice == NULL)
    return;
  barista_session_begin_change (self->session, _ ("Change Engine"));
  g_object_set (choice, fields[field].property, value, NULL);
  barista_session_end_change (self->session);
}

static void
on_selected (BaristaEngineView *self, GParamSpec *pspec, AdwComboRow *row)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);
  Field field = field_of (self, row);
  gboolean none = field != FIELD_ENGINE && adw_combo_row_get_selected (row) == 0;

  if (item != NULL)
    answer (self, field, none ? NULL : gtk_string_object_get_string (item));
}

/* Nothing written: what is proposed comes back. */
static void
on_apply (BaristaEngineView *self, AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  answer (self, field_of (self, row), *text != '\0' ? text : NULL);
}

/* --- what is seen --- */

static const char *
explain_engine (BaristaTable *table)
{
  if (barista_table_get_needs_final (table))
    return _ ("Keeps the newest version of each row. Versions are merged some time later, so "
              "queries say FINAL.");
  return _ ("Keeps every change as a row of its own; queries need no FINAL.");
}

static GtkStringList *
list_options (BaristaEngineView *self, Field field)
{
  GtkStringList *options = gtk_string_list_new (field == FIELD_ENGINE ? engines : NULL);
  GPtrArray *columns = barista_table_get_columns (self->table);

  if (field == FIELD_ENGINE)
    return options;

  gtk_string_list_append (options, field == FIELD_VERSION ? _ ("As proposed") : _ ("None"));
  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];

      if (column->included && fields[field].fits (column->type))
        gtk_string_list_append (options, column->name);
    }
  return options;
}

static guint
find_option (GtkStringList *options, const char *value)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (options));

  for (guint i = 0; value != NULL && i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (options, i), value))
      return i;

  return G_MAXUINT;
}

/* A list that is set anew loses its place. */
static gboolean
same_options (GListModel *a, GListModel *b)
{
  guint n = g_list_model_get_n_items (b);

  if (a == NULL || g_list_model_get_n_items (a) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (a), i),
                      gtk_string_list_get_string (GTK_STRING_LIST (b), i)))
      return FALSE;

  return TRUE;
}

static void
update_combo (BaristaEngineView *self, Field field)
{
  AdwComboRow *row = ADW_COMBO_ROW (self->rows[field]);
  g_autoptr (GtkStringList) options = list_options (self, field);
  const char *value = fields[field].get (self->table);
  guint selected = find_option (options, value);

  /* What is stated may be none of those that fit: it is shown, with what speaks against it. */
  if (selected == G_MAXUINT && value != NULL)
    {
      gtk_string_list_append (options, value);
      selected = g_list_model_get_n_items (G_LIST_MODEL (options)) - 1;
    }
  if (!same_options (adw_combo_row_get_model (row), G_LIST_MODEL (options)))
    adw_combo_row_set_model (row, G_LIST_MODEL (options));
  adw_combo_row_set_selected (row, selected != G_MAXUINT ? selected : 0);
}

static void
update_entry (BaristaEngineView *self, Field field)
{
  const char *value = fields[field].get (self->table);
  GtkEditable *entry = GTK_EDITABLE (self->rows[field]);

  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (entry))))
    gtk_editable_set_text (entry, value != NULL ? value : "");
}

static gboolean
is_about (const BaristaFinding *finding, Field field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields[field].rules); i++)
    if (fields[field].rules[i] != NULL && g_str_has_prefix (finding->rule, fields[field].rules[i]))
      return TRUE;

  return FALSE;
}

static void
update_findings (BaristaEngineView *self, Field field)
{
  static const char *const styles[] = { "dimmed", "warning", "error" };
  GPtrArray *findings = barista_table_get_findings (self->table);
  g_autoptr (GString) text = g_string_new (NULL);
  BaristaLevel worst = BARISTA_LEVEL_HINT;

  for (guint i = 0; i < findings->len; i++)
    {
      const BaristaFinding *finding = findings->pdata[i];

      if (!is_about (finding, field))
        continue;
      worst = MAX (worst, finding->level);
      g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n" : "", finding->message,
                              finding->fix != NULL ? " " : "",
                              finding->fix != NULL ? finding->fix : "");
    }

  gtk_label_set_label (self->findings[field], text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->findings[field]), text->len > 0);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->findings[field]), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->findings[field]), styles[worst]);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows[field]), GTK_ACCESSIBLE_STATE_INVALID,
                               text->len > 0 && worst == BARISTA_LEVEL_ERROR
                                   ? GTK_ACCESSIBLE_INVALID_TRUE
                                   : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static gboolean
is_shown (BaristaEngineView *self, Field field)
{
  gboolean merges = barista_table_get_needs_final (self->table);

  return merges || (field != FIELD_VERSION && field != FIELD_IS_DELETED);
}

static void
add_field (BaristaEngineView *self, Field field)
{
  GtkWidget *row = g_object_new (fields[field].typed ? ADW_TYPE_ENTRY_ROW : ADW_TYPE_COMBO_ROW,
                                 "title", _ (fields[field].title), NULL);
  GtkWidget *findings = gtk_label_new (NULL);

  self->groups[field] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->rows[field] = row;
  self->findings[field] = GTK_LABEL (findings);
  if (fields[field].text != NULL)
    adw_preferences_group_set_description (self->groups[field], _ (fields[field].text));
  if (fields[field].typed)
    {
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      g_signal_connect_object (row, "apply", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
    }
  else
    g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_selected), self,
                             G_CONNECT_SWAPPED);

  gtk_label_set_wrap (self->findings[field], TRUE);
  gtk_label_set_xalign (self->findings[field], 0);
  gtk_widget_set_margin_top (findings, 6);
  gtk_widget_add_css_class (findings, "caption");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  findings, NULL, -1);
  adw_preferences_group_add (self->groups[field], row);
  adw_preferences_group_add (self->groups[field], findings);
  adw_preferences_page_add (self->page, self->groups[field]);
}

/* One field after the other, as each takes GTK a few milliseconds to make. */
static gboolean
fill_one (gpointer user_data)
{
  BaristaEngineView *self = user_data;
  Field field = self->next++;

  self->updating = TRUE;
  if (self->rows[field] == NULL)
    add_field (self, field);
  if (field == FIELD_ENGINE)
    adw_preferences_group_set_description (self->groups[field], explain_engine (self->table));
  gtk_widget_set_visible (GTK_WIDGET (self->groups[field]), is_shown (self, field));
  if (fields[field].typed)
    update_entry (self, field);
  else
    update_combo (self, field);
  update_findings (self, field);
  self->updating = FALSE;
  if (self->next < N_FIELDS)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
update (BaristaEngineView *self)
{
  if (self->shown == self->table || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->shown = self->table;
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->table != NULL);
  if (self->table == NULL)
    return;

  self->next = 0;
  if (self->source == 0)
    self->source = barista_slices_start (fill_one, self);
}

/* --- widget --- */

/* What nobody sees waits until then. */
static void
barista_engine_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (barista_engine_view_parent_class)->map (widget);
  update (BARISTA_ENGINE_VIEW (widget));
}

static void
barista_engine_view_dispose (GObject *object)
{
  BaristaEngineView *self = BARISTA_ENGINE_VIEW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  self->updating = TRUE;
  g_clear_object (&self->session);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (barista_engine_view_parent_class)->dispose (object);
}

static void
barista_engine_view_class_init (BaristaEngineViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_engine_view_dispose;
  GTK_WIDGET_CLASS (klass)->map = barista_engine_view_map;
}

static void
barista_engine_view_init (BaristaEngineView *self)
{
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

void
barista_engine_view_set_session (BaristaEngineView *self, BaristaSession *session)
{
  g_set_object (&self->session, session);
}

void
barista_engine_view_set_table (BaristaEngineView *self, BaristaTable *table)
{
  if (g_set_object (&self->table, table))
    {
      g_clear_handle_id (&self->source, g_source_remove);
      self->shown = NULL;
    }
  update (self);
}
