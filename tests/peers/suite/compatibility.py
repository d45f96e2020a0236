# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/compatibility.md: which peer, in which version, showed what; written from the suite's results.

A group has a TITLE and may have NOTES (sentences for people: where peers differ). Its lines come
from its cases: `with report.claim(peers, "what they prove"):` around them, or for the whole group
PEERS and CLAIM. Results are kept by group in build/peers/results.json, so that one group can be run,
judged and written alone.
"""

import dataclasses
import hashlib
import json
import pathlib
import re

from .peers import HERE, TOP
from .report import Failure

DOCUMENT = TOP / "docs" / "compatibility.md"
RESULTS = TOP / "build" / "peers" / "results.json"

HEADER = """\
# Compatibility

Software of others that Barista is held against by `./dev test --peers`, and what came of it. Each
line stands for cases that passed; *faults found* counts those in which something was spoilt on
purpose, so that the judge had to notice.

This file is written by `./dev test --peers --doc` from the results of that suite, which fails when
the two no longer say the same.
"""

CELL_END = re.compile(r"(?<!\\) \| ")
COLUMNS = ("peer", "version", "what was proved", "cases", "faults found")


@dataclasses.dataclass(frozen=True)
class Peer:
    """`pinned`: we say which version is installed. Else it is the system's, and another version
    elsewhere does not make the document stale."""

    name: str
    version: str
    pinned: bool = True


def python_package(name, *packages):
    """Packages of requirements/NAME.txt, with the versions that are pinned there."""
    text = (HERE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = {plain(key): value for key, value in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}
    return [Peer(package, pinned[plain(package)]) for package in packages]


def node_package(name, package):
    """A package of node/NAME, with the version that its lock file has."""
    locked = json.loads((HERE / "node" / name / "package-lock.json").read_text(encoding="utf-8"))
    return Peer(package, locked["packages"][f"node_modules/{package}"]["version"])


def plain(name):
    """Names of packages as PyPI compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def kept():
    try:
        return json.loads(RESULTS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def keep(groups):
    """Adds the results of these groups to those of earlier runs."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**kept(), **groups}, indent=1, sort_keys=True, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")


def digest(module):
    """Of a group's own text: results of another one say nothing of it."""
    return hashlib.sha256(pathlib.Path(module.__file__).read_bytes()).hexdigest()


def result_of(module, claims):
    return {"group": digest(module), "title": module.TITLE, "notes": list(getattr(module, "NOTES", ())),
            "claims": [dict(claim) for claim in claims]}


def is_whole(result):
    """All that the group claims was tried, and holds."""
    return bool(result["claims"]) and all(
        claim["passed"] + claim["faults"] and not claim["failed"] + claim["skipped"]
        for claim in result["claims"])


def section(result):
    lines = [f"## {result['title']}", "", row(COLUMNS), "|---|---|---|--:|--:|"]
    for claim in result["claims"]:
        names, versions = (", ".join(dict.fromkeys(peer[part] for peer in claim["peers"]))
                           for part in ("name", "version"))
        lines.append(row((names, versions, claim["text"], claim["passed"], claim["faults"] or "")))
    if result["notes"]:
        lines += ["", *(f"- {note}" for note in result["notes"])]
    return "\n".join(lines) + "\n"


def row(cells):
    return "| " + " | ".join(escape(str(cell)) for cell in cells) + " |"


def escape(text):
    return text.replace("|", "\\|")


def sections(text):
    """The document's head, and its sections by their titles."""
    head, *parts = re.split(r"^(?=## )", text, flags=re.M)
    return head.rstrip("\n") + "\n", {part.split("\n", 1)[0][3:]: part.rstrip("\n") + "\n"
                                      for part in parts}


def document(order, results, old=""):
    """The whole text; a group without whole results of its present text keeps its section."""
    _, present = sections(old)
    parts = [HEADER]
    for name, module in order.items():
        result = results.get(name)
        if result and is_whole(result) and result.get("group") == digest(module):
            parts.append(section(result))
        elif module.TITLE in present:
            parts.append(present[module.TITLE])
    return "\n".join(parts)


def old_text():
    return DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""


def write(order):
    DOCUMENT.write_text(document(order, kept(), old_text()), encoding="utf-8")


def without_system_versions(text, claims):
    """Versions that the system decides, left out of a section."""
    free = {escape(claim["text"]) for claim in claims
            if not all(peer["pinned"] for peer in claim["peers"])}
    lines = [CELL_END.split(line) for line in text.split("\n")]
    return [[*cells[:1], *cells[2:]] if len(cells) > 2 and cells[2] in free else cells
            for cells in lines]


def check_group(result, text):
    """Fails where the document says something else than a whole result."""
    _, present = sections(text)
    there, wanted = present.get(result["title"], ""), section(result)
    compared = (without_system_versions(part, result["claims"]) for part in (there, wanted))
    if next(compared) != next(compared):
        stale = [f"- {line}" for line in there.splitlines() if line not in wanted.splitlines()]
        fresh = [f"+ {line}" for line in wanted.splitlines() if line not in there.splitlines()]
        raise Failure("\n".join(["./dev test --peers --doc writes it anew", *stale, *fresh]))


def check_frame(order, text):
    """Fails where the document has another head, other groups or another order than the suite."""
    head, present = sections(text)
    if head != HEADER or list(present) != [module.TITLE for module in order.values()]:
        raise Failure("./dev test --peers --doc writes it anew: its head or its list of groups")
