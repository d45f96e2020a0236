/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-task-page.h"

#include "barista-bind.h"
#include "barista-chips-entry.h"
#include "barista-deletion-art.h"
#include "barista-name-parts.h"
#include "barista-names.h"
#include "barista-pieces.h"
#include "barista-result-row.h"
#include "barista-token-rows.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BaristaTaskPage
{
  BaristaStepPage parent_instance;

  GtkWidget *box;
  GtkWidget *name;
  GtkLabel *problem;
  BaristaNameParts *parts;
  GtkWidget *creation, *collections_group;
  GtkWidget *cards;
  BaristaChipsEntry *collections;
  GtkCheckButton *cdc, *kafka;
  AdwPreferencesGroup *token_group;
  AdwExpanderRow *advanced;
  AdwSwitchRow *strict;
  AdwEntryRow *start;
  BaristaResultRow *result;
  BaristaTokenRows *token;
  gboolean showing_start; /* the entry is being filled, not typed in */
};

G_DEFINE_FINAL_TYPE (BaristaTaskPage, barista_task_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSetup *
get_setup (BaristaTaskPage *self)
{
  return barista_step_page_get_setup (BARISTA_STEP_PAGE (self));
}

/* --- the name --- */

/* A name that isn't complete yet is nobody's fault; a character that can't be in it is. */
static gboolean
is_beginning (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_./", *p) == NULL)
      return FALSE;

  return strstr (name, "//") == NULL && *name != '/';
}

static void
on_name_changed (BaristaTaskPage *self)
{
  const char *name = barista_setup_get_task_name (get_setup (self));
  g_autoptr (GError) error = NULL;

  barista_name_parts_set_name (self->parts, name);
  if (name == NULL || *name == '\0' || is_beginning (name)
      || barista_catalog_name_check (name, &error))
    barista_say_problem (self->name, self->problem, NULL, FALSE);
  else
    barista_say_problem (self->name, self->problem, error->message, FALSE);
}

static void
on_name_activate (BaristaTaskPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

/* --- the start date, of all bindings --- */

static const char *
get_start (BaristaTaskPage *self)
{
  g_autoptr (BaristaBinding) first = g_list_model_get_item (
      barista_setup_get_bindings (get_setup (self)), 0);

  /* The list keeps it. */
  return first != NULL ? barista_binding_get_not_before (first) : NULL;
}

static void
show_start (BaristaTaskPage *self)
{
  const char *start = get_start (self);
  g_autofree char *date = start != NULL ? g_strndup (start, strlen ("2026-01-01")) : g_strdup ("");

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->start)), date))
    return;
  self->showing_start = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->start), date);
  self->showing_start = FALSE;
}

/* A day as its first moment in UTC; @time: NULL for none. */
static gboolean
parse_start (const char *text, char **time)
{
  g_autofree char *full = g_strdup_printf ("%sT00:00:00Z", text);
  g_autoptr (GDateTime) moment = strlen (text) == strlen ("2026-01-01")
                                     ? g_date_time_new_from_iso8601 (full, NULL)
                                     : NULL;

  *time = moment != NULL ? g_steal_pointer (&full) : NULL;
  return moment != NULL || *text == '\0';
}

static void
on_start_changed (BaristaTaskPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->start));
  g_autofree char *time = NULL;
  gboolean good = parse_start (text, &time);

  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->start), "error");
  else if (strlen (text) >= strlen ("2026-01-01"))
    gtk_widget_add_css_class (GTK_WIDGET (self->start), "error");
  if (good && !self->showing_start)
    barista_setup_set_not_before (get_setup (self), time);
}

/* --- the page --- */

static void
on_managed (BaristaTaskPage *self)
{
  gboolean managed = barista_setup_get_managed (get_setup (self));
  gboolean practice = barista_session_get_practice (
      barista_step_page_get_session (BARISTA_STEP_PAGE (self)));

  gtk_widget_set_visible (self->creation, managed && !practice);
  /* The practice task is what it is. */
  gtk_editable_set_editable (GTK_EDITABLE (self->name), !practice);
  if (practice)
    g_object_set (self, "description", _ ("A task that comes with Barista, with data to try."),
                  NULL);
  else if (managed)
    g_object_set (self, "description",
                  _ ("The full name that the new task shall have: your organisation, a prefix, and "
                     "a name."),
                  NULL);
}

static void
barista_task_page_enter (BaristaStepPage *page)
{
  BaristaTaskPage *self = BARISTA_TASK_PAGE (page);

  gtk_widget_grab_focus (self->name);
  gtk_editable_set_position (GTK_EDITABLE (self->name), -1);
}

static void
barista_task_page_leave (BaristaStepPage *page)
{
  BaristaTaskPage *self = BARISTA_TASK_PAGE (page);

  barista_chips_entry_commit (self->collections);
  barista_token_rows_commit (self->token);
}

static void
barista_task_page_show_missing (BaristaStepPage *page, const char *missing, const char *text)
{
  BaristaTaskPage *self = BARISTA_TASK_PAGE (page);

  if (g_str_equal (missing, "task.collections"))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->collections));
      barista_chips_entry_set_problem (self->collections, text);
    }
  else if (g_str_equal (missing, "token"))
    {
      barista_token_rows_focus (self->token);
      barista_token_rows_set_problem (self->token, text);
    }
  else
    {
      barista_task_page_enter (page);
      barista_say_problem (self->name, self->problem, text, TRUE);
    }
}

static gboolean
deletions_to_active (GBinding *binding, const GValue *from, GValue *to, gpointer mode)
{
  g_value_set_boolean (to, g_value_get_enum (from) == GPOINTER_TO_INT (mode));
  return TRUE;
}

