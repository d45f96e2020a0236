/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-profile.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is accepted must be written so that it is accepted again, and comes out the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_profile_parse ((const char *) data, (gssize) size,
                                                          "/folder", &error);
  g_autoptr (BaristaSetup) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *rewritten = NULL;

  if (setup == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_nonnull (barista_setup_get_registry_url (setup));
  written = barista_profile_write (setup);
  if (strlen (written) > BARISTA_PROFILE_MAX_BYTES) /* indented it is longer */
    return 0;
  again = barista_profile_parse (written, -1, "/folder", &error);
  g_assert_no_error (error);
  rewritten = barista_profile_write (again);
  g_assert_cmpstr (written, ==, rewritten);
  return 0;
}
