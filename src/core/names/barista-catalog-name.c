/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-name-text.h"

#define NAME_BYTES 512

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-_.", c) != NULL);
}

static const char *
find_fault (const char *name)
{
  gboolean has_slash = FALSE;

  if (*name == '\0')
    return _ ("it is empty");
  if (strnlen (name, NAME_BYTES + 1) > NAME_BYTES)
    return _ ("it is too long");

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '/' && (p == name || p[1] == '/' || p[1] == '\0'))
        return _ ("a part between its slashes is empty");
      if (*p != '/' && !is_name_char (*p))
        return _ ("only letters, digits and - _ . stand between its slashes");
      has_slash |= *p == '/';
    }

  return has_slash ? NULL : _ ("it has no slash; the full name looks like acmeCo/prod/tinybird");
}

static gboolean
check (const char *name, BaristaNameError code, GError **error)
{
  const char *fault = find_fault (name);
  g_autofree char *shown = NULL;

  if (fault == NULL)
    return TRUE;

  shown = barista_name_shown (name);
  g_set_error (error, BARISTA_NAME_ERROR, (int) code, _ ("“%s” is not a full name: %s"), shown,
               fault);
  return FALSE;
}

/**
 * barista_catalog_name_check:
 * @name: name of a task or collection
 * @error: return location
 *
 * Estuary's control plane takes ASCII letters, digits, `-`, `_` and `.` in at least two parts with
 * slashes between them (dekaf.md 5).
 *
 * Returns: %FALSE with %BARISTA_NAME_ERROR_CATALOG_NAME_INVALID
 */
gboolean
barista_catalog_name_check (const char *name, GError **error)
{
  return check (name, BARISTA_NAME_ERROR_CATALOG_NAME_INVALID, error);
}

/**
 * barista_username_check:
 * @name: user name of a sign-in to Dekaf
 * @error: return location
 *
 * It is the task's full name. Until 2024 it was `{}` or a JSON object, sometimes with `.` for `%` in
 * percent-encoding (dekaf.md 1.5); these are told apart because there is a way to convert them.
 *
 * Returns: %FALSE with %BARISTA_NAME_ERROR_USERNAME_LEGACY or %BARISTA_NAME_ERROR_USERNAME_INVALID
 */
gboolean
barista_username_check (const char *name, GError **error)
{
  if (*name == '{' || g_ascii_strncasecmp (name, ".7B", 3) == 0)
    {
      g_set_error_literal (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_USERNAME_LEGACY,
                           _ ("Dekaf now takes the name of the materialization and its token"));
      return FALSE;
    }

  return check (name, BARISTA_NAME_ERROR_USERNAME_INVALID, error);
}

/**
 * barista_catalog_name_last_part:
 * @name: a catalog name
 *
 * Returns: (transfer none): what stands behind the last slash, inside @name
 */
const char *
barista_catalog_name_last_part (const char *name)
{
  const char *slash = strrchr (name, '/');

  return slash != NULL ? slash + 1 : name;
}

/**
 * barista_catalog_name_clean:
 * @text: what was pasted
 *
 * Takes off what comes along when a name is copied from a page, a file or a list of subjects:
 * blanks, quotes, invisible characters, slashes at the ends, and the endings of a subject.
 *
 * Returns: (transfer full): the name that was probably meant; it may still be no good
 */
char *
barista_catalog_name_clean (const char *text)
{
  static const char *const endings[] = { "-value", "-key" };
  g_autofree char *bare = barista_name_unwrapped (text);
  char *start = bare + strspn (bare, "/");
  gsize length = strlen (start);

  while (length > 0 && start[length - 1] == '/')
    start[--length] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (start, endings[i]) && length > strlen (endings[i]))
      return g_strndup (start, length - strlen (endings[i]));

  return g_strdup (start);
}
