# SPDX-License-Identifier: GPL-3.0-or-later
"""What was tried and how it ended, one line each, and the closing line."""

import contextlib
import dataclasses
import os
import sys
import time


# Seconds for what takes some where nothing is wrong: that it hangs is told, how fast it is, is not.
PATIENCE = 600


class Failure(Exception):
    """A judge found something; the text says what."""


class Missing(Exception):
    """A peer can't be had here; the text says why."""


class Report:
    def __init__(self, only=()):
        self.only = only
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.claims = []  # of the running group
        self.open_claims = []

    def wanted(self, name):
        return not self.only or any(word in name for word in self.only)

    @contextlib.contextmanager
    def claim(self, peers, text):
        """What the cases in this block prove together, and on whose word: a line of
        docs/compatibility.md. One that raises is not proved."""
        claim = {"peers": [dataclasses.asdict(peer) for peer in peers], "text": text,
                 "passed": 0, "failed": 0, "skipped": 0, "faults": 0}
        self.claims.append(claim)
        self.open_claims.append(claim)
        try:
            yield
        except Exception:
            claim["failed"] += 1
            raise
        finally:
            self.open_claims.remove(claim)

    @contextlib.contextmanager
    def case(self, name):
        """Runs the block as one case; a case that is not asked for still runs, silently, because
        later ones may need what it leaves."""
        began = time.monotonic()
        try:
            yield
        except Missing as why:
            self.skip(name, str(why))
        except Failure as what:
            self.add("failed", name, str(what))
        except Exception as error:  # a fault of the suite itself must not hide the other cases
            self.add("failed", name, f"{type(error).__name__}: {error}")
        else:
            self.add("passed", name, f"{time.monotonic() - began:.1f} s")

    def skip(self, name, why):
        self.add("failed" if os.environ.get("CI") == "true" else "skipped", name, why)

    def add(self, result, name, text):
        for claim in self.open_claims:
            fault = result == "passed" and name.startswith("fault found")
            claim["faults" if fault else result] += 1
        if result == "passed" and not self.wanted(name):
            return
        self.counts[result] += 1
        first, *more = text.splitlines() or [""]
        print(f"{result:8}{name}" + (f" ({first})" if first else ""))
        for line in more:
            print("        " + line)
        sys.stdout.flush()

    def close(self):
        print(", ".join(f"{count} {word}" for word, count in self.counts.items()))
        return 1 if self.counts["failed"] or not any(self.counts.values()) else 0


def must(condition, text):
    if not condition:
        raise Failure(text)
