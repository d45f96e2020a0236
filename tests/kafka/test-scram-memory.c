/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-scram.h"
#include "barista-wipe.h"
#include <malloc.h>
#include <string.h>

/* What is freed in a sign-in holds nothing of the password or of the keys made from it. The test
 * stands in for free () and looks at each piece of memory. It knows the secrets only masked, so that
 * it doesn't find itself. */

#define MASK 0x5a
#define FIRST "r=noncenonce,s=c2FsdA==,i=4096"

/* "salt" and 4096 iterations, by Python's hashlib and hmac. */
static const guint8 password[] = { 0x39, 0x35, 0x28, 0x28, 0x3f, 0x39, 0x2e, 0x77, 0x32, 0x35, 0x28,
                                   0x29, 0x3f, 0x77, 0x38, 0x99, 0xfe, 0x2e, 0x2e, 0x3f, 0x28, 0x23,
                                   0x77, 0x29, 0x2e, 0x3b, 0x2a, 0x36, 0x3f, 0x77, 0x3b, 0x34, 0x3e,
                                   0x77, 0x2e, 0x32, 0x3f, 0x34, 0x77, 0x29, 0x35, 0x37, 0x3f, 0x77,
                                   0x37, 0x35, 0x28, 0x3f, 0x77, 0x35, 0x3c, 0x77, 0x33, 0x2e };
static const guint8 salted_password_256[] = { 0x40, 0x81, 0x50, 0x8e, 0xf8, 0x32, 0x11, 0x11,
                                              0xf8, 0x6c, 0xa4, 0xe6, 0x24, 0x58, 0xa7, 0xac,
                                              0x32, 0x22, 0x4f, 0x7e, 0xbf, 0x05, 0x8a, 0xbe,
                                              0x5c, 0x98, 0x08, 0xd8, 0x66, 0x32, 0xb6, 0x82 };
static const guint8 client_key_256[] = { 0x60, 0x0c, 0x2e, 0x65, 0x6b, 0xce, 0x38, 0x08,
                                         0x96, 0xe5, 0x8e, 0x60, 0xac, 0x11, 0x84, 0xe4,
                                         0xd2, 0x7f, 0xca, 0x4a, 0x9b, 0x4f, 0x3a, 0xfc,
                                         0x8e, 0x88, 0x1f, 0x81, 0xa1, 0xb4, 0x88, 0x26 };
static const guint8 server_key_256[] = { 0xb5, 0x55, 0x6e, 0x46, 0xfb, 0x47, 0x90, 0x86,
                                         0x2e, 0xa3, 0x7c, 0x25, 0x38, 0x18, 0xb7, 0xd0,
                                         0xb6, 0x23, 0x57, 0x25, 0x40, 0x17, 0x5e, 0x0b,
                                         0xd8, 0x76, 0x6c, 0x8b, 0xc5, 0x0a, 0x36, 0x1f };
static const guint8 salted_password_512[] = {
  0x58, 0x74, 0x38, 0x16, 0x2e, 0x28, 0xf6, 0x50, 0x2e, 0x7a, 0xd9, 0xd7, 0x93, 0x6d, 0xd0, 0xb7,
  0xb6, 0x1a, 0x83, 0x54, 0xe6, 0x85, 0x44, 0xe8, 0x88, 0x8c, 0x82, 0x7d, 0x52, 0x54, 0x97, 0x77,
  0xe7, 0x0a, 0x67, 0x8c, 0xdf, 0xb6, 0xad, 0x1d, 0x8b, 0x16, 0xbe, 0x71, 0x7c, 0x18, 0x19, 0x22,
  0x8d, 0x47, 0xa5, 0x1a, 0x8e, 0xbf, 0x1a, 0x6a, 0x64, 0xcc, 0x9b, 0x05, 0x21, 0x70, 0x37, 0x8b
};
static const guint8 client_key_512[] = {
  0xae, 0xff, 0x8f, 0xbb, 0xdc, 0x28, 0x33, 0xec, 0xc9, 0x05, 0x2b, 0x14, 0xdb, 0x5f, 0xa9, 0x57,
  0xe7, 0x21, 0x07, 0x24, 0x49, 0x95, 0x64, 0xa0, 0xa7, 0x52, 0x7d, 0xbd, 0x85, 0x7c, 0x7f, 0xb5,
  0xff, 0x90, 0x6c, 0x5f, 0xde, 0x95, 0x0b, 0x56, 0x07, 0xbd, 0x3e, 0xcc, 0x0a, 0x09, 0x1a, 0x2a,
  0xd0, 0xed, 0xf8, 0x5b, 0xc3, 0xdc, 0xd8, 0xb6, 0x1f, 0xfb, 0x25, 0x25, 0x52, 0x57, 0x99, 0x0f
};
static const guint8 server_key_512[] = {
  0x8b, 0xa5, 0x43, 0x7e, 0xda, 0x05, 0x64, 0xaa, 0xda, 0x48, 0xc6, 0xb9, 0x72, 0x70, 0xfd, 0x6f,
  0x4f, 0x79, 0x87, 0x2f, 0x8d, 0xad, 0xa0, 0xfd, 0x07, 0x67, 0x90, 0x6e, 0xa2, 0xb0, 0x59, 0xec,
  0xa1, 0x83, 0x05, 0x8d, 0xb3, 0xa2, 0x5f, 0x7e, 0x8e, 0x44, 0xc2, 0x88, 0x26, 0xf9, 0x88, 0x06,
  0x5c, 0x4a, 0x50, 0x74, 0x57, 0x96, 0xfc, 0x56, 0x79, 0x30, 0xde, 0x1c, 0xac, 0xe6, 0xbe, 0xab
};

