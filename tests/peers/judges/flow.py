#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""flow.py FOLDER [--with-token]: do the YAML files in FOLDER/estuary read alike in YAML
1.1 and 1.2, and are they Flow catalog files? Prints one line for each thing found, ends with 1 if
any.

FOLDER --each [CASE]: it holds the folders of many setups and their cases.ndjson, and what was
read has to be what was meant, token included. With a token every configuration that a catalog file names has to be there too.
YAML 1.1 is PyYAML, 1.2 is ruamel.yaml, the schema is tests/data/flow/materialization.schema.json.
"""

import json
import pathlib
import sys

import jsonschema
import ruamel.yaml
import yaml

SCHEMA = (pathlib.Path(__file__).resolve().parent.parent.parent / "data" / "flow"
          / "materialization.schema.json")


def validators():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    config = {"$schema": schema["$schema"], "$defs": schema["$defs"],
              "$ref": "#/$defs/EndpointConfig"}
    for one in (schema, config):
        jsonschema.Draft202012Validator.check_schema(one)
    return (jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()),
            jsonschema.Draft202012Validator(config))


def read_both(text):
    """The document, if both readings give the same values of the same types."""
    one = yaml.safe_load(text)
    two = ruamel.yaml.YAML(typ="safe", pure=True).load(text)
    if tagged(one) != tagged(two):
        raise ValueError(f"YAML 1.1 and 1.2 differ: {one!r:.200} and {two!r:.200}")
    return one


def tagged(value):
    """A value with its types, so that 1, true and "1" are three things."""
    if isinstance(value, dict):
        return {"dict": [(tagged(key), tagged(member)) for key, member in value.items()]}
    if isinstance(value, list):
        return {"list": [tagged(member) for member in value]}
    return (type(value).__name__, value)


def problems(path, whole, config, with_token):
    """What is wrong with one file."""
    try:
        document = read_both(path.read_text(encoding="utf-8"))
    except Exception as error:  # both libraries throw what they like
        yield f"{type(error).__name__}: {error}".replace("\n", " / ")
        return
    validator = config if path.name.endswith(".config.yaml") else whole
    errors = list(validator.iter_errors(document))
    for error in errors:
        deep = jsonschema.exceptions.best_match([error])
        yield f"{deep.json_path}: {deep.message:.200}"
    if validator is whole and with_token and not errors:
        yield from missing_files(path, document)


def missing_files(path, document):
    """A configuration that is given by its place has to be there."""
    for task in document["materializations"].values():
        config = task["endpoint"]["dekaf"]["config"]
        if isinstance(config, str) and not (path.parent / config).is_file():
            yield f"there is no {config}"


def meant(case):
    """What the catalog file of a created task says."""
    task = case["profile"]["task"]
    bindings = []
    for one in task.get("bindings", []):
        source = one["collection"]
        if "not_before" in one:
            source = {"name": source, "notBefore": one["not_before"]}
        binding = {"source": source, "resource": {"topic_name": one["topic"]}}
        if "exclude" in one:
            binding["fields"] = {"recommended": True, "exclude": one["exclude"]}
        bindings.append(binding)
    return task["name"], bindings


def check_meant(case, folder):
    if not case["profile"].get("task", {}).get("managed"):
        return
    flow = next((folder / "estuary").glob("*.flow.yaml"))
    document = read_both(flow.read_text(encoding="utf-8"))
    name, bindings = meant(case)
    if list(document["materializations"]) != [name]:
        yield f"expected: the task {name!r:.80}"
    task = document["materializations"][name]
    if task["bindings"] != bindings:
        yield f"expected: the bindings {bindings!r:.200}, not {task['bindings']!r:.200}"
    config = read_both((flow.parent / task["endpoint"]["dekaf"]["config"]).read_text(encoding="utf-8"))
    if config["token"] != case["token"]:
        yield "expected: another token"


def each(root):
    """Many setups; those that were refused have no folder."""
    whole, config = validators()
    wrong = read = 0
    with open(root / "cases.ndjson", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    cases = [case for case in cases if sys.argv[3:] in ([], [case["name"]])]
    for case in cases:
        folder = root / case["name"]
        for path in sorted((folder / "estuary").glob("*.yaml")):  # what is to be published
            read += 1
            found = list(problems(path, whole, config, with_token=True))
            # Names that Estuary refuses are written as they are, and said in the check.
            for text in found if not case["hostile"] else [text for text in found if "YAML 1." in text]:
                print(f"{path.relative_to(root)}: {text}")
                wrong += 1
        if (folder / "estuary").is_dir():
            for text in check_meant(case, folder):
                print(f"{case['name']}: {text}" + (f" [{case['hostile']}]" if case["hostile"] else ""))
                wrong += 1
    if read < len(cases) // 3:
        print(f"only {read} files of {len(cases)} setups")
        wrong += 1
    return 1 if wrong else 0


def main():
    folder = pathlib.Path(sys.argv[1])
    if "--each" in sys.argv:
        return each(folder)
    with_token = "--with-token" in sys.argv
    files = sorted((folder / "estuary").rglob("*.yaml"))
    whole, config = validators()
    wrong = 0
    for path in files:
        for text in problems(path, whole, config, with_token):
            print(f"{path.relative_to(folder)}: {text}")
            wrong += 1
    if not any(path.name.endswith(".flow.yaml") for path in files):
        print("no Flow file")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
