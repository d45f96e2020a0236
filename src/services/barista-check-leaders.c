/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-sample.h"

#include "barista-dial.h"

/* Offsets and records are had from the broker that leads a partition, and from no other: connects
 * to those that lead the topic's. */

/* Further brokers, beside the check's own. A topic may be spread over hundreds; a sample needs few. */
#define MAX_FURTHER_BROKERS 4
/* Each broker is looked for in the listing: against one that names millions. */
#define MAX_LOOKED_FOR 64

typedef struct
{
  CheckStage *stage;
  CheckLeader *leader;
} Call;

static void
leader_free (gpointer data)
{
  CheckLeader *leader = data;

  g_clear_pointer (&leader->address, barista_address_free);
  g_clear_object (&leader->connection);
  g_free (leader);
}

/* NULL: no such broker in the listing, or no address that could be one. */
static BaristaAddress *
find_address (BaristaCheck *self, gint64 node)
{
  BaristaWireIter brokers;
  BaristaWireView broker;

  barista_wire_view_get_array (&self->listing->view, "brokers", &brokers);
  while (barista_wire_iter_next (&brokers, &broker))
    {
      g_autofree char *host = barista_wire_view_dup_string (&broker, "host");
      gint64 port = barista_wire_view_get_int (&broker, "port");

      if (barista_wire_view_get_int (&broker, "nodeId") == node)
        return host != NULL && *host != '\0' && port > 0 && port <= G_MAXUINT16
                   ? barista_address_new (host, (guint16) port)
                   : NULL;
    }

  return NULL;
}

static gboolean
is_own (BaristaCheck *self, const BaristaAddress *address)
{
  const BaristaAddress *own = check_get_address (self);

  return own->port == address->port && g_ascii_strcasecmp (own->host, address->host) == 0;
}

static CheckLeader *
add_leader (CheckSample *work, BaristaAddress *address, const char *trouble)
{
  CheckLeader *leader = g_new0 (CheckLeader, 1);

  leader->address = address;
  leader->trouble = trouble;
  g_ptr_array_add (work->leaders, leader);

  return leader;
}

/* The one that stands for all brokers with the same @trouble. */
static CheckLeader *
ensure_pool (CheckSample *work, CheckLeader **pool, const char *trouble)
{
  if (*pool == NULL)
    *pool = add_leader (work, NULL, trouble);

  return *pool;
}

static CheckLeader *
judge_leader (CheckStage *stage, gint32 node)
{
  CheckSample *work = stage->work;
  g_autoptr (BaristaAddress) address = NULL;

  if (g_hash_table_size (work->by_node) >= MAX_LOOKED_FOR)
    return ensure_pool (work, &work->unasked, CHECK_NOT_ASKED);

  address = find_address (stage->check, node);
  if (address == NULL)
    return ensure_pool (work, &work->leaderless, "no-leader");
  if (is_own (stage->check, address))
    return work->own;
  if (work->n_further == MAX_FURTHER_BROKERS)
    return ensure_pool (work, &work->unasked, CHECK_NOT_ASKED);

  work->n_further++;
  return add_leader (work, g_steal_pointer (&address), NULL);
}

/* A Dekaf is one broker, whatever it calls itself (`dekaf.md` 1.7). */
static CheckLeader *
find_leader (CheckStage *stage, gint32 node)
{
  CheckSample *work = stage->work;
  CheckLeader *leader = g_hash_table_lookup (work->by_node, GINT_TO_POINTER (node));

  if (barista_setup_get_is_dekaf (stage->check->setup))
    return work->own;
  if (leader != NULL)
    return leader;

  leader = judge_leader (stage, node);
  if (g_hash_table_size (work->by_node) < MAX_LOOKED_FOR)
    g_hash_table_insert (work->by_node, GINT_TO_POINTER (node), leader);
  return leader;
}

