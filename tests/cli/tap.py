# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command line's tests share: running the program, playing a peer, saying TAP."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback

BARISTA = os.path.abspath(sys.argv[1])  # some run it in another folder
TIMEOUT = 120


def run(*args, token=None, stdin=None, env=None, fds=(), cwd=None):
    """The finished process: returncode, stdout and stderr as text."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BARISTA_")}
    environment.update(env or {})
    if token is not None:
        environment["BARISTA_TOKEN"] = token
    return subprocess.run(
        [BARISTA, *args], input=stdin, capture_output=True, text=True, timeout=TIMEOUT,
        env=environment, pass_fds=fds, cwd=cwd,
        stdin=None if stdin is not None else subprocess.DEVNULL)


@contextlib.contextmanager
def practice(*args):
    """A running practice Dekaf: what its JSON line says, and its process."""
    process = subprocess.Popen([BARISTA, "practice", "--json", *args], stdout=subprocess.PIPE,
                               text=True, stdin=subprocess.DEVNULL)
    try:
        line = process.stdout.readline()
        assert line, f"practice ended with {process.wait()} before it was ready"
        yield json.loads(line), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        process.stdout.close()


@contextlib.contextmanager
def peer(answer):
    """A listener on loopback that reads a little, says @answer and hangs up; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(4096)
                    connection.sendall(answer)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@contextlib.contextmanager
def relay(port):
    """A way to @port of loopback that counts whose turn it is; gives its own port and the turns."""
    listener = socket.create_server(("127.0.0.1", 0))
    turns = []

    def pump(source, target, who):
        while True:
            try:
                data = source.recv(65536)
                if not data:
                    break
                if not turns or turns[-1] != who:
                    turns.append(who)
                target.sendall(data)
            except OSError:
                break
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def serve():
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            back = threading.Thread(target=pump, args=(server, client, "server"))
            back.start()
            pump(client, server, "client")
            back.join()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], turns
    finally:
        listener.close()
        thread.join(timeout=30)


def read_tree(folder):
    tree = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                tree[os.path.relpath(path, folder)] = file.read()
    return tree


def closed_port():
    """A port of loopback that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def profile(**members):
    """A profile file with these members."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "test.barista")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"format": "barista-setup", "version": 1, **members}, file)
        yield path


@contextlib.contextmanager
def changed_profile(info, change):
    """The practice profile after @change has had its way with it."""
    with open(info["profile"], encoding="utf-8") as file:
        setup = json.load(file)
    change(setup)
    setup.pop("format"), setup.pop("version")
    with profile(**setup) as path:
        yield path


def causes(report, service="kafka"):
    return [stage["cause"] for stage in report["stages"]
            if stage["service"] == service and stage["result"] == "failed"]


def check(path, *args, **kwargs):
    """Exit code and report of `check --json`."""
    done = run("check", path, "--json", *args, **kwargs)
    assert done.stdout.count("\n") == 1, done.stdout + done.stderr
    return done.returncode, json.loads(done.stdout)


def main(tests):
    """Runs the functions and says TAP."""
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix("test_").replace("_", "-")
        try:
            test()
            print(f"ok {number} {name}", flush=True)
        except Exception:  # a test may fail in any way
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}", flush=True)
    sys.exit(1 if failed else 0)
