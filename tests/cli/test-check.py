# SPDX-License-Identifier: GPL-3.0-or-later
"""`barista check`, `topics` and `practice`: the contract of their output, and what faults are called."""

import contextlib
import json
import os
import pty
import re
import signal
import stat
import subprocess
import tempfile

from tap import (BARISTA, TIMEOUT, causes, changed_profile, check, closed_port, main, peer, practice,
                 profile, relay, run)

KAFKA = ["lint", "name", "tcp", "tls", "hello", "sasl", "metadata"]
STAGE_MEMBERS = {"service", "stage", "host", "topic", "result", "cause", "hints", "title", "body",
                 "duration_ms", "evidence"}


def test_practice_passes_every_stage():
    code, report = check("practice")
    assert code == 0 and report["result"] == "passed", report
    assert set(report) == {"result", "stages", "topics"}
    for stage in report["stages"]:
        assert set(stage) == STAGE_MEMBERS, stage
        assert stage["result"] == "passed", stage
    kafka = [s["stage"] for s in report["stages"] if s["service"] == "kafka"]
    assert kafka[:7] == KAFKA, kafka
    assert [s["stage"] for s in report["stages"] if s["service"] == "registry"] == [
        "lint", "name", "tcp", "tls", "registry"]
    assert kafka[7:] == ["topic", "sample", "group"] * 3, kafka
    assert len(report["topics"]) >= 6
    for topic in report["topics"]:
        assert set(topic) == {"name", "decoded_name", "partitions", "ready"}, topic
        assert topic["ready"] and topic["partitions"] >= 1


def test_practice_passes_with_other_modes():
    for options in (["--deletions", "cdc"], ["--no-tls"]):
        with practice(*options) as (info, _):
            code, report = check(info["profile"], token=info["token"])
            stages = [s for s in report["stages"] if s["result"] == "failed"]
            assert code == 0, (options, stages)


def test_strict_names_are_refused_in_groups():
    with practice("--strict") as (info, _):
        code, report = check(info["profile"], token=info["token"])
        assert code == 1
        assert set(causes(report)) == {"group-join-refused"}, causes(report)
        for topic in report["topics"]:
            assert topic["decoded_name"] == topic["name"].replace(".2F", "/").replace(".5F", "_")
        assert not causes(report, "registry")


def group_stages(*options):
    with practice(*options) as (info, _):
        _, report = check(info["profile"], "--join", token=info["token"])
        return report, [s for s in report["stages"] if s["stage"] == "group"]


def test_throw_away_group_is_joined():
    for options in ([], ["--no-tls"], ["--scenario", "redirect"]):
        report, groups = group_stages(*options)
        assert report["result"] == "passed" and len(groups) == 3, (options, report)
        assert all(s["evidence"]["joined"] for s in groups), (options, groups)
        together = [s["evidence"].get("joined_together") for s in groups]
        assert together == [True, None, None] and not any(s["cause"] for s in groups), groups


def test_join_is_refused_under_strict_names():
    _, groups = group_stages("--strict")
    assert {s["cause"] for s in groups} == {"group-join-refused"}, groups
    assert not any(s["evidence"].get("joined") for s in groups), groups


def test_join_stays_away_from_a_topic_that_is_not_ready():
    # Each topic has a group of its own: one that is not ready takes none of the others with it.
    report, groups = group_stages("--scenario", "not-ready")
    assert causes(report) == ["topic-not-ready"], causes(report)
    assert [s["result"] for s in groups] == ["skipped", "passed", "passed"], groups
    assert [s["evidence"].get("joined") for s in groups] == [None, True, True], groups


def test_join_of_all_topics_is_held_back_by_one():
    # dekaf.md 1.9: a subscription is refused as a whole. Told once, as a hint.
    _, groups = group_stages("--scenario", "not-ready")
    assert [s["cause"] for s in groups] == [None, "group-held-back", None], groups
    assert groups[1]["evidence"]["joined_together"] is False, groups
    assert groups[1]["evidence"]["unready_topics"] == ["acmeCo/adjustments"], groups


