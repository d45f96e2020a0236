/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-calls.h"

#include "barista-connection.h"
#include "barista-frames.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_BYTES 16
/* A request starts with size, API, version, correlation id: 4 + 2 + 2 + 4 bytes. */
#define CORRELATION_ID_AT 8
#define LEAST_REQUEST 12

/* A request that is owed an answer. Its task goes when it is cancelled; the entry stays until the
 * answer has come and been dropped. */
typedef struct
{
  BaristaCalls *calls;
  GTask *task;
  GSource *cancelled;
  gint32 correlation_id;
  BaristaCallsFlags flags;
} Pending;

typedef struct
{
  GBytes *frame;
  Pending *pending; /* NULL once it is being sent */
} Outgoing;

/* Reads and writes under way must not keep the calls alive, and may end after them: each has a
 * reference to one of these. */
typedef struct
{
  GWeakRef calls;
  BaristaFrames *frames;
} Reading;

typedef struct
{
  GWeakRef calls;
  Outgoing *outgoing;
} Writing;

struct _BaristaCalls
{
  GObject parent_instance;

  GIOStream *stream;
  GCancellable *closing;
  GError *failure;

  GQueue pending;  /* Pending, in the order asked */
  GQueue outgoing; /* Outgoing */
  gboolean is_writing, is_reading;
  Reading *reading;

  guint8 first[FIRST_BYTES];
  gsize n_first;
};

G_DEFINE_FINAL_TYPE (BaristaCalls, barista_calls, G_TYPE_OBJECT)

static void read_more (BaristaCalls *self);

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_weak_ref_clear (&reading->calls);
  barista_frames_free (reading->frames);
}

static void
outgoing_free (gpointer data)
{
  Outgoing *outgoing = data;

  g_bytes_unref (outgoing->frame);
  g_free (outgoing);
}

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  if (pending->cancelled != NULL)
    g_source_destroy (pending->cancelled);
  g_clear_pointer (&pending->cancelled, g_source_unref);
  g_clear_object (&pending->task);
  g_free (pending);
}

/* Takes both. */
static void
pending_answer (Pending *pending, GBytes *answer)
{
  g_autoptr (GTask) task = g_steal_pointer (&pending->task);

  pending_free (pending);
  if (task != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
  else
    g_bytes_unref (answer);
}

static void
barista_calls_fail (BaristaCalls *self, GError *error)
{
  g_autoptr (BaristaCalls) hold = g_object_ref (self);
  GQueue pending = self->pending;

  if (self->failure != NULL)
    {
      g_error_free (error);
      return;
    }
  self->failure = error;
  g_queue_init (&self->pending);
  g_queue_clear_full (&self->outgoing, outgoing_free);
  g_cancellable_cancel (self->closing);

  for (Pending *each; (each = g_queue_pop_head (&pending)) != NULL;)
    {
      g_autoptr (GTask) task = g_steal_pointer (&each->task);

      pending_free (each);
      if (task != NULL)
        g_task_return_error (task, g_error_copy (self->failure));
    }
}

static void
fail_protocol (BaristaCalls *self, const char *what)
{
  barista_calls_fail (self, g_error_new_literal (BARISTA_CONNECTION_ERROR,
                                                 BARISTA_CONNECTION_ERROR_PROTOCOL, what));
}

static gboolean
is_close (const GError *error)
{
  /* G_IO_ERROR_BROKEN_PIPE is the same number as CONNECTION_CLOSED. */
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

/* @error: (nullable) (transfer full): NULL for the end of the stream */
static void
fail_stream (BaristaCalls *self, GError *error)
{
  if (error == NULL)
    error = g_error_new_literal (BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED,
                                 barista_frames_is_partial (self->reading->frames)
                                     ? _ ("The peer closed in the middle of an answer")
                                     : _ ("The peer closed"));
  else if (is_close (error))
    {
      error->domain = BARISTA_CONNECTION_ERROR;
      error->code = BARISTA_CONNECTION_ERROR_CLOSED;
    }
  barista_calls_fail (self, error);
}

/* Takes the entry that @frame answers out of the queue. */
static Pending *
match (BaristaCalls *self, GBytes *frame)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (frame, &length);
  Pending *head = g_queue_peek_head (&self->pending);
  guint32 id;

  if (head != NULL && (head->flags & BARISTA_CALLS_RAW))
    return g_queue_pop_head (&self->pending);
  if (length < sizeof id)
    return NULL;

  memcpy (&id, data, sizeof id);
  id = GUINT32_FROM_BE (id);
  for (GList *link = self->pending.head; link != NULL; link = link->next)
    {
      Pending *pending = link->data;

      if (pending->correlation_id == (gint32) id && !(pending->flags & BARISTA_CALLS_RAW))
        {
          g_queue_delete_link (&self->pending, link);
          return pending;
        }
    }
  return NULL;
}

/* Callbacks run in here; any of them may close or drop the calls. */
static void
deliver (BaristaCalls *self)
{
  GBytes *frame;
  g_autoptr (GError) error = NULL;

  while (self->failure == NULL
         && (frame = barista_frames_pop (self->reading->frames, &error)) != NULL)
    {
      Pending *pending = match (self, frame);

      if (pending != NULL)
        {
          pending_answer (pending, frame);
          continue;
        }
      g_bytes_unref (frame);
      fail_protocol (self, "An answer to nothing that was asked");
    }
  if (error != NULL)
    fail_protocol (self, error->message);
}

static void
note_first (BaristaCalls *self, const guint8 *data, gsize n)
{
  n = MIN (n, FIRST_BYTES - self->n_first);
  memcpy (self->first + self->n_first, data, n);
  self->n_first += n;
}

static void
received (BaristaCalls *self, const guint8 *data, gsize n)
{
  Pending *head = g_queue_peek_head (&self->pending);

  note_first (self, data, n);
  if (head != NULL && (head->flags & BARISTA_CALLS_PROBE))
    {
      g_queue_pop_head (&self->pending);
      pending_answer (head, g_bytes_new (data, n));
      fail_protocol (self, "Used up by a probe");
      return;
    }
  barista_frames_filled (self->reading->frames, n);
  deliver (self);
  read_more (self);
}

typedef struct
{
  Reading *reading;
  guint8 *data;
} Read;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Read *read = data;
  g_autoptr (BaristaCalls) self = g_weak_ref_get (&read->reading->calls);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (self == NULL)
    g_clear_error (&error);
  else
    {
      self->is_reading = FALSE;
      if (n > 0)
        received (self, read->data, (gsize) n);
      else
        fail_stream (self, error);
    }
  g_rc_box_release_full (read->reading, reading_clear);
}

