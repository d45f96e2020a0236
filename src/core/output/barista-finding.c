/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-finding.h"

G_DEFINE_BOXED_TYPE (BaristaFinding, barista_finding, barista_finding_copy, barista_finding_free)

/**
 * barista_finding_new:
 * @rule: stable id
 * @level: how bad it is
 * @file: (nullable): path of the artefact that it is about
 * @line: line in it, 0 = none
 * @message: one sentence, translated
 * @fix: (nullable): one sentence, translated
 *
 * Returns: (transfer full): the finding
 */
BaristaFinding *
barista_finding_new (const char *rule,
                     BaristaLevel level,
                     const char *file,
                     guint line,
                     const char *message,
                     const char *fix)
{
  BaristaFinding *self = g_new0 (BaristaFinding, 1);

  self->rule = g_strdup (rule);
  self->level = level;
  self->file = g_strdup (file);
  self->line = line;
  self->message = g_strdup (message);
  self->fix = g_strdup (fix);
  return self;
}

/**
 * barista_finding_copy:
 * @self: a finding
 *
 * Returns: (transfer full): the same
 */
BaristaFinding *
barista_finding_copy (const BaristaFinding *self)
{
  return barista_finding_new (self->rule, self->level, self->file, self->line, self->message,
                              self->fix);
}

/**
 * barista_finding_equal:
 * @a: a finding
 * @b: another one
 *
 * Returns: whether they say the same of the same place
 */
gboolean
barista_finding_equal (const BaristaFinding *a, const BaristaFinding *b)
{
  return a->level == b->level && a->line == b->line && g_strcmp0 (a->rule, b->rule) == 0
         && g_strcmp0 (a->file, b->file) == 0 && g_strcmp0 (a->message, b->message) == 0
         && g_strcmp0 (a->fix, b->fix) == 0;
}

/**
 * barista_finding_free:
 * @self: (transfer full) (nullable): a finding
 */
void
barista_finding_free (BaristaFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->rule);
  g_free (self->file);
  g_free (self->message);
  g_free (self->fix);
  g_free (self);
}

/**
 * barista_level_to_string:
 * @level: a level
 *
 * Returns: its word in reports, such as "warning"
 */
const char *
barista_level_to_string (BaristaLevel level)
{
  static const char *const words[] = {
    [BARISTA_LEVEL_HINT] = "hint",
    [BARISTA_LEVEL_WARNING] = "warning",
    [BARISTA_LEVEL_ERROR] = "error",
  };

  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (words), "error");
  return words[level];
}
