# SPDX-License-Identifier: GPL-3.0-or-later
"""What the runs share: the programs, practice Dekafs and a keyring."""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile

BARISTA, WINDOW = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))

import tap  # noqa: E402
from window import Window  # noqa: E402

profile = tap.profile
practice = tap.practice


@contextlib.contextmanager
def home():
    """A home for one run, with a folder for documents, that a test may look into."""
    with tempfile.TemporaryDirectory(prefix="barista-e2e-", ignore_cleanup_errors=True) as folder:
        path = pathlib.Path(folder)
        (path / "Documents").mkdir()
        (path / ".config").mkdir()
        (path / ".config/user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Documents"\n')
        yield path


def main(tests):
    """Runs the functions with a keyring that is open: else one asks for its password."""
    with tempfile.TemporaryDirectory(prefix="barista-e2e-", ignore_cleanup_errors=True) as folder:
        environment = {k: v for k, v in os.environ.items() if k != "XDG_DATA_HOME"}
        environment["HOME"] = folder
        subprocess.run(["gnome-keyring-daemon", "--components=secrets", "--unlock", "--daemonize"],
                       env=environment, input=b"open", stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True, timeout=60)
        tap.main(tests)


@contextlib.contextmanager
def window(folder, *args, **kwargs):
    """The window; afterwards it must have closed by itself, and have warned of nothing."""
    opened = Window(WINDOW, *args, home=folder, **kwargs)
    try:
        yield opened
        code = opened.close()
        assert code == 0, f"ended with {code}: {opened.output()}"
        for word in ("CRITICAL", "WARNING"):
            assert word not in opened.output(), opened.output()
    finally:
        opened.end()


def save_project(window):
    """On through every page that asks for something, until the files are saved."""
    while not window.all("Save to Folder", "button"):
        title = window.page()
        window.click("Next")
        window.page_after(title)
    window.click("Save to Folder")
    window.click("Save Here")
    window.find("Saved, Not Deployed", "label")


def files(folder):
    """Every file below @folder, by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


def holds(folder, text):
    """The files below @folder that hold @text."""
    return [name for name, content in files(folder).items() if text.encode() in content]
