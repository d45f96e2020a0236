# SPDX-License-Identifier: GPL-3.0-or-later
"""Dialogs by keys alone: the keyboard goes into them, round in them, and back to where it was; Escape
closes them and decides nothing; Return does what one expects."""

import pathlib

import practice
from window import wait_until

# A dialog of the toolkit's, by what it is for assistive technology.
DIALOGS = {"dialog", "alert"}


def open_dialog(window, title):
    """The dialog with that title in it, once the keyboard is in it."""
    def found():
        for node in window.all():
            if node.role in DIALOGS and (node.name == title or next(node.all(title, "label"), None)):
                return node
        return None
    dialog = wait_until(found, lambda: f"no dialog {title!r} in\n{window.application.outline()}")
    wait_until(lambda: is_in(dialog, window.focused()),
               lambda: f"{window.focused()} has the keyboard, not {title}")
    return dialog


def is_in(dialog, node):
    return node is not None and any(inner == node for inner in dialog.walk())


def walk(window, dialog):
    """The names of what Tab leads to in @dialog: it never leaves it, and comes round."""
    window.at = window.focused()
    seen = window.round(40)
    outside = [str(node) for node in seen if not is_in(dialog, node)]
    assert not outside, f"Tab leaves the dialog: {outside}"
    return [node.name for node in seen]


def buttons_of(window, dialog):
    """Those of an alert; where its words have to be scrolled, they are a stop too."""
    return sorted(filter(None, walk(window, dialog)))


def escape(window, title, back):
    """Closes the dialog of @title; the keyboard is on @back again."""
    window.keys("Escape")
    window.gone(title)
    wait_until(lambda: back.has("focused"),
               lambda: f"{window.focused()} has the keyboard, not {back}")


def press(window, name, role="button"):
    node = window.find(name, role)
    window.focus(node)
    window.keys("space")
    return node


def signed_in(window, token):
    window.go_on_to("Sign-In")
    window.fill("Auth token", token)
    window.find(lambda name: name.startswith("Sign-In, done"), "list item")


def test_forget():
    with practice.home() as home, practice.practice("--arrivals", "0") as (info, _):
        with practice.window(home, info["profile"]) as window:
            signed_in(window, info["token"])
            button = press(window, "Forget the Token")
            dialog = open_dialog(window, "Forget the Token?")
            assert buttons_of(window, dialog) == ["Cancel", "Forget"], dialog.outline()
            escape(window, "Forget the Token?", button)
            # Nor does Return lose anything.
            window.keys("space")
            open_dialog(window, "Forget the Token?")
            window.keys("Return")
            window.gone("Forget the Token?")
            window.find("Replace", "button")
            window.find(lambda name: name.startswith("Sign-In, done"), "list item")


def test_rename():
    with practice.home() as home:
        with practice.window(home) as window:
            press(window, "Connect a Task")
            window.type_here("Full name of the task", "acmeCo/prod/tinybird")
        with practice.window(home) as window:
            card = window.find(lambda name: name.startswith("acmeCo/prod/tinybird"), "list item")
            window.focus(card)
            window.keys("Menu")
            window.find("Rename…", "menu item")
            window.keys("Down", "space")
            dialog = open_dialog(window, "Rename the Setup")
            assert window.focused().name == "Name", window.focused()
            assert walk(window, dialog)[-1] == "Name", dialog.outline()
            window.keys("Escape")
            window.gone("Rename the Setup")
            window.focus(window.find(lambda name: name.startswith("acmeCo/prod/tinybird"),
                                     "list item"))
            window.keys("Menu")
            window.find("Rename…", "menu item")
            window.keys("Down", "space")
            open_dialog(window, "Rename the Setup")
            window.write("Orders")
            window.keys("Return")
            window.gone("Rename the Setup")
            window.find(lambda name: name.startswith("Orders"), "list item")


def test_connection():
    with practice.home() as home, practice.practice("--scenario", "refuse-sign-in") as (info, _):
        with practice.window(home, info["profile"]) as window:
            window.go_on_to("Sign-In")
            window.fill("Auth token", info["token"])
            window.find("Sign-in refused")
            stop = window.find(lambda name: name.startswith("Sign-in, failed"), "list item")
            window.focus(stop)
            window.keys("Return")
            dialog = open_dialog(window, "Sign-in")
            names = walk(window, dialog)
            assert "Copy Details" in names and "Back" in names, [n for n in names if len(n) < 20]
            # Back from the card, then out of the dialog.
            window.keys("Escape")
            window.gone("Copy Details", "button")
            walk(window, open_dialog(window, "Connection"))
            window.keys("Escape")
            wait_until(lambda: not any(node.role in DIALOGS for node in window.all()), "it stays")
            wait_until(lambda: stop.has("focused"), lambda: f"{window.focused()} has the keyboard")


def test_replace():
    with practice.home() as home:
        foreign = pathlib.Path(home) / "Documents/datasources/orders.datasource"
        foreign.parent.mkdir()
        foreign.write_text("SCHEMA >\n", encoding="utf-8")
        with practice.window(home) as window:
            press(window, "Try Practice Data")
            window.find(lambda name: name.startswith("acmeCo/orders,"), "list item")
            window.click("Choose All")
            while not window.all("Save to Folder", "button"):
                title = window.page()
                window.click("Next")
                window.page_after(title)
            save = press(window, "Save to Folder")
            window.find("Save Here", "button")
            window.keys("Escape")
            window.gone("Save Here", "button")
            wait_until(lambda: save.has("focused"), lambda: f"{window.focused()} has the keyboard")
            window.keys("space")
            window.click("Save Here")
            dialog = open_dialog(window, "Replace Other Files?")
            assert buttons_of(window, dialog) == ["Cancel", "Look at Them", "Replace"]
            window.keys("Escape")
            window.gone("Replace Other Files?")
            wait_until(lambda: save.has("focused"), lambda: f"{window.focused()} has the keyboard")
            assert foreign.read_text(encoding="utf-8") == "SCHEMA >\n"
            assert len(practice.files(home / "Documents")) == 1, practice.files(home / "Documents")


practice.main([test_forget, test_rename, test_connection, test_replace])
