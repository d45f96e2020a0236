# SPDX-License-Identifier: GPL-3.0-or-later
"""typescript/ before the vendor's SDK: does it compile, and does it give the datafiles again?"""

import collections
import json
import os
import re
import shutil
import subprocess

from .artefacts import with_plan
from .compatibility import node_package
from .peers import TOP
from .random_typescript import drawn
from .report import PATIENCE, Failure, Missing, must
from .runtimes import Node
from .sdk_words import reason
from .setups import cases_of

TITLE = "TypeScript"
NOTES = ["`schedule: \"@once\"` stands in `tinybird.ts` alone; the datafile has `@on-demand`.",
         "A CA from a secret stands beside its command for the SDK; ours has a line for it, so that it "
         "may have many.",
         "Compared without line ends at the end of a file, blanks at the start of lines, and "
         "back-ticks around names of columns that need none."]

COUNT = 150
PLANS = ("soft-document", "soft-nullable", "hard")
PEERS = [node_package("tinybird-sdk", name)
         for name in ("@tinybirdco/sdk", "typescript", "@types/node")]

KINDS = {"connections": "connection", "datasources": "datasource", "endpoints": "pipe", "sinks": "pipe"}


def run(report, barista, folder):
    node, root = None, folder / "projects"
    with report.case("Node.js packages of tinybird-sdk"):
        node = Node("tinybird-sdk")
    with report.claim(PEERS, "TypeScript of the page on sinks, of a practice Dekaf and of the plans "
                      "for deletions compiles under `tsc --strict` and gives our datafiles"):
        shown = write_shown(report, barista, root)
        judged(report, node, root, shown, "pages and practice")
        with report.case("page: what its README says to run does what it says"):
            as_readme_says(need(node), root / "page")
        faults(report, node, root, folder / "spoilt")
    names = []
    with report.claim(PEERS, f"so does that of {COUNT} setups drawn by lot, hostile ones among them; "
                      "what goes along as a file, the SDK can't write as we do"):
        lot = folder / "lot"
        with report.case(f"{COUNT} random setups with TypeScript are written or refused"):
            names += write_drawn(barista, lot)
        judged(report, node, lot, names, "random setups")


# --- projects


