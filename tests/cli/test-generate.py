# SPDX-License-Identifier: GPL-3.0-or-later
"""`barista schema` and `generate`: the contract of their output and the folder that they write."""

import json
import os
import signal
import stat
import subprocess
import tempfile

from tap import (BARISTA, TIMEOUT, changed_profile, main, practice, profile, read_tree,
                 run)

FILES = {"README.md", ".gitignore", ".barista.json", "connections/estuary_dekaf.connection",
         "estuary/tinybird.flow.yaml"}


def generate(path, folder, *args, **kwargs):
    done = run("generate", path, "--output", folder, "--json", *args, **kwargs)
    return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr


def test_practice_project():
    with tempfile.TemporaryDirectory() as folder:
        code, answer, errors = generate("practice", folder)
        assert code == 0, errors
        tree = read_tree(folder)
        assert FILES <= set(tree), sorted(tree)
        assert {file["path"] for file in answer["files"]} <= set(tree)
        for file in answer["files"]:
            assert set(file) == {"path", "bytes", "mode", "status"} and file["status"] == "new"
        assert any(name.startswith("datasources/") for name in tree)
        assert any(name.startswith("endpoints/") for name in tree)
        text = b"\n".join(tree.values())
        assert not any("barista token" in f["fix"] for f in answer["findings"] if f["fix"])
        assert b"127.0.0.1" not in text and folder.encode() not in text
        assert b"dekaf.estuary-data.com:9092" in tree["connections/estuary_dekaf.connection"]


def test_twice_gives_the_same_bytes():
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert generate("practice", one)[0] == 0
        assert generate("practice", other)[0] == 0
        assert read_tree(one) == read_tree(other)
        before = read_tree(one)
        code, answer, _ = generate("practice", one)
        assert code == 0 and {file["status"] for file in answer["files"]} == {"same"}
        assert read_tree(one) == before


def test_dry_run_writes_nothing():
    with tempfile.TemporaryDirectory() as folder:
        code, answer, _ = generate("practice", os.path.join(folder, "new"), "--dry-run")
        assert code == 0 and answer["files"] and os.listdir(folder) == []


def test_foreign_files_stay():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "connections"))
        path = os.path.join(folder, "connections", "estuary_dekaf.connection")
        with open(path, "w", encoding="utf-8") as file:
            file.write("TYPE kafka\n")
        before = read_tree(folder)
        code, answer, errors = generate("practice", folder)
        assert code == 1 and "--force" in errors, errors
        assert read_tree(folder) == before
        statuses = {file["path"]: file["status"] for file in answer["files"]}
        assert statuses["connections/estuary_dekaf.connection"] == "foreign"
        shown = run("generate", "practice", "--output", folder, "--dry-run", "--diff")
        assert "-TYPE kafka" in shown.stdout or "+KAFKA_BOOTSTRAP_SERVERS" in shown.stdout
        assert generate("practice", folder, "--force")[0] == 0


def test_readme_of_others_is_kept():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "README.md"), "w", encoding="utf-8") as file:
            file.write("mine\n")
        assert generate("practice", folder)[0] == 0
        tree = read_tree(folder)
        assert tree["README.md"] == b"mine\n" and "README.barista.md" in tree


def test_flow_alone_needs_no_network():
    with profile(task={"name": "acmeCo/prod/tinybird", "managed": True, "deletions": "cdc",
                       "collections": ["acmeCo/orders"]},
                 server={"ca_file": "/nowhere/ca.pem"}) as path:
        with tempfile.TemporaryDirectory() as folder:
            code, answer, errors = generate(path, folder, "--only", "flow", token="")
            assert code == 0, errors
            tree = read_tree(folder)
            assert b'"acmeCo/orders"' in tree["estuary/tinybird.flow.yaml"], tree
            assert not any(name.endswith(".config.yaml") for name in tree)
            assert not any(name.startswith("datasources/") for name in tree)
            assert answer["findings"], "how to add the token"


def test_token_file_is_private():
    token = "A-token_of.43-characters"
    with profile(task={"name": "acmeCo/prod/tinybird", "managed": True,
                       "collections": ["acmeCo/orders"]}) as path:
        with tempfile.TemporaryDirectory() as folder:
            code, answer, errors = generate(path, folder, "--only", "flow", token=token)
            assert code == 0, errors
            assert token not in json.dumps(answer) + errors
            holders = [name for name, text in read_tree(folder).items() if token.encode() in text]
            assert holders == ["estuary/tinybird.config.yaml"], holders
            mode = os.stat(os.path.join(folder, holders[0])).st_mode
            assert stat.S_IMODE(mode) == 0o600
            # Without the token the file stays as it is.
            assert generate(path, folder, "--only", "flow", token="")[0] == 0
            assert token.encode() in read_tree(folder)["estuary/tinybird.config.yaml"]


def test_existing_task_is_only_a_reference():
    with profile(task={"name": "acmeCo/prod/tinybird", "collections": ["acmeCo/orders"]}) as path:
        with tempfile.TemporaryDirectory() as folder:
            assert generate(path, folder, "--only", "flow", token="secret-token")[0] == 0
            tree = read_tree(folder)
            assert "estuary/reference/tinybird.flow.yaml" in tree, sorted(tree)
            first = tree["estuary/reference/tinybird.flow.yaml"].splitlines()[0]
            assert first.startswith(b"#") and b"not" in first.lower(), first
            assert b"secret-token" not in b"".join(tree.values())
            assert b"flowctl catalog publish" not in b"".join(tree.values())


