# SPDX-License-Identifier: GPL-3.0-or-later
"""What Estuary's page on Tinybird shows comes out of profiles against the practice Dekaf.

tests/data/pages/deletions holds the page's examples as it prints them, and for each the answers that
lead there. What differs all the same has a row in docs/seed-pages.md: each of DIFFERENCES is one, and
is undone here before the comparison, so that nothing else can differ unseen."""

import json
import os
import re
import tempfile

from tap import changed_profile, main, practice, profile, run

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(TOP, "tests", "data", "pages", "deletions")
META = re.compile(r"`__(key|offset|timestamp|topic|partition)` ")

DIFFERENCES = ("column order", "meta columns", "raw value", "whole file", "endpoint file", "quotes",
               "member order", "back-ticks", "tombstones")


def read(name):
    with open(os.path.join(PAGE, name), encoding="utf-8") as file:
        return file.read()


def generate(path, *args, token=None):
    """The files of a project, by their paths."""
    with tempfile.TemporaryDirectory() as folder:
        done = run("generate", path, "--output", folder, *args, token=token)
        assert done.returncode == 0, done.stderr
        files = {}
        for parent, _, names in os.walk(folder):
            for name in names:
                whole = os.path.join(parent, name)
                with open(whole, encoding="utf-8") as file:
                    files[os.path.relpath(whole, folder)] = file.read()
        return files


def of_topic(answers, mode):
    """The project of the practice Dekaf's example collection, with these answers."""
    def change(setup):
        setup["topics"] = [json.loads(read(answers))]

    with practice("--deletions", mode, "--arrivals", "0") as (info, _), \
            changed_profile(info, change) as path:
        return generate(path, "--only", "tinybird", token=info["token"])


def datasource(text):
    """Columns and settings of a data source."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    start = lines.index("SCHEMA >") + 1
    end = next(i for i in range(start, len(lines)) if not lines[i].startswith("`"))
    columns = [line.rstrip(",") for line in lines[start:end]]
    settings = dict(line.split(" ", 1) for line in lines[end:])
    return columns, settings


def same_datasource(shown, made):
    columns, settings = datasource(read(shown))
    our_columns, our_settings = datasource(made)
    # "column order", "meta columns": ours stand last, and those that the engine names are there
    ours = [column for column in our_columns if not META.match(column) or column in columns]
    assert sorted(ours) == sorted(columns), (ours, columns)
    added = {column.split("`")[1] for column in our_columns if column not in columns}
    named = {our_settings[name].strip('"') for name in ("ENGINE_SORTING_KEY", "ENGINE_VER")}
    assert added <= named, added
    # "raw value": without quotes
    if "KAFKA_STORE_RAW_VALUE" in settings:
        settings["KAFKA_STORE_RAW_VALUE"] = settings["KAFKA_STORE_RAW_VALUE"].strip("'")
    # "whole file": the page leaves the connection's settings out
    for name, value in settings.items():
        assert our_settings[name] == value, (name, value, our_settings.get(name))
    for name in our_settings.keys() - settings.keys():
        assert name.startswith("KAFKA_"), name


def test_soft_deletes_with_the_whole_document():
    files = of_topic("soft-document.json", "cdc")
    same_datasource("soft-document.datasource", files["datasources/your_datasource.datasource"])


def test_soft_deletes_with_nullable_columns():
    files = of_topic("soft-nullable.json", "cdc")
    same_datasource("soft-nullable.datasource", files["datasources/your_datasource.datasource"])


def test_hard_deletes_and_the_two_node_query():
    files = of_topic("hard.json", "cdc")
    same_datasource("hard.datasource", files["datasources/your_datasource.datasource"])
    pipe = files["endpoints/your_datasource_deleted.pipe"]
    queries = [line.strip() for line in pipe.splitlines() if line.strip().startswith("SELECT")]
    first = re.search(r"^NODE (\w+)$", pipe, re.M).group(1)
    plain = "\n".join(queries).replace(first, "your_top_node").replace("`", "")  # "back-ticks"
    assert plain == read("deleted.sql").strip(), plain


def test_in_kafka_mode_with_stated_types():
    """Where a deletion has no document, only a person can say that keys are never empty."""
    for plan in ("soft-document", "soft-nullable"):
        made = of_topic(f"{plan}-kafka.json", "kafka")["datasources/your_datasource.datasource"]
        same_datasource(f"{plan}.datasource", made)


def test_in_kafka_mode_as_proposed():
    """"tombstones": columns that a record without a document can fill."""
    made = of_topic("soft-document.json", "kafka")["datasources/your_datasource.datasource"]
    columns, settings = datasource(made)
    assert "`_id` Nullable(String) `json:$._id`" in columns, columns
    assert "`_meta_op` Nullable(String) `json:$._meta.op`" in columns, columns
    assert settings["ENGINE_SORTING_KEY"] == '"__key"'


def plain_lines(text):
    """YAML as the page prints it: without comments, quotes, indentation and order."""
    lines = [line.strip().removeprefix("- ").replace('"', "") for line in text.splitlines()]
    return sorted(line for line in lines if line and not line.startswith("#"))


def test_materialization():
    names = {"${PREFIX}": "acmeCo", "${mat_name}": "tinybird", "${COLLECTION_NAME}": "orders",
             "<auth-token>": "a-token"}
    with profile(task={"name": "acmeCo/tinybird", "managed": True, "deletions": "kafka",
                       "collections": ["acmeCo/orders"],
                       "bindings": [{"collection": "acmeCo/orders", "topic": "orders"}]}) as path:
        files = generate(path, "--only", "flow", token="a-token")
    flow = files["estuary/tinybird.flow.yaml"]
    config = files["estuary/tinybird.config.yaml"]
    # "endpoint file": the one with the token
    whole = flow.replace('config: "tinybird.config.yaml"', "config:\n" + config)
    assert whole != flow
    shown = read("materialization.yaml")
    for name, value in names.items():
        shown = shown.replace(name, value)
    # "quotes", "member order"
    assert plain_lines(whole) == plain_lines(shown), plain_lines(whole)


def test_differences_are_documented():
    with open(os.path.join(TOP, "docs", "seed-pages.md"), encoding="utf-8") as file:
        section = re.search(r"^## Into Tinybird$(.*?)(?=^## |\Z)", file.read(), re.M | re.S).group(1)
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| .+ \| .+ \|$", section, re.M)
    assert sorted(rows) == sorted(DIFFERENCES), rows


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
