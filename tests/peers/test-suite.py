# SPDX-License-Identifier: GPL-3.0-or-later
"""What the suite of peers makes of a peer that can't be had, and of its own faults."""

import contextlib
import io
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.path.insert(0, str(HERE))

from suite import kafka  # noqa: E402 (see above)
from suite.report import Failure, Missing, Report  # noqa: E402
from tap import main  # noqa: E402


def test_missing_peer_is_skipped_and_fails_in_ci():
    path = os.environ["PATH"]
    os.environ["PATH"] = "/nonexistent"  # no java
    try:
        for ci, result, code in ((False, "skipped", 0), (True, "failed", 1)):
            report, ended, told = reported(lambda report: kafka.run(report, None, None), ci)
            assert "java is not there" in told, told
            assert report.counts[result] == sum(report.counts.values()) == 2, report.counts
            assert ended == code, ended
    finally:
        os.environ["PATH"] = path


def reported(block, ci):
    """The report of what the block does, how it closes, and what it said, which is no TAP."""
    os.environ.pop("CI", None)
    if ci:
        os.environ["CI"] = "true"
    report = Report()
    try:
        with contextlib.redirect_stdout(io.StringIO()) as told:
            block(report)
            return report, report.close(), told.getvalue()
    finally:
        os.environ.pop("CI", None)


def raising(error):
    def block(report):
        with report.case("a case"):
            if error is not None:
                raise error
    return block


def test_ends_are_told_apart():
    for error, ci, result, code in ((None, False, "passed", 0),
                                    (Failure("no"), True, "failed", 1),
                                    (KeyError("no"), False, "failed", 1),
                                    (Missing("no"), False, "skipped", 0),
                                    (Missing("no"), True, "failed", 1)):
        report, ended, _ = reported(raising(error), ci)
        assert report.counts[result] == sum(report.counts.values()) == 1, (error, report.counts)
        assert ended == code, (error, ended)


def test_nothing_run_is_no_success():
    _, ended, _ = reported(lambda report: None, False)
    assert ended == 1


main([test for name, test in list(globals().items()) if name.startswith("test_")])
