#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""avro_pairs.py make PAIRS SEED SCHEMAS VALUES SPOILT
avro_pairs.py compare PAIRS READ
avro_pairs.py duration SCHEMAS

make: writes generated schemas, each with VALUES values and SPOILT spoilt ones, as lines that
read-avro reads. compare: holds what it made of them against fastavro and official avro. Prints one
line for each difference that is not one of KNOWN, with "schema", "value" or "spoilt" in front.
duration: do both libraries refuse those of an object of schema texts that have a `duration`, and
take them after rewrite()? Ends with 1 if something was printed.
"""

import json
import math
import pathlib
import random
import re
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "data" / "avro" / "generate"))
from generate import (LIBRARIES, Official, plain_json, refused, rewrite,  # noqa: E402 (the path
                      stored)  # comes first)
from pairs import join, schemas, spoil, varint  # noqa: E402

# Where Barista refuses what both libraries take: what it says, and why.
KNOWN = {
    "a boolean is neither 0 nor 1": "the specification has these two bytes only",
    "number is too long": "an int has 32 bits, in 5 bytes at most; a long 64, in 10",
    "a block is not as long as it says": "the libraries read on by its count",
    "a block goes on behind the end": "the libraries read on by its count",
    "values are nested too deeply": "64 levels are read",
    "too many values take no bytes": "65,536 are read: nothing else bounds their count",
}
LARGE = [({"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]},
          varint(1) * 70 + varint(0)),
         ({"type": "array", "items": "null"}, varint(70000) + varint(0))]
REFUSED = object()


def make(path, seed, schema_count, values, spoilt):
    with open(path, "w", encoding="ascii") as lines:
        for number, (schema, maker) in enumerate(schemas(seed, int(schema_count))):
            lines.write(json.dumps({"schema": json.dumps(schema)}) + "\n")
            chance = random.Random(f"{seed}/{number}/spoilt")
            for at in range(int(values) + int(spoilt)):
                value, tokens = maker.make()
                if at >= int(values):
                    made = {"hex": spoil(chance, tokens).hex()}
                else:
                    made = written(schema, value, at) or {"hex": join(tokens).hex(),
                                                          "value": plain_json(value)}
                lines.write(json.dumps(made) + "\n")
        for schema, data in LARGE:
            lines.write(json.dumps({"schema": json.dumps(schema)}) + "\n")
            lines.write(json.dumps({"hex": data.hex()}) + "\n")


def written(schema, value, at):
    """The first values of a schema are written by the libraries, one each. They choose the branch
    of a union themselves, not always the one that was meant; None where they find none, or where
    its logical type does not fit the value."""
    if at >= len(LIBRARIES):
        return None
    lib, plain = LIBRARIES[at], LIBRARIES[at].parse(stored(schema))
    try:
        data = lib.write(plain, value)
        for other in LIBRARIES:
            other.read(other.parse(schema), data)
    except Exception:  # whatever it throws
        return None
    return {"hex": data.hex(), "value": plain_json(lib.read(plain, data)[0])}


def alike(one, other):
    """Equality of JSON values in which 1, 1.0 and true differ, and 0.0 and -0.0. A float of Avro is
    written by us with at most nine digits, which settle it; Python takes them for a double's."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float):
        return math.copysign(1, one) == math.copysign(1, other) and (
            one == other or float32(one) == other and float(f"{one:.9g}") == one)
    return one == other


def float32(number):
    try:
        return struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        return None


def tree(schema, seen):
    """What read-avro prints of a schema, from the official library's objects."""
    name = getattr(schema, "fullname", None) if schema.type in ("record", "enum", "fixed") else None
    if name in seen:
        return name
    if name:
        seen.add(name)
    return [schema.type, name, schema.get_prop("logicalType"), *parts(schema, seen)]


