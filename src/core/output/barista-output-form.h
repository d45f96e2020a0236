/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_FORM_CONNECTION, /* what is read from */
  BARISTA_FORM_SOURCE,     /* a data source */
  BARISTA_FORM_KAFKA,      /* what sinks write to */
  BARISTA_FORM_S3,
} BaristaFormKind;

/**
 * BaristaFormField:
 * @kind: which form
 * @name: of the connection or data source: fields of one form have the same
 * @label: as the form has it
 * @value: what goes there
 * @literal: to be copied as it is; else @value says in words what goes there
 *
 * A field of the vendor's web form.
 */
typedef struct
{
  BaristaFormKind kind;
  char *name;
  const char *label;
  char *value;
  gboolean literal;
} BaristaFormField;

GPtrArray *barista_output_form (const BaristaOutputRequest *request);

G_END_DECLS
