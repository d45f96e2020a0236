/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-records.h"
#include "raw-client.h"

G_BEGIN_DECLS

/* One partition to fetch. */
typedef struct
{
  const char *topic;
  int partition, epoch, max_bytes, max_wait_ms;
  gint64 offset;
} Wanted;

/* Of no epoch, 1 MiB at most. */
#define WANTED(...) (&(Wanted) { .epoch = -1, .max_bytes = 1 << 20, __VA_ARGS__ })

BaristaWireWriter *fetch_request (RawClient *client, gint16 version, const Wanted *wanted);
/* Fetch 12; FALSE: closed. */
gboolean fetch (RawClient *client, const Wanted *wanted, BaristaWireView *partition);
/* The records of an answer, which are never null. */
BaristaRecordReader *records_of (const BaristaWireView *partition);

G_END_DECLS