def test_files_of_an_earlier_setup_are_named():
    """A Flow file that still reads as publishable is worst: its task isn't ours any more."""
    task = {"name": "acmeCo/prod/tinybird", "managed": True, "collections": ["acmeCo/orders"]}
    with tempfile.TemporaryDirectory() as folder:
        with profile(task=task) as path:
            answer = generate(path, folder, "--only", "flow", token="secret-token")[1]
            assert not any(f["rule"] == "stale-file" for f in answer["findings"])
        with profile(task={**task, "managed": False}) as path:
            for _ in range(2):
                code, answer, errors = generate(path, folder, "--only", "flow", token="x")
                stale = [f for f in answer["findings"] if f["rule"] == "stale-file"]
                assert code == 0, errors
                assert [f["file"] for f in stale] == ["estuary/tinybird.flow.yaml",
                                                      "estuary/tinybird.config.yaml"], stale
                assert all(f["level"] == "warning" for f in stale), stale
                assert "token" in stale[1]["message"] and "secret-token" not in str(answer), stale
            words = run("generate", path, "--output", folder, "--only", "flow", token="x").stdout
            assert "Published, it would replace a task" in words, words
            assert "warning: estuary/tinybird.config.yaml is of" in words, words
        assert "estuary/tinybird.flow.yaml" in read_tree(folder), "removed without being asked"


def test_no_topics_make_no_connection():
    with profile(server={"bootstrap_servers": ["nowhere.invalid:9092"]}, topics=[],
                 sign_in={"username": "x"}) as path:
        with tempfile.TemporaryDirectory() as folder:
            code, answer, errors = generate(path, folder, token="x")
            assert code == 0, errors
            assert not any(f["path"].startswith("connections/") for f in answer["files"])


def test_a_long_listing_takes_no_stack():
    def plain(setup):
        setup["registry"] = {"enabled": False}

    with practice("--topics", "5000", "--arrivals", "0") as (info, _), \
            changed_profile(info, plain) as path:
        done = subprocess.run(
            ["sh", "-c", 'ulimit -s 1024 && exec "$@"', "sh", BARISTA, "generate", path, "--output",
             "/nowhere", "--dry-run", "--json"],
            capture_output=True, text=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL,
            env={**os.environ, "BARISTA_TOKEN": info["token"]})
        assert done.returncode == 0, (done.returncode, done.stderr)
        assert len(json.loads(done.stdout)["files"]) > 10000


def test_a_long_listing_can_be_stopped():
    """Whenever Ctrl-C comes: the program ends by it, and no part of a project is written."""
    def plain(setup):
        setup["registry"] = {"enabled": False}

    with practice("--topics", "30000", "--arrivals", "0") as (info, _), \
            changed_profile(info, plain) as path, tempfile.TemporaryDirectory() as folder:
        place = os.path.join(folder, "project")
        for _ in range(3):
            process = subprocess.Popen(
                [BARISTA, "generate", path, "--output", place], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                env={**os.environ, "BARISTA_TOKEN": info["token"]})
            # By the time that it reads the answer with all topics its memory has grown.
            while resident(process.pid) < 40 * 1024 * 1024 and process.poll() is None:
                pass
            process.send_signal(signal.SIGINT)
            errors = process.communicate(timeout=TIMEOUT)[1]
            assert process.returncode in (1, -signal.SIGINT), (process.returncode, errors)
            assert process.returncode != 1 or "topped" in errors, errors
            assert not os.path.exists(place), "something was written"


def resident(pid):
    """Bytes of memory; none if it has ended."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def test_schema():
    done = run("schema", "practice", "--topic", "acmeCo/orders", "--json")
    assert done.returncode == 0, done.stderr
    schema = json.loads(done.stdout)
    assert set(schema) == {"topic", "data_source", "columns", "engine", "deletions"}
    assert set(schema["engine"]) == {"name", "sorting_key", "version", "is_deleted"}
    for column in schema["columns"]:
        assert set(column) == {"name", "type", "path", "nullable", "included", "reason"}
        assert column["reason"], column
    assert any(column["name"] == "__offset" for column in schema["columns"])
    words = run("schema", "practice", "--topic", "acmeCo/orders")
    assert words.returncode == 0 and "ReplacingMergeTree" in words.stdout


def test_schema_follows_the_deletion_mode():
    plans = {}
    for mode in ("kafka", "cdc"):
        with practice("--deletions", mode) as (info, _):
            done = run("schema", info["profile"], "--topic", "acmeCo/orders", "--json",
                       token=info["token"])
            plans[mode] = json.loads(done.stdout)
    assert plans["cdc"]["deletions"] == "hard" and plans["cdc"]["engine"]["is_deleted"]
    assert plans["kafka"]["deletions"].startswith("soft"), plans["kafka"]["deletions"]
    assert plans["kafka"]["engine"]["is_deleted"] is None


def test_schema_of_no_topic():
    done = run("schema", "practice", "--topic", "acmeCo/nothing", "--json")
    assert done.returncode == 1 and "topic-unknown" in done.stderr, done.stderr


def test_registry_off_leaves_the_document():
    def off(setup):
        setup["registry"] = {"enabled": False}

    with practice() as (info, _), changed_profile(info, off) as path:
        done = run("schema", path, "--topic", "acmeCo/orders", "--json", token=info["token"])
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["deletions"] == "soft-document"


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
