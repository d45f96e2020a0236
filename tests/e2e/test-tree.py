# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology is told: a name for every control, each change once, and a way round with
Tab that follows what is seen."""

import json

import practice
from window import NotFound, wait_until

CONTROLS = {"button", "push button", "toggle button", "radio button", "check box", "switch", "text",
            "password text", "entry", "combo box", "spin button", "slider", "list item", "link",
            "menu item", "check menu item", "radio menu item", "page tab", "table cell",
            "column header", "table", "list", "dialog", "alert"}

# What is read with the labels in it, if it has no name of its own.
ROWS = {"list item", "list", "table cell", "table row"}

# The parts of one control of the toolkit's: the whole has the name.
WHOLE = {"combo box", "spin button"}


def speaks(node):
    """Whether a reader finds words in what has no name of its own: a row is read with its labels."""
    return any(inner.name for inner in node.walk() if inner != node)


def nameless(node):
    """The controls below @node that nothing can be said of."""
    # What a row was called before it was bound may still be remembered.
    node.accessible.clear_cache_single()
    if node.role in CONTROLS and not node.name and not (node.role in ROWS and speaks(node)):
        yield node
    if node.role in WHOLE:
        return
    for child in node.children():
        if child.showing:
            yield from nameless(child)


def is_after(node, before, bottom):
    """Whether the area @node is read after @before: below it, further on in its line, or in a pane at
    its side; what was scrolled out of the window, which ends at @bottom, is before everything."""
    left, top, _, below = node
    before_left, before_top, before_right, before_below = before
    return (top >= before_below or left >= before_right or before_below > bottom
            or (below > before_top and (top, left) >= (before_top, before_left)))


def walk(window, what):
    """What Tab leads to on the way round, and where it leads back rather than on."""
    bottom = window.root.area[3]
    seen, backwards = [window.tab()], []
    while len(seen) < 90:
        before, node = seen[-1], window.tab()
        # What gets the focus may be scrolled into sight first.
        try:
            wait_until(lambda: is_after(node.area, before.area, bottom), "", 3)
        except NotFound:
            backwards.append(f"{before} {before.area} to {node} {node.area}")
        if node == seen[0]:
            return seen, backwards
        seen.append(node)
    raise AssertionError(f"{what}: Tab doesn't come back to {seen[0]}: {', '.join(map(str, seen))}")


def check_page(window, what):
    window.find(role="button")
    bare = [str(node) for node in nameless(window.root)]
    assert not bare, f"{what}: without a name: {bare}\n{window.root.outline()}"

    seen, backwards = walk(window, what)
    for node in seen:
        node.accessible.clear_cache_single()
        assert node.name or (node.role in ROWS and speaks(node)), f"{what}: {node} has no name"
    # From the end round to the beginning, wherever the walk began.
    assert len(backwards) <= 1, f"{what}: Tab goes back and forth: {backwards}"


def check_menu(window):
    """The main menu's entries, which only a popover holds."""
    window.click("Main Menu", "toggle button")
    found = wait_until(lambda: window.all(role="menu item"), "the menu stays closed")
    assert len(found) > 5, list(map(str, found))
    for item in found:
        # Named when the menu is shown, after it was first heard of.
        item.accessible.clear_cache_single()
    assert all(item.name for item in found), list(map(str, found))
    window.keys("Escape")
    window.gone(role="menu item")


def test_practice_pages():
    with practice.home() as home:
        with practice.window(home) as window:
            window.find("Try Practice Data", "button")
            check_page(window, "Start")
            window.click("Try Practice Data")
            window.find(lambda name: name.startswith("acmeCo/orders,"), "list item")
            check_page(window, "Topics")
            check_menu(window)
            window.click("Choose All")
            window.find("7 chosen", "toggle button")
            for step, title in (("Task", None), ("Server", None), ("Sign-In", None),
                                ("Schema Registry", None), ("Consumer Group", "Reading Position"),
                                ("Schema", None), ("Sinks", None), ("Review", None)):
                window.step(step, title)
                check_page(window, step)


def new_task(info, path):
    with open(info["profile"], encoding="utf-8") as file:
        setup = json.load(file)
    setup["task"]["published"] = False
    path.write_text(json.dumps(setup), encoding="utf-8")


def existing_task(info, path):
    with open(info["profile"], encoding="utf-8") as file:
        setup = json.load(file)
    setup["task"]["managed"] = False
    path.write_text(json.dumps(setup), encoding="utf-8")


def test_pages_of_a_new_task():
    with practice.home() as home, practice.practice("--scenario", "refuse-sign-in") as (info, _):
        new_task(info, home / "new.barista")
        with practice.window(home, str(home / "new.barista")) as window:
            window.find("Collections", "label")
            check_page(window, "Task")
            window.click("Generate")
            window.find("Replace", "button")
            window.step("Publish")
            window.find("Not in Estuary yet", "label")
            check_page(window, "Publish")
            window.focus(window.find("Web Form", "page tab"))
            window.keys("Right", "space")
            window.find("Commands", "label")
            check_page(window, "Publish with flowctl")


def test_editors():
    with practice.home() as home:
        with practice.window(home) as window:
            window.click("Try Practice Data")
            window.click("Choose All")
            window.find("7 chosen", "toggle button")
            window.step("Schema")
            for view in ("Engine", "File"):
                window.click(view)
                check_page(window, view)
            window.step("Sinks")
            window.click("Add Sink")
            window.find(role="menu item").click()
            window.find("Description", "text")
            check_page(window, "Sink")
            window.click("Edit Connection")
            window.find("Connection Done", "button")
            check_page(window, "Target")


# What the Dekaf plays, the step, what its page says then.
TROUBLES = [
    (["--scenario=refuse-sign-in"], "Sign-In", "Sign-in refused"),
    (["--scenario=unknown-ca"], "Server", "Certificate not trusted"),
    (["--scenario=registry-500"], "Schema Registry", "Schema registry is having trouble"),
    (["--scenario=no-topics"], "Topics", "No topics yet"),
]


def test_pages_with_an_error():
    for scenario, step, said in TROUBLES:
        with practice.home() as home, practice.practice(*scenario) as (info, _):
            existing_task(info, home / "mine.barista")
            with practice.window(home, str(home / "mine.barista")) as window:
                wait_until(window.page, "no page")
                window.step("Sign-In")
                window.fill("Auth token", info["token"])
                wait_until(lambda: said in window.announced or window.all(
                    lambda name: name.startswith(said)), lambda: f"nobody says {said}")
                window.step(step)
                window.find(lambda name: name.startswith(said))
                check_page(window, said)


def test_each_change_is_said_once():
    with practice.home() as home, practice.practice() as (info, _):
        with practice.window(home, info["profile"]) as window:
            wait_until(window.page, "no page")
            while window.page() != "Sign-In":
                title = window.page()
                window.click("Next")
                window.page_after(title)
            window.fill("Auth token", "x" * 43)
            window.find("Sign-in refused")
            wait_until(lambda: "Sign-in refused" in window.announced, lambda: window.announced)
            assert window.announced == ["Token taken, 43 characters", "Sign-in refused"], \
                window.announced

            window.announced.clear()
            window.click("Replace")
            window.fill("Auth token", info["token"])
            window.find(lambda name: name.startswith("Sign-In, done"), "list item")
            window.gone("Stop the Check")
            connected = [text for text in window.announced if text.startswith("Connected, ")]
            assert window.announced == ["Token taken, 43 characters", *connected[:1]], \
                window.announced


practice.main([test_practice_pages, test_pages_of_a_new_task, test_pages_with_an_error, test_editors,
               test_each_change_is_said_once])
