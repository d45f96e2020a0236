# SPDX-License-Identifier: GPL-3.0-or-later
"""Barista's command line as the suite uses it: a practice Dekaf that is always stopped again, its
registry, and the folders that `generate` writes."""

import base64
import contextlib
import json
import os
import pathlib
import select
import signal
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from .peers import TOP
from .report import PATIENCE, Failure, must


def find_program():
    """$BARISTA, or the one built last below build/."""
    named = os.environ.get("BARISTA")
    if named:
        return pathlib.Path(named).resolve()
    built = sorted(TOP.glob("build*/**/src/cli/barista"), key=lambda path: path.stat().st_mtime)
    if not built:
        raise SystemExit("peers: no built barista found; ./dev test --peers builds it")
    return built[-1]


class Barista:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        (folder / "home").mkdir()

    def environment(self, token=None, registry_token=None):
        """A home of its own and no session bus, so that no keyring is asked."""
        home = str(self.folder / "home")
        kept = {key: value for key, value in os.environ.items()
                if not key.startswith(("BARISTA_", "XDG_", "DBUS_"))}
        tokens = {"BARISTA_TOKEN": token, "BARISTA_REGISTRY_TOKEN": registry_token}
        return {**kept, "HOME": home, "XDG_RUNTIME_DIR": home, "NO_COLOR": "1",
                **{name: value for name, value in tokens.items() if value}}

    def run(self, *arguments, **options):
        """Options as of run_program()."""
        return self.run_program(self.program, *arguments, **options)

    def run_beside(self, name, *arguments, **options):
        """A program of tests/peers out of the same build; options as of run_program()."""
        return self.run_program(self.program.parents[2] / "tests" / "peers" / name, *arguments,
                                **options)

    def run_program(self, program, *arguments, token=None, registry_token=None, expect=0,
                    stdin=subprocess.DEVNULL):
        ended = subprocess.run([program, *arguments], capture_output=True, text=True,
                               stdin=stdin, timeout=PATIENCE, check=False,
                               env=self.environment(token, registry_token))
        must(ended.returncode in (expect if isinstance(expect, tuple) else (expect,)),
             f"{program.name} {' '.join(map(str, arguments))} ended with {ended.returncode}\n"
             + ended.stderr[-1500:])
        return ended.stdout

    @contextlib.contextmanager
    def practice(self, name, *arguments):
        """A running practice Dekaf without arrivals; `dump` is the file of its records."""
        dump = self.folder / f"{name}.ndjson"
        errors = self.folder / f"{name}.stderr"
        with open(errors, "wb") as stderr, subprocess.Popen(
                [self.program, "practice", "--json", "--arrivals", "0", "--dump", dump, *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
                env=self.environment()) as server:
            try:
                yield Practice(name, read_ready(server, errors), dump)
            finally:
                stop(server)
        must(server.returncode == 0,
             f"practice ended with {server.returncode} after SIGTERM\n"
             + errors.read_text(errors="replace")[-1500:])


def read_ready(server, errors):
    """The one line that it prints when it is ready."""
    ready, _, _ = select.select([server.stdout], [], [], PATIENCE)
    line = server.stdout.readline() if ready else b""
    if not line.strip():
        raise Failure("practice did not become ready\n"
                      + errors.read_text(errors="replace")[-1500:])
    return json.loads(line)


def stop(server):
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Practice:
    def __init__(self, name, ready, dump):
        self.name = name
        self.dump = dump
        self.bootstrap = ready["bootstrap_servers"]
        self.registry = ready["registry_url"]
        self.username = ready["username"]
        self.token = ready["token"]
        self.ca_file = ready["ca_file"]
        self.profile = ready["profile"]
        self.ready = ready

    def records(self):
        with open(self.dump, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def get(self, *segments, user=None):
        """GET of a path whose segments are percent-encoded; status and text."""
        path = "/".join(urllib.parse.quote(segment, safe="") for segment in segments)
        request = urllib.request.Request(f"{self.registry}/{path}")
        pair = user or f"{self.username}:{self.token}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
        trust = ssl.create_default_context(cafile=self.ca_file)
        try:
            with urllib.request.urlopen(request, context=trust, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def subjects(self):
        status, text = self.get("subjects")
        must(status == 200, f"GET /subjects answers {status}: {text}")
        return json.loads(text)

    def latest(self, subject):
        status, text = self.get("subjects", subject, "versions", "latest")
        must(status == 200, f"latest of {subject} answers {status}: {text}")
        return json.loads(text)

    def schema(self, schema_id):
        status, text = self.get("schemas", "ids", str(schema_id))
        must(status == 200, f"schema {schema_id} answers {status}: {text}")
        return json.loads(text)["schema"]
