# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page, in the looks that a desktop can give it, and of what can go wrong.

Arguments: the command line, the window, the folder for the pictures, the folder with the locale.
"""

import contextlib
import json
import pathlib
import sys

import practice
from window import NotFound, wait_until

FOLDER, LOCALES = pathlib.Path(sys.argv[3]), sys.argv[4]
WIDE, NARROW = (1280, 800), (360, 600)

# Name, size in device pixels, environment.
LOOKS = [
    ("wide", WIDE, {}),
    ("narrow", NARROW, {}),
    ("dark", WIDE, {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    ("2x", (2560, 1600), {"GDK_SCALE": "2"}),
    ("rtl", WIDE, {"LOCPATH": LOCALES, "LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"}),
]

# On practice data: the key of the step, the page's title, the picture's name.
STEPS = [
    ("alt+1", "Task", "task"),
    ("alt+2", "Server", "server"),
    ("alt+3", "Sign-In", "sign-in"),
    ("alt+4", "Schema Registry", "registry"),
    ("alt+6", "Reading Position", "group"),
    ("alt+7", "Schema", "schema"),
    ("alt+8", "Sinks", "sinks"),
    ("alt+9", "Review", "review"),
]


class Album:
    """Takes the pictures; what fails is said and doesn't keep the others from being taken."""

    def __init__(self):
        self.missing = []

    @contextlib.contextmanager
    def window(self, what, *args, size=WIDE, **env):
        try:
            with practice.home() as home:
                settings = home / ".config/gtk-4.0/settings.ini"
                settings.parent.mkdir(parents=True)
                settings.write_text("[Settings]\ngtk-enable-animations=0\n")
                try:
                    with practice.window(home, *args, size=size, env=env) as window:
                        yield window
                finally:
                    said = (home / "window.log").read_text(errors="replace")
                    print("".join(f"# {what}: {line}\n" for line in said.splitlines()), end="")
        except (AssertionError, OSError) as error:
            self.missing.append(what)
            print(f"{what}: {str(error)[:3000]}", file=sys.stderr)

    def take(self, window, name):
        """One that holds still: two in a row that are the same."""
        path = FOLDER / f"{name}.png"
        before = None
        for _ in range(10):
            window.picture(path)
            if path.read_bytes() == before:
                break
            before = path.read_bytes()


def go(window, key, title):
    """By its key; one pressed too early is pressed again."""
    for _ in range(6):
        window.keys(key)
        with contextlib.suppress(NotFound):
            return wait_until(lambda: window.page() == title, "another page", 10)
    raise NotFound(f"no page {title}:\n{window.root.outline()}")


def every_page(album, look, size, env):
    with album.window(look, size=size, **env) as window:
        window.find("Try Practice Data", "button")
        album.take(window, f"start-{look}")
        window.click("Try Practice Data")
        window.find("Choose All", "button")
        window.find(lambda name: name.startswith("acmeCo/orders,"), "list item")
        album.take(window, f"topics-{look}")
        window.click("Choose All")
        window.find("7 chosen", "toggle button")
        album.take(window, f"topics-chosen-{look}")
        for key, title, name in STEPS:
            go(window, key, title)
            album.take(window, f"{name}-{look}")
        window.click("Save to Folder")
        window.find("Save Here", "button")
        window.click("Save Here")
        window.find("Saved, Not Deployed", "label")
        album.take(window, f"saved-{look}")
        go(window, "alt+8", "Sinks")
        window.click("Add Sink")
        window.find(role="menu item").click()
        window.find("Description", "text")
        album.take(window, f"sink-editor-{look}")
        window.click("Edit Connection")
        window.find("Connection Done", "button")
        album.take(window, f"sink-connection-{look}")


def sign_in(window, token):
    """On to the sign-in, and a token for it."""
    wait_until(window.page, "no page")
    while window.page() != "Sign-In":
        title = window.page()
        window.click("Next")
        window.page_after(title)
    window.fill("Auth token", token)


# Scenario, picture, the key and title of the page (None: stays on the sign-in), what it waits for.
TROUBLES = [
    ("refuse-sign-in", "sign-in-error", None, "Sign-In, failed"),
    ("slow-sign-in", "sign-in-busy", None, None),
    ("unknown-ca", "server-error", ("alt+3", "Server"), "Server, failed"),
    ("not-kafka", "server-not-kafka", ("alt+3", "Server"), "Server, failed"),
    ("registry-500", "registry-error", ("alt+5", "Schema Registry"), "Schema Registry, failed"),
    ("no-topics", "topics-empty", ("alt+6", "Topics"), "Sign-In, done"),
    ("schema-missing", "topics-badges", ("alt+6", "Topics"), "Schema Registry, done"),
]


def trouble(album, scenario, picture, place, state, size=WIDE):
    with practice.practice("--scenario", scenario) as (info, _):
        with album.window(picture, info["profile"], size=size) as window:
            sign_in(window, info["token"])
            if state:
                window.find(lambda name: name.startswith(state), "list item")
            else:
                window.find("Stop the Check", "button")
            if place:
                go(window, *place)
            album.take(window, picture)


def creation(album, look, size):
    """A task that is to be made, before and after it got its token."""
    with practice.practice("--scenario", "refuse-sign-in") as (info, _):
        with open(info["profile"], encoding="utf-8") as file:
            setup = json.load(file)
        setup["name"] = "New Task"
        setup["task"]["published"] = False
        path = pathlib.Path(info["profile"]).with_name("new.barista")
        path.write_text(json.dumps(setup), encoding="utf-8")
        try:
            with album.window(f"task-new-{look}", str(path), size=size) as window:
                window.find("Collections", "label")
                album.take(window, f"task-new-{look}")
                window.click("Generate")
                window.find("Replace", "button")
                go(window, "alt+2", "Publish")
                window.find("Not in Estuary yet", "label")
                album.take(window, f"publish-{look}")
        finally:
            path.unlink()


def take_all():
    album = Album()
    for look, size, env in LOOKS:
        every_page(album, look, size, env)
    for look, size in (("wide", WIDE), ("narrow", NARROW)):
        creation(album, look, size)
    for scenario, picture, place, state in TROUBLES:
        trouble(album, scenario, picture, place, state)
    assert not album.missing, album.missing


practice.main([take_all])
