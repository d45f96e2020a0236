/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A throw-away certificate authority in memory (GnuTLS, ECDSA P-256). */
typedef struct _TestAuthority TestAuthority;

TestAuthority *test_authority_new (const char *name);
void test_authority_free (TestAuthority *self);
/* Its certificate as PEM in a new file, as by test_file_write (). */
char *test_authority_write (TestAuthority *self);

/* @host: a DNS name or an IPv4 address; @from, @until: seconds from now */
GTlsCertificate *
test_authority_issue (TestAuthority *self, const char *host, gint64 from, gint64 until);
/* For localhost and 127.0.0.1, valid today. */
GTlsCertificate *test_authority_issue_local (TestAuthority *self);

/* A new file that goes with the process; @length -1: up to the NUL. */
char *test_file_write (const char *content, gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestAuthority, test_authority_free)

G_END_DECLS
