# SPDX-License-Identifier: GPL-3.0-or-later
"""Our Avro reader beside fastavro and the official library, on generated schemas and values."""

import json

from .compatibility import python_package
from .peers import judge, python_peer
from .report import must

TITLE = "Avro"
PEERS = python_package("judges", "fastavro", "avro")
NOTES = [
    "Barista refuses what both libraries take: a boolean other than 0 and 1 (they differ on its "
    "value), numbers that are longer than their type, blocks whose size is not that of their "
    "elements, values nested more than 64 deep, more than 65,536 values that take no bytes. fastavro "
    "alone takes an enum's index below zero, and numbers of any length; Barista and avro do not.",
    "Both libraries refuse the logical type `duration` as Dekaf writes it (around its fixed, and "
    "defined again at each use); they read it after a rewrite, "
    "`rewrite()` in `tests/data/avro/generate/generate.py`. Barista reads both forms.",
    "A field's default is kept up to its first U+0000.",
]

SEED = 20261122
SCHEMAS, VALUES, SPOILT = 2500, 4, 2


def run(report, barista, folder):
    with report.case("fastavro and official avro are there"):
        python = python_peer("judges")
        with report.claim(PEERS, f"{SCHEMAS:,} generated schemas are understood alike: types, full "
                                 f"names, defaults; {SCHEMAS * VALUES:,} values of them read alike; "
                                 "no spoilt one is read that a library refuses or reads otherwise"):
            generated(report, python, barista, folder)
            faults(report, python, barista, folder)
        with report.claim(PEERS, "practice schemas with a `duration` are refused as Dekaf writes "
                                 "them, and taken after the rewrite"):
            durations(report, python, barista, folder)


def ask(python, barista, folder, name, seed, schemas):
    """Files of what was asked and what our reader answered."""
    pairs, read = folder / f"{name}.pairs", folder / f"{name}.read"
    must(not judge(python, "avro_pairs.py", "make", pairs, str(seed), str(schemas), str(VALUES),
                   str(SPOILT)), "the pairs can't be made")
    with open(pairs, "rb") as lines:
        read.write_text(barista.run_beside("read-avro", stdin=lines), encoding="utf-8")
    return pairs, read


def generated(report, python, barista, folder):
    found = ["value: nothing was compared"]
    with report.case(f"{SCHEMAS * (VALUES + SPOILT)} datums are made, and read"):
        found = judge(python, "avro_pairs.py", "compare",
                      *ask(python, barista, folder, "all", SEED, SCHEMAS))
    for kind, what in (("schema", "schemas are understood alike"),
                       ("value", "values are read alike"),
                       ("spoilt", "what one refuses is refused, and beyond it only what is known")):
        with report.case(what):
            own = [line for line in found if line.startswith(kind + ":")]
            must(not own, "\n".join([f"{len(own)} differ", *own[:10]]))


def spoilt(old, new):
    """Changes the first answer that holds the old text."""
    def change(_asked, answers):
        at = next(at for at, answer in enumerate(answers) if old in answer)
        answers[at] = answers[at].replace(old, new, 1)
    return change


def answered(kind, answer):
    """Gives this answer where a value, or a spoilt one that was refused, was asked for."""
    def change(asked, answers):
        wanted = (at for at, line in enumerate(asked) if "hex" in line
                  and ("value" in line) == (kind == "value")
                  and ("error" in answers[at]) == (kind == "spoilt"))
        answers[next(wanted)] = json.dumps(answer)
    return change


FAULTS = {
    "a type's namespace is lost": spoilt('"acme.', '"'),
    "a logical type is lost": spoilt('"timestamp-micros"', "null"),
    "another value": answered("value", {"value": "another"}),
    "a value is refused": answered("value", {"error": "no"}),
    "a spoilt value is read": answered("spoilt", {"value": "another"}),
    "true is read as 1": spoilt("true", "1"),
    "an answer is left out": lambda _asked, answers: answers.pop(),
}


def faults(report, python, barista, folder):
    pairs, read = ask(python, barista, folder, "few", SEED + 1, 120)
    with report.case("the answers that are spoilt are right as they stand"):
        must(not judge(python, "avro_pairs.py", "compare", pairs, read), "the judge finds a fault")
    asked = [json.loads(line) for line in pairs.read_text(encoding="ascii").splitlines()]
    for name, change in FAULTS.items():
        with report.case(f"fault found: {name}"):
            answers = read.read_text(encoding="utf-8").rstrip("\n").split("\n")
            change(asked, answers)
            changed = folder / "changed.read"
            changed.write_text("\n".join(answers) + "\n", encoding="utf-8")
            must(judge(python, "avro_pairs.py", "compare", pairs, changed), "it passes")


# What is given in place of the practice schema, and what the judge has to say of it.
DURATION_FAULTS = {
    "no duration in a schema": (lambda _schema: '"long"', "no schema has a duration"),
    "a duration that is taken as written":
        (lambda _schema: json.dumps({"type": "fixed", "name": "duration", "size": 12,
                                     "logicalType": "duration"}), " takes "),
    "a duration that the rewrite leaves as it is":
        (lambda schema: schema.replace('"logicalType":"duration"', '"logicalType":"another"'),
         " after the rewrite of "),
}


def durations(report, python, barista, folder):
    schemas = []
    with report.case("practice: duration, as written and after the rewrite"):
        with barista.practice("durations", "--deletions", "cdc") as practice:
            schemas.append(practice.latest("acmeCo/sessions-value")["schema"])
        found = judged(python, folder, schemas[0])
        must(not found, "\n".join(found))
    for name, (spoil, words) in DURATION_FAULTS.items():
        with report.case(f"fault found: {name}"):
            found = judged(python, folder, spoil(*schemas))
            must(found and all(words in line for line in found), f"it is let pass: {found}")


def judged(python, folder, schema):
    texts = folder / "durations.json"
    texts.write_text(json.dumps({"one": schema}), encoding="utf-8")
    return judge(python, "avro_pairs.py", "duration", texts)
