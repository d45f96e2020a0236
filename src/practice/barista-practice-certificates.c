/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-certificates.h"

#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define DAY (24 * 60 * 60)

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crt_t, gnutls_x509_crt_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, NULL)

static const guint8 loopback_4[4] = { 127, 0, 0, 1 };
static const guint8 loopback_6[16] = { [15] = 1 };

/* GnuTLS gives a negative code for every failure; the first one ends the chain of calls. */
static gboolean
check (int code, GError **error)
{
  if (code >= 0)
    return TRUE;

  g_set_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_INTERNAL,
               "Could not make a certificate: %s", gnutls_strerror (code));
  return FALSE;
}

/* ECDSA P-256: made in a millisecond, and every client that was tried takes it. */
static gnutls_x509_privkey_t
make_key (GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;

  if (!check (gnutls_x509_privkey_init (&key), error)
      || !check (gnutls_x509_privkey_generate (
                     key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                 error))
    return NULL;

  return g_steal_pointer (&key);
}

/* What authority and server have in common. */
static gnutls_x509_crt_t
make_certificate (const char *name,
                  gnutls_x509_privkey_t key,
                  gint64 not_before,
                  gint64 not_after,
                  GError **error)
{
  g_auto (gnutls_x509_crt_t) crt = NULL;
  guint8 serial[8], id[20];
  gsize id_size = sizeof id;
  gint64 now = time (NULL);
  const char *bad = NULL;

  for (guint i = 0; i < sizeof serial; i++)
    serial[i] = g_random_int_range (1, 128);

  if (!check (gnutls_x509_crt_init (&crt), error)
      || !check (gnutls_x509_crt_set_version (crt, 3), error)
      || !check (gnutls_x509_crt_set_serial (crt, serial, sizeof serial), error)
      || !check (gnutls_x509_crt_set_dn (crt, name, &bad), error)
      || !check (gnutls_x509_crt_set_activation_time (crt, now + not_before), error)
      || !check (gnutls_x509_crt_set_expiration_time (crt, now + not_after), error)
      || !check (gnutls_x509_crt_set_key (crt, key), error)
      || !check (gnutls_x509_crt_get_key_id (crt, 0, id, &id_size), error)
      || !check (gnutls_x509_crt_set_subject_key_id (crt, id, id_size), error))
    return NULL;

  return g_steal_pointer (&crt);
}

/* Strict clients want key usage and both key ids in the authority as well. */
static gnutls_x509_crt_t
make_authority (const char *name, gnutls_x509_privkey_t key, GError **error)
{
  g_auto (gnutls_x509_crt_t) ca = make_certificate (name, key, -2 * DAY, 365 * DAY, error);
  guint8 id[20];
  gsize size = sizeof id;

  if (ca == NULL || !check (gnutls_x509_crt_get_key_id (ca, 0, id, &size), error)
      || !check (gnutls_x509_crt_set_authority_key_id (ca, id, size), error)
      || !check (gnutls_x509_crt_set_basic_constraints (ca, 1, 0), error)
      || !check (gnutls_x509_crt_set_key_usage (ca, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN),
                 error)
      || !check (gnutls_x509_crt_sign2 (ca, ca, key, GNUTLS_DIG_SHA256, 0), error))
    return NULL;

  return g_steal_pointer (&ca);
}

static gboolean
add_name (gnutls_x509_crt_t crt,
          gnutls_x509_subject_alt_name_t type,
          const void *name,
          guint length,
          GError **error)
{
  return check (gnutls_x509_crt_set_subject_alt_name (crt, type, name, length, GNUTLS_FSAN_APPEND),
                error);
}

static gboolean
add_names (gnutls_x509_crt_t crt, BaristaPracticeFaults faults, GError **error)
{
  static const char elsewhere[] = "dekaf.example.com";

  if (barista_practice_has_fault (faults, BARISTA_FAULT_WRONG_HOST))
    return add_name (crt, GNUTLS_SAN_DNSNAME, elsewhere, strlen (elsewhere), error);

  return add_name (crt, GNUTLS_SAN_DNSNAME, "localhost", strlen ("localhost"), error)
         && add_name (crt, GNUTLS_SAN_IPADDRESS, loopback_4, sizeof loopback_4, error)
         && add_name (crt, GNUTLS_SAN_IPADDRESS, loopback_6, sizeof loopback_6, error);
}

static gnutls_x509_crt_t
make_server (gnutls_x509_crt_t ca,
             gnutls_x509_privkey_t ca_key,
             gnutls_x509_privkey_t key,
             BaristaPracticeFaults faults,
             GError **error)
{
  gboolean expired = barista_practice_has_fault (faults, BARISTA_FAULT_EXPIRED_CERTIFICATE);
  gboolean early = barista_practice_has_fault (faults, BARISTA_FAULT_NOT_YET_VALID);
  g_auto (gnutls_x509_crt_t) crt = make_certificate ("CN=Practice Dekaf,O=Barista", key,
                                                     early ? DAY : -2 * DAY,
                                                     expired ? -DAY : 90 * DAY, error);
  guint8 id[20];
  gsize size = sizeof id;

  if (crt == NULL || !check (gnutls_x509_crt_get_key_id (ca, 0, id, &size), error)
      || !check (gnutls_x509_crt_set_authority_key_id (crt, id, size), error)
      || !check (gnutls_x509_crt_set_basic_constraints (crt, 0, -1), error)
      || !check (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_DIGITAL_SIGNATURE), error)
      || !check (gnutls_x509_crt_set_key_purpose_oid (crt, GNUTLS_KP_TLS_WWW_SERVER, 0), error)
      || !add_names (crt, faults, error)
      || !check (gnutls_x509_crt_sign2 (crt, ca, ca_key, GNUTLS_DIG_SHA256, 0), error))
    return NULL;

  return g_steal_pointer (&crt);
}

