/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"
#include "barista-sink-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Regions that Tinybird's documentation of S3 sinks lists (tinybird.md 3.2). */
static const char *const listed_regions[] = {
  "us-east-", "us-west-", "eu-central-", "eu-west-", "eu-south-", "eu-north-",
};

static gboolean
is_kafka (const BaristaRuleContext *self)
{
  return barista_target_get_kind (self->target) == BARISTA_TARGET_KAFKA;
}

static gboolean
is_s3 (const BaristaRuleContext *self)
{
  return !is_kafka (self);
}

static char *
say_if (gboolean wrong, const char *message)
{
  return wrong ? g_strdup (message) : NULL;
}

static char *
check_name (const BaristaRuleContext *self)
{
  const char *name = barista_target_get_name (self->target);
  g_autoptr (GError) error = NULL;

  return barista_resource_name_check (name != NULL ? name : "", &error) ? NULL
                                                                        : g_strdup (error->message);
}

/* The sinks of the old name go with it. */
static gboolean
apply_name (const BaristaRuleContext *self)
{
  g_autofree char *name = g_strdup (barista_target_get_name (self->target));
  g_autofree char *good = barista_setup_propose_name (self->setup, self->tables,
                                                      name != NULL ? name : "connection");
  gboolean is_meant = barista_setup_find_target (self->setup, name) == self->target;
  GListModel *sinks = barista_setup_get_sinks (self->setup);

  barista_target_set_name (self->target, good);
  for (guint i = 0; is_meant && i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);

      if (g_strcmp0 (barista_sink_get_connection (sink), name) == 0)
        barista_sink_set_connection (sink, good);
    }

  return TRUE;
}

static char *
check_name_taken (const BaristaRuleContext *self)
{
  const char *name = barista_target_get_name (self->target);

  if (name == NULL || barista_rule_count_name (self, name) < 2)
    return NULL;

  return g_strdup_printf (_ ("Something else in this project is named %s, too."), name);
}

static char *
check_servers_missing (const BaristaRuleContext *self)
{
  return say_if (is_kafka (self) && barista_target_get_bootstrap_servers (self->target)[0] == NULL,
                 _ ("No bootstrap servers are given."));
}

static char *
check_servers (const BaristaRuleContext *self)
{
  const char *const *servers = barista_target_get_bootstrap_servers (self->target);

  for (guint i = 0; is_kafka (self) && servers[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaristaAddress) address = barista_address_parse (servers[i], &error);

      if (address == NULL)
        return g_strdup (error->message);
      if (strchr (address->host, ':') != NULL)
        return g_strdup_printf (_ ("Tinybird doesn't take the IPv6 address %s."), servers[i]);
    }

  return NULL;
}

static char *
check_security (const BaristaRuleContext *self)
{
  return say_if (is_kafka (self)
                     && barista_target_get_security (self->target) == BARISTA_SECURITY_SSL,
                 _ ("Tinybird doesn't write to servers that use SSL without a sign-in."));
}

static gboolean
apply_security (const BaristaRuleContext *self)
{
  barista_target_set_security (self->target, BARISTA_SECURITY_SASL_SSL);
  return TRUE;
}

static char *
check_plaintext (const BaristaRuleContext *self)
{
  BaristaSecurity security = barista_target_get_security (self->target);

  return say_if (is_kafka (self)
                     && (security == BARISTA_SECURITY_PLAINTEXT
                         || security == BARISTA_SECURITY_SASL_PLAINTEXT),
                 _ ("The rows travel without encryption, and so does the password."));
}

static char *
check_sign_in (const BaristaRuleContext *self)
{
  return say_if (is_kafka (self) && barista_target_get_uses_sasl (self->target)
                     && (barista_target_get_key (self->target) == NULL
                         || barista_target_get_secret (self->target) == NULL),
                 _ ("The server wants a user name and a password, each the name of a secret."));
}

static gboolean
apply_sign_in (const BaristaRuleContext *self)
{
  if (barista_target_get_key (self->target) == NULL)
    {
      g_autofree char *key = barista_target_propose_secret (self->target, "KEY");

      barista_target_set_key (self->target, key);
    }
  if (barista_target_get_secret (self->target) == NULL)
    {
      g_autofree char *secret = barista_target_propose_secret (self->target, "SECRET");

      barista_target_set_secret (self->target, secret);
    }

  return TRUE;
}

static const struct
{
  const char *member;
  const char *ending;
  const char *(*get) (BaristaTarget *target);
  void (*set) (BaristaTarget *target, const char *name);
} secrets[] = {
  { "key", "KEY", barista_target_get_key, barista_target_set_key },
  { "secret", "SECRET", barista_target_get_secret, barista_target_set_secret },
  { "registry_secret", "REGISTRY", barista_target_get_registry_secret,
    barista_target_set_registry_secret },
  { "ca_secret", "CA", barista_target_get_ca_secret, barista_target_set_ca_secret },
};

