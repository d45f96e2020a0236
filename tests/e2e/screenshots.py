# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page, in the looks that a desktop can give it, and of what can go wrong.

Arguments: the command line, the window, the folder for the pictures, the folder with the locale, and
words that the names of the pictures must hold (none: all of them).
"""

import contextlib
import json
import pathlib
import sys

import practice
from window import NotFound, wait_until

FOLDER, LOCALES, WANTED = pathlib.Path(sys.argv[3]), sys.argv[4], sys.argv[5:]
WIDE, NARROW, LARGE = (1280, 800), (360, 600), (2560, 1440)

# Name, size in device pixels, environment.
LOOKS = [
    ("wide", WIDE, {}),
    ("narrow", NARROW, {}),
    ("dark", WIDE, {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    ("2x", (2560, 1600), {"GDK_SCALE": "2"}),
    ("rtl", WIDE, {"LOCPATH": LOCALES, "LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"}),
    ("contrast", WIDE, {"ADW_DEBUG_HIGH_CONTRAST": "1"}),
    ("large", LARGE, {}),
]

# On practice data: the key of the step, the page's title, the picture's name.
STEPS = [
    ("alt+1", "Task", "task"),
    ("alt+2", "Server", "server"),
    ("alt+3", "Sign-In", "sign-in"),
    ("alt+4", "Schema Registry", "registry"),
    ("alt+6", "Reading Position", "group"),
    ("alt+8", "Sinks", "sinks"),
    ("alt+9", "Review", "review"),
]

PAGES = ["start", "topics", "topics-chosen", *(name for _, _, name in STEPS), "saved", "sink-editor",
         "sink-connection", "schema"]

# A window manager that composes nothing has GTK draw a frame where a desktop shows a shadow.
STYLE = "window.solid-csd { margin: 0; padding: 0; border: none; box-shadow: none; }\n"


class Album:
    """Takes the pictures; what fails is said and doesn't keep the others from being taken."""

    def __init__(self):
        self.missing = []

    @contextlib.contextmanager
    def failing(self, what):
        try:
            yield
        except (AssertionError, OSError) as error:
            self.missing.append(what)
            print(f"{what}: {str(error)[:3000]}", file=sys.stderr)

    @contextlib.contextmanager
    def window(self, what, *args, home=None, size=WIDE, **env):
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.failing(what))
            home = home or stack.enter_context(practice.home())
            dress(home)
            stack.callback(lambda: say_log(what, home))
            # The tests have no network but the loopback; what isn't about that shows none of it.
            env.setdefault("GIO_USE_NETWORK_MONITOR", "base")
            yield stack.enter_context(practice.window(home, *args, size=size, env=env))

    def take(self, window, name, popovers=False):
        """One that holds still: two in a row that are the same."""
        path = FOLDER / f"{name}.png"
        before = None
        for _ in range(10):
            if popovers:
                window.picture_with_popovers(path)
            else:
                window.picture(path)
            if path.read_bytes() == before:
                break
            before = path.read_bytes()


def dress(home):
    folder = home / ".config/gtk-4.0"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n")
    (folder / "gtk.css").write_text(STYLE)


def say_log(what, home):
    said = (home / "window.log").read_text(errors="replace")
    print("".join(f"# {what}: {line}\n" for line in said.splitlines()), end="")


def go(window, key, title):
    """By its key; one pressed too early is pressed again."""
    for _ in range(6):
        window.keys(key)
        with contextlib.suppress(NotFound):
            return wait_until(lambda: window.page() == title, "another page", 10)
    raise NotFound(f"no page {title}:\n{window.root.outline()}")


def save(window):
    window.click("Save to Folder")
    window.find("Save Here", "button")
    window.click("Save Here")
    window.find("Saved, Not Deployed", "label")
    window.gone("Saved, not deployed", "label")


# --- every page, on practice data

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
        save(window)
        album.take(window, f"saved-{look}")
        go(window, "alt+8", "Sinks")
        window.click("Add Sink")
        window.find(role="menu item").click()
        window.find("Description", "text")
        album.take(window, f"sink-editor-{look}")
        window.click("Edit Connection")
        window.find("Connection Done", "button")
        album.take(window, f"sink-connection-{look}")
        go(window, "alt+7", "Schema")
        album.take(window, f"schema-{look}")


# --- what opens over a page

MENUS = ["menu-start", "menu-setup", "menu-main", "about", "shortcuts", "menu-columns", "types",
         "engine-list", "menu-sinks", "presets-schedule"]


