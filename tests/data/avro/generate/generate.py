#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes datums.json, schemas.json and damaged.json by fastavro and the official avro package, or
with --check tells whether they still say the same. See README.md beside this file."""

import argparse
import copy
import io
import json
import math
import pathlib
import sys
import warnings

import avro.io
import avro.schema
import fastavro
import fastavro.schema

import cases


def rewrite(schema, seen=None):
    """Dekaf's `duration` as Avro has it: the logical type inside the fixed, and the second
    definition of a name as a reference to the first."""
    seen = set() if seen is None else seen
    if isinstance(schema, list):
        return [rewrite(branch, seen) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    inner = schema.get("type")
    if schema.get("logicalType") == "duration" and isinstance(inner, dict):
        return rewrite({**inner, "logicalType": "duration"}, seen)
    if schema.get("logicalType") == "duration":
        if schema["name"] in seen:
            return schema["name"]
        seen.add(schema["name"])
    return {key: rewrite_member(key, value, seen) for key, value in schema.items()}


def rewrite_member(key, value, seen):
    if key == "fields":
        return [{**field, "type": rewrite(field["type"], seen)} for field in value]
    return rewrite(value, seen) if key in ("type", "items", "values") else value


def stored(schema):
    """The schema without its logical types, so that a library gives values as they are stored."""
    if isinstance(schema, list):
        return [stored(branch) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: value for key, value in schema.items() if key != "logicalType"}
    for key in ("type", "items", "values"):
        if key in plain:
            plain[key] = stored(plain[key])
    if "fields" in plain:
        plain["fields"] = [{**field, "type": stored(field["type"])} for field in plain["fields"]]
    if set(plain) <= {"type"} and "logicalType" in schema:
        return plain["type"]
    return plain


class Fastavro:
    name = "fastavro"

    @staticmethod
    def parse(schema):
        return fastavro.parse_schema(copy.deepcopy(schema))

    @staticmethod
    def write(parsed, value):
        out = io.BytesIO()
        fastavro.schemaless_writer(out, parsed, value)
        return out.getvalue()

    @staticmethod
    def read(parsed, data):
        source = io.BytesIO(data)
        value = fastavro.schemaless_reader(source, parsed, None)
        return value, len(data) - source.tell()


class Official:
    name = "avro"

    @staticmethod
    def parse(schema):
        return avro.schema.parse(json.dumps(schema))

    @staticmethod
    def write(parsed, value):
        out = io.BytesIO()
        avro.io.DatumWriter(parsed).write(value, avro.io.BinaryEncoder(out))
        return out.getvalue()

    @staticmethod
    def read(parsed, data):
        source = io.BytesIO(data)
        value = avro.io.DatumReader(parsed).read(avro.io.BinaryDecoder(source))
        return value, len(data) - source.tell()


# The official package warns of each logical type that it passes over; that is not a refusal.
warnings.simplefilter("ignore")

LIBRARIES = (Fastavro, Official)


def plain_json(value):
    """A value as JSON: unions bare, bytes as code points 0 to 255, what is no number as text."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: plain_json(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(member) for member in value]
    return value


def agreed(results, name):
    first = results[0]
    if any(json.dumps(other) != json.dumps(first) for other in results[1:]):
        raise SystemExit(f"{name}: the libraries differ: {results}")
    return first


def datum(name, schema, value):
    """One case that both libraries write and read alike."""
    legal = rewrite(schema)
    plain = stored(legal)
    data = agreed([lib.write(lib.parse(plain), value).hex() for lib in LIBRARIES], name)
    return form(name, schema, data, legal)


def form(name, schema, data, legal=None):
    legal = schema if legal is None else legal
    plain = stored(legal)
    read = []
    refusals = {}
    for lib in LIBRARIES:
        value, left = lib.read(lib.parse(plain), bytes.fromhex(data))
        if left:
            raise SystemExit(f"{name}: {lib.name} leaves {left} bytes")
        read.append(plain_json(value))
        refusal = refused(lambda: lib.read(lib.parse(schema), bytes.fromhex(data)))
        if refusal:
            refusals[lib.name] = refusal
    case = {"name": name, "schema": schema, "hex": data, "value": agreed(read, name)}
    return {**case, "refused_with_logical_types": refusals} if refusals else case


def refused(call):
    try:
        call()
    except RecursionError:
        raise
    except Exception as error:  # each library has a family of its own, and lets others through
        return type(error).__name__
    return None


def parse_text(lib, text):
    if lib is Official:
        return avro.schema.parse(text)
    return fastavro.parse_schema(json.loads(text))


def schema_case(name, text):
    verdicts = {lib.name: refused(lambda: parse_text(lib, text)) for lib in LIBRARIES}
    tolerated = {"tolerated": True} if name in cases.TOLERATED else {}
    return {"name": name, "text": text, "verdict": verdict(verdicts), **tolerated, **verdicts}


def damaged_case(name, schema, data):
    def read_all(lib):
        _, left = lib.read(lib.parse(schema), bytes.fromhex(data))
        if left:
            raise ValueError(f"{left} bytes left")
    verdicts = {lib.name: refused(lambda: read_all(lib)) for lib in LIBRARIES}
    return {"name": name, "schema": schema, "hex": data, "verdict": verdict(verdicts), **verdicts}


def verdict(verdicts):
    refusals = sum(text is not None for text in verdicts.values())
    return ("both accept", "they differ", "both refuse")[refusals]


def files():
    return {
        "datums.json": ([datum(*case) for case in cases.DATUMS]
                        + [form(*case) for case in cases.FORMS]),
        "schemas.json": [schema_case(*case) for case in cases.SCHEMAS],
        "damaged.json": [damaged_case(*case) for case in cases.DAMAGED]}


def text_of(entries):
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    folder = pathlib.Path(__file__).resolve().parent.parent
    check = parser.parse_args().check
    stale = []
    for name, entries in files().items():
        path = folder / name
        if not check:
            path.write_text(text_of(entries), encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text_of(entries):
            stale.append(name)
        print(f"{name}: {len(entries)} cases")
    if stale:
        sys.exit("not what the libraries say now: " + ", ".join(stale))


if __name__ == "__main__":
    main()
