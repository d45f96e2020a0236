/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaTargetEditor:
 *
 * One connection that sinks write to. A Kafka one can be checked on the wire, an S3 one has the
 * policies that Amazon needs. Signal: "removed".
 */
#define BARISTA_TYPE_TARGET_EDITOR (barista_target_editor_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTargetEditor, barista_target_editor, BARISTA, TARGET_EDITOR, AdwBin)

void barista_target_editor_edit (BaristaTargetEditor *self,
                                 BaristaSession *session,
                                 BaristaTarget *target);
void barista_target_editor_focus (BaristaTargetEditor *self);
void barista_target_editor_set_calm (BaristaTargetEditor *self, gboolean calm);
BaristaTarget *barista_target_editor_get_target (BaristaTargetEditor *self); /* nullable */

G_END_DECLS
