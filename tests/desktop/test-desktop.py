# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed for a desktop: a setup's file is known by its name and opens the window."""

import configparser
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
DESKTOP, METAINFO, MIME, FLATPAK = map(pathlib.Path, sys.argv[1:5])

import tap  # noqa: E402

TYPE = "application/x-barista-setup"
GUESS = """
import sys
from gi.repository import Gio
for name, data in ((sys.argv[1], b'{}'), ('other.json', b'{"format": "barista"}')):
    print(Gio.content_type_guess(name, data)[0])
print(Gio.content_type_is_a(sys.argv[2], 'application/json'))
"""


def desktop_entry():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(DESKTOP, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_entry_opens_files():
    entry = desktop_entry()
    assert entry["MimeType"].split(";") == [TYPE, ""], entry["MimeType"]
    # Several files, and such as lie elsewhere.
    assert entry["Exec"] == "barista-window %U", entry["Exec"]
    assert entry["Icon"] == DESKTOP.stem, entry["Icon"]


def test_the_metainfo_names_the_type():
    root = ElementTree.parse(METAINFO).getroot()
    assert [node.text for node in root.iter("mediatype")] == [TYPE]
    assert [node.text for node in root.iter("launchable")] == [DESKTOP.name]
    assert [node.text for node in root.iter("id")] == [DESKTOP.stem]


def test_files_are_known_by_their_name():
    if shutil.which("update-mime-database") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(folder) / "mime/packages"
        packages.mkdir(parents=True)
        shutil.copy(MIME, packages)
        done = subprocess.run(["update-mime-database", str(packages.parent)], capture_output=True,
                              text=True, timeout=tap.TIMEOUT, check=True)
        assert "rror" not in done.stderr, done.stderr
        done = subprocess.run(
            ["/usr/bin/python3", "-c", GUESS, "orders.barista", TYPE], capture_output=True,
            text=True, timeout=tap.TIMEOUT,
            env={**os.environ, "XDG_DATA_HOME": folder, "XDG_DATA_DIRS": "/usr/share"})
        assert done.stdout.split() == [TYPE, "application/json", "True"], (done.stdout, done.stderr)


def test_the_sandbox_uses_the_same_keyring():
    arguments = json.loads(FLATPAK.read_text(encoding="utf-8"))["finish-args"]
    assert "--talk-name=org.freedesktop.secrets" in arguments
    assert "--env=SECRET_BACKEND=service" in arguments
    assert not any(argument.startswith("--filesystem") for argument in arguments), arguments


tap.main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
