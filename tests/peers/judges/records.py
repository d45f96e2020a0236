#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""records.py CAPTURE DUMP SCHEMAS: are the records that a client of others read the ones that the
practice Dekaf says it holds, when Avro libraries of others decode them?

CAPTURE: lines of JSON, key and value in hex or null. DUMP: what `practice --dump` wrote.
SCHEMAS: an object of schema texts by id. Prints one line for each difference, ends with 1 if any.
"""

import collections
import json
import pathlib
import sys

AVRO = pathlib.Path(__file__).resolve().parent.parent.parent / "data" / "avro" / "generate"
sys.path.insert(0, str(AVRO))
from generate import LIBRARIES, plain_json, rewrite, stored  # noqa: E402 (the path comes first)

FRAME = 5


class Schemas:
    """Each schema twice for each library: with its logical types, which must be readable, and
    without them, which gives the values as they are stored."""

    def __init__(self, texts):
        self.texts = texts
        self.parsed = {}

    def get(self, schema_id):
        if schema_id not in self.parsed:
            legal = rewrite(json.loads(self.texts[str(schema_id)]))
            self.parsed[schema_id] = [(lib, lib.parse(legal), lib.parse(stored(legal)))
                                      for lib in LIBRARIES]
        return self.parsed[schema_id]


def decode(schemas, data):
    """The value by each library, or the text of what is wrong."""
    if data is None:
        return [None] * len(LIBRARIES)
    if len(data) < FRAME or data[0] != 0:
        raise ValueError("no schema id in front")
    values = []
    for lib, logical, plain in schemas.get(int.from_bytes(data[1:FRAME], "big")):
        lib.read(logical, data[FRAME:])
        value, left = lib.read(plain, data[FRAME:])
        if left:
            raise ValueError(f"{lib.name} leaves {left} bytes")
        values.append(plain_json(value))
    return values


def place(record):
    return f"{record['topic']} [{record['partition']}] {record['offset']}"


def differences(schemas, read, held):
    """What is not alike between a record that was read and the one that is held."""
    for member in ("offset", "timestamp"):
        if read[member] != held[member]:
            yield f"{member} {read[member]} was read, {held[member]} is held"
    for member in ("key", "value"):
        data = read[member]
        try:
            values = decode(schemas, None if data is None else bytes.fromhex(data))
        except Exception as error:  # whatever a library throws is its verdict
            yield f"{member}: {type(error).__name__}: {error}"
            continue
        for lib, value in zip(LIBRARIES, values):
            if not alike(value, held[member]):
                yield f"{member}: {lib.name} decodes {short(value)}, {short(held[member])} is held"


def alike(one, other):
    """Equality of JSON values; 1 and 1.0 are the same number, but true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 160 else text[:160] + "..."


def by_partition(records):
    found = collections.defaultdict(list)
    for record in records:
        found[record["topic"], record["partition"]].append(record)
    return found


def lines(text):
    """NDJSON; splitlines() would also split inside texts, at separators of Unicode."""
    return [json.loads(line) for line in text.split("\n") if line]


def main():
    capture, dump, texts = (pathlib.Path(name).read_text(encoding="utf-8")
                            for name in sys.argv[1:4])
    read, held = by_partition(lines(capture)), by_partition(lines(dump))
    schemas = Schemas(json.loads(texts))
    wrong = 0
    for where in sorted(set(read) | set(held)):
        if len(read[where]) != len(held[where]):
            counts = f"{len(read[where])} records read, {len(held[where])} held"
            print(f"{where[0]} [{where[1]}]: {counts}")
            wrong += 1
        for one, other in zip(read[where], held[where]):
            for text in differences(schemas, one, other):
                print(f"{place(one)}: {text}")
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
