/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-keyring.h"

#include <gio/gio.h>
#include <string.h>

struct _TestKeyring
{
  GSubprocess *process;
  GDataInputStream *answers;
};

static JsonNode *
read_answer (TestKeyring *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->answers, NULL, NULL, &error);
  JsonNode *node;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  node = json_from_string (line, &error);
  g_assert_no_error (error);

  return node;
}

static JsonNode *
ask (TestKeyring *self, const char *command)
{
  GOutputStream *commands = g_subprocess_get_stdin_pipe (self->process);
  g_autofree char *line = g_strconcat (command, "\n", NULL);

  g_assert_true (g_output_stream_write_all (commands, line, strlen (line), NULL, NULL, NULL));
  return read_answer (self);
}

TestKeyring *
test_keyring_new (void)
{
  TestKeyring *self = g_new0 (TestKeyring, 1);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "secret_service.py",
                                                   NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) ready = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, "/usr/bin/python3", "-B", script, NULL);
  g_assert_no_error (error);
  self->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  ready = read_answer (self);

  return self;
}

void
test_keyring_free (TestKeyring *self)
{
  /* The end of its commands is its own. */
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->answers);
  g_object_unref (self->process);
  g_free (self);
}

void
test_keyring_tell (TestKeyring *self, const char *command)
{
  g_autoptr (JsonNode) answer = ask (self, command);
}

gint64
test_keyring_count (TestKeyring *self, const char *what)
{
  g_autoptr (JsonNode) answer = ask (self, "dump");

  return json_object_get_int_member (json_node_get_object (answer), what);
}

char *
test_keyring_peek (TestKeyring *self, const char *service, const char *username)
{
  g_autoptr (JsonNode) answer = ask (self, "dump");
  JsonArray *entries = json_object_get_array_member (json_node_get_object (answer), "entries");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      JsonObject *attributes = json_object_get_object_member (entry, "attributes");

      if (g_str_equal (json_object_get_string_member (attributes, "service"), service)
          && g_str_equal (json_object_get_string_member (attributes, "username"), username))
        return g_strdup (json_object_get_string_member (entry, "secret"));
    }

  return NULL;
}
