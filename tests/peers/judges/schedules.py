#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""schedules.py FILE: are the runs in FILE those that croniter tells? FILE has a line of JSON for each
case, {"text", "from", "count", "runs"}; runs are null for what could not be read. Prints one line for
each case that differs, ends with 1 if any."""

import datetime
import json
import sys

from croniter import CroniterBadDateError, CroniterError, croniter

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def expected(text, start, count):
    """The next runs, or None for an expression that croniter does not take."""
    if not croniter.is_valid(text):
        return None
    schedule = croniter(text, datetime.datetime.strptime(start, FORMAT))
    runs = []
    try:
        while len(runs) < count:
            runs.append(schedule.get_next(datetime.datetime).strftime(FORMAT))
    except CroniterBadDateError:
        pass
    return runs


def main():
    wrong = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for case in map(json.loads, lines):
            try:
                wanted = expected(case["text"], case["from"], case["count"])
            except CroniterError as error:
                wanted = f"{type(error).__name__}: {error}"
            if wanted != case["runs"]:
                print(f"{case['text']!r} from {case['from']}: {case['runs']}, croniter {wanted}")
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
