# SPDX-License-Identifier: GPL-3.0-or-later
"""The next runs of generated schedules, before croniter: the library that Tinybird's tools ask."""

import datetime
import json
import random
import subprocess

from .compatibility import python_package
from .peers import judge, python_peer
from .report import PATIENCE, Missing, must

TITLE = "Schedules"
PEERS = python_package("croniter", "croniter")
CLAIM = "`next`: the runs of 20,000 generated schedules and start times are its own"

SEED = 20261122
STARTS = 50
PER_START = 400
COUNT = 3

NAMES = {3: "jan feb mar apr may jun jul aug sep oct nov dec".split(),
         4: "sun mon tue wed thu fri sat".split()}
RANGES = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7), (0, 59), (1970, 2099)]
# Rare in life, or wrong: a list of whole expressions that the generator might not come upon.
CORNERS = ["0 0 31 2 *", "0 0 29 2 *", "0 0 13 * 5", "0 0 30 2 1", "0 0 1-31 * 1", "0 0 1-30,L * 1",
           "0 0 1-31,L * 1", "0 0 */2 * 0-6", "0 0 13 * *,1#2", "0 0 5 * 1,2,3,4,5,6,0#1",
           "0 0 15W * 6", "0 0 31W * *", "0 0 1W * *", "0 0 15W * 1#3", "0 0 W15 * *", "0 0 15W,1 * *",
           "0 0 * * 5#5", "0 0 * * mon-fri#1", "0 0 * * L5,5#1", "0 0 * * 1,5#2", "0 0 * * *#2",
           "0 0 L,30 * *", "0 0 5-L/2 * *", "0 0 L-5 * *", "5-5 * * * *", "59/15 * * * *",
           "*/61 * * * *", "*/0 * * * *", "0 22-2/3 * * *", "0 23-5/2 * * *", "0 0 * apr-jan/3 *",
           "0 0 0-5 * *", "0 0 0-5 * * 0", "0 0 * 3-0 *", "0 0 * * 5-0", "0 0 * * 7 0", "0 0 * * 7",
           "0 0 * * 5-7", "0 0 ? * ?", "? 0 * * *", "@hourly", "@Daily", "@midnight", "@weekly",
           "@monthly", "@yearly", "@annually", "@reboot", "@every 5m", "* * * *", "1, * * * *",
           "0 0 31 12 1 0 2026", "0 0 1 1 * 0 1990-5", "0 0 1 1 * 0 2030-2040/5", "0 0 1 1 * 0 2000-1980",
           "1.5 * * * *", "H * * * *", "0 0 * * Sunday", "0 0 * jan-jan *", "0 0 * * sun-sun/2"]


def run(report, barista, folder):
    peer = None
    with report.case("Python packages of croniter"):
        peer = python_peer("croniter")
    cases = folder / "cases.ndjson"
    with report.case(f"next runs of {STARTS * PER_START} schedules are croniter's"):
        lines = [line for start in starts() for line in ask(barista, *start)]
        must(sum(case["runs"] is not None for case in lines) > len(lines) // 2, "few can be read")
        write(cases, lines)
        found = verdict(peer, cases)
        must(not found, "\n".join([f"{len(found)} differ", *found[:12]]))
    faults(report, peer, folder)


def starts():
    """A time, and the schedules that are asked from there."""
    chance = random.Random(SEED)
    for number in range(STARTS):
        second = chance.randrange(0, 3786912000)  # to the end of 2089
        if number % 5 == 0:
            second -= second % 86400  # on the dot of midnight
        start = datetime.datetime.fromtimestamp(second, datetime.timezone.utc)
        texts = [CORNERS[i] if i < len(CORNERS) else expression(chance) for i in range(PER_START)]
        yield start.strftime("%Y-%m-%dT%H:%M:%SZ"), texts


def expression(chance):
    fields = [field(chance, place) for place in range(chance.choices((5, 6, 7), (8, 1, 1))[0])]
    text = chance.choice((" ", "  ", " \t")).join(fields)
    if chance.random() < 0.05:  # a slip of the finger
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice("0179,-/*#LW?") + text[place + chance.randrange(2):]
    return text.upper() if chance.random() < 0.3 else text


def field(chance, place):
    if chance.random() < (0.75 if place == 6 else 0.4):
        return "*"
    length = chance.choices((1, 2, 3, 8), (12, 4, 2, 1))[0]
    return ",".join(term(chance, place) for _ in range(length))


def term(chance, place):
    kind = chance.choices(("value", "range", "step", "open", "special"), (8, 5, 4, 2, 2))[0]
    one, two = value(chance, place), value(chance, place)
    step = chance.choice((1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45))
    if kind == "range":
        return f"{one}-{two}" + (f"/{step}" if chance.random() < 0.4 else "")
    if kind == "step":
        return f"*/{step}"
    if kind == "open":
        return f"{one}/{step}"
    if kind == "special" and place == 2:
        return chance.choice(("L", f"{one}W", f"W{one}", f"{one}-L", "?"))
    if kind == "special" and place == 4:
        return chance.choice((f"{one}#{chance.randint(1, 5)}", f"L{chance.randint(0, 7)}", "?",
                              f"{one}-{two}#{chance.randint(1, 5)}"))
    return one


def value(chance, place):
    if place in NAMES and chance.random() < 0.4:
        return chance.choice(NAMES[place])
    low, high = RANGES[place]
    if chance.random() < 0.01:  # just outside
        return str(chance.choice((max(low - 1, 0), high + 1)))
    if place == 6:  # near enough to be reached
        low, high = 2000, 2099
    return str(chance.randint(low, high))


def ask(barista, start, texts):
    ended = subprocess.run(
        [barista.program, "next", "-", "--json", "--count", str(COUNT), "--from", start],
        input="".join(text + "\n" for text in texts), capture_output=True, text=True, timeout=PATIENCE,
        check=False, env=barista.environment())
    must(ended.returncode in (0, 2), f"barista next ended with {ended.returncode}")
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    must(len(answers) == len(texts), f"{len(answers)} answers to {len(texts)} schedules")
    return [{"text": text, "from": start, "count": COUNT, "runs": answer and answer["runs"]}
            for text, answer in zip(texts, answers)]


def write(path, cases):
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")


def verdict(peer, cases):
    if peer is None:
        raise Missing("croniter can't be had")
    return judge(peer, "schedules.py", cases)


def faults(report, peer, folder):
    """The judge has to find one run that is a minute late, one too few, one read, one refused."""
    spoilt = folder / "spoilt.ndjson"
    good = {"text": "0 0 * * 1", "from": "2026-11-21T10:00:00Z", "count": 1,
            "runs": ["2026-11-23T00:00:00Z"]}
    with report.case("the case that is spoilt is right as it stands"):
        write(spoilt, [good])
        must(not verdict(peer, spoilt), "the judge finds a fault that is none")
    for name, change in {"a run a minute late": {"runs": ["2026-11-23T00:01:00Z"]},
                         "a run left out": {"runs": []},
                         "a refusal": {"runs": None},
                         "a bad expression read": {"text": "0 0 * * 8"}}.items():
        with report.case(f"fault found: {name}"):
            write(spoilt, [{**good, **change}])
            must(len(verdict(peer, spoilt)) == 1, "schedules.py lets it pass")
