/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-pages.h"

#include "barista-group-page.h"
#include "barista-publish-page.h"
#include "barista-registry-page.h"
#include "barista-review-page.h"
#include "barista-schema-page.h"
#include "barista-server-page.h"
#include "barista-sign-in-page.h"
#include "barista-sinks-page.h"
#include "barista-task-page.h"
#include "barista-topics-page.h"

/* A step whose page isn't here yet shows its title alone. */
static GType (*const types[BARISTA_N_STEPS]) (void) = {
  [BARISTA_STEP_START] = barista_step_page_get_type,
  [BARISTA_STEP_TASK] = barista_task_page_get_type,
  [BARISTA_STEP_PUBLISH] = barista_publish_page_get_type,
  [BARISTA_STEP_SERVER] = barista_server_page_get_type,
  [BARISTA_STEP_SIGN_IN] = barista_sign_in_page_get_type,
  [BARISTA_STEP_REGISTRY] = barista_registry_page_get_type,
  [BARISTA_STEP_TOPICS] = barista_topics_page_get_type,
  [BARISTA_STEP_GROUP] = barista_group_page_get_type,
  [BARISTA_STEP_SCHEMA] = barista_schema_page_get_type,
  [BARISTA_STEP_SINKS] = barista_sinks_page_get_type,
  [BARISTA_STEP_REVIEW] = barista_review_page_get_type,
};

GtkWidget *
barista_page_new (BaristaSession *session, BaristaStep step)
{
  return g_object_new (types[step](), "session", session, "step", step, NULL);
}
