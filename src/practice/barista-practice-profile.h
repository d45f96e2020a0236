/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-task.h"

G_BEGIN_DECLS

/* A ready profile file for @task as reached by the addresses in @info. */
gboolean barista_practice_profile_write (BaristaPracticeTask *task,
                                         const BaristaPracticeInfo *info,
                                         GError **error);

G_END_DECLS