def test_words_on_a_terminal_and_in_a_pipe():
    done = run("check", "practice")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\033" not in done.stdout + done.stderr and "\r" not in done.stdout
    assert "Sign-in" in done.stdout and "All links hold." in done.stdout
    assert done.stderr == "", done.stderr


def test_progress_stays_on_the_terminal():
    for command in (["check", "practice"], ["check", "practice", "--json"], ["topics", "practice"],
                    ["schema", "practice", "--topic", "acmeCo/orders"]):
        main_end, terminal = pty.openpty()
        process = subprocess.Popen([BARISTA, *command], stdout=subprocess.PIPE, stderr=terminal,
                                   text=True, stdin=subprocess.DEVNULL,
                                   env={**os.environ, "TERM": "xterm"})
        os.close(terminal)
        told = read_all(main_end)
        output, _ = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 0 and "\033" not in output, output
        assert "Sign-in" in told and told.endswith("\r\033[K"), told


def read_all(terminal):
    """What came over a terminal until its other end was closed."""
    parts = []
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 4096):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


def test_metadata_after_four_answers():
    # Beside the TCP connection and TLS's one round trip: ApiVersions, SaslHandshake,
    # SaslAuthenticate, Metadata, and nothing else.
    with practice("--no-tls") as (info, _):
        host, port = info["bootstrap_servers"].rsplit(":", 1)
        with relay(int(port)) as (own, turns):
            def detour(setup):
                setup["server"]["bootstrap_servers"] = [f"{host}:{own}"]
                setup["registry"] = {"enabled": False}

            with changed_profile(info, detour) as path:
                done = run("topics", path, "--json", token=info["token"])
                assert done.returncode == 0, done.stderr
        # After the fourth answer the client goes to the advertised port on its own.
        assert turns == ["client", "server"] * 4, turns


def test_wrong_token():
    code, report = check("practice", token="not-the-token")
    assert code == 1 and report["result"] == "failed"
    assert causes(report) == ["sign-in-refused"], causes(report)
    assert causes(report, "registry") == ["sign-in-refused"], causes(report, "registry")
    assert "not-the-token" not in json.dumps(report)
    skipped = {s["stage"] for s in report["stages"] if s["result"] == "skipped"}
    assert {"metadata", "topic", "sample", "group"} <= skipped, skipped


def test_token_by_descriptor_wins():
    with practice() as (info, _):
        reader, writer = os.pipe()
        os.write(writer, info["token"].encode() + b"\n")
        os.close(writer)
        code, _ = check(info["profile"], "--token-fd", str(reader), token="wrong", fds=(reader,))
        os.close(reader)
        assert code == 0


def test_without_token():
    with practice() as (info, _):
        code, report = check(info["profile"], token="")
        assert code == 1 and causes(report) == ["password-empty"], report


def test_registry_with_its_own_sign_in():
    # Its user name (none: no sign-in), its password, and what is said of it.
    ways = (
        ("reader", "", "password-empty", "Schema registry: Enter the password",
         "reader has none here."),
        (None, "", "registry-refused", "Schema registry wants a sign-in",
         "It was asked without one. Give it a user name and a password."),
        ("", "", "registry-refused", "Schema registry wants a sign-in",
         "It was asked without one. Give it a user name and a password."),
    )
    with practice("--arrivals", "0") as (info, _):
        def own(setup):
            setup["registry"].update(same_sign_in=False, username=name)

        for name, password, *said in ways:
            with changed_profile(info, own) as path:
                code, report = check(path, token=info["token"],
                                     env={"BARISTA_REGISTRY_TOKEN": password})
            told = [[s["cause"], s["title"], s["body"]] for s in report["stages"]
                    if s["service"] == "registry" and s["result"] == "failed"]
            assert code == 1 and told == [said], (name, told)
            assert not causes(report), report

        name = info["username"]
        with changed_profile(info, own) as path:
            code, report = check(path, token=info["token"],
                                 env={"BARISTA_REGISTRY_TOKEN": info["token"]})
        assert code == 0, report


