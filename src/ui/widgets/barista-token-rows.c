/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-token-rows.h"

#include "barista-bind.h"
#include "barista-token-maker.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BaristaTokenRows
{
  GObject parent_instance;

  BaristaSession *session; /* borrowed: the rows' page has it */
  gboolean registry;
  gboolean hidden;
  gboolean replacing; /* a token is at hand, another one is being typed */
  gboolean pasting;
  gboolean awaited; /* the keyboard waits for what the keyring says */
  gboolean trimmed; /* what was handed over last had blanks or quotes around it */
  guint length;     /* of the registry's, which the session doesn't give */

  const char *title; /* translated */
  AdwEntryRow *entry;
  GtkWidget *problem_row;
  GtkLabel *problem;
  AdwActionRow *held;
  GtkWidget *replace, *unlock, *forget, *spinner;
};

G_DEFINE_FINAL_TYPE (BaristaTokenRows, barista_token_rows, G_TYPE_OBJECT)

static void
barista_token_rows_class_init (BaristaTokenRowsClass *klass)
{
}

static void
barista_token_rows_init (BaristaTokenRows *self)
{
}

/* --- what is said --- */

static guint
get_length (BaristaTokenRows *self)
{
  BaristaSecret *token = barista_session_get_token (self->session);

  if (self->registry)
    return self->length;

  return token != NULL ? (guint) MIN (barista_secret_get_length (token), G_MAXUINT) : 0;
}

static gboolean
is_at_hand (BaristaTokenRows *self)
{
  return self->registry ? barista_session_has_registry_token (self->session)
                        : barista_session_get_token (self->session) != NULL;
}

/* Why nothing came of the keyring, while no token is at hand. */
static const char *
say_why (BaristaTokenRows *self)
{
  switch (barista_session_get_token_state (self->session))
    {
    case BARISTA_TOKEN_LOOKING:
      return _ ("Asking the keyring…");
    case BARISTA_TOKEN_LOCKED:
      return _ ("The keyring is locked: a token in it can't be read.");
    case BARISTA_TOKEN_NO_KEYRING:
      return _ ("There is no keyring here: a token is kept until you close the app.");
    case BARISTA_TOKEN_NONE:
    case BARISTA_TOKEN_TYPED:
    case BARISTA_TOKEN_KEPT:
    case BARISTA_TOKEN_THIS_RUN:
    default:
      return NULL;
    }
}

static const char *
say_where (BaristaTokenRows *self)
{
  switch (barista_session_get_token_state (self->session))
    {
    case BARISTA_TOKEN_TYPED:
      return _ ("Goes into the keyring once a sign-in is accepted.");
    case BARISTA_TOKEN_KEPT:
      return _ ("Kept in the keyring.");
    case BARISTA_TOKEN_NO_KEYRING:
      return _ ("There is no keyring here: it is kept until you close the app.");
    case BARISTA_TOKEN_LOCKED:
      return _ ("The keyring is locked: it is kept until you close the app.");
    case BARISTA_TOKEN_LOOKING:
    case BARISTA_TOKEN_NONE:
    case BARISTA_TOKEN_THIS_RUN:
    default:
      return _ ("Kept until you close the app.");
    }
}

static char *
describe (BaristaTokenRows *self)
{
  guint length = get_length (self);
  g_autofree char *count = NULL;

  if (!is_at_hand (self))
    return g_strdup (self->registry ? NULL : say_why (self));
  if (self->registry && length == 0)
    return g_strdup (_ ("At hand"));

  count = g_strdup_printf (ngettext ("%u character", "%u characters", length), length);
  if (self->registry)
    return g_steal_pointer (&count);
  if (self->trimmed)
    /* Translators: %1$s is "43 characters", %2$s says where it is kept */
    return g_strdup_printf (_ ("%1$s; blanks and quotes around it were taken off. %2$s"), count,
                            say_where (self));

  /* Translators: %1$s is "43 characters", %2$s says where it is kept */
  return g_strdup_printf (_ ("%1$s. %2$s"), count, say_where (self));
}

static gboolean
is_looking (BaristaTokenRows *self)
{
  return !self->registry && !is_at_hand (self)
         && barista_session_get_token_state (self->session) == BARISTA_TOKEN_LOOKING;
}

static gboolean
has_keyboard (AdwPreferencesRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL
         && (focus == GTK_WIDGET (row) || gtk_widget_is_ancestor (focus, GTK_WIDGET (row)));
}

