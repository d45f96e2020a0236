/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Loaded before a program: from the moment at which it opens the folder STOP_ROOT, the STOP_AT-th of
 * its calls that can change a disk ends it as a power cut would, or fails with STOP_ERRNO. The number
 * of calls that were seen goes to STOP_COUNT, a file. */

static long seen;
static int counting;

static long
number (const char *name)
{
  const char *text = getenv (name);

  return text != NULL ? strtol (text, NULL, 10) : 0;
}

static int real_open (const char *path, int flags, ...);

static void
tell (void)
{
  const char *path = getenv ("STOP_COUNT");
  char text[32];
  int file;

  if (path == NULL)
    return;
  file = real_open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0)
    return;
  snprintf (text, sizeof text, "%ld", seen);
  /* not write(): that is counted */
  dprintf (file, "%s", text);
  close (file);
}

/* 1: the call is not to be made, errno says why */
static int
stops (void)
{
  if (!counting || ++seen != number ("STOP_AT"))
    return 0;
  if (number ("STOP_ERRNO") == 0)
    kill (getpid (), SIGKILL);
  errno = (int) number ("STOP_ERRNO");
  return 1;
}

#define REAL(name)                \
  static __typeof__ (name) *real; \
  if (real == NULL)               \
  *(void **) &real = dlsym (RTLD_NEXT, #name)

static int
real_open (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode;
  REAL (open);

  va_start (arguments, flags);
  mode = va_arg (arguments, mode_t);
  va_end (arguments);
  return real (path, flags, mode);
}

int
open (const char *path, int flags, ...)
{
  const char *root = getenv ("STOP_ROOT");
  va_list arguments;
  mode_t mode = 0;

  if (flags & O_CREAT)
    {
      va_start (arguments, flags);
      mode = va_arg (arguments, mode_t);
      va_end (arguments);
    }
  if (root != NULL && strcmp (path, root) == 0)
    counting = 1;
  return real_open (path, flags, mode);
}

int
openat (int folder, const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode = 0;
  REAL (openat);

  if (flags & O_CREAT)
    {
      va_start (arguments, flags);
      mode = va_arg (arguments, mode_t);
      va_end (arguments);
      if (stops ())
        return -1;
    }
  return real (folder, path, flags, mode);
}

ssize_t
write (int file, const void *data, size_t length)
{
  struct stat about;
  REAL (write);

  /* Files only; half of the data is there when the power goes. */
  if (counting && fstat (file, &about) == 0 && S_ISREG (about.st_mode))
    {
      if (seen + 1 == number ("STOP_AT"))
        real (file, data, length / 2);
      if (stops ())
        return -1;
    }
  return real (file, data, length);
}

int
fsync (int file)
{
  REAL (fsync);

  return stops () ? -1 : real (file);
}

int
mkdirat (int folder, const char *path, mode_t mode)
{
  REAL (mkdirat);

  return stops () ? -1 : real (folder, path, mode);
}

int
renameat (int from, const char *old, int to, const char *new)
{
  REAL (renameat);

  return stops () ? -1 : real (from, old, to, new);
}

int
unlinkat (int folder, const char *path, int flags)
{
  REAL (unlinkat);

  return stops () ? -1 : real (folder, path, flags);
}

/* The program leaves without destructors. */
void
_exit (int status)
{
  REAL (_exit);

  tell ();
  real (status);
  __builtin_unreachable ();
}
