#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""datafiles.py FOLDER: does the vendor's own package read every datafile of a Tinybird project?

Beyond its parsers it is asked what a deploy would ask: the engine against the columns, addresses
and offset words, schedules, and whether what a file names is there. Prints one line for each thing
found, ends with 1 if any.
"""

import pathlib
import re
import sys

import lru  # noqa: F401 (without it the parser of pipes checks no SQL, and does not say so)
from croniter import croniter
from tinybird.ch_utils.engine import engine_full_from_dict
from tinybird.datafile.parse_connection import parse_connection
from tinybird.datafile.parse_datasource import parse_datasource
from tinybird.datafile.parse_pipe import parse_pipe
from tinybird.sql_template import (get_template_and_variables, get_var_names_and_types,
                                   render_sql_template)
from tinybird.sql_toolset import sql_get_used_tables
from tinybird.tb.modules import common

VALUES = {"String": "it's", "Date": "2026-01-02", "DateTime": "2026-01-02 03:04:05",
          "DateTime64": "2026-01-02 03:04:05.678", "UUID": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}
SECRET = re.compile(r"""tb_secret\(\s*["']([^"']+)["']\s*\)""")


class Found(Exception):
    """Something that the vendor's parsers let pass and a deploy would not."""


def secrets_of(text):
    """A value for each secret without a default; an address where one is wanted."""
    return {name: "https://acme%2Fpractice:token@registry.example.com" if "REGISTRY" in name.upper()
            else "value" for name in SECRET.findall(text)}


def parse(parser, path):
    result = parser(str(path), secrets=secrets_of(path.read_text(encoding="utf-8")))
    if result.warnings:
        raise Found(f"warnings: {result.warnings}")
    return result.datafile.nodes


def check_connection(path, _project):
    node = parse(parse_connection, path)[0]
    kind = node.get("type")
    if kind == "kafka":
        for entry in node["kafka_bootstrap_servers"].split(","):
            common._parse_kafka_host_port(entry.strip())
        if "kafka_schema_registry_url" in node:
            common.validate_kafka_schema_registry_url(node["kafka_schema_registry_url"])
        signed_in = node["kafka_security_protocol"].startswith("SASL")
        for member in ("kafka_key", "kafka_secret") if signed_in else ():
            common.validate_string_connector_param(member, node.get(member))
        expect(node.get("kafka_security_protocol") in ("SASL_SSL", "PLAINTEXT", "SASL_PLAINTEXT"),
               "security protocol")
    elif kind == "s3":
        expect(node.get("s3_region") and node.get("s3_arn"), "region and ARN of S3")
    else:
        raise Found(f"type {kind}")


def check_datasource(path, project):
    node = parse(parse_datasource, path)[0]
    names = [column["name"] for column in node["columns"]]
    expect(len(names) == len(set(names)), "each column once")
    engine = node["engine"]
    options = dict(engine["args"])
    engine_full_from_dict(engine["type"], options, columns=node["columns"])
    for name in plain_names(options.get("sorting_key", "")):
        expect(name in names, f"sorting key {name} among the columns")
    if "is_deleted" in options:
        expect("ver" in options, "a version beside the deletion flag")
        flag = next(column for column in node["columns"] if column["name"] == options["is_deleted"])
        expect(flag["type"] in ("UInt8", "Bool") and not flag["nullable"], "deletion flag as UInt8")
    if "kafka_connection_name" in node:
        expect(node["kafka_connection_name"] in project["connections"], "its connection")
        common.validate_kafka_auto_offset_reset(node.get("kafka_auto_offset_reset", "latest"))


def plain_names(key):
    """The parts of a sorting key that are bare column names."""
    parts = re.findall(r"`[^`]*`|[^,]+", key)
    return [part.strip("` ") for part in parts if re.fullmatch(r" *(`[^`]*`|\w+) *", part)]


def check_pipe(path, project):
    earlier = set()
    for node in parse(parse_pipe, path):
        for query in queries(node):
            for _, table, _ in sql_get_used_tables(query, raising=True):
                expect(table in project["datasources"] | project["pipes"] | earlier,
                       f"table {table}")
        earlier.add(node["name"])
        schedule = node.get("export_schedule")
        expect(schedule in (None, "@on-demand") or croniter.is_valid(schedule),
               f"schedule {schedule}")


def queries(node):
    """The SQL of a node; of a template once without and once with all its parameters."""
    sql = node["sql"].strip()
    if not sql.startswith("%"):
        return [sql]
    template, _, warnings = get_template_and_variables(sql[1:], name=node["name"])
    expect(not warnings, f"no warnings: {warnings}")
    given = {parameter["name"]: VALUES.get(parameter["type"], "1")
             for parameter in get_var_names_and_types(template)}
    return [render_sql_template(sql[1:], values, name=node["name"], test_mode=not values)[0]
            for values in ({}, given)]


def expect(condition, what):
    if not condition:
        raise Found(f"expected: {what}")


CHECKS = {"connection": check_connection, "datasource": check_datasource, "pipe": check_pipe}


def main():
    folder = pathlib.Path(sys.argv[1])
    files = {kind: sorted(folder.rglob(f"*.{kind}")) for kind in CHECKS}
    project = {f"{kind}s": {path.stem for path in paths} for kind, paths in files.items()}
    wrong = 0
    for kind, check in CHECKS.items():
        for path in files[kind]:
            try:
                check(path, project)
            except Exception as error:  # the package raises half a dozen families
                text = str(getattr(error, "message", "") or error).strip().replace("\n", " / ")
                print(f"{path.relative_to(folder)}: {type(error).__name__}: {text[:300]}")
                wrong += 1
    if not all(files.values()):
        print("nothing to read of: " + ", ".join(kind for kind in CHECKS if not files[kind]))
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