static char *
certificate_to_pem (gnutls_x509_crt_t crt, GError **error)
{
  gnutls_datum_t out = { NULL, 0 };
  char *pem;

  if (!check (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &out), error))
    return NULL;

  pem = g_strndup ((const char *) out.data, out.size);
  gnutls_free (out.data);
  return pem;
}

static char *
key_to_pem (gnutls_x509_privkey_t key, GError **error)
{
  gnutls_datum_t out = { NULL, 0 };
  char *pem;

  if (!check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                 &out),
              error))
    return NULL;

  pem = g_strndup ((const char *) out.data, out.size);
  gnutls_free (out.data);
  return pem;
}

/* The authority that signed nothing: what clients are given in the scenario unknown-ca. */
static char *
make_stranger (GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = make_key (error);
  g_auto (gnutls_x509_crt_t) ca = key != NULL ? make_authority ("CN=Another authority,O=Barista",
                                                                key, error)
                                              : NULL;

  return ca != NULL ? certificate_to_pem (ca, error) : NULL;
}

/**
 * barista_practice_certificates_new:
 * @faults: what is to be wrong with it
 * @ca_pem: (out) (transfer full): the authority's certificate, for clients to trust
 *
 * Makes a throw-away authority and a certificate for loopback, for one run. Keys live in memory
 * only.
 *
 * Errors: %BARISTA_PRACTICE_ERROR_INTERNAL, #GTlsError
 *
 * Returns: (transfer full) (nullable): certificate and key for the listeners
 */
GTlsCertificate *
barista_practice_certificates_new (BaristaPracticeFaults faults, char **ca_pem, GError **error)
{
  g_auto (gnutls_x509_privkey_t) ca_key = make_key (error);
  g_auto (gnutls_x509_privkey_t) key = ca_key != NULL ? make_key (error) : NULL;
  g_auto (gnutls_x509_crt_t) ca = key != NULL ? make_authority ("CN=Practice authority,O=Barista",
                                                                ca_key, error)
                                              : NULL;
  g_auto (gnutls_x509_crt_t) crt = ca != NULL ? make_server (ca, ca_key, key, faults, error) : NULL;
  g_autofree char *certificate = crt != NULL ? certificate_to_pem (crt, error) : NULL;
  g_autofree char *secret = certificate != NULL ? key_to_pem (key, error) : NULL;
  g_autofree char *authority = NULL;
  g_autofree char *pem = NULL;

  if (secret == NULL)
    return NULL;

  authority = barista_practice_has_fault (faults, BARISTA_FAULT_UNKNOWN_CA)
                  ? make_stranger (error)
                  : certificate_to_pem (ca, error);
  if (authority == NULL)
    return NULL;

  *ca_pem = g_steal_pointer (&authority);
  pem = g_strconcat (certificate, secret, NULL);
  return g_tls_certificate_new_from_pem (pem, -1, error);
}