static gboolean
deletions_from_active (GBinding *binding, const GValue *from, GValue *to, gpointer mode)
{
  /* The one that goes off says nothing: the other one does. */
  if (!g_value_get_boolean (from))
    return FALSE;
  g_value_set_enum (to, GPOINTER_TO_INT (mode));
  return TRUE;
}

static void
bind_deletions (BaristaSetup *setup, GtkCheckButton *button, BaristaDeletions mode)
{
  g_object_bind_property_full (setup, "deletions", button, "active",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, deletions_to_active,
                               deletions_from_active, GINT_TO_POINTER (mode), NULL);
}

/* --- its pieces --- */

static void
follow_name (gpointer widget)
{
  BaristaTaskPage *self = widget;
  BaristaSetup *setup = get_setup (self);

  barista_bind_text (setup, "task-name", GTK_EDITABLE (self->name));
  g_signal_connect_object (setup, "notify::task-name", G_CALLBACK (on_name_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::managed", G_CALLBACK (on_managed), self,
                           G_CONNECT_SWAPPED);
  on_name_changed (self);
  on_managed (self);
}

static void
follow_collections (gpointer widget)
{
  BaristaTaskPage *self = widget;

  g_object_bind_property (get_setup (self), "collections", self->collections, "items",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
follow_deletions (gpointer widget)
{
  BaristaTaskPage *self = widget;

  bind_deletions (get_setup (self), self->cdc, BARISTA_DELETIONS_CDC);
  bind_deletions (get_setup (self), self->kafka, BARISTA_DELETIONS_KAFKA);
}

static void
make_token (gpointer widget)
{
  BaristaTaskPage *self = widget;

  self->token = barista_token_rows_new (barista_step_page_get_session (widget), FALSE);
}

static void
add_token (gpointer widget)
{
  BaristaTaskPage *self = widget;

  barista_token_rows_offer_new (self->token);
  barista_token_rows_add_to (self->token, self->token_group);
}

static void
follow_advanced (gpointer widget)
{
  BaristaTaskPage *self = widget;
  BaristaSetup *setup = get_setup (self);

  barista_bind_switch (setup, "strict-topic-names", self->strict);
  g_signal_connect_object (barista_setup_get_bindings (setup), "items-changed",
                           G_CALLBACK (show_start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->start, "changed", G_CALLBACK (on_start_changed), self,
                           G_CONNECT_SWAPPED);
  show_start (self);
}

static void
follow_check (gpointer widget)
{
  BaristaTaskPage *self = widget;
  BaristaStepPage *page = widget;

  barista_result_row_follow (self->result, barista_step_page_get_session (page),
                             barista_step_page_get_step (page));
}

static const BaristaPiece pieces[] = {
  { NULL, 0, follow_name },
  { "collections_group", G_STRUCT_OFFSET (BaristaTaskPage, creation), NULL },
  { "collections", G_STRUCT_OFFSET (BaristaTaskPage, collections_group), NULL },
  { NULL, 0, follow_collections },
  { "deletions_group", G_STRUCT_OFFSET (BaristaTaskPage, creation), NULL },
  { "cdc", G_STRUCT_OFFSET (BaristaTaskPage, cards), NULL },
  { "kafka", G_STRUCT_OFFSET (BaristaTaskPage, cards), follow_deletions },
  { "token_group", G_STRUCT_OFFSET (BaristaTaskPage, creation), NULL },
  { NULL, 0, make_token },
  { NULL, 0, add_token },
  { "advanced_group", G_STRUCT_OFFSET (BaristaTaskPage, creation), NULL },
  { "strict", G_STRUCT_OFFSET (BaristaTaskPage, advanced), NULL },
  { "start", G_STRUCT_OFFSET (BaristaTaskPage, advanced), NULL },
  { NULL, 0, follow_advanced },
  { "result", G_STRUCT_OFFSET (BaristaTaskPage, box), follow_check },
};

/* --- the object --- */

static void
barista_task_page_dispose (GObject *object)
{
  g_clear_object (&BARISTA_TASK_PAGE (object)->token);

  G_OBJECT_CLASS (barista_task_page_parent_class)->dispose (object);
}

static void
barista_task_page_class_init (BaristaTaskPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_task_page_dispose;
  page_class->enter = barista_task_page_enter;
  page_class->leave = barista_task_page_leave;
  page_class->show_missing = barista_task_page_show_missing;

  g_type_ensure (BARISTA_TYPE_NAME_PARTS);
  g_type_ensure (BARISTA_TYPE_CHIPS_ENTRY);
  g_type_ensure (BARISTA_TYPE_DELETION_ART);
  g_type_ensure (BARISTA_TYPE_RESULT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-task-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaTaskPage, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaTaskPage, name);
  gtk_widget_class_bind_template_child (widget_class, BaristaTaskPage, problem);
  gtk_widget_class_bind_template_child (widget_class, BaristaTaskPage, parts);
  gtk_widget_class_bind_template_child (widget_class, BaristaTaskPage, creation);
  barista_pieces_class_init (widget_class, "barista-task-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaTaskPage, cards);
  barista_pieces_bind (widget_class, BaristaTaskPage, collections_group);
  barista_pieces_bind (widget_class, BaristaTaskPage, collections);
  barista_pieces_bind (widget_class, BaristaTaskPage, cdc);
  barista_pieces_bind (widget_class, BaristaTaskPage, kafka);
  barista_pieces_bind (widget_class, BaristaTaskPage, token_group);
  barista_pieces_bind (widget_class, BaristaTaskPage, advanced);
  barista_pieces_bind (widget_class, BaristaTaskPage, strict);
  barista_pieces_bind (widget_class, BaristaTaskPage, start);
  barista_pieces_bind (widget_class, BaristaTaskPage, result);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activate);
}

static void
barista_task_page_init (BaristaTaskPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
