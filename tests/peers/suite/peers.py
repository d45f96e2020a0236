# SPDX-License-Identifier: GPL-3.0-or-later
"""Software of others: pinned, checked by sum, installed into the cache once, offline afterwards."""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

from .report import PATIENCE, Failure, Missing

HERE = pathlib.Path(__file__).resolve().parent.parent
TOP = HERE.parent.parent
JAVA_HINT = "Debian: apt-get install openjdk-21-jre-headless"
MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = pathlib.Path(base, "barista", "peers")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def locked(folder):
    """One installer at a time for each peer."""
    with open(f"{folder}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def python_peer(name):
    """The Python of a venv with requirements/NAME.txt in it. What is there is used as it is; a
    changed list, or another Python, makes a new one."""
    wanted = (HERE / "requirements" / f"{name}.txt").read_bytes()
    key = hashlib.sha256(wanted + sys.version.encode()).hexdigest()[:12]
    folder = cache() / f"python-{name}-{key}"
    with locked(folder):
        if not (folder / "complete").exists():
            make_venv(name, folder)
    return folder / "bin" / "python"


def make_venv(name, folder):
    print(f"Installing {name} into {folder}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    log = pathlib.Path(f"{folder}.log")
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check",
           "--no-cache-dir", "--no-input", "--no-deps", "--require-hashes",
           "-r", HERE / "requirements" / f"{name}.txt"]
    with open(log, "w", encoding="utf-8") as output:
        for command in ([sys.executable, "-m", "venv", folder], pip):
            ended = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                                   check=False)
            if ended.returncode:
                raise Missing(f"{name} can't be installed, see {log}\n" + last_lines(log))
    (folder / "complete").touch()


def java_peer(name):
    """A folder with the jars of java/NAME.xml, or with what is in its archive, fetched by Maven and
    checked by java/NAME.sha256."""
    program("java", JAVA_HINT)
    wanted = b"".join((HERE / "java" / f"{name}{end}").read_bytes() for end in (".xml", ".sha256"))
    folder = cache() / f"java-{name}-{hashlib.sha256(wanted).hexdigest()[:12]}"
    with locked(folder):
        if not (folder / "complete").exists():
            fetch_jars(name, folder)
    return folder


def fetch_jars(name, folder):
    maven = program("mvn", "Debian: apt-get install maven")
    print(f"Installing {name} into {folder}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    log = pathlib.Path(f"{folder}.log")
    command = [maven, "-B", "-q", "-f", HERE / "java" / f"{name}.xml",
               f"-Dmaven.repo.local={folder}.maven", f"-DoutputDirectory={folder}",
               "-DincludeScope=runtime", MAVEN_COPY]
    with open(log, "w", encoding="utf-8") as output:
        ended = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                               check=False)
    if ended.returncode:
        raise Missing(f"{name} can't be fetched, see {log}\n" + last_lines(log))
    listed = (HERE / "java" / f"{name}.sha256").read_text(encoding="ascii").split()
    sums = dict(zip(listed[1::2], listed[0::2]))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
             for path in folder.iterdir()}
    if found != sums:
        differ = sorted(name for name, _ in set(found.items()) ^ set(sums.items()))
        raise Failure(f"{name}: not the jars that were pinned: {', '.join(differ)}")
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        archive.unlink()
    shutil.rmtree(f"{folder}.maven", ignore_errors=True)
    (folder / "complete").touch()


def newest_java(wanted):
    """The program, if it is at least of this version."""
    found = program("java", JAVA_HINT)
    told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    if not version or int(version[1]) < wanted:
        raise Missing(f"java is older than {wanted} ({JAVA_HINT})")
    return found


def last_lines(path, count=5):
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


def program(name, hint):
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is not there ({hint})")
    return found


def judge(python, script, *arguments):
    """Runs a judge in its own Python: a list of what it found, empty if all is well."""
    ended = subprocess.run([python, HERE / "judges" / script, *arguments], capture_output=True,
                           text=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False,
                           env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    found = ended.stdout.splitlines()
    if ended.returncode not in (0, 1) or bool(found) != (ended.returncode == 1):
        raise RuntimeError(f"{script} ended with {ended.returncode}\n{ended.stderr[-2000:]}")
    return found
