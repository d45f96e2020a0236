/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-authority.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#define DAY (24 * 60 * 60)

struct _TestAuthority
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
};

static void
check (int code)
{
  if (code < 0)
    g_error ("GnuTLS: %s", gnutls_strerror (code));
}

static gnutls_x509_privkey_t
new_key (void)
{
  gnutls_x509_privkey_t key;

  check (gnutls_x509_privkey_init (&key));
  check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  return key;
}

static gnutls_x509_crt_t
new_certificate (gnutls_x509_privkey_t key, const char *name, gint64 from, gint64 until)
{
  static guint8 serial = 0;
  gnutls_x509_crt_t certificate;
  guint8 id[20];
  gsize id_size = sizeof id;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  serial++;
  check (gnutls_x509_crt_init (&certificate));
  check (gnutls_x509_crt_set_version (certificate, 3));
  check (gnutls_x509_crt_set_serial (certificate, &serial, 1));
  check (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                        (unsigned) strlen (name)));
  check (gnutls_x509_crt_set_activation_time (certificate, (time_t) (now + from)));
  check (gnutls_x509_crt_set_expiration_time (certificate, (time_t) (now + until)));
  check (gnutls_x509_crt_set_key (certificate, key));
  check (gnutls_x509_crt_get_key_id (certificate, 0, id, &id_size));
  check (gnutls_x509_crt_set_subject_key_id (certificate, id, id_size));
  return certificate;
}

TestAuthority *
test_authority_new (const char *name)
{
  TestAuthority *self = g_new0 (TestAuthority, 1);

  self->key = new_key ();
  self->certificate = new_certificate (self->key, name, -DAY, DAY);
  check (gnutls_x509_crt_set_basic_constraints (self->certificate, 1, -1));
  check (gnutls_x509_crt_set_key_usage (self->certificate, GNUTLS_KEY_KEY_CERT_SIGN));
  check (gnutls_x509_crt_sign2 (self->certificate, self->certificate, self->key, GNUTLS_DIG_SHA256,
                                0));
  return self;
}

void
test_authority_free (TestAuthority *self)
{
  gnutls_x509_crt_deinit (self->certificate);
  gnutls_x509_privkey_deinit (self->key);
  g_free (self);
}

static char *
export_pem (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t pem;
  char *text;

  check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem));
  text = g_strndup ((const char *) pem.data, pem.size);
  gnutls_free (pem.data);
  return text;
}

static char *
export_key (gnutls_x509_privkey_t key)
{
  gnutls_datum_t pem;
  char *text;

  check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, 0, &pem));
  text = g_strndup ((const char *) pem.data, pem.size);
  gnutls_free (pem.data);
  return text;
}

static GPtrArray *written;

static void
remove_written (void)
{
  for (guint i = 0; i < written->len; i++)
    g_unlink (g_ptr_array_index (written, i));
  g_ptr_array_unref (written);
}

char *
test_file_write (const char *content, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("barista-test-XXXXXX", &path, &error);

  if (written == NULL)
    {
      written = g_ptr_array_new_with_free_func (g_free);
      atexit (remove_written);
    }
  g_ptr_array_add (written, g_strdup (path));

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return path;
}

char *
test_authority_write (TestAuthority *self)
{
  g_autofree char *pem = export_pem (self->certificate);

  return test_file_write (pem, -1);
}

static void
add_host (gnutls_x509_crt_t certificate, const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    check (gnutls_x509_crt_set_subject_alt_name (
        certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
        (unsigned) g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND));
  else
    check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, host,
                                                 (unsigned) strlen (host), GNUTLS_FSAN_APPEND));
}

static GTlsCertificate *
issue (TestAuthority *self, const char *const *hosts, gint64 from, gint64 until)
{
  gnutls_x509_privkey_t key = new_key ();
  gnutls_x509_crt_t certificate = new_certificate (key, hosts[0], from, until);
  guint8 id[20];
  gsize id_size = sizeof id;
  g_autofree char *certificate_pem = NULL;
  g_autofree char *key_pem = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *issued;

  for (guint i = 0; hosts[i] != NULL; i++)
    add_host (certificate, hosts[i]);
  check (gnutls_x509_crt_get_subject_key_id (self->certificate, id, &id_size, NULL));
  check (gnutls_x509_crt_set_authority_key_id (certificate, id, id_size));
  check (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
  check (gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0));

  certificate_pem = export_pem (certificate);
  key_pem = export_key (key);
  pem = g_strconcat (certificate_pem, key_pem, NULL);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
  issued = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);
  return issued;
}

GTlsCertificate *
test_authority_issue (TestAuthority *self, const char *host, gint64 from, gint64 until)
{
  const char *hosts[] = { host, NULL };

  return issue (self, hosts, from, until);
}

GTlsCertificate *
test_authority_issue_local (TestAuthority *self)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", NULL };

  return issue (self, hosts, -DAY, DAY);
}