def test_unpublished_task_is_a_state():
    def unpublish(setup):
        setup["task"]["published"] = False

    with practice() as (info, _), changed_profile(info, unpublish) as path:
        code, report = check(path, token="not-the-token")
        assert code == 1
        assert causes(report) == ["task-not-published"], causes(report)
        assert causes(report, "registry") == ["task-not-published"]
        done = run("check", path, token="not-the-token")
        assert done.stdout.count("barista check PROFILE --wait 600") == 1, done.stdout
        assert "by itself" not in done.stdout, done.stdout
        done = run("topics", path, token="not-the-token")
        assert done.stderr.count("barista check PROFILE --wait 600") == 1, done.stderr


def fault(port, protocol="SASL_SSL"):
    with profile(server={"bootstrap_servers": [f"127.0.0.1:{port}"],
                         "security_protocol": protocol},
                 sign_in={"username": "acmeCo/practice/tinybird"},
                 registry={"enabled": False}) as path:
        code, report = check(path, "--timeout", "5", token="x")
        assert code == 1
        failed = next(s for s in report["stages"] if s["result"] == "failed")
        assert failed["evidence"]["host"] == "127.0.0.1", failed
        return causes(report), failed


def test_closed_port():
    found, failed = fault(closed_port())
    assert found == ["connection-refused"] and failed["stage"] == "tcp"
    assert any("refused" in line for line in failed["evidence"]["attempts"]), failed


def test_plain_port():
    with practice("--no-tls") as (info, _):
        found, failed = fault(info["bootstrap_servers"].rsplit(":", 1)[1])
        assert found == ["tls-server-plaintext"], failed
        assert failed["evidence"]["second_look"] == "kafka"


