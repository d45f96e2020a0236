# SPDX-License-Identifier: GPL-3.0-or-later
"""Hundreds of setups drawn by lot, before those who will read their files."""

import json
import re
import shutil

from .compatibility import python_package
from .peers import judge, python_peer
from . import random_sinks  # (adds connections and sinks to the lot, too)
from .random_setups import setups
from .report import Failure, Missing, must

COUNT = 300
CLICKHOUSES = {"26.9": "clickhouse", "25.8": "clickhouse-25"}


TITLE = "Random setups"


def run(report, barista, folder):
    peers = {}
    root = folder / "setups"
    with report.case(f"{COUNT} random setups are written or refused with a reason"):
        write(barista, root)
        refusals(root)
    with report.claim(python_package("tinybird", "tinybird"),
                      f"the datafiles of {COUNT} setups drawn by lot, and of the page on sinks, are read "
                      "as they are meant, before and after secrets are pasted in"):
        install(report, peers, "tinybird")
        with report.case(f"tinybird reads the files of {COUNT} random setups as they are meant"):
            clean(peers, "tinybird", "setups.py", root)
        faults(report, peers, "tinybird", root)
    with report.claim(python_package("tinybird-classic", "tinybird-cli"),
                      "so are those for Classic workspaces"):
        install(report, peers, "tinybird-classic")
        with report.case("tinybird-cli reads the files for Classic"):
            clean(peers, "tinybird-classic", "classic.py", root)
        faults(report, peers, "tinybird-classic", root)
    with report.claim(python_package("judges", "jsonschema", "PyYAML", "ruamel.yaml"),
                      "their Flow files are valid and read alike in YAML 1.1 and 1.2"):
        install(report, peers, "judges")
        with report.case("Flow files of random setups are valid, YAML 1.1 and 1.2 alike"):
            clean(peers, "judges", "flow.py", root, "--each")
        faults(report, peers, "judges", root)
    for version, name in CLICKHOUSES.items():
        with report.claim(python_package(name, "chdb"),
                          f"ClickHouse {version} makes a table of each of their data sources"):
            install(report, peers, name)
            with report.case(f"ClickHouse {version} makes a table of each data source"):
                clean(peers, name, "tables.py", root / "tables.ndjson")
            table_faults(report, peers, name, root)


def install(report, peers, name):
    with report.case(f"Python packages of {name}"):
        peers[name] = python_peer(name)


def write(barista, root):
    root.mkdir()
    cases = root / "cases.ndjson"
    drawn = [*setups(COUNT), *random_sinks.page()]
    cases.write_text("".join(json.dumps(case) + "\n" for case in drawn), encoding="utf-8")
    with open(cases, encoding="utf-8") as lines:
        barista.run_beside("write-setups", root, stdin=lines)


