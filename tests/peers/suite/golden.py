# SPDX-License-Identifier: GPL-3.0-or-later
"""The golden files of tests/data: are they still what their makers say?"""

import os
import subprocess

from .compatibility import python_package
from .peers import TOP, python_peer
from .report import must

TITLE = "Golden files"
PEERS = python_package("judges", "fastavro", "avro")
CLAIM = "`tests/data/avro` holds what both libraries say"


def run(report, _barista, _folder):
    with report.case("Avro data is what fastavro and official avro say"):
        script = TOP / "tests" / "data" / "avro" / "generate" / "generate.py"
        ended = subprocess.run([python_peer("judges"), script, "--check"], capture_output=True,
                               text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
                               env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        must(ended.returncode == 0, ended.stdout + ended.stderr)
