# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line in odd surroundings: whatever doesn't work is named in one line, nothing else
happens."""

import os
import resource
import subprocess
import tempfile

from tap import BARISTA, TIMEOUT, closed_port, main, profile, read_tree, run


def start(*args, **more):
    return subprocess.run([BARISTA, *args], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          timeout=TIMEOUT, **more)


def own_profile():
    return profile(server={"bootstrap_servers": [f"127.0.0.1:{closed_port()}"],
                           "security_protocol": "PLAINTEXT"}, registry={"enabled": False})


def assert_one_line(done, *words, code=1):
    errors = done.stderr if isinstance(done.stderr, str) else done.stderr.decode()
    assert done.returncode == code, done
    assert errors.startswith("barista: ") and errors.count("\n") == 1, done
    for word in words:
        assert word in errors, (word, errors)


def test_output_that_cannot_be_written():
    with own_profile() as path:
        for args in (["--version"], ["--help"], ["check", "--help"], ["next", "0 * * * *"],
                     ["next", "0 * * * *", "--json"], ["check", path], ["check", path, "--json"],
                     ["practice", "--list-scenarios"], ["practice", "--json"]):
            with open("/dev/full", "w", encoding="ascii") as full:
                assert_one_line(start(*args, stdout=full), "standard output", "No space left")


def test_dump_that_cannot_be_written():
    assert_one_line(start("practice", "--json", "--dump", "/dev/full", stdout=subprocess.PIPE),
                    "/dev/full", "No space left")


def test_input_that_cannot_be_read():
    with tempfile.TemporaryDirectory() as folder:
        directory = os.open(folder, os.O_RDONLY)
        done = subprocess.run([BARISTA, "next", "-"], stdin=directory, capture_output=True,
                              timeout=TIMEOUT)
        os.close(directory)
    assert_one_line(done, "standard input: Is a directory")


def test_reader_that_has_gone():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        done = start("--help", stdout=gone)
    assert done.returncode == 1 and done.stderr == b"", done


def test_closed_output_is_nobody_elses():
    """What is opened first would else get its number, and be printed into."""
    with tempfile.TemporaryDirectory() as parent:
        folders = [os.path.join(parent, name) for name in ("open", "closed")]
        assert run("generate", "practice", "--output", folders[0]).returncode == 0
        done = start("generate", "practice", "--output", folders[1],
                     preexec_fn=lambda: os.close(1))
        assert_one_line(done, "standard output")
        assert read_tree(folders[0]) == read_tree(folders[1])
    done = start("--version", stdout=subprocess.DEVNULL,
                 preexec_fn=lambda: (os.close(0), os.close(2)))
    assert done.returncode == 0, done


def test_limit_on_files():
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    with tempfile.TemporaryDirectory() as folder, own_profile() as path:
        report = os.path.join(folder, "report.json")
        done = start("check", path, "--report", report, stdout=subprocess.PIPE, preexec_fn=limit)
        assert_one_line(done, "File too large")
        assert os.listdir(folder) == [], os.listdir(folder)


def test_places_for_reports():
    with tempfile.TemporaryDirectory() as folder, own_profile() as path:
        assert_one_line(run("check", path, "--report", folder), f"{folder}: Is a directory")
        assert_one_line(run("check", path, "--report", ""), "--report", code=2)
        assert os.listdir(folder) == []


def test_output_is_named_as_given():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "file"), "w", encoding="ascii"):
            pass
        done = run("generate", "practice", "--output", "file", cwd=folder)
        assert_one_line(done, "barista: file: a symbolic link, a folder or a device stands there")


def test_temporary_folder_that_is_not_text():
    with tempfile.TemporaryDirectory() as folder:
        odd = os.fsencode(folder) + b"/caf\xe9"
        os.mkdir(odd)
        done = start("practice", "--json", stdout=subprocess.PIPE,
                     env=dict(os.environb, TMPDIR=odd))
        assert_one_line(done, "temporary files", "UTF-8")
        assert done.stdout == b"" and os.listdir(odd) == [], done


def test_argument_that_is_not_text():
    done = start("schema", "practice", "--topic", b"\xff", stdout=subprocess.PIPE)
    assert_one_line(done, "encoding of this locale", code=2)


def test_no_display():
    without = {name: value for name, value in os.environ.items()
               if name not in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "GDK_BACKEND")}
    with tempfile.TemporaryDirectory() as folder, own_profile() as path:
        for args in ([], [path]):
            done = start(*args, stdout=subprocess.PIPE, env=dict(without, XDG_RUNTIME_DIR=folder))
            assert_one_line(done, "no display")


def test_files_that_are_no_profiles():
    with tempfile.TemporaryDirectory() as folder:
        def made(name, content):
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(content)
            return path

        loop = os.path.join(folder, "loop")
        os.symlink(loop, loop)
        for path, word in ((made("empty", b""), "line 1"), (made("binary", b"\x00\xff" * 99), "UTF-8"),
                           (made("large", b"\0" * 1048577), "larger than 1.0\u00a0MiB"),
                           (folder, "Is a directory"), (loop, "symbolic links"),
                           ("/dev/zero", "larger than 1.0\u00a0MiB"), ("/dev/null", "line 1"),
                           ("", "Is a directory"), (folder + "/none", "No such file")):
            assert_one_line(run("check", path), path, word, code=2)


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
