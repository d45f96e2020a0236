# SPDX-License-Identifier: GPL-3.0-or-later
"""A project's folder through the command line, whatever happens to a save: a kill at any moment, a
full disk, something in the way."""

import errno
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

from tap import BARISTA, TIMEOUT, main

STOP_AT = sys.argv[2] if len(sys.argv) > 2 else ""
TOKENS = {1: "token-of-the-first-version", 2: "token-of-the-second-version"}


def tree_of(folder):
    tree = {}
    for parent, names, files in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            tree[os.path.relpath(path, folder) + "/"] = os.readlink(path) if os.path.islink(path) else ""
        for name in files:
            path = os.path.join(parent, name)
            if not os.path.isfile(path) or os.path.islink(path):
                tree[os.path.relpath(path, folder)] = stat.S_IFMT(os.lstat(path).st_mode)
                continue
            with open(path, "rb") as file:
                tree[os.path.relpath(path, folder)] = file.read()
    return tree


def write_profile(folder, version):
    """Two versions of a task: the second has more files, and each of the first is another."""
    path = os.path.join(folder, f"version-{version}.json")
    topics = [{"topic": f"acmeCo/t{i}", "data_source": f"t{i}"} for i in range(version)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"format": "barista-setup", "version": 1, "name": f"Version {version}",
                   "task": {"name": "acmeCo/prod/tinybird", "managed": True, "deletions": "cdc",
                            "strict_topic_names": version == 2,
                            "bindings": [{"collection": topic["topic"], "topic": topic["topic"]}
                                         for topic in topics]},
                   "registry": {"enabled": False}, "topics": topics}, file)
    return path


def generate(folder, version, *args, preexec=None, **environment):
    place = os.path.join(folder, "project")
    kept = {key: value for key, value in os.environ.items()
            if not key.startswith(("BARISTA_", "DBUS_"))}
    return subprocess.run(
        [BARISTA, "generate", os.path.join(folder, f"version-{version}.json"), "--output", place,
         "--json", *args], capture_output=True, text=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL,
        preexec_fn=preexec, env={**kept, "BARISTA_TOKEN": TOKENS[version], **environment})


class Folder:
    """A project in its first version, and what it looks like in both."""

    def __enter__(self):
        self.keeper = tempfile.TemporaryDirectory()
        self.folder = self.keeper.name
        self.place = os.path.join(self.folder, "project")
        for version in (1, 2):
            write_profile(self.folder, version)
        assert generate(self.folder, 1).returncode == 0
        self.old = tree_of(self.place)
        shutil.copytree(self.place, os.path.join(self.folder, "first"), symlinks=True)
        done = generate(self.folder, 2)
        assert done.returncode == 0, done.stderr
        self.new = tree_of(self.place)
        assert self.old != self.new
        return self

    def __exit__(self, *_):
        self.keeper.cleanup()

    def reset(self):
        shutil.rmtree(self.place)
        shutil.copytree(os.path.join(self.folder, "first"), self.place, symlinks=True)

    def stopped(self, at, code=0):
        """Generates the second version with one call stopped; how it ended, and how many calls."""
        count = os.path.join(self.folder, "count")
        self.reset()
        done = generate(self.folder, 2, LD_PRELOAD=STOP_AT, STOP_ROOT=self.place, STOP_AT=str(at),
                        STOP_ERRNO=str(code), STOP_COUNT=count)
        if not os.path.exists(count):
            return done, None
        with open(count, encoding="ascii") as file:
            seen = int(file.read())
        os.unlink(count)
        return done, seen


def test_a_kill_at_any_call_leaves_one_of_the_two():
    with Folder() as it:
        done, calls = it.stopped(0)
        assert done.returncode == 0 and calls > 40, (done.returncode, calls, done.stderr)
        ends = []
        for at in range(1, calls + 1):
            done, _ = it.stopped(at)
            assert done.returncode == -signal.SIGKILL, (at, done.returncode, done.stderr)
            half = tree_of(it.place)
            again = generate(it.folder, 2, "--dry-run")
            assert again.returncode == 0, (at, again.stderr)
            whole = tree_of(it.place)
            assert whole in (it.old, it.new), (at, sorted(whole.keys() ^ it.old.keys()))
            ends.append((half in (it.old, it.new), whole == it.new))
        assert any(not whole for whole, _ in ends), "no cut was in the middle"
        assert {new for _, new in ends} == {False, True}, "all cuts ended alike"
        # Once a save is sure to be finished, a later cut doesn't undo it.
        assert [new for _, new in ends] == sorted(new for _, new in ends)