def test_http_port():
    with peer(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        found, failed = fault(port)
        assert found == ["tls-server-http"] and failed["stage"] == "tls", failed
        assert failed["evidence"]["first_bytes"].startswith("48545450"), failed


def test_registry_port():
    with practice() as (info, _):
        def move(setup):
            address = info["registry_url"].removeprefix("https://")
            setup["server"]["bootstrap_servers"] = [address]
            setup["registry"] = {"enabled": False}

        with changed_profile(info, move) as path:
            _, report = check(path, token=info["token"])
            assert causes(report) == ["server-is-http"], report


def test_wrong_registry_addresses():
    with practice() as (info, _):
        kafka = "https://" + info["bootstrap_servers"]
        plain = info["registry_url"].replace("https:", "http:")
        for address in (kafka, plain):
            def move(setup, address=address):
                setup["registry"]["url"] = address

            with changed_profile(info, move) as path:
                _, report = check(path, token=info["token"])
                assert causes(report, "registry") == ["registry-not-found"], (address, report)
                assert not causes(report), report


def test_missing_ca_file():
    def lose(setup):
        setup["server"]["ca_file"] = "/nowhere/ca.pem"

    with practice() as (info, _), changed_profile(info, lose) as path:
        _, report = check(path, token=info["token"])
        assert causes(report) == causes(report, "registry") == ["ca-file-invalid"], report
        assert all("/nowhere/ca.pem" in s["body"] for s in report["stages"] if s["cause"]), report


def scenario(*names, expect, service="kafka", options=()):
    args = [word for name in names for word in ("--scenario", name)]
    with practice(*args, *options) as (info, _):
        code, report = check(info["profile"], token=info["token"])
        assert code == 1, report
        assert expect in causes(report, service), (names, causes(report, service))
        return next(s for s in report["stages"] if s["cause"] == expect)


def test_expired_certificate():
    failed = scenario("expired-certificate", expect="tls-expired")
    assert failed["evidence"]["tls_flags"] == ["expired"], failed
    assert "certificate_not_after" in failed["evidence"]


def test_other_certificates():
    scenario("wrong-host", expect="tls-wrong-host")
    scenario("unknown-ca", expect="tls-unknown-ca")
    scenario("not-yet-valid", expect="tls-not-yet-valid")


def test_wrong_answers():
    for word in ("http://x", "host:port", "a b"):
        with profile(server={"bootstrap_servers": [word]}, sign_in={"username": "a/b"}) as path:
            code, report = check(path, token="x")
            assert code == 1 and causes(report)[0].startswith("address-"), (word, causes(report))


def test_unknown_topic():
    with practice() as (info, _):
        def want(setup):
            setup["topics"] = [{"topic": "acmeCo/orderz"}]

        with changed_profile(info, want) as path:
            code, report = check(path, token=info["token"])
            failed = next(s for s in report["stages"] if s["stage"] == "topic")
            assert code == 1 and failed["cause"] == "topic-unknown", failed
            assert "acmeCo/orders" in failed["body"], failed


def test_names_say_nothing_to_a_terminal():
    hostile = "acmeCo/\x1b]0;owned\x07\x9b31m\u202eorders"

    def want(setup):
        setup["topics"] = [{"topic": hostile}]
        setup["task"]["name"] = hostile

    with practice() as (info, _), changed_profile(info, want) as path:
        with tempfile.TemporaryDirectory() as folder:
            for command in (["check", path], ["schema", path, "--topic", hostile],
                            ["schema", "practice", "--topic", hostile], ["check", hostile],
                            ["generate", path, "--output", folder, "--dry-run"]):
                done = run(*command, token=info["token"])
                told = done.stdout + done.stderr
                assert done.returncode != 0 and "owned" in told, (command, done)
                for character in "\x1b\x07\x9b\u202e":
                    assert character not in told, (command, told)


def test_groups_that_cannot_be():
    with practice() as (info, _):
        for groups, cause in ((["a b\u0007"], "group-invalid"),
                              (["same", "same"], "group-shared-in-project")):
            def share(setup):
                setup["topics"] = [{"topic": topic, "group_id": group} for topic, group
                                   in zip(("acmeCo/orders", "acmeCo/customers"), groups)]

            with changed_profile(info, share) as path:
                code, report = check(path, token=info["token"])
                assert code == 1 and causes(report) == [cause] * len(groups), causes(report)


def test_report_file_equals_output():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        done = run("check", "practice", "--json", "--report", path)
        with open(path, encoding="utf-8") as file:
            assert file.read() == done.stdout


def test_report_goes_into_a_pipe():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report")
        os.mkfifo(path)
        pipe = os.open(path, os.O_RDWR)
        done = run("check", "practice", "--json", "--report", path)
        assert done.returncode == 0 and stat.S_ISFIFO(os.stat(path).st_mode), done
        assert os.read(pipe, 65536).decode() == done.stdout
        os.close(pipe)


def test_topics():
    done = run("topics", "practice", "--json")
    assert done.returncode == 0 and set(json.loads(done.stdout)) == {"topics"}
    words = run("topics", "practice")
    for topic in json.loads(done.stdout)["topics"]:
        assert topic["name"] in words.stdout


def test_stops_on_a_signal():
    with practice("--scenario", "slow-sign-in") as (info, _):
        process = subprocess.Popen(
            [BARISTA, "check", info["profile"], "--json"], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "BARISTA_TOKEN": info["token"]})
        process.send_signal(signal.SIGINT) if wait_for_connection(info) else None
        output, _ = process.communicate(timeout=30)
        report = json.loads(output)
        assert process.returncode == 1
        assert "cancelled" in {s["result"] for s in report["stages"]}, report