def write_shown(report, barista, root):
    """The projects that people see first, each in a folder of its name."""
    root.mkdir()
    names = []

    def write(name, profile, token=None):
        profile = {**profile, "project": {**profile.get("project", {}), "typescript": True}}
        path = root / f"{name}.profile.json"
        path.write_text(json.dumps(profile), encoding="utf-8")
        barista.run("generate", path, "--output", root / name, token=token)
        names.append(name)

    with report.case("the page on sinks and its options are written"):
        for name in ("page", "options"):
            write(name, read(TOP / "tests" / "data" / "sinks" / f"{name}.json"))
    with report.case("projects of a practice Dekaf are written"):
        with barista.practice("typescript", "--deletions", "cdc") as practice:
            profile = read(practice.profile)
            write("practice", with_plan(profile, practice, {"deletions": "soft-nullable"}),
                  practice.token)
            for plan in PLANS:
                answers = read(TOP / "tests" / "data" / "pages" / "deletions" / f"{plan}.json")
                write(plan, {**profile, "topics": [answers]}, practice.token)
    return names


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write_drawn(barista, root):
    root.mkdir()
    cases = root / "cases.ndjson"
    cases.write_text("".join(json.dumps(case) + "\n" for case in drawn(COUNT)), encoding="utf-8")
    with open(cases, encoding="utf-8") as lines:
        barista.run_beside("write-setups", root, stdin=lines)
    names = []
    for case, model in cases_of(root):
        profile = root / f"{case['name']}.profile.json"
        profile.write_text(json.dumps(case["profile"]), encoding="utf-8")
        must(case["hostile"] or not model["refused"] or model["schema"],
             f"{case['name']} is plain and refused: {model['refused']}")
        if not model["refused"]:
            names.append(case["name"])
    must(len(names) > COUNT // 2, f"only {len(names)} of {COUNT} can be judged")
    return names


# --- judges


def judged(report, node, root, names, label):
    with report.case(f"{label}: tsc --strict compiles it"):
        passes(compiled(need(node), root, names))
    with report.case(f"{label}: tinybird generate gives our datafiles"):
        passes(generated(need(node), root, names))


def as_readme_says(node, folder):
    """With the versions that were judged, offline: npm run check, npm run generate."""
    place = folder / "typescript"
    asked = read(place / "package.json")
    locked = {peer.name: peer.version for peer in PEERS}
    must({**asked["dependencies"], **asked["devDependencies"]} == locked, f"it asks for {asked}")
    said = (folder / "README.md").read_text(encoding="utf-8")
    for command in ("check", "generate -- -o out"):
        must(f"\nnpm run {command} " in said, f"README.md does not say npm run {command}")
        ended = npm_run(node, command.split(), place)
        must(ended.returncode == 0, f"npm run {command}: {(ended.stdout + ended.stderr)[-500:]}")
    wrote = {path.stem: path.read_text(encoding="utf-8") for path in (place / "out").rglob("*.*")}
    ours = [path for kind in KINDS for path in (folder / kind).glob("*.*")]
    must(wrote.keys() == {path.stem for path in ours}, f"it writes {sorted(wrote)}")


def npm_run(node, words, place):
    npm = node.program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return subprocess.run([node.program, npm, "run", *words], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=place,
                          env={**os.environ, "NO_COLOR": "1", "TINYBIRD_TOKEN": "none",
                               "NO_UPDATE_NOTIFIER": "1",
                               "PATH": f"{node.program.parent}:{os.environ['PATH']}"})


def need(node):
    if node is None:
        raise Missing("the packages of tinybird-sdk can't be had")
    return node


def passes(found):
    lines = [f"{name}: {line}" for name, listed in found.items() for line in listed]
    must(not lines, "\n".join([f"{len(lines)} found", *lines[:20]]))


def link(node, root):
    """Where both look for packages: in the folders above."""
    modules = root / "node_modules"
    if not modules.exists():
        modules.symlink_to(node.folder / "node_modules")
    return modules


def compiled(node, root, names):
    """What tsc says of each, by one run over all with the settings of the first."""
    modules = link(node, root)
    settings = {"extends": f"./{names[0]}/typescript/tsconfig.json",
                "include": [f"{name}/typescript/src" for name in names]}
    (root / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    strict = read(root / names[0] / "typescript" / "tsconfig.json")["compilerOptions"]["strict"]
    must(strict is True, "tsconfig.json is not strict")
    tsc = modules / "typescript" / "bin" / "tsc"
    listed = node_run(node, [tsc, "--noEmit", "--pretty", "false", "--listFiles", "-p", root], root)
    lines = listed.stdout.splitlines()
    seen = {line for line in lines if line.endswith("/src/tinybird.ts")}
    must(len(seen) == len(names), f"tsc reads {len(seen)} of {len(names)}: {listed.stdout[-500:]}")
    found = collections.defaultdict(list)
    for line in lines:
        if ": error TS" in line:
            found[line.split("/")[0]].append(line)
    must(bool(found) == (listed.returncode != 0), f"tsc ends with {listed.returncode}")
    return found


def node_run(node, words, cwd):
    return subprocess.run([node.program, *words], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=PATIENCE, check=False, cwd=cwd,
                          env={**os.environ, "NO_COLOR": "1"})


def generated(node, root, names):
    """What differs between the datafiles and those that the SDK makes."""
    link(node, root)
    ended = node.run("typescript.mjs", root, *names)
    must(ended.returncode == 0, ended.stderr[-1500:])
    made = {answer["name"]: answer for answer in map(json.loads, ended.stdout.split("\n")[:-1])}
    return {name: list(differences(root / name, read(root / f"{name}.profile.json"), made[name]))
            for name in names}


def differences(folder, profile, made):
    if "error" in made:
        yield made["error"][:300].replace("\n", " / ")
        return
    theirs = {(one["type"], one["name"]): one["content"] for one in made["artifacts"]}
    if len(theirs) != len(made["artifacts"]):
        yield "a resource twice"
    ours = {(kind, path.stem): path for place, kind in KINDS.items()
            for path in sorted((folder / place).glob(f"*.{kind}"))}
    included = set(read(folder / "typescript" / "tinybird.config.json")["include"])
    once = {sink["name"] for sink in profile.get("sinks", []) if sink.get("schedule") == "@once"}
    for key in sorted(theirs.keys() - ours.keys()):
        yield f"{key} is not ours"
    for key, path in ours.items():
        text = path.read_text(encoding="utf-8")
        said = key in theirs and f"../{path.relative_to(folder)}" not in included
        why = reason(path, text, theirs)
        if said != (why is None):
            yield f"{path.name} is " + ("included, though the SDK can say it" if not said else
                                        f"not included, though the SDK can't say {why}")
        if said:
            if path.stem in once and path.parent.name == "sinks":
                text = text.replace("\nEXPORT_SCHEDULE @on-demand\n", "\nEXPORT_SCHEDULE @once\n")
            wanted, found = normal(text), normal(theirs[key])
            if wanted != found:
                yield f"{path.name}: " + first_difference(wanted, found)
        elif key in theirs and theirs[key] != text:
            yield f"{path.name} is included and changed"
        elif key not in theirs and key[0] != "connection":  # (the SDK takes no file of one)
            yield f"{path.name} is neither said nor included"


def normal(text):
    text = re.sub(r"^KAFKA_SSL_CA_PEM >\n(\{\{.*\}\})$", r"KAFKA_SSL_CA_PEM \1", text, flags=re.M)
    lines = [line.lstrip(" ") for line in text.rstrip("\n").split("\n")]
    return [re.sub(r"^`([A-Za-z_]\w*)` ", r"\1 ", line) for line in lines]


def first_difference(wanted, found):
    for number, (ours, theirs) in enumerate(zip(wanted + [None], found + [None]), 1):
        if ours != theirs:
            return f"line {number} is {theirs!r:.150}, not {ours!r:.150}"
    return "more lines"


# --- faults

# Name, judge, project, what is replaced in its tinybird.ts or tinybird.config.json, by what. None
# breaks the grammar: tsc would say nothing of the other files.
FAULTS = [
    ("a changed description", generated, "page", 'description: "', 'description: "Not '),
    ("a secret of another name", generated, "page", 'secret("', 'secret("NOT_'),
    ("a definition that is not exported", generated, "page", "export const", "const"),
    ("a setting left out", generated, "page", "    compression:", "    // compression:"),
    ("a query without FINAL", generated, "hard", " FINAL", ""),
    ("a file that is not included", generated, "practice", '    "src/tinybird.ts",',
     '    "src/tinybird.ts"],"x": ['),
    ("a file that is included needlessly", generated, "page", '    "src/tinybird.ts"',
     '    "src/tinybird.ts", "../sinks/daily_export.pipe"'),
    ("a strategy that is none", compiled, "page", 'strategy: "create_new"', 'strategy: "append"'),
    ("a protocol that is none", compiled, "practice", '"SASL_SSL"', '"SSL"'),
    ("a template that is not escaped", compiled, "page", "sql: `", "sql: `${banana}"),
    ("an import left out", compiled, "page", "  node,\n", ""),
]


def faults(report, node, root, spoilt):
    """Each in a project of its own, all of them before the judges at once."""
    spoilt.mkdir()
    found = {}
    with report.case("faults are seeded and judged"):
        for number, (_, _, project, old, new) in enumerate(FAULTS):
            seed(root, project, spoilt / str(number), old, new)
        names = [str(number) for number in range(len(FAULTS))]
        for judge in (compiled, generated):
            found[judge] = judge(need(node), spoilt, names)
    for number, (name, judge, *_) in enumerate(FAULTS):
        with report.case(f"fault found: {name}"):
            must(found.get(judge, {}).get(str(number)), "it is let pass")


def seed(root, project, place, old, new):
    shutil.copytree(root / project, place)
    shutil.copy(root / f"{project}.profile.json", place.with_name(f"{place.name}.profile.json"))
    for part in ("src/tinybird.ts", "tinybird.config.json"):
        path = place / "typescript" / part
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            return
    raise Failure(f"{project} does not hold {old!r}, so the fault could not be seeded")
