# SPDX-License-Identifier: GPL-3.0-or-later
"""Every fault that the practice Dekaf can play, and what the check calls it."""

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
# These say nothing for a while: the check's own bound cuts the stage, which then says so.
PATIENT = {"silent": "1", "silent-hello": "1", "slow-sign-in": "1", "no-coordinator": "2"}


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
