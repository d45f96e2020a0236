# SPDX-License-Identifier: GPL-3.0-or-later
"""What the suite of peers makes of a peer that can't be had, and of its own faults."""

import contextlib
import io
import os
import pathlib
import sys
import types

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.path.insert(0, str(HERE))

from suite import compatibility, kafka  # noqa: E402 (see above)
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


def result(title="Brokers", version="1.0", pinned=True, ends=((None, "works"),)):
    """The result of a group with one claim, whose cases end like this."""
    def block(report):
        with report.claim([compatibility.Peer("a | broker", version, pinned)], "it reads"):
            for error, name in ends:
                with report.case(name):
                    if error is not None:
                        raise error
    module = types.SimpleNamespace(TITLE=title, NOTES=["note"], __file__=__file__)
    report, _, _ = reported(block, False)
    return module, compatibility.result_of(module, report.claims)


def refuses(call, *arguments):
    try:
        call(*arguments)
    except Failure:
        return True
    return False


def test_document_says_what_was_proved():
    module, found = result(ends=((None, "works"), (None, "fault found: a bit"), (None, "too")))
    text = compatibility.document({"brokers": module}, {"brokers": found})
    assert text.startswith(compatibility.HEADER), text
    assert text.endswith("\n## Brokers\n\n| peer | version | what was proved | cases | faults found |\n"
                         "|---|---|---|--:|--:|\n| a \\| broker | 1.0 | it reads | 2 | 1 |\n\n"
                         "- note\n"), text
    compatibility.check_group(found, text)
    compatibility.check_frame({"brokers": module}, text)


def test_stale_document_fails():
    module, found = result()
    text = compatibility.document({"brokers": module}, {"brokers": found})
    for old, new in (("1.0", "1.1"), ("it reads", "it writes"), ("| 1 |", "| 2 |"), ("- note", "-"),
                     ("## Brokers", "## Others")):
        assert refuses(compatibility.check_group, found, text.replace(old, new)), new
    other, _ = result("Others")
    for order, changed in (({"brokers": module, "others": other}, text),
                           ({"brokers": module}, text + "\n## Others\n"),
                           ({"brokers": module}, text.replace("Software", "Hardware"))):
        assert refuses(compatibility.check_frame, order, changed), changed


def test_version_of_the_system_makes_nothing_stale():
    module, found = result(version="2.0", pinned=False)
    text = compatibility.document({"brokers": module}, {"brokers": found})
    compatibility.check_group(found, text.replace("2.0", "1.9"))
    assert refuses(compatibility.check_group, found, text.replace("reads", "writes"))


def test_what_is_not_proved_is_not_written():
    module, good = result()
    old = compatibility.document({"brokers": module}, {"brokers": good})
    for ends in (((Failure("no"), "fails"), (None, "works")), ((Missing("no"), "lacks"),), ()):
        _, found = result(version="9", ends=ends)
        assert not compatibility.is_whole(found), found
        assert compatibility.document({"brokers": module}, {"brokers": found}, old) == old
    _, found = result(version="9")
    found["group"] = "of another text"
    assert compatibility.document({"brokers": module}, {"brokers": found}, old) == old


main([test for name, test in list(globals().items()) if name.startswith("test_")])