/* Whether the keyboard still is where it was left waiting. */
static gboolean
has_waited (BaristaTokenRows *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->held));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return self->awaited && focus == GTK_WIDGET (self->held);
}

static gboolean
is_typing (BaristaTokenRows *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->entry))
         && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
}

static void
refresh (BaristaTokenRows *self)
{
  BaristaTokenState state = barista_session_get_token_state (self->session);
  gboolean at_hand = is_at_hand (self);
  gboolean typing = is_typing (self);
  gboolean in_entry = gtk_widget_get_visible (GTK_WIDGET (self->entry))
                      && has_keyboard (ADW_PREFERENCES_ROW (self->entry));
  /* The keyring is no hurry: an entry that one is at isn't taken away meanwhile. */
  gboolean looking = is_looking (self) && !typing && !in_entry;
  gboolean held, waited;
  g_autofree char *text = describe (self);

  /* Nor when it has found something: what is typed takes its place. */
  self->replacing = self->replacing || (at_hand && typing);
  held = (at_hand && !self->replacing) || looking;
  waited = (has_waited (self) && !looking) || (in_entry && held);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), !held && !self->hidden);
  /* Without a token it says, below the entry, why the keyring gave none. */
  gtk_widget_set_visible (GTK_WIDGET (self->held),
                          (held || (!at_hand && !is_looking (self) && text != NULL))
                              && !self->hidden);
  if (held || self->hidden)
    gtk_widget_set_visible (self->problem_row, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->held),
                                 held ? self->title : _ ("Keyring"));
  adw_action_row_set_subtitle (self->held, text);
  gtk_widget_set_visible (self->spinner, looking);
  gtk_widget_set_visible (self->replace, at_hand);
  gtk_widget_set_visible (self->forget, at_hand && !self->registry
                                            && !barista_session_get_practice (self->session));
  gtk_widget_set_visible (self->unlock, !self->registry && state == BARISTA_TOKEN_LOCKED);
  if (waited)
    barista_token_rows_focus (self);
}

/* --- handing over --- */

static void
take (BaristaTokenRows *self, const char *text)
{
  gsize typed = (gsize) g_utf8_strlen (text, -1);
  guint length = self->registry ? barista_session_set_registry_token (self->session, text)
                                : barista_session_set_token (self->session, text);
  g_autofree char *said = NULL;

  if (length == 0)
    {
      barista_token_rows_set_problem (self, _ ("This is no token: it is empty, or far too long."));
      return;
    }

  self->length = length;
  self->trimmed = length != typed;
  self->replacing = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  barista_token_rows_set_problem (self, NULL);
  refresh (self);
  gtk_widget_grab_focus (self->replace);
  said = g_strdup_printf (
      ngettext ("Token taken, %u character", "Token taken, %u characters", length), length);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->held), said,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
barista_token_rows_commit (BaristaTokenRows *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *copy = NULL;

  if (*text == '\0')
    return;

  /* The entry's own text goes while it is handed over. */
  copy = g_strdup (text);
  take (self, copy);
  explicit_bzero (copy, strlen (copy));
}

static void
on_generate (BaristaTokenRows *self)
{
  char *token = barista_token_make ();

  if (token != NULL)
    take (self, token);
  barista_token_wipe (token);
}

void
barista_token_rows_offer_new (BaristaTokenRows *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Generate"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Make a New Token"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_generate), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (self->entry, button);
}

static void
on_changed (BaristaTokenRows *self)
{
  gboolean pasted = self->pasting;

  self->pasting = FALSE;
  barista_token_rows_set_problem (self, NULL);
  if (pasted)
    barista_token_rows_commit (self);
}

static void
on_paste (BaristaTokenRows *self)
{
  self->pasting = TRUE;
}

static void
on_replace (BaristaTokenRows *self)
{
  self->replacing = TRUE;
  refresh (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_unlock (BaristaTokenRows *self)
{
  barista_session_unlock_keyring (self->session);
  /* The button goes meanwhile; GTK would take the keyboard anywhere, and only with the next frame. */
  barista_token_rows_focus (self);
}

static void
on_forget_response (AdwAlertDialog *dialog, const char *response, BaristaTokenRows *self)
{
  if (g_str_equal (response, "forget"))
    barista_session_forget_token (self->session);
}

/* Nobody shows it again: this is a loss. */
static void
on_forget (BaristaTokenRows *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Forget the Token?"), _ ("It is taken out of the keyring too. Estuary doesn't "
                                  "show it again."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "forget",
                                  _ ("_Forget"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "forget",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_forget_response), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self->held));
}

