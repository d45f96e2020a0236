/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cause.h"

/* docs/causes.md is the table of causes as a page. Run with BARISTA_WRITE_DOCS=1 to write it. */

static char *
make_page (void)
{
  static const char *const kinds[] = { "error", "state", "hint" };
  GString *page = g_string_new (
      "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n"
      "# How a check can end\n\n"
      "Made from the table in `src/core/diagnosis`; the ids are stable. Words in braces stand for "
      "what was\nseen. An *error* fails its stage, a *state* mends itself or waits, a *hint* stands "
      "on a stage that\npassed.\n\n"
      "| id | kind | stage | title | then |\n"
      "|---|---|---|---|---|\n");
  guint n;
  const BaristaCause *causes = barista_causes (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (page, "| `%s` | %s | %s | %s | %s |\n", causes[i].id,
                            kinds[causes[i].kind], causes[i].stages, causes[i].title,
                            causes[i].body);

  return g_string_free (page, FALSE);
}

static void
test_page_is_fresh (void)
{
  g_autofree char *page = make_page ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("BARISTA_WRITE_DOCS") != NULL)
    g_assert_true (g_file_set_contents (CAUSES_PAGE, page, -1, NULL));

  g_file_get_contents (CAUSES_PAGE, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, page);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnosis/causes/page", test_page_is_fresh);
  return g_test_run ();
}
