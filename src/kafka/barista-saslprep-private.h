/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaCodePoints:
 *
 * What SASLprep (RFC 4013) makes of a code point, by the tables of RFC 3454 that it names. One code
 * point may be in several.
 */
typedef enum
{
  BARISTA_CODE_POINTS_SPACE,         /* C.1.2: becomes U+0020 */
  BARISTA_CODE_POINTS_NOTHING,       /* B.1: left out */
  BARISTA_CODE_POINTS_PROHIBITED,    /* C.1.2 to C.9, joined */
  BARISTA_CODE_POINTS_RIGHT_TO_LEFT, /* D.1 */
  BARISTA_CODE_POINTS_LEFT_TO_RIGHT, /* D.2 */
  BARISTA_N_CODE_POINTS,
} BaristaCodePoints;

gboolean barista_code_points_have (BaristaCodePoints set, gunichar code_point);

G_END_DECLS
