# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault that the practice Dekaf can play, and what the check calls it."""

import contextlib
import http.server
import threading
import urllib.error
import urllib.request

from tap import changed_profile, check, main, practice, run

# name: (service, stage, cause); a cause in brackets is a hint on a stage that passed.
SCENARIOS = {
    "client-certificate": ("kafka", "hello", "tls-client-certificate-required"),
    "connection-limit": ("kafka", "tls", "connection-closed-at-once"),
    "damaged-batch": ("kafka", "sample", "record-undecodable"),
    "damaged-record": ("kafka", "sample", "record-undecodable"),
    "empty-topic": ("kafka", "sample", "(topic-empty)"),
    "expired-certificate": ("kafka", "tls", "tls-expired"),
    "group-used": ("kafka", "group", "group-already-used"),
    "http-port": ("kafka", "tls", "tls-server-http"),
    "metadata-12": None,
    "metadata-7": None,
    "metadata-closed": ("kafka", "metadata", "metadata-closed"),
    "no-coordinator": ("kafka", "group", "group-coordinator-unavailable"),
    "no-sign-in": ("kafka", "sasl", "sign-in-not-offered"),
    "no-topics": ("kafka", "metadata", "no-topics"),
    "not-kafka": ("kafka", "hello", "server-not-kafka"),
    "not-ready": ("kafka", "topic", "topic-not-ready"),
    "not-yet-valid": ("kafka", "tls", "tls-not-yet-valid"),
    "other-mechanism": ("kafka", "sasl", "sasl-mechanism-refused"),
    "plain-port": ("kafka", "tls", "tls-server-plaintext"),
    "preview": None,
    "redirect": ("kafka", "metadata", "(redirected)"),
    "redirect-refused": ("kafka", "metadata", "redirect-refused"),
    "redirect-unreachable": ("kafka", "metadata", "redirect-unreachable"),
    "refuse-sign-in": ("kafka", "sasl", "sign-in-refused"),
    "registry-500": ("registry", "registry", "registry-error"),
    "registry-down": ("registry", "tcp", "connection-refused"),
    "registry-html": ("registry", "registry", "registry-not-json"),
    "registry-not-found": ("registry", "registry", "registry-not-found"),
    "registry-refused": ("registry", "registry", "sign-in-refused"),
    "schema-missing": ("registry", "registry", "schema-missing"),
    "schema-trouble": ("kafka", "sample", "topic-schema-trouble"),
    "schema-unsupported": ("registry", "registry", "schema-unsupported"),
    "sign-in-closed": ("kafka", "sasl", "sign-in-closed"),
    "sign-in-unavailable": ("kafka", "sasl", "sign-in-unavailable"),
    "silent": ("kafka", "tls", "server-silent"),
    "silent-hello": ("kafka", "hello", "server-silent"),
    "slow-sign-in": ("kafka", "sasl", "sign-in-unavailable"),
    "task-unpublished": ("kafka", "sasl", "task-not-published"),
    "unknown-ca": ("kafka", "tls", "tls-unknown-ca"),
    "unknown-schema": ("kafka", "sample", "record-undecodable"),
    "web-port": ("kafka", "hello", "server-is-http"),
    "wrong-host": ("kafka", "tls", "tls-wrong-host"),
}
# These say nothing for a while: the check's own bound cuts the stage, which then says so. What comes
# before it must fit in too, on a busy computer as well.
PATIENT = {"silent": "1", "silent-hello": "6", "slow-sign-in": "6", "no-coordinator": "6"}


def play(name, expected):
    with practice("--scenario", name, "--arrivals", "0") as (info, _):
        code, report = check(info["profile"], "--timeout", PATIENT.get(name, "30"),
                             token=info["token"])
    failed = [stage for stage in report["stages"] if stage["result"] == "failed"]
    if expected is None:
        assert code == 0 and not failed, failed
        return
    service, stage, cause = expected
    told = [s for s in report["stages"] if (s["service"], s["stage"]) == (service, stage)
            and s["cause"] == cause.strip("()")]
    assert told, (name, [(s["service"], s["stage"], s["cause"]) for s in failed])
    assert (code == 0) == cause.startswith("("), (name, code, failed)
    assert told[0]["title"] and told[0]["body"] and told[0]["evidence"], told[0]
    assert "(not said)" not in told[0]["title"] + told[0]["body"], told[0]
    for text in (told[0]["title"], told[0]["body"]):
        assert info["token"] not in text
    # One cause per service, but for what occurs once per topic.
    for one in ("kafka", "registry"):
        causes = [s for s in failed if s["service"] == one and s["topic"] is None]
        assert len(causes) <= 1, causes


@contextlib.contextmanager
def failing_by_id(registry, status, words):
    """A way to @registry that answers @status where a schema is asked for by its number: 0 hangs
    up, None is silent until the client has gone."""
    class Way(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            code, body = status, words
            if not self.path.startswith("/schemas/ids/"):
                request = urllib.request.Request(registry + self.path)
                request.add_header("Authorization", self.headers.get("Authorization", ""))
                try:
                    with urllib.request.urlopen(request) as answer:
                        code, body = answer.status, answer.read()
                except urllib.error.HTTPError as refusal:
                    code, body = refusal.code, refusal.read()
            if code is None:
                self.rfile.read()
            if not code:
                return
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Way)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# What the registry does, and how the sample ends: its cause and how that is titled.
BY_ID = (
    ((503, b"down for repair"), "registry-error", "Schema registry is having trouble (503)"),
    ((401, b"go away"), "registry-refused", "Schema registry refused the sign-in"),
    ((400, b"Invalid username or password"), "sign-in-refused",
     "Schema registry: Sign-in refused"),
    ((0, b""), "reading-closed", "Schema registry: localhost hung up over acmeCo/customers"),
    ((None, b""), "server-silent", "Schema registry: No answer from localhost"),
    ((404, b"no such schema"), "record-undecodable", "These messages can't be read"),
)


def test_trouble_of_the_registry_is_not_the_record_s():
    with practice("--no-tls", "--arrivals", "0", "--scenario", "unknown-schema") as (info, _):
        for (status, words), cause, title in BY_ID:
            with failing_by_id(info["registry_url"], status, words) as url, \
                    changed_profile(info, lambda setup: setup["registry"].update(
                        url=url.replace("127.0.0.1", "localhost"))) as path:
                report = check(path, "--timeout", "5" if status is None else "30",
                               token=info["token"])[1]
            failed, *later = [stage for stage in report["stages"] if stage["result"] == "failed"]
            told = failed["stage"], failed["cause"], failed["title"]
            assert told == ("sample", cause, title), told
            assert "(not said)" not in failed["body"], failed
            assert status is None or not later, later  # its wait takes all the time that there is


def test_each_scenario_is_listed():
    listed = {line.split()[0] for line in run("practice", "--list-scenarios").stdout.splitlines()}
    assert listed == set(SCENARIOS), listed ^ set(SCENARIOS)


def test_waits_until_the_task_is_published():
    def unpublish(setup):
        setup["task"]["published"] = False

    with practice("--scenario", "task-unpublished") as (info, _):
        with changed_profile(info, unpublish) as path:
            code, report = check(path, "--wait", "60", token=info["token"])
    assert code == 0 and report["result"] == "passed", report


def scenario_test(name, expected):
    def test():
        play(name, expected)
    test.__name__ = f"test_{name}"
    return test


main([value for name, value in sorted(globals().items()) if name.startswith("test_")]
     + [scenario_test(name, expected) for name, expected in SCENARIOS.items()])
