#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""setups.py ROOT [CASE]: does the vendor's package read from each setup's files what was meant?

ROOT holds cases.ndjson, and for each case NNN its files in NNN/ and what they were written from in
NNN.json. Each file goes through all that datafiles.py asks, and is read three times: with its secrets
left as they stand, with values for those that have no default, with values for all. What was read is
compared member by member. ROOT/tables.ndjson gets columns and engine of each data source, in the
package's own words, for ClickHouse. A table that Barista itself says is wrong may be refused. Prints
one line for each thing found, ends with 1 if any.
"""

import json
import os
import pathlib
import re
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import datafiles  # noqa: E402 (its folder had to be known first)
import sinks  # noqa: E402
from datafiles import expect  # noqa: E402
from tinybird.ch_utils.engine import engine_full_from_dict  # noqa: E402
from tinybird.datafile.parse_connection import parse_connection  # noqa: E402
from tinybird.datafile.parse_datasource import parse_datasource  # noqa: E402
from tinybird.datafile.parse_pipe import parse_pipe  # noqa: E402
from tinybird.sql import schema_to_sql_columns  # noqa: E402
from tinybird.sql_toolset import sql_get_used_tables  # noqa: E402

SECRET = re.compile(r'tb_secret\("(\w+)"')  # with and without a default
PASTED = "Pa_sted-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-xyz"


KEY = 1  # a column's role
FILTERED = {"String", "Int32", "Int64", "UUID", "Date", "Date32", "Bool"}


def same(what, read, meant):
    expect(read == meant, f"{what} {meant!r:.120}, not {read!r:.120}")


def readings(parser, path):
    """The file's nodes: secrets as they stand, only those without a default, all of them; each with
    a function that says what a secret would have become."""
    text = path.read_text(encoding="utf-8")
    names = set(SECRET.findall(text))
    yield node_of(parser, path, ignore_secrets=True), lambda name, default: None
    without = {name: PASTED for name in names if f'tb_secret("{name}")' in text}
    yield node_of(parser, path, secrets=without), lambda name, default: default or PASTED
    yield node_of(parser, path, secrets={name: PASTED for name in names}), lambda *_: PASTED


def node_of(parser, path, **options):
    result = parser(str(path), **options)
    expect(not result.warnings, f"no warnings: {result.warnings}")
    return result.datafile.nodes[0]


def column_text(column):
    parts = [f"`{column['name']}`", column["type"]]
    if column["path"]:
        parts.append(f"`json:{column['path']}`")
    if column["default"]:
        parts.append(f"DEFAULT {column['default']}")
    return " ".join(parts)


def check_datasource(path, table, profile):
    for node, secret in readings(parse_datasource, path):
        read = [column_text({**column, "type": plain_type(column), "path": column["jsonpath"],
                             "default": (column["default_value"] or "").removeprefix("DEFAULT ")})
                for column in node["columns"]]
        same("columns", read, [column_text(column) for column in table["columns"]])
        engine = {"type": table["engine"], "sorting_key": table["sorting_key"],
                  "ver": table["version"], "is_deleted": table["is_deleted"],
                  "partition_key": table["partition_key"], "ttl": table["ttl"]}
        same("engine", {"type": node["engine"]["type"], **dict(node["engine"]["args"])},
             {name: value for name, value in engine.items() if value is not None})
        same("topic", node["kafka_topic"], table["topic"])
        group = secret(f"KAFKA_GROUP_ID_{table['data_source']}", table["group_id"])
        if group:
            same("group", node["kafka_group_id"], group)
        same("connection", node["kafka_connection_name"],
             profile.get("project", {}).get("connection", "estuary_dekaf"))
        same("start", node["kafka_auto_offset_reset"], table["start"])
        same("raw value", node["kafka_store_raw_value"], str(table["raw_value"]))
        registry = profile.get("registry", {}).get("enabled", True)
        same("format", node.get("kafka_value_format"), "avro" if registry else None)
        expect(table["topic"] in node.get("description", ""), "the topic in the description")
    return node


def plain_type(column):
    """The type in one piece again."""
    return schema_to_sql_columns([{**column, "name": "x", "normalized_name": "x", "codec": None,
                                   "default_value": None, "jsonpath": None}])[0][len("`x` "):]


def check_connection(path, profile):
    server, sign_in = profile.get("server", {}), profile.get("sign_in", {})
    registry = profile.get("registry", {})
    protocol = server.get("security_protocol", "SASL_SSL")
    user = sign_in.get("username", profile.get("task", {}).get("name"))
    servers = server.get("bootstrap_servers", ["dekaf.estuary-data.com:9092"])
    for node, secret in readings(parse_connection, path):
        same("servers", node["kafka_bootstrap_servers"],
             ",".join(one if ":" in one else f"{one}:9092" for one in servers))
        same("protocol", node["kafka_security_protocol"], protocol)
        if protocol.startswith("SASL"):
            same("mechanism", node["kafka_sasl_mechanism"], sign_in.get("mechanism", "PLAIN"))
            same("key", node["kafka_key"], user)
            if secret("DEKAF_TOKEN", None):
                same("secret", node["kafka_secret"], PASTED)
        if registry.get("enabled", True) and secret("DEKAF_TOKEN", None):
            derived = "https://" + servers[0].rsplit(":", 1)[0]
            meant = urllib.parse.urlsplit(registry.get("url", derived))
            read = urllib.parse.urlsplit(node["kafka_schema_registry_url"])
            same("registry", (read.scheme, read.hostname, read.port, read.path),
                 (meant.scheme, ascii_host(meant.hostname), meant.port, meant.path.rstrip("/")))
            if protocol.startswith("SASL"):
                same("registry's user", urllib.parse.unquote(read.username or ""), user)
                same("registry's password", read.password, PASTED)


def ascii_host(name):
    return name if name is None or name.isascii() else name.encode("idna").decode()


def check_current(path, table):
    """The endpoint of the current rows: with FINAL exactly where the engine merges."""
    node = parse_pipe(str(path), secrets={}).datafile.nodes[0]
    same("type", node["type"], "endpoint")
    queries = datafiles.queries(node)
    for column in table["columns"]:
        kind = column["type"].removeprefix("Nullable(").removesuffix(")")
        if column["role"] == KEY and kind in FILTERED:
            expect(f"AND `{column['name']}` = " in queries[1], f"a filter on {column['name']!r:.80}")
    for query in queries:
        tables = [name for _, name, _ in sql_get_used_tables(query, raising=True)]
        same("tables", tables, [table["data_source"]])
        same("FINAL", f"FROM {table['data_source']} FINAL\n" in query, table["final"])
    tokens = parse_pipe(str(path), secrets={}).datafile.tokens
    same("token", [token["permission"] for token in tokens], ["READ"])


def sink_paths(folder, profile):
    for target in profile.get("connections", []):
        yield folder / "connections" / f"{target['name']}.connection"
    for sink in profile.get("sinks", []):
        yield folder / "sinks" / f"{sink['name']}.pipe"


def check_sinks(folder, profile, model):
    for target in profile.get("connections", []):
        path = folder / "connections" / f"{target['name']}.connection"
        yield path, lambda path=path, target=target: check_target(path, target)
    for sink in profile.get("sinks", []):
        path = folder / "sinks" / f"{sink['name']}.pipe"
        if sinks.judged(model, str(path.relative_to(folder))):
            yield path, lambda path=path, sink=sink: check_sink(path, profile, sink)


def check_target(path, target):
    for node, secret in readings(parse_connection, path):
        sinks.check_target(same, node, secret("X", None), target)


def check_sink(path, profile, sink):
    result = parse_pipe(str(path), ignore_secrets=True)
    expect(not result.warnings, f"no warnings: {result.warnings}")
    sinks.check_sink(same, result.datafile, profile, sink)


def check_case(root, case, model, tables):
    folder = root / case["name"]
    project = {f"{kind}s": {path.stem for path in folder.rglob(f"*.{kind}")}
               for kind in ("connection", "datasource", "pipe")}
    wrong = {folder / error["file"] for error in model["errors"] if error["file"]}
    of_sinks = set(sink_paths(folder, case["profile"]))
    for path in set(folder.rglob("*.connection")) - wrong - of_sinks:
        yield path, lambda path=path: check_connection(path, case["profile"])
        yield path, lambda path=path: datafiles.check_connection(path, project)
    yield from check_sinks(folder, case["profile"], model)
    for table in model["tables"]:
        path = folder / "datasources" / f"{table['data_source']}.datasource"
        if path in wrong:
            continue
        yield path, lambda path=path, table=table: tables.append(
            of_table(case, table, check_datasource(path, table, case["profile"])))
        yield path, lambda path=path: datafiles.check_datasource(path, project)
        path = folder / "endpoints" / f"{table['data_source']}_current.pipe"
        yield path, lambda path=path, table=table: check_current(path, table)
    for path in set(folder.rglob("*.pipe")) - of_sinks:
        yield path, lambda path=path: datafiles.check_pipe(path, project)


def of_table(case, table, node):
    columns = schema_to_sql_columns(node["columns"], skip_jsonpaths=True)
    engine = engine_full_from_dict(node["engine"]["type"], dict(node["engine"]["args"]),
                                   columns=node["columns"])
    return {"name": f"{case['name']}/{table['data_source']}", "columns": columns, "engine": engine}


def main():
    root = pathlib.Path(sys.argv[1])
    os.environ.update({name: "SUBSTITUTED" for name in ("HOME", "PATH", "b", "a", "x", "FOO")})
    wrong, tables, read = 0, [], 0
    with open(root / "cases.ndjson", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    cases = [case for case in cases if sys.argv[2:] in ([], [case["name"]])]
    for case in cases:
        model = json.loads((root / f"{case['name']}.json").read_text(encoding="utf-8"))
        if model["refused"] or case["profile"].get("project", {}).get("format") == "classic":
            continue
        for path, check in check_case(root, case, model, tables):
            read += 1
            try:
                check()
            except Exception as error:  # the package raises half a dozen families
                text = str(getattr(error, "message", "") or error).strip().replace("\n", " / ")
                print(f"{path.relative_to(root)}: {type(error).__name__}: {text[:300]}"
                      + (f" [{case['hostile']}]" if case["hostile"] else ""))
                wrong += 1
    with open(root / "tables.ndjson", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(table) + "\n" for table in tables)
    if len(tables) < len(cases) // 2:
        print(f"only {len(tables)} data sources of {len(cases)} setups could be judged")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
