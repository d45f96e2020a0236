# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is asked of the program, a token goes to the one private file and nowhere else; and what a
terminal, a pipe or a missing keyring does to its output."""

import base64
import contextlib
import json
import os
import pty
import random
import re
import select
import signal
import stat
import string
import subprocess
import tempfile
import urllib.parse

from tap import BARISTA, TIMEOUT, changed_profile, check, closed_port, main, practice, profile, run

ODD = string.ascii_letters + string.digits + "-_#$'\"\\ %&{}é注`:@/"


def spellings(token):
    """The ways in which a token could stand in a file."""
    raw = token.encode()
    found = {raw, json.dumps(token)[1:-1].encode(), json.dumps(token, ensure_ascii=False)[1:-1].encode(),
             urllib.parse.quote(token, safe="").encode(), urllib.parse.quote(token).encode(),
             raw.hex().encode()}
    for offset in range(3):  # base64 of a text with the token at any place
        coded = base64.b64encode(b"x" * offset + raw)
        found.add(coded[4 if offset else 0:len(coded) - 4])
    return {text for text in found if len(text) > 8}


def assert_hidden(token, *texts, where=""):
    for text in texts:
        data = text if isinstance(text, bytes) else text.encode(errors="surrogateescape")
        for spelling in spellings(token):
            assert spelling not in data, (where, data[:2000])


def assert_only_in_the_private_file(token, folder):
    """True if there is one; nothing else below the folder has the token."""
    held = False
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                data = file.read()
            if name.endswith(".config.yaml"):
                assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, path
                held = True
            else:
                assert_hidden(token, data, where=path)
    return held


def random_setup(chance, number):
    """Members of a profile, for a server that refuses everything."""
    server = {"bootstrap_servers": [f"127.0.0.1:{closed_port()}"],
              "security_protocol": chance.choice(("SASL_SSL", "SASL_PLAINTEXT"))}
    topics = [{"topic": f"acmeCo/t{i}", "deletions": chance.choice(("none", "hard", "soft-document"))}
              for i in range(chance.randrange(1, 3))]
    return {"task": {"name": f"acmeCo/prod/tinybird{number}", "managed": chance.random() < 0.6,
                     "published": chance.random() < 0.5, "deletions": chance.choice(("cdc", "kafka")),
                     "collections": [topic["topic"] for topic in topics]},
            "server": server, "topics": topics,
            "sign_in": {"mechanism": chance.choice(("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"))},
            "registry": {"enabled": chance.random() < 0.5,
                         "url": f"http://127.0.0.1:{closed_port()}"},
            "project": {"format": chance.choice(("forward", "classic"))}}


def test_random_setups_give_no_token_away():
    private = 0
    for number in range(25):
        chance = random.Random(number)
        token = "".join(chance.choices(ODD, k=chance.randrange(12, 60))).strip() + "e9"
        with profile(**random_setup(chance, number)) as path, \
                tempfile.TemporaryDirectory() as folder:
            report = os.path.join(folder, "report.json")
            for arguments in (["check", path, "--json", "--report", report, "--timeout", "20"],
                              ["topics", path], ["schema", path, "--topic", "acmeCo/t0"],
                              ["generate", path, "--output", os.path.join(folder, "a"), "--diff"],
                              ["generate", path, "--output", os.path.join(folder, "b"), "--only",
                               "flow", "--json"],
                              ["generate", path, "--output", os.path.join(folder, "b"), "--only",
                               "flow", "--diff", "--dry-run"]):
                done = run(*arguments, token=token)
                assert done.returncode in (0, 1), (arguments, done.returncode, done.stderr)
                assert_hidden(token, done.stdout, done.stderr, where=arguments)
            private += assert_only_in_the_private_file(token, folder)
    assert 5 < private < 25, private


def test_a_working_task_gives_no_token_away():
    for mode in ("cdc", "kafka"):
        with practice("--deletions", mode, "--arrivals", "0") as (info, _), \
                tempfile.TemporaryDirectory() as folder:
            token = info["token"]
            report = os.path.join(folder, "report.json")
            for arguments in (["check", info["profile"], "--join", "--report", report],
                              ["topics", info["profile"], "--json"],
                              ["schema", info["profile"], "--topic", "acmeCo/orders", "--json"],
                              ["generate", info["profile"], "--output", os.path.join(folder, "a"),
                               "--diff"]):
                done = run(*arguments, token=token)
                assert done.returncode == 0, (arguments, done.stderr)
                assert_hidden(token, done.stdout, done.stderr, where=arguments)
            assert assert_only_in_the_private_file(token, folder)


def test_a_created_task_from_its_files_to_its_rows():
    """Flow files without a network, the check as soon as the task is known, then the rest."""
    def unpublish(setup):
        setup["task"]["published"] = False

    def unreachable(setup):
        unpublish(setup)
        setup["server"]["bootstrap_servers"] = [f"127.0.0.1:{closed_port()}"]
        setup["registry"]["url"] = f"https://127.0.0.1:{closed_port()}"

    with practice("--scenario", "task-unpublished", "--deletions", "cdc", "--arrivals", "0") as (
            info, server), tempfile.TemporaryDirectory() as folder, \
            changed_profile(info, unpublish) as path:
        token = info["token"]
        with changed_profile(info, unreachable) as far:
            done = run("generate", far, "--output", folder, "--only", "flow", token=token)
        assert done.returncode == 0, done.stderr
        assert os.path.exists(os.path.join(folder, "estuary", "tinybird.flow.yaml"))
        assert os.path.exists(os.path.join(folder, "estuary", "tinybird.config.yaml"))

        code, report = check(path, token=token)
        states = {stage["cause"] for stage in report["stages"] if stage["result"] == "failed"}
        assert code == 1 and states == {"task-not-published"}, report
        done = run("generate", path, "--output", folder, token=token)
        assert done.returncode == 1 and "task-not-published" in done.stderr, done.stderr

        # On a terminal the wait is told: then it is published.
        with terminal("check", path, "--wait", "90", token=token) as (waiting, screen):
            read_until(screen, b"asking again")
            server.send_signal(signal.SIGUSR1)
            read_until(screen, None)
            assert waiting.wait(timeout=TIMEOUT) == 0
        done = run("generate", path, "--output", folder, token=token)
        assert done.returncode == 0, done.stderr
        assert os.path.exists(os.path.join(folder, "datasources", "orders.datasource"))


def test_an_existing_task_is_never_published():
    def existing(setup):
        setup["task"]["managed"] = False
        setup["task"].pop("collections", None)

    with practice("--deletions", "cdc", "--arrivals", "0") as (info, _), \
            changed_profile(info, existing) as path:
        for arguments in ([], ["--only", "flow"], ["--format", "classic"]):
            with tempfile.TemporaryDirectory() as folder:
                done = run("generate", path, "--output", folder, *arguments, token=info["token"])
                assert done.returncode == 0, done.stderr
                assert os.listdir(os.path.join(folder, "estuary")) == ["reference"]
                for parent, _, names in os.walk(folder):
                    for name in names:
                        with open(os.path.join(parent, name), encoding="utf-8") as file:
                            text = file.read()
                        assert not re.search(r"flowctl +(catalog )?publish", text), name
                        if name.endswith(".flow.yaml"):
                            assert text.startswith("# Do not publish this file"), text[:80]
                            assert "token" not in text and ".config.yaml" not in text, text
                        assert not name.endswith(".config.yaml"), name


@contextlib.contextmanager
def terminal(*arguments, token=None, **environment):
    """The program with its messages on a terminal; gives the process and the terminal's other end."""
    ours, theirs = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BARISTA_")}
    process = subprocess.Popen(
        [BARISTA, *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        env={**kept, "TERM": "xterm", **({"BARISTA_TOKEN": token} if token else {}), **environment})
    os.close(theirs)
    try:
        yield process, ours
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


def read_until(screen, text):
    """What the terminal shows, until @text; None: to its end."""
    shown = b""
    while text is None or text not in shown:
        ready, _, _ = select.select([screen], [], [], TIMEOUT)
        assert ready, shown
        try:
            data = os.read(screen, 65536)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        shown += data
    assert text is None or text in shown, shown
    return shown


COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


def test_colours_are_for_terminals_that_want_them():
    with profile(server={"bootstrap_servers": [f"127.0.0.1:{closed_port()}"]},
                 sign_in={"username": "x"}, registry={"enabled": False}) as path:
        shown = {}
        for wish in ("", "1"):
            with terminal("check", path, token="x" * 20, NO_COLOR=wish) as (process, screen):
                shown[wish] = read_until(screen, None)
                process.wait(timeout=TIMEOUT)
        piped = run("check", path, token="x" * 20)
    assert COLOUR.search(shown[""]), shown[""]
    assert not COLOUR.search(shown["1"]), shown["1"]
    assert "\x1b" not in piped.stdout + piped.stderr


CLOSED = [("next", "* * * * *", "--count", "5000"), ("practice", "--list-scenarios"),
          ("topics", "practice"), ("schema", "practice", "--topic", "acmeCo/orders"), ("--help",)]


def test_a_reader_that_goes_ends_it_quietly():
    for arguments in CLOSED:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = subprocess.run([BARISTA, *arguments], stdin=subprocess.DEVNULL, stdout=writing,
                                  stderr=subprocess.PIPE, text=True, timeout=TIMEOUT)
        finally:
            os.close(writing)
        assert done.returncode in (1, -signal.SIGPIPE), (arguments, done.returncode, done.stderr)
        assert "CRITICAL" not in done.stderr and "assert" not in done.stderr, done.stderr


def test_without_standard_output_no_file_gets_it():
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", BARISTA, "generate", "practice",
                               "--output", os.path.join(folder, "p"), "--json"],
                              stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              timeout=TIMEOUT)
        assert done.returncode in (0, 1), (done.returncode, done.stderr)
        for parent, _, names in os.walk(folder):
            for name in names:
                with open(os.path.join(parent, name), encoding="utf-8") as file:
                    assert '"files":' not in file.read() or name == ".barista.json", name
        # What was written is whole.
        again = run("generate", "practice", "--output", os.path.join(folder, "p"), "--json")
        assert again.returncode == 0, again.stderr
        assert {file["status"] for file in json.loads(again.stdout)["files"]} <= {"same", "new"}


def test_without_a_keyring():
    with profile(server={"bootstrap_servers": [f"127.0.0.1:{closed_port()}"]},
                 sign_in={"username": "x"}, registry={"enabled": False}) as path:
        nothing = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}
        code, report = check(path, env=nothing)
        failed = {stage["cause"] for stage in report["stages"] if stage["result"] == "failed"}
        assert code == 1 and failed & {"password-empty", "connection-refused"}, report
        for arguments in (["--set"], ["--clear"]):
            done = run("token", path, *arguments, stdin="a-token-of-some-length\n", env=nothing)
            assert done.returncode == 1 and done.stderr.startswith("barista: "), (
                arguments, done.returncode, done.stderr)
            assert_hidden("a-token-of-some-length", done.stdout, done.stderr)


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