MENU_LOOKS = ["wide", "narrow", "dark"]
# A narrow window shows the parts of Schema one at a time.
WIDE_MENUS = ["menu-columns", "types", "engine-list"]


def over_start(album, look, window):
    """What Start opens once there is a setup."""
    window.click("Main Menu", "toggle button")
    window.find("About Barista", "menu item")
    album.take(window, f"menu-start-{look}", popovers=True)
    window.keys("Escape")
    window.gone(role="menu item")
    window.click("More", "toggle button")
    window.find("Duplicate", "menu item")
    album.take(window, f"menu-setup-{look}", popovers=True)
    window.keys("Escape")


def menus_of_setups(album, look, size, env, home):
    with album.window(f"menus-{look}", home=home, size=size, **env) as window:
        window.click("Connect a Task")
        window.type_here("Full name of the task", "acmeCo/prod/tinybird")
    with album.window(f"menus-{look}", home=home, size=size, **env) as window:
        over_start(album, look, window)


def over_schema(album, look, window):
    go(window, "alt+7", "Schema")
    window.click("Choose Many", "toggle button")
    window.find(role="menu item")
    album.take(window, f"menu-columns-{look}", popovers=True)
    window.keys("Escape")
    window.gone(role="menu item")
    window.click(lambda name: name.startswith("Type of "), "button")
    window.find("Types", "list")
    album.take(window, f"types-{look}", popovers=True)
    window.keys("Escape")
    window.gone("Types", "list")
    window.click("Engine")
    open_list(album, look, window, "Version", "engine-list")


def open_list(album, look, window, name, picture):
    box = window.find(lambda text: text.startswith(name), "combo box")
    window.focus(box)
    window.keys("space")
    window.find(role="list item")
    album.take(window, f"{picture}-{look}", popovers=True)
    window.keys("Escape")


def over_sinks(album, look, window):
    go(window, "alt+8", "Sinks")
    window.click("Add Sink")
    window.find(role="menu item")
    album.take(window, f"menu-sinks-{look}", popovers=True)
    window.find(role="menu item").click()
    window.find("Description", "text")
    open_list(album, look, window, "Schedule", "presets-schedule")


def menus(album, look, size, env):
    with practice.home() as home:
        menus_of_setups(album, look, size, env, home)
    with album.window(f"menus-{look}", size=size, **env) as window:
        window.click("Try Practice Data")
        window.click("Choose All")
        window.find("7 chosen", "toggle button")
        window.click("Main Menu", "toggle button")
        window.find("About Barista", "menu item")
        album.take(window, f"menu-main-{look}", popovers=True)
        window.click("About Barista", "menu item")
        window.find("Details", "label")
        album.take(window, f"about-{look}")
        window.keys("Escape")
        window.keys("ctrl+question")
        window.find("Keyboard Shortcuts", "label")
        album.take(window, f"shortcuts-{look}")
        window.keys("Escape")
        if size != NARROW:
            over_schema(album, look, window)
        over_sinks(album, look, window)


# --- a task of one's own

@contextlib.contextmanager
def own_task(*args, topics=None, **task):
    """A Dekaf, its token, and the profile of a task on it."""
    with practice.practice(*args) as (info, _):
        with open(info["profile"], encoding="utf-8") as file:
            setup = json.load(file)
        setup["name"] = "Orders to Tinybird"
        setup["task"].update(task)
        if topics is not None:
            setup["topics"] = [{"topic": topic} for topic in topics]
        path = pathlib.Path(info["profile"]).with_name("own.barista")
        path.write_text(json.dumps(setup), encoding="utf-8")
        try:
            yield str(path), info["token"]
        finally:
            path.unlink()


def signed_in(window, token):
    wait_until(window.page, "no page")
    go(window, "alt+3", "Sign-In")
    window.fill("Auth token", token)


def says(window, start):
    window.find(lambda name: name.startswith(start))


# What the Dekaf plays, picture, the key and title of the page, what it waits for there.
TROUBLES = [
    (["--scenario=refuse-sign-in"], "sign-in-error", None, "Sign-in refused"),
    (["--scenario=slow-sign-in"], "sign-in-busy", None, None),
    (["--scenario=unknown-ca"], "server-error", ("alt+2", "Server"), "Certificate not trusted"),
    (["--scenario=not-kafka"], "server-not-kafka", ("alt+2", "Server"),
     "This isn't a Kafka server"),
    (["--scenario=registry-500"], "registry-error", ("alt+4", "Schema Registry"),
     "Schema registry is having trouble"),
    (["--scenario=no-topics"], "topics-empty", ("alt+5", "Topics"), "No topics yet"),
    (["--scenario=schema-missing"], "topics-badges", ("alt+5", "Topics"),
     "acmeCo/customers, not chosen, No schema"),
    (["--topics=5000"], "topics-many", ("alt+5", "Topics"), "acmeCo/orders,"),
]


