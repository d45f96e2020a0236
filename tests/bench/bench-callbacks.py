# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-callbacks.py E2E BARISTA WINDOW: the longest callbacks of ours on the main thread while the
runs of the folder E2E drive WINDOW, which is built with the watchdog of watch.c. The runs are made
three times, and the middle one of a function's three longest calls counts: a computer that is taken
away for some milliseconds shows in the processor's time too. With BARISTA_WATCH_TREE in the
environment they are made once, and what took long inside the longest ones is shown as well."""

import bisect
import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import time

IDLE_S = 20
RUNS = ["happy", "sign-in", "created", "sink", "own-task"]
ROUNDS = 3
LIMIT_MS = 5
SHOWN = 25

Cost = collections.namedtuple("Cost", "ours cpu template clock calls run")


class Names:
    """Names of functions by their offset in the program."""

    def __init__(self, program):
        listed = subprocess.run(["nm", "--defined-only", program], check=True, capture_output=True,
                                text=True).stdout.splitlines()
        symbols = sorted((int(address, 16), name) for address, kind, name in map(str.split, listed)
                         if kind in "tT" or name == "__executable_start")
        start = next(address for address, name in symbols if name == "__executable_start")
        self.symbols = [(address - start, name) for address, name in symbols]

    def at(self, offset):
        return self.symbols[bisect.bisect(self.symbols, (offset, "\uffff")) - 1][1]


def read_trees(lines, names, trees):
    """Keeps the longest call of each function, with the calls inside it."""
    call = None
    for offset, depth, cost in (map(int, line.split()) for line in lines):
        if depth == 0:
            call = [(0, names.at(offset), cost)]
            if cost > trees.get(names.at(offset), [(0, "", 0)])[0][2]:
                trees[names.at(offset)] = call
        else:
            call.append((depth, names.at(offset), cost))


def drive(e2e, run, barista, window, names, trees):
    """The costs of each process of one run."""
    with tempfile.TemporaryDirectory(prefix="barista-bench-") as folder:
        done = subprocess.run([e2e / "run", e2e / f"test-{run}.py", barista, window], text=True,
                              env={**os.environ, "BARISTA_WATCH": folder}, capture_output=True,
                              check=False, timeout=900)
        if done.returncode:
            raise SystemExit(f"{run} failed:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
        for path in pathlib.Path(folder).iterdir():
            lines = path.read_text().splitlines()
            if path.suffix == ".tree":
                read_trees(lines, names, trees)
            else:
                yield from (tuple(map(int, line.split())) for line in lines)


def watch(e2e, barista, window, names, trees):
    """The longest call of each function, by its name, while all runs are made once."""
    worst = {}
    for run in RUNS:
        for offset, calls, clock, cpu, layout, template in drive(e2e, run, barista, window, names,
                                                                 trees):
            name = names.at(offset)
            cost = Cost(cpu - layout, cpu, template, clock, calls, run)
            before = worst.get(name, cost._replace(ours=-1, clock=0, calls=0))
            worst[name] = max(before, cost)._replace(clock=max(before.clock, clock),
                                                     calls=before.calls + calls)
    return worst


def read_clock():
    """Microseconds of the longest jump of the processor's clock in a loop that does nothing else for
    IDLE_S of them: what no function is to blame for."""
    longest, before = 0, time.thread_time_ns()
    end = before + IDLE_S * 10**9
    while before < end:
        now = time.thread_time_ns()
        longest, before = max(longest, now - before), now
    return longest / 1000


def main():
    e2e, barista, window = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    names, trees = Names(window), {}
    rounds = [watch(e2e, barista, window, names, trees)
              for _ in range(1 if "BARISTA_WATCH_TREE" in os.environ else ROUNDS)]
    costs = {}
    for name in set().union(*rounds):
        longest = sorted(worst[name] for worst in rounds if name in worst)
        costs[name] = longest[(len(longest) - 1) // 2]
    show(sorted(costs.items(), key=lambda item: item[1], reverse=True), len(rounds))
    print(f"the same clock jumped by up to {read_clock() / 1000:.2f} ms in a loop that does nothing,"
          f" {IDLE_S} s of it")
    for calls in sorted(trees.values(), key=lambda calls: calls[0][2], reverse=True):
        print()
        for depth, name, cost in calls:
            print(f"{cost / 1000:8.2f}  {'  ' * depth}{name}")


def show(costs, n_rounds):
    over = [name for name, cost in costs if cost.ours > LIMIT_MS * 1000]
    print(f"the longest callbacks of ours on the main thread, {len(RUNS)} runs made {n_rounds} times:"
          f" milliseconds of the\nprocessor without GTK's layout and showing, of those in GTK's"
          f" building of widgets from templates, and\nby the clock\n\n"
          f"{'':40}{'ms':>8}{'templates':>11}{'clock':>9}{'calls':>8}  run")
    for name, cost in costs[:max(SHOWN, len(over))]:
        print(f"{name:40}{cost.ours / 1000:8.2f}{cost.template / 1000:11.2f}{cost.clock / 1000:9.2f}"
              f"{cost.calls:8}  {cost.run}")
    print(f"\n{len(costs)} functions were called from outside, {len(over)} took longer than {LIMIT_MS} ms"
          f" once{': ' if over else ''}{', '.join(over)}")


sys.exit(main())