def test_a_failing_call_is_named_and_loses_nothing():
    with Folder() as it:
        _, calls = it.stopped(0)
        for at in range(1, calls + 1, 2):
            code = (errno.ENOSPC, errno.EROFS, errno.EIO)[at % 3]
            done, _ = it.stopped(at, code)
            assert done.returncode in (0, 1), (at, done.returncode, done.stderr)
            if done.returncode == 1:
                assert it.place in done.stderr and os.strerror(code) in done.stderr, (at, done.stderr)
                assert "barista-new" not in done.stderr and "/./" not in done.stderr, done.stderr
            assert TOKENS[1] not in done.stderr and TOKENS[2] not in done.stderr
            again = generate(it.folder, 2, "--dry-run")
            assert again.returncode == 0, (at, again.stderr)
            assert tree_of(it.place) in (it.old, it.new), at


def small_files():
    """No file may grow beyond this: what a full disk is to a program."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))


def test_no_room_on_the_disk():
    with Folder() as it:
        it.reset()
        done = generate(it.folder, 2, preexec=small_files)
        assert done.returncode == 1 and it.place in done.stderr, (done.returncode, done.stderr)
        assert os.strerror(errno.EFBIG) in done.stderr, done.stderr
        assert tree_of(it.place) == it.old


def in_the_way(make, *named):
    with Folder() as it:
        it.reset()
        make(it)
        before = tree_of(it.place)
        for force in ((), ("--force",)):
            done = generate(it.folder, 2, *force)
            assert done.returncode == 1, (done.returncode, done.stderr)
            for word in named:
                assert word in done.stderr, done.stderr
            assert tree_of(it.place) == before


def test_a_link_in_place_of_a_file():
    def make(it):
        outside = os.path.join(it.folder, "outside")
        with open(outside, "w", encoding="utf-8") as file:
            file.write("mine")
        path = os.path.join(it.place, "datasources", "t0.datasource")
        os.unlink(path)
        os.symlink(outside, path)

    in_the_way(make, "datasources/t0.datasource", "link")


def test_a_link_in_place_of_a_folder():
    def make(it):
        outside = os.path.join(it.folder, "outside")
        os.mkdir(outside)
        shutil.rmtree(os.path.join(it.place, "endpoints"))
        os.symlink(outside, os.path.join(it.place, "endpoints"))

    in_the_way(make, "endpoints", "link")


def test_a_folder_in_place_of_a_file():
    def make(it):
        path = os.path.join(it.place, "README.md")
        os.unlink(path)
        os.mkdir(path)

    in_the_way(make, "README.md")


def test_a_pipe_in_place_of_a_file():
    def make(it):
        path = os.path.join(it.place, ".barista.json")
        os.unlink(path)
        os.mkfifo(path)

    in_the_way(make, ".barista.json")


def test_a_folder_that_may_only_be_read():
    """Root may write anywhere, so the test needs somebody else."""
    with Folder() as it:
        it.reset()
        os.chmod(it.folder, 0o755)
        for parent, names, _ in os.walk(it.place):
            for name in names:
                os.chmod(os.path.join(parent, name), 0o555)
        os.chmod(it.place, 0o555)

        def become_nobody():
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)

        os.chmod(os.path.join(it.place, "estuary", "tinybird.config.yaml"), 0o644)
        try:
            done = generate(it.folder, 2, preexec=become_nobody)
        except (PermissionError, subprocess.SubprocessError):
            print("# nobody can't be had here")
            done = None
        for parent, _, _ in os.walk(it.place):
            os.chmod(parent, 0o755)
        if done is None or "cannot execute" in done.stderr:
            return
        assert done.returncode == 1 and it.place in done.stderr, (done.returncode, done.stderr)
        assert os.strerror(errno.EACCES) in done.stderr, done.stderr
        assert tree_of(it.place) == it.old


def test_files_of_others_stay():
    with Folder() as it:
        it.reset()
        path = os.path.join(it.place, "datasources", "t0.datasource")
        with open(path, "a", encoding="utf-8") as file:
            file.write("# mine\n")
        before = tree_of(it.place)
        done = generate(it.folder, 2)
        assert done.returncode == 1 and "--force" in done.stderr, done.stderr
        named = [file["path"] for file in json.loads(done.stdout)["files"]
                 if file["status"] == "foreign"]
        assert named == ["datasources/t0.datasource"], named
        assert tree_of(it.place) == before


def needs_preload(test):
    return test.__name__ in ("test_a_kill_at_any_call_leaves_one_of_the_two",
                             "test_a_failing_call_is_named_and_loses_nothing")


main([value for name, value in sorted(globals().items()) if name.startswith("test_")
      and (STOP_AT or not needs_preload(value))])