/* --- rows --- */

static GtkWidget *
button_new (BaristaTokenRows *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->held, button);

  return button;
}

static void
make_entry (BaristaTokenRows *self, const char *title)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEditable *text;

  self->entry = ADW_ENTRY_ROW (adw_password_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), title);
  adw_entry_row_set_show_apply_button (self->entry, TRUE);
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  g_signal_connect_object (text, "paste-clipboard", G_CALLBACK (on_paste), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (barista_token_rows_commit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (barista_token_rows_commit), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

static void
make_held (BaristaTokenRows *self, const char *title)
{
  self->held = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->held), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->held), title);
  self->spinner = adw_spinner_new ();
  adw_action_row_add_suffix (self->held, self->spinner);
  self->unlock = button_new (self, _ ("_Unlock"), G_CALLBACK (on_unlock));
  self->replace = button_new (self, _ ("_Replace"), G_CALLBACK (on_replace));
  self->forget = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (self->forget, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->forget, _ ("Forget the Token"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->forget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Forget the Token"), -1);
  gtk_widget_add_css_class (self->forget, "flat");
  g_signal_connect_object (self->forget, "clicked", G_CALLBACK (on_forget), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->held, self->forget);
}

static void
make_problem (BaristaTokenRows *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->problem = GTK_LABEL (label);
  gtk_label_set_xalign (self->problem, 0);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_add_css_class (label, "error");
  self->problem_row = adw_preferences_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->problem_row), FALSE);
  gtk_widget_set_focusable (self->problem_row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->problem_row), label);
  gtk_widget_set_visible (self->problem_row, FALSE);
}

BaristaTokenRows *
barista_token_rows_new (BaristaSession *session, gboolean registry)
{
  BaristaTokenRows *self = g_object_new (BARISTA_TYPE_TOKEN_ROWS, NULL);
  gboolean dekaf = barista_setup_get_is_dekaf (barista_session_get_setup (session));
  const char *title = dekaf && !registry ? _ ("Auth token") : _ ("Password");

  self->session = session;
  self->registry = registry;
  self->title = title;
  make_entry (self, title);
  make_held (self, title);
  make_problem (self);
  g_signal_connect_object (session, "notify::token-state", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "steps-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return self;
}

void
barista_token_rows_add_to (BaristaTokenRows *self, AdwPreferencesGroup *group)
{
  adw_preferences_group_add (group, GTK_WIDGET (self->entry));
  adw_preferences_group_add (group, self->problem_row);
  adw_preferences_group_add (group, GTK_WIDGET (self->held));
}

void
barista_token_rows_set_visible (BaristaTokenRows *self, gboolean visible)
{
  self->hidden = !visible;
  refresh (self);
}

void
barista_token_rows_focus (BaristaTokenRows *self)
{
  self->awaited = is_looking (self);
  if (self->awaited)
    gtk_widget_grab_focus (GTK_WIDGET (self->held));
  else
    gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->entry))
                               ? GTK_WIDGET (self->entry)
                               : self->replace);
}

void
barista_token_rows_set_problem (BaristaTokenRows *self, const char *text)
{
  gboolean there = text != NULL && *text != '\0';

  gtk_widget_set_visible (self->problem_row,
                          there && gtk_widget_get_visible (GTK_WIDGET (self->entry)));
  barista_say_problem (GTK_WIDGET (self->entry), self->problem, text, TRUE);
}

/**
 * barista_token_copy:
 * @session: whose token
 * @widget: for its clipboard
 *
 * The one way of a token out of the window, and only at a click: Estuary's form has to be given it.
 */
void
barista_token_copy (BaristaSession *session, GtkWidget *widget)
{
  static const char hint[] = "secret";
  BaristaSecret *token = barista_session_get_token (session);
  g_autoptr (GBytes) mark = g_bytes_new_static (hint, sizeof hint - 1);
  g_autoptr (GdkContentProvider) both = NULL;
  GdkContentProvider *parts[2];

  if (token == NULL)
    return;

  parts[0] = gdk_content_provider_new_typed (G_TYPE_STRING, barista_secret_peek (token, NULL));
  parts[1] = gdk_content_provider_new_for_bytes ("x-kde-passwordManagerHint", mark);
  both = gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);
}
