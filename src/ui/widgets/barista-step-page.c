/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-step-page.h"

#include "barista-pieces.h"

#include <glib/gi18n.h>

#define COLUMN_WIDTH 640

typedef struct
{
  BaristaSession *session;
  BaristaStep step;
  gboolean wide;
  gboolean entering; /* entered before it was whole */

  GtkWidget *scroller; /* around all, unless wide */
  AdwClamp *clamp;
  GtkLabel *title, *description;
  AdwBin *content;
} BaristaStepPagePrivate;

enum
{
  PROP_SESSION = 1,
  PROP_STEP,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_WIDE,
  PROP_CONTENT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (BaristaStepPage, barista_step_page, ADW_TYPE_BIN)

#define PRIVATE(self) \
  ((BaristaStepPagePrivate *) barista_step_page_get_instance_private (BARISTA_STEP_PAGE (self)))

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* A working area of its own scrolls by itself, and has the window's height, unless that is lower
 * than what it needs at least. */
static void
set_wide (BaristaStepPage *self, gboolean wide)
{
  BaristaStepPagePrivate *priv = PRIVATE (self);

  priv->wide = wide;
  adw_clamp_set_maximum_size (priv->clamp, wide ? G_MAXINT : COLUMN_WIDTH);
  adw_clamp_set_tightening_threshold (priv->clamp, wide ? G_MAXINT : COLUMN_WIDTH * 2 / 3);
  gtk_label_set_xalign (priv->title, 0);
}

static void
barista_step_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaStepPagePrivate *priv = PRIVATE (object);

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_STEP:
      priv->step = g_value_get_enum (value);
      if (*gtk_label_get_label (priv->title) == '\0')
        set_text (priv->title, barista_step_get_title (priv->step));
      break;
    case PROP_TITLE:
      set_text (priv->title, g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      set_text (priv->description, g_value_get_string (value));
      break;
    case PROP_WIDE:
      set_wide (BARISTA_STEP_PAGE (object), g_value_get_boolean (value));
      break;
    case PROP_CONTENT:
      adw_bin_set_child (priv->content, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_step_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaStepPagePrivate *priv = PRIVATE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_STEP:
      g_value_set_enum (value, priv->step);
      break;
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (priv->title));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, gtk_label_get_label (priv->description));
      break;
    case PROP_WIDE:
      g_value_set_boolean (value, priv->wide);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (priv->content));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
on_whole (gpointer page)
{
  if (PRIVATE (page)->entering)
    barista_step_page_enter (page);
}

/* What a page does in its own constructed () comes before its first piece. */
static void
barista_step_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (barista_step_page_parent_class)->constructed (object);

  barista_pieces_start (GTK_WIDGET (object), on_whole);
}

static void
barista_step_page_dispose (GObject *object)
{
  g_clear_object (&PRIVATE (object)->session);

  G_OBJECT_CLASS (barista_step_page_parent_class)->dispose (object);
}

/* The first field of the page's own, so that one can type at once. */
static void
real_enter (BaristaStepPage *self)
{
  GtkWidget *content = adw_bin_get_child (PRIVATE (self)->content);

  if (content != NULL)
    gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

/* A page without a place for it lets the window say it. */
static void
real_show_missing (BaristaStepPage *self, const char *missing, const char *text)
{
  real_enter (self);
  if (text != NULL)
    barista_step_page_toast (self, text, FALSE);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const GParamFlags fixed = flags | G_PARAM_CONSTRUCT_ONLY;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BARISTA_TYPE_SESSION,
                                                  fixed);
  properties[PROP_STEP] = g_param_spec_enum ("step", NULL, NULL, BARISTA_TYPE_STEP,
                                             BARISTA_STEP_START, fixed);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_WIDE] = g_param_spec_boolean ("wide", NULL, NULL, FALSE, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
barista_step_page_class_init (BaristaStepPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = barista_step_page_set_property;
  object_class->get_property = barista_step_page_get_property;
  object_class->constructed = barista_step_page_constructed;
  object_class->dispose = barista_step_page_dispose;
  klass->enter = real_enter;
  klass->show_missing = real_show_missing;
  install_properties (object_class);
}

static GtkLabel *
label_new (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);

  return GTK_LABEL (label);
}

