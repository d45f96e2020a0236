/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-token-maker.h"

#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 32

/* RFC 4648, 5: the alphabet that is safe in URLs and file names; no padding. */
static void
make_url_safe (char *text)
{
  for (char *p = text; *p != '\0'; p++)
    if (*p == '+')
      *p = '-';
    else if (*p == '/')
      *p = '_';
    else if (*p == '=')
      *p = '\0';
}

char *
barista_token_make (void)
{
  guchar bytes[TOKEN_BYTES];
  char *token;

  /* Requests of up to 256 bytes are never cut short (getrandom(2)). */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    return NULL;

  token = g_base64_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  make_url_safe (token);

  return token;
}

void
barista_token_wipe (char *token)
{
  if (token == NULL)
    return;

  explicit_bzero (token, strlen (token));
  g_free (token);
}
