# SPDX-License-Identifier: GPL-3.0-or-later
"""The golden files of tests/data: are they still what their makers say?"""

import os
import re
import shutil
import subprocess

from .compatibility import python_package
from .peers import TOP, python_peer
from .report import PATIENCE, must

TITLE = "Golden files"
PEERS = python_package("judges", "fastavro", "avro")
CLAIM = "`tests/data/avro` holds what both libraries say"

AVRO = TOP / "tests" / "data" / "avro"


def flipped(byte):
    return f"{byte[1]}{int(byte[2], 16) ^ 1:02x}"


# In which file, and what becomes of the first place that is found.
FAULTS = {
    "a flipped bit in a datum": ("datums.json", r'("hex": ")([0-9a-f]{2})', flipped),
    "a refused schema told as accepted":
        ("schemas.json", '"verdict": "both refuse"', '"verdict": "both accept"'),
    "damaged bytes told as accepted":
        ("damaged.json", '"verdict": "both refuse"', '"verdict": "both accept"'),
}


def run(report, _barista, folder):
    with report.case("Avro data is what fastavro and official avro say"):
        code, told = checked(AVRO)
        must(code == 0, told)
    for name, (file, pattern, change) in FAULTS.items():
        with report.case(f"fault found: {name}"):
            spoilt = folder / "avro"
            shutil.rmtree(spoilt, ignore_errors=True)
            shutil.copytree(AVRO, spoilt)
            spoil(spoilt / file, pattern, change)
            code, told = checked(spoilt)
            must(code == 1 and told.endswith(f"not what the libraries say now: {file}\n"),
                 f"it is let pass\n{told}")


def checked(folder):
    """How the check of such a folder ends, and what it says."""
    ended = subprocess.run([python_peer("judges"), folder / "generate" / "generate.py", "--check"],
                           capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=PATIENCE,
                           check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    return ended.returncode, ended.stdout + ended.stderr


def spoil(path, pattern, change):
    text, count = re.subn(pattern, change, path.read_text(encoding="utf-8"), count=1)
    must(count == 1, f"no {pattern} in {path.name}, so the fault could not be seeded")
    path.write_text(text, encoding="utf-8")
