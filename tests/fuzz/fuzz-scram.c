/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-scram.h"

#include <string.h>

/* A broker's SCRAM messages. First byte: even for SHA-256, odd for SHA-512. Then server-first, a
 * NUL, server-final; each is read by an exchange that waits for it. Server-final must be accepted
 * with the one right signature only. */

#define FIRST "r=fuzzfuzz,s=c2FsdA==,i=4096"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  GChecksumType hash;
  const char *right; /* beginning of server-final */
  BaristaScram *waiting;
} Mechanism;

static Mechanism mechanisms[] = {
  { G_CHECKSUM_SHA256, "v=Aou9cVBBMYgtp/q+AVmzGxXWBgbQSNWJkXLgoAl2Y8U=" },
  { G_CHECKSUM_SHA512,
    "v=Vifl/iPa5F3yaGwOqJ6NgnCF6CkxWwUFbabrXJrI/8FTYWC+aqw2zgls6cowIX1G15m0Y/TDFrnOcAxK"
    "rvsYnQ==" },
};

static BaristaScram *
scram_new (GChecksumType hash)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new ("pencil", -1);

  return barista_scram_new (hash, "user", secret, "fuzz", NULL);
}

/* The proof is made once: it takes longer than all the rest. */
static BaristaScram *
get_waiting (Mechanism *mechanism)
{
  g_autofree char *final = NULL;

  if (mechanism->waiting != NULL)
    return mechanism->waiting;
  mechanism->waiting = scram_new (mechanism->hash);
  barista_scram_take_server_first (mechanism->waiting, (const guint8 *) FIRST, strlen (FIRST),
                                   NULL);
  final = barista_scram_make_final (mechanism->waiting, NULL, NULL);
  return mechanism->waiting;
}

static void
read_first (GChecksumType hash, const guint8 *data, gsize length)
{
  g_autoptr (BaristaScram) scram = scram_new (hash);
  g_autoptr (GError) error = NULL;
  guint iterations;

  if (!barista_scram_take_server_first (scram, data, length, &error))
    {
      if (error == NULL || !g_utf8_validate (error->message, -1, NULL))
        g_error ("refused without words");
      return;
    }
  iterations = barista_scram_get_iterations (scram);
  if (iterations < BARISTA_SCRAM_MIN_ITERATIONS || iterations > BARISTA_SCRAM_MAX_ITERATIONS
      || length < 6 || memcmp (data, "r=fuzz", 6) != 0)
    g_error ("accepted what it may not");
}

static void
read_final (Mechanism *mechanism, const guint8 *data, gsize length)
{
  gsize n = strlen (mechanism->right);

  if (barista_scram_check_server_final (get_waiting (mechanism), data, length, NULL)
      && (length < n || memcmp (data, mechanism->right, n) != 0))
    g_error ("accepted a wrong signature");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Mechanism *mechanism;
  gsize first = 0;

  if (size < 1)
    return 0;
  mechanism = &mechanisms[data[0] % G_N_ELEMENTS (mechanisms)];
  data++;
  size--;
  while (first < size && data[first] != 0)
    first++;
  read_first (mechanism->hash, data, first);
  if (first < size)
    read_final (mechanism, data + first + 1, size - first - 1);
  return 0;
}