def cases_of(root):
    """Each case with what became of it."""
    with open(root / "cases.ndjson", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            yield case, json.loads((root / f"{case['name']}.json").read_text(encoding="utf-8"))


def refusals(root):
    """Only what is hostile is refused, by its place and with a way out, and then nothing is written."""
    written = 0
    for case, model in cases_of(root):
        why = model["refused"]
        written += why is None
        if why is None or model["schema"]:  # no Avro: it never comes to files
            continue
        must(case["hostile"], f"{case['name']} is plain and refused: {why}")
        must(not (root / case["name"]).exists(), f"{case['name']}: refused and written")
        must(re.match(r"[^:\n]+: .+\.$", why) and "\n" not in why and len(why) < 500,
             f"{case['name']}: no place or no way out: {why[:200]!r}")
    must(written > COUNT * 2 // 3, f"only {written} of {COUNT} were written")


def clean(peers, name, script, *arguments):
    if name not in peers:
        raise Missing(f"the packages of {name} can't be had")
    found = judge(peers[name], script, *arguments)
    must(not found, "\n".join([f"{len(found)} found", *found[:20]]))


# Name, judge, script, files, what is replaced in the first of them that has it, by what.
FAULTS = [
    ("a column of another type", "tinybird", "setups.py", "*.datasource", "` Int64", "` Int32"),
    ("a topic of another name", "tinybird", "setups.py", "*.datasource", "KAFKA_TOPIC ", "KAFKA_TOPIC x"),
    ("a description that swallows the schema", "tinybird", "setups.py", "*.datasource", "\nSCHEMA >",
     "\n    SCHEMA >"),
    ("a registry without its user", "tinybird", "setups.py", "*.connection", "https://acmeCo", "https://x"),
    ("a secret that is cut by a comment", "tinybird", "setups.py", "*.connection", "KAFKA_SECRET {{",
     "KAFKA_SECRET # {{"),
    ("a query without FINAL", "tinybird", "setups.py", "*_current.pipe", " FINAL", ""),
    ("a sink's topic of another name", "tinybird", "setups.py", "sinks/*.pipe", "EXPORT_KAFKA_TOPIC ",
     "EXPORT_KAFKA_TOPIC x"),
    ("a sink's template without its quotes", "tinybird", "setups.py", "sinks/*.pipe",
     "EXPORT_FILE_TEMPLATE \"two  blanks\"", "EXPORT_FILE_TEMPLATE two  blanks"),
    ("a sink's SQL that ends early", "tinybird", "setups.py", "sinks/*.pipe", "    /**/ TYPE +",
     "TYPE +"),
    ("a sink's region of another place", "tinybird", "setups.py", "connections/sink_s3*.connection",
     "S3_REGION eu", "S3_REGION us"),
    ("a sink's strategy in Forward's words", "tinybird-classic", "classic.py", "sinks/*.pipe",
     "EXPORT_WRITE_STRATEGY truncate", "EXPORT_STRATEGY replace"),
    ("a column that is a variable", "tinybird-classic", "classic.py", "*_current.pipe", "    SELECT\n",
     "    SELECT\n        `$HOME`,\n"),
    ("a path of another field", "tinybird-classic", "classic.py", "*.datasource", "`json:$.", "`json:$.x"),
    ("a bare no", "judges", "flow.py", "*.flow.yaml", "topic_name: \"acmeCo/orders0\"", "topic_name: no"),
]
TABLE_FAULTS = [("a key that is no column", "ORDER BY (__key)", "ORDER BY (__clef)"),
                ("a marker of another type", "(__offset, _is_deleted)", "(__offset, __key)")]


def faults(report, peers, judge_name, root):
    """The judge has to find each of these."""
    for name, reader, script, pattern, old, new in FAULTS:
        if reader != judge_name:
            continue
        with report.case(f"fault found: {name}"):
            spoilt = root.parent / "spoilt"
            shutil.rmtree(spoilt, ignore_errors=True)
            case = spoil(root, spoilt, pattern, old, new, script == "classic.py")
            arguments = ["--each", case] if script == "flow.py" else [case]
            must(judge(need(peers, reader), script, spoilt, *arguments), f"{script} lets it pass")


def table_faults(report, peers, name, root):
    for what, old, new in TABLE_FAULTS:
        with report.case(f"fault found: {what}"):
            text = (root / "tables.ndjson").read_text(encoding="utf-8")
            lines = [line for line in text.splitlines(keepends=True) if old in line]
            must(lines, "it could not be seeded")
            bad = root / "bad-tables.ndjson"
            bad.write_text(lines[0].replace(old, new), encoding="utf-8")
            must(judge(need(peers, name), "tables.py", bad), "tables.py lets it pass")


def need(peers, name):
    if name not in peers:
        raise Missing(f"the packages of {name} can't be had")
    return peers[name]


def spoil(root, spoilt, pattern, old, new, classic):
    """Copies the first setup without hostile texts that has the words, with others in their place."""
    for case, model in cases_of(root):
        name = case["name"]
        wanted = case["profile"]["project"]["format"] == ("classic" if classic else "forward")
        if case["hostile"] or model["refused"] or not wanted:
            continue
        if model["errors"]:
            continue
        for path in sorted((root / name).rglob(pattern)):
            text = path.read_text(encoding="utf-8")
            if old not in text:
                continue
            shutil.copytree(root / name, spoilt / name)
            for file in ("cases.ndjson", f"{name}.json"):
                shutil.copy(root / file, spoilt)
            (spoilt / path.relative_to(root)).write_text(text.replace(old, new, 1), encoding="utf-8")
            return name
    raise Failure(f"no {pattern} holds {old!r}, so the fault could not be seeded")
