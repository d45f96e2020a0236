/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-http.h"

#include <string.h>

void
fake_http_init (FakeHttp *self, const char *response)
{
  memset (self, 0, sizeof *self);
  self->response = g_strdup (response);
  g_mutex_init (&self->lock);
  self->heads = g_ptr_array_new_with_free_func (g_free);
}

void
fake_http_clear (FakeHttp *self)
{
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_free (self->response);
}

char *
fake_http_read_head (GIOStream *stream, GCancellable *stop)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (g_input_stream_read (g_io_stream_get_input_stream (stream), &c, 1, stop, NULL) <= 0)
        return NULL;
      g_string_append_c (head, c);
    }
  return g_string_free (g_steal_pointer (&head), FALSE);
}

void
fake_http (GIOStream *stream, GCancellable *stop, gpointer data)
{
  FakeHttp *self = data;
  char *head;

  while ((head = fake_http_read_head (stream, stop)) != NULL)
    {
      g_mutex_lock (&self->lock);
      g_ptr_array_add (self->heads, head);
      g_mutex_unlock (&self->lock);
      g_output_stream_write_all (g_io_stream_get_output_stream (stream), self->response,
                                 strlen (self->response), NULL, stop, NULL);
      if (!self->keep_open)
        break;
    }
}

char *
fake_http_get_head (FakeHttp *self, guint n)
{
  char *head;

  g_mutex_lock (&self->lock);
  head = n < self->heads->len ? g_strdup (g_ptr_array_index (self->heads, n)) : NULL;
  g_mutex_unlock (&self->lock);
  return head;
}

guint
fake_http_get_n (FakeHttp *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->heads->len;
  g_mutex_unlock (&self->lock);
  return n;
}