def trouble(album, args, picture, place, waits, look, size):
    with own_task(*args, managed=False) as (profile, token):
        with album.window(f"{picture}-{look}", profile, size=size) as window:
            signed_in(window, token)
            if place:
                go(window, *place)
            if waits:
                says(window, waits)
            else:
                window.find("Stop the Check", "button")
            album.take(window, f"{picture}-{look}")
            if picture == "sign-in-error" and look == "wide":
                window.click(lambda name: name.startswith("Sign-in, failed"), "list item")
                window.find(role="dialog")
                album.take(window, f"station-{look}")
                # The first leads back from the card, the second closes.
                window.keys("Escape", "Escape")
                window.gone(role="dialog")


OWN_PAGES = ["topics-own", "group-own", "schema-own", "review-own", "remains", "start-recent"]
CHOSEN = ["acmeCo/customers", "acmeCo/order_lines", "acmeCo/orders"]


def to_the_end(album, look, size):
    """Saved, with what remains to be done for a task that is there."""
    with own_task("--deletions=cdc", topics=CHOSEN, managed=False, deletions="cdc") \
            as (profile, token), practice.home() as home:
        with album.window(f"remains-{look}", profile, home=home, size=size) as window:
            signed_in(window, token)
            go(window, "alt+5", "Topics")
            says(window, "3 chosen")
            says(window, "acmeCo/orders,")
            album.take(window, f"topics-own-{look}")
            go(window, "alt+6", "Reading Position")
            album.take(window, f"group-own-{look}")
            go(window, "alt+7", "Schema")
            album.take(window, f"schema-own-{look}")
            go(window, "alt+9", "Review")
            album.take(window, f"review-own-{look}")
            save(window)
            album.take(window, f"remains-{look}")
        with album.window(f"start-recent-{look}", home=home, size=size) as window:
            window.find("Recent Setups", "label")
            album.take(window, f"start-recent-{look}")


def creation(album, look, size):
    """A task that is to be made, before and after it got its token."""
    with own_task("--scenario", "refuse-sign-in", published=False) as (profile, _):
        with album.window(f"task-new-{look}", profile, size=size) as window:
            window.find("Collections", "label")
            album.take(window, f"task-new-{look}")
            window.click("Generate")
            window.find("Replace", "button")
            go(window, "alt+2", "Publish")
            window.find("Not in Estuary yet", "label")
            album.take(window, f"publish-{look}")


def offline(album):
    with album.window("offline-wide", GIO_USE_NETWORK_MONITOR="netlink") as window:
        window.click("Connect a Task")
        window.find("No network connection", "label")
        album.take(window, "offline-wide")


def runs():
    """What there is to take: the names of the pictures, and what takes them, with its arguments."""
    for look, size, env in LOOKS:
        yield [f"{page}-{look}" for page in PAGES], every_page, (look, size, env)
        if look in MENU_LOOKS:
            names = [menu for menu in MENUS if size != NARROW or menu not in WIDE_MENUS]
            yield [f"{menu}-{look}" for menu in names], menus, (look, size, env)
    for look, size in (("wide", WIDE), ("narrow", NARROW)):
        yield [f"task-new-{look}", f"publish-{look}"], creation, (look, size)
        yield [f"{page}-{look}" for page in OWN_PAGES], to_the_end, (look, size)
        for args, picture, place, waits in TROUBLES:
            names = [f"{picture}-{look}"]
            if (picture, look) == ("sign-in-error", "wide"):
                names.append("station-wide")
            yield names, trouble, (args, picture, place, waits, look, size)
    yield ["offline-wide"], offline, ()


def take_all():
    album = Album()
    for names, take, arguments in runs():
        if any(word in name for name in names for word in WANTED or [""]):
            with album.failing(names[0]):
                take(album, *arguments)
    assert not album.missing, album.missing


def say_unknown():
    """Which words no picture has in its name, if any, and the names that there are."""
    names = sorted(name for run in runs() for name in run[0])
    unknown = [word for word in WANTED if not any(word in name for name in names)]
    for word in unknown:
        print(f"No picture has {word!r} in its name.", file=sys.stderr)
    if unknown:
        print("There are:\n  " + "\n  ".join(names), file=sys.stderr)
    return bool(unknown)


if say_unknown():
    sys.exit(2)
practice.main([take_all])