static void
read_more (BaristaCalls *self)
{
  Read *read;
  gsize room;

  if (self->is_reading || self->failure != NULL || g_queue_is_empty (&self->pending))
    return;
  self->is_reading = TRUE;
  read = g_new0 (Read, 1);
  read->reading = g_rc_box_acquire (self->reading);
  read->data = barista_frames_room (self->reading->frames, &room);
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), read->data, room,
                             G_PRIORITY_DEFAULT, self->closing, on_read, read);
}

static void write_next (BaristaCalls *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Writing *writing = data;
  g_autoptr (BaristaCalls) self = g_weak_ref_get (&writing->calls);
  GError *error = NULL;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  outgoing_free (writing->outgoing);
  g_weak_ref_clear (&writing->calls);
  if (self == NULL)
    {
      g_clear_error (&error);
      return;
    }

  self->is_writing = FALSE;
  /* After a reset the reader finds what the peer said before it; a broken pipe says less. */
  if (error == NULL)
    write_next (self);
  else if (is_close (error) && self->is_reading)
    g_clear_error (&error);
  else
    fail_stream (self, error);
}

static void
write_next (BaristaCalls *self)
{
  Outgoing *outgoing;
  Writing *writing;
  const guint8 *data;
  gsize length;

  if (self->is_writing || self->failure != NULL)
    return;
  outgoing = g_queue_pop_head (&self->outgoing);
  if (outgoing == NULL)
    return;

  self->is_writing = TRUE;
  outgoing->pending = NULL;
  writing = g_new0 (Writing, 1);
  g_weak_ref_init (&writing->calls, self);
  writing->outgoing = outgoing;
  data = g_bytes_get_data (outgoing->frame, &length);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), data, length,
                                   G_PRIORITY_DEFAULT, self->closing, on_written, writing);
}

