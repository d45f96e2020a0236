/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-secret-names.h"

#include <string.h>

/* Longer names of members are not looked at in full: none of these words is. */
#define NAME_BYTES 256

/* How the names of members that hold secrets end, in small letters without what joins words. */
static const char *const endings[] = {
  "accesskey",  "accesskeyid", "apikey",    "authorization", "credential", "credentials",
  "jaasconfig", "passphrase",  "passwd",    "password",      "privatekey", "pwd",
  "secret",     "secretkey",   "sharedkey", "token",         "userinfo",
};

/* "Secret_Value 2" is as good as "secret". */
static char *
fold (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (const char *p = name; *p != '\0' && folded->len < NAME_BYTES; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (folded, g_ascii_tolower (*p));
  if (g_str_has_suffix (folded->str, "value"))
    g_string_truncate (folded, folded->len - strlen ("value"));

  return g_string_free_and_steal (folded);
}

gboolean
barista_secret_is_member_name (const char *name)
{
  g_autofree char *folded = fold (name);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (folded, endings[i]))
      return TRUE;

  return FALSE;
}

/* The id of a key of Amazon's: four fixed letters and sixteen capitals or digits. */
static gboolean
is_aws_key_id (const char *value)
{
  static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  return (g_str_has_prefix (value, "AKIA") || g_str_has_prefix (value, "ASIA"))
         && strlen (value) == 20 && strspn (value, capitals) == 20;
}

gboolean
barista_secret_is_plain_name (const char *value)
{
  if (!g_ascii_isalpha (*value) && *value != '_')
    return FALSE;

  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_')
      return FALSE;

  return !is_aws_key_id (value);
}

/* scheme://user:password@host; slashes may stand in the user's part, task names have them */
static gboolean
has_password (const char *text)
{
  static const char ends[] = " \t\r\n\"'`<>()";

  for (const char *p = strstr (text, "://"); p != NULL; p = strstr (p, "://"))
    {
      gsize length;
      const char *colon, *at;

      p += strlen ("://");
      length = strcspn (p, ends);
      colon = memchr (p, ':', length);
      at = memchr (p, '@', length);
      if (colon != NULL && at != NULL && colon < at)
        return TRUE;
    }

  return FALSE;
}

/* A JSON web token, or a token of Tinybird's, which is one behind "p." */
static gboolean
is_signed_token (const char *text)
{
  gsize length = strlen (text);
  gsize prefix = strncmp (text, "p.", 2) == 0 ? 2 : 0;

  return length > 40 && strncmp (text + prefix, "eyJ", 3) == 0
         && strchr (text + prefix, '.') != NULL;
}

gboolean
barista_secret_is_in_text (const char *text)
{
  return has_password (text) || is_signed_token (text) || strstr (text, "PRIVATE KEY-----") != NULL;
}
