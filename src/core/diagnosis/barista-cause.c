/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-classify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longest text of the other side that a title or body repeats, in characters. */
#define MAX_QUOTED 160

/* The evidence's words are somebody else's: one line of printable text, cut where it gets long. */
static char *
quote_fact (const BaristaEvidence *evidence, const char *name)
{
  g_autofree char *raw = barista_evidence_format (evidence, name);
  g_autoptr (GString) text = g_string_new (NULL);
  guint length = 0;

  if (raw == NULL)
    return g_strdup (_ ("(not said)"));

  for (const char *p = raw; *p != '\0' && length < MAX_QUOTED; p = g_utf8_next_char (p), length++)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c) && !g_unichar_isspace (c))
        g_string_append_unichar (text, c);
      else if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    }
  if (length == MAX_QUOTED)
    g_string_append (text, "…");

  return g_strdup (g_strstrip (text->str));
}

static char *
fill_in (const char *template, const BaristaEvidence *evidence)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = template; *p != '\0';)
    {
      const char *close = *p == '{' ? strchr (p, '}') : NULL;

      if (close != NULL)
        {
          g_autofree char *name = g_strndup (p + 1, (gsize) (close - p - 1));
          g_autofree char *value = quote_fact (evidence, name);

          g_string_append (text, value);
          p = close + 1;
        }
      else
        g_string_append_c (text, *p++);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The registry's rows are Kafka's, told apart by a word in front (`diagnosis.md`). A sample asks the
 * registry as well: the evidence then has its address. */
static gboolean
needs_registry_prefix (const BaristaCause *self, const BaristaEvidence *evidence)
{
  BaristaStage stage = barista_evidence_get_stage (evidence);

  if (self->kind != BARISTA_CAUSE_ERROR)
    return FALSE;
  if (barista_evidence_get_service (evidence) == BARISTA_SERVICE_REGISTRY)
    return stage < BARISTA_STAGE_REGISTRY;

  return stage == BARISTA_STAGE_SAMPLE && barista_evidence_has (evidence, BARISTA_FACT_URL)
         && !g_str_has_prefix (self->id, "registry-");
}

/* --- what the table can't tell apart --- */

static gboolean
names_nothing (const BaristaEvidence *evidence)
{
  return !barista_evidence_has (evidence, BARISTA_FACT_CLOSEST);
}

static gboolean
is_no_task (const BaristaEvidence *evidence)
{
  return !barista_evidence_get_flag (evidence, BARISTA_FACT_DEKAF)
         || (barista_evidence_get_service (evidence) == BARISTA_SERVICE_REGISTRY
             && barista_evidence_has (evidence, BARISTA_FACT_REGISTRY_SIGN_IN));
}

static gboolean
asks_without_sign_in (const BaristaEvidence *evidence)
{
  return g_strcmp0 (barista_evidence_get_text (evidence, BARISTA_FACT_REGISTRY_SIGN_IN), "none")
         == 0;
}

static gboolean
has_own_sign_in (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_REGISTRY_SIGN_IN);
}

/* Other words where the evidence says more; the first that fits. NULL: those of the table. */
static const struct
{
  const char *id;
  BaristaEvidenceTest test;
  const char *title, *body;
} variants[] = {
  { "topic-unknown", names_nothing, NULL,
    N_ ("No topic of a similar name is there either. Check the name.") },
  { "password-empty", is_no_task, N_ ("Enter the password"), NULL },
  { "registry-refused", asks_without_sign_in, N_ ("Schema registry wants a sign-in"),
    N_ ("It was asked without one. Give it a user name and a password.") },
  { "registry-refused", has_own_sign_in, NULL, N_ ("Check the registry's name and password.") },
};

static void
choose_words (const BaristaCause *self,
              const BaristaEvidence *evidence,
              const char **title,
              const char **body)
{
  gboolean dekaf = barista_evidence_get_flag (evidence, BARISTA_FACT_DEKAF);

  *title = self->title;
  *body = !dekaf && self->body_other != NULL ? self->body_other : self->body;
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    if (g_str_equal (variants[i].id, self->id) && variants[i].test (evidence))
      {
        *title = variants[i].title != NULL ? variants[i].title : *title;
        *body = variants[i].body != NULL ? variants[i].body : *body;
        return;
      }
}

/**
 * barista_cause_format_title:
 * @self: a cause
 * @evidence: what was seen
 *
 * Returns: (transfer full): the title, translated, facts filled in
 */
char *
barista_cause_format_title (const BaristaCause *self, const BaristaEvidence *evidence)
{
  const char *words, *body;
  g_autofree char *title = NULL;

  choose_words (self, evidence, &words, &body);
  title = fill_in (_ (words), evidence);
  if (!needs_registry_prefix (self, evidence))
    return g_steal_pointer (&title);

  /* Translators: a cause of Kafka's, met at the registry, such as "Schema registry: Address not found" */
  return g_strdup_printf (_ ("Schema registry: %s"), title);
}

static const struct
{
  const char *flag, *id, *text;
} certificate_flags[] = {
  { "unknown-ca", "tls-unknown-ca", N_ ("not trusted") },
  { "bad-identity", "tls-wrong-host", N_ ("for another server") },
  { "not-activated", "tls-not-yet-valid", N_ ("not valid yet") },
  { "expired", "tls-expired", N_ ("expired") },
  { "insecure", "tls-weak-certificate", N_ ("too weak") },
};

/* All that is wrong with a certificate comes at once: what isn't the cause is told behind it. */
static char *
list_other_flags (const BaristaCause *self, const BaristaEvidence *evidence)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  guint n = barista_evidence_get_n (evidence, BARISTA_FACT_TLS_FLAGS);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (certificate_flags); j++)
      if (g_str_equal (barista_evidence_get_item (evidence, BARISTA_FACT_TLS_FLAGS, i),
                       certificate_flags[j].flag)
          && !g_str_equal (self->id, certificate_flags[j].id))
        g_ptr_array_add (others, (gpointer) _ (certificate_flags[j].text));

  if (others->len == 0)
    return NULL;

  g_ptr_array_add (others, NULL);
  joined = g_strjoinv (", ", (char **) others->pdata);
  /* Translators: of a certificate, such as "It is also expired, for another server." */
  return g_strdup_printf (_ ("It is also %s."), joined);
}

static gboolean
is_about_certificate (const BaristaCause *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (certificate_flags); i++)
    if (g_str_equal (self->id, certificate_flags[i].id))
      return TRUE;

  return FALSE;
}

/**
 * barista_cause_format_body:
 * @self: a cause
 * @evidence: what was seen
 *
 * Gives the body; the flags of a certificate that are not the cause stand in a second sentence.
 *
 * Returns: (transfer full): the body, translated, facts filled in
 */
char *
barista_cause_format_body (const BaristaCause *self, const BaristaEvidence *evidence)
{
  const char *title, *body;
  g_autofree char *filled = NULL;
  g_autofree char *others = NULL;

  choose_words (self, evidence, &title, &body);
  filled = fill_in (_ (body), evidence);
  if (is_about_certificate (self))
    others = list_other_flags (self, evidence);

  return others != NULL ? g_strconcat (filled, " ", others, NULL) : g_steal_pointer (&filled);
}
