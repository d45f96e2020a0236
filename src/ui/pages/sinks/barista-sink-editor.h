/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaSinkEditor:
 *
 * One sink: target, query, when, how, with what is to be said of it. Signals: "edit-target"
 * (BaristaTarget), "removed".
 */
#define BARISTA_TYPE_SINK_EDITOR (barista_sink_editor_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinkEditor, barista_sink_editor, BARISTA, SINK_EDITOR, AdwBin)

void barista_sink_editor_edit (BaristaSinkEditor *self, BaristaSession *session, BaristaSink *sink);
void barista_sink_editor_focus (BaristaSinkEditor *self);
void barista_sink_editor_set_calm (BaristaSinkEditor *self, gboolean calm);
BaristaSink *barista_sink_editor_get_sink (BaristaSinkEditor *self); /* nullable */

G_END_DECLS