/* A request that has not left yet never will. */
static gboolean
take_back (BaristaCalls *self, Pending *pending)
{
  for (GList *link = self->outgoing.head; link != NULL; link = link->next)
    {
      Outgoing *outgoing = link->data;

      if (outgoing->pending != pending)
        continue;
      outgoing_free (outgoing);
      g_queue_delete_link (&self->outgoing, link);
      g_queue_remove (&self->pending, pending);
      return TRUE;
    }
  return FALSE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Pending *pending = data;
  g_autoptr (GTask) task = g_steal_pointer (&pending->task);

  g_clear_pointer (&pending->cancelled, g_source_unref);
  if (take_back (pending->calls, pending))
    pending_free (pending);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return G_SOURCE_REMOVE;
}

static Pending *
pending_new (BaristaCalls *self, GTask *task, BaristaCallsFlags flags)
{
  Pending *pending = g_new0 (Pending, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  pending->calls = self;
  pending->task = g_object_ref (task);
  pending->flags = flags;
  if (cancellable == NULL)
    return pending;

  pending->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (pending->cancelled, G_SOURCE_FUNC (on_cancelled), pending, NULL);
  g_source_attach (pending->cancelled, g_task_get_context (task));
  return pending;
}

/* What every request has at the same place, behind size, API and version. */
static gint32
correlation_id_of (GBytes *frame)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (frame, &length);
  guint32 id;

  g_return_val_if_fail (length >= LEAST_REQUEST, -1);
  memcpy (&id, data + CORRELATION_ID_AT, sizeof id);
  return (gint32) GUINT32_FROM_BE (id);
}

/**
 * barista_calls_send_async:
 * @frame: (transfer full): a request with its size in front
 *
 * Sends @frame after those that were given before, and waits for its answer.
 */
void
barista_calls_send_async (BaristaCalls *self,
                          GBytes *frame,
                          BaristaCallsFlags flags,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Outgoing *outgoing;

  g_return_if_fail (BARISTA_IS_CALLS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barista_calls_send_async);
  if (self->failure != NULL || g_task_return_error_if_cancelled (task))
    {
      if (self->failure != NULL)
        g_task_return_error (task, g_error_copy (self->failure));
      g_bytes_unref (frame);
      return;
    }

  outgoing = g_new0 (Outgoing, 1);
  outgoing->frame = frame;
  outgoing->pending = pending_new (self, task, flags);
  if (flags == BARISTA_CALLS_NONE)
    outgoing->pending->correlation_id = correlation_id_of (frame);
  g_queue_push_tail (&self->pending, outgoing->pending);
  g_queue_push_tail (&self->outgoing, outgoing);
  write_next (self);
  read_more (self);
}

/**
 * barista_calls_send_finish:
 *
 * Returns: (transfer full): the answer's frame, without its size
 */
GBytes *
barista_calls_send_finish (BaristaCalls *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
barista_calls_get_first_bytes (BaristaCalls *self)
{
  g_return_val_if_fail (BARISTA_IS_CALLS (self), NULL);

  return g_bytes_new (self->first, self->n_first);
}

void
barista_calls_close (BaristaCalls *self)
{
  g_return_if_fail (BARISTA_IS_CALLS (self));

  barista_calls_fail (self, g_error_new_literal (BARISTA_CONNECTION_ERROR,
                                                 BARISTA_CONNECTION_ERROR_CLOSED, "Closed"));
}

static void
barista_calls_dispose (GObject *object)
{
  BaristaCalls *self = BARISTA_CALLS (object);

  g_cancellable_cancel (self->closing);
  g_queue_clear_full (&self->pending, pending_free);
  g_queue_clear_full (&self->outgoing, outgoing_free);
  G_OBJECT_CLASS (barista_calls_parent_class)->dispose (object);
}

static void
barista_calls_finalize (GObject *object)
{
  BaristaCalls *self = BARISTA_CALLS (object);

  g_clear_error (&self->failure);
  g_clear_object (&self->closing);
  g_clear_object (&self->stream);
  g_rc_box_release_full (self->reading, reading_clear);
  G_OBJECT_CLASS (barista_calls_parent_class)->finalize (object);
}

static void
barista_calls_class_init (BaristaCallsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = barista_calls_dispose;
  object_class->finalize = barista_calls_finalize;
}

static void
barista_calls_init (BaristaCalls *self)
{
  self->closing = g_cancellable_new ();
  self->reading = g_rc_box_new0 (Reading);
  self->reading->frames = barista_frames_new ();
  g_weak_ref_init (&self->reading->calls, self);
}

BaristaCalls *
barista_calls_new (GIOStream *stream)
{
  BaristaCalls *self = g_object_new (BARISTA_TYPE_CALLS, NULL);

  self->stream = g_object_ref (stream);
  return self;
}