static const struct
{
  const guint8 *masked;
  gsize length;
} secrets[] = {
  { password, sizeof password },
  { salted_password_256, sizeof salted_password_256 },
  { client_key_256, sizeof client_key_256 },
  { server_key_256, sizeof server_key_256 },
  { salted_password_512, sizeof salted_password_512 },
  { client_key_512, sizeof client_key_512 },
  { server_key_512, sizeof server_key_512 },
};

/* Any part of a secret counts. */
#define PART 12

static gboolean watching;
static guint found;

/* As it is, as HMAC pads it, as code points, and as text of hexadecimal digits. */
static const struct
{
  guint8 pad;
  gsize step;
  gboolean hex;
} forms[] = { { 0, 1 }, { 0x36, 1 }, { 0x5c, 1 }, { 0, 4 }, { 0, 2, TRUE } };

static guint8
read_byte (const guint8 *at, gsize form)
{
  if (forms[form].hex)
    return (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
  return *at ^ forms[form].pad;
}

static gboolean
is_part (const guint8 *at, const guint8 *masked, gsize form)
{
  for (gsize i = 0; i < PART; i++)
    if ((read_byte (at + i * forms[form].step, form) ^ MASK) != masked[i])
      return FALSE;
  return TRUE;
}

static void
look_for (const guint8 *masked, gsize length, const guint8 *memory, gsize size)
{
  for (gsize form = 0; form < G_N_ELEMENTS (forms); form++)
    for (gsize at = 0; at + PART * forms[form].step <= size; at++)
      for (gsize i = 0; i <= PART && i + PART <= length; i += PART)
        found += is_part (memory + at, masked + i, form);
}

G_GNUC_UNUSED static void
look_at (const void *memory, gsize size)
{
  if (!watching || memory == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    look_for (secrets[i].masked, secrets[i].length, memory, size);
}

/* The sanitizer has a free () of its own. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define CAN_WATCH TRUE

void __libc_free (void *memory);

void
free (void *memory)
{
  look_at (memory, malloc_usable_size (memory));
  __libc_free (memory);
}
#else
#define CAN_WATCH FALSE
#endif

static BaristaSecret *
make_secret (void)
{
  char *text = g_malloc (sizeof password + 1);
  BaristaSecret *secret;

  for (gsize i = 0; i < sizeof password; i++)
    text[i] = (char) (password[i] ^ MASK);
  text[sizeof password] = '\0';
  secret = barista_secret_new (text, -1);
  barista_wipe_free_text (text);
  return secret;
}

static void
sign_in (GChecksumType hash, BaristaSecret *secret)
{
  g_autoptr (BaristaScram) scram = barista_scram_new (hash, "user", secret, "nonce", NULL);
  char *final;

  g_assert_true (
      barista_scram_take_server_first (scram, (const guint8 *) FIRST, strlen (FIRST), NULL));
  final = barista_scram_make_final (scram, NULL, NULL);
  g_assert_nonnull (final);
  barista_wipe_free_text (final);
}

static void
test_the_watch (void)
{
  const gsize room = 64;
  guint8 *memory = g_malloc0 (room);

  if (!CAN_WATCH)
    {
      g_test_skip ("free () can't be watched here");
      g_free (memory);
      return;
    }

  for (gsize i = 0; i < PART; i++)
    memory[20 + i] = client_key_256[i] ^ MASK;
  watching = TRUE;
  g_free (memory);
  watching = FALSE;
  g_assert_cmpuint (found, ==, 1);
}

static void
test_nothing_is_left (void)
{
  BaristaSecret *secret = make_secret ();

  found = 0;
  watching = TRUE;
  sign_in (G_CHECKSUM_SHA256, secret);
  sign_in (G_CHECKSUM_SHA512, secret);
  g_object_unref (secret);
  watching = FALSE;
  g_assert_cmpuint (found, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scram/memory/the-watch", test_the_watch);
  g_test_add_func ("/scram/memory/nothing-is-left", test_nothing_is_left);
  return g_test_run ();
}
