# SPDX-License-Identifier: GPL-3.0-or-later
"""One process: several files, the same file again, what is remembered of a window, an end by a signal."""

import json
import signal
import subprocess

import practice
from window import wait_until


def write(path, name, task):
    path.write_text(json.dumps({"format": "barista-setup", "version": 1, "name": name,
                                "task": {"name": task}}), encoding="utf-8")
    return str(path)


def titles(window):
    return sorted(node.name for node in window.windows())


def ask_again(window, *files):
    """A second start with @files: it hands them to the first one and ends."""
    done = subprocess.run([practice.WINDOW, *files], env=window.environment, timeout=60, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0, (done.returncode, done.stderr)


def test_a_window_for_each_file_and_one_for_the_same():
    with practice.home() as home:
        one = write(home / "one.barista", "One", "acmeCo/one")
        two = write(home / "two.barista", "Two", "acmeCo/two")
        with practice.window(home, one, two) as window:
            wait_until(lambda: titles(window) == ["One", "Two"], lambda: titles(window))
            ask_again(window, one, two)
            ask_again(window, one)
            (home / "bad.barista").write_text("{", encoding="utf-8")
            ask_again(window, str(home / "bad.barista"))
            window.find("bad.barista can't be opened", "label")
            assert titles(window) == ["Barista", "One", "Two"], titles(window)
            kept = list((home / ".local/share/barista/setups").glob("*.barista"))
            assert len(kept) == 2, kept
            window.process.send_signal(signal.SIGTERM)
            assert window.process.wait(timeout=60) == 0, window.output()


def test_remembered():
    with practice.home() as home:
        one = write(home / "one.barista", "One", "acmeCo/prod/tinybird")
        with practice.window(home, one) as window:
            window.find("Steps", "list")
            window.click("Next")
            title = window.page_after("Task")
            window.resize(940, 660)
            # What was typed just now is kept too, by whatever end.
            window.keys("F2")
            window.write("Renamed")
            window.keys("Return")
            wait_until(lambda: titles(window) == ["Renamed"], lambda: titles(window))
            window.process.send_signal(signal.SIGTERM)
            assert window.process.wait(timeout=60) == 0, window.output()
        settings = (home / ".config/glib-2.0/settings/keyfile").read_text(encoding="utf-8")
        assert "window-size=(940, 660)" in settings, settings

        with practice.window(home, size=None) as window:
            card = window.find(lambda name: name.startswith("Renamed"), "list item")
            assert "Today" in card.name + card.description or any(
                "Today" in label.name for label in card.all(role="label")), card.outline()
            window.focus(card)
            window.keys("Return")
            window.find("Steps", "list")
            wait_until(lambda: window.page() == title, window.application.outline)


def test_maximized():
    with practice.home() as home:
        with practice.window(home, size=(900, 640)) as window:
            small = window.root.area
            window.click("Maximize")
            wait_until(lambda: window.root.area != small, "it stays as large")
            large = window.root.area

        with practice.window(home, size=None) as window:
            wait_until(lambda: window.root.area == large, lambda: f"{window.root.area}, not {large}")
            window.click("Maximize")
            wait_until(lambda: window.root.area == small, lambda: f"{window.root.area}, not {small}")

        with practice.window(home, size=None) as window:
            wait_until(lambda: window.root.area == small, lambda: f"{window.root.area}, not {small}")


practice.main([test_maximized, test_a_window_for_each_file_and_one_for_the_same, test_remembered])
