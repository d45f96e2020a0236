/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sinks.h"

/*
 * The vendor's own sources disagree on these words (tinybird.md 3.2). Forward's files get those of
 * the SDK, which its generator sends to the same place; Classic's get those of the REST API, to
 * which its command line hands them on.
 */
static const BaristaSinkWord words[] = {
  { BARISTA_SINK_FORMAT, "csv", "csv", TRUE, TRUE, "csv" },
  { BARISTA_SINK_FORMAT, "ndjson", "ndjson", TRUE, TRUE, "ndjson" },
  { BARISTA_SINK_FORMAT, "parquet", "parquet", TRUE, TRUE, "parquet" },
  { BARISTA_SINK_COMPRESSION, "none", "None", TRUE, TRUE, "none" },
  { BARISTA_SINK_COMPRESSION, "gzip", "gz", TRUE, TRUE, "gzip" },
  { BARISTA_SINK_COMPRESSION, "snappy", "snappy", TRUE, TRUE, "snappy" },
  { BARISTA_SINK_COMPRESSION, "zstd", "zstd", FALSE, TRUE, "zstd" },
  { BARISTA_SINK_COMPRESSION, "lz4", "lz4", FALSE, FALSE, "lz4" },
  { BARISTA_SINK_COMPRESSION, "gz", "gz", FALSE, FALSE, "gzip" },
  { BARISTA_SINK_COMPRESSION, "None", "None", FALSE, FALSE, "none" },
  { BARISTA_SINK_STRATEGY, "create_new", "new", TRUE, TRUE, "create_new" },
  { BARISTA_SINK_STRATEGY, "replace", "truncate", TRUE, TRUE, "replace" },
  { BARISTA_SINK_STRATEGY, "@new", "new", FALSE, FALSE, "create_new" },
  { BARISTA_SINK_STRATEGY, "new", "new", FALSE, FALSE, "create_new" },
  { BARISTA_SINK_STRATEGY, "truncate", "truncate", FALSE, FALSE, "replace" },
  { BARISTA_SINK_STRATEGY, "overwrite", "truncate", FALSE, FALSE, "replace" },
};

/**
 * barista_sink_word_find:
 * @setting: what it is a value of
 * @word: (nullable): as typed
 *
 * Returns: (nullable): what is known of it
 */
const BaristaSinkWord *
barista_sink_word_find (BaristaSinkSetting setting, const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].setting == setting && g_strcmp0 (words[i].word, word) == 0)
      return &words[i];

  return NULL;
}

/**
 * barista_sink_words:
 * @setting: a setting
 *
 * Returns: (array zero-terminated=1): the words to offer, the usual one first
 */
const char *const *
barista_sink_words (BaristaSinkSetting setting)
{
  static const char *offered[3][G_N_ELEMENTS (words) + 1];
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].setting == setting && words[i].offered)
      offered[setting][n++] = words[i].word;

  return offered[setting];
}

/**
 * barista_sink_get_setting:
 * @sink: a sink
 * @setting: a setting
 *
 * Returns: (nullable): the sink's word, if it states one
 */
const char *
barista_sink_get_setting (BaristaSink *sink, BaristaSinkSetting setting)
{
  switch (setting)
    {
    case BARISTA_SINK_FORMAT:
      return barista_sink_get_format (sink);
    case BARISTA_SINK_COMPRESSION:
      return barista_sink_get_compression (sink);
    case BARISTA_SINK_STRATEGY:
      return barista_sink_get_strategy (sink);
    default:
      g_return_val_if_reached (NULL);
    }
}
