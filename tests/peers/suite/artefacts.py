# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that `generate` writes, before those who will read them."""

import json
import shutil

from .compatibility import python_package
from .peers import judge, python_peer
from .report import Failure, Missing, must

TITLE = "Files that `generate` writes"
PEERS = [*python_package("tinybird", "tinybird"),
         *python_package("judges", "jsonschema", "PyYAML", "ruamel.yaml")]
CLAIM = "every datafile is read by the vendor's own parsers; Flow files are valid and read alike"

# A profile of the practice Dekaf with these members of its topics changed.
PLANS = {"as proposed": {}, "none": {"deletions": "none"},
         "soft, whole document": {"deletions": "soft-document"},
         "soft, nullable": {"deletions": "soft-nullable"},
         "hard, columns": {"deletions": "hard", "store": "columns"},
         "hard, whole document": {"deletions": "hard", "store": "document"}}


def run(report, barista, folder):
    readers = {}
    for name in ("tinybird", "judges"):
        with report.case(f"Python packages of {name}"):
            readers[name] = python_peer(name)
    for name, arguments in {"practice": [], "only flow": ["--only", "flow"],
                            "only tinybird": ["--only", "tinybird"]}.items():
        with report.case(f"generate {name}: two runs, the same bytes"):
            written = twice(barista, folder / name.replace(" ", "-"), "practice", *arguments)
        if name == "practice":
            read_by_others(report, readers, "practice", written)
            faults(report, readers, written, folder)
    for mode in ("cdc", "kafka"):
        with report.case(f"generate from the profile of a practice Dekaf, {mode}"):
            with barista.practice(f"profile-{mode}", "--deletions", mode) as practice:
                from_profile(report, barista, readers, practice, mode, folder)


def twice(barista, folder, profile, *arguments, token=None):
    """Writes to two folders, and to the first again; gives the first."""
    first, second = folder / "one", folder / "two"
    for place in (first, second, first):
        barista.run("generate", profile, "--output", place, *arguments, token=token)
    one, two = contents(first), contents(second)
    must(one, "nothing was written")
    must(sorted(one) == sorted(two), f"other files: {sorted(set(one) ^ set(two))}")
    differ = [name for name in one if one[name] != two[name]]
    must(not differ, f"other bytes: {differ}")
    return first


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}


def from_profile(report, barista, readers, practice, mode, folder):
    with open(practice.profile, encoding="utf-8") as file:
        profile = json.load(file)
    for plan, changes in PLANS.items():
        if mode == "kafka" and changes.get("deletions") == "hard":
            continue  # a task that sends no deletion documents can't have it
        place = folder / f"{mode}-{plan.replace(', ', '-').replace(' ', '-')}"
        place.mkdir()
        changed = place / "profile.json"
        changed.write_text(json.dumps(with_plan(profile, practice, changes)), encoding="utf-8")
        label = f"{mode}, {plan}"
        with report.case(f"generate {label}: two runs, the same bytes"):
            written = twice(barista, place, changed, token=practice.token)
            token_stays(written, practice.token)
            read_by_others(report, readers, label, written, "--with-token")


def with_plan(profile, practice, changes):
    """The profile with all topics in it, each with the changes."""
    if not changes:
        return profile
    named = {subject.rpartition("-")[0] for subject in practice.subjects()}
    held = {record["topic"] for record in practice.records()}
    topics = [{"topic": name, **changes} for name in sorted(named & held)]
    return {**profile, "topics": topics}


def token_stays(folder, token):
    holding = {name for name, data in contents(folder).items() if token.encode() in data}
    must(all(name.endswith(".config.yaml") for name in holding),
         f"the token stands in {sorted(holding)}")
    for name in holding:
        mode = (folder / name).stat().st_mode & 0o777
        must(mode == 0o600, f"{name} has mode {mode:o}")


def read_by_others(report, readers, label, written, *flags):
    with report.case(f"{label}: tinybird reads every datafile"):
        accepted(readers, "tinybird", "datafiles.py", written)
    with report.case(f"{label}: Flow files are valid, YAML 1.1 and 1.2 alike"):
        accepted(readers, "judges", "flow.py", written, *flags)


def accepted(readers, name, script, *arguments):
    found = verdict(readers, name, script, *arguments)
    must(not found, "\n".join([f"{len(found)} found", *found[:12]]))


def verdict(readers, name, script, *arguments):
    if name not in readers:
        raise Missing(f"the packages of {name} can't be had")
    return judge(readers[name], script, *arguments)


# Name, judge, files, what is replaced in the first of them that has it, by what.
FAULTS = [
    ("an unknown setting", "tinybird", "*.datasource", "\nKAFKA_TOPIC",
     "\nKAFKA_BANANA 1\nKAFKA_TOPIC"),
    ("a type of nobody", "tinybird", "*.datasource", " Int64", " Banana"),
    ("a version that is no column", "tinybird", "*.datasource", "ENGINE_VER \"",
     "ENGINE_VER \"no_"),
    ("a group id gone", "tinybird", "*.datasource", "\nKAFKA_GROUP_ID", "\n# KAFKA_GROUP_ID"),
    ("SQL that is none", "tinybird", "*.pipe", "SELECT", "SELEC"),
    ("a table that is not there", "tinybird", "*.pipe", " FROM ", " FROM no_"),
    ("a template that does not end", "tinybird", "*.pipe", "{% end %}", ""),
    ("a member unknown to connections", "tinybird", "*.connection", "KAFKA_KEY", "KAFKA_CAKE"),
    ("a member unknown to resources", "judges", "*.flow.yaml", "topic_name:", "topic:"),
    ("bindings gone", "judges", "*.flow.yaml", "bindings:", "binding:"),
    ("a key twice", "judges", "*.flow.yaml", "materializations:",
     "materializations: {}\nmaterializations:"),
]


def faults(report, readers, written, folder):
    """The judges of the files have to find each of these."""
    for name, reader, pattern, old, new in FAULTS:
        with report.case(f"fault found: {name}"):
            spoilt = folder / "spoilt"
            shutil.rmtree(spoilt, ignore_errors=True)
            shutil.copytree(written, spoilt)
            spoil(spoilt, pattern, old, new)
            script = "datafiles.py" if reader == "tinybird" else "flow.py"
            must(verdict(readers, reader, script, spoilt), f"{script} lets it pass")


def spoil(folder, pattern, old, new):
    for path in sorted(folder.rglob(pattern)):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            return
    raise Failure(f"no {pattern} holds {old!r}, so the fault could not be seeded")
