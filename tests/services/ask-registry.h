/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-registry.h"
#include "fake-server.h"

G_BEGIN_DECLS

/* @ca: (nullable). Signs in as acmeCo/prod/tinybird with the token t:ken. */
BaristaRegistry *
registry_at (FakeServer *server, const char *scheme, const char *path, const char *ca);
/* Asks for the subjects and waits. */
BaristaSubjects *ask_list (BaristaRegistry *registry, GCancellable *cancellable, GError **error);

G_END_DECLS
