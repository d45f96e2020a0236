# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-start.py FIRST-FRAME NAME=PROGRAM...: from start to first frame, and memory after a while, of
programs that take turns. FIRST-FRAME is the library that tells when that was."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 15


def memory(pid):
    """MiB of the process: resident, its share of what others use too, its own alone."""
    found = {}
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split(":")
        found[name] = int(value.split()[0]) / 1024
    return found["Rss"], found["Pss"], found["Private_Clean"] + found["Private_Dirty"]


def processors(pid):
    """Milliseconds of the processors so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def told(process, what):
    for line in process.stdout:
        if line.startswith(f"{what} "):
            return int(line.split()[1])
    raise SystemExit(f"ended with {process.wait()} before its window was {what}")


def run(library, program, home):
    environment = {**os.environ, "HOME": home, "LD_PRELOAD": library, "GTK_A11Y": "none",
                   "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory"}
    began = time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1000
    with subprocess.Popen([program], env=environment, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            frame = told(process, "frame")
            told(process, "shown")
            sizes = memory(process.pid)
            used = processors(process.pid)
        finally:
            process.kill()
    return ((frame - began) / 1000, used, *sizes)


def main():
    library, programs = os.path.abspath(sys.argv[1]), dict(word.split("=", 1) for word in sys.argv[2:])
    measured = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(prefix="barista-bench-", ignore_cleanup_errors=True) as home:
        for name, program in programs.items():
            run(library, program, home)  # once for the caches
        for _ in range(RUNS):  # in turns, so that what else the computer does is shared
            for name, program in programs.items():
                measured[name].append(run(library, program, home))
    print(f"median of {RUNS} runs that take turns; memory 1.5 s after the first frame\n\n"
          f"{'':22}{'first frame ms':>16}{'CPU ms':>9}{'RSS MiB':>9}{'PSS MiB':>9}{'own MiB':>9}")
    for name, runs in measured.items():
        frame, *rest = map(statistics.median, zip(*runs))
        print(f"{name:22}{frame:16.0f}{rest[0]:9.0f}" + "".join(f"{x:9.1f}" for x in rest[1:]))


sys.exit(main())
