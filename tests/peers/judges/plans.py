#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plans.py ROOT PLANS: reads each data source and its endpoint by the vendor's package and writes to
PLANS, one JSON line each, what ClickHouse needs: columns, engine, the rendered queries. ROOT as for
setups.py. Prints one line for each thing found, ends with 1 if any."""

import json
import pathlib
import sys

import lru  # noqa: F401 (the parser of pipes checks SQL with it only)
from tinybird.ch_utils.engine import engine_full_from_dict
from tinybird.datafile.parse_datasource import parse_datasource
from tinybird.datafile.parse_pipe import parse_pipe
from tinybird.sql import schema_to_sql_columns
from tinybird.sql_template import render_sql_template


def read_plan(root, case):
    node = parse_datasource(str(root / case["name"] / "datasources" / "rows.datasource"),
                            secrets={}).datafile.nodes[0]
    pipe = parse_pipe(str(root / case["name"] / "endpoints" / "rows_current.pipe"), secrets={})
    sql = pipe.datafile.nodes[0]["sql"].strip()[1:]
    current, everything = (render_sql_template(sql, {"page_size": "1000000", **more}, name="n")[0]
                           for more in ({}, {"include_deleted": "1"}))
    return {"name": case["name"], "mode": case["mode"], "key": case["key"], "form": case["form"],
            "plan": case["profile"]["topics"][0]["deletions"],
            "log": node["engine"]["type"] == "MergeTree",
            "split": "partition_key" in dict(node["engine"]["args"]),
            "paths": [[column["name"], column["jsonpath"]] for column in node["columns"]],
            "columns": schema_to_sql_columns(node["columns"], skip_jsonpaths=True),
            "engine": engine_full_from_dict(node["engine"]["type"], dict(node["engine"]["args"]),
                                            columns=node["columns"]),
            "current": current, "everything": everything}


def main():
    root = pathlib.Path(sys.argv[1])
    wrong = 0
    with open(root / "cases.ndjson", encoding="utf-8") as lines, \
            open(sys.argv[2], "w", encoding="utf-8") as out:
        for case in map(json.loads, lines):
            try:
                out.write(json.dumps(read_plan(root, case)) + "\n")
            except Exception as error:  # the package raises half a dozen families
                print(f"{case['name']}: {type(error).__name__}: {error}".replace("\n", " / "))
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
