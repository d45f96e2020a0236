# SPDX-License-Identifier: GPL-3.0-or-later
"""From launch to a saved project on practice data: nothing typed, few clicks."""

import tempfile

import practice

MOST_CLICKS = 10


def save(window, click):
    """On through every page that asks for something, until the files are saved."""
    while not window.all("Save to Folder", "button"):
        title = window.page()
        click("Next")
        window.page_after(title)
    click("Save to Folder")
    click("Save Here")
    window.find("Saved, Not Deployed")


def test_nothing_typed():
    clicks = []
    with practice.home() as home, tempfile.TemporaryDirectory() as folder:
        with practice.window(home) as window:
            def click(name):
                clicks.append(name)
                window.click(name)

            click("Try Practice Data")
            click("Choose All")
            save(window, click)
        print(f"# {len(clicks)} clicks: {', '.join(clicks)}")
        assert len(clicks) <= MOST_CLICKS, clicks

        done = practice.tap.run("generate", "practice", "--output", folder)
        assert done.returncode == 0, done.stderr
        wanted, saved = practice.files(folder), practice.files(home / "Documents")
        assert len(wanted) > 10, wanted.keys()
        assert saved.keys() == wanted.keys(), saved.keys() ^ wanted.keys()
        assert saved == wanted, [name for name in wanted if saved[name] != wanted[name]]


practice.main([test_nothing_typed])
