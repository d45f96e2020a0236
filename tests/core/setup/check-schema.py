#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/barista-setup.schema.json against the profiles of the tests, as TAP.

check-schema.py SCHEMA PROFILES: each file of PROFILES/good must validate, each of PROFILES/bad must
not, but for those where only the program can tell.
"""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP Python's jsonschema is not installed")
    sys.exit(0)

# What lies in members that the schema doesn't know.
ONLY_THE_PROGRAM = {"secret-in-address.json", "secret-deep.json", "number.json"}

schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
profiles = [
    (path, path.parent.name == "good")
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*/*.json"))
    if path.name not in ONLY_THE_PROGRAM
]

print(f"1..{len(profiles)}")
for number, (path, good) in enumerate(profiles, 1):
    errors = list(validator.iter_errors(json.loads(path.read_text())))
    verdict = "ok" if (not errors) == good else "not ok"
    print(f"{verdict} {number} {path.parent.name}/{path.name}")
    for error in errors if good else []:
        print(f"# {error.json_path}: {error.message}")
