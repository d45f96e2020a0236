/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_STATION_NETWORK,    /* name, tcp */
  BARISTA_STATION_ENCRYPTION, /* tls; not there without it */
  BARISTA_STATION_SIGN_IN,    /* hello, sasl */
  BARISTA_STATION_TOPICS,     /* metadata */
  BARISTA_STATION_RECORDS,    /* topic, sample, group */
  BARISTA_STATION_REGISTRY,   /* the branch */
  BARISTA_N_STATIONS,
} BaristaStationKind;

typedef enum
{
  BARISTA_STATION_TODO,
  BARISTA_STATION_WORKING,
  BARISTA_STATION_FINE,
  BARISTA_STATION_ATTENTION,
  BARISTA_STATION_FAILED,
  BARISTA_STATION_SKIPPED,
} BaristaStationState;

#define BARISTA_TYPE_STATION_STATE (barista_station_state_get_type ())
GType barista_station_state_get_type (void);

/* One station: "kind", "state", "label" ("Encryption"), "detail" ("41 ms", "signing in, 6 s"),
 * "summary" (for assistive technology: "Encryption, passed, 41 milliseconds"), "stages" (a
 * GListModel of the BaristaStageReport that it stands for). */
#define BARISTA_TYPE_STATION (barista_station_get_type ())
G_DECLARE_FINAL_TYPE (BaristaStation, barista_station, BARISTA, STATION, GObject)

BaristaStationKind barista_station_get_kind (BaristaStation *self);
BaristaStationState barista_station_get_state (BaristaStation *self);
const char *barista_station_get_label (BaristaStation *self);
const char *barista_station_get_detail (BaristaStation *self);
const char *barista_station_get_summary (BaristaStation *self);
GListModel *barista_station_get_stages (BaristaStation *self);

/**
 * BaristaRoute:
 *
 * The stations of a session, live (a GListModel of BaristaStation), and the whole in one line:
 * "summary" ("Connected, 173 ms", "Sign-in refused", "Not connected"), "state".
 */
#define BARISTA_TYPE_ROUTE (barista_route_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRoute, barista_route, BARISTA, ROUTE, GObject)

/* @session: nullable: then barista_route_show() says how things stand. */
BaristaRoute *barista_route_new (BaristaSession *session);
/* @report: nullable: nothing was checked yet. For those who have a report and no session. */
void barista_route_show (BaristaRoute *self,
                         BaristaSetup *setup,
                         BaristaReport *report,
                         gboolean checking);
BaristaStation *barista_route_get_station (BaristaRoute *self, BaristaStationKind kind);
const char *barista_route_get_summary (BaristaRoute *self);
BaristaStationState barista_route_get_state (BaristaRoute *self);

G_END_DECLS
