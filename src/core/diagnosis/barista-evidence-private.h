/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-evidence.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_FACT_INT,
  BARISTA_FACT_FLAG,
  BARISTA_FACT_TEXT,
  BARISTA_FACT_LIST,
} BaristaFactType;

/* What each fact is called in the report, and what it may hold. */
typedef struct
{
  const char *name;
  BaristaFactType type;
} BaristaFactRow;

extern const BaristaFactRow barista_facts[BARISTA_N_FACTS];

/* OK and NONE for what is no such word. */
BaristaEnd barista_end_from_string (const char *word);
BaristaLook barista_look_from_string (const char *word);

G_END_DECLS
