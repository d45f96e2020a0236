# SPDX-License-Identifier: GPL-3.0-or-later
"""The token in a keyring: kept, found, forgotten; behind a lock; and never written by a check."""

import contextlib
import json
import pathlib
import subprocess

from tap import changed_profile, check, main, practice, run

SERVICE = pathlib.Path(__file__).parent.parent / "support/secret_service.py"


class Keyring:
    """A Secret Service on this test's own bus, that does as it is told."""

    def __init__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", "-B", SERVICE], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        assert json.loads(self.process.stdout.readline())["ready"]

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@contextlib.contextmanager
def keyring():
    service = Keyring()
    try:
        yield service
    finally:
        service.end()


def test_kept_found_and_forgotten():
    with keyring() as service, practice("--no-tls", "--arrivals", "0") as (info, _):
        path = info["profile"]
        done = run("token", path, "--set", stdin=info["token"] + "\n")
        assert done.returncode == 0, done.stderr
        entry, = service.tell("dump")["entries"]
        assert entry["secret"] == info["token"]
        assert entry["attributes"] == {
            "xdg:schema": "io.github.barista.Barista.Token", "service": "kafka",
            "server": info["bootstrap_servers"], "username": info["username"]}, entry
        assert info["token"] not in entry["label"]

        code, report = check(path)
        assert code == 0, report
        # What is given wins, and then the keyring is not asked.
        code, report = check(path, token="not-the-token-at-all")
        assert code == 1, report
        counted = service.tell("dump")
        assert (counted["stored"], counted["deleted"]) == (1, 0), "a check wrote the keyring"

        done = run("token", path, "--clear")
        assert done.returncode == 0, done.stderr
        assert service.tell("dump")["entries"] == []


def test_locked():
    with keyring() as service, practice("--no-tls", "--arrivals", "0") as (info, _):
        path = info["profile"]
        assert run("token", path, "--set", stdin=info["token"]).returncode == 0
        service.tell("dismiss")
        service.tell("lock")
        for arguments, text in ((["--set"], "another"), (["--clear"], None)):
            done = run("token", path, *arguments, stdin=text)
            assert done.returncode == 1 and done.stderr == "barista: the keyring is locked\n", (
                arguments, done.returncode, done.stdout, done.stderr)
        entry, = service.tell("dump")["entries"]
        assert entry["secret"] == info["token"]

        done = run("check", path, "--json")
        assert done.returncode == 1 and "barista: the keyring is locked\n" in done.stderr, done.stderr
        assert "password-empty" in done.stdout, done.stdout
        # Given, it is not asked for.
        done = run("check", path, "--json", token=info["token"])
        assert done.returncode == 0 and "keyring" not in done.stderr, done.stderr

        # Its prompt answered.
        service.tell("accept")
        assert run("check", path, "--json").returncode == 0
        service.tell("lock")
        done = run("token", path, "--clear")
        assert done.returncode == 0 and service.tell("dump")["entries"] == [], done.stderr


def test_no_keyring():
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    with practice("--no-tls", "--arrivals", "0") as (info, _):
        done = run("check", info["profile"], "--json", env=nowhere)
        assert done.returncode == 1 and "password-empty" in done.stdout, done.stdout
        assert done.stderr.startswith("barista: the keyring can't be used: "), done.stderr
        done = run("topics", info["profile"], "--json", token=info["token"], env=nowhere)
        assert done.returncode == 0 and "keyring" not in done.stderr, done.stderr


def test_the_registrys_own():
    """A token of the registry's own sign-in is another entry."""
    def apart(setup):
        setup["registry"].update(same_sign_in=False, username="reader")

    with keyring() as service, practice("--no-tls", "--arrivals", "0") as (info, _), \
            changed_profile(info, apart) as path:
        run("token", path, "--set", stdin=info["token"])
        _, report = check(path)
        registry = [stage for stage in report["stages"] if stage["service"] == "registry"
                    and stage["result"] == "failed"]
        assert registry, "Kafka's token was taken for the registry's"
        assert len(service.tell("dump")["entries"]) == 1


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
