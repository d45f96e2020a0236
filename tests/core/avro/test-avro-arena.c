/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-arena.h"

#include <stdint.h>
#include <string.h>

static void
test_budget_is_kept (void)
{
  BaristaAvroArena arena;

  barista_avro_arena_init (&arena, 10000);
  g_assert_nonnull (barista_avro_arena_alloc (&arena, 1, 9000));
  g_assert_null (barista_avro_arena_alloc (&arena, 1, 1000));
  g_assert_true (barista_avro_arena_can_spare (&arena, 900));
  g_assert_false (barista_avro_arena_can_spare (&arena, 1000));
  barista_avro_arena_clear (&arena);
}

static void
test_memory_elsewhere_counts (void)
{
  BaristaAvroArena arena;

  barista_avro_arena_init (&arena, 10000);
  g_assert_true (barista_avro_arena_charge (&arena, 6000));
  g_assert_false (barista_avro_arena_charge (&arena, 4001));
  g_assert_null (barista_avro_arena_alloc (&arena, 4000, 1));
  g_assert_true (barista_avro_arena_charge (&arena, 4000));
  barista_avro_arena_clear (&arena);
}

static void
test_sizes_do_not_wrap (void)
{
  BaristaAvroArena arena;

  barista_avro_arena_init (&arena, G_MAXSIZE);
  g_assert_null (barista_avro_arena_alloc (&arena, G_MAXSIZE / 8 + 2, 8));
  g_assert_null (barista_avro_arena_alloc (&arena, G_MAXSIZE, 1));
  barista_avro_arena_clear (&arena);
}

static void
test_memory_is_zeroed_and_aligned (void)
{
  BaristaAvroArena arena;

  barista_avro_arena_init (&arena, 100000);
  for (gsize size = 0; size < 100; size++)
    {
      char *memory = barista_avro_arena_alloc (&arena, 1, size);

      g_assert_cmpuint ((uintptr_t) memory % 8, ==, 0);
      for (gsize i = 0; i < size; i++)
        g_assert_cmpint (memory[i], ==, 0);
    }
  barista_avro_arena_clear (&arena);
}

static void
test_texts_stand_apart (void)
{
  const char *texts[200];
  BaristaAvroArena arena;

  barista_avro_arena_init (&arena, 1000000);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      texts[i] = barista_avro_arena_strdup (&arena, i % 2 == 0 ? "even" : "odd, and longer");
      memset (barista_avro_arena_alloc (&arena, 1, 40), 'x', 40);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (texts[i], ==, i % 2 == 0 ? "even" : "odd, and longer");
  barista_avro_arena_clear (&arena);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/avro/arena/budget", test_budget_is_kept);
  g_test_add_func ("/avro/arena/charge", test_memory_elsewhere_counts);
  g_test_add_func ("/avro/arena/sizes", test_sizes_do_not_wrap);
  g_test_add_func ("/avro/arena/memory", test_memory_is_zeroed_and_aligned);
  g_test_add_func ("/avro/arena/texts", test_texts_stand_apart);

  return g_test_run ();
}
