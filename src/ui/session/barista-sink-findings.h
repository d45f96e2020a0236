/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaSinkFindings:
 *
 * What is to be said of a session's sinks and connections, for all that show it: looked for on a
 * thread, once for each change. Signal: "made" when an answer has come.
 */
#define BARISTA_TYPE_SINK_FINDINGS (barista_sink_findings_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinkFindings, barista_sink_findings, BARISTA, SINK_FINDINGS, GObject)

BaristaSinkFindings *barista_sink_findings_of (BaristaSession *session);
gboolean barista_sink_findings_ask (BaristaSinkFindings *self);
GPtrArray *barista_sink_findings_get (BaristaSinkFindings *self);
/* How often they were looked for; for tests. */
guint barista_sink_findings_count_runs (BaristaSinkFindings *self);

G_END_DECLS