static gboolean
is_secret_name (const char *name)
{
  return (g_ascii_isalpha (*name) || *name == '_')
         && name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_")] == '\0';
}

static char *
check_secret_name (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      const char *name = secrets[i].get (self->target);

      /* What stands there may be the secret itself: it is not repeated. */
      if (name != NULL && !is_secret_name (name))
        return g_strdup_printf (
            _ ("%s must be the name of a Tinybird secret: letters, digits and _"),
            secrets[i].member);
    }

  return NULL;
}

static gboolean
apply_secret_name (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      const char *name = secrets[i].get (self->target);
      g_autofree char *good = NULL;

      if (name == NULL || is_secret_name (name))
        continue;
      good = barista_target_propose_secret (self->target, secrets[i].ending);
      secrets[i].set (self->target, good);
    }

  return TRUE;
}

static char *
check_secret_twice (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    for (gsize j = 0; j < i; j++)
      {
        const char *name = secrets[i].get (self->target);

        if (name != NULL && g_strcmp0 (name, secrets[j].get (self->target)) == 0)
          return g_strdup_printf (_ ("%s and %s are one secret, %s."), secrets[j].member,
                                  secrets[i].member, name);
      }

  return NULL;
}

static gboolean
apply_secret_twice (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    for (gsize j = 0; j < i; j++)
      {
        const char *name = secrets[i].get (self->target);
        g_autofree char *other = NULL;

        if (name == NULL || g_strcmp0 (name, secrets[j].get (self->target)) != 0)
          continue;
        other = barista_target_propose_secret (self->target, secrets[i].ending);
        if (g_str_equal (other, name))
          return FALSE;
        secrets[i].set (self->target, other);
      }

  return TRUE;
}

static char *
check_registry (const BaristaRuleContext *self)
{
  const char *url = barista_target_get_registry_url (self->target);
  g_autofree char *good = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_kafka (self) || url == NULL)
    return NULL;

  good = barista_registry_url_normalize (url, &error);
  return good == NULL ? g_strdup (error->message) : NULL;
}

static char *
check_region_missing (const BaristaRuleContext *self)
{
  return say_if (is_s3 (self) && barista_target_get_region (self->target) == NULL,
                 _ ("No region is given."));
}

/* us-east-1, ap-southeast-2, us-gov-west-1 */
static gboolean
is_region (const char *region)
{
  g_auto (GStrv) parts = g_strsplit (region, "-", -1);
  guint n = g_strv_length (parts);

  if (n < 3 || n > 4 || strlen (parts[0]) != 2 || !g_ascii_isdigit (parts[n - 1][0])
      || strlen (parts[n - 1]) > 2 || parts[n - 1][strspn (parts[n - 1], "0123456789")] != '\0')
    return FALSE;
  for (guint i = 0; i + 1 < n; i++)
    if (*parts[i] == '\0' || parts[i][strspn (parts[i], G_CSET_a_2_z)] != '\0')
      return FALSE;

  return TRUE;
}

static char *
check_region (const BaristaRuleContext *self)
{
  const char *region = barista_target_get_region (self->target);

  if (!is_s3 (self) || region == NULL || is_region (region))
    return NULL;

  return g_strdup_printf (_ ("“%s” isn't the name of a region."), region);
}

static char *
check_region_listed (const BaristaRuleContext *self)
{
  const char *region = barista_target_get_region (self->target);

  if (!is_s3 (self) || region == NULL || !is_region (region))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (listed_regions); i++)
    if (g_str_has_prefix (region, listed_regions[i]))
      return NULL;

  return g_strdup_printf (_ ("%s is none of the regions that Tinybird lists for S3 sinks."),
                          region);
}

static char *
check_credentials (const BaristaRuleContext *self)
{
  gboolean has_key = barista_target_get_key (self->target) != NULL;
  gboolean has_secret = barista_target_get_secret (self->target) != NULL;
  gboolean has_role = barista_target_get_arn (self->target) != NULL;

  if (!is_s3 (self))
    return NULL;
  if (has_key != has_secret)
    return g_strdup (_ ("An access key and its secret go together."));
  if (!has_key && !has_role)
    return g_strdup (_ ("Neither a role nor an access key is given."));

  return say_if (has_key && has_role, _ ("Both a role and an access key are given."));
}

/* The role wins: Tinybird advises it. */
static gboolean
apply_credentials (const BaristaRuleContext *self)
{
  if (barista_target_get_arn (self->target) != NULL)
    {
      barista_target_set_key (self->target, NULL);
      barista_target_set_secret (self->target, NULL);
      return TRUE;
    }
  if (barista_target_get_key (self->target) == NULL
      && barista_target_get_secret (self->target) == NULL)
    return FALSE;

  return apply_sign_in (self);
}

