/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-tap-stream.h"

struct _BaristaTapStream
{
  GFilterInputStream parent_instance;
  GMutex lock;
  GByteArray *kept;
  gsize limit;
  gsize received;
  gboolean closed;
};

static void pollable_interface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaTapStream,
                               barista_tap_stream,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      pollable_interface_init))

static GInputStream *
base_of (gpointer self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

/* @n: what a read of @count bytes gave; @error: (nullable): why it gave -1 */
static void
witness (BaristaTapStream *self, const void *buffer, gsize count, gssize n, const GError *error)
{
  g_mutex_lock (&self->lock);
  if (n > 0)
    {
      self->received += (gsize) n;
      if (self->kept->len < self->limit)
        g_byte_array_append (self->kept, buffer,
                             (guint) MIN ((gsize) n, self->limit - self->kept->len));
    }
  else if ((n == 0 && count > 0)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    self->closed = TRUE;
  g_mutex_unlock (&self->lock);
}

static gssize
barista_tap_stream_read (GInputStream *stream,
                         void *buffer,
                         gsize count,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GError) failure = NULL;
  gssize n = g_input_stream_read (base_of (stream), buffer, count, cancellable, &failure);

  witness (BARISTA_TAP_STREAM (stream), buffer, count, n, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return n;
}

static gssize
barista_tap_stream_read_nonblocking (GPollableInputStream *stream,
                                     void *buffer,
                                     gsize count,
                                     GError **error)
{
  g_autoptr (GError) failure = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (base_of (stream)),
                                                       buffer, count, NULL, &failure);

  witness (BARISTA_TAP_STREAM (stream), buffer, count, n, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return n;
}

static gboolean
barista_tap_stream_can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (base_of (stream)));
}

static gboolean
barista_tap_stream_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (base_of (stream)));
}

static GSource *
barista_tap_stream_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (
      G_POLLABLE_INPUT_STREAM (base_of (stream)), cancellable);

  return g_pollable_source_new_full (stream, source, NULL);
}

static void
pollable_interface_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = barista_tap_stream_can_poll;
  iface->is_readable = barista_tap_stream_is_readable;
  iface->create_source = barista_tap_stream_create_source;
  iface->read_nonblocking = barista_tap_stream_read_nonblocking;
}

static void
barista_tap_stream_finalize (GObject *object)
{
  BaristaTapStream *self = BARISTA_TAP_STREAM (object);

  g_byte_array_unref (self->kept);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (barista_tap_stream_parent_class)->finalize (object);
}

static void
barista_tap_stream_class_init (BaristaTapStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_tap_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = barista_tap_stream_read;
}

static void
barista_tap_stream_init (BaristaTapStream *self)
{
  g_mutex_init (&self->lock);
  self->kept = g_byte_array_new ();
}

BaristaTapStream *
barista_tap_stream_new (GInputStream *base, gsize limit)
{
  BaristaTapStream *self;

  g_return_val_if_fail (G_IS_POLLABLE_INPUT_STREAM (base), NULL);

  self = g_object_new (BARISTA_TYPE_TAP_STREAM, "base-stream", base, NULL);
  self->limit = limit;
  return self;
}

GBytes *
barista_tap_stream_get_bytes (BaristaTapStream *self)
{
  GBytes *bytes;

  g_mutex_lock (&self->lock);
  bytes = g_bytes_new (self->kept->data, self->kept->len);
  g_mutex_unlock (&self->lock);
  return bytes;
}

gsize
barista_tap_stream_get_received (BaristaTapStream *self)
{
  gsize received;

  g_mutex_lock (&self->lock);
  received = self->received;
  g_mutex_unlock (&self->lock);
  return received;
}

gboolean
barista_tap_stream_get_closed (BaristaTapStream *self)
{
  gboolean closed;

  g_mutex_lock (&self->lock);
  closed = self->closed;
  g_mutex_unlock (&self->lock);
  return closed;
}

void
barista_tap_stream_stop (BaristaTapStream *self)
{
  g_mutex_lock (&self->lock);
  self->limit = self->kept->len;
  g_mutex_unlock (&self->lock);
}
