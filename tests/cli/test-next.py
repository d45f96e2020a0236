# SPDX-License-Identifier: GPL-3.0-or-later
"""`barista next`: the contract of its output, and what it says of odd schedules."""

import datetime
import json

from tap import main, run

FROM = ["--from", "2026-11-21T10:00:00Z"]


def runs(*args, code=0):
    done = run("next", *args, "--json")
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout.count("\n") == 1, done.stdout
    answer = json.loads(done.stdout)
    assert set(answer) == {"runs"}, answer
    return answer["runs"], done.stderr


def test_json_is_the_contract():
    done = run("next", "0 0 * * *", "--count", "1", *FROM, "--json")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout == '{"runs":["2026-11-22T00:00:00Z"]}\n', done.stdout


def test_ten_by_default_and_exclusive():
    found, _ = runs("0 10 * * *", *FROM)
    assert len(found) == 10
    assert found[0] == "2026-11-22T10:00:00Z" and found[9] == "2026-12-01T10:00:00Z", found


def test_from_now_by_default():
    before = datetime.datetime.now(datetime.timezone.utc)
    found, _ = runs("*/5 * * * *", "--count", "1")
    first = datetime.datetime.fromisoformat(found[0].replace("Z", "+00:00"))
    assert before < first <= before + datetime.timedelta(minutes=6), (before, first)


def test_from_in_other_zones():
    for text in ("2026-11-21T23:30:00+13:30", "2026-11-21T10:00:00.999z", "2026-11-21T04:00:00-06:00"):
        found, _ = runs("*/5 * * * *", "--count", "1", "--from", text)
        assert found == ["2026-11-21T10:05:00Z"], (text, found)


def test_words_for_people():
    done = run("next", "0 * * * 1-5", "--count", "2", *FROM)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert done.stdout.splitlines() == [
        "At minute 0 of every hour, Monday to Friday (UTC)",
        "  2026-11-23T00:00:00Z", "  2026-11-23T01:00:00Z"], done.stdout


def test_what_never_runs():
    found, said = runs("0 0 31 2 *")
    assert found == [] and "never comes round" in said, said
    for text in ("@on-demand", "@once"):
        assert runs(text) == ([], ""), text


def test_too_often():
    found, said = runs("* * * * *", "--count", "1", *FROM)
    assert found == ["2026-11-21T10:01:00Z"] and "five minutes" in said, said


def test_wrong_use():
    for args in (["banana"], [""], ["0 25 * * *"], ["* * * *"], ["@reboot"], [], ["0 * * * *", "x"],
                 ["0 * * * *", "--count", "-1"], ["0 * * * *", "--count", "10001"],
                 ["0 * * * *", "--count", "x"], ["0 * * * *", "--from", "yesterday"],
                 ["0 * * * *", "--from", "2026-11-21"], ["0 * * * *", "--from", "2026-11-21T10:00:00"],
                 ["0 * * * *", "--from", "2026-02-30T10:00:00Z"],
                 ["0 * * * *", "--from", "1969-12-31T23:59:59Z"],
                 ["0 * * * *", "--from", "2100-01-01T00:00:00Z"]):
        done = run("next", *args, "--json")
        assert done.returncode == 2 and done.stdout == "" and done.stderr, (args, done)


def test_bad_values_are_named():
    done = run("next", "0 25 * * *")
    assert "hour" in done.stderr and "25" in done.stderr, done.stderr


def test_none_and_many():
    assert runs("0 0 * * *", "--count", "0", *FROM)[0] == []
    found, _ = runs("*/5 * * * *", "--count", "10000", *FROM)
    assert len(found) == 10000 and found == sorted(set(found))


def test_a_list_of_schedules():
    done = run("next", "-", "--count", "1", *FROM, "--json",
               stdin="0 0 * * *\n" + "0 " * 5000 + "\n@daily\n")
    assert done.returncode == 2, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"runs": ["2026-11-22T00:00:00Z"]}, None, {"runs": ["2026-11-22T00:00:00Z"]}], done.stdout


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