static void
barista_step_page_init (BaristaStepPage *self)
{
  BaristaStepPagePrivate *priv = PRIVATE (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  priv->title = label_new ("title-1");
  priv->description = label_new ("dimmed");
  priv->content = ADW_BIN (adw_bin_new ());
  priv->clamp = ADW_CLAMP (adw_clamp_new ());
  priv->scroller = gtk_scrolled_window_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->title), GTK_ACCESSIBLE_PROPERTY_LEVEL, 1,
                                  -1);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (priv->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (priv->description));
  gtk_widget_set_vexpand (GTK_WIDGET (priv->content), TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->content));
  gtk_widget_add_css_class (box, "step-page");
  adw_clamp_set_child (priv->clamp, box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (priv->scroller), GTK_WIDGET (priv->clamp));
  /* What could scroll in itself need not: the page does. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_scrolled_window_get_child (
                                         GTK_SCROLLED_WINDOW (priv->scroller))),
                                     GTK_SCROLL_NATURAL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (priv->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  adw_bin_set_child (ADW_BIN (self), priv->scroller);
  set_wide (self, FALSE);
}

BaristaSession *
barista_step_page_get_session (BaristaStepPage *self)
{
  return PRIVATE (self)->session;
}

BaristaSetup *
barista_step_page_get_setup (BaristaStepPage *self)
{
  return barista_session_get_setup (PRIVATE (self)->session);
}

BaristaStep
barista_step_page_get_step (BaristaStepPage *self)
{
  return PRIVATE (self)->step;
}

void
barista_step_page_enter (BaristaStepPage *self)
{
  PRIVATE (self)->entering = !barista_pieces_are_whole (GTK_WIDGET (self));
  if (!PRIVATE (self)->entering)
    BARISTA_STEP_PAGE_GET_CLASS (self)->enter (self);
}

void
barista_step_page_leave (BaristaStepPage *self)
{
  PRIVATE (self)->entering = FALSE;
  if (barista_pieces_are_whole (GTK_WIDGET (self))
      && BARISTA_STEP_PAGE_GET_CLASS (self)->leave != NULL)
    BARISTA_STEP_PAGE_GET_CLASS (self)->leave (self);
}

gboolean
barista_step_page_finish (BaristaStepPage *self)
{
  gboolean was_whole = barista_pieces_are_whole (GTK_WIDGET (self));
  gboolean more;

  barista_pieces_finish (GTK_WIDGET (self));
  more = BARISTA_STEP_PAGE_GET_CLASS (self)->finish != NULL
         && BARISTA_STEP_PAGE_GET_CLASS (self)->finish (self);

  return !was_whole || more;
}

void
barista_step_page_show_missing (BaristaStepPage *self, const char *missing, const char *text)
{
  barista_pieces_finish (GTK_WIDGET (self));
  BARISTA_STEP_PAGE_GET_CLASS (self)->show_missing (self, missing, text);
}

void
barista_step_page_show_place (BaristaStepPage *self, const char *place)
{
  barista_pieces_finish (GTK_WIDGET (self));
  if (BARISTA_STEP_PAGE_GET_CLASS (self)->show_place != NULL)
    BARISTA_STEP_PAGE_GET_CLASS (self)->show_place (self, place);
}

void
barista_step_page_next_if_fine (BaristaStepPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.next-if-fine", NULL);
}

/**
 * barista_step_page_toast:
 * @self: the page
 * @text: what has happened, translated
 * @undo: with a button that undoes the last change
 *
 * Shows it for a moment in the window that the page is in.
 */
void
barista_step_page_toast (BaristaStepPage *self, const char *text, gboolean undo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL)
    return;

  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  if (undo)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}