def wait_for_connection(info):
    """Until somebody is connected to the practice Dekaf (its sockets are listed by the kernel)."""
    port = int(info["bootstrap_servers"].rsplit(":", 1)[1])
    wanted = f"0100007F:{port:04X}"
    while True:
        with open("/proc/net/tcp", encoding="ascii") as table:
            for line in table:
                fields = line.split()
                if fields[2] == wanted and fields[3] == "01":
                    return True


def test_practice_ends_well():
    for sent in (signal.SIGTERM, signal.SIGINT):
        with practice() as (info, process):
            folder = os.path.dirname(info["profile"])
            assert os.path.isdir(folder)
            process.send_signal(sent)
            assert process.wait(timeout=30) == 0
            assert not os.path.exists(folder)


def test_practice_is_the_same_each_time():
    dumps = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "dump.ndjson")
            with practice("--seed", "7", "--arrivals", "0", "--dump", path) as (info, _):
                token = info["token"]
            with open(path, encoding="utf-8") as file:
                dumps.append((token, file.read()))
    assert dumps[0] == dumps[1] and dumps[0][1].count("\n") > 100
    for line in dumps[0][1].splitlines():
        assert set(json.loads(line)) == {"topic", "partition", "offset", "timestamp", "key",
                                         "value"}


def test_wrong_use():
    for args in (["check"], ["check", "practice", "extra"], ["check", "practice", "--nonsense"],
                 ["check", "/nowhere/x.barista"], ["nonsense"], ["--nonsense"],
                 ["practice", "--kafka-port", "70000"], ["practice", "--deletions", "never"],
                 ["practice", "--scenario", "nonsense"], ["schema", "practice"],
                 ["schema", "practice", "--topic", ""], ["check", "practice", "--token-fd", "-1"],
                 ["check", "practice", "--registry-token-fd", "99"],
                 ["generate", "practice"], ["token", "practice", "--set"]):
        done = run(*args)
        assert done.returncode == 2, (args, done)
        assert done.stdout == "" and done.stderr.count("\n") == 1, (args, done)


def test_help():
    done = run("--help")
    assert done.returncode == 0 and "practice" in done.stdout
    for name in ("practice", "check", "topics", "schema", "generate", "token"):
        assert name in done.stdout
        one = run(name, "--help")
        assert one.returncode == 0 and f"barista {name}" in one.stdout, one
        assert "Examples:" in one.stdout and one.stderr == "", one
        with open("/dev/full", "w", encoding="ascii") as full:
            assert subprocess.run([BARISTA, name, "--help"], stdout=full,
                                  stderr=subprocess.DEVNULL).returncode == 1, name
    assert run("--version").stdout.startswith("barista ")
    columns = {line.index(word) for line in done.stdout.splitlines()
               for word in ("Run the", "Check every", "List the", "Tell the") if word in line}
    assert len(columns) == 1, done.stdout


def test_page_of_the_command_line():
    """It has every command with every option, and none that isn't there."""
    page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/command-line.md")
    with open(page, encoding="utf-8") as file:
        general, *sections = re.split(r"^### barista ", file.read(), flags=re.M)
    commands = re.findall(r"^  (\w+) +(?:\[|[A-Z]+)", run("--help").stdout.split("Commands:")[1],
                          re.M)
    assert sorted(commands) == sorted(section.split()[0] for section in sections), commands
    shared = set(re.findall(r"`(--[a-z-]+-fd)", general))
    assert len(shared) == 2, shared
    for section in sections:
        name = section.split()[0]
        told = set(re.findall(r"^  (--[a-z-]+)", run(name, "--help").stdout, re.M)) - shared
        rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
        written = set(re.findall(r"`(--[a-z-]+)", " ".join(rows) if rows else section))
        assert told == written, (name, told ^ written)


def test_profile_errors_name_the_place():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bad.barista")
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"format": "barista-setup", "version": 1,\n "server": {\n'
                       '  "security_protocol": "TLS"}}')
        done = run("check", path, token="x")
        assert done.returncode == 2 and "line 3" in done.stderr, done.stderr
        assert "security_protocol" in done.stderr


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
