# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way by keys alone: no pointer, and nothing clicked over the bus."""

import practice
from window import wait_until


def press(window, name, role="button"):
    """Goes to the control by Tab and presses it."""
    window.focus(window.find(name, role))
    window.keys("space")


def to_review(window):
    """With the button that goes on, as often as it is there."""
    while not window.all("Save to Folder", "button"):
        title = window.page()
        press(window, "Next")
        window.page_after(title)


def test_to_saved_files():
    with practice.home() as home:
        with practice.window(home) as window:
            press(window, "Try Practice Data")
            # The page puts the keyboard on the first row once there are rows.
            row = window.find(lambda name: name.startswith("acmeCo/customers, not chosen"),
                              "list item")
            wait_until(lambda: row.has("focused"), lambda: f"{window.focused()} has the focus")
            window.keys("space")
            window.find("1 chosen", "toggle button")
            window.keys("Down", "Down", "space")
            window.find("2 chosen", "toggle button")
            to_review(window)
            press(window, "Save to Folder")
            press(window, "Save Here")
            window.find("Saved, Not Deployed", "label")
            # The keyboard stayed on the button, and what remains is next.
            remaining = window.find("What Remains", "panel")
            own = remaining.find("Use My Own Task", "button")
            window.keys("Tab")
            wait_until(lambda: own.has("focused"), lambda: f"{window.focused()} has the focus")
            assert not window.effort.clicks, window.effort

        saved = practice.files(home / "Documents")
        chosen = sorted(name for name in saved if name.startswith("datasources/"))
        assert chosen == ["datasources/customers.datasource",
                          "datasources/inventory.datasource"], saved.keys()


def test_shortcuts():
    with practice.home() as home:
        with practice.window(home) as window:
            press(window, "Try Practice Data")
            window.find(lambda name: name.startswith("acmeCo/orders,"), "list item")
            window.write("ord")
            field = window.find("Search topics", "entry")
            wait_until(lambda: field.text == "ord" or field.has("focused"), "typing doesn't search")
            window.gone(lambda name: name.startswith("acmeCo/customers,"), "list item")
            window.keys("Down", "space")
            window.find("1 chosen", "toggle button")

            window.keys("alt+Left")
            window.page_after("Topics")
            window.keys("alt+0")
            wait_until(lambda: window.page() == "Review", "alt+0 leads elsewhere")
            window.find("Steps", "list")
            window.keys("F9")
            window.gone("Steps", "list")
            window.keys("F9")
            window.find("Steps", "list")

            window.keys("ctrl+z")
            window.find(lambda name: name.startswith("Topics, to do"), "list item")
            window.keys("ctrl+shift+z")
            window.find(lambda name: name.startswith("Topics, done"), "list item")

            window.keys("F2")
            window.write("Renamed")
            window.keys("Return")
            wait_until(lambda: window.root.name == "Renamed", "F2 doesn't rename")
            window.keys("ctrl+question")
            window.find("Keyboard Shortcuts", "label")
            window.keys("Escape")
            window.gone("Keyboard Shortcuts", "label")
            assert not window.effort.clicks, window.effort


def test_typed_ahead():
    """Keys that come while a page is made are the page's, in their order."""
    with practice.home() as home:
        with practice.window(home) as window:
            window.focus(window.find("Connect a Task", "button"))
            window.keys("Return", *"acmeCo", "slash", *"typed", delay_ms=0)
            field = window.find("Full name of the task", "text")
            wait_until(lambda: field.text == "acmeCo/typed", lambda: f"it holds {field.text!r}")


def test_typed_ahead_of_an_editor():
    """So are those that come while an editor in a page is made: the name it proposes is replaced."""
    with practice.home() as home:
        with practice.window(home) as window:
            press(window, "Try Practice Data")
            press(window, "Choose All")
            window.find("7 chosen", "toggle button")
            window.step("Sinks")
            press(window, "Add Sink", "toggle button")
            item = window.find(role="menu item")
            wait_until(lambda: item.has("focused"), lambda: f"{window.focused()} has the focus")
            window.keys("Return", *"typed", delay_ms=0)
            field = window.find("Name", "text")
            wait_until(lambda: field.text == "typed", lambda: f"it holds {field.text!r}")


practice.main([test_to_saved_files, test_shortcuts, test_typed_ahead,
               test_typed_ahead_of_an_editor])
