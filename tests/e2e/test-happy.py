# SPDX-License-Identifier: GPL-3.0-or-later
"""From launch to a saved project on practice data: nothing typed, few clicks."""

import tempfile

import practice

MOST_CLICKS = 10


def test_nothing_typed():
    with practice.home() as home, tempfile.TemporaryDirectory() as folder:
        with practice.window(home) as window:
            window.click("Try Practice Data")
            window.click("Choose All")
            practice.save_project(window)
            effort = window.effort
            print(f"# {effort}")
            # One is the most that a mouse needs for each of these; nothing else was touched.
            assert len(effort.clicks) <= MOST_CLICKS, effort
            assert not effort.typed and not effort.pressed, effort

        done = practice.tap.run("generate", "practice", "--output", folder)
        assert done.returncode == 0, done.stderr
        wanted, saved = practice.files(folder), practice.files(home / "Documents")
        assert len(wanted) > 10, wanted.keys()
        assert saved.keys() == wanted.keys(), saved.keys() ^ wanted.keys()
        assert saved == wanted, [name for name in wanted if saved[name] != wanted[name]]


practice.main([test_nothing_typed])
