/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "barista-practice-scenarios.h"

G_BEGIN_DECLS

/* A certificate with its key for the listeners; @ca_pem: (out): the authority to hand to clients. */
GTlsCertificate *
barista_practice_certificates_new (BaristaPracticeFaults faults, char **ca_pem, GError **error);

G_END_DECLS
