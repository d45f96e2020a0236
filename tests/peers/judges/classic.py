#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""classic.py ROOT [CASE]: does the vendor's package for Classic workspaces read from each setup's files what
was meant? ROOT as for setups.py; Classic knows no files for connections. Prints one line for each
thing found, ends with 1 if any."""

import json
import os
import pathlib
import sys

import lru  # noqa: F401 (without it the parser of pipes checks no SQL, and does not say so)
from tinybird.ch_utils.engine import engine_full_from_dict
from tinybird.datafile_common import parse_datasource, parse_pipe

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import sinks  # noqa: E402 (its folder had to be known first)


class Found(Exception):
    """Something that was read otherwise than it was meant."""


def same(what, read, meant):
    if read != meant:
        raise Found(f"expected: {what} {meant!r:.120}, not {read!r:.120}")


def check_datasource(path, table, profile):
    node = parse_datasource(str(path)).nodes[0]
    same("columns", [(column["name"], column["jsonpath"]) for column in node["columns"]],
         [(column["name"], column["path"]) for column in table["columns"]])
    engine = {"type": table["engine"], "sorting_key": table["sorting_key"], "ver": table["version"],
              "is_deleted": table["is_deleted"], "partition_key": table["partition_key"],
              "ttl": table["ttl"]}
    same("engine", {"type": node["engine"]["type"], **dict(node["engine"]["args"])},
         {name: value for name, value in engine.items() if value is not None})
    same("topic", node["kafka_topic"], table["topic"])
    same("group", node["kafka_group_id"], table["group_id"])
    same("connection", node["kafka_connection_name"],
         profile["project"].get("connection", "estuary_dekaf"))
    same("start", node["kafka_auto_offset_reset"], table["start"])
    same("raw value", node["kafka_store_raw_value"], str(table["raw_value"]))
    engine_full_from_dict(node["engine"]["type"], dict(node["engine"]["args"]), columns=node["columns"])


def check_endpoint(path):
    for node in parse_pipe(str(path)).nodes:
        same("SQL with a variable's value", "SUBSTITUTED" in node["sql"], False)


def main():
    root = pathlib.Path(sys.argv[1])
    os.environ.update({name: "SUBSTITUTED" for name in ("HOME", "PATH", "b", "a", "x", "FOO")})
    wrong = read = 0
    with open(root / "cases.ndjson", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    cases = [case for case in cases if sys.argv[2:] in ([], [case["name"]])]
    for case in cases:
        model = json.loads((root / f"{case['name']}.json").read_text(encoding="utf-8"))
        if model["refused"] or case["profile"].get("project", {}).get("format") != "classic":
            continue
        folder = root / case["name"]
        wrong_files = {error["file"] for error in model["errors"]}
        checks = [(folder / "datasources" / f"{table['data_source']}.datasource",
                   lambda path, table=table: check_datasource(path, table, case["profile"]))
                  for table in model["tables"] if
                  f"datasources/{table['data_source']}.datasource" not in wrong_files]
        checks += [(path, check_endpoint) for path in (folder / "endpoints").glob("*.pipe")]
        checks += [(folder / "sinks" / f"{sink['name']}.pipe",
                    lambda path, sink=sink: sinks.check_sink(same, parse_pipe(str(path)),
                                                             case["profile"], sink, classic=True))
                   for sink in case["profile"].get("sinks", [])]
        for path, check in checks:
            read += 1
            try:
                check(path)
            except Exception as error:  # the package raises half a dozen families
                text = str(getattr(error, "message", "") or error).strip().replace("\n", " / ")
                print(f"{path.relative_to(root)}: {type(error).__name__}: {text[:300]}")
                wrong += 1
    if read < min(20, len(cases)):
        print(f"only {read} files for Classic could be judged")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
