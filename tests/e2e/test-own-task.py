# SPDX-License-Identifier: GPL-3.0-or-later
"""A task of one's own, from launch to a saved project: its name and its token are all that is typed."""

import json

import practice


def nothing_known(info, path):
    """A profile that knows where the practice Dekaf is, as every other knows where Estuary's is."""
    with open(info["profile"], encoding="utf-8") as file:
        setup = json.load(file)
    path.write_text(json.dumps({
        "format": setup["format"], "version": setup["version"], "task": {"name": ""},
        "server": setup["server"], "registry": setup["registry"]}), encoding="utf-8")


def test_two_fields_typed():
    with practice.home() as home, practice.practice() as (info, _):
        nothing_known(info, home / "mine.barista")
        with practice.window(home, str(home / "mine.barista")) as window:
            window.type_here("Full name of the task", info["username"])
            window.click("Next")
            window.page_after("Task")
            assert window.page() == "Sign-In", window.page()
            window.type_here("Auth token", info["token"])
            window.keys("Return")
            window.find(lambda name: name.startswith("Sign-In, done"), "list item")
            window.click("Next")
            window.click("Choose All")
            practice.save_project(window)
            print(f"# {window.effort}")
            assert len(window.effort.typed) == 2, window.effort

        saved = practice.files(home / "Documents")
        assert any(name.startswith("datasources/") for name in saved), saved.keys()
        assert not practice.holds(home, info["token"]), "the token was written"


practice.main([test_two_fields_typed])