def parts(schema, seen):
    if schema.type == "record":
        return [[field.name, tree(field.type, seen),
                 *([field.default] if field.has_default else [])] for field in schema.fields]
    if schema.type == "enum":
        return schema.symbols
    if schema.type == "fixed":
        return [schema.size]
    if schema.type == "union":
        return [tree(branch, seen) for branch in schema.schemas]
    inner = {"array": "items", "map": "values"}.get(schema.type)
    return [tree(getattr(schema, inner), seen)] if inner else []


class Readers:
    """Each library with a schema as it is, and without its logical types."""

    def __init__(self, text):
        schema = json.loads(text)
        self.tree = tree(Official.parse(schema), set())
        self.pairs = [(lib, lib.parse(schema), lib.parse(stored(schema))) for lib in LIBRARIES]

    def values(self, data, logical):
        """What each library reads, or REFUSED. With its logical types it has to be readable."""
        found = []
        for lib, typed, plain in self.pairs:
            try:
                if logical:
                    lib.read(typed, data)
                value, left = lib.read(plain, data)
                found.append(REFUSED if left else plain_json(value))
            except Exception:  # each library has a family of its own, and lets others through
                found.append(REFUSED)
        return found


def verdict(asked, ours, libraries, known):
    """What is wrong with our answer to one value; None if nothing is."""
    own = REFUSED if "error" in ours else ours.get("value")
    if "value" in asked:
        for name, value in (("barista", own), *zip((lib.name for lib in LIBRARIES), libraries)):
            if value is REFUSED or not alike(value, asked["value"]):
                return f"{name} reads {short(value)}, {short(asked['value'])} was written"
        return None
    accepting = [value for value in libraries if value is not REFUSED]
    if own is not REFUSED:
        good = all(value is not REFUSED and alike(own, value) for value in libraries)
        return None if good else f"barista reads {short(own)}, the others {short(libraries)}"
    if len(accepting) == len(libraries):
        reason = next((why for why in KNOWN if why in ours["error"]), None)
        known.add(reason)
        return None if reason else f"barista refuses ({ours['error']}) what the others read"
    return None


def short(value):
    text = "nothing" if value is REFUSED else repr(value)
    return text if len(text) < 160 else text[:160] + "..."


def differences(pairs, read):
    """For each line that is not alike: what it is, its number, and what is wrong."""
    known = set()
    readers = None
    for number, (asked, ours) in enumerate(zip(pairs, read), 1):
        if "schema" in asked:
            readers = Readers(asked["schema"])
            if not alike(ours.get("tree"), readers.tree):
                yield "schema", number, f"barista has {short(ours)}, avro {short(readers.tree)}"
            continue
        libraries = readers.values(bytes.fromhex(asked["hex"]), "value" in asked)
        wrong = verdict(asked, ours, libraries, known)
        if wrong:
            yield "value" if "value" in asked else "spoilt", number, wrong
    if len(pairs) > 1000:
        for why in sorted(set(KNOWN) - known):
            yield "spoilt", 0, f"nothing was refused with the words: {why}"


def lines(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def compare(pairs_path, read_path):
    pairs, read = lines(pairs_path), lines(read_path)
    wrong = 0
    if len(pairs) != len(read):
        print(f"schema: {len(pairs)} asked, {len(read)} answered")
        wrong += 1
    for kind, number, text in differences(pairs, read):
        print(re.sub(r"\s+", " ", f"{kind}: line {number}: {text}"))
        wrong += 1
    return 1 if wrong else 0


def duration(path):
    texts = [text for text in json.loads(pathlib.Path(path).read_text(encoding="utf-8")).values()
             if '"duration"' in text]
    wrong = [] if texts else ["no schema has a duration"]
    for text in texts:
        for lib in LIBRARIES:
            if not refused(lambda: lib.parse(json.loads(text))):
                wrong.append(f"{lib.name} takes {text}")
            error = refused(lambda: lib.parse(rewrite(json.loads(text))))
            if error:
                wrong.append(f"{lib.name}: {error} after the rewrite of {text}")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    commands = {"make": make, "compare": compare, "duration": duration}
    sys.exit(commands[sys.argv[1]](*sys.argv[2:]) or 0)