/* Before the first partition. */
void
check_init_leaders (CheckStage *stage)
{
  CheckSample *work = stage->work;
  BaristaCheck *self = stage->check;

  work->leaders = g_ptr_array_new_with_free_func (leader_free);
  work->by_node = g_hash_table_new (NULL, NULL);
  work->own = add_leader (work, barista_address_copy (check_get_address (self)), NULL);
  work->own->connection = g_object_ref (self->connection);
}

void
check_add_partition (CheckStage *stage, const BaristaWireView *view)
{
  CheckSample *work = stage->work;
  gint32 node = (gint32) barista_wire_view_get_int (view, "leaderId");
  CheckPartition partition = { .index = (gint32) barista_wire_view_get_int (view,
                                                                            "partitionIndex") };

  /* One that is listed twice counts once. */
  if (partition.index < 0
      || g_hash_table_contains (work->by_index, GINT_TO_POINTER (partition.index)))
    return;

  g_hash_table_insert (work->by_index, GINT_TO_POINTER (partition.index),
                       GUINT_TO_POINTER (work->partitions->len));
  partition.leader = find_leader (stage, node);
  partition.leader->n_partitions++;
  g_array_append_val (work->partitions, partition);
}

/* --- connecting, all at once --- */

static void
end_dial (CheckStage *stage)
{
  CheckSample *work = stage->work;

  work->pending--;
  if (work->pending > 0)
    return;

  stage->until += g_get_monotonic_time () - work->dialled;
  check_stage_touch (stage);
  check_ask_offsets (stage);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (BaristaEvidence) failed = NULL;
  BaristaVerdict verdict = { 0 };

  call->leader->connection = barista_dial_finish (result, &failed, NULL);
  if (failed != NULL)
    verdict = barista_classify (failed);
  if (call->leader->connection == NULL)
    call->leader->trouble = verdict.cause != NULL ? verdict.cause->id : "cancelled";
  end_dial (call->stage);
}

static void
dial (CheckStage *stage, CheckLeader *leader)
{
  Call *call = g_new0 (Call, 1);

  call->stage = stage;
  call->leader = leader;
  check_dial_one (stage->check, leader->address, stage->cancellable, on_dialled, call);
}

void
check_connect_leaders (CheckStage *stage)
{
  CheckSample *work = stage->work;

  check_stage_clear_limit (stage); /* dials keep their own time */
  work->dialled = g_get_monotonic_time ();
  work->pending = 1; /* until all are under way */
  for (guint i = 0; i < work->leaders->len; i++)
    {
      CheckLeader *leader = g_ptr_array_index (work->leaders, i);

      if (leader->connection != NULL || leader->trouble != NULL)
        continue;
      work->pending++;
      dial (stage, leader);
    }
  end_dial (stage);
}

/* --- what is told of them --- */

static char *
describe (const CheckLeader *leader)
{
  g_autofree char *address = leader->address != NULL ? barista_address_to_string (leader->address)
                                                     : g_strdup ("others");

  return g_strdup_printf ("%s: %s, partitions: %u", address,
                          leader->trouble != NULL ? leader->trouble : "read", leader->n_partitions);
}

/* The check's own broker is no news where it leads everything. */
void
check_tell_leaders (CheckStage *stage)
{
  CheckSample *work = stage->work;
  guint unreached = 0;

  if (work->own->n_partitions == work->partitions->len)
    return;

  for (guint i = 0; i < work->leaders->len; i++)
    {
      const CheckLeader *leader = g_ptr_array_index (work->leaders, i);
      g_autofree char *line = describe (leader);

      if (leader->n_partitions > 0)
        barista_evidence_add_text (stage->evidence, BARISTA_FACT_LEADERS, line);
      if (leader->trouble != NULL && leader != work->unasked)
        unreached += leader->n_partitions;
    }
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_UNREACHED_PARTITIONS, unreached);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_UNASKED_PARTITIONS,
                            work->unasked != NULL ? work->unasked->n_partitions : 0);
}
