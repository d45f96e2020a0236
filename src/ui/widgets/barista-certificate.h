/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-report.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/**
 * BaristaCertificateCard:
 *
 * A server's certificate: for whom, by whom, until when; a click shows the rest. Hidden while there
 * is none.
 */
#define BARISTA_TYPE_CERTIFICATE_CARD (barista_certificate_card_get_type ())
G_DECLARE_FINAL_TYPE (BaristaCertificateCard,
                      barista_certificate_card,
                      BARISTA,
                      CERTIFICATE_CARD,
                      AdwActionRow)

/* @stage: nullable: that of the encryption, passed or failed */
void barista_certificate_card_show (BaristaCertificateCard *self, BaristaStageReport *stage);

AdwDialog *barista_certificate_dialog_new (BaristaStageReport *stage);
/* Asks for a CA file and makes it the answer; @widget: in the page that tells why one can't be. */
void barista_certificate_choose_file (BaristaSetup *setup, GtkWidget *widget);
/* Makes @file the answer. Returns: (transfer full) (nullable): why it can't be, translated */
char *barista_certificate_take_file (BaristaSetup *setup, GFile *file);

/* The common name of "O=Barista,CN=Practice Dekaf", or the next best part of it. */
char *barista_certificate_name_of (const char *distinguished_name);
/* "2027-02-20 04:34 UTC", as evidence has it; NULL if it is none. */
GDateTime *barista_certificate_parse_time (const char *text);

G_END_DECLS
