# SPDX-License-Identifier: GPL-3.0-or-later
"""What running processes say: waits for a line end when it has come."""

import threading

SAID = threading.Condition()  # somewhere a line has come, or an output has ended


class Output:
    """One output of a process (a pipe), read as it comes and kept in a file; `parse` makes of a
    whole line what all() gives of it, None leaves it out."""

    def __init__(self, stream, file, parse):
        self.file = file
        self.parse = parse
        self.ended = False
        self.lines = []
        self.items = []
        self.thread = threading.Thread(target=self.follow, args=(stream,), daemon=True)
        self.thread.start()

    def follow(self, stream):
        with stream, open(self.file, "ab", buffering=0) as kept:
            for line in stream:
                kept.write(line)
                with SAID:
                    self.lines.append(line)
                    SAID.notify_all()
        with SAID:
            self.ended = True
            SAID.notify_all()

    def all(self):
        with SAID:
            lines, self.lines = self.lines, []
        for line in lines:
            if line.endswith(b"\n") and line != b"\n":
                said = self.parse(line[:-1].decode("utf-8", "replace"))
                self.items += [] if said is None else [said]
        return self.items

    def wait_for(self, done, seconds):
        """Whether `done` holds before this output ends or the time is up. It is asked whenever any
        process has said something."""
        with SAID:
            SAID.wait_for(lambda: done() or self.ended, seconds)
        return done()

    def close(self):
        """Reads on to the end; the process has ended."""
        self.thread.join()

    def tail(self):
        return self.file.read_text("utf-8", "replace")[-2000:]
