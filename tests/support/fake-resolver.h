/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GResolver that knows only what it is told. Made the process's own until it is removed
 * (and freed). */
#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

FakeResolver *fake_resolver_install (void);
/* @addresses: "127.0.0.1 127.0.0.2"; NULL: the look-up never ends by itself. Unknown names are
 * NOT_FOUND. */
void fake_resolver_add (FakeResolver *self, const char *name, const char *addresses);
void fake_resolver_remove (FakeResolver *self); /* takes @self */

G_END_DECLS