static const char *
find_arn_fault (const char *arn)
{
  g_auto (GStrv) parts = g_strsplit (arn, ":", 6);
  const char *role;

  if (g_strv_length (parts) != 6 || !g_str_equal (parts[0], "arn"))
    return _ ("it has six parts with colons between them and starts with arn");
  if (!g_str_equal (parts[1], "aws") && !g_str_equal (parts[1], "aws-cn")
      && !g_str_equal (parts[1], "aws-us-gov"))
    return _ ("its second part is aws, aws-cn or aws-us-gov");
  if (!g_str_equal (parts[2], "iam") || *parts[3] != '\0')
    return _ ("a role's third part is iam, and its fourth empty");
  if (strlen (parts[4]) != 12 || parts[4][strspn (parts[4], "0123456789")] != '\0')
    return _ ("its fifth part is the account's number, twelve digits");
  if (!g_str_has_prefix (parts[5], "role/"))
    return _ ("its last part starts with role/");

  role = parts[5] + strlen ("role/");
  return *role == '\0' || g_str_has_suffix (role, "/")
                 || role[strspn (role, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+=,.@-/")] != '\0'
             ? _ ("a role's name has letters, digits and _+=,.@- only")
             : NULL;
}

static char *
check_arn (const BaristaRuleContext *self)
{
  const char *arn = barista_target_get_arn (self->target);
  const char *fault = is_s3 (self) && arn != NULL ? find_arn_fault (arn) : NULL;

  return fault != NULL ? g_strdup_printf (_ ("Role “%s”: %s."), arn, fault) : NULL;
}

static char *
check_access_key (const BaristaRuleContext *self)
{
  return say_if (is_s3 (self) && barista_target_get_key (self->target) != NULL
                     && barista_target_get_arn (self->target) == NULL,
                 _ ("Tinybird advises a role in place of an access key."));
}

static char *
check_trust (const BaristaRuleContext *self)
{
  return say_if (is_s3 (self) && barista_target_get_arn (self->target) != NULL,
                 _ ("Tinybird's account and the external id aren't known here, so the trust policy "
                    "has placeholders for them."));
}

const BaristaRule barista_target_rules[] = {
  { "target-name", BARISTA_LEVEL_ERROR, check_name, N_ ("Take another name."), apply_name },
  { "target-name-taken", BARISTA_LEVEL_ERROR, check_name_taken, N_ ("Take another name."),
    apply_name },
  { "target-servers", BARISTA_LEVEL_ERROR, check_servers_missing,
    N_ ("Give at least one, as in kafka.example.com:9092."), NULL },
  { "target-server", BARISTA_LEVEL_ERROR, check_servers, N_ ("Correct the address."), NULL },
  { "target-security", BARISTA_LEVEL_ERROR, check_security, N_ ("Use a listener with SASL_SSL."),
    apply_security },
  { "target-plaintext", BARISTA_LEVEL_WARNING, check_plaintext,
    N_ ("Use a listener with SASL_SSL."), apply_security },
  { "target-sign-in", BARISTA_LEVEL_ERROR, check_sign_in, N_ ("Name two secrets for them."),
    apply_sign_in },
  { "target-secret-name", BARISTA_LEVEL_ERROR, check_secret_name,
    N_ ("Name a secret, and set its value with “tb --cloud secret set”."), apply_secret_name },
  { "target-secret-twice", BARISTA_LEVEL_WARNING, check_secret_twice,
    N_ ("Give each a secret of its own."), apply_secret_twice },
  { "target-registry", BARISTA_LEVEL_ERROR, check_registry, N_ ("Correct the address."), NULL },
  { "target-region", BARISTA_LEVEL_ERROR, check_region_missing,
    N_ ("Give that of the bucket, such as us-east-1."), NULL },
  { "target-region-syntax", BARISTA_LEVEL_WARNING, check_region,
    N_ ("Give that of the bucket, such as us-east-1."), NULL },
  { "target-region-listed", BARISTA_LEVEL_HINT, check_region_listed,
    N_ ("Ask Tinybird, or use a bucket in one of them."), NULL },
  { "target-credentials", BARISTA_LEVEL_ERROR, check_credentials,
    N_ ("Give the ARN of a role, or both parts of an access key."), apply_credentials },
  { "target-arn", BARISTA_LEVEL_ERROR, check_arn,
    N_ ("Copy it from the role, as in arn:aws:iam::123456789012:role/tinybird-s3-access."), NULL },
  { "target-access-key", BARISTA_LEVEL_HINT, check_access_key,
    N_ ("Make a role that Tinybird may take, and give its ARN."), NULL },
  { "target-trust", BARISTA_LEVEL_HINT, check_trust,
    N_ ("Fill them in from “tb connection create s3”; the folder's README says how."), NULL },
  {}
};
