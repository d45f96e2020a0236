# SPDX-License-Identifier: GPL-3.0-or-later
"""Do rows end as the deletion plans promise? Histories drawn by lot, merged by ClickHouse itself."""

import json

from .compatibility import python_package
from .peers import judge, python_peer
from .report import Missing, must

TITLE = "Deletion plans"
CLICKHOUSES = {"26.9": "clickhouse", "25.8": "clickhouse-25"}
COUNT = 1000  # in the three plans of the page, and in each of their variants:
VARIANT_COUNT = 200
ONE, TWO = [("id", "string")], [("region", "string"), ("number", "long")]

# Name, the topic's answers, deletion mode, key, and where operation and marker are registered.
CASES = [
    ("soft-document", {"deletions": "soft-document"}, "cdc", ONE, "nested"),
    ("soft-document-two", {"deletions": "soft-document"}, "cdc", TWO, "flat"),
    ("soft-document-kafka", {"deletions": "soft-document"}, "kafka", TWO, "flat"),
    ("soft-nullable", {"deletions": "soft-nullable"}, "cdc", ONE, "flat"),
    ("soft-nullable-two", {"deletions": "soft-nullable"}, "cdc", TWO, "nested"),
    ("soft-nullable-kafka", {"deletions": "soft-nullable"}, "kafka", ONE, "flat"),
    ("hard", {"deletions": "hard"}, "cdc", ONE, "flat"),
    ("hard-two", {"deletions": "hard"}, "cdc", TWO, "nested"),
    ("hard-document", {"deletions": "hard", "store": "document"}, "cdc", TWO, "flat"),
    ("hard-month", {"deletions": "hard", "engine": {"partition_key": "toYYYYMM(__timestamp)"}}, "cdc",
     ONE, "flat"),
    ("hard-partition", {"deletions": "hard", "engine": {"partition_key": "__partition"}}, "cdc", TWO,
     "nested"),
    ("soft-month", {"deletions": "soft-nullable",
                    "engine": {"partition_key": "toYYYYMM(__timestamp)"}}, "cdc", TWO, "flat"),
    ("log", {"deletions": "soft-nullable", "engine": {"name": "MergeTree"}}, "cdc", ONE, "flat"),
    ("log-kafka", {"deletions": "soft-document", "engine": {"name": "MergeTree"}}, "kafka", TWO, "flat"),
]
# What is broken, in which plan, and what is replaced by what in its engine or query.
FAULTS = [("an engine without the marker", "hard", "engine", ", _is_deleted)", ")"),
          ("an engine without a version", "soft-nullable", "engine", "(__offset)", "()"),
          ("a query without FINAL", "soft-document", "current", " FINAL", ""),
          ("a key of one field only", "hard-two", "engine", "ORDER BY (__key)", "ORDER BY (region)"),
          ("rows that are merged in a log", "log", "engine", "MergeTree()", "ReplacingMergeTree()"),
          ("a column that no deletion fills", "soft-nullable", "columns", "Nullable(Float64)", "Float64")]


def run(report, barista, folder):
    root, plans = folder / "plans", folder / "plans.ndjson"
    root.mkdir()
    cases = root / "cases.ndjson"
    cases.write_text("".join(json.dumps(case_of(*case)) + "\n" for case in CASES), encoding="utf-8")
    with report.case("plans, engines and queries as tinybird reads them"):
        with open(cases, encoding="utf-8") as lines:
            barista.run_beside("write-setups", root, stdin=lines)
        found = judge(python_peer("tinybird"), "plans.py", root, plans)
        must(not found, "\n".join(found))
    for version, name in CLICKHOUSES.items():
        with report.claim(python_package(name, "chdb"),
                          f"ClickHouse {version}: {COUNT} histories with deletions, out of order and "
                          "repeated, end in each of the three plans with the rows that are promised; "
                          f"{VARIANT_COUNT} in each of {len(CASES) - 3} variants, over partitions too"):
            with report.case(f"ClickHouse {version}: {COUNT} histories end as promised"):
                found = judge(need(name), "histories.py", plans, str(VARIANT_COUNT),
                              *(f"{plan}={COUNT}" for plan in ("soft-document", "soft-nullable", "hard")))
                must(not found, "\n".join([f"{len(found)} found", *found[:12]]))
            for what, plan, member, old, new in FAULTS:
                with report.case(f"fault found: {what}"):
                    bad = broken(plans, folder / "broken.ndjson", plan, member, old, new)
                    must(judge(need(name), "histories.py", bad, "50"), "histories.py lets it pass")


def need(name):
    try:
        return python_peer(name)
    except Exception as error:
        raise Missing(str(error)) from error


def case_of(name, answers, mode, key, form):
    kinds = {"string": "string", "long": "long"}
    value = [{"name": field, "type": kinds[kind]} for field, kind in key]
    nested = [{"name": "op", "type": "string"}]
    if form == "nested":
        nested += [{"name": "is_deleted", "type": "long"}] if mode == "cdc" else []
        value.append({"name": "_meta", "type": {"type": "record", "name": "Meta", "fields": nested}})
    else:
        value.append({"name": "_meta_op", "type": "string"})
    value += [{"name": "note", "type": "string"}, {"name": "amount", "type": ["double", "null"]},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "ship", "type": {"type": "record", "name": "Ship",
                                        "fields": [{"name": "city", "type": "string"}]}}]
    if form == "flat" and mode == "cdc":
        value.append({"name": "_is_deleted", "type": "long"})
    parts = [{"name": f"p{i}", "type": kinds[kind]} for i, (_, kind) in enumerate(key)]
    return {"name": name,
            "profile": {"format": "barista-setup", "version": 1,
                        "task": {"name": "acmeCo/prod/tinybird", "deletions": mode},
                        "topics": [{"topic": "acmeCo/rows", "data_source": "rows", **answers}]},
            "schemas": [{"key": {"type": "record", "name": "Key", "namespace": "root", "fields": [
                {"name": "_flow_key", "type": {"type": "record", "name": "Parts",
                                               "namespace": "root.Key", "fields": parts}}]},
                         "value": {"type": "record", "name": "root", "fields": value}}],
            "mode": mode, "key": [field for field, _ in key], "form": form}


def broken(plans, path, name, member, old, new):
    with open(plans, encoding="utf-8") as lines:
        plan = next(plan for plan in map(json.loads, lines) if plan["name"] == name)
    text = json.dumps(plan[member])
    must(old in text, f"{old} is not in {text}")
    plan[member] = json.loads(text.replace(old, new))
    path.write_text(json.dumps(plan) + "\n", encoding="utf-8")
    return path
